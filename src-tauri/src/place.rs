//! Where the program keeps its own notes, and the switches with which tests start it somewhere
//! else, at another time, beside another one. All but one exist in debug builds only: a shop's
//! program cannot be told another time from outside.

use std::path::PathBuf;
use tauri::{AppHandle, Manager, Wry};

/// A profile folder given from outside (`SHUKEBU_PROFILE_DIR`, debug builds only).
pub fn profile() -> Option<PathBuf> {
    debug_switch("SHUKEBU_PROFILE_DIR").map(PathBuf::from)
}

/// The file that sets the clock (`SHUKEBU_CLOCK_FILE`, debug builds only).
pub fn clock_file() -> Option<PathBuf> {
    debug_switch("SHUKEBU_CLOCK_FILE").map(PathBuf::from)
}

/// A file that names what a person would choose in a dialog (`SHUKEBU_PICK_FILE`, debug builds
/// only): dialogs belong to the operating system and cannot be driven from a test.
pub fn pick_file() -> Option<PathBuf> {
    debug_switch("SHUKEBU_PICK_FILE").map(PathBuf::from)
}

/// Whether this start must not be mistaken for a second one (`SHUKEBU_ALONE`). The book itself is
/// locked by whoever has it open, so nothing is lost by this.
pub fn is_alone() -> bool {
    std::env::var_os("SHUKEBU_ALONE").is_some_and(|value| !value.is_empty())
}

/// The folder of the program's own notes; it exists afterwards. Not the roaming folder of Windows:
/// a book does not travel through a network at every login.
pub fn home(app: &AppHandle<Wry>) -> Result<PathBuf, String> {
    let home = match profile() {
        Some(profile) => profile,
        None => {
            app.path().app_local_data_dir().map_err(|error| format!("there is no folder for the program: {error}"))?
        }
    };
    std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    Ok(home)
}

fn debug_switch(name: &str) -> Option<std::ffi::OsString> {
    if cfg!(debug_assertions) { std::env::var_os(name).filter(|value| !value.is_empty()) } else { None }
}
