//! Node.js and npm for the web interface. Debian 12 ships Node.js 18, which is too old for the
//! interface's build; the npm registry carries the Node.js program itself, so an old npm is enough
//! to fetch a newer pair under `target/tools`.

use super::apt;
use crate::{Outcome, paths, process};
use std::path::PathBuf;
use std::process::Command;

/// What has to be there, in words.
pub const WANTED: &str = "Node.js 20.19 or newer with npm 11 or newer";

/// Oldest Node.js that builds the interface, and oldest npm that installs its packages whole.
const NODE: (u32, u32) = (20, 19);
const NPM: (u32, u32) = (11, 0);

/// What is fetched where the machine's own are too old.
const NODE_FETCHED: &str = "20.20.2";
const NPM_FETCHED: &str = "11.19.1";

/// `npm` that finds a Node.js that is new enough, in the interface's folder.
pub fn npm() -> Command {
    let mut npm = process::command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(paths::ui());
    own_first(&mut npm);
    // Quiet, and no calls that have nothing to do with the packages.
    for (name, value) in [("audit", "false"), ("fund", "false"), ("update_notifier", "false")] {
        npm.env(format!("npm_config_{name}"), value);
    }
    npm
}

/// Makes sure that Node.js and npm are there and new enough.
pub fn ensure() -> Outcome {
    if good_enough() {
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        return Err(format!(
            "{WANTED} is missing: https://nodejs.org, or winget install OpenJS.NodeJS.LTS, or brew install node"
        ));
    }
    if !process::present("npm") {
        if !process::present("apt-get") {
            return Err(format!("{WANTED} is missing: https://nodejs.org"));
        }
        println!("installing Node.js and npm of the system");
        apt::install(&["nodejs", "npm"])?;
    }
    if good_enough() {
        return Ok(());
    }
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => {
            return Err(format!("{WANTED} is missing, and there is none to fetch for {other}: https://nodejs.org"));
        }
    };
    println!("the system's Node.js or npm is too old; fetching {NODE_FETCHED} and npm {NPM_FETCHED} into target/tools");
    let home = paths::made("tools/node")?;
    let mut npm = process::command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&home);
    npm.arg(format!("node-linux-{machine}@{NODE_FETCHED}")).arg(format!("npm@{NPM_FETCHED}"));
    process::shown(npm)?;
    if good_enough() { Ok(()) } else { Err(format!("{WANTED} could not be fetched into {}", home.display())) }
}

/// Whether what would be used is new enough.
pub fn good_enough() -> bool {
    at_least("node", NODE) && at_least(if cfg!(windows) { "npm.cmd" } else { "npm" }, NPM)
}

fn at_least(program: &str, wanted: (u32, u32)) -> bool {
    let mut command = process::command(program);
    own_first(&mut command);
    command.arg("--version");
    process::collected(command).ok().and_then(|said| version(&said)).is_some_and(|found| found >= wanted)
}

/// Puts the fetched pair in front of the search path, where there is one.
pub fn own_first(command: &mut Command) {
    let own: PathBuf = paths::tools().join("node/node_modules/.bin");
    if !own.is_dir() {
        return;
    }
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own.clone()).chain(std::env::split_paths(&rest));
    if let Ok(path) = std::env::join_paths(all) {
        command.env("PATH", path);
    }
}

/// Major and minor number out of "v20.20.2".
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("11.19.1"), Some((11, 19)));
        assert!(version("v20.9.0") < Some(NODE), "9 is less than 19 although the text is not");
        assert_eq!(version("not found"), None);
    }
}
