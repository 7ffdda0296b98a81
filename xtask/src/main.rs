//! Chores of the project: what writes its committed files and its benchmark data.

mod corpus;
mod draw;
mod errors;
mod icons;
mod sample;

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Chores of the project")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Writes the bundled sample dataset into assets/sample.
    Sample {
        /// Compares with what is there instead of writing; fails on any difference.
        #[arg(long)]
        check: bool,
        #[arg(long, default_value = "assets/sample")]
        out: PathBuf,
    },
    /// Writes a corpus for benchmarks as JSON Lines, with planted duplicates.
    Corpus {
        #[arg(long)]
        documents: u64,
        #[arg(long)]
        out: PathBuf,
        /// Words of a document on average, six bytes each.
        #[arg(long, default_value_t = 330)]
        words: usize,
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// Documents a file.
        #[arg(long, default_value_t = 100_000)]
        per_file: u64,
    },
    /// Draws the application's icons into assets/icons.
    Icons {
        #[arg(long)]
        check: bool,
        #[arg(long, default_value = "assets/icons")]
        out: PathBuf,
    },
    /// Writes docs/errors.md from the closed set of codes.
    Errors {
        /// Compares with what is there instead of writing; fails on any difference.
        #[arg(long)]
        check: bool,
        #[arg(long, default_value = "docs/errors.md")]
        out: PathBuf,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().chore {
        Chore::Sample { check, out } => settle(&out, sample::files()?, check),
        Chore::Corpus {
            documents,
            out,
            words,
            seed,
            per_file,
        } => {
            let written = corpus::write(&out, documents, words, per_file, seed)?;
            println!("{written}");
            Ok(())
        }
        Chore::Icons { check, out } => settle(&out, icons::files()?, check),
        Chore::Errors { check, out } => {
            let name = out
                .file_name()
                .ok_or("the output has no file name")?
                .to_string_lossy()
                .into_owned();
            let folder = out.parent().map(PathBuf::from).unwrap_or_default();
            settle(&folder, vec![(name, errors::page().into_bytes())], check)
        }
    }
}

/// Writes the files below `folder`, or compares them with what is there.
fn settle(
    folder: &std::path::Path,
    files: Vec<(String, Vec<u8>)>,
    check: bool,
) -> Result<(), Box<dyn Error>> {
    let mut different = Vec::new();
    for (path, bytes) in &files {
        let target = folder.join(path);
        if std::fs::read(&target).is_ok_and(|there| there == *bytes) {
            continue;
        }
        if check {
            different.push(path.clone());
            continue;
        }
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&target, bytes)?;
    }
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    if different.is_empty() {
        println!(
            "{} files, {} bytes: as written by this program",
            files.len(),
            bytes
        );
        return Ok(());
    }
    Err(format!("differs from what this program writes: {}", different.join(", ")).into())
}
