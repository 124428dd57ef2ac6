//! Complaints with what came of them, by the time they came in.

use crate::app::Moment;
use crate::error::Result;
use crate::sheets::{Out, Sheet};
use crate::store;
use rusqlite::Transaction;
use shukebu_domain::complaint::EventKind;
use shukebu_domain::segmentation::window::DayRange;
use shukebu_domain::time::Timestamp;

/// What its columns are called.
pub(super) const COLUMNS: [&str; 25] = [
    "ref",
    "case_no",
    "member_no",
    "customer",
    "sale",
    "opened_at",
    "recorded_at",
    "channel",
    "category",
    "severity",
    "description",
    "remedy_sought",
    "owner",
    "status",
    "responded_at",
    "resolved_at",
    "reopened_at",
    "response_met",
    "resolution_met",
    "follow_up_met",
    "compensation",
    "compensation_minor",
    "root_cause",
    "improvement",
    "improvement_due_on",
];

pub(super) fn rows(tx: &Transaction, moment: &Moment, days: DayRange, sheet: &mut Sheet<'_, impl Out>) -> Result<()> {
    for case in store::exports::complaints(tx)? {
        if !days.contains(case.received_at.day_in(moment.zone)) {
            continue;
        }
        let steps = Steps::of(tx, case.id)?;
        let at = |instant: Option<Timestamp>| instant.map(|at| super::instant(moment, at));
        sheet.row(&[
            case.reference.into(),
            case.case_no.into(),
            case.member_no.into(),
            case.customer.into(),
            case.sale_no.into(),
            super::instant(moment, case.received_at).into(),
            super::instant(moment, case.recorded_at).into(),
            case.channel.into(),
            case.category.into(),
            case.severity.into(),
            case.description.into(),
            case.remedy_sought.into(),
            case.owner.into(),
            case.status.into(),
            at(steps.responded).into(),
            at(steps.resolved).into(),
            at(steps.reopened).into(),
            case.response_met.into(),
            case.resolution_met.into(),
            case.follow_up_met.into(),
            case.compensation_kind.into(),
            case.compensation_minor.into(),
            case.root_cause.into(),
            case.improvement.into(),
            case.improvement_due_on.into(),
        ])?;
    }
    Ok(())
}

/// First answer, last resolution, last return of a case.
#[derive(Default)]
struct Steps {
    responded: Option<Timestamp>,
    resolved: Option<Timestamp>,
    reopened: Option<Timestamp>,
}

impl Steps {
    fn of(tx: &Transaction, case: i64) -> Result<Self> {
        let mut found = Self::default();
        for (at, event) in store::exports::complaint_events(tx, case)? {
            match event {
                EventKind::Responded { .. } => found.responded = found.responded.or(Some(at)),
                // Resolving counts as a response.
                EventKind::Resolved => {
                    found.responded = found.responded.or(Some(at));
                    found.resolved = Some(at);
                }
                EventKind::Reopened { .. } => found.reopened = Some(at),
                _ => {}
            }
        }
        Ok(found)
    }
}
