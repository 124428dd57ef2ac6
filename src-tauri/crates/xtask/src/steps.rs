//! The steps of `cargo xtask test`, in the order in which they run: what is quick comes first, and
//! the interface is built before the shell that carries it inside.
//!
//! All Rust steps name `--workspace` with the same features and the same profile, so that no
//! dependency is compiled twice; clippy reuses the build scripts and adds only metadata.

use crate::display::VirtualScreen;
use crate::{Outcome, book, paths, process, setup, ui};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Longest time for one command of a step.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// Journeys and window tests are compiled only with this, so that plain `cargo test` needs neither
/// browser nor window. All steps name it, or the tests would be compiled twice.
const DESKTOP: &str = "--features=shukebu-tests/desktop";

/// One thing that has to hold.
pub struct Step {
    /// The name on the command line and of the log file.
    pub name: &'static str,
    /// What holds when it passes.
    pub claim: &'static str,
    /// Steps without which this one cannot run.
    pub needs: &'static [&'static str],
    /// Runs it with all output going into the log.
    pub run: fn(&Path) -> Outcome,
}

/// Steps for this operating system. The real window and the browser journeys run on Linux, where
/// both drivers are packages of the system; everything else runs everywhere.
pub fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step { name: "format", claim: "the Rust sources are formatted", needs: &[], run: format },
        Step { name: "dependencies", claim: "bans, licences and sources", needs: &[], run: dependencies },
        Step { name: "domain", claim: "the rules compile alone", needs: &[], run: domain },
        Step { name: "ui-packages", claim: "the lock file of the interface installs", needs: &[], run: ui_packages },
        Step { name: "ui-types", claim: "the interface type-checks", needs: &["ui-packages"], run: ui_types },
        Step { name: "ui-lint", claim: "the interface keeps its rules", needs: &["ui-packages"], run: ui_lint },
        Step { name: "ui-tests", claim: "unit tests of the interface", needs: &["ui-packages"], run: ui_tests },
        Step { name: "ui-build", claim: "the interface builds", needs: &["ui-packages"], run: ui_build },
        Step { name: "build", claim: "everything compiles", needs: &["ui-build"], run: build },
        Step { name: "rust-tests", claim: "all Rust tests", needs: &["build"], run: rust_tests },
        Step { name: "clippy", claim: "no warnings", needs: &["ui-build"], run: clippy },
        Step { name: "bindings", claim: "the types of the interface are fresh", needs: &[], run: bindings },
    ];
    if cfg!(target_os = "linux") {
        steps.push(Step { name: "journeys", claim: "journeys in Chromium", needs: &["build"], run: journeys });
        steps.push(Step { name: "window", claim: "the real window", needs: &["build"], run: window });
    }
    steps
}

fn format(log: &Path) -> Outcome {
    cargo(log, &["fmt", "--all", "--check"])
}

fn dependencies(log: &Path) -> Outcome {
    let mut deny = process::command(setup::cargo_deny()?);
    // Advisories need a copy of their database from the network, so they are not part of this. Its
    // rules are in .cargo/deny.toml.
    deny.args(["--workspace", "--locked", "--log-level", "warn", "check", "bans", "licenses", "sources"]);
    process::logged(deny, log, LIMIT)
}

fn domain(log: &Path) -> Outcome {
    cargo(log, &["build", "--package", "shukebu-domain"])
}

fn ui_packages(log: &Path) -> Outcome {
    if !ui::packages_are_stale()? {
        return Ok(());
    }
    let mut npm = setup::npm();
    npm.arg("ci");
    process::logged(npm, log, LIMIT)?;
    ui::remember_packages()
}

fn ui_types(log: &Path) -> Outcome {
    process::logged(ui::script("types"), log, LIMIT)
}

fn ui_lint(log: &Path) -> Outcome {
    process::logged(ui::script("lint"), log, LIMIT)
}

fn ui_tests(log: &Path) -> Outcome {
    process::logged(ui::script("test"), log, LIMIT)
}

fn ui_build(log: &Path) -> Outcome {
    process::logged(ui::script("build"), log, LIMIT)
}

fn build(log: &Path) -> Outcome {
    cargo(log, &["build", "--workspace", "--all-targets", DESKTOP])
}

fn rust_tests(log: &Path) -> Outcome {
    // The targets are named: the journeys and the window have steps of their own.
    let mut arguments = vec!["test", "--workspace", "--lib", "--bins", "--no-fail-fast", DESKTOP];
    arguments.extend(["--test", "all", "--test", "locked", "--test", "strangers"]);
    cargo(log, &arguments)?;
    cargo(log, &["test", "--workspace", "--doc", "--no-fail-fast", DESKTOP])
}

fn clippy(log: &Path) -> Outcome {
    cargo(log, &["clippy", "--workspace", "--all-targets", DESKTOP, "--", "-D", "warnings"])
}

fn bindings(log: &Path) -> Outcome {
    book::bindings_are_fresh(log, LIMIT)
}

fn journeys(log: &Path) -> Outcome {
    on_a_screen(log, &["test", "--workspace", "--test", "journeys", "--no-fail-fast", DESKTOP])
}

fn window(log: &Path) -> Outcome {
    on_a_screen(log, &["test", "--workspace", "--test", "window", "--no-fail-fast", DESKTOP, "--", "--test-threads=1"])
}

fn cargo(log: &Path, arguments: &[&str]) -> Outcome {
    let mut cargo = process::cargo();
    cargo.env("CARGO_TERM_COLOR", "never").args(arguments);
    process::logged(cargo, log, LIMIT)
}

/// Runs tests that start windows: on a screen and a message bus of their own, so that nothing pops
/// up in front of whoever runs them and their starts are not mistaken for second ones.
fn on_a_screen(log: &Path, arguments: &[&str]) -> Outcome {
    let screen = VirtualScreen::start()?;
    let cargo = process::cargo();
    let mut private = process::command("dbus-run-session");
    private.arg("--").arg(cargo.get_program()).args(arguments);
    equip(&mut private)?;
    screen.show(&mut private);
    process::logged(private, log, LIMIT)
}

/// Tells the tests where their equipment is.
fn equip(command: &mut Command) -> Outcome {
    command.env("CARGO_TERM_COLOR", "never");
    command.env("SHUKEBU_SHELL", paths::built("debug", "shukebu"));
    command.env("SHUKEBU_CLI", paths::built("debug", "shukebu-cli"));
    command.env("SHUKEBU_SHOTS", paths::made("shots")?);
    Ok(())
}
