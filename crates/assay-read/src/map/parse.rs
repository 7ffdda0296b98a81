//! Reads a map file, and names the line and column of whatever is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use assay_model::{Code, CutOff, Expression, Fault, FieldMap, Origin, PartRule, ProvenanceRule, SourceClass};
use serde::Deserialize;
use toml::Spanned;

use super::cutoff::first_day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Option<Spanned<String>>,
    parent: Option<Spanned<String>>,
    columns: Option<Spanned<Vec<String>>>,
    embedding: Option<Spanned<String>>,
    #[serde(default)]
    part: Vec<FilePart>,
    #[serde(default)]
    dimensions: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    provenance: Vec<Spanned<FileRule>>,
    cutoff: Option<FileCutOff>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCutOff {
    before: Spanned<String>,
    dimension: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePart {
    field: Spanned<String>,
    role: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    part: Option<String>,
    when: Option<Spanned<String>>,
    source_class: Option<SourceClass>,
    origin: Option<Origin>,
    generator: Option<Spanned<String>>,
    model: Option<Spanned<String>>,
    prompt_ref: Option<Spanned<String>>,
    generated_at: Option<Spanned<String>>,
    confidence: Option<Spanned<f64>>,
}

/// Reads the text of the map file at `path`.
pub fn parse_map(text: &str, path: &str) -> Result<FieldMap, Fault> {
    let source = Source { text, path };
    let file: File = toml::from_str(text).map_err(|error| {
        let message = error.message().replace('\n', " ");
        source.fault(error.span().unwrap_or(0..0), &message)
    })?;
    source.check_names(&file)?;
    let rules = file.provenance.into_iter().map(|rule| source.rule(rule));
    let provenance = rules.collect::<Result<_, Fault>>()?;
    let part = |part: FilePart| PartRule {
        field: part.field.into_inner(),
        role: part.role.into_inner(),
    };
    Ok(FieldMap {
        id: file.id.map(Spanned::into_inner),
        parent: file.parent.map(Spanned::into_inner),
        columns: file.columns.map(Spanned::into_inner),
        embedding: file.embedding.map(Spanned::into_inner),
        parts: file.part.into_iter().map(part).collect(),
        dimensions: file
            .dimensions
            .into_iter()
            .map(|(name, field)| (name, field.into_inner()))
            .collect(),
        provenance,
        cutoff: file.cutoff.map(|cutoff| CutOff {
            before: cutoff.before.into_inner(),
            dimension: cutoff.dimension.map(Spanned::into_inner),
        }),
    })
}

struct Source<'a> {
    text: &'a str,
    path: &'a str,
}

impl Source<'_> {
    fn check_names(&self, file: &File) -> Result<(), Fault> {
        let named = |name: &Spanned<String>, what: &str| {
            let empty = name.get_ref().trim().is_empty();
            if empty {
                Err(self.fault(name.span(), &format!("{what} is empty")))
            } else {
                Ok(())
            }
        };
        if let Some(id) = &file.id {
            named(id, "the identity field")?;
        }
        if let Some(parent) = &file.parent {
            named(parent, "the field of the parent")?;
        }
        if let Some(cutoff) = &file.cutoff {
            self.check_cutoff(cutoff, &file.dimensions)?;
        }
        if let Some(embedding) = &file.embedding {
            named(embedding, "the field of the embedding")?;
        }
        for part in &file.part {
            named(&part.field, "the part's field")?;
            named(&part.role, "the part's role")?;
        }
        for (dimension, field) in &file.dimensions {
            named(field, &format!("the field of dimension {dimension}"))?;
            let level = field.get_ref().strip_prefix("path:").map(str::parse::<usize>);
            if matches!(level, Some(Err(_) | Ok(0))) {
                let message = format!(
                    "`{}` names no folder: `path:1` is the first below the root",
                    field.get_ref()
                );
                return Err(self.fault(field.span(), &message));
            }
        }
        if let Some(columns) = &file.columns {
            let names = columns.get_ref();
            let repeated = names
                .iter()
                .enumerate()
                .find(|(i, name)| name.is_empty() || names[..*i].contains(name));
            if names.is_empty() || repeated.is_some() {
                let message = "columns needs at least one name, all of them distinct and not empty";
                return Err(self.fault(columns.span(), message));
            }
        }
        Ok(())
    }

    fn check_cutoff(
        &self,
        cutoff: &FileCutOff,
        dimensions: &BTreeMap<String, Spanned<String>>,
    ) -> Result<(), Fault> {
        if first_day(cutoff.before.get_ref()).is_none() {
            let message = format!("`{}` is no day: write it as YYYY-MM-DD", cutoff.before.get_ref());
            return Err(self.fault(cutoff.before.span(), &message));
        }
        let name = cutoff
            .dimension
            .as_ref()
            .map_or("collected_at", |name| name.get_ref().as_str());
        if dimensions.contains_key(name) {
            return Ok(());
        }
        let at = cutoff
            .dimension
            .as_ref()
            .map_or(cutoff.before.span(), Spanned::span);
        Err(self.fault(
            at,
            &format!("the cut-off needs the dimension {name}, which the map does not name"),
        ))
    }

    fn rule(&self, rule: Spanned<FileRule>) -> Result<ProvenanceRule, Fault> {
        let place = rule.span();
        let rule = rule.into_inner();
        if rule.source_class.is_none() && rule.origin.is_none() {
            return Err(self.fault(place, "a provenance rule needs source_class or origin"));
        }
        if let Some(when) = &rule.when {
            Expression::parse(when.get_ref()).map_err(|error| {
                let mut at = when.span();
                let column = error.column.saturating_sub(1);
                let quote = self.text[at.clone()]
                    .chars()
                    .take_while(|c| matches!(c, '"' | '\''))
                    .count()
                    .min(3);
                let inside: usize = self.text[at.start..]
                    .chars()
                    .take(column + quote)
                    .map(char::len_utf8)
                    .sum();
                at.start += inside;
                self.fault(at, &error.message)
            })?;
        }
        if let Some(confidence) = rule
            .confidence
            .as_ref()
            .filter(|it| !(0.0..=1.0).contains(it.get_ref()))
        {
            let message = format!("confidence is {}; it lies between 0 and 1", confidence.get_ref());
            return Err(self.fault(confidence.span(), &message));
        }
        let names = [
            (&rule.generator, "generator names no field and no model"),
            (&rule.model, "model names no field and no model"),
            (&rule.prompt_ref, "prompt_ref names no field and no prompt"),
            (&rule.generated_at, "generated_at names no field and no time"),
        ];
        for (name, message) in names {
            if let Some(name) = name
                .as_ref()
                .filter(|it| matches!(it.get_ref().as_str(), "" | "field:"))
            {
                return Err(self.fault(name.span(), message));
            }
        }
        Ok(ProvenanceRule {
            part: rule.part,
            when: rule.when.map(Spanned::into_inner),
            source_class: rule.source_class,
            origin: rule.origin,
            generator: rule.generator.map(Spanned::into_inner),
            model: rule.model.map(Spanned::into_inner),
            prompt_ref: rule.prompt_ref.map(Spanned::into_inner),
            generated_at: rule.generated_at.map(Spanned::into_inner),
            confidence: rule.confidence.map(Spanned::into_inner),
        })
    }

    fn fault(&self, at: Range<usize>, message: &str) -> Fault {
        let before = &self.text[..at.start.min(self.text.len())];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
        let remedy = "docs/formats.md lists the keys of a map";
        Fault::new(Code::InvalidMap, message, remedy)
            .at(self.path)
            .line(line)
            .column(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{map_digest, map_to_toml};

    const MAP: &str = r#"
id = "ticket_id"
parent = "made_from"
embedding = "vec"
[[part]]
field = "instruction"
role = "prompt"
[[part]]
field = "output"
role = "response"
[dimensions]
domain = "path:1"
topic = "=health"
written = "date"
[[provenance]]
part = "response"
when = "generator is not null"
source_class = "synthetic"
generator = "field:generator"
model = "field:model"
prompt_ref = "field:prompt_id"
generated_at = "field:time"
confidence = 0.9
[[provenance]]
origin = "human"
[cutoff]
before = "2022-11-30"
dimension = "written"
"#;

    fn fault(text: &str) -> Fault {
        parse_map(text, "map.toml").unwrap_err()
    }

    fn place(text: &str) -> (u64, u64) {
        let fault = fault(text);
        assert_eq!(
            (fault.code, fault.path.as_deref()),
            (Code::InvalidMap, Some("map.toml"))
        );
        (fault.line.unwrap(), fault.column.unwrap())
    }

    #[test]
    fn a_map_written_back_reads_as_the_same_map() {
        let map = parse_map(MAP, "map.toml").unwrap();
        let again = parse_map(&map_to_toml(&map), "map.toml").unwrap();
        assert_eq!(map, again);
        assert_eq!(map_digest(&map), map_digest(&again));
        assert_ne!(
            map_digest(&map),
            map_digest(&FieldMap {
                id: None,
                ..map.clone()
            })
        );
    }

    #[test]
    fn every_error_has_its_line_and_column() {
        assert_eq!(place("id = \"a\"\nparts = 1\n").0, 2);
        assert_eq!(place("[[part]]\nfield = \"a\"\n").0, 1);
        assert_eq!(place("id = \n").0, 1);
        assert_eq!(
            place("[[provenance]]\nwhen = \"a = \"\nsource_class = \"synthetic\"\n").0,
            2
        );
        assert_eq!(place("[[provenance]]\nsource_class = \"synthetik\"\n").0, 2);
        assert_eq!(
            place("[[provenance]]\norigin = \"human\"\nconfidence = 1.5\n"),
            (3, 14)
        );
        assert_eq!(place("[[provenance]]\nwhen = \"a = 1\"\n").0, 1);
        assert_eq!(place("[dimensions]\ndomain = \"path:0\"\n"), (2, 10));
        assert_eq!(place("columns = [\"a\", \"a\"]\n").0, 1);
        assert_eq!(
            place("[dimensions]\ncollected_at = \"d\"\n[cutoff]\nbefore = \"soon\"\n"),
            (4, 10)
        );
        assert_eq!(place("[cutoff]\nbefore = \"2022-11-30\"\n"), (2, 10));
        assert_eq!(
            place("[[provenance]]\norigin = \"machine\"\nprompt_ref = \"field:\"\n").0,
            3
        );
        let within = place("[[provenance]]\norigin = \"human\"\nwhen = \"abc ? 1\"\n");
        assert_eq!(within, (3, 13));
    }

    #[test]
    fn any_role_may_be_named() {
        assert!(parse_map("[[part]]\nfield = \"a\"\nrole = \"footnote\"\n", "map.toml").is_ok());
    }
}
