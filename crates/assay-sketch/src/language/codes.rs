//! Codes, names and scripts of languages.

use whatlang::Lang;

/// Code (ISO 639-1 where one exists), ISO 639-3, English name, scripts by ISO 15924.
///
/// The first script is the one a detector knows the language in. Languages that are missing here are
/// never said to be mismatched.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

const LATIN: &[&str] = &["Latn"];
const CYRILLIC: &[&str] = &["Cyrl"];
const ARABIC: &[&str] = &["Arab"];
const DEVANAGARI: &[&str] = &["Deva"];
const ETHIOPIC: &[&str] = &["Ethi"];

#[rustfmt::skip]
const LANGUAGES: &[Row] = &[
    ("af", "afr", "afrikaans", LATIN), ("ak", "aka", "akan", LATIN), ("am", "amh", "amharic", ETHIOPIC),
    ("ar", "ara", "arabic", ARABIC), ("as", "asm", "assamese", &["Beng"]),
    ("az", "aze", "azerbaijani", &["Latn", "Cyrl", "Arab"]), ("ba", "bak", "bashkir", CYRILLIC),
    ("be", "bel", "belarusian", CYRILLIC), ("bg", "bul", "bulgarian", CYRILLIC), ("bho", "bho", "bhojpuri", DEVANAGARI),
    ("bn", "ben", "bengali", &["Beng"]), ("bo", "bod", "tibetan", &["Tibt"]),
    ("bs", "bos", "bosnian", &["Latn", "Cyrl"]), ("ca", "cat", "catalan", LATIN), ("ceb", "ceb", "cebuano", LATIN),
    ("cs", "ces", "czech", LATIN), ("cy", "cym", "welsh", LATIN), ("da", "dan", "danish", LATIN),
    ("de", "deu", "german", LATIN), ("dv", "div", "dhivehi", &["Thaa"]), ("el", "ell", "greek", &["Grek"]),
    ("en", "eng", "english", LATIN), ("eo", "epo", "esperanto", LATIN), ("es", "spa", "spanish", LATIN),
    ("et", "est", "estonian", LATIN), ("eu", "eus", "basque", LATIN), ("fa", "fas", "persian", ARABIC),
    ("fi", "fin", "finnish", LATIN), ("fr", "fra", "french", LATIN), ("ga", "gle", "irish", LATIN),
    ("gd", "gla", "scottish gaelic", LATIN), ("gl", "glg", "galician", LATIN), ("gu", "guj", "gujarati", &["Gujr"]),
    ("ha", "hau", "hausa", &["Latn", "Arab"]), ("he", "heb", "hebrew", &["Hebr"]), ("hi", "hin", "hindi", DEVANAGARI),
    ("hr", "hrv", "croatian", LATIN), ("ht", "hat", "haitian creole", LATIN), ("hu", "hun", "hungarian", LATIN),
    ("hy", "hye", "armenian", &["Armn"]), ("id", "ind", "indonesian", LATIN), ("ig", "ibo", "igbo", LATIN),
    ("is", "isl", "icelandic", LATIN), ("it", "ita", "italian", LATIN), ("ja", "jpn", "japanese", &["Hira", "Hani"]),
    ("jv", "jav", "javanese", &["Latn", "Java"]), ("ka", "kat", "georgian", &["Geor"]),
    ("kk", "kaz", "kazakh", &["Cyrl", "Latn", "Arab"]), ("km", "khm", "khmer", &["Khmr"]),
    ("kn", "kan", "kannada", &["Knda"]), ("ko", "kor", "korean", &["Hang", "Hani"]),
    ("ku", "kur", "kurdish", &["Latn", "Arab", "Cyrl"]), ("ky", "kir", "kyrgyz", &["Cyrl", "Latn", "Arab"]),
    ("la", "lat", "latin", LATIN), ("lb", "ltz", "luxembourgish", LATIN), ("lg", "lug", "ganda", LATIN),
    ("ln", "lin", "lingala", LATIN), ("lo", "lao", "lao", &["Laoo"]), ("lt", "lit", "lithuanian", LATIN),
    ("lv", "lav", "latvian", LATIN), ("mai", "mai", "maithili", DEVANAGARI), ("mg", "mlg", "malagasy", LATIN),
    ("mi", "mri", "maori", LATIN), ("mk", "mkd", "macedonian", CYRILLIC), ("ml", "mal", "malayalam", &["Mlym"]),
    ("mn", "mon", "mongolian", &["Cyrl", "Mong"]), ("mr", "mar", "marathi", DEVANAGARI),
    ("ms", "msa", "malay", &["Latn", "Arab"]), ("mt", "mlt", "maltese", LATIN), ("my", "mya", "burmese", &["Mymr"]),
    ("ne", "nep", "nepali", DEVANAGARI), ("nl", "nld", "dutch", LATIN), ("no", "nor", "norwegian", LATIN),
    ("ny", "nya", "nyanja", LATIN), ("oc", "oci", "occitan", LATIN), ("om", "orm", "oromo", &["Latn", "Ethi"]),
    ("or", "ori", "oriya", &["Orya"]), ("pa", "pan", "punjabi", &["Guru", "Arab"]), ("pcm", "pcm", "nigerian pidgin", LATIN),
    ("pl", "pol", "polish", LATIN), ("ps", "pus", "pashto", ARABIC), ("pt", "por", "portuguese", LATIN),
    ("qu", "que", "quechua", LATIN), ("ro", "ron", "romanian", &["Latn", "Cyrl"]), ("ru", "rus", "russian", CYRILLIC),
    ("rw", "kin", "kinyarwanda", LATIN), ("sa", "san", "sanskrit", DEVANAGARI), ("sd", "snd", "sindhi", &["Arab", "Deva"]),
    ("si", "sin", "sinhala", &["Sinh"]), ("sk", "slk", "slovak", LATIN), ("sl", "slv", "slovenian", LATIN),
    ("sn", "sna", "shona", LATIN), ("so", "som", "somali", &["Latn", "Arab"]), ("sq", "sqi", "albanian", LATIN),
    ("sr", "srp", "serbian", &["Cyrl", "Latn"]), ("st", "sot", "southern sotho", LATIN), ("su", "sun", "sundanese", LATIN),
    ("sv", "swe", "swedish", LATIN), ("sw", "swa", "swahili", &["Latn", "Arab"]), ("ta", "tam", "tamil", &["Taml"]),
    ("te", "tel", "telugu", &["Telu"]), ("tg", "tgk", "tajik", &["Cyrl", "Arab", "Latn"]), ("th", "tha", "thai", &["Thai"]),
    ("ti", "tir", "tigrinya", ETHIOPIC), ("tk", "tuk", "turkmen", &["Latn", "Cyrl", "Arab"]), ("tl", "tgl", "tagalog", LATIN),
    ("tn", "tsn", "tswana", LATIN), ("tr", "tur", "turkish", LATIN), ("ts", "tso", "tsonga", LATIN),
    ("tt", "tat", "tatar", &["Cyrl", "Latn"]), ("tw", "twi", "twi", LATIN), ("ug", "uig", "uyghur", &["Arab", "Cyrl", "Latn"]),
    ("uk", "ukr", "ukrainian", CYRILLIC), ("ur", "urd", "urdu", ARABIC), ("uz", "uzb", "uzbek", &["Latn", "Cyrl", "Arab"]),
    ("vi", "vie", "vietnamese", LATIN), ("wo", "wol", "wolof", &["Latn", "Arab"]), ("xh", "xho", "xhosa", LATIN),
    ("yi", "yid", "yiddish", &["Hebr"]), ("yo", "yor", "yoruba", LATIN), ("zh", "zho", "chinese", &["Hani"]),
    ("zu", "zul", "zulu", LATIN),
];

/// Codes and names in use for a language of the table, or for a variety that counts as it here.
#[rustfmt::skip]
const OTHER_NAMES: &[(&str, &str)] = &[
    ("nb", "no"), ("nn", "no"), ("nob", "no"), ("nno", "no"), ("bokmal", "no"), ("bokmål", "no"), ("nynorsk", "no"),
    ("cmn", "zh"), ("yue", "zh"), ("wuu", "zh"), ("nan", "zh"), ("hak", "zh"), ("lzh", "zh"), ("chi", "zh"), ("mandarin", "zh"),
    ("arb", "ar"), ("arz", "ar"), ("ary", "ar"), ("arq", "ar"), ("apc", "ar"), ("ajp", "ar"), ("acm", "ar"), ("ars", "ar"),
    ("aeb", "ar"), ("acq", "ar"), ("ayl", "ar"), ("apd", "ar"), ("afb", "ar"),
    ("pes", "fa"), ("prs", "fa"), ("per", "fa"), ("farsi", "fa"), ("dari", "fa"),
    ("fil", "tl"), ("filipino", "tl"), ("iw", "he"), ("in", "id"), ("ji", "yi"), ("mo", "ro"), ("ory", "or"), ("odia", "or"),
    ("npi", "ne"), ("zsm", "ms"), ("zlm", "ms"), ("lvs", "lv"), ("ekk", "et"), ("azj", "az"), ("azb", "az"), ("uzn", "uz"),
    ("swh", "sw"), ("swc", "sw"), ("kmr", "ku"), ("ckb", "ku"), ("khk", "mn"), ("plt", "mg"), ("ydd", "yi"), ("gaz", "om"),
    ("fat", "ak"), ("pnb", "pa"), ("pbt", "ps"), ("als", "sq"), ("ger", "de"), ("fre", "fr"), ("dut", "nl"), ("cze", "cs"),
    ("slo", "sk"), ("gre", "el"), ("rum", "ro"), ("baq", "eu"), ("bur", "my"), ("geo", "ka"), ("ice", "is"), ("mac", "mk"),
    ("may", "ms"), ("tib", "bo"), ("wel", "cy"), ("alb", "sq"), ("arm", "hy"),
];

/// Languages whose written forms a detector cannot tell apart with certainty.
const CONFUSABLE: &[&[&str]] = &[
    &["hr", "sr", "bs", "sh"],
    &["id", "ms"],
    &["da", "no"],
    &["ak", "tw"],
];

/// The code of a declared language: its primary subtag as ISO 639-1 where one exists, else 639-3.
///
/// Takes codes of either standard with any subtags (`zh-CN`, `por_Latn`) and English names.
/// `None` if it is not in the table.
pub fn canonical(declared: &str) -> Option<String> {
    let whole = declared.trim().to_lowercase();
    let primary = whole.split(['-', '_', '.', '@']).next().unwrap_or_default();
    let by_name = LANGUAGES
        .iter()
        .find(|(.., name, _)| *name == whole)
        .map(|row| row.0);
    let by_code = || {
        LANGUAGES
            .iter()
            .find(|(code, three, ..)| [*code, *three].contains(&primary))
            .map(|row| row.0)
    };
    let by_other = || {
        OTHER_NAMES
            .iter()
            .find(|(other, _)| *other == primary)
            .map(|(_, code)| *code)
    };
    by_name.or_else(by_code).or_else(by_other).map(str::to_owned)
}

/// The scripts a language is written in, by ISO 15924, the commonest first.
pub fn scripts(code: &str) -> Option<&'static [&'static str]> {
    LANGUAGES
        .iter()
        .find(|(known, ..)| *known == code)
        .map(|row| row.3)
}

/// The code a language compares by: `no` for `nb`.
pub(super) fn macrolanguage(code: &str) -> &str {
    OTHER_NAMES
        .iter()
        .find(|(other, _)| *other == code)
        .map_or(code, |(_, whole)| whole)
}

pub(super) fn confusable(a: &str, b: &str) -> bool {
    CONFUSABLE
        .iter()
        .any(|group| group.contains(&a) && group.contains(&b))
}

/// The detector's language as ISO 639-1 where one exists, else 639-3.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Nob => "nb",
        other => {
            let three = other.code();
            let known = LANGUAGES.iter().find(|row| row.1 == three).map(|row| row.0);
            let varieties = || {
                OTHER_NAMES
                    .iter()
                    .find(|(variety, _)| *variety == three)
                    .map(|(_, code)| *code)
            };
            known.or_else(varieties).unwrap_or(three)
        }
    }
}
