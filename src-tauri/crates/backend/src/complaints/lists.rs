//! Cases in lists: the inbox, one case, what a profile and the top bar show.

use super::entry::Words;
use super::ready::{self, Bar};
use super::{owed, view, words};
use crate::api::complaints::corrections::CaseOwner;
use crate::api::complaints::remedies::RemedyView;
use crate::api::complaints::{ComplaintFilter, ComplaintInbox, ComplaintRef, ComplaintRow, ComplaintView, UrgentClock};
use crate::api::priority::InboxOrder;
use crate::api::timeline::{TimelineEntry, TimelineKind};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::messages::say;
use crate::store::complaints::StoredCase;
use crate::{paging, segmentation, store};
use rusqlite::Connection;
use shukebu_domain::complaint::{EventKind, Status};
use shukebu_domain::ids::{ComplaintId, CustomerId};

const PROFILE_ROWS: i64 = 20;
const TIMELINE_ROWS: i64 = 50;
/// Priority of a case whose customer is not known.
const UNKNOWN_CUSTOMER: u8 = 3;

/// Open cases by time left, or ended ones newest first.
///
/// # Errors
/// A negative offset.
pub fn inbox(app: &App, filter: ComplaintFilter) -> Result<ComplaintInbox> {
    let limit = paging::rows(filter.offset, filter.limit, 100, 200)?;
    let asked = serde_json::to_string(&filter)?;
    app.read(move |connection, moment| {
        // Whom to see to first follows from what is sold; the time that is left does not.
        let written = match filter.order {
            InboxOrder::Priority if !filter.closed => store::changes::written(connection),
            _ => store::changes::cases_written(),
        };
        ready::answer_while(written, &ready::INBOXES, connection, moment, &asked, || {
            let rows = match filter.order {
                InboxOrder::Priority if !filter.closed => by_priority(connection, moment, &filter, limit)?,
                _ => view::rows(connection, moment, &store::complaints::page(connection, &filter, limit)?)?,
            };
            let people = store::staff::active(connection)?.into_iter().map(|(id, name)| CaseOwner { id, name });
            Ok(ComplaintInbox {
                rows,
                total: store::complaints::count_of(connection, &filter)?,
                late: store::complaints::counts(connection, moment.now)?.1,
                unanswered: store::complaints::unanswered(connection)?,
                people: people.collect(),
                promised: promised(connection, moment, &filter)?,
            })
        })
    })
}

/// What is promised for today or late, of the person whose cases are shown. Ended cases have a list of their own.
fn promised(connection: &Connection, moment: &Moment, filter: &ComplaintFilter) -> Result<Vec<RemedyView>> {
    if filter.closed {
        return Ok(vec![]);
    }
    let owner = filter.owner_id.map(|owner| store::staff::name_of(connection, owner)).transpose()?;
    let mut found = owed::for_today(connection, moment)?;
    found.retain(|remedy| owner.as_ref().is_none_or(|owner| *owner == remedy.owner));
    Ok(found)
}

/// Open cases of those who come first; among equals by time left. Where nobody knows whose case it is, it stands in the
/// middle.
fn by_priority(
    connection: &Connection,
    moment: &Moment,
    filter: &ComplaintFilter,
    limit: i64,
) -> Result<Vec<ComplaintRow>> {
    let priorities = segmentation::priorities(connection, moment)?;
    let open = store::complaints::open_by_time(connection, filter)?;
    let mut ranked: Vec<(u8, ComplaintId, Option<u8>)> = open
        .into_iter()
        .map(|(id, customer)| {
            let level = customer.and_then(|customer| priorities.of(customer));
            (level.unwrap_or(UNKNOWN_CUSTOMER), id, level)
        })
        .collect();
    // A stable sort: those that are equal stay by time left.
    ranked.sort_by_key(|(rank, _, _)| *rank);
    let (skip, take) = (usize::try_from(filter.offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
    let page: Vec<_> = ranked.into_iter().skip(skip).take(take).collect();
    let ids: Vec<ComplaintId> = page.iter().map(|(_, id, _)| *id).collect();
    let mut cases = store::complaints::some(connection, &ids)?;
    let stored: Vec<StoredCase> = ids.iter().filter_map(|id| cases.remove(id)).collect();
    let mut rows = view::rows(connection, moment, &stored)?;
    for (row, (_, _, level)) in rows.iter_mut().zip(page) {
        row.priority = level;
    }
    Ok(rows)
}

/// One case with everything on it.
///
/// # Errors
/// An unknown case.
pub fn get(app: &App, input: ComplaintRef) -> Result<ComplaintView> {
    app.read(move |connection, moment| view::complaint(connection, moment, input.id))
}

/// Open cases of a customer, for the profile.
pub(crate) fn open_of_customer(
    connection: &Connection,
    moment: &Moment,
    customer: CustomerId,
) -> Result<Vec<ComplaintRow>> {
    let filter = ComplaintFilter {
        closed: false,
        customer_id: Some(customer),
        kind: None,
        owner_id: None,
        order: InboxOrder::TimeLeft,
        offset: 0,
        limit: None,
    };
    view::rows(connection, moment, &store::complaints::page(connection, &filter, PROFILE_ROWS)?)
}

/// Steps of a customer's complaints on the timeline.
pub(crate) fn timeline(connection: &Connection, moment: &Moment, customer: CustomerId) -> Result<Vec<TimelineEntry>> {
    let mut entries = vec![];
    for stored in store::complaints::events::of_customer(connection, customer, TIMELINE_ROWS)? {
        let event: EventKind = serde_json::from_str(&stored.event)?;
        let text = match event {
            EventKind::Received { .. } => stored.description,
            EventKind::Responded { .. }
            | EventKind::Resolved
            | EventKind::FollowedUp { .. }
            | EventKind::Reopened { .. }
            | EventKind::Closed { .. }
            | EventKind::Withdrawn { .. } => {
                words::event(connection, moment, Status::Received, &event, &Words::read(&stored.event)?)?
            }
            // The other steps stand on the page of the case.
            _ => continue,
        };
        entries.push(TimelineEntry {
            at: stored.at,
            kind: TimelineKind::Complaint,
            text: say(moment.language, "timeline.complaint", &[("case_no", &stored.case_no), ("text", &text)]),
            amount_minor: None,
            subject_id: Some(stored.case.0),
        });
    }
    Ok(entries)
}

/// What the top bar says: open and late complaints, and the clock that is most urgent.
pub(crate) fn bar(connection: &Connection, moment: &Moment) -> Result<Bar> {
    ready::answer(&ready::BARS, connection, moment, "bar", || {
        let (open, late) = store::complaints::counts(connection, moment.now)?;
        let unanswered = store::complaints::unanswered(connection)?;
        let promised = owed::due(connection, moment)?;
        Ok(Bar { open, late, unanswered, urgent: most_urgent(connection, moment)?, promised })
    })
}

/// How many open cases and promised things are late now: what the tray says, without the rest of the window's frame.
///
/// # Errors
/// `Locked` while no book is open.
pub fn late(app: &App) -> Result<i64> {
    app.read_in_background(|connection, moment| {
        let bar = bar(connection, moment)?;
        Ok(bar.late + bar.promised.map_or(0, |promised| promised.late))
    })
}

fn most_urgent(connection: &Connection, moment: &Moment) -> Result<Option<UrgentClock>> {
    let Some(stored) = store::complaints::most_urgent(connection)? else { return Ok(None) };
    let row = view::rows(connection, moment, &[stored])?.pop();
    Ok(row.and_then(|row| Some(UrgentClock { id: row.id, case_no: row.case_no, clock: row.clock? })))
}
