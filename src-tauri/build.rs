//! Tells Tauri which commands exist, so that each needs a permission, and writes the window's
//! capability from the same list. Without this every command would be open to every page.

use std::path::Path;

/// The one list of commands, read as text: a command stands on a line of its own.
const COMMANDS: &str = "crates/backend/src/commands.rs";
const CAPABILITY: &str = "capabilities/window.json";

/// What the page may do beside calling commands: hear of changes, and stop hearing of them.
const EVENTS: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

fn main() -> Result<(), String> {
    println!("cargo:rerun-if-changed={COMMANDS}");
    let list = std::fs::read_to_string(COMMANDS).map_err(|error| format!("{COMMANDS}: {error}"))?;
    let mut names = command_names(&list);
    if names.is_empty() {
        return Err(format!("{COMMANDS} names no command: its lines must read `name(Input) -> Output, action …;`"));
    }
    // The one command of the shell itself: a dialog, whose answer is a handle and never a path.
    names.push("pick".to_owned());

    write_if_changed(Path::new(CAPABILITY), &capability(&names))?;

    // Tauri wants the names for as long as the build lasts.
    let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).map_err(|error| format!("{error:#}"))
}

/// Names out of lines such as `sale_create(NewSale) -> SaleReceipt, action "sale.create", by sales::create;`.
fn command_names(list: &str) -> Vec<String> {
    let line = |text: &str| {
        let (name, rest) = text.trim().split_once('(')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (is_name && rest.contains(") -> ") && rest.contains(", action \"")).then(|| name.to_owned())
    };
    list.lines().filter_map(line).collect()
}

fn capability(names: &[String]) -> String {
    let allowed = names.iter().map(|name| format!("allow-{}", name.replace('_', "-")));
    let all: Vec<String> = EVENTS.iter().map(|event| (*event).to_owned()).chain(allowed).collect();
    let lines: Vec<String> = all.iter().map(|permission| format!("    \"{permission}\"")).collect();
    format!(
        "{{\n  \"identifier\": \"window\",\n  \"description\": \"Written by build.rs from the one list of commands\",\n  \
         \"local\": true,\n  \"windows\": [\"main\"],\n  \"permissions\": [\n{}\n  ]\n}}\n",
        lines.join(",\n")
    )
}

fn write_if_changed(file: &Path, text: &str) -> Result<(), String> {
    if std::fs::read_to_string(file).is_ok_and(|before| before == text) {
        return Ok(());
    }
    std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
