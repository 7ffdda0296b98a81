//! The fields a filter may name, with their commonest values.

use assay_model::Fault;
use assay_model::report::{ClassCount, NoScore};

use crate::database::Index;
use crate::fault;
use crate::query::fields::{
    ANSWERS, DISPUTED, EXCLUDED_IN_BULK, FLAGGED, QUEUE, ROUTED, STYLE_REASON, STYLE_TAUGHT, TAG,
};
use crate::query::selection::prepare_connection;
use crate::query::sets;
use crate::snapshots::Snapshot;
use crate::topics;

/// Runs whose results are listed as fields; those of all may be named.
const RUNS_LISTED: usize = 20;

/// A field and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSummary {
    pub name: String,
    pub is_number: bool,
    /// At most 50, commonest first; empty for numbers.
    pub values: Vec<ClassCount>,
}

impl Index {
    /// Every field that filters on this snapshot may name. Tags, routes and queues are those of the decisions in use.
    pub fn fields(&self, snapshot: &Snapshot) -> Result<Vec<FieldSummary>, Fault> {
        prepare_connection(&self.connection, &[]).map_err(fault::sql("listing fields"))?;
        let mut fields = Vec::new();
        for (name, is_number) in self.dimensions(snapshot)? {
            let values = if is_number || name == "language" {
                Vec::new()
            } else {
                self.dimension_values(snapshot, &name)?
            };
            if name != "language" {
                fields.push(FieldSummary {
                    name,
                    is_number,
                    values,
                });
            }
        }
        for name in ["origin", "source_class", "language"] {
            let values = self.column_values(snapshot, name)?;
            fields.push(FieldSummary {
                name: name.to_owned(),
                is_number: false,
                values,
            });
        }
        let dimensions: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        fields.push(FieldSummary {
            name: topics::field(&dimensions).to_owned(),
            is_number: false,
            values: self.topic_values(snapshot)?,
        });
        let repetition = assay_sketch::Repetition::MEASURES.map(|(name, _)| name);
        let numbers = [
            "confidence",
            "tokens",
            "characters",
            "cluster",
            "derivation_depth",
            "style_score",
            ANSWERS,
        ];
        for name in numbers.into_iter().chain(repetition) {
            fields.push(FieldSummary {
                name: name.to_owned(),
                is_number: true,
                values: Vec::new(),
            });
        }
        let fixed = [
            ("verdict", &["approve", "exclude", "unsure"][..]),
            ("gold", &["true", "false"]),
            ("conflict", &["true", "false"]),
            (EXCLUDED_IN_BULK, &["true", "false"]),
            (FLAGGED, &["true", "false"]),
            (DISPUTED, &["true", "false"]),
            (
                "decided_by",
                &[
                    "reviewer_judgement",
                    "generation_record",
                    "declared",
                    "rule",
                    "content_credential",
                    "near_duplicate_of_synthetic",
                    "watermark",
                    "self_disclosure",
                    "before_cut_off",
                    "chat_boilerplate",
                ],
            ),
            ("redundant", &["exact", "normalised", "near"]),
            ("judged_origin", &["human", "mixed", "machine", "unknown"]),
            ("mismatch", &["true", "false"]),
            ("part_origin", &["human", "mixed", "machine", "unknown"]),
            (sets::TEXT_ORIGIN, &["human", "mixed", "machine", "unknown"]),
            (sets::CONTRADICTORY, &["true", "false"]),
            (STYLE_REASON, &NoScore::ALL.map(NoScore::as_str)),
            (STYLE_TAUGHT, &["human", "machine"]),
            (
                sets::DERIVATION,
                &["unrecorded", "unknown", "cyclic", "missing_parent"],
            ),
        ];
        for (name, words) in fixed {
            let values = words
                .iter()
                .map(|word| ClassCount {
                    class: (*word).to_owned(),
                    count: 0,
                })
                .collect();
            fields.push(FieldSummary {
                name: name.to_owned(),
                is_number: false,
                values,
            });
        }
        let runs = self.runs()?;
        if !runs.is_empty() {
            let values = runs.into_iter().take(50).map(|info| ClassCount {
                class: info.run,
                count: info.results,
            });
            fields.push(FieldSummary {
                name: "evaluated".to_owned(),
                is_number: false,
                values: values.collect(),
            });
        }
        for (run, id) in self.run_ids()?.into_iter().take(RUNS_LISTED) {
            for column in self.result_columns(id)? {
                fields.push(FieldSummary {
                    name: format!("{run}:{column}"),
                    is_number: true,
                    values: Vec::new(),
                });
            }
        }
        for name in ["path", "id"] {
            fields.push(FieldSummary {
                name: name.to_owned(),
                is_number: false,
                values: Vec::new(),
            });
        }
        let named = |name: &str, values: Vec<ClassCount>| FieldSummary {
            name: name.to_owned(),
            is_number: false,
            values,
        };
        for (name, query) in [
            (
                QUEUE,
                "SELECT queue, 0 FROM temp.queued GROUP BY queue ORDER BY queue LIMIT 50",
            ),
            (
                TAG,
                "SELECT tag, 0 FROM temp.tag GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 50",
            ),
            (
                ROUTED,
                "SELECT person, 0 FROM temp.routed GROUP BY person ORDER BY count(*) DESC, person LIMIT 50",
            ),
        ] {
            fields.push(named(name, self.counted(query, &[])?));
        }
        let flags = self.flag_counts(snapshot)?.into_iter();
        fields.push(named(
            sets::FLAG,
            flags.map(|(class, count)| ClassCount { class, count }).collect(),
        ));
        let others = self.other_snapshots(snapshot)?;
        for name in [
            sets::ALSO_IN,
            sets::ADDED_SINCE,
            sets::LEFT_OUT_OF,
            sets::RELABELLED,
        ] {
            if !others.is_empty() {
                fields.push(named(name, others.clone()));
            }
        }
        // What the map calls by one of these names stands first, and is meant.
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        fields.dedup_by(|later, first| later.name == first.name);
        Ok(fields)
    }

    /// Every other snapshot as it may be named, with its samples: of the same dataset first, latest first; at most 50.
    fn other_snapshots(&self, here: &Snapshot) -> Result<Vec<ClassCount>, Fault> {
        let mut names = self.datasets()?;
        names.sort_by_key(|name| *name != here.dataset);
        let mut others = Vec::new();
        for name in names {
            let snapshots = self.snapshots(&name)?.into_iter().rev();
            others.extend(
                snapshots
                    .filter(|snapshot| snapshot.id != here.id)
                    .map(|snapshot| ClassCount {
                        class: format!("{}@{}", snapshot.dataset, snapshot.number),
                        count: snapshot.indexed,
                    }),
            );
        }
        others.truncate(50);
        Ok(others)
    }

    fn dimension_values(&self, snapshot: &Snapshot, name: &str) -> Result<Vec<ClassCount>, Fault> {
        let query = "SELECT x.value, count(*) AS n FROM snapshot_file sf JOIN file f ON f.id = sf.file
             CROSS JOIN dimension x ON x.name = ?2 AND x.sample >= f.first AND x.sample < f.first + f.indexed
             WHERE sf.snapshot = ?1 GROUP BY x.value ORDER BY n DESC, x.value LIMIT 50";
        self.counted(query, rusqlite::params![snapshot.id, name])
    }

    fn column_values(&self, snapshot: &Snapshot, column: &str) -> Result<Vec<ClassCount>, Fault> {
        let query = format!(
            "SELECT s.{column}, count(*) AS n FROM snapshot_file sf JOIN file f ON f.id = sf.file
             CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed
             WHERE sf.snapshot = ?1 AND s.{column} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT 50"
        );
        self.counted(&query, rusqlite::params![snapshot.id])
    }

    fn counted(&self, query: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<ClassCount>, Fault> {
        let failed = fault::sql("counting a field's values");
        let mut statement = self.connection.prepare_cached(query).map_err(&failed)?;
        let rows = statement
            .query_map(values, |row| {
                Ok(ClassCount {
                    class: row.get(0)?,
                    count: row.get::<_, i64>(1)? as u64,
                })
            })
            .map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }
}
