//! The native menu: every command of the window that makes sense without its context.
//!
//! A chosen item sends its command's id to the window, which runs it or says why it cannot.

use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Runtime};

/// Command id in the window, label, accelerator.
type Item = (&'static str, &'static str, Option<&'static str>);

const FILE: [Item; 5] = [
    ("data.folder", "Add a Folder…", Some("CmdOrCtrl+O")),
    ("data.files", "Add Files…", None),
    ("packs.open", "Open a Pack or a Return…", None),
    ("workspace.open", "Open Workspace…", Some("CmdOrCtrl+Shift+O")),
    ("workspace.close", "Close Workspace", None),
];

const VIEW: [Item; 15] = [
    ("go.overview", "Overview", None),
    ("go.samples", "Samples", None),
    ("go.duplicates", "Duplicates", None),
    ("go.coverage", "Coverage", None),
    ("go.results", "Results", None),
    ("go.review", "Review", None),
    ("go.adjudicate", "Adjudicate", None),
    ("go.agreement", "Agreement", None),
    ("go.packs", "Packs", None),
    ("go.rubrics", "Rubrics", None),
    ("go.gold", "Gold", None),
    ("go.gates", "Gates", None),
    ("go.card", "Card", None),
    ("go.activity", "Activity", None),
    ("go.compare", "Compare Snapshots", None),
];

/// Without accelerators: the window's own keys do it, and would do it twice.
const ZOOM: [Item; 3] = [
    ("app.larger", "Larger", None),
    ("app.smaller", "Smaller", None),
    ("app.actual_size", "Actual Size", None),
];

const TOOLS: [Item; 4] = [
    ("app.commands", "Commands…", None),
    ("app.person", "Who Is Reviewing…", None),
    ("app.theme", "Change Theme", None),
    ("app.settings", "Settings", None),
];

const HELP: [Item; 2] = [
    ("app.keys", "Keys of This Screen", None),
    ("app.about", "About Assay", None),
];

/// The one command that the shell runs itself. The system's own item does nothing on Linux.
pub const QUIT: &str = "app.quit";

/// Builds the menu.
pub fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let file = submenu(app, "File", &FILE)?
        .separator()
        .item(
            &MenuItemBuilder::with_id(QUIT, "Quit")
                .accelerator("CmdOrCtrl+Q")
                .build(app)?,
        )
        .build()?;
    let edit = SubmenuBuilder::new(app, "Edit")
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    let view = with_items(app, submenu(app, "View", &VIEW)?.separator(), &ZOOM)?.build()?;
    let tools = submenu(app, "Tools", &TOOLS)?.build()?;
    let help = submenu(app, "Help", &HELP)?.build()?;
    MenuBuilder::new(app)
        .items(&[&file, &edit, &view, &tools, &help])
        .build()
}

fn submenu<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    title: &str,
    items: &[Item],
) -> tauri::Result<SubmenuBuilder<'a, R, AppHandle<R>>> {
    with_items(app, SubmenuBuilder::new(app, title), items)
}

fn with_items<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    mut menu: SubmenuBuilder<'a, R, AppHandle<R>>,
    items: &[Item],
) -> tauri::Result<SubmenuBuilder<'a, R, AppHandle<R>>> {
    for (id, label, accelerator) in items {
        let mut item = MenuItemBuilder::with_id(*id, *label);
        if let Some(accelerator) = accelerator {
            item = item.accelerator(accelerator);
        }
        menu = menu.item(&item.build(app)?);
    }
    Ok(menu)
}
