//! What goes to stdout, what to stderr, and in which form.

use std::io::Write;

use assay_card::visible;
use assay_model::Fault;
use assay_model::hidden::visible_json;
use serde::Serialize;
use serde_json::json;

/// How the user wants results and errors.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    pub json: bool,
    pub quiet: bool,
}

impl Output {
    /// Prints a result: one JSON document, or lines for people.
    pub fn result(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Fault> {
        if !self.json {
            return self.text(text().trim_end_matches('\n'));
        }
        let json = serde_json::to_string_pretty(value)
            .map_err(|error| Fault::internal("writing the result", error))?;
        self.as_it_is(&visible_json(&json))
    }

    /// Prints lines, with whatever could act on the terminal made visible: names come from data and from packs of strangers.
    pub fn text(&self, text: &str) -> Result<(), Fault> {
        let lines: Vec<String> = text.split('\n').map(visible).collect();
        self.as_it_is(&lines.join("\n"))
    }

    /// Prints what is no text for a terminal: a page, a document.
    pub fn as_it_is(&self, text: &str) -> Result<(), Fault> {
        match writeln!(std::io::stdout().lock(), "{text}") {
            // Whoever reads has seen enough: `assay samples | head`.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
            other => other.map_err(|error| Fault::internal("writing the result", error)),
        }
    }

    /// Tells an error: an object on stdout with `--json`, one line on stderr without.
    pub fn fault(&self, fault: &Fault) {
        if self.json {
            let error = json!({"error": {
                "code": fault.code, "message": fault.message, "path": fault.path, "line": fault.line,
                "column": fault.column, "byte_offset": fault.byte_offset, "remedy": fault.remedy,
            }});
            let _ = writeln!(
                std::io::stdout().lock(),
                "{}",
                visible_json(&format!("{error:#}"))
            );
        } else {
            let _ = writeln!(std::io::stderr().lock(), "{fault}");
        }
    }
}

/// stdout for JSON Lines: buffered, and silent when the reader has seen enough.
pub struct Lines(std::io::BufWriter<std::io::Stdout>);

impl Lines {
    pub fn new() -> Self {
        Self(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout()))
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        until_enough(self.0.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        until_enough(self.0.flush())
    }
}

fn until_enough<T>(result: std::io::Result<T>) -> std::io::Result<T> {
    match result {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => other,
    }
}
