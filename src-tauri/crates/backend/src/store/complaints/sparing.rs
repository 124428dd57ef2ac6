//! Who is kept out of everything that sells, because a complaint of theirs is not over.

use crate::error::Result;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeSet;

/// The number of the case because of which a customer is left in peace, if there is one.
pub(crate) fn because_of(connection: &Connection, customer: CustomerId) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT case_no
         FROM complaints INDEXED BY complaints_sparing
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND spares_customer = 1
         ORDER BY id
         LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":customer": customer.0 })?;
    Ok(rows.next()?.map(|row| row.get("case_no")).transpose()?)
}

/// Everybody who is left in peace.
pub(crate) fn all(connection: &Connection) -> Result<BTreeSet<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT coalesce(customers.merged_into, customers.id) AS person
         FROM complaints INDEXED BY complaints_sparing
         JOIN customers ON customers.id = complaints.customer_id
         WHERE complaints.spares_customer = 1",
    )?;
    let rows = statement.query_map([], |row| Ok(CustomerId(row.get("person")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
