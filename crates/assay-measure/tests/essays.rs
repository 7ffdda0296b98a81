//! The writing-style signal on real texts: trained on declared ones, then shown essays that nobody declared.

mod fixture;

use std::path::PathBuf;

use assay_model::Origin;
use assay_sketch::Sketcher;
use fixture::{Sample, Snapshot};

/// A place among the shared data; says so and gives nothing where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    if found.exists() {
        return Some(found);
    }
    println!("SKIPPED: {path} is not here");
    None
}

fn texts(path: PathBuf, of: impl Fn(&serde_json::Value) -> Option<&str>) -> Vec<String> {
    let records: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    records
        .iter()
        .filter_map(|record| of(record).map(str::to_owned))
        .collect()
}

/// Every text of six domains, by people and by models.
fn declared(folder: &std::path::Path) -> Vec<Sample> {
    let mut samples = Vec::new();
    for domain in [
        "AcademicResearch",
        "Finance",
        "LegalDocument",
        "MedicalText",
        "PersonalCommunication",
        "ProductReview",
    ] {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(domain))
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let origin = if file.ends_with("human.json") {
                Origin::Human
            } else {
                Origin::Machine
            };
            for text in texts(file, serde_json::Value::as_str) {
                let mut sample = Sample::new(&text, origin).domain(domain);
                sample.declared_language = Some("en".to_owned());
                samples.push(sample);
            }
        }
    }
    samples
}

#[test]
fn people_are_called_machines_more_often_where_nobody_like_them_was_learned_from() {
    let (Some(l2r), Some(essays)) = (shared("l2r_21domains"), shared("detector_bias/Data_and_Results"))
    else {
        return;
    };
    let mut snapshot = Snapshot::of(&declared(&l2r), 1);
    // Diversity is not what this is about, and takes the longest.
    snapshot.inputs.settings.resamples = 0;
    let (measures, _) = snapshot.measure();
    let style = &measures.style.summary;
    let (wrong, right) = (style.false_positives.unwrap(), style.true_positives.unwrap());
    println!(
        "learned from {} human and {} machine texts; AUC {:.3?}; wrong about {} of {} human texts ({:.3}, {:.3?}); right about {} of {} \
         machine texts ({:.3}); calibration error {:.3}",
        style.human,
        style.machine,
        style.auc.unwrap(),
        wrong.count,
        wrong.of,
        wrong.share,
        wrong.interval,
        right.count,
        right.of,
        right.share,
        style.calibration_error.unwrap()
    );
    for group in &style.by_group {
        let of = group.false_positives;
        println!(
            "  {} {}: {} of {} ({:.3}, {:.3?})",
            group.dimension, group.value, of.count, of.of, of.share, of.interval
        );
    }
    println!("  heaviest: {:?}", &style.figures[..8]);
    assert!(style.auc.unwrap()[1] > 0.75, "it learned something");
    assert!(wrong.count > 0, "no such detector is never wrong");

    let model = measures.style.model.as_ref().unwrap();
    let mut sketcher = Sketcher::new();
    for (folder, by) in [
        ("Human_Data/CollegeEssay_real_70", "people"),
        ("GPT_Data/CollegeEssay_gpt3_31", "GPT-3.5"),
        (
            "GPT_Data/CollegeEssay_gpt3PromptEng_31",
            "GPT-3.5, asked to write better",
        ),
    ] {
        let (mut scored, mut like) = (0, 0);
        for text in texts(essays.join(folder).join("data.json"), |record| {
            record["document"].as_str()
        }) {
            let part = assay_model::Part {
                role: "document".into(),
                text,
                origin: Origin::Unknown,
                source_class: assay_model::SourceClass::Unknown,
                confidence: 0.0,
            };
            for style in sketcher.sketch(&[part]).style {
                scored += 1;
                like += u64::from(
                    model.score("en", &style.role, &style.figures).unwrap() >= assay_measure::STYLE_THRESHOLD,
                );
            }
        }
        println!(
            "essays by {by}: {like} of {scored} called machine-like, {:.3?}",
            assay_measure::estimators::interval::wilson(like, scored)
        );
        assert!(scored > 25, "{by}: {scored}");
    }
}
