//! The one place that reads the clock; everything below is handed the time.

use jiff::Timestamp;

/// Now, to the second, in UTC.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Now as RFC 3339.
pub fn now_text() -> String {
    now().to_string()
}

/// Today's date in UTC.
pub fn today() -> jiff::civil::Date {
    now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Days from an RFC 3339 time to another, with fractions; none before it.
pub fn days_between(from: &str, to: Timestamp) -> Result<f64, assay_model::Fault> {
    let from: Timestamp = from
        .parse()
        .map_err(|error| assay_model::Fault::internal("reading a stored time", error))?;
    Ok((to.duration_since(from).as_secs_f64() / 86_400.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_day_is_half_a_day_and_the_future_is_none() {
        let to: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        assert!((days_between("2026-03-01T00:00:00Z", to).unwrap() - 1.5).abs() < 1e-9);
        assert_eq!(days_between("2027-03-01T00:00:00Z", to).unwrap(), 0.0);
        assert!(days_between("yesterday", to).is_err());
    }
}
