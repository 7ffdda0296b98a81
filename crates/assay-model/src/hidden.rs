//! Which characters act on whoever looks at a text, instead of being seen?
//!
//! Controls and escape sequences, direction overrides, zero-width and tag characters, and line ends that no editor shows. The
//! joiners of living scripts are none: Persian and emoji are written with them.

use std::borrow::Cow;

/// Whether a character hides, reorders or breaks the text around it.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180E | 0x200B | 0x200E | 0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
            | 0xFFFE | 0xFFFF | 0xE0000..=0xE0FFF)
}

/// JSON with hidden characters written as escapes: the same document to a reader, and harmless in a terminal.
///
/// Only for JSON, where all that is left of the controls below U+0020 are the line ends between its parts.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| c >= ' ' && is_hidden(c);
    if !json.contains(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_escaped(c) {
            let units = &mut [0; 2];
            for unit in c.encode_utf16(units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_reads_as_the_same_text() {
        let text = "a\u{202e}b\u{9b}31m\u{1b}[0m\u{e0041}\u{200b}\u{7f}\u{2028}\u{feff}\n\"\\";
        let pretty = serde_json::to_string_pretty(&serde_json::json!({"text": text})).unwrap();
        let shown = visible_json(&pretty);
        assert!(shown.chars().all(|c| c == '\n' || !is_hidden(c)), "{shown}");
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read["text"], text);
    }

    #[test]
    fn living_scripts_are_left_alone() {
        let text = "\"العربية می‌خواهم 中文 हिन्दी 👩‍⚕️\"";
        assert!(matches!(visible_json(text), Cow::Borrowed(_)));
    }
}
