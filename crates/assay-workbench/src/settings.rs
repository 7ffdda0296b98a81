//! What does this workspace measure by, where it departs from the defaults?
//!
//! A few lines of TOML, `settings.toml` in the workspace folder, which people may read and edit:
//! ```toml
//! [duplication]
//! near_threshold = 0.8   # least Jaccard similarity of near-duplicates
//! removal_limit = 0.5    # a source that would lose a greater share by deduplication is warned of
//! [gold]
//! max_age_days = 365     # older members ask to be refreshed
//! thin_below = 5         # a cell of domain x language with fewer members is thin
//! [effects]              # below these an effect is none, small and medium
//! none = 0.02
//! small = 0.05
//! medium = 0.15
//! [trust]
//! heads_copy = "/media/stick/heads" # copies of signed heads go here
//! backups = "/media/stick/backups"  # verified backups of the ledger go here
//! ```

use std::path::PathBuf;

use assay_measure::comparison::EffectSizes;
use assay_model::{Code, Fault};
use serde::{Deserialize, Serialize};

use crate::Workspace;

/// The file's name in the workspace folder.
pub const SETTINGS_FILE: &str = "settings.toml";

/// Everything that may be set for a workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceSettings {
    #[serde(default)]
    pub duplication: DuplicationSettings,
    /// Absent where the defaults hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gold: Option<GoldSettings>,
    /// Absent where the defaults of the metrics chapter hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<EffectBounds>,
    /// Absent where heads are kept in the workspace only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<TrustSettings>,
}

/// What outlives this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrustSettings {
    /// A folder for copies of signed heads: on another drive, better on another machine.
    pub heads_copy: Option<PathBuf>,
    /// A folder for verified backups of the ledger, in place of where they lie without it.
    pub backups: Option<PathBuf>,
}

/// From which size on an effect is called small, medium and large.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectBounds {
    /// Below it an effect is none.
    none: f64,
    /// Below it an effect is small.
    small: f64,
    /// Below it an effect is medium, above it large.
    medium: f64,
}

impl From<EffectBounds> for EffectSizes {
    fn from(EffectBounds { none, small, medium }: EffectBounds) -> Self {
        Self { none, small, medium }
    }
}

/// When gold asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GoldSettings {
    /// Members that are older are to be refreshed from reality: at least 1.
    pub max_age_days: u64,
    /// A cell of domain x language with fewer members is thin: at least 1.
    pub thin_below: u64,
}

impl Default for GoldSettings {
    fn default() -> Self {
        Self {
            max_age_days: 365,
            thin_below: 5,
        }
    }
}

/// How duplicates are found and when their removal is warned of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicationSettings {
    /// Least Jaccard similarity of near-duplicates: over 0 up to 1.
    pub near_threshold: f64,
    /// A source that would lose a greater share of its samples is warned of: 0 to 1.
    pub removal_limit: f64,
}

impl Default for DuplicationSettings {
    fn default() -> Self {
        let defaults = assay_measure::Settings::default();
        Self {
            near_threshold: defaults.jaccard,
            removal_limit: defaults.removal_limit,
        }
    }
}

impl WorkspaceSettings {
    /// Reads them; the defaults where there is no file. A mistake is a fault at its line.
    pub fn read(workspace: &Workspace) -> Result<Self, Fault> {
        let path = workspace.folder().join(SETTINGS_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Fault::internal("reading the settings", error)),
        };
        let settings: Self = toml::from_str(&text).map_err(|error| {
            let line = error
                .span()
                .map(|span| text[..span.start].matches('\n').count() as u64 + 1);
            let mut fault = Fault::new(
                Code::Usage,
                format!("the settings cannot be read: {}", error.message()),
                "correct the line, or delete the file to use the defaults",
            )
            .at(path.display().to_string());
            fault.line = line;
            fault
        })?;
        settings
            .check()
            .map_err(|fault| fault.at(path.display().to_string()))?;
        Ok(settings)
    }

    /// Copies of heads go into this folder from now on.
    pub fn copy_heads_to(workspace: &Workspace, folder: PathBuf) -> Result<(), Fault> {
        let mut settings = Self::read(workspace)?;
        settings.trust.get_or_insert_default().heads_copy = Some(folder);
        settings.write(workspace)
    }

    /// Changes what is given and keeps the rest; an impossible value changes nothing.
    pub fn set(
        workspace: &Workspace,
        near_threshold: Option<f64>,
        removal_limit: Option<f64>,
    ) -> Result<Self, Fault> {
        let mut settings = Self::read(workspace)?;
        let duplication = &mut settings.duplication;
        duplication.near_threshold = near_threshold.unwrap_or(duplication.near_threshold);
        duplication.removal_limit = removal_limit.unwrap_or(duplication.removal_limit);
        settings.write(workspace)?;
        Ok(settings)
    }

    /// The bounds of the words for effects: the defaults of the metrics chapter where none are set.
    pub fn effect_sizes(workspace: &Workspace) -> Result<EffectSizes, Fault> {
        let bounds = Self::read(workspace)?.effects;
        Ok(bounds.map_or_else(EffectSizes::default, EffectSizes::from))
    }

    /// When gold asks for attention: the defaults where nothing is set.
    pub fn gold(workspace: &Workspace) -> Result<GoldSettings, Fault> {
        Ok(Self::read(workspace)?.gold.unwrap_or_default())
    }

    /// Sets when gold asks for attention; impossible values change nothing.
    pub fn set_gold(workspace: &Workspace, gold: GoldSettings) -> Result<(), Fault> {
        let mut settings = Self::read(workspace)?;
        settings.gold = Some(gold);
        settings.write(workspace)
    }

    /// Sets the bounds of the words for effects; impossible ones change nothing.
    pub fn set_effect_sizes(workspace: &Workspace, sizes: EffectSizes) -> Result<(), Fault> {
        let EffectSizes { none, small, medium } = sizes;
        let mut settings = Self::read(workspace)?;
        settings.effects = Some(EffectBounds { none, small, medium });
        settings.write(workspace)
    }

    /// Keeps them, if they are possible.
    pub fn write(&self, workspace: &Workspace) -> Result<(), Fault> {
        self.check()?;
        let text = toml::to_string(self).map_err(|error| Fault::internal("writing the settings", error))?;
        let path = workspace.folder().join(SETTINGS_FILE);
        std::fs::write(&path, text).map_err(|error| {
            Fault::new(
                Code::NotSaved,
                format!("the settings could not be kept: {error}"),
                "make room or allow writing, then try again",
            )
            .at(path.display().to_string())
        })
    }

    fn check(&self) -> Result<(), Fault> {
        let duplication = &self.duplication;
        let impossible = |what: &str| Err(Fault::new(Code::Usage, what, "choose another value"));
        if self
            .effects
            .is_some_and(|bounds| !EffectSizes::from(bounds).are_usable())
        {
            return impossible("the bounds of effects ascend from above 0, such as 0.02, 0.05 and 0.15");
        }
        let gold = self.gold.unwrap_or_default();
        if gold.max_age_days == 0 || gold.thin_below == 0 {
            return impossible("the age and the least count of gold are at least 1");
        }
        if !(duplication.near_threshold > 0.0 && duplication.near_threshold <= 1.0) {
            return impossible("the threshold of near-duplicates lies over 0 and at most at 1");
        }
        if !(0.0..=1.0).contains(&duplication.removal_limit) {
            return impossible("the limit of removal lies between 0 and 1");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_kept_and_impossible_ones_change_nothing() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&root.path().join("a.assay")).unwrap();
        assert_eq!(
            WorkspaceSettings::read(&workspace).unwrap(),
            WorkspaceSettings::default()
        );
        WorkspaceSettings::set(&workspace, Some(0.7), None).unwrap();
        assert_eq!(
            WorkspaceSettings::set(&workspace, Some(0.0), None)
                .unwrap_err()
                .code,
            Code::Usage
        );
        let kept = WorkspaceSettings::set(&workspace, None, Some(0.25)).unwrap();
        assert_eq!(
            (kept.duplication.near_threshold, kept.duplication.removal_limit),
            (0.7, 0.25)
        );
        assert_eq!(WorkspaceSettings::read(&workspace).unwrap(), kept);
    }

    #[test]
    fn bounds_of_effects_are_read_as_they_were_set_and_must_ascend() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&root.path().join("a.assay")).unwrap();
        let of = || WorkspaceSettings::effect_sizes(&workspace);
        assert_eq!(of().unwrap(), EffectSizes::default());
        let sizes = EffectSizes {
            none: 0.1,
            small: 0.2,
            medium: 0.5,
        };
        WorkspaceSettings::set_effect_sizes(&workspace, sizes).unwrap();
        assert_eq!(of().unwrap(), sizes);
        let falling = EffectSizes { small: 0.6, ..sizes };
        let refused = WorkspaceSettings::set_effect_sizes(&workspace, falling).unwrap_err();
        assert_eq!(refused.code, Code::Usage);
        std::fs::write(workspace.folder().join(SETTINGS_FILE), "[effects]\nnone = 1\n").unwrap();
        assert_eq!(of().unwrap_err().code, Code::Usage);
    }

    #[test]
    fn when_gold_asks_for_attention_is_set_beside_the_rest() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&root.path().join("a.assay")).unwrap();
        assert_eq!(WorkspaceSettings::gold(&workspace).unwrap().max_age_days, 365);
        WorkspaceSettings::set(&workspace, Some(0.7), None).unwrap();
        let gold = GoldSettings {
            max_age_days: 90,
            thin_below: 3,
        };
        WorkspaceSettings::set_gold(&workspace, gold).unwrap();
        let never = GoldSettings {
            thin_below: 0,
            ..gold
        };
        let refused = WorkspaceSettings::set_gold(&workspace, never).unwrap_err();
        assert_eq!(refused.code, Code::Usage);
        let kept = WorkspaceSettings::read(&workspace).unwrap();
        assert_eq!((kept.gold, kept.duplication.near_threshold), (Some(gold), 0.7));
    }

    #[test]
    fn a_mistake_in_the_file_is_named_at_its_line() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&root.path().join("a.assay")).unwrap();
        let file = workspace.folder().join(SETTINGS_FILE);
        std::fs::write(file, "[duplication]\nnear_treshold = 0.7\n").unwrap();
        let fault = WorkspaceSettings::read(&workspace).unwrap_err();
        assert_eq!((fault.code, fault.line), (Code::Usage, Some(2)));
        assert!(fault.message.contains("near_treshold"), "{}", fault.message);
    }
}
