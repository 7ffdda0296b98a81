//! Samples by how often their class was seen, where no value says it: the classes are counted as coverage counts them.
//!
//! `class_seen = '1 of intent'` is true of samples with an intent that the snapshot holds once, `'5-8 of intent'` and
//! `'65+ of intent'` of those it holds so often. `… in unique` counts in the samples that stay when duplicates go, `… in human`
//! in those of that origin, and finds those; `… in human only` asks besides that no other sample has the class, `… in human and
//! outside` that one has. `… missing from support@3` asks that the other snapshot has none of the class, `… also in support@3`
//! that it has. Classes of words and bigrams are found in the texts, which takes long: what was found once is kept.

use std::collections::{HashMap, HashSet};

use assay_model::{Code, Digest, Fault, Origin, Task};

use crate::database::Index;
use crate::fault;
use crate::id_set::IdSet;
use crate::query::found::Found;
use crate::snapshots::Snapshot;
use crate::topics;

/// How the set is asked for, in the remedy of every fault.
pub const WRITTEN: &str = "write class_seen = '1 of intent', '1 of intent in unique', '5-8 of intent in human only' or '1+ of intent missing from NAME@N'";

/// A part of a snapshot, in which classes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Origin(Origin),
    Redundant,
    /// What stays when duplicates go.
    Unique,
}

/// What is asked of the samples outside of a part, or of another snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum There {
    Whatever,
    /// None of them has the class.
    Missing,
    /// One of them has it.
    Present,
}

impl There {
    fn allows(self, there: bool) -> bool {
        match self {
            Self::Whatever => true,
            Self::Missing => !there,
            Self::Present => there,
        }
    }
}

/// Which classes are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked<'a> {
    from: u64,
    /// Included; open where there is none.
    to: Option<u64>,
    unit: &'a str,
    part: Option<Part>,
    outside: There,
    /// The other snapshot, and what it has of the class.
    elsewhere: Option<(&'a str, There)>,
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
        let missing = rest.rsplit_once(" missing from ");
        let also = || rest.rsplit_once(" also in ");
        let (rest, elsewhere) = match (missing, missing.map_or_else(also, |_| None)) {
            (Some((rest, name)), _) => (rest, Some((name, There::Missing))),
            (None, Some((rest, name))) => (rest, Some((name, There::Present))),
            (None, None) => (rest, None),
        };
        let (within, outside) = match (rest.strip_suffix(" only"), rest.strip_suffix(" and outside")) {
            (Some(within), _) => (within, There::Missing),
            (None, Some(within)) => (within, There::Present),
            (None, None) => (rest, There::Whatever),
        };
        let (unit, part, outside) = match within.rsplit_once(" in ") {
            Some((unit, name)) if part_called(name).is_some() => (unit, part_called(name), outside),
            Some(_) if outside != There::Whatever => return None,
            _ => (rest, None, There::Whatever),
        };
        Some(Self {
            from,
            to,
            unit,
            part,
            outside,
            elsewhere,
        })
    }

    fn counts(&self, one: &Observation<'_>) -> bool {
        self.part.is_none_or(|part| part.holds(one))
    }

    fn holds(&self, seen: Seen) -> bool {
        let to = self.to.unwrap_or(u64::MAX);
        (self.from..=to).contains(&seen.inside) && self.outside.allows(seen.outside > 0)
    }
}

fn part_called(name: &str) -> Option<Part> {
    match name {
        "redundant" => Some(Part::Redundant),
        "unique" => Some(Part::Unique),
        _ => Origin::parse(name).map(Part::Origin),
    }
}

/// Observations of a class: in the part that is asked about, or in all where none is, and outside of it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    inside: u64,
    outside: u64,
}

/// Where the classes of a unit are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit<'a> {
    Value(&'a str),
    /// Declared, else detected.
    Language,
    Topic,
    InTexts(Found),
}

impl<'a> Unit<'a> {
    fn called(name: &'a str, dimensions: &[String]) -> Option<Self> {
        if name == LANGUAGE {
            return Some(Self::Language);
        }
        if name == topics::field(dimensions) {
            return Some(Self::Topic);
        }
        let found = || Found::called(name, dimensions).map(Self::InTexts);
        let mapped = dimensions.iter().any(|dimension| dimension == name);
        mapped.then_some(Self::Value(name)).or_else(found)
    }
}

/// What was asked, with the unit and the other snapshot that it names.
struct Meant<'a> {
    asked: Asked<'a>,
    unit: Unit<'a>,
    elsewhere: Option<Snapshot>,
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
        let meant = self.meant(here, asked, dimensions)?;
        let Unit::InTexts(_) = meant.unit else {
            return self.of_classes(here, &meant, task);
        };
        let name = self.class_set_name(here, asked, &meant)?;
        if let Some(kept) = self.kept_set(&name) {
            return Ok(kept);
        }
        let found = self.of_classes(here, &meant, task)?;
        // Where it cannot be kept, it is found again.
        let _ = self.keep_set(&name, &found);
        Ok(found)
    }

    /// Whether finding them means to read texts.
    pub(super) fn class_seen_reads_texts(
        &self,
        here: &Snapshot,
        asked: &str,
        dimensions: &[String],
    ) -> Result<bool, Fault> {
        let meant = self.meant(here, asked, dimensions)?;
        let in_texts = matches!(meant.unit, Unit::InTexts(_));
        Ok(in_texts
            && self
                .kept_set(&self.class_set_name(here, asked, &meant)?)
                .is_none())
    }

    fn meant<'a>(&self, here: &Snapshot, asked: &'a str, dimensions: &[String]) -> Result<Meant<'a>, Fault> {
        let parsed = Asked::parse(asked).ok_or_else(|| unreadable(asked))?;
        let unit = Unit::called(parsed.unit, dimensions).ok_or_else(|| unreadable(asked))?;
        if parsed.elsewhere.is_some() && unit == Unit::Topic {
            return Err(unreadable(asked));
        }
        let elsewhere = parsed
            .elsewhere
            .map(|(name, _)| self.snapshot_called(name))
            .transpose()?;
        if let Unit::InTexts(found) = unit {
            for snapshot in [here].into_iter().chain(&elsewhere) {
                self.check_counted_whole(snapshot, found)?;
            }
        }
        Ok(Meant {
            asked: parsed,
            unit,
            elsewhere,
        })
    }

    /// The name of what is kept: all that it depends on.
    fn class_set_name(&self, here: &Snapshot, asked: &str, meant: &Meant<'_>) -> Result<Digest, Fault> {
        let there = match &meant.elsewhere {
            Some(snapshot) => self.state_of(snapshot)?.to_string(),
            None => String::new(),
        };
        let whole = serde_json::json!(["class_seen", self.state_of(here)?.to_string(), there, asked]);
        Ok(Digest::of(whole.to_string().as_bytes()))
    }

    fn of_classes(&self, here: &Snapshot, meant: &Meant<'_>, task: &Task) -> Result<IdSet, Fault> {
        let Meant { asked, unit, .. } = meant;
        let mut elsewhere: HashSet<String> = HashSet::new();
        if let Some(other) = &meant.elsewhere {
            self.each_class(other, *unit, task, |one| {
                if !elsewhere.contains(one.class) {
                    elsewhere.insert(one.class.to_owned());
                }
            })?;
        }
        let mut counted: HashMap<String, Seen> = HashMap::new();
        self.each_class(here, *unit, task, |one| {
            if !counted.contains_key(one.class) {
                counted.insert(one.class.to_owned(), Seen::default());
            }
            let seen = counted.get_mut(one.class).expect("it was put there");
            let inside = asked.counts(&one);
            seen.inside += u64::from(inside);
            seen.outside += u64::from(!inside);
        })?;
        let there = asked.elsewhere.map_or(There::Whatever, |(_, there)| there);
        counted.retain(|class, seen| asked.holds(*seen) && there.allows(elsewhere.contains(class)));
        let mut ids = Vec::new();
        self.each_class(here, *unit, task, |one| {
            if asked.counts(&one) && ids.last() != Some(&one.sample) && counted.contains_key(one.class) {
                ids.push(one.sample);
            }
        })?;
        Ok(ids.into_iter().collect())
    }

    /// Hands every observation of a unit's classes in a snapshot to `with`, file by file.
    fn each_class(
        &self,
        snapshot: &Snapshot,
        unit: Unit<'_>,
        task: &Task,
        mut with: impl FnMut(Observation<'_>),
    ) -> Result<(), Fault> {
        let (query, dimension) = match unit {
            Unit::InTexts(found) => return self.each_found(snapshot, found, task, with),
            Unit::Value(name) => (of_dimension(), name),
            Unit::Language => (of_language(), LANGUAGE),
            Unit::Topic => (of_topic(), ""),
        };
        let failed = fault::sql("counting classes");
        let mut statement = self.connection.prepare_cached(&query).map_err(&failed)?;
        let mut rows = statement
            .query(rusqlite::params![snapshot.id, dimension])
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
pub(super) struct Observation<'a> {
    pub class: &'a str,
    pub sample: u64,
    pub origin: &'a str,
    pub redundant: bool,
}

impl Part {
    fn holds(self, one: &Observation<'_>) -> bool {
        match self {
            Self::Redundant => one.redundant,
            Self::Unique => !one.redundant,
            Self::Origin(origin) => one.origin == origin.as_str(),
        }
    }
}

/// The dimension that a text itself tells where no field does.
const LANGUAGE: &str = "language";

/// A query of a snapshot (1) and a dimension (2): class, sample, origin, whether it is redundant.
fn observations(class: &str, joined: &str, and: &str) -> String {
    format!(
        "SELECT {class}, s.id, s.origin, EXISTS (SELECT 1 FROM cluster_member m
             WHERE m.snapshot = ?1 AND m.sample = s.id AND m.redundant != '')
         FROM snapshot_file sf JOIN file f ON f.id = sf.file
         CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed {joined}
         WHERE sf.snapshot = ?1 {and}"
    )
}

fn of_topic() -> String {
    observations(
        "t.name",
        "JOIN sample_topic st ON st.snapshot = sf.snapshot AND st.sample = s.id
         JOIN topic t ON t.snapshot = st.snapshot AND t.topic = st.topic",
        "AND ?2 = ?2",
    )
}

fn of_dimension() -> String {
    observations(
        "d.value",
        "JOIN dimension d ON d.name = ?2 AND d.sample = s.id",
        "AND d.value != ''",
    )
}

fn of_language() -> String {
    let detected = observations(
        "s.language",
        "",
        "AND s.language != '' AND NOT EXISTS
             (SELECT 1 FROM dimension d WHERE d.name = ?2 AND d.sample = s.id AND d.value != '')",
    );
    format!("{} UNION ALL {detected}", of_dimension())
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
            part: None,
            outside: There::Whatever,
            elsewhere: None,
        };
        assert_eq!(Asked::parse("1 of intent"), Some(once.clone()));
        let band = Asked::parse("5-8 of kind of work in human only").expect("a band");
        assert_eq!((band.from, band.to, band.unit), (5, Some(8), "kind of work"));
        assert_eq!(
            (band.part, band.outside),
            (Some(Part::Origin(Origin::Human)), There::Missing)
        );
        let open = Asked::parse("65+ of intent missing from support@3").expect("an open band");
        assert_eq!(
            (open.from, open.to, open.elsewhere),
            (65, None, Some(("support@3", There::Missing)))
        );
        let lost = Asked::parse("1+ of intent in redundant only").expect("lost classes");
        assert_eq!(
            (lost.part, lost.outside, lost.unit),
            (Some(Part::Redundant), There::Missing, "intent")
        );
        let stays = Asked::parse("1 of kind in full in unique").expect("classes that stay");
        assert_eq!(
            (stays.part, stays.outside, stays.unit),
            (Some(Part::Unique), There::Whatever, "kind in full")
        );
        let both =
            Asked::parse("2 of intent in human and outside also in in the field@3").expect("held by both");
        assert_eq!((both.unit, both.outside), ("intent", There::Present));
        assert_eq!(both.elsewhere, Some(("in the field@3", There::Present)));
        let read_only = Asked::parse("1 of read only").expect("a dimension of that name");
        assert_eq!((read_only.part, read_only.unit), (None, "read only"));
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
    fn a_unit_is_a_dimension_before_it_is_anything_else() {
        let dimensions = ["intent".to_owned(), "topic".to_owned(), "word".to_owned()];
        assert_eq!(Unit::called("intent", &dimensions), Some(Unit::Value("intent")));
        assert_eq!(Unit::called("topic", &dimensions), Some(Unit::Value("topic")));
        assert_eq!(Unit::called("derived_topic", &dimensions), Some(Unit::Topic));
        assert_eq!(Unit::called("word", &dimensions), Some(Unit::Value("word")));
        assert_eq!(Unit::called("word", &[]), Some(Unit::InTexts(Found::Word)));
        assert_eq!(Unit::called("topic", &[]), Some(Unit::Topic));
        assert_eq!(Unit::called("colour", &dimensions), None);
    }

    #[test]
    fn a_class_that_others_have_too_is_not_the_parts_only() {
        let band = Asked::parse("2-3 of intent in human only").expect("a band");
        let seen = |inside, outside| Seen { inside, outside };
        assert!(band.holds(seen(2, 0)) && band.holds(seen(3, 0)));
        assert!(!band.holds(seen(2, 1)) && !band.holds(seen(4, 0)) && !band.holds(seen(1, 0)));
        let counted_there = Asked::parse("2-3 of intent in human").expect("a band");
        assert!(counted_there.holds(seen(2, 9)) && !counted_there.holds(seen(1, 1)));
        let shared = Asked::parse("2-3 of intent in human and outside").expect("a band");
        assert!(shared.holds(seen(2, 1)) && !shared.holds(seen(2, 0)));
    }
}
