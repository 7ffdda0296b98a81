//! How far reviewers agree.

use super::wire;

wire! {
    /// Command `agreement`: over one queue, or over all that this person may know of.
    pub struct AgreementRequest {
        pub queue: Option<String>,
    }

    pub struct AgreementView {
        pub verdicts: AgreementFigures,
        /// Judgements of the origin.
        pub origin: AgreementFigures,
        /// By criterion, `rubric/criterion`, scores on an ordinal scale.
        pub criteria: Vec<CriterionAgreement>,
        /// Queues that are left out: this person reviews in them, blind.
        pub sealed_queues: u64,
    }

    pub struct CriterionAgreement {
        pub criterion: String,
        pub figures: AgreementFigures,
    }

    pub struct AgreementFigures {
        pub items: u64,
        /// Items with two ratings or more.
        pub rated_by_several: u64,
        pub raters: u64,
        pub ratings: u64,
        pub coefficients: Vec<Coefficient>,
        pub per_class: Vec<ClassAgreement>,
        pub pairs: Vec<PairAgreement>,
    }

    /// One coefficient with its 95 % interval (bootstrap over items, seeded).
    pub struct Coefficient {
        /// `percent`, `ac1`, `alpha_nominal`, `alpha_ordinal`, `alpha_interval`, `cohen`, `fleiss`.
        pub name: String,
        pub value: Option<f64>,
        pub low: Option<f64>,
        pub high: Option<f64>,
        /// Why it is not defined here.
        pub undefined: Option<String>,
    }

    /// Given that one reviewer says this value, the chance that another does.
    pub struct ClassAgreement {
        pub value: String,
        /// Ratings with this value.
        pub n: u64,
        pub specific: Option<f64>,
        pub low: Option<f64>,
        pub high: Option<f64>,
    }

    pub struct PairAgreement {
        pub a: String,
        pub b: String,
        /// Items that both rated.
        pub items: u64,
        pub coefficients: Vec<Coefficient>,
    }
}
