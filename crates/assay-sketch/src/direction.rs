//! From which side is a text read?

/// Whether the first letter of strong direction is read from right to left.
pub fn is_rtl(text: &str) -> bool {
    text.chars().find_map(direction) == Some(Direction::RightToLeft)
}

#[derive(PartialEq)]
enum Direction {
    LeftToRight,
    RightToLeft,
}

/// Letters and marks of direction; digits, signs and combining marks have none of their own.
fn direction(c: char) -> Option<Direction> {
    match c {
        '\u{200e}' => Some(Direction::LeftToRight),
        '\u{200f}' | '\u{61c}' => Some(Direction::RightToLeft),
        // The blocks that the bidirectional algorithm reserves for right-to-left scripts.
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
            c.is_alphabetic().then_some(Direction::RightToLeft)
        }
        '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' => {
            c.is_alphabetic().then_some(Direction::RightToLeft)
        }
        c => c.is_alphabetic().then_some(Direction::LeftToRight),
    }
}
