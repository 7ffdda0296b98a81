//! What share of the population belongs to classes that were seen, and how many classes are there?

use super::Frequencies;

/// Good-Turing sample coverage: 1 - f1 / n (Good 1953). `None` without observations.
pub fn good_turing(of: &Frequencies) -> Option<f64> {
    (of.observations > 0).then(|| 1.0 - of.singletons as f64 / of.observations as f64)
}

/// Sample coverage by Chao and Jost (2012, Ecology 93, equation 4a). `None` without observations.
pub fn chao_jost(of: &Frequencies) -> Option<f64> {
    if of.observations == 0 {
        return None;
    }
    let (n, f1) = (of.observations as f64, of.singletons as f64);
    if of.singletons == 0 {
        return Some(1.0);
    }
    Some(1.0 - f1 / n * deficit_factor(of))
}

/// The factor by which the coverage deficit f1 / n is reduced, and by which it decays beyond n.
pub(super) fn deficit_factor(of: &Frequencies) -> f64 {
    let (n, f1, f2) = (of.observations as f64, of.singletons as f64, of.doubletons as f64);
    let (rare, twice) = if of.doubletons > 0 {
        (f1, 2.0 * f2)
    } else {
        (f1 - 1.0, 2.0)
    };
    (n - 1.0) * rare / ((n - 1.0) * rare + twice)
}

/// Chao1 lower bound of the number of classes (Chao 1984, 1987). `None` without observations.
pub fn chao1(of: &Frequencies) -> Option<f64> {
    (of.observations > 0).then(|| of.classes as f64 + unseen_classes(of))
}

/// 95 % point of the standard normal distribution, two-sided.
const Z: f64 = 1.959_963_984_540_054;

/// Normal 95 % interval of the Good-Turing coverage, with the variance of Esty (1983, Annals of Statistics 11):
/// (f1 (1 - f1 / n) + 2 f2) / n^2. `None` without observations.
pub fn good_turing_interval(of: &Frequencies) -> Option<[f64; 2]> {
    let coverage = good_turing(of)?;
    let (n, f1, f2) = (of.observations as f64, of.singletons as f64, of.doubletons as f64);
    let reach = Z * ((f1 * (1.0 - f1 / n) + 2.0 * f2) / (n * n)).sqrt();
    Some([(coverage - reach).max(0.0), (coverage + reach).min(1.0)])
}

/// Log-normal 95 % interval of Chao1 (Chao 1987, Biometrics 43; variances as in Colwell's EstimateS, appendix B,
/// equations 6 and 7). Never below the classes seen. `None` without observations.
pub fn chao1_interval(of: &Frequencies) -> Option<[f64; 2]> {
    let richness = chao1(of)?;
    let (n, f1, f2) = (of.observations as f64, of.singletons as f64, of.doubletons as f64);
    let (seen, a) = (of.classes as f64, (n - 1.0) / n);
    let unseen = richness - seen;
    if unseen <= 0.0 {
        return Some([seen, seen]);
    }
    let variance = if of.doubletons > 0 {
        let ratio = f1 / f2;
        f2 * (a / 2.0 * ratio.powi(2) + a * a * ratio.powi(3) + a * a / 4.0 * ratio.powi(4))
    } else {
        a * f1 * (f1 - 1.0) / 2.0 + a * a * f1 * (2.0 * f1 - 1.0).powi(2) / 4.0
            - a * a * f1.powi(4) / (4.0 * richness)
    };
    let factor = (Z * (1.0 + variance.max(0.0) / unseen.powi(2)).ln().sqrt()).exp();
    Some([seen + unseen / factor, seen + unseen * factor])
}

/// The estimated number of classes not seen, at least.
pub fn unseen_classes(of: &Frequencies) -> f64 {
    let (n, f1, f2) = (of.observations as f64, of.singletons as f64, of.doubletons as f64);
    if of.observations == 0 {
        return 0.0;
    }
    let pairs = if of.doubletons > 0 {
        f1 * f1 / (2.0 * f2)
    } else {
        f1 * (f1 - 1.0) / 2.0
    };
    (n - 1.0) / n * pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() < tolerance, "{a} is not {b}");
    }

    /// Tropical beetles of Janzen (1973), second-growth and old-growth sites, counts as published with Colwell et al. (2012,
    /// Journal of Plant Ecology 5): n 976 and 237, S 140 and 112, f1 70 and 84, f2 17 and 10.
    fn beetles() -> [Frequencies; 2] {
        let of = |observations, classes, singletons, doubletons| Frequencies {
            observations,
            classes,
            singletons,
            doubletons,
            of_frequencies: Vec::new(),
        };
        [of(976, 140, 70, 17), of(237, 112, 84, 10)]
    }

    #[test]
    fn chao1_gives_the_richness_of_janzens_beetles() {
        let [second_growth, old_growth] = beetles();
        close(unseen_classes(&second_growth), 143.97, 0.01);
        close(unseen_classes(&old_growth), 351.31, 0.01);
    }

    #[test]
    fn chao_jost_gives_the_coverage_of_janzens_beetles() {
        let [second_growth, old_growth] = beetles();
        close(chao_jost(&second_growth).unwrap(), 0.9283, 0.0001);
        close(chao_jost(&old_growth).unwrap(), 0.6459, 0.0001);
    }

    #[test]
    fn the_forms_without_doubletons_are_used_when_there_are_none() {
        let years = Frequencies {
            observations: 942,
            classes: 28,
            singletons: 3,
            doubletons: 0,
            of_frequencies: Vec::new(),
        };
        close(chao1(&years).unwrap(), 30.9968, 5e-5);
        close(good_turing(&years).unwrap(), 0.996815, 5e-7);
        close(chao_jost(&years).unwrap(), 0.996819, 5e-7);
    }

    #[test]
    fn intervals_hold_their_estimates_and_grow_with_the_rare() {
        for beetles in beetles() {
            let [low, high] = chao1_interval(&beetles).unwrap();
            let richness = chao1(&beetles).unwrap();
            assert!(
                beetles.classes as f64 <= low && low < richness && richness < high,
                "{low} {richness} {high}"
            );
            let [low, high] = good_turing_interval(&beetles).unwrap();
            let coverage = good_turing(&beetles).unwrap();
            assert!(low < coverage && coverage < high && high <= 1.0);
        }
        // Worked out apart from this code: variance 2,547.65, T 143.97, K exp(1.96 sqrt(ln(1 + var / T^2))) = 1.9490.
        let [low, high] = chao1_interval(&beetles()[0]).unwrap();
        close(low, 140.0 + 143.97 / 1.9490, 0.2);
        close(high, 140.0 + 143.97 * 1.9490, 0.3);
        assert_eq!(chao1_interval(&Frequencies::of([5, 9])), Some([2.0, 2.0]));
    }

    #[test]
    fn nothing_is_estimated_from_nothing() {
        let none = Frequencies::of([]);
        assert_eq!(
            (good_turing(&none), chao_jost(&none), chao1(&none)),
            (None, None, None)
        );
        assert_eq!(chao_jost(&Frequencies::of([5, 9])), Some(1.0));
        assert_eq!(
            chao_jost(&Frequencies::of([1])),
            Some(1.0),
            "one sighting tells nothing of a second"
        );
    }
}
