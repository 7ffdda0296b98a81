//! Which questions are asked, in which version, and what becomes of answers when a version follows another?

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A rubric's name and version, written `general@1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RubricId {
    pub name: String,
    pub version: u64,
}

impl fmt::Display for RubricId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl FromStr for RubricId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, version) = text.rsplit_once('@').ok_or("a rubric is written name@version")?;
        match version.parse() {
            Ok(version) if !name.is_empty() && version > 0 => Ok(Self {
                name: name.to_owned(),
                version,
            }),
            _ => Err("a rubric is written name@version".to_owned()),
        }
    }
}

impl Serialize for RubricId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RubricId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The immutable, versioned questions a reviewer answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    pub id: RubricId,
    /// By key 1 to 9.
    pub labels: Vec<Label>,
    pub criteria: Vec<Criterion>,
    /// Reasons to exclude, by digit from 1.
    pub exclude_reasons: Vec<String>,
}

/// A label that one key sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub key: u64,
    pub name: String,
}

/// A question that is answered with a score from 1 to `max`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    pub name: String,
    pub guidance: String,
    pub max: u64,
}

/// What becomes of the answers that a queue holds when a later version of its rubric is asked from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlierAnswers {
    /// They stand as they are.
    StillValid,
    /// They no longer stand: every sample is asked again.
    AskAgain,
    /// They stand, read through the mapping.
    Mapped(RubricMapping),
}

impl EarlierAnswers {
    /// The word used on the command line and in the projection.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::StillValid => "still_valid",
            Self::AskAgain => "ask_again",
            Self::Mapped(_) => "mapped",
        }
    }
}

/// How answers to one version of a rubric read under a later one. What is not named in it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RubricMapping {
    /// By the earlier criterion's id.
    #[serde(default)]
    pub criteria: BTreeMap<String, CriterionMapping>,
    /// Earlier label to later label.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// What one criterion's scores become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionMapping {
    /// The later criterion's id.
    pub to: String,
    /// Earlier score, as text, to later score; every score stays what it is where this is empty.
    #[serde(default)]
    pub scores: BTreeMap<String, u64>,
}
