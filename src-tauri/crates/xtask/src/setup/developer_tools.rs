//! Tools that come from the package registries in a fixed version and live under `target/tools`.
//! A tool of the right version that the machine already has is used as it is.

use crate::{Outcome, paths, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Judges dependencies: bans, licences, sources.
const CARGO_DENY: &str = "0.20.2";

/// The judge of dependencies, installed when missing.
pub fn cargo_deny() -> Outcome<PathBuf> {
    if let Some(own) = process::find("cargo-deny") {
        let mut version = process::command(&own);
        version.args(["deny", "--version"]);
        if process::collected(version).is_ok_and(|said| said.trim().ends_with(CARGO_DENY)) {
            return Ok(own);
        }
    }
    cargo_tool("cargo-deny", CARGO_DENY)
}

/// The packager, which comes with the interface's packages; it runs in the shell's folder.
pub fn tauri_cli() -> Command {
    let program = paths::ui().join("node_modules/.bin").join(if cfg!(windows) { "tauri.cmd" } else { "tauri" });
    let mut tauri = process::command(program);
    super::node::own_first(&mut tauri);
    tauri.current_dir(paths::root().join("src-tauri"));
    tauri
}

/// Installs a program from crates.io once. Unoptimised: it runs for seconds and would be compiled
/// for minutes.
fn cargo_tool(name: &str, version: &str) -> Outcome<PathBuf> {
    let home = paths::tools();
    let program = home.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() && recorded(&home, name, version) {
        return Ok(program);
    }
    println!("installing {name} {version} into target/tools");
    let mut install = process::cargo();
    install.args(["install", "--quiet", "--locked", "--debug", "--root"]).arg(&home);
    install.arg("--target-dir").arg(home.join("build")).arg(format!("{name}@{version}"));
    process::shown(install)?;
    Ok(program)
}

/// Whether cargo's record of installed programs names this version.
fn recorded(home: &Path, name: &str, version: &str) -> bool {
    let record = std::fs::read_to_string(home.join(".crates.toml")).unwrap_or_default();
    record.contains(&format!("\"{name} {version} "))
}
