//! Runs by which everybody was put into a class, with the cut points that were found then.

use super::parsed::parsed;
use super::remembered::remembered;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::segmentation::{Scheme, SchemeCuts};
use shukebu_domain::time::Timestamp;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

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

/// A run to be stored.
pub(crate) struct RunToStore<'a> {
    pub scheme: &'a Scheme,
    pub as_of: NaiveDate,
    pub at: Timestamp,
    pub why: RunReason,
    pub cuts: &'a SchemeCuts,
}

/// Adds a run.
pub(crate) fn insert(tx: &Transaction, run: &RunToStore) -> Result<i64> {
    tx.execute(
        "INSERT INTO segment_runs (scheme_key, scheme_version, as_of_on, ran_at, why, cuts, counts, assignments_before)
         VALUES (:key, :version, :as_of, :at, :why, :cuts, '{}',
                 (SELECT coalesce(max(id), 0) FROM segment_assignments))",
        named_params! {
            ":key": run.scheme.key, ":version": run.scheme.version, ":as_of": run.as_of.to_string(),
            ":at": run.at.millis(), ":why": store::as_word(run.why)?, ":cuts": serde_json::to_string(run.cuts)?,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// A run as it is stored.
#[derive(Clone)]
pub(crate) struct StoredRun {
    pub id: i64,
    pub as_of: NaiveDate,
    pub why: RunReason,
    pub cuts: SchemeCuts,
}

/// The newest run of a scheme that had one.
pub(crate) fn latest(connection: &Connection, scheme_key: &str) -> Result<StoredRun> {
    latest_or_none(connection, scheme_key)?.ok_or_else(|| ApiError::internal("the scheme has no run"))
}

/// The newest run of a scheme, if there was any.
pub(crate) fn latest_or_none(connection: &Connection, scheme_key: &str) -> Result<Option<StoredRun>> {
    let Runs(runs) = remembered(|| Ok(Runs::default()))?;
    if let Some(known) = runs.borrow().get(scheme_key) {
        return Ok(known.clone());
    }
    let found = read_latest(connection, scheme_key)?;
    runs.borrow_mut().insert(scheme_key.to_owned(), found.clone());
    Ok(found)
}

/// The newest run of each scheme that was asked for.
#[derive(Clone, Default)]
struct Runs(Rc<RefCell<HashMap<String, Option<StoredRun>>>>);

fn read_latest(connection: &Connection, scheme_key: &str) -> Result<Option<StoredRun>> {
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
    let Some((id, as_of, why, cuts)) = found else { return Ok(None) };
    Ok(Some(StoredRun { id, as_of, why, cuts: parsed(&cuts)? }))
}
