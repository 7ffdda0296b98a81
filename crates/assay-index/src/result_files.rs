//! What does a file of per-sample results say: which columns has it, and does every row make sense?
//!
//! One bad row rejects the file, naming its line: a mean over what happened to be readable is no mean. What is
//! deliberately absent: looking samples up, and any guess at what a number without a known column name means.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use assay_model::results::SampleResult;
use assay_model::{Code, Digest, Fault, Task, Value};
use assay_read::{Limits, TableRow, read_table};

/// What a column of results may mean.
pub const COLUMNS: [&str; 7] = [
    "sample",
    "id",
    "loss",
    "perplexity",
    "tokens",
    "correct",
    "confidence",
];
/// Other fields that are named.
const NAMED: usize = 100;
/// Relative difference between a perplexity and exp(loss) beyond which they contradict each other.
const SLACK: f64 = 0.02;

/// Names of the file's fields for what the columns mean, where they differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames(BTreeMap<String, String>);

impl ColumnNames {
    /// Reads `loss=nll`: this column is the file's field `nll`.
    pub fn parse(pairs: &[String]) -> Result<Self, Fault> {
        let mut names = BTreeMap::new();
        for pair in pairs {
            let wrong = |why: &str| {
                let shown = assay_model::fault::one_line(pair);
                let known = COLUMNS.join(", ");
                Fault::new(
                    Code::Usage,
                    format!("`{shown}` {why}"),
                    format!("write COLUMN=FIELD, such as loss=nll; the columns are {known}"),
                )
            };
            let (column, field) = pair
                .split_once('=')
                .filter(|(_, field)| !field.is_empty())
                .ok_or_else(|| wrong("names no field for a column"))?;
            if !COLUMNS.contains(&column) {
                return Err(wrong("is about no column of results"));
            }
            if names.insert(column.to_owned(), field.to_owned()).is_some() {
                return Err(wrong("names the column a second time"));
            }
        }
        Ok(Self(names))
    }

    /// The file's field for a column.
    fn field<'a>(&'a self, column: &'a str) -> &'a str {
        self.0.get(column).map_or(column, String::as_str)
    }
}

/// What names a row's sample.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Sample(Digest),
    Id(String),
}

impl Key {
    pub fn written(&self) -> String {
        match self {
            Self::Sample(digest) => digest.to_string(),
            Self::Id(id) => id.clone(),
        }
    }
}

/// One row of results.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultRow {
    pub line: u64,
    pub key: Key,
    pub result: SampleResult,
}

/// A file of results, read to its end without a fault.
#[derive(Clone, Debug)]
pub struct ResultsFile {
    pub name: String,
    pub digest: Digest,
    /// Such as `JSON Lines` or `CSV, gzip`.
    pub format: String,
    pub rows: Vec<ResultRow>,
    /// (column, the file's field) for each that holds something.
    pub columns: Vec<(&'static str, String)>,
    /// Fields that mean nothing here, at most 100.
    pub ignored: Vec<String>,
}

/// Reads a whole file: JSON, JSON Lines, CSV, TSV, Parquet or Arrow, packed or not.
///
/// # Errors
/// `invalid_results` at the line of the first row that makes no sense, or what kept the file from being read.
pub fn read(path: &Path, names: &ColumnNames, task: &Task) -> Result<ResultsFile, Fault> {
    let shown = path.display().to_string();
    let mut reading = Reading {
        names,
        rows: Vec::new(),
        keys: HashSet::new(),
        held: HashSet::new(),
        fields: Vec::new(),
    };
    let summary = read_table(path, &Limits::default(), task, &mut |row| reading.take(row));
    let summary = summary.map_err(|fault| about_results(fault, &shown))?;
    if reading.rows.is_empty() {
        return Err(wrong("the file holds no rows").at(shown));
    }
    let known: Vec<&str> = COLUMNS.into_iter().map(|column| names.field(column)).collect();
    let held = COLUMNS.into_iter().filter(|column| reading.held.contains(column));
    Ok(ResultsFile {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        digest: summary.digest,
        format: summary.shape.describe(),
        columns: held
            .map(|column| (column, names.field(column).to_owned()))
            .collect(),
        ignored: reading
            .fields
            .into_iter()
            .filter(|field| !known.contains(&field.as_str()))
            .collect(),
        rows: reading.rows,
    })
}

/// Damage to a record makes the results wrong; a file that cannot be opened stays what it is.
fn about_results(fault: Fault, path: &str) -> Fault {
    let of_a_row = fault.line.is_some() || matches!(fault.code, Code::UnknownFormat | Code::NoTextField);
    Fault {
        code: if of_a_row {
            Code::InvalidResults
        } else {
            fault.code
        },
        path: Some(path.to_owned()),
        ..fault
    }
}

fn wrong(message: impl Into<String>) -> Fault {
    Fault::new(
        Code::InvalidResults,
        message,
        "correct it and add the file again; nothing of it was kept",
    )
}

struct Reading<'a> {
    names: &'a ColumnNames,
    rows: Vec<ResultRow>,
    keys: HashSet<Key>,
    held: HashSet<&'static str>,
    /// Every field met, in the order met.
    fields: Vec<String>,
}

impl Reading<'_> {
    fn take(&mut self, row: TableRow) -> Result<(), Fault> {
        let line = row.line;
        let at = |fault: Fault| fault.line(line);
        let Value::Object(fields) = &row.value else {
            return Err(at(wrong("the record is not an object with fields")));
        };
        for (name, _) in fields {
            if self.fields.len() < NAMED && !self.fields.contains(name) {
                self.fields.push(name.clone());
            }
        }
        let key = self.key(&row.value).map_err(at)?;
        self.check_nan(&row).map_err(at)?;
        let result = self.result(&row.value).map_err(at)?;
        if !self.keys.insert(key.clone()) {
            let key = assay_model::fault::one_line(&key.written());
            return Err(at(wrong(format!("`{key}` has a result in an earlier row"))));
        }
        self.rows.push(ResultRow { line, key, result });
        Ok(())
    }

    /// Refuses a NaN or an infinity in a column of results, which the reader made null. Elsewhere it is nobody's matter.
    fn check_nan(&self, row: &TableRow) -> Result<(), Fault> {
        let noticed = row.noticed.iter().find(|(code, _)| *code == Code::NotANumber);
        let null = COLUMNS
            .into_iter()
            .any(|column| row.value.at(self.names.field(column)).is_some_and(Value::is_null));
        match noticed {
            Some((_, message)) if null => Err(wrong(format!("{message}: a result must be a finite number"))),
            _ => Ok(()),
        }
    }

    fn value<'v>(&self, record: &'v Value, column: &str) -> Option<&'v Value> {
        let value = record.at(self.names.field(column))?;
        let empty = value.is_null() || value.as_text().is_some_and(str::is_empty);
        (!empty).then_some(value)
    }

    fn key(&mut self, record: &Value) -> Result<Key, Fault> {
        if let Some(value) = self.value(record, "sample") {
            self.held.insert("sample");
            return value.to_string().parse().map(Key::Sample).map_err(|_| {
                let shown = assay_model::fault::one_line(&value.to_string());
                wrong(format!(
                    "`{shown}` is not a sample's digest, sha256: and 64 hexadecimal digits"
                ))
            });
        }
        if let Some(value) = self.value(record, "id") {
            self.held.insert("id");
            return Ok(Key::Id(value.to_string()));
        }
        let [sample, id] = ["sample", "id"].map(|column| self.names.field(column));
        Err(wrong(format!(
            "the row has neither `{sample}` nor `{id}`; its fields are {}",
            self.fields.join(", ")
        )))
    }

    fn result(&mut self, record: &Value) -> Result<SampleResult, Fault> {
        let mut number = |column: &'static str| -> Result<Option<f64>, Fault> {
            let Some(value) = self.value(record, column) else {
                return Ok(None);
            };
            self.held.insert(column);
            finite(value).map(Some).ok_or_else(|| {
                let shown: String = assay_model::fault::one_line(&value.to_string())
                    .chars()
                    .take(40)
                    .collect();
                let field = self.names.field(column);
                wrong(format!("`{field}` is `{shown}`, and must be a finite number"))
            })
        };
        let loss = number("loss")?;
        let perplexity = number("perplexity")?;
        let tokens = number("tokens")?;
        let correct = number("correct")?;
        let confidence = number("confidence")?;
        within(
            "loss",
            loss,
            0.0,
            f64::MAX,
            "a negative log-likelihood is at least 0",
        )?;
        within(
            "perplexity",
            perplexity,
            1.0,
            f64::MAX,
            "it is exp of a loss, so at least 1",
        )?;
        within("tokens", tokens, 0.0, f64::MAX, "a count is at least 0")?;
        within(
            "correct",
            correct,
            0.0,
            1.0,
            "right is 1, wrong is 0, a score lies between",
        )?;
        within(
            "confidence",
            confidence,
            0.0,
            1.0,
            "it is a probability, from 0 to 1",
        )?;
        let result = SampleResult {
            loss: one_loss(loss, perplexity)?,
            tokens,
            correct,
            confidence,
        };
        if result.loss.or(result.correct).or(result.confidence).is_none() {
            return Err(wrong(format!(
                "the row holds no result; its fields are {}",
                self.fields.join(", ")
            )));
        }
        Ok(result)
    }
}

/// A number, a text that writes one (CSV has only texts), or a truth value as 1 and 0.
fn finite(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Bool(right) => f64::from(u8::from(*right)),
        Value::Text(text) => match text.trim().to_lowercase().as_str() {
            "true" => 1.0,
            "false" => 0.0,
            other => other.parse().ok()?,
        },
        other => other.as_number()?,
    };
    number.is_finite().then_some(number)
}

fn within(column: &str, value: Option<f64>, least: f64, most: f64, why: &str) -> Result<(), Fault> {
    match value {
        Some(value) if value < least || value > most => Err(wrong(format!("`{column}` is {value}: {why}"))),
        _ => Ok(()),
    }
}

/// The loss, or the logarithm of the perplexity; both may be given if they say the same.
fn one_loss(loss: Option<f64>, perplexity: Option<f64>) -> Result<Option<f64>, Fault> {
    let (Some(loss), Some(perplexity)) = (loss, perplexity) else {
        return Ok(loss.or(perplexity.map(f64::ln)));
    };
    if (loss.exp() - perplexity).abs() > SLACK * perplexity {
        return Err(wrong(format!(
            "loss {loss} and perplexity {perplexity} contradict each other: exp(loss) is {:.4}; a loss in bits is not one in nats",
            loss.exp()
        )));
    }
    Ok(Some(loss))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(name: &str, text: &str, columns: &[&str]) -> Result<ResultsFile, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let columns: Vec<String> = columns.iter().map(|&pair| pair.to_owned()).collect();
        read(&path, &ColumnNames::parse(&columns).unwrap(), &Task::silent())
    }

    #[test]
    fn json_lines_and_csv_say_the_same() {
        let lines = "{\"id\": 7, \"loss\": 1.5, \"correct\": true, \"topic\": \"dose\"}\n{\"id\": 8, \"loss\": 2, \"correct\": false}\n";
        let table = "id,loss,correct,topic\n7,1.5,1,dose\n8,2,0,\n";
        let (a, b) = (
            read_text("r.jsonl", lines, &[]).unwrap(),
            read_text("r.csv", table, &[]).unwrap(),
        );
        let results = |file: &ResultsFile| -> Vec<(Key, SampleResult)> {
            file.rows
                .iter()
                .map(|row| (row.key.clone(), row.result))
                .collect()
        };
        assert_eq!(results(&a), results(&b));
        assert_eq!(a.ignored, ["topic"]);
        assert_eq!(
            a.columns.iter().map(|column| column.0).collect::<Vec<_>>(),
            ["id", "loss", "correct"]
        );
    }

    #[test]
    fn other_names_and_perplexities_are_understood() {
        let found = read_text(
            "r.jsonl",
            "{\"doc\": \"a\", \"ppl\": 7.389056098930650}\n",
            &["id=doc", "perplexity=ppl"],
        )
        .unwrap();
        assert!((found.rows[0].result.loss.unwrap() - 2.0).abs() < 1e-12);
        assert!(ColumnNames::parse(&["nll=loss".to_owned()]).is_err());
        assert!(ColumnNames::parse(&["loss".to_owned()]).is_err());
    }

    #[test]
    fn a_bad_row_rejects_the_file_at_its_line() {
        let good = "{\"id\": \"a\", \"loss\": 1}\n";
        for (bad, words) in [
            ("{\"id\": \"b\", \"loss\": NaN}", "finite"),
            ("{\"id\": \"b\", \"loss\": 1e999}", "finite"),
            ("{\"id\": \"b\", \"loss\": \"low\"}", "finite"),
            ("{\"id\": \"b\", \"loss\": -1}", "at least 0"),
            ("{\"id\": \"b\", \"confidence\": 80}", "probability"),
            ("{\"id\": \"b\", \"perplexity\": 0.5}", "at least 1"),
            ("{\"id\": \"b\", \"loss\": 1, \"perplexity\": 2}", "contradict"),
            ("{\"id\": \"b\"}", "no result"),
            ("{\"loss\": 1}", "neither"),
            (
                "{\"sample\": \"sha256:12\", \"loss\": 1}",
                "not a sample's digest",
            ),
            ("{\"id\": \"a\", \"loss\": 2}", "earlier row"),
            ("{\"id\": \"b\", \"loss\": ", ""),
        ] {
            let fault = read_text("r.jsonl", &format!("{good}{bad}\n"), &[]).unwrap_err();
            assert_eq!(
                (fault.code, fault.line),
                (Code::InvalidResults, Some(2)),
                "{bad}: {fault}"
            );
            assert!(fault.message.contains(words), "{bad}: {fault}");
        }
    }

    #[test]
    fn a_nan_in_a_field_that_is_not_read_is_nobodys_matter() {
        let found = read_text("r.jsonl", "{\"id\": \"a\", \"loss\": 1, \"entropy\": NaN}\n", &[]).unwrap();
        assert_eq!(found.ignored, ["entropy"]);
    }

    #[test]
    fn text_and_empty_files_hold_no_results() {
        assert_eq!(
            read_text("r.csv", "id,loss\n", &[]).unwrap_err().code,
            Code::InvalidResults
        );
        assert_eq!(
            read_text("r.txt", "hello there", &[]).unwrap_err().code,
            Code::InvalidResults
        );
    }
}
