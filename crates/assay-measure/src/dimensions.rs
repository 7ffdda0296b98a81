//! Which classes of a dimension does each sample have?

use assay_model::{Fault, Task};
use polars::prelude::*;

use crate::Inputs;
use crate::columns::Samples;
use crate::frame::ColumnFile;
use crate::names::Names;

/// One dimension: each observation is a row and a class. A list of values is as many observations.
pub(crate) struct Dimension {
    pub name: String,
    pub classes: Names,
    /// (row, number in `classes`).
    pub observations: Vec<(u32, u32)>,
}

/// Reads the text dimensions, in the order in which the inputs name them.
pub(crate) fn read(inputs: &Inputs, samples: &Samples, task: &Task) -> Result<Vec<Dimension>, Fault> {
    let empty = |name: &String| Dimension {
        name: name.clone(),
        classes: Names::default(),
        observations: Vec::new(),
    };
    let mut dimensions: Vec<Dimension> = inputs.text_dimensions.iter().map(empty).collect();
    let rows = samples.segments(inputs.segments.len());
    for (segment, rows) in inputs.segments.iter().zip(rows) {
        let file = ColumnFile::new(segment, "dimensions.parquet")?;
        for dimension in &mut dimensions {
            task.check()?;
            let wanted = col("dimension").eq(lit(dimension.name.as_str()));
            let query = file.scan()?.filter(wanted).select([col("sample"), col("value")]);
            let frame = file.collect(query)?;
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
    Ok(dimensions)
}
