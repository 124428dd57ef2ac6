//! Cases in lists: the inbox, one case, what a profile and the top bar show.

use super::entry::Words;
use super::{view, words};
use crate::api::complaints::corrections::CaseOwner;
use crate::api::complaints::{ComplaintFilter, ComplaintInbox, ComplaintRef, ComplaintRow, ComplaintView, UrgentClock};
use crate::api::customers::{TimelineEntry, TimelineKind};
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::complaint::{EventKind, Status};
use shukebu_domain::ids::CustomerId;

const PROFILE_ROWS: i64 = 20;
const TIMELINE_ROWS: i64 = 50;

/// Open cases by time left, or ended ones newest first.
///
/// # Errors
/// A negative offset.
pub fn inbox(app: &App, filter: ComplaintFilter) -> Result<ComplaintInbox> {
    if filter.offset < 0 {
        return Err(ApiError::field("offset", "amount.negative"));
    }
    let limit = filter.limit.unwrap_or(100).clamp(1, 200);
    app.read(move |connection, moment| {
        let stored = store::complaints::page(connection, &filter, limit)?;
        Ok(ComplaintInbox {
            rows: view::rows(connection, moment, &stored)?,
            total: store::complaints::count_of(connection, &filter)?,
            late: store::complaints::counts(connection, moment.now)?.1,
            people: store::staff::active(connection)?.into_iter().map(|(id, name)| CaseOwner { id, name }).collect(),
        })
    })
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

/// Open complaints, and how many of them are late.
pub(crate) fn open_and_late(connection: &Connection, moment: &Moment) -> Result<(i64, i64)> {
    store::complaints::counts(connection, moment.now)
}

/// The clock of the top bar.
pub(crate) fn most_urgent(connection: &Connection, moment: &Moment) -> Result<Option<UrgentClock>> {
    let Some(stored) = store::complaints::most_urgent(connection)? else { return Ok(None) };
    let row = view::rows(connection, moment, &[stored])?.pop();
    Ok(row.and_then(|row| Some(UrgentClock { id: row.id, case_no: row.case_no, clock: row.clock? })))
}
