//! Which texts are looked at together, and how are their samples asked for?

use assay_model::Expression;
use assay_model::expression::{Literal, Operator};

/// Texts that share an origin, a band, a class or a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `all`, `origin`, `band`, `domain`, `language` or `slice`.
    pub by: &'static str,
    /// Empty for all.
    pub value: String,
    /// Expression of its samples, empty for the whole snapshot; none where no expression is theirs, and nobody keeps them.
    pub filter: Option<String>,
    /// Places of its texts in the population, ascending.
    pub members: Vec<u32>,
}

/// Classes that a filter names at most; a longer list would be no expression that anyone reads.
const NAMED: usize = 400;

/// Samples whose field is this value, or that have none where it is empty.
pub fn equals(field: &str, value: &str) -> String {
    let field = field.to_owned();
    let expression = if value.is_empty() {
        Expression::IsNull {
            field,
            negated: false,
        }
    } else {
        Expression::Compare {
            field,
            operator: Operator::Equal,
            value: Literal::Text(value.to_owned()),
        }
    };
    expression.to_string()
}

/// Samples with one of these classes and none of those; none where the lists are too long, or there is no class.
pub fn among(field: &str, classes: &[&str], none_of: &[&str]) -> Option<String> {
    if classes.is_empty() || classes.len() + none_of.len() > NAMED {
        return None;
    }
    let list = |names: &[&str]| Expression::In {
        field: field.to_owned(),
        values: names
            .iter()
            .map(|name| Literal::Text((*name).to_owned()))
            .collect(),
        negated: false,
    };
    let wanted = list(classes);
    Some(match none_of {
        [] => wanted.to_string(),
        none_of => Expression::And(vec![wanted, Expression::Not(Box::new(list(none_of)))]).to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_expressions_that_parse() {
        for text in [
            equals("domain", "it's"),
            equals("domain", ""),
            among("intent", &["a", "b c"], &[]).unwrap(),
            among("intent", &["a"], &["b"]).unwrap(),
        ] {
            assert!(Expression::parse(&text).is_ok(), "{text}");
        }
        assert_eq!(among("intent", &[], &[]), None);
        assert_eq!(among("intent", &["a"], &vec!["b"; NAMED]), None);
    }
}
