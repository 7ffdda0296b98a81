//! Where are a person's secret keys, and how are they opened?

use std::path::{Path, PathBuf};

use assay_model::{Code, Digest, Fault};
use assay_seal::{KeyFile, PublicKey, SecretKey, Strength};

/// Keys at rest: one file each, under a passphrase, in the application's own folder and never in a workspace.
#[derive(Clone, Debug)]
pub struct KeyRing {
    folder: PathBuf,
}

impl KeyRing {
    pub fn at(home: &Path) -> Self {
        Self {
            folder: home.join("keys"),
        }
    }

    /// Makes a key for a person and locks it.
    pub fn create(&self, person: &str, passphrase: &str) -> Result<SecretKey, Fault> {
        if passphrase.chars().count() < MIN_PASSPHRASE {
            return Err(Fault::new(
                Code::Usage,
                format!("the passphrase is shorter than {MIN_PASSPHRASE} characters"),
                "choose a longer one; several words are good",
            ));
        }
        let key = SecretKey::generate(person).map_err(|error| Fault::internal("making a key", error))?;
        let file = KeyFile::lock(&key, passphrase, Strength::FULL)
            .map_err(|error| Fault::internal("locking a key", error))?;
        let text =
            serde_json::to_vec_pretty(&file).map_err(|error| Fault::internal("locking a key", error))?;
        let path = self.path(&key.public().to_string());
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| write_private(&path, &text))
            .map_err(|error| crate::file::unwritable(&path, "the key", &error))?;
        Ok(key)
    }

    /// Whether the file of this public key is here.
    pub fn holds(&self, public: &PublicKey) -> bool {
        self.path(&public.to_string()).exists()
    }

    /// Opens the file of this public key.
    pub fn unlock(&self, public: &PublicKey, passphrase: &str) -> Result<SecretKey, Fault> {
        let path = self.path(&public.to_string());
        let refused = |code: Code, why: String, remedy: &str| {
            Fault::new(code, why, remedy).at(path.display().to_string())
        };
        let bytes = std::fs::read(&path).map_err(|error| {
            refused(
                Code::NotFound,
                format!("the key {} is not on this machine: {error}", public.name()),
                "bring its file, or replace the key",
            )
        })?;
        let file: KeyFile = serde_json::from_slice(&bytes).map_err(|error| {
            refused(
                Code::NotReadable,
                format!("the key file is damaged: {error}"),
                "bring a copy of it, or replace the key",
            )
        })?;
        file.unlock(passphrase)
            .map_err(|why| refused(Code::NotAllowed, why, "type the passphrase again"))
    }

    /// By digest: names may hold what file names cannot.
    fn path(&self, public: &str) -> PathBuf {
        self.folder
            .join(format!("{}.json", &Digest::of(public.as_bytes()).hex()[..16]))
    }
}

/// Shorter passphrases are guessed, whatever the work.
const MIN_PASSPHRASE: usize = 12;

/// Written whole under another name first, readable by its owner only.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let next = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&next, path)
}
