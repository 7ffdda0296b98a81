//! Which marks does a text use, and how often? In any script: each mark counts with its kin elsewhere.

/// Counts of one text.
#[derive(Default)]
struct Counts {
    comma: u32,
    full_stop: u32,
    colon: u32,
    question: u32,
    exclamation: u32,
    quotation: u32,
    apostrophe: u32,
    dash: u32,
    bracket: u32,
    other: u32,
    digit: u32,
    capital: u32,
    line_break: u32,
    space_run: u32,
    typographic: u32,
    characters: u32,
}

/// The first sixteen of `STYLE_FIGURES`.
pub(super) fn rates(text: &str) -> [f64; 16] {
    let mut counts = Counts::default();
    let mut spaces = 0;
    for c in text.chars() {
        counts.add(c);
        // A run counts once, at its second space.
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        counts.space_run += u32::from(spaces == 2);
    }
    let each = [
        counts.comma,
        counts.full_stop,
        counts.colon,
        counts.question,
        counts.exclamation,
        counts.quotation,
        counts.apostrophe,
        counts.dash,
        counts.bracket,
        counts.other,
        counts.digit,
        counts.capital,
        counts.line_break,
        counts.space_run,
        counts.typographic,
    ];
    let mut rates = [0.0; 16];
    for (rate, count) in rates.iter_mut().zip(each) {
        *rate = 1000.0 * f64::from(count) / f64::from(counts.characters.max(1));
    }
    rates[15] = list_lines(text);
    rates
}

impl Counts {
    fn add(&mut self, c: char) {
        self.characters += 1;
        match c {
            'a'..='z' | ' ' => {}
            'A'..='Z' => self.capital += 1,
            '0'..='9' => self.digit += 1,
            '\n' => self.line_break += 1,
            ',' | '،' | '、' | '，' => self.comma += 1,
            '.' | '。' | '।' | '۔' => self.full_stop += 1,
            ':' | ';' | '：' | '；' | '؛' => self.colon += 1,
            '?' | '？' | '؟' => self.question += 1,
            '!' | '！' => self.exclamation += 1,
            '"' | '„' | '「' | '」' | '『' | '』' => self.quotation += 1,
            '“' | '”' | '«' | '»' => {
                (self.quotation, self.typographic) = (self.quotation + 1, self.typographic + 1)
            }
            '\'' => self.apostrophe += 1,
            '‘' | '’' => {
                (self.apostrophe, self.typographic) = (self.apostrophe + 1, self.typographic + 1)
            }
            '-' => self.dash += 1,
            '–' | '—' => (self.dash, self.typographic) = (self.dash + 1, self.typographic + 1),
            '…' | '•' => (self.other, self.typographic) = (self.other + 1, self.typographic + 1),
            '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' => self.bracket += 1,
            c if c.is_alphabetic() => self.capital += u32::from(c.is_uppercase()),
            c if c.is_numeric() => self.digit += 1,
            c if c.is_whitespace() => {}
            _ => self.other += 1,
        }
    }
}

/// Lines that begin like an item of a list, over the lines that hold anything.
fn list_lines(text: &str) -> f64 {
    let (mut lines, mut items) = (0_u32, 0_u32);
    for line in text.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        lines += 1;
        items += u32::from(is_item(line));
    }
    f64::from(items) / f64::from(lines.max(1))
}

fn is_item(line: &str) -> bool {
    if line.starts_with(['•', '#']) || line.starts_with("- ") || line.starts_with("* ") {
        return true;
    }
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < line.len() && (after.starts_with(". ") || after.starts_with(") "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_with_their_kin_in_other_scripts() {
        let latin = rates("a, b. c? d!");
        let others = rates("أ، ب। ت؟ ث！");
        assert_eq!(latin[0], others[0], "comma");
        assert_eq!(latin[3], others[3], "question mark");
        assert_eq!(latin[4], others[4], "exclamation mark");
    }

    #[test]
    fn items_of_lists_are_told_from_numbers_at_the_start_of_a_line() {
        assert_eq!(
            rates("1. one\n- two\n\n* three\n3.5 mg are given\n12 people came")[15],
            0.6
        );
    }

    #[test]
    fn a_run_of_spaces_counts_once() {
        assert_eq!(rates("a    b c  d")[13], 2.0 * 1000.0 / 11.0);
    }
}
