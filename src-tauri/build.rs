//! Tells Tauri which commands exist, so that each needs its permission.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    println!("cargo:rerun-if-changed=ui/dist");
    put_page_in_place();
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes).expect("the configuration and the capabilities are valid");
}

/// The page is built by npm. Without it Rust alone can still be checked, and the window says what to do.
fn put_page_in_place() {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all("ui/dist").expect("the source tree can be written");
        std::fs::write(
            page,
            "<!doctype html><title>Assay</title><p>Build the page first: make app</p>\n",
        )
        .expect("the source tree can be written");
    }
}

const COMMANDS: &[&str] = &[
    "app_state",
    "workspace_create",
    "workspace_open",
    "workspace_open_recent",
    "workspace_close",
    "sample_open",
    "person_add",
    "person_choose",
    "settings_get",
    "settings_set",
    "jobs",
    "job_cancel",
    "mapping_preview",
    "index_start",
    "overview",
    "quarantine_page",
    "fields",
    "samples_open",
    "samples_summary",
    "samples_rows",
    "samples_close",
    "sample_detail",
    "clusters_page",
    "cluster_detail",
    "compare_texts",
    "queue_preview",
    "queue_create",
    "queues",
    "queue_open",
    "review_item",
    "decide",
    "undo",
    "redo",
    "unseal",
    "flag",
    "slices",
    "slice_define",
    "slice_remove",
    "rubric_examples",
    "bulk_preview",
    "bulk_act",
    "bulk_undo",
    "gold_overview",
    "gold_candidate",
    "gold_promote",
    "gold_revoke",
    "disputes",
    "dispute_open",
    "dispute_answer",
    "dispute_settle",
    "agreement",
    "packs",
    "pack_issue",
    "pack_return",
    "pack_look",
    "pack_take",
    "rubrics",
    "rubric_add",
    "rubric_follow",
    "gold_freeze",
    "gold_export",
    "gold_anchor",
    "gold_settings",
    "label_noise",
    "signal_calibration",
    "incident_report",
    "incidents",
    "incident_nearest",
    "training",
    "training_release",
    "training_withdraw",
    "card_draft",
    "card_export",
    "card_text_write",
    "card_texts",
    "activity_page",
    "ledger_verify",
    "contract",
    "contract_choose",
    "gates",
    "gate_waive",
    "compare",
    "trends",
    "origins_recompute",
    "synthetic_mark",
    "synthetic_unmark",
    "evidence_files",
    "evidence_withdraw",
    "pairs_page",
    "passages_page",
    "duplicate_state",
    "duplicate_judge",
    "duplicate_withdraw",
    "duplicate_policy",
    "duplicate_settings",
    "measure_start",
    "across_matrix",
    "across_pairs",
    "coverage",
    "references",
    "results_preview",
    "results_add",
    "results_runs",
    "results_remove",
    "results_report",
    "leak",
    "leak_pairs",
    "effect_sizes",
    "effect_sizes_set",
    "chart_save",
    "pick_folder",
    "pick_files",
    "pick_save",
    "drop_handles",
];
