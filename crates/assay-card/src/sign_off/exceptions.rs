//! What a lead must have looked at before they sign: everything that is not as it should be, from the card's own figures.

use assay_model::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::figure::grouped;

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// A word that does not change: `gate`, `refused`, `quarantined`, `conflicts`, `unread`, `open`, `revised`.
    pub kind: String,
    pub what: String,
}

/// The exceptions of a card, from its `card.json`, and of the gates that fail, each with its words.
pub fn exceptions(card: &Value, failing: &[String]) -> Vec<Exception> {
    let mut found: Vec<Exception> = failing
        .iter()
        .map(|gate| exception("gate", format!("The gate {gate} fails.")))
        .collect();
    let number = |path: &str| card.pointer(path).and_then(Value::as_u64).unwrap_or_default();
    let mut counted = |kind: &str, count: u64, one: &str, many: &str| {
        if count > 0 {
            let noun = if count == 1 { one } else { many };
            found.push(exception(kind, format!("{} {noun}.", grouped(count))));
        }
    };
    let (seen, read) = (number("/report/files/seen"), number("/report/files/read"));
    counted(
        "refused",
        seen.saturating_sub(read),
        "file was not read",
        "files were not read",
    );
    let quarantined = number("/report/samples/quarantined");
    counted(
        "quarantined",
        quarantined,
        "record is in quarantine",
        "records are in quarantine",
    );
    let conflicts = number("/report/conflicts");
    counted(
        "conflicts",
        conflicts,
        "sample carries contradictory origins",
        "samples carry contradictory origins",
    );
    for queue in list(card, "/review") {
        let name = queue["name"].as_str().unwrap_or_default();
        if let Some(left @ 1..) = queue["left"].as_u64() {
            found.push(exception(
                "unread",
                format!("{} of the queue {name} are unread.", grouped(left)),
            ));
        }
        if let Some(revised @ 1..) = queue["revised"].as_u64() {
            found.push(exception(
                "revised",
                format!(
                    "{} verdicts of the queue {name} were changed after a machine's opinion was shown.",
                    grouped(revised)
                ),
            ));
        }
    }
    for open in list(card, "/open").iter().filter_map(Value::as_str) {
        let section = open.replace('_', " ");
        found.push(exception(
            "open",
            format!("Nobody has written the section on {section}."),
        ));
    }
    found
}

fn list<'a>(card: &'a Value, path: &str) -> &'a [Value] {
    card.pointer(path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn exception(kind: &str, what: String) -> Exception {
    Exception {
        kind: kind.to_owned(),
        what,
    }
}

/// What to repeat after reading the list: it changes with it, so that nobody confirms another list.
pub fn exceptions_code(exceptions: &[Exception]) -> String {
    let lines: String = exceptions
        .iter()
        .map(|exception| format!("{}\t{}\n", exception.kind, exception.what))
        .collect();
    Digest::of(lines.as_bytes()).hex()[..8].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_that_is_not_as_it_should_be_is_named_and_changes_the_code() {
        let card = json!({
            "report": {"files": {"seen": 3, "read": 2}, "samples": {"quarantined": 1}, "conflicts": 0},
            "review": [{"name": "first", "left": 4}, {"name": "second", "left": 0}],
            "open": ["out_of_scope"],
        });
        let found = exceptions(&card, &["max_machine_share".to_owned()]);
        let kinds: Vec<&str> = found.iter().map(|exception| exception.kind.as_str()).collect();
        assert_eq!(kinds, ["gate", "refused", "quarantined", "unread", "open"]);
        assert_ne!(exceptions_code(&found), exceptions_code(&found[1..]));
        assert!(exceptions(&json!({}), &[]).is_empty());
    }
}
