//! 改进: what will be different, with an owner and a day, until somebody looked whether it works and the customer
//! knows. Every resolution with an improvement adds one; others are added without a case.

use crate::api::complaints::corrections::CaseOwner;
use crate::api::improvements::{
    ImprovementFilter, ImprovementInput, ImprovementList, ImprovementState, ImprovementView,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::improvements::{ImprovementToStore, StoredImprovement};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{AssessmentId, ComplaintId, ImprovementId};

/// Improvements that still need somebody, overdue first; or the finished ones, newest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, filter: ImprovementFilter) -> Result<ImprovementList> {
    app.read(move |connection, moment| look(connection, moment, filter.finished))
}

fn look(connection: &Connection, moment: &Moment, finished: bool) -> Result<ImprovementList> {
    let rows = views(connection, moment, store::improvements::page(connection, finished)?)?;
    let people = store::staff::active(connection)?;
    Ok(ImprovementList {
        overdue: rows.iter().filter(|row| row.state == ImprovementState::Overdue).count(),
        rows,
        people: people.into_iter().map(|(id, name)| CaseOwner { id, name }).collect(),
    })
}

/// Those that still need somebody, overdue first.
pub(crate) fn unfinished(connection: &Connection, moment: &Moment) -> Result<Vec<ImprovementView>> {
    views(connection, moment, store::improvements::page(connection, false)?)
}

/// Those that an assessment decided.
pub(crate) fn of_assessment(
    connection: &Connection,
    moment: &Moment,
    id: AssessmentId,
) -> Result<Vec<ImprovementView>> {
    views(connection, moment, store::improvements::of_assessment(connection, id)?)
}

fn views(connection: &Connection, moment: &Moment, stored: Vec<StoredImprovement>) -> Result<Vec<ImprovementView>> {
    stored.into_iter().map(|stored| view(connection, moment, stored)).collect()
}

fn view(connection: &Connection, moment: &Moment, stored: StoredImprovement) -> Result<ImprovementView> {
    let it = stored.what;
    let state = match (it.done_on, it.checked_on) {
        (None, _) if it.due_on < moment.today => ImprovementState::Overdue,
        (None, _) => ImprovementState::Open,
        (Some(_), None) => ImprovementState::Unchecked,
        (Some(_), Some(_)) => ImprovementState::Checked,
    };
    Ok(ImprovementView {
        id: stored.id,
        problem: it.problem,
        cause: it.cause,
        action: it.action,
        owner: CaseOwner { id: it.owner, name: stored.owner_name },
        due_on: it.due_on,
        done_on: it.done_on,
        checked_on: it.checked_on,
        effect: it.effect,
        customer_told_on: it.customer_told_on,
        state,
        cases: store::improvements::cases_of(connection, stored.id)?,
    })
}

/// Adds an improvement or changes one; answers what still needs somebody.
///
/// # Errors
/// Nothing said, days in the future, an effect that was looked at before it was there, an unknown person or case.
pub fn save(app: &App, input: ImprovementInput) -> Result<ImprovementList> {
    app.write(Op::new("improvement.change").keyed(input.client_key.clone()), move |tx, moment| {
        let id = match input.id {
            Some(id) => {
                store::improvements::update(tx, id, &read(tx, moment, &input)?, moment.now)?;
                id
            }
            None => add(tx, moment, &input)?,
        };
        if let Some(case) = input.complaint_id {
            store::complaints::get(tx, case)?;
            store::improvements::link(tx, id, case)?;
        }
        Ok(Written::one("improvement", id.0).detail(json!({ "is_done": input.done_on.is_some() })))
    })?;
    app.read(|connection, moment| look(connection, moment, false))
}

/// Adds one in the caller's transaction.
///
/// # Errors
/// As [`save`].
pub(crate) fn add(tx: &Transaction, moment: &Moment, input: &ImprovementInput) -> Result<ImprovementId> {
    store::improvements::insert(tx, &read(tx, moment, input)?, moment.now)
}

fn read(tx: &Transaction, moment: &Moment, input: &ImprovementInput) -> Result<ImprovementToStore> {
    let text = |text: &Option<String>| text.as_deref().map(clean_text).filter(|text| !text.is_empty());
    let what = ImprovementToStore {
        problem: clean_text(&input.problem),
        cause: text(&input.cause),
        action: clean_text(&input.action),
        owner: input.owner_id.unwrap_or(moment.session.staff),
        due_on: input.due_on,
        done_on: input.done_on,
        checked_on: input.checked_on,
        effect: text(&input.effect),
        customer_told_on: input.customer_told_on,
    };
    let mut problems = vec![];
    for (field, said, problem) in [
        ("problem", &what.problem, "improvement.problem_missing"),
        ("action", &what.action, "resolution.action_missing"),
    ] {
        if said.is_empty() {
            problems.push(FieldError::new(field, problem));
        }
        problems.extend(check_length(field, said, MAX_TEXT).err());
    }
    for (field, said) in [("cause", &what.cause), ("effect", &what.effect)] {
        problems.extend(said.as_ref().and_then(|said| check_length(field, said, MAX_TEXT).err()));
    }
    let days =
        [("done_on", what.done_on), ("checked_on", what.checked_on), ("customer_told_on", what.customer_told_on)];
    for (field, day) in days {
        if day.is_some_and(|day| day > moment.today) {
            problems.push(FieldError::new(field, "time.in_future"));
        }
    }
    if let Some(checked_on) = what.checked_on {
        if what.done_on.is_none_or(|done_on| checked_on < done_on) {
            problems.push(FieldError::new("checked_on", "improvement.checked_before_done"));
        }
        if what.effect.is_none() {
            problems.push(FieldError::new("effect", "improvement.effect_missing"));
        }
    }
    if !store::staff::is_active(tx, what.owner)? {
        problems.push(FieldError::new("owner_id", "not_found.staff"));
    }
    refuse_if_any(problems)?;
    Ok(what)
}

/// The improvement that a resolution wrote down.
pub(crate) fn of_resolution(
    tx: &Transaction,
    moment: &Moment,
    case: ComplaintId,
    what: ImprovementToStore,
) -> Result<ImprovementId> {
    let what = ImprovementToStore { problem: clean_line(&what.problem).chars().take(MAX_LINE).collect(), ..what };
    if what.action.is_empty() {
        return Err(ApiError::field("improvement", "resolution.action_missing"));
    }
    let id = store::improvements::insert(tx, &what, moment.now)?;
    store::improvements::link(tx, id, case)?;
    Ok(id)
}
