//! What a merge writes and its undo takes back: the link, the row of figures, and a record of everything else.

use crate::api::merges::MergeField;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::everything::Sql;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// What an undo puts back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MergeRecord {
    /// The records that moved: the one that was merged, and those that had been merged into it before.
    pub moved: Vec<CustomerId>,
    /// Fields of the customer who stays that took another value.
    pub fields: Vec<FieldChange>,
    /// Contact handles that he did not have.
    pub contacts: Vec<String>,
    /// Tags that he did not have.
    pub tags: Vec<String>,
    /// Changes of class that the merge brought.
    pub assignments: Vec<i64>,
    /// The row of figures of the one that was merged.
    pub figures: Map<String, Value>,
}

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FieldChange {
    pub field: MergeField,
    pub before: Value,
    pub after: Value,
}

/// A merge as it is stored.
pub(crate) struct StoredMerge {
    pub id: i64,
    pub survivor: CustomerId,
    pub absorbed: CustomerId,
    pub merged_at: Timestamp,
    pub undone_at: Option<Timestamp>,
    pub record: MergeRecord,
}

const COLUMNS: &str = "id, survivor_id, absorbed_id, merged_at, undone_at, record";

fn read(row: &Row) -> rusqlite::Result<(StoredMerge, String)> {
    let undone: Option<i64> = row.get("undone_at")?;
    let merge = StoredMerge {
        id: row.get("id")?,
        survivor: CustomerId(row.get("survivor_id")?),
        absorbed: CustomerId(row.get("absorbed_id")?),
        merged_at: store::instant(row, "merged_at")?,
        undone_at: undone.map(Timestamp::from_millis),
        record: MergeRecord {
            moved: vec![],
            fields: vec![],
            contacts: vec![],
            tags: vec![],
            assignments: vec![],
            figures: Map::new(),
        },
    };
    Ok((merge, row.get("record")?))
}

fn whole((merge, record): (StoredMerge, String)) -> Result<StoredMerge> {
    Ok(StoredMerge { record: serde_json::from_str(&record)?, ..merge })
}

/// One merge.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<StoredMerge> {
    let sql = format!("SELECT {COLUMNS} FROM merges WHERE id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id }, read).optional()?;
    whole(found.ok_or_else(|| ApiError::not_found("merge"))?)
}

/// Merges that hold, newest first: those of one customer, or the newest of all.
pub(crate) fn list(connection: &Connection, customer: Option<CustomerId>, limit: i64) -> Result<Vec<StoredMerge>> {
    let of = if customer.is_some() { "survivor_id = :customer" } else { ":customer IS NULL" };
    let sql = format!("SELECT {COLUMNS} FROM merges WHERE {of} AND undone_at IS NULL ORDER BY id DESC LIMIT :limit");
    let mut statement = connection.prepare_cached(&sql)?;
    let values = named_params! { ":customer": customer.map(|customer| customer.0), ":limit": limit };
    let rows = statement.query_map(values, read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(whole).collect()
}

/// Writes a merge down.
pub(crate) fn insert(
    tx: &Transaction,
    survivor: CustomerId,
    absorbed: CustomerId,
    staff: StaffId,
    at: Timestamp,
    record: &MergeRecord,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO merges (survivor_id, absorbed_id, merged_at, staff_id, record)
         VALUES (:survivor, :absorbed, :at, :staff, :record)",
    )?
    .execute(named_params! {
        ":survivor": survivor.0, ":absorbed": absorbed.0, ":at": at.millis(), ":staff": staff.0,
        ":record": serde_json::to_string(record)?,
    })?;
    Ok(tx.last_insert_rowid())
}

/// The merge holds no longer.
pub(crate) fn mark_undone(tx: &Transaction, id: i64, at: Timestamp) -> Result<()> {
    tx.prepare_cached("UPDATE merges SET undone_at = :at WHERE id = :id")?
        .execute(named_params! { ":id": id, ":at": at.millis() })?;
    Ok(())
}

/// Links a record, and those merged into it before, to the customer who stays. Answers which records moved.
pub(crate) fn link(tx: &Transaction, absorbed: CustomerId, survivor: CustomerId) -> Result<Vec<CustomerId>> {
    let moved: Vec<CustomerId> = super::records_of(tx, absorbed)?.into_iter().map(|record| record.id).collect();
    tx.prepare_cached("UPDATE customers SET merged_into = :survivor WHERE id = :absorbed OR merged_into = :absorbed")?
        .execute(named_params! { ":survivor": survivor.0, ":absorbed": absorbed.0 })?;
    Ok(moved)
}

/// Takes a link back: the record stands alone again, with those that had been merged into it.
pub(crate) fn unlink(tx: &Transaction, absorbed: CustomerId, moved: &[CustomerId]) -> Result<()> {
    let mut statement = tx.prepare_cached("UPDATE customers SET merged_into = :home WHERE id = :id")?;
    for id in moved {
        let home = if *id == absorbed { None } else { Some(absorbed.0) };
        statement.execute(named_params! { ":id": id.0, ":home": home })?;
    }
    Ok(())
}

/// A record was written, though none of its own fields changed.
pub(crate) fn touch(tx: &Transaction, id: CustomerId, at: Timestamp) -> Result<()> {
    tx.prepare_cached("UPDATE customers SET updated_at = :at WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":at": at.millis() })?;
    Ok(())
}

/// The customer a record belongs to, `None` when it stands alone.
pub(crate) fn home_of(connection: &Connection, id: CustomerId) -> Result<Option<CustomerId>> {
    let mut statement = connection.prepare_cached("SELECT merged_into FROM customers WHERE id = :id")?;
    let home: Option<Option<i64>> =
        statement.query_row(named_params! { ":id": id.0 }, |row| row.get("merged_into")).optional()?;
    Ok(home.flatten().map(CustomerId))
}

/// Takes a record out of all lists: its row of figures and its search text.
pub(crate) fn take_figures(tx: &Transaction, id: CustomerId) -> Result<Map<String, Value>> {
    let mut statement = tx.prepare("SELECT * FROM customer_figures WHERE customer_id = ?1")?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row = statement.query_row([id.0], |row| {
        let mut values = Map::new();
        for name in &names {
            let value = match row.get_ref(name.as_str())? {
                ValueRef::Integer(number) => Value::from(number),
                ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text).into_owned()),
                _ => Value::Null,
            };
            values.insert(name.clone(), value);
        }
        Ok(values)
    })?;
    tx.execute("DELETE FROM customer_figures WHERE customer_id = ?1", [id.0])?;
    tx.execute("DELETE FROM customer_search WHERE customer_id = ?1", [id.0])?;
    Ok(row)
}

/// Puts a row of figures back; columns that the book has got since then begin at their own start.
pub(crate) fn put_figures(tx: &Transaction, figures: &Map<String, Value>) -> Result<()> {
    let known = store::everything::columns(tx, "customer_figures")?;
    let kept: Vec<(&String, &Value)> = figures.iter().filter(|(name, _)| known.contains(name)).collect();
    let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
    let holes = vec!["?"; names.len()];
    let values = kept.iter().map(|(_, value)| match value {
        Value::Number(number) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Value::String(text) => Sql::Text(text.clone()),
        _ => Sql::Null,
    });
    tx.execute(
        &format!("INSERT INTO customer_figures ({}) VALUES ({})", names.join(", "), holes.join(", ")),
        params_from_iter(values),
    )?;
    Ok(())
}

/// The newest entry about a customer's class.
pub(crate) fn newest_assignment(connection: &Connection, id: CustomerId) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT coalesce(max(id), 0) AS newest FROM segment_assignments WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("newest"))?)
}

/// The entries about a customer's class after one.
pub(crate) fn assignments_after(connection: &Connection, id: CustomerId, after: i64) -> Result<Vec<i64>> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM segment_assignments WHERE customer_id = :id AND id > :after ORDER BY id")?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":after": after }, |row| row.get("id"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes back changes of class that a merge brought, while nothing came after them.
pub(crate) fn forget_assignments(tx: &Transaction, customer: CustomerId, ids: &[i64]) -> Result<()> {
    let Some(last) = ids.last() else { return Ok(()) };
    if newest_assignment(tx, customer)? != *last {
        return Ok(());
    }
    let mut forget = tx.prepare_cached("DELETE FROM segment_assignments WHERE id = :id")?;
    for id in ids {
        forget.execute(named_params! { ":id": id })?;
    }
    tx.prepare_cached(
        "UPDATE customer_figures
         SET (class_key, class_kind, class_since) =
             (SELECT newest.class_key, newest.assignment ->> '$.sub_kind',
                     (SELECT max(came.on_day)
                      FROM segment_assignments AS came
                      WHERE came.customer_id = newest.customer_id AND came.scheme_key = newest.scheme_key
                        AND came.class_key = newest.class_key
                        AND came.from_class_key IS NOT came.class_key)
              FROM segment_assignments AS newest
              JOIN schemes ON schemes.key = newest.scheme_key AND schemes.is_primary = 1
              WHERE newest.customer_id = :id
              ORDER BY newest.id DESC
              LIMIT 1)
         WHERE customer_id = :id",
    )?
    .execute(named_params! { ":id": customer.0 })?;
    Ok(())
}

/// Takes contact handles away that a merge had brought.
pub(crate) fn forget_contacts(tx: &Transaction, customer: CustomerId, values: &[String]) -> Result<()> {
    let mut statement = tx.prepare_cached("DELETE FROM contacts WHERE customer_id = :id AND value = :value")?;
    for value in values {
        statement.execute(named_params! { ":id": customer.0, ":value": value })?;
    }
    Ok(())
}

/// Adds a contact handle after the others.
pub(crate) fn add_contact(tx: &Transaction, customer: CustomerId, kind: &str, value: &str) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO contacts (customer_id, kind, value, position)
         SELECT :id, :kind, :value, coalesce(max(position) + 1, 0)
         FROM contacts
         WHERE customer_id = :id",
    )?
    .execute(named_params! { ":id": customer.0, ":kind": kind, ":value": value })?;
    Ok(())
}

/// Notes and cases of a record, for a preview.
pub(crate) fn notes_and_cases(connection: &Connection, id: CustomerId) -> Result<(i64, i64)> {
    let mut statement = connection.prepare_cached(
        "WITH records AS (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         SELECT (SELECT count(*) FROM notes WHERE customer_id IN (SELECT id FROM records)) AS notes,
                (SELECT count(*) FROM complaints WHERE customer_id IN (SELECT id FROM records)) AS cases",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| Ok((row.get("notes")?, row.get("cases")?)))?)
}
