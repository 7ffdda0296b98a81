//! A bar on a terminal, silence otherwise.

use std::io::IsTerminal;
use std::time::Duration;

use assay_model::{Progress, Stage, Task};
use indicatif::{ProgressBar, ProgressStyle};

use crate::output::Output;

/// A task that draws its progress on stderr, and what clears the bar at the end.
pub fn task(output: &Output) -> (Task, impl FnOnce()) {
    let bar = if output.quiet || !std::io::stderr().is_terminal() {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    bar.set_style(
        ProgressStyle::with_template("{prefix:>11} [{bar:30}] {msg}")
            .expect("the template is fixed")
            .progress_chars("=> "),
    );
    bar.enable_steady_tick(Duration::from_millis(200));
    let drawn = bar.clone();
    (Task::new(move |progress| draw(&drawn, progress)), move || {
        bar.finish_and_clear()
    })
}

fn draw(bar: &ProgressBar, progress: &Progress) {
    bar.set_prefix(stage(progress.stage));
    if progress.stage == Stage::Reading {
        bar.set_length(progress.bytes_total.max(1));
        bar.set_position(progress.bytes_done);
        bar.set_message(format!(
            "{} of {} files, {} indexed, {} quarantined, {} of {} MB, {} left",
            progress.files_done,
            progress.files_total,
            progress.indexed,
            progress.quarantined,
            progress.bytes_done >> 20,
            progress.bytes_total >> 20,
            indicatif::HumanDuration(bar.eta()),
        ));
    } else {
        bar.set_length(1000);
        bar.set_position((progress.fraction * 1000.0) as u64);
        bar.set_message("");
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Walking => "looking",
        Stage::Reading => "reading",
        Stage::Origins => "origins",
        Stage::Composition => "composition",
        Stage::Duplication => "duplication",
        Stage::Passages => "passages",
        Stage::Coverage => "coverage",
        Stage::Diversity => "diversity",
        Stage::Finishing => "finishing",
    }
}
