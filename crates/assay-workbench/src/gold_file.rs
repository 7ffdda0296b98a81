//! Gold as a file, written for somebody: JSON Lines, by digest, with the proof of a frozen set beside it.
//!
//! `assay_review::gold_file` holds such a file against the set that was frozen, without a workspace.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use assay_model::{Digest, Fault};
use assay_review::gold_file::proof_beside;
use assay_review::{Ledger, Stamp, frozen, gold};
use assay_seal::TlogProof;
use serde_json::json;

use crate::Workspace;
use crate::keeping;
use crate::review::saved_entry;
use crate::samples::write_sample;
use crate::wire::GoldExported;

/// Names the file in a refusal.
const EXPORT: &str = "the export";

/// Writes gold, or a frozen set of it, into a file and records what for. The purpose is on record before a byte leaves.
pub fn export_to(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    number: Option<u64>,
    purpose: &str,
    path: &Path,
) -> Result<GoldExported, Fault> {
    workspace.check_export(path)?;
    let set = number.map(|number| frozen::find(ledger, number)).transpose()?;
    let entry = frozen::record_export(ledger, stamp, purpose, set.as_ref())?;
    let written = write(ledger, number, path)?;
    Ok(GoldExported {
        saved: saved_entry(&entry),
        written,
        path: path.display().to_string(),
    })
}

/// Writes gold as it is, or the set that was frozen under a number and its proof beside it. Returns the members.
pub fn write(ledger: &Ledger, number: Option<u64>, path: &Path) -> Result<u64, Fault> {
    let mut file = crate::file::create(path, EXPORT)?;
    let written = export(ledger, number, &mut file)?;
    crate::file::finish(file, path, EXPORT)?;
    let proof = number
        .map(|number| proof_of(ledger, number))
        .transpose()?
        .flatten();
    if let Some(proof) = proof {
        crate::file::write(&proof_beside(path), proof.to_string().as_bytes(), EXPORT)?;
    }
    Ok(written)
}

/// That the entry which froze a set stands under the last signed head; none where no head covers it.
fn proof_of(ledger: &Ledger, number: u64) -> Result<Option<TlogProof>, Fault> {
    let seq = frozen::find(ledger, number)?.seq;
    let head = ledger.last_head()?.filter(|head| seq < head.checkpoint.size);
    head.map(|head| ledger.prove_entry(seq, &head)).transpose()
}

/// Gold as JSON Lines: text, facts, and the act that made each member gold. With a number, the set that was frozen under it.
pub fn export(ledger: &Ledger, number: Option<u64>, out: &mut dyn Write) -> Result<u64, Fault> {
    let members = match number {
        Some(number) => frozen::members(ledger, &frozen::find(ledger, number)?)?,
        None => gold::membership(ledger)?,
    };
    export_of(ledger, &members, out)
}

fn export_of(ledger: &Ledger, samples: &BTreeSet<Digest>, out: &mut dyn Write) -> Result<u64, Fault> {
    let mut written = 0;
    gold::export_of(ledger, samples, |row| {
        written += 1;
        let line = json!({
            "digest": row.member.sample,
            "parts": row.parts,
            "dimensions": row.facts["dimensions"],
            "dataset": row.facts["dataset"],
            "path": row.facts["path"],
            "line": row.facts["line"],
            "id": row.facts["id"],
            "promoted": {"entry": row.member.seq, "by": row.member.by, "at": row.member.at, "reason": row.member.reason},
        });
        write_sample(out, line, &keeping::halves(&row.facts))
    })?;
    Ok(written)
}
