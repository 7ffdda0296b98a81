//! Maps, policies, contracts and rubrics, as people write them.

use assay_contract::parse_contract;
use assay_model::{Code, Digest, Fault, Origin, Task};
use assay_read::{Mapper, map_digest, map_to_toml, parse_map};
use assay_release::{Candidate, Duplicate, Fate, Policy, parse_policy, plan, rule_names};

const PATH: &str = "file.toml";

/// A fault names the file and a place in it.
fn points_inside(fault: &Fault, code: Code, text: &str) {
    assert_eq!((fault.code, fault.path.as_deref()), (code, Some(PATH)), "{fault}");
    let lines: Vec<&str> = text.split('\n').collect();
    let line = fault.line.expect("there is a line") as usize;
    let column = fault.column.expect("there is a column") as usize;
    assert!(
        (1..=lines.len()).contains(&line),
        "line {line} of {}: {fault}",
        lines.len()
    );
    let length = lines[line - 1].chars().count();
    assert!(
        (1..=length + 1).contains(&column),
        "column {column} of {length}: {fault}"
    );
}

pub(crate) fn map_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match parse_map(text, PATH) {
        Ok(map) => {
            let again = parse_map(&map_to_toml(&map), PATH).expect("a map is read back");
            assert_eq!(again, map);
            assert_eq!(map_digest(&again), map_digest(&map));
            let _ = Mapper::new(&map);
        }
        Err(fault) => points_inside(&fault, Code::InvalidMap, text),
    }
}

pub(crate) fn policy_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match parse_policy(text, PATH) {
        Ok(policy) => {
            accounted_for(&policy);
        }
        Err(fault) => points_inside(&fault, Code::InvalidPolicy, text),
    }
}

/// Every candidate is released or removed by a rule of the policy; what is released has a weight.
fn accounted_for(policy: &Policy) {
    let Ok(plan) = plan(&candidates(policy), policy, &Task::silent()) else {
        return;
    };
    let rules: Vec<&str> = plan.rules.iter().map(|cost| cost.rule.as_str()).collect();
    assert_eq!(rules, rule_names(policy));
    let removed: u64 = plan.rules.iter().map(|cost| cost.samples).sum();
    assert_eq!(
        (plan.released + removed, plan.candidates),
        (plan.candidates, plan.samples.len() as u64)
    );
    for planned in &plan.samples {
        if let Fate::Released { weight, copies, .. } = planned.fate {
            assert!(
                weight.is_finite() && weight >= 0.0 && copies > 0,
                "{planned:?} under {policy:?}"
            );
        }
    }
}

/// Twenty samples, each in every slice, of two classes of every floor.
fn candidates(policy: &Policy) -> Vec<Candidate> {
    let class = |sample: u64| vec![if sample < 5 { "rare" } else { "common" }.to_owned()];
    let candidate = |sample: u64| Candidate {
        sample,
        digest: Digest::of(&[sample as u8 / 2]),
        path: "a.jsonl".to_owned(),
        ordinal: sample,
        tokens: 10 * sample,
        origin: Origin::ALL[sample as usize % Origin::ALL.len()],
        source: if sample < 10 {
            "letters".to_owned()
        } else {
            String::new()
        },
        included: true,
        excluded: false,
        rejected: sample == 3,
        gold: None,
        duplicate: Duplicate {
            normalised: (sample < 6).then_some(sample / 3),
            cluster: (sample > 12).then_some(sample / 4),
            represents: sample % 4 == 0,
        },
        caps: (0..policy.caps.len()).collect(),
        classes: vec![class(sample); policy.tail.floors.len()],
    };
    (0..20).map(candidate).collect()
}

pub(crate) fn contract_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match parse_contract(text, PATH) {
        Ok(contract) => {
            let lines = text.split('\n').count() as u64;
            assert!(!contract.gates.is_empty());
            for gate in &contract.gates {
                assert!(
                    (1..=lines).contains(&gate.line) && gate.rule.limit().is_finite(),
                    "{gate:?}"
                );
                assert!(
                    gate.rule.holds(gate.rule.limit()),
                    "a limit keeps itself: {gate:?}"
                );
                if let Some(slice) = &gate.slice {
                    assert!(text.contains(&slice.text) || text.contains('\\'), "{slice:?}");
                }
            }
        }
        Err(fault) => points_inside(&fault, Code::InvalidContract, text),
    }
}

pub(crate) fn rubric_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(rubric) = assay_review::rubric::parse(text) else {
        return;
    };
    let keys = [
        rubric.labels.len(),
        rubric.criteria.len(),
        rubric.exclude_reasons.len(),
    ];
    assert!(keys.iter().all(|count| *count <= 9) && keys[2] > 0, "{rubric:?}");
    assert!(
        rubric
            .criteria
            .iter()
            .all(|criterion| (2..=9).contains(&criterion.max)),
        "{rubric:?}"
    );
}
