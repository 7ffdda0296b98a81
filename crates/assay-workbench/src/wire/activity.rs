//! The ledger as the window shows it, and the card.

use super::{Job, SavedEntry, wire};

wire! {
    /// Command `activity_page`: entries, latest first.
    pub struct ActivityRequest {
        /// Entries before this one; the latest where absent.
        pub before: Option<u64>,
        pub limit: u64,
        /// Only these kinds; all where empty.
        pub kinds: Vec<String>,
        /// Only this person's; all where absent.
        pub actor: Option<String>,
    }

    pub struct ActivityPage {
        pub rows: Vec<ActivityRow>,
        pub total: u64,
        pub kinds: Vec<String>,
    }

    pub struct ActivityRow {
        pub seq: u64,
        pub id: String,
        /// RFC 3339.
        pub at: String,
        pub actor: String,
        /// Whether the actor is a machine.
        pub by_machine: bool,
        pub kind: String,
        /// In words: `Approve, Inhaler spacer`.
        pub what: String,
        pub verdict: Option<super::Verdict>,
        /// 64 hexadecimal digits.
        pub leaf: String,
        /// The canonical JSON that was hashed.
        pub body: String,
    }

    /// Command `entry_proof`: the way from an entry to the last signed head over it; null where no head reaches it.
    pub struct EntryProofRequest {
        pub seq: u64,
    }

    pub struct EntryProof {
        /// Entries under the head.
        pub head: u64,
        /// 64 hexadecimal digits.
        pub root: String,
        /// Who signed it.
        pub by: Vec<String>,
        /// Nearest first.
        pub steps: Vec<ProofStep>,
        /// A C2SP tlog-proof, to be kept as a file.
        pub text: String,
    }

    /// A hash beside the way, over these entries.
    pub struct ProofStep {
        pub is_left: bool,
        pub first: u64,
        pub last: u64,
        pub hash: String,
    }

    /// Command `ledger_verify`, no request.
    pub struct LedgerCheck {
        pub whole: bool,
        pub entries: u64,
        pub root: String,
        /// The first failure, in words.
        pub failure: Option<String>,
        pub elapsed_ms: f64,
        /// RFC 3339.
        pub at: String,
    }

    /// Command `card_draft` (request: `SnapshotRequest`): the card, or the job that measures its gates and drafts it.
    pub struct CardAnswer {
        pub job: Option<Job>,
        pub answer: Option<CardDraft>,
    }

    pub struct CardDraft {
        /// README.md as it would be written, YAML front matter included.
        pub markdown: String,
        /// The card's sections as data; the window draws them itself.
        pub sections: Vec<CardSection>,
    }

    pub struct CardSection {
        pub title: String,
        pub blocks: Vec<CardBlock>,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CardBlock {
        Paragraph { text: String },
        /// A measured fact; `filter` opens the samples behind it.
        Fact { label: String, value: String, note: String, filter: Option<String> },
        /// `filters` opens the samples behind a cell, in the order of rows and columns; rows may end early.
        Table { columns: Vec<String>, rows: Vec<Vec<String>>, filters: Vec<Vec<Option<String>>> },
        /// A paragraph of what a person wrote; `section` is the word under which it is written anew.
        Written { section: String, text: String },
        /// What only a person can write, and has not yet.
        Open { section: String, label: String },
    }

    /// Command `card_text_write`: writes a section anew; an empty text opens it again.
    pub struct CardTextRequest {
        pub dataset: String,
        pub section: String,
        pub text: String,
        /// UUIDv7 made by the window.
        pub entry: String,
    }

    pub struct CardTextSaved {
        /// None where this text stands already.
        pub saved: Option<SavedEntry>,
    }

    /// Command `card_texts`: every version of every section of a dataset's card, latest first.
    pub struct CardTextsRequest {
        pub dataset: String,
    }

    pub struct CardTextRow {
        pub section: String,
        /// What the section asks for.
        pub asks: String,
        /// Entry of the ledger.
        pub seq: u64,
        /// Empty where it opened the section again.
        pub text: String,
        pub by: String,
        /// RFC 3339.
        pub at: String,
    }

    /// Command `card_export`: writes the files of the card that was drafted into a picked folder.
    pub struct CardExportRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        pub handle: String,
    }

    pub struct Exported {
        /// For display only.
        pub folder: String,
        pub files: Vec<String>,
    }
}
