//! How many tokens do overlapping stretches cover together?

/// A stretch of a sample, in its token order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub row: u32,
    pub start: u32,
    pub end: u32,
}

/// Tokens inside at least one span.
pub(crate) fn covered(mut spans: Vec<Span>) -> u64 {
    spans.sort_unstable();
    let mut covered = 0;
    let mut reached = (u32::MAX, 0);
    for span in spans {
        let from = if span.row == reached.0 {
            span.start.max(reached.1)
        } else {
            span.start
        };
        covered += u64::from(span.end.saturating_sub(from));
        reached = (
            span.row,
            if span.row == reached.0 {
                span.end.max(reached.1)
            } else {
                span.end
            },
        );
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_token_counts_once(spans in prop::collection::vec((0_u32..3, 0_u32..30, 0_u32..12), 0..20)) {
            let spans: Vec<Span> = spans.into_iter().map(|(row, start, length)| Span { row, start, end: start + length }).collect();
            let tokens: std::collections::BTreeSet<(u32, u32)> =
                spans.iter().flat_map(|span| (span.start..span.end).map(|token| (span.row, token))).collect();
            prop_assert_eq!(covered(spans), tokens.len() as u64);
        }
    }
}
