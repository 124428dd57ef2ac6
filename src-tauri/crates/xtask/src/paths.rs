//! Where things lie in the repository and under `target/`. Every other file asks here, so that a
//! moved folder is changed in one place.

use crate::Outcome;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // CARGO_MANIFEST_DIR is src-tauri/crates/xtask, three steps below the root.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap_or(Path::new(".")).to_path_buf()
}

/// The build folder: `CARGO_TARGET_DIR` where it is set, else `target`.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A folder of the web interface's sources.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// A program that the workspace builds, for example `shukebu` in `debug`.
pub fn built(profile: &str, program: &str) -> PathBuf {
    target().join(profile).join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// Where own copies of developer tools are installed.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// A folder under `target/` that exists afterwards.
pub fn made(name: &str) -> Outcome<PathBuf> {
    let dir = target().join(name);
    std::fs::create_dir_all(&dir).map_err(|error| format!("cannot make {}: {error}", dir.display()))?;
    Ok(dir)
}
