//! The topics of a snapshot: which there are, which sample is in which, and the model that other data is held against.

use assay_model::Fault;
use assay_model::report::ClassCount;
use rusqlite::{OptionalExtension, params};

use crate::database::Index;
use crate::fault;
use crate::measures::MeasureWriter;
use crate::snapshots::Snapshot;

/// The field that names a sample's topic in filters and rows, unless a mapped dimension has that name.
pub(crate) fn field(dimensions: &[String]) -> &'static str {
    if dimensions.iter().any(|name| name == "topic") {
        "derived_topic"
    } else {
        "topic"
    }
}

/// Topics by number, and each sample's number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleTopics {
    pub names: Vec<String>,
    /// Sample id, and place in `names`; ascending.
    pub of: Vec<(u64, u32)>,
}

impl MeasureWriter<'_> {
    /// Records the topics by name, the sample ids in each, and the model (JSON).
    pub fn topics<'a>(
        &mut self,
        names: impl Iterator<Item = &'a str>,
        of: impl Iterator<Item = (u64, u32)>,
        model: &str,
    ) -> Result<(), Fault> {
        let snapshot = self.snapshot;
        let insert = || -> rusqlite::Result<()> {
            let mut topic = self
                .transaction
                .prepare("INSERT INTO topic VALUES (?1, ?2, ?3)")?;
            for (number, name) in names.enumerate() {
                topic.execute(params![snapshot, number as i64, name])?;
            }
            let mut sample = self
                .transaction
                .prepare("INSERT INTO sample_topic VALUES (?1, ?2, ?3)")?;
            for (id, number) in of {
                sample.execute(params![snapshot, id as i64, number])?;
            }
            self.transaction.execute(
                "INSERT INTO topic_model VALUES (?1, ?2)",
                params![snapshot, model],
            )?;
            Ok(())
        };
        insert().map_err(fault::sql("storing the topics"))
    }
}

impl Index {
    /// The topic of every sample that has one.
    pub fn sample_topics(&self, snapshot: &Snapshot) -> Result<SampleTopics, Fault> {
        let failed = fault::sql("reading the topics");
        let read = || -> rusqlite::Result<SampleTopics> {
            let mut names = self
                .connection
                .prepare_cached("SELECT name FROM topic WHERE snapshot = ?1 ORDER BY topic")?;
            let mut of = self.connection.prepare_cached(
                "SELECT sample, topic FROM sample_topic WHERE snapshot = ?1 ORDER BY sample",
            )?;
            let names = names
                .query_map([snapshot.id], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let of = of
                .query_map([snapshot.id], |row| {
                    Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))
                })?
                .collect::<Result<_, _>>()?;
            Ok(SampleTopics { names, of })
        };
        read().map_err(failed)
    }

    /// The stored model (JSON); `None` where no topics were found.
    pub fn topic_model(&self, snapshot: &Snapshot) -> Result<Option<String>, Fault> {
        self.connection
            .query_row(
                "SELECT model FROM topic_model WHERE snapshot = ?1",
                [snapshot.id],
                |row| row.get(0),
            )
            .optional()
            .map_err(fault::sql("reading the topics"))
    }

    /// Topics with how many samples each holds, largest first.
    pub(crate) fn topic_values(&self, snapshot: &Snapshot) -> Result<Vec<ClassCount>, Fault> {
        let failed = fault::sql("counting a field's values");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT t.name, (SELECT count(*) FROM sample_topic m WHERE m.snapshot = t.snapshot AND m.topic = t.topic) AS n
                 FROM topic t WHERE t.snapshot = ?1 ORDER BY n DESC, t.name",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok(ClassCount {
                    class: row.get(0)?,
                    count: row.get::<_, i64>(1)? as u64,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }
}
