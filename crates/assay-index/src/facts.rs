//! What was declared of a sample, as the facts root covers it.

use assay_model::{Digest, Origin, SourceClass, Value, canonical, merkle};
use rusqlite::Connection;

/// Hashes a sample's digest with its parts' origins and source classes and its dimensions, as they are written.
///
/// Numbers stand as they were written, in texts, for canonical JSON here holds whole numbers only.
pub fn leaf(
    digest: &Digest,
    parts: impl IntoIterator<Item = (Origin, SourceClass)>,
    dimensions: &[(String, String)],
) -> Digest {
    let parts: Vec<serde_json::Value> = parts
        .into_iter()
        .map(|(origin, source_class)| serde_json::json!({"origin": origin, "source_class": source_class}))
        .collect();
    let dimensions: serde_json::Map<String, serde_json::Value> = dimensions
        .iter()
        .map(|(name, value)| (name.clone(), serde_json::Value::String(value.clone())))
        .collect();
    let facts = serde_json::json!({"digest": digest.to_string(), "dimensions": dimensions, "parts": parts});
    let text = canonical::to_string(&facts).expect("facts hold texts only");
    merkle::leaf(text.as_bytes())
}

/// Dimensions that have a value, as they are written.
pub fn written(dimensions: &[(String, Value)]) -> Vec<(String, String)> {
    dimensions
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), value.to_string()))
        .collect()
}

/// The same from what the index holds of a sample: `json` is its detail's object of dimensions, which keeps everything but
/// the form in which a number was written.
pub fn stored(connection: &Connection, sample: i64, json: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let dimensions: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    let mut number = connection
        .prepare_cached("SELECT value FROM dimension WHERE name = ?1 AND sample = ?2 AND position = 0")?;
    let mut written = Vec::with_capacity(dimensions.len());
    for (name, value) in dimensions {
        let text = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(_) => {
                number.query_row(rusqlite::params![name, sample], |row| row.get(0))?
            }
            other => other.to_string(),
        };
        written.push((name, text));
    }
    Ok(written)
}
