//! Which clusters reach over several sides?
//!
//! Stars over the texts of all sides together: members are verified against the representative, never through chains.

use assay_model::{Fault, Progress, Stage, Task};
use assay_near::{Standing, TextSets};
use rustc_hash::FxHashMap;

use super::{AcrossSample, Side, TextKey};
use crate::{Inputs, Judgements, Kind};

/// A representative and the samples of any side that are redundant beside it; more than one side has one.
#[derive(Clone, Debug, PartialEq)]
pub struct AcrossCluster {
    pub representative: AcrossSample,
    /// The rule that chose the representative, in words.
    pub reason: String,
    /// Every copy counts: one member for each sample.
    pub members: Vec<AcrossMember>,
}

/// A sample against its representative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AcrossMember {
    pub sample: AcrossSample,
    pub kind: Kind,
    pub jaccard: f64,
    pub containment: f64,
}

/// A text of any side: its rows by side, and who stands for it.
struct Text {
    /// Side, group.
    groups: Vec<(usize, u32)>,
    standing: Standing,
    best: (usize, u32),
}

/// Clusters with samples of two sides or more, by the place of the representative.
pub fn clusters(
    sides: &[&Inputs],
    judgements: &Judgements,
    task: &Task,
) -> Result<Vec<AcrossCluster>, Fault> {
    let sides = sides
        .iter()
        .map(|inputs| Side::read(inputs, task))
        .collect::<Result<Vec<_>, _>>()?;
    let texts = texts(&sides);
    let long: Vec<usize> = (0..texts.len())
        .filter(|&text| {
            let (side, group) = texts[text].best;
            sides[side].samples.shingles[sides[side].groups.best(group as usize) as usize] > 0
        })
        .collect();
    let near = near(&sides, &texts, &long, judgements, task)?;
    let mut found = Vec::new();
    let mut in_star = vec![false; texts.len()];
    for star in near.stars {
        let representative = long[star.representative as usize];
        in_star[representative] = true;
        let mut members = vec![(representative, 1.0, 1.0)];
        for member in star.members {
            let text = long[member.text as usize];
            in_star[text] = true;
            members.push((text, member.jaccard, member.containment));
        }
        found.extend(cluster(&sides, &texts, &members, star.reason.as_str()));
    }
    for text in (0..texts.len()).filter(|&text| !in_star[text]) {
        found.extend(cluster(&sides, &texts, &[(text, 1.0, 1.0)], ""));
    }
    found.sort_by_key(|cluster| (cluster.representative.side, cluster.representative.sample));
    Ok(found)
}

/// Distinct texts of all sides.
fn texts(sides: &[Side<'_>]) -> Vec<Text> {
    let mut by_key: FxHashMap<TextKey, usize> = FxHashMap::default();
    let mut texts: Vec<Text> = Vec::new();
    for (number, side) in sides.iter().enumerate() {
        for group in 0..side.groups.len() as u32 {
            let standing = side.standings[side.groups.best(group as usize) as usize];
            let at = *by_key.entry(side.key(group as usize)).or_insert_with(|| {
                texts.push(Text {
                    groups: Vec::new(),
                    standing,
                    best: (number, group),
                });
                texts.len() - 1
            });
            let text = &mut texts[at];
            text.groups.push((number, group));
            if standing < text.standing {
                text.standing = standing;
                text.best = (number, group);
            }
        }
    }
    texts
}

fn near(
    sides: &[Side<'_>],
    texts: &[Text],
    long: &[usize],
    judgements: &Judgements,
    task: &Task,
) -> Result<assay_near::Near, Fault> {
    let (mut readers, mut first_of) = (Vec::new(), Vec::new());
    for side in sides {
        first_of.push(readers.len() as u32);
        readers.extend(side.readers()?);
    }
    let rows = long.iter().map(|&text| {
        let (side, group) = texts[text].best;
        let (segment, row) = sides[side].set_of(group);
        (first_of[side] + segment, row)
    });
    let sets = TextSets::new(readers, rows.collect());
    let standings: Vec<Standing> = long.iter().map(|&text| texts[text].standing).collect();
    let first = sides.first().map(|side| &side.inputs.settings);
    let settings = match first {
        Some(first) => assay_near::Settings {
            jaccard: first.jaccard,
            containment: first.containment,
            ..assay_near::Settings::default()
        },
        None => assay_near::Settings::default(),
    };
    let report = |fraction| {
        task.report(&Progress {
            stage: Stage::Duplication,
            fraction,
            ..Progress::default()
        });
    };
    assay_near::find(
        &sets,
        &standings,
        &apart(sides, texts, long, judgements),
        &settings,
        task,
        &report,
    )
}

fn apart(sides: &[Side<'_>], texts: &[Text], long: &[usize], judgements: &Judgements) -> assay_near::Apart {
    let mut apart = assay_near::Apart::default();
    let Some(judged) = judgements.judged_digests() else {
        return apart;
    };
    let mut text_of = FxHashMap::default();
    for (number, &text) in long.iter().enumerate() {
        for &(side, group) in &texts[text].groups {
            for (digest, _) in sides[side].digests(group) {
                if judged.contains(&digest) {
                    text_of.insert(digest, number as u32);
                }
            }
        }
    }
    for (a, b) in judgements.apart.keys() {
        if let (Some(&a), Some(&b)) = (text_of.get(a), text_of.get(b)) {
            apart.add(a, b);
        }
    }
    apart
}

/// The samples of these texts, the first of them leading; none where all are of one side.
fn cluster(
    sides: &[Side<'_>],
    texts: &[Text],
    members: &[(usize, f64, f64)],
    reason: &str,
) -> Option<AcrossCluster> {
    let (leading, _, _) = *members.first()?;
    let of_side = |(side, _): &(usize, u32)| *side;
    let first_side = of_side(&texts[leading].best);
    let several = members
        .iter()
        .flat_map(|(text, _, _)| &texts[*text].groups)
        .any(|group| of_side(group) != first_side);
    if !several {
        return None;
    }
    let (side, group) = texts[leading].best;
    let row = sides[side].groups.best(group as usize);
    let (digest, representative) = (
        sides[side].samples.digest[row as usize],
        sides[side].named(side, group, row),
    );
    let mut standing_of_best: Option<Standing> = None;
    let mut found = Vec::new();
    for &(text, jaccard, containment) in members {
        for &(number, group) in &texts[text].groups {
            let side = &sides[number];
            for &row in side.groups.rows(group as usize) {
                let sample = side.named(number, group, row);
                if (sample.side, sample.sample) == (representative.side, representative.sample) {
                    continue;
                }
                let standing = side.standings[row as usize];
                standing_of_best = Some(standing_of_best.map_or(standing, |best| best.min(standing)));
                let kind = if text != leading {
                    Kind::Near
                } else if side.samples.digest[row as usize] == digest {
                    Kind::Exact
                } else {
                    Kind::Normalised
                };
                found.push(AcrossMember {
                    sample,
                    kind,
                    jaccard,
                    containment,
                });
            }
        }
    }
    let by_copies = standing_of_best.map_or("", |best| texts[leading].standing.reason_over(&best).as_str());
    Some(AcrossCluster {
        representative,
        reason: if reason.is_empty() { by_copies } else { reason }.to_owned(),
        members: found,
    })
}
