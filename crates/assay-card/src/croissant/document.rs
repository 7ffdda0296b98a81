//! The dataset as a whole.

use assay_model::{AuthoredSection, Report};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{context, distribution, provenance, records, responsible};
use crate::card::{CardFacts, catalogue_license, has_machine_part, languages, spdx_address};
use crate::figure::{counted, short};
use crate::visible::{cut, visible, visible_or};

/// Columns of a name, and of the words of a citation.
const LONGEST_NAME: usize = 200;

/// Every required property, and those recommended ones for which there is a fact.
pub fn document(facts: &CardFacts) -> Value {
    let report = &facts.report;
    let mut out = Map::new();
    out.insert("@context".into(), context::context());
    out.insert("@type".into(), json!("sc:Dataset"));
    out.insert("conformsTo".into(), json!("http://mlcommons.org/croissant/1.1"));
    out.insert("name".into(), json!(name(report)));
    out.insert("description".into(), json!(description(facts)));
    out.insert("url".into(), json!(address(&report.snapshot_root)));
    out.insert("license".into(), licenses(report));
    out.insert(
        "creator".into(),
        json!({"@type": "sc:Organization", "name": creator(facts)}),
    );
    out.insert("datePublished".into(), json!(day(report)));
    out.insert("version".into(), json!(format!("{}.0.0", report.snapshot)));
    out.insert("citeAs".into(), json!(citation(facts)));
    let spoken = languages(report);
    if !spoken.is_empty() {
        out.insert("inLanguage".into(), json!(spoken));
    }
    if has_machine_part(report) {
        out.insert("keywords".into(), json!(["synthetic"]));
    }
    out.extend(responsible::properties(facts));
    out.extend(provenance::of_dataset(facts));
    let distribution = distribution::distribution(&facts.layouts);
    out.insert("distribution".into(), json!(distribution));
    out.insert("recordSet".into(), json!(records::record_sets(facts)));
    Value::Object(out)
}

fn name(report: &Report) -> String {
    cut(&visible_or(&report.dataset, "unnamed dataset"), LONGEST_NAME)
}

fn description(facts: &CardFacts) -> String {
    let report = &facts.report;
    let size = format!(
        "{} of text, {} tokens, in {}.",
        counted(report.samples.indexed, "sample", "samples"),
        short(report.samples.tokens),
        counted(report.files.read, "file", "files")
    );
    match facts.written(AuthoredSection::Purpose) {
        Some(purpose) => format!("{purpose} {size}"),
        None => size,
    }
}

/// The snapshot's address: its root in a `ni` URI (RFC 6920), for a dataset on a disk has no page of its own; the root as it is
/// where it is no digest.
pub fn address(root: &str) -> String {
    let digits = root.strip_prefix("sha256:").unwrap_or(root);
    let bytes: Option<Vec<u8>> = (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect();
    match bytes {
        Some(bytes) if bytes.len() == 32 => format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(bytes)),
        _ => visible(root),
    }
}

/// As an author named them, else the word for nobody.
pub fn creator(facts: &CardFacts) -> String {
    facts
        .written(AuthoredSection::Creator)
        .unwrap_or_else(|| "Not stated".to_owned())
}

/// The day of the snapshot: nothing here knows of another publication.
fn day(report: &Report) -> &str {
    report.created.get(..10).unwrap_or_default()
}

/// One entry for each licence that samples name, most frequent first; a work called "Not declared" for those without any.
fn licenses(report: &Report) -> Value {
    let unit = report.coverage.iter().find(|unit| unit.unit == "license");
    let mut licenses: Vec<Value> = Vec::new();
    for class in unit.into_iter().flat_map(|unit| &unit.largest) {
        licenses.push(match spdx_address(&class.class) {
            Some(address) => json!(address),
            None => json!({"@type": "sc:CreativeWork", "name": visible_or(&class.class, "unnamed")}),
        });
    }
    if licenses.is_empty() || catalogue_license(report).is_none() {
        licenses.push(json!({"@type": "sc:CreativeWork", "name": "Not declared"}));
    }
    json!(licenses)
}

/// BibTeX of the snapshot itself.
fn citation(facts: &CardFacts) -> String {
    let report = &facts.report;
    let plain = |text: &str| text.replace(['{', '}', '\\', '"', '@'], " ");
    format!(
        "@misc{{dataset-{}, title = {{{}, snapshot {}}}, author = {{{}}}, year = {{{}}}, note = {{snapshot root {}}}}}",
        report.snapshot,
        plain(&name(report)),
        report.snapshot,
        plain(&creator(facts)),
        report.created.get(..4).unwrap_or_default(),
        plain(&visible(&report.snapshot_root))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_becomes_the_uri_of_the_standard() {
        // RFC 6920, section 8.1: the digest of "Hello World!".
        let root = "sha256:7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        assert_eq!(
            address(root),
            "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
        );
        assert_eq!(address("<b>"), "<b>");
    }
}
