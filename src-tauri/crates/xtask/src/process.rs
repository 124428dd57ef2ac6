//! Starting other programs: with their output on the terminal, into a log file, or collected.
//! A program that does not end in time is ended together with what it started.

use crate::Outcome;
use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A command in the repository's root, without standard input.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::paths::root()).stdin(Stdio::null());
    command
}

/// `cargo` as it was called, so that the toolchain stays the same.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set by `cargo run` for this program; they must not reach the builds that it starts.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        cargo.env_remove(name);
    }
    cargo
}

/// The command as a person would type it, for messages.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let mut words = words.map(|word| word.to_string_lossy().into_owned());
    let program = words.next().unwrap_or_default();
    let program = Path::new(&program).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or(program);
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}

/// Runs with the output on the terminal; anything but success is an error.
pub fn shown(mut command: Command) -> Outcome {
    let text = line(&command);
    println!("$ {text}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{text}` ended with {status}")),
        Err(error) => Err(format!("`{text}` could not be started: {error}")),
    }
}

/// Runs and returns standard output; anything but success is an error that carries standard error.
pub fn collected(mut command: Command) -> Outcome<String> {
    let text = line(&command);
    let output = command.output().map_err(|error| format!("`{text}` could not be started: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{text}` ended with {}: {}", output.status, said.trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs with everything that it prints going into `log`, for at most `limit`.
pub fn logged(mut command: Command, log: &Path, limit: Duration) -> Outcome {
    let text = line(&command);
    let file = File::options().create(true).append(true).open(log).map_err(|e| format!("{}: {e}", log.display()))?;
    let again = file.try_clone().map_err(|e| format!("{}: {e}", log.display()))?;
    command.stdout(file).stderr(again);
    // At a terminal Ctrl+C must reach it; where nobody sits, a limit must end all of it.
    let leads_group = in_ci();
    if leads_group {
        own_group(&mut command);
    }
    let mut child = command.spawn().map_err(|error| format!("`{text}` could not be started: {error}"))?;
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("`{text}` ended with {status}")),
            Ok(None) if started.elapsed() > limit => {
                end(&mut child, leads_group);
                return Err(format!("`{text}` did not end within {} minutes", limit.as_secs() / 60));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => return Err(format!("`{text}`: {error}")),
        }
    }
}

/// Whether a program of this name can be started.
pub fn present(program: &str) -> bool {
    find(program).is_some()
}

/// The full path of a program on the search path.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ""] } else { &[""] };
    std::env::split_paths(&path)
        .flat_map(|dir| endings.iter().map(move |ending| dir.join(format!("{program}{ending}"))))
        .find(|candidate| candidate.is_file())
}

/// Ends a program; one that leads a group of its own takes with it everything that it started.
pub fn end(child: &mut Child, leads_group: bool) {
    if leads_group && cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        std::thread::sleep(Duration::from_millis(500));
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether nobody sits in front of this run.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// Makes a program lead a group of its own, so that it can be ended whole. Ctrl+C at a terminal
/// then does not reach it.
#[cfg(unix)]
pub fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// There are no such groups here.
#[cfg(not(unix))]
pub fn own_group(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_it_would_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["fmt", "--check"]);
        assert_eq!(line(&command), "cargo fmt --check");
    }

    #[test]
    fn a_program_that_does_not_exist_is_not_present() {
        assert!(!present("no-such-program-of-the-shop"));
    }
}
