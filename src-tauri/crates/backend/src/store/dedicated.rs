//! Who sees to which customer (专属客服): rows that are only ever added, the newest of a customer holds.

use crate::api::staff::DedicatedEntry;
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// Says who sees to a customer from now on.
pub(crate) fn insert(
    tx: &Transaction,
    customer: CustomerId,
    contact: Option<StaffId>,
    reason: Option<&str>,
    (staff, at): (StaffId, Timestamp),
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO dedicated_contacts (customer_id, contact_id, since_at, staff_id, reason)
         VALUES (:customer, :contact, :at, :staff, :reason)",
    )?
    .execute(named_params! {
        ":customer": customer.0, ":contact": contact.map(|contact| contact.0), ":at": at.millis(), ":staff": staff.0,
        ":reason": reason,
    })?;
    Ok(())
}

/// Who sees to a customer, whichever of the merged records it was said of.
pub(crate) fn of_customer(connection: &Connection, customer: CustomerId) -> Result<Option<StaffId>> {
    let mut statement = connection.prepare_cached(
        "SELECT contact_id
         FROM dedicated_contacts
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
         ORDER BY id DESC
         LIMIT 1",
    )?;
    let found: Option<Option<i64>> =
        statement.query_row(named_params! { ":customer": customer.0 }, |row| row.get("contact_id")).optional()?;
    Ok(found.flatten().map(StaffId))
}

/// The customers whom a person sees to now.
pub(crate) fn of_contact(connection: &Connection, contact: StaffId) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id
         FROM dedicated_contacts AS said
         WHERE contact_id = :contact
           AND id = (SELECT max(newest.id)
                     FROM dedicated_contacts AS newest
                     WHERE newest.customer_id = said.customer_id)
         ORDER BY customer_id",
    )?;
    let rows =
        statement.query_map(named_params! { ":contact": contact.0 }, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every change of who sees to a customer, newest first.
pub(crate) fn history(connection: &Connection, customer: CustomerId) -> Result<Vec<DedicatedEntry>> {
    const MOST: i64 = 50;
    let mut statement = connection.prepare_cached(
        "SELECT dedicated_contacts.since_at, dedicated_contacts.reason, contact.name AS contact_name,
                staff.name AS staff_name
         FROM dedicated_contacts
         JOIN staff ON staff.id = dedicated_contacts.staff_id
         LEFT JOIN staff AS contact ON contact.id = dedicated_contacts.contact_id
         WHERE dedicated_contacts.customer_id IN (SELECT id
                                                  FROM customers
                                                  WHERE id = :customer OR merged_into = :customer)
         ORDER BY dedicated_contacts.id DESC
         LIMIT :most",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0, ":most": MOST }, |row| {
        Ok(DedicatedEntry {
            at: store::instant(row, "since_at")?,
            name: row.get("contact_name")?,
            reason: row.get("reason")?,
            staff: row.get("staff_name")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
