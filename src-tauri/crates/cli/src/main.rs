//! The same commands as the window, from a terminal: JSON in, JSON out. Refusals go to standard error as
//! `{"code","message","fields"}`; exit codes are 0 done, 1 refused, 2 bad usage, 3 the book is in use, damaged or newer.

mod arguments;
mod verbs;

use arguments::Arguments;
use clap::Parser;
use shukebu_backend::error::{ApiError, ErrorCode};
use std::process::ExitCode;

fn main() -> ExitCode {
    // As the reader of a stranger's file this process has neither book nor arguments.
    if shukebu_backend::imports::child::serve_if_asked() {
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::parse();
    match verbs::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Usage(why)) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
        Err(Stop::Refused(refusal)) => {
            let code = exit_code(&refusal);
            let worded = shukebu_backend::messages::worded(refusal, arguments.language());
            eprintln!("{}", serde_json::to_string(&worded).unwrap_or_else(|_| worded.message.clone()));
            ExitCode::from(code)
        }
    }
}

/// Prints an answer; a reader that went away (`| head`) has read enough.
pub(crate) fn print(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Why a verb did not end well.
pub(crate) enum Stop {
    /// The command line itself is wrong.
    Usage(String),
    /// The program says no.
    Refused(ApiError),
}

impl From<ApiError> for Stop {
    fn from(refusal: ApiError) -> Self {
        Self::Refused(refusal)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Refused(error.into())
    }
}

fn exit_code(refusal: &ApiError) -> u8 {
    let is_about_the_book = refusal.key.starts_with("book.");
    match refusal.code {
        ErrorCode::Busy | ErrorCode::Damaged => 3,
        ErrorCode::Locked | ErrorCode::NotAllowedNow if is_about_the_book => 3,
        _ => 1,
    }
}
