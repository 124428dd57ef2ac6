//! Whom somebody may ask to approve what they may not do alone.

use crate::api::approvals::{ApprovalQuestion, ApprovalView, Approver, Approvers};
use crate::app::{App, Moment, can_approve};
use crate::error::Result;
use crate::{messages, store};
use rusqlite::Connection;

/// Everybody who may approve an action for the person at the counter.
///
/// # Errors
/// `Locked` while no book is open.
pub fn approvers(app: &App, input: ApprovalQuestion) -> Result<Approvers> {
    app.read(move |connection, moment| {
        let mut rows: Vec<Approver> = store::staff::people(connection)?
            .into_iter()
            .filter(|person| can_approve(person.role, moment.session.role, &input.action))
            .map(|person| Approver { id: person.staff, name: person.name, role: person.role })
            .collect();
        rows.sort_by_key(|person| person.role);
        Ok(Approvers { what: what(moment, &input.action), rows })
    })
}

/// The approvals of one row, oldest first.
pub(crate) fn of(connection: &Connection, moment: &Moment, entity: &str, id: i64) -> Result<Vec<ApprovalView>> {
    let given = store::approvals::of(connection, entity, id)?;
    Ok(given
        .into_iter()
        .map(|row| ApprovalView {
            approved_at: row.at,
            what: what(moment, &row.action),
            asked_by: row.asked_by,
            approved_by: row.approved_by,
            reason: row.reason,
        })
        .collect())
}

/// What an action is called.
fn what(moment: &Moment, action: &str) -> String {
    let key = format!("approval.of.{action}");
    match messages::catalogue(moment.language).get(&key) {
        Some(words) => words.clone(),
        None => action.to_owned(),
    }
}
