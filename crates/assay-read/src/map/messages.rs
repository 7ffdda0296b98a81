//! What text does a mapped value hold, and in which roles?

use assay_model::{Code, Value};

/// A text and, where the value itself says so, its role.
pub(super) struct Piece {
    pub role: Option<String>,
    pub text: String,
}

/// The texts in a mapped value: none for null; several for a list of messages.
pub(super) fn pieces(value: &Value, field: &str) -> Result<Vec<Piece>, (Code, String)> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Text(text) => Ok(vec![Piece {
            role: None,
            text: text.clone(),
        }]),
        Value::Number(_) | Value::Bool(_) => Ok(vec![Piece {
            role: None,
            text: value.to_string(),
        }]),
        Value::Object(_) => Err(not_text(field, "an object")),
        Value::List(items) if items.iter().any(|item| message(item).is_some()) => {
            let texts = items.iter().map(|item| match message(item) {
                Some((role, content)) => Ok(said(content, field)?.map(|text| Piece {
                    role: Some(role),
                    text,
                })),
                None if item.is_null() => Ok(None),
                None => Err(not_text(
                    field,
                    "a list in which some elements are messages and others are not",
                )),
            });
            Ok(texts
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect())
        }
        Value::List(items) => {
            let mut texts = Vec::new();
            for item in items.iter().filter(|item| !item.is_null()) {
                if matches!(item, Value::List(_) | Value::Object(_)) {
                    return Err(not_text(field, "a list of lists or objects"));
                }
                texts.push(item.to_string());
            }
            let joined = (!texts.is_empty()).then(|| Piece {
                role: None,
                text: texts.join("\n"),
            });
            Ok(joined.into_iter().collect())
        }
    }
}

/// Whether a value is a list of messages.
pub(super) fn is_conversation(value: &Value) -> bool {
    matches!(value, Value::List(items) if !items.is_empty() && items.iter().all(|item| message(item).is_some()))
}

/// The role and content of a message: `{role, content}` or `{from, value}`; `{role, text}` is a part as Assay writes it.
fn message(value: &Value) -> Option<(String, &Value)> {
    if let (Some(Value::Text(role)), Some(text)) = (value.get("role"), value.get("text")) {
        return Some((role.clone(), text));
    }
    for (role, content) in [("role", "content"), ("from", "value"), ("speaker", "text")] {
        if let (Some(Value::Text(role)), Some(content)) = (value.get(role), value.get(content)) {
            return Some((part_role(role), content));
        }
    }
    None
}

/// The part role of a speaker.
fn part_role(speaker: &str) -> String {
    match speaker.trim().to_lowercase().as_str() {
        "user" | "human" | "prompter" | "customer" => "prompt".into(),
        "assistant" | "gpt" | "model" | "bot" | "chatgpt" | "ai" => "response".into(),
        other => other.to_owned(),
    }
}

/// The text of a message's content, which may be a list of typed pieces.
fn said(content: &Value, field: &str) -> Result<Option<String>, (Code, String)> {
    match content {
        Value::Null => Ok(None),
        Value::List(items) => {
            let texts = items
                .iter()
                .filter_map(|item| item.as_text().or_else(|| item.get("text")?.as_text()));
            let texts: Vec<&str> = texts.collect();
            Ok((!texts.is_empty()).then(|| texts.join("\n")))
        }
        Value::Object(_) => Err(not_text(field, "messages whose content is an object")),
        other => Ok(Some(other.to_string())),
    }
}

fn not_text(field: &str, what: &str) -> (Code, String) {
    (
        Code::TextNotText,
        format!("the field {field} is mapped as text and holds {what}"),
    )
}
