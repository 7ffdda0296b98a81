//! The HTML report: self-contained, well-formed, inert, and true to the report.

mod document;
mod fixture;

use assay_card::html_report;
use proptest::prelude::*;

#[test]
fn every_report_is_one_inert_well_formed_document() {
    let reports = [
        ("report", fixture::rich()),
        ("report-empty", fixture::empty()),
        ("report-small", fixture::small()),
        ("report-hostile", fixture::hostile()),
    ];
    for (name, report) in reports {
        let html = html_report(&report);
        document::write_for_viewing(name, &html);
        document::assert_inert(&html);
    }
}

#[test]
fn hostile_names_are_shown_as_they_are_written() {
    let html = html_report(&fixture::hostile());
    let text = document::text(&html);
    assert!(text.contains(fixture::SCRIPT));
    assert!(text.contains("<U+202E>"));
    assert!(text.contains(fixture::RIGHT_TO_LEFT));
}

#[test]
fn each_chart_has_a_table_twin() {
    let html = html_report(&fixture::rich());
    let charts = document::count(&html, |element| {
        element.name == "svg"
            && element.attribute("role") == Some("img")
            && (element.has_class("chart") || element.has_class("wide"))
    });
    let twins = document::count(&html, |element| {
        element.name == "table" && element.is_within("details", "twin")
    });
    assert!(charts >= 7, "{charts}");
    assert!(twins > charts, "{twins} twins for {charts} charts");
}

#[test]
fn unknown_is_drawn_even_where_everything_is_unknown() {
    let html = html_report(&fixture::small());
    assert!(
        document::count(&html, |element| {
            element.name == "rect" && element.has_class("fill-unknown") && element.is_within("svg", "bar")
        }) >= 1
    );
    assert!(document::text(&html).contains("100.0\u{a0}%"));
}

#[test]
fn figures_are_those_of_the_report() {
    let report = fixture::rich();
    let text = document::text(&html_report(&report));
    for number in [
        report.samples.seen,
        report.samples.indexed,
        report.origin.human.tokens,
        report.origin.unknown.samples,
        report.duplication.near.redundant,
        report.duplication.near.verified_pairs,
        report.coverage[0].singletons,
    ] {
        assert!(text.contains(&document::grouped(number)), "{number}");
    }
}

#[test]
fn the_same_report_is_the_same_document() {
    assert_eq!(html_report(&fixture::rich()), html_report(&fixture::rich()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_name_can_act(name in fixture::any_name(), other in fixture::any_name()) {
        document::assert_inert(&html_report(&fixture::renamed(fixture::rich(), &name, &other)));
    }

    #[test]
    fn no_number_breaks_a_chart(numbers in proptest::collection::vec(any::<u64>(), 8), floats in proptest::collection::vec(any::<f64>(), 8)) {
        let html = html_report(&fixture::renumbered(fixture::rich(), &numbers, &floats));
        document::assert_inert(&html);
        prop_assert!(!html.contains("=\"NaN") && !html.contains("=\"inf"));
    }
}
