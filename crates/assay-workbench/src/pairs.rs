//! The pairs behind a number, with what a person needs to tell the two apart.

use assay_index::{Index, Located, PairFilter, Snapshot};
use assay_measure::{AcrossPair, AcrossSample};
use assay_model::{Code, Fault};

use crate::across::AcrossFound;
use crate::samples::located;
use crate::wire::{PairJudged, PairSide, PairsPage, SamplePair};

/// A page of a snapshot's compared pairs, the most alike first.
pub fn page(
    index: &Index,
    snapshot: &Snapshot,
    filter: &PairFilter,
    offset: u64,
    limit: u64,
) -> Result<PairsPage, Fault> {
    let (pairs, total) = index.pairs(snapshot, filter, offset, limit)?;
    let rows = pairs.into_iter().map(|pair| {
        Ok(SamplePair {
            a: side(index, snapshot, pair.a, pair.representative == Some(pair.a))?,
            b: side(index, snapshot, pair.b, pair.representative == Some(pair.b))?,
            kind: pair.kind,
            jaccard: pair.jaccard,
            containment: pair.containment,
            accepted: pair.accepted,
            judged: pair.judgement.map(|judgement| PairJudged {
                entry: judgement.entry,
                by: judgement.by,
                reason: judgement.reason,
            }),
        })
    });
    Ok(PairsPage {
        total,
        rows: rows.collect::<Result<_, Fault>>()?,
    })
}

/// A page of the pairs between two sides, named as `NAME@N` in either order: exact, then normalised, then near.
pub fn across_page(
    index: &Index,
    across: &AcrossFound,
    (one, other): (&str, &str),
    kind: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<PairsPage, Fault> {
    let number = |name: &str| {
        let named = |snapshot: &Snapshot| format!("{}@{}", snapshot.dataset, snapshot.number) == name;
        across.sides.iter().position(named).ok_or_else(|| {
            Fault::new(
                Code::UnknownDataset,
                format!("`{}` was not compared", assay_model::fault::one_line(name)),
                "choose a cell of the matrix",
            )
        })
    };
    let (one, other) = (number(one)?, number(other)?);
    let sides = (one.min(other), one.max(other));
    // Pairs that somebody judged apart are not in the counts, and so not behind them.
    let wanted: Vec<&AcrossPair> = across
        .found
        .pairs
        .iter()
        .filter(|pair| (pair.a.side, pair.b.side) == sides && pair.judged.is_none())
        .filter(|pair| kind.is_none_or(|kind| pair.kind.as_str() == kind))
        .collect();
    let named = |sample: AcrossSample| side(index, &across.sides[sample.side], sample.sample, false);
    let rows = wanted
        .iter()
        .skip(offset as usize)
        .take(limit as usize)
        .map(|pair| {
            Ok(SamplePair {
                a: named(pair.a)?,
                b: named(pair.b)?,
                kind: pair.kind.as_str().to_owned(),
                jaccard: pair.jaccard,
                containment: pair.containment,
                accepted: true,
                judged: None,
            })
        });
    Ok(PairsPage {
        total: wanted.len() as u64,
        rows: rows.collect::<Result<_, Fault>>()?,
    })
}

fn side(index: &Index, snapshot: &Snapshot, sample: u64, representative: bool) -> Result<PairSide, Fault> {
    let located: Located = located(index, snapshot, sample)?;
    let preview = index.preview(sample)?;
    Ok(PairSide {
        sample,
        digest: located.digest.to_string(),
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        path: located.path,
        line: located.line,
        id: located.id.unwrap_or_default(),
        origin: located.origin,
        source: located
            .dimensions
            .get("source")
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned(),
        tokens: located.tokens,
        text: preview.chars().take(120).collect(),
        representative,
    })
}
