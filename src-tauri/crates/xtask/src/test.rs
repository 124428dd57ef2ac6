//! `cargo xtask test`: runs the steps one after the other, each with its output in
//! `target/logs/<step>.log` and its time on the terminal. A step that fails shows the end of its
//! log; the steps that do not need it still run, so that one run tells all that is wrong. The last
//! line is the sum of all tests, `N passed, M failed`.

use crate::counts::{Counts, counted};
use crate::setup::{self, Purpose};
use crate::steps::{Step, steps};
use crate::tail::{last_lines, plain};
use crate::{Outcome, paths};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Lines of a failed step's log that are shown.
const TAIL: usize = 80;

/// How one step ended.
struct Report {
    name: &'static str,
    time: Duration,
    counts: Counts,
    /// Why it failed.
    problem: Option<String>,
}

/// Runs all steps, or those that are named.
pub fn test(arguments: &[String]) -> ExitCode {
    match chosen(arguments) {
        Ok(Some(chosen)) => run_all(&chosen),
        Ok(None) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask test: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The steps to run; nothing when they were only to be listed.
fn chosen(arguments: &[String]) -> Outcome<Option<Vec<Step>>> {
    let all = steps();
    if arguments.iter().any(|word| word == "--list") {
        for step in all {
            println!("{:<14} {}", step.name, step.claim);
        }
        return Ok(None);
    }
    if let Some(unknown) = arguments.iter().find(|name| !all.iter().any(|step| step.name == name.as_str())) {
        return Err(format!("there is no step `{unknown}`; `cargo xtask test --list` names them"));
    }
    let wanted = |step: &Step| arguments.is_empty() || arguments.iter().any(|name| name == step.name);
    Ok(Some(all.into_iter().filter(wanted).collect()))
}

fn run_all(chosen: &[Step]) -> ExitCode {
    let started = Instant::now();
    let logs = match paths::made("logs") {
        Ok(logs) => logs,
        Err(sentence) => {
            eprintln!("xtask test: {sentence}");
            return ExitCode::FAILURE;
        }
    };
    let mut reports = vec![setting_up()];
    for step in chosen {
        let gone = reports.iter().filter(|report| report.problem.is_some());
        let gone: Vec<&str> = gone.map(|report| report.name).filter(|name| needed(step, name)).collect();
        let report = if gone.is_empty() {
            run_one(step, &logs.join(format!("{}.log", step.name)))
        } else {
            let problem = Some(format!("not run, because it needs {}", gone.join(", ")));
            Report { name: step.name, time: Duration::ZERO, counts: Counts::default(), problem }
        };
        reports.push(report);
    }
    conclude(&reports, started.elapsed())
}

fn needed(step: &Step, failed: &str) -> bool {
    failed == "setup" || step.needs.contains(&failed)
}

/// Installs what the steps need; its output goes to the terminal, since it may ask for a password.
fn setting_up() -> Report {
    let started = Instant::now();
    let problem = setup::prepare(Purpose::Test).err();
    let report = Report { name: "setup", time: started.elapsed(), counts: Counts::default(), problem };
    announce(&report);
    report
}

fn run_one(step: &Step, log: &Path) -> Report {
    let started = Instant::now();
    let _ = std::fs::remove_file(log);
    let outcome = (step.run)(log);
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let report = Report { name: step.name, time: started.elapsed(), counts: counted(&text), problem: outcome.err() };
    announce(&report);
    if report.problem.is_some() {
        println!("---- end of {} ----", log.display());
        println!("{}", last_lines(&plain(&text), TAIL));
        println!("----");
    }
    report
}

fn announce(report: &Report) {
    println!("{}", row(report));
}

fn row(report: &Report) -> String {
    let mark = if report.problem.is_some() { "FAILED" } else { "ok" };
    let tests = if report.counts == Counts::default() { String::new() } else { format!("  {}", report.counts) };
    let why = report.problem.as_ref().map(|why| format!("  {why}")).unwrap_or_default();
    format!("{mark:<6} {:<14} {:>7.1} s{tests}{why}", report.name, report.time.as_secs_f32())
}

/// The list of all steps, and the sum as the last line.
fn conclude(reports: &[Report], time: Duration) -> ExitCode {
    println!("\nsteps:");
    for report in reports {
        println!("{}", row(report));
    }
    println!("{:.1} minutes in all", time.as_secs_f32() / 60.0);
    let sum = sum(reports);
    // A run in which nothing was tested must not look like one in which all held.
    let good = sum.failed == 0;
    println!("{sum}");
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All tests; a step that failed without a failed test of its own counts as one.
fn sum(reports: &[Report]) -> Counts {
    let mut sum = Counts::default();
    for report in reports {
        sum += report.counts;
        if report.problem.is_some() && report.counts.failed == 0 {
            sum.failed += 1;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(passed: u64, failed: u64, problem: Option<&str>) -> Report {
        let problem = problem.map(str::to_owned);
        Report { name: "step", time: Duration::ZERO, counts: Counts { passed, failed }, problem }
    }

    #[test]
    fn a_step_without_tests_that_fails_is_in_the_sum() {
        let reports = [report(10, 0, None), report(0, 0, Some("ended with 1")), report(5, 2, Some("ended with 101"))];
        assert_eq!(sum(&reports), Counts { passed: 15, failed: 3 });
    }

    #[test]
    fn every_step_needs_only_steps_that_come_before_it() {
        let all = steps();
        for (at, step) in all.iter().enumerate() {
            for need in step.needs {
                assert!(all.iter().take(at).any(|earlier| earlier.name == *need), "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn a_misspelt_step_is_refused_instead_of_testing_nothing() {
        assert!(chosen(&["clipy".to_owned()]).is_err());
    }
}
