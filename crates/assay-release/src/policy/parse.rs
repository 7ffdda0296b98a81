//! Reads a policy, and names the line and column of whatever is wrong with it.

use std::ops::Range;

use assay_model::{Code, Expression, Fault, Origin};
use toml::Spanned;

use super::file::{File, FileCap, FileDuplicates, FileFloor, FileKeep, FileWeights, Number};
use super::{Cap, Floor, Keep, KeepDuplicates, Limit, Policy, Tail, Weights};

/// The greatest factor of a rare class's weight where the policy states none.
const MAX_FACTOR: f64 = 3.0;

/// Reads the text of the policy at `path`. Unknown keys and impossible limits are faults at their line.
pub fn parse_policy(text: &str, path: &str) -> Result<Policy, Fault> {
    let source = Source { text, path };
    let file: File = toml::from_str(text).map_err(|error| {
        let message = error.message().replace('\n', " ");
        source.fault(error.span().unwrap_or(0..0), &message)
    })?;
    let standard = Policy::default();
    Ok(Policy {
        name: file.name.unwrap_or(standard.name),
        seed: file.seed.unwrap_or(standard.seed),
        include: file
            .include
            .as_ref()
            .map(|text| source.expression(text))
            .transpose()?,
        exclude: file
            .exclude
            .as_ref()
            .map(|text| source.expression(text))
            .transpose()?,
        leave_out_excluded: file.leave_out_excluded.unwrap_or(standard.leave_out_excluded),
        duplicates: source.duplicates(file.duplicates)?,
        gold: file.gold.handling,
        caps: file
            .cap
            .into_iter()
            .map(|cap| source.cap(cap))
            .collect::<Result<_, _>>()?,
        tail: Tail {
            floors: file
                .tail
                .into_iter()
                .map(|floor| source.floor(floor))
                .collect::<Result<_, _>>()?,
        },
        weights: source.weights(file.weights)?,
    })
}

struct Source<'a> {
    text: &'a str,
    path: &'a str,
}

impl Source<'_> {
    fn duplicates(&self, file: Option<FileDuplicates>) -> Result<KeepDuplicates, Fault> {
        let standard = KeepDuplicates::default();
        let Some(file) = file else { return Ok(standard) };
        Ok(KeepDuplicates {
            exact: self.keep(file.exact, standard.exact)?,
            normalised: self.keep(file.normalised, standard.normalised)?,
            near: self.keep(file.near, standard.near)?,
        })
    }

    fn keep(&self, keep: Option<Spanned<FileKeep>>, standard: Keep) -> Result<Keep, Fault> {
        let Some(keep) = keep else { return Ok(standard) };
        match keep.get_ref() {
            FileKeep::Word(word) if word == "all" => Ok(Keep::All),
            FileKeep::Word(word) if word == "one" => Ok(Keep::AtMost(1)),
            FileKeep::Number(number) if *number > 0 => Ok(Keep::AtMost(*number)),
            _ => Err(self.fault(keep.span(), "write \"all\", \"one\" or how many, at least 1")),
        }
    }

    fn cap(&self, cap: Spanned<FileCap>) -> Result<Cap, Fault> {
        let at = cap.span();
        let cap = cap.into_inner();
        let mut limits = Vec::new();
        limits.extend(
            cap.max_samples
                .as_ref()
                .map(|most| Limit::MaxSamples(*most.get_ref())),
        );
        limits.extend(
            cap.max_tokens
                .as_ref()
                .map(|most| Limit::MaxTokens(*most.get_ref())),
        );
        limits.extend(self.share(&cap.max_share)?.map(Limit::MaxShare));
        limits.extend(self.share(&cap.max_machine_share)?.map(Limit::MaxMachineShare));
        if limits.is_empty() {
            return Err(self.fault(at, "the cap states no limit"));
        }
        Ok(Cap {
            text: cap.slice.get_ref().clone(),
            slice: self.expression(&cap.slice)?,
            limits,
            line: self.line(at),
        })
    }

    fn floor(&self, floor: Spanned<FileFloor>) -> Result<Floor, Fault> {
        let at = floor.span();
        let floor = floor.into_inner();
        if floor.min_samples.is_none() && floor.min_retention.is_none() && floor.up_to_samples.is_none() {
            return Err(self.fault(at, "the tail states no floor and no size to weigh up to"));
        }
        if floor.dimension.get_ref().trim().is_empty() {
            return Err(self.fault(floor.dimension.span(), "the dimension is empty"));
        }
        let max_factor = match &floor.max_factor {
            None => MAX_FACTOR,
            Some(factor) if factor.get_ref().is_finite() && *factor.get_ref() >= 1.0 => *factor.get_ref(),
            Some(factor) => return Err(self.fault(factor.span(), "it must be a number of at least 1")),
        };
        let repeat = match floor.repeat {
            Some(repeat) if *repeat.get_ref() && floor.up_to_samples.is_none() => {
                return Err(self.fault(repeat.span(), "say up to how many rows, with up_to_samples"));
            }
            repeat => repeat.is_some_and(Spanned::into_inner),
        };
        Ok(Floor {
            repeat,
            min_samples: floor.min_samples.map_or(0, Spanned::into_inner),
            min_retention: self.share(&floor.min_retention)?.unwrap_or(0.0),
            up_to_samples: floor.up_to_samples.map_or(0, Spanned::into_inner),
            max_factor,
            dimension: floor.dimension.into_inner(),
        })
    }

    fn weights(&self, file: FileWeights) -> Result<Weights, Fault> {
        let mut weights = Weights::default();
        for (word, weight) in file.origin {
            let origin = Origin::parse(word.get_ref())
                .ok_or_else(|| self.fault(word.span(), "write human, machine, mixed or unknown"))?;
            weights.origin.insert(origin, self.weight(&weight)?);
        }
        for (name, weight) in file.source {
            weights.source.insert(name, self.weight(&weight)?);
        }
        Ok(weights)
    }

    fn weight(&self, weight: &Spanned<f64>) -> Result<f64, Fault> {
        if weight.get_ref().is_finite() && *weight.get_ref() > 0.0 {
            return Ok(*weight.get_ref());
        }
        Err(self.fault(
            weight.span(),
            "a weight is a number over 0; leave samples out with exclude",
        ))
    }

    fn share(&self, share: &Number) -> Result<Option<f64>, Fault> {
        match share {
            Some(share) if !(0.0..=1.0).contains(share.get_ref()) => {
                Err(self.fault(share.span(), "a share lies between 0 and 1"))
            }
            share => Ok(share.as_ref().map(|share| *share.get_ref())),
        }
    }

    fn expression(&self, text: &Spanned<String>) -> Result<Expression, Fault> {
        Expression::parse(text.get_ref()).map_err(|error| self.fault(text.span(), &error.message))
    }

    fn line(&self, at: Range<usize>) -> u64 {
        let before = &self.text[..at.start.min(self.text.len())];
        before.bytes().filter(|&byte| byte == b'\n').count() as u64 + 1
    }

    fn fault(&self, at: Range<usize>, message: &str) -> Fault {
        let before = &self.text[..at.start.min(self.text.len())];
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
        Fault::new(
            Code::InvalidPolicy,
            message,
            "docs/formats.md lists the keys of a policy",
        )
        .at(self.path)
        .line(self.line(at))
        .column(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_policy_says_what_it_does() {
        let policy = parse_policy(crate::DEFAULT_POLICY, "default.toml").unwrap();
        assert_eq!(policy, Policy::default());
    }

    #[test]
    fn every_key_is_read() {
        let policy = parse_policy(
            "name = 'main'\nseed = 7\ninclude = \"domain = 'health'\"\nexclude = \"tokens < 3\"\nleave_out_excluded = false\n\
             [duplicates]\nexact = 'all'\nnear = 2\n[gold]\nhandling = 'anchor'\n\
             [[cap]]\nwhere = \"origin = 'machine'\"\nmax_share = 0.3\nmax_samples = 10\n\
             [[tail]]\ndimension = 'intent'\nmin_samples = 5\n[weights]\norigin = { human = 2.0 }\nsource = { forum = 0.5 }\n",
            "policy.toml",
        )
        .unwrap();
        assert_eq!((policy.seed, policy.leave_out_excluded), (7, false));
        assert_eq!(policy.duplicates.exact, Keep::All);
        assert_eq!(policy.duplicates.normalised, Keep::AtMost(1));
        assert_eq!(policy.duplicates.near, Keep::AtMost(2));
        assert_eq!(
            policy.caps[0].limits,
            [Limit::MaxSamples(10), Limit::MaxShare(0.3)]
        );
        assert_eq!(policy.caps[0].line, 11);
        assert_eq!(policy.tail.floors[0].min_samples, 5);
        assert_eq!(policy.weights.origin[&Origin::Human], 2.0);
    }

    #[test]
    fn unknown_keys_and_impossible_values_are_named_at_their_line() {
        let line = |text: &str| {
            let fault = parse_policy(text, "policy.toml").unwrap_err();
            assert_eq!(fault.code, Code::InvalidPolicy);
            fault.line.unwrap()
        };
        assert_eq!(line("name = 'a'\nsed = 3\n"), 2);
        assert_eq!(line("[[cap]]\nwhere = \"tokens > 1\"\nmax_share = 1.2\n"), 3);
        assert_eq!(line("\n[[cap]]\nwhere = \"tokens > 1\"\n"), 2);
        assert_eq!(line("include = \"tokens ? 1\"\n"), 1);
        assert_eq!(line("[duplicates]\nnear = 0\n"), 2);
        assert_eq!(
            line("[[tail]]\ndimension = 'intent'\nmin_samples = 1\nrepeat = true\n"),
            4
        );
        assert_eq!(line("[weights]\norigin = { robot = 2.0 }\n"), 2);
        assert_eq!(line("[weights]\nsource = { forum = 0.0 }\n"), 2);
    }
}
