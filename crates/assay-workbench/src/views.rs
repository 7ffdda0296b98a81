//! Open views of the grid: a filter, its first rows at once, and any row by position.
//!
//! A view of everything needs no list: positions are found from the files. A filtered view lists its
//! ids behind the first page, eight bytes a row, so that any row is one look-up away. A filter that reads texts has no first
//! page at once: its samples are found where they are listed, and closing the view stops it.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use assay_index::{Index, Selection, SelectionTotals, Snapshot, Texts};
use assay_model::{Expression, Fault, Task};

use crate::Workspace;
use crate::decisions::{Decided, InBulk};
use crate::verdicts;
use crate::wire::{BulkState, RowsPage, SampleRow, SamplesSummary, SamplesView};

/// Rows handed out at once.
pub const PAGE: u64 = 200;
/// Views kept open; the oldest closes first.
const OPEN: usize = 4;

/// The views that one window has open.
#[derive(Default)]
pub struct Views {
    next: u64,
    open: HashMap<u64, Arc<View>>,
}

/// One view and what its counting has found so far.
pub struct View {
    pub snapshot: Snapshot,
    filter: Option<Expression>,
    /// None where its samples are found by reading texts.
    selection: Option<Selection>,
    /// Whether rows are found by position, without a list.
    whole: bool,
    listing: Mutex<Option<Result<Listed, Fault>>>,
    listed: Condvar,
    task: Task,
}

#[derive(Clone)]
struct Listed {
    ids: Arc<Vec<u64>>,
    totals: SelectionTotals,
}

impl Drop for Views {
    fn drop(&mut self) {
        self.open.values().for_each(|view| view.task.cancel());
    }
}

impl Views {
    /// Opens a view: the first rows at once, the counting behind.
    pub fn open(
        &mut self,
        workspace: &Workspace,
        index: &Index,
        snapshot: &Snapshot,
        filter: &str,
        find: &str,
        decided: &Decided,
    ) -> Result<SamplesView, Fault> {
        let began = Instant::now();
        let expression = match filter.trim() {
            "" => None,
            filter => Some(Expression::parse(filter)?),
        };
        let selection = match &expression {
            Some(filter) if index.reads_texts(snapshot, filter)? => None,
            _ => Some(index.select(snapshot, expression.as_ref())?),
        };
        let find = find.trim().to_lowercase();
        let view = Arc::new(View {
            snapshot: snapshot.clone(),
            whole: expression.is_none() && find.is_empty(),
            filter: expression,
            selection,
            listing: Mutex::new(None),
            listed: Condvar::new(),
            task: Task::silent(),
        });
        decided.use_in(index)?;
        let total = view.whole.then_some(snapshot.indexed);
        let ids = match &view.selection {
            Some(selection) if find.is_empty() => index.first(selection, None, PAGE)?,
            _ => Vec::new(),
        };
        let rows = rows(index, snapshot, &ids, 0, decided)?;
        list_behind(workspace.clone(), view.clone(), decided.clone(), find);
        self.next += 1;
        self.open.insert(self.next, view);
        while self.open.len() > OPEN {
            let oldest = *self.open.keys().min().expect("more than none are open");
            self.close(oldest);
        }
        Ok(SamplesView {
            view: self.next,
            rows,
            total,
            elapsed_ms: began.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// Closes a view and stops its counting.
    pub fn close(&mut self, view: u64) {
        if let Some(view) = self.open.remove(&view) {
            view.task.cancel();
        }
    }

    /// An open view.
    pub fn get(&self, view: u64) -> Result<Arc<View>, Fault> {
        self.open.get(&view).cloned().ok_or_else(|| {
            Fault::new(
                assay_model::Code::Usage,
                "this view is closed",
                "apply the filter again",
            )
        })
    }
}

impl View {
    /// Waits for the counting and tells what the view comes to.
    pub fn summary(&self) -> Result<SamplesSummary, Fault> {
        let totals = self.wait()?.totals;
        Ok(SamplesSummary {
            samples: totals.samples,
            tokens: totals.tokens,
            by_origin: totals.by_origin,
        })
    }

    /// Rows `offset..offset + limit`.
    pub fn rows(&self, index: &Index, offset: u64, limit: u64, decided: &Decided) -> Result<RowsPage, Fault> {
        let began = Instant::now();
        let limit = limit.min(PAGE);
        let ids = if self.whole {
            index.at_position(&self.snapshot, offset, limit)?
        } else {
            let listed = self.wait()?;
            let start = (offset as usize).min(listed.ids.len());
            let end = (offset.saturating_add(limit) as usize).min(listed.ids.len());
            listed.ids[start..end].to_vec()
        };
        let rows = rows(index, &self.snapshot, &ids, offset, decided)?;
        Ok(RowsPage {
            offset,
            rows,
            elapsed_ms: began.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// Waits for the list where rows are found by it, so that nobody waits with the index locked.
    pub fn wait_unless_whole(&self) -> Result<(), Fault> {
        if self.whole {
            Ok(())
        } else {
            self.wait().map(|_| ())
        }
    }

    fn wait(&self) -> Result<Listed, Fault> {
        let mut listing = self.lock();
        while listing.is_none() {
            listing = self
                .listed
                .wait(listing)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        listing.clone().expect("waited until it is there")
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Result<Listed, Fault>>> {
        self.listing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Lists a view's ids on a thread of its own, with its own connection.
fn list_behind(workspace: Workspace, view: Arc<View>, decided: Decided, find: String) {
    std::thread::spawn(move || {
        let listed = list(&workspace, &view, &decided, &find);
        *view.lock() = Some(listed);
        view.listed.notify_all();
    });
}

fn list(workspace: &Workspace, view: &View, decided: &Decided, find: &str) -> Result<Listed, Fault> {
    let index = workspace.index()?;
    decided.use_in(&index)?;
    let found;
    let selection = match &view.selection {
        Some(selection) => selection,
        None => {
            found = index.select_while(&view.snapshot, view.filter.as_ref(), &view.task)?;
            &found
        }
    };
    let (ids, totals) = index.all(selection, &view.task)?;
    if find.is_empty() {
        return Ok(Listed {
            ids: Arc::new(ids),
            totals,
        });
    }
    let mut texts = Texts::open(workspace.folder(), &view.snapshot)?;
    let (mut found, mut totals) = (Vec::new(), SelectionTotals::default());
    for sample in ids {
        view.task.check()?;
        // A source that changed holds nothing that could be found.
        let Ok(read) = texts.read(sample) else { continue };
        if read
            .mapped
            .parts
            .iter()
            .any(|part| part.text.to_lowercase().contains(find))
        {
            let located = crate::samples::located(&index, &view.snapshot, sample)?;
            totals.tokens += located.tokens;
            totals.by_origin[crate::samples::origin_place(located.origin)] += 1;
            found.push(sample);
        }
    }
    totals.samples = found.len() as u64;
    Ok(Listed {
        ids: Arc::new(found),
        totals,
    })
}

pub(crate) fn rows(
    index: &Index,
    snapshot: &Snapshot,
    ids: &[u64],
    offset: u64,
    decided: &Decided,
) -> Result<Vec<SampleRow>, Fault> {
    let rows = index.grid_rows(snapshot, ids)?;
    Ok(rows
        .into_iter()
        .zip(offset + 1..)
        .map(|(row, position)| SampleRow {
            row: position,
            digest: row.digest.to_string(),
            sample: row.sample,
            origin: row.origin,
            confidence: row.confidence,
            text: row.preview,
            domain: row.domain,
            language: row.language,
            tokens: row.tokens,
            copies: row.copies,
            verdict: decided.verdict(&row.digest).map(verdicts::to_wire),
            gold: decided.is_gold(&row.digest),
            topic: row.topic,
            bulk: decided.in_bulk(&row.digest).map(bulk_state),
        })
        .collect())
}

pub(crate) fn bulk_state(known: &InBulk) -> BulkState {
    BulkState {
        tags: known.tags.clone(),
        routed: known.routed.clone(),
        excluded: known.excluded,
    }
}
