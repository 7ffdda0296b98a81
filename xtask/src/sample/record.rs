//! One record of the sample dataset, and who is said to have written its parts.

use serde_json::{Map, Value, json};

/// The field names of every file, in the order in which tables show them.
pub const FIELDS: [&str; 13] = [
    "id",
    "language",
    "intent",
    "source",
    "license",
    "collected_at",
    "title",
    "prompt",
    "response",
    "text",
    "prompt_by",
    "written_by",
    "generator",
];

/// A record; a field that is `None` is null, or absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    pub id: String,
    pub domain: String,
    pub language: Option<String>,
    pub intent: Option<String>,
    pub source: Option<String>,
    pub license: Option<String>,
    pub collected_at: Option<String>,
    pub title: Option<String>,
    pub prompt: Option<String>,
    pub response: Option<String>,
    pub text: Option<String>,
    /// `person` or `model`.
    pub prompt_by: Option<String>,
    /// Who wrote the response or the text: `person`, `model`, or `person with model`.
    pub written_by: Option<String>,
    pub generator: Option<String>,
}

impl Record {
    pub fn field(&self, name: &str) -> Option<&str> {
        match name {
            "id" => Some(&self.id),
            "language" => self.language.as_deref(),
            "intent" => self.intent.as_deref(),
            "source" => self.source.as_deref(),
            "license" => self.license.as_deref(),
            "collected_at" => self.collected_at.as_deref(),
            "title" => self.title.as_deref(),
            "prompt" => self.prompt.as_deref(),
            "response" => self.response.as_deref(),
            "text" => self.text.as_deref(),
            "prompt_by" => self.prompt_by.as_deref(),
            "written_by" => self.written_by.as_deref(),
            "generator" => self.generator.as_deref(),
            _ => None,
        }
    }

    /// The record as a JSON object without its null fields.
    pub fn object(&self) -> Value {
        let fields: Map<String, Value> = FIELDS
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), json!(self.field(name)?))))
            .collect();
        Value::Object(fields)
    }

    /// Role and text of each part, in the order of the map.
    pub fn parts(&self) -> Vec<(&'static str, &str)> {
        [
            ("title", &self.title),
            ("prompt", &self.prompt),
            ("response", &self.response),
            ("document", &self.text),
        ]
        .into_iter()
        .filter_map(|(role, text)| Some((role, text.as_deref()?)))
        .collect()
    }

    /// The parts joined by line breaks.
    pub fn joined(&self) -> String {
        self.parts()
            .iter()
            .map(|(_, text)| *text)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The origin that the rules of the bundled map give the sample, and a text that says of itself that a model wrote it.
    pub fn origin(&self) -> &'static str {
        let prompt = match self.prompt_by.as_deref() {
            Some("person") => "human",
            Some("model") => "machine",
            _ => "unknown",
        };
        let written = match self.written_by.as_deref() {
            Some("person") => "human",
            Some("model") => "machine",
            Some("person with model") => "mixed",
            _ => "unknown",
        };
        let origins: Vec<&str> = self
            .parts()
            .iter()
            .map(|(role, text)| match *role {
                "prompt" => prompt,
                "title" => written,
                _ if written == "unknown" && speaks_as_a_model(text) => "machine",
                _ => written,
            })
            .collect();
        match origins.as_slice() {
            [first, rest @ ..] if rest.iter().all(|origin| origin == first) => first,
            [] => "unknown",
            _ => "mixed",
        }
    }
}

/// Whether a text holds one of the phrases by which the sample's models speak of themselves.
fn speaks_as_a_model(text: &str) -> bool {
    [
        "As an AI language model",
        "Als KI-Sprachmodell",
        "Como modelo de lenguaje",
        "作为一个人工智能语言模型",
        "بصفتي نموذج",
    ]
    .iter()
    .any(|phrase| text.contains(phrase))
}
