//! How is a number written, so that it can be read and trusted?
//!
//! Thousands are grouped, shares carry a percent sign after a no-break space, and rounding never
//! turns something into nothing: a share above zero is never printed as 0, one below all as 100.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::visible::{cut, visible};

/// Columns given to a time that cannot be read as one.
const LONGEST_DAY: usize = 24;

/// A whole number with commas between thousands: `1,284,594`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun, in the plural unless it is one: `1 cluster`, `1,204 clusters`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A large number shortened to four digits at most: `412.6 M`, `1.2 bn`; grouped below a million.
pub fn short(number: u64) -> String {
    match number {
        0..1_000_000 => grouped(number),
        1_000_000..999_950_000 => format!("{:.1}\u{a0}M", number as f64 / 1e6),
        _ => format!("{:.1}\u{a0}bn", number as f64 / 1e9),
    }
}

/// Bytes in decimal units: `2.1 GB`.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let mut value = number as f64;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 {
        format!("{number}\u{a0}bytes")
    } else {
        format!("{value:.1}\u{a0}{}", UNITS[unit])
    }
}

/// The figures of a share in percent, one decimal, without the sign: `57.0`, `< 0.1`, `> 99.9`.
pub fn percent_figures(share: f64) -> String {
    match share * 100.0 {
        p if !p.is_finite() => "–".into(),
        p if p > 0.0 && p < 0.05 => "<\u{a0}0.1".into(),
        p if (99.95..100.0).contains(&p) => ">\u{a0}99.9".into(),
        p => format!("{p:.1}"),
    }
}

/// A share in percent with its sign: `57.0 %`.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", percent_figures(share))
}

/// A number with a fixed count of decimals, thousands grouped: `4,553.2`.
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let sign = if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        "−"
    } else {
        ""
    };
    format!("{sign}{whole}{rest}")
}

/// A probability-like figure with three decimals that never rounds up to 1: `0.988`, `> 0.999`.
pub fn ratio(value: f64) -> String {
    if (0.9995..1.0).contains(&value) {
        return ">\u{a0}0.999".into();
    }
    if value > 0.0 && value < 0.0005 {
        return "<\u{a0}0.001".into();
    }
    decimal(value, 3)
}

/// The ratio, or a dash where it is undefined.
pub fn ratio_or_dash(value: Option<f64>) -> String {
    value.map_or_else(|| "–".into(), ratio)
}

/// An estimate with its interval from `[low, estimate, high]`: `3.12 (3.09–3.15)`.
pub fn with_interval([low, estimate, high]: [f64; 3], decimals: usize) -> String {
    format!(
        "{} {}",
        decimal(estimate, decimals),
        interval(low, high, decimals)
    )
}

/// An interval in brackets: `(3.09–3.15)`.
pub fn interval(low: f64, high: f64, decimals: usize) -> String {
    format!("({}–{})", decimal(low, decimals), decimal(high, decimals))
}

/// A day for people from an RFC 3339 time, in UTC: `14 November 2026`; the text itself, cut, where it is none.
pub fn day(created: &str) -> String {
    created.parse::<Timestamp>().map_or_else(
        |_| cut(&visible(created), LONGEST_DAY),
        |time| time.to_zoned(TimeZone::UTC).strftime("%-d %B %Y").to_string(),
    )
}

/// The first eight hexadecimal digits of a root in two groups: `3f9c 81d2`; `none` for an empty one,
/// `unreadable` for what is no digest.
pub fn short_root(root: &str) -> String {
    let digits = root.strip_prefix("sha256:").unwrap_or(root);
    let hexadecimal = digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits {
        "" => "none".into(),
        _ if hexadecimal => format!("{}\u{a0}{}", &digits[..4], &digits[4..8]),
        _ => "unreadable".into(),
    }
}

/// A share of a whole, 0 of an empty whole.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_284_594), "1,284,594");
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn rounding_never_hides_something_or_completes_nothing() {
        assert_eq!(percent_figures(0.0), "0.0");
        assert_eq!(percent_figures(0.0001), "<\u{a0}0.1");
        assert_eq!(percent_figures(0.99999), ">\u{a0}99.9");
        assert_eq!(percent_figures(1.0), "100.0");
        assert_eq!(ratio(0.99999), ">\u{a0}0.999");
        assert_eq!(ratio(1.0), "1.000");
    }

    #[test]
    fn short_numbers_change_unit_where_rounding_would_overflow() {
        assert_eq!(short(999_999), "999,999");
        assert_eq!(short(412_612_345), "412.6\u{a0}M");
        assert_eq!(short(999_960_000), "1.0\u{a0}bn");
        assert_eq!(bytes(999_960), "1.0\u{a0}MB");
        assert_eq!(bytes(17), "17\u{a0}bytes");
    }

    #[test]
    fn a_negative_number_that_rounds_to_zero_loses_its_sign() {
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-1234.5, 1), "−1,234.5");
        assert_eq!(decimal(f64::NAN, 2), "–");
    }

    #[test]
    fn a_time_is_a_day_and_anything_else_is_itself() {
        assert_eq!(day("2026-11-14T23:59:00Z"), "14 November 2026");
        assert_eq!(day("yesterday"), "yesterday");
        assert_eq!(short_root("sha256:3f9c81d20b"), "3f9c\u{a0}81d2");
        assert_eq!(short_root(""), "none");
    }
}
