//! Does an expression hold for these values? SQL's three-valued logic, unknown as `None`.

use std::cmp::Ordering;

use super::{Expression, Literal};
use crate::Value;

impl Expression {
    /// Whether the expression is true (neither false nor unknown) for the values that `lookup` gives by field.
    ///
    /// A comparison with null is unknown, and so is its negation. A number compares by value with a
    /// number, and with a text that reads as a number; everything else compares as text, by code point.
    /// A list satisfies a condition when any element does; `not` then asks that no element does.
    pub fn matches(&self, lookup: &dyn Fn(&str) -> Value) -> bool {
        self.truth(lookup) == Some(true)
    }

    fn truth(&self, lookup: &dyn Fn(&str) -> Value) -> Option<bool> {
        match self {
            Self::Compare {
                field,
                operator,
                value,
            } => any_element(&lookup(field), |found| operator.holds(compare(found, value))),
            Self::In {
                field,
                values,
                negated,
            } => {
                let found = any_element(&lookup(field), |found| {
                    values.iter().any(|value| compare(found, value).is_eq())
                })?;
                Some(found != *negated)
            }
            Self::Like {
                field,
                pattern,
                negated,
            } => {
                let found = any_element(&lookup(field), |found| match found {
                    Value::Text(text) | Value::Number(text) => like(text, pattern),
                    other => like(&other.to_string(), pattern),
                })?;
                Some(found != *negated)
            }
            Self::IsNull { field, negated } => Some(lookup(field).is_null() != *negated),
            Self::And(all) => first_decisive(all, lookup, false),
            Self::Or(all) => first_decisive(all, lookup, true),
            Self::Not(inner) => inner.truth(lookup).map(|truth| !truth),
        }
    }
}

/// `decisive` if any member has that truth, else unknown if any is unknown, else the opposite.
fn first_decisive(all: &[Expression], lookup: &dyn Fn(&str) -> Value, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for each in all {
        match each.truth(lookup) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

/// Asks the value, or every element of a list: true if one satisfies, else unknown if one is null.
fn any_element(value: &Value, mut holds: impl FnMut(&Value) -> bool) -> Option<bool> {
    match value {
        Value::Null => None,
        Value::List(elements) => {
            if elements
                .iter()
                .any(|element| !element.is_null() && holds(element))
            {
                Some(true)
            } else if elements.iter().any(Value::is_null) {
                None
            } else {
                Some(false)
            }
        }
        single => Some(holds(single)),
    }
}

/// The order of a value that is not null and a literal.
fn compare(value: &Value, literal: &Literal) -> Ordering {
    let numbers_may_meet = matches!(
        (value, literal),
        (Value::Number(_), Literal::Number(_) | Literal::Text(_)) | (Value::Text(_), Literal::Number(_))
    );
    let written = match literal {
        Literal::Text(text) | Literal::Number(text) => text.as_str(),
        Literal::Boolean(true) => "true",
        Literal::Boolean(false) => "false",
    };
    match value {
        Value::Text(text) | Value::Number(text) => {
            if numbers_may_meet && let Some(order) = numeric_order(text, written) {
                return order;
            }
            if matches!(literal, Literal::Boolean(_)) && text.eq_ignore_ascii_case(written) {
                return Ordering::Equal;
            }
            text.as_str().cmp(written)
        }
        other => other.to_string().as_str().cmp(written),
    }
}

/// The order of two texts as numbers, exact between whole numbers; `None` if one is not a finite number.
fn numeric_order(a: &str, b: &str) -> Option<Ordering> {
    if let (Ok(a), Ok(b)) = (a.parse::<i128>(), b.parse::<i128>()) {
        return Some(a.cmp(&b));
    }
    let finite = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    finite(a)?.partial_cmp(&finite(b)?)
}

/// Whether `pattern` covers all of `text`. Time grows with the product of the lengths, never faster.
pub fn like(text: &str, pattern: &str) -> bool {
    let mut rest = text.chars();
    let mut wanted = pattern.chars();
    // Where to resume after the last `%`: the pattern behind it, and the text it has not swallowed yet.
    let mut resume: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let before = rest.clone();
        match wanted.next() {
            Some('%') => {
                resume = Some((wanted.clone(), before));
                continue;
            }
            Some(expected) => match rest.next() {
                Some(found) if expected == '_' || expected.eq_ignore_ascii_case(&found) => continue,
                Some(_) => {}
                None => return false,
            },
            None if before.as_str().is_empty() => return true,
            None => {}
        }
        let Some((after_wildcard, unswallowed)) = &mut resume else {
            return false;
        };
        if unswallowed.next().is_none() {
            return false;
        }
        wanted = after_wildcard.clone();
        rest = unswallowed.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn like_knows_wildcards_and_ascii_case_only() {
        assert!(like("train/Human.json", "%/human.json"));
        assert!(like("abc", "a_c"));
        assert!(like("", "%"));
        assert!(like("aXbXc", "a%b%c"));
        assert!(!like("abc", "a_"));
        assert!(!like("ÄRZTE", "ärzte"));
        assert!(like("Ärzte", "%RZT_"));
    }

    #[test]
    fn like_does_not_explode_on_many_wildcards() {
        let text = "a".repeat(5_000);
        let pattern = "%a".repeat(30) + "%b";
        assert!(!like(&text, &pattern));
    }
}
