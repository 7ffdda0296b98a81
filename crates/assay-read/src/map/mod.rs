//! How records become samples: the map file, its application, and recognition without one.

mod anchors;
mod apply;
mod cutoff;
mod disclosure;
mod embedding;
mod messages;
mod parse;
mod provenance;
mod recognise;

use assay_model::{Digest, FieldMap, canonical};

pub use apply::Mapper;
pub(crate) use apply::value_at;
pub use parse::parse_map;
pub use recognise::recognise;
pub(crate) use recognise::{fields_seen, recognise_marked};

/// Parts that the value of `field` gives.
pub(crate) fn pieces_of(record: &assay_model::Value, field: &str) -> usize {
    let value = value_at(record, field);
    value
        .and_then(|value| messages::pieces(&value, field).ok())
        .map_or(0, |pieces| pieces.len())
}

/// The map as a file that `parse_map` reads back.
pub fn map_to_toml(map: &FieldMap) -> String {
    toml::to_string(map).expect("a map holds only what TOML can hold")
}

/// Digest of the map's canonical form: equal maps are equal whatever their file looked like.
pub fn map_digest(map: &FieldMap) -> Digest {
    let mut json = serde_json::to_value(map).expect("a map holds only what JSON can hold");
    spell_out_confidences(&mut json);
    let canonical = canonical::to_string(&json).expect("a map without floats has a canonical form");
    Digest::of(canonical.as_bytes())
}

/// Writes confidences as texts: canonical forms hold no floating-point numbers.
fn spell_out_confidences(json: &mut serde_json::Value) {
    let rules = json.get_mut("provenance").and_then(|rules| rules.as_array_mut());
    for rule in rules.into_iter().flatten() {
        if let Some(confidence) = rule.get_mut("confidence") {
            *confidence = confidence.to_string().into();
        }
    }
}
