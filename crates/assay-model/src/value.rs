//! Values of a record as they were written.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One value of a source record. Numbers keep their written form; objects keep their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    Null,
    Bool(bool),
    /// A finite number exactly as its source wrote it.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a direct field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Follows a dotted path (`meta.id`). A field whose own name holds the dots wins over nesting.
    pub fn at(&self, path: &str) -> Option<&Self> {
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        path.match_indices('.')
            .find_map(|(dot, _)| self.get(&path[..dot])?.at(&path[dot + 1..]))
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a number, for comparisons. Texts are never numbers.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(written) => written.parse().ok(),
            _ => None,
        }
    }

    /// The value as JSON. A whole number too large for JSON readers stays exact as a text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(bool) => (*bool).into(),
            Self::Number(written) => match serde_json::from_str::<serde_json::Number>(written) {
                Ok(number) if number.is_f64() && is_whole(written) => written.as_str().into(),
                Ok(number) => serde_json::Value::Number(number),
                Err(_) => written.as_str().into(),
            },
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(fields) => fields
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
        }
    }
}

/// Whether a number is written with digits only.
fn is_whole(written: &str) -> bool {
    written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

impl fmt::Display for Value {
    /// Writes the value for people and for class names: texts bare, nothing for null, JSON for the rest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(written) => f.write_str(written),
            Self::Text(text) => f.write_str(text),
            Self::List(_) | Self::Object(_) => write!(f, "{}", self.to_json()),
        }
    }
}
