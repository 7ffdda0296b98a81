//! Scripts without spaces, right-to-left text, short texts, templates and boilerplate.

use std::time::{Duration, Instant};

use assay_near::Settings;

use crate::corpora::Random;
use crate::oracle::{Sets, accepted, joined, shingles};

const CHINESE: &str = "租赁合同到期后房东继续收取租金并且没有提出异议的，原租赁合同继续有效，但租赁期限为不定期，\
    当事人可以随时解除合同，不过应当在合理期限之前通知对方，房屋押金应当在交还房屋以后十五日之内退还给承租人。";
const JAPANESE: &str = "この薬は毎週月曜日の朝に水と一緒に五ミリグラムを一回だけ服用してください。ほかの曜日には服用しないで\
    ください。飲み忘れに気がついたときは、次の日の朝までに一回分を飲み、二回分を一度に飲んではいけません。";
const THAI: &str = "ผู้เช่าต้องแจ้งให้ผู้ให้เช่าทราบล่วงหน้าไม่น้อยกว่าสามสิบวันก่อนย้ายออกจากห้องเช่าและผู้ให้เช่าต้องคืนเงินประกัน\
    ภายในสิบห้าวันหลังจากผู้เช่าได้ส่งมอบห้องคืนในสภาพที่เรียบร้อยแล้ว";
const ARABIC: &str = "يجب على المستأجر أن يبلغ المؤجر قبل ثلاثين يوما على الأقل من مغادرة الشقة وعلى المؤجر أن يعيد مبلغ التأمين \
    خلال خمسة عشر يوما بعد تسليم المفاتيح إذا كانت الشقة في حالة جيدة ولم يكن هناك إيجار متأخر عن الأشهر السابقة من هذه السنة";

fn are_near(a: &str, b: &str) -> bool {
    let sets: Sets = vec![shingles(a), shingles(b)];
    let near = joined(&sets, &Settings::default());
    assert_eq!(near.stars.len(), accepted(&near, &Settings::default()).len());
    !near.stars.is_empty()
}

#[test]
fn texts_without_spaces_and_from_right_to_left_are_near_after_a_small_edit_and_not_before_another_text() {
    let edits = [
        (CHINESE, "十五日", "三十日"),
        (JAPANESE, "月曜日", "金曜日"),
        (THAI, "สิบห้าวัน", "สามสิบวัน"),
        (ARABIC, "السنة", "المدة"),
    ];
    for (number, (text, from, to)) in edits.into_iter().enumerate() {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text);
        assert!(shingles(text).len() >= 20, "{text} has shingles");
        assert!(are_near(text, &edited), "{text}");
        for (other, _, _) in &edits[number + 1..] {
            assert!(!are_near(text, other), "{text} and {other}");
        }
    }
}

#[test]
fn a_chinese_extract_is_contained_and_its_half_is_not_similar() {
    let half: String = CHINESE.chars().take(CHINESE.chars().count() / 2).collect();
    let sets: Sets = vec![shingles(CHINESE), shingles(&half)];
    let near = joined(&sets, &Settings::default());
    let pair = accepted(&near, &Settings::default())[0];
    assert!(pair.jaccard() < 0.8 && pair.containment() >= 0.9, "{pair:?}");
}

#[test]
fn texts_shorter_than_a_shingle_never_collapse_in_any_script() {
    let texts = [
        "Yes.",
        "No.",
        "Yes, sir",
        "是的",
        "不是",
        "はい",
        "ไม่",
        "نعم",
        "لا",
        "5 mg",
        "50 mg",
        "",
    ];
    let sets: Sets = texts.iter().map(|text| shingles(text)).collect();
    assert!(sets.iter().all(Vec::is_empty), "none has five tokens");
    let near = joined(&sets, &Settings::default());
    assert!(near.pairs.is_empty() && near.stars.is_empty());
}

/// Seconds are a wide bound: quadratic work would take hours.
fn within(limit: Duration, what: &str, work: impl FnOnce()) {
    let began = Instant::now();
    work();
    println!("{what}: {:.2} s", began.elapsed().as_secs_f64());
    assert!(began.elapsed() < limit, "{what} took {:?}", began.elapsed());
}

#[test]
fn twenty_thousand_letters_of_one_template_stand_beside_few_representatives() {
    let template: Vec<String> = (0..120).map(|word| format!("word{word}")).collect();
    let mut random = Random(9);
    let sets: Sets = (0..20_000)
        .map(|number| {
            let mut words = template.clone();
            words[60] = format!("name{}", random.below(500));
            words[119] = format!("number{number}");
            shingles(&words.join(" "))
        })
        .collect();
    within(Duration::from_secs(600), "20,000 letters of one template", || {
        let near = joined(&sets, &Settings::default());
        let members: usize = near.stars.iter().map(|star| star.members.len()).sum();
        assert_eq!(near.stars.len() + members, 20_000, "all are in a star");
        assert!(near.stars.len() <= 4, "{} stars", near.stars.len());
        // 200 million pairs hold; a bounded number is listed.
        assert!(near.pairs.len() < 100_000, "{} pairs", near.pairs.len());
    });
}

#[test]
fn a_shingle_in_every_document_makes_nothing_near_and_costs_little() {
    let mut random = Random(11);
    let sets: Sets = (0..20_000)
        .map(|_| {
            let own: Vec<String> = (0..60).map(|_| random.word()).collect();
            shingles(&format!("all rights reserved by us {}", own.join(" ")))
        })
        .collect();
    within(
        Duration::from_secs(600),
        "a shingle in each of 20,000 documents",
        || {
            let near = joined(&sets, &Settings::default());
            assert!(near.stars.is_empty(), "{} stars", near.stars.len());
        },
    );
}

#[test]
fn boilerplate_of_half_the_words_is_no_near_duplicate() {
    let boilerplate: Vec<String> = (0..80).map(|word| format!("legal{word}")).collect();
    let mut random = Random(12);
    let sets: Sets = (0..4_000)
        .map(|_| {
            let own: Vec<String> = (0..80).map(|_| random.word()).collect();
            shingles(&format!("{} {}", own.join(" "), boilerplate.join(" ")))
        })
        .collect();
    within(
        Duration::from_secs(600),
        "4,000 documents that are half boilerplate",
        || {
            let near = joined(&sets, &Settings::default());
            assert!(accepted(&near, &Settings::default()).is_empty());
        },
    );
}
