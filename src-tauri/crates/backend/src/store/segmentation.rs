//! Schemes and classes: what is cached in `customer_figures` and the history behind it.

pub(crate) use super::figures::CachedClass;

use super::figures::figures;
use super::parsed::parsed;
use super::remembered::remembered;
use super::segment_runs::RunReason;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::segmentation::{Assignment, Scheme};
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
    remembered(|| {
        let mut statement =
            connection.prepare_cached("SELECT definition FROM schemes WHERE is_primary = 1 ORDER BY key LIMIT 1")?;
        let found: Option<String> = statement.query_row([], |row| row.get("definition")).optional()?;
        let text = found.ok_or_else(|| ApiError::internal("the book has no primary scheme"))?;
        parsed(&text)
    })
}

/// All schemes in the order in which they came into the book.
pub(crate) fn schemes(connection: &Connection) -> Result<Vec<Scheme>> {
    let mut statement =
        connection.prepare_cached("SELECT definition FROM schemes WHERE is_deleted = 0 ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    let mut schemes = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        schemes.push(parsed(&definition)?);
    }
    Ok(schemes)
}

/// One scheme.
///
/// # Errors
/// `NotFound` for one that is not there or was deleted.
pub(crate) fn scheme(connection: &Connection, key: &str) -> Result<Scheme> {
    let mut statement =
        connection.prepare_cached("SELECT definition FROM schemes WHERE key = :key AND is_deleted = 0")?;
    let found: Option<String> =
        statement.query_row(named_params! { ":key": key }, |row| row.get("definition")).optional()?;
    let text = found.ok_or_else(|| ApiError::not_found("scheme"))?;
    parsed(&text)
}

/// Whether a key was ever used, by a scheme that is there or one that was deleted.
pub(crate) fn has_scheme(connection: &Connection, key: &str) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM schemes WHERE key = :key) AS found")?;
    Ok(statement.query_row(named_params! { ":key": key }, |row| row.get("found"))?)
}

/// Writes a changed scheme; every version stays readable.
pub(crate) fn update_scheme(tx: &Transaction, scheme: &Scheme, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE schemes SET version = :version, definition = :definition, changed_at = :at WHERE key = :key",
        named_params! {
            ":key": scheme.key, ":version": scheme.version, ":definition": serde_json::to_string(scheme)?,
            ":at": at.millis(),
        },
    )?;
    Ok(())
}

/// Keeps a version of a scheme.
pub(crate) fn insert_version(tx: &Transaction, scheme: &Scheme, staff: StaffId, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO scheme_versions (scheme_key, version, definition, changed_at, staff_id)
         VALUES (:key, :version, :definition, :at, :staff)",
        named_params! {
            ":key": scheme.key, ":version": scheme.version, ":definition": serde_json::to_string(scheme)?,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// Takes a scheme off the list; its history stays.
pub(crate) fn delete_scheme(tx: &Transaction, key: &str, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE schemes SET is_deleted = 1, changed_at = :at WHERE key = :key",
        named_params! { ":key": key, ":at": at.millis() },
    )?;
    Ok(())
}

/// Makes one scheme the primary one. Nobody has a class of it yet.
pub(crate) fn set_primary(tx: &Transaction, key: &str) -> Result<()> {
    tx.execute("UPDATE schemes SET is_primary = CASE key WHEN :key THEN 1 ELSE 0 END", named_params! { ":key": key })?;
    Ok(())
}

/// What lists show is taken from the assignments of a scheme; who has none is empty.
pub(crate) fn show_classes_of(tx: &Transaction, key: &str) -> Result<()> {
    tx.execute(
        "UPDATE customer_figures
         SET (class_key, class_kind, class_since) =
             (SELECT class_key, json_extract(assignment, '$.sub_kind'), on_day
              FROM segment_assignments
              WHERE customer_id = customer_figures.customer_id AND scheme_key = :key
              ORDER BY id DESC
              LIMIT 1)",
        named_params! { ":key": key },
    )?;
    Ok(())
}

/// Keeps who moved in a run and how many people each class has since.
pub(crate) fn set_outcome(
    tx: &Transaction,
    run: i64,
    moves: &BTreeMap<(Option<String>, String), u32>,
    counts: &BTreeMap<String, i64>,
) -> Result<()> {
    let rows: Vec<_> = moves.iter().map(|((from, to), people)| (from, to, people)).collect();
    tx.execute(
        "UPDATE segment_runs SET moves = :moves, counts = :counts WHERE id = :id",
        named_params! {
            ":id": run, ":moves": serde_json::to_string(&rows)?, ":counts": serde_json::to_string(counts)?,
        },
    )?;
    Ok(())
}

/// A run as its history tells it.
pub(crate) struct PastRun {
    pub as_of: NaiveDate,
    pub why: RunReason,
    pub counts: BTreeMap<String, u32>,
    pub moves: Vec<(Option<String>, String, u32)>,
}

/// The newest runs of a scheme, newest first.
pub(crate) fn runs(connection: &Connection, scheme_key: &str, limit: i64) -> Result<Vec<PastRun>> {
    let mut statement = connection.prepare_cached(
        "SELECT as_of_on, why, counts, moves
         FROM segment_runs
         WHERE scheme_key = :key
         ORDER BY id DESC
         LIMIT :limit",
    )?;
    let mut rows = statement.query(named_params! { ":key": scheme_key, ":limit": limit })?;
    let mut runs = vec![];
    while let Some(row) = rows.next()? {
        let (counts, moves): (String, String) = (row.get("counts")?, row.get("moves")?);
        runs.push(PastRun {
            as_of: store::day(row, "as_of_on")?,
            why: store::word(row, "why")?,
            counts: serde_json::from_str(&counts)?,
            moves: serde_json::from_str(&moves)?,
        });
    }
    Ok(runs)
}

/// Who went from one class into another in the newest run of a scheme, by id; nobody knows who came from nowhere.
pub(crate) fn movers(
    connection: &Connection,
    scheme_key: &str,
    from: Option<&str>,
    to: &str,
) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT coalesce(customers.merged_into, customers.id) AS customer_id
         FROM (SELECT id, ran_at, assignments_before FROM segment_runs WHERE scheme_key = :key ORDER BY id DESC LIMIT 1)
              AS run
         JOIN segment_assignments AS moved ON moved.id > run.assignments_before
         JOIN customers ON customers.id = moved.customer_id
         WHERE moved.run_id = run.id AND moved.at = run.ran_at
           AND moved.from_class_key IS :from AND moved.class_key = :to AND moved.from_class_key IS NOT moved.class_key
         ORDER BY 1",
    )?;
    let values = named_params! { ":key": scheme_key, ":from": from, ":to": to };
    let rows = statement.query_map(values, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keys of the schemes by which there was a run, the start apart.
pub(crate) fn schemes_in_use(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT scheme_key
         FROM segment_runs
         JOIN schemes ON schemes.key = segment_runs.scheme_key
         WHERE why <> 'start' AND is_deleted = 0
         ORDER BY scheme_key",
    )?;
    let keys = statement.query_map([], |row| row.get("scheme_key"))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

/// How many customers have bought, counted no further than `most`: constant work.
pub(crate) fn buyers_up_to(connection: &Connection, most: u32) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) AS buyers
         FROM (SELECT 1 FROM customer_figures INDEXED BY figures_bought WHERE first_on IS NOT NULL LIMIT :most)",
    )?;
    Ok(statement.query_row(named_params! { ":most": most }, |row| row.get("buyers"))?)
}

/// The class that lists show.
pub(crate) fn class_of(connection: &Connection, id: CustomerId) -> Result<CachedClass> {
    Ok(figures(connection, id)?.class.clone())
}

/// The class of a customer by a scheme that is not the primary one; kinds stand in the assignments.
pub(crate) fn class_in(connection: &Connection, id: CustomerId, scheme_key: &str) -> Result<CachedClass> {
    let mut statement = connection.prepare_cached(
        "SELECT class_key
         FROM segment_assignments
         WHERE customer_id = :id AND scheme_key = :scheme
         ORDER BY id DESC
         LIMIT 1",
    )?;
    let key = statement.query_row(named_params! { ":id": id.0, ":scheme": scheme_key }, |row| row.get("class_key"));
    Ok(CachedClass { key: key.optional()?, kind: None, since: None })
}

/// Class and kind of everybody who has one, by customer id.
pub(crate) fn walk_classes(
    connection: &Connection,
    scheme_key: &str,
    is_primary: bool,
    mut each: impl FnMut(CustomerId, &str, Option<&str>),
) -> Result<()> {
    // What lists show is the primary scheme's and lies closer together.
    let sql = if is_primary {
        "SELECT customer_id, class_key, class_kind
         FROM customer_figures
         WHERE class_key IS NOT NULL AND :scheme <> ''
         ORDER BY customer_id"
    } else {
        // The engine takes the class from the row with the newest id.
        "SELECT customer_id, class_key, NULL AS class_kind, max(id)
         FROM segment_assignments
         WHERE scheme_key = :scheme
         GROUP BY customer_id
         ORDER BY customer_id"
    };
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(named_params! { ":scheme": scheme_key })?;
    while let Some(row) = rows.next()? {
        let (class, kind) = (row.get_ref("class_key")?.as_str(), row.get_ref("class_kind")?.as_str_or_null());
        let (class, kind) = (class.map_err(ApiError::internal)?, kind.map_err(ApiError::internal)?);
        each(CustomerId(row.get("customer_id")?), class, kind);
    }
    Ok(())
}

/// A customer on the way into a class.
pub(crate) struct Put<'a> {
    pub run: i64,
    pub before: &'a CachedClass,
    pub found: &'a Assignment,
    /// The decision by hand that put them there.
    pub pin: Option<i64>,
    pub is_primary: bool,
    pub at: Timestamp,
}

/// Puts a customer into a class: a new row of history, and for the primary scheme the cache for lists.
pub(crate) fn put(tx: &Transaction, put: &Put) -> Result<()> {
    let (before, found) = (put.before, put.found);
    let id = found.customer.0;
    let on = found.on.to_string();
    tx.prepare_cached(
        "INSERT INTO segment_assignments (customer_id, scheme_key, run_id, class_key, from_class_key, on_day, at,
                                          assignment, pin_id)
         VALUES (:id, :scheme, :run, :class, :from, :on, :at, :assignment, :pin)",
    )?
    .execute(named_params! {
        ":id": id, ":scheme": found.scheme_key, ":run": put.run, ":class": found.class_key, ":from": before.key,
        ":on": on, ":at": put.at.millis(), ":assignment": serde_json::to_string(found)?, ":pin": put.pin,
    })?;
    if !put.is_primary {
        return Ok(());
    }
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
         WHERE customer_id = :id AND scheme_key = :scheme
         ORDER BY id DESC
         LIMIT 1",
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
    /// The decision by hand behind it.
    pub pin: Option<i64>,
}

/// The newest changes of a customer's class within a scheme.
pub(crate) fn changes_of(
    connection: &Connection,
    id: CustomerId,
    scheme_key: &str,
    limit: i64,
) -> Result<Vec<ClassChange>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, from_class_key, assignment, pin_id
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
            pin: row.get("pin_id")?,
        });
    }
    Ok(changes)
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

/// Earlier versions of a scheme, newest first: version, when, by whom.
pub(crate) fn versions(connection: &Connection, scheme_key: &str, limit: i64) -> Result<Vec<(u32, Timestamp, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT version, scheme_versions.changed_at, staff.name AS by_name
         FROM scheme_versions
         JOIN staff ON staff.id = scheme_versions.staff_id
         WHERE scheme_key = :key
         ORDER BY scheme_versions.id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":key": scheme_key, ":limit": limit }, |row| {
        Ok((row.get("version")?, store::instant(row, "changed_at")?, row.get("by_name")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
