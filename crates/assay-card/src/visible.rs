//! How is a name from the data shown, so that it cannot act on its reader?
//!
//! Controls, escape sequences, direction overrides, zero-width and tag characters become visible
//! tokens, and a pile of combining marks is cut off. Text that is merely in another script is left
//! alone. Markup is escaped by whoever writes markup, not here.

use assay_model::hidden::is_hidden;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Combining marks kept on one base character; living scripts need fewer.
const MARKS_KEPT: usize = 6;

/// `text` with everything invisible or active made visible as `<U+202E>`.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for character in text.chars() {
        if is_hidden(character) {
            out.push_str(&format!("<U+{:04X}>", u32::from(character)));
            marks = 0;
            continue;
        }
        marks = if character.width() == Some(0) {
            marks + 1
        } else {
            0
        };
        if marks <= MARKS_KEPT {
            out.push(character);
        }
    }
    out
}

/// The visible text, or `otherwise` for an empty one.
pub fn visible_or(text: &str, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        visible(text)
    }
}

/// Display columns that `text` takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// `text` cut to at most `limit` columns, with … for what is gone. Never splits a grapheme cluster.
pub fn cut(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += columns(cluster);
        if used + 1 > limit {
            break;
        }
        out.push_str(cluster);
    }
    while !out.is_empty() && columns(&out) + 1 > limit {
        out.pop();
    }
    if limit > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_overrides_and_escapes_are_shown() {
        assert_eq!(
            visible("a\u{202e}b\u{1b}[31m\n"),
            "a<U+202E>b<U+001B>[31m<U+000A>"
        );
        assert_eq!(visible("\u{e0041}"), "<U+E0041>");
    }

    #[test]
    fn living_scripts_are_left_alone() {
        for text in ["العربية", "می‌خواهم", "中文", "हिन्दी", "Vĩnh Lộc", "👩‍⚕️"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn a_pile_of_marks_is_capped() {
        let pile = format!("e{}x", "\u{301}".repeat(10_000));
        assert_eq!(visible(&pile).chars().count(), 2 + MARKS_KEPT);
    }

    #[test]
    fn cutting_counts_columns_not_characters() {
        assert_eq!(cut("健康和医疗保健", 6), "健康…");
        assert_eq!(cut("health", 6), "health");
        assert_eq!(cut("healthcare", 6), "healt…");
        assert_eq!(cut("x", 0), "");
    }
}
