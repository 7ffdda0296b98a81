//! What every format's reader hands on: records, damage and notices, before any map is applied.

use assay_model::halves::Written;
use assay_model::{Code, Fault, Locator, Task, Value};

use crate::Limits;

/// One thing a reader came across, in file order.
pub(crate) enum Row {
    Record(RawRecord),
    Damaged(Damage),
    /// Something about the file as a whole, or about one of its lines.
    Notice {
        line: Option<u64>,
        code: Code,
        message: String,
    },
}

/// A record as its source wrote it.
pub(crate) struct RawRecord {
    /// As an editor shows it; the ordinal where lines do not apply.
    pub line: u64,
    pub byte_offset: u64,
    pub locator: Option<Locator>,
    pub value: Value,
    /// The key the record stands under in an object of arrays.
    pub key: Option<String>,
    pub notices: Vec<Notice>,
    /// The same value with marks, where it holds half of a UTF-16 pair.
    pub written: Option<Box<Written>>,
}

/// Something noticed inside one record.
pub(crate) type Notice = (Code, String);

/// A record that could not be read.
pub(crate) struct Damage {
    pub line: u64,
    pub column: Option<u64>,
    pub byte_offset: u64,
    pub code: Code,
    pub message: String,
    pub excerpt: String,
}

/// Takes rows in; an error stops the reading.
pub(crate) type Emit<'a> = dyn FnMut(Row) -> Result<(), Fault> + 'a;

/// What every reader is handed.
pub(crate) struct Context<'a> {
    pub limits: &'a Limits,
    pub task: &'a Task,
    /// Whether byte ranges of the decoded stream are byte ranges of the file on disk.
    pub seekable: bool,
    /// Whether the file ends early; asked once its end was reached.
    pub cut_off: &'a dyn Fn() -> bool,
}

impl Context<'_> {
    /// The locator of a byte range, where the source can be entered in the middle.
    pub fn bytes(&self, offset: u64, length: usize) -> Option<Locator> {
        self.seekable.then_some(Locator::Bytes {
            offset,
            length: length as u64,
        })
    }
}
