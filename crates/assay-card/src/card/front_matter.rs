//! The YAML front matter by which catalogues find a dataset.
//!
//! Only what follows from facts: no task category, configuration or download size is invented.
//! Every text is double-quoted, so that no name can become a key, a number or a boolean.

use std::collections::BTreeSet;

use assay_model::{Origin, Report, SourceClass};

use super::license::catalogue_license;
use crate::language;
use crate::visible::{cut, visible_or};

const LONGEST_NAME: usize = 200;

/// The block between its `---` lines, both included.
pub fn front_matter(report: &Report) -> String {
    let mut out = String::from("---\n");
    list(&mut out, "language", &languages(report));
    if let Some(license) = catalogue_license(report) {
        out += &format!("license: {}\n", quoted(license));
    }
    out += &format!(
        "pretty_name: {}\n",
        quoted(&cut(
            &visible_or(&report.dataset, "unnamed dataset"),
            LONGEST_NAME
        ))
    );
    list(
        &mut out,
        "size_categories",
        &[size_category(report.samples.indexed)],
    );
    if has_machine_part(report) {
        list(&mut out, "tags", &["synthetic"]);
    }
    out + "---\n"
}

/// The band of the catalogue in which a number of samples lies.
fn size_category(samples: u64) -> &'static str {
    match samples {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        10_000_000..100_000_000 => "10M<n<100M",
        100_000_000..1_000_000_000 => "100M<n<1B",
        1_000_000_000..10_000_000_000 => "1B<n<10B",
        10_000_000_000..100_000_000_000 => "10B<n<100B",
        100_000_000_000..1_000_000_000_000 => "100B<n<1T",
        _ => "n>1T",
    }
}

pub fn languages(report: &Report) -> Vec<&'static str> {
    let codes: BTreeSet<&str> = report
        .composition
        .iter()
        .filter_map(|cell| language::iso_code(&cell.language))
        .collect();
    codes.into_iter().collect()
}

pub fn has_machine_part(report: &Report) -> bool {
    let machine = report.origin.of(Origin::Machine);
    machine.tokens > 0
        || machine.samples > 0
        || report
            .composition
            .iter()
            .any(|cell| cell.source_class == SourceClass::Synthetic && cell.samples > 0)
}

fn list(out: &mut String, key: &str, values: &[&str]) {
    if values.is_empty() {
        return;
    }
    *out += &format!("{key}:\n");
    for value in values {
        *out += &format!("- {}\n", quoted(value));
    }
}

/// A YAML 1.1 and 1.2 double-quoted scalar: printable ASCII as it is, letters beyond it too, all else escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            ' '..='~' => out.push(character),
            _ if character.is_alphanumeric() => out.push(character),
            _ if u32::from(character) <= 0xFFFF => out += &format!("\\u{:04X}", u32::from(character)),
            _ => out += &format!("\\U{:08X}", u32::from(character)),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_fall_into_the_catalogues_bands() {
        assert_eq!(size_category(999), "n<1K");
        assert_eq!(size_category(1_000), "1K<n<10K");
        assert_eq!(size_category(1_284_594), "1M<n<10M");
        assert_eq!(size_category(u64::MAX), "n>1T");
    }

    proptest::proptest! {
        #[test]
        fn a_quoted_text_reads_back_as_itself(text in proptest::prelude::any::<String>()) {
            let back: String = serde_yaml_ng::from_str(&quoted(&text)).unwrap();
            proptest::prop_assert_eq!(back, text);
        }
    }
}
