//! What happened to cases, what was judged, what was announced, what was given: rows that are only ever added.

use super::id_list;
use super::many::Many;
use crate::api::complaints::corrections::CompensationItem;
use crate::api::complaints::{PromiseKind, ResolutionView, VerdictView};
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::{ComplaintId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// One entry of a case; `event` is the JSON of the domain's event with the words that belong to it.
#[derive(Debug, Clone)]
pub(crate) struct StoredEvent {
    pub at: Timestamp,
    pub recorded_at: Timestamp,
    pub staff: StaffId,
    pub event: String,
    pub is_flagged: bool,
}

/// Adds an entry.
pub(crate) fn append(tx: &Transaction, id: ComplaintId, entry: &StoredEvent) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO complaint_events (complaint_id, at, recorded_at, staff_id, event, is_flagged)
         VALUES (:case, :at, :recorded_at, :staff, :event, :flagged)",
    )?
    .execute(named_params! {
        ":case": id.0, ":at": entry.at.millis(), ":recorded_at": entry.recorded_at.millis(), ":staff": entry.staff.0,
        ":event": entry.event, ":flagged": entry.is_flagged,
    })?;
    Ok(())
}

/// The entries of some cases, each in the order in which they were written.
pub(crate) fn of(connection: &Connection, ids: &[ComplaintId]) -> Result<BTreeMap<ComplaintId, Vec<StoredEvent>>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaint_id, at, recorded_at, staff_id, event, is_flagged
         FROM complaint_events
         WHERE complaint_id IN (SELECT value FROM json_each(:ids))
         ORDER BY complaint_id, id",
    )?;
    let mut rows = statement.query(named_params! { ":ids": id_list(ids)? })?;
    let mut events: BTreeMap<ComplaintId, Vec<StoredEvent>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        events.entry(ComplaintId(row.get("complaint_id")?)).or_default().push(StoredEvent {
            at: store::instant(row, "at")?,
            recorded_at: store::instant(row, "recorded_at")?,
            staff: StaffId(row.get("staff_id")?),
            event: row.get("event")?,
            is_flagged: row.get("is_flagged")?,
        });
    }
    Ok(events)
}

/// Adds verdicts; a promise of a cycle that has one keeps it: what was judged stays.
pub(crate) fn judge(tx: &Transaction, verdicts: &[(ComplaintId, VerdictView)]) -> Result<()> {
    let many = Many {
        insert: "INSERT INTO complaint_verdicts (complaint_id, promise, cycle, asked_at, is_met, due_at, happened_at,
                                                 noticed_at, elapsed_s)",
        unless: "ON CONFLICT (complaint_id, promise, cycle, asked_at) DO NOTHING",
        columns: 9,
    };
    many.insert(tx, verdicts, |row, (id, verdict)| {
        row.next(id.0)?;
        row.next(promise_word(verdict.promise))?;
        row.next(verdict.cycle)?;
        row.next(verdict.asked_at.map_or(0, Timestamp::millis))?;
        row.next(verdict.is_met)?;
        row.next(verdict.due_at.millis())?;
        row.next(verdict.happened_at.millis())?;
        row.next(verdict.noticed_at.millis())?;
        row.next(verdict.elapsed_s)
    })
}

/// The verdicts on some cases, oldest first.
pub(crate) fn verdicts(
    connection: &Connection,
    ids: &[ComplaintId],
) -> Result<BTreeMap<ComplaintId, Vec<VerdictView>>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaint_id, promise, cycle, asked_at, is_met, due_at, happened_at, noticed_at, elapsed_s
         FROM complaint_verdicts
         WHERE complaint_id IN (SELECT value FROM json_each(:ids))
         ORDER BY complaint_id, happened_at, id",
    )?;
    let mut rows = statement.query(named_params! { ":ids": id_list(ids)? })?;
    let mut verdicts: BTreeMap<ComplaintId, Vec<VerdictView>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        verdicts.entry(ComplaintId(row.get("complaint_id")?)).or_default().push(VerdictView {
            promise: store::word(row, "promise")?,
            cycle: row.get("cycle")?,
            asked_at: Some(store::instant(row, "asked_at")?).filter(|asked_at| asked_at.millis() != 0),
            is_met: row.get("is_met")?,
            due_at: store::instant(row, "due_at")?,
            happened_at: store::instant(row, "happened_at")?,
            noticed_at: store::instant(row, "noticed_at")?,
            elapsed_s: row.get("elapsed_s")?,
        });
    }
    Ok(verdicts)
}

/// What names an announcement: it is made once.
pub(crate) type NoticeKey = (PromiseKind, u32, String);

/// What was announced about some cases.
pub(crate) fn notices(
    connection: &Connection,
    ids: &[ComplaintId],
) -> Result<BTreeMap<ComplaintId, BTreeSet<NoticeKey>>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaint_id, promise, cycle, kind
         FROM complaint_notices
         WHERE complaint_id IN (SELECT value FROM json_each(:ids))",
    )?;
    let mut rows = statement.query(named_params! { ":ids": id_list(ids)? })?;
    let mut notices: BTreeMap<ComplaintId, BTreeSet<NoticeKey>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let key = (store::word(row, "promise")?, row.get("cycle")?, row.get("kind")?);
        notices.entry(ComplaintId(row.get("complaint_id")?)).or_default().insert(key);
    }
    Ok(notices)
}

/// Something that was announced about a case, and its own moment.
pub(crate) type Announced = (ComplaintId, NoticeKey, Timestamp);

/// Remembers what was announced.
pub(crate) fn announce(tx: &Transaction, announced: &[Announced], now: Timestamp) -> Result<()> {
    let many = Many {
        insert: "INSERT INTO complaint_notices (complaint_id, promise, cycle, kind, at, announced_at)",
        unless: "ON CONFLICT (complaint_id, promise, cycle, kind) DO NOTHING",
        columns: 6,
    };
    many.insert(tx, announced, |row, (id, (promise, cycle, kind), at)| {
        row.next(id.0)?;
        row.next(promise_word(*promise))?;
        row.next(*cycle)?;
        row.next(kind)?;
        row.next(at.millis())?;
        row.next(now.millis())
    })
}

/// A promise as the tables name it.
const fn promise_word(promise: PromiseKind) -> &'static str {
    match promise {
        PromiseKind::Response => "response",
        PromiseKind::Update => "update",
        PromiseKind::Resolution => "resolution",
        PromiseKind::FollowUp => "follow_up",
    }
}

/// Adds the three parts of a resolution; returns its number.
pub(crate) fn insert_resolution(
    tx: &Transaction,
    id: ComplaintId,
    staff: StaffId,
    resolution: &ResolutionView,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO complaint_resolutions (complaint_id, cycle, resolved_at, staff_id, empathy, empathy_waived,
                                            compensation_kind, compensation_minor, compensation_note, root_cause,
                                            improvement, improvement_due_on, improvement_waived)
         VALUES (:case, :cycle, :resolved_at, :staff, :empathy, :empathy_waived, :kind, :cost, :note, :cause,
                 :improvement, :due_on, :improvement_waived)",
    )?
    .execute(named_params! {
        ":case": id.0, ":cycle": resolution.cycle, ":resolved_at": resolution.resolved_at.millis(), ":staff": staff.0,
        ":empathy": resolution.empathy, ":empathy_waived": resolution.empathy_waived,
        ":kind": resolution.compensation_kind, ":cost": resolution.compensation_minor.minor(),
        ":note": resolution.compensation_note, ":cause": resolution.root_cause,
        ":improvement": resolution.improvement,
        ":due_on": resolution.improvement_due_on.map(|day| day.to_string()),
        ":improvement_waived": resolution.improvement_waived,
    })?;
    let id = tx.last_insert_rowid();
    for item in &resolution.compensation_also {
        tx.prepare_cached(
            "INSERT INTO complaint_compensations (resolution_id, kind, cost_minor, note)
             VALUES (:resolution, :kind, :cost, :note)",
        )?
        .execute(named_params! {
            ":resolution": id, ":kind": item.kind, ":cost": item.cost_minor.minor(), ":note": item.note,
        })?;
    }
    Ok(id)
}

/// The resolutions of a case, oldest first.
pub(crate) fn resolutions(connection: &Connection, id: ComplaintId) -> Result<Vec<ResolutionView>> {
    Ok(numbered_resolutions(connection, id)?.into_iter().map(|(_, resolution)| resolution).collect())
}

/// The resolutions of a case with their numbers, oldest first.
pub(crate) fn numbered_resolutions(connection: &Connection, id: ComplaintId) -> Result<Vec<(i64, ResolutionView)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, cycle, resolved_at, empathy, empathy_waived, compensation_kind, compensation_minor, compensation_note,
                root_cause, improvement, improvement_due_on, improvement_waived
         FROM complaint_resolutions
         WHERE complaint_id = :case
         ORDER BY id",
    )?;
    let rows = statement
        .query_map(named_params! { ":case": id.0 }, |row| Ok((row.get::<_, i64>("id")?, read_resolution(row)?)))?;
    let mut found = vec![];
    for row in rows {
        let (id, resolution) = row?;
        found.push((id, ResolutionView { compensation_also: given_beside(connection, id)?, ..resolution }));
    }
    Ok(found)
}

/// What was given beside the first compensation of a resolution.
fn given_beside(connection: &Connection, resolution: i64) -> Result<Vec<CompensationItem>> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, cost_minor, note FROM complaint_compensations WHERE resolution_id = :resolution ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":resolution": resolution }, |row| {
        Ok(CompensationItem {
            kind: row.get("kind")?,
            cost_minor: store::money(row, "cost_minor")?,
            note: row.get("note")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_resolution(row: &Row) -> rusqlite::Result<ResolutionView> {
    Ok(ResolutionView {
        cycle: row.get("cycle")?,
        resolved_at: store::instant(row, "resolved_at")?,
        empathy: row.get("empathy")?,
        empathy_waived: row.get("empathy_waived")?,
        compensation_kind: row.get("compensation_kind")?,
        compensation_minor: store::money(row, "compensation_minor")?,
        compensation_note: row.get("compensation_note")?,
        compensation_also: vec![],
        posted: vec![],
        noted: vec![],
        returnable: vec![],
        root_cause: row.get("root_cause")?,
        improvement: row.get("improvement")?,
        improvement_due_on: store::day_or_none(row, "improvement_due_on")?,
        improvement_waived: row.get("improvement_waived")?,
    })
}

/// One entry of a customer's timeline.
pub(crate) struct CustomerEvent {
    pub case: ComplaintId,
    pub case_no: String,
    pub description: String,
    pub at: Timestamp,
    pub event: String,
}

/// The newest entries of a customer's cases.
pub(crate) fn of_customer(connection: &Connection, customer: CustomerId, limit: i64) -> Result<Vec<CustomerEvent>> {
    let mut statement = connection.prepare_cached(
        "SELECT complaints.id, complaints.case_no, complaints.description, complaint_events.at, complaint_events.event
         FROM complaints INDEXED BY complaints_by_customer
         JOIN complaint_events ON complaint_events.complaint_id = complaints.id
         WHERE complaints.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
         ORDER BY complaint_events.at DESC, complaint_events.id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0, ":limit": limit }, |row| {
        Ok(CustomerEvent {
            case: ComplaintId(row.get("id")?),
            case_no: row.get("case_no")?,
            description: row.get("description")?,
            at: store::instant(row, "at")?,
            event: row.get("event")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
