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
