//! The writing-style signal: training it, lending it to another snapshot, and what it says of one sample.
//!
//! A snapshot's signal is trained on its own declared and judged texts whenever it is measured, so that a report depends
//! on nothing outside it. What was judged since is learned by training again. A snapshot with too few texts of known
//! origin may borrow another's signal; how often that is wrong on it nobody has measured, and every use says so.

use assay_index::{Index, Located, Snapshot, StoredStyle, StyleSaid, StyleScoreRow};
use assay_measure::{StyleModel, StyleScore, Styled};
use assay_model::report::{Proportion, Stylometry};
use assay_model::{Code, Evidence, EvidenceKind, Fault, Origin, SourceClass, Task};
use serde::Serialize;

use crate::judging::Under;
use crate::wire::{Opinions, PartScore, SourceReputation, StyleGroupRate, StyleOpinion};
use crate::{Workspace, measuring};

/// A snapshot's signal as scripts see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StyleState {
    pub dataset: String,
    pub snapshot: u64,
    /// Whose texts it learned from: `NAME@N`.
    pub trained_on: String,
    /// Whether that is this snapshot, so that its error rates were measured here.
    pub own: bool,
    pub stylometry: Stylometry,
}

/// A signal in the form in which it is stored.
pub(crate) fn stored(snapshot: &Snapshot, styled: &Styled) -> (StoredStyle, Vec<StyleScoreRow>) {
    let model = styled.model.as_ref().map(written).unwrap_or_default();
    let stored = StoredStyle {
        trained_on: snapshot.id,
        model,
        summary: styled.summary.clone(),
    };
    (stored, styled.scores.iter().map(score_row).collect())
}

fn written(model: &StyleModel) -> String {
    serde_json::to_string(model).expect("a model has a JSON form")
}

fn score_row(score: &StyleScore) -> StyleScoreRow {
    StyleScoreRow {
        sample: score.sample,
        part: score.part,
        score: score.score,
        trained_as: score.trained_as,
    }
}

/// The signal that a snapshot has.
pub fn state(workspace: &Workspace, dataset: Option<&str>, number: Option<u64>) -> Result<StyleState, Fault> {
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    state_of(&index, &snapshot)
}

fn state_of(index: &Index, snapshot: &Snapshot) -> Result<StyleState, Fault> {
    let stored = index.style(snapshot)?.ok_or_else(|| not_trained(snapshot))?;
    Ok(StyleState {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        trained_on: trained_on(index, snapshot, &stored)?,
        own: stored.trained_on == snapshot.id,
        stylometry: stored.summary,
    })
}

fn not_trained(snapshot: &Snapshot) -> Fault {
    Fault::new(
        Code::Usage,
        format!(
            "{}@{} was measured by a version without this signal",
            snapshot.dataset, snapshot.number
        ),
        "train it with `assay style --train`",
    )
}

fn trained_on(index: &Index, snapshot: &Snapshot, stored: &StoredStyle) -> Result<String, Fault> {
    if stored.trained_on == snapshot.id {
        return Ok(format!("{}@{}", snapshot.dataset, snapshot.number));
    }
    Ok(match index.snapshot_by_id(stored.trained_on)? {
        Some(other) => format!("{}@{}", other.dataset, other.number),
        None => "a snapshot that is gone".to_owned(),
    })
}

/// Trains a snapshot's signal again, with what was judged since it was measured, and scores it.
pub fn train(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    task: &Task,
) -> Result<StyleState, Fault> {
    let mut index = workspace.index_writer()?;
    let snapshot = index.snapshot(dataset, number)?;
    let mut report = index.report(&snapshot)?.ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!("{}@{} is not measured yet", snapshot.dataset, snapshot.number),
            "run `assay report` first",
        )
    })?;
    let inputs = measuring::inputs(
        workspace,
        &index,
        &snapshot,
        &Under::of(workspace, &index, &snapshot)?,
    )?;
    let styled = assay_measure::train_style(
        &inputs,
        &mut |join| {
            index.each_pair(&snapshot, &mut |pair| {
                if pair.accepted {
                    join(pair.a, pair.b);
                }
                Ok(())
            })
        },
        task,
    )?;
    let (stored, scores) = stored(&snapshot, &styled);
    let said = StyleSaid {
        scores: &scores,
        unscored: &styled.unscored,
    };
    report.stylometry = Some(styled.summary);
    index.write_style(&snapshot, Some(&stored), said, Some(&report))?;
    state_of(&index, &snapshot)
}

/// Scores a snapshot with the signal of another one. The counts are of this snapshot, the error rates of the other.
pub fn borrow(
    workspace: &Workspace,
    dataset: Option<&str>,
    number: Option<u64>,
    from: (&str, Option<u64>),
    task: &Task,
) -> Result<StyleState, Fault> {
    let mut index = workspace.index_writer()?;
    let snapshot = index.snapshot(dataset, number)?;
    let lender = index.snapshot(Some(from.0), from.1)?;
    let lent = index.style(&lender)?.ok_or_else(|| not_trained(&lender))?;
    if lent.model.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            format!(
                "{}@{} has no signal to lend: {}",
                lender.dataset,
                lender.number,
                lent.summary.refused.unwrap_or_default()
            ),
            "choose a dataset whose origins are declared or judged",
        ));
    }
    let model: StyleModel = serde_json::from_str(&lent.model)
        .map_err(|error| Fault::internal("reading the style signal", error))?;
    let inputs = measuring::inputs(
        workspace,
        &index,
        &snapshot,
        &Under::of(workspace, &index, &snapshot)?,
    )?;
    let styled = assay_measure::score_style_with(&model, &inputs, task)?;
    let counts = styled.summary;
    let stored = StoredStyle {
        trained_on: lent.trained_on,
        model: lent.model,
        summary: Stylometry {
            scored: counts.scored,
            machine_like: counts.machine_like,
            not_scored: counts.not_scored,
            ..lent.summary
        },
    };
    let scores: Vec<StyleScoreRow> = styled.scores.iter().map(score_row).collect();
    let said = StyleSaid {
        scores: &scores,
        unscored: &styled.unscored,
    };
    index.write_style(&snapshot, Some(&stored), said, None)?;
    state_of(&index, &snapshot)
}

/// What the signal says of one sample, with how often it is wrong; `None` where the snapshot never had a signal.
pub(crate) fn opinion(
    index: &Index,
    snapshot: &Snapshot,
    located: &Located,
    roles: &[String],
) -> Result<Option<StyleOpinion>, Fault> {
    let Some(stored) = index.style(snapshot)? else {
        return Ok(None);
    };
    let scores: Vec<PartScore> = index
        .style_scores(snapshot, located.sample)?
        .into_iter()
        .map(|row| PartScore {
            part: u64::from(row.part),
            score: row.score,
            learned_as: row.trained_as,
        })
        .collect();
    let text = |name: &str| located.dimensions.get(name).and_then(|value| value.as_str());
    let language = text("language").or(located.detected_language.as_deref());
    let role = scores
        .iter()
        .max_by(|a, b| a.score.total_cmp(&b.score))
        .and_then(|best| roles.get(best.part as usize))
        .map(String::as_str);
    let primary = language.map(|language| language.split(['-', '_']).next().unwrap_or_default());
    let own_groups = [
        ("language", primary),
        ("domain", text("domain")),
        ("source", text("source")),
        ("role", role),
    ];
    let summary = &stored.summary;
    let groups = own_groups
        .into_iter()
        .filter_map(|(dimension, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(StyleGroupRate {
                dimension: dimension.to_owned(),
                value: value.to_owned(),
                false_positives: rate_of(summary, dimension, value),
            })
        })
        .collect();
    let no_score = if scores.is_empty() {
        Some(why_none(summary, located.tokens, primary, roles))
    } else {
        None
    };
    Ok(Some(StyleOpinion {
        trained_on: trained_on(index, snapshot, &stored)?,
        own: stored.trained_on == snapshot.id,
        human: summary.human,
        machine: summary.machine,
        threshold: summary.threshold,
        false_positives: summary.false_positives,
        calibration_error: summary.calibration_error,
        groups,
        scores,
        no_score,
    }))
}

fn rate_of(summary: &Stylometry, dimension: &str, value: &str) -> Option<Proportion> {
    summary
        .by_group
        .iter()
        .find(|group| group.dimension == dimension && group.value == value)
        .map(|group| group.false_positives)
}

/// The same as evidence that decides nothing: one row for each score, one for the source's reputation.
pub(crate) fn signals(opinions: &Opinions) -> Vec<Evidence> {
    let signal = |kind, part, source: String, value: String| Evidence {
        part,
        kind,
        origin: Origin::Unknown,
        source_class: SourceClass::Unknown,
        confidence: 0.0,
        source,
        value,
        generator: None,
        record: None,
    };
    let mut rows = Vec::new();
    if let Some(style) = &opinions.style {
        let wrong = style.false_positives.map_or_else(String::new, |wrong| {
            format!(", wrong about {} of {} human texts there", wrong.count, wrong.of)
        });
        for score in &style.scores {
            rows.push(signal(
                EvidenceKind::Stylometric,
                u32::try_from(score.part).ok(),
                format!("style of {}{wrong}", style.trained_on),
                format!("score {:.2}", score.score),
            ));
        }
    }
    if let Some(SourceReputation {
        source,
        machine_share: Some(machine),
        ..
    }) = &opinions.reputation
    {
        rows.push(signal(
            EvidenceKind::SourceReputation,
            None,
            format!("source {source}"),
            format!(
                "{} of {} told samples machine or mixed",
                machine.count, machine.of
            ),
        ));
    }
    rows
}

/// Why a sample has no score, in words.
fn why_none(summary: &Stylometry, tokens: u64, language: Option<&str>, roles: &[String]) -> String {
    if let Some(refused) = &summary.refused {
        return format!("There is no signal: {refused}.");
    }
    if tokens < summary.least_words {
        return format!(
            "Shorter than {} words, too short to tell a style.",
            summary.least_words
        );
    }
    if !summary
        .languages
        .iter()
        .any(|known| Some(known.as_str()) == language)
    {
        return format!(
            "It learned from no text in this language; it knows {}.",
            summary.languages.join(", ")
        );
    }
    if !roles.iter().any(|role| summary.roles.contains(role)) {
        return format!(
            "It learned from no human and machine text in this role; it knows {}.",
            summary.roles.join(", ")
        );
    }
    format!("No part of it has {} words.", summary.least_words)
}
