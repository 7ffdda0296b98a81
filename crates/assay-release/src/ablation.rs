//! Releases that differ in nothing but their share of machine samples.

use std::collections::BTreeSet;

use assay_model::{Code, Fault, Origin};

use crate::plan::key;
use crate::{Candidate, Plan};

/// Sets of one size that differ in their share of machine samples: for each ratio, samples in path order.
///
/// Human and machine samples of the plan are taken from the start of the keyed order, so a set with fewer of either holds a subset
/// of those in a set with more. The size is the largest at which every ratio can be met; mixed and unknown samples are in none.
pub fn ablations(
    plan: &Plan,
    candidates: &[Candidate],
    seed: u64,
    ratios: &[f64],
) -> Result<Vec<BTreeSet<u64>>, Fault> {
    let released: BTreeSet<u64> = plan.kept().collect();
    let of = |origin: Origin| {
        let mut of: Vec<&Candidate> = candidates
            .iter()
            .filter(|candidate| candidate.origin == origin && released.contains(&candidate.sample))
            .collect();
        of.sort_by_cached_key(|candidate| {
            (
                key(seed, &candidate.digest),
                candidate.path.clone(),
                candidate.ordinal,
            )
        });
        of
    };
    let (human, machine) = (of(Origin::Human), of(Origin::Machine));
    let split = |size: usize, ratio: f64| {
        let machine = (ratio * size as f64).round() as usize;
        (size - machine, machine)
    };
    let fits = |size: &usize| {
        ratios.iter().all(|ratio| {
            let (humans, machines) = split(*size, *ratio);
            humans <= human.len() && machines <= machine.len()
        })
    };
    let size = (0..=human.len() + machine.len()).rev().find(fits).unwrap_or(0);
    if size == 0 {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "{} human and {} machine samples are released; no size meets every ratio",
                human.len(),
                machine.len()
            ),
            "choose other ratios, or release samples of both origins",
        ));
    }
    Ok(ratios
        .iter()
        .map(|ratio| {
            let (humans, machines) = split(size, *ratio);
            human[..humans]
                .iter()
                .chain(&machine[..machines])
                .map(|candidate| candidate.sample)
                .collect()
        })
        .collect())
}
