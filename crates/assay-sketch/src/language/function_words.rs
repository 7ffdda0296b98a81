//! Is this text full of words that only one language is full of?
//!
//! The words listed make up a fifth and more of one language's prose. A neighbour may share one or two of them (`der` is
//! Danish too, `les` Catalan), never the four different ones that are asked for. Languages whose function words are mostly a
//! neighbour's (Danish and Norwegian, Catalan, Afrikaans) are left to the profiles.

use crate::repetition::Span;

/// Words from the beginning that decide.
const EXAMINED: usize = 120;
const LEAST_WORDS: usize = 30;
/// One word in eight.
const LEAST_SHARE_INVERSE: usize = 8;
/// Different ones, so that a foreign text about one English title does not pass.
const LEAST_DISTINCT: u32 = 4;

/// The language that a text is in beyond doubt, and the letters of the examined words. `None` says nothing.
///
/// `words` are places in `text`, which is normalised.
pub(super) fn certain(text: &str, words: &[Span]) -> Option<(&'static str, u32)> {
    let words = &words[..words.len().min(EXAMINED)];
    if words.len() < LEAST_WORDS {
        return None;
    }
    let bytes = text.as_bytes();
    let mut hits = [0_usize; LANGUAGES.len()];
    let mut distinct = [0_u64; LANGUAGES.len()];
    for &(start, end) in words {
        if let Some(word) = pack(&bytes[start as usize..end as usize]).and_then(find) {
            hits[usize::from(word.language)] += 1;
            distinct[usize::from(word.language)] |= 1 << word.number;
        }
    }
    let language = (0..LANGUAGES.len()).max_by_key(|&language| hits[language])?;
    let others: usize = hits.iter().sum::<usize>() - hits[language];
    let enough = distinct[language].count_ones() >= LEAST_DISTINCT
        && hits[language] * LEAST_SHARE_INVERSE >= words.len()
        // A text in two languages is for the profiles to judge.
        && others * 4 <= hits[language];
    if !enough {
        return None;
    }
    let (_, end) = words.last()?;
    let begins_letter = |byte: &&u8| byte.is_ascii_lowercase() || **byte >= 0xc0;
    let letters = bytes[..*end as usize].iter().filter(begins_letter).count() as u32;
    Some((LANGUAGES[language].0, letters))
}

/// Whether a normalised word is a function word of one of the listed languages.
pub(crate) fn is_function_word(word: &[u8]) -> bool {
    pack(word).and_then(find).is_some()
}

/// A word of at most eight bytes as one number, so that comparing is one instruction.
const fn pack(word: &[u8]) -> Option<u64> {
    if word.len() > 8 {
        return None;
    }
    let mut packed = 0;
    let mut at = 0;
    while at < word.len() {
        packed = packed << 8 | word[at] as u64;
        at += 1;
    }
    Some(packed)
}

/// ISO 639-1 code and words; at most 64 of each.
#[rustfmt::skip]
const LANGUAGES: [(&str, &[&str]); 7] = [
    ("en", &[
        "the", "of", "and", "to", "that", "it", "with", "this", "are", "from", "which", "have", "not", "you", "but", "they",
        "were", "their", "been", "would", "there", "what", "your", "these", "its", "who", "when", "than", "other", "about",
        "into", "because", "how", "should", "could", "through", "those", "while", "where", "being", "shall",
    ]),
    ("de", &[
        "der", "die", "das", "dem", "den", "im", "mit", "von", "und", "nicht", "ist", "ich", "auf", "für", "eine", "einer", "einen", "einem", "eines", "sich", "auch", "werden",
        "wurde", "wenn", "oder", "über", "durch", "dass", "wird", "sind", "zum", "zur", "aber", "nach", "haben", "kann",
        "mich", "mir", "wir", "ihr", "ihre", "sein", "seine", "keine", "muss", "weil", "beim", "diese", "dieser",
    ]),
    ("es", &[
        "y", "los", "pero", "muy", "más", "también", "hasta", "cuando", "donde", "hay", "fue", "ella", "usted", "las",
        "ya", "esto", "eso", "tengo", "tiene", "puede", "hace", "desde", "sin", "ahora", "porque", "qué", "cómo",     ]),
    ("fr", &[
        "les", "des", "du", "est", "ce", "au", "pas", "nous", "qui", "sur", "dans", "pour", "vous", "avec", "être", "cette", "sont", "leur", "aux", "elle", "était", "ils", "même", "tout",
        "comme", "très", "votre", "notre", "une", "par", "peut", "fait", "avoir", "sans", "aussi", "après", "depuis",         "qu",     ]),
    ("it", &[
        "il", "non", "di", "della", "gli", "nel", "dei", "delle", "sono", "anche", "più", "alla", "dal", "questo", "questa", "perché", "essere",
        "nella", "degli", "loro", "così", "che", "è", "dopo", "stato", "può", "quando", "mia", "mio", "ho",
    ]),
    ("pt", &[
        "com", "na", "não", "uma", "em", "ao", "pela", "pelo", "você", "são", "muito", "isso", "ele", "foi", "seu", "sua",
        "já", "até", "então", "tem", "meu", "minha", "os", "às", "pode", "está",
    ]),
    ("nl", &[
        "het", "niet", "zijn", "werd", "bij", "naar", "worden", "deze", "wordt", "heeft", "hij", "zich", "kunnen", "hebben",
        "wij", "mijn", "moet", "omdat", "zij",     ]),
];

#[derive(Clone, Copy)]
struct Word {
    /// 0 is an empty slot.
    packed: u64,
    language: u8,
    /// Its place among the language's words.
    number: u8,
}

const SLOT_BITS: u32 = 9;

/// A hash table of the packed words, laid out when Assay is compiled. A word that stands for two languages stands for none.
const SLOTS: [Word; 1 << SLOT_BITS] = {
    let empty = Word {
        packed: 0,
        language: 0,
        number: 0,
    };
    let mut slots = [empty; 1 << SLOT_BITS];
    let mut language = 0;
    while language < LANGUAGES.len() {
        let words = LANGUAGES[language].1;
        assert!(
            words.len() <= 64,
            "a language has more words than bits to tell them apart"
        );
        let mut number = 0;
        while number < words.len() {
            let Some(packed) = pack(words[number].as_bytes()) else {
                panic!("a function word is longer than eight bytes");
            };
            let mut slot = first_slot(packed);
            while slots[slot].packed != 0 {
                assert!(slots[slot].packed != packed, "a function word stands twice");
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = Word {
                packed,
                language: language as u8,
                number: number as u8,
            };
            number += 1;
        }
        language += 1;
    }
    slots
};

const fn first_slot(packed: u64) -> usize {
    (packed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOT_BITS)) as usize
}

fn find(packed: u64) -> Option<Word> {
    let mut slot = first_slot(packed);
    while SLOTS[slot].packed != 0 {
        if SLOTS[slot].packed == packed {
            return Some(SLOTS[slot]);
        }
        slot = (slot + 1) % SLOTS.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain_of(text: &str) -> Option<&'static str> {
        let normalised = crate::normalise(text);
        let mut words = Vec::new();
        let mut start = 0;
        for word in normalised.split(' ') {
            words.push((start, start + word.len() as u32));
            start += word.len() as u32 + 1;
        }
        certain(&normalised, &words).map(|(language, _)| language)
    }

    #[test]
    fn prose_of_each_language_is_certain() {
        for (language, text) in [
            (
                "de",
                "Ich nehme seit sechs Jahren Blutverdünner, und nun hat mir der Zahnarzt ein Mittel gegeben, das ich nicht kenne. \
                    Muss ich mich melden, wenn ein blauer Fleck auftritt, oder kann ich bis zum nächsten Termin warten?",
            ),
            (
                "es",
                "Tomo anticoagulantes desde hace seis años y el dentista me ha dado un antibiótico que no conozco. Ahora tengo un \
                    moratón muy grande, pero no sé cuando debo llamar. ¿Qué hago hasta la cita, que es el martes, y donde llamo?",
            ),
            (
                "fr",
                "Je prends un anticoagulant depuis six ans et mon dentiste m'a donné un antibiotique dans la semaine. J'ai un bleu que \
                    personne ne peut expliquer, mais il est très petit. Est-ce que je peux attendre, ou faut-il appeler pour cette raison ?",
            ),
            (
                "it",
                "Prendo un anticoagulante da sei anni e il dentista mi ha dato un antibiotico che non conosco. Adesso ho un livido \
                    sulla gamba, anche se non è grande. Posso aspettare fino al controllo della prossima settimana o devo chiamare perché è un rischio?",
            ),
            (
                "pt",
                "Tomo um anticoagulante há seis anos e o dentista deu um antibiótico que não conheço. Agora tenho uma mancha muito \
                    grande na perna, mas ela não dói. Posso esperar até a consulta ou isso já é um sinal de que você deve ligar?",
            ),
            (
                "nl",
                "Ik gebruik al zes jaar bloedverdunners en de tandarts heeft mij een middel gegeven dat ik niet ken. Er is nu een blauwe \
                    plek, maar het doet geen pijn. Moet ik bellen of kan ik wachten op de afspraak, omdat deze al bij de dokter bekend is?",
            ),
        ] {
            assert_eq!(certain_of(text), Some(language), "{text}");
        }
    }

    #[test]
    fn what_is_in_two_languages_or_in_another_is_left_to_the_profiles() {
        let catalan = "Prenc un anticoagulant des de fa sis anys i el dentista em va donar un antibiòtic que no conec. Ara tinc un blau \
                       molt gran a la cama, però no sé quan he de trucar. Què faig fins a la visita, que és dimarts, i on truco ara mateix?";
        assert_eq!(certain_of(catalan), None);
        let both = "The court held that the contract was void because one of the parties had not agreed to its terms. Das Gericht entschied, \
                    dass der Vertrag nichtig ist, weil eine der Parteien nicht zugestimmt hat und auch keine Zeit für eine Antwort blieb.";
        assert_eq!(certain_of(both), None);
    }
}
