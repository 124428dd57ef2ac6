//! Lists that fill themselves: a name and a condition. Also the tag that everybody of a list gets.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::segmentation::Condition;
use shukebu_domain::time::Timestamp;

/// A stored list.
pub(crate) struct StoredList {
    pub id: i64,
    pub name: String,
    pub condition: Condition,
}

fn read(row: &Row) -> rusqlite::Result<(i64, String, String)> {
    Ok((row.get("id")?, row.get("name")?, row.get("definition")?))
}

fn stored((id, name, definition): (i64, String, String)) -> Result<StoredList> {
    Ok(StoredList { id, name, condition: serde_json::from_str(&definition)? })
}

/// All lists, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<StoredList>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, definition FROM dynamic_lists ORDER BY name, id")?;
    let rows = statement.query_map([], read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(stored).collect()
}

/// One list.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<StoredList> {
    let mut statement = connection.prepare_cached("SELECT id, name, definition FROM dynamic_lists WHERE id = :id")?;
    let found = statement.query_row(named_params! { ":id": id }, read).optional()?;
    stored(found.ok_or_else(|| ApiError::not_found("list"))?)
}

/// A list to be kept.
pub(crate) struct NewList<'a> {
    pub id: Option<i64>,
    pub name: &'a str,
    pub condition: &'a Condition,
}

/// Adds or changes a list.
///
/// # Errors
/// `NotFound` for one that is not there.
pub(crate) fn put(tx: &Transaction, list: &NewList, staff: StaffId, at: Timestamp) -> Result<i64> {
    let definition = serde_json::to_string(list.condition)?;
    let values = named_params! {
        ":id": list.id, ":name": list.name, ":definition": definition, ":at": at.millis(), ":staff": staff.0,
    };
    match list.id {
        Some(id) => {
            let changed = tx.execute(
                "UPDATE dynamic_lists
                 SET name = :name, definition = :definition, changed_at = :at, staff_id = :staff
                 WHERE id = :id",
                values,
            )?;
            if changed == 0 { Err(ApiError::not_found("list")) } else { Ok(id) }
        }
        None => {
            tx.execute(
                "INSERT INTO dynamic_lists (id, name, definition, changed_at, staff_id)
                 VALUES (:id, :name, :definition, :at, :staff)",
                values,
            )?;
            Ok(tx.last_insert_rowid())
        }
    }
}

/// Takes a list off.
///
/// # Errors
/// `NotFound`.
pub(crate) fn delete(tx: &Transaction, id: i64) -> Result<()> {
    match tx.execute("DELETE FROM dynamic_lists WHERE id = :id", named_params! { ":id": id })? {
        0 => Err(ApiError::not_found("list")),
        _ => Ok(()),
    }
}

/// Gives customers a tag; answers how many did not have it yet.
pub(crate) fn add_tag(tx: &Transaction, customers: &[CustomerId], tag: &str) -> Result<i64> {
    tx.execute("INSERT INTO tags (name) VALUES (:tag) ON CONFLICT (name) DO NOTHING", named_params! { ":tag": tag })?;
    let mut statement = tx.prepare_cached(
        "INSERT INTO customer_tags (customer_id, tag_id)
         SELECT :customer, id FROM tags WHERE name = :tag
         ON CONFLICT DO NOTHING",
    )?;
    let mut people = 0;
    for customer in customers {
        people += statement.execute(named_params! { ":customer": customer.0, ":tag": tag })?;
    }
    Ok(people as i64)
}

/// Adds a judgement on a day at a moment.
pub(crate) fn insert_judgement(
    tx: &Transaction,
    customer: CustomerId,
    judgement: i8,
    reason: &str,
    (on, at): (NaiveDate, Timestamp),
    staff: StaffId,
) -> Result<i64> {
    tx.execute(
        "INSERT INTO customer_judgements (customer_id, judged_on, judgement, reason, judged_at, staff_id)
         VALUES (:customer, :on, :judgement, :reason, :at, :staff)",
        named_params! {
            ":customer": customer.0, ":on": on.to_string(), ":judgement": judgement, ":reason": reason,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// Judgement, reason, day and person of every judgement of a customer, newest first.
pub(crate) fn judgements_of(
    connection: &Connection,
    customer: CustomerId,
) -> Result<Vec<(i8, String, NaiveDate, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT judgement, reason, judged_on, staff.name AS by_name
         FROM customer_judgements
         JOIN staff ON staff.id = customer_judgements.staff_id
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
         ORDER BY customer_judgements.id DESC",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0 }, |row| {
        Ok((row.get("judgement")?, row.get("reason")?, store::day(row, "judged_on")?, row.get("by_name")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Years of birth, where they are known.
pub(crate) fn birth_years(connection: &Connection) -> Result<Vec<(CustomerId, i32)>> {
    let mut statement =
        connection.prepare_cached("SELECT id, birth_year FROM customers WHERE birth_year IS NOT NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get("id")?), row.get("birth_year")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the cost of any product is known.
pub(crate) fn knows_costs(connection: &Connection) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM products WHERE cost_minor IS NOT NULL) AS found")?;
    Ok(statement.query_row([], |row| row.get("found"))?)
}
