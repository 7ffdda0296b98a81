//! How good is what each source brings?
//!
//! Freshness, diversity and declared confidence of each source, from columns alone. What reviewers found is joined when
//! the report is read (it changes with every verdict). Deliberately absent: one score for all of it.

use assay_model::Origin;
use assay_model::report::SourceQuality;

use crate::columns::Samples;
use crate::estimators::interval::{bootstrap_mean, median_interval, proportion};
use crate::style::StyleRows;

/// Sources listed, largest first.
const LISTED: usize = 200;

/// The largest sources, and how many there are. None where no sample names one.
pub(crate) fn measure(
    samples: &Samples,
    rows: &StyleRows,
    stays: &[bool],
    seed: u64,
) -> (Vec<SourceQuality>, u64) {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); samples.names.len()];
    for (row, &source) in samples.source.iter().enumerate() {
        members[source as usize].push(row as u32);
    }
    let named = members.iter().skip(1).any(|rows| !rows.is_empty());
    let mut sources: Vec<u32> = (0..members.len() as u32)
        .filter(|&source| named && !members[source as usize].is_empty())
        .collect();
    let count = sources.len() as u64;
    sources.sort_by_key(|&source| {
        (
            std::cmp::Reverse(members[source as usize].len()),
            samples.names.name(source),
        )
    });
    sources.truncate(LISTED);
    let days = Days::of(samples);
    let variety = distinct_words(samples, rows);
    let described = sources.iter().map(|&source| {
        let of = Source {
            name: samples.names.name(source),
            rows: &members[source as usize],
            samples,
        };
        of.describe(&days, &variety, stays, seed)
    });
    (described.collect(), count)
}

struct Source<'a> {
    name: &'a str,
    rows: &'a [u32],
    samples: &'a Samples,
}

impl Source<'_> {
    fn describe(&self, days: &Days, variety: &[f32], stays: &[bool], seed: u64) -> SourceQuality {
        let samples = self.samples;
        let rows = || self.rows.iter().map(|&row| row as usize);
        let all = self.rows.len() as u64;
        let mut by_origin = [0; 4];
        for row in rows() {
            by_origin[Origin::ALL
                .iter()
                .position(|each| *each == samples.origin[row])
                .unwrap_or(3)] += 1;
        }
        let mut dated: Vec<i64> = rows().filter_map(|row| days.of_row(samples, row)).collect();
        dated.sort_unstable();
        let ages = days.newest.map(|newest| {
            let mut ages: Vec<f64> = dated.iter().map(|&day| (newest - day) as f64).collect();
            ages.reverse();
            ages
        });
        let words: Vec<f64> = rows()
            .filter(|&row| !variety[row].is_nan())
            .map(|row| f64::from(variety[row]))
            .collect();
        let is_known = |row: &usize| samples.origin[*row] != Origin::Unknown;
        let confidence: Vec<f64> = rows()
            .filter(is_known)
            .map(|row| f64::from(samples.confidence[row]))
            .collect();
        SourceQuality {
            source: self.name.to_owned(),
            samples: all,
            tokens: rows().map(|row| u64::from(samples.tokens[row])).sum(),
            by_origin,
            undated: proportion(all - dated.len() as u64, all),
            newest: dated.last().map(|&day| written(day)),
            median_day: (!dated.is_empty()).then(|| written(dated[(dated.len() - 1) / 2])),
            median_age_days: ages.as_deref().and_then(median_interval),
            unique: proportion(rows().filter(|&row| stays[row]).count() as u64, all),
            distinct_words: bootstrap_mean(&words, seed),
            declared: proportion(all - by_origin[3], all),
            confidence: bootstrap_mean(&confidence, seed),
            ..SourceQuality::default()
        }
    }
}

/// Types over words in 50, of each sample's first part that is long enough; not a number where none is.
fn distinct_words(samples: &Samples, rows: &StyleRows) -> Vec<f32> {
    let mut variety = vec![f32::NAN; samples.len()];
    for (part, &row) in rows.row.iter().enumerate() {
        let known = &mut variety[row as usize];
        if known.is_nan() {
            *known = rows.variety[part];
        }
    }
    variety
}

/// The day that each written date means.
struct Days {
    /// By number of name.
    by_name: Vec<Option<i64>>,
    newest: Option<i64>,
}

impl Days {
    fn of(samples: &Samples) -> Self {
        let mut by_name = vec![None; samples.names.len()];
        let mut newest = None;
        for &name in &samples.collected {
            let known: &mut Option<i64> = &mut by_name[name as usize];
            if known.is_none() {
                *known = day(samples.names.name(name));
            }
            newest = newest.max(*known);
        }
        Self { by_name, newest }
    }

    fn of_row(&self, samples: &Samples, row: usize) -> Option<i64> {
        self.by_name[samples.collected[row] as usize]
    }
}

/// Days since 1970-01-01 of a date that begins `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a month or year counts from its first day.
fn day(text: &str) -> Option<i64> {
    let date = text.trim().split(['T', ' ']).next()?;
    let mut numbers = date.splitn(3, ['-', '/']);
    let year: i64 = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = |most: i64| match numbers.next() {
        None => Some(1),
        Some(text) => text.parse().ok().filter(|number| (1..=most).contains(number)),
    };
    let (month, day) = (next(12)?, next(31)?);
    Some(days_from_civil(year, month, day))
}

/// Hinnant's algorithm on the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `YYYY-MM-DD` of days since 1970-01-01.
fn written(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2024-02-29T10:00:00Z"), Some(19_782));
        assert_eq!(day("2024"), day("2024-01-01"));
        assert_eq!(day("2024-03"), day("2024-03-01"));
        for unreadable in ["", "yesterday", "2024-13-01", "03-04-2024", "24-01-01"] {
            assert_eq!(day(unreadable), None, "{unreadable}");
        }
    }

    #[test]
    fn a_day_is_written_as_it_was_read() {
        for date in ["1969-12-31", "2000-02-29", "2026-11-29", "1600-01-01"] {
            assert_eq!(written(day(date).unwrap()), date);
        }
    }
}
