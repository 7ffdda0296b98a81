//! What is there to sign, and what must the lead have looked at before?

use assay_card::sign_off::{
    self, ContractOutcome, Exception, GOLD_FILE, GoldState, MANIFEST_FILE, ManifestFile, ManifestSample,
    Meaning,
};
use assay_index::{Index, Snapshot, WorkerCommand};
use assay_model::{Code, Expression, Fault, Task, canonical};
use assay_review::{Ledger, gold, sign_offs};
use assay_seal::Subject;
use serde_json::json;

use crate::Workspace;
use crate::card::{self, CardFiles};
use crate::checking::{self, CheckReport, GateResult};

/// A card that is ready to be signed, and what the lead is shown first.
#[derive(Clone, Debug)]
pub struct Signable {
    pub snapshot: Snapshot,
    /// The card.
    pub files: CardFiles,
    pub contract: Option<ContractOutcome>,
    pub exceptions: Vec<Exception>,
    /// Different leads who must sign.
    pub signers: u64,
    pub gold: GoldState,
    /// Entries of the ledger that all of this follows from.
    pub entries: u64,
    /// What the signature will cover whoever signs: the card, the manifest, the gold set.
    pub(super) covered: Vec<(String, Vec<u8>)>,
    pub(super) subjects: Vec<Subject>,
}

impl Signable {
    /// What is signed under this meaning: the sentence of one of Assay's own words, else the text as it is.
    pub fn meaning(&self, signer: &str, meaning: &str) -> Result<String, Fault> {
        let Some(known) = Meaning::of(meaning.trim()) else {
            return Ok(meaning.trim().to_owned());
        };
        known.may_be_said(self.contract.as_ref()).map_err(|why| {
            Fault::new(
                Code::NotAllowed,
                format!("`{}` cannot be signed, {why}", known.word()),
                "mend the data, have a lead waive what fails, or sign `reviewed`",
            )
        })?;
        Ok(self.sentence(signer, known))
    }

    /// What this person would sign under a meaning.
    pub fn sentence(&self, signer: &str, meaning: Meaning) -> String {
        let contract = self.contract.as_ref();
        let waivers = contract.map_or(0, |contract| contract.waivers.len());
        let (dataset, number) = (&self.snapshot.dataset, self.snapshot.number);
        meaning.sentence(signer, dataset, number, self.exceptions.len(), waivers)
    }

    /// Files that the signature covers, how to verify them among them.
    pub fn covers(&self) -> u64 {
        self.subjects.len() as u64 + 1
    }
}

/// The card as it is now, its figures measured and its gates held against it again.
pub fn signable(
    workspace: &Workspace,
    ledger: &Ledger,
    (dataset, number): (Option<&str>, Option<u64>),
    files: impl FnOnce(&assay_card::Card) -> CardFiles,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Signable, Fault> {
    let card = card::card(workspace, ledger, dataset, number, worker, task)?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    let held = checking::of_workspace(workspace, &snapshot.dataset, Some(snapshot.number), worker, task)?;
    let contract = held.map(outcome);
    let gates = contract.as_ref().map_or(&[][..], |contract| &contract.failing);
    let figures = super::parsed(&card.json())?;
    let exceptions = sign_off::exceptions(&figures, gates);
    let signers = sign_offs::signers_needed(ledger, |filter| holds(&index, &snapshot, filter))?;
    let files = files(&card);
    let (gold, covered) = covered(&index, ledger, &snapshot, &files)?;
    Ok(Signable {
        subjects: covered
            .iter()
            .map(|(name, bytes)| Subject::of(name, bytes))
            .collect(),
        entries: ledger.size()?,
        snapshot,
        files,
        contract,
        exceptions,
        signers,
        gold,
        covered,
    })
}

/// The files that the signature covers, and the gold set that one of them holds.
fn covered(
    index: &Index,
    ledger: &Ledger,
    snapshot: &Snapshot,
    files: &CardFiles,
) -> Result<(GoldState, Vec<(String, Vec<u8>)>), Fault> {
    let members = gold::membership(ledger)?;
    let state = GoldState {
        members: members.len() as u64,
        root: gold::root(ledger)?,
    };
    let gold = canonical::to_string(&json!({"members": members, "root": state.root}))
        .map_err(|error| Fault::internal("writing a file to sign", error))?;
    let own = |(name, text): (&str, &str)| (name.to_owned(), text.as_bytes().to_vec());
    let mut covered: Vec<(String, Vec<u8>)> = files.files().map(own).collect();
    covered.push((MANIFEST_FILE.to_owned(), manifest(index, snapshot)?.into_bytes()));
    covered.push((GOLD_FILE.to_owned(), (gold + "\n").into_bytes()));
    Ok((state, covered))
}

fn manifest(index: &Index, snapshot: &Snapshot) -> Result<String, Fault> {
    let files: Vec<ManifestFile> = index
        .files(snapshot)?
        .into_iter()
        .map(|file| ManifestFile {
            bytes: file.bytes,
            digest: file.digest,
            path: file.path,
        })
        .collect();
    let samples = index.leaves(snapshot)?.into_iter();
    sign_off::manifest(
        &files,
        samples.map(|(digest, facts)| ManifestSample { digest, facts }),
    )
    .map_err(|error| Fault::internal("writing a manifest", error))
}

fn outcome(held: CheckReport) -> ContractOutcome {
    let failing: Vec<&GateResult> = held.gates.iter().filter(|gate| gate.fails()).collect();
    let waived = |gate: &&GateResult| {
        let waiver = gate.waived.as_ref()?;
        Some(format!(
            "{}, by {} until {}: {}",
            named(gate),
            waiver.by,
            waiver.until,
            waiver.reason
        ))
    };
    ContractOutcome {
        failing: failing.iter().map(|gate| named(gate)).collect(),
        waivers: failing.iter().filter_map(waived).collect(),
        name: held.contract,
        passed: held.passed,
    }
}

fn named(gate: &GateResult) -> String {
    match &gate.slice {
        Some(slice) => format!("{} where {slice}", gate.id),
        None => gate.id.to_owned(),
    }
}

fn holds(index: &Index, snapshot: &Snapshot, filter: &str) -> Result<bool, Fault> {
    let filter = Expression::parse(filter).map_err(Fault::from)?;
    Ok(index.count(&index.select(snapshot, Some(&filter))?)? > 0)
}
