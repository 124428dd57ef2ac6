//! What stands before and after a contact: first contacts, purchases and classes of customers, a span of them at a time.

use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use std::collections::BTreeMap;

/// The first day of a span of shop days on which the shop got in touch with a customer by itself, of all with whom it did.
pub(crate) fn first_contacts(
    connection: &Connection,
    (first, last): (NaiveDate, NaiveDate),
    zone: Tz,
) -> Result<BTreeMap<CustomerId, NaiveDate>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, interactions.at
         FROM interactions
         JOIN customers ON customers.id = interactions.customer_id
         WHERE interactions.direction = 'out'
         ORDER BY interactions.at DESC, interactions.id DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let day = store::instant(row, "at")?.day_in(zone);
        if (first..=last).contains(&day) {
            found.insert(CustomerId(row.get("person")?), day);
        }
    }
    Ok(found)
}

/// Day and net of every purchase of all customers whose ids lie in a span, in order of time.
pub(crate) fn purchases(
    connection: &Connection,
    (first, last): (CustomerId, CustomerId),
) -> Result<BTreeMap<CustomerId, Vec<(NaiveDate, Money)>>> {
    let mut statement = connection.prepare_cached(
        "WITH records AS (
             SELECT id, id AS person FROM customers WHERE id BETWEEN :first AND :last AND merged_into IS NULL
             UNION ALL
             SELECT id, merged_into FROM customers WHERE merged_into BETWEEN :first AND :last
         )
         SELECT records.person, sales.sold_on, sales.net_minor - sales.refunded_minor AS kept_minor
         FROM records
         CROSS JOIN sales INDEXED BY sales_by_customer ON sales.customer_id = records.id
         WHERE sales.net_minor > sales.refunded_minor
         ORDER BY records.person, sales.sold_on",
    )?;
    let mut rows = statement.query(named_params! { ":first": first.0, ":last": last.0 })?;
    let mut found: BTreeMap<CustomerId, Vec<(NaiveDate, Money)>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let purchase = (store::day(row, "sold_on")?, store::money(row, "kept_minor")?);
        found.entry(CustomerId(row.get("person")?)).or_default().push(purchase);
    }
    Ok(found)
}

/// Since when customers whose ids lie in a span were in which class of a scheme, in order of time. A record that was
/// merged away is nobody by itself.
pub(crate) fn classes_held(
    connection: &Connection,
    scheme_key: &str,
    (first, last): (CustomerId, CustomerId),
) -> Result<BTreeMap<CustomerId, Vec<(NaiveDate, String)>>> {
    let mut statement = connection.prepare_cached(
        "SELECT segment_assignments.customer_id, on_day, segment_assignments.class_key
         FROM customers
         CROSS JOIN segment_assignments ON segment_assignments.customer_id = customers.id
         WHERE customers.id BETWEEN :first AND :last AND merged_into IS NULL AND scheme_key = :scheme
         ORDER BY segment_assignments.customer_id, segment_assignments.id",
    )?;
    let mut rows = statement.query(named_params! { ":first": first.0, ":last": last.0, ":scheme": scheme_key })?;
    let mut found: BTreeMap<CustomerId, Vec<(NaiveDate, String)>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let held = (store::day(row, "on_day")?, row.get("class_key")?);
        found.entry(CustomerId(row.get("customer_id")?)).or_default().push(held);
    }
    Ok(found)
}
