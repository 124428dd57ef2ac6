//! System packages on Debian, Ubuntu and what descends from them: which are missing, and their
//! installation with `apt-get`.

use super::Purpose;
use crate::{Outcome, process};
use std::collections::BTreeSet;

/// To compile the shell and the encryption library.
const BUILD: &[&str] = &[
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "make",
    "perl",
    "pkg-config",
];

/// To show the window without a display and take its picture, with Chinese letters in it.
const WINDOW: &[&str] = &["dbus", "dbus-x11", "fonts-noto-cjk", "imagemagick", "xauth", "xdotool", "xvfb"];

/// To drive the window and a browser.
const TEST: &[&str] = &["chromium", "chromium-driver", "git", "webkit2gtk-driver"];

/// A package is not needed when one of these programs is there already: Ubuntu has no `chromium`
/// package, but its machines often have Chrome.
const STAND_INS: &[(&str, &[&str])] = &[
    ("chromium", &["chromium", "chromium-browser", "google-chrome"]),
    ("chromium-driver", &["chromedriver"]),
    ("git", &["git"]),
];

/// Installs what is missing, or says what to type.
pub fn install_missing(purpose: Purpose) -> Outcome {
    let missing = missing(purpose)?;
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !process::present("apt-get") {
        return Err(format!("this is no Debian or Ubuntu; install by hand what these packages bring: {list}"));
    }
    println!("installing system packages: {list}");
    apt_get(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(missing.iter().map(String::as_str));
    apt_get(&install)
}

/// Installs packages by name, for example an older Node.js to begin with.
pub fn install(packages: &[&str]) -> Outcome {
    apt_get(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    apt_get(&install)
}

/// The packages of a purpose that are not installed.
pub fn missing(purpose: Purpose) -> Outcome<Vec<String>> {
    let mut wanted: Vec<&str> = BUILD.to_vec();
    if purpose != Purpose::Build {
        wanted.extend(WINDOW);
    }
    if purpose == Purpose::Test {
        wanted.extend(TEST);
    }
    wanted.retain(|package| !stands_in(package));
    if !process::present("dpkg-query") {
        return Ok(wanted.into_iter().map(str::to_owned).collect());
    }
    // dpkg-query ends with an error when it does not know one of the names; its answer still counts.
    let mut query = process::command("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\\n"]).args(&wanted);
    let answer = query.output().map_err(|error| format!("dpkg-query could not be started: {error}"))?;
    let installed = installed(&String::from_utf8_lossy(&answer.stdout));
    Ok(wanted.into_iter().filter(|name| !installed.contains(*name)).map(str::to_owned).collect())
}

fn stands_in(package: &str) -> bool {
    STAND_INS.iter().any(|(name, programs)| *name == package && programs.iter().any(|one| process::present(one)))
}

/// Names that stand as installed in the answer; half-installed and removed ones do not.
fn installed(answer: &str) -> BTreeSet<String> {
    answer.lines().filter_map(|line| line.strip_suffix(" installed")).map(str::to_owned).collect()
}

fn apt_get(arguments: &[&str]) -> Outcome {
    // Another apt run (automatic updates of a new machine) is waited for.
    let fixed = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-q"];
    let root = is_root();
    let mut command = if root { process::command("apt-get") } else { process::command("sudo") };
    if !root {
        if !process::present("sudo") {
            return Err(format!("run as root: apt-get {}", arguments.join(" ")));
        }
        // sudo asks for its password at the terminal; without one it must not wait for ever.
        if process::in_ci() {
            command.arg("--non-interactive");
        } else {
            command.stdin(std::process::Stdio::inherit());
        }
        command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive").args(fixed).args(arguments);
    process::shown(command)
}

fn is_root() -> bool {
    let mut id = process::command("id");
    id.arg("-u");
    process::collected(id).is_ok_and(|answer| answer.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_counts_as_missing() {
        let answer = "xvfb installed\nperl not-installed\nfile config-files\ngit half-installed\n";
        assert_eq!(installed(answer).into_iter().collect::<Vec<_>>(), ["xvfb"]);
    }
}
