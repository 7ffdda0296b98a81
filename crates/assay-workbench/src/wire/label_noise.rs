//! Declared labels held against reviewers' labels and against each other.

use assay_model::report::Proportion;

use super::{Job, wire};

wire! {
    /// Command `label_noise`.
    pub struct LabelNoiseRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// The dimension that holds the declared labels; the most likely one where absent.
        pub dimension: Option<String>,
    }

    /// What was found before, or the job that finds it now.
    pub struct LabelNoiseAnswer {
        pub job: Option<Job>,
        pub answer: Option<LabelNoise>,
    }

    pub struct LabelNoise {
        /// Empty where the snapshot maps none that could hold labels.
        pub dimension: String,
        /// Dimensions that could be asked about.
        pub dimensions: Vec<String>,
        /// Samples with a declared label to which reviewers gave a label that is one of its classes.
        pub audited: u64,
        /// Those whose declared label reviewers did not give.
        pub disagreeing: u64,
        /// Samples whose reviewers have no label in common; not audited.
        pub contradictory: u64,
        /// Share of wrong labels among audited samples of random draws; none where there are none.
        pub rate: Option<Proportion>,
        /// At most 200.
        pub disagreements: Vec<LabelDisagreement>,
        /// Expression of the samples that disagree, at most 200.
        pub filter: Option<String>,
        /// Duplicates, exact to near, of which both have a label.
        pub pairs: u64,
        /// Those with different labels.
        pub pairs_apart: u64,
        /// Samples in such a pair.
        pub samples_apart: u64,
        /// The most alike, at most 200.
        pub apart: Vec<LabelsApart>,
        /// Expression of the samples in such pairs, at most 200.
        pub apart_filter: Option<String>,
    }

    pub struct LabelDisagreement {
        pub sample: u64,
        pub digest: String,
        pub preview: String,
        pub declared: Vec<String>,
        pub given: Vec<String>,
        /// Whether it comes from a random draw.
        pub drawn: bool,
    }

    pub struct LabelsApart {
        pub a: u64,
        pub b: u64,
        pub preview: String,
        /// `exact`, `normalised`, `near`.
        pub kind: String,
        pub jaccard: f64,
        pub label_a: Vec<String>,
        pub label_b: Vec<String>,
        /// Expression of the two.
        pub filter: String,
    }
}
