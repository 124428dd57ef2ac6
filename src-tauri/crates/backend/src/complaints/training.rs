//! A closed case as an example for training: what happened, what was said, what it led to, and nobody's name.

use super::case::Case;
use super::entry::Words;
use super::words;
use crate::api::complaint_reports::{TrainingCase, TrainingLine};
use crate::api::complaints::ComplaintRef;
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use crate::store::complaints::StoredCase;
use rusqlite::Connection;
use shukebu_domain::complaint::{EventKind, Status, advance, without_names};
use shukebu_domain::ids::StaffId;
use std::collections::BTreeSet;

/// The case without names, phones and addresses.
///
/// # Errors
/// A case that has not ended: its people are still at it.
pub fn training(app: &App, input: ComplaintRef) -> Result<TrainingCase> {
    app.read(move |connection, moment| {
        let stored = store::complaints::get(connection, input.id)?;
        if store::complaints::status_of(connection, input.id)? != Status::Closed {
            return Err(ApiError::not_now("complaint.training_not_closed"));
        }
        let case = Case::load(connection, input.id)?;
        let somebody = |key: &str| say(moment.language, key, &[]);
        let names = names(connection, &stored, &case, &somebody("training.customer"), &somebody("training.staff"))?;
        let hide = |text: &str| without_names(text, &names);
        let line = |key: &str, text: &str| TrainingLine { title: somebody(key), text: hide(text) };
        let mut lines = vec![line("training.what", &stored.description)];
        lines.extend(stored.remedy_sought.as_deref().map(|sought| line("training.sought", sought)));
        let mut status = Status::Received;
        for (entry, event) in case.entries.iter().zip(&case.events) {
            let text = words::event(connection, moment, status, &event.what, &Words::read(&entry.event)?)?;
            status = advance(status, &event.what).unwrap_or(status);
            if !matches!(event.what, EventKind::Received { .. } | EventKind::HandedOver { .. }) {
                lines.push(line("training.step", &text));
            }
        }
        for done in store::complaints::events::resolutions(connection, input.id)? {
            for (key, text) in [
                ("training.empathy", done.empathy.or(done.empathy_waived)),
                ("training.compensation", done.compensation_note),
                ("training.cause", done.root_cause),
                ("training.improvement", done.improvement.or(done.improvement_waived)),
            ] {
                lines.extend(text.as_deref().map(|text| line(key, text)));
            }
        }
        Ok(TrainingCase { id: input.id, lines })
    })
}

/// Everybody who is or may be named in the case, and what stands there instead.
fn names(
    connection: &Connection,
    stored: &StoredCase,
    case: &Case,
    customer_word: &str,
    staff_word: &str,
) -> Result<Vec<(String, String)>> {
    let mut customer: Vec<String> = stored.customer_name.clone().into_iter().collect();
    if let Some(id) = stored.customer {
        let known = store::customers::get(connection, id)?;
        customer.extend([Some(known.name), known.salutation, known.company, known.address].into_iter().flatten());
        customer.extend(store::customers::contact_values(connection, id)?.into_iter().map(|(_, value)| value));
    }
    let mut staff: BTreeSet<StaffId> = case.entries.iter().map(|entry| entry.staff).collect();
    staff.insert(stored.owner);
    let staff = staff.into_iter().map(|id| store::staff::name_of(connection, id)).collect::<Result<Vec<_>>>()?;
    Ok(customer
        .into_iter()
        .map(|name| (name, customer_word.to_owned()))
        .chain(staff.into_iter().map(|name| (name, staff_word.to_owned())))
        .chain([(stored.case_no.clone(), "TS-…".to_owned())])
        .collect())
}
