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
        page += &format!("| `{code}` | {} | {} |\n", code.meaning(), code.remedy());
    }
    page
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
