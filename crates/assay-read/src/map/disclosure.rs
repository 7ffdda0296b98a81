//! Does a text say itself that a model wrote it?
//!
//! Phrases by which chat models speak of themselves ("as an AI language model"), in several languages. They are the weakest
//! evidence that may decide: they count only where nothing else says who made a part. A prompt that speaks so is a person
//! addressing a model, and a phrase in quotation marks is a quotation; neither counts.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use assay_model::{Evidence, EvidenceKind, Origin, Part, SourceClass};

/// How sure such a phrase makes one.
const CONFIDENCE: f64 = 0.8;

/// Roles in which a person speaks to a model, or about the text.
const NOT_SPOKEN_BY_A_MODEL: [&str; 4] = ["prompt", "system", "context", "title"];

/// Compared without regard to the case of ASCII letters.
#[rustfmt::skip]
const PHRASES: [&str; 44] = [
    "as an ai language model", "as a large language model", "as an ai assistant", "as an artificial intelligence language model",
    "i am an ai language model", "i'm an ai language model", "i’m an ai language model", "i am a large language model",
    "i'm a large language model", "i’m a large language model", "as an ai, i ", "as an ai model", "my training data only goes",
    "als ki-sprachmodell", "als ki-modell", "als großes sprachmodell", "ich bin ein ki-sprachmodell", "als künstliche intelligenz kann ich",
    "en tant que modèle de langage", "en tant qu'ia", "en tant qu’ia", "en tant qu'intelligence artificielle", "je suis un modèle de langage",
    "como modelo de lenguaje", "como un modelo de lenguaje", "como modelo de lenguaje de ia", "soy un modelo de lenguaje",
    "como modelo de linguagem", "como um modelo de linguagem", "sou um modelo de linguagem",
    "come modello linguistico", "in quanto modello linguistico", "sono un modello linguistico",
    "als ai-taalmodel", "как языковая модель", "Как языковая модель", "я языковая модель",
    "作为一个ai语言模型", "作为ai语言模型", "作为一个人工智能语言模型", "作为人工智能语言模型", "ai言語モデルとして",
    "كنموذج لغة", "بصفتي نموذج",
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(PHRASES)
        .expect("the phrases are few and short")
});

/// Adds what the parts say of themselves, and lets it decide where nothing stronger did.
pub(super) fn judge(parts: &mut [Part], undecided: impl Fn(&Part) -> bool, evidence: &mut Vec<Evidence>) {
    for (place, part) in parts.iter_mut().enumerate() {
        if NOT_SPOKEN_BY_A_MODEL.contains(&part.role.as_str()) {
            continue;
        }
        let Some(phrase) = phrase(&part.text) else {
            continue;
        };
        evidence.push(Evidence {
            part: Some(place as u32),
            kind: EvidenceKind::SelfDisclosure,
            origin: Origin::Machine,
            source_class: SourceClass::Synthetic,
            confidence: CONFIDENCE,
            source: "phrase".to_owned(),
            value: phrase.to_owned(),
            generator: None,
        });
        if undecided(part) {
            part.origin = Origin::Machine;
            part.confidence = CONFIDENCE;
            if part.source_class == SourceClass::Unknown {
                part.source_class = SourceClass::Synthetic;
            }
        }
    }
}

/// The first phrase by which a text speaks of itself, as it is written there.
fn phrase(text: &str) -> Option<&str> {
    FINDER
        .find_iter(text)
        .find(|found| !is_quoted(&text[..found.start()]))
        .map(|found| &text[found.range()])
}

fn is_quoted(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '"' | '“' | '„' | '«' | '»' | '‹' | '「' | '『' | '‘' | '`'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(role: &str, text: &str, origin: Origin) -> Part {
        Part {
            role: role.to_owned(),
            text: text.to_owned(),
            origin,
            source_class: SourceClass::Unknown,
            confidence: if origin == Origin::Unknown { 0.0 } else { 1.0 },
        }
    }

    fn judged(part: Part) -> (Origin, usize) {
        let mut parts = [part];
        let mut evidence = Vec::new();
        judge(&mut parts, |part| part.origin == Origin::Unknown, &mut evidence);
        (parts[0].origin, evidence.len())
    }

    #[test]
    fn a_model_that_speaks_of_itself_is_a_machine_where_nobody_said_otherwise() {
        for text in [
            "I'm sorry, but As an AI language model I cannot prescribe.",
            "Als KI-Sprachmodell kann ich das nicht beurteilen.",
            "En tant que modèle de langage, je ne peux pas.",
            "作为一个AI语言模型，我不能给出医疗建议。",
            "كنموذج لغة لا أستطيع تقديم المشورة.",
        ] {
            assert_eq!(
                judged(part("response", text, Origin::Unknown)),
                (Origin::Machine, 1),
                "{text}"
            );
        }
    }

    #[test]
    fn a_declaration_is_stronger_and_the_phrase_stands_beside_it() {
        let text = "As an AI language model, I would say so.";
        assert_eq!(judged(part("document", text, Origin::Human)), (Origin::Human, 1));
    }

    #[test]
    fn people_who_address_or_quote_a_model_are_not_taken_for_one() {
        let quoted = "It answered “as an AI language model I cannot” and that was all.";
        assert_eq!(
            judged(part("document", quoted, Origin::Unknown)),
            (Origin::Unknown, 0)
        );
        let asked = "As an AI language model, what do you think of warfarin?";
        assert_eq!(
            judged(part("prompt", asked, Origin::Unknown)),
            (Origin::Unknown, 0)
        );
        let about = "Our hospital bought a large language model last year.";
        assert_eq!(
            judged(part("document", about, Origin::Unknown)),
            (Origin::Unknown, 0)
        );
    }
}
