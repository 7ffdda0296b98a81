//! Rows 11 and 12: CSV and its relatives, and records without end.

use crate::place::{Place, flagged, number, quarantine};

#[test]
fn row_12_a_row_with_more_cells_is_quarantined_and_one_with_fewer_flagged() {
    let place = Place::new();
    place.write("ragged.csv", "id,text,label\n1,the first text,a\n2,the second text,b,extra\n3,the third text\n4,the fourth text,d\n");
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (3, 1)
    );
    assert_eq!(quarantine(&report), [(3, "ragged_row".to_owned())]);
    assert_eq!(flagged(&report, "short_row"), 1);
}

#[test]
fn row_12_an_unclosed_quote_is_named_by_the_line_on_which_it_opens() {
    let place = Place::new();
    place.write(
        "open.csv",
        "id,text\n1,\"a closed, quoted cell\"\n2,\"opened here\nand never closed\nto the end,x\n",
    );
    let report = place.index_twice(None);
    // The lines behind it are read again without the quote: one has no text, the other is a row.
    assert_eq!(number(&report, "/samples/indexed"), 2);
    assert_eq!(
        quarantine(&report),
        [(3, "unclosed_quote".to_owned()), (4, "no_text".to_owned())]
    );
}

#[test]
fn row_12_newlines_in_quotes_belong_to_the_cell_and_lines_are_counted_through_them() {
    let place = Place::new();
    place.write(
        "quoted.csv",
        "id,text\n1,\"two\nlines, and \"\"quotes\"\"\"\n2,plain text here,too many\n",
    );
    let report = place.index_twice(None);
    assert_eq!(quarantine(&report), [(4, "ragged_row".to_owned())]);
    assert_eq!(
        place.samples("")[0]["parts"][0]["text"],
        "two\nlines, and \"quotes\""
    );
}

#[test]
fn row_12_the_separator_is_recognised_whatever_the_name_says() {
    let place = Place::new();
    for (name, separator) in [("semicolon.csv", ';'), ("tab.csv", '\t'), ("bar.csv", '|')] {
        let rows: String = (1..=5)
            .map(|n| format!("{n}{separator}Text of {name}, number {n}{separator}x\n"))
            .collect();
        place.write(name, format!("id{separator}text{separator}label\n{rows}"));
    }
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (15, 0)
    );
    assert_eq!(place.samples("")[0]["parts"][0]["role"], "document");
}

#[test]
fn row_12_a_nul_costs_its_row_and_repeated_or_empty_names_are_made_distinct() {
    let place = Place::new();
    place.write(
        "nul.csv",
        b"id,text\n1,the first text\n2,a nul \0 byte\n3,the third text\n".as_slice(),
    );
    place.write("names.csv", "text,note,note,\nthe only text,a,b,c\n");
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (3, 1)
    );
    assert_eq!(quarantine(&report), [(3, "nul_byte".to_owned())]);
    assert!(flagged(&report, "header_renamed") >= 1);
}

#[test]
fn row_11_a_million_keys_and_a_million_columns_are_capped_with_a_warning_and_stay_reviewable() {
    let place = Place::new();
    let keys: Vec<String> = (0..1_000_000).map(|n| format!("\"k{n}\": {n}")).collect();
    place.write(
        "keys.jsonl",
        format!(
            "{{\"text\": \"a record of many keys\", {}}}\n{{\"text\": \"the next record\"}}\n",
            keys.join(", ")
        ),
    );
    let columns: Vec<String> = (0..1_000_000).map(|n| format!("c{n}")).collect();
    let cells = vec!["1"; 1_000_000].join(",");
    place.write(
        "columns.csv",
        format!("text,{}\na row of many cells,{cells}\n", columns.join(",")),
    );
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (3, 0)
    );
    assert_eq!(flagged(&report, "fields_capped"), 2);
    let message = report["flags"][0]["message"].as_str().expect("a message");
    assert!(message.contains("10000"), "the cap is told: {message}");
    let rows = place.samples("");
    let digest = rows[1]["digest"].as_str().expect("a digest");
    place.approve(digest);
    assert_eq!(
        place.samples("verdict = 'approve'").len(),
        1,
        "it can be reviewed"
    );
}
