//! What models made of the samples, as the window asks for it.

use assay_model::results::RunInfo;
use assay_model::{Expression, Fault, Task};

use super::{Desk, lock};
use crate::measuring::columns;
use crate::results::{self, AddOrder, ColumnNames, FileOutcome, ReportOrder};
use crate::wire::{
    ResultsAdded, ResultsColumn, ResultsFile, ResultsFileRequest, ResultsReportRequest, ResultsView,
    RunRequest,
};

/// Unknown keys that are shown.
const SHOWN: usize = 20;

impl Desk {
    pub fn results_preview(&self, request: &ResultsFileRequest) -> Result<ResultsFile, Fault> {
        let open = self.open()?;
        let order = self.add_order(request)?;
        let mut files = results::preview(&open.workspace, &order, &Task::silent())?;
        files.pop().map(shown).ok_or_else(no_file)
    }

    pub fn results_add(&self, request: &ResultsFileRequest) -> Result<ResultsAdded, Fault> {
        let open = self.open()?;
        let order = self.add_order(request)?;
        let mut outcome = results::add(&open.workspace, &order, &Task::silent())?;
        Ok(ResultsAdded {
            runs: results::runs(&open.workspace)?,
            file: outcome.files.pop().map(shown).ok_or_else(no_file)?,
        })
    }

    pub fn results_runs(&self) -> Result<Vec<RunInfo>, Fault> {
        results::runs(&self.open()?.workspace)
    }

    pub fn results_remove(&self, request: &RunRequest) -> Result<Vec<RunInfo>, Fault> {
        let open = self.open()?;
        results::remove(&open.workspace, &request.run)?;
        results::runs(&open.workspace)
    }

    pub fn results_report(&self, request: &ResultsReportRequest) -> Result<ResultsView, Fault> {
        let open = self.open()?;
        let slices = request
            .slices
            .iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| Expression::parse(text).map_err(Fault::from))
            .collect::<Result<_, _>>()?;
        let order = ReportOrder {
            dataset: Some(request.dataset.clone()),
            snapshot: request.snapshot,
            runs: request.runs.clone(),
            dimension: request.dimension.clone(),
            slices,
        };
        let report = results::report(&open.workspace, &order, &Task::silent())?;
        let index = lock(&open.index);
        let snapshot = index.snapshot(Some(&request.dataset), request.snapshot)?;
        let mut dimensions = columns(&index, &snapshot)?.text_dimensions;
        dimensions.push(assay_measure::WORD.to_owned());
        Ok(ResultsView {
            report,
            runs: index.runs()?,
            dimensions,
        })
    }

    fn add_order(&self, request: &ResultsFileRequest) -> Result<AddOrder, Fault> {
        Ok(AddOrder {
            paths: vec![self.path(&request.handle)?],
            run: request.run.clone(),
            dataset: request.dataset.clone(),
            model: request.model.clone(),
            checkpoint: request.checkpoint.clone(),
            trained_on: request.trained_on.clone(),
            columns: ColumnNames::parse(&request.columns)?,
        })
    }
}

fn no_file() -> Fault {
    Fault::internal("reading results", "no file was given")
}

fn shown(file: FileOutcome) -> ResultsFile {
    let columns = file.columns.into_iter();
    ResultsFile {
        file: file.file,
        digest: file.digest,
        format: file.format,
        known: file.known,
        rows: file.rows,
        matched: file.matched,
        copies: file.copies,
        unknown: file.unknown,
        kept_unknown: file.kept_unknown,
        unknown_keys: file.unknown_keys.into_iter().take(SHOWN).collect(),
        columns: columns
            .map(|(column, field)| ResultsColumn { column, field })
            .collect(),
        ignored: file.ignored,
        looked_up_in: file.looked_up_in,
    }
}
