//! What journeys and window tests are made with.

pub mod browser;
pub mod host;
pub mod http;
pub mod page;
#[cfg(target_os = "linux")]
pub mod shell;
pub mod steps;
pub mod webdriver;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for anything that is shown; a busy machine of two cores is slow, not broken.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where pictures go: `SHUKEBU_SHOTS`, or `target/shots`.
pub fn shots() -> PathBuf {
    let folder = std::env::var_os("SHUKEBU_SHOTS").map_or_else(|| root().join("target/shots"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("the folder of pictures can be made");
    folder
}

/// Asks again and again until there is an answer; `None` when patience ends.
pub fn wait_for<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if started.elapsed() > PATIENCE {
            return None;
        }
        std::thread::sleep(Duration::from_millis(40));
    }
}

/// A port on this machine that is free now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// A program that ends with this value.
pub struct Server(Child);

impl Server {
    /// Starts a driver and waits until its port answers.
    pub fn start(mut command: Command, port: u16) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("{name} cannot be started ({error}); `cargo xtask setup` installs what the tests need")
        });
        let server = Self(child);
        let answers = || std::net::TcpStream::connect(("127.0.0.1", port)).ok();
        assert!(wait_for(answers).is_some(), "{name} does not answer on its port");
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
