//! The text report: what it looks like, and that nothing makes it wider than its width.

mod fixture;

use assay_card::text_report;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

#[test]
fn a_rich_report_reads_as_designed() {
    insta::assert_snapshot!(text_report(&fixture::rich(), 80));
}

#[test]
fn an_empty_dataset_says_what_to_do() {
    insta::assert_snapshot!(text_report(&fixture::empty(), 80));
}

#[test]
fn a_small_dataset_without_dimensions_stays_small() {
    insta::assert_snapshot!(text_report(&fixture::small(), 80));
}

#[test]
fn hostile_names_are_shown_and_never_act() {
    let text = text_report(&fixture::hostile(), 80);
    for forbidden in ['\u{1b}', '\u{202e}', '\u{200b}', '\u{7}', '\r', '\t'] {
        assert!(!text.contains(forbidden), "{forbidden:?}");
    }
    assert!(text.contains("<U+202E>"));
    insta::assert_snapshot!(text);
}

#[test]
fn a_terminal_of_any_width_gets_between_sixty_and_eighty_columns() {
    for (asked, most) in [(0, 60), (60, 60), (72, 72), (80, 80), (500, 80)] {
        let text = text_report(&fixture::rich(), asked);
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= most, "{widest} columns where {asked} were asked for");
    }
}

#[test]
fn figures_are_those_of_the_report() {
    let report = fixture::rich();
    let text = text_report(&report, 80);
    for number in [
        report.samples.seen,
        report.samples.indexed,
        report.samples.tokens,
        report.origin.human.tokens,
        report.origin.machine.samples,
        report.duplication.near.redundant,
        report.coverage[0].singletons,
    ] {
        let grouped = number
            .to_string()
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|d| std::str::from_utf8(d).unwrap())
            .collect::<Vec<_>>()
            .join(",");
        assert!(text.contains(&grouped), "{grouped}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_line_is_wider_than_the_width_whatever_the_names(name in fixture::any_name(), other in fixture::any_name(), width in 60_usize..=80) {
        let text = text_report(&fixture::renamed(fixture::rich(), &name, &other), width);
        for line in text.lines() {
            prop_assert!(line.width() <= width, "{} columns: {line:?}", line.width());
        }
    }

    #[test]
    fn no_number_breaks_the_width(numbers in proptest::collection::vec(any::<u64>(), 8), floats in proptest::collection::vec(any::<f64>(), 8)) {
        let text = text_report(&fixture::renumbered(fixture::rich(), &numbers, &floats), 80);
        for line in text.lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line:?}", line.width());
        }
    }
}
