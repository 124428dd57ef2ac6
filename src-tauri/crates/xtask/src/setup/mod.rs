//! What a machine must have before the program can be built, started or tested, and how it gets
//! there. On Debian and Ubuntu missing packages are installed; elsewhere the missing things are
//! named with the words that install them. Nothing is ever skipped silently: what cannot be had
//! stops the run.

mod apt;
mod developer_tools;
mod node;

pub use developer_tools::{cargo_deny, tauri_cli};
pub use node::npm;

use crate::{Outcome, process};

/// What the machine is prepared for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Compile the program and its interface.
    Build,
    /// Also show its window where there is no display.
    Window,
    /// Also drive a browser and the real window.
    Test,
}

/// Installs what is missing for a purpose.
pub fn prepare(purpose: Purpose) -> Outcome {
    if cfg!(target_os = "linux") {
        apt::install_missing(purpose)?;
        if purpose == Purpose::Test {
            present_for_tests()?;
        }
    } else if cfg!(windows) {
        windows_needs()?;
    } else {
        macos_needs()?;
    }
    node::ensure()
}

/// `cargo xtask setup`: everything that `run` and `test` need.
pub fn verb(arguments: &[String]) -> Outcome {
    match arguments {
        [] => {
            prepare(Purpose::Test)?;
            crate::ui::install_packages()?;
            cargo_deny()?;
            println!("everything is there");
            Ok(())
        }
        [flag] if flag == "--check" => check(),
        _ => Err("usage: cargo xtask setup [--check]".into()),
    }
}

/// Says what is missing and installs nothing.
fn check() -> Outcome {
    let mut missing = if cfg!(target_os = "linux") { apt::missing(Purpose::Test)? } else { Vec::new() };
    if !node::good_enough() {
        missing.push(node::WANTED.to_owned());
    }
    if missing.is_empty() {
        println!("nothing is missing");
        return Ok(());
    }
    Err(format!("missing: {}; `cargo xtask setup` installs it on Debian and Ubuntu", missing.join(", ")))
}

/// Programs that the tests start. Without one of them the tests fail; they are never left out.
fn present_for_tests() -> Outcome {
    let needed = [
        ("Xvfb", "xvfb"),
        ("dbus-run-session", "dbus"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("chromedriver", "chromium-driver"),
        ("import", "imagemagick"),
    ];
    let gone: Vec<&str> =
        needed.iter().filter(|(program, _)| !process::present(program)).map(|(_, package)| *package).collect();
    if gone.is_empty() { Ok(()) } else { Err(format!("the tests need these packages: {}", gone.join(" "))) }
}

fn windows_needs() -> Outcome {
    if process::present("cl") || std::path::Path::new("C:/Program Files (x86)/Microsoft Visual Studio").exists() {
        return perl_for_encryption("winget install StrawberryPerl.StrawberryPerl");
    }
    Err("install the Visual Studio Build Tools with \"Desktop development with C++\" \
         (winget install Microsoft.VisualStudio.2022.BuildTools), Strawberry Perl \
         (winget install StrawberryPerl.StrawberryPerl) and Node.js 20 or newer \
         (winget install OpenJS.NodeJS.LTS). Windows 11 and current Windows 10 have WebView2 already."
        .into())
}

fn macos_needs() -> Outcome {
    if process::present("clang") {
        return perl_for_encryption("brew install perl");
    }
    Err("install Apple's command line tools (xcode-select --install) and Node.js 20 or newer (brew install node)"
        .into())
}

/// The encryption library's own build script is written in Perl.
fn perl_for_encryption(how: &str) -> Outcome {
    if process::present("perl") { Ok(()) } else { Err(format!("Perl is missing: {how}")) }
}
