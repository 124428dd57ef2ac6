//! Priorities set by hand, and what a priority looks at that stands in the figures of customers.

use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A priority set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lock {
    pub level: u8,
    pub reason: String,
    /// The last day it holds; without one, until a person takes it back.
    pub until: Option<NaiveDate>,
    pub locked_at: Timestamp,
    pub by: String,
}

fn read(row: &Row) -> rusqlite::Result<Lock> {
    Ok(Lock {
        level: row.get("level")?,
        reason: row.get("reason")?,
        until: store::day_or_none(row, "until_on")?,
        locked_at: store::instant(row, "locked_at")?,
        by: row.get("by_name")?,
    })
}

/// The one of a customer that holds on a day.
pub(crate) fn lock_of(connection: &Connection, id: CustomerId, day: NaiveDate) -> Result<Option<Lock>> {
    let mut statement = connection.prepare_cached(
        "SELECT level, reason, until_on, locked_at, staff.name AS by_name
         FROM priority_locks
         JOIN staff ON staff.id = priority_locks.staff_id
         WHERE customer_id = :id AND ended_at IS NULL AND (until_on IS NULL OR until_on >= :day)",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0, ":day": day.to_string() }, read).optional()?)
}

/// The level of everybody whose priority a person set and that holds on a day.
pub(crate) fn locked(connection: &Connection, day: NaiveDate) -> Result<BTreeMap<CustomerId, u8>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id, level
         FROM priority_locks
         WHERE ended_at IS NULL AND (until_on IS NULL OR until_on >= :day)
         ORDER BY customer_id",
    )?;
    let rows = statement.query_map(named_params! { ":day": day.to_string() }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("level")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is set by hand.
pub(crate) struct NewLock<'a> {
    pub customer: CustomerId,
    pub level: u8,
    pub reason: &'a str,
    pub until: Option<NaiveDate>,
    pub by: StaffId,
    pub at: Timestamp,
}

/// Sets a priority by hand, in place of an earlier one.
pub(crate) fn insert(tx: &Transaction, lock: &NewLock) -> Result<i64> {
    end(tx, lock.customer, lock.at)?;
    tx.prepare_cached(
        "INSERT INTO priority_locks (customer_id, level, reason, until_on, locked_at, staff_id)
         VALUES (:customer, :level, :reason, :until, :at, :staff)",
    )?
    .execute(named_params! {
        ":customer": lock.customer.0, ":level": lock.level, ":reason": lock.reason,
        ":until": lock.until.map(|day| day.to_string()), ":at": lock.at.millis(), ":staff": lock.by.0,
    })?;
    Ok(tx.last_insert_rowid())
}

/// Takes it back; answers whether there was one.
pub(crate) fn end(tx: &Transaction, customer: CustomerId, at: Timestamp) -> Result<bool> {
    let ended = tx
        .prepare_cached("UPDATE priority_locks SET ended_at = :at WHERE customer_id = :customer AND ended_at IS NULL")?
        .execute(named_params! { ":at": at.millis(), ":customer": customer.0 })?;
    Ok(ended > 0)
}

/// Who has an open complaint, and who stands on one of some tiers.
#[derive(Default)]
pub(crate) struct Standing {
    pub has_open_complaint: bool,
    pub tier_rank: Option<u32>,
}

/// Open complaint and tier of one customer.
pub(crate) fn standing_of(connection: &Connection, id: CustomerId) -> Result<Standing> {
    let mut statement = connection.prepare_cached(
        "SELECT open_complaints > 0 AS has_open_complaint, tier_rank FROM customer_figures WHERE customer_id = :id",
    )?;
    let found = statement.query_row(named_params! { ":id": id.0 }, |row| {
        Ok(Standing { has_open_complaint: row.get("has_open_complaint")?, tier_rank: row.get("tier_rank")? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Everybody with an open complaint, by id.
pub(crate) fn complaining(connection: &Connection) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id FROM customer_figures WHERE open_complaints > 0 ORDER BY customer_id")?;
    let rows = statement.query_map([], |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody on a tier, by id.
pub(crate) fn on_tier(connection: &Connection, rank: u32) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id FROM customer_figures WHERE tier_rank = :rank ORDER BY customer_id")?;
    let rows = statement.query_map(named_params! { ":rank": rank }, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The priority of everybody, by id.
#[derive(Clone)]
pub(crate) struct Priorities(Rc<[(CustomerId, u8)]>);

impl FromIterator<(CustomerId, u8)> for Priorities {
    fn from_iter<T: IntoIterator<Item = (CustomerId, u8)>>(rows: T) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl Priorities {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Everybody with theirs, by id.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = (CustomerId, u8)> {
        self.0.iter().copied()
    }

    /// That of a customer.
    pub(crate) fn of(&self, id: CustomerId) -> Option<u8> {
        let row = self.0.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        self.0.get(row).map(|(_, level)| *level)
    }

    /// Those whose priority fulfils something, by id.
    pub(crate) fn who(&self, holds: impl Fn(u8) -> bool) -> Vec<CustomerId> {
        self.0.iter().filter(|(_, level)| holds(*level)).map(|(id, _)| *id).collect()
    }
}
