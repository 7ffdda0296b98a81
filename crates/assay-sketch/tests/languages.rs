//! Detection on real languages, and when a declared one is contradicted.

use assay_model::Part;
use assay_sketch::{Detected, canonical, detectable, language_mismatch, sketch};

fn detect(text: &str) -> (Option<Detected>, usize) {
    let part = Part {
        role: "document".into(),
        text: text.into(),
        origin: Default::default(),
        source_class: Default::default(),
        confidence: 0.0,
    };
    let found = sketch(&[part]);
    (found.detected, found.letters as usize)
}

fn mismatch(declared: &str, text: &str) -> bool {
    let (detected, letters) = detect(text);
    language_mismatch(declared, detected.as_ref(), letters)
}

const ENGLISH: &str =
    "The court held that the contract was void because one of the parties had not agreed to its terms.";
const GERMAN: &str =
    "Das Gericht entschied, dass der Vertrag nichtig war, weil eine der Parteien nicht zugestimmt hatte.";
const SWAHILI: &str =
    "Mahakama iliamua kwamba mkataba huo ulikuwa batili kwa sababu upande mmoja haukukubali masharti yake.";
const CHINESE: &str = "法院认定该合同无效，因为其中一方当事人没有同意合同的条款和条件，因此不承担责任。";
const RUSSIAN: &str = "Суд постановил, что договор был недействительным, поскольку одна из сторон не согласилась с его условиями.";
const TIGRINYA: &str = "ቤት ፍርዲ እቲ ውዕል ዘይሕጋዊ ምዃኑ ወሲኑ ምኽንያቱ ሓደ ካብቶም ወገናት ኣይተሰማምዐን።";
const JAPANESE: &str =
    "裁判所は、当事者の一方がその条件に同意していなかったため、契約は無効であると判断しました。";

#[test]
fn languages_are_detected_under_their_iso_codes() {
    for (text, code) in [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (CHINESE, "zh"),
        (RUSSIAN, "ru"),
        (JAPANESE, "ja"),
    ] {
        assert_eq!(
            detect(text).0.map(|found| found.language).as_deref(),
            Some(code),
            "{text}"
        );
    }
    let known = detectable();
    assert!(
        known.iter().all(|code| code.len() == 2),
        "each of these has an ISO 639-1 code: {known:?}"
    );
    assert!(
        ["en", "fa", "nb", "zh", "my", "or"]
            .iter()
            .all(|code| known.contains(code)),
        "{known:?}"
    );
}

#[test]
fn a_contradicted_declaration_is_a_mismatch() {
    assert!(mismatch("en", GERMAN));
    assert!(mismatch("de-AT", ENGLISH));
    assert!(mismatch("German", ENGLISH));
    assert!(mismatch("en", CHINESE));
    assert!(mismatch("zh-CN", JAPANESE));
    assert!(mismatch("ja", ENGLISH));
    assert!(mismatch("sw", RUSSIAN), "Swahili is not written in Cyrillic");
    assert!(mismatch("ti", ENGLISH));
}

#[test]
fn what_may_be_right_is_never_a_mismatch() {
    assert!(!mismatch("en-GB", ENGLISH));
    assert!(!mismatch("eng_Latn", ENGLISH));
    assert!(!mismatch("English", ENGLISH));
    assert!(!mismatch("zh-CN", CHINESE));
    assert!(!mismatch("yue", CHINESE));
    assert!(!mismatch("sw", SWAHILI));
    assert!(
        !mismatch("sw", ENGLISH),
        "the detector does not know Swahili, so it may err"
    );
    assert!(!mismatch("ti", TIGRINYA), "taken for Amharic by its script");
    assert!(!mismatch("xx", GERMAN), "a code nobody knows");
    assert!(!mismatch("", GERMAN));
    assert!(!mismatch("en", "Ja, gut!"), "too short");
    assert!(!mismatch("kk", RUSSIAN), "Kazakh is not in the detector's set");
    assert!(
        !mismatch("uz", RUSSIAN),
        "Uzbek in Cyrillic is not in the detector's set"
    );
}

#[test]
fn varieties_and_near_twins_count_as_one() {
    let found = |language: &str| Detected {
        language: language.into(),
        confidence: 1.0,
    };
    for (declared, detected) in [
        ("nn", "nb"),
        ("no", "nb"),
        ("hr", "sr"),
        ("bs", "hr"),
        ("ms", "id"),
        ("arz", "ar"),
        ("prs", "fa"),
    ] {
        assert!(
            !language_mismatch(declared, Some(&found(detected)), 100),
            "{declared} {detected}"
        );
    }
    assert!(!language_mismatch("en", Some(&found("de")), 19));
    assert!(!language_mismatch("en", None, 100));
    assert_eq!(canonical("por_Latn").as_deref(), Some("pt"));
    assert_eq!(canonical("FIL").as_deref(), Some("tl"));
}
