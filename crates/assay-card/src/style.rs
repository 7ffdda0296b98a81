//! Words for the writing-style signal, the same on a terminal and on a page.

use assay_model::report::{NoScore, Proportion};

use crate::figure::{grouped, percent};

/// `7.1 % (5.4–9.3 %) of 649`.
pub fn rate_words(rate: &Proportion) -> String {
    let [low, high] = rate.interval;
    format!(
        "{} ({}–{}) of {}",
        percent(rate.share),
        percent(low),
        percent(high),
        grouped(rate.of)
    )
}

pub fn reason_name(reason: NoScore) -> &'static str {
    match reason {
        NoScore::TooShort => "too short",
        NoScore::LanguageUnseen => "in a language it did not learn from",
        NoScore::RoleUnseen => "in a role it did not learn from",
        NoScore::NoFigures => "indexed by an earlier version",
    }
}

/// `type_token_ratio` as `type token ratio`.
pub fn figure_name(name: &str) -> String {
    name.replace('_', " ")
}
