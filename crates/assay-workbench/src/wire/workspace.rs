//! The application and its workspace: first run, open, recent, people, settings, jobs.

use assay_model::{Fault, Progress, Quarantine, Refusal};

use super::wire;

wire! {
    /// What the window shows before anything is asked for. Command `app_state`, no request.
    pub struct AppState {
        pub version: String,
        /// The open workspace, if any.
        pub workspace: Option<WorkspaceInfo>,
        /// Workspaces opened before, latest first.
        pub recent: Vec<RecentWorkspace>,
        /// Whether the bundled sample dataset was found, and how many samples it announces.
        pub sample: Option<BundledSample>,
        /// A pack or a return that Assay was started with, and that waits to be looked at.
        pub pack: Option<Picked>,
    }

    /// Command `about`, no request: which Assay this is, and what holds for the process that reads data.
    pub struct About {
        pub version: String,
        pub licence: String,
        pub reader: Vec<ReaderRule>,
    }

    pub struct ReaderRule {
        /// Such as `opens no connection and starts no program`.
        pub what: String,
        /// Not every system can take everything away.
        pub holds: bool,
    }

    pub struct BundledSample {
        pub samples: u64,
        pub languages: u64,
        pub domains: u64,
    }

    pub struct RecentWorkspace {
        /// Opaque: hand it to `workspace_open_recent`.
        pub handle: String,
        pub name: String,
        /// For display only.
        pub path: String,
        pub exists: bool,
        /// RFC 3339.
        pub opened: String,
    }

    pub struct WorkspaceInfo {
        pub name: String,
        /// For display only.
        pub path: String,
        pub datasets: Vec<DatasetInfo>,
        /// Who is at the keyboard; `None` until someone is chosen.
        pub person: Option<Person>,
        pub people: Vec<Person>,
        pub last_entry: Option<SavedEntry>,
        /// Open queue items of the current person, for the rail.
        pub review_left: u64,
        /// Open disputes that the current person may settle, for the rail; 0 for experts.
        pub disputes: u64,
        pub gold: u64,
    }

    pub struct DatasetInfo {
        pub name: String,
        pub snapshots: Vec<SnapshotInfo>,
        /// Set where it is marked as a model's output.
        pub synthetic: Option<super::SyntheticMark>,
    }

    pub struct SnapshotInfo {
        pub number: u64,
        /// RFC 3339.
        pub created: String,
        pub samples: u64,
        pub tokens: u64,
        /// `sha256:…`
        pub root: String,
        /// Whether its measures are ready.
        pub measured: bool,
    }

    pub struct Person {
        pub name: String,
        pub role: Role,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Role { Expert, Curator, Lead, Machine }

    /// A ledger entry known to be on disk: "Saved #seq".
    pub struct SavedEntry {
        pub seq: u64,
        /// RFC 3339.
        pub at: String,
    }

    /// Command `pick_folder` / `pick_files` / `pick_save`: opens the native dialog. `None` when dismissed.
    pub struct PickRequest {
        pub title: String,
        pub purpose: PickPurpose,
        /// What a new file would be called, for `pick_save` of a file.
        #[serde(default)]
        #[ts(optional)]
        pub name: Option<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum PickPurpose { DataFolder, DataFiles, MapFile, ContractFile, ResultsFile, WorkspaceParent, Workspace, ExportFolder, ChartFile, PackFile, GoldFile }

    /// Something the user picked or dropped. The window never sees a usable path.
    pub struct Picked {
        /// Opaque.
        pub handle: String,
        /// For display only.
        pub label: String,
    }

    /// Command `workspace_create`. Without a parent handle, beside the picked data or in the documents folder.
    pub struct WorkspaceCreateRequest {
        pub name: String,
        pub parent: Option<String>,
    }

    /// Commands `workspace_open`, `workspace_open_recent`, and others that need only a handle.
    pub struct HandleRequest {
        pub handle: String,
    }

    /// Command `person_add` (also chooses the person) and `person_choose` (role ignored).
    pub struct PersonRequest {
        pub name: String,
        pub role: Role,
    }

    /// Commands `settings_get` (no request) and `settings_set`: small values the window remembers (theme, last view, sizes).
    pub struct Settings {
        pub values: std::collections::BTreeMap<String, String>,
    }

    /// Command `window_zoom`: how large everything in the window is, in percent; held between 50 and 400.
    pub struct WindowZoomRequest {
        pub percent: u16,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JobState { Queued, Running, Succeeded, Failed, Canceled, Interrupted }

    /// A job as a whole; sent as event `job` at most 20 times a second, and by command `jobs` (all of this session).
    pub struct Job {
        pub id: u64,
        /// `index`, `measure`, `sample`, `origins`; `gates`, `compare`, `trends`, `leak` only look.
        pub kind: String,
        pub dataset: String,
        pub snapshot: u64,
        pub state: JobState,
        pub progress: Progress,
        pub elapsed_s: f64,
        /// Records a second and bytes a second over the last seconds.
        pub samples_per_s: f64,
        pub bytes_per_s: f64,
        /// `None` until it can be told.
        pub left_s: Option<f64>,
        /// Latest state of the files, at most 200 rows: those being read, then refused, then done, then waiting.
        pub files: Vec<JobFile>,
        /// The latest 50 quarantined records.
        pub quarantine: Vec<Quarantine>,
        /// Quarantined records by code, most first.
        pub quarantine_counts: Vec<CodeCount>,
        pub refused: Vec<Refusal>,
        /// For failed jobs.
        pub fault: Option<Fault>,
        /// For succeeded index jobs: false when nothing had changed.
        pub new_snapshot: Option<bool>,
    }

    pub struct JobFile {
        pub path: String,
        /// `JSON Lines, zstd`; empty until known.
        pub read_as: String,
        pub bytes: u64,
        pub records: u64,
        pub quarantined: u64,
        pub state: JobFileState,
        /// From 0 to 1.
        pub fraction: f64,
        /// Why it was refused.
        pub message: Option<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JobFileState { Waiting, Reading, Done, Carried, Refused }

    pub struct CodeCount {
        pub code: String,
        pub meaning: String,
        pub count: u64,
    }

    /// Command `chart_save`: writes a chart to the file that was picked.
    pub struct ChartSaveRequest {
        pub handle: String,
        /// CSV or SVG; else the bytes of a PNG.
        pub text: Option<String>,
        pub bytes: Option<Vec<u8>>,
    }

    /// Command `job_cancel`.
    pub struct JobRequest {
        pub id: u64,
    }
}
