//! The points of a rank-frequency plot.

/// Points kept at most.
const POINTS: usize = 120;

/// (rank from 1, count) of descending counts, thinned so that ranks are spread evenly on a logarithmic axis.
pub(crate) fn rank_frequency(mut counts: Vec<u64>) -> Vec<(u64, u64)> {
    counts.retain(|&count| count > 0);
    counts.sort_unstable_by(|a, b| b.cmp(a));
    if counts.is_empty() {
        return Vec::new();
    }
    let last = counts.len() as f64;
    let mut ranks: Vec<usize> = (0..POINTS)
        .map(|i| last.powf(i as f64 / (POINTS - 1) as f64).round() as usize)
        .map(|rank| rank.min(counts.len()))
        .collect();
    ranks.dedup();
    ranks
        .into_iter()
        .map(|rank| (rank as u64, counts[rank - 1]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_classes_are_all_there_and_many_are_thinned_with_both_ends() {
        assert_eq!(rank_frequency(vec![1, 5, 0, 3]), [(1, 5), (2, 3), (3, 1)]);
        let many = rank_frequency((1..=10_000).collect());
        assert!(many.len() <= POINTS);
        assert_eq!((many[0], many[many.len() - 1]), ((1, 10_000), (10_000, 1)));
    }
}
