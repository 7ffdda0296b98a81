//! Which licence identifier does a catalogue know?

use assay_model::Report;

/// The identifiers that Hugging Face cards accept, without `other` and `unknown`
/// (huggingface.co/docs/hub/repositories-licenses).
const IDENTIFIERS: [&str; 72] = [
    "apache-2.0",
    "mit",
    "openrail",
    "bigscience-openrail-m",
    "creativeml-openrail-m",
    "bigscience-bloom-rail-1.0",
    "bigcode-openrail-m",
    "afl-3.0",
    "artistic-2.0",
    "bsl-1.0",
    "bsd",
    "bsd-2-clause",
    "bsd-3-clause",
    "bsd-3-clause-clear",
    "c-uda",
    "cc",
    "cc0-1.0",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc-by-nc-2.0",
    "cc-by-nc-3.0",
    "cc-by-nc-4.0",
    "cc-by-nd-4.0",
    "cc-by-nc-nd-3.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0",
    "cdla-sharing-1.0",
    "cdla-permissive-1.0",
    "cdla-permissive-2.0",
    "wtfpl",
    "ecl-2.0",
    "epl-1.0",
    "epl-2.0",
    "etalab-2.0",
    "eupl-1.1",
    "eupl-1.2",
    "agpl-3.0",
    "gfdl",
    "gpl",
    "gpl-2.0",
    "gpl-3.0",
    "lgpl",
    "lgpl-2.1",
    "lgpl-3.0",
    "isc",
    "h-research",
    "intel-research",
    "lppl-1.3c",
    "ms-pl",
    "apple-ascl",
    "mpl-2.0",
    "odc-by",
    "odbl",
    "openrail++",
    "osl-3.0",
    "postgresql",
    "ofl-1.1",
    "ncsa",
    "unlicense",
    "zlib",
    "pddl",
    "lgpl-lr",
    "deepfloyd-if-license",
    "llama2",
    "llama3",
    "gemma",
];

/// The dataset's licence for a catalogue: one identifier where every sample has that one licence,
/// `other` where licences are known but not one known licence, `None` where none is declared.
pub fn catalogue_license(report: &Report) -> Option<&'static str> {
    let unit = report.coverage.iter().find(|unit| unit.unit == "license")?;
    if unit.classes == 0 {
        return None;
    }
    let single = unit.classes == 1 && unit.observations == report.samples.indexed;
    let identifier = unit
        .largest
        .first()
        .filter(|_| single)
        .and_then(|class| identifier(&class.class));
    Some(identifier.unwrap_or("other"))
}

fn identifier(written: &str) -> Option<&'static str> {
    let wanted = written.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    IDENTIFIERS.into_iter().find(|known| *known == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_however_it_is_spelled() {
        assert_eq!(identifier("CC-BY-4.0"), Some("cc-by-4.0"));
        assert_eq!(identifier(" Apache 2.0 "), Some("apache-2.0"));
        assert_eq!(identifier("partner agreement"), None);
    }
}
