//! Answers that took long, kept by what they were made of: asked again, they are there at once.
//!
//! A key names everything an answer depends on, so that a changed snapshot, contract or setting has another key and
//! nothing ever needs to be thrown away for being wrong. Kept in memory, and in the workspace's `answers` folder, which
//! may be deleted at any time. What cannot be written is kept in memory only.

use std::any::Any;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assay_model::Digest;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Files kept at most; those written longest ago go first.
const KEPT: usize = 400;
/// Level of zstd.
const LEVEL: i32 = 3;

/// The name of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// Names an answer of this kind by everything it depends on.
    pub fn of(kind: &str, parts: &[&str]) -> Self {
        let whole = serde_json::json!([env!("CARGO_PKG_VERSION"), kind, parts]).to_string();
        Self(Digest::of(whole.as_bytes()).hex())
    }

    /// The key that the window sent back; none where it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The answers of one workspace.
pub struct Answers {
    folder: PathBuf,
    memory: Mutex<HashMap<Key, Arc<dyn Any + Send + Sync>>>,
}

impl Answers {
    pub fn of(workspace: &Path) -> Self {
        Self {
            folder: workspace.join("answers"),
            memory: Mutex::default(),
        }
    }

    /// The answer of this name, if it was ever given.
    pub fn get<T: DeserializeOwned + Any + Send + Sync>(&self, key: &Key) -> Option<Arc<T>> {
        if let Some(known) = self.lock().get(key) {
            return known.clone().downcast().ok();
        }
        let packed = std::fs::read(self.file(key, "json.zst")).ok()?;
        let json = zstd::stream::decode_all(packed.as_slice()).ok()?;
        let answer: Arc<T> = Arc::new(serde_json::from_slice(&json).ok()?);
        self.lock().insert(key.clone(), answer.clone());
        Some(answer)
    }

    /// Keeps an answer, and hands it on as it will be read again: to the last digit the same now and later.
    pub fn put<T: Serialize + DeserializeOwned + Any + Send + Sync>(&self, key: &Key, answer: T) -> Arc<T> {
        let json = serde_json::to_vec(&answer).unwrap_or_default();
        let answer = serde_json::from_slice(&json).unwrap_or(answer);
        if let Ok(packed) = zstd::bulk::compress(&json, LEVEL) {
            self.write(&self.file(key, "json.zst"), &packed);
        }
        let answer = Arc::new(answer);
        self.lock().insert(key.clone(), answer.clone());
        answer
    }

    /// Bytes that were kept beside an answer.
    pub fn bytes(&self, key: &Key) -> Option<Vec<u8>> {
        std::fs::read(self.file(key, "bytes")).ok()
    }

    /// Keeps bytes beside an answer.
    pub fn put_bytes(&self, key: &Key, bytes: &[u8]) {
        self.write(&self.file(key, "bytes"), bytes);
    }

    fn file(&self, key: &Key, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", key.0))
    }

    /// Writes a whole file or none. A disk that is full costs the answer its place there, nothing else.
    fn write(&self, file: &Path, bytes: &[u8]) {
        let written = std::fs::create_dir_all(&self.folder).and_then(|()| {
            let mut half = tempfile::NamedTempFile::new_in(&self.folder)?;
            half.write_all(bytes)?;
            half.persist(file).map_err(|error| error.error)?;
            Ok(())
        });
        if written.is_ok() {
            self.prune();
        }
    }

    fn prune(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return;
        };
        let mut files: Vec<_> = entries
            .flatten()
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        if files.len() > KEPT {
            files.sort();
            for (_, file) in files.drain(..files.len() - KEPT) {
                let _ = std::fs::remove_file(file);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Arc<dyn Any + Send + Sync>>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_again_by_another_session_and_only_under_its_own_key() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::of("compare", &["a", "b"]);
        Answers::of(folder.path()).put(&key, vec![1_u64, 2]);
        let later = Answers::of(folder.path());
        assert_eq!(*later.get::<Vec<u64>>(&key).unwrap(), [1, 2]);
        assert!(later.get::<Vec<u64>>(&Key::of("compare", &["b", "a"])).is_none());
        assert!(
            later
                .get::<Vec<u64>>(&Key::of("compare", &["a", "b", ""]))
                .is_none()
        );
    }

    #[test]
    fn a_damaged_file_is_no_answer() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::of("gates", &[]);
        Answers::of(folder.path()).put(&key, 7_u64);
        std::fs::write(
            folder.path().join(format!("answers/{}.json.zst", key.as_str())),
            b"no",
        )
        .unwrap();
        assert!(Answers::of(folder.path()).get::<u64>(&key).is_none());
    }

    #[test]
    fn a_key_from_outside_cannot_leave_the_folder() {
        assert_eq!(Key::parse("../../etc/passwd"), None);
        let key = Key::of("leak", &["gold"]);
        assert_eq!(Key::parse(key.as_str()), Some(key));
    }
}
