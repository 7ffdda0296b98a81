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

/// Identifiers of the SPDX list (spdx.org/licenses) for those of the catalogue that have one and name a version.
const SPDX: [(&str, &str); 33] = [
    ("apache-2.0", "Apache-2.0"),
    ("mit", "MIT"),
    ("afl-3.0", "AFL-3.0"),
    ("artistic-2.0", "Artistic-2.0"),
    ("bsl-1.0", "BSL-1.0"),
    ("bsd-2-clause", "BSD-2-Clause"),
    ("bsd-3-clause", "BSD-3-Clause"),
    ("cc0-1.0", "CC0-1.0"),
    ("cc-by-3.0", "CC-BY-3.0"),
    ("cc-by-4.0", "CC-BY-4.0"),
    ("cc-by-sa-3.0", "CC-BY-SA-3.0"),
    ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
    ("cc-by-nc-3.0", "CC-BY-NC-3.0"),
    ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
    ("cc-by-nd-4.0", "CC-BY-ND-4.0"),
    ("cc-by-nc-nd-4.0", "CC-BY-NC-ND-4.0"),
    ("cc-by-nc-sa-3.0", "CC-BY-NC-SA-3.0"),
    ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
    ("cdla-sharing-1.0", "CDLA-Sharing-1.0"),
    ("cdla-permissive-1.0", "CDLA-Permissive-1.0"),
    ("cdla-permissive-2.0", "CDLA-Permissive-2.0"),
    ("c-uda", "C-UDA-1.0"),
    ("etalab-2.0", "etalab-2.0"),
    ("eupl-1.2", "EUPL-1.2"),
    ("gpl-3.0", "GPL-3.0-only"),
    ("agpl-3.0", "AGPL-3.0-only"),
    ("isc", "ISC"),
    ("mpl-2.0", "MPL-2.0"),
    ("odc-by", "ODC-By-1.0"),
    ("odbl", "ODbL-1.0"),
    ("pddl", "PDDL-1.0"),
    ("unlicense", "Unlicense"),
    ("zlib", "Zlib"),
];

/// The SPDX identifier of a licence, however it is spelled.
pub fn spdx_identifier(written: &str) -> Option<&'static str> {
    let known = identifier(written)?;
    SPDX.iter()
        .find(|(catalogue, _)| *catalogue == known)
        .map(|(_, spdx)| *spdx)
}

/// The licence's page in the SPDX list.
pub fn spdx_address(written: &str) -> Option<String> {
    spdx_identifier(written).map(|spdx| format!("https://spdx.org/licenses/{spdx}.html"))
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
        assert_eq!(spdx_identifier("cc by 4.0"), Some("CC-BY-4.0"));
        assert_eq!(spdx_address("gemma"), None);
    }
}
