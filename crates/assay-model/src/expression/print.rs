//! Expressions as text: what `parse` reads back to the same expression.

use std::fmt::{self, Display, Formatter};

use super::parse::is_bare_field;
use super::{Expression, Literal};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare {
                field,
                operator,
                value,
            } => {
                write!(f, "{} {} {value}", Field(field), operator.as_str())
            }
            Self::In {
                field,
                values,
                negated,
            } => {
                write!(f, "{} {}in (", Field(field), not(*negated))?;
                for (i, value) in values.iter().enumerate() {
                    let comma = if i > 0 { ", " } else { "" };
                    write!(f, "{comma}{value}")?;
                }
                f.write_str(")")
            }
            Self::Like {
                field,
                pattern,
                negated,
            } => {
                write!(
                    f,
                    "{} {}like {}",
                    Field(field),
                    not(*negated),
                    Quoted(pattern, '\'')
                )
            }
            Self::IsNull { field, negated } => write!(f, "{} is {}null", Field(field), not(*negated)),
            Self::And(all) => join(f, all, " and ", |each| matches!(each, Self::And(_) | Self::Or(_))),
            Self::Or(all) => join(f, all, " or ", |each| matches!(each, Self::Or(_))),
            Self::Not(inner) if matches!(**inner, Self::And(_) | Self::Or(_)) => write!(f, "not ({inner})"),
            Self::Not(inner) => write!(f, "not {inner}"),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Quoted(text, '\'').fmt(f),
            Self::Number(written) => f.write_str(written),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
        }
    }
}

fn not(negated: bool) -> &'static str {
    if negated { "not " } else { "" }
}

fn join(
    f: &mut Formatter<'_>,
    all: &[Expression],
    word: &str,
    needs_parentheses: impl Fn(&Expression) -> bool,
) -> fmt::Result {
    for (i, each) in all.iter().enumerate() {
        if i > 0 {
            f.write_str(word)?;
        }
        if needs_parentheses(each) {
            write!(f, "({each})")?;
        } else {
            write!(f, "{each}")?;
        }
    }
    Ok(())
}

/// A field's name, in double quotes where it could not stand bare.
struct Field<'a>(&'a str);

impl Display for Field<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_bare_field(self.0) {
            f.write_str(self.0)
        } else {
            Quoted(self.0, '"').fmt(f)
        }
    }
}

/// Text between quotes, quotes inside it doubled.
struct Quoted<'a>(&'a str, char);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(text, quote) = *self;
        write!(
            f,
            "{quote}{}{quote}",
            text.replace(quote, &format!("{quote}{quote}"))
        )
    }
}
