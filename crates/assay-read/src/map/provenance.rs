//! Who made a part? The first rule that matches decides; a record may also declare it itself.

use assay_model::{
    Code, Evidence, EvidenceKind, Expression, Fault, Origin, Part, ProvenanceRule, SourceClass, Value,
};

/// A rule whose condition was understood.
pub(super) struct Rule {
    number: usize,
    part: Option<String>,
    when: Option<(Expression, String)>,
    source_class: SourceClass,
    origin: Origin,
    generator: Option<Generator>,
    confidence: f64,
}

enum Generator {
    Field(String),
    Fixed(String),
}

impl Rule {
    pub fn new(number: usize, rule: &ProvenanceRule) -> Result<Self, Fault> {
        let when = match &rule.when {
            Some(text) => Some((condition(number, text)?, text.clone())),
            None => None,
        };
        let source_class = rule.source_class.unwrap_or_default();
        let generator = rule
            .generator
            .as_ref()
            .map(|text| match text.strip_prefix("field:") {
                Some(field) => Generator::Field(field.to_owned()),
                None => Generator::Fixed(text.clone()),
            });
        Ok(Self {
            number,
            part: rule.part.clone(),
            when,
            source_class,
            origin: rule.origin.unwrap_or(source_class.origin()),
            generator,
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
        let generator = self.generator.as_ref().map(|generator| match generator {
            Generator::Field(field) => lookup(field).to_string(),
            Generator::Fixed(text) => text.clone(),
        });
        let generator = generator.filter(|name| !name.is_empty());
        Evidence {
            part,
            // A record that names the model that made it says more than that it was made by one.
            kind: match &generator {
                Some(_) if self.origin != Origin::Human => EvidenceKind::GenerationRecord,
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
        }
    }
}

fn condition(number: usize, text: &str) -> Result<Expression, Fault> {
    Expression::parse(text).map_err(|error| {
        let message = format!("rule {number}: {}", error.message);
        Fault::new(Code::InvalidMap, message, "correct the condition").column(error.column as u64)
    })
}

/// What was decided about a sample's parts.
pub(super) struct Decision {
    pub evidence: Vec<Evidence>,
    pub conflict: bool,
    pub overlap: bool,
}

/// Lets the first matching rule decide each part.
pub(super) fn by_rules(rules: &[Rule], parts: &mut [Part], lookup: &dyn Fn(&str) -> Value) -> Decision {
    let matching: Vec<&Rule> = rules.iter().filter(|rule| rule.matches(lookup)).collect();
    let mut deciders: Vec<Option<&Rule>> = Vec::with_capacity(parts.len());
    let mut overlap = false;
    for part in parts.iter_mut() {
        let mut covering = matching.iter().filter(|rule| rule.covers(&part.role));
        let decider = covering.next().copied();
        if let Some(rule) = decider {
            part.origin = rule.origin;
            part.source_class = rule.source_class;
            part.confidence = rule.confidence;
            overlap |= covering.any(|later| later.origin != rule.origin);
        }
        deciders.push(decider);
    }
    Decision {
        evidence: evidence(&deciders, lookup),
        conflict: false,
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
/// the vocabulary. Two that contradict each other leave the origin unknown.
pub(super) fn declared(record: &Value, parts: &mut [Part]) -> Decision {
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
    let follows = source_class
        .map(SourceClass::origin)
        .filter(|origin| *origin != Origin::Unknown);
    let stated = origin.filter(|origin| *origin != Origin::Unknown);
    let conflict = matches!((stated, follows), (Some(a), Some(b)) if a != b);
    if !evidence.is_empty() {
        for part in parts {
            part.origin = if conflict {
                Origin::Unknown
            } else {
                stated.or(follows).unwrap_or_default()
            };
            part.source_class = source_class.unwrap_or_default();
            part.confidence = if conflict { 0.0 } else { 1.0 };
        }
    }
    Decision {
        evidence,
        conflict,
        overlap: false,
    }
}
