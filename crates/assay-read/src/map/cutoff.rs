//! Was a text collected before generative models were common?
//!
//! A day before the map's cut-off is weak evidence of a human origin: dates are copied, guessed and wrong. So it decides only
//! where nothing stronger speaks, and a text that says itself that a model wrote it contradicts it.

use assay_model::{Code, CutOff, Evidence, EvidenceKind, Fault, Origin, SourceClass, Value};
use jiff::civil::{Date, date};

/// How sure such a day makes one.
const CONFIDENCE: f64 = 0.7;

/// A cut-off whose day was understood.
pub(super) struct Cutoff {
    before: Date,
    dimension: String,
}

impl Cutoff {
    pub fn new(cutoff: &CutOff) -> Result<Self, Fault> {
        let before = first_day(&cutoff.before).ok_or_else(|| {
            let message = format!("the cut-off `{}` is no day", cutoff.before);
            Fault::new(Code::InvalidMap, message, "write it as YYYY-MM-DD")
        })?;
        Ok(Self {
            before,
            dimension: cutoff.dimension().to_owned(),
        })
    }

    /// Evidence where the whole span the date names lies before the cut-off; a flag where it is no date.
    pub fn judge(&self, dimensions: &[(String, Value)]) -> Result<Option<Evidence>, (Code, String)> {
        let value = dimensions
            .iter()
            .find(|(name, _)| *name == self.dimension)
            .map(|(_, value)| value);
        let written = match value {
            None | Some(Value::Null) => return Ok(None),
            Some(value) => value.to_string(),
        };
        if written.trim().is_empty() {
            return Ok(None);
        }
        let Some((_, last)) = span(&written) else {
            return Err((
                Code::InvalidDate,
                format!("{} is no date: {}", self.dimension, excerpt(&written)),
            ));
        };
        Ok((last < self.before).then(|| Evidence {
            part: None,
            kind: EvidenceKind::BeforeCutOff,
            origin: Origin::Human,
            source_class: SourceClass::Unknown,
            confidence: CONFIDENCE,
            source: format!("{} before {}", self.dimension, self.before),
            value: last.to_string(),
            generator: None,
            record: None,
        }))
    }
}

/// The first day that a date names.
pub(super) fn first_day(written: &str) -> Option<Date> {
    span(written).map(|(first, _)| first)
}

/// The first and the last day of a year (`2019`), a month (`2019-04`), a day (`2019-04-30`, `2019/04/30`) or a time on it
/// (`2019-04-30T08:00:00Z`, `2019-04-30 08:00`).
fn span(written: &str) -> Option<(Date, Date)> {
    let day = written.trim().split(['T', ' ']).next()?;
    let mut numbers = day.split(['-', '/']);
    let mut number = |digits: usize| match numbers.next() {
        None => Some(None),
        Some(text) if text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse::<i16>().ok().map(Some)
        }
        Some(_) => None,
    };
    let (year, month, of_month) = (number(4)??, number(2)?, number(2)?);
    if numbers.next().is_some() || year < 1000 {
        return None;
    }
    match (month, of_month) {
        (None, _) => Some((date(year, 1, 1), date(year, 12, 31))),
        (Some(month), None) => {
            let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some((day, day))
        }
    }
}

fn excerpt(text: &str) -> String {
    assay_model::fault::excerpt(text.as_bytes(), 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(value: Value) -> Result<Option<Origin>, Code> {
        let cutoff = Cutoff::new(&CutOff {
            before: "2022-11-30".to_owned(),
            dimension: None,
        });
        let judged = cutoff.unwrap().judge(&[("collected_at".to_owned(), value)]);
        judged
            .map(|evidence| evidence.map(|evidence| evidence.origin))
            .map_err(|(code, _)| code)
    }

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    #[test]
    fn only_what_lies_wholly_before_the_day_counts() {
        for before in [
            "2022-11-29",
            "2022-10",
            "2021",
            "2019/04/30",
            "2022-11-29T23:59:59Z",
            "2022-11-29 08:00",
        ] {
            assert_eq!(judged(text(before)), Ok(Some(Origin::Human)), "{before}");
        }
        for after in ["2022-11-30", "2022-11", "2022", "2026-01-01"] {
            assert_eq!(judged(text(after)), Ok(None), "{after}");
        }
        assert_eq!(judged(Value::Number("2019".to_owned())), Ok(Some(Origin::Human)));
    }

    #[test]
    fn what_is_no_date_is_flagged_and_what_is_missing_is_not() {
        for odd in [
            "yesterday",
            "2022-13-01",
            "2022-02-30",
            "30.04.2019",
            "0000-00-00",
            "1555555555",
            "2019-4-30",
        ] {
            assert_eq!(judged(text(odd)), Err(Code::InvalidDate), "{odd}");
        }
        assert_eq!(judged(Value::Null), Ok(None));
        assert_eq!(judged(text(" ")), Ok(None));
    }
}
