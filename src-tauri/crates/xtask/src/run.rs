//! `cargo xtask run`: the program as a shop sees it. Where there is no display it is shown on a
//! virtual screen, a picture of the painted window is saved, and the program ends again (unless
//! `--stay` keeps it).

use crate::display::{self, VirtualScreen};
use crate::setup::{self, Purpose};
use crate::{Outcome, paths, process, ui};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long the first picture may take on a slow, busy machine.
const PAINT: Duration = Duration::from_secs(90);

/// What the command line asked for.
#[derive(Default, Debug, PartialEq, Eq)]
struct Wish {
    release: bool,
    stay: bool,
    profile: Option<String>,
}

/// Prepares the machine, builds and starts.
pub fn run(arguments: &[String]) -> Outcome {
    let wish = parse(arguments)?;
    let shown = display::real_display();
    setup::prepare(if shown { Purpose::Build } else { Purpose::Window })?;
    ui::build_when_stale()?;
    build_shell(wish.release)?;

    let mut program = process::command(paths::built(if wish.release { "release" } else { "debug" }, "shukebu"));
    if let Some(profile) = &wish.profile {
        program.env("SHUKEBU_PROFILE_DIR", paths::root().join(profile));
    }
    if shown { on_the_persons_screen(program) } else { on_a_virtual_screen(program, wish.stay) }
}

/// Compiles the shell with the interface inside.
pub fn build_shell(release: bool) -> Outcome {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "shukebu"]);
    if release {
        cargo.arg("--release");
    }
    process::shown(cargo)
}

fn on_the_persons_screen(program: Command) -> Outcome {
    process::shown(program)
}

fn on_a_virtual_screen(program: Command, stay: bool) -> Outcome {
    let screen = VirtualScreen::start()?;
    // A private message bus: the start is not mistaken for a second one, notices reach nobody.
    let mut private = process::command("dbus-run-session");
    private.arg("--").arg(program.get_program());
    for (name, value) in program.get_envs() {
        if let Some(value) = value {
            private.env(name, value);
        }
    }
    screen.show(&mut private);
    let log = paths::made("logs")?.join("run.log");
    let said = std::fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    private.stderr(said);
    // The picture ends the program, and with it its message bus; one that stays hears Ctrl+C.
    if !stay {
        process::own_group(&mut private);
    }
    let started = Instant::now();
    let mut child = private.spawn().map_err(|error| format!("the program could not be started: {error}"))?;
    let file = display::pictures()?.join("run.png");
    let picture = screen.picture(&file, PAINT);
    let outcome = match child.try_wait() {
        Ok(Some(status)) => {
            Err(format!("the program ended by itself with {status}; what it said is in {}", log.display()))
        }
        _ => picture,
    };
    if outcome.is_ok() {
        println!("the window was painted after {:.1} s", started.elapsed().as_secs_f32());
        println!("there is no display here; its picture is {}", file.display());
        if stay {
            println!("it stays open on display {} until Ctrl+C", screen.name);
            let _ = child.wait();
            return Ok(());
        }
    }
    process::end(&mut child, !stay);
    outcome
}

fn parse(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish::default();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--release" => wish.release = true,
            "--stay" => wish.stay = true,
            "--profile" => {
                wish.profile = Some(words.next().ok_or("--profile needs a folder")?.clone());
            }
            other => return Err(format!("`{other}` is not known; run [--release] [--profile DIR] [--stay]")),
        }
    }
    if wish.release && wish.profile.is_some() {
        return Err("a release build keeps its book in the person's own folder; leave --profile out".into());
    }
    Ok(wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &str) -> Outcome<Wish> {
        parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_folder_for_the_book_is_only_for_debug_builds() {
        assert_eq!(wish("--profile p --stay").unwrap().profile.as_deref(), Some("p"));
        assert!(wish("--release --profile p").is_err());
        assert!(wish("--profile").is_err());
        assert!(wish("--relase").is_err());
    }
}
