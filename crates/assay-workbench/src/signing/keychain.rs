//! The system's keychain: a key that signs heads without being asked for, and the last head that was signed.
//!
//! Who keeps their key there lets this account sign heads on this machine, never cards: those ask for the passphrase each time. The
//! head that is remembered there shows a workspace that was put back together with its own heads. Where a system has no
//! keychain, or it does not answer, keys stay in their files and heads are signed once the passphrase was given.

use std::sync::{Arc, OnceLock};

use assay_ledger::Head;
use assay_model::{Code, Fault};
use assay_seal::{PublicKey, SecretKey};
use keyring_core::{CredentialStore, Entry, Error};

/// Under which everything of Assay lies in a keychain.
const SERVICE: &str = "org.assay.desktop";

type Connect = fn() -> keyring_core::Result<Arc<CredentialStore>>;

/// A keychain, asked for when it is needed first: some systems take their time.
pub struct Keychain {
    connect: Option<Connect>,
    store: OnceLock<Option<Arc<CredentialStore>>>,
}

impl Keychain {
    /// The one of this system: the Secret Service on Linux, the Keychain on macOS, the Credential Manager on Windows.
    pub fn of_system() -> Self {
        Self::by(of_system)
    }

    /// None: keys stay in their files.
    pub fn none() -> Self {
        Self {
            connect: None,
            store: OnceLock::new(),
        }
    }

    fn by(connect: Connect) -> Self {
        Self {
            connect: Some(connect),
            store: OnceLock::new(),
        }
    }

    /// Whether there is one that answers.
    pub fn is_there(&self) -> bool {
        self.store().is_some()
    }

    fn store(&self) -> Option<&Arc<CredentialStore>> {
        let connect = || self.connect.and_then(|connect| connect().ok());
        self.store.get_or_init(connect).as_ref()
    }

    fn entry(&self, what: &str) -> Result<Entry, Fault> {
        let store = self.store().ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "this system has no keychain that answers",
                "go on without: heads are signed once the passphrase was given",
            )
        })?;
        Entry::new_in_store(store, SERVICE, what).map_err(failed)
    }

    /// What is kept under a name; none where nothing is, or there is no keychain.
    fn kept(&self, what: &str) -> Result<Option<Vec<u8>>, Fault> {
        if !self.is_there() {
            return Ok(None);
        }
        match self.entry(what)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Keeps a key, so that heads are signed without its passphrase.
    pub fn keep_key(&self, key: &SecretKey) -> Result<(), Fault> {
        let entry = self.entry(&of_key(key.public()))?;
        entry.set_secret(key.seed().as_ref()).map_err(failed)
    }

    /// The key, where it is kept.
    pub fn key(&self, public: &PublicKey) -> Result<Option<SecretKey>, Fault> {
        let Some(seed) = self.kept(&of_key(public))?.map(zeroize::Zeroizing::new) else {
            return Ok(None);
        };
        let key = <&[u8; 32]>::try_from(seed.as_slice())
            .ok()
            .map(|seed| SecretKey::from_seed(public.name(), seed));
        // What somebody else put there under the name is no key of this person.
        Ok(key.filter(|key| key.public() == public))
    }

    /// Forgets a key; its file stays.
    pub fn forget_key(&self, public: &PublicKey) -> Result<(), Fault> {
        if !self.is_there() {
            return Ok(());
        }
        match self.entry(&of_key(public))?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Remembers the last head of a ledger.
    pub fn remember(&self, head: &Head) -> Result<(), Fault> {
        let entry = self.entry(&of_head(&head.checkpoint.origin))?;
        entry.set_secret(head.note.to_string().as_bytes()).map_err(failed)
    }

    /// The head of this ledger that was remembered last.
    pub fn remembered(&self, origin: &str) -> Result<Option<Head>, Fault> {
        let note = self.kept(&of_head(origin))?;
        Ok(note
            .and_then(|note| String::from_utf8(note).ok())
            .and_then(|note| Head::parse(&note).ok()))
    }
}

fn of_key(public: &PublicKey) -> String {
    format!("key {public}")
}

fn of_head(origin: &str) -> String {
    format!("head {origin}")
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn failed(error: Error) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!("the keychain refused: {error}"),
        "unlock it, or go on without: heads are signed once the passphrase was given",
    )
}

#[cfg(target_os = "linux")]
fn of_system() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(dbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn of_system() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn of_system() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn of_system() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn in_memory() -> Keychain {
        Keychain::by(|| Ok(keyring_core::mock::Store::new()?))
    }

    fn head(key: &SecretKey) -> Head {
        let checkpoint = assay_seal::Checkpoint {
            origin: "assay/ledger/one".into(),
            size: 7,
            root: assay_model::Digest::of(b"seven"),
        };
        Head::parse(&checkpoint.sign(key).to_string()).unwrap()
    }

    /// What any keychain must do.
    fn keeps_and_forgets(keychain: &Keychain) {
        let (key, other) = (
            SecretKey::generate("Ada Byron").unwrap(),
            SecretKey::generate("Ada Byron").unwrap(),
        );
        assert!(keychain.is_there());
        assert!(keychain.key(key.public()).unwrap().is_none());
        keychain.keep_key(&key).unwrap();
        keychain.keep_key(&key).unwrap();
        let kept = keychain.key(key.public()).unwrap().unwrap();
        assert_eq!(kept.sign(b"x"), key.sign(b"x"));
        assert!(
            keychain.key(other.public()).unwrap().is_none(),
            "by the whole key, not its name"
        );
        keychain.forget_key(key.public()).unwrap();
        keychain.forget_key(key.public()).unwrap();
        assert!(keychain.key(key.public()).unwrap().is_none());

        assert_eq!(keychain.remembered("assay/ledger/one").unwrap(), None);
        keychain.remember(&head(&other)).unwrap();
        keychain.remember(&head(&key)).unwrap();
        assert_eq!(keychain.remembered("assay/ledger/one").unwrap(), Some(head(&key)));
        assert_eq!(keychain.remembered("assay/ledger/two").unwrap(), None);
    }

    #[test]
    fn a_key_and_a_head_are_kept_and_found_by_the_whole_name() {
        keeps_and_forgets(&in_memory());
    }

    #[test]
    fn without_a_keychain_nothing_is_kept_and_nothing_fails_but_keeping() {
        for keychain in [Keychain::none(), Keychain::by(|| Err(Error::NoDefaultStore))] {
            let key = SecretKey::generate("Ada").unwrap();
            assert!(!keychain.is_there());
            assert!(keychain.key(key.public()).unwrap().is_none());
            assert_eq!(keychain.remembered("x").unwrap(), None);
            keychain.forget_key(key.public()).unwrap();
            assert_eq!(keychain.keep_key(&key).unwrap_err().code, Code::NotFound);
        }
    }

    /// In a session of its own, with the Secret Service of GNOME: this test again, told so by the environment.
    #[test]
    #[cfg(target_os = "linux")]
    fn the_secret_service_keeps_what_it_is_given() {
        const INSIDE: &str = "ASSAY_TEST_SECRET_SERVICE";
        if std::env::var_os(INSIDE).is_some() {
            return keeps_and_forgets(&Keychain::of_system());
        }
        let is_there = |name: &str| Command::new(name).arg("--version").output().is_ok();
        if !is_there("dbus-run-session") || !is_there("gnome-keyring-daemon") {
            eprintln!("SKIPPED: there is no dbus-run-session or no gnome-keyring-daemon");
            return;
        }
        let home = tempfile::tempdir().unwrap();
        let script =
            "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
        let ended = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script, "sh"])
            .arg(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "signing::keychain::tests::the_secret_service_keeps_what_it_is_given",
            ])
            .env(INSIDE, "1")
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_RUNTIME_DIR", home.path())
            .output()
            .unwrap();
        assert!(
            ended.status.success(),
            "{}{}",
            String::from_utf8_lossy(&ended.stdout),
            String::from_utf8_lossy(&ended.stderr)
        );
    }
}
