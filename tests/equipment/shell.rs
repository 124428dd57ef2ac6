//! The real window through the web view's own driver: the built program with a profile of its own,
//! a clock in a file, and dialogs that answer what a file says.

use super::page::{Eye, Page};
use super::webdriver::Session;
use super::{Server, free_port, root};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A profile and the drivers; the program itself is started and ended by [`Shell::open`].
pub struct Shell {
    profile: TempDir,
    name: String,
}

/// A started program that ends with this value.
pub struct Window {
    /// What it shows.
    pub page: Page,
    // Dropped in this order: the session ends with the page, then the program, then the driver.
    program: Program,
    _driver: Server,
}

/// The programs that run on a profile.
struct Program {
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
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        // The driver starts the program, which inherits all of this.
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("SHUKEBU_ALONE", "1");
        driver.env("SHUKEBU_PROFILE_DIR", self.profile());
        driver.env("SHUKEBU_CLOCK_FILE", self.profile().join("clock"));
        driver.env("SHUKEBU_PICK_FILE", self.profile().join("pick"));
        let driver = Server::start(driver, port);
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": program(), "args": [] } });
        let session = Session::start(port, &wanted);
        let page = Page::new(session, &self.name, Eye::Display);
        Window { page, program: Program { profile: self.profile().to_path_buf() }, _driver: driver }
    }
}

impl Window {
    /// Ends the program and waits until it has let go of the book.
    pub fn close(self) {
        let profile = self.program.profile.clone();
        drop(self);
        assert!(running(&profile).is_empty(), "the program does not end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A driver that has gone leaves its program running, and one that was asked to end it may
        // take its time, so it is ended here: it is known by its profile.
        for signal in ["-TERM", "-KILL"] {
            for process in running(&self.profile) {
                let _ = Command::new("kill").arg(signal).arg(process.to_string()).status();
            }
            let gone = || running(&self.profile).is_empty();
            if (0..100).any(|_| {
                gone() || {
                    std::thread::sleep(Duration::from_millis(50));
                    false
                }
            }) {
                return;
            }
        }
    }
}

/// Their process numbers, drivers not counted.
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

/// The built program: `SHUKEBU_SHELL`, or the debug build.
fn program() -> PathBuf {
    let path = std::env::var_os("SHUKEBU_SHELL").map_or_else(|| root().join("target/debug/shukebu"), PathBuf::from);
    assert!(path.is_file(), "{} is not there; run `cargo xtask test window`", path.display());
    path
}
