//! What the application remembers between starts: workspaces opened before, and small settings.
//!
//! Two JSON files in the application's own folder. Losing them loses convenience, never data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Workspaces remembered at most.
const RECENT: usize = 12;

/// The application's own folder.
#[derive(Clone, Debug)]
pub struct Home {
    folder: PathBuf,
}

/// A workspace that was opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    pub path: PathBuf,
    /// RFC 3339.
    pub opened: String,
}

impl Home {
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Workspaces opened before, latest first.
    pub fn recent(&self) -> Vec<Recent> {
        self.read("recent.json").unwrap_or_default()
    }

    /// Puts a workspace at the top of the list.
    pub fn remember(&self, path: &Path, now: &str) {
        let mut recent = self.recent();
        recent.retain(|entry| entry.path != path);
        recent.insert(
            0,
            Recent {
                path: path.to_owned(),
                opened: now.to_owned(),
            },
        );
        recent.truncate(RECENT);
        self.write("recent.json", &recent);
    }

    pub fn settings(&self) -> BTreeMap<String, String> {
        self.read("settings.json").unwrap_or_default()
    }

    /// Adds or replaces the given settings.
    pub fn set(&self, values: BTreeMap<String, String>) {
        // Two writers at once would lose one's change.
        static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _alone = WRITING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut settings = self.settings();
        settings.extend(values);
        self.write("settings.json", &settings);
    }

    fn read<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(&std::fs::read(self.folder.join(name)).ok()?).ok()
    }

    /// Replaces the file in one step. A failure costs convenience only, so it is not an error.
    fn write(&self, name: &str, value: &impl Serialize) {
        let replace = || -> std::io::Result<()> {
            std::fs::create_dir_all(&self.folder)?;
            let fresh = self.folder.join(format!("{name}.new"));
            std::fs::write(&fresh, serde_json::to_vec_pretty(value)?)?;
            std::fs::rename(fresh, self.folder.join(name))
        };
        let _ = replace();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_workspace_comes_first_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        for path in ["a", "b", "a"] {
            home.remember(Path::new(path), "2026-01-01T00:00:00Z");
        }
        let paths: Vec<PathBuf> = home.recent().into_iter().map(|recent| recent.path).collect();
        assert_eq!(paths, [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn settings_that_cannot_be_read_are_as_if_never_set() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("settings.json"), "{broken").unwrap();
        let home = Home::at(folder.path());
        assert!(home.settings().is_empty());
        home.set(BTreeMap::from([("theme".to_owned(), "dark".to_owned())]));
        assert_eq!(home.settings()["theme"], "dark");
    }
}
