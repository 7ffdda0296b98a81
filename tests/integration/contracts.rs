//! Data contracts: every kind of gate on data whose figures are known, and contracts that are wrong.

use serde_json::{Value, json};

use crate::place::{Place, Ran, close, number};

const MAP: &str = r#"
id = "id"
[[part]]
field = "text"
role = "document"
[dimensions]
domain = "domain"
intent = "intent"
toxicity = "toxicity"
[[provenance]]
when = "made_by = 'person'"
source_class = "human_authored"
[[provenance]]
when = "made_by = 'model'"
source_class = "synthetic"
"#;

/// 10 health samples (6 human, 3 machine, 1 unknown) and 10 law samples (all human); two are exact copies.
fn indexed() -> Place {
    let place = Place::new();
    let record = |n: u32, domain: &str, made_by: Option<&str>, intent: &str, toxicity: f64, text: String| {
        let record = json!({"id": n, "domain": domain, "made_by": made_by, "intent": intent, "toxicity": toxicity, "text": text});
        format!("{record}\n")
    };
    let mut lines = String::new();
    for n in 0..10 {
        let made_by = match n {
            0..=5 => Some("person"),
            6..=8 => Some("model"),
            _ => None,
        };
        let intent = if n == 9 { "rare" } else { "dose" };
        let text = format!("Health letter {n} asks about warfarin and what to eat with it.");
        lines += &record(n, "health", made_by, intent, f64::from(n) / 10.0, text);
    }
    for n in 10..20 {
        let n = if n == 19 { 18 } else { n };
        let text = format!("Law letter {n} asks about the deposit of a flat in Leeds.");
        lines += &record(n, "law", Some("person"), "deposit", 0.0, text);
    }
    let data = place.write("data.jsonl", lines);
    let map = place.path("map.toml");
    std::fs::write(&map, MAP).expect("the map can be written");
    place.index(&[&data], Some(&map));
    place
}

fn check(place: &Place, contract: &str) -> Ran {
    let path = place.path("contract.toml");
    std::fs::write(&path, contract).expect("the contract can be written");
    place.run(&[
        "check",
        "--json",
        "--quiet",
        "--contract",
        &path.display().to_string(),
    ])
}

#[track_caller]
fn gate(ran: &Ran, id: &str) -> Value {
    let report = ran.json();
    let gates = report["gates"].as_array().expect("a list of gates");
    let found = gates.iter().find(|gate| gate["id"] == id);
    found
        .unwrap_or_else(|| panic!("no gate {id} in {report}"))
        .clone()
}

#[test]
fn shares_are_measured_by_samples_and_in_slices() {
    let place = indexed();
    let ran = check(
        &place,
        "name = \"release\"\n[provenance]\nunit = \"samples\"\nmax_machine_share = 0.15\nmax_unknown_share = 0.05\n\
         min_human_tokens = 1_000_000\n[[provenance.cap]]\nwhere = \"domain = 'health'\"\nmax_machine_share = 0.1\nmax_unknown_share = 0\n",
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    let report = ran.json();
    assert_eq!(
        (&report["contract"], &report["passed"]),
        (&json!("release"), &json!(false))
    );
    let passed: Vec<bool> = report["gates"]
        .as_array()
        .expect("gates")
        .iter()
        .map(|gate| gate["passed"] == true)
        .collect();
    assert_eq!(passed, [true, true, false, false, false]);
    let machine = gate(&ran, "max_machine_share");
    close(&machine, "/measured", 0.15, 9);
    assert_eq!(
        (number(&machine, "/offending"), &machine["where"]),
        (3, &Value::Null)
    );
    let cap = &report["gates"][3];
    close(cap, "/measured", 0.3, 9);
    assert_eq!(
        (
            number(cap, "/offending"),
            cap["examples"].as_array().expect("a list").len()
        ),
        (3, 3)
    );
    let unknown = &report["gates"][4];
    close(unknown, "/measured", 0.1, 9);
    assert_eq!(number(unknown, "/offending"), 1);
}

#[test]
fn unknown_samples_are_allowed_once_a_reviewer_approved_them() {
    let place = indexed();
    let contract = "[[provenance.cap]]\nwhere = \"domain = 'health'\"\nmax_unknown_share = 0.0\n";
    assert_eq!(check(&place, &format!("[provenance]\n{contract}")).code, 1);
    let digest = place.samples("origin = 'unknown'")[0]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    place.approve(&digest);
    let ran = check(
        &place,
        &format!(
            "[provenance]\n{contract}[review]\n[[review.require]]\nwhere = \"domain = 'health'\"\nmin_reviewed_share = 0.1\nmax_defect_rate = 0.9\n"
        ),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    close(&gate(&ran, "min_reviewed_share"), "/measured", 0.1, 9);
    let defects = gate(&ran, "max_defect_rate");
    // Wilson, 0 of 1 random draws from the whole dataset that fall into the slice.
    close(&defects, "/measured", 0.7935, 4);
}

#[test]
fn duplication_coverage_diversity_and_columns() {
    let place = indexed();
    let ran = check(
        &place,
        "[duplication]\nmax_exact_rate = 0.04\n[coverage]\nmin_tail_retention = 0.9\ndimensions = [\"intent\"]\n\
         [[coverage.floor]]\ndimension = \"intent\"\nmin_count = 2\n[diversity]\nmax_compression_ratio = 100\n\
         [gold]\nmax_leaked = 0\nmax_age_days = 365\n\
         [[column]]\nfield = \"toxicity\"\nmax = 0.8\nmax_share_above = { value = 0.5, share = 0.25 }\nseverity = \"watch\"\n",
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    let exact = gate(&ran, "max_exact_rate");
    close(&exact, "/measured", 0.05, 9);
    assert_eq!(
        (number(&exact, "/offending"), &exact["passed"]),
        (1, &json!(false))
    );
    let floor = gate(&ran, "floor");
    assert_eq!(
        (&floor["classes"], number(&floor, "/offending")),
        (&json!(["rare"]), 1)
    );
    assert_eq!(gate(&ran, "max_compression_ratio")["passed"], true);
    assert_eq!(gate(&ran, "max_leaked")["passed"], true);
    let most = gate(&ran, "max");
    close(&most, "/measured", 0.9, 9);
    assert_eq!(
        (&most["severity"], &most["passed"], number(&most, "/offending")),
        (&json!("watch"), &json!(false), 1)
    );
    let above = gate(&ran, "max_share_above");
    close(&above, "/measured", 0.2, 9);
    assert_eq!(above["passed"], true);
}

#[test]
fn a_watched_gate_cannot_fail_the_contract() {
    let place = indexed();
    let ran = check(
        &place,
        "[provenance]\nunit = \"samples\"\nmax_machine_share = 0.0\nseverity = \"watch\"\n",
    );
    assert_eq!(
        (ran.code, gate(&ran, "max_machine_share")["passed"] == true),
        (0, false),
        "{ran:?}"
    );
}

#[test]
fn an_earlier_dataset_is_a_reference_for_the_tail() {
    let place = indexed();
    let lines: String = (0..40)
        .map(|n| {
            let intent = match n {
                0 => "rare",
                1 => "rarer",
                _ => "dose",
            };
            format!("{}\n", json!({"id": n, "domain": "health", "intent": intent, "text": format!("Field note {n} of that year.")}))
        })
        .collect();
    let field = place.write("field/notes.jsonl", lines);
    let map = place.path("map.toml");
    place
        .run(&[
            "index",
            "--quiet",
            "--dataset",
            "field",
            "--map",
            &map.display().to_string(),
            &field.display().to_string(),
        ])
        .succeeded();
    let path = place.path("contract.toml");
    std::fs::write(
        &path,
        "[coverage]\nreference = \"field@1\"\nmin_tail_retention = 0.9\ndimensions = [\"intent\"]\n",
    )
    .expect("the contract can be written");
    let ran = place.run(&[
        "check",
        "--json",
        "--dataset",
        "test",
        "--contract",
        &path.display().to_string(),
    ]);
    let tail = gate(&ran, "min_tail_retention");
    close(&tail, "/measured", 0.5, 9);
    assert_eq!(
        (ran.code, &tail["classes"], &tail["about"]),
        (1, &json!(["rarer"]), &json!("intent"))
    );
}

#[test]
fn wrong_contracts_are_errors_at_their_line_and_exit_2() {
    let place = indexed();
    for (contract, line, code) in [
        ("[provenance]\nmax_machine_shar = 0.1\n", 2, "invalid_contract"),
        ("[duplication]\nmax_near_rate = 1.5\n", 2, "invalid_contract"),
        (
            "[[provenance.cap]]\nwhere = \"domian = 'health'\"\nmax_machine_share = 0.1\n",
            3,
            "unknown_field",
        ),
        (
            "[[coverage.floor]]\ndimension = \"intnt\"\nmin_count = 3\n",
            3,
            "unknown_field",
        ),
        (
            "[coverage]\nreference = \"nobody\"\nmin_tail_retention = 0.9\n",
            3,
            "unknown_dataset",
        ),
        ("", 1, "invalid_contract"),
    ] {
        let ran = check(&place, contract);
        assert_eq!(
            (ran.code, ran.error_code().as_str()),
            (2, code),
            "{contract}: {ran:?}"
        );
        let error = &ran.json()["error"];
        assert_eq!(
            (number(error, "/line"), error["path"].is_string()),
            (line, true),
            "{contract}: {error}"
        );
    }
    assert_eq!(
        place.run(&["check", "--json", "--contract", "nowhere.toml"]).code,
        2
    );
}

#[test]
fn a_waived_gate_still_fails_and_passes_only_where_waivers_are_accepted() {
    let place = indexed();
    place.run(&["person", "add", "Ada", "--role", "lead"]).succeeded();
    place
        .run(&["person", "add", "Bo", "--role", "curator", "--actor", "Ada"])
        .succeeded();
    let contract = place.path("contract.toml");
    let write = |limits: &str| std::fs::write(&contract, limits).expect("the contract can be written");
    write("name = \"gate\"\n[provenance]\nunit = \"samples\"\nmax_machine_share = 0.1\n");
    let path = contract.display().to_string();
    let waive = |actor: &str, until: &str| {
        place.run(&[
            "check",
            "--json",
            "--contract",
            &path,
            "--waive",
            "max_machine_share",
            "--reason",
            "a vendor's answer is due",
            "--until",
            until,
            "--actor",
            actor,
        ])
    };
    assert_eq!(waive("Bo", "2999-01-01").error_code(), "not_allowed");
    assert_eq!(waive("Ada", "2001-01-01").error_code(), "usage");
    let ran = waive("Ada", "2999-01-01");
    assert_eq!(ran.code, 1, "without --accept-waivers the gate fails: {ran:?}");
    let machine = gate(&ran, "max_machine_share");
    assert_eq!(
        (&machine["passed"], &machine["waived"]["by"]),
        (&json!(false), &json!("Ada"))
    );
    close(&machine, "/waived/not_worse_than", 0.15, 9);
    let accepted = place.run(&["check", "--json", "--contract", &path, "--accept-waivers"]);
    assert_eq!(accepted.code, 0, "{accepted:?}");
    let log = place.run(&["log", "--kind", "gate_waived"]).succeeded().rows();
    assert_eq!(log.len(), 1);
    place.run(&["verify"]).succeeded();
    // Another limit fails beside it: that one is not waived.
    write(
        "name = \"gate\"\n[provenance]\nunit = \"samples\"\nmax_machine_share = 0.1\nmax_unknown_share = 0.0\n",
    );
    assert_eq!(
        place
            .run(&["check", "--json", "--contract", &path, "--accept-waivers"])
            .code,
        1
    );
}

#[test]
fn personal_data_is_flagged_without_being_repeated_and_can_stop_a_snapshot() {
    let place = Place::new();
    let texts = [
        "Please pay to GB29 NWBK 6016 1331 9268 19 by Friday.",
        "The invoice of 12 March is paid, thank you very much.",
    ];
    let lines: String = texts
        .iter()
        .map(|text| format!("{}\n", json!({"text": text})))
        .collect();
    let data = place.write("data.jsonl", lines);
    let report = place.index(&[&data], None);
    assert_eq!(crate::place::flagged(&report, "personal_data"), 1);
    let flag = &report["flags"][0];
    assert_eq!((&flag["line"], &flag["message"]), (&json!(1), &json!("IBAN 1")));
    let ran = check(&place, "[personal_data]\nmax_share = 0.1\n");
    let found = gate(&ran, "max_share");
    close(&found, "/measured", 0.5, 9);
    assert_eq!((ran.code, number(&found, "/offending")), (1, 1));
    assert_eq!(found["examples"].as_array().map(Vec::len), Some(1));
}
