//! The hand-written sentences behind the sample dataset, as they stand in `xtask/content`.
//!
//! A case is what one person might ask: openings, details, questions, and the sentences of an answer.
//! Inside a sentence, `{a|b}` offers words of which one is taken.

use crate::draw::Draw;

const FILES: [(&str, &str, &str); 7] = [
    ("en", "health", include_str!("../../content/health.en.txt")),
    ("en", "law", include_str!("../../content/law.en.txt")),
    ("en", "finance", include_str!("../../content/finance.en.txt")),
    ("de", "", include_str!("../../content/de.txt")),
    ("es", "", include_str!("../../content/es.txt")),
    ("ar", "", include_str!("../../content/ar.txt")),
    ("zh", "", include_str!("../../content/zh.txt")),
];

/// One situation with everything that may be said about it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub domain: String,
    pub language: String,
    pub intent: String,
    pub title: String,
    pub openings: Vec<String>,
    pub details: Vec<String>,
    pub questions: Vec<String>,
    pub answers: Vec<String>,
    pub reasons: Vec<String>,
    pub warnings: Vec<String>,
}

impl Case {
    /// Whether the case is too short to be told more than a few times: the long tail.
    pub fn is_tail(&self) -> bool {
        self.reasons.len() < 3
    }
}

/// Every case, in the order of the files.
pub fn cases() -> Vec<Case> {
    FILES
        .iter()
        .flat_map(|(language, domain, text)| read(language, domain, text))
        .collect()
}

fn read(language: &str, domain: &str, text: &str) -> Vec<Case> {
    let mut domain = domain.to_owned();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let (mark, rest) = line
            .split_once(' ')
            .expect("each line of content is a mark, a space and a text");
        match mark {
            "#" => domain = rest.to_owned(),
            "@" => {
                let (intent, title) = rest
                    .split_once(" | ")
                    .expect("a case is headed `@ intent | title`");
                cases.push(Case {
                    domain: domain.clone(),
                    language: language.to_owned(),
                    intent: intent.to_owned(),
                    title: title.to_owned(),
                    ..Case::default()
                });
            }
            _ => {
                let case = cases.last_mut().expect("sentences follow the head of a case");
                let list = match mark {
                    "o" => &mut case.openings,
                    "d" => &mut case.details,
                    "q" => &mut case.questions,
                    "a" => &mut case.answers,
                    "r" => &mut case.reasons,
                    "s" => &mut case.warnings,
                    _ => panic!("unknown mark {mark:?} in the content"),
                };
                list.push(rest.to_owned());
            }
        }
    }
    cases
}

/// Takes one of each choice `{a|b}` in a sentence.
pub fn say(sentence: &str, draw: &mut Draw) -> String {
    let mut said = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (choices, after) = after.split_once('}').expect("a choice is closed");
        let choices: Vec<&str> = choices.split('|').collect();
        said.push_str(before);
        said.push_str(choices[draw.below(choices.len())]);
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_can_be_asked_and_answered() {
        for case in cases() {
            assert!(
                !case.openings.is_empty() && !case.questions.is_empty(),
                "{}",
                case.title
            );
            assert!(!case.answers.is_empty(), "{}", case.title);
        }
    }

    #[test]
    fn one_of_the_choices_is_said() {
        let said = say("a {b|c} d {e}", &mut Draw::new(1));
        assert!(said == "a b d e" || said == "a c d e", "{said}");
    }
}
