//! Reads a contract, and names the line and column of whatever is wrong with it.

use std::ops::Range;

use assay_model::{Code, Expression, Fault};
use toml::Spanned;

use crate::file::{Count, File, FileColumn, FileCoverage, FileProvenance, FileRequire, Number};
use crate::{Contract, Dimension, Gate, Reference, Rule, Severity, Slice};

/// Reads the text of the contract at `path`. Unknown keys and impossible limits are faults at their line.
pub fn parse_contract(text: &str, path: &str) -> Result<Contract, Fault> {
    let source = Source { text, path };
    let file: File = toml::from_str(text).map_err(|error| {
        let message = error.message().replace('\n', " ");
        source.fault(error.span().unwrap_or(0..0), &message)
    })?;
    let mut reading = Reading {
        source,
        gates: Vec::new(),
    };
    let name = file.name.clone();
    reading.file(file)?;
    if reading.gates.is_empty() {
        return Err(reading.source.fault(
            0..0,
            "the contract states no limit, so nothing could ever fail it",
        ));
    }
    Ok(Contract {
        name,
        gates: reading.gates,
    })
}

struct Reading<'a> {
    source: Source<'a>,
    gates: Vec<Gate>,
}

impl Reading<'_> {
    fn file(&mut self, file: File) -> Result<(), Fault> {
        if let Some(provenance) = file.provenance {
            self.provenance(provenance)?;
        }
        if let Some(duplication) = file.duplication {
            let severity = duplication.severity;
            self.share(&duplication.max_exact_rate, None, severity, |most| {
                Rule::MaxExactRate { most }
            })?;
            self.share(&duplication.max_near_rate, None, severity, |most| {
                Rule::MaxNearRate { most }
            })?;
        }
        if let Some(coverage) = file.coverage {
            self.coverage(coverage)?;
        }
        if let Some(diversity) = file.diversity {
            self.number(
                &diversity.max_compression_ratio,
                None,
                diversity.severity,
                |most| Rule::MaxCompressionRatio { most },
            )?;
        }
        if let Some(gold) = file.gold {
            self.count(&gold.max_leaked, None, gold.severity, |most| Rule::MaxLeaked {
                most,
            });
            self.count(&gold.max_age_days, None, gold.severity, |most| Rule::MaxAgeDays {
                most,
            });
        }
        if let Some(personal) = file.personal_data {
            self.share(&personal.max_share, None, personal.severity, |most| {
                Rule::MaxPersonalDataShare { most }
            })?;
        }
        if let Some(review) = file.review {
            for require in review.require {
                self.require(require, review.severity)?;
            }
        }
        file.column.into_iter().try_for_each(|column| self.column(column))
    }

    fn provenance(&mut self, file: FileProvenance) -> Result<(), Fault> {
        let (unit, severity) = (file.unit, file.severity);
        self.share(&file.max_machine_share, None, severity, |most| {
            Rule::MaxMachineShare { unit, most }
        })?;
        self.share(&file.max_unknown_share, None, severity, |most| {
            Rule::MaxUnknownShare { unit, most }
        })?;
        self.count(&file.min_human_tokens, None, severity, |least| {
            Rule::MinHumanTokens { least }
        });
        for cap in file.cap {
            let (at, before) = (cap.span(), self.gates.len());
            let cap = cap.into_inner();
            let slice = Some(self.source.slice(&cap.slice)?);
            let unit = cap.unit.unwrap_or(unit);
            let severity = cap.severity.unwrap_or(severity);
            self.share(&cap.max_machine_share, slice.as_ref(), severity, |most| {
                Rule::MaxMachineShare { unit, most }
            })?;
            // In a slice, unknown is allowed once reviewed.
            self.share(&cap.max_unknown_share, slice.as_ref(), severity, |most| {
                Rule::MaxUnreviewedUnknownShare { most }
            })?;
            self.count(&cap.min_human_tokens, slice.as_ref(), severity, |least| {
                Rule::MinHumanTokens { least }
            });
            self.states_a_limit(before, at, "the cap")?;
        }
        Ok(())
    }

    fn coverage(&mut self, file: FileCoverage) -> Result<(), Fault> {
        let reference = match &file.reference {
            None => Reference::default(),
            Some(name) => match name.get_ref().as_str() {
                "human" => Reference::Human,
                "gold" => Reference::Gold,
                "" => {
                    let message = "the reference is empty; write human, gold, NAME or NAME@N";
                    return Err(self.source.fault(name.span(), message));
                }
                other => Reference::Snapshot(other.to_owned()),
            },
        };
        let dimensions = match &file.dimensions {
            None => vec![Dimension::Each],
            Some(names) if names.get_ref().is_empty() => {
                return Err(self.source.fault(names.span(), "the list of dimensions is empty"));
            }
            Some(names) => names.get_ref().iter().cloned().map(Dimension::Named).collect(),
        };
        for dimension in dimensions {
            self.share(&file.min_tail_retention, None, file.severity, |least| {
                Rule::MinTailRetention {
                    reference: reference.clone(),
                    dimension: dimension.clone(),
                    least,
                }
            })?;
        }
        for floor in file.floor {
            if *floor.min_count.get_ref() == 0 {
                let message = "min_count is 0, which every class reaches; write at least 1";
                return Err(self.source.fault(floor.min_count.span(), message));
            }
            let slice = self.slice(floor.slice.as_ref())?;
            let dimension = floor.dimension.into_inner();
            let severity = floor.severity.unwrap_or(file.severity);
            self.count(&Some(floor.min_count), slice.as_ref(), severity, |min_count| {
                Rule::Floor {
                    dimension: dimension.clone(),
                    min_count,
                }
            });
        }
        Ok(())
    }

    fn require(&mut self, require: Spanned<FileRequire>, severity: Severity) -> Result<(), Fault> {
        let (at, before) = (require.span(), self.gates.len());
        let require = require.into_inner();
        let slice = self.slice(require.slice.as_ref())?;
        let severity = require.severity.unwrap_or(severity);
        self.share(&require.min_reviewed_share, slice.as_ref(), severity, |least| {
            Rule::MinReviewedShare { least }
        })?;
        self.share(&require.max_defect_rate, slice.as_ref(), severity, |most| {
            Rule::MaxDefectRate { most }
        })?;
        self.states_a_limit(before, at, "the requirement")
    }

    fn column(&mut self, column: Spanned<FileColumn>) -> Result<(), Fault> {
        let (at, before) = (column.span(), self.gates.len());
        let column = column.into_inner();
        let slice = self.slice(column.slice.as_ref())?;
        let field = column.field.get_ref().clone();
        if field.trim().is_empty() {
            return Err(self.source.fault(column.field.span(), "the field is empty"));
        }
        if let Some(most) = &column.max {
            let line = self.source.line(most.span());
            self.finite(most)?;
            let rule = Rule::ColumnMax {
                field: field.clone(),
                most: *most.get_ref(),
            };
            self.push(rule, slice.as_ref(), column.severity, line);
        }
        if let Some(above) = &column.max_share_above {
            self.finite(&above.value)?;
            let value = *above.value.get_ref();
            self.share(
                &Some(above.share.clone()),
                slice.as_ref(),
                column.severity,
                |most| Rule::ColumnShareAbove {
                    field: field.clone(),
                    value,
                    most,
                },
            )?;
        }
        self.states_a_limit(before, at, "the column")
    }

    fn states_a_limit(&self, gates_before: usize, at: Range<usize>, what: &str) -> Result<(), Fault> {
        if self.gates.len() > gates_before {
            return Ok(());
        }
        Err(self.source.fault(at, &format!("{what} states no limit")))
    }

    fn slice(&self, text: Option<&Spanned<String>>) -> Result<Option<Slice>, Fault> {
        text.map(|text| self.source.slice(text)).transpose()
    }

    fn push(&mut self, rule: Rule, slice: Option<&Slice>, severity: Severity, line: u64) {
        self.gates.push(Gate {
            rule,
            slice: slice.cloned(),
            severity,
            line,
        });
    }

    /// A limit that is a share.
    fn share(
        &mut self,
        value: &Number,
        slice: Option<&Slice>,
        severity: Severity,
        rule: impl FnOnce(f64) -> Rule,
    ) -> Result<(), Fault> {
        let allowed = |limit: f64| (0.0..=1.0).contains(&limit);
        self.limit(
            value,
            slice,
            severity,
            (&allowed, "a share lies between 0 and 1"),
            rule,
        )
    }

    /// A limit that is a positive number.
    fn number(
        &mut self,
        value: &Number,
        slice: Option<&Slice>,
        severity: Severity,
        rule: impl FnOnce(f64) -> Rule,
    ) -> Result<(), Fault> {
        let allowed = |limit: f64| limit.is_finite() && limit > 0.0;
        self.limit(
            value,
            slice,
            severity,
            (&allowed, "it must be a number over 0"),
            rule,
        )
    }

    /// A limit, if it is stated; one that is not allowed is a fault that says what is.
    fn limit(
        &mut self,
        value: &Number,
        slice: Option<&Slice>,
        severity: Severity,
        (allowed, what): (&dyn Fn(f64) -> bool, &str),
        rule: impl FnOnce(f64) -> Rule,
    ) -> Result<(), Fault> {
        let Some(value) = value else { return Ok(()) };
        if !allowed(*value.get_ref()) {
            let message = format!("the limit is {}; {what}", value.get_ref());
            return Err(self.source.fault(value.span(), &message));
        }
        let line = self.source.line(value.span());
        self.push(rule(*value.get_ref()), slice, severity, line);
        Ok(())
    }

    fn count(
        &mut self,
        value: &Count,
        slice: Option<&Slice>,
        severity: Severity,
        rule: impl FnOnce(u64) -> Rule,
    ) {
        if let Some(value) = value {
            let line = self.source.line(value.span());
            self.push(rule(*value.get_ref()), slice, severity, line);
        }
    }

    fn finite(&self, value: &Spanned<f64>) -> Result<(), Fault> {
        if value.get_ref().is_finite() {
            return Ok(());
        }
        Err(self
            .source
            .fault(value.span(), "the limit is not a finite number"))
    }
}

struct Source<'a> {
    text: &'a str,
    path: &'a str,
}

impl Source<'_> {
    fn slice(&self, text: &Spanned<String>) -> Result<Slice, Fault> {
        let expression = Expression::parse(text.get_ref()).map_err(|error| {
            let at = text.span();
            let quotes = self.text[at.clone()]
                .chars()
                .take_while(|c| matches!(c, '"' | '\''))
                .count()
                .min(3);
            let inside: usize = self.text[at.start..]
                .chars()
                .take(error.column.saturating_sub(1) + quotes)
                .map(char::len_utf8)
                .sum();
            self.fault(at.start + inside..at.end, &error.message)
        })?;
        Ok(Slice {
            text: text.get_ref().clone(),
            expression,
        })
    }

    fn line(&self, at: Range<usize>) -> u64 {
        let before = &self.text[..at.start.min(self.text.len())];
        before.bytes().filter(|&byte| byte == b'\n').count() as u64 + 1
    }

    fn fault(&self, at: Range<usize>, message: &str) -> Fault {
        let before = &self.text[..at.start.min(self.text.len())];
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
        let remedy = "docs/formats.md lists the keys of a contract";
        Fault::new(Code::InvalidContract, message, remedy)
            .at(self.path)
            .line(self.line(at))
            .column(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
name = "release gate"
[provenance]
unit = "samples"
max_machine_share = 0.30
max_unknown_share = 0
min_human_tokens = 1_000_000
[[provenance.cap]]
where = "domain = 'health'"
max_machine_share = 0.10
max_unknown_share = 0.0
severity = "watch"
[duplication]
max_exact_rate = 0.01
max_near_rate = 0.05
[coverage]
reference = "field@3"
min_tail_retention = 0.95
dimensions = ["intent", "word"]
[[coverage.floor]]
dimension = "intent"
min_count = 20
[diversity]
max_compression_ratio = 3.5
[gold]
max_leaked = 0
max_age_days = 365
[personal_data]
max_share = 0.001
[review]
[[review.require]]
where = "domain = 'health'"
min_reviewed_share = 0.02
max_defect_rate = 0.01
[[column]]
field = "toxicity"
max = 0.8
max_share_above = { value = 0.5, share = 0.01 }
"#;

    #[test]
    fn every_key_becomes_a_gate() {
        let contract = parse_contract(WHOLE, "contract.toml").unwrap();
        let ids: Vec<&str> = contract.gates.iter().map(|gate| gate.rule.id()).collect();
        assert_eq!(
            ids,
            [
                "max_machine_share",
                "max_unknown_share",
                "min_human_tokens",
                "max_machine_share",
                "max_unknown_share",
                "max_exact_rate",
                "max_near_rate",
                "min_tail_retention",
                "min_tail_retention",
                "floor",
                "max_compression_ratio",
                "max_leaked",
                "max_age_days",
                "max_share",
                "min_reviewed_share",
                "max_defect_rate",
                "max",
                "max_share_above",
            ]
        );
        let cap = &contract.gates[4];
        assert_eq!(cap.rule, Rule::MaxUnreviewedUnknownShare { most: 0.0 });
        assert_eq!((cap.severity, cap.line), (Severity::Watch, 11));
        assert_eq!(cap.slice.as_ref().unwrap().text, "domain = 'health'");
        let unit = crate::Unit::Samples;
        assert_eq!(contract.gates[0].rule, Rule::MaxMachineShare { unit, most: 0.3 });
        assert_eq!(contract.gates[3].rule, Rule::MaxMachineShare { unit, most: 0.1 });
    }

    #[test]
    fn unknown_keys_and_impossible_limits_are_named_at_their_line() {
        let place = |text: &str| {
            let fault = parse_contract(text, "contract.toml").unwrap_err();
            assert_eq!(fault.code, Code::InvalidContract);
            assert_eq!(fault.path.as_deref(), Some("contract.toml"));
            fault.line.unwrap()
        };
        assert_eq!(
            place("[provenance]\nmax_machine_share = 0.3\nmax_machin_share = 0.3\n"),
            3
        );
        assert_eq!(place("[provenance]\n\nmax_machine_share = 1.3\n"), 3);
        assert_eq!(place("[provenance]\nmin_human_tokens = -4\n"), 2);
        assert_eq!(
            place("[provenance]\nunit = \"words\"\nmax_machine_share = 0.3\n"),
            2
        );
        assert_eq!(place("[duplication]\nmax_near_rate = nan\n"), 2);
        assert_eq!(place("[diversity]\nmax_compression_ratio = 0\n"), 2);
        assert_eq!(
            place("[[coverage.floor]]\ndimension = \"intent\"\nmin_count = 0\n"),
            3
        );
        assert_eq!(
            place("[[provenance.cap]]\nwhere = \"domain ? 1\"\nmax_machine_share = 0.1\n"),
            2
        );
        assert_eq!(place("[[column]]\nfield = \"toxicity\"\n"), 1);
        assert_eq!(place("[gold]\nmax_leaked = 0\nseverity = \"maybe\"\n"), 3);
        assert_eq!(place("name = \"nothing in it\"\n"), 1);
        assert_eq!(place("[provnance]\nmax_machine_share = 0.3\n"), 1);
    }
}
