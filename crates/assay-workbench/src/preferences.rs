//! From which size on is an effect called small, medium and large in this workspace?
//!
//! The section `[effects]` of the workspace's settings. Without it the defaults of the metrics chapter hold.

use assay_measure::comparison::EffectSizes;
use assay_model::{Code, Fault};

use crate::Workspace;
use crate::settings::{EffectBounds, SETTINGS_FILE, WorkspaceSettings};

/// The bounds of the words for effects.
pub fn effect_sizes(workspace: &Workspace) -> Result<EffectSizes, Fault> {
    let sizes = WorkspaceSettings::read(workspace)?
        .effects
        .map_or_else(EffectSizes::default, |bounds| EffectSizes {
            none: bounds.none,
            small: bounds.small,
            medium: bounds.medium,
        });
    usable(sizes).map_err(|fault| fault.at(workspace.folder().join(SETTINGS_FILE).display().to_string()))
}

/// Sets the bounds of the words for effects.
pub fn set_effect_sizes(workspace: &Workspace, sizes: EffectSizes) -> Result<(), Fault> {
    let EffectSizes { none, small, medium } = usable(sizes)?;
    let settings = WorkspaceSettings {
        effects: Some(EffectBounds { none, small, medium }),
        ..WorkspaceSettings::read(workspace)?
    };
    settings.write(workspace)
}

fn usable(sizes: EffectSizes) -> Result<EffectSizes, Fault> {
    if sizes.are_usable() {
        return Ok(sizes);
    }
    Err(Fault::new(
        Code::Usage,
        "the bounds of effects must ascend from above 0",
        "such as 0.02, 0.05 and 0.15",
    ))
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
        std::fs::write(workspace.folder().join(SETTINGS_FILE), "[effects]\nnone = 1\n").unwrap();
        assert_eq!(effect_sizes(&workspace).unwrap_err().code, Code::Usage);
    }
}
