//! Samples by how often their class was seen, where no value says it: the classes are counted as coverage counts them.
//!
//! `class_seen = '1 of intent'` is true of samples with an intent that the snapshot holds once, `'5-8 of intent'` and
//! `'65+ of intent'` of those it holds so often. `… in human only` counts in the human part and asks that no other sample has
//! the class; `in redundant only` finds classes that go with the copies. `… missing from support@3` asks that the other
//! snapshot has none of the class. Deliberately absent: words and bigrams, which are found in texts.

use std::collections::{HashMap, HashSet};

use assay_model::{Code, Fault, Origin, Task};

use crate::database::Index;
use crate::fault;
use crate::id_set::IdSet;
use crate::snapshots::Snapshot;
use crate::topics;

/// How the set is asked for, in the remedy of every fault.
pub const WRITTEN: &str =
    "write class_seen = '1 of intent', '5-8 of intent in human only' or '1+ of intent missing from NAME@N'";

/// Who must be the only one to have a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Origin(Origin),
    Redundant,
}

/// Which classes are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked<'a> {
    from: u64,
    /// Included; open where there is none.
    to: Option<u64>,
    unit: &'a str,
    only: Option<Part>,
    missing_from: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (range, rest) = text.split_once(" of ")?;
        let (from, to) = match (range.strip_suffix('+'), range.split_once('-')) {
            (Some(from), _) => (from.parse().ok()?, None),
            (None, Some((from, to))) => (from.parse().ok()?, Some(to.parse().ok()?)),
            (None, None) => {
                let times = range.parse().ok()?;
                (times, Some(times))
            }
        };
        let (rest, missing_from) = match rest.rsplit_once(" missing from ") {
            Some((rest, name)) => (rest, Some(name)),
            None => (rest, None),
        };
        let (unit, only) = match rest
            .strip_suffix(" only")
            .and_then(|rest| rest.rsplit_once(" in "))
        {
            Some((unit, part)) => (unit, Some(part_called(part)?)),
            None => (rest, None),
        };
        Some(Self {
            from,
            to,
            unit,
            only,
            missing_from,
        })
    }

    fn holds(&self, seen: Seen) -> bool {
        let to = self.to.unwrap_or(u64::MAX);
        (self.from..=to).contains(&seen.inside) && seen.outside == 0
    }
}

fn part_called(name: &str) -> Option<Part> {
    if name == "redundant" {
        return Some(Part::Redundant);
    }
    let origin = Origin::ALL.into_iter().find(|origin| origin.as_str() == name);
    origin.map(Part::Origin)
}

/// Observations of a class: in the part that is asked about, or in all where none is, and outside of it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    inside: u64,
    outside: u64,
}

impl Index {
    /// The samples of the classes that `asked` describes.
    pub(super) fn class_seen(
        &self,
        here: &Snapshot,
        asked: &str,
        dimensions: &[String],
        task: &Task,
    ) -> Result<IdSet, Fault> {
        let topic = topics::field(dimensions);
        let meant = Asked::parse(asked).ok_or_else(|| unreadable(asked))?;
        if ![topic, LANGUAGE].contains(&meant.unit) && !dimensions.iter().any(|name| name == meant.unit) {
            return Err(unreadable(asked));
        }
        let mut elsewhere: HashSet<String> = HashSet::new();
        if let Some(name) = meant.missing_from {
            if meant.unit == topic {
                return Err(unreadable(asked));
            }
            let other = self.snapshot_called(name)?;
            self.each_class(&other, meant.unit, topic, task, |one| {
                if !elsewhere.contains(one.class) {
                    elsewhere.insert(one.class.to_owned());
                }
            })?;
        }
        let mut counted: HashMap<String, Seen> = HashMap::new();
        self.each_class(here, meant.unit, topic, task, |one| {
            if !counted.contains_key(one.class) {
                counted.insert(one.class.to_owned(), Seen::default());
            }
            let seen = counted.get_mut(one.class).expect("it was put there");
            let inside = match meant.only {
                None => true,
                Some(Part::Redundant) => one.redundant,
                Some(Part::Origin(origin)) => one.origin == origin.as_str(),
            };
            seen.inside += u64::from(inside);
            seen.outside += u64::from(!inside);
        })?;
        counted.retain(|class, seen| meant.holds(*seen) && !elsewhere.contains(class));
        let mut ids = Vec::new();
        self.each_class(here, meant.unit, topic, task, |one| {
            if counted.contains_key(one.class) {
                ids.push(one.sample);
            }
        })?;
        Ok(ids.into_iter().collect())
    }

    /// Hands every observation of a unit's classes in a snapshot to `with`, file by file.
    fn each_class(
        &self,
        snapshot: &Snapshot,
        unit: &str,
        topic: &str,
        task: &Task,
        mut with: impl FnMut(Observation<'_>),
    ) -> Result<(), Fault> {
        let failed = fault::sql("counting classes");
        let mut statement = self
            .connection
            .prepare_cached(&observations(unit, topic))
            .map_err(&failed)?;
        let mut rows = statement
            .query(rusqlite::params![snapshot.id, unit])
            .map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            task.check()?;
            let read = || -> rusqlite::Result<Observation<'_>> {
                Ok(Observation {
                    class: row.get_ref(0)?.as_str()?,
                    sample: row.get::<_, i64>(1)? as u64,
                    origin: row.get_ref(2)?.as_str()?,
                    redundant: row.get(3)?,
                })
            };
            with(read().map_err(&failed)?);
        }
        Ok(())
    }
}

/// A class of a sample.
struct Observation<'a> {
    class: &'a str,
    sample: u64,
    origin: &'a str,
    redundant: bool,
}

/// The dimension that a text itself tells where no field does.
const LANGUAGE: &str = "language";

/// A query of a snapshot (1) and a unit (2): class, sample, origin, whether it is redundant.
fn observations(unit: &str, topic: &str) -> String {
    let of = |class: &str, joined: &str, and: &str| {
        format!(
            "SELECT {class}, s.id, s.origin, EXISTS (SELECT 1 FROM cluster_member m
                 WHERE m.snapshot = ?1 AND m.sample = s.id AND m.redundant != '')
             FROM snapshot_file sf JOIN file f ON f.id = sf.file
             CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed {joined}
             WHERE sf.snapshot = ?1 {and}"
        )
    };
    if unit == topic {
        return of(
            "t.name",
            "JOIN sample_topic st ON st.snapshot = sf.snapshot AND st.sample = s.id
             JOIN topic t ON t.snapshot = st.snapshot AND t.topic = st.topic",
            "AND ?2 = ?2",
        );
    }
    let mapped = of(
        "d.value",
        "JOIN dimension d ON d.name = ?2 AND d.sample = s.id",
        "AND d.value != ''",
    );
    if unit != LANGUAGE {
        return mapped;
    }
    let detected = of(
        "s.language",
        "",
        "AND s.language != '' AND NOT EXISTS
             (SELECT 1 FROM dimension d WHERE d.name = ?2 AND d.sample = s.id AND d.value != '')",
    );
    format!("{mapped} UNION ALL {detected}")
}

fn unreadable(asked: &str) -> Fault {
    Fault::new(
        Code::InvalidExpression,
        format!(
            "`{}` names no classes of this snapshot",
            assay_model::fault::one_line(asked)
        ),
        WRITTEN,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_asked_for_by_count_part_and_what_lacks_them() {
        let once = Asked {
            from: 1,
            to: Some(1),
            unit: "intent",
            only: None,
            missing_from: None,
        };
        assert_eq!(Asked::parse("1 of intent"), Some(once.clone()));
        let band = Asked::parse("5-8 of kind of work in human only").expect("a band");
        assert_eq!((band.from, band.to, band.unit), (5, Some(8), "kind of work"));
        assert_eq!(band.only, Some(Part::Origin(Origin::Human)));
        let open = Asked::parse("65+ of intent missing from support@3").expect("an open band");
        assert_eq!(
            (open.from, open.to, open.missing_from),
            (65, None, Some("support@3"))
        );
        let lost = Asked::parse("1+ of intent in redundant only").expect("lost classes");
        assert_eq!((lost.only, lost.unit), (Some(Part::Redundant), "intent"));
        for wrong in [
            "intent",
            "many of intent",
            "1 of intent in nobody only",
            "-2 of intent",
        ] {
            assert_eq!(Asked::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_class_that_others_have_too_is_not_the_parts_only() {
        let band = Asked::parse("2-3 of intent in human only").expect("a band");
        let seen = |inside, outside| Seen { inside, outside };
        assert!(band.holds(seen(2, 0)) && band.holds(seen(3, 0)));
        assert!(!band.holds(seen(2, 1)) && !band.holds(seen(4, 0)) && !band.holds(seen(1, 0)));
    }
}
