//! A record's own vector: a list of finite numbers.

use assay_model::Value;

/// Numbers of a vector at least and at most.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8192;

/// Reads a vector; null is none. The error says what is wrong with it.
pub(super) fn of(value: &Value) -> Result<Vec<f32>, String> {
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::List(items) => items,
        _ => return Err("the vector is no list of numbers".to_owned()),
    };
    if !LENGTHS.contains(&items.len()) {
        return Err(format!(
            "the vector holds {} numbers; it needs {} to {}",
            items.len(),
            LENGTHS.start(),
            LENGTHS.end()
        ));
    }
    let mut vector = Vec::with_capacity(items.len());
    for (place, item) in (1..).zip(items) {
        let number = item.as_number().map(|number| number as f32);
        let finite = number.filter(|number| number.is_finite());
        vector.push(finite.ok_or_else(|| format!("number {place} of the vector is not finite"))?);
    }
    if vector.iter().all(|&number| number == 0.0) {
        return Err("the vector has no direction: all its numbers are 0".to_owned());
    }
    Ok(vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(numbers: &[&str]) -> Value {
        let number = |written: &&str| match *written {
            "null" => Value::Null,
            written => Value::Number(written.to_owned()),
        };
        Value::List(numbers.iter().map(number).collect())
    }

    #[test]
    fn finite_numbers_are_a_vector_and_null_is_none() {
        assert_eq!(of(&list(&["1", "-0.5", "2e-3"])), Ok(vec![1.0, -0.5, 0.002]));
        assert_eq!(of(&Value::Null), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let why = |value: &Value| of(value).unwrap_err();
        assert_eq!(why(&list(&["1", "null"])), "number 2 of the vector is not finite");
        assert_eq!(
            why(&list(&["1", "1e999"])),
            "number 2 of the vector is not finite"
        );
        assert!(why(&list(&["1"])).contains("holds 1 numbers"));
        assert!(why(&list(&["0", "0"])).contains("no direction"));
        assert!(why(&Value::Text("1, 2".into())).contains("no list"));
    }
}
