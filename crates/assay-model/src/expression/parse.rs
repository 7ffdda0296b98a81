//! From text to an expression, with the column of what cannot be understood.

use super::{Expression, ExpressionError, Literal, Operator};

/// The deepest nesting of parentheses and `not`.
pub const MAX_DEPTH: usize = 100;
/// The most words and signs of one expression.
pub const MAX_WORDS: usize = 100_000;

const KEYWORDS: [&str; 9] = ["and", "or", "not", "in", "like", "is", "null", "true", "false"];

pub(super) fn parse(text: &str) -> Result<Expression, ExpressionError> {
    let words = split(text)?;
    let mut parser = Parser {
        words,
        next: 0,
        depth: 0,
        end: text.chars().count() + 1,
    };
    let expression = parser.any_of()?;
    match parser.peek() {
        None => Ok(expression),
        Some(Word::Sign(")")) => parser.fail("this `)` closes nothing"),
        Some(word) => parser.fail(format!("expected `and`, `or` or the end, found {word}")),
    }
}

/// Whether a field's name can stand without double quotes.
pub(super) fn is_bare_field(name: &str) -> bool {
    name.chars().next().is_some_and(starts_name)
        && name.chars().all(continues_name)
        && !KEYWORDS.iter().any(|keyword| name.eq_ignore_ascii_case(keyword))
}

fn starts_name(c: char) -> bool {
    c == '_' || (continues_name(c) && !c.is_numeric() && !matches!(c, '.' | ':' | '-'))
}

/// Letters and marks of any script, digits, and the joints of paths and prefixes.
fn continues_name(c: char) -> bool {
    let joins_letters = matches!(c, '\u{200c}' | '\u{200d}');
    let is_sign =
        matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{ff01}'..='\u{ff0f}' | '\u{feff}');
    c.is_alphanumeric()
        || matches!(c, '_' | '.' | ':' | '-')
        || (!c.is_ascii() && !c.is_whitespace() && !c.is_control() && (joins_letters || !is_sign))
}

/// A lexical element.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    /// In lower case.
    Keyword(&'static str),
    Field(String),
    Text(String),
    Number(String),
    Sign(&'static str),
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keyword(word) | Self::Sign(word) => write!(f, "`{word}`"),
            Self::Field(name) => write!(f, "the name `{name}`"),
            Self::Text(_) => f.write_str("a text"),
            Self::Number(written) => write!(f, "the number {written}"),
        }
    }
}

fn fail<T>(column: usize, message: impl Into<String>) -> Result<T, ExpressionError> {
    Err(ExpressionError {
        message: message.into(),
        column,
    })
}

/// Splits into words, each with its column.
fn split(text: &str) -> Result<Vec<(usize, Word)>, ExpressionError> {
    let mut splitter = Splitter {
        rest: text,
        column: 1,
    };
    let mut words = Vec::new();
    while let Some((column, word)) = splitter.next_word()? {
        if words.len() == MAX_WORDS {
            return fail(
                column,
                format!("the expression has more than {MAX_WORDS} words and signs"),
            );
        }
        words.push((column, word));
    }
    Ok(words)
}

struct Splitter<'a> {
    rest: &'a str,
    column: usize,
}

impl<'a> Splitter<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.column += taken.chars().count();
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    fn next_word(&mut self) -> Result<Option<(usize, Word)>, ExpressionError> {
        self.take_while(char::is_whitespace);
        let column = self.column;
        let Some(first) = self.rest.chars().next() else {
            return Ok(None);
        };
        let second_is_digit = self.rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        let word = match first {
            '\'' => Word::Text(self.quoted('\'')?),
            '"' => match self.quoted('"')? {
                name if name.is_empty() => return fail(column, "a field name is empty"),
                name => Word::Field(name),
            },
            '0'..='9' => self.number()?,
            '-' if second_is_digit => self.number()?,
            c if starts_name(c) => self.name(),
            _ => self.sign()?,
        };
        Ok(Some((column, word)))
    }

    /// What stands between two quotes; a doubled quote stands for one.
    fn quoted(&mut self, quote: char) -> Result<String, ExpressionError> {
        let opened = self.column;
        self.take(1);
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| c != quote));
            if self.rest.is_empty() {
                return fail(opened, format!("this {quote} is never closed"));
            }
            self.take(1);
            if !self.rest.starts_with(quote) {
                return Ok(text);
            }
            text.push(quote);
            self.take(1);
        }
    }

    fn number(&mut self) -> Result<Word, ExpressionError> {
        let start = self.column;
        let written = self.take_while(|c| continues_name(c) || c == '+');
        let digits = written.strip_prefix('-').unwrap_or(written);
        let well_formed = digits.ends_with(|c: char| c.is_ascii_digit())
            && digits
                .bytes()
                .all(|b| b.is_ascii_digit() || b".eE+-".contains(&b))
            && written.parse::<f64>().is_ok_and(f64::is_finite);
        if well_formed {
            return Ok(Word::Number(written.to_owned()));
        }
        fail(
            start,
            format!("`{written}` is not a number; text goes in single quotes, as in '{written}'"),
        )
    }

    fn name(&mut self) -> Word {
        let name = self.take_while(continues_name);
        match KEYWORDS
            .into_iter()
            .find(|keyword| name.eq_ignore_ascii_case(keyword))
        {
            Some(keyword) => Word::Keyword(keyword),
            None => Word::Field(name.to_owned()),
        }
    }

    fn sign(&mut self) -> Result<Word, ExpressionError> {
        const SIGNS: [&str; 9] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ","];
        let hint = match self.rest {
            rest if rest.starts_with("==") => "`==` is not an operator; write `=`",
            rest if rest.starts_with("<>") => "`<>` is not an operator; write `!=`",
            rest if rest.starts_with("&&") => "`&&` is not an operator; write `and`",
            rest if rest.starts_with("||") => "`||` is not an operator; write `or`",
            rest if rest.starts_with(['‘', '’', '“', '”', '`']) => {
                "text goes in straight single quotes: '…'"
            }
            _ => "",
        };
        if !hint.is_empty() {
            return fail(self.column, hint);
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign)) {
            self.take(sign.len());
            return Ok(Word::Sign(sign));
        }
        let shown: String = self.rest.chars().take(1).flat_map(char::escape_debug).collect();
        fail(
            self.column,
            format!("`{shown}` means nothing here; a field name that holds it goes in double quotes"),
        )
    }
}

struct Parser {
    words: Vec<(usize, Word)>,
    next: usize,
    depth: usize,
    /// The column just behind the text.
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Word> {
        self.words.get(self.next).map(|(_, word)| word)
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, ExpressionError> {
        let column = self.words.get(self.next).map_or(self.end, |(column, _)| *column);
        fail(column, message)
    }

    /// Fails at the next word, saying what should stand there.
    fn expected<T>(&self, what: &str) -> Result<T, ExpressionError> {
        match self.peek() {
            Some(found) => self.fail(format!("expected {what}, found {found}")),
            None => self.fail(format!("expected {what}, found the end")),
        }
    }

    fn accept(&mut self, word: &Word) -> bool {
        let found = self.peek() == Some(word);
        self.next += usize::from(found);
        found
    }

    fn keyword(&mut self, keyword: &'static str) -> bool {
        self.accept(&Word::Keyword(keyword))
    }

    /// `a or b or …`
    fn any_of(&mut self) -> Result<Expression, ExpressionError> {
        let first = self.all_of()?;
        let mut members = vec![first];
        while self.keyword("or") {
            members.push(self.all_of()?);
        }
        Ok(if members.len() == 1 {
            members.remove(0)
        } else {
            Expression::Or(members)
        })
    }

    /// `a and b and …`
    fn all_of(&mut self) -> Result<Expression, ExpressionError> {
        let first = self.negation()?;
        let mut members = vec![first];
        while self.keyword("and") {
            members.push(self.negation()?);
        }
        Ok(if members.len() == 1 {
            members.remove(0)
        } else {
            Expression::And(members)
        })
    }

    fn negation(&mut self) -> Result<Expression, ExpressionError> {
        if self.depth == MAX_DEPTH {
            return self.fail(format!(
                "parentheses and `not` are nested deeper than {MAX_DEPTH}"
            ));
        }
        self.depth += 1;
        let expression = if self.keyword("not") {
            Expression::Not(Box::new(self.negation()?))
        } else if self.accept(&Word::Sign("(")) {
            let inner = self.any_of()?;
            if !self.accept(&Word::Sign(")")) {
                return self.expected("`and`, `or` or `)`");
            }
            inner
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn condition(&mut self) -> Result<Expression, ExpressionError> {
        let Some(Word::Field(field)) = self.peek() else {
            return self.expected("a field name");
        };
        let field = field.clone();
        self.next += 1;
        if self.keyword("is") {
            let negated = self.keyword("not");
            if !self.keyword("null") {
                return self.expected(if negated { "`null`" } else { "`null` or `not null`" });
            }
            return Ok(Expression::IsNull { field, negated });
        }
        let negated = self.keyword("not");
        if self.keyword("in") {
            return Ok(Expression::In {
                field,
                values: self.list()?,
                negated,
            });
        }
        if self.keyword("like") {
            let Some(Word::Text(pattern)) = self.peek() else {
                return self.expected("a pattern in single quotes");
            };
            let pattern = pattern.clone();
            self.next += 1;
            return Ok(Expression::Like {
                field,
                pattern,
                negated,
            });
        }
        if negated {
            return self.expected("`in` or `like`");
        }
        let sign = self.peek().cloned();
        let operator = Operator::ALL
            .into_iter()
            .find(|operator| sign == Some(Word::Sign(operator.as_str())));
        let Some(operator) = operator else {
            return self.expected("one of = != < <= > >= in like is");
        };
        self.next += 1;
        Ok(Expression::Compare {
            field,
            operator,
            value: self.literal()?,
        })
    }

    fn list(&mut self) -> Result<Vec<Literal>, ExpressionError> {
        if !self.accept(&Word::Sign("(")) {
            return self.expected("`(`");
        }
        let mut values = vec![self.literal()?];
        while self.accept(&Word::Sign(",")) {
            values.push(self.literal()?);
        }
        if !self.accept(&Word::Sign(")")) {
            return self.expected("`,` or `)`");
        }
        Ok(values)
    }

    fn literal(&mut self) -> Result<Literal, ExpressionError> {
        let literal = match self.peek() {
            Some(Word::Text(text)) => Literal::Text(text.clone()),
            Some(Word::Number(written)) => Literal::Number(written.clone()),
            Some(Word::Keyword("true")) => Literal::Boolean(true),
            Some(Word::Keyword("false")) => Literal::Boolean(false),
            Some(Word::Keyword("null")) => {
                return self.fail("nothing compares with null; write `is null` or `is not null`");
            }
            Some(Word::Field(name)) => {
                return self.fail(format!("text goes in single quotes, as in '{name}'"));
            }
            _ => return self.expected("a value"),
        };
        self.next += 1;
        Ok(literal)
    }
}
