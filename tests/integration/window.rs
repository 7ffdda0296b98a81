//! What the window may do, read from its configuration: the checklist of the trust chapter, line by line.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::place::root;

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_page_sees_no_global_and_its_prototypes_are_frozen() {
    let app = &json("tauri.conf.json")["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["security"]["freezePrototype"], true);
    assert_eq!(app["security"]["assetProtocol"]["enable"], false);
    assert!(app["security"]["dangerousDisableAssetCspModification"].is_null());
}

#[test]
fn nothing_is_loaded_but_the_applications_own_files() {
    let policy = json("tauri.conf.json")["app"]["security"]["csp"].clone();
    let policy = policy.as_object().expect("a content security policy").clone();
    assert_eq!(policy["default-src"], "'none'", "what is not named is refused");
    for (directive, sources) in &policy {
        for source in sources.as_str().expect("sources").split_whitespace() {
            let own = ["'self'", "'none'"].contains(&source);
            let talks = directive == "connect-src" && ["ipc:", "http://ipc.localhost"].contains(&source);
            assert!(own || talks, "{directive} allows {source}");
        }
    }
    for closed in ["base-uri", "form-action", "frame-ancestors"] {
        assert_eq!(policy[closed], "'none'", "{closed}");
    }
}

#[test]
fn one_window_may_call_assays_own_commands_and_listen() {
    let app = json("tauri.conf.json");
    let windows = app["app"]["windows"].as_array().expect("windows").len();
    assert_eq!(
        (windows, &app["app"]["security"]["capabilities"]),
        (1, &serde_json::json!(["main"]))
    );
    let files: Vec<_> = fs::read_dir(root().join("src-tauri/capabilities"))
        .expect("capabilities")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(files, ["main.json"], "each capability is looked at here");
    let capability = json("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability["remote"].is_null(), "no other origin calls anything");
    let own = own_commands();
    let mut allowed = BTreeSet::new();
    for permission in capability["permissions"].as_array().expect("permissions") {
        let name = permission
            .as_str()
            .expect("permissions are named, without scopes");
        if ["core:event:allow-listen", "core:event:allow-unlisten"].contains(&name) {
            continue;
        }
        let command = name
            .strip_prefix("allow-")
            .unwrap_or_else(|| panic!("{name} is no command of Assay's"));
        allowed.insert(command.replace('-', "_"));
    }
    assert_eq!(allowed, own, "what may be called is what there is");
}

/// The commands that the window answers: those the access list knows are those that are handled.
fn own_commands() -> BTreeSet<String> {
    let listed = quoted(between(&text("src-tauri/build.rs"), "= &[\n", "]"));
    let handled = text("src-tauri/src/lib.rs");
    let handled: BTreeSet<String> = between(&handled, "generate_handler![", "]")
        .split(',')
        .filter_map(|path| Some(path.trim().rsplit_once("::")?.1.to_owned()))
        .collect();
    assert_eq!(listed, handled);
    listed
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

fn quoted(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn no_plugin_reaches_files_programs_or_the_network() {
    let manifest = text("Cargo.toml");
    assert!(
        !manifest.contains("tauri-plugin-"),
        "a plugin brings commands of its own"
    );
    let lib = text("src-tauri/src/lib.rs");
    assert_eq!(
        lib.matches(".plugin(").count(),
        1,
        "one plugin of our own, which keeps the window on its page"
    );
    assert!(lib.contains(".on_navigation(") && !lib.contains("WebviewWindowBuilder"));
}

#[test]
fn no_source_file_of_the_page_writes_html_or_runs_text() {
    let mut looked = 0;
    for entry in walk(root().join("ui/src")) {
        let Ok(source) = fs::read_to_string(&entry) else {
            continue;
        };
        looked += 1;
        for never in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "dangerouslySetInnerHTML",
            "document.write",
            "eval(",
            "new Function",
        ] {
            assert!(!source.contains(never), "{}: {never}", entry.display());
        }
    }
    assert!(looked > 100, "{looked} files");
}

fn walk(folder: std::path::PathBuf) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(walk(path));
        } else if path.extension().is_some_and(|end| end == "ts" || end == "tsx") {
            found.push(path);
        }
    }
    found
}
