//! Errors at the boundary: a closed set of codes, each with a place and a remedy.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hidden::is_hidden;

/// Declares the closed set of codes, their words and what each means. `docs/errors.md` lists the same set.
macro_rules! codes {
    ($($variant:ident $word:literal $meaning:literal,)*) => {
        /// A code of the closed set in `docs/errors.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum Code { $(#[doc = $meaning] #[serde(rename = $word)] $variant,)* }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code's word, snake_case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What the code means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// The code with this word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == word)
            }
        }
    };
}

codes! {
    // Files that are not read
    NotReadable "not_readable" "The file could not be opened or read.",
    NoPermission "no_permission" "The file may not be read by this user.",
    NotFound "not_found" "There is nothing at this path.",
    NotRegular "not_regular" "Not a regular file (a pipe, a device, a socket).",
    SymlinkLoop "symlink_loop" "A symbolic link that leads back to itself.",
    SymlinkNotFollowed "symlink_not_followed" "Symbolic links are not followed.",
    UnknownFormat "unknown_format" "The content is none of the formats Assay reads.",
    NeverLoaded "never_loaded" "Pickles, checkpoints, notebooks and scripts are never loaded.",
    GitLfsPointer "git_lfs_pointer" "A Git LFS pointer, not the data it stands for.",
    NoTextField "no_text_field" "No field of the records is text, and no map names one.",
    ArraysNeedColumns "arrays_need_columns" "Arrays of arrays are read only when the map names their columns.",
    DamagedFile "damaged_file" "The file's structure is damaged.",
    EncryptedFile "encrypted_file" "The file is encrypted.",
    DamagedArchive "damaged_archive" "A compressed stream is damaged.",
    WindowTooLarge "window_too_large" "A zstd window larger than the limit.",
    ExpansionLimit "expansion_limit" "Decompression grew beyond the ratio or size limit.",
    FileTooLarge "file_too_large" "The file is larger than the limit after decompression.",
    ChangedWhileRead "changed_while_read" "The file changed while it was read.",
    WorkerCrashed "worker_crashed" "Reading this file ended the worker process; the other files were read.",
    // Records that are quarantined
    InvalidJson "invalid_json" "The line or element is not valid JSON.",
    CutOff "cut_off" "The record ends before it is complete.",
    NotAnObject "not_an_object" "The record is not an object.",
    InvalidUtf8 "invalid_utf8" "The record holds bytes that are not valid UTF-8.",
    NestedTooDeep "nested_too_deep" "Nesting beyond the limit.",
    LineTooLong "line_too_long" "The line is longer than the limit.",
    UnclosedQuote "unclosed_quote" "A quoted cell is never closed.",
    RaggedRow "ragged_row" "The row has more cells than the header.",
    NulByte "nul_byte" "A NUL byte stands in a row of text.",
    NoText "no_text" "All text parts of the record are null or missing.",
    TextNotText "text_not_text" "A field mapped as text holds something else.",
    // Things noticed in records that were indexed
    DuplicateKey "duplicate_key" "A key stands twice in one object; the last value is used.",
    NotANumber "not_a_number" "NaN or an infinity, read as null.",
    NumberOutOfRange "number_out_of_range" "A number too large for any float; kept as written.",
    LoneSurrogate "lone_surrogate" "Half of a UTF-16 pair, read as U+FFFD; the message names the escape.",
    NulCharacter "nul_character" "The text holds U+0000.",
    EmptyText "empty_text" "The text is empty.",
    UnusableEmbedding "unusable_embedding" "The record's vector is no list of finite numbers, or not as long as the others.",
    FieldsCapped "fields_capped" "More fields than the limit; the rest was left out.",
    ShortRow "short_row" "The row has fewer cells than the header; the rest is null.",
    HeaderRenamed "header_renamed" "Duplicate or empty column names were made distinct.",
    StreamCutOff "stream_cut_off" "A compressed stream ends early; records before the cut were kept.",
    TrailingGarbage "trailing_garbage" "Bytes after the end of a compressed stream were ignored.",
    SeveralMembers "several_members" "The gzip file holds several members; all were read.",
    LanguageMismatch "language_mismatch" "The detected language is not the declared one.",
    InvalidDate "invalid_date" "The date that a cut-off asks for is none; the cut-off passed the record over.",
    DerivationCycle "derivation_cycle" "A chain of parents leads back to this record; it has no depth.",
    PersonalData "personal_data" "The text holds what identifies a person, by its form and its check digits.",
    UnreadableName "unreadable_name" "The file name is not valid UTF-8; it is shown escaped.",
    // Wrong usage and damaged places
    Usage "usage" "The command was used wrongly.",
    UnknownField "unknown_field" "An expression names a field that does not exist.",
    InvalidExpression "invalid_expression" "The expression cannot be understood.",
    InvalidMap "invalid_map" "The map file is wrong.",
    InvalidContract "invalid_contract" "The contract is wrong; nothing was checked.",
    InvalidPolicy "invalid_policy" "The policy of a release is wrong; nothing was released.",
    InvalidEvidence "invalid_evidence" "The file of evidence is wrong; nothing of it was added.",
    InvalidTable "invalid_table" "The table of ratings is wrong.",
    InvalidDecisions "invalid_decisions" "The decisions file is wrong; nothing of it was applied.",
    InvalidResults "invalid_results" "The file of results is wrong; nothing of it was kept.",
    UnknownDataset "unknown_dataset" "No dataset or snapshot has this name.",
    UnknownQueue "unknown_queue" "No queue has this name.",
    UnknownPerson "unknown_person" "No person has this name.",
    UnknownSample "unknown_sample" "No sample has this digest.",
    UnknownRun "unknown_run" "No run of results has this name.",
    ReasonNeeded "reason_needed" "What a signed head covers is taken back with a reason only.",
    NotAllowed "not_allowed" "The person or state does not allow this act.",
    NothingRead "nothing_read" "None of the given files could be read.",
    SourceChanged "source_changed" "The source no longer holds what was indexed.",
    InsideSource "inside_source" "An export may not be written inside a source folder.",
    WorkspaceLocked "workspace_locked" "Another Assay has this workspace open.",
    WorkspaceDamaged "workspace_damaged" "The workspace's database is damaged.",
    WorkspaceNewer "workspace_newer" "The workspace was written by a newer Assay.",
    NotAWorkspace "not_a_workspace" "The folder is not an Assay workspace.",
    LedgerBroken "ledger_broken" "The ledger does not verify.",
    DiskFull "disk_full" "There is no room left on the disk.",
    NotSaved "not_saved" "The entry could not be written to disk.",
    NotYet "not_yet" "This command belongs to a later version.",
    Cancelled "cancelled" "Stopped on request; the previous snapshot stands.",
    Internal "INTERNAL" "A fault inside Assay.",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What went wrong, where, and what to do: the shape every error takes at the boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Fault {
    pub code: Code,
    pub message: String,
    pub path: Option<String>,
    pub line: Option<u64>,
    pub column: Option<u64>,
    pub byte_offset: Option<u64>,
    pub remedy: String,
}

impl Fault {
    /// A fault without a place. What names something too long to be read says so by an ellipsis.
    pub fn new(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code,
            message: readable(message.into()),
            path: None,
            line: None,
            column: None,
            byte_offset: None,
            remedy: readable(remedy.into()),
        }
    }

    /// A fault inside Assay, saying what was being done.
    pub fn internal(doing: impl fmt::Display, cause: impl fmt::Display) -> Self {
        Self::new(
            Code::Internal,
            format!("{doing}: {cause}"),
            "please report this with the file that caused it",
        )
    }

    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub fn column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    pub fn byte_offset(mut self, byte_offset: u64) -> Self {
        self.byte_offset = Some(byte_offset);
        self
    }
}

impl fmt::Display for Fault {
    /// Writes `error[CODE]: what, where, what to do` on one line, controls escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code, one_line(&self.message))?;
        if let Some(path) = &self.path {
            write!(f, ", {}", one_line(path))?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
                if let Some(column) = self.column {
                    write!(f, ":{column}")?;
                }
            }
        } else if let Some(line) = self.line {
            write!(f, ", line {line}")?;
            if let Some(column) = self.column {
                write!(f, ", column {column}")?;
            }
        } else if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if let (Some(offset), None) = (self.byte_offset, self.line) {
            write!(f, ", byte {offset}")?;
        }
        if !self.remedy.is_empty() {
            write!(f, "; {}", one_line(&self.remedy))?;
        }
        Ok(())
    }
}

/// Characters that a message may have: whoever asked with a name of a megabyte is not told it whole.
const LONGEST: usize = 2_000;

/// The text, or its beginning and its end where it is longer than anybody reads.
fn readable(text: String) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return text;
    }
    let end = LONGEST / 4;
    let head: String = text.chars().take(LONGEST - end).collect();
    let tail: String = text.chars().skip(length - end).collect();
    format!("{head} … {tail}")
}

/// Escapes what would break a line, hide, or reorder text in a terminal.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // A name or an excerpt has no need of the joiners that living scripts have.
            '\u{200c}' | '\u{200d}' => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c if is_hidden(c) && !c.is_control() => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// Shows up to `limit` characters of raw bytes on one line; bytes that are not UTF-8 as `\xNN`.
pub fn excerpt(bytes: &[u8], limit: usize) -> String {
    let window = &bytes[..bytes.len().min(limit * 4)];
    let mut shown = String::new();
    for chunk in window.utf8_chunks() {
        shown.push_str(&one_line(chunk.valid()));
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
    }
    let cut: String = shown.chars().take(limit).collect();
    if cut.len() < shown.len() || window.len() < bytes.len() {
        cut + "…"
    } else {
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_end_is_cut_and_what_is_wrong_with_it_is_not() {
        let fault = Fault::new(
            Code::Usage,
            format!("`{}` names nothing", "ä".repeat(100_000)),
            "ask again",
        );
        assert!(fault.message.chars().count() < 2_010);
        assert!(fault.message.ends_with("ä` names nothing"));
        let short = "x".repeat(2_000);
        assert_eq!(Fault::new(Code::Usage, &*short, "").message, short);
    }
}
