//! What a workspace sets for itself: from which size on an effect is called small, medium and large.
//!
//! `settings.toml` in the workspace's folder. A workspace without one has the defaults of the metrics chapter.

use assay_measure::comparison::EffectSizes;
use assay_model::{Code, Fault};
use serde::{Deserialize, Serialize};

use crate::Workspace;

const FILE: &str = "settings.toml";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preferences {
    effects: Option<Bounds>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    none: f64,
    small: f64,
    medium: f64,
}

/// The bounds of the words for effects.
pub fn effect_sizes(workspace: &Workspace) -> Result<EffectSizes, Fault> {
    let file = workspace.folder().join(FILE);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(EffectSizes::default()),
        Err(error) => return Err(Fault::internal("reading the workspace's settings", error)),
    };
    let wrong = |message: String| {
        Fault::new(
            Code::Usage,
            message,
            "put it right, or delete the file for the defaults",
        )
        .at(file.display().to_string())
    };
    let read: Preferences = toml::from_str(&text)
        .map_err(|error| wrong(format!("the workspace's settings are wrong: {}", error.message())))?;
    let sizes = read
        .effects
        .map_or_else(EffectSizes::default, |bounds| EffectSizes {
            none: bounds.none,
            small: bounds.small,
            medium: bounds.medium,
        });
    if sizes.are_usable() {
        Ok(sizes)
    } else {
        Err(wrong("the bounds of effects must ascend from above 0".to_owned()))
    }
}

/// Sets the bounds of the words for effects.
pub fn set_effect_sizes(workspace: &Workspace, sizes: EffectSizes) -> Result<(), Fault> {
    if !sizes.are_usable() {
        return Err(Fault::new(
            Code::Usage,
            "the bounds of effects must ascend from above 0",
            "such as 0.02, 0.05 and 0.15",
        ));
    }
    let preferences = Preferences {
        effects: Some(Bounds {
            none: sizes.none,
            small: sizes.small,
            medium: sizes.medium,
        }),
    };
    let text = toml::to_string(&preferences)
        .map_err(|error| Fault::internal("writing the workspace's settings", error))?;
    std::fs::write(workspace.folder().join(FILE), text)
        .map_err(|error| Fault::internal("writing the workspace's settings", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_again_and_bounds_must_ascend() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&root.path().join("w.assay")).unwrap();
        assert_eq!(effect_sizes(&workspace).unwrap(), EffectSizes::default());
        let sizes = EffectSizes {
            none: 0.1,
            small: 0.2,
            medium: 0.5,
        };
        set_effect_sizes(&workspace, sizes).unwrap();
        assert_eq!(effect_sizes(&workspace).unwrap(), sizes);
        let falling = EffectSizes { small: 0.6, ..sizes };
        assert_eq!(
            set_effect_sizes(&workspace, falling).unwrap_err().code,
            Code::Usage
        );
        std::fs::write(workspace.folder().join(FILE), "[effects]\nnone = 1\n").unwrap();
        assert_eq!(effect_sizes(&workspace).unwrap_err().code, Code::Usage);
    }
}
