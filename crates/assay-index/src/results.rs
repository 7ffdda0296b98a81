//! What models made of samples, kept by digest, run by run.
//!
//! Deliberately absent: the files they came from. Whoever loses `index.db` brings them again; names and digests of
//! the files say which.

use std::collections::{HashMap, HashSet};

use assay_model::results::{RunFile, RunInfo, SampleResult};
use assay_model::{Code, Digest, Fault};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::database::Index;
use crate::fault;
use crate::query::RESULT_COLUMNS;
use crate::snapshots::Snapshot;

/// Unknown keys that are kept by name for each file.
const KEYS_KEPT: usize = 1000;

/// The results of one file, read and looked up.
#[derive(Clone, Debug, Default)]
pub struct FileResults {
    pub name: String,
    pub digest: Option<Digest>,
    /// Records of the file.
    pub rows: u64,
    /// With the line each stands in, for messages.
    pub results: Vec<(Digest, SampleResult, u64)>,
    /// Keys that name no sample, as written.
    pub unknown: Vec<String>,
    /// Of the unknown, those that are digests: their results are kept for a later snapshot.
    pub kept_unknown: u64,
    /// Rows whose id names a text that another row has a result for.
    pub copies: u64,
}

/// What adding a file came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// Results written.
    New(u64),
    /// This very file is in the run already.
    Known,
}

impl Index {
    /// Adds a file to a run, made if it is not there; all of it or nothing. A text that the run has a result for
    /// already is a fault at its line, unless the very same file was added before.
    pub fn add_results(&mut self, run: &RunInfo, file: &FileResults) -> Result<Added, Fault> {
        let failed = fault::sql("keeping results");
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&failed)?;
        let digest = file.digest.unwrap_or(Digest([0; 32]));
        let id = match run_id(&transaction, &run.run).map_err(&failed)? {
            Some(id) => {
                if has_file(&transaction, id, &digest).map_err(&failed)? {
                    return Ok(Added::Known);
                }
                check_same_run(&transaction, id, run)?;
                id
            }
            None => insert_run(&transaction, run).map_err(&failed)?,
        };
        insert_file(&transaction, id, run, file, &digest).map_err(&failed)?;
        {
            let mut insert = transaction
                .prepare_cached("INSERT OR IGNORE INTO result VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                .map_err(&failed)?;
            for (sample, result, line) in &file.results {
                let written = insert
                    .execute(params![
                        id,
                        sample.0,
                        result.loss,
                        result.tokens,
                        result.correct,
                        result.confidence
                    ])
                    .map_err(&failed)?;
                if written == 0 {
                    return Err(twice(&run.run, sample).line(*line));
                }
            }
        }
        transaction.commit().map_err(&failed)?;
        Ok(Added::New(file.results.len() as u64))
    }

    /// Every run, the first added first.
    pub fn runs(&self) -> Result<Vec<RunInfo>, Fault> {
        let failed = fault::sql("listing runs");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, name, model, checkpoint, trained_on, dataset, added,
                        (SELECT count(*) FROM result WHERE run = run.id) FROM run ORDER BY id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([], |row| {
                let info = RunInfo {
                    run: row.get(1)?,
                    model: row.get(2)?,
                    checkpoint: row.get(3)?,
                    trained_on: row.get(4)?,
                    dataset: row.get(5)?,
                    added: row.get(6)?,
                    files: Vec::new(),
                    results: row.get::<_, i64>(7)? as u64,
                };
                Ok((row.get::<_, i64>(0)?, info))
            })
            .map_err(&failed)?;
        let mut runs = Vec::new();
        for row in rows {
            let (id, mut info) = row.map_err(&failed)?;
            info.files = files(&self.connection, id).map_err(&failed)?;
            runs.push(info);
        }
        Ok(runs)
    }

    /// The results of a run, by digest.
    pub fn results(&self, run: &str) -> Result<Vec<(Digest, SampleResult)>, Fault> {
        let failed = fault::sql("reading results");
        let id = self.run_named(run)?;
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT digest, loss, tokens, correct, confidence FROM result WHERE run = ?1 ORDER BY digest",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([id], |row| {
                let result = SampleResult {
                    loss: row.get(1)?,
                    tokens: row.get(2)?,
                    correct: row.get(3)?,
                    confidence: row.get(4)?,
                };
                Ok((Digest(row.get(0)?), result))
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Forgets a run with its files' names and its results; says how many results went.
    pub fn remove_run(&mut self, run: &str) -> Result<u64, Fault> {
        let id = self.run_named(run)?;
        let failed = fault::sql("removing a run");
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&failed)?;
        let removed = transaction
            .execute("DELETE FROM result WHERE run = ?1", [id])
            .map_err(&failed)?;
        transaction
            .execute("DELETE FROM run WHERE id = ?1", [id])
            .map_err(&failed)?;
        transaction.commit().map_err(&failed)?;
        Ok(removed as u64)
    }

    /// The digests of the samples that each asked id names in a snapshot, in one pass over it; several where one id
    /// stands for different texts. Ids that name none are absent.
    pub fn digests_by_id(
        &self,
        snapshot: &Snapshot,
        ids: &HashSet<String>,
    ) -> Result<HashMap<String, Vec<Digest>>, Fault> {
        let failed = fault::sql("looking samples up");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.key, s.digest FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
                 WHERE sf.snapshot = ?1 AND s.key IS NOT NULL",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        let mut found: HashMap<String, Vec<Digest>> = HashMap::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let id = row.get_ref(0).and_then(|id| Ok(id.as_str()?)).map_err(&failed)?;
            if !ids.contains(id) {
                continue;
            }
            let digest = Digest(row.get(1).map_err(&failed)?);
            let named = found.entry(id.to_owned()).or_default();
            if !named.contains(&digest) {
                named.push(digest);
            }
        }
        Ok(found)
    }

    /// Names of the runs that have a result for some sample of a snapshot.
    pub fn runs_in(&self, snapshot: &Snapshot) -> Result<HashSet<String>, Fault> {
        let failed = fault::sql("listing runs");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT run.name FROM run WHERE EXISTS (
                     SELECT 1 FROM result r JOIN sample s ON s.digest = r.digest
                     JOIN snapshot_file sf ON sf.file = s.file AND sf.snapshot = ?1 WHERE r.run = run.id)",
            )
            .map_err(&failed)?;
        let names = statement
            .query_map([snapshot.id], |row| row.get(0))
            .map_err(&failed)?;
        names.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Every run with the number it is kept under.
    pub(crate) fn run_ids(&self) -> Result<Vec<(String, i64)>, Fault> {
        let failed = fault::sql("listing runs");
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, id FROM run ORDER BY id")
            .map_err(&failed)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Which of a run's columns hold anything, by name.
    pub(crate) fn result_columns(&self, run: i64) -> Result<Vec<&'static str>, Fault> {
        let mut held = Vec::new();
        for column in RESULT_COLUMNS {
            let query =
                format!("SELECT EXISTS (SELECT 1 FROM result WHERE run = ?1 AND {column} IS NOT NULL)");
            let some: bool = self
                .connection
                .prepare_cached(&query)
                .and_then(|mut statement| statement.query_row([run], |row| row.get(0)))
                .map_err(fault::sql("listing a run's columns"))?;
            held.extend(some.then_some(column));
        }
        Ok(held)
    }

    fn run_named(&self, run: &str) -> Result<i64, Fault> {
        let found = run_id(&self.connection, run).map_err(fault::sql("finding a run"))?;
        found.map_or_else(|| Err(unknown_run(run, &self.runs()?)), Ok)
    }
}

/// Says which runs there are.
fn unknown_run(run: &str, runs: &[RunInfo]) -> Fault {
    let names: Vec<&str> = runs.iter().map(|info| info.run.as_str()).collect();
    let remedy = match names.as_slice() {
        [] => "bring results first: assay results add FILE --run NAME".to_owned(),
        names => format!("the runs are: {}", names.join(", ")),
    };
    let name = assay_model::fault::one_line(run);
    Fault::new(Code::UnknownRun, format!("there is no run `{name}`"), remedy)
}

fn twice(run: &str, sample: &Digest) -> Fault {
    let name = assay_model::fault::one_line(run);
    Fault::new(
        Code::InvalidResults,
        format!("run `{name}` has a result for {sample} already"),
        "give the results another run, or remove the run first",
    )
}

fn run_id(connection: &Connection, run: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM run WHERE name = ?1")?
        .query_row([run], |row| row.get(0))
        .optional()
}

fn has_file(connection: &Connection, run: i64, digest: &Digest) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM run_file WHERE run = ?1 AND digest = ?2")?
        .exists(params![run, digest.0])
}

/// What is said of a run must not contradict what was said of it before; what is left open may be.
fn check_same_run(connection: &Connection, id: i64, run: &RunInfo) -> Result<(), Fault> {
    let known: (String, String, String) = connection
        .query_row(
            "SELECT model, checkpoint, trained_on FROM run WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .map_err(fault::sql("finding a run"))?;
    let said = [
        ("model", &run.model, &known.0),
        ("checkpoint", &run.checkpoint, &known.1),
        ("trained-on", &run.trained_on, &known.2),
    ];
    for (what, now, before) in said {
        if !now.is_empty() && now != before {
            let name = assay_model::fault::one_line(&run.run);
            return Err(Fault::new(
                Code::InvalidResults,
                format!("run `{name}` was added with {what} `{before}`, not `{now}`"),
                "give the results another run, or remove the run first",
            ));
        }
    }
    Ok(())
}

fn insert_run(connection: &Connection, run: &RunInfo) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO run (name, model, checkpoint, trained_on, dataset, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .insert(params![
            run.run,
            run.model,
            run.checkpoint,
            run.trained_on,
            run.dataset,
            run.added
        ])
}

fn insert_file(
    connection: &Connection,
    id: i64,
    run: &RunInfo,
    file: &FileResults,
    digest: &Digest,
) -> rusqlite::Result<()> {
    let keys = &file.unknown[..file.unknown.len().min(KEYS_KEPT)];
    let keys = serde_json::to_string(keys).expect("texts have a JSON form");
    connection
        .prepare_cached(
            "INSERT INTO run_file SELECT ?1, (SELECT count(*) FROM run_file WHERE run = ?1),
                                         ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9",
        )?
        .execute(params![
            id,
            file.name,
            digest.0,
            file.rows as i64,
            file.unknown.len() as i64,
            file.kept_unknown as i64,
            file.copies as i64,
            keys,
            run.added
        ])?;
    Ok(())
}

fn files(connection: &Connection, run: i64) -> rusqlite::Result<Vec<RunFile>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, digest, rows, unknown, kept_unknown, copies, unknown_keys, added FROM run_file WHERE run = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([run], |row| {
        let keys: String = row.get(6)?;
        Ok(RunFile {
            name: row.get(0)?,
            digest: Digest(row.get(1)?).to_string(),
            rows: row.get::<_, i64>(2)? as u64,
            unknown: row.get::<_, i64>(3)? as u64,
            kept_unknown: row.get::<_, i64>(4)? as u64,
            copies: row.get::<_, i64>(5)? as u64,
            unknown_keys: serde_json::from_str(&keys).unwrap_or_default(),
            added: row.get(7)?,
        })
    })?;
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> RunInfo {
        RunInfo {
            run: "gen1".to_owned(),
            added: "2026-11-29T10:00:00Z".to_owned(),
            ..RunInfo::default()
        }
    }

    fn file(name: &str, texts: &[&str]) -> FileResults {
        FileResults {
            name: name.to_owned(),
            digest: Some(Digest::of(name.as_bytes())),
            rows: texts.len() as u64,
            results: texts
                .iter()
                .zip(1..)
                .map(|(text, line)| {
                    let result = SampleResult {
                        loss: Some(line as f64),
                        ..SampleResult::default()
                    };
                    (Digest::of(text.as_bytes()), result, line)
                })
                .collect(),
            ..FileResults::default()
        }
    }

    #[test]
    fn the_same_file_twice_changes_nothing_and_a_text_twice_is_refused_at_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path()).unwrap();
        let first = file("a.jsonl", &["one", "two"]);
        assert_eq!(index.add_results(&run(), &first).unwrap(), Added::New(2));
        assert_eq!(index.add_results(&run(), &first).unwrap(), Added::Known);
        let refused = index
            .add_results(&run(), &file("b.jsonl", &["three", "two"]))
            .unwrap_err();
        assert_eq!((refused.code, refused.line), (Code::InvalidResults, Some(2)));
        let runs = index.runs().unwrap();
        assert_eq!((runs.len(), runs[0].results, runs[0].files.len()), (1, 2, 1));
    }

    #[test]
    fn a_run_is_not_two_models() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path()).unwrap();
        let model = |model: &str| RunInfo {
            model: model.to_owned(),
            ..run()
        };
        index.add_results(&model("a"), &file("1", &["one"])).unwrap();
        index.add_results(&model(""), &file("2", &["two"])).unwrap();
        let refused = index
            .add_results(&model("b"), &file("3", &["three"]))
            .unwrap_err();
        assert_eq!(refused.code, Code::InvalidResults);
        assert_eq!(index.results("gen1").unwrap().len(), 2);
    }

    #[test]
    fn a_removed_run_is_gone_with_its_results_and_can_be_brought_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path()).unwrap();
        let first = file("a.jsonl", &["one", "two"]);
        index.add_results(&run(), &first).unwrap();
        assert_eq!(index.remove_run("gen1").unwrap(), 2);
        assert!(index.runs().unwrap().is_empty());
        assert_eq!(index.remove_run("gen1").unwrap_err().code, Code::UnknownRun);
        assert_eq!(index.add_results(&run(), &first).unwrap(), Added::New(2));
    }
}
