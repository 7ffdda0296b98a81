//! Reads the given files and prints bytes per second: `cargo run --example read_throughput -- FILE…`

use std::path::PathBuf;
use std::time::Instant;

use assay_model::{Fault, Task};
use assay_read::{Found, Limits, read_file, walk};

fn main() -> Result<(), Fault> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    for found in walk(&paths, &Task::silent())? {
        let Found::File(file) = found else { continue };
        let start = Instant::now();
        let summary = read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| Ok(()))?;
        let seconds = start.elapsed().as_secs_f64();
        let speed = file.bytes as f64 / 1e6 / seconds;
        println!(
            "{}: {} records, {seconds:.2} s, {speed:.0} MB/s",
            file.relative, summary.seen
        );
    }
    Ok(())
}
