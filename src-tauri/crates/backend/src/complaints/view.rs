//! Cases as the window shows them: rows, clocks with their lines, the whole page of a case.

use super::case::{Case, promise_kind, promised};
use super::entry::Words;
use super::rulebook::Rulebook;
use super::{desk, giving, owed, words};
use crate::api::complaints::corrections::{ClockCorrection, GivenThing};
use crate::api::complaints::{
    ClockSegment, ClockState as ClockStateView, ClockView, ComplaintEventView, ComplaintRow, ComplaintView,
    PromiseKind, ResolutionView,
};
use crate::app::Moment;
use crate::error::Result;
use crate::messages::say;
use crate::store::complaints::{StoredCase, postings};
use crate::{opening_hours, store};
use rusqlite::Connection;
use shukebu_domain::complaint::{
    CaseClocks, Channel, ClockState, ClockStatus, EventKind, FollowUpResult, Measure, Promise, Status, StretchKind,
    advance,
};
use shukebu_domain::ids::{ComplaintId, StaffId};
use shukebu_domain::rights::{Right, right};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeSet;

/// The longest line that a list carries; a clock that has run for months shows its whole line on its own page.
const LINE_IN_LISTS: usize = 48;

/// Everything on a case.
pub(super) fn complaint(connection: &Connection, moment: &Moment, id: ComplaintId) -> Result<ComplaintView> {
    let stored = store::complaints::get(connection, id)?;
    let rulebook = Rulebook::load(connection)?;
    let case = Case::load(connection, id)?;
    let now = Looked { moment, rulebook: &rulebook, clocks: &case.clocks(&rulebook, moment.now)?, case: &case };
    let clocks = promised(now.clocks).map(|clock| now.clock(clock, usize::MAX)).collect::<Result<Vec<_>>>()?;
    let desk = desk::of(connection, moment, &stored, &case, now.clocks, &rulebook)?;
    let remedies = owed::of_case(connection, moment, &stored)?;
    let sale = stored.sale.map(|sale| store::sales::get(connection, sale)).transpose()?.map(|sale| sale.row);
    Ok(ComplaintView {
        row: now.row(&stored)?,
        channel: stored.channel,
        category: stored.category,
        remedy_sought: stored.remedy_sought,
        sale,
        recorded_at: stored.recorded_at,
        clocks,
        paused_s: now.clocks.paused_s,
        events: events(connection, moment, &case)?,
        resolutions: resolutions(connection, moment, id)?,
        allowed: allowed(moment, now.clocks),
        follow_up_from: now.clocks.follow_up_not_before,
        remedies,
        desk,
        verdicts: case.verdicts,
    })
}

/// The resolutions with what they moved in the shop's other books.
fn resolutions(connection: &Connection, moment: &Moment, id: ComplaintId) -> Result<Vec<ResolutionView>> {
    let numbered = store::complaints::events::numbered_resolutions(connection, id)?;
    let with_postings = |(number, resolution): (i64, ResolutionView)| {
        let (mut posted, mut noted, mut returnable) = (vec![], vec![], vec![]);
        let mut moved = BTreeSet::new();
        for each in postings::of_resolution(connection, number)? {
            let text = giving::sentence(connection, moment, &each.posting)?;
            moved.insert(each.position);
            if each.can_return() {
                let posting_id = Some(each.id);
                let (resolution_id, position) = (number, each.position);
                returnable.push(GivenThing { posting_id, resolution_id, position, text: text.clone() });
            }
            posted.push(with_return(moment, text, each.returned.as_deref()));
        }
        let reversed = postings::reversals(connection, number)?;
        for (position, text) in (0..).zip(giving::written(moment, &resolution)) {
            let Some(text) = text.filter(|_| !moved.contains(&position)) else { continue };
            let returned = reversed.get(&position).map(String::as_str);
            if returned.is_none() {
                returnable.push(GivenThing { posting_id: None, resolution_id: number, position, text: text.clone() });
            }
            noted.push(with_return(moment, text, returned));
        }
        Ok(ResolutionView { posted, noted, returnable, ..resolution })
    };
    numbered.into_iter().map(with_postings).collect()
}

/// What was given, with why it came back if it did.
fn with_return(moment: &Moment, text: String, returned: Option<&str>) -> String {
    match returned {
        Some(reason) => say(moment.language, "complaint.returned", &[("what", &text), ("reason", &reason)]),
        None => text,
    }
}

/// Cases of a list, in its order.
pub(super) fn rows(connection: &Connection, moment: &Moment, stored: &[StoredCase]) -> Result<Vec<ComplaintRow>> {
    if stored.is_empty() {
        return Ok(vec![]);
    }
    let rulebook = Rulebook::load(connection)?;
    let ids: Vec<ComplaintId> = stored.iter().map(|case| case.id).collect();
    let cases = Case::load_many(connection, &ids)?;
    let row = |stored: &StoredCase| {
        let case = cases.iter().find(|case| case.id == stored.id);
        let case = case.ok_or_else(|| crate::error::ApiError::not_found("complaint"))?;
        Looked { moment, rulebook: &rulebook, clocks: &case.clocks(&rulebook, moment.now)?, case }.row(stored)
    };
    stored.iter().map(row).collect()
}

/// A case looked at in a moment.
struct Looked<'a> {
    moment: &'a Moment,
    rulebook: &'a Rulebook,
    case: &'a Case,
    clocks: &'a CaseClocks,
}

impl Looked<'_> {
    fn row(&self, stored: &StoredCase) -> Result<ComplaintRow> {
        let matters = self.clocks.next_promise.map(promise_kind);
        let clock = promised(self.clocks)
            .find(|(promise, _)| Some(*promise) == matters)
            .or_else(|| promised(self.clocks).find(|(_, clock)| clock.is_open()));
        Ok(ComplaintRow {
            id: stored.id,
            case_no: stored.case_no.clone(),
            kind: stored.kind,
            customer_id: stored.customer,
            customer_name: stored.customer_name.clone(),
            description: stored.description.clone(),
            severity: stored.severity,
            status: store::as_word(self.clocks.status)?,
            received_at: stored.received_at,
            owner: stored.owner_name.clone(),
            priority: None,
            clock: clock.map(|clock| self.clock(clock, LINE_IN_LISTS)).transpose()?,
        })
    }

    fn clock(&self, (kind, clock): (PromiseKind, &ClockState), longest_line: usize) -> Result<ClockView> {
        let now = self.moment.now;
        let calendar = self.rulebook.calendar();
        let is_wall = self.counts_always(kind);
        let stands = clock.state == ClockStatus::Paused
            || (kind == PromiseKind::Resolution && self.clocks.pause_ends_at.is_some_and(|end| end > now));
        let is_open = is_wall || calendar.is_open(now);
        let changes_at = match (clock.is_open(), stands, is_wall) {
            (false, ..) | (true, false, true) => None,
            (true, true, true) => self.clocks.pause_ends_at,
            (true, true, false) => self.clocks.pause_ends_at.and_then(|end| calendar.add(end, 0)),
            (true, false, false) => opening_hours::changes_at(calendar, now),
        };
        let opens_at = changes_at.filter(|_| !is_open && !stands);
        let mut line = self.case.line(self.rulebook, now, domain_promise(kind))?;
        if line.len() > longest_line {
            line.clear();
        }
        let paused_for = |from: Timestamp| {
            self.case.events.iter().rev().find_map(|event| match &event.what {
                EventKind::Waiting { reason } if event.at <= from => Some(reason.clone()),
                _ => None,
            })
        };
        Ok(ClockView {
            promise: kind,
            cycle: clock.cycle,
            state: state(clock.state),
            started_at: clock.started_at,
            due_at: clock.due_at,
            target_s: clock.target_s.unwrap_or(0),
            elapsed_s: clock.elapsed_s,
            is_ticking: clock.is_open() && !stands && is_open,
            changes_at,
            segments: line
                .into_iter()
                .map(|stretch| ClockSegment {
                    from: stretch.from,
                    to: stretch.to,
                    kind: stretch_kind(stretch.kind),
                    reason: paused_for(stretch.from).filter(|_| stretch.kind == StretchKind::Paused),
                })
                .collect(),
            why: words::why(self.moment, self.case, self.clocks, (kind, clock), opens_at),
            corrected: clock.correction.map(|correction| ClockCorrection {
                happened_at: correction.happened_at,
                elapsed_s: correction.elapsed_s,
                is_met: correction.met,
            }),
            as_of: now,
        })
    }

    /// Whether a promise counts day and night.
    fn counts_always(&self, kind: PromiseKind) -> bool {
        let policy = self.rulebook.policy();
        match kind {
            PromiseKind::Response => policy.is_some_and(|policy| policy.response_measure == Measure::Wall),
            PromiseKind::Resolution => policy.is_some_and(|policy| policy.resolution_measure == Measure::Wall),
            PromiseKind::Update => policy.is_some_and(|policy| policy.update_measure == Measure::Wall),
            PromiseKind::FollowUp => true,
        }
    }
}

pub(super) const fn domain_promise(kind: PromiseKind) -> Promise {
    match kind {
        PromiseKind::Response => Promise::Response,
        PromiseKind::Update => Promise::Update,
        PromiseKind::Resolution => Promise::Resolution,
        PromiseKind::FollowUp => Promise::FollowUp,
    }
}

const fn state(status: ClockStatus) -> ClockStateView {
    match status {
        ClockStatus::Running => ClockStateView::Running,
        ClockStatus::Paused => ClockStateView::Paused,
        ClockStatus::Met => ClockStateView::Met,
        ClockStatus::Breached => ClockStateView::Breached,
        ClockStatus::Withdrawn => ClockStateView::Withdrawn,
    }
}

fn stretch_kind(kind: StretchKind) -> String {
    let word = match kind {
        StretchKind::Running => "running",
        StretchKind::Paused => "paused",
        StretchKind::Closed => "closed",
    };
    word.into()
}

fn events(connection: &Connection, moment: &Moment, case: &Case) -> Result<Vec<ComplaintEventView>> {
    let mut status = Status::Received;
    let mut views = vec![];
    for (entry, event) in case.entries.iter().zip(&case.events) {
        let text = words::event(connection, moment, status, &event.what, &Words::read(&entry.event)?)?;
        status = advance(status, &event.what).unwrap_or(status);
        views.push(ComplaintEventView {
            at: entry.at,
            recorded_at: entry.recorded_at,
            kind: kind(&event.what)?,
            text,
            staff: store::staff::name_of(connection, entry.staff)?,
            is_flagged: entry.is_flagged,
        });
    }
    Ok(views)
}

/// The name of an event as it is stored.
fn kind(event: &EventKind) -> Result<String> {
    let value = serde_json::to_value(event)?;
    Ok(value.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned())
}

/// What the person at the counter may do with a case of this status.
fn allowed(moment: &Moment, clocks: &CaseClocks) -> Vec<String> {
    let status = clocks.status;
    let reason = || "–".to_owned();
    let without_follow_up = (status == Status::Resolved).then(reason);
    let severity = EventKind::SeverityChanged { severity: clocks.severity, reason: reason() };
    let judged = [&clocks.response, &clocks.resolution].into_iter().chain(&clocks.follow_up);
    let has_judged = judged.into_iter().any(|clock| clock.ended_at.is_some());
    let act = EventKind::ActCorrected { promise: Promise::Response, happened_at: moment.now };
    let steps: [(&str, &str, EventKind); 19] = [
        ("respond", "complaint.reply", EventKind::Responded { channel: Channel::Phone }),
        ("start", "complaint.step", EventKind::Started),
        ("wait", "complaint.step", EventKind::Waiting { reason: reason() }),
        ("resume", "complaint.step", EventKind::Started),
        ("customer_wrote", "complaint.step", EventKind::CustomerContact),
        ("resolve", "complaint.resolve", EventKind::Resolved),
        ("follow_up", "complaint.step", EventKind::FollowedUp { result: FollowUpResult::Satisfied }),
        ("reopen", "complaint.step", EventKind::Reopened { reason: reason() }),
        ("close", "complaint.close", EventKind::Closed { without_follow_up }),
        ("withdraw", "complaint.close", EventKind::Withdrawn { reason: reason() }),
        ("hand_over", "complaint.hand_over", EventKind::HandedOver { to: StaffId(0), reason: reason() }),
        ("note", "complaint.step", EventKind::Noted),
        ("duplicate", "complaint.close", EventKind::Duplicate { of: ComplaintId(0) }),
        ("severity", "complaint.step", severity),
        ("correct_receipt", "complaint.change_deadline", EventKind::ReceiptCorrected { received_at: moment.now }),
        ("correct_act", "complaint.change_deadline", act),
        // What was promised goes on when the case has ended.
        ("promise", "complaint.step", EventKind::Noted),
        ("change_promise", "complaint.change_deadline", EventKind::Noted),
        ("drop_promise", "complaint.close", EventKind::Noted),
    ];
    let is_offered = |name: &str| match name {
        // One entry, two names: work begins once, and goes on after waiting.
        "start" => status != Status::Waiting,
        "resume" => status == Status::Waiting,
        "correct_act" => has_judged,
        _ => true,
    };
    steps
        .into_iter()
        .filter(|(name, action, event)| {
            is_offered(name) && right(moment.session.role, action) != Right::No && advance(status, event).is_ok()
        })
        .map(|(name, ..)| name.to_owned())
        .collect()
}
