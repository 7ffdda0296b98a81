//! Which classes of a dimension does each sample have?

use assay_model::{Fault, Task};
use polars::prelude::*;
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::frame::ColumnFile;
use crate::names::Names;
use crate::{Inputs, TopicColumn};

/// One dimension: each observation is a row and a class. A list of values is as many observations.
pub(crate) struct Dimension {
    pub name: String,
    pub classes: Names,
    /// (row, number in `classes`).
    pub observations: Vec<(u32, u32)>,
}

/// The dimension that a text itself tells where no field does.
const LANGUAGE: &str = "language";

/// Reads the text dimensions, in the order in which the inputs name them.
pub(crate) fn read(inputs: &Inputs, samples: &Samples, task: &Task) -> Result<Vec<Dimension>, Fault> {
    let empty = |name: &String| Dimension {
        name: name.clone(),
        classes: Names::default(),
        observations: Vec::new(),
    };
    let mut dimensions: Vec<Dimension> = inputs.text_dimensions.iter().map(empty).collect();
    let rows = samples.segments(inputs.segments.len());
    if let Some(topics) = &inputs.topics {
        for dimension in dimensions
            .iter_mut()
            .filter(|dimension| dimension.name == topics.unit)
        {
            add_topics(dimension, topics, samples);
        }
    }
    for (segment, rows) in inputs.segments.iter().zip(rows) {
        let file = ColumnFile::new(segment, "dimensions.parquet")?;
        for dimension in &mut dimensions {
            task.check()?;
            let wanted = col("dimension").eq(lit(dimension.name.as_str()));
            let frame = file.query(&["dimension", "sample", "value"], |rows| {
                rows.filter(wanted.clone()).select([col("sample"), col("value")])
            })?;
            let ids = file.column(&frame, "sample", Column::u64)?;
            let values = file.column(&frame, "value", Column::str)?;
            for (id, value) in ids.iter().zip(values.iter()) {
                let (Some(id), Some(value)) = (id, value) else {
                    continue;
                };
                let Some(row) = samples.row_of(&rows, id) else {
                    continue;
                };
                if !value.is_empty() {
                    dimension
                        .observations
                        .push((row as u32, dimension.classes.number(value)));
                }
            }
        }
    }
    for dimension in dimensions
        .iter_mut()
        .filter(|dimension| dimension.name == LANGUAGE)
    {
        add_detected(dimension, samples);
    }
    Ok(dimensions)
}

/// Topics as an earlier measuring assigned them.
fn add_topics(dimension: &mut Dimension, topics: &TopicColumn, samples: &Samples) {
    let of: FxHashMap<u64, u32> = topics.of.iter().copied().collect();
    for (row, sample) in samples.sample.iter().enumerate() {
        if let Some(name) = of.get(sample).and_then(|&topic| topics.names.get(topic as usize)) {
            let class = dimension.classes.number(name);
            dimension.observations.push((row as u32, class));
        }
    }
}

/// Samples whose language no field names are in the one that was detected, as in composition and in filters.
fn add_detected(dimension: &mut Dimension, samples: &Samples) {
    let mut named = vec![false; samples.len()];
    for &(row, _) in &dimension.observations {
        named[row as usize] = true;
    }
    for row in (0..samples.len()).filter(|&row| !named[row]) {
        let detected = samples.names.name(samples.language[row]);
        if !detected.is_empty() {
            let class = dimension.classes.number(detected);
            dimension.observations.push((row as u32, class));
        }
    }
}
