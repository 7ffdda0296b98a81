//! Canonical JSON (RFC 8785) for values without floating-point numbers.
//!
//! Ledger bodies and sample identities hold texts, whole numbers, booleans, lists and objects
//! only, so the number serialisation of RFC 8785 section 3.2.2.3 reduces to printing integers.

use serde_json::Value;

/// Says why a value has no canonical form here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a floating-point or oversized number has no canonical form here: {0}")]
pub struct NotCanonical(pub String);

/// The largest whole number that every JSON reader keeps exactly (2^53 - 1).
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Writes `value` as RFC 8785 canonical JSON: no white space, object keys by UTF-16 code unit.
pub fn to_string(value: &Value) -> Result<String, NotCanonical> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            let magnitude = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            match magnitude {
                Some(n) if n <= MAX_SAFE_INTEGER => out.push_str(&number.to_string()),
                _ => return Err(NotCanonical(number.to_string())),
            }
        }
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(&map[key], out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// Appends `text` as a canonical JSON string: the short escapes, `\u00xx` for other controls.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut copied = 0;
    for (i, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            b'\t' => "\\t",
            b'\n' => "\\n",
            0x0c => "\\f",
            b'\r' => "\\r",
            0..=0x1f => "",
            _ => continue,
        };
        out.push_str(&text[copied..i]);
        if escape.is_empty() {
            out.push_str(&format!("\\u{byte:04x}"));
        } else {
            out.push_str(escape);
        }
        copied = i + 1;
    }
    out.push_str(&text[copied..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf16_code_unit_as_in_rfc_8785_section_3_2_3() {
        let value = json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"});
        let text = to_string(&value).unwrap();
        let order: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
            .iter()
            .map(|word| text.find(word).unwrap())
            .collect();
        assert!(order.is_sorted(), "{text}");
    }

    #[test]
    fn escapes_are_those_of_rfc_8785_section_3_2_2_2() {
        let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/");
        assert_eq!(to_string(&value).unwrap(), r#""€$\u000f\nA'B\"\\\\\"/""#);
    }

    #[test]
    fn floats_are_refused() {
        assert!(to_string(&json!(1.5)).is_err());
    }
}
