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
         WHERE customer_id = :customer AND spares_customer = 1
         ORDER BY id
         LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":customer": customer.0 })?;
    Ok(rows.next()?.map(|row| row.get("case_no")).transpose()?)
}

/// Everybody who is left in peace.
pub(crate) fn all(connection: &Connection) -> Result<BTreeSet<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT customer_id
         FROM complaints INDEXED BY complaints_sparing
         WHERE spares_customer = 1 AND customer_id IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
