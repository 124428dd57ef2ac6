//! What the search for look-alikes reads, and who was said to be different.

use crate::api::customers::BirthdayInput;
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A record as it is compared.
pub(crate) struct Candidate {
    pub id: CustomerId,
    pub name: String,
    pub is_company: bool,
    pub company: Option<String>,
    pub gender: Option<String>,
    pub birthday: Option<BirthdayInput>,
    pub orders: i64,
}

/// Everybody who stays, by id.
pub(crate) fn candidates(connection: &Connection) -> Result<Vec<Candidate>> {
    let mut statement = connection.prepare_cached(
        "SELECT customers.id, customers.name, customers.kind = 'company' AS is_company, customers.company,
                customers.gender, customers.birthday_calendar, customers.birth_year, customers.birth_month,
                customers.birth_day, customers.birth_is_leap, figures.orders
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         ORDER BY customers.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Candidate {
            id: CustomerId(row.get("id")?),
            name: row.get("name")?,
            is_company: row.get("is_company")?,
            company: row.get("company")?,
            gender: row.get("gender")?,
            birthday: store::customers::birthday(row)?,
            orders: row.get("orders")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Current handles by customer.
pub(crate) fn handles(connection: &Connection) -> Result<BTreeMap<CustomerId, Vec<String>>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id, value FROM contacts WHERE retired_at IS NULL ORDER BY customer_id, id")?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(CustomerId(row.get("customer_id")?)).or_default().push(row.get("value")?);
    }
    Ok(found)
}

/// Pairs that were said to be different, the smaller id first.
pub(crate) fn not_same(connection: &Connection) -> Result<BTreeSet<(CustomerId, CustomerId)>> {
    let mut statement =
        connection.prepare_cached("SELECT one_id, other_id FROM customers_not_same ORDER BY one_id, other_id")?;
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get("one_id")?), CustomerId(row.get("other_id")?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Remembers that two are different; the smaller id comes first.
pub(crate) fn set_not_same(
    tx: &Transaction,
    pair: (CustomerId, CustomerId),
    staff: StaffId,
    at: Timestamp,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO customers_not_same (one_id, other_id, decided_at, staff_id)
         VALUES (:one, :other, :at, :staff)
         ON CONFLICT (one_id, other_id) DO NOTHING",
    )?
    .execute(named_params! {
        ":one": pair.0.0, ":other": pair.1.0, ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(())
}

/// Forgets that two are different.
pub(crate) fn forget_not_same(tx: &Transaction, pair: (CustomerId, CustomerId)) -> Result<()> {
    tx.prepare_cached("DELETE FROM customers_not_same WHERE one_id = :one AND other_id = :other")?
        .execute(named_params! { ":one": pair.0.0, ":other": pair.1.0 })?;
    Ok(())
}
