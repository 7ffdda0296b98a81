//! Laws of the sketch: fast paths change nothing, and every form is what its definition says.

use assay_model::{Digest, Origin, Part, SourceClass, canonical};
use assay_sketch::{
    PassageUnit, Sketch, Sketcher, WordCounts, count_tokens, is_rtl, normalise, normalise_parts,
    passage_text, sample_digest, sketch, tokens,
};
use proptest::prelude::*;

fn part(text: &str) -> Part {
    Part {
        role: "document".into(),
        text: text.into(),
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 1.0,
    }
}

fn parts(texts: &[String]) -> Vec<Part> {
    texts.iter().map(|text| part(text)).collect()
}

/// Texts with everything that boundaries, folding and marks depend on.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[a-zA-Z]{1,8}",
        "[ -~]{0,12}",
        "[ \n\r\t]{1,2}",
        "[.!?,;:'\"()]{1,2}",
        "[àéïöüßŸœĳÅΣσςΑάЖшİıǅﬁ]{1,4}",
        "[漢字かなカナーﾞ々]{1,5}",
        "[ภาษาไทยเกำ້ລາວខ្មែរမြန်မာ]{1,5}",
        "[نمی‌خواهمעברית]{1,5}",
        "[हिन्दीക്ഷতি\u{200d}\u{200c}]{1,5}",
        "[\u{301}\u{308}\u{327}\u{345}\u{fe0f}\u{20e3}\u{ad}\u{200b}\u{2028}\u{85}\u{a0}]{1,2}",
        "[❤👍🏽©²½①Ⓐ、。！“”’…—·٫٬١٢]{1,3}",
        "\\PC{0,3}",
    ];
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_streamed_digest_is_that_of_canonical_json(
        texts in prop::collection::vec(("[a-z\"\\\\]{0,5}", "[\u{0}-\u{7f}é漢😀]{0,90}"), 0..3)
    ) {
        let parts: Vec<(&str, &str)> = texts.iter().map(|(role, text)| (role.as_str(), text.as_str())).collect();
        let list = parts.iter().map(|(role, text)| serde_json::json!({"text": text, "role": role})).collect();
        let json = canonical::to_string(&serde_json::Value::Array(list)).unwrap();
        prop_assert_eq!(sample_digest(&parts), Digest::of(json.as_bytes()));
    }

    #[test]
    fn ascii_words_are_those_of_uax_29(text in "[ab1_.:,;' \n\\-]{0,14}|[ -~\t\n]{0,60}") {
        use unicode_segmentation::UnicodeSegmentation;
        let by_the_tables: Vec<&str> = text.unicode_words().collect();
        prop_assert_eq!(tokens(&text).collect::<Vec<_>>(), by_the_tables.clone());
        prop_assert_eq!(count_tokens(&text) as usize, by_the_tables.len());
    }

    #[test]
    fn words_of_scripts_with_spaces_are_those_of_uax_29(text in "([a-zäéß0-9'._]|[абвг]|[אבגד]|[ابتث]|[हिन्दी]|[ ,]){0,24}") {
        use unicode_segmentation::UnicodeSegmentation;
        // A mark behind a space makes the space part of a word there.
        let by_the_tables: Vec<&str> = text.unicode_words().map(str::trim).collect();
        prop_assert_eq!(tokens(&text).collect::<Vec<_>>(), by_the_tables);
    }

    #[test]
    fn counting_tokens_and_listing_them_agree(text in texts()) {
        prop_assert_eq!(count_tokens(&text) as usize, tokens(&text).count());
        prop_assert!(tokens(&text).all(|token| token.contains(char::is_alphanumeric)));
    }

    #[test]
    fn normalising_twice_changes_nothing(text in texts()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
    }

    #[test]
    fn normalising_is_one_pass_over_characters(text in texts()) {
        prop_assert_eq!(normalise(&text), by_definition(&text));
    }

    #[test]
    fn a_sketch_agrees_with_the_separate_functions(texts in prop::collection::vec(texts(), 0..4)) {
        let parts = parts(&texts);
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut sketcher = Sketcher::new();
        sketcher.sketch(&[part("Something else came before. It must leave no trace! None at all.")]);
        let found = sketcher.sketch(&parts);
        let normalised = normalise_parts(&all);
        prop_assert_eq!(&normalised, &normalise(&all.join("\n")));
        prop_assert_eq!(sketcher.normalised(), &normalised);
        prop_assert_eq!(found.normalised_empty, normalised.is_empty());
        prop_assert_eq!(&found.part_tokens, &all.iter().map(|text| count_tokens(text)).collect::<Vec<_>>());
        prop_assert_eq!(found.tokens, count_tokens(&all.join("\n")));
        let words: Vec<&str> = tokens(&normalised).collect();
        let mut shingles: Vec<u64> =
            words.windows(5).map(|run| xxhash_rust::xxh3::xxh3_64(run.join(" ").as_bytes())).collect();
        shingles.sort_unstable();
        shingles.dedup();
        prop_assert_eq!(&found.shingles, &shingles);
        let (mut expected, mut counted) = (WordCounts::new(), WordCounts::new());
        expected.add(words, Origin::Human);
        sketcher.count_words(&mut counted);
        prop_assert_eq!(counted.into_sorted_rows(), expected.into_sorted_rows());
        prop_assert_eq!(&sketch(&parts), &found);
        let pipe: Sketch = postcard::from_bytes(&postcard::to_allocvec(&found).unwrap()).unwrap();
        prop_assert_eq!(pipe, found);
    }

    #[test]
    fn every_passage_is_found_again(texts in prop::collection::vec(passage_texts(), 1..3)) {
        let parts = parts(&texts);
        let found = sketch(&parts);
        for passage in &found.passages {
            let text = passage_text(&parts, passage.unit, passage.position).unwrap();
            prop_assert_eq!(passage.hash, xxhash_rust::xxh3::xxh3_64(normalise(&text).as_bytes()), "{}", text);
            prop_assert_eq!(passage.tokens, count_tokens(&text));
            prop_assert!(passage.tokens >= 20 && passage.start_token + passage.tokens <= found.tokens);
        }
    }

    #[test]
    fn counting_words_in_pieces_is_counting_at_once(words in prop::collection::vec("[ab]{1,2}", 0..20), cut in 0usize..20) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let cut = cut.min(words.len());
        let (mut whole, mut first, mut second) = (WordCounts::new(), WordCounts::new(), WordCounts::new());
        whole.add(words.iter().copied(), Origin::Machine);
        first.add(words[..cut].iter().copied(), Origin::Machine);
        second.add(words[cut..].iter().copied(), Origin::Machine);
        second.merge(first);
        prop_assert_eq!(second.into_sorted_rows(), whole.into_sorted_rows());
    }
}

/// Sentences of plain words, long enough for passages.
fn passage_texts() -> impl Strategy<Value = String> {
    let sentence = prop::collection::vec("[a-zé]{1,6}|[0-9]{1,2}", 1..14).prop_map(|words| {
        let mut words = words.join(" ");
        words.insert(0, 'A');
        words
    });
    prop::collection::vec((sentence, "\\. |! |\n|\n\n|\\?\r\n"), 0..8).prop_map(|sentences| {
        sentences
            .into_iter()
            .map(|(sentence, end)| sentence + &end)
            .collect()
    })
}

/// The definition, step by step over the whole text.
fn by_definition(text: &str) -> String {
    use caseless::Caseless;
    use unicode_general_category::{GeneralCategory, get_general_category};
    use unicode_normalization::UnicodeNormalization;
    let invisible = |c: &char| {
        let selector = matches!(*c as u32, 0xfe00..=0xfe0f | 0xe0100..=0xe01ef | 0x180b..=0x180f);
        selector || (*c != '\u{200b}' && get_general_category(*c) == GeneralCategory::Format)
    };
    let folded: String = text
        .chars()
        .filter(|c| !invisible(c))
        .nfc()
        .default_case_fold()
        .nfc()
        .collect();
    let mut out = String::new();
    for c in folded.chars() {
        let category = get_general_category(c).abbreviation();
        let sits_on_nothing = out.is_empty() || out.ends_with(' ');
        match category.as_bytes() {
            [b'P' | b'S' | b'Z', _] | b"Cc" | b"Cf" => out.push(' '),
            [b'M', _] if sits_on_nothing => {}
            _ => out.push(c),
        }
    }
    out.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn words_with_joiners_and_vowel_signs_stay_whole() {
    assert_eq!(tokens(&normalise("نمی‌خواهم!")).count(), 1);
    assert_eq!(normalise("हिन्दी, क्‍ष"), "हिन्दी क्ष");
    assert_eq!(
        normalise("co\u{ad}operate — STRASSE straße"),
        "cooperate strasse strasse"
    );
    assert_eq!(normalise("I ❤️ 5 mg/50 mg"), "i 5 mg 50 mg");
    assert_eq!(normalise("E\u{301}té"), normalise("été"));
    assert_eq!(normalise(" .,! \u{200b}…"), "");
}

#[test]
fn scripts_without_spaces_count_by_grapheme_cluster() {
    assert_eq!(tokens("機械学習はデータ、です").count(), 10);
    assert_eq!(tokens("กำลัง").collect::<Vec<_>>(), ["กำ", "ลั", "ง"]);
    assert_eq!(
        tokens("GPT-4は東京").collect::<Vec<_>>(),
        ["GPT", "4", "は", "東", "京"]
    );
    assert_eq!(tokens("한국어 텍스트").count(), 2);
}

#[test]
fn paragraphs_and_spans_of_three_sentences_from_twenty_tokens_on() {
    let line = "one two three four five six seven. Eight nine ten eleven twelve thirteen fourteen! \
                Fifteen sixteen seventeen eighteen nineteen twenty.";
    let found = sketch(&[part("Too short."), part(&format!("{line}\nTail."))]);
    let shown: Vec<_> = found
        .passages
        .iter()
        .map(|p| (p.unit, p.position, p.start_token, p.tokens))
        .collect();
    assert_eq!(
        shown,
        [
            (PassageUnit::Paragraph, 1, 2, 20),
            (PassageUnit::Sentence, 1, 2, 20)
        ]
    );
    assert_eq!(found.passages[0].hash, found.passages[1].hash);
    let shouted = sketch(&[part(&line.to_uppercase().replace(". ", "… "))]);
    assert_eq!(shouted.passages[0].hash, found.passages[0].hash);
}

#[test]
fn repetition_follows_gopher() {
    let once = sketch(&[part(
        "Every word of this sentence differs from all others.\nNext line too.",
    )]);
    assert_eq!(once.repetition, Default::default());
    let lines = sketch(&[part("same line\nsame line\nother\n\nlast")]).repetition;
    assert!((lines.duplicate_lines - 0.25).abs() < 1e-6, "{lines:?}");
    assert!(
        (lines.duplicate_line_bytes - 9.0 / 27.0).abs() < 1e-6,
        "{lines:?}"
    );
    // "a b" three times, 9 bytes of 23.
    let pairs = sketch(&[part("a b c a b d a b e f g h")]).repetition;
    assert!((pairs.top_ngrams[0] - 9.0 / 23.0).abs() < 1e-6, "{pairs:?}");
    let run = "one two three four five six";
    let long = sketch(&[part(&format!("{run} x {run} y"))]).repetition;
    assert!(
        long.duplicate_ngrams[0] > 0.9 && long.duplicate_ngrams[2] == 0.0,
        "{long:?}"
    );
    let stuck = sketch(&[part(&"no ".repeat(50))]).repetition;
    assert!(
        stuck.top_ngrams == [1.0; 3] && stuck.duplicate_ngrams == [1.0; 6],
        "{stuck:?}"
    );
}

#[test]
fn direction_is_that_of_the_first_letter() {
    assert!(is_rtl("  12. العربية abc"));
    assert!(is_rtl("«עברית»"));
    assert!(!is_rtl("abc العربية"));
    assert!(!is_rtl("123"));
}

fn with_role(role: &str, text: &str) -> Part {
    Part {
        role: role.into(),
        ..part(text)
    }
}

proptest! {
    #[test]
    fn how_a_part_is_written_is_finite_and_depends_on_no_other_part(
        words in prop::collection::vec("[a-zA-Zé租ب,.!?'-]{1,9}", 50..140),
        other in ".{0,80}",
    ) {
        let text = words.join(" ");
        let alone = sketch(&[with_role("response", &text)]);
        let beside = sketch(&[with_role("prompt", &other), with_role("response", &text)]);
        for style in alone.style.iter().chain(&beside.style) {
            prop_assert_eq!(style.figures.len(), assay_sketch::STYLE_FIGURES.len());
            prop_assert!(style.figures.iter().all(|figure| figure.is_finite()));
        }
        // Function words are counted by the language of the whole sample; the first 25 figures know nothing of it.
        let first = |of: &Sketch| of.style.iter().find(|style| style.role == "response").map(|style| style.figures[..25].to_vec());
        prop_assert_eq!(first(&alone), first(&beside));
    }
}

#[test]
fn a_long_text_has_the_style_of_its_beginning_and_a_short_one_has_none() {
    let sentence = "The court held that the tenant, who had paid, was not in breach of the lease. ";
    let style = |times: usize| sketch(&[part(&sentence.repeat(times))]).style;
    assert!(style(3).is_empty());
    let (short, long) = (style(10), style(4_000));
    for (name, (a, b)) in assay_sketch::STYLE_FIGURES
        .iter()
        .zip(short[0].figures.iter().zip(&long[0].figures))
    {
        // Bursts need returns, and paragraphs length.
        if !["word_burstiness", "paragraph_length"].contains(name) {
            assert!((a - b).abs() <= 0.1 * a.abs().max(1.0), "{name}: {a} {b}");
        }
    }
}
