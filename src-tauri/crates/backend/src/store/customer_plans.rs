//! What is planned for customers.

use crate::api::customer_plans::CustomerPlanView;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A plan to be kept.
pub(crate) struct Plan<'a> {
    pub customer: CustomerId,
    pub words: &'a str,
    pub due_on: NaiveDate,
    pub owner: StaffId,
    pub by: StaffId,
    pub at: Timestamp,
}

/// Makes a plan.
pub(crate) fn insert(tx: &Transaction, plan: &Plan) -> Result<i64> {
    tx.execute(
        "INSERT INTO customer_plans (customer_id, words, due_on, owner_id, made_at, staff_id)
         VALUES (:customer, :words, :due, :owner, :at, :staff)",
        named_params! {
            ":customer": plan.customer.0, ":words": plan.words, ":due": plan.due_on.to_string(),
            ":owner": plan.owner.0, ":at": plan.at.millis(), ":staff": plan.by.0,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// Changes an open plan.
///
/// # Errors
/// `NotFound` for one that is not there or over.
pub(crate) fn update(tx: &Transaction, id: i64, plan: &Plan) -> Result<()> {
    let changed = tx.execute(
        "UPDATE customer_plans
         SET words = :words, due_on = :due, owner_id = :owner
         WHERE id = :id AND done_on IS NULL",
        named_params! {
            ":id": id, ":words": plan.words, ":due": plan.due_on.to_string(), ":owner": plan.owner.0,
        },
    )?;
    if changed == 0 { Err(ApiError::not_found("plan")) } else { Ok(()) }
}

/// A plan is over; answers whose it was.
///
/// # Errors
/// `NotFound` for one that is not there or over already.
pub(crate) fn end(tx: &Transaction, id: i64, note: Option<&str>, on: NaiveDate) -> Result<CustomerId> {
    let mut statement = tx.prepare_cached(
        "UPDATE customer_plans
         SET done_on = :on, note = :note
         WHERE id = :id AND done_on IS NULL
         RETURNING customer_id",
    )?;
    let whose = statement
        .query_row(named_params! { ":id": id, ":on": on.to_string(), ":note": note }, |row| row.get("customer_id"))
        .optional()?;
    whose.map(CustomerId).ok_or_else(|| ApiError::not_found("plan"))
}

fn read(row: &Row, today: NaiveDate) -> rusqlite::Result<CustomerPlanView> {
    let (due_on, done_on) = (store::day(row, "due_on")?, store::day_or_none(row, "done_on")?);
    Ok(CustomerPlanView {
        id: row.get("id")?,
        words: row.get("words")?,
        due_on,
        is_late: done_on.is_none() && due_on < today,
        owner_id: StaffId(row.get("owner_id")?),
        owner: row.get("owner_name")?,
        done_on,
        note: row.get("note")?,
    })
}

/// The plans of a customer and of the records merged into it: open ones by their day, then the others, newest first.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, today: NaiveDate) -> Result<Vec<CustomerPlanView>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_plans.id, words, due_on, owner_id, staff.name AS owner_name, done_on, note
         FROM customer_plans
         JOIN staff ON staff.id = customer_plans.owner_id
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY done_on IS NOT NULL, done_on DESC, due_on, customer_plans.id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| read(row, today))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The open plan of everybody who has one, the first one by its day.
pub(crate) fn open(connection: &Connection, today: NaiveDate) -> Result<BTreeMap<CustomerId, CustomerPlanView>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, customer_plans.id, words, due_on, owner_id,
                staff.name AS owner_name, done_on, customer_plans.note
         FROM customer_plans
         JOIN customers ON customers.id = customer_plans.customer_id
         JOIN staff ON staff.id = customer_plans.owner_id
         WHERE done_on IS NULL
         ORDER BY due_on DESC, customer_plans.id DESC",
    )?;
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get("person")?), read(row, today)?)))?;
    // Of several of one customer the last one stays, which is the first by its day.
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
