//! Native file dialogs, opened here so that the window never sees a usable path.
//!
//! `ASSAY_DIALOG_ANSWERS` names a file with one absolute path a line; each dialog then takes the next
//! line instead of asking. Tests of the real window use it, for nothing can press buttons outside it.

use std::path::PathBuf;
use std::sync::Mutex;

use assay_model::Fault;
use assay_workbench::Desk;
use assay_workbench::wire::{PickPurpose, PickRequest, Picked};
use rfd::AsyncFileDialog;
use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::asked::Asked;

/// Answers that stand in for a person at the dialogs; `None` to ask.
pub struct Answers(Mutex<Option<std::vec::IntoIter<PathBuf>>>);

impl Answers {
    /// Reads the file that the environment names.
    pub fn from_environment() -> Self {
        let lines =
            std::env::var_os("ASSAY_DIALOG_ANSWERS").and_then(|path| std::fs::read_to_string(path).ok());
        let paths = lines.map(|text| text.lines().map(PathBuf::from).collect::<Vec<_>>().into_iter());
        Self(Mutex::new(paths))
    }

    /// The next answer: `None` to ask a person, `Some(None)` when the answers are used up.
    fn next(&self) -> Option<Option<PathBuf>> {
        let mut answers = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        answers.as_mut().map(Iterator::next)
    }
}

#[tauri::command]
pub async fn pick_folder(
    app: AppHandle,
    window: WebviewWindow,
    request: Asked<PickRequest>,
) -> Result<Option<Picked>, Fault> {
    let picked = match app.state::<Answers>().next() {
        Some(answer) => answer,
        None => dialog(&window, &request.0)
            .pick_folder()
            .await
            .map(|folder| folder.path().to_owned()),
    };
    Ok(picked.map(|path| app.state::<Desk>().handle(path)))
}

#[tauri::command]
pub async fn pick_files(
    app: AppHandle,
    window: WebviewWindow,
    request: Asked<PickRequest>,
) -> Result<Option<Vec<Picked>>, Fault> {
    let picked = match app.state::<Answers>().next() {
        Some(answer) => answer.map(|path| vec![path]),
        None => {
            let files = dialog(&window, &request.0).pick_files().await;
            files.map(|files| files.iter().map(|file| file.path().to_owned()).collect())
        }
    };
    let desk = app.state::<Desk>();
    Ok(picked.map(|paths| paths.into_iter().map(|path| desk.handle(path)).collect()))
}

/// Where to write: a file for a chart, a pack or gold, else a folder, for what is written there has several files.
#[tauri::command]
pub async fn pick_save(
    app: AppHandle,
    window: WebviewWindow,
    request: Asked<PickRequest>,
) -> Result<Option<Picked>, Fault> {
    use PickPurpose::{ChartFile, GoldFile, PackFile};
    if !matches!(request.0.purpose, ChartFile | GoldFile | PackFile) {
        return pick_folder(app, window, request).await;
    }
    let picked = match app.state::<Answers>().next() {
        Some(answer) => answer,
        None => dialog(&window, &request.0)
            .save_file()
            .await
            .map(|file| file.path().to_owned()),
    };
    Ok(picked.map(|path| app.state::<Desk>().handle(path)))
}

/// Paths dropped since the last call are delivered by the event `drop`; nothing waits here.
#[tauri::command(async)]
pub fn drop_handles(_desk: State<'_, Desk>) -> Vec<Picked> {
    Vec::new()
}

fn dialog(window: &WebviewWindow, request: &PickRequest) -> AsyncFileDialog {
    let dialog = AsyncFileDialog::new()
        .set_title(&request.title)
        .set_parent(window);
    let dialog = match &request.name {
        Some(name) => dialog.set_file_name(name),
        None => dialog,
    };
    match request.purpose {
        PickPurpose::MapFile => dialog.add_filter("Map files", &["toml"]),
        PickPurpose::PackFile => dialog.add_filter("Packs and returns", &["assaypack", "assayreturn"]),
        PickPurpose::GoldFile => dialog.add_filter("JSON Lines", &["jsonl"]),
        PickPurpose::ContractFile => dialog.add_filter("Contracts", &["toml"]),
        _ => dialog,
    }
}
