//! The page `docs/errors.md`: every code of the closed set, what it means and what to do.

use assay_model::Code;

/// Where a code turns up. The codes stand in this order in the set.
const SECTIONS: [(&str, &str, Code); 4] = [
    (
        "Files that are not read",
        "Listed under `files.refused`; the other files are read.",
        Code::NotReadable,
    ),
    (
        "Records that are quarantined",
        "Listed with file, line, column and byte offset; seen = indexed + quarantined. `assay samples --quarantined` lists all.",
        Code::InvalidJson,
    ),
    (
        "Things noticed in records that were indexed",
        "Rows under `flags` in the report.",
        Code::DuplicateKey,
    ),
    (
        "Wrong usage, damaged places",
        "The command ends with exit code 1, 2, 3 or 4.",
        Code::Usage,
    ),
];

/// The whole page.
pub fn page() -> String {
    let mut page = String::from(
        "# Errors\n\n\
         Written by `cargo run -p xtask -- errors` from the closed set in `crates/assay-model/src/fault.rs`; a test keeps them equal.\n\n\
         An error is one line, `error[CODE]: what, where; what to do`, and with `--json` an object under `error`. The window\n\
         shows the same code, place and remedy.\n",
    );
    for code in Code::ALL {
        if let Some((title, gloss, _)) = SECTIONS.iter().find(|(_, _, first)| first == code) {
            page += &format!("\n## {title}\n\n{gloss}\n\n| code | means | what to do |\n|---|---|---|\n");
        }
        page += &format!("| `{code}` | {} | {} |\n", code.meaning(), remedy(*code));
    }
    page
}

/// What a person can do about it. A code without its own line has the remedy that its message states.
fn remedy(code: Code) -> &'static str {
    match code {
        Code::NotReadable | Code::NoPermission => "Check who may read the file, then index again.",
        Code::NotFound => "Check the path.",
        Code::NotRegular | Code::SymlinkLoop | Code::SymlinkNotFollowed => {
            "Give the path of the file or folder that it leads to."
        }
        Code::UnknownFormat => "Convert it to one of the formats in `docs/formats.md`.",
        Code::NeverLoaded => "Export the data as JSON Lines or Parquet with the tool that made it.",
        Code::GitLfsPointer => "Run `git lfs pull` in its repository.",
        Code::NoTextField => "Write a map that names the text fields; the message lists the fields seen.",
        Code::ArraysNeedColumns => "Add `columns = [...]` to the map.",
        Code::DamagedFile | Code::DamagedArchive => {
            "Fetch the file again; compare its checksum with its source."
        }
        Code::EncryptedFile => "Decrypt it first.",
        Code::WindowTooLarge => "Compress it again with a smaller window (`zstd` without `--long`).",
        Code::ExpansionLimit | Code::FileTooLarge => {
            "Unpack it yourself if you trust it, or raise the limit."
        }
        Code::ChangedWhileRead => "Index again once nothing writes to it.",
        Code::WorkerCrashed => "Please report it with the file; index again to read the others.",
        Code::InvalidJson | Code::CutOff | Code::NotAnObject | Code::UnclosedQuote | Code::RaggedRow => {
            "Correct the record in a copy of the source, or leave it out."
        }
        Code::InvalidUtf8 => "Find the encoding that it was written in and convert it to UTF-8.",
        Code::NestedTooDeep | Code::LineTooLong => "Split the record, or raise the limit.",
        Code::NulByte => "Find out what wrote it; text files hold no NUL.",
        Code::NoText | Code::TextNotText => "Map another field as text, or leave the record out.",
        Code::DuplicateKey | Code::HeaderRenamed => "Give every field one name at the source.",
        Code::NotANumber | Code::NumberOutOfRange => "Write null where there is no number.",
        Code::LoneSurrogate | Code::NulCharacter => {
            "Correct the text at the source; exports keep it as it was."
        }
        Code::UnusableEmbedding => {
            "Write every vector as a list of as many finite numbers; without one a sample is in no topic."
        }
        Code::EmptyText | Code::ShortRow => "Nothing, if it is meant; otherwise correct the source.",
        Code::FieldsCapped => "Map the fields that matter, or raise the limit.",
        Code::StreamCutOff => "Fetch the file again: what follows the cut is missing.",
        Code::TrailingGarbage | Code::SeveralMembers => "Nothing, if the counts are as expected.",
        Code::PersonalData => "Look at the samples; mask or leave out what may not be trained on.",
        Code::InvalidDate => {
            "Write it as YYYY-MM-DD at the source; the cut-off says nothing of the record until then."
        }
        Code::DerivationCycle => "Correct the field that names the parent at the source.",
        Code::LanguageMismatch => "Look at the samples; correct the declared language where it is wrong.",
        Code::UnreadableName => "Rename the file.",
        Code::Usage => "`assay help COMMAND` shows how.",
        Code::UnknownField => {
            "Use one of the names the message offers, or map the field under `[dimensions]`."
        }
        Code::InvalidExpression => "See the expressions in `docs/guide/expressions.md`.",
        Code::InvalidMap
        | Code::InvalidContract
        | Code::InvalidPolicy
        | Code::InvalidTable
        | Code::InvalidDecisions
        | Code::InvalidEvidence
        | Code::InvalidResults => "Correct the file at the place that the message names.",
        Code::UnknownDataset
        | Code::UnknownQueue
        | Code::UnknownPerson
        | Code::UnknownSample
        | Code::UnknownRun => "Use one of the names that the message lists.",
        Code::NotAllowed => "The message says who may, or what has to come first.",
        Code::NothingRead => "The message lists each file with its reason.",
        Code::SourceChanged => "Index the source again.",
        Code::InsideSource => "Choose a folder outside the data.",
        Code::WorkspaceLocked => "Close the other Assay, then try again.",
        Code::WorkspaceDamaged | Code::LedgerBroken => "Run `assay doctor`; nothing is deleted.",
        Code::WorkspaceNewer => "Update Assay.",
        Code::NotAWorkspace => "Open a folder whose name ends in `.assay`.",
        Code::DiskFull => "Free some room, then try again.",
        Code::NotSaved => "Try again: an entry that landed after all is not written twice.",
        Code::Cancelled => "Index again when you like.",
        Code::Internal => "Please report it with what was being done.",
        _ => "As the message says.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_on_the_page_once() {
        let page = page();
        for code in Code::ALL {
            assert_eq!(page.matches(&format!("| `{code}` |")).count(), 1, "{code}");
        }
    }
}
