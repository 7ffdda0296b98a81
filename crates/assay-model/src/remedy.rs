//! What can a person do about an error? A sentence for each code of the closed set.

use crate::Code;

impl Code {
    /// What to do, where nothing more is known than the code. One without a sentence of its own has the remedy that its message states.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NotReadable | Self::NoPermission => "Check who may read the file, then index again.",
            Self::NotFound => "Check the path.",
            Self::NotRegular | Self::SymlinkLoop | Self::SymlinkNotFollowed => {
                "Give the path of the file or folder that it leads to."
            }
            Self::UnknownFormat => "Convert it to one of the formats in `docs/formats.md`.",
            Self::NeverLoaded => "Export the data as JSON Lines or Parquet with the tool that made it.",
            Self::GitLfsPointer => "Run `git lfs pull` in its repository.",
            Self::NoTextField => "Write a map that names the text fields; the message lists the fields seen.",
            Self::ArraysNeedColumns => "Add `columns = [...]` to the map.",
            Self::DamagedFile | Self::DamagedArchive => {
                "Fetch the file again; compare its checksum with its source."
            }
            Self::EncryptedFile => "Decrypt it first.",
            Self::WindowTooLarge => "Compress it again with a smaller window (`zstd` without `--long`).",
            Self::ExpansionLimit | Self::FileTooLarge => {
                "Unpack it yourself if you trust it, or raise the limit."
            }
            Self::ChangedWhileRead => "Index again once nothing writes to it.",
            Self::WorkerCrashed => "Please report it with the file; index again to read the others.",
            Self::InvalidJson | Self::CutOff | Self::NotAnObject | Self::UnclosedQuote | Self::RaggedRow => {
                "Correct the record in a copy of the source, or leave it out."
            }
            Self::InvalidUtf8 => "Find the encoding that it was written in and convert it to UTF-8.",
            Self::NestedTooDeep | Self::LineTooLong => "Split the record, or raise the limit.",
            Self::NulByte => "Find out what wrote it; text files hold no NUL.",
            Self::NoText | Self::TextNotText => "Map another field as text, or leave the record out.",
            Self::DuplicateKey | Self::HeaderRenamed => "Give every field one name at the source.",
            Self::NotANumber | Self::NumberOutOfRange => "Write null where there is no number.",
            Self::LoneSurrogate => {
                "Correct the text at the source; exports write the escape, releases U+FFFD."
            }
            Self::NulCharacter => "Correct the text at the source; exports keep it as it was.",
            Self::UnusableEmbedding => {
                "Write every vector as a list of as many finite numbers; without one a sample is in no topic."
            }
            Self::EmptyText | Self::ShortRow => "Nothing, if it is meant; otherwise correct the source.",
            Self::FieldsCapped => "Map the fields that matter, or raise the limit.",
            Self::StreamCutOff => "Fetch the file again: what follows the cut is missing.",
            Self::TrailingGarbage | Self::SeveralMembers => "Nothing, if the counts are as expected.",
            Self::PersonalData => "Look at the samples; mask or leave out what may not be trained on.",
            Self::InvalidDate => {
                "Write it as YYYY-MM-DD at the source; the cut-off says nothing of the record until then."
            }
            Self::DerivationCycle => "Correct the field that names the parent at the source.",
            Self::LanguageMismatch => "Look at the samples; correct the declared language where it is wrong.",
            Self::UnreadableName => "Rename the file.",
            Self::Usage => "`assay help COMMAND` shows how.",
            Self::UnknownField => {
                "Use one of the names the message offers, or map the field under `[dimensions]`."
            }
            Self::InvalidExpression => "See the expressions in `docs/guide/expressions.md`.",
            Self::InvalidMap
            | Self::InvalidContract
            | Self::InvalidPolicy
            | Self::InvalidTable
            | Self::InvalidDecisions
            | Self::InvalidEvidence
            | Self::InvalidResults => "Correct the file at the place that the message names.",
            Self::UnknownDataset
            | Self::UnknownQueue
            | Self::UnknownPerson
            | Self::UnknownSample
            | Self::UnknownRun => "Use one of the names that the message lists.",
            Self::ReasonNeeded => "Say why, and repeat it.",
            Self::NotAllowed => "The message says who may, or what has to come first.",
            Self::NothingRead => "The message lists each file with its reason.",
            Self::SourceChanged => "Index the source again.",
            Self::InsideSource => "Choose a folder outside the data.",
            Self::WorkspaceLocked => "Close the other Assay, then try again.",
            Self::WorkspaceDamaged | Self::LedgerBroken => "Run `assay doctor`; nothing is deleted.",
            Self::WorkspaceNewer => "Update Assay.",
            Self::NotAWorkspace => "Open a folder whose name ends in `.assay`.",
            Self::DiskFull => "Free some room, then try again.",
            Self::NotSaved => "Try again: an entry that landed after all is not written twice.",
            Self::Cancelled => "Index again when you like.",
            Self::Internal => "Please report it with what was being done.",
            _ => "As the message says.",
        }
    }
}
