//! Does a text say itself that a model wrote it?
//!
//! Phrases by which chat models speak of themselves ("as an AI language model"), and turns of phrase they leave behind
//! ("as of my last knowledge update", "Certainly! Here is"), in several languages. They are the weakest evidence that may
//! decide: they count only where nothing else says who made a part. A prompt that speaks so is a person addressing a model,
//! and a phrase in quotation marks is a quotation; neither counts. What a person might as well write ("Sure, here's the
//! link") is deliberately absent: a phrase missed costs little, a person taken for a machine costs much.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use assay_model::evidence::GIVEN_TO_A_MODEL;
use assay_model::{Evidence, EvidenceKind, Origin, Part, SourceClass};

use super::anchors::Anchors;

/// How sure a phrase makes one by which a model speaks of itself.
const DISCLOSED: f64 = 0.8;
/// How sure a phrase makes one that a model left behind.
const LEFT_BEHIND: f64 = 0.5;

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

/// What chat models leave behind anywhere in a text.
#[rustfmt::skip]
const LEFTOVERS: [&str; 25] = [
    "as of my last knowledge update", "as of my knowledge cutoff", "as of my knowledge cut-off", "my knowledge cutoff is",
    "i cannot fulfill this request", "i cannot fulfill that request", "i can't fulfill this request", "i can’t fulfill this request",
    "i'm sorry, but i can't assist with that request", "i’m sorry, but i can’t assist with that request", "i'm sorry, but i cannot assist with that request",
    "i don't have access to real-time information", "i do not have access to real-time information",
    "mein wissensstand reicht bis", "stand meines letzten wissensupdates",
    "selon ma dernière mise à jour de connaissances", "à ma date limite de connaissances",
    "según mi última actualización de conocimientos", "lo siento, pero no puedo ayudarte con esa solicitud",
    "até minha última atualização de conhecimento", "desculpe, mas não posso ajudar com esse pedido",
    "secondo il mio ultimo aggiornamento delle conoscenze",
    "на момент моего последнего обновления знаний", "截至我的知识更新", "截至我最后一次知识更新",
];

/// How chat models begin an answer; counted at the very start of a text only.
#[rustfmt::skip]
const OPENINGS: [&str; 24] = [
    "certainly! here is", "certainly! here's", "certainly! here’s", "certainly! here are", "absolutely! here's a revised", "absolutely! here is a revised",
    "sure! here's a revised", "sure! here is a revised", "sure, here's a revised", "sure, here is a revised", "sure! here's a rewritten", "sure, here's a rewritten",
    "natürlich! hier ist eine überarbeitete", "gerne! hier ist eine überarbeitete", "bien sûr ! voici une version", "bien sûr! voici une version",
    "¡claro! aquí tienes una versión", "¡por supuesto! aquí tienes", "claro! aqui está uma versão", "certamente! ecco una versione",
    "конечно! вот", "Конечно! Вот", "当然！以下是", "もちろんです！以下",
];

/// Of what is looked for anywhere in a text.
static ANCHORS: LazyLock<Anchors> = LazyLock::new(|| Anchors::of(PHRASES.iter().chain(&LEFTOVERS)));
static DISCLOSURES: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&PHRASES));
static BOILERPLATE: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&LEFTOVERS));
static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&OPENINGS));

fn finder(phrases: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(phrases)
        .expect("the phrases are few and short")
}

/// What the parts say of themselves.
pub(super) fn phrases(parts: &[Part]) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for (place, part) in (0..).zip(parts) {
        if GIVEN_TO_A_MODEL.contains(&part.role.as_str()) {
            continue;
        }
        let row = |kind, confidence, phrase: &str| Evidence {
            part: Some(place),
            kind,
            origin: Origin::Machine,
            source_class: SourceClass::Synthetic,
            confidence,
            source: "phrase".to_owned(),
            value: phrase.to_owned(),
            generator: None,
            record: None,
        };
        let worth_a_search = ANCHORS.may_stand_in(&part.text);
        let anywhere = |phrases| worth_a_search.then(|| first(phrases, &part.text)).flatten();
        let disclosed = anywhere(&DISCLOSURES);
        let left = opening(&part.text).or_else(|| anywhere(&BOILERPLATE));
        evidence.extend(disclosed.map(|phrase| row(EvidenceKind::SelfDisclosure, DISCLOSED, phrase)));
        evidence.extend(left.map(|phrase| row(EvidenceKind::ChatBoilerplate, LEFT_BEHIND, phrase)));
    }
    evidence
}

/// The first phrase that is no quotation, as it is written in the text.
fn first<'t>(phrases: &AhoCorasick, text: &'t str) -> Option<&'t str> {
    phrases
        .find_iter(text)
        .find(|found| !is_quoted(&text[..found.start()]))
        .map(|found| &text[found.range()])
}

fn opening(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let longest = OPENINGS.iter().map(|phrase| phrase.len()).max().unwrap_or(0);
    let end = (0..=longest.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at));
    let head = &text[..end.unwrap_or(0)];
    BEGINNINGS
        .find(head)
        .filter(|found| found.start() == 0)
        .map(|found| &head[found.range()])
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

    /// The origin that follows beside what was declared, and how many phrases were found.
    fn judged(part: Part) -> (Origin, usize) {
        let found = phrases(std::slice::from_ref(&part));
        let mut evidence = found.clone();
        if part.origin != Origin::Unknown {
            evidence.push(Evidence {
                part: None,
                kind: EvidenceKind::Declared,
                origin: part.origin,
                source_class: SourceClass::Unknown,
                confidence: 1.0,
                source: "field origin".to_owned(),
                value: part.origin.as_str().to_owned(),
                generator: None,
                record: None,
            });
        }
        (assay_model::resolve(1, &evidence).origin, found.len())
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
    fn every_phrase_is_found_in_any_case_of_its_ascii_letters() {
        for phrase in PHRASES.iter().chain(&LEFTOVERS) {
            for written in [phrase.to_string(), phrase.to_ascii_uppercase()] {
                let found = phrases(&[part("response", &format!("So, {written} once."), Origin::Unknown)]);
                assert!(found.iter().any(|each| each.value == written), "{written}");
            }
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

    #[test]
    fn turns_of_phrase_that_chat_models_leave_behind_count_least_of_all() {
        for text in [
            "Certainly! Here is a summary of the case.",
            "Prices rose, as of my last knowledge update in April 2023.",
            "I'm sorry, but I can't assist with that request.",
            "当然！以下是一份摘要。",
        ] {
            assert_eq!(
                judged(part("response", text, Origin::Unknown)),
                (Origin::Machine, 1),
                "{text}"
            );
        }
        let answered = "Thanks. Certainly! Here is the form you asked for.";
        assert_eq!(
            judged(part("document", answered, Origin::Unknown)),
            (Origin::Unknown, 0)
        );
        let everyday = "Sure, here's the link to the flat. I can't help with that on Monday.";
        assert_eq!(
            judged(part("document", everyday, Origin::Unknown)),
            (Origin::Unknown, 0)
        );
    }

    #[test]
    fn the_start_of_a_text_is_cut_between_characters() {
        assert_eq!(opening(&"é".repeat(100)), None);
        assert_eq!(opening(""), None);
    }
}
