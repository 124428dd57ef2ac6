//! Assessments as rows: the rhythm, those that were held, who was there.

use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::assessment::Rhythm;
use shukebu_domain::complaint::report::Totals;
use shukebu_domain::ids::{AssessmentId, ImprovementId, StaffId};
use shukebu_domain::time::Timestamp;

/// The rhythm that holds, and since when days are due.
#[derive(Debug, Clone)]
pub(crate) struct StoredPlan {
    pub rhythm: Rhythm,
    pub from_on: NaiveDate,
}

/// The newest plan; none where nothing is planned.
pub(crate) fn plan(connection: &Connection) -> Result<Option<StoredPlan>> {
    let mut statement =
        connection.prepare_cached("SELECT rhythm, from_on FROM assessment_plans ORDER BY id DESC LIMIT 1")?;
    let found: Option<(Option<String>, NaiveDate)> =
        statement.query_row([], |row| Ok((row.get("rhythm")?, store::day(row, "from_on")?))).optional()?;
    let Some((Some(rhythm), from_on)) = found else { return Ok(None) };
    Ok(Some(StoredPlan { rhythm: serde_json::from_str(&rhythm)?, from_on }))
}

/// Another rhythm, or none from now on.
pub(crate) fn insert_plan(
    tx: &Transaction,
    rhythm: Option<&Rhythm>,
    from_on: NaiveDate,
    at: Timestamp,
    staff: StaffId,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO assessment_plans (rhythm, from_on, created_at, staff_id) VALUES (:rhythm, :from_on, :at, :staff)",
    )?
    .execute(named_params! {
        ":rhythm": rhythm.map(serde_json::to_string).transpose()?, ":from_on": from_on.to_string(),
        ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(())
}

/// The last day that a planned assessment stood for or was held on, whichever is later.
pub(crate) fn last_planned(connection: &Connection) -> Result<Option<NaiveDate>> {
    let mut statement = connection.prepare_cached(
        "SELECT max(max(due_on), max(held_on)) AS last
         FROM assessments
         WHERE due_on IS NOT NULL",
    )?;
    Ok(statement.query_row([], |row| store::day_or_none(row, "last"))?)
}

/// The last one that was held up to a day.
pub(crate) fn last_held(connection: &Connection, until: NaiveDate) -> Result<Option<(AssessmentId, NaiveDate)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, held_on
         FROM assessments
         WHERE held_on <= :until
         ORDER BY held_on DESC, id DESC
         LIMIT 1",
    )?;
    let found = statement.query_row(named_params! { ":until": until.to_string() }, |row| {
        Ok((AssessmentId(row.get("id")?), store::day(row, "held_on")?))
    });
    Ok(found.optional()?)
}

/// An assessment to be kept.
#[derive(Debug)]
pub(crate) struct AssessmentToStore<'a> {
    pub due_on: Option<NaiveDate>,
    pub held_on: NaiveDate,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub figures: &'a Totals,
    pub others: Option<String>,
    pub notes: Option<String>,
}

/// Keeps one that was held.
pub(crate) fn insert(tx: &Transaction, it: &AssessmentToStore, at: Timestamp, staff: StaffId) -> Result<AssessmentId> {
    tx.prepare_cached(
        "INSERT INTO assessments (due_on, held_on, from_on, to_on, figures, others, notes, recorded_at, staff_id)
         VALUES (:due_on, :held_on, :from_on, :to_on, :figures, :others, :notes, :at, :staff)",
    )?
    .execute(named_params! {
        ":due_on": it.due_on.map(|day| day.to_string()), ":held_on": it.held_on.to_string(),
        ":from_on": it.from_on.to_string(), ":to_on": it.to_on.to_string(),
        ":figures": serde_json::to_string(it.figures)?, ":others": it.others, ":notes": it.notes,
        ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(AssessmentId(tx.last_insert_rowid()))
}

/// Somebody was there; twice is once.
pub(crate) fn insert_person(tx: &Transaction, id: AssessmentId, staff: StaffId) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO assessment_people (assessment_id, staff_id)
         VALUES (:id, :staff)
         ON CONFLICT (assessment_id, staff_id) DO NOTHING",
    )?
    .execute(named_params! { ":id": id.0, ":staff": staff.0 })?;
    Ok(())
}

/// An improvement came of it.
pub(crate) fn link(tx: &Transaction, id: AssessmentId, improvement: ImprovementId) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO assessment_improvements (improvement_id, assessment_id) VALUES (:improvement, :id)",
    )?
    .execute(named_params! { ":id": id.0, ":improvement": improvement.0 })?;
    Ok(())
}

/// One that was held, without its improvements.
#[derive(Debug, Clone)]
pub(crate) struct StoredAssessment {
    pub id: AssessmentId,
    pub due_on: Option<NaiveDate>,
    pub held_on: NaiveDate,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub figures: String,
    pub others: Option<String>,
    pub notes: Option<String>,
    pub recorded_at: Timestamp,
    pub recorded_by: String,
}

/// The newest ones.
pub(crate) fn newest(connection: &Connection, limit: i64) -> Result<Vec<StoredAssessment>> {
    let mut statement = connection.prepare_cached(
        "SELECT assessments.id, assessments.due_on, assessments.held_on, assessments.from_on, assessments.to_on,
                assessments.figures, assessments.others, assessments.notes, assessments.recorded_at,
                staff.name AS recorded_by
         FROM assessments
         JOIN staff ON staff.id = assessments.staff_id
         ORDER BY assessments.held_on DESC, assessments.id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":limit": limit }, |row| {
        Ok(StoredAssessment {
            id: AssessmentId(row.get("id")?),
            due_on: store::day_or_none(row, "due_on")?,
            held_on: store::day(row, "held_on")?,
            from_on: store::day(row, "from_on")?,
            to_on: store::day(row, "to_on")?,
            figures: row.get("figures")?,
            others: row.get("others")?,
            notes: row.get("notes")?,
            recorded_at: store::instant(row, "recorded_at")?,
            recorded_by: row.get("recorded_by")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many were held.
pub(crate) fn count(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT count(*) AS n FROM assessments")?;
    Ok(statement.query_row([], |row| row.get("n"))?)
}

/// Names of those who were there.
pub(crate) fn people_of(connection: &Connection, id: AssessmentId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT staff.name
         FROM assessment_people
         JOIN staff ON staff.id = assessment_people.staff_id
         WHERE assessment_people.assessment_id = :id
         ORDER BY staff.name, staff.id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| row.get("name"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
