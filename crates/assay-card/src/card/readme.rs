//! README.md: the card as Markdown, in which no text from outside can become structure.

use super::front_matter::front_matter;
use super::{Block, CardFacts, Section};
use crate::figure::{counted, day, grouped};
use crate::visible::{cut, visible_or};

const LONGEST_NAME: usize = 120;

pub fn readme(facts: &CardFacts, sections: &[Section]) -> String {
    let report = &facts.report;
    let name = cut(&visible_or(&report.dataset, "unnamed dataset"), LONGEST_NAME);
    let mut out = front_matter(report);
    out += &format!("\n# {}, snapshot {}\n\n", plain(&name), grouped(report.snapshot));
    out += &format!(
        "Dataset card of {}. Covers {} and {}. Draft, unsigned.\n",
        plain(&day(&report.created)),
        counted(report.files.read, "file", "files"),
        counted(report.samples.indexed, "sample", "samples")
    );
    for section in sections {
        out += &format!("\n## {}\n", plain(&section.title));
        write_blocks(&mut out, &section.blocks);
    }
    out
}

fn write_blocks(out: &mut String, blocks: &[Block]) {
    let mut after_fact = false;
    for block in blocks {
        let is_fact = matches!(block, Block::Fact { .. });
        if !(is_fact && after_fact) {
            out.push('\n');
        }
        match block {
            Block::Paragraph { text } | Block::Written { text, .. } => *out += &format!("{}\n", plain(text)),
            Block::Fact {
                label, value, note, ..
            } => {
                let note = if note.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", plain(note))
                };
                *out += &format!("- {}: **{}**{note}\n", plain(label), plain(value));
            }
            Block::Table { columns, rows, .. } => write_table(out, columns, rows),
            Block::Open { label, .. } => {
                *out += &format!("*Open: {}. Nobody has written this yet.*\n", plain(label))
            }
        }
        after_fact = is_fact;
    }
}

fn write_table(out: &mut String, columns: &[String], rows: &[Vec<String>]) {
    let line = |cells: &[String]| {
        format!(
            "| {} |\n",
            cells
                .iter()
                .map(|cell| plain(cell))
                .collect::<Vec<_>>()
                .join(" | ")
        )
    };
    *out += &line(columns);
    let sides: Vec<&str> = columns
        .iter()
        .enumerate()
        .map(|(i, _)| if i == 0 { "---" } else { "---:" })
        .collect();
    *out += &format!("| {} |\n", sides.join(" | "));
    for row in rows {
        *out += &line(row);
    }
}

/// `text` such that Markdown shows it letter by letter: no markup, no raw HTML, no autolink, one line.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '&' => out.extend(['\\', character]),
            // Not every reader of Markdown honours a backslash before a tag.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
    // Markers of lists, rules and quotes act only where a line begins.
    let marker = out.trim_start();
    let digits = marker.chars().take_while(char::is_ascii_digit).count();
    let numbered = digits > 0
        && marker[digits..].starts_with(['.', ')'])
        && marker[digits + 1..].starts_with([' ', '\t']);
    if numbered {
        out = format!("{}\\{}", &marker[..digits], &marker[digits..]);
    } else if marker.starts_with(['-', '+', '=', ':']) {
        out = format!("\\{marker}");
    }
    // Bare addresses are linked by the readers of cards; broken, they stay text.
    out.replace("://", ":\\//")
        .replace("www.", "www\\.")
        .replace('@', "\\@")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_written_by_others_becomes_structure() {
        assert_eq!(plain("## Signed\n- 100 % human"), "\\#\\# Signed - 100 % human");
        assert_eq!(
            plain("<script>a|b</script>"),
            "&lt;script&gt;a\\|b&lt;/script&gt;"
        );
        assert_eq!(plain("- item"), "\\- item");
        assert_eq!(plain("1. first"), "1\\. first");
        assert_eq!(plain("1.5 and 12"), "1.5 and 12");
        assert_eq!(plain("[x](javascript:y)"), "\\[x\\](javascript:y)");
        assert_eq!(plain("https://a.example"), "https:\\//a.example");
    }
}
