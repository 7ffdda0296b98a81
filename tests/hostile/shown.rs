//! Rows 19, 21 and 22, as far as a terminal and the written pages go: what acts on its reader is shown and does not act.

use crate::place::{Place, number};

/// Terminal escapes of two kinds, direction overrides, zero-width and tag characters, a line end that no editor shows.
const ACTS: &str = "a\u{1b}[31m\u{1b}]0;owned\u{7}b\u{9b}2Jc\u{202e}d\u{2066}e\u{200b}f\u{2060}g\u{e0041}h\u{2028}i\u{feff}j\u{7f}k";

/// Markup that runs where anybody forgets to escape.
const MARKUP: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "</title></style></textarea><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "' onmouseover='alert(1)' x='",
];

fn acts(character: char) -> bool {
    character != '\n'
        && (character.is_control()
            || matches!(u32::from(character), 0x200b | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe0fff))
}

#[track_caller]
fn harmless(what: &str, shown: &str) {
    if let Some(at) = shown.find(acts) {
        let around: String = shown[at..].chars().take(60).collect();
        panic!("{what} shows a character that acts: {around:?}");
    }
}

/// A dataset whose texts, fields and file names are hostile, near-duplicates and a broken line among them.
fn hostile(place: &Place) {
    let mut lines = String::new();
    for n in 0..12 {
        let markup = MARKUP[n % MARKUP.len()];
        let text = format!(
            "{ACTS} {markup} and then so many words in common with the others that all of them count as near duplicates of one text {n}"
        );
        lines += &serde_json::json!({
            "id": format!("{n}{ACTS}{markup}"), "text": text, "domain": format!("{ACTS}{markup}"), "intent": format!("{markup}{ACTS}"),
            "source": markup,
        })
        .to_string();
        lines += "\n";
    }
    lines += &format!("{{\"text\": \"broken {ACTS}\n");
    place.write("plain.jsonl", lines.clone());
    #[cfg(unix)]
    place.write(
        "name\u{1b}[31m\u{202e}\u{e0041}\u{200b}<img src=x onerror=alert(1)>.jsonl",
        lines,
    );
    std::fs::write(
        place.path("map.toml"),
        "id = \"id\"\n[[part]]\nfield = \"text\"\nrole = \"document\"\n[dimensions]\ndomain = \"domain\"\nintent = \"intent\"\nsource = \"source\"\n",
    )
    .expect("a map");
    std::fs::write(
        place.path("contract.toml"),
        format!(
            "name = \"gate \u{202e}\u{200b}\u{e0041} {}\"\n[provenance]\nmax_unknown_share = 0.0\n[[provenance.cap]]\nwhere = \"domain = 'x\u{202e}y'\"\nmax_machine_share = 0.0\n",
            MARKUP[0]
        ),
    )
    .expect("a contract");
}

#[test]
fn row_19_and_21_no_command_lets_a_name_or_a_text_act_on_the_terminal() {
    let place = Place::new();
    hostile(&place);
    let report = place.index(&[&place.data()], Some(&place.path("map.toml")));
    assert!(number(&report, "/samples/indexed") >= 12);
    place
        .run(&["person", "add", "Ilse", "--role", "curator"])
        .succeeded();
    let reason = format!("because {ACTS}");
    let strange = format!("no such {ACTS}");
    let filter = format!("domain = '{ACTS}{}'", MARKUP[0]);
    let asked = format!("nothing = '{ACTS}'");
    for (arguments, code) in [
        (vec!["report"], 0),
        (vec!["report", "--json"], 0),
        (vec!["report", "--format", "html"], 0),
        (vec!["samples"], 0),
        (vec!["samples", "--quarantined"], 0),
        (vec!["samples", "--where", &filter], 0),
        (vec!["samples", "--where", &asked], 2),
        (vec!["duplicates", "--pairs"], 0),
        (vec!["duplicates", "--clusters"], 0),
        (vec!["duplicates", "--passages"], 0),
        (
            vec!["leak", "--reference", "test", "data", "--map", "map.toml"],
            1,
        ),
        (
            vec![
                "leak",
                "--reference",
                "test",
                "data",
                "--map",
                "map.toml",
                "--json",
            ],
            1,
        ),
        (vec!["check", "--contract", "contract.toml"], 1),
        (vec!["check", "--contract", "contract.toml", "--json"], 1),
        (
            vec![
                "queue", "create", "--name", "q", "--size", "3", "--seed", "1", "--where", &filter,
                "--actor", "Ilse",
            ],
            2,
        ),
        (vec!["queue", "list"], 0),
        (vec!["queue", "show", &strange], 2),
        (vec!["report", "--dataset", &strange], 2),
        (vec!["index", &strange], 3),
        (vec![&strange], 2),
        (
            vec![
                "card",
                "write",
                "--dataset",
                "test",
                "--section",
                "purpose",
                "--text",
                &reason,
                "--actor",
                "Ilse",
            ],
            0,
        ),
        (vec!["card", "texts", "--dataset", "test"], 0),
        (vec!["log"], 0),
        (vec!["release", "--preview", "--actor", "Ilse"], 0),
    ] {
        let ran = place.run(&arguments);
        harmless(&format!("{arguments:?}, stdout"), &ran.stdout);
        harmless(&format!("{arguments:?}, stderr"), &ran.stderr);
        if arguments[0] != "queue" {
            assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        }
    }
}

#[test]
fn row_21_the_escapes_of_samples_read_back_as_the_very_text() {
    let place = Place::new();
    place.write("text.jsonl", serde_json::json!({"text": ACTS}).to_string() + "\n");
    place.index(&[&place.data()], None);
    assert_eq!(
        place.samples("")[0]["parts"][0]["text"],
        ACTS,
        "no character is lost or replaced"
    );
}

#[test]
fn row_21_a_pile_of_ten_thousand_marks_is_cut_off_where_it_is_shown_and_whole_in_the_text() {
    let place = Place::new();
    let pile = format!("e{}", "\u{301}".repeat(10_000));
    let line = serde_json::json!({"text": format!("{pile} is one letter"), "domain": pile});
    place.write("pile.jsonl", format!("{line}\n"));
    place.index(&[&place.data()], None);
    for format in ["text", "html"] {
        let shown = place.run(&["report", "--format", format]).succeeded().stdout;
        let longest = shown
            .split(|c| c != '\u{301}')
            .map(|run| run.chars().count())
            .max();
        assert!(longest.unwrap_or_default() <= 8, "{format}: {longest:?}");
    }
    let text = place.samples("")[0]["parts"][0]["text"].clone();
    assert_eq!(text, format!("{pile} is one letter"));
}

#[test]
fn row_22_markup_in_any_field_stands_literally_in_the_written_pages() {
    let place = Place::new();
    hostile(&place);
    place.index(&[&place.data()], Some(&place.path("map.toml")));
    place
        .run(&["card", "--dataset", "test", "--out", "card"])
        .succeeded();
    let report = place.run(&["report", "--format", "html"]).succeeded().stdout;
    let card = std::fs::read_to_string(place.path("card/card.html")).expect("a card");
    let readme = std::fs::read_to_string(place.path("card/README.md")).expect("a card");
    assert!(report.contains("&lt;script&gt;"), "the markup is there, escaped");
    for (what, page) in [("the report", report), ("the card", card), ("README.md", readme)] {
        harmless(what, &page);
        for tag in [
            "<script>alert",
            "<img src=x",
            "<svg onload",
            "<iframe",
            "</textarea>",
        ] {
            assert!(!page.contains(tag), "{what} holds {tag}");
        }
        assert!(
            !page.contains("href=\"javascript:") && !page.contains("src=\"javascript:"),
            "{what}"
        );
    }
}
