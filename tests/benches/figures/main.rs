//! `cargo xtask bench [NAME …] [--size typical|large|million|extreme]`: how fast the program is, against what bounds it.

// As a path, so that its parts lie beside it here as well as under the test that runs everything once.
#[path = "run.rs"]
mod run;

fn main() -> std::process::ExitCode {
    // Files of strangers are read by a process of its own, as in the program.
    if shukebu_backend::imports::child::serve_if_asked() {
        return std::process::ExitCode::SUCCESS;
    }
    run::from_the_command_line()
}
