//! Classes given by hand: with a reason, a person and a last day.

use super::few::{Few, may_have};
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::segmentation::Scheme;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A class given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pin {
    pub id: i64,
    pub class_key: String,
    pub reason: String,
    pub until: NaiveDate,
    pub by: String,
}

fn read(row: &Row) -> rusqlite::Result<Pin> {
    Ok(Pin {
        id: row.get("id")?,
        class_key: row.get("class_key")?,
        reason: row.get("reason")?,
        until: store::day(row, "until_on")?,
        by: row.get("by_name")?,
    })
}

/// Those of a scheme that hold on a day; one whose class the scheme no longer has does not hold.
pub(crate) fn holding(connection: &Connection, scheme: &Scheme, day: NaiveDate) -> Result<BTreeMap<CustomerId, Pin>> {
    let mut statement = connection.prepare_cached(
        "SELECT segment_pins.id, customer_id, class_key, reason, until_on, staff.name AS by_name
         FROM segment_pins
         JOIN staff ON staff.id = segment_pins.staff_id
         WHERE scheme_key = :scheme AND ended_at IS NULL AND until_on >= :day
         ORDER BY customer_id",
    )?;
    let pairs = statement.query_map(named_params! { ":scheme": scheme.key, ":day": day.to_string() }, |row| {
        Ok((CustomerId(row.get("customer_id")?), read(row)?))
    })?;
    let pins: BTreeMap<CustomerId, Pin> = pairs.collect::<rusqlite::Result<_>>()?;
    Ok(pins.into_iter().filter(|(_, pin)| scheme.face(&pin.class_key).is_some()).collect())
}

/// The one of a customer that holds on a day.
pub(crate) fn of_customer(
    connection: &Connection,
    scheme: &Scheme,
    id: CustomerId,
    day: NaiveDate,
) -> Result<Option<Pin>> {
    if !may_have(connection, Few::Pin, id)? {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(
        "SELECT segment_pins.id, class_key, reason, until_on, staff.name AS by_name
         FROM segment_pins
         JOIN staff ON staff.id = segment_pins.staff_id
         WHERE scheme_key = :scheme AND customer_id = :id AND ended_at IS NULL AND until_on >= :day",
    )?;
    let wanted = named_params! { ":scheme": scheme.key, ":id": id.0, ":day": day.to_string() };
    let pin = statement.query_row(wanted, read).optional()?;
    Ok(pin.filter(|pin| scheme.face(&pin.class_key).is_some()))
}

/// By id, however long ago.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<Pin> {
    let mut statement = connection.prepare_cached(
        "SELECT segment_pins.id, class_key, reason, until_on, staff.name AS by_name
         FROM segment_pins
         JOIN staff ON staff.id = segment_pins.staff_id
         WHERE segment_pins.id = :id",
    )?;
    Ok(statement.query_row(named_params! { ":id": id }, read)?)
}

/// What is given by hand.
pub(crate) struct NewPin<'a> {
    pub customer: CustomerId,
    pub scheme_key: &'a str,
    pub class_key: &'a str,
    pub reason: &'a str,
    pub until: NaiveDate,
    pub by: StaffId,
    pub at: Timestamp,
}

/// Gives a class by hand, in place of an earlier one.
pub(crate) fn insert(tx: &Transaction, pin: &NewPin) -> Result<i64> {
    let replaced: Option<i64> = tx
        .prepare_cached(
            "SELECT id FROM segment_pins
             WHERE scheme_key = :scheme AND customer_id = :customer AND ended_at IS NULL",
        )?
        .query_row(named_params! { ":scheme": pin.scheme_key, ":customer": pin.customer.0 }, |row| row.get("id"))
        .optional()?;
    end(tx, pin.customer, pin.scheme_key, pin.at)?;
    tx.prepare_cached(
        "INSERT INTO segment_pins (customer_id, scheme_key, class_key, reason, until_on, pinned_at, staff_id)
         VALUES (:customer, :scheme, :class, :reason, :until, :at, :staff)",
    )?
    .execute(named_params! {
        ":customer": pin.customer.0, ":scheme": pin.scheme_key, ":class": pin.class_key, ":reason": pin.reason,
        ":until": pin.until.to_string(), ":at": pin.at.millis(), ":staff": pin.by.0,
    })?;
    let id = tx.last_insert_rowid();
    if let Some(replaced) = replaced {
        tx.prepare_cached("UPDATE segment_pins SET replaced_by = :id WHERE id = :replaced")?
            .execute(named_params! { ":id": id, ":replaced": replaced })?;
    }
    Ok(id)
}

/// Takes it back; answers whether there was one.
pub(crate) fn end(tx: &Transaction, customer: CustomerId, scheme_key: &str, at: Timestamp) -> Result<bool> {
    let ended = tx
        .prepare_cached(
            "UPDATE segment_pins SET ended_at = :at
             WHERE scheme_key = :scheme AND customer_id = :customer AND ended_at IS NULL",
        )?
        .execute(named_params! { ":at": at.millis(), ":scheme": scheme_key, ":customer": customer.0 })?;
    Ok(ended > 0)
}

/// Takes one back that still holds; the one that it replaced holds again. Answers whose it was and in which scheme.
pub(crate) fn take_back(tx: &Transaction, id: i64, at: Timestamp) -> Result<Option<(CustomerId, String)>> {
    let found = tx
        .prepare_cached("SELECT customer_id, scheme_key FROM segment_pins WHERE id = :id AND ended_at IS NULL")?
        .query_row(named_params! { ":id": id }, |row| {
            Ok((CustomerId(row.get("customer_id")?), row.get::<_, String>("scheme_key")?))
        })
        .optional()?;
    let Some((customer, scheme_key)) = found else { return Ok(None) };
    end(tx, customer, &scheme_key, at)?;
    tx.prepare_cached("UPDATE segment_pins SET ended_at = NULL, replaced_by = NULL WHERE replaced_by = :id")?
        .execute(named_params! { ":id": id })?;
    Ok(Some((customer, scheme_key)))
}
