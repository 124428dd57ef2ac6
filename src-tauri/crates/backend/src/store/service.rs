//! How classes are served, and the pages of strengths and weaknesses.

use crate::api::value::SwotPage;
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::segmentation::ServicePolicy;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// How a class is served, as the shop said.
pub(crate) struct StoredService {
    pub policy: ServicePolicy,
    pub strategy: String,
}

/// What the shop said about the classes of a scheme, by class.
pub(crate) fn of_scheme(connection: &Connection, scheme_key: &str) -> Result<BTreeMap<String, StoredService>> {
    let mut statement = connection.prepare_cached(
        "SELECT class_key, definition, strategy
         FROM service_policies
         WHERE scheme_key = :scheme
         ORDER BY class_key",
    )?;
    let mut rows = statement.query(named_params! { ":scheme": scheme_key })?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        let policy = serde_json::from_str(&definition)?;
        found.insert(row.get("class_key")?, StoredService { policy, strategy: row.get("strategy")? });
    }
    Ok(found)
}

/// Writes how a class is served.
pub(crate) fn put(
    tx: &Transaction,
    scheme_key: &str,
    service: &StoredService,
    staff: StaffId,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO service_policies (scheme_key, class_key, definition, strategy, changed_at, staff_id)
         VALUES (:scheme, :class, :definition, :strategy, :at, :staff)
         ON CONFLICT (scheme_key, class_key) DO UPDATE
         SET definition = excluded.definition, strategy = excluded.strategy, changed_at = excluded.changed_at,
             staff_id = excluded.staff_id",
        named_params! {
            ":scheme": scheme_key, ":class": service.policy.class_key,
            ":definition": serde_json::to_string(&service.policy)?, ":strategy": service.strategy,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// The newest pages.
pub(crate) fn swot_pages(connection: &Connection, limit: i64) -> Result<Vec<SwotPage>> {
    let mut statement = connection.prepare_cached(
        "SELECT on_day, strengths, weaknesses, opportunities, threats, actions, staff.name AS by_name
         FROM swot_pages
         JOIN staff ON staff.id = swot_pages.staff_id
         ORDER BY swot_pages.id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":limit": limit }, |row| {
        Ok(SwotPage {
            on: store::day(row, "on_day")?,
            strengths: row.get("strengths")?,
            weaknesses: row.get("weaknesses")?,
            opportunities: row.get("opportunities")?,
            threats: row.get("threats")?,
            actions: row.get("actions")?,
            by: row.get("by_name")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds a page.
pub(crate) fn insert_swot(tx: &Transaction, page: &SwotPage, staff: StaffId, at: Timestamp) -> Result<i64> {
    tx.execute(
        "INSERT INTO swot_pages (on_day, strengths, weaknesses, opportunities, threats, actions, written_at, staff_id)
         VALUES (:on, :strengths, :weaknesses, :opportunities, :threats, :actions, :at, :staff)",
        named_params! {
            ":on": page.on.to_string(), ":strengths": page.strengths, ":weaknesses": page.weaknesses,
            ":opportunities": page.opportunities, ":threats": page.threats, ":actions": page.actions,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// Minutes of contacts in the days before a moment, by customer.
pub(crate) fn minutes_since(connection: &Connection, now: Timestamp, days: i64) -> Result<BTreeMap<CustomerId, i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, sum(interactions.minutes) AS minutes
         FROM interactions
         JOIN customers ON customers.id = interactions.customer_id
         WHERE interactions.at > :from AND interactions.at <= :now AND interactions.minutes IS NOT NULL
         GROUP BY 1
         ORDER BY 1",
    )?;
    let from = now.millis() - days * 24 * 3_600_000;
    let rows = statement.query_map(named_params! { ":from": from, ":now": now.millis() }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("minutes")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
