//! What a correct index of the sample dataset must count: `planted.json`, and its words in `README.md`.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::Content;
use super::damage::{Damaged, POINTER};
use super::plant::Planted;
use super::record::Record;
use super::similar::{Neighbourhood, shingles, words};

/// The counts, from the records themselves and a brute force over all pairs.
pub fn manifest(contents: &[Content], damaged: &[Damaged], planted: &Planted) -> Result<Value, String> {
    let mut records: Vec<(&str, &Record)> = contents.iter().flat_map(with_path).collect();
    records.extend(
        damaged
            .iter()
            .flat_map(|file| file.indexed.iter().map(|record| (file.path, record))),
    );
    let quarantined: usize = damaged.iter().map(|file| file.quarantined.len()).sum();
    let duplication = duplication(&records)?;
    let copies: Vec<Value> = planted
        .copies
        .iter()
        .map(|copy| json!({"kind": copy.kind, "original": copy.original, "copy": copy.copy}))
        .collect();
    Ok(json!({
        "files": {
            "seen": contents.len() + damaged.len() + 1,
            "read": contents.len() + damaged.len(),
            "refused": [{"path": POINTER.0, "code": "git_lfs_pointer"}],
        },
        "samples": {"seen": records.len() + quarantined, "indexed": records.len(), "quarantined": quarantined},
        "quarantine": damaged.iter().flat_map(|file| file.quarantined.iter()
            .map(|(line, codes)| json!({"path": file.path, "line": line, "codes": codes}))).collect::<Vec<_>>(),
        "flags": damaged.iter().flat_map(|file| file.flagged.iter()
            .map(|code| json!({"path": file.path, "code": code}))).collect::<Vec<_>>(),
        "origin": tally(records.iter().map(|(_, record)| record.origin())),
        "domain_origin": tally(records.iter().map(|(_, record)| format!("{} {}", record.domain, record.origin()))),
        "language_declared": tally(records.iter().filter_map(|(_, record)| record.language.clone())),
        "intent": intents(&records),
        "conflicts": planted.copies.iter().filter(|copy| copy.kind == "conflict").count(),
        "duplication": duplication,
        "misdeclared": planted.misdeclared,
        "copies": copies,
    }))
}

fn with_path(content: &Content) -> impl Iterator<Item = (&str, &Record)> {
    content
        .records
        .iter()
        .map(|record| (content.path.as_str(), record))
}

fn tally<T: Into<String>>(words: impl Iterator<Item = T>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.into()).or_default() += 1;
    }
    counts
}

fn intents(records: &[(&str, &Record)]) -> Value {
    let counts = tally(records.iter().filter_map(|(_, record)| record.intent.clone()));
    let times = |times| counts.values().filter(|count| **count == times).count();
    json!({
        "observations": counts.values().sum::<u64>(),
        "classes": counts.len(),
        "singletons": times(1),
        "doubletons": times(2),
    })
}

/// Groups and pairs, by comparing everything with everything.
fn duplication(records: &[(&str, &Record)]) -> Result<Value, String> {
    let exact = groups(records.iter().map(|(_, record)| format!("{:?}", record.parts())));
    let texts: Vec<String> = records
        .iter()
        .map(|(_, record)| words(&record.joined()).join(" "))
        .collect();
    let normalised = groups(texts.iter().cloned());
    let mut near = Neighbourhood::default();
    let mut distinct: HashMap<&str, usize> = HashMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut pairs: Vec<(usize, usize, f64, f64)> = Vec::new();
    let mut doubts: Vec<String> = Vec::new();
    for (place, (text, (_, record))) in texts.iter().zip(records).enumerate() {
        if let Some(same) = distinct.get(text.as_str()) {
            members[*same].push(place);
            continue;
        }
        let runs = shingles(&record.joined());
        for (other, likeness) in near.likenesses(&runs) {
            if likeness.is_doubtful() {
                let other = records[members[other][0]].1;
                doubts.push(format!("{} and {}: {likeness:?}", record.id, other.id));
            }
            if likeness.is_near() {
                pairs.push((other, members.len(), likeness.jaccard, likeness.containment));
            }
        }
        near.add(&runs);
        distinct.insert(text, members.len());
        members.push(vec![place]);
    }
    if !doubts.is_empty() {
        return Err(format!("neither alike nor apart: {}", doubts.join("; ")));
    }
    let clusters = clusters(&members, &pairs)?;
    let listed: Vec<Value> = pairs
        .iter()
        .map(|(a, b, jaccard, containment)| {
            let id = |text: &usize| records[members[*text][0]].1.id.clone();
            let round = |value: &f64| (value * 1000.0).round() / 1000.0;
            json!({"a": id(a), "b": id(b), "jaccard": round(jaccard), "containment": round(containment)})
        })
        .collect();
    Ok(json!({"exact": exact, "normalised": normalised, "near": {
        "clusters": clusters.0, "redundant": clusters.1, "verified_pairs": pairs.len(), "pairs": listed}}))
}

fn groups(keys: impl Iterator<Item = String>) -> Value {
    let counts = tally(keys);
    let several = counts.values().filter(|count| **count > 1);
    json!({"groups": several.clone().count(), "redundant": several.map(|count| count - 1).sum::<u64>()})
}

/// Clusters of two or more rows and their redundant rows. Each is a star by construction: one text is near all others.
fn clusters(members: &[Vec<usize>], pairs: &[(usize, usize, f64, f64)]) -> Result<(usize, usize), String> {
    let mut leader: Vec<usize> = (0..members.len()).collect();
    fn find(leader: &[usize], mut text: usize) -> usize {
        while leader[text] != text {
            text = leader[text];
        }
        text
    }
    for (a, b, _, _) in pairs {
        let (a, b) = (find(&leader, *a), find(&leader, *b));
        leader[b.max(a)] = a.min(b);
    }
    let mut rows: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (text, copies) in members.iter().enumerate() {
        let cluster = rows.entry(find(&leader, text)).or_default();
        *cluster = (cluster.0 + 1, cluster.1 + copies.len());
    }
    let mut partners = vec![0; members.len()];
    for (a, b, _, _) in pairs {
        partners[*a] += 1;
        partners[*b] += 1;
    }
    for (first, (texts, _)) in rows.iter().filter(|(_, (texts, _))| *texts > 1) {
        if !(0..members.len()).any(|text| find(&leader, text) == *first && partners[text] == texts - 1) {
            return Err(format!(
                "the cluster of {first} is no star: no member is near all others"
            ));
        }
    }
    let several = rows.values().filter(|(_, rows)| *rows > 1);
    Ok((several.clone().count(), several.map(|(_, rows)| rows - 1).sum()))
}

/// The page beside the data.
pub fn readme(manifest: &Value) -> String {
    let count = |pointer: &str| {
        manifest
            .pointer(pointer)
            .and_then(Value::as_u64)
            .unwrap_or_default()
    };
    let copies = |kind: &str| {
        manifest["copies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|copy| copy["kind"] == kind)
            .count()
    };
    format!(
        include_str!("../../content/README.md.in"),
        indexed = count("/samples/indexed"),
        seen = count("/samples/seen"),
        quarantined = count("/samples/quarantined"),
        files = count("/files/seen"),
        classes = count("/intent/classes"),
        singletons = count("/intent/singletons"),
        exact = copies("exact"),
        normalised = copies("normalised"),
        near = copies("near"),
        machine = copies("machine_copy"),
        truncated = copies("truncated"),
        conflict = copies("conflict"),
        misdeclared = manifest["misdeclared"].as_array().map_or(0, Vec::len),
    )
}
