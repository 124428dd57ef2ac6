//! What was promised to customers with a date of its own: the thing, every date that was said, verdicts, its end.

use super::id_list;
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, named_params};
use shukebu_domain::complaint::remedy::{RemedyDate, RemedyKind, RemedyNotice, RemedyVerdict};
use shukebu_domain::ids::{ComplaintId, RemedyId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Something to be promised.
pub(crate) struct RemedyToStore {
    pub case: ComplaintId,
    pub kind: RemedyKind,
    pub words: String,
    pub cost: Money,
    /// The resolution and the place in it where it is a compensation.
    pub given: Option<(i64, usize)>,
}

/// Something that was promised.
#[derive(Debug, Clone)]
pub(crate) struct StoredRemedy {
    pub id: RemedyId,
    pub case: ComplaintId,
    pub kind: RemedyKind,
    pub words: String,
    pub cost: Money,
    pub is_compensation: bool,
    /// Every date that was said, the one that holds last.
    pub dates: Vec<StoredDate>,
    pub end: Option<RemedyEnd>,
}

/// A date that was said.
#[derive(Debug, Clone)]
pub(crate) struct StoredDate {
    pub id: i64,
    pub date: RemedyDate,
    pub reason: Option<String>,
    pub staff: String,
    pub is_kept: Option<bool>,
}

/// How it ended.
#[derive(Debug, Clone)]
pub(crate) struct RemedyEnd {
    pub is_done: bool,
    pub at: Timestamp,
    pub cost: Money,
    pub words: Option<String>,
}

impl StoredRemedy {
    /// The date that holds.
    pub(crate) fn date(&self) -> Result<&StoredDate> {
        self.dates.last().ok_or_else(|| ApiError::not_found("remedy"))
    }
}

/// Adds something that is promised until a date.
pub(crate) fn insert(tx: &Transaction, what: &RemedyToStore, date: &RemedyDate, staff: StaffId) -> Result<RemedyId> {
    let position = what.given.map(|(_, position)| i64::try_from(position)).transpose().map_err(ApiError::internal)?;
    tx.prepare_cached(
        "INSERT INTO remedies (complaint_id, kind, words, cost_minor, resolution_id, position, created_at, staff_id, due_at)
         VALUES (:case, :kind, :words, :cost, :resolution, :position, :at, :staff, :due_at)",
    )?
    .execute(named_params! {
        ":case": what.case.0, ":kind": store::as_word(what.kind)?, ":words": what.words, ":cost": what.cost.minor(),
        ":resolution": what.given.map(|(resolution, _)| resolution), ":position": position,
        ":at": date.promised_at.millis(), ":staff": staff.0, ":due_at": date.due_at.millis(),
    })?;
    let id = RemedyId(tx.last_insert_rowid());
    insert_date(tx, id, date, None, staff)?;
    Ok(id)
}

/// Adds a date; from now on it holds.
pub(crate) fn insert_date(
    tx: &Transaction,
    id: RemedyId,
    date: &RemedyDate,
    reason: Option<&str>,
    staff: StaffId,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO remedy_promises (remedy_id, due_on, due_at, promised_at, reason, staff_id)
         VALUES (:id, :due_on, :due_at, :promised_at, :reason, :staff)",
    )?
    .execute(named_params! {
        ":id": id.0, ":due_on": date.due_on.map(|day| day.to_string()), ":due_at": date.due_at.millis(),
        ":promised_at": date.promised_at.millis(), ":reason": reason, ":staff": staff.0,
    })?;
    tx.prepare_cached("UPDATE remedies SET due_at = :due_at WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":due_at": date.due_at.millis() })?;
    Ok(())
}

/// Writes a verdict down; the first one stands.
pub(crate) fn judge(tx: &Transaction, date: i64, verdict: RemedyVerdict, noticed_at: Timestamp) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO remedy_verdicts (promise_id, is_kept, happened_at, noticed_at)
         VALUES (:date, :is_kept, :happened_at, :noticed_at)
         ON CONFLICT (promise_id) DO NOTHING",
    )?
    .execute(named_params! {
        ":date": date, ":is_kept": verdict.is_kept, ":happened_at": verdict.happened_at.millis(),
        ":noticed_at": noticed_at.millis(),
    })?;
    Ok(())
}

/// Writes its end down.
pub(crate) fn finish(tx: &Transaction, id: RemedyId, end: &RemedyEnd, at: Timestamp, staff: StaffId) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO remedy_ends (remedy_id, is_done, at, recorded_at, cost_minor, words, staff_id)
         VALUES (:id, :is_done, :at, :recorded_at, :cost, :words, :staff)",
    )?
    .execute(named_params! {
        ":id": id.0, ":is_done": end.is_done, ":at": end.at.millis(), ":recorded_at": at.millis(),
        ":cost": end.cost.minor(), ":words": end.words, ":staff": staff.0,
    })?;
    tx.prepare_cached("UPDATE remedies SET is_open = 0, next_wake_at = NULL WHERE id = :id")?
        .execute(named_params! { ":id": id.0 })?;
    Ok(())
}

/// When the program looks at it next.
pub(crate) fn set_wake(tx: &Transaction, id: RemedyId, wake: Option<Timestamp>) -> Result<()> {
    tx.prepare_cached("UPDATE remedies SET next_wake_at = :wake WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":wake": wake.map(Timestamp::millis) })?;
    Ok(())
}

/// What people were told about a date.
pub(crate) fn told(connection: &Connection, date: i64) -> Result<BTreeSet<RemedyNotice>> {
    let mut statement = connection.prepare_cached("SELECT kind FROM remedy_notices WHERE promise_id = :date")?;
    let rows = statement.query_map(named_params! { ":date": date }, |row| store::word(row, "kind"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that people were told.
pub(crate) fn tell(tx: &Transaction, date: i64, notice: RemedyNotice, at: Timestamp) -> Result<()> {
    tx.prepare_cached("INSERT INTO remedy_notices (promise_id, kind, told_at) VALUES (:date, :kind, :at)")?
        .execute(named_params! { ":date": date, ":kind": store::as_word(notice)?, ":at": at.millis() })?;
    Ok(())
}

/// One by its number.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: RemedyId) -> Result<StoredRemedy> {
    let found = select(connection, "remedies.id = :value", "remedies.id", id.0)?.pop();
    found.ok_or_else(|| ApiError::not_found("remedy"))
}

/// Everything that was promised in a case, in the order in which it was.
pub(crate) fn of_case(connection: &Connection, case: ComplaintId) -> Result<Vec<StoredRemedy>> {
    select(connection, "remedies.complaint_id = :value", "remedies.id", case.0)
}

/// Everything that was promised in some cases.
pub(crate) fn of_cases(connection: &Connection, cases: &[ComplaintId]) -> Result<Vec<StoredRemedy>> {
    let which = "remedies.complaint_id IN (SELECT value FROM json_each(:value))";
    select(connection, which, "remedies.complaint_id, remedies.id", id_list(cases)?)
}

/// What is still owed and due before a moment, the oldest due first.
pub(crate) fn open_until(connection: &Connection, before: Timestamp) -> Result<Vec<StoredRemedy>> {
    select(
        connection,
        "remedies.is_open = 1 AND remedies.due_at < :value",
        "remedies.due_at, remedies.id LIMIT 200",
        before.millis(),
    )
}

/// What must be looked at now.
pub(crate) fn due_for_look(connection: &Connection, now: Timestamp) -> Result<Vec<StoredRemedy>> {
    select(
        connection,
        "remedies.is_open = 1 AND remedies.next_wake_at <= :value",
        "remedies.next_wake_at, remedies.id",
        now.millis(),
    )
}

/// When the program looks at the next one.
pub(crate) fn next_wake(connection: &Connection) -> Result<Option<Timestamp>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(next_wake_at) AS wake FROM remedies WHERE is_open = 1 AND next_wake_at IS NOT NULL",
    )?;
    let wake: Option<i64> = statement.query_row([], |row| row.get("wake"))?;
    Ok(wake.map(Timestamp::from_millis))
}

/// The open one that is this compensation.
pub(crate) fn of_compensation(connection: &Connection, resolution: i64, position: i64) -> Result<Option<RemedyId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM remedies WHERE resolution_id = :resolution AND position = :position AND is_open = 1",
    )?;
    let values = named_params! { ":resolution": resolution, ":position": position };
    Ok(statement.query_row(values, |row| row.get("id").map(RemedyId)).optional()?)
}

fn select(connection: &Connection, which: &str, order: &str, value: impl ToSql) -> Result<Vec<StoredRemedy>> {
    let sql = format!(
        "SELECT remedies.id, remedies.complaint_id, remedies.kind, remedies.words, remedies.cost_minor,
                remedies.resolution_id IS NOT NULL AS is_compensation,
                ends.is_done, ends.at AS ended_at, ends.cost_minor AS end_cost_minor, ends.words AS end_words
         FROM remedies
         LEFT JOIN remedy_ends AS ends ON ends.remedy_id = remedies.id
         WHERE {which}
         ORDER BY {order}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":value": value }, read)?;
    let mut found: Vec<StoredRemedy> = rows.collect::<rusqlite::Result<_>>()?;
    let mut dates = dates(connection, &found)?;
    for remedy in &mut found {
        remedy.dates = dates.remove(&remedy.id).unwrap_or_default();
    }
    Ok(found)
}

fn read(row: &Row) -> rusqlite::Result<StoredRemedy> {
    let end = match row.get::<_, Option<bool>>("is_done")? {
        Some(is_done) => Some(RemedyEnd {
            is_done,
            at: store::instant(row, "ended_at")?,
            cost: store::money(row, "end_cost_minor")?,
            words: row.get("end_words")?,
        }),
        None => None,
    };
    Ok(StoredRemedy {
        id: RemedyId(row.get("id")?),
        case: ComplaintId(row.get("complaint_id")?),
        kind: store::word(row, "kind")?,
        words: row.get("words")?,
        cost: store::money(row, "cost_minor")?,
        is_compensation: row.get("is_compensation")?,
        dates: vec![],
        end,
    })
}

/// The dates of all of them, each in the order in which they were said.
fn dates(connection: &Connection, remedies: &[StoredRemedy]) -> Result<BTreeMap<RemedyId, Vec<StoredDate>>> {
    let mut dates: BTreeMap<RemedyId, Vec<StoredDate>> = BTreeMap::new();
    if remedies.is_empty() {
        return Ok(dates);
    }
    let mut statement = connection.prepare_cached(
        "SELECT said.remedy_id, said.id, said.due_on, said.due_at, said.promised_at, said.reason, staff.name AS staff,
                verdicts.is_kept
         FROM remedy_promises AS said
         JOIN staff ON staff.id = said.staff_id
         LEFT JOIN remedy_verdicts AS verdicts ON verdicts.promise_id = said.id
         WHERE said.remedy_id IN (SELECT value FROM json_each(:ids))
         ORDER BY said.id",
    )?;
    let ids: Vec<i64> = remedies.iter().map(|remedy| remedy.id.0).collect();
    let mut rows = statement.query(named_params! { ":ids": serde_json::to_string(&ids)? })?;
    while let Some(row) = rows.next()? {
        dates.entry(RemedyId(row.get("remedy_id")?)).or_default().push(StoredDate {
            id: row.get("id")?,
            date: RemedyDate {
                due_on: store::day_or_none(row, "due_on")?,
                due_at: store::instant(row, "due_at")?,
                promised_at: store::instant(row, "promised_at")?,
            },
            reason: row.get("reason")?,
            staff: row.get("staff")?,
            is_kept: row.get("is_kept")?,
        });
    }
    Ok(dates)
}
