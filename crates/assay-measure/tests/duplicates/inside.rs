//! Repetition inside single samples, counted over a snapshot.

use assay_model::Origin;

use crate::fixture::{Sample, Snapshot};

#[test]
fn each_measure_counts_samples_above_gophers_limit_and_names_the_worst() {
    // Line shares: 3 of 4 repeat; 1 of 4 repeats; none.
    let stuck = "same line here\nsame line here\nsame line here\nsame line here";
    let some = "one line\nanother line\na third line\none line";
    let none = "nothing is said twice in this short letter";
    let samples: Vec<Sample> = [none, some, stuck, none]
        .iter()
        .map(|text| Sample::new(text, Origin::Human))
        .collect();
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let inside = &measures.duplication.inside;
    assert_eq!(inside.len(), 13);
    let lines = &inside[0];
    assert_eq!((lines.measure.as_str(), lines.limit), ("repeated_lines", 0.3));
    assert_eq!((lines.above, lines.share), (1, 0.25));
    assert!((lines.mean - (0.75 + 0.25) / 4.0).abs() < 1e-9, "{}", lines.mean);
    let worst: Vec<f64> = lines.worst.iter().map(|sample| sample.value).collect();
    assert_eq!(worst, [0.75, 0.25]);
    let digest = assay_sketch::sample_digest(&[("document", stuck)]);
    assert_eq!(lines.worst[0].digest, digest.to_string());
}

#[test]
fn columns_of_an_earlier_version_give_no_figure_instead_of_zero() {
    let snapshot = Snapshot::of(&[Sample::new("a\na\na", Origin::Human)], 1);
    std::fs::remove_file(snapshot.inputs.segments[0].folder.join("repetition.parquet")).unwrap();
    let (measures, _) = snapshot.measure();
    assert!(measures.duplication.inside.is_empty());
}

#[test]
fn the_order_of_segments_does_not_matter() {
    let texts = ["a b a b a b a b c", "x\nx\nx", "a b c d e f a b c d e f"];
    let samples: Vec<Sample> = texts
        .iter()
        .map(|text| Sample::new(text, Origin::Human))
        .collect();
    let (whole, _) = Snapshot::of(&samples, 1).measure();
    let (parted, _) = Snapshot::segments(&[(&samples[1..], 50), (&samples[..1], 10)]).measure();
    assert_eq!(whole.duplication.inside, parted.duplication.inside);
}
