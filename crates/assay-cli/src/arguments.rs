//! What may be said on the command line.

mod duplicates;
mod evidence;
mod release;
mod results;
mod review;
mod sign;
mod style;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use duplicates::{DuplicatesArguments, MeasureArguments};
pub use evidence::EvidenceCommand;
pub use release::{ReleaseArguments, ReleaseFormat};
pub use results::{ResultsAddArguments, ResultsCommand, ResultsReportArguments};
pub use review::{
    AdjudicateCommand, AnswerArguments, FollowArguments, GoldExportArguments, ImportArguments, PackArguments,
    RubricCommand,
};
pub use sign::{KeyArguments, KeyRevokeArguments, PersonCommand, SignArguments};
pub use style::StyleArguments;

/// Index local AI-training datasets, measure what they are made of, and guard a gold set of human data.
#[derive(Debug, Parser)]
#[command(
    name = "assay",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Examples:
  assay index data/ --dataset praxis --map praxis.toml
  assay report --format html > report.html
  assay samples --where \"origin = 'unknown' and domain = 'health'\" --limit 20
  assay queue create --name first --where \"domain = 'health'\" --size 59 --seed 7 --actor Ilse"
)]
pub struct Arguments {
    /// The workspace folder; by default the only *.assay folder here or in the nearest parent that has one
    #[arg(long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// One JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress and no remarks
    #[arg(long, global = true)]
    pub quiet: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index files or folders as the dataset's next snapshot, then measure it
    #[command(after_help = "Examples:
  assay index reviews.jsonl
  assay index vendor-a/ vendor-b/ --dataset praxis --map praxis.toml")]
    Index(IndexArguments),
    /// Composition, duplication, coverage and diversity of a snapshot
    #[command(
        after_help = "Examples:\n  assay report\n  assay report --dataset praxis --snapshot 3 --format html > report.html\n  \
                      assay report --reference field@2 --at-least 3\n  assay report --without \"verdict = 'exclude'\""
    )]
    Report(ReportArguments),
    /// Samples as JSON Lines, text included
    #[command(after_help = "Examples:
  assay samples --where \"origin = 'machine' and tokens > 500\" --limit 10
  assay samples --quarantined
  assay samples --conflicts")]
    Samples(SamplesArguments),
    /// The evidence behind the duplication rates, as JSON Lines
    #[command(after_help = "Examples:
  assay duplicates --pairs | head
  assay duplicates --clusters --dataset praxis
  assay duplicates --across praxis vendor-b@2 --matrix
  assay duplicates --not-a-duplicate sha256:… sha256:… --reason \"the doses differ\" --actor Ilse")]
    Duplicates(DuplicatesArguments),
    /// Reference samples (gold, a benchmark, a dataset) found in the given data; exit 1 if any
    #[command(after_help = "Examples:
  assay leak --reference gold train.jsonl
  assay leak --reference benchmark/test.parquet data/ --json")]
    Leak(LeakArguments),
    /// How far reviewers agree in a queue, or raters in any table
    #[command(after_help = "Examples:
  assay agreement --queue first
  assay agreement --table ratings.csv --scale ordinal --json")]
    Agreement(AgreementArguments),
    /// Two snapshots (NAME@N) or datasets: what changed, and what of one is in the other
    #[command(after_help = "Examples:
  assay compare praxis@1 praxis@2
  assay compare praxis vendor-b --json")]
    Compare(CompareArguments),
    /// The gates of a data contract; exit 1 if one fails
    #[command(after_help = "Examples:
  assay check --contract release.toml
  assay check --contract release.toml --dataset praxis --json")]
    Check(CheckArguments),
    /// What models made of the samples: losses, answers and confidences, by origin and rarity
    #[command(
        subcommand,
        after_help = "Examples:
  assay results add gen3.jsonl --run gen3 --trained-on \"70 % machine\"
  assay results report --run gen1 --run gen3 --slice \"domain = 'health'\""
    )]
    Results(ResultsCommand),
    /// Review queues
    #[command(
        subcommand,
        after_help = "Examples:
  assay queue create --name first --where \"domain = 'health'\" --size 59 --seed 7 --actor Ilse
  assay queue show first
  assay queue pack first --for Maria --out maria.assaypack
  assay queue import maria.assayreturn --dry-run"
    )]
    Queue(QueueCommand),
    /// The questions that reviewers answer, in versions that never change
    #[command(
        subcommand,
        after_help = "Examples:
  assay rubric show health@1
  assay rubric add house.toml --actor Ilse
  assay rubric follow first --to general@2 --ask-again --reason \"the scale was unclear\" --actor Ilse"
    )]
    Rubric(RubricCommand),
    /// Disputes between reviewers: answer first, then look, then settle
    #[command(
        subcommand,
        after_help = "Examples:
  assay adjudicate list --actor Ilse
  assay adjudicate answer sha256:… --verdict approve --actor Ilse
  assay adjudicate settle sha256:… --verdict approve --cause guideline-gap --actor Ilse"
    )]
    Adjudicate(AdjudicateCommand),
    /// Apply verdicts from a JSON Lines file, as the review screen would
    #[command(after_help = "Example:\n  assay decide --queue first --actor Ilse verdicts.jsonl")]
    Decide(DecideArguments),
    /// The gold set
    #[command(
        subcommand,
        after_help = "Examples:
  assay gold list
  assay gold promote sha256:… --reason \"rare and well told\" --actor Ilse"
    )]
    Gold(GoldCommand),
    /// The dataset card: README.md, card.html, card.json
    #[command(after_help = "Example:\n  assay card --dataset praxis --out card/")]
    Card(CardArguments),
    /// People who may act
    #[command(subcommand, after_help = "Example:\n  assay person add Ilse --role curator")]
    Person(PersonCommand),
    /// The ledger's entries as JSON Lines
    #[command(after_help = "Examples:\n  assay log\n  assay log --export ledger.jsonl")]
    Log(LogArguments),
    /// A lead's sign-off of a card folder: shows what to look at first, then signs
    #[command(after_help = "Examples:
  assay card --dataset praxis --out card/
  assay sign card/ --meaning \"fit to fine-tune the triage model\" --actor Ilse
  assay sign card/ --meaning \"fit to fine-tune the triage model\" --actor Ilse --reviewed 3f9c81d2
  assay sign --state praxis
  assay sign --withdraw praxis --reason \"a source withdrew its consent\" --actor Ilse")]
    Sign(SignArguments),
    /// Verify the ledger, an export of it, a signed card folder, a frozen gold set or a release
    #[command(after_help = "Examples:
  assay verify
  assay verify ledger.jsonl
  assay verify praxis-main/
  assay verify card/ --key 'Ilse/3f9c81d2+9a…+AR…'")]
    Verify(VerifyArguments),
    /// Evidence that comes after indexing, and the origins that follow
    #[command(
        subcommand,
        after_help = "Examples:
  assay evidence add credentials.jsonl
  assay evidence list --where \"origin = 'machine'\"
  assay evidence mark house-output --generator m-7 --reason \"our own drafts\" --actor Ilse
  assay evidence recompute"
    )]
    Evidence(EvidenceCommand),
    /// Check the workspace's databases, or bring a damaged ledger back
    #[command(after_help = "Examples:
  assay doctor
  assay doctor --restore
  assay doctor --restore --backups /media/stick/backups")]
    Doctor(DoctorArguments),
    /// Open the application on the workspace
    Open,
    /// The writing-style signal of a snapshot and how often it is wrong; it orders queues and sets no origin
    #[command(after_help = "Examples:
  assay style --dataset praxis
  assay style --dataset praxis --train
  assay style --dataset essays --with praxis@3 --json")]
    Style(StyleArguments),
    /// The curated training set under a policy, with the lineage of every sample
    #[command(after_help = "Examples:
  assay release --dataset praxis --policy main.toml --preview
  assay release --dataset praxis --policy main.toml --out praxis-main/ --actor Ilse
  assay release --dataset praxis --out praxis/ --format parquet --ablation 0,0.25,0.5 --actor Ilse
  assay verify praxis-main/")]
    Release(ReleaseArguments),
}

#[derive(Debug, Args)]
pub struct IndexArguments {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The dataset's name; by default that of the first path
    #[arg(long, value_name = "NAME")]
    pub dataset: Option<String>,
    /// How fields become parts, dimensions and origins (TOML); recognised by name without
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    #[command(flatten)]
    pub measure: MeasureArguments,
}

/// Which snapshot is meant.
#[derive(Debug, Args)]
pub struct SnapshotArguments {
    /// The dataset; needed where there are several
    #[arg(long, value_name = "NAME")]
    pub dataset: Option<String>,
    /// The snapshot's number; by default the latest
    #[arg(long, value_name = "N")]
    pub snapshot: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Args)]
pub struct ReportArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub measure: MeasureArguments,
    /// What the tails are held against: the human part (default), the gold set, a dataset or NAME@N
    #[arg(long, value_name = "human|gold|NAME[@N]")]
    pub reference: Option<String>,
    /// Observations from which a class counts as present
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub at_least: u64,
    /// What it would cost the tails to take the samples away for which this holds
    #[arg(long, value_name = "EXPR")]
    pub without: Option<String>,
}

#[derive(Debug, Args)]
pub struct SamplesArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// Only samples for which this holds
    #[arg(long = "where", value_name = "EXPR")]
    pub filter: Option<String>,
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Only samples behind the one with this `sample` number
    #[arg(long, value_name = "ID")]
    pub offset_id: Option<u64>,
    /// Quarantined records instead, all of them
    #[arg(long, conflicts_with_all = ["filter", "limit", "offset_id", "conflicts"])]
    pub quarantined: bool,
    /// Only samples whose origins contradict each other
    #[arg(long)]
    pub conflicts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScaleName {
    Nominal,
    Ordinal,
    Interval,
}

#[derive(Debug, Args)]
pub struct AgreementArguments {
    /// One queue, by name or id; all queues without
    #[arg(long, value_name = "Q", conflicts_with = "table")]
    pub queue: Option<String>,
    /// A table with the columns item, rater and value; needs no workspace
    #[arg(long, value_name = "FILE.csv")]
    pub table: Option<PathBuf>,
    /// How values of the table are compared: as written, or as numbers
    #[arg(long, value_enum, default_value = "nominal")]
    pub scale: ScaleName,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    /// A dataset (its latest snapshot) or NAME@N
    #[arg(value_name = "A")]
    pub a: String,
    #[arg(value_name = "B")]
    pub b: String,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The contract (TOML)
    #[arg(long, value_name = "FILE")]
    pub contract: PathBuf,
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    /// Exit 0 if every failing gate is waived
    #[arg(long)]
    pub accept_waivers: bool,
    /// Waive a failing gate, by its id: it may stay as bad as it is now, until the day given
    #[arg(long, value_name = "GATE", requires_all = ["reason", "until", "actor"])]
    pub waive: Option<String>,
    /// Which of several gates of that id: the one of this slice
    #[arg(long, value_name = "EXPR", requires = "waive")]
    pub waive_where: Option<String>,
    #[arg(long, requires = "waive")]
    pub reason: Option<String>,
    /// The last day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "waive")]
    pub until: Option<String>,
    /// The lead who waives
    #[arg(long, value_name = "NAME", requires = "waive")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
pub struct LeakArguments {
    /// What to look for: `gold`, a dataset (NAME or NAME@N), or a file or folder
    #[arg(long, value_name = "gold|NAME|PATH")]
    pub reference: String,
    /// Where to look: files or folders, or one dataset
    #[arg(required = true, value_name = "PATH")]
    pub data: Vec<String>,
    /// How fields become parts (TOML); for every path given
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Least Jaccard similarity of near-duplicates
    #[arg(long, value_name = "SHARE", default_value_t = 0.8)]
    pub threshold: f64,
    /// Fewest tokens of a shared passage
    #[arg(long, value_name = "N", default_value_t = 13)]
    pub run_tokens: u32,
    /// Least share of the shorter text that a shared passage covers
    #[arg(long, value_name = "SHARE", default_value_t = 0.3)]
    pub run_share: f64,
}

#[derive(Debug, Subcommand)]
pub enum QueueCommand {
    /// Draw a queue at random from a slice and freeze it
    Create(QueueCreateArguments),
    /// Every queue with its progress
    List {
        /// Whose progress
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// One queue's frozen list with one person's answers
    Show {
        /// Name or id
        queue: String,
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Write a queue as a pack for one person, or what was answered in one
    Pack(PackArguments),
    /// Open a pack that came from elsewhere, or take in the return of one
    Import(ImportArguments),
}

#[derive(Debug, Args)]
pub struct QueueCreateArguments {
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    #[arg(long)]
    pub name: String,
    /// The slice; everything without
    #[arg(long = "where", value_name = "EXPR", default_value = "")]
    pub filter: String,
    /// Samples to draw
    #[arg(long, value_name = "N", default_value_t = 59)]
    pub size: u64,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Only random draws feed estimates
    #[arg(
        long,
        value_name = "random|uncertain-origin|machine-like-unknown|rarest-first|cluster-by-cluster",
        default_value = "random"
    )]
    pub order: String,
    /// Draw from each value of this field by itself
    #[arg(long, value_name = "FIELD")]
    pub strata: Option<String>,
    /// How the size is shared out over strata
    #[arg(long, value_name = "proportional|equal|tail-weighted", requires = "strata")]
    pub allocation: Option<String>,
    /// One sample of each cluster of near-duplicates
    #[arg(long)]
    pub one_per_cluster: bool,
    /// Enough was read as soon as the claim is decided
    #[arg(long, requires = "defective_below")]
    pub stop_when_decided: bool,
    /// Enough was read as soon as the interval of the estimate is narrower than this share
    #[arg(long, value_name = "SHARE")]
    pub stop_narrower_than: Option<f64>,
    /// Rubric, such as general@1
    #[arg(long, value_name = "NAME@VERSION")]
    pub rubric: Option<String>,
    /// Reviewers for each sample
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub reviewers: u64,
    /// Reviewers may know of each other's answers; blind without
    #[arg(long)]
    pub open: bool,
    /// Register the claim that fewer than this share are defective; refused where the size cannot support it
    #[arg(long, value_name = "SHARE")]
    pub defective_below: Option<f64>,
    /// Defective samples that the claim allows
    #[arg(long, value_name = "N", default_value_t = 0, requires = "defective_below")]
    pub allowed: u64,
    /// Who makes it; needed where there are several people
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
pub struct DecideArguments {
    /// Name or id
    #[arg(long, value_name = "Q")]
    pub queue: String,
    #[arg(long, value_name = "NAME")]
    pub actor: String,
    /// Decisions as JSON Lines
    #[arg(value_name = "FILE.jsonl")]
    pub file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum GoldCommand {
    /// Members of the gold set
    List,
    /// Make a sample gold
    Promote(GoldArguments),
    /// Take a sample out of gold
    Revoke(GoldArguments),
    /// The gold set as JSON Lines, text included
    Export(GoldExportArguments),
    /// Number the gold set as it is, with the root over its members
    Freeze {
        #[arg(long)]
        reason: String,
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Every frozen gold set
    Frozen,
    /// One sample's checklist, or the set's size and root
    Status {
        #[arg(value_name = "DIGEST")]
        sample: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct GoldArguments {
    #[arg(value_name = "DIGEST")]
    pub sample: String,
    #[arg(long)]
    pub reason: String,
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct CardArguments {
    #[command(subcommand)]
    pub command: Option<CardCommand>,
    #[command(flatten)]
    pub snapshot: SnapshotArguments,
    #[arg(long, value_name = "DIR", required = true)]
    pub out: Option<PathBuf>,
    /// The card in the form of other standards too, a file each
    #[arg(long, value_name = "data-and-trust|spdx|eu-summary", value_delimiter = ',')]
    pub also: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum CardCommand {
    /// Write a section that only a person can write; an empty text opens it again
    Write {
        #[arg(long, value_name = "NAME")]
        dataset: String,
        #[arg(
            long,
            value_name = "purpose|out_of_scope|creator|rights|collection|biases|personal_data|maintenance"
        )]
        section: String,
        #[arg(long, conflicts_with = "file", required_unless_present = "file")]
        text: Option<String>,
        /// A file in UTF-8 that holds the text
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "NAME")]
        actor: Option<String>,
    },
    /// Every version of every section, latest first
    Texts {
        #[arg(long, value_name = "NAME")]
        dataset: String,
    },
}

#[derive(Debug, Args)]
pub struct LogArguments {
    /// Only entries of this kind; may be repeated
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Write the whole ledger to a file that `assay verify FILE` checks without the workspace
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "actor", "limit"])]
    pub export: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Bring the ledger back from the newest verified backup and the journal; the damaged files are kept aside
    #[arg(long)]
    pub restore: bool,
    /// Where backups lie, instead of where the settings say or the workspace's own `backups`
    #[arg(long, value_name = "DIR", requires = "restore")]
    pub backups: Option<PathBuf>,
    /// Restore even where entries are known that nothing holds any more
    #[arg(long, requires = "restore")]
    pub accept_loss: bool,
}

#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// A workspace, an exported ledger, a proof of an entry, a signed card folder, exported gold or a release; the workspace at hand without
    #[arg(value_name = "DIR_OR_FILE")]
    pub file: Option<PathBuf>,
    /// A public key that you trust, as its owner gave it to you; may be repeated
    #[arg(long, value_name = "KEY")]
    pub key: Vec<String>,
}

impl Command {
    /// The word on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Index(_) => "index",
            Self::Report(_) => "report",
            Self::Samples(_) => "samples",
            Self::Duplicates(_) => "duplicates",
            Self::Agreement(_) => "agreement",
            Self::Compare(_) => "compare",
            Self::Leak(_) => "leak",
            Self::Check(_) => "check",
            Self::Results(_) => "results",
            Self::Queue(_) => "queue",
            Self::Rubric(_) => "rubric",
            Self::Adjudicate(_) => "adjudicate",
            Self::Decide(_) => "decide",
            Self::Gold(_) => "gold",
            Self::Card(_) => "card",
            Self::Person(_) => "person",
            Self::Log(_) => "log",
            Self::Verify(_) => "verify",
            Self::Sign(_) => "sign",
            Self::Evidence(_) => "evidence",
            Self::Doctor(_) => "doctor",
            Self::Open => "open",
            Self::Style(_) => "style",
            Self::Release(_) => "release",
        }
    }
}
