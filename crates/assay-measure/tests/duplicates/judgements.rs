//! What people said of duplicates, and what follows from it for pairs, clusters, rates and what is kept.

use crate::fixture::{Sample, Snapshot};
use assay_measure::{Judged, Kind};
use assay_model::{Digest, KeepPolicy, Origin};

const DOSE: &str = "Take five milligrams of the tablets once a week with a large glass of water and do not take them \
    on any other day unless the clinic tells you so in writing; the first one is due on Monday";

fn digest(text: &str) -> Digest {
    assay_sketch::sample_digest(&[("document", text)])
}

fn judged(reason: &str) -> Judged {
    Judged {
        entry: "e".to_owned(),
        by: "Dr. Okafor".to_owned(),
        reason: reason.to_owned(),
    }
}

fn apart(snapshot: &mut Snapshot, a: &str, b: &str) {
    let (a, b) = (digest(a), digest(b));
    let pair = (a.min(b), a.max(b));
    snapshot
        .inputs
        .judgements
        .apart
        .insert(pair, judged("the day differs"));
}

#[test]
fn a_pair_judged_apart_is_rejected_with_its_reason_and_no_longer_redundant() {
    let other = DOSE.replace("Monday", "Friday");
    let samples = [
        Sample::new(DOSE, Origin::Human),
        Sample::new(&other, Origin::Human),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    let (before, found) = snapshot.measure();
    assert_eq!((before.duplication.near.redundant, found.clusters.len()), (1, 1));
    assert_eq!(before.unique.human.samples, 1);

    apart(&mut snapshot, DOSE, &other);
    let (after, found) = snapshot.measure();
    let near = &after.duplication.near;
    assert_eq!((near.redundant, near.clusters, found.clusters.len()), (0, 0, 0));
    assert_eq!(
        (near.verified_pairs, near.rejected_pairs, near.judged_apart),
        (0, 1, 1)
    );
    assert_eq!(after.unique.human.samples, 2, "both are kept");
    assert!(after.duplication.by_origin.is_empty());
    let pair = &found.pairs[0];
    assert!(
        !pair.accepted && pair.jaccard > 0.9,
        "what was measured stays: {pair:?}"
    );
    assert_eq!(pair.judged.as_ref().unwrap().reason, "the day differs");
}

#[test]
fn a_judgement_holds_for_the_copies_of_both_samples() {
    let other = DOSE.replace("Monday", "Friday");
    let shouted = other.to_uppercase();
    let samples = [
        Sample::new(DOSE, Origin::Human),
        Sample::new(DOSE, Origin::Human),
        Sample::new(&other, Origin::Human),
        Sample::new(&shouted, Origin::Human),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    apart(&mut snapshot, DOSE, &other);
    let (measures, found) = snapshot.measure();
    let mut clusters: Vec<Vec<u64>> = found
        .clusters
        .iter()
        .map(|cluster| {
            let mut all: Vec<u64> = cluster.members.iter().map(|member| member.sample).collect();
            all.push(cluster.representative);
            all.sort_unstable();
            all
        })
        .collect();
    clusters.sort();
    assert_eq!(clusters, [vec![1, 2], vec![3, 4]]);
    assert_eq!(measures.duplication.near.redundant, 2);
}

#[test]
fn texts_that_differ_only_in_case_are_parted_too_even_short_ones() {
    let samples = [
        Sample::new("us aid", Origin::Human),
        Sample::new("US aid", Origin::Human),
        Sample::new("US aid", Origin::Human),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    let (before, _) = snapshot.measure();
    assert_eq!(before.duplication.normalised.redundant, 2);
    apart(&mut snapshot, "us aid", "US aid");
    let (after, found) = snapshot.measure();
    assert_eq!(
        (
            after.duplication.normalised.redundant,
            after.duplication.exact.redundant
        ),
        (1, 1)
    );
    let rejected: Vec<_> = found.pairs.iter().filter(|pair| !pair.accepted).collect();
    assert_eq!((rejected.len(), rejected[0].kind), (1, Kind::Normalised));
    assert_eq!(after.duplication.near.judged_apart, 1);
}

#[test]
fn a_judgement_on_samples_that_are_not_here_changes_nothing() {
    let samples = [Sample::new(DOSE, Origin::Human), Sample::new(DOSE, Origin::Human)];
    let mut snapshot = Snapshot::of(&samples, 1);
    let before = snapshot.measure();
    apart(&mut snapshot, "somewhere", "else");
    assert_eq!(snapshot.measure(), before);
}

#[test]
fn a_kept_sample_represents_its_cluster_and_the_reason_says_who_said_so() {
    let other = DOSE.replace("Monday", "Friday");
    let samples = [
        Sample::new(DOSE, Origin::Human),
        Sample::new(&other, Origin::Machine),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    let (_, found) = snapshot.measure();
    assert_eq!(found.clusters[0].representative, 1);
    let kept = &mut snapshot.inputs.judgements.kept;
    kept.push((digest(&other), judged("the corrected leaflet")));
    let (measures, found) = snapshot.measure();
    assert_eq!(
        (
            found.clusters[0].representative,
            found.clusters[0].reason.as_str()
        ),
        (2, "kept by Dr. Okafor: the corrected leaflet")
    );
    assert_eq!(measures.unique.machine.samples, 1);
    // Somebody changes their mind: the last word counts.
    snapshot
        .inputs
        .judgements
        .kept
        .push((digest(DOSE), judged("no, the first")));
    let (_, found) = snapshot.measure();
    assert_eq!(found.clusters[0].reason, "kept by Dr. Okafor: no, the first");
}

#[test]
fn a_keep_policy_chooses_another_representative_and_is_named() {
    let longer = format!("{DOSE} and keep this leaflet");
    let samples = [
        Sample::new(&longer, Origin::Machine),
        Sample::new(DOSE, Origin::Human),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    let kept = |snapshot: &Snapshot| {
        let (measures, found) = snapshot.measure();
        assert_eq!(
            measures.duplication.keep_policy,
            snapshot.inputs.judgements.policy
        );
        (found.clusters[0].representative, found.clusters[0].reason.clone())
    };
    assert_eq!(kept(&snapshot), (2, "human origin".to_owned()));
    snapshot.inputs.judgements.policy = KeepPolicy::First;
    assert_eq!(
        kept(&snapshot),
        (1, "first in the dataset, by the keep policy".to_owned())
    );
    snapshot.inputs.judgements.policy = KeepPolicy::Longest;
    assert_eq!(kept(&snapshot), (1, "longest, by the keep policy".to_owned()));
}

#[test]
fn members_say_at_which_level_they_are_redundant_and_the_levels_add_up_to_the_rates() {
    let (other, shouted) = (DOSE.replace("Monday", "Friday"), DOSE.to_uppercase());
    let samples: Vec<Sample> = [DOSE, DOSE, &shouted, &other, &other, "a word of its own"]
        .iter()
        .map(|text| Sample::new(text, Origin::Human))
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let level = |kind| {
        let members = found.clusters.iter().flat_map(|cluster| &cluster.members);
        members.filter(|member| member.redundant == kind).count() as u64
    };
    let (exact, normalised, near) = (level(Kind::Exact), level(Kind::Normalised), level(Kind::Near));
    let duplication = &measures.duplication;
    assert_eq!((exact, normalised, near), (2, 1, 1));
    assert_eq!(exact, duplication.exact.redundant);
    assert_eq!(exact + normalised, duplication.normalised.redundant);
    assert_eq!(exact + normalised + near, duplication.near.redundant);
}

#[test]
fn a_source_is_warned_of_beyond_the_limit_that_was_set() {
    let samples: Vec<Sample> = (0..4)
        .map(|i| {
            Sample::new(if i < 2 { DOSE } else { ["one", "two"][i - 2] }, Origin::Human).source("leaflets")
        })
        .collect();
    let mut snapshot = Snapshot::of(&samples, 1);
    let warned = |snapshot: &Snapshot| {
        let (measures, _) = snapshot.measure();
        let row = &measures.duplication.removal[0];
        assert_eq!((row.redundant, row.samples), (1, 4));
        row.warned
    };
    assert!(!warned(&snapshot));
    snapshot.inputs.settings.removal_limit = 0.2;
    assert!(warned(&snapshot));
}
