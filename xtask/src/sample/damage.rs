//! Files with planted damage, as they really arrive: what is wrong with each, line by line.

use serde_json::json;

use super::encode::cell;
use super::record::Record;

/// A damaged file and what its reader must say.
pub struct Damaged {
    pub path: &'static str,
    pub bytes: Vec<u8>,
    /// Line and the codes of which one is right.
    pub quarantined: Vec<(u64, &'static [&'static str])>,
    pub flagged: Vec<&'static str>,
    /// Records that are indexed all the same.
    pub indexed: Vec<Record>,
}

/// A Git LFS pointer where data should be.
pub const POINTER: (&str, &[u8]) = (
    "finance/archive-2019.jsonl.gz",
    b"version https://git-lfs.github.com/spec/v1\noid sha256:4b3f9c81d2a71e5c09d2f6a8b17e0c35d94a6621fe88b0c7a35d1e4f90b26c17\nsize 48213377\n",
);

fn record(domain: &str, id: &str, prompt: &str, response: Option<&str>) -> Record {
    Record {
        id: id.to_owned(),
        domain: domain.to_owned(),
        language: Some("en".to_owned()),
        intent: Some("intake".to_owned()),
        source: Some("intake".to_owned()),
        license: None,
        collected_at: Some("2024-05-17".to_owned()),
        prompt: Some(prompt.to_owned()),
        response: response.map(str::to_owned),
        prompt_by: Some("person".to_owned()),
        written_by: response.map(|_| "person".to_owned()),
        ..Record::default()
    }
}

pub fn damaged() -> Vec<Damaged> {
    vec![json_lines(), ragged(), unclosed()]
}

fn json_lines() -> Damaged {
    let whole = [
        record(
            "health",
            "intake-1",
            "My hearing aid whistles since the new mould was fitted, mostly when I chew.",
            None,
        ),
        record(
            "health",
            "intake-2",
            "Is it all right to have the shingles vaccine while I am on a short course of steroids?",
            None,
        ),
        record(
            "health",
            "intake-3",
            "The physiotherapist says ice and the surgeon says heat. Whom do I believe for a stiff knee?",
            None,
        ),
        record(
            "health",
            "intake-4",
            "I was told to stop eating four hours before a blood test and drank coffee with milk. Must I come back?",
            None,
        ),
        record(
            "health",
            "intake-5",
            "Since my cataract operation I see a dark crescent at the outer edge of that eye.",
            None,
        ),
    ];
    let mut lines: Vec<Vec<u8>> = whole
        .iter()
        .map(|record| record.object().to_string().into_bytes())
        .collect();
    let text = |line: &Vec<u8>| String::from_utf8_lossy(line).into_owned();
    // A score that Python wrote as NaN, and a key that stands twice.
    lines[1] = (text(&lines[1]).trim_end_matches('}').to_owned() + ",\"score\":NaN}").into_bytes();
    lines[3] = (text(&lines[3]).trim_end_matches('}').to_owned() + ",\"source\":\"intake\"}").into_bytes();
    let mut latin = br#"{"id":"intake-6","prompt":"Je suis all"#.to_vec();
    latin.extend(b"\xe9 aux urgences hier soir\"}");
    lines.insert(2, latin);
    lines.insert(
        4,
        json!({"id": "intake-7", "language": "en", "intent": "intake", "prompt": null})
            .to_string()
            .into_bytes(),
    );
    lines.push(br#"{"id":"intake-8","prompt":"The export was cut off in the middle of this rec"#.to_vec());
    Damaged {
        path: "health/intake-export.jsonl",
        bytes: lines.join(&b'\n'),
        quarantined: vec![
            (3, &["invalid_utf8"]),
            (5, &["no_text"]),
            (8, &["cut_off", "invalid_json"]),
        ],
        flagged: vec!["not_a_number", "duplicate_key"],
        indexed: whole.to_vec(),
    }
}

const HEAD: &str = "id,language,intent,source,collected_at,prompt,prompt_by\n";

fn row(record: &Record) -> String {
    [
        "id",
        "language",
        "intent",
        "source",
        "collected_at",
        "prompt",
        "prompt_by",
    ]
    .map(|name| cell(record.field(name).unwrap_or_default(), ','))
    .join(",")
}

fn ragged() -> Damaged {
    let whole = [
        record(
            "law",
            "counter-1",
            "The council has put a lien on my van over a fine I paid, and \"paid\" is stamped on the letter.",
            None,
        ),
        record(
            "law",
            "counter-2",
            "May a landlord, without asking, fit a key safe beside my front door?",
            None,
        ),
        record(
            "law",
            "counter-3",
            "My late aunt's solicitor will not tell me whether I am in the will or not.",
            None,
        ),
    ];
    let bytes = format!(
        "{HEAD}{}\n{},left over,cells\n{}\n{}\n",
        row(&whole[0]),
        row(&record(
            "law",
            "counter-4",
            "A row with more cells than the header has.",
            None
        )),
        row(&whole[1]),
        row(&whole[2])
    );
    Damaged {
        path: "law/counter-log.csv",
        bytes: bytes.into_bytes(),
        quarantined: vec![(3, &["ragged_row"])],
        flagged: Vec::new(),
        indexed: whole.to_vec(),
    }
}

fn unclosed() -> Damaged {
    let whole = [
        record(
            "finance",
            "kiosk-1",
            "The cash machine kept my card and gave me a receipt for money that never came out.",
            None,
        ),
        record(
            "finance",
            "kiosk-2",
            "Can I pay in a cheque that still has my maiden name on it?",
            None,
        ),
    ];
    let bytes = format!(
        "{HEAD}{}\n{}\nkiosk-3,en,intake,intake,2024-05-17,\"A quote that is never closed,person\n",
        row(&whole[0]),
        row(&whole[1])
    );
    Damaged {
        path: "finance/kiosk-log.csv",
        bytes: bytes.into_bytes(),
        quarantined: vec![(4, &["unclosed_quote"])],
        flagged: Vec::new(),
        indexed: whole.to_vec(),
    }
}
