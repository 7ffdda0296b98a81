//! Who made it: the origin bar and the table of domain by language.

use assay_model::{Origin, Report};

use super::sheet::{Sheet, Side, fit};
use crate::composition::{Composition, Head, Mix};
use crate::figure::{counted, grouped, percent, percent_figures};
use crate::language;
use crate::visible::{columns, visible, visible_or};

const MOST_DOMAINS: usize = 12;
/// A cell whose unknown share reaches this is marked, because its machine share says little.
const NOTABLE_UNKNOWN: f64 = 0.15;

/// The more ink, the more human; unknown is hatched.
fn ink(origin: Origin) -> char {
    match origin {
        Origin::Human => '█',
        Origin::Mixed => '▓',
        Origin::Machine => '▒',
        Origin::Unknown => '╱',
    }
}

pub fn origin(sheet: &mut Sheet, report: &Report) {
    sheet.section("Origin", "share of tokens, exact");
    let shares = Origin::ALL.map(|origin| report.origin.of(origin).token_share);
    let lengths = bar_lengths(shares, sheet.width() - 2);
    let bar: String = Origin::ALL
        .iter()
        .zip(lengths)
        .map(|(origin, n)| ink(*origin).to_string().repeat(n))
        .collect();
    sheet.line(&format!("  {bar}"));
    let rows: Vec<Vec<String>> = Origin::ALL
        .into_iter()
        .map(|origin| {
            let part = report.origin.of(origin);
            let unique = report.unique.of(origin);
            vec![
                format!("{} {}", ink(origin), origin.as_str()),
                grouped(part.tokens),
                percent(part.token_share),
                grouped(part.samples),
                percent(part.share),
                percent(unique.share),
            ]
        })
        .collect();
    use Side::{Left, Right};
    let head = ["", "tokens", "share", "samples", "share", "of unique"];
    sheet.table(2, &[Left, Right, Right, Right, Right, Right], &head, &rows);
    if report.conflicts > 0 {
        let conflicts = counted(report.conflicts, "conflict", "conflicts");
        sheet.paragraph(
            2,
            0,
            &format!(
                "{conflicts}: contradictory claims about one text; counted as the claims say, or as unknown."
            ),
        );
    }
}

/// Cells of the bar for each share: what is there gets at least one, and together they fill it.
fn bar_lengths(shares: [f64; 4], width: usize) -> [usize; 4] {
    let shares = shares.map(|share| {
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    });
    let total: f64 = shares.iter().sum();
    if total <= 0.0 {
        return [0; 4];
    }
    let mut lengths = shares.map(|share| {
        if share > 0.0 {
            ((share / total * width as f64).round() as usize).max(1)
        } else {
            0
        }
    });
    let sum: usize = lengths.iter().sum();
    let longest = (0..4).max_by_key(|i| lengths[*i]).expect("four lengths");
    lengths[longest] = (lengths[longest] + width).saturating_sub(sum);
    lengths
}

pub fn composition(sheet: &mut Sheet, report: &Report) {
    let table = Composition::of(report, MOST_DOMAINS, (sheet.width() - 34) / 6);
    if table.cells.len() < 2 {
        return;
    }
    sheet.section("Composition", "machine share of tokens in %, exact");
    let label_width = table
        .domains
        .iter()
        .map(|head| columns(&domain_label(head)))
        .max()
        .unwrap_or(0)
        .clamp(11, 18);
    let column_width = ((sheet.width() - label_width - 18) / table.languages.len().max(1))
        .saturating_sub(1)
        .clamp(5, 10);
    let mut head = fit("", label_width, Side::Left);
    for language in &table.languages {
        head += &format!(
            " {}",
            fit(&language_label(language, column_width), column_width, Side::Right)
        );
    }
    sheet.line(&format!(
        "{head}  {}  {}",
        fit("all", 6, Side::Right),
        fit("unknown", 7, Side::Right)
    ));
    for domain in &table.domains {
        let mut line = fit(&domain_label(domain), label_width, Side::Left);
        for language in &table.languages {
            let cell = table.cell(domain, language);
            line += &format!(" {}", fit(&cell_text(cell), column_width, Side::Right));
        }
        sheet.line(&(line + &margin(&table.by_domain[domain])));
    }
    if table.domains.len() > 1 {
        let all: Vec<String> = table
            .languages
            .iter()
            .map(|language| figure(&table.by_language[language], Origin::Machine))
            .collect();
        sheet.line(&(margin_row("All domains", label_width, column_width, &all) + &margin(&table.total)));
    }
    let unknown: Vec<String> = table
        .languages
        .iter()
        .map(|language| figure(&table.by_language[language], Origin::Unknown))
        .collect();
    sheet.line(&margin_row("Unknown", label_width, column_width, &unknown));
    legend(sheet, &table);
}

fn legend(sheet: &mut Sheet, table: &Composition) {
    let mut signs = Vec::new();
    if table.cells.values().any(is_notable) {
        signs.push("╱ 15\u{a0}% or more of the cell is of unknown origin".to_owned());
    }
    if table.cells.len() < table.domains.len() * table.languages.len() {
        signs.push("– no samples".to_owned());
    }
    if let Some(Head::Others(count)) = table.languages.last() {
        signs.push(format!("+{count} the other languages"));
    }
    if !signs.is_empty() {
        sheet.paragraph(0, 0, &format!("{}.", signs.join("; ")));
    }
}

fn margin_row(label: &str, label_width: usize, column_width: usize, cells: &[String]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| format!(" {}", fit(cell, column_width, Side::Right)))
        .collect();
    fit(label, label_width, Side::Left) + &cells
}

fn margin(mix: &Mix) -> String {
    let (machine, unknown) = (figure(mix, Origin::Machine), figure(mix, Origin::Unknown));
    format!(
        "  {}  {}",
        fit(&machine, 6, Side::Right),
        fit(&unknown, 7, Side::Right)
    )
}

fn cell_text(cell: Option<&Mix>) -> String {
    match cell {
        None => "–".into(),
        Some(mix) if is_notable(mix) => format!("{}╱", figure(mix, Origin::Machine)),
        Some(mix) => figure(mix, Origin::Machine),
    }
}

fn figure(mix: &Mix, origin: Origin) -> String {
    mix.token_share(origin).map_or_else(
        || "–".into(),
        |share| percent_figures(share).replace('\u{a0}', ""),
    )
}

fn is_notable(mix: &Mix) -> bool {
    mix.token_share(Origin::Unknown)
        .is_some_and(|share| share >= NOTABLE_UNKNOWN)
}

fn domain_label(head: &Head) -> String {
    match head {
        Head::Value(domain) => visible_or(domain, "no domain"),
        Head::Others(count) => format!("{} others", grouped(*count as u64)),
    }
}

/// The language's name where it fits, else its code.
fn language_label(head: &Head, width: usize) -> String {
    match head {
        Head::Others(count) => format!("+{}", grouped(*count as u64)),
        Head::Value(code) if code.is_empty() => {
            if width >= 7 {
                "unclear".into()
            } else {
                "?".into()
            }
        }
        Head::Value(code) => {
            let name = language::name(code);
            if columns(&name) <= width {
                name
            } else {
                visible(code)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bar_lengths;

    #[test]
    fn the_bar_is_filled_and_shows_even_the_smallest_part() {
        for shares in [
            [0.57, 0.08, 0.25, 0.10],
            [0.9999, 0.0001, 0.0, 0.0],
            [0.25; 4],
            [0.999, 0.0003, 0.0003, 0.0004],
        ] {
            let lengths = bar_lengths(shares, 78);
            assert_eq!(lengths.iter().sum::<usize>(), 78, "{shares:?}");
            for (share, length) in shares.iter().zip(lengths) {
                assert_eq!(*share > 0.0, length > 0, "{shares:?}");
            }
        }
        assert_eq!(bar_lengths([0.0; 4], 78), [0; 4]);
    }
}
