//! Lists and everything, to a file or to standard output.

use crate::Stop;
use crate::arguments::{Arguments, ExportArguments};
use shukebu_backend::error::ApiError;
use shukebu_backend::exports::{self, Destination, Export, Format};
use shukebu_domain::segmentation::Window;

/// Exports; a file is told by its rows on standard error, so that standard output stays the data's.
pub(super) fn run(arguments: &Arguments, what: &ExportArguments) -> Result<(), Stop> {
    let as_of = match &what.as_of {
        None => None,
        Some(text) => {
            Some(text.parse().map_err(|_| Stop::Usage(format!("--as-of wants a day like 2026-03-05, not `{text}`")))?)
        }
    };
    let window = what.window.as_deref().map(Window::parse).transpose().map_err(ApiError::from)?;
    let format = what.format.as_deref().and_then(Format::parse);
    let export = Export { format, as_of, window, ..Export::of(what.kind) };
    let to = what.out.clone().map_or(Destination::Standard, Destination::File);
    let is_file = what.out.is_some();
    let rows = exports::run(super::open(arguments)?.as_ref(), export, to)?;
    if is_file {
        eprintln!("{rows}");
    }
    Ok(())
}
