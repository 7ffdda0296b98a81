//! Real files, as they were published: every record comes out, and nothing else.
//!
//! The files are not part of the repository. Where they are absent each test says so and stops.

mod support;

use std::path::PathBuf;

use assay_model::{Code, Value};
use support::{Reading, read, read_mapped};

fn data(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if root.join("SOURCES.md").exists() {
        return Some(root.join(name));
    }
    eprintln!("SKIPPED: the real data is not here ({})", root.display());
    None
}

const DOCUMENT: &str = "role = \"document\"\n";

fn one_part(field: &str) -> String {
    format!("[[part]]\nfield = \"{field}\"\n{DOCUMENT}")
}

fn rows(name: &str, expected: u64) -> Option<Reading> {
    let reading = read(&data(name)?).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    assert_eq!(reading.summary.seen, expected, "{name}");
    Some(reading)
}

fn mapped(name: &str, field: &str, expected: u64) -> Option<Reading> {
    let reading =
        read_mapped(&data(name)?, &one_part(field)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    assert_eq!(reading.summary.seen, expected, "{name}");
    Some(reading)
}

#[test]
fn csv_variants_have_their_rows() {
    for (name, expected) in [
        ("duplicate_records.csv", 14),
        ("embase.csv", 6),
        ("embase_newpage.csv", 6),
        ("generic.csv", 2),
        ("generic_bad_record_id.csv", 6),
        ("generic_column_names_with_spaces.csv", 2),
        ("generic_labels.csv", 6),
        ("generic_labels_no_abs.csv", 6),
        ("generic_labels_no_title.csv", 6),
        ("generic_partial_labels.csv", 6),
        ("generic_semicolon.csv", 2),
        ("generic_tab.csv", 2),
        ("generic_tab.tab", 2),
        ("generic_tab.tsv", 2),
        ("missing_values.csv", 4),
        ("record_id.csv", 10),
    ] {
        rows(&format!("csv_variants_asreview/tests/demo_data/{name}"), expected);
    }
}

#[test]
fn unquoted_tables_have_a_row_a_line() {
    for (name, expected) in [
        ("amh/dev", 1497),
        ("ibo/dev", 1841),
        ("orm/dev", 396),
        ("orm/train", 0),
        ("por/dev", 767),
        ("swa/dev", 453),
        ("tir/train", 0),
        ("tso/dev", 203),
    ] {
        let reading = rows(&format!("afrisenti/data/{name}.tsv"), expected);
        assert!(
            reading.is_none_or(|reading| reading.quarantine.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn quoted_tables_hold_line_breaks_in_their_cells() {
    for (name, expected) in [
        ("CUAD_Exclusivity/test", 764),
        ("CUAD_Exclusivity/train", 6),
        ("CUAD_Insurance/test", 1034),
        ("CUAD_Insurance/train", 6),
        ("diversity_1/test", 300),
    ] {
        let reading = rows(&format!("legalbench/tasks/{name}.tsv"), expected);
        assert!(
            reading.is_none_or(|reading| reading.quarantine.is_empty()),
            "{name}"
        );
    }
    mapped(
        "legalbench/tasks/corporate_lobbying/train.tsv",
        "bill_summary",
        10,
    );
}

#[test]
fn json_files_have_their_records() {
    let demos = "data_juicer_demos/demos";
    rows(&format!("{demos}/data/demo-dataset-chatml.jsonl"), 4);
    rows(&format!("{demos}/data/demo-dataset-content.jsonl"), 6);
    rows(&format!("{demos}/data/demo-dataset-deduplication.jsonl"), 14);
    rows(
        &format!("{demos}/data_visualization_diversity/data/demo-dataset.jsonl"),
        29,
    );
    rows("self_instruct/data/seed_tasks.jsonl", 175);
    rows("self_instruct/human_eval/user_oriented_instructions.jsonl", 252);
    for model in ["davinci-t0-ft", "text-davinci-003"] {
        rows(
            &format!("self_instruct/human_eval/predictions/{model}_predictions.jsonl"),
            252,
        );
    }
    rows("llm_decontaminator/data/test/HumanEval.jsonl", 164);
    rows("l2r_21domains/Finance/human.json", 200);
    mapped("tatqa/dataset_raw/tatqa_dataset_dev.json", "paragraphs.text", 278);
    for (name, expected) in [
        ("GPT_Data/CollegeEssay_gpt3_31", 31),
        ("GPT_Data/CollegeEssay_gpt3PromptEng_31", 31),
        ("Human_Data/CollegeEssay_real_70", 70),
    ] {
        rows(
            &format!("detector_bias/Data_and_Results/{name}/data.json"),
            expected,
        );
    }
    rows("polyai_banking/banking_data/train.csv", 10_003);
    rows("polyai_banking/banking_data/test.csv", 3080);
}

#[test]
fn empty_responses_are_indexed_and_flagged() {
    let Some(path) = data("self_instruct/human_eval/predictions") else {
        return;
    };
    let mut empty = 0;
    for model in ["davinci-t0-ft", "text-davinci-003"] {
        let reading = read_mapped(
            &path.join(format!("{model}_predictions.jsonl")),
            &one_part("response"),
        )
        .unwrap();
        assert_eq!(reading.summary.indexed, 252);
        empty += reading
            .flag_codes()
            .into_iter()
            .filter(|code| *code == Code::EmptyText)
            .count();
    }
    assert_eq!(empty, 48);
}

#[test]
fn the_same_rows_come_out_of_every_container() {
    let Some(plain) = rows("gsm8k/grade_school_math/data/test.jsonl", 1319) else {
        return;
    };
    let packed = rows("converted/gsm8k_test.jsonl.gz", 1319).unwrap();
    let parts =
        |reading: &Reading| -> Vec<_> { reading.samples.iter().map(|(_, s)| s.parts.clone()).collect() };
    assert_eq!(parts(&plain), parts(&packed));
    let table = rows("polyai_banking/banking_data/train.csv", 10_003).unwrap();
    let packed = rows("converted/banking77_train.csv.gz", 10_003).unwrap();
    assert_eq!(parts(&table), parts(&packed));
    let nested = rows("pubmedqa/data/ori_pqal.json", 1000).unwrap();
    let columns = rows("converted/pubmedqa_nested.zstd.parquet", 1000).unwrap();
    assert_eq!(nested.samples.len(), columns.samples.len());
    assert!(columns.samples.iter().all(|(record, _)| record.locator.is_some()));
}

#[test]
fn arrays_under_an_object_are_records_with_the_key() {
    let Some(path) = data("clinc150/data/data_small.json") else {
        return;
    };
    let map = format!(
        "columns = [\"text\", \"intent\"]\n{}[dimensions]\nsplit = \"key\"\n",
        one_part("text")
    );
    let reading = read_mapped(&path, &map).unwrap();
    assert_eq!(reading.summary.indexed, 16_200);
    let train = |split: &str| {
        let wanted = Value::Text(split.into());
        reading
            .samples
            .iter()
            .filter(|(_, sample)| sample.dimensions[0].1 == wanted)
            .count()
    };
    assert_eq!((train("train"), train("test")), (7500, 4500));
}

#[test]
fn parquet_files_are_read_or_refused_by_name() {
    let Some(folder) = data("parquet_testing") else {
        return;
    };
    for (name, field, expected) in [
        ("alltypes_plain", "string_col", 8),
        ("byte_stream_split.zstd", "f32", 300),
        ("concatenated_gzip_members", "long_col", 513),
        ("datapage_v2.snappy", "a", 5),
        ("delta_byte_array", "c_customer_id", 1000),
        ("int96_from_spark", "a", 6),
        ("list_columns", "utf8_list", 3),
        ("lz4_raw_compressed", "c1", 4),
        ("nested_lists.snappy", "b", 3),
        ("nested_maps.snappy", "b", 6),
        ("nullable.impala", "id", 7),
        ("old_list_structure", "a", 1),
        ("repeated_no_annotation", "id", 6),
        ("single_nan", "mycol", 1),
    ] {
        let path = folder.join(format!("data/{name}.parquet"));
        let reading = read_mapped(&path, &one_part(field)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(reading.summary.seen, expected, "{name}");
        match read(&path) {
            Ok(reading) => {
                assert_eq!(name, "datapage_v2.snappy");
                assert_eq!(reading.recognised.unwrap().parts[0].field, "a");
            }
            Err(fault) => assert_eq!(fault.code, Code::NoTextField, "{name}"),
        }
    }
    for name in [
        "bad_data/ARROW-GH-45185.parquet",
        "bad_data/PARQUET-1481.parquet",
        "data/uniform_encryption.parquet.encrypted",
    ] {
        let fault = read(&folder.join(name))
            .err()
            .unwrap_or_else(|| panic!("{name} was read"));
        assert!(
            matches!(fault.code, Code::DamagedFile | Code::EncryptedFile),
            "{name}: {fault}"
        );
    }
}

#[test]
fn git_lfs_pointers_are_told_from_data() {
    for name in ["helpful-base/test.jsonl.gz", "helpful-online/train.jsonl.gz"] {
        let Some(path) = data(&format!("hh_rlhf/{name}")) else {
            return;
        };
        let fault = read(&path).err().unwrap();
        assert_eq!(fault.code, Code::GitLfsPointer);
        assert!(fault.remedy.contains("git lfs pull"), "{fault}");
    }
}

#[test]
fn no_published_file_stops_the_reader() {
    let Some(root) = data("") else { return };
    let found = assay_read::walk(&[root], &assay_model::Task::silent()).unwrap();
    assert!(found.len() > 300);
    for file in found {
        let assay_read::Found::File(file) = file else {
            panic!("{file:?}")
        };
        match read(&file.path) {
            Ok(_) => {}
            Err(fault) => assert_ne!(fault.code, Code::Internal, "{fault}"),
        }
    }
}
