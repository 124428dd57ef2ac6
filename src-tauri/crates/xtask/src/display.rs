//! A screen to show windows on: the person's own, or a virtual one that ends with this value.

use crate::{Outcome, paths, process};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Size of the virtual screen; the smallest shop computer that the window is designed for.
const SCREEN: &str = "1366x768x24";

/// A virtual screen; it ends when the value is dropped.
pub struct VirtualScreen {
    server: Child,
    /// What `DISPLAY` has to be, for example `:3`.
    pub name: String,
}

/// Whether windows can be shown to a person here.
pub fn real_display() -> bool {
    if cfg!(target_os = "linux") {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        set("DISPLAY") || set("WAYLAND_DISPLAY")
    } else {
        true
    }
}

impl VirtualScreen {
    /// Starts a virtual X server on a free number.
    pub fn start() -> Outcome<VirtualScreen> {
        let mut server = process::command("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb could not be started: {error}; `cargo xtask setup` installs it"))?;
        // The server writes the number that it chose once it can be used.
        let mut number = String::new();
        let read = match server.stdout.take() {
            Some(out) => BufReader::new(out).read_line(&mut number).is_ok(),
            None => false,
        };
        let number = number.trim();
        if !read || number.is_empty() {
            let _ = server.kill();
            let _ = server.wait();
            return Err("Xvfb ended before it gave a display number".into());
        }
        Ok(VirtualScreen { name: format!(":{number}"), server })
    }

    /// Makes a program show its windows on this screen, drawn without a graphics card.
    pub fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        // Nobody with a screen reader looks at it, and its bus would outlive the program.
        command.env("NO_AT_BRIDGE", "1");
        command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1").env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }

    /// Waits until something is painted and has stopped changing, then saves the screen as a PNG.
    pub fn picture(&self, file: &Path, limit: Duration) -> Outcome {
        let started = Instant::now();
        let mut before = String::new();
        while started.elapsed() < limit {
            std::thread::sleep(Duration::from_millis(700));
            let mut import = process::command("import");
            import.args(["-display", &self.name, "-window", "root"]).arg(file);
            process::collected(import)?;
            let mut identify = process::command("identify");
            identify.args(["-format", "%k %#"]).arg(file);
            let seen = process::collected(identify)?;
            // An empty screen has one colour; a spinner on paper has few; text has many.
            let colours: u32 = seen.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
            if colours > 40 && seen == before {
                return Ok(());
            }
            before = seen;
        }
        Err(format!("nothing steady was painted within {} s; the last picture is {}", limit.as_secs(), file.display()))
    }
}

impl Drop for VirtualScreen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Where pictures of the window go.
pub fn pictures() -> Outcome<std::path::PathBuf> {
    paths::made("shots")
}
