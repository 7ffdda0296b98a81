//! The shell: a window, its commands, its menu. Nothing else; what a user can do is the workbench's.

mod asked;
mod commands;
mod dialogs;
mod menu;

use std::path::{Path, PathBuf};

use assay_workbench::desk::is_pack;
use assay_workbench::signing::Keychain;
use assay_workbench::{Desk, DeskSettings, WorkerCommand, Workspace};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, RunEvent, Url, WindowEvent, Wry};

/// The window's label, which the capability names.
const MAIN: &str = "main";

/// Starts the application, or a worker when the hidden subcommand says so.
pub fn run() {
    if std::env::args_os().nth(1).is_some_and(|word| word == "__worker") {
        let ended = assay_workbench::worker::run();
        std::process::exit(i32::from(ended.is_err()));
    }
    let application = tauri::Builder::default()
        .plugin(stay())
        .menu(menu::build)
        .on_menu_event(|app, event| {
            if event.id().as_ref() == menu::QUIT {
                return app.exit(0);
            }
            let _ = app.emit_to(MAIN, "menu", event.id().as_ref());
        })
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
                let desk = window.state::<Desk>();
                let picked: Vec<_> = paths.iter().map(|path| desk.handle(path.clone())).collect();
                let _ = window.emit_to(MAIN, "drop", picked);
            }
        })
        .setup(|app| {
            set_up(app.handle())?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::app_state,
            commands::about,
            commands::workspace_create,
            commands::workspace_open,
            commands::workspace_open_recent,
            commands::workspace_close,
            commands::sample_open,
            commands::person_add,
            commands::person_choose,
            commands::settings_get,
            commands::settings_set,
            commands::window_zoom,
            commands::jobs,
            commands::job_cancel,
            commands::mapping_preview,
            commands::index_start,
            commands::overview,
            commands::quarantine_page,
            commands::fields,
            commands::samples_open,
            commands::samples_summary,
            commands::samples_rows,
            commands::samples_close,
            commands::sample_detail,
            commands::clusters_page,
            commands::cluster_detail,
            commands::compare_texts,
            commands::queue_preview,
            commands::queue_create,
            commands::queues,
            commands::queue_open,
            commands::review_item,
            commands::decide,
            commands::undo,
            commands::redo,
            commands::unseal,
            commands::flag,
            commands::slices,
            commands::slice_define,
            commands::slice_remove,
            commands::rubric_examples,
            commands::bulk_preview,
            commands::bulk_act,
            commands::bulk_undo,
            commands::gold_overview,
            commands::gold_candidate,
            commands::gold_promote,
            commands::gold_revoke,
            commands::disputes,
            commands::dispute_open,
            commands::dispute_answer,
            commands::dispute_settle,
            commands::agreement,
            commands::packs,
            commands::pack_issue,
            commands::pack_return,
            commands::pack_look,
            commands::pack_take,
            commands::rubrics,
            commands::rubric_add,
            commands::rubric_follow,
            commands::gold_freeze,
            commands::gold_export,
            commands::gold_anchor,
            commands::gold_settings,
            commands::label_noise,
            commands::signal_calibration,
            commands::incident_report,
            commands::incidents,
            commands::incident_nearest,
            commands::training,
            commands::training_release,
            commands::training_withdraw,
            commands::card_draft,
            commands::card_export,
            commands::card_text_write,
            commands::card_texts,
            commands::sign_look,
            commands::sign_card,
            commands::sign_join,
            commands::sign_withdraw,
            commands::sign_state,
            commands::key_create,
            commands::key_forget,
            commands::key_revoke,
            commands::keys,
            commands::trust,
            commands::release_policy,
            commands::release_preview,
            commands::release_write,
            commands::sample_lineage,
            commands::entry_proof,
            commands::head_sign,
            commands::heads_copy,
            commands::activity_page,
            commands::ledger_verify,
            commands::contract,
            commands::contract_choose,
            commands::gates,
            commands::gate_waive,
            commands::compare,
            commands::trends,
            commands::origins_recompute,
            commands::synthetic_mark,
            commands::synthetic_unmark,
            commands::evidence_files,
            commands::evidence_withdraw,
            commands::pairs_page,
            commands::passages_page,
            commands::duplicate_state,
            commands::duplicate_judge,
            commands::duplicate_withdraw,
            commands::duplicate_policy,
            commands::duplicate_settings,
            commands::measure_start,
            commands::across_matrix,
            commands::across_pairs,
            commands::coverage,
            commands::references,
            commands::results_preview,
            commands::results_add,
            commands::results_runs,
            commands::results_remove,
            commands::results_report,
            commands::leak,
            commands::leak_pairs,
            commands::effect_sizes,
            commands::effect_sizes_set,
            commands::chart_save,
            dialogs::pick_folder,
            dialogs::pick_files,
            dialogs::pick_save,
            dialogs::drop_handles,
        ])
        .build(tauri::generate_context!());
    match application {
        Ok(application) => application.run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                app.state::<Desk>().shut_down();
            }
        }),
        Err(error) => {
            eprintln!("error[INTERNAL]: the application cannot start: {error}; is a display there?");
            std::process::exit(4);
        }
    }
}

/// The window shows the application's own page and never leaves it, whatever a text in it says.
fn stay() -> TauriPlugin<Wry> {
    tauri::plugin::Builder::new("stay")
        .on_navigation(|_, url| is_own(url))
        .build()
}

/// The page's address: of a scheme of its own, or of a host of its own where the system's web view knows no such scheme.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Sets the desk up and opens the workspace that is meant: the one given, else the last one.
fn set_up(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let listener = app.clone();
    let desk = Desk::new(settings(app)?, move |job| {
        let ended = !matches!(
            job.state,
            assay_workbench::wire::JobState::Running | assay_workbench::wire::JobState::Queued
        );
        let _ = listener.emit_to(MAIN, "job", job);
        if ended && let Ok(state) = listener.state::<Desk>().app_state() {
            let _ = listener.emit_to(MAIN, "workspace", state);
        }
    })?;
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let given = match given {
        Some(path) if is_pack(&path) => {
            desk.bring_pack(path);
            None
        }
        given => given.map(|path| Workspace::meant_by(&path).to_owned()),
    };
    if let Some(folder) = given.or_else(|| desk.reopen_last()) {
        // A workspace that cannot be opened is told by the first screen, which then lists it as it is.
        if let Err(fault) = open_when_free(&desk, &folder) {
            eprintln!("{fault}");
        }
    }
    app.manage(dialogs::Answers::from_environment());
    app.manage(desk);
    Ok(())
}

/// Opens a workspace; an application that is just closing may hold it for a moment longer.
fn open_when_free(desk: &Desk, folder: &Path) -> Result<(), assay_model::Fault> {
    for _ in 0..50 {
        match desk.workspace_open_folder(folder) {
            Err(fault) if fault.code == assay_model::Code::WorkspaceLocked => {
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
            other => return other.map(|_| ()),
        }
    }
    desk.workspace_open_folder(folder).map(|_| ())
}

fn settings(app: &AppHandle) -> Result<DeskSettings, Box<dyn std::error::Error>> {
    let home = std::env::var_os("ASSAY_HOME").map(PathBuf::from);
    let documents = match &home {
        Some(home) => home.join("workspaces"),
        None => app
            .path()
            .document_dir()
            .or_else(|_| app.path().home_dir())?
            .join("Assay"),
    };
    std::fs::create_dir_all(&documents)?;
    Ok(DeskSettings {
        home: match home {
            Some(home) => home,
            None => app.path().app_config_dir()?,
        },
        documents,
        sample: bundled_sample(app),
        worker: WorkerCommand::this_executable()?,
        keychain: keychain(),
    })
}

/// The system's, unless `ASSAY_KEYCHAIN=off`.
fn keychain() -> Keychain {
    match std::env::var("ASSAY_KEYCHAIN").as_deref() {
        Ok("off") => Keychain::none(),
        _ => Keychain::of_system(),
    }
}

/// The sample dataset: among the installed resources, or in the source tree that this was built from.
fn bundled_sample(app: &AppHandle) -> Option<PathBuf> {
    let installed = app
        .path()
        .resource_dir()
        .ok()
        .map(|folder| folder.join("assets/sample"));
    let in_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    installed
        .into_iter()
        .chain([in_tree])
        .find(|folder| folder.join("assay-map.toml").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_applications_own_page_is_gone_to() {
        let own = |url: &str| is_own(&url.parse().unwrap());
        assert!(own("tauri://localhost/index.html") && own("http://tauri.localhost/"));
        for other in [
            "https://example.org/",
            "http://localhost/",
            "http://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "tauri://elsewhere/",
        ] {
            assert!(!own(other), "{other}");
        }
    }
}
