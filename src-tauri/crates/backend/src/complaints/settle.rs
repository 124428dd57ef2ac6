//! After something happened to a case, or time passed: verdicts are written once, caches follow.

use super::alarms;
use super::case::{Case, asked_at, is_about, is_late, promise_kind};
use super::entry::{self, Moved, Words};
use super::rulebook::Rulebook;
use crate::api::complaints::VerdictView;
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::complaints::Caches;
use crate::store::complaints::events::StoredEvent;
use rusqlite::{Connection, Transaction};
use shukebu_domain::complaint::{CaseClocks, ClockState, ClockStatus, EventKind, Status};
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::time::Timestamp;

/// What the program knows about its own clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClockGuard {
    /// The latest moment that it has seen.
    pub last_seen: Timestamp,
    /// Whether it stands before that now. Nothing is judged then.
    pub went_back: bool,
}

impl ClockGuard {
    pub(super) fn read(connection: &Connection, now: Timestamp) -> Result<Self> {
        let last_seen = store::book::last_seen(connection)?;
        Ok(Self { last_seen, went_back: now < last_seen })
    }
}

/// Whether a status still needs somebody: everything but closed, withdrawn and duplicate.
pub(super) const fn needs_somebody(status: Status) -> bool {
    !matches!(status, Status::Closed | Status::Withdrawn | Status::Duplicate)
}

/// Adds an entry to a case.
pub(super) fn append(
    tx: &Transaction,
    moment: &Moment,
    case: &mut Case,
    at: Timestamp,
    event: &EventKind,
    words: &Words,
) -> Result<()> {
    let guard = ClockGuard::read(tx, moment.now)?;
    let follows = case.entries.last().is_none_or(|last| last.recorded_at <= moment.now);
    let entry = StoredEvent {
        at,
        recorded_at: moment.now,
        staff: moment.session.staff,
        event: entry::stored(event, words)?,
        is_flagged: guard.went_back || !follows,
    };
    store::complaints::events::append(tx, case.id, &entry)?;
    case.push(entry)
}

/// Judges what can be judged and keeps the caches. Announcements stay for the next look of the program.
pub(super) fn settle(tx: &Transaction, moment: &Moment, rulebook: &Rulebook, case: &mut Case) -> Result<CaseClocks> {
    let guard = ClockGuard::read(tx, moment.now)?;
    let (clocks, verdicts) = judge(moment.now, rulebook, case, guard)?;
    store::complaints::events::judge(tx, &verdicts)?;
    let told = store::complaints::events::notices(tx, &[case.id])?.remove(&case.id).unwrap_or_default();
    let tells = !alarms::untold(&clocks, &told).is_empty();
    // Time alone neither ends a case nor opens it again.
    store::complaints::set_open(tx, case.id, needs_somebody(clocks.status))?;
    store::complaints::set_caches(tx, case.id, &caches(moment.now, rulebook, &clocks, tells, guard), None)?;
    Ok(clocks)
}

/// Where the clocks stand, and the verdicts that have been reached and are to be written.
pub(super) fn judge(
    now: Timestamp,
    rulebook: &Rulebook,
    case: &mut Case,
    guard: ClockGuard,
) -> Result<(CaseClocks, Vec<(ComplaintId, VerdictView)>)> {
    let clocks = case.clocks(rulebook, now)?;
    let mut reached = vec![];
    if !guard.went_back {
        for clock in &clocks.verdicts {
            let Some(verdict) = verdict(clock, now) else { continue };
            if !case.verdicts.iter().any(|known| is_about(clock, known)) {
                reached.push((case.id, verdict.clone()));
                case.verdicts.push(verdict);
            }
        }
    }
    Ok((clocks, reached))
}

/// A promise that was kept or broken as it is written down; a broken one happened when its time was used up.
fn verdict(clock: &ClockState, now: Timestamp) -> Option<VerdictView> {
    let is_met = clock.state == ClockStatus::Met;
    let due_at = clock.due_at.or(clock.ended_at)?;
    Some(VerdictView {
        promise: promise_kind(clock.promise),
        cycle: clock.cycle,
        asked_at: asked_at(clock),
        is_met,
        due_at,
        happened_at: if is_met { clock.ended_at.unwrap_or(due_at) } else { due_at },
        noticed_at: now,
        elapsed_s: clock.elapsed_s,
    })
}

/// The caches of a case; the next look is at the next change by time, or, where something is still to be told, as soon as
/// it may be.
pub(super) fn caches(
    now: Timestamp,
    rulebook: &Rulebook,
    clocks: &CaseClocks,
    tells: bool,
    guard: ClockGuard,
) -> Caches {
    let telling = tells.then(|| alarms::tell_from(clocks.severity, rulebook, now));
    // What could not be judged while the clock stands wrong is looked at when it has come back.
    let returning = guard.went_back.then_some(guard.last_seen);
    Caches {
        status: clocks.status,
        next_due: clocks.next_due,
        next_wake: [clocks.next_wake, telling, returning].into_iter().flatten().min(),
        is_late: is_late(clocks),
        spares_customer: clocks.do_not_disturb,
        owes_response: clocks.response.is_open(),
    }
}

/// What new promises would do: how many open cases would move, and how many of those would be late at once.
pub(crate) fn would_move(
    connection: &Connection,
    moment: &Moment,
    before: &Rulebook,
    considered: &Rulebook,
) -> Result<(usize, usize)> {
    let (mut moving, mut late) = (0, 0);
    for case in Case::load_many(connection, &store::complaints::open_ids(connection)?)? {
        let (was, would_be) = (case.clocks(before, moment.now)?, case.clocks(considered, moment.now)?);
        if was.next_due != would_be.next_due {
            moving += 1;
            late += usize::from(is_late(&would_be) && !is_late(&was));
        }
    }
    Ok((moving, late))
}

/// New opening hours or promises hold from now on: open clocks are counted anew, and every due time that moved is
/// written down. Returns how many cases moved.
pub(crate) fn after_new_terms(tx: &Transaction, moment: &Moment, before: &Rulebook) -> Result<usize> {
    let rulebook = Rulebook::load(tx)?;
    let mut moved = 0;
    for mut case in Case::load_many(tx, &store::complaints::open_ids(tx)?)? {
        let was = case.clocks(before, moment.now)?;
        let is = case.clocks(&rulebook, moment.now)?;
        if let Some(promise) = is.next_promise.or(was.next_promise)
            && was.next_due != is.next_due
        {
            let words =
                Words { moved: Some(Moved { promise, from: was.next_due, to: is.next_due }), ..Words::default() };
            append(tx, moment, &mut case, moment.now, &EventKind::Noted, &words)?;
            moved += 1;
        }
        settle(tx, moment, &rulebook, &mut case)?;
    }
    Ok(moved)
}
