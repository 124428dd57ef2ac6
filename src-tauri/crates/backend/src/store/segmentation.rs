//! Schemes, runs and classes: what is cached in `customer_figures` and the history behind it.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::{Assignment, Scheme, SchemeCuts};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// Adds a scheme.
pub(crate) fn insert_scheme(tx: &Transaction, scheme: &Scheme, is_primary: bool, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO schemes (key, version, definition, is_primary, changed_at)
         VALUES (:key, :version, :definition, :is_primary, :at)",
        named_params! {
            ":key": scheme.key, ":version": scheme.version, ":definition": serde_json::to_string(scheme)?,
            ":is_primary": is_primary, ":at": at.millis(),
        },
    )?;
    Ok(())
}

/// The scheme that drives the day.
pub(crate) fn primary(connection: &Connection) -> Result<Scheme> {
    let mut statement =
        connection.prepare_cached("SELECT definition FROM schemes WHERE is_primary = 1 ORDER BY key LIMIT 1")?;
    let found: Option<String> = statement.query_row([], |row| row.get("definition")).optional()?;
    let text = found.ok_or_else(|| ApiError::internal("the book has no primary scheme"))?;
    Ok(serde_json::from_str(&text)?)
}

/// All schemes in the order in which they came into the book.
pub(crate) fn schemes(connection: &Connection) -> Result<Vec<Scheme>> {
    let mut statement = connection.prepare_cached("SELECT definition FROM schemes ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    let mut schemes = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        schemes.push(serde_json::from_str(&definition)?);
    }
    Ok(schemes)
}

/// Why there was a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunReason {
    /// The book began: nobody there yet.
    Start,
    /// Twice as many buyers as at the last one, while they are few.
    Growth,
    /// A month began.
    Month,
    /// A person asked for it.
    Person,
    /// Many sales came at once.
    Import,
}

/// A run as it is stored.
pub(crate) struct StoredRun {
    pub id: i64,
    pub as_of: NaiveDate,
    pub why: RunReason,
    pub cuts: SchemeCuts,
}

/// A run to be stored.
pub(crate) struct RunToStore<'a> {
    pub scheme: &'a Scheme,
    pub as_of: NaiveDate,
    pub at: Timestamp,
    pub why: RunReason,
    pub cuts: &'a SchemeCuts,
    pub counts: &'a BTreeMap<String, u32>,
}

/// Adds a run.
pub(crate) fn insert_run(tx: &Transaction, run: &RunToStore) -> Result<i64> {
    tx.execute(
        "INSERT INTO segment_runs (scheme_key, scheme_version, as_of_on, ran_at, why, cuts, counts)
         VALUES (:key, :version, :as_of, :at, :why, :cuts, :counts)",
        named_params! {
            ":key": run.scheme.key, ":version": run.scheme.version, ":as_of": run.as_of.to_string(),
            ":at": run.at.millis(), ":why": store::as_word(run.why)?, ":cuts": serde_json::to_string(run.cuts)?,
            ":counts": serde_json::to_string(run.counts)?,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// The newest run of a scheme.
pub(crate) fn latest_run(connection: &Connection, scheme_key: &str) -> Result<StoredRun> {
    let mut statement = connection.prepare_cached(
        "SELECT id, as_of_on, why, cuts
         FROM segment_runs
         WHERE scheme_key = :key
         ORDER BY id DESC
         LIMIT 1",
    )?;
    let found = statement
        .query_row(named_params! { ":key": scheme_key }, |row| {
            let cuts: String = row.get("cuts")?;
            Ok((row.get("id")?, store::day(row, "as_of_on")?, store::word(row, "why")?, cuts))
        })
        .optional()?;
    let (id, as_of, why, cuts) = found.ok_or_else(|| ApiError::internal("the scheme has no run"))?;
    Ok(StoredRun { id, as_of, why, cuts: serde_json::from_str(&cuts)? })
}

/// How many customers have bought, counted no further than `most`: constant work.
pub(crate) fn buyers_up_to(connection: &Connection, most: u32) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) AS buyers
         FROM (SELECT 1 FROM customer_figures INDEXED BY figures_by_orders WHERE orders > 0 LIMIT :most)",
    )?;
    Ok(statement.query_row(named_params! { ":most": most }, |row| row.get("buyers"))?)
}

/// The class that lists show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedClass {
    pub key: Option<String>,
    pub kind: Option<String>,
    pub since: Option<NaiveDate>,
}

fn read_class(row: &Row) -> rusqlite::Result<CachedClass> {
    Ok(CachedClass {
        key: row.get("class_key")?,
        kind: row.get("class_kind")?,
        since: store::day_or_none(row, "class_since")?,
    })
}

/// The class of a customer.
pub(crate) fn class_of(connection: &Connection, id: CustomerId) -> Result<CachedClass> {
    let mut statement = connection
        .prepare_cached("SELECT class_key, class_kind, class_since FROM customer_figures WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, read_class)?)
}

/// The classes of everybody.
pub(crate) fn classes(connection: &Connection) -> Result<BTreeMap<CustomerId, CachedClass>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id, class_key, class_kind, class_since FROM customer_figures ORDER BY customer_id",
    )?;
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get("customer_id")?), read_class(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts a customer into a class: the cache for lists, and a new row of history.
pub(crate) fn put(tx: &Transaction, run: i64, before: &CachedClass, found: &Assignment, at: Timestamp) -> Result<()> {
    let id = found.customer.0;
    if before.key.is_some() {
        tx.prepare_cached(
            "UPDATE segment_assignments
             SET is_current = 0
             WHERE customer_id = :id AND scheme_key = :scheme AND is_current = 1",
        )?
        .execute(named_params! { ":id": id, ":scheme": found.scheme_key })?;
    }
    let on = found.on.to_string();
    tx.prepare_cached(
        "INSERT INTO segment_assignments (customer_id, scheme_key, run_id, class_key, from_class_key, on_day, at,
                                          assignment, is_current)
         VALUES (:id, :scheme, :run, :class, :from, :on, :at, :assignment, 1)",
    )?
    .execute(named_params! {
        ":id": id, ":scheme": found.scheme_key, ":run": run, ":class": found.class_key, ":from": before.key, ":on": on,
        ":at": at.millis(), ":assignment": serde_json::to_string(found)?,
    })?;
    let since =
        if before.key.as_ref() == Some(&found.class_key) { before.since.map(|day| day.to_string()) } else { None };
    tx.prepare_cached(
        "UPDATE customer_figures
         SET class_key = :class, class_kind = :kind, class_since = :since
         WHERE customer_id = :id",
    )?
    .execute(named_params! {
        ":id": id, ":class": found.class_key, ":kind": found.sub_kind, ":since": since.unwrap_or(on),
    })?;
    Ok(())
}

/// The assignment that holds, as it was decided.
pub(crate) fn current(connection: &Connection, id: CustomerId, scheme_key: &str) -> Result<Option<Assignment>> {
    let mut statement = connection.prepare_cached(
        "SELECT assignment
         FROM segment_assignments
         WHERE customer_id = :id AND scheme_key = :scheme AND is_current = 1",
    )?;
    let found: Option<String> = statement
        .query_row(named_params! { ":id": id.0, ":scheme": scheme_key }, |row| row.get("assignment"))
        .optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// One change of class.
pub(crate) struct ClassChange {
    pub id: i64,
    pub at: Timestamp,
    pub from: Option<String>,
    pub assignment: Assignment,
}

/// The newest changes of a customer's class within a scheme.
pub(crate) fn changes_of(
    connection: &Connection,
    id: CustomerId,
    scheme_key: &str,
    limit: i64,
) -> Result<Vec<ClassChange>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, from_class_key, assignment
         FROM segment_assignments
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id) AND scheme_key = :scheme
         ORDER BY id DESC
         LIMIT :limit",
    )?;
    let mut rows = statement.query(named_params! { ":id": id.0, ":scheme": scheme_key, ":limit": limit })?;
    let mut changes = vec![];
    while let Some(row) = rows.next()? {
        let assignment: String = row.get("assignment")?;
        changes.push(ClassChange {
            id: row.get("id")?,
            at: store::instant(row, "at")?,
            from: row.get("from_class_key")?,
            assignment: serde_json::from_str(&assignment)?,
        });
    }
    Ok(changes)
}

/// How many people each class has.
pub(crate) fn people_by_class(connection: &Connection) -> Result<BTreeMap<String, i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT class_key, count(*) AS people
         FROM customer_figures INDEXED BY figures_by_class
         WHERE class_key IS NOT NULL
         GROUP BY class_key",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get("class_key")?, row.get("people")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Net of the days after `after` up to `through` by class.
pub(crate) fn net_by_class(
    connection: &Connection,
    after: NaiveDate,
    through: NaiveDate,
) -> Result<BTreeMap<String, Money>> {
    let mut statement = connection.prepare_cached(
        "WITH everybody AS (
           SELECT customer_id AS id, class_key FROM customer_figures
           UNION ALL
           SELECT customers.id, customer_figures.class_key
           FROM customers
           JOIN customer_figures ON customer_figures.customer_id = customers.merged_into
           WHERE customers.merged_into IS NOT NULL
         )
         SELECT everybody.class_key, sum(sales.net_minor - sales.refunded_minor) AS net
         FROM everybody
         CROSS JOIN sales INDEXED BY sales_by_customer
         WHERE everybody.class_key IS NOT NULL
           AND sales.customer_id = everybody.id
           AND sales.sold_on > :after
           AND sales.sold_on <= :through
         GROUP BY everybody.class_key",
    )?;
    let days = named_params! { ":after": after.to_string(), ":through": through.to_string() };
    let rows = statement.query_map(days, |row| Ok((row.get("class_key")?, store::money(row, "net")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The day on which everybody was last held against the cut points.
pub(crate) fn checked_on(connection: &Connection) -> Result<Option<NaiveDate>> {
    let mut statement = connection.prepare_cached("SELECT classes_checked_on FROM heartbeat WHERE id = 1")?;
    Ok(statement.query_row([], |row| store::day_or_none(row, "classes_checked_on"))?)
}

/// Everybody was held against the cut points on this day.
pub(crate) fn set_checked_on(tx: &Transaction, day: NaiveDate) -> Result<()> {
    tx.prepare_cached("UPDATE heartbeat SET classes_checked_on = :day WHERE id = 1")?
        .execute(named_params! { ":day": day.to_string() })?;
    Ok(())
}
