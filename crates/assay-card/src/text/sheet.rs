//! How does text stay inside a fixed number of display columns?
//!
//! A sheet takes lines, paragraphs and tables and never lets one grow wider than it is: what does
//! not fit is wrapped or cut with …, counted in display columns.

use unicode_segmentation::UnicodeSegmentation;

use crate::visible::{columns, cut};

const NO_BREAK_SPACE: &str = "\u{a0}";

/// A text of bounded width, written from top to bottom.
pub struct Sheet {
    width: usize,
    text: String,
}

/// On which side the cells of a column line up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

impl Sheet {
    pub fn new(width: usize) -> Self {
        Self {
            width,
            text: String::new(),
        }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn finish(self) -> String {
        self.text
    }

    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// One line, cut where it is too long.
    pub fn line(&mut self, text: &str) {
        let line = cut(&text.replace(NO_BREAK_SPACE, " "), self.width);
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A line with text at both margins; the left one gives way.
    pub fn line_with_right(&mut self, left: &str, right: &str) {
        let right = cut(right, self.width / 2);
        let left = cut(left, self.width - columns(&right) - 2);
        let gap = self.width - columns(&left) - columns(&right);
        self.line(&format!("{left}{}{right}", " ".repeat(gap)));
    }

    /// A section's title, a rule, and what its figures are.
    pub fn section(&mut self, title: &str, gloss: &str) {
        self.blank();
        let (title, gloss) = (cut(title, self.width / 2), cut(gloss, self.width / 2));
        let gloss = if gloss.is_empty() {
            gloss
        } else {
            format!(" {gloss}")
        };
        let rule = "─".repeat(self.width.saturating_sub(columns(&title) + columns(&gloss) + 1));
        self.line(&format!("{title} {rule}{gloss}"));
    }

    /// Words wrapped to the width, all lines indented, those after the first by `hang` more.
    pub fn paragraph(&mut self, indent: usize, hang: usize, text: &str) {
        let mut line = " ".repeat(indent);
        let mut empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = cut(word, self.width - indent - hang);
            if !empty && columns(&line) + 1 + columns(&word) > self.width {
                self.line(&line);
                line = " ".repeat(indent + hang);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(&word);
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }

    /// Rows of cells in columns as wide as they need; the first column gives way when they do not fit.
    pub fn table(&mut self, indent: usize, sides: &[Side], head: &[&str], rows: &[Vec<String>]) {
        let mut widths: Vec<usize> = sides
            .iter()
            .enumerate()
            .map(|(i, _)| head.get(i).map_or(0, |h| columns(h)))
            .collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell));
            }
        }
        let room = self.width - indent - 2 * (sides.len() - 1);
        let others: usize = widths.iter().skip(1).sum();
        widths[0] = widths[0].min(room.saturating_sub(others).max(8));
        if head.iter().any(|cell| !cell.is_empty()) {
            self.row(indent, sides, &widths, head.iter().copied());
        }
        for row in rows {
            self.row(indent, sides, &widths, row.iter().map(String::as_str));
        }
    }

    fn row<'a>(
        &mut self,
        indent: usize,
        sides: &[Side],
        widths: &[usize],
        cells: impl Iterator<Item = &'a str>,
    ) {
        let cells: Vec<String> = cells
            .zip(sides)
            .zip(widths)
            .map(|((cell, side), width)| fit(cell, *width, *side))
            .collect();
        self.line(&format!("{}{}", " ".repeat(indent), cells.join("  ")));
    }
}

/// `text` in exactly `width` columns.
pub fn fit(text: &str, width: usize, side: Side) -> String {
    let text = cut(text, width);
    let space = " ".repeat(width.saturating_sub(columns(&text)));
    match side {
        Side::Left => text + &space,
        Side::Right => space + &text,
    }
}

/// `text` cut in the middle to at most `limit` columns: both ends of a path tell something.
pub fn cut_middle(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    let mut end = String::new();
    for cluster in text.graphemes(true).rev() {
        if columns(&end) + columns(cluster) > limit.saturating_sub(2) / 2 {
            break;
        }
        end.insert_str(0, cluster);
    }
    let start = cut(text, limit - columns(&end));
    cut(&format!("{start}{end}"), limit)
}
