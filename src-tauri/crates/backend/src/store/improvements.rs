//! Improvements as rows, and the cases behind them.

use crate::api::complaints::corrections::{CaseImprovement, CaseLink};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::{AssessmentId, ComplaintId, ImprovementId, StaffId};
use shukebu_domain::time::Timestamp;

/// What an improvement says.
#[derive(Debug, Clone)]
pub(crate) struct ImprovementToStore {
    pub problem: String,
    pub cause: Option<String>,
    pub action: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
    pub done_on: Option<NaiveDate>,
    pub checked_on: Option<NaiveDate>,
    pub effect: Option<String>,
    pub customer_told_on: Option<NaiveDate>,
}

/// An improvement with the name of its owner.
#[derive(Debug, Clone)]
pub(crate) struct StoredImprovement {
    pub id: ImprovementId,
    pub what: ImprovementToStore,
    pub owner_name: String,
}

/// Adds an improvement.
pub(crate) fn insert(tx: &Transaction, what: &ImprovementToStore, at: Timestamp) -> Result<ImprovementId> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    tx.prepare_cached(
        "INSERT INTO improvements (problem, cause, action, owner_id, due_on, done_on, checked_on, effect,
                                   customer_told_on, created_at, updated_at)
         VALUES (:problem, :cause, :action, :owner, :due_on, :done_on, :checked_on, :effect, :told_on, :at, :at)",
    )?
    .execute(named_params! {
        ":problem": what.problem, ":cause": what.cause, ":action": what.action, ":owner": what.owner.0,
        ":due_on": what.due_on.to_string(), ":done_on": day(what.done_on), ":checked_on": day(what.checked_on),
        ":effect": what.effect, ":told_on": day(what.customer_told_on), ":at": at.millis(),
    })?;
    Ok(ImprovementId(tx.last_insert_rowid()))
}

/// Changes an improvement as a whole.
pub(crate) fn update(tx: &Transaction, id: ImprovementId, what: &ImprovementToStore, at: Timestamp) -> Result<()> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let changed = tx
        .prepare_cached(
            "UPDATE improvements
             SET problem = :problem, cause = :cause, action = :action, owner_id = :owner, due_on = :due_on,
                 done_on = :done_on, checked_on = :checked_on, effect = :effect, customer_told_on = :told_on,
                 updated_at = :at
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id.0, ":problem": what.problem, ":cause": what.cause, ":action": what.action,
            ":owner": what.owner.0, ":due_on": what.due_on.to_string(), ":done_on": day(what.done_on),
            ":checked_on": day(what.checked_on), ":effect": what.effect, ":told_on": day(what.customer_told_on),
            ":at": at.millis(),
        })?;
    if changed == 0 { Err(ApiError::not_found("improvement")) } else { Ok(()) }
}

/// Puts a case behind an improvement; once is enough.
pub(crate) fn link(tx: &Transaction, id: ImprovementId, case: ComplaintId) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO improvement_cases (improvement_id, complaint_id)
         VALUES (:id, :case)
         ON CONFLICT (improvement_id, complaint_id) DO NOTHING",
    )?
    .execute(named_params! { ":id": id.0, ":case": case.0 })?;
    Ok(())
}

const SELECT: &str =
    "SELECT improvements.id, improvements.problem, improvements.cause, improvements.action, improvements.owner_id,
            improvements.due_on, improvements.done_on, improvements.checked_on, improvements.effect,
            improvements.customer_told_on, staff.name AS owner_name
     FROM improvements
     JOIN staff ON staff.id = improvements.owner_id";

fn read(row: &Row) -> rusqlite::Result<StoredImprovement> {
    Ok(StoredImprovement {
        id: ImprovementId(row.get("id")?),
        what: ImprovementToStore {
            problem: row.get("problem")?,
            cause: row.get("cause")?,
            action: row.get("action")?,
            owner: StaffId(row.get("owner_id")?),
            due_on: store::day(row, "due_on")?,
            done_on: store::day_or_none(row, "done_on")?,
            checked_on: store::day_or_none(row, "checked_on")?,
            effect: row.get("effect")?,
            customer_told_on: store::day_or_none(row, "customer_told_on")?,
        },
        owner_name: row.get("owner_name")?,
    })
}

/// Improvements that still need somebody by their due day, or finished ones, newest first.
pub(crate) fn page(connection: &Connection, finished: bool) -> Result<Vec<StoredImprovement>> {
    const MOST: i64 = 500;
    let (which, order) = if finished {
        ("improvements.checked_on IS NOT NULL", "improvements.checked_on DESC, improvements.id DESC")
    } else {
        ("improvements.checked_on IS NULL", "improvements.done_on IS NOT NULL, improvements.due_on, improvements.id")
    };
    let sql = format!("{SELECT} WHERE {which} ORDER BY {order} LIMIT :most");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":most": MOST }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those that an assessment decided, in their order.
pub(crate) fn of_assessment(connection: &Connection, id: AssessmentId) -> Result<Vec<StoredImprovement>> {
    let sql = format!(
        "{SELECT}
         JOIN assessment_improvements ON assessment_improvements.improvement_id = improvements.id
         WHERE assessment_improvements.assessment_id = :id
         ORDER BY improvements.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The cases behind an improvement.
pub(crate) fn cases_of(connection: &Connection, id: ImprovementId) -> Result<Vec<CaseLink>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaints.id, complaints.case_no, complaints.description
         FROM improvement_cases
         JOIN complaints ON complaints.id = improvement_cases.complaint_id
         WHERE improvement_cases.improvement_id = :id
         ORDER BY complaints.id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(CaseLink {
            id: ComplaintId(row.get("id")?),
            case_no: row.get("case_no")?,
            description: row.get("description")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came of a case.
pub(crate) fn of_case(connection: &Connection, case: ComplaintId) -> Result<Vec<CaseImprovement>> {
    let mut statement = connection.prepare_cached(
        "SELECT improvements.id, improvements.action, improvements.done_on IS NOT NULL AS is_done,
                improvements.customer_told_on IS NOT NULL AS customer_told
         FROM improvement_cases
         JOIN improvements ON improvements.id = improvement_cases.improvement_id
         WHERE improvement_cases.complaint_id = :case
         ORDER BY improvements.id",
    )?;
    let rows = statement.query_map(named_params! { ":case": case.0 }, |row| {
        Ok(CaseImprovement {
            id: ImprovementId(row.get("id")?),
            action: row.get("action")?,
            is_done: row.get("is_done")?,
            customer_told: row.get("customer_told")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
