//! Developer chores behind `cargo xtask`. Each verb is one short file; this one only reads the
//! verb, runs it and turns a refusal into a sentence on standard error and exit code 1.
//!
//! Plain `std` on purpose: this program is compiled first on every fresh machine, before anything
//! that it installs is there.

mod book;
mod counts;
mod display;
mod icons;
mod package;
mod paths;
mod process;
mod run;
mod setup;
mod steps;
mod tail;
mod test;
mod ui;

use std::process::ExitCode;

/// A chore either works or says in one sentence what to do.
pub type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "cargo xtask VERB

  run [--release] [--profile DIR] [--stay]
                       start the program; without a display in a virtual one, with a screenshot
  test [STEP …] [--list]
                       everything that has to hold before a change is done (or only the named steps)
  bindings [--check]   write the TypeScript types and the command map of the UI
  demo [--trade NAME] [--out FILE]
                       make the demo shop: bakery, print, design, beauty, yoga or trade
  bench [NAME …] [--size typical|large|million|extreme]
                       measure and rewrite docs/performance.md
  package [--bundles LIST]
                       make what shops install, in target/packages; on Linux .deb and .rpm
  icons                make every icon size from icons/icon.svg
  setup [--check]      install what run and test need (or only say what is missing)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) = match arguments.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let outcome = match verb {
        "run" => run::run(rest),
        "test" => return test::test(rest),
        "bindings" => book::bindings(rest),
        "demo" => book::demo(rest),
        "bench" => book::bench(rest),
        "package" => package::package(rest),
        "icons" => icons::icons(),
        "setup" => setup::verb(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("there is no chore `{unknown}`\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask {verb}: {sentence}");
            ExitCode::FAILURE
        }
    }
}
