//! The cached figures of a customer: what lists show without adding anything up.

use crate::error::Result;
use crate::store;
use crate::store::points::OwnLot;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;

/// What the ladder caches about a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedTier {
    pub rank: u32,
    pub since: Option<NaiveDate>,
}

/// A new sale of a customer: constant work.
pub(crate) fn add_sale(tx: &Transaction, id: CustomerId, on: NaiveDate, net: Money) -> Result<()> {
    let on = on.to_string();
    tx.prepare_cached(
        "UPDATE customer_figures
         SET last_on = CASE WHEN :net > 0 THEN max(coalesce(last_on, :on), :on) ELSE last_on END,
             orders = orders + (:net > 0),
             net_minor = net_minor + :net
         WHERE customer_id = :id",
    )?
    .execute(named_params! { ":id": id.0, ":on": on, ":net": net.minor() })?;
    // An index rests on it, so it is written only where it changes.
    if net > Money::ZERO {
        tx.prepare_cached(
            "UPDATE customer_figures SET first_on = :on WHERE customer_id = :id AND (first_on IS NULL OR first_on > :on)",
        )?
        .execute(named_params! { ":id": id.0, ":on": on })?;
    }
    Ok(())
}

/// Adds up everything of a customer from the sales: after a refund or an import, where first and last day may move.
pub(crate) fn rebuild(tx: &Transaction, id: CustomerId) -> Result<()> {
    tx.prepare_cached(
        "UPDATE customer_figures
         SET (first_on, last_on, orders, net_minor) =
             (SELECT min(sold_on) FILTER (WHERE net_minor > refunded_minor),
                     max(sold_on) FILTER (WHERE net_minor > refunded_minor),
                     count(*) FILTER (WHERE net_minor > refunded_minor),
                     coalesce(sum(net_minor - refunded_minor), 0)
              FROM sales INDEXED BY sales_by_customer
              WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id))
         WHERE customer_id = :id",
    )?
    .execute(named_params! { ":id": id.0 })?;
    rebuild_points(tx, id)
}

/// Points that a sale gave to a customer who has no debt: constant work.
pub(crate) fn add_points(tx: &Transaction, id: CustomerId, on: NaiveDate, lot: &OwnLot) -> Result<()> {
    tx.prepare_cached("UPDATE customer_figures SET points_live = points_live + :points WHERE customer_id = :id")?
        .execute(named_params! { ":id": id.0, ":points": lot.points.0 })?;
    // An index rests on it, so it is written only where it changes.
    if let Some(until) = lot.expires_on {
        tx.prepare_cached(
            "UPDATE customer_figures
             SET points_end_on = :until
             WHERE customer_id = :id AND (points_end_on IS NULL OR points_end_on > :until)",
        )?
        .execute(named_params! { ":id": id.0, ":until": until.to_string() })?;
    }
    if lot.spendable_from > on {
        tx.prepare_cached(
            "UPDATE customer_figures
             SET points_wait_until = max(coalesce(points_wait_until, :from), :from)
             WHERE customer_id = :id",
        )?
        .execute(named_params! { ":id": id.0, ":from": lot.spendable_from.to_string() })?;
    }
    Ok(())
}

/// The first day after which some of a customer's points are over; none ends where there is none.
pub(crate) fn points_end_on(connection: &Connection, id: CustomerId) -> Result<Option<NaiveDate>> {
    let mut statement =
        connection.prepare_cached("SELECT points_end_on FROM customer_figures WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| store::day_or_none(row, "points_end_on"))?)
}

/// What is left of the points of a customer, from the lots: after everything but a plain sale. Of a record that was
/// merged away, those of the customer who stays.
pub(crate) fn rebuild_points(tx: &Transaction, id: CustomerId) -> Result<()> {
    tx.prepare_cached(
        "WITH person (id) AS MATERIALIZED (SELECT coalesce(merged_into, id) FROM customers WHERE id = :id),
              records (id) AS MATERIALIZED (
                SELECT id FROM person UNION ALL SELECT id FROM customers WHERE merged_into = (SELECT id FROM person)
              ),
              lots (remaining, until) AS (
                SELECT lot_remaining, lot_until
                FROM points_events
                WHERE customer_id IN (SELECT id FROM records) AND lot_remaining > 0
                UNION ALL
                SELECT remaining, expires_on
                FROM points_lots
                WHERE customer_id IN (SELECT id FROM records) AND remaining > 0
              ),
              waiting (lot_from) AS (
                SELECT lot_from
                FROM points_events
                WHERE customer_id IN (SELECT id FROM records) AND lot_remaining > 0 AND lot_from > on_day
                UNION ALL
                SELECT spendable_from
                FROM points_lots
                WHERE customer_id IN (SELECT id FROM records) AND remaining > 0 AND spendable_from > earned_on
              )
         UPDATE customer_figures
         SET (points_live, points_end_on, points_wait_until) =
             (SELECT coalesce(sum(remaining), 0), min(until), (SELECT max(lot_from) FROM waiting) FROM lots)
         WHERE customer_id = (SELECT id FROM person)",
    )?
    .execute(named_params! { ":id": id.0 })?;
    Ok(())
}

/// Sales with positive net, and the net of all.
pub(crate) fn totals(connection: &Connection, id: CustomerId) -> Result<(i64, Money)> {
    let mut statement =
        connection.prepare_cached("SELECT orders, net_minor FROM customer_figures WHERE customer_id = :id")?;
    Ok(statement
        .query_row(named_params! { ":id": id.0 }, |row| Ok((row.get("orders")?, store::money(row, "net_minor")?)))?)
}

/// The tier that lists show.
pub(crate) fn tier(connection: &Connection, id: CustomerId) -> Result<CachedTier> {
    let mut statement =
        connection.prepare_cached("SELECT tier_rank, tier_since FROM customer_figures WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| {
        Ok(CachedTier { rank: row.get("tier_rank")?, since: store::day_or_none(row, "tier_since")? })
    })?)
}

/// Keeps the tier that lists show, and the next day on which it may change by itself. Indexes rest on both, so nothing is
/// written where nothing changes.
pub(crate) fn set_tier(tx: &Transaction, id: CustomerId, tier: &CachedTier, check_on: Option<NaiveDate>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE customer_figures
         SET tier_rank = :rank, tier_since = :since, tier_check_on = :check
         WHERE customer_id = :id
           AND (tier_rank IS NOT :rank OR tier_since IS NOT :since OR tier_check_on IS NOT :check)",
    )?
    .execute(named_params! {
        ":id": id.0, ":rank": tier.rank, ":since": tier.since.map(|day| day.to_string()),
        ":check": check_on.map(|day| day.to_string()),
    })?;
    Ok(())
}

/// The class of the primary scheme that lists show.
pub(crate) fn class_key(connection: &Connection, id: CustomerId) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT class_key FROM customer_figures WHERE customer_id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("class_key"))?)
}

/// Everybody on a tier, by id.
pub(crate) fn of_tier(connection: &Connection, rank: u32) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id FROM customer_figures WHERE tier_rank = :rank ORDER BY customer_id")?;
    let rows = statement.query_map(named_params! { ":rank": rank }, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
