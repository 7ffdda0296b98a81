//! What may be said to `assay rubric`, `assay adjudicate` and about packs.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum RubricCommand {
    /// Every version recorded here, and the templates that come with Assay
    List,
    /// One rubric's labels, criteria and reasons
    Show {
        /// Such as health@1
        #[arg(value_name = "NAME@VERSION")]
        rubric: String,
    },
    /// Record a rubric from a file as the next version of its name; the same questions twice are one version
    Add {
        /// Written as those in assets/rubrics
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
        /// The curator or lead who adds it
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Give a queue a later version of its rubric
    Follow(FollowArguments),
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("answers").required(true).args(["still_valid", "ask_again", "map"])))]
pub struct FollowArguments {
    /// Name or id
    #[arg(value_name = "QUEUE")]
    pub queue: String,
    #[arg(long, value_name = "NAME@VERSION")]
    pub to: String,
    /// Answers given before stand as they are
    #[arg(long)]
    pub still_valid: bool,
    /// Answers given before no longer stand; every sample is asked again
    #[arg(long)]
    pub ask_again: bool,
    /// Answers given before are read through this mapping
    #[arg(long, value_name = "FILE.toml")]
    pub map: Option<PathBuf>,
    #[arg(long)]
    pub reason: String,
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum AdjudicateCommand {
    /// Open disputes that this person may settle, the worst first
    List {
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Answer a disputed sample yourself, before you may see the reviewers' answers
    Answer(AnswerArguments),
    /// The reviewers' answers, without names, once you have answered
    Show {
        #[arg(value_name = "DIGEST")]
        sample: String,
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Settle a dispute
    Settle {
        #[command(flatten)]
        answer: AnswerArguments,
        /// Why the reviewers differed
        #[arg(
            long,
            value_name = "ambiguous-text|guideline-gap|slip|edge-case|true-difference"
        )]
        cause: String,
    },
}

#[derive(Debug, Args)]
pub struct AnswerArguments {
    #[arg(value_name = "DIGEST")]
    pub sample: String,
    #[arg(long, value_name = "approve|exclude|unsure")]
    pub verdict: String,
    /// Needed for exclusions
    #[arg(long, default_value = "")]
    pub reason: String,
    /// A label of the rubric; may be repeated
    #[arg(long, value_name = "LABEL")]
    pub label: Vec<String>,
    /// A criterion's score; may be repeated
    #[arg(long, value_name = "CRITERION=SCORE")]
    pub score: Vec<String>,
    #[arg(long, value_name = "human|machine|mixed|unknown")]
    pub origin: Option<String>,
    /// The curator or lead who adjudicates
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("way").required(true).args(["recipient", "returning"])))]
pub struct PackArguments {
    /// Name or id
    pub queue: String,
    /// Issue the queue to this person, who answers it there from now on
    #[arg(long = "for", value_name = "NAME")]
    pub recipient: Option<String>,
    /// Write what was answered here in a pack that came from elsewhere
    #[arg(long = "return")]
    pub returning: bool,
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The curator or lead who issues it
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Sign: a pack carries a head of this ledger; a return its author's signature, and that head back cosigned
    #[arg(long)]
    pub sign: bool,
    /// A file whose first line is the passphrase; asked for otherwise
    #[arg(long, value_name = "FILE", requires = "sign")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// A pack, which opens here, or the return of one that was issued here
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Say what a return would bring, and take nothing in
    #[arg(long)]
    pub dry_run: bool,
    /// The curator or lead who imports a return
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
pub struct GoldExportArguments {
    /// A file outside every source; stdout without
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// What it is for; recorded in the ledger
    #[arg(long, value_name = "TEXT")]
    pub purpose: Option<String>,
    /// The set that was frozen under this number; gold as it is without
    #[arg(long, value_name = "N")]
    pub frozen: Option<u64>,
    /// Who exports it
    #[arg(long, value_name = "NAME", requires = "purpose")]
    pub actor: Option<String>,
}
