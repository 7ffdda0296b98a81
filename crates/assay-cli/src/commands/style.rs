//! The writing-style signal: shown, trained again, or borrowed from another snapshot.

use assay_card::style_text;
use assay_model::{Code, Fault};
use assay_workbench::styling::{self, StyleState};

use super::Place;
use crate::arguments::StyleArguments;
use crate::output::Output;
use crate::progress;

const COLUMNS: usize = 80;

pub fn style(place: &Place, arguments: &StyleArguments, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    let (dataset, number) = (arguments.snapshot.dataset.as_deref(), arguments.snapshot.snapshot);
    let (task, clear) = progress::task(output);
    let state = match &arguments.with {
        Some(with) => named(with).and_then(|from| styling::borrow(&workspace, dataset, number, from, &task)),
        None if arguments.train => styling::train(&workspace, dataset, number, &task),
        None => styling::state(&workspace, dataset, number),
    };
    clear();
    let state = state?;
    output.result(&state, || text(&state))
}

fn named(name: &str) -> Result<(&str, Option<u64>), Fault> {
    match name.rsplit_once('@') {
        None => Ok((name, None)),
        Some((dataset, number)) => match number.parse() {
            Ok(number) => Ok((dataset, Some(number))),
            Err(_) => Err(Fault::new(
                Code::Usage,
                format!("`{}` names no snapshot", assay_model::fault::one_line(name)),
                "write NAME or NAME@N",
            )),
        },
    }
}

fn text(state: &StyleState) -> String {
    let mut text = format!("{}@{}\n", state.dataset, state.snapshot);
    if !state.own {
        text += &format!(
            "Scored with what was learned from {}. Its error rates were measured there. How often it is wrong on this \
             dataset, nobody has measured; on writers unlike those it learned from it may be wrong most of the time.\n",
            state.trained_on
        );
    }
    text + &style_text(&state.stylometry, COLUMNS)
}
