//! Laws of the expression language: it prints back to itself, and it agrees with SQL about null.

use std::cmp::Ordering;

use assay_model::expression::{Expression, ExpressionError, Literal, MAX_DEPTH, Operator};
use assay_model::{Code, Fault, Value};
use proptest::prelude::*;

fn parse(text: &str) -> Expression {
    Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> ExpressionError {
    Expression::parse(text).expect_err(text)
}

fn matches(text: &str, fields: &[(&str, Value)]) -> bool {
    parse(text).matches(&|name| {
        fields
            .iter()
            .find(|(field, _)| *field == name)
            .map_or(Value::Null, |(_, value)| value.clone())
    })
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn number(written: &str) -> Value {
    Value::Number(written.into())
}

#[test]
fn examples_of_the_manual_parse_and_print_back() {
    for written in [
        "generator is not null",
        "path like '%/human.json'",
        "domain = 'health' and tokens >= 100 or gold = true",
        "not (origin in ('human', 'mixed') or confidence < 0.5)",
        "meta.id != 'it''s'",
        "医療:種類 = 'x' and \"two words\" not like '_%'",
        "not not a = -1.5e-3",
    ] {
        assert_eq!(parse(written).to_string(), written);
    }
}

#[test]
fn keywords_are_read_in_any_case_and_and_binds_tighter_than_or() {
    assert_eq!(
        parse("a=1 OR b=2 And NOT c=3").to_string(),
        "a = 1 or b = 2 and not c = 3"
    );
    assert_eq!(
        parse("(a=1 or b=2) and c=3").to_string(),
        "(a = 1 or b = 2) and c = 3"
    );
}

#[test]
fn errors_say_where_in_characters() {
    for (written, column, part) in [
        ("", 1, "expected a field name, found the end"),
        ("domain 'x'", 8, "expected one of ="),
        ("étage = human", 9, "single quotes, as in 'human'"),
        ("a = 'never", 5, "never closed"),
        ("a = 1 b = 2", 7, "expected `and`, `or`"),
        ("a = 1)", 6, "closes nothing"),
        ("(a = 1", 7, "expected `and`, `or` or `)`"),
        ("a == 1", 3, "write `=`"),
        ("a = null", 5, "is null"),
        ("a in ()", 7, "expected a value"),
        ("a not = 1", 7, "`in` or `like`"),
        ("a = 5mg", 5, "not a number"),
        ("a = 1e999", 5, "not a number"),
        ("a = ‘x’", 5, "straight single quotes"),
        ("a # 1", 3, "means nothing here"),
        ("\"\" = 1", 1, "empty"),
        ("a like 5", 8, "a pattern in single quotes"),
        ("and = 1", 1, "expected a field name, found `and`"),
    ] {
        let found = error(written);
        assert_eq!(found.column, column, "{written}: {found}");
        assert!(found.message.contains(part), "{written}: {found}");
    }
    let fault = Fault::from(error("a == 1"));
    assert_eq!((fault.code, fault.column), (Code::InvalidExpression, Some(3)));
}

#[test]
fn nesting_has_a_limit_and_a_long_chain_has_none() {
    let nested = |depth: usize| "(".repeat(depth) + "a = 1" + &")".repeat(depth);
    parse(&nested(MAX_DEPTH - 1));
    assert!(error(&nested(MAX_DEPTH)).message.contains("nested deeper"));
    assert!(error(&"not ".repeat(1_000_000)).message.contains("more than"));
    assert!(
        error(&("not ".repeat(50_000) + "a = 1"))
            .message
            .contains("nested deeper")
    );
    parse(&vec!["a = 1"; 10_000].join(" or "));
}

#[test]
fn null_matches_only_is_null_even_when_negated() {
    for written in [
        "a = 'x'",
        "a != 'x'",
        "not a = 'x'",
        "a in ('x')",
        "a not in ('x')",
        "a like '%'",
        "a not like '%'",
    ] {
        assert!(!matches(written, &[]), "{written}");
    }
    assert!(matches("a is null", &[]));
    assert!(!matches("a is not null", &[]));
    assert!(matches("a = 'x' or b = 1", &[("b", number("1"))]));
    assert!(matches("not (a = 'x' and b = 2)", &[("b", number("1"))]));
}

#[test]
fn numbers_compare_by_value_and_texts_by_code_point() {
    assert!(matches("n > 9", &[("n", number("10"))]));
    assert!(matches("n = 1", &[("n", number("1.0"))]));
    assert!(matches(
        "n != 9007199254740992",
        &[("n", number("9007199254740993"))]
    ));
    assert!(matches("n > 9", &[("n", text("10"))]), "a cell of a CSV file");
    assert!(matches("n = '10'", &[("n", number("10.0"))]));
    assert!(matches("t < '9'", &[("t", text("10"))]), "two texts");
    assert!(
        matches("t > 5", &[("t", text("nan"))]),
        "not a number: compared as text"
    );
    assert!(matches(
        "b = true and c = true and d = false",
        &[
            ("b", Value::Bool(true)),
            ("c", text("True")),
            ("d", text("FALSE")),
        ]
    ));
}

#[test]
fn a_list_matches_if_any_element_does() {
    let labels = || [("labels", Value::List(vec![text("a"), text("b")]))];
    assert!(matches("labels = 'b'", &labels()));
    assert!(matches("labels != 'b'", &labels()));
    assert!(!matches("not labels = 'b'", &labels()));
    assert!(!matches("labels not in ('b')", &labels()));
    assert!(matches("labels not in ('c')", &labels()));
    assert!(matches("labels like 'A'", &labels()));
    assert!(!matches("labels is null", &labels()));
}

#[test]
fn unknown_fields_name_the_nearest() {
    let known = ["domain", "origin", "tokens"];
    let fault = parse("tokens > 1 and domian = 'x'")
        .check_fields(&known)
        .unwrap_err();
    assert_eq!(fault.code, Code::UnknownField);
    assert!(
        fault.message.contains("`domian`") && fault.remedy.contains("did you mean `domain`"),
        "{fault}"
    );
    assert!(
        parse("ORIGIN = 'x'")
            .check_fields(&known)
            .unwrap_err()
            .remedy
            .contains("`origin`?")
    );
    assert!(
        parse("domain = 'x' or not tokens < 3")
            .check_fields(&known)
            .is_ok()
    );
    assert_eq!(parse("b = 1 or a = 1 and b = 2").fields(), ["b", "a"]);
}

const FIELDS: [&str; 4] = ["a", "b.c", "odd name", "Ω"];

fn literals() -> impl Strategy<Value = Literal> {
    prop_oneof![
        "[a-c'\" %_äß漢]{0,3}".prop_map(Literal::Text),
        (-3i32..3).prop_map(|n| Literal::Number(n.to_string())),
        (-3i32..3).prop_map(|n| Literal::Number(format!("{n}.5e1"))),
        any::<bool>().prop_map(Literal::Boolean),
    ]
}

fn conditions(field: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Expression> {
    let operator = proptest::sample::select(&Operator::ALL[..]);
    prop_oneof![
        (field.clone(), operator, literals()).prop_map(|(field, operator, value)| Expression::Compare {
            field,
            operator,
            value
        }),
        (
            field.clone(),
            prop::collection::vec(literals(), 1..4),
            any::<bool>()
        )
            .prop_map(|(field, values, negated)| Expression::In {
                field,
                values,
                negated
            }),
        (field.clone(), "[a%_']{0,4}", any::<bool>()).prop_map(|(field, pattern, negated)| {
            Expression::Like {
                field,
                pattern,
                negated,
            }
        }),
        (field, any::<bool>()).prop_map(|(field, negated)| Expression::IsNull { field, negated }),
    ]
}

fn expressions(field: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Expression> {
    conditions(field).prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            inner.prop_map(|inner| Expression::Not(Box::new(inner))),
        ]
    })
}

/// A cell of the small tables: null, a whole number, or a text that is no number.
fn cells() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        (-30i32..30).prop_map(|n| Value::Number(n.to_string())),
        "[a-cA-C]{0,2}".prop_map(Value::Text),
    ]
}

/// Kleene's logic with numbers, written apart from the code under test: 0 false, 1 unknown, 2 true.
fn sql(expression: &Expression, row: &dyn Fn(&str) -> Value) -> u8 {
    let negate_if = |negated: bool, truth: u8| if negated { 2 - truth } else { truth };
    match expression {
        Expression::And(all) => all.iter().map(|each| sql(each, row)).min().unwrap(),
        Expression::Or(all) => all.iter().map(|each| sql(each, row)).max().unwrap(),
        Expression::Not(inner) => 2 - sql(inner, row),
        Expression::IsNull { field, negated } => {
            negate_if(*negated, if row(field).is_null() { 2 } else { 0 })
        }
        Expression::Compare {
            field,
            operator,
            value,
        } => match order(&row(field), value) {
            None => 1,
            Some(order) => {
                2 * u8::from(match operator {
                    Operator::Equal => order == Ordering::Equal,
                    Operator::NotEqual => order != Ordering::Equal,
                    Operator::Less => order == Ordering::Less,
                    Operator::LessOrEqual => order != Ordering::Greater,
                    Operator::Greater => order == Ordering::Greater,
                    Operator::GreaterOrEqual => order != Ordering::Less,
                })
            }
        },
        // `x in (p, q)` is defined as `x = p or x = q`.
        Expression::In {
            field,
            values,
            negated,
        } => {
            let equal = |value| match order(&row(field), value) {
                None => 1,
                Some(order) => 2 * u8::from(order == Ordering::Equal),
            };
            negate_if(*negated, values.iter().map(equal).max().unwrap())
        }
        Expression::Like {
            field,
            pattern,
            negated,
        } => match row(field) {
            Value::Null => 1,
            value => {
                let text: Vec<char> = value.to_string().chars().collect();
                let pattern: Vec<char> = pattern.chars().collect();
                negate_if(*negated, 2 * u8::from(covers(&pattern, &text)))
            }
        },
    }
}

fn order(value: &Value, literal: &Literal) -> Option<Ordering> {
    let written = match literal {
        Literal::Text(text) | Literal::Number(text) => text.clone(),
        Literal::Boolean(boolean) => boolean.to_string(),
    };
    match value {
        Value::Null => None,
        Value::Number(number) => Some(match written.parse::<f64>() {
            Ok(other) => number.parse::<f64>().unwrap().partial_cmp(&other).unwrap(),
            Err(_) => number.cmp(&written),
        }),
        other => Some(other.to_string().cmp(&written)),
    }
}

/// The definition of `like`, by recursion.
fn covers(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('%', rest)) => (0..=text.len()).any(|swallowed| covers(rest, &text[swallowed..])),
        Some((c, rest)) => text.split_first().is_some_and(|(first, others)| {
            (*c == '_' || c.eq_ignore_ascii_case(first)) && covers(rest, others)
        }),
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_give_the_same_expression(expression in expressions("[a-zA-Z \"'.:_äé漢ा-]{1,6}")) {
        let printed = expression.to_string();
        prop_assert_eq!(Expression::parse(&printed), Ok(expression), "{}", printed);
    }

    #[test]
    fn matching_is_sql_three_valued_logic(
        expression in expressions(proptest::sample::select(&FIELDS[..]).prop_map(str::to_owned)),
        table in prop::collection::vec(prop::collection::vec(cells(), FIELDS.len()), 1..6),
    ) {
        for row in table {
            let lookup = |name: &str| row[FIELDS.iter().position(|field| *field == name).unwrap()].clone();
            prop_assert_eq!(expression.matches(&lookup), sql(&expression, &lookup) == 2, "{} on {:?}", expression, row);
        }
    }

    #[test]
    fn any_text_parses_or_fails_inside_itself(text in ".{0,40}|[a-c=<>!()',\" 0-9.-]{0,40}") {
        if let Err(error) = Expression::parse(&text) {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.column));
        }
    }
}
