//! What is a language code called, and which code do catalogues expect?

use isolang::Language;

use crate::visible::visible;

/// The English name of a code such as `zh-CN` or `swa`; the code itself where it is none.
pub fn name(code: &str) -> String {
    if code.is_empty() {
        return "undetermined".into();
    }
    let shown = visible(code);
    match (find(code), code.split_once(['-', '_'])) {
        (Some(language), None) => short_name(language).to_owned(),
        (Some(language), Some((_, region))) => format!("{} ({})", short_name(language), visible(region)),
        (None, _) => shown,
    }
}

/// The ISO 639-1 code of a tag's primary subtag, else its ISO 639-3 code; `None` for anything else.
pub fn iso_code(tag: &str) -> Option<&'static str> {
    let language = find(tag)?;
    Some(language.to_639_1().unwrap_or(language.to_639_3()))
}

fn find(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let language = match primary.len() {
        2 => Language::from_639_1(&primary),
        3 => Language::from_639_3(&primary),
        _ => None,
    }?;
    (!matches!(
        language,
        Language::Und | Language::Mul | Language::Zxx | Language::Mis
    ))
    .then_some(language)
}

/// ISO names carry their year or family in brackets: `Modern Greek (1453-)`, `Swahili (macrolanguage)`.
fn short_name(language: Language) -> &'static str {
    let name = language.to_name();
    name.split_once(" (").map_or(name, |(short, _)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names_and_catalogue_codes() {
        assert_eq!(name("de"), "German");
        assert_eq!(name("zh-CN"), "Chinese (CN)");
        assert_eq!(name("sw"), "Swahili");
        assert_eq!(name(""), "undetermined");
        assert_eq!(iso_code("deu"), Some("de"));
        assert_eq!(iso_code("zh_Hant"), Some("zh"));
        assert_eq!(iso_code("yue"), Some("yue"));
    }

    #[test]
    fn what_is_no_language_stays_what_it_is_and_enters_no_catalogue() {
        assert_eq!(name("English text"), "English text");
        assert_eq!(iso_code("und"), None);
        assert_eq!(iso_code("<script>"), None);
    }
}
