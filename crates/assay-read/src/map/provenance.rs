//! Who made a part? The first rule that matches decides; a record may also declare it itself.

use assay_model::{
    Code, Evidence, EvidenceKind, Expression, Fault, GenerationRecord, Origin, Part, ProvenanceRule,
    SourceClass, Value,
};

use crate::release;

/// A rule whose condition was understood.
pub(super) struct Rule {
    number: usize,
    part: Option<String>,
    when: Option<(Expression, String)>,
    source_class: SourceClass,
    origin: Origin,
    generator: Option<Named>,
    model: Option<Named>,
    prompt_ref: Option<Named>,
    generated_at: Option<Named>,
    confidence: f64,
}

/// A field's value, or a fixed text.
enum Named {
    Field(String),
    Fixed(String),
}

impl Named {
    fn new(text: &str) -> Self {
        match text.strip_prefix("field:") {
            Some(field) => Self::Field(field.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }

    /// What the record says; nothing where the field is null, missing or empty.
    fn of(&self, lookup: &dyn Fn(&str) -> Value) -> Option<String> {
        let text = match self {
            Self::Field(field) => lookup(field).to_string(),
            Self::Fixed(text) => text.clone(),
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

impl Rule {
    pub fn new(number: usize, rule: &ProvenanceRule) -> Result<Self, Fault> {
        let when = match &rule.when {
            Some(text) => Some((condition(number, text)?, text.clone())),
            None => None,
        };
        let source_class = rule.source_class.unwrap_or_default();
        let named = |text: &Option<String>| text.as_deref().map(Named::new);
        Ok(Self {
            number,
            part: rule.part.clone(),
            when,
            source_class,
            origin: rule.origin.unwrap_or(source_class.origin()),
            generator: named(&rule.generator),
            model: named(&rule.model),
            prompt_ref: named(&rule.prompt_ref),
            generated_at: named(&rule.generated_at),
            confidence: rule.confidence.unwrap_or(1.0),
        })
    }

    fn matches(&self, lookup: &dyn Fn(&str) -> Value) -> bool {
        self.when
            .as_ref()
            .is_none_or(|(expression, _)| expression.matches(lookup))
    }

    fn covers(&self, role: &str) -> bool {
        self.part.as_ref().is_none_or(|part| part == role)
    }

    fn evidence(&self, part: Option<u32>, lookup: &dyn Fn(&str) -> Value) -> Evidence {
        let said = |named: &Option<Named>| named.as_ref().and_then(|named| named.of(lookup));
        let generator = said(&self.generator);
        let record = GenerationRecord {
            model: said(&self.model),
            prompt_ref: said(&self.prompt_ref),
            generated_at: said(&self.generated_at),
        }
        .some();
        Evidence {
            part,
            // A record that names the model that made it says more than that it was made by one.
            kind: match generator.is_some() || record.is_some() {
                true if self.origin != Origin::Human => EvidenceKind::GenerationRecord,
                _ => EvidenceKind::Rule,
            },
            origin: self.origin,
            source_class: self.source_class,
            confidence: self.confidence,
            source: format!("rule {}", self.number),
            value: self
                .when
                .as_ref()
                .map_or_else(String::new, |(_, text)| text.clone()),
            generator,
            record,
        }
    }
}

fn condition(number: usize, text: &str) -> Result<Expression, Fault> {
    Expression::parse(text).map_err(|error| {
        let message = format!("rule {number}: {}", error.message);
        Fault::new(Code::InvalidMap, message, "correct the condition").column(error.column as u64)
    })
}

/// What was found out about a sample's parts.
pub(super) struct Found {
    pub evidence: Vec<Evidence>,
    /// Whether a later rule would have judged a part otherwise.
    pub overlap: bool,
}

/// Lets the first matching rule speak of each part. Rules of one map are not equals: later ones are not heard.
pub(super) fn by_rules(rules: &[Rule], parts: &[Part], lookup: &dyn Fn(&str) -> Value) -> Found {
    let matching: Vec<&Rule> = rules.iter().filter(|rule| rule.matches(lookup)).collect();
    let mut deciders: Vec<Option<&Rule>> = Vec::with_capacity(parts.len());
    let mut overlap = false;
    for part in parts {
        let mut covering = matching.iter().filter(|rule| rule.covers(&part.role));
        let decider = covering.next().copied();
        if let Some(rule) = decider {
            overlap |= covering.any(|later| later.origin != rule.origin);
        }
        deciders.push(decider);
    }
    Found {
        evidence: evidence(&deciders, lookup),
        overlap,
    }
}

/// One row for each deciding rule and part; a single row where one rule decided all parts.
fn evidence(deciders: &[Option<&Rule>], lookup: &dyn Fn(&str) -> Value) -> Vec<Evidence> {
    let number = |rule: &Option<&Rule>| rule.map(|rule| rule.number);
    if let Some(Some(first)) = deciders.first()
        && first.part.is_none()
        && deciders.iter().all(|rule| number(rule) == Some(first.number))
    {
        return vec![first.evidence(None, lookup)];
    }
    let each = deciders.iter().enumerate();
    each.filter_map(|(part, rule)| Some((*rule)?.evidence(Some(part as u32), lookup)))
        .collect()
}

/// Believes a record's own fields `origin` and `source_class` where they hold exactly the words of
/// the vocabulary. Two that contradict each other are equals. Rows of a release say more.
pub(super) fn declared(record: &Value) -> Found {
    if let Some(evidence) = release::declared(record) {
        return Found {
            evidence,
            overlap: false,
        };
    }
    let word = |name: &str| record.get(name).and_then(Value::as_text);
    let origin = word("origin").and_then(Origin::parse);
    let source_class = word("source_class").and_then(SourceClass::parse);
    let row = |source: &str, value: &str, origin, source_class| Evidence {
        part: None,
        kind: EvidenceKind::Declared,
        origin,
        source_class,
        confidence: 1.0,
        source: format!("field {source}"),
        value: value.to_owned(),
        generator: None,
        record: None,
    };
    let mut evidence = Vec::new();
    if let Some(origin) = origin {
        evidence.push(row(
            "origin",
            origin.as_str(),
            origin,
            source_class.unwrap_or_default(),
        ));
    }
    if let Some(class) = source_class {
        evidence.push(row("source_class", class.as_str(), class.origin(), class));
    }
    Found {
        evidence,
        overlap: false,
    }
}
