//! The web interface as the shell needs it: its packages installed and its pages built, each only
//! when something changed.

use crate::{Outcome, paths, process, setup};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// An npm script of the interface.
pub fn script(name: &str) -> Command {
    let mut npm = setup::npm();
    npm.args(["run", name]).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    npm
}

/// `npm ci`, which installs exactly what the lock file names.
pub fn install_packages() -> Outcome {
    if !packages_are_stale()? {
        return Ok(());
    }
    let mut npm = setup::npm();
    npm.arg("ci");
    process::shown(npm)?;
    remember_packages()
}

/// Whether the lock file differs from the one that was installed last.
pub fn packages_are_stale() -> Outcome<bool> {
    let lock = read(&paths::ui().join("package-lock.json"))?;
    Ok(std::fs::read(remembered()).map(|before| before != lock).unwrap_or(true))
}

/// Notes which lock file is installed.
pub fn remember_packages() -> Outcome {
    let lock = read(&paths::ui().join("package-lock.json"))?;
    std::fs::write(remembered(), lock).map_err(|error| format!("{}: {error}", remembered().display()))
}

/// Builds the pages when a source is newer than what was built.
pub fn build_when_stale() -> Outcome {
    install_packages()?;
    let built = modified(&paths::ui().join("dist/index.html"));
    let newest = newest_source(&paths::ui())?;
    if built.is_some_and(|built| built >= newest) {
        return Ok(());
    }
    process::shown(script("build"))
}

fn remembered() -> std::path::PathBuf {
    // Inside node_modules, so that removing the folder forgets it too.
    paths::ui().join("node_modules/.installed-lock.json")
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|facts| facts.modified()).ok()
}

/// When the newest file of the interface's sources was written.
fn newest_source(dir: &Path) -> Outcome<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let entries = std::fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name == "node_modules" || name == "dist" {
            continue;
        }
        let path = entry.path();
        let found = if path.is_dir() { Some(newest_source(&path)?) } else { modified(&path) };
        newest = newest.max(found.unwrap_or(SystemTime::UNIX_EPOCH));
    }
    Ok(newest)
}
