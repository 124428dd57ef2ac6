//! The line of a clock: when it ran, stood, or did not count. What the filling line of a case shows.

use super::clocks::{Case, Terms};
use super::policy::CaseTraits;
use super::promise::Promise;
use super::status::Event;
use super::stopwatch::NEVER;
use crate::calendar::CompiledCalendar;
use crate::error::RuleError;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a clock did during a stretch, or will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StretchKind {
    /// It ran.
    Running,
    /// It stood, waiting for the customer.
    Paused,
    /// It did not count because the shop was closed.
    Closed,
}

/// A stretch of a clock's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Stretch {
    /// Where it begins.
    pub from: Timestamp,
    /// Where it ends, and the next one begins.
    pub to: Timestamp,
    /// What the clock did.
    pub kind: StretchKind,
}

/// The line of a clock from its start to its end, its due time or now, whichever is last. Empty when the promise has
/// no clock in this cycle.
///
/// # Errors
/// As [`super::clocks`].
pub fn clock_line(
    terms: &[Terms<'_>],
    traits: &CaseTraits,
    events: &[Event],
    now: Timestamp,
    promise: Promise,
) -> Result<Vec<Stretch>, RuleError> {
    let (case, now) = Case::replay(terms, traits, events, now)?;
    let readings = case.engine.clocks(now);
    let Some(state) = readings.get(promise).as_ref().map(|reading| &reading.state) else { return Ok(Vec::new()) };
    let calendar = if case.engine.counts_always(promise) { None } else { Some(case.calendar) };
    let last = state.ended_at.unwrap_or(now);
    let end = state.due_at.map_or(last, |due| last.max(due)).max(state.started_at);
    let mut line = Vec::new();
    let mut at = state.started_at;
    for (from, to) in case.engine.pauses_of(promise).iter().copied() {
        // Nobody knows when an open pause ends, so it is drawn until now.
        let to = if to == NEVER { now } else { to };
        let (from, to) = (from.clamp(at, end), to.clamp(at, end));
        run(&mut line, calendar, at, from);
        push(&mut line, from, to, StretchKind::Paused);
        at = to;
    }
    run(&mut line, calendar, at, end);
    Ok(line)
}

/// Adds a stretch without pauses; without a calendar every second of it counts.
fn run(line: &mut Vec<Stretch>, calendar: Option<&CompiledCalendar>, from: Timestamp, to: Timestamp) {
    let Some(calendar) = calendar else { return push(line, from, to, StretchKind::Running) };
    let mut at = from;
    for segment in calendar.segments_until(from, to) {
        push(line, at, segment.from, StretchKind::Closed);
        push(line, segment.from, segment.to, StretchKind::Running);
        at = segment.to;
    }
    push(line, at, to, StretchKind::Closed);
}

fn push(line: &mut Vec<Stretch>, from: Timestamp, to: Timestamp, kind: StretchKind) {
    if from < to {
        line.push(Stretch { from, to, kind });
    }
}
