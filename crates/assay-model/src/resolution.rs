//! Which origin follows from the evidence?
//!
//! The strongest kind decides. Pieces of evidence of equal strength that contradict each other decide nothing: the origin is
//! unknown, and that is a conflict. Indexing and recomputing both ask here, so evidence that comes later gives the origin
//! it would have given at once. Deliberately absent: which rule of a map speaks (the first that matches; `assay-read`), and
//! where evidence is kept.

use serde::{Deserialize, Serialize};

use crate::{Evidence, EvidenceKind, Origin, SourceClass};

/// Who made one part, and how that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resolved {
    pub origin: Origin,
    pub source_class: SourceClass,
    /// The greatest confidence among the evidence that decided; 0 where none did.
    pub confidence: f64,
    /// Whether the strongest evidence contradicts itself.
    pub conflict: bool,
    /// Strength of the evidence that decided or contradicts itself; `None` where nothing says who made it.
    pub rank: Option<u8>,
}

/// Who made a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// In reading order.
    pub parts: Vec<Resolved>,
    /// Combined over the parts.
    pub origin: Origin,
    /// That of all parts if they agree, else unknown.
    pub source_class: SourceClass,
    /// The least of the parts' confidences.
    pub confidence: f64,
    pub conflict: bool,
}

/// What a piece of evidence did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The origin follows from it.
    Decides,
    /// It is as strong as another that says otherwise.
    Contradicts,
    /// Weaker than what decided, and of the same mind.
    Agrees,
    /// Weaker than what decided, and of another mind.
    Overruled,
    /// It does not say who made the text.
    Silent,
}

/// Decides the origin of each of `parts` parts. The order of the evidence does not matter.
pub fn resolve(parts: usize, evidence: &[Evidence]) -> Resolution {
    let all: Vec<&Evidence> = evidence.iter().collect();
    let resolved = without_mixed_whole(parts, &all).unwrap_or_else(|| each_part(parts, &all));
    let class = resolved.first().map(|part| part.source_class).unwrap_or_default();
    Resolution {
        origin: Origin::combine(resolved.iter().map(|part| part.origin)),
        source_class: if resolved.iter().all(|part| part.source_class == class) {
            class
        } else {
            SourceClass::Unknown
        },
        confidence: resolved.iter().map(|part| part.confidence).fold(1.0, f64::min),
        conflict: resolved.iter().any(|part| part.conflict),
        parts: resolved,
    }
}

/// What a piece of evidence did to a part that came out as `resolved`.
pub fn effect(evidence: &Evidence, resolved: &Resolved) -> Effect {
    let says = says_who(evidence);
    match resolved.rank {
        _ if !says => Effect::Silent,
        Some(rank) if rank == evidence.kind.rank() => match resolved.conflict {
            true => Effect::Contradicts,
            false if evidence.origin == resolved.origin => Effect::Decides,
            // A reviewer who cannot tell beside one who can; or parts that a judgement on the whole leaves as they are.
            false => Effect::Agrees,
        },
        // A judgement on the whole, borne out by parts that weaker evidence tells apart.
        Some(rank) if evidence.kind.rank() < rank => Effect::Agrees,
        _ if evidence.origin == resolved.origin => Effect::Agrees,
        _ => Effect::Overruled,
    }
}

/// Whether it speaks of the part, or of all.
pub fn speaks_of(evidence: &Evidence, part: u32) -> bool {
    evidence.part.is_none_or(|spoken| spoken == part)
}

/// Unknown is an answer only from somebody who looked: a reviewer. A field or a rule that says unknown says nothing.
fn says_who(evidence: &Evidence) -> bool {
    evidence.kind.decides()
        && (evidence.origin != Origin::Unknown || evidence.kind == EvidenceKind::ReviewerJudgement)
}

fn each_part(parts: usize, evidence: &[&Evidence]) -> Vec<Resolved> {
    (0..parts as u32)
        .map(|part| {
            let of_part: Vec<&Evidence> = evidence
                .iter()
                .copied()
                .filter(|each| speaks_of(each, part))
                .collect();
            one(&of_part)
        })
        .collect()
}

/// A reviewer's "mixed" about the whole is borne out by parts that are known and differ, and leaves them as they are.
fn without_mixed_whole(parts: usize, evidence: &[&Evidence]) -> Option<Vec<Resolved>> {
    let is_mixed_whole = |each: &&Evidence| {
        each.kind == EvidenceKind::ReviewerJudgement && each.part.is_none() && each.origin == Origin::Mixed
    };
    if parts < 2 || !evidence.iter().any(is_mixed_whole) {
        return None;
    }
    let others: Vec<&Evidence> = evidence
        .iter()
        .copied()
        .filter(|each| !is_mixed_whole(each))
        .collect();
    let resolved = each_part(parts, &others);
    let known = resolved.iter().all(|part| part.origin != Origin::Unknown);
    let differ = resolved.windows(2).any(|pair| pair[0].origin != pair[1].origin);
    (known && differ).then_some(resolved)
}

fn one(evidence: &[&Evidence]) -> Resolved {
    let Some(rank) = evidence
        .iter()
        .filter(|each| says_who(each))
        .map(|each| each.kind.rank())
        .min()
    else {
        return undecided(evidence);
    };
    let strongest = || {
        evidence
            .iter()
            .filter(|each| says_who(each) && each.kind.rank() == rank)
    };
    let mut known: Vec<Origin> = strongest()
        .map(|each| each.origin)
        .filter(|origin| *origin != Origin::Unknown)
        .collect();
    known.sort_unstable();
    known.dedup();
    let conflict = known.len() > 1;
    let origin = if conflict {
        Origin::Unknown
    } else {
        known.first().copied().unwrap_or_default()
    };
    let confidence = if conflict {
        0.0
    } else {
        greatest(strongest().filter(|each| each.origin == origin))
    };
    Resolved {
        origin,
        source_class: source_class(evidence, origin, conflict.then_some(rank)),
        confidence,
        conflict,
        rank: Some(rank),
    }
}

/// Nothing says who made it; how it came may still be known.
fn undecided(evidence: &[&Evidence]) -> Resolved {
    let deciding = || evidence.iter().filter(|each| each.kind.decides());
    let rank = deciding().map(|each| each.kind.rank()).min();
    Resolved {
        source_class: source_class(evidence, Origin::Unknown, None),
        confidence: greatest(deciding().filter(|each| Some(each.kind.rank()) == rank)),
        ..Resolved::default()
    }
}

fn greatest<'a>(evidence: impl Iterator<Item = &'a &'a Evidence>) -> f64 {
    evidence.map(|each| each.confidence).fold(0.0, f64::max)
}

/// The class that the strongest evidence names and that can be true of the origin. A reviewer is asked who made a text, not
/// how it came, so a judgement is heard last. Classes that contradict each other at equal strength leave it unknown.
fn source_class(evidence: &[&Evidence], origin: Origin, contradicting: Option<u8>) -> SourceClass {
    let fits = |each: &Evidence| {
        contradicting.is_some()
            || each.origin == origin
            || matches!(each.source_class.origin(), implied if implied == Origin::Unknown || implied == origin)
    };
    let last = |each: &Evidence| match each.kind {
        EvidenceKind::ReviewerJudgement => u8::MAX,
        kind => kind.rank(),
    };
    let mut named: Vec<(u8, bool, SourceClass)> = evidence
        .iter()
        .filter(|each| each.kind.decides() && each.source_class != SourceClass::Unknown && fits(each))
        .map(|each| (last(each), each.origin != origin, each.source_class))
        .collect();
    named.sort_unstable();
    let Some(&(rank, other, class)) = named.first() else {
        return SourceClass::Unknown;
    };
    let mut equals = named.iter().take_while(|each| (each.0, each.1) == (rank, other));
    if equals.all(|each| each.2 == class) {
        class
    } else {
        SourceClass::Unknown
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(kind: EvidenceKind, origin: Origin) -> Evidence {
        Evidence {
            part: None,
            kind,
            origin,
            source_class: SourceClass::Unknown,
            confidence: 0.9,
            source: String::new(),
            value: String::new(),
            generator: None,
            record: None,
        }
    }

    fn about(part: u32, kind: EvidenceKind, origin: Origin) -> Evidence {
        Evidence {
            part: Some(part),
            ..of(kind, origin)
        }
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        (
            proptest::option::of(0_u32..3),
            0_usize..EvidenceKind::ALL.len(),
            0_usize..Origin::ALL.len(),
            0_usize..SourceClass::ALL.len(),
            0.0_f64..=1.0,
        )
            .prop_map(|(part, kind, origin, class, confidence)| Evidence {
                part,
                source_class: SourceClass::ALL[class],
                confidence,
                ..of(EvidenceKind::ALL[kind], Origin::ALL[origin])
            })
    }

    proptest! {
        #[test]
        fn the_order_of_the_evidence_does_not_matter(
            (evidence, shuffled) in proptest::collection::vec(any_evidence(), 0..8)
                .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
            parts in 1_usize..4,
        ) {
            prop_assert_eq!(resolve(parts, &evidence), resolve(parts, &shuffled));
        }

        #[test]
        fn evidence_said_twice_changes_nothing(
            evidence in proptest::collection::vec(any_evidence(), 1..6), parts in 1_usize..4,
        ) {
            let twice: Vec<Evidence> = evidence.iter().chain(&evidence).cloned().collect();
            prop_assert_eq!(resolve(parts, &evidence), resolve(parts, &twice));
        }

        #[test]
        fn a_stronger_kind_always_wins(
            evidence in proptest::collection::vec(any_evidence(), 0..8), parts in 1_usize..4, origin in 0_usize..3,
        ) {
            let strongest = of(EvidenceKind::ReviewerJudgement, Origin::ALL[origin]);
            let mut all: Vec<Evidence> =
                evidence.into_iter().filter(|each| each.kind != EvidenceKind::ReviewerJudgement).collect();
            all.push(strongest.clone());
            let found = resolve(parts, &all);
            prop_assert!(!found.conflict || strongest.origin == Origin::Mixed);
            prop_assert_eq!(found.origin, strongest.origin);
        }

        #[test]
        fn a_stylometric_score_never_decides(
            evidence in proptest::collection::vec(any_evidence(), 0..8), parts in 1_usize..4, origin in 0_usize..3,
        ) {
            let mut scored = evidence.clone();
            scored.push(of(EvidenceKind::Stylometric, Origin::ALL[origin]));
            prop_assert_eq!(resolve(parts, &evidence), resolve(parts, &scored));
        }

        #[test]
        fn equals_that_contradict_each_other_leave_the_origin_unknown(
            weaker in proptest::collection::vec(any_evidence(), 0..6), kind in 0_usize..10,
        ) {
            let kind = EvidenceKind::ALL[kind];
            let mut all: Vec<Evidence> =
                weaker.into_iter().filter(|each| each.kind.rank() > kind.rank()).collect();
            all.extend([of(kind, Origin::Human), of(kind, Origin::Machine)]);
            let found = resolve(1, &all);
            prop_assert_eq!((found.origin, found.conflict, found.confidence), (Origin::Unknown, true, 0.0));
        }
    }

    #[test]
    fn the_kinds_are_ordered_as_the_metrics_say() {
        let ranks: Vec<u8> = EvidenceKind::ALL.iter().map(|kind| kind.rank()).collect();
        assert!(ranks.is_sorted());
        assert!(
            EvidenceKind::ALL
                .iter()
                .all(|kind| EvidenceKind::parse(kind.as_str()) == Some(*kind))
        );
    }

    #[test]
    fn a_declared_field_and_a_rule_are_equals() {
        let found = resolve(
            1,
            &[
                of(EvidenceKind::Declared, Origin::Human),
                of(EvidenceKind::Rule, Origin::Machine),
            ],
        );
        assert_eq!((found.origin, found.conflict), (Origin::Unknown, true));
    }

    #[test]
    fn what_says_unknown_says_nothing_unless_a_reviewer_does() {
        let phrase = of(EvidenceKind::SelfDisclosure, Origin::Machine);
        let found = resolve(1, &[of(EvidenceKind::Rule, Origin::Unknown), phrase.clone()]);
        assert_eq!(found.origin, Origin::Machine);
        let looked = of(EvidenceKind::ReviewerJudgement, Origin::Unknown);
        let found = resolve(1, &[looked.clone(), phrase]);
        assert_eq!((found.origin, found.conflict), (Origin::Unknown, false));
        let found = resolve(1, &[looked, of(EvidenceKind::ReviewerJudgement, Origin::Human)]);
        assert_eq!((found.origin, found.conflict), (Origin::Human, false));
    }

    #[test]
    fn a_judgement_that_the_whole_is_mixed_leaves_parts_that_are_told_apart() {
        let mixed = of(EvidenceKind::ReviewerJudgement, Origin::Mixed);
        let told = [
            about(0, EvidenceKind::Rule, Origin::Human),
            about(1, EvidenceKind::GenerationRecord, Origin::Machine),
            mixed.clone(),
        ];
        let origins = |found: &Resolution| found.parts.iter().map(|part| part.origin).collect::<Vec<_>>();
        assert_eq!(origins(&resolve(2, &told)), [Origin::Human, Origin::Machine]);
        assert_eq!(
            origins(&resolve(2, &[told[0].clone(), mixed])),
            [Origin::Mixed, Origin::Mixed]
        );
    }

    #[test]
    fn how_a_text_came_survives_a_judgement_on_who_made_it() {
        let partner = Evidence {
            source_class: SourceClass::PartnerProvided,
            ..of(EvidenceKind::Rule, Origin::Unknown)
        };
        let human = Evidence {
            source_class: SourceClass::HumanAuthored,
            ..of(EvidenceKind::ReviewerJudgement, Origin::Human)
        };
        let found = resolve(1, &[partner, human.clone()]);
        assert_eq!(
            (found.origin, found.source_class),
            (Origin::Human, SourceClass::PartnerProvided)
        );
        let synthetic = Evidence {
            source_class: SourceClass::Synthetic,
            ..of(EvidenceKind::Rule, Origin::Machine)
        };
        let found = resolve(1, &[synthetic, human]);
        assert_eq!(
            (found.origin, found.source_class),
            (Origin::Human, SourceClass::HumanAuthored)
        );
    }

    #[test]
    fn each_piece_of_evidence_tells_what_it_did() {
        let evidence = [
            of(EvidenceKind::ReviewerJudgement, Origin::Human),
            of(EvidenceKind::Declared, Origin::Machine),
            of(EvidenceKind::BeforeCutOff, Origin::Human),
            of(EvidenceKind::Stylometric, Origin::Machine),
        ];
        let found = resolve(1, &evidence);
        let effects: Vec<Effect> = evidence
            .iter()
            .map(|each| effect(each, &found.parts[0]))
            .collect();
        assert_eq!(
            effects,
            [Effect::Decides, Effect::Overruled, Effect::Agrees, Effect::Silent]
        );
    }
}
