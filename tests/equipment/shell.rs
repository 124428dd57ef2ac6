//! The real window through its driver: the built program with a profile of its own, a clock in a
//! file, and dialogs that answer what a file says.

use super::page::Page;
use super::webdriver::Session;
use super::{Server, free_port, root};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A profile and the drivers; the program itself is started and ended by [`Shell::open`].
pub struct Shell {
    profile: TempDir,
    name: String,
}

/// A started program that ends with this value.
pub struct Window {
    /// What it shows. Ends first.
    pub page: Page,
    _driver: Server,
    profile: PathBuf,
}

impl Shell {
    /// An empty profile.
    pub fn new(name: &str) -> Self {
        Self { profile: tempfile::tempdir().expect("a folder for the profile"), name: name.to_owned() }
    }

    /// The profile folder.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Moves the clock: an RFC 3339 instant, or seconds by which the machine's clock is shifted.
    pub fn set_clock(&self, text: &str) {
        let clock = self.profile().join("clock");
        // In one step: the program may read it at any moment.
        let fresh = self.profile().join("clock.new");
        std::fs::write(&fresh, text).and_then(|()| std::fs::rename(&fresh, &clock)).expect("the clock can be set");
    }

    /// What dialogs answer from now on.
    pub fn will_pick(&self, path: &Path) {
        std::fs::write(self.profile().join("pick"), path.display().to_string()).expect("the choice can be noted");
    }

    /// Starts the program and waits for its page.
    pub fn open(&self) -> Window {
        let (port, native) = (free_port(), free_port());
        let mut driver = Command::new(told("SHUKEBU_TAURI_DRIVER", "target/tools/bin/tauri-driver"));
        driver.arg("--port").arg(port.to_string()).arg("--native-port").arg(native.to_string());
        // The program is started by the driver's driver and inherits all of this.
        driver.env("SHUKEBU_PROFILE_DIR", self.profile()).env("SHUKEBU_ALONE", "1");
        driver.env("SHUKEBU_CLOCK_FILE", self.profile().join("clock"));
        driver.env("SHUKEBU_PICK_FILE", self.profile().join("pick"));
        let driver = Server::start(driver, &[port, native]);
        let program = told("SHUKEBU_SHELL", "target/debug/shukebu");
        let wanted = json!({ "browserName": "wry", "tauri:options": { "application": program } });
        let session = Session::start(port, &wanted);
        let page = Page::new(session, &self.name);
        Window { page, _driver: driver, profile: self.profile().to_path_buf() }
    }
}

impl Window {
    /// Closes the window and waits until the program has let go of the book.
    pub fn close(self) {
        let profile = self.profile.clone();
        drop(self);
        let gone = super::wait_for(|| running(&profile).is_empty().then_some(()));
        assert!(gone.is_some(), "the program does not end");
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A test that failed leaves the program running; it is known by its profile.
        if std::thread::panicking() {
            for process in running(&self.profile) {
                let _ = Command::new("kill").arg(process.to_string()).status();
            }
        }
    }
}

/// Programs that run on this profile, drivers not counted.
fn running(profile: &Path) -> Vec<u32> {
    let mark = format!("SHUKEBU_PROFILE_DIR={}", profile.display());
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id: &u32| {
            let name = std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            name.trim() == "shukebu" && environment.split(|byte| *byte == 0).any(|pair| pair == mark.as_bytes())
        })
        .collect()
}

fn told(name: &str, usual: &str) -> PathBuf {
    let path = std::env::var_os(name).map_or_else(|| root().join(usual), PathBuf::from);
    assert!(path.is_file(), "{} is not there; run `cargo xtask test window`", path.display());
    path
}
