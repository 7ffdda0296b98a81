//! From the expression language to SQL, with the meaning that `Expression::matches` gives it.
//!
//! Every value is bound, never written into the statement. Dimensions may hold several values for
//! one sample: a condition holds when any of them satisfies it, and is unknown when there is none.

use std::sync::Arc;

use assay_model::expression::{Literal, Operator};
use assay_model::{Code, Expression, Fault};
use rusqlite::types::Value as Bound;

use crate::id_set::IdSet;
use crate::query::fields::{
    ANSWERS, DISPUTED, EVALUATED, EXCLUDED_IN_BULK, FLAGGED, LATER_FIELDS, PART_ORIGIN, QUEUE,
    RESULT_COLUMNS, ROUTED, STYLE_REASON, STYLE_TAUGHT, TAG, fixed_fields, is_repetition, result_fields,
};
use crate::query::sets::{self, NamedSets};

/// A condition over `sample s`, `snapshot_file sf`, and its values in order.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    pub sql: String,
    pub values: Vec<Bound>,
    /// What `assay_in_set(n, id)` means by its number.
    pub sets: Vec<Arc<IdSet>>,
}

/// Comparisons in one filter. The time that SQLite takes to plan a query grows with their square.
const MAX_COMPARISONS: usize = 2_000;

/// What the fields of an expression are resolved against.
pub struct Scope<'a> {
    pub snapshot: i64,
    pub dataset: &'a str,
    pub number: u64,
    /// Names of the mapped dimensions.
    pub dimensions: &'a [String],
    /// The field that names a sample's topic.
    pub topic: &'static str,
    /// The sets of samples that the expression names.
    pub sets: &'a NamedSets,
    /// Runs of results by name, with the number they are kept under.
    pub runs: &'a [(String, i64)],
}

impl Scope<'_> {
    /// Compiles `expression`; an unknown field is a fault that names the nearest one.
    pub fn compile(&self, expression: &Expression) -> Result<Condition, Fault> {
        let results = result_fields(self.runs);
        let mut known: Vec<&str> = fixed_fields().chain([self.topic]).collect();
        known.extend(results.iter().map(String::as_str));
        known.extend(self.dimensions.iter().map(String::as_str));
        expression.check_fields(&known)?;
        refuse_endless(expression)?;
        let mut condition = Condition::default();
        self.conjunction(expression, &mut condition);
        Ok(condition)
    }

    /// At the top, unknown and false come to the same: an equality may be looked up in the index.
    fn conjunction(&self, expression: &Expression, out: &mut Condition) {
        match expression {
            Expression::And(all) => {
                joined(all, " AND ", out, &mut |each, out| self.conjunction(each, out));
            }
            Expression::Compare {
                field,
                operator: Operator::Equal,
                value: Literal::Text(text),
            } if self.is_dimension(field) && crate::rows::plain_number(text).is_none() => {
                out.sql
                    .push_str("s.id IN (SELECT sample FROM dimension WHERE name = ? AND value = ?)");
                out.values
                    .extend([Bound::Text(field.clone()), Bound::Text(text.clone())]);
            }
            Expression::Compare {
                field,
                operator: Operator::Equal,
                value: Literal::Text(text),
            } if field == self.topic => {
                out.sql.push_str(
                    "s.id IN (SELECT m.sample FROM sample_topic m WHERE m.snapshot = ?
                     AND m.topic IN (SELECT t.topic FROM topic t WHERE t.snapshot = ? AND t.name = ?))",
                );
                let snapshot = Bound::Integer(self.snapshot);
                out.values
                    .extend([snapshot.clone(), snapshot, Bound::Text(text.clone())]);
            }
            other => self.write(other, out),
        }
    }

    /// A dimension that is not also a fixed field; `language` means the declared or else the detected one.
    fn is_dimension(&self, field: &str) -> bool {
        !fixed_fields().any(|fixed| fixed == field) && self.dimensions.iter().any(|name| name == field)
            || self.gave_way(field)
    }

    fn gave_way(&self, field: &str) -> bool {
        LATER_FIELDS.contains(&field) && self.dimensions.iter().any(|name| name == field)
    }

    fn is_part_origin(&self, field: &str) -> bool {
        field == PART_ORIGIN && !self.gave_way(field)
    }

    fn is_set(&self, field: &str) -> bool {
        sets::is_set(field) && !self.gave_way(field)
    }

    fn write(&self, expression: &Expression, out: &mut Condition) {
        match expression {
            Expression::And(all) => joined(all, " AND ", out, &mut |each, out| self.write(each, out)),
            Expression::Or(all) => joined(all, " OR ", out, &mut |each, out| self.write(each, out)),
            Expression::Not(inner) => {
                out.sql.push_str("(NOT ");
                self.write(inner, out);
                out.sql.push(')');
            }
            Expression::Compare {
                field,
                operator,
                value: Literal::Text(name),
            } if self.is_set(field) => self.membership(field, &[name], *operator == Operator::NotEqual, out),
            Expression::In {
                field,
                values,
                negated,
            } if self.is_set(field) => {
                let names: Vec<&String> = values
                    .iter()
                    .filter_map(|value| match value {
                        Literal::Text(name) => Some(name),
                        _ => None,
                    })
                    .collect();
                self.membership(field, &names, *negated, out);
            }
            Expression::IsNull { field, negated } => self.null_test(field, *negated, out),
            Expression::Compare {
                field,
                operator,
                value,
            } => {
                self.test(field, false, out, &|column, out| {
                    compare(column, *operator, value, out)
                });
            }
            Expression::In {
                field,
                values,
                negated,
            } => {
                self.test(field, *negated, out, &|column, out| {
                    joined(values, " OR ", out, &mut |value, out| {
                        compare(column, Operator::Equal, value, out);
                    });
                });
            }
            Expression::Like {
                field,
                pattern,
                negated,
            } => {
                self.test(field, *negated, out, &|column, out| {
                    out.sql
                        .push_str(&format!("assay_like(?, CAST({} AS TEXT))", column.text));
                    out.values.push(Bound::Text(pattern.clone()));
                });
            }
        }
    }

    /// Whether a sample is in any of the sets of these names.
    fn membership(&self, field: &str, names: &[&String], negated: bool, out: &mut Condition) {
        out.sql.push_str(if negated { "(NOT " } else { "(" });
        joined(
            names,
            " OR ",
            out,
            &mut |name, out| match self.sets.of(field, name) {
                Some(named) => {
                    out.sql.push_str(if named.outside { "NOT " } else { "" });
                    out.sql
                        .push_str(&format!("assay_in_set({}, s.id)", out.sets.len()));
                    out.sets.push(named.ids.clone());
                }
                None => out.sql.push('0'),
            },
        );
        out.sql.push(')');
    }

    fn null_test(&self, field: &str, negated: bool, out: &mut Condition) {
        let (is, exists) = if negated {
            ("IS NOT NULL", "EXISTS")
        } else {
            ("IS NULL", "NOT EXISTS")
        };
        match self.column(field) {
            // Every sample has a part, and every part an origin.
            _ if self.is_part_origin(field) => out.sql.push_str(if negated { "(1)" } else { "(0)" }),
            Some(column) => out.sql.push_str(&format!("({} {is})", column.text)),
            None => {
                out.sql.push_str(&format!("{exists} ("));
                self.each_value(field, out);
                out.sql.push(')');
            }
        }
    }

    /// Writes a test of one field: directly on a column, or on any value of a dimension.
    fn test(&self, field: &str, negated: bool, out: &mut Condition, write: &dyn Fn(&Column, &mut Condition)) {
        out.sql.push_str(if negated { "(NOT " } else { "(" });
        match self.column(field) {
            _ if self.is_part_origin(field) => part_test(out, write),
            Some(column) => write(&column, out),
            None => {
                out.sql.push_str("CASE WHEN EXISTS (");
                self.each_value(field, out);
                out.sql.push_str(") THEN EXISTS (");
                self.each_value(field, out);
                out.sql.push_str(" AND ");
                let column = match field {
                    EVALUATED => word("z.name"),
                    TAG if !self.gave_way(TAG) => word("g.tag"),
                    QUEUE if !self.gave_way(QUEUE) => word("q.queue"),
                    STYLE_TAUGHT if !self.gave_way(STYLE_TAUGHT) => word("t.trained_as"),
                    _ => Column {
                        text: "x.value".to_owned(),
                        number: Some("x.number".to_owned()),
                        written: true,
                    },
                };
                write(&column, out);
                out.sql.push_str(") END");
            }
        }
        out.sql.push(')');
    }

    /// A query of every value that a field with several has for the sample.
    fn each_value(&self, field: &str, out: &mut Condition) {
        match field {
            EVALUATED => out
                .sql
                .push_str("SELECT 1 FROM result y JOIN run z ON z.id = y.run WHERE y.digest = s.digest"),
            TAG if !self.gave_way(TAG) => out
                .sql
                .push_str("SELECT 1 FROM temp.tag g WHERE g.digest = s.digest"),
            QUEUE if !self.gave_way(QUEUE) => out
                .sql
                .push_str("SELECT 1 FROM temp.queued q WHERE q.digest = s.digest"),
            STYLE_TAUGHT if !self.gave_way(STYLE_TAUGHT) => out.sql.push_str(&format!(
                "SELECT 1 FROM style_score t WHERE t.snapshot = {} AND t.sample = s.id AND t.trained_as IS NOT NULL",
                self.snapshot
            )),
            _ => {
                out.sql
                    .push_str("SELECT 1 FROM dimension x WHERE x.name = ? AND x.sample = s.id");
                out.values.push(Bound::Text(field.to_owned()));
            }
        }
    }

    /// How a fixed field with one value is read; `None` for dimensions, `tag`, `queue`, `style_taught` and
    /// `evaluated`, which may have several.
    fn column(&self, field: &str) -> Option<Column> {
        if self.gave_way(field) {
            return None;
        }
        let text = |sql: &str| {
            Some(Column {
                text: sql.to_owned(),
                number: None,
                written: false,
            })
        };
        let number = |sql: String| {
            Some(Column {
                text: sql.clone(),
                number: Some(sql),
                written: false,
            })
        };
        match field {
            "origin" => text("s.origin"),
            "source_class" => text("s.source_class"),
            "language" => text("s.language"),
            "id" => text("s.key"),
            "path" => text("sf.path"),
            "filename" => text("assay_filename(sf.path)"),
            "digest" => text("('sha256:' || lower(hex(s.digest)))"),
            "confidence" => number("s.confidence".to_owned()),
            "tokens" => number("s.tokens".to_owned()),
            "characters" => number("s.characters".to_owned()),
            "snapshot" => number(self.number.to_string()),
            "dataset" => Some(Column {
                text: quoted(self.dataset),
                number: None,
                written: false,
            }),
            "conflict" => text("(CASE s.conflict WHEN 1 THEN 'true' ELSE 'false' END)"),
            "mismatch" => text("(CASE s.mismatch WHEN 1 THEN 'true' ELSE 'false' END)"),
            "gold" => {
                text("(CASE WHEN s.digest IN (SELECT digest FROM temp.gold) THEN 'true' ELSE 'false' END)")
            }
            ROUTED => text("(SELECT r.person FROM temp.routed r WHERE r.digest = s.digest)"),
            FLAGGED => text("(CASE WHEN s.digest IN (SELECT digest FROM temp.flagged) THEN 'true' ELSE 'false' END)"),
            ANSWERS => number("coalesce((SELECT a.count FROM temp.answers a WHERE a.digest = s.digest), 0)".to_owned()),
            DISPUTED => text("(CASE WHEN s.digest IN (SELECT digest FROM temp.disputed) THEN 'true' ELSE 'false' END)"),
            EXCLUDED_IN_BULK => text(
                "(CASE WHEN s.digest IN (SELECT digest FROM temp.excluded_in_bulk) THEN 'true' ELSE 'false' END)",
            ),
            "verdict" => text("(SELECT v.verdict FROM temp.verdict v WHERE v.digest = s.digest)"),
            // The kind of evidence that decided the most of its tokens.
            "decided_by" => text(
                "(SELECT e.kind FROM sample_evidence se JOIN evidence e ON e.id = se.evidence
                  WHERE se.sample = s.id AND se.tokens > 0 ORDER BY se.tokens DESC, e.id LIMIT 1)",
            ),
            "derivation_depth" => number(format!(
                "(SELECT d.depth FROM derivation d WHERE d.snapshot = {} AND d.sample = s.id)",
                self.snapshot
            )),
            "judged_origin" => text("(SELECT j.origin FROM temp.judged j WHERE j.digest = s.digest)"),
            "style_score" => number(format!(
                "(SELECT max(y.score) FROM style_score y WHERE y.snapshot = {} AND y.sample = s.id)",
                self.snapshot
            )),
            STYLE_REASON => text(&format!(
                "(SELECT coalesce((SELECT r.reason FROM style_reason r WHERE r.snapshot = m.snapshot AND r.sample = s.id), 'too_short')
                  FROM style_model m WHERE m.snapshot = {} AND m.reasons = 1
                  AND NOT EXISTS (SELECT 1 FROM style_score y WHERE y.snapshot = m.snapshot AND y.sample = s.id))",
                self.snapshot
            )),
            "cluster" => number(format!(
                "(SELECT m.cluster FROM cluster_member m WHERE m.snapshot = {} AND m.sample = s.id)",
                self.snapshot
            )),
            "redundant" => Some(Column {
                text: format!(
                    "(SELECT nullif(m.redundant, '') FROM cluster_member m WHERE m.snapshot = {} AND m.sample = s.id)",
                    self.snapshot
                ),
                number: None,
                written: false,
            }),
            _ if is_repetition(field) => number(format!(
                "coalesce((SELECT r.{field} FROM repetition r WHERE r.sample = s.id), 0.0)"
            )),
            field if field == self.topic => text(&format!(
                "(SELECT t.name FROM sample_topic m JOIN topic t ON t.snapshot = m.snapshot AND t.topic = m.topic
                  WHERE m.snapshot = {} AND m.sample = s.id)",
                self.snapshot
            )),
            _ => self.result(field).map(|sql| Column {
                text: sql.clone(),
                number: Some(sql),
                written: false,
            }),
        }
    }

    /// What a run says of the sample, as `RUN:loss`; a mapped dimension of that name is meant before it.
    fn result(&self, field: &str) -> Option<String> {
        if self.dimensions.iter().any(|name| name == field) {
            return None;
        }
        let (name, column) = field.rsplit_once(':')?;
        let column = RESULT_COLUMNS.into_iter().find(|known| *known == column)?;
        let (_, run) = self.runs.iter().find(|(known, _)| known == name)?;
        Some(format!(
            "(SELECT y.{column} FROM result y WHERE y.run = {run} AND y.digest = s.digest)"
        ))
    }
}

/// A column that holds words.
fn word(sql: &str) -> Column {
    Column {
        text: sql.to_owned(),
        number: None,
        written: false,
    }
}

/// Writes a test of any part's origin: that of the whole, unless the parts differ.
fn part_test(out: &mut Condition, write: &dyn Fn(&Column, &mut Condition)) {
    out.sql.push_str(
        "CASE s.origin WHEN 'mixed' THEN EXISTS (SELECT 1 FROM part_origin y WHERE y.sample = s.id AND ",
    );
    write(&word("y.origin"), out);
    out.sql.push_str(") ELSE ");
    write(&word("s.origin"), out);
    out.sql.push_str(" END");
}

/// The SQL of a field as text, and as a number where one is stored beside it.
struct Column {
    text: String,
    number: Option<String>,
    /// Whether `x.written` tells numbers from texts that read as one.
    written: bool,
}

/// The dataset's name as an SQL text; the only text that is not bound, for it stands in a column's place.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace('\0', ""))
}

fn refuse_endless(expression: &Expression) -> Result<(), Fault> {
    if comparisons(expression) <= MAX_COMPARISONS {
        return Ok(());
    }
    Err(Fault::new(
        Code::InvalidExpression,
        format!("the filter makes more than {MAX_COMPARISONS} comparisons"),
        "ask in several steps, or map a field that tells these samples apart",
    ))
}

fn comparisons(expression: &Expression) -> usize {
    match expression {
        Expression::And(all) | Expression::Or(all) => all.iter().map(comparisons).sum(),
        Expression::Not(inner) => comparisons(inner),
        Expression::In { values, .. } => values.len(),
        _ => 1,
    }
}

/// Joins conditions by halves: SQLite refuses a tree deeper than 1,000, and a chain is as deep as it is long.
fn joined<T>(all: &[T], word: &str, out: &mut Condition, each: &mut dyn FnMut(&T, &mut Condition)) {
    out.sql.push('(');
    match all {
        [only] => each(only, out),
        _ => {
            let (first, second) = all.split_at(all.len() / 2);
            joined(first, word, out, each);
            out.sql.push_str(word);
            joined(second, word, out, each);
        }
    }
    out.sql.push(')');
}

fn compare(column: &Column, operator: Operator, literal: &Literal, out: &mut Condition) {
    let operator = operator.as_str();
    match literal {
        Literal::Boolean(boolean) => {
            out.sql
                .push_str(&format!("(lower(CAST({} AS TEXT)) {operator} ?)", column.text));
            out.values.push(Bound::Text(boolean.to_string()));
        }
        Literal::Number(written) => number_or_text(column, operator, written, out),
        Literal::Text(text) => match (&column.number, crate::rows::plain_number(text)) {
            (Some(number), Some(value)) if column.text == *number => {
                out.sql.push_str(&format!("({number} {operator} ?)"));
                out.values.push(Bound::Real(value));
            }
            (_, Some(value)) if column.written => {
                out.sql.push_str(&format!(
                    "(CASE WHEN x.written = 1 THEN x.number {operator} ? ELSE {} {operator} ? END)",
                    column.text
                ));
                out.values.extend([Bound::Real(value), Bound::Text(text.clone())]);
            }
            _ => {
                out.sql
                    .push_str(&format!("(CAST({} AS TEXT) {operator} ?)", column.text));
                out.values.push(Bound::Text(text.clone()));
            }
        },
    }
}

/// Compares by value where the field reads as a number, as text where it does not.
fn number_or_text(column: &Column, operator: &str, written: &str, out: &mut Condition) {
    let value = written.parse().unwrap_or(f64::NAN);
    if column
        .number
        .as_ref()
        .is_some_and(|number| *number == column.text)
    {
        out.sql.push_str(&format!("({} {operator} ?)", column.text));
        out.values.push(Bound::Real(value));
        return;
    }
    let number = column
        .number
        .clone()
        .unwrap_or_else(|| format!("assay_number({})", column.text));
    let text = &column.text;
    out.sql.push_str(&format!(
        "(CASE WHEN {number} IS NOT NULL THEN {number} {operator} ? ELSE {text} {operator} ? END)"
    ));
    out.values
        .extend([Bound::Real(value), Bound::Text(written.to_owned())]);
}
