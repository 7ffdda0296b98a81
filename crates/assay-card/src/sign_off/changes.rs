//! What differs between the card that was signed and the card as it would be now?

use serde::Serialize;
use serde_json::Value;

/// One figure of `card.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardChange {
    /// Where it stands: keys and places, with dots.
    pub figure: String,
    /// Null where it was not there.
    pub then: Value,
    /// Null where it is no longer there.
    pub now: Value,
}

/// What says nothing of the data: when and by what it was measured, explanations, and the ledger, which signing itself adds to.
const LEFT_OUT: [&str; 7] = [
    "about",
    "signed",
    "schema",
    "ledger",
    "report.created",
    "report.elapsed_s",
    "report.tool",
];

/// Every figure that differs, in the order of the signed card.
pub fn changes_since(signed: &Value, now: &Value) -> Vec<CardChange> {
    let mut found = Vec::new();
    compare("", signed, now, &mut found);
    found
}

fn compare(at: &str, then: &Value, now: &Value, found: &mut Vec<CardChange>) {
    if then == now || LEFT_OUT.contains(&at) {
        return;
    }
    let below = |key: &str| {
        if at.is_empty() {
            key.to_owned()
        } else {
            format!("{at}.{key}")
        }
    };
    match (then, now) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                compare(&below(key), value, new.get(key).unwrap_or(&Value::Null), found);
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                compare(&below(key), &Value::Null, value, found);
            }
        }
        (Value::Array(old), Value::Array(new)) => match named(old).zip(named(new)) {
            Some((old, new)) => compare(at, &old, &new, found),
            None => {
                for place in 0..old.len().max(new.len()) {
                    let of = |list: &[Value]| list.get(place).cloned().unwrap_or_default();
                    compare(&below(&place.to_string()), &of(old), &of(new), found);
                }
            }
        },
        _ => found.push(CardChange {
            figure: at.to_owned(),
            then: then.clone(),
            now: now.clone(),
        }),
    }
}

/// What the rows of a list are called by, in this order.
const NAMES: [&str; 7] = ["name", "id", "dimension", "class", "key", "label", "path"];

/// The rows of a list by their names, where each has its own: a row that came in the middle changes no other.
fn named(list: &[Value]) -> Option<Value> {
    let of = |row: &Value| {
        NAMES
            .iter()
            .find_map(|name| row.get(name)?.as_str().map(str::to_owned))
    };
    let mut rows = serde_json::Map::new();
    for row in list {
        if rows.insert(of(row)?, row.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(rows))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_figure_that_changed_is_named_with_both_values() {
        let signed = json!({"review": [{"approved": 3, "name": "a"}], "ledger": {"entries": 9}, "people": 1});
        let now = json!({"review": [{"approved": 4, "name": "a"}], "ledger": {"entries": 12}, "more": true});
        let found = changes_since(&signed, &now);
        let told: Vec<(&str, &Value, &Value)> = found
            .iter()
            .map(|change| (change.figure.as_str(), &change.then, &change.now))
            .collect();
        assert_eq!(
            told,
            [
                ("review.a.approved", &json!(3), &json!(4)),
                ("people", &json!(1), &Value::Null),
                ("more", &Value::Null, &json!(true)),
            ]
        );
        assert!(changes_since(&signed, &signed).is_empty());
    }

    #[test]
    fn a_row_that_came_between_others_is_the_only_change() {
        let row = |name: &str| json!({"name": name, "left": 2});
        let signed = json!({"review": [row("a"), row("c")], "shares": [1, 2]});
        let now = json!({"review": [row("a"), row("b"), row("c")], "shares": [1, 3]});
        let found = changes_since(&signed, &now);
        let figures: Vec<&str> = found.iter().map(|change| change.figure.as_str()).collect();
        assert_eq!(figures, ["review.b", "shares.1"]);
    }
}
