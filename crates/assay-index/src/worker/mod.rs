//! The worker process: reads what may be hostile, and nothing else depends on its health.
//!
//! The parent hands it a job on standard input; it answers with frames on standard output. When it
//! dies, the file it was reading is refused and a new one goes on with the rest.

mod child;
mod fence;
pub mod frame;
mod parent;

pub(crate) use child::{parse_kept, parse_map};
pub use child::{run, serve};
pub use fence::{Fence, allow_processor_time, raise_fence};
pub use frame::{Finished, PartFacts, Row, WordRow};
pub use parent::{WorkerCommand, WorkerEvent, fence_of, read_files};
