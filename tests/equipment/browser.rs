//! Chromium through its driver, with a profile of its own and nothing that calls out.

use super::page::{Eye, Page};
use super::webdriver::Session;
use super::{Server, free_port};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A Chromium that ends with this value.
pub struct Browser {
    /// What it shows. Ends before the driver does.
    pub page: Page,
    _driver: Server,
    _profile: TempDir,
}

impl Browser {
    /// Starts Chromium at an address.
    pub fn open(address: &str, name: &str) -> Self {
        let port = free_port();
        let mut driver = Command::new("chromedriver");
        driver.arg(format!("--port={port}")).arg("--log-level=OFF");
        let driver = Server::start(driver, port);
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let data = format!("--user-data-dir={}", profile.path().display());
        let session = Session::start(
            port,
            &json!({
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "binary": chromium(),
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                        "--no-first-run", "--no-proxy-server", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--lang=zh-CN", "--accept-lang=zh-CN",
                        "--window-size=1366,768", data,
                    ],
                    "prefs": { "intl.accept_languages": "zh-CN,zh" },
                },
            }),
        );
        session.open(address);
        Self { page: Page::new(session, name, Eye::Browser), _driver: driver, _profile: profile }
    }
}

/// The browser goes by several names.
fn chromium() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
        .expect("Chromium is installed; `cargo xtask setup` installs it")
}
