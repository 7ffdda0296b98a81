//! The dataset card: its README, its document, its numbers, and that all three agree.

mod document;
mod fixture;

use std::collections::BTreeMap;

use assay_card::{
    AgreementFact, AuthoredFact, AuthorshipFact, Block, Card, CardFacts, Estimate, ExchangeFact, FileFact,
    GateFact, GateFacts, GoldCell, GoldFacts, LayoutFact, LedgerFacts, Mapping, QueueFacts, RecordsAt,
    TrainingFact, WaiverFact,
};
use assay_model::{AuthoredSection, FieldMap, Origin, Report, SourceClass};
use proptest::prelude::*;
use serde_yaml_ng::Value as Yaml;

fn facts(report: Report) -> CardFacts {
    CardFacts {
        report,
        previous: None,
        review: Vec::new(),
        gold: GoldFacts::default(),
        gates: None,
        people: 0,
        ledger: LedgerFacts::default(),
        author: BTreeMap::new(),
        roles: BTreeMap::new(),
        exchange: None,
        layouts: Vec::new(),
        authorship: Vec::new(),
    }
}

fn written(text: &str) -> AuthoredFact {
    AuthoredFact {
        text: text.into(),
        by: "L. Brandt".into(),
        at: "2026-11-13T10:00:00Z".into(),
        entry: 10_398,
    }
}

/// Two files of records in JSON Lines and a compressed table; prompts by people, responses by a model.
fn layouts() -> Vec<LayoutFact> {
    let file = |path: &str, digit: &str| FileFact {
        path: path.into(),
        sha256: digit.repeat(64),
        bytes: 1_204,
        samples: 12,
    };
    let map: FieldMap = toml_like();
    vec![
        LayoutFact {
            media_types: vec!["application/jsonl".into()],
            records: RecordsAt::Lines,
            map: map.clone(),
            files: vec![file("a b/one.jsonl", "a"), file("two[1].jsonl", "b")],
        },
        LayoutFact {
            media_types: vec!["application/gzip".into(), "text/csv".into()],
            records: RecordsAt::Columns,
            map,
            files: vec![file("three.csv.gz", "c")],
        },
    ]
}

fn toml_like() -> FieldMap {
    serde_json::from_value(serde_json::json!({
        "id": "ticket",
        "parent": "made_from",
        "part": [{"field": "instruction", "role": "prompt"}, {"field": "output", "role": "response"}],
        "dimensions": {"domain": "dept", "intent": "label", "language": "=en", "source": "path:1"},
        "provenance": [{"part": "response", "source_class": "synthetic", "generator": "field:model", "generated_at": "field:day"}],
    }))
    .expect("the map is a map")
}

fn authorship() -> Vec<AuthorshipFact> {
    let made = |role: &str, origin, source_class, generator: &str, parts| AuthorshipFact {
        role: role.into(),
        origin,
        source_class,
        generator: generator.into(),
        parts,
    };
    vec![
        made("prompt", Origin::Human, SourceClass::HumanAuthored, "", 36),
        made(
            "response",
            Origin::Machine,
            SourceClass::Synthetic,
            "writer-7b",
            30,
        ),
        made("response", Origin::Unknown, SourceClass::Unknown, "", 6),
    ]
}

/// One gate that holds, one that fails and is waived, one that could not be measured.
fn gates() -> GateFacts {
    let machine = GateFact {
        id: "max_machine_share".into(),
        slice: "domain = 'health'".into(),
        measured: Some(0.119),
        limit: 0.1,
        is_share: true,
        waiver: Some(WaiverFact {
            by: "Ada Brandt".into(),
            reason: "The vendor replaces the answers in March.".into(),
            until: "2027-03-31".into(),
            not_worse_than: 0.119,
        }),
        ..GateFact::default()
    };
    let tokens = GateFact {
        id: "min_human_tokens".into(),
        measured: Some(235_400_000.0),
        limit: 200_000_000.0,
        limit_is_least: true,
        passed: true,
        ..GateFact::default()
    };
    let defects = GateFact {
        id: "max_defect_rate".into(),
        limit: 0.01,
        is_share: true,
        watched: true,
        ..GateFact::default()
    };
    GateFacts {
        contract: "release gate".into(),
        gates: vec![machine, tokens, defects],
    }
}

fn rich() -> CardFacts {
    let mut previous = fixture::rich();
    previous.snapshot = 6;
    previous.origin.machine.token_share -= 0.043;
    previous.origin.human.tokens -= 9_100_000;
    previous.diversity[0].compression_ratio[1] = 2.94;
    CardFacts {
        previous: Some(previous),
        gates: Some(gates()),
        review: vec![
            QueueFacts {
                unsealed: 0,
                revised: 0,
                asked_now: Some("clinical@4".into()),
                agreement: Some(AgreementFact {
                    samples: 40,
                    raters: 2,
                    percent: Some(Estimate { low: 0.81, value: 0.9, high: 0.975 }),
                    ac1: Some(Estimate { low: 0.77, value: 0.88, high: 0.97 }),
                    alpha: None,
                }),
                name: "health-english-dosing".into(),
                statement: "From 61,204 English health samples on dosing and triage, 200 were drawn at random (seed 20261114).".into(),
                size: 200, reviewers: 2, blind: true, rubric: "clinical@3".into(), decided: 40, approved: 37, excluded: 3,
                estimate: Some(Estimate { low: 0.026, value: 0.075, high: 0.199 }),
            },
            QueueFacts {
                unsealed: 0,
                revised: 0,
                asked_now: None,
                agreement: None,
                name: "law-unknown".into(), statement: "From 3,010 legal samples of unknown origin, the 50 most uncertain were taken".into(),
                size: 50, reviewers: 1, blind: false, rubric: "provenance@1".into(), decided: 50, approved: 31, excluded: 19, estimate: None,
            },
        ],
        gold: GoldFacts {
            members: 4_812, root: "sha256:90aa51c7".to_owned() + &"0f".repeat(28),
            cells: vec![
                GoldCell { domain: "health".into(), language: "en".into(), members: 3_100 },
                GoldCell { domain: "legal".into(), language: "de".into(), members: 1_712 },
            ],
            training: Some(TrainingFact {
                exact: 2, near: 1, by: "L. Brandt".into(), at: "2026-11-14T09:30:00Z".into(),
                reason: "An ablation: the three are its subject.".into(),
            }),
        },
        people: 3,
        ledger: LedgerFacts { entries: 10_412, root: "sha256:77d0".to_owned() + &"ab".repeat(30) },
        author: BTreeMap::from([
            (AuthoredSection::Purpose, written("Instruction data for assistants used by clinicians, lawyers and auditors.")),
            (AuthoredSection::OutOfScope, written("Not for diagnosis without a professional.")),
            (AuthoredSection::Creator, written("Praxis Data Office")),
        ]),
        roles: BTreeMap::from([("expert".into(), 2), ("lead".into(), 1)]),
        exchange: Some(ExchangeFact { kept: 1_174_236, added: 100_000, left_out: 100_000, relabelled: 1 }),
        layouts: layouts(),
        authorship: authorship(),
        ..facts(fixture::rich())
    }
}

fn hostile() -> CardFacts {
    let name = format!("{}{}", fixture::SCRIPT, fixture::OVERRIDE);
    let mut facts = CardFacts {
        report: fixture::hostile(),
        ..rich()
    };
    for queue in &mut facts.review {
        (queue.name, queue.statement, queue.rubric) = (name.clone(), fixture::HANDLER.into(), name.clone());
    }
    facts.gold.cells[0].domain = name.clone();
    facts.gold.root = fixture::HANDLER.into();
    facts.author.insert(
        AuthoredSection::Purpose,
        written(&format!(
            "## Signed\n\n---\n{}\n\n| forged | table |",
            fixture::SCRIPT
        )),
    );
    for layout in &mut facts.layouts {
        layout.map.id = Some(name.clone());
        layout.map.parts[0].role = fixture::HANDLER.into();
        for file in &mut layout.files {
            file.path += fixture::HANDLER;
        }
    }
    facts
}

fn front_matter(readme: &str) -> Yaml {
    let rest = readme.strip_prefix("---\n").unwrap();
    let (yaml, _) = rest.split_once("\n---\n").unwrap();
    serde_yaml_ng::from_str(yaml).unwrap()
}

#[test]
fn the_readme_reads_as_designed() {
    insta::assert_snapshot!(Card::draft(&rich()).readme());
}

#[test]
fn an_empty_dataset_has_a_card_that_says_so() {
    insta::assert_snapshot!(Card::draft(&facts(fixture::empty())).readme());
}

#[test]
fn the_front_matter_holds_what_follows_from_facts_and_nothing_else() {
    let yaml = front_matter(&Card::draft(&rich()).readme());
    assert_eq!(
        yaml["language"],
        serde_yaml_ng::from_str::<Yaml>("[ar, de, en, es, fr, hi, pt, sw, zh]").unwrap()
    );
    assert_eq!(yaml["license"], Yaml::from("other"));
    assert_eq!(yaml["size_categories"][0], Yaml::from("1M<n<10M"));
    assert_eq!(yaml["tags"][0], Yaml::from("synthetic"));
    let keys: Vec<&str> = yaml
        .as_mapping()
        .unwrap()
        .keys()
        .filter_map(Yaml::as_str)
        .collect();
    assert_eq!(
        keys,
        ["language", "license", "pretty_name", "size_categories", "tags"]
    );
}

#[test]
fn norwegian_is_a_language_and_not_a_no() {
    let mut report = fixture::small();
    report.composition[0].language = "no".into();
    let yaml = front_matter(&Card::draft(&facts(report)).readme());
    assert_eq!(yaml["language"][0], Yaml::from("no"));
}

#[test]
fn one_licence_of_every_sample_is_named_and_a_gap_is_not_hidden() {
    let mut report = fixture::small();
    let license = |observations| assay_model::report::Coverage {
        unit: "license".into(),
        observations,
        classes: 1,
        largest: vec![assay_model::report::ClassCount {
            class: "CC-BY-4.0".into(),
            count: observations,
        }],
        ..Default::default()
    };
    report.coverage = vec![license(3)];
    assert_eq!(
        front_matter(&Card::draft(&facts(report.clone())).readme())["license"],
        Yaml::from("cc-by-4.0")
    );
    report.coverage = vec![license(2)];
    assert_eq!(
        front_matter(&Card::draft(&facts(report.clone())).readme())["license"],
        Yaml::from("other")
    );
    report.coverage.clear();
    assert!(
        front_matter(&Card::draft(&facts(report)).readme())
            .get("license")
            .is_none()
    );
}

#[test]
fn a_dataset_without_machine_text_is_not_tagged_synthetic() {
    assert!(
        front_matter(&Card::draft(&facts(fixture::small())).readme())
            .get("tags")
            .is_none()
    );
}

#[test]
fn the_document_is_inert_whatever_the_names() {
    for (name, facts) in [
        ("card", rich()),
        ("card-hostile", hostile()),
        ("card-empty", facts(fixture::empty())),
        ("card-small", facts(fixture::small())),
    ] {
        let html = Card::draft(&facts).html();
        document::write_for_viewing(name, &html);
        document::assert_inert(&html);
    }
}

#[test]
fn no_author_can_forge_a_measured_section() {
    let readme = Card::draft(&hostile()).readme();
    assert!(
        !readme
            .lines()
            .any(|line| line.starts_with("## Signed") || line.starts_with("| forged"))
    );
    let (_, body) = readme.split_once("\n---\n").unwrap();
    assert!(!body.contains('<'));
    assert_eq!(readme.lines().filter(|line| *line == "---").count(), 2);
    assert_eq!(
        readme.matches("\n## ").count(),
        Card::draft(&rich()).readme().matches("\n## ").count()
    );
}

#[test]
fn what_nobody_wrote_is_open() {
    let card = Card::draft(&facts(fixture::rich()));
    let open = card
        .sections()
        .iter()
        .flat_map(|section| &section.blocks)
        .filter(|block| matches!(block, Block::Open { .. }))
        .count();
    assert_eq!(open, AuthoredSection::ALL.len());
}

#[test]
fn every_form_carries_the_reports_figures() {
    let facts = rich();
    let card = Card::draft(&facts);
    let (readme, html) = (card.readme(), document::text(&card.html()));
    let report = &facts.report;
    for number in [
        report.samples.indexed,
        report.samples.tokens,
        report.origin.human.tokens,
        report.origin.machine.samples,
        report.duplication.near.redundant,
        report.duplication.exact.groups,
        report.coverage[0].singletons,
        facts.gold.members,
        facts.ledger.entries,
    ] {
        let shown = document::grouped(number);
        assert!(readme.contains(&shown) && html.contains(&shown), "{shown}");
    }
    let json: serde_json::Value = serde_json::from_str(&card.json()).unwrap();
    let back: Report = serde_json::from_value(json["report"].clone()).unwrap();
    assert_eq!(&back, report);
    assert_eq!(json["review"][0]["left"], 160);
    assert_eq!(json["gold"]["members"], 4_812);
    for key in json.as_object().unwrap().keys() {
        let told = json["about"].get(key).is_some()
            || ["about", "not_measured", "open", "written"].contains(&key.as_str());
        assert!(told, "{key} is not explained");
    }
}

#[test]
fn each_filter_is_an_expression() {
    let card = Card::draft(&rich());
    let filters: Vec<&String> = card
        .sections()
        .iter()
        .flat_map(|section| &section.blocks)
        .flat_map(|block| match block {
            Block::Fact { filter, .. } => filter.iter().collect(),
            Block::Table {
                columns,
                rows,
                filters,
            } => {
                assert!(filters.is_empty() || filters.len() == rows.len());
                assert!(filters.iter().all(|row| row.len() <= columns.len()));
                filters.iter().flatten().flatten().collect()
            }
            _ => Vec::new(),
        })
        .collect();
    for known in [
        "part_origin = 'unknown'",
        "redundant in ('exact', 'normalised')",
        "source_class = 'unknown'",
    ] {
        assert!(filters.iter().any(|filter| *filter == known), "{known}");
    }
    // An empty one is the whole snapshot.
    for filter in filters.into_iter().filter(|filter| !filter.is_empty()) {
        assay_model::Expression::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_front_matter_reads_back_whatever_the_names(name in fixture::any_name(), other in fixture::any_name()) {
        let report = fixture::renamed(fixture::rich(), &name, &other);
        let readme = Card::draft(&facts(report)).readme();
        let yaml = front_matter(&readme);
        let shown = yaml["pretty_name"].as_str().unwrap();
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()) && name.len() <= 200 {
            prop_assert_eq!(shown, name.as_str());
        }
        prop_assert!(!shown.is_empty());
        prop_assert!(yaml["size_categories"].is_sequence());
    }

    #[test]
    fn no_name_acts_in_the_document(name in fixture::any_name(), other in fixture::any_name()) {
        document::assert_inert(&Card::draft(&facts(fixture::renamed(fixture::rich(), &name, &other))).html());
    }
}

#[test]
fn the_croissant_reads_as_designed() {
    let document: serde_json::Value = serde_json::from_str(&Card::draft(&rich()).croissant()).unwrap();
    let shown = [
        "distribution",
        "recordSet",
        "prov:wasGeneratedBy",
        "prov:wasRevisionOf",
        "license",
        "citeAs",
        "url",
        "creator",
    ];
    let shown: serde_json::Map<_, _> = shown
        .into_iter()
        .map(|key| (key.to_owned(), document[key].clone()))
        .collect();
    insta::assert_json_snapshot!(shown);
}

#[test]
fn every_croissant_with_files_keeps_the_specification_whatever_the_names() {
    let mut attacked = hostile();
    // Roots and times are made by Assay; a name never is one.
    attacked.report.snapshot_root = rich().report.snapshot_root;
    attacked.report.created = rich().report.created;
    for facts in [rich(), attacked] {
        let document = serde_json::from_str(&Card::draft(&facts).croissant()).unwrap();
        assert_eq!(assay_card::croissant::check(&document), []);
    }
    let mut empty = facts(fixture::empty());
    empty.report.snapshot_root = rich().report.snapshot_root;
    let document = serde_json::from_str(&Card::draft(&empty).croissant()).unwrap();
    let found = assay_card::croissant::check(&document);
    let what: Vec<&str> = found.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(
        what,
        ["`distribution` is required"],
        "a dataset without files distributes none"
    );
}

#[test]
fn every_mapping_reads_as_designed() {
    for mapping in Mapping::ALL {
        insta::assert_snapshot!(mapping.as_str(), Card::draft(&rich()).mapped(mapping));
        assert_eq!(Mapping::parse(mapping.as_str()), Some(mapping));
    }
}

#[test]
fn a_dataset_package_has_what_the_profile_requires() {
    for facts in [rich(), hostile(), facts(fixture::empty())] {
        let document: serde_json::Value =
            serde_json::from_str(&Card::draft(&facts).mapped(Mapping::Spdx)).unwrap();
        let graph = document["@graph"].as_array().unwrap();
        let of = |kind: &str| graph.iter().find(|element| element["type"] == kind).unwrap();
        for required in [
            "originatedBy",
            "builtTime",
            "releaseTime",
            "software_primaryPurpose",
            "software_downloadLocation",
            "dataset_datasetType",
            "spdxId",
            "creationInfo",
            "name",
        ] {
            assert!(!of("dataset_DatasetPackage")[required].is_null(), "{required}");
        }
        let listed = of("SpdxDocument")["element"].as_array().unwrap();
        let known: Vec<_> = graph.iter().filter_map(|element| element.get("spdxId")).collect();
        assert!(listed.iter().all(|id| known.contains(&id)));
        assert_eq!(of("CreationInfo")["specVersion"], "3.0.1");
    }
}

#[test]
fn provenance_metadata_has_what_its_schema_requires() {
    for facts in [rich(), facts(fixture::empty())] {
        let found: serde_json::Value =
            serde_json::from_str(&Card::draft(&facts).mapped(Mapping::DataAndTrust)).unwrap();
        for required in [
            "/source/version",
            "/source/title",
            "/source/id",
            "/source/issuer/0/name",
            "/source/description",
            "/provenance/origin-geography/0/country",
            "/provenance/date",
            "/provenance/generation-method/0/code",
            "/use/intended-purpose/0/code",
            "/use/intended-purpose/0/description",
        ] {
            assert!(
                found.pointer(required).is_some_and(|value| !value.is_null()),
                "{required}"
            );
        }
    }
}
