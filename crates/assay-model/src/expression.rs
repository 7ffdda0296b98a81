//! Which samples are meant? The expression language of `--where`, `when`, slices and contracts.
//!
//! `field op value` with `= != < <= > >=`, `in (…)`, `like`, `is null`, `is not null`, joined by
//! `and`, `or`, `not` and parentheses; text in single quotes. Logic is three-valued as in SQL: null
//! matches no comparison, and an expression matches only when it is true. There are no functions,
//! no arithmetic and no comparison of two fields.

mod evaluate;
mod parse;
mod print;

use std::cmp::Ordering;

use crate::{Code, Fault};

pub use evaluate::like;
pub use parse::{MAX_DEPTH, MAX_WORDS};

/// A condition on the fields of a record or sample.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    Compare {
        field: String,
        operator: Operator,
        value: Literal,
    },
    In {
        field: String,
        /// Never empty when parsed.
        values: Vec<Literal>,
        negated: bool,
    },
    Like {
        field: String,
        /// `%` stands for any run of characters, `_` for one; ASCII letters match in either case.
        pattern: String,
        negated: bool,
    },
    IsNull {
        field: String,
        negated: bool,
    },
    /// At least two when parsed.
    And(Vec<Self>),
    /// At least two when parsed.
    Or(Vec<Self>),
    Not(Box<Self>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
    ];

    /// The operator as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether two values that stand in this order satisfy the operator.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// A value written in an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    Text(String),
    /// As written: `-12`, `0.5`, `1e6`.
    Number(String),
    Boolean(bool),
}

/// Says why an expression cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (column {column})")]
pub struct ExpressionError {
    pub message: String,
    /// 1-based, in characters.
    pub column: usize,
}

impl From<ExpressionError> for Fault {
    fn from(error: ExpressionError) -> Self {
        Self::new(
            Code::InvalidExpression,
            error.message,
            "write conditions such as: domain = 'health' and tokens >= 100",
        )
        .column(error.column as u64)
    }
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        parse::parse(text)
    }

    /// The fields it names, each once, in the order of first mention.
    pub fn fields(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect_fields(&mut found);
        found
    }

    fn collect_fields<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Compare { field, .. }
            | Self::In { field, .. }
            | Self::Like { field, .. }
            | Self::IsNull { field, .. } => {
                if !found.contains(&field.as_str()) {
                    found.push(field);
                }
            }
            Self::And(all) | Self::Or(all) => all.iter().for_each(|each| each.collect_fields(found)),
            Self::Not(inner) => inner.collect_fields(found),
        }
    }

    /// Fails with `unknown_field`, naming the nearest known field, if it names a field not in `known`.
    pub fn check_fields(&self, known: &[&str]) -> Result<(), Fault> {
        let Some(unknown) = self.fields().into_iter().find(|field| !known.contains(field)) else {
            return Ok(());
        };
        let message = format!("there is no field `{unknown}`");
        let remedy = match nearest(unknown, known) {
            Some(near) => format!("did you mean `{near}`? The fields are: {}", listed(known)),
            None => "there are no fields to ask for here".to_owned(),
        };
        Err(Fault::new(Code::UnknownField, message, remedy))
    }
}

/// The known name most like `name`, whatever its case.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let likeness = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        strsim::normalized_damerau_levenshtein(&lower, &candidate) + strsim::jaro_winkler(&lower, &candidate)
    };
    known
        .iter()
        .copied()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

/// At most thirty names, for a message.
fn listed(known: &[&str]) -> String {
    const SHOWN: usize = 30;
    let shown = known.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if known.len() > SHOWN {
        format!("{shown}, … ({} in all)", known.len())
    } else {
        shown
    }
}
