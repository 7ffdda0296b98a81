//! Finding topics in the user's own vectors: spherical k-means, seeded as for words.

use assay_model::{Fault, Task};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::fit::ROUNDS;
use super::model::nearest;
use crate::estimators::bootstrap::uniform;

/// Centres of these vectors of length 1, and the centre of each; centres without vectors are left out.
pub(super) fn clusters(
    vectors: &[Vec<f32>],
    wanted: usize,
    seed: u64,
    task: &Task,
) -> Result<(Vec<Vec<f32>>, Vec<u32>), Fault> {
    let mut centres = seeds(vectors, wanted, seed);
    let mut assigned = Vec::new();
    for _ in 0..ROUNDS {
        task.check()?;
        let next: Vec<u32> = vectors
            .par_iter()
            .map(|vector| nearest_centre(vector, &centres).unwrap_or(0) as u32)
            .collect();
        if next == assigned {
            break;
        }
        assigned = next;
        centres = means(vectors, &assigned, &centres);
    }
    Ok((centres, assigned))
}

/// The vector cut to length 1; `None` where it has no direction.
pub(super) fn unit(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if !length.is_finite() || length <= 0.0 {
        return None;
    }
    vector.iter_mut().for_each(|number| *number /= length);
    Some(vector)
}

/// The centre nearest by cosine, also where all point away; among equals the first. `None` without a centre.
pub(super) fn nearest_centre(vector: &[f32], centres: &[Vec<f32>]) -> Option<usize> {
    // From 0 to 2, so that opposite directions count as well.
    let likeness: Vec<f32> = centres.iter().map(|centre| 2.0 + dot(vector, centre)).collect();
    nearest(&likeness)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn seeds(vectors: &[Vec<f32>], wanted: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = ((uniform(&mut random) * vectors.len() as f64) as usize).min(vectors.len() - 1);
    let mut centres = vec![vectors[first].clone()];
    let mut distance = vec![f32::INFINITY; vectors.len()];
    while centres.len() < wanted {
        let newest = centres.last().expect("one was put there");
        distance
            .par_iter_mut()
            .zip(vectors)
            .for_each(|(distance, vector)| {
                *distance = distance.min((1.0 - dot(vector, newest)).max(0.0));
            });
        let all: f64 = distance.iter().map(|&distance| f64::from(distance)).sum();
        if all <= 1e-4 {
            break;
        }
        let mut left = uniform(&mut random) * all;
        let chosen = distance.iter().position(|&distance| {
            left -= f64::from(distance);
            left < 0.0
        });
        centres.push(vectors[chosen.unwrap_or(vectors.len() - 1)].clone());
    }
    centres
}

/// The direction of each centre's vectors together; one without vectors, or whose vectors cancel out, stays where it was.
fn means(vectors: &[Vec<f32>], assigned: &[u32], centres: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut sums: Vec<Vec<f32>> = centres.iter().map(|centre| vec![0.0; centre.len()]).collect();
    for (vector, &topic) in vectors.iter().zip(assigned) {
        let sum = &mut sums[topic as usize];
        sum.iter_mut()
            .zip(vector)
            .for_each(|(sum, number)| *sum += number);
    }
    sums.into_iter()
        .zip(centres)
        .map(|(sum, centre)| unit(sum).unwrap_or_else(|| centre.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_directions_are_three_clusters() {
        let vectors: Vec<Vec<f32>> = (0..60)
            .map(|i| {
                let mut vector = vec![0.02 * (i % 7) as f32; 3];
                vector[i % 3] = 1.0;
                unit(vector).unwrap()
            })
            .collect();
        let (centres, assigned) = clusters(&vectors, 3, 5, &Task::silent()).unwrap();
        assert_eq!(centres.len(), 3);
        for i in 3..60 {
            assert_eq!(assigned[i], assigned[i % 3]);
        }
    }

    #[test]
    fn equal_vectors_are_one_cluster_and_opposite_ones_still_have_a_nearest() {
        let vectors = vec![vec![1.0, 0.0]; 40];
        let (centres, _) = clusters(&vectors, 8, 5, &Task::silent()).unwrap();
        assert_eq!(centres.len(), 1);
        assert_eq!(nearest_centre(&[-1.0, 0.0], &centres), Some(0));
        assert_eq!(unit(vec![0.0, 0.0]), None);
    }
}
