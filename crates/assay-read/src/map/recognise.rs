//! Which fields are text, identity and dimensions, judged by their names and by what stands in them?

use std::collections::{BTreeMap, HashSet};

use assay_model::{FieldMap, PartRule, Value};

use super::messages::is_conversation;
use crate::release;

const INSTRUCTIONS: [&str; 2] = ["instruction", "instructions"];
const PROMPTS: [&str; 4] = ["prompt", "query", "user", "human"];
const RESPONSES: [&str; 6] = ["response", "completion", "output", "reply", "assistant", "chosen"];
const ANSWERS: [&str; 4] = ["answer", "answers", "long_answer", "final_answer"];
const CONTEXTS: [&str; 3] = ["context", "contexts", "input"];
const DOCUMENTS: [&str; 9] = [
    "text",
    "content",
    "body",
    "document",
    "abstract",
    "article",
    "passage",
    "sentence",
    "raw_content",
];
/// `parts` is what Assay itself writes.
const CONVERSATIONS: [&str; 6] = [
    "messages",
    "conversations",
    "conversation",
    "dialogue",
    "chat",
    "parts",
];
const IDENTITIES: [&str; 5] = ["id", "_id", "uuid", "guid", "key"];

/// Dimensions that names are recognised for, best name first.
const DIMENSIONS: [(&str, &[&str]); 8] = [
    ("domain", &["domain"]),
    ("language", &["language", "lang"]),
    ("source", &["source", "src"]),
    ("license", &["license", "licence"]),
    (
        "collected_at",
        &["collected_at", "date", "created_at", "timestamp"],
    ),
    ("intent", &["intent"]),
    ("label", &["label"]),
    ("category", &["category"]),
];

/// Recognises the fields of `records`, which are the first of a file. `None`: nothing in them is
/// known to be text.
pub fn recognise(records: &[Value]) -> Option<FieldMap> {
    recognise_marked(records, &[])
}

/// As `recognise`; the fields in `unmarked` hold bytes that may be text, and are text only by name.
pub(crate) fn recognise_marked(records: &[Value], unmarked: &[String]) -> Option<FieldMap> {
    if release::are_rows(records) {
        return Some(release::map_of_rows(records));
    }
    let fields = Fields::of(records);
    let parts = conversation(&fields)
        .or_else(|| instruction(&fields))
        .or_else(|| question(&fields))
        .or_else(|| document(&fields))
        .or_else(|| by_content(&fields, unmarked))
        .or_else(|| fields.text(&["title"]).map(|field| vec![part(field, "title")]))?;
    let used: HashSet<&str> = parts.iter().map(|part| part.field.as_str()).collect();
    Some(FieldMap {
        id: identity(&fields),
        dimensions: dimensions(&fields, &used),
        parts,
        ..FieldMap::default()
    })
}

/// The names of the fields seen, for a message: at most twenty.
pub(crate) fn fields_seen(records: &[Value]) -> String {
    let fields = Fields::of(records);
    let names: Vec<&str> = fields.stats.iter().map(|stats| stats.name.as_str()).collect();
    match names.len() {
        0 => "none".into(),
        1..=20 => names.join(", "),
        more => format!("{}, and {} more", names[..20].join(", "), more - 20),
    }
}

fn part(field: &str, role: &str) -> PartRule {
    PartRule {
        field: field.to_owned(),
        role: role.to_owned(),
    }
}

fn conversation(fields: &Fields) -> Option<Vec<PartRule>> {
    let field = CONVERSATIONS
        .iter()
        .find_map(|name| fields.find(name).filter(|stats| stats.conversations > 0))?;
    Some(vec![part(&field.name, "document")])
}

/// Instruction, prompt and their responses.
fn instruction(fields: &Fields) -> Option<Vec<PartRule>> {
    let output = fields.text(&RESPONSES);
    let asked = fields.text(&INSTRUCTIONS).or_else(|| fields.text(&PROMPTS));
    let prompt = match (asked, output) {
        (Some(field), _) => field,
        (None, Some(_)) => fields.text(&["text", "question", "input"])?,
        (None, None) => return None,
    };
    let mut parts = Vec::new();
    if let Some(system) = fields.text(&["system", "system_prompt"]) {
        parts.push(part(system, "system"));
    }
    parts.push(part(prompt, "prompt"));
    if let Some(context) = fields.text(&CONTEXTS).filter(|field| *field != prompt) {
        parts.push(part(context, "context"));
    }
    if let Some(output) = output.or_else(|| fields.text(&ANSWERS)) {
        parts.push(part(output, "response"));
    }
    Some(parts)
}

fn question(fields: &Fields) -> Option<Vec<PartRule>> {
    let question = fields.text(&["question"])?;
    let mut parts = vec![part(question, "prompt")];
    if let Some(context) = fields.text(&CONTEXTS) {
        parts.push(part(context, "context"));
    }
    if let Some(answer) = fields.text(&ANSWERS) {
        parts.push(part(answer, "response"));
    }
    Some(parts)
}

fn document(fields: &Fields) -> Option<Vec<PartRule>> {
    let document = fields.text(&DOCUMENTS)?;
    let title = fields.text(&["title"]).map(|title| part(title, "title"));
    Some(title.into_iter().chain([part(document, "document")]).collect())
}

/// The only field of text, or the only one that reads like prose.
fn by_content(fields: &Fields, unmarked: &[String]) -> Option<Vec<PartRule>> {
    let known: HashSet<&str> = DIMENSIONS
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .chain(IDENTITIES)
        .collect();
    let candidates = fields.stats.iter().filter(|stats| {
        let name = plain(&stats.name);
        let named = known.contains(name.as_str()) || name == "key" || name.ends_with("_id");
        stats.wordy * 2 > stats.filled && !named && !unmarked.contains(&stats.name)
    });
    let candidates: Vec<&Stats> = candidates.collect();
    if let [only] = candidates[..] {
        return (only.texts == only.filled).then(|| vec![part(&only.name, "document")]);
    }
    let prose: Vec<&&Stats> = candidates.iter().filter(|stats| stats.is_prose()).collect();
    match prose[..] {
        [only] => Some(vec![part(&only.name, "document")]),
        _ => None,
    }
}

fn identity(fields: &Fields) -> Option<String> {
    let by_name = IDENTITIES
        .iter()
        .filter_map(|name| fields.find(name))
        .find(|stats| stats.is_unique(fields.records));
    let by_ending = || {
        let mut ending = fields
            .stats
            .iter()
            .filter(|stats| plain(&stats.name).ends_with("_id"));
        ending.find(|stats| stats.is_unique(fields.records))
    };
    by_name.or_else(by_ending).map(|stats| stats.name.clone())
}

fn dimensions(fields: &Fields, used: &HashSet<&str>) -> BTreeMap<String, String> {
    let known = DIMENSIONS.iter().filter_map(|(dimension, names)| {
        let mut found = names.iter().filter_map(|name| fields.find(name));
        let stats = found.find(|stats| stats.is_dimension() && !used.contains(stats.name.as_str()))?;
        Some(((*dimension).to_owned(), stats.name.clone()))
    });
    known.collect()
}

/// Whether at least a third of what is no white space is letters.
fn is_wordy(text: &str) -> bool {
    let (mut letters, mut all) = (0, 0);
    for c in text.chars().take(400).filter(|c| !c.is_whitespace()) {
        all += 1;
        letters += usize::from(c.is_alphabetic());
    }
    letters > 0 && letters * 3 >= all
}

/// A field's name as it is compared: trimmed, lower case.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

struct Fields {
    records: usize,
    /// In the order in which they were first seen.
    stats: Vec<Stats>,
}

/// What stands in one field.
struct Stats {
    name: String,
    filled: usize,
    texts: usize,
    /// Texts that are mostly letters, unlike dates, times, numbers and codes.
    wordy: usize,
    text_lists: usize,
    conversations: usize,
    nested: usize,
    characters: usize,
    spaced: usize,
    distinct: HashSet<String>,
}

impl Fields {
    fn of(records: &[Value]) -> Self {
        let mut stats: Vec<Stats> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for record in records {
            let Value::Object(fields) = record else { continue };
            for (name, value) in fields.iter().take(1000) {
                let place = *places.entry(name.clone()).or_insert_with(|| {
                    stats.push(Stats::new(name));
                    stats.len() - 1
                });
                stats[place].add(value);
            }
        }
        Self {
            records: records.len(),
            stats,
        }
    }

    fn find(&self, name: &str) -> Option<&Stats> {
        self.stats.iter().find(|stats| plain(&stats.name) == name)
    }

    /// The first of these fields that holds text.
    fn text(&self, names: &[&str]) -> Option<&str> {
        let mut found = names.iter().filter_map(|name| self.find(name));
        found
            .find(|stats| stats.is_text())
            .map(|stats| stats.name.as_str())
    }
}

impl Stats {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            filled: 0,
            texts: 0,
            wordy: 0,
            text_lists: 0,
            conversations: 0,
            nested: 0,
            characters: 0,
            spaced: 0,
            distinct: HashSet::new(),
        }
    }

    fn add(&mut self, value: &Value) {
        if value.is_null() {
            return;
        }
        self.filled += 1;
        match value {
            Value::Text(text) => {
                self.texts += 1;
                self.characters += text.chars().count();
                self.wordy += usize::from(is_wordy(text));
                self.spaced += usize::from(text.trim().contains(char::is_whitespace));
            }
            Value::List(_) if is_conversation(value) => self.conversations += 1,
            Value::List(items) if items.iter().all(|item| item.as_text().is_some()) => self.text_lists += 1,
            Value::List(items)
                if items
                    .iter()
                    .all(|item| !matches!(item, Value::List(_) | Value::Object(_))) => {}
            Value::List(_) | Value::Object(_) => self.nested += 1,
            Value::Bool(_) | Value::Number(_) | Value::Null => {}
        }
        if !matches!(value, Value::List(_) | Value::Object(_)) {
            self.distinct.insert(value.to_string());
        }
    }

    /// Whether most of what stands here is text, alone or in lists.
    fn is_text(&self) -> bool {
        2 * (self.texts + self.text_lists) > self.filled
    }

    /// Whether it reads like prose rather than like names, codes or labels.
    fn is_prose(&self) -> bool {
        let texts = self.texts.max(1);
        self.characters / texts >= 20 && self.spaced * 10 >= texts * 7 && self.distinct.len() * 2 > texts
    }

    fn is_unique(&self, records: usize) -> bool {
        self.filled == records && self.distinct.len() == records
    }

    fn is_dimension(&self) -> bool {
        self.filled > 0 && self.nested == 0 && self.conversations == 0
    }
}
