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
    let mut counts = if text.is_ascii() {
        Counts::of_ascii(text.as_bytes())
    } else {
        let mut counts = Counts::default();
        text.chars().for_each(|c| counts.add(c, 1));
        counts
    };
    counts.space_run = space_runs(text.as_bytes());
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

/// Runs of two spaces and more.
fn space_runs(bytes: &[u8]) -> u32 {
    let (mut runs, mut from) = (0, 0);
    while let Some(found) = memchr::memmem::find(&bytes[from..], b"  ") {
        runs += 1;
        let run = &bytes[from + found..];
        from += found + run.iter().take_while(|&&byte| byte == b' ').count();
    }
    runs
}

impl Counts {
    /// Each byte is counted, then each count is taken for what its byte is.
    fn of_ascii(bytes: &[u8]) -> Self {
        let mut of_byte = [0_u32; 128];
        for &byte in bytes {
            of_byte[usize::from(byte & 0x7f)] += 1;
        }
        let mut counts = Self::default();
        for (byte, times) in (0_u8..).zip(of_byte).filter(|(_, times)| *times > 0) {
            counts.add(char::from(byte), times);
        }
        counts
    }

    fn add(&mut self, c: char, times: u32) {
        self.characters += times;
        match c {
            'a'..='z' | ' ' => {}
            'A'..='Z' => self.capital += times,
            '0'..='9' => self.digit += times,
            '\n' => self.line_break += times,
            ',' | '،' | '、' | '，' => self.comma += times,
            '.' | '。' | '।' | '۔' => self.full_stop += times,
            ':' | ';' | '：' | '；' | '؛' => self.colon += times,
            '?' | '？' | '؟' => self.question += times,
            '!' | '！' => self.exclamation += times,
            '"' | '„' | '「' | '」' | '『' | '』' => self.quotation += times,
            '“' | '”' | '«' | '»' => {
                (self.quotation, self.typographic) = (self.quotation + times, self.typographic + times)
            }
            '\'' => self.apostrophe += times,
            '‘' | '’' => {
                (self.apostrophe, self.typographic) = (self.apostrophe + times, self.typographic + times)
            }
            '-' => self.dash += times,
            '–' | '—' => (self.dash, self.typographic) = (self.dash + times, self.typographic + times),
            '…' | '•' => (self.other, self.typographic) = (self.other + times, self.typographic + times),
            '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' => self.bracket += times,
            c if c.is_alphabetic() => self.capital += times * u32::from(c.is_uppercase()),
            c if c.is_numeric() => self.digit += times,
            c if c.is_whitespace() => {}
            _ => self.other += times,
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
