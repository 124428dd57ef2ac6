//! Questions about complaint clocks: `timeline`. Events are handed to the product's engine in the order given; what
//! comes back is reported in the words of the field.

use super::business_time::compile;
use super::written_time::{WrittenTime, whole_seconds};
use super::{Refusal, read, write};
use crate::calendar::{BusinessCalendar, CompiledCalendar};
use crate::complaint::{
    Allowance, ClockState, ClockStatus, Engine, Measure, Moment, PerPromise, Promise, Rules, WarnWhen,
};
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::time::Timestamp;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The promises by the field's names; `first_response` is the product's response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Target {
    FirstResponse,
    NextResponse,
    Resolution,
}

impl Target {
    const ALL: [Self; 3] = [Self::FirstResponse, Self::NextResponse, Self::Resolution];

    const fn promise(self) -> Promise {
        match self {
            Self::FirstResponse => Promise::Response,
            Self::NextResponse => Promise::Update,
            Self::Resolution => Promise::Resolution,
        }
    }

    fn of(promise: Promise) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.promise() == promise)
    }
}

/// Seconds per target; null or 0 promises nothing.
type TargetSeconds = BTreeMap<Target, Option<Seconds>>;

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(transparent)]
struct Seconds(#[serde(deserialize_with = "whole_seconds")] i64);

#[derive(Debug, Deserialize, JsonSchema)]
struct Question {
    calendar: BusinessCalendar,
    targets_seconds: TargetSeconds,
    /// Which clocks stand between `pause` and `resume`; the resolution when left out.
    #[serde(default = "only_resolution")]
    pause_applies_to: Vec<Target>,
    /// Seconds before a target is used up; below zero for a warning after it.
    #[serde(default)]
    warn_before_seconds: Vec<Seconds>,
    /// In the order in which they were recorded; the first is `opened`.
    events: Vec<Event>,
    /// Now; the last event when left out.
    #[serde(default)]
    as_of: Option<WrittenTime>,
}

fn only_resolution() -> Vec<Target> {
    vec![Target::Resolution]
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Event {
    at: WrittenTime,
    #[serde(rename = "type")]
    kind: EventKind,
    /// Of `opened_at_edited`: when the case was really opened.
    #[serde(default)]
    new: Option<WrittenTime>,
    /// Of `policy_changed`: the targets that change; those left out stay.
    #[serde(default)]
    targets_seconds: Option<TargetSeconds>,
    /// Of `calendar_changed`.
    #[serde(default)]
    calendar: Option<BusinessCalendar>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum EventKind {
    Opened,
    CustomerMessage,
    AgentReply,
    InternalNote,
    Pause,
    Resume,
    Resolved,
    Closed,
    Reopened,
    OpenedAtEdited,
    PolicyChanged,
    PolicyRemoved,
    CalendarChanged,
    Evaluate,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Answer {
    /// Every target that was ever promised.
    targets: BTreeMap<Target, TargetAnswer>,
    /// The earliest due time of a target that is still owed and does not stand, late or not.
    next_due: Option<String>,
    /// How many breaches were recorded.
    breach_events: BTreeMap<Target, usize>,
    /// Open seconds of all pauses.
    paused_s: i64,
    /// Verdicts of earlier cycles and of earlier exchanges with the customer.
    history: Vec<Verdict>,
    /// Times that went back and what they were taken for.
    clock_guard: Vec<Guarded>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TargetAnswer {
    /// Null while the clock stands, nobody waits or nothing is promised.
    due: Option<String>,
    elapsed_s: i64,
    slack_s: Option<i64>,
    state: ClockStatus,
    cycle: u32,
    warnings: Vec<WarningAnswer>,
    /// Of `next_response`: the longest exchange so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    worst_elapsed_s: Option<i64>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct WarningAnswer {
    at: Option<String>,
    fired: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Verdict {
    target: Target,
    cycle: u32,
    due: Option<String>,
    elapsed_s: i64,
    slack_s: Option<i64>,
    state: ClockStatus,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Guarded {
    /// Position in `events`; null for `as_of`.
    event: Option<usize>,
    said: String,
    taken: String,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    let question: Question = read(question)?;
    check(&question)?;
    let calendar = compile("calendar", &question.calendar)?;
    let changed: Vec<Option<CompiledCalendar>> = (0..)
        .zip(&question.events)
        .map(|(index, event)| match (event.kind, &event.calendar) {
            (EventKind::CalendarChanged, Some(calendar)) => {
                compile(&format!("events.{index}.calendar"), calendar).map(Some)
            }
            _ => Ok(None),
        })
        .collect::<Result<_, Refusal>>()?;
    write(&replay(&question, &calendar, &changed)?)
}

fn check(question: &Question) -> Result<(), RuleError> {
    let mut problems = Vec::new();
    let mut check_targets = |path: &str, targets: &TargetSeconds| {
        for (target, seconds) in targets {
            if seconds.is_some_and(|seconds| seconds.0 < 0) {
                let name = json!(target);
                let name = name.as_str().unwrap_or_default();
                problems.push(FieldError::new(format!("{path}targets_seconds.{name}"), "seconds.negative"));
            }
        }
    };
    check_targets("", &question.targets_seconds);
    for (index, event) in question.events.iter().enumerate() {
        if let Some(targets) = &event.targets_seconds {
            check_targets(&format!("events.{index}."), targets);
        }
    }
    for (index, event) in question.events.iter().enumerate() {
        let missing = match event.kind {
            EventKind::OpenedAtEdited if event.new.is_none() => "new",
            EventKind::PolicyChanged if event.targets_seconds.is_none() => "targets_seconds",
            EventKind::CalendarChanged if event.calendar.is_none() => "calendar",
            _ => continue,
        };
        problems.push(FieldError::new(format!("events.{index}.{missing}"), "field.missing"));
    }
    match question.events.first() {
        None => problems.push(FieldError::new("events", "events.none")),
        Some(first) if first.kind != EventKind::Opened => {
            problems.push(FieldError::new("events.0.type", "events.not_opened_first"));
        }
        Some(_) => {}
    }
    refuse_if_any(problems)
}

/// What is promised at a moment of the story.
struct Promised {
    targets: BTreeMap<Target, i64>,
    pausing: PerPromise<bool>,
    warnings: Vec<WarnWhen>,
}

impl Promised {
    fn change(&mut self, changes: &TargetSeconds) {
        for (target, seconds) in changes {
            match seconds {
                // A target of no time is no target, as published by Zammad.
                None | Some(Seconds(0)) => self.targets.remove(target),
                Some(seconds) => self.targets.insert(*target, seconds.0),
            };
        }
    }

    fn rules(&self) -> Rules {
        let mut allowances = PerPromise::default();
        for (target, seconds) in &self.targets {
            *allowances.get_mut(target.promise()) = Some(Allowance { seconds: *seconds, measure: Measure::Open });
        }
        Rules {
            allowances,
            pausing: self.pausing,
            pause_limit_s: None,
            warnings: self.warnings.clone(),
            before_closing_s: 0,
        }
    }
}

fn replay(
    question: &Question,
    calendar: &CompiledCalendar,
    changed: &[Option<CompiledCalendar>],
) -> Result<Answer, Refusal> {
    let first = question.events.first().ok_or_else(|| RuleError::field("events", "events.none"))?;
    let mut pausing = PerPromise::default();
    for target in &question.pause_applies_to {
        *pausing.get_mut(target.promise()) = true;
    }
    let warnings = question.warn_before_seconds.iter().map(|seconds| WarnWhen::SecondsLeft(seconds.0)).collect();
    let mut promised = Promised { targets: BTreeMap::new(), pausing, warnings };
    promised.change(&question.targets_seconds);
    let mut ever_promised: BTreeSet<Target> = promised.targets.keys().copied().collect();

    let mut engine = Engine::receive(calendar, promised.rules(), first.at.at);
    let mut in_force = calendar;
    let mut last = first.at.at;
    let mut guarded = Vec::new();
    let mut guard = |event: Option<usize>, said: WrittenTime, last: Timestamp| {
        if said.at < last {
            guarded.push(Guarded { event, said: said.spell(said.at), taken: said.spell(last) });
        }
        said.at.max(last)
    };
    for ((index, event), new_calendar) in question.events.iter().enumerate().zip(changed).skip(1) {
        let at = guard(Some(index), event.at, last);
        last = at;
        match event.kind {
            EventKind::CustomerMessage => engine.customer_contact(at),
            EventKind::AgentReply => engine.respond(Moment::now(at)),
            EventKind::Pause => engine.pause(Moment::now(at)),
            EventKind::Resume => engine.resume(at),
            EventKind::Resolved | EventKind::Closed => engine.resolve(Moment::now(at)),
            EventKind::Reopened => engine.reopen(Moment::now(at)),
            EventKind::OpenedAtEdited => engine.correct_receipt(at, event.new.map_or(at, |new| new.at)),
            EventKind::PolicyChanged => {
                promised.change(event.targets_seconds.as_ref().unwrap_or(&TargetSeconds::new()));
                ever_promised.extend(promised.targets.keys());
                engine.change_terms(at, in_force, promised.rules());
            }
            EventKind::PolicyRemoved => {
                promised.targets.clear();
                engine.change_terms(at, in_force, promised.rules());
            }
            EventKind::CalendarChanged => {
                in_force = new_calendar.as_ref().unwrap_or(in_force);
                engine.change_terms(at, in_force, promised.rules());
            }
            EventKind::Opened | EventKind::InternalNote | EventKind::Evaluate => {}
        }
    }
    let now = question.as_of.map_or(last, |as_of| guard(None, as_of, last));
    Ok(report(&engine, &promised, &ever_promised, now, |at| first.at.spell(at), guarded))
}

fn report(
    engine: &Engine<'_>,
    promised: &Promised,
    ever_promised: &BTreeSet<Target>,
    now: Timestamp,
    spell: impl Fn(Timestamp) -> String,
    clock_guard: Vec<Guarded>,
) -> Answer {
    let clocks = engine.clocks(now);
    let judged = engine.history();
    let history: Vec<(Target, &ClockState)> = judged
        .iter()
        .filter_map(|state| Some((Target::of(state.promise)?, state)))
        .filter(|(target, _)| ever_promised.contains(target))
        .collect();
    let mut answer = Answer {
        targets: BTreeMap::new(),
        next_due: None,
        breach_events: BTreeMap::new(),
        paused_s: engine.paused_s(now),
        history: Vec::new(),
        clock_guard,
    };
    let mut next_due: Option<Timestamp> = None;
    for target in ever_promised.iter().copied() {
        let clock = clocks.get(target.promise()).as_ref().map(|reading| &reading.state);
        let past = || history.iter().filter(|(of, _)| *of == target).map(|(_, state)| *state);
        let breaches = past().chain(clock).filter(|state| state.state == ClockStatus::Breached).count();
        answer.breach_events.insert(target, breaches);
        let is_promised = promised.targets.contains_key(&target);
        let owed = clock.filter(|clock| is_promised && clock.is_open() && clock.state != ClockStatus::Paused);
        if let Some(due) = owed.and_then(|clock| clock.due_at) {
            next_due = Some(next_due.map_or(due, |next| next.min(due)));
        }
        let worst_elapsed_s = (target == Target::NextResponse)
            .then(|| past().chain(clock).map(|state| state.elapsed_s).max().unwrap_or(0));
        let reported = match clock {
            Some(clock) => TargetAnswer {
                // Once answered, nobody waits, and nothing is due before the customer writes again.
                due: clock.due_at.filter(|_| target != Target::NextResponse || clock.is_open()).map(&spell),
                elapsed_s: clock.elapsed_s,
                slack_s: clock.slack_s,
                state: clock.state,
                cycle: clock.cycle,
                warnings: clock
                    .warnings
                    .iter()
                    .map(|warning| WarningAnswer { at: warning.at.map(&spell), fired: warning.fired })
                    .collect(),
                worst_elapsed_s,
            },
            // Nobody waits for an answer, so none is owed.
            None => TargetAnswer {
                due: None,
                elapsed_s: 0,
                slack_s: promised.targets.get(&target).copied(),
                state: if is_promised { ClockStatus::Met } else { ClockStatus::Withdrawn },
                cycle: engine.cycle(),
                warnings: Vec::new(),
                worst_elapsed_s,
            },
        };
        answer.targets.insert(target, reported);
    }
    answer.next_due = next_due.map(&spell);
    answer.history = history
        .iter()
        .map(|(target, state)| Verdict {
            target: *target,
            cycle: state.cycle,
            due: state.due_at.map(&spell),
            elapsed_s: state.elapsed_s,
            slack_s: state.slack_s,
            state: state.state,
        })
        .collect();
    answer
}

pub(super) fn schema() -> Value {
    json!({ "input": schema_for!(Question), "output": schema_for!(Answer) })
}

#[cfg(test)]
#[path = "timeline_properties.rs"]
mod properties;
#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
