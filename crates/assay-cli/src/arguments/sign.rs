//! Arguments of people, their keys, and a lead's sign-off.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Add someone
    Add {
        name: String,
        #[arg(long, value_name = "expert|curator|lead|machine", default_value = "expert")]
        role: String,
        /// Who adds them; themselves where they are the first
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Everyone
    List,
    /// Make a signing key for someone: locked under a passphrase, outside every workspace
    Key(KeyArguments),
    /// Every key that was ever claimed
    Keys,
    /// Give a key up: nothing signed with it from now on counts
    RevokeKey(KeyRevokeArguments),
}

#[derive(Debug, Args)]
pub struct KeyArguments {
    pub name: String,
    /// In place of the key they have
    #[arg(long)]
    pub replace: bool,
    /// A file whose first line is the passphrase; asked for otherwise
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct KeyRevokeArguments {
    /// The key's name, or the key as it is written
    #[arg(value_name = "KEY")]
    pub key: String,
    #[arg(long)]
    pub reason: String,
    /// Somebody else may have had it
    #[arg(long)]
    pub compromised: bool,
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
pub struct SignArguments {
    /// The folder that `assay card` wrote
    #[arg(value_name = "DIR", required_unless_present_any = ["state", "withdraw"])]
    pub folder: Option<PathBuf>,
    /// What signing it means: `approved`, `approved-with-waivers`, `reviewed`, or a sentence of your own
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["state", "withdraw"])]
    pub meaning: Option<String>,
    /// The code that stands under the exceptions, once they were looked at
    #[arg(long, value_name = "CODE")]
    pub reviewed: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// A file whose first line is the passphrase; asked for otherwise
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Say whether the card of a dataset is still what was signed, and what changed
    #[arg(long, value_name = "DATASET", conflicts_with_all = ["withdraw", "reviewed"])]
    pub state: Option<String>,
    /// Withdraw the standing sign-off of a dataset
    #[arg(
        long,
        value_name = "DATASET",
        requires = "reason",
        conflicts_with = "reviewed"
    )]
    pub withdraw: Option<String>,
    /// Why it is withdrawn
    #[arg(long)]
    pub reason: Option<String>,
}
