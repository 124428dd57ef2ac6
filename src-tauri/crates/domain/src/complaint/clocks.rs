//! The clocks of a case of the product: a pure function of the policies and calendars that were in force, the entries
//! of the case, and now. Called for every open case on every tick, and again for every report.

use super::engine::{Engine, Moment, Reading};
use super::policy::{CaseTraits, Policy, Severity, rules};
use super::promise::{ClockState, ClockStatus, Measure, Promise, WarnWhen};
use super::status::{Channel, Event, EventKind, Status, advance};
use crate::calendar::CompiledCalendar;
use crate::error::RuleError;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was in force from an instant on. A policy that was deleted leaves terms without one.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// When these terms began to hold.
    pub from: Timestamp,
    /// What is promised; nothing without a policy.
    pub policy: Option<&'a Policy>,
    /// When the shop is open.
    pub calendar: &'a CompiledCalendar,
}

impl<'a> Terms<'a> {
    /// Terms that have never been different.
    pub const fn always(policy: &'a Policy, calendar: &'a CompiledCalendar) -> Self {
        Self { from: Timestamp::from_millis(i64::MIN), policy: Some(policy), calendar }
    }
}

/// A warning that has fired or is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseWarning {
    /// Whose clock. Promise, cycle and kind together name a warning: the same one is told once.
    pub promise: Promise,
    /// In which cycle.
    pub cycle: u32,
    /// Which one.
    pub when: WarnWhen,
    /// Its moment.
    pub at: Timestamp,
    /// When a person may be told: at once when open or red, otherwise at the next opening.
    pub tell_at: Timestamp,
    /// Whether its moment has come.
    pub fired: bool,
}

/// Everything about the clocks of a case at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseClocks {
    /// Where the case stands.
    pub status: Status,
    /// How much is at stake.
    pub severity: Severity,
    /// 1, and one more after each reopening.
    pub cycle: u32,
    /// The response of this cycle.
    pub response: ClockState,
    /// The resolution of this cycle.
    pub resolution: ClockState,
    /// The update, when a contact of the customer was or is unanswered and updates are promised.
    pub update: Option<ClockState>,
    /// The follow-up, once resolved and when promised.
    pub follow_up: Option<ClockState>,
    /// Before this the customer is left in peace; present while a follow-up is owed.
    pub follow_up_not_before: Option<Timestamp>,
    /// Open seconds that the case has waited for the customer in all.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub paused_s: i64,
    /// When the resolution goes on although the customer has not answered.
    pub pause_ends_at: Option<Timestamp>,
    /// The earliest due time of a promise that is still owed and does not stand, late or not.
    pub next_due: Option<Timestamp>,
    /// Whose due time that is.
    pub next_promise: Option<Promise>,
    /// The last closing before it, when it falls due while closed: "do it before closing on …".
    pub do_before: Option<Timestamp>,
    /// The next instant at which anything here changes by time alone; none when nothing will.
    pub next_wake: Option<Timestamp>,
    /// Warnings of this cycle that have a moment.
    pub warnings: Vec<CaseWarning>,
    /// Verdicts reached so far, oldest first; once here they do not change.
    pub verdicts: Vec<ClockState>,
    /// Whether the customer is kept out of everything that sells.
    pub do_not_disturb: bool,
    /// Positions of entries whose times went back or lay ahead; they follow the entry before them.
    pub reordered: Vec<usize>,
    /// Positions of entries that their status did not allow; they changed nothing.
    pub refused: Vec<usize>,
    /// `now` lay before the last entry; the last entry was taken for now.
    pub clock_went_back: bool,
}

/// The clocks of a case at `now`.
///
/// `terms` are ordered by `from`; the first also holds for whatever came before it.
///
/// # Errors
/// `complaint.no_receipt` when the first entry is no receipt, `complaint.no_terms` without any terms.
pub fn clocks(
    terms: &[Terms<'_>],
    traits: &CaseTraits,
    events: &[Event],
    now: Timestamp,
) -> Result<CaseClocks, RuleError> {
    let (case, taken_for_now) = Case::replay(terms, traits, events, now)?;
    Ok(case.report(taken_for_now, now < taken_for_now))
}

/// When a case received at an instant would be due: for the preview of a policy.
///
/// # Errors
/// As [`clocks`].
pub fn preview(
    policy: &Policy,
    calendar: &CompiledCalendar,
    severity: Severity,
    traits: &CaseTraits,
    received_at: Timestamp,
) -> Result<CaseClocks, RuleError> {
    let receipt = Event { at: received_at, recorded_at: received_at, what: EventKind::Received { severity } };
    clocks(&[Terms::always(policy, calendar)], traits, &[receipt], received_at)
}

/// When a promise falls due in a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which promise.
    pub promise: Promise,
    /// Seconds promised.
    pub target_s: i64,
    /// When they are used up.
    pub due_at: Option<Timestamp>,
    /// The last closing before that, where it lies in a closed stretch.
    pub do_before: Option<Timestamp>,
}

/// When every promise of a case received at an instant would fall due: an update as if the customer wrote at the
/// receipt, the follow-up as if the case were resolved at the last moment.
pub fn promised_from(
    policy: &Policy,
    calendar: &CompiledCalendar,
    severity: Severity,
    traits: &CaseTraits,
    received_at: Timestamp,
) -> Vec<Due> {
    let allowances = rules(Some(policy), severity, traits).allowances;
    let after = |start: Option<Timestamp>, promise: Promise| {
        let allowance = (*allowances.get(promise))?;
        let due_at = start.and_then(|start| match allowance.measure {
            Measure::Open => calendar.add(start, allowance.seconds),
            Measure::Wall => Some(start.plus_seconds(allowance.seconds)),
        });
        let closing = due_at.and_then(|due_at| calendar.subtract(due_at, 0).filter(|closing| *closing < due_at));
        Some(Due { promise, target_s: allowance.seconds, due_at, do_before: closing })
    };
    let from = Some(received_at);
    let resolution = after(from, Promise::Resolution);
    let resolved_at = resolution.and_then(|due| due.due_at).or(from);
    [after(from, Promise::Response), after(from, Promise::Update), resolution, after(resolved_at, Promise::FollowUp)]
        .into_iter()
        .flatten()
        .collect()
}

/// A case while its entries are gone through.
pub(super) struct Case<'a, 't> {
    pub(super) engine: Engine<'a>,
    pub(super) calendar: &'a CompiledCalendar,
    policy: Option<&'a Policy>,
    traits: &'t CaseTraits,
    severity: Severity,
    status: Status,
    /// Terms that have not begun to hold yet.
    terms_to_come: &'t [Terms<'a>],
    last: Timestamp,
    /// First contacts of this cycle that a business customer must have.
    called_at: Option<Timestamp>,
    mailed_at: Option<Timestamp>,
    reordered: Vec<usize>,
    refused: Vec<usize>,
}

impl<'a, 't> Case<'a, 't> {
    /// The case after its entries, and the instant that is taken for now: never before the last entry.
    pub(super) fn replay(
        terms: &'t [Terms<'a>],
        traits: &'t CaseTraits,
        events: &[Event],
        now: Timestamp,
    ) -> Result<(Self, Timestamp), RuleError> {
        let Some((receipt, later)) = events.split_first() else {
            return Err(RuleError::not_now("complaint.no_receipt"));
        };
        let EventKind::Received { severity } = receipt.what else {
            return Err(RuleError::not_now("complaint.no_receipt"));
        };
        let holding = terms.partition_point(|terms| terms.from <= receipt.recorded_at).max(1);
        let (Some(first), Some(terms_to_come)) = (terms.get(holding - 1), terms.get(holding..)) else {
            return Err(RuleError::not_now("complaint.no_terms"));
        };
        let received_at = receipt.at.min(receipt.recorded_at);
        let mut case = Self {
            engine: Engine::receive(first.calendar, rules(first.policy, severity, traits), received_at),
            calendar: first.calendar,
            policy: first.policy,
            traits,
            severity,
            status: Status::Received,
            terms_to_come,
            last: receipt.recorded_at,
            called_at: None,
            mailed_at: None,
            reordered: if receipt.at > receipt.recorded_at { vec![0] } else { vec![] },
            refused: Vec::new(),
        };
        for (position, event) in (1..).zip(later) {
            case.enter(position, event);
        }
        let now = now.max(case.last);
        case.adopt_terms_until(now);
        Ok((case, now))
    }

    fn enter(&mut self, position: usize, event: &Event) {
        let recorded_at = event.recorded_at.max(self.last);
        let at = event.at.min(recorded_at);
        // A clock that went back: the entry follows the one before it, whatever it says about its own time.
        let at = if event.recorded_at < self.last { recorded_at } else { at };
        if recorded_at != event.recorded_at || at != event.at {
            self.reordered.push(position);
        }
        self.adopt_terms_until(recorded_at);
        self.last = recorded_at;
        match advance(self.status, &event.what) {
            Ok(status) => self.status = status,
            Err(_) => {
                self.refused.push(position);
                return;
            }
        }
        let moment = Moment { at, recorded_at };
        match &event.what {
            EventKind::Responded { channel } => self.respond(moment, *channel),
            EventKind::Started => self.engine.resume(at),
            EventKind::Waiting { .. } => self.engine.pause(moment),
            EventKind::CustomerContact => {
                self.engine.resume(at);
                self.engine.customer_contact(at);
            }
            EventKind::Resolved => self.engine.resolve(moment),
            EventKind::FollowedUp { .. } => self.engine.follow_up(moment),
            EventKind::Closed { .. } => self.engine.withdraw_follow_up(moment),
            EventKind::Reopened { .. } => {
                (self.called_at, self.mailed_at) = (None, None);
                self.engine.reopen(moment);
            }
            EventKind::Withdrawn { .. } | EventKind::Duplicate { .. } => self.engine.withdraw(moment),
            EventKind::SeverityChanged { severity, .. } => {
                self.severity = *severity;
                self.change_terms(recorded_at);
            }
            EventKind::ReceiptCorrected { received_at } => self.engine.correct_receipt(recorded_at, *received_at),
            EventKind::ActCorrected { promise, happened_at } => self.engine.correct_act(*promise, *happened_at),
            EventKind::Received { .. }
            | EventKind::Noted
            | EventKind::FollowUpAttempted
            | EventKind::HandedOver { .. } => {}
        }
    }

    /// A person is answered by any contact, a business by a call and a mail: the later of the two.
    fn respond(&mut self, moment: Moment, channel: Channel) {
        match channel {
            Channel::Phone => self.called_at = self.called_at.or(Some(moment.at)),
            Channel::Mail => self.mailed_at = self.mailed_at.or(Some(moment.at)),
            Channel::InPerson | Channel::Wechat | Channel::Message => {}
        }
        if !self.traits.business {
            return self.engine.respond(moment);
        }
        match (self.called_at, self.mailed_at) {
            (Some(called), Some(mailed)) => self.engine.respond(Moment { at: called.max(mailed), ..moment }),
            _ => self.engine.answer_contact(moment),
        }
    }

    fn adopt_terms_until(&mut self, now: Timestamp) {
        while let Some((terms, rest)) = self.terms_to_come.split_first()
            && terms.from <= now
        {
            self.terms_to_come = rest;
            (self.calendar, self.policy) = (terms.calendar, terms.policy);
            self.change_terms(terms.from);
        }
    }

    fn change_terms(&mut self, at: Timestamp) {
        self.engine.change_terms(at, self.calendar, rules(self.policy, self.severity, self.traits));
    }

    fn report(&self, now: Timestamp, clock_went_back: bool) -> CaseClocks {
        let readings = self.engine.clocks(now);
        let mut verdicts = self.engine.history();
        let mut next: Option<(Timestamp, Promise)> = None;
        let mut next_wake: Option<Timestamp> = None;
        let mut wake = |at: Option<Timestamp>| {
            if let Some(at) = at.filter(|at| *at > now) {
                next_wake = Some(next_wake.map_or(at, |earliest| earliest.min(at)));
            }
        };
        let mut warnings = Vec::new();
        for promise in Promise::ALL {
            let Some(Reading { state, breaks_at }) = readings.get(promise) else { continue };
            if matches!(state.state, ClockStatus::Met | ClockStatus::Breached) {
                verdicts.push(state.clone());
            }
            if let Some(due) = state.due_at.filter(|_| state.is_open() && state.state != ClockStatus::Paused)
                && next.is_none_or(|(earliest, _)| due < earliest)
            {
                next = Some((due, promise));
            }
            wake(*breaks_at);
            for warning in &state.warnings {
                let Some(at) = warning.at else { continue };
                let tell_at = self.tell_at(at);
                warnings.push(CaseWarning {
                    promise,
                    cycle: state.cycle,
                    when: warning.when,
                    at,
                    tell_at,
                    fired: warning.fired,
                });
                if state.is_open() {
                    wake(Some(at));
                    wake(Some(tell_at));
                }
            }
        }
        let pause_ends_at = self.engine.pause_ends_at().filter(|end| *end > now);
        wake(pause_ends_at);
        let follow_up = readings
            .follow_up
            .map(|reading| reading.state)
            .filter(|state| state.target_s.is_some() || state.ended_at.is_some());
        let owes_follow_up = follow_up.as_ref().is_some_and(ClockState::is_open);
        let follow_up_not_before = follow_up.as_ref().filter(|_| owes_follow_up).and_then(|state| {
            let hours = i64::from(self.policy?.follow_up_not_before_hours);
            Some(state.started_at.plus_seconds(hours * 3600))
        });
        wake(follow_up_not_before);
        CaseClocks {
            status: self.status,
            severity: self.severity,
            cycle: self.engine.cycle(),
            response: readings.response.expect("BUG: every cycle starts a response clock").state,
            resolution: readings.resolution.expect("BUG: every cycle starts a resolution clock").state,
            update: readings.update.map(|reading| reading.state).filter(|state| state.target_s.is_some()),
            follow_up,
            follow_up_not_before,
            paused_s: self.engine.paused_s(now),
            pause_ends_at,
            next_due: next.map(|(due, _)| due),
            next_promise: next.map(|(_, promise)| promise),
            do_before: next.and_then(|(due, _)| self.engine.do_before(due)),
            next_wake,
            warnings,
            verdicts,
            // Who only asks is served, not spared.
            do_not_disturb: !self.traits.inquiry && (self.status.is_open() || owes_follow_up),
            reordered: self.reordered.clone(),
            refused: self.refused.clone(),
            clock_went_back,
        }
    }

    /// No alert while closed unless red. The closing instant itself is still in time.
    fn tell_at(&self, at: Timestamp) -> Timestamp {
        if self.severity == Severity::Red || self.calendar.subtract(at, 0) == Some(at) {
            return at;
        }
        self.calendar.add(at, 0).unwrap_or(at)
    }
}

#[cfg(test)]
#[path = "clocks_tests.rs"]
mod tests;
