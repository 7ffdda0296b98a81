//! Fields that hold a sample against another snapshot, or against what was noticed when it was read.
//!
//! `added_since = 'NAME@N'` is true of samples that snapshot has not, `left_out_of = 'NAME@N'` of those it no longer
//! has, `also_in` of those both have, `relabelled_since` of those it has under another origin; copies are matched one
//! by one, as a comparison counts them. `flag = 'CODE'` is true of samples that were flagged so; `contradictory = 'true'` of
//! those whose evidence, or whose copies, contradict each other; `text_origin` says who made a text as all its copies in the
//! snapshot tell it; `rarity_band` names a set that was kept, `class_seen` the samples of classes seen so often,
//! `evidence_file` those that a file of evidence speaks of, `derivation` those without a depth, by why.
//! None is a column: each is found once for an expression, as a set of ids. They compare by `=`, `!=`, `in` only.

use std::collections::BTreeMap;
use std::sync::Arc;

use assay_model::expression::{Literal, Operator};
use assay_model::{Code, Digest, Expression, Fault, Task};

use crate::database::Index;
use crate::fault;
use crate::id_set::IdSet;
use crate::query::{classes, derivations};
use crate::snapshots::Snapshot;

pub const ALSO_IN: &str = "also_in";
pub const ADDED_SINCE: &str = "added_since";
pub const LEFT_OUT_OF: &str = "left_out_of";
pub const RELABELLED: &str = "relabelled_since";
pub const FLAG: &str = "flag";
pub const CONTRADICTORY: &str = "contradictory";
pub const TEXT_ORIGIN: &str = "text_origin";
pub const RARITY_BAND: &str = "rarity_band";
pub const CLASS_SEEN: &str = "class_seen";
pub const EVIDENCE_FILE: &str = "evidence_file";
pub const DERIVATION: &str = "derivation";

/// Whether a field names sets of samples.
pub fn is_set(field: &str) -> bool {
    [
        FLAG,
        CONTRADICTORY,
        TEXT_ORIGIN,
        RARITY_BAND,
        CLASS_SEEN,
        EVIDENCE_FILE,
        DERIVATION,
    ]
    .contains(&field)
        || is_exchange(field)
}

fn is_exchange(field: &str) -> bool {
    [ALSO_IN, ADDED_SINCE, LEFT_OUT_OF, RELABELLED].contains(&field)
}

/// A set, or everything outside of it.
#[derive(Clone, Debug)]
pub struct NamedSet {
    pub ids: Arc<IdSet>,
    pub outside: bool,
}

/// The sets of one expression, by field and name.
#[derive(Clone, Debug, Default)]
pub struct NamedSets(BTreeMap<(String, String), NamedSet>);

impl NamedSets {
    pub fn of(&self, field: &str, name: &str) -> Option<&NamedSet> {
        self.0.get(&(field.to_owned(), name.to_owned()))
    }
}

impl Index {
    /// Finds every set that an expression names.
    pub(crate) fn named_sets(
        &self,
        snapshot: &Snapshot,
        expression: &Expression,
        dimensions: &[String],
        task: &Task,
    ) -> Result<NamedSets, Fault> {
        let mut names = Vec::new();
        let is_set = |field: &str| is_set(field) && !dimensions.iter().any(|name| name == field);
        collect(expression, &is_set, &mut names)?;
        let mut sets = NamedSets::default();
        for (field, name) in names {
            let set = self.named_set(snapshot, &field, &name, dimensions, task)?;
            sets.0.insert((field, name), set);
        }
        Ok(sets)
    }

    /// Whether finding the samples of a filter means to read texts, which takes as long as the snapshot is large. An unknown
    /// field and classes that nobody counts are faults, as they are to `select`.
    pub fn reads_texts(&self, snapshot: &Snapshot, filter: &Expression) -> Result<bool, Fault> {
        let known = self.filter_fields(snapshot)?;
        filter.check_fields(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
        let dimensions = self.dimension_names(snapshot)?;
        let mut asked = Vec::new();
        let is_asked = |field: &str| field == CLASS_SEEN && !dimensions.iter().any(|name| name == field);
        collect(filter, &is_asked, &mut asked)?;
        let mut reads = false;
        for (_, asked) in asked {
            reads |= self.class_seen_reads_texts(snapshot, &asked, &dimensions)?;
        }
        Ok(reads)
    }

    fn named_set(
        &self,
        here: &Snapshot,
        field: &str,
        name: &str,
        dimensions: &[String],
        task: &Task,
    ) -> Result<NamedSet, Fault> {
        let inside = |ids: IdSet| NamedSet {
            ids: Arc::new(ids),
            outside: false,
        };
        match field {
            FLAG => {
                let code = Code::parse(name).ok_or_else(|| unknown_flag(name))?;
                return Ok(inside(self.flagged(here, code, u64::MAX)?.into_iter().collect()));
            }
            CONTRADICTORY => {
                return Ok(NamedSet {
                    outside: name != "true",
                    ..inside(self.contradictory(here)?)
                });
            }
            TEXT_ORIGIN => return Ok(inside(self.of_text_origin(here, name)?)),
            RARITY_BAND => return Ok(inside(self.rarity_band(here, name)?)),
            CLASS_SEEN => return Ok(inside(self.class_seen(here, name, dimensions, task)?)),
            EVIDENCE_FILE => return Ok(inside(self.spoken_of(name)?.into_iter().collect())),
            DERIVATION => return Ok(inside(self.derived_so(here, name)?)),
            _ => {}
        }
        let exchange = self.exchange_with(here, &self.snapshot_called(name)?, task)?;
        Ok(match field {
            RELABELLED => inside(exchange.relabelled[1].clone()),
            ALSO_IN => NamedSet {
                outside: true,
                ..inside(exchange.added.clone())
            },
            _ => inside(exchange.added.clone()),
        })
    }

    /// Samples whose own evidence contradicts itself, and every copy of a text that stands here under different known origins.
    fn contradictory(&self, snapshot: &Snapshot) -> Result<IdSet, Fault> {
        let digests = self.conflicting_digests(snapshot)?;
        self.ids_where(snapshot, "finding contradictory origins", |row| {
            Ok(row.get(3)? || digests.contains(&Digest(row.get(1)?)))
        })
    }

    /// Samples whose text is of this origin: the one known origin of its copies, unknown where they contradict each other.
    fn of_text_origin(&self, snapshot: &Snapshot, origin: &str) -> Result<IdSet, Fault> {
        let several = self.texts_of_several_origins(snapshot)?;
        self.ids_where(snapshot, "finding the origins of texts", |row| {
            let of_text = several.get(&Digest(row.get(1)?));
            match of_text {
                Some(of_text) => Ok(of_text.as_str() == origin),
                None => Ok(row.get_ref(2)?.as_str()? == origin),
            }
        })
    }

    /// Samples of a snapshot for which something holds; rows are id, digest, origin and conflict.
    fn ids_where(
        &self,
        snapshot: &Snapshot,
        doing: &'static str,
        holds: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<bool>,
    ) -> Result<IdSet, Fault> {
        let failed = fault::sql(doing);
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id, s.digest, s.origin, s.conflict FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed WHERE sf.snapshot = ?1",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            if holds(row).map_err(&failed)? {
                ids.push(row.get::<_, i64>(0).map_err(&failed)? as u64);
            }
        }
        Ok(ids.into_iter().collect())
    }

    /// Finds a snapshot by `NAME`, the dataset's latest, or `NAME@N`.
    pub fn snapshot_called(&self, name: &str) -> Result<Snapshot, Fault> {
        match name.rsplit_once('@') {
            Some((dataset, number)) => {
                let number = number.parse().map_err(|_| {
                    Fault::new(
                        Code::UnknownDataset,
                        format!("`{}` names no snapshot", assay_model::fault::one_line(name)),
                        "write NAME or NAME@N",
                    )
                })?;
                self.snapshot(Some(dataset), Some(number))
            }
            None => self.snapshot(Some(name), None),
        }
    }
}

/// Collects what is asked of set fields; a comparison that means nothing there is a fault.
fn collect(
    expression: &Expression,
    is_set: &dyn Fn(&str) -> bool,
    found: &mut Vec<(String, String)>,
) -> Result<(), Fault> {
    let named = |field: &String, value: &Literal| match value {
        Literal::Text(name) => Ok((field.clone(), name.clone())),
        _ => Err(unusable(field)),
    };
    match expression {
        Expression::And(all) | Expression::Or(all) => {
            all.iter().try_for_each(|each| collect(each, is_set, found))
        }
        Expression::Not(inner) => collect(inner, is_set, found),
        Expression::Compare {
            field,
            operator,
            value,
        } if is_set(field) => {
            if !matches!(operator, Operator::Equal | Operator::NotEqual) {
                return Err(unusable(field));
            }
            found.push(named(field, value)?);
            Ok(())
        }
        Expression::In { field, values, .. } if is_set(field) => {
            for value in values {
                found.push(named(field, value)?);
            }
            Ok(())
        }
        Expression::Like { field, .. } | Expression::IsNull { field, .. } if is_set(field) => {
            Err(unusable(field))
        }
        _ => Ok(()),
    }
}

fn unusable(field: &str) -> Fault {
    let remedy = match field {
        FLAG => "write flag = 'CODE'; docs/errors.md lists the codes".to_owned(),
        CONTRADICTORY => "write contradictory = 'true'".to_owned(),
        TEXT_ORIGIN => "write text_origin = 'human'".to_owned(),
        RARITY_BAND => "write rarity_band = 'NAME', as the report on results calls it".to_owned(),
        CLASS_SEEN => classes::WRITTEN.to_owned(),
        DERIVATION => derivations::WRITTEN.to_owned(),
        EVIDENCE_FILE => "write evidence_file = 'sha256:…', as the list of files calls it".to_owned(),
        _ => format!("write {field} = 'NAME@N'"),
    };
    Fault::new(
        Code::InvalidExpression,
        format!("`{field}` names a set of samples and compares by =, != and in only"),
        remedy,
    )
}

fn unknown_flag(name: &str) -> Fault {
    Fault::new(
        Code::InvalidExpression,
        format!("`{}` is no flag", assay_model::fault::one_line(name)),
        "docs/errors.md lists the codes",
    )
}
