//! The demo is filled by the commands that a person gives.

use super::Demo;
use crate::app::App;
use crate::commands;
use crate::error::Result;
use serde_json::Value;

/// The answer to a command.
pub(super) fn call(app: &App, command: &str, input: &Value) -> Result<Value> {
    Ok(serde_json::from_str(&commands::call(app, command, &input.to_string())?)?)
}

/// What stands in an answer, nothing where it does not.
pub(super) fn of(answer: &Value, place: &str) -> Value {
    answer.pointer(place).cloned().unwrap_or_default()
}

/// A day so many days from the demo's now.
pub(super) fn day(demo: &Demo, days: i64) -> String {
    super::day_from(demo.now, days)
}
