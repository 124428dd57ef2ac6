//! The cached figures of a customer: what lists show without adding anything up.

use super::changes::Group;
use super::remembered::{Rows, remembered_while};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use std::rc::Rc;

/// What is cached about a customer.
pub(crate) struct Figures {
    pub first_on: Option<NaiveDate>,
    pub last_on: Option<NaiveDate>,
    /// Sales with positive net, and the net of all.
    pub orders: i64,
    pub net: Money,
    pub tier: CachedTier,
    /// The next day on which the tier may change by itself.
    pub tier_check_on: Option<NaiveDate>,
    pub class: CachedClass,
    pub points_live: Points,
    /// The first day after which some of the points are over; none ends where there is none.
    pub points_end_on: Option<NaiveDate>,
    pub points_wait_until: Option<NaiveDate>,
}

/// What the ladder caches about a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedTier {
    pub rank: u32,
    pub since: Option<NaiveDate>,
}

/// The class that lists show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedClass {
    pub key: Option<String>,
    pub kind: Option<String>,
    pub since: Option<NaiveDate>,
}

#[derive(Clone, Default)]
struct Known(Rows<Option<Rc<Figures>>>);

/// The figures of a customer; none of a record that was merged away. Each part of a sale asks for some of them, so they are
/// kept until figures are written.
pub(crate) fn figures_or_none(connection: &Connection, id: CustomerId) -> Result<Option<Rc<Figures>>> {
    let Known(known) = remembered_while(Group::Figures, || Ok(Known::default()))?;
    known.get(id.0, || {
        let mut statement = connection.prepare_cached(
            "SELECT first_on, last_on, orders, net_minor, tier_rank, tier_since, tier_check_on, class_key, class_kind,
                    class_since, points_live, points_end_on, points_wait_until
             FROM customer_figures
             WHERE customer_id = :id",
        )?;
        Ok(statement.query_row(named_params! { ":id": id.0 }, read).optional()?.map(Rc::new))
    })
}

/// The figures of a customer.
///
/// # Errors
/// `NotFound`.
pub(crate) fn figures(connection: &Connection, id: CustomerId) -> Result<Rc<Figures>> {
    figures_or_none(connection, id)?.ok_or_else(|| ApiError::not_found("customer"))
}

fn read(row: &Row) -> rusqlite::Result<Figures> {
    // In the order in which the columns stand.
    let (first_on, last_on) = (store::day_or_none(row, "first_on")?, store::day_or_none(row, "last_on")?);
    let (orders, net) = (store::get(row, "orders")?, store::money(row, "net_minor")?);
    let tier = CachedTier { rank: store::get(row, "tier_rank")?, since: store::day_or_none(row, "tier_since")? };
    let tier_check_on = store::day_or_none(row, "tier_check_on")?;
    let (key, kind) = (store::get(row, "class_key")?, store::get(row, "class_kind")?);
    let class = CachedClass { key, kind, since: store::day_or_none(row, "class_since")? };
    Ok(Figures {
        first_on,
        last_on,
        orders,
        net,
        tier,
        tier_check_on,
        class,
        points_live: Points(store::get(row, "points_live")?),
        points_end_on: store::day_or_none(row, "points_end_on")?,
        points_wait_until: store::day_or_none(row, "points_wait_until")?,
    })
}

/// A new sale of a customer: constant work.
pub(crate) fn add_sale(tx: &Transaction, id: CustomerId, on: NaiveDate, net: Money) -> Result<()> {
    let is_first = net > Money::ZERO && figures(tx, id)?.first_on.is_none_or(|first_on| first_on > on);
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
    if is_first {
        tx.prepare_cached("UPDATE customer_figures SET first_on = :on WHERE customer_id = :id")?
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

/// Points that a sale gave to a customer who has no debt, with the last day on which they live, and the day until which
/// they wait: constant work.
pub(crate) fn add_points(
    tx: &Transaction,
    id: CustomerId,
    points: Points,
    until: Option<NaiveDate>,
    wait_until: Option<NaiveDate>,
) -> Result<()> {
    let end_on = figures(tx, id)?.points_end_on;
    tx.prepare_cached("UPDATE customer_figures SET points_live = points_live + :points WHERE customer_id = :id")?
        .execute(named_params! { ":id": id.0, ":points": points.0 })?;
    // An index rests on it, so it is written only where it changes.
    if let Some(until) = until.filter(|until| end_on.is_none_or(|end_on| end_on > *until)) {
        tx.prepare_cached("UPDATE customer_figures SET points_end_on = :until WHERE customer_id = :id")?
            .execute(named_params! { ":id": id.0, ":until": until.to_string() })?;
    }
    if let Some(from) = wait_until {
        tx.prepare_cached(
            "UPDATE customer_figures
             SET points_wait_until = max(coalesce(points_wait_until, :from), :from)
             WHERE customer_id = :id",
        )?
        .execute(named_params! { ":id": id.0, ":from": from.to_string() })?;
    }
    Ok(())
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

/// Keeps the tier that lists show, and the next day on which it may change by itself. Indexes rest on both, so nothing is
/// written where nothing changes.
pub(crate) fn set_tier(tx: &Transaction, id: CustomerId, tier: &CachedTier, check_on: Option<NaiveDate>) -> Result<()> {
    let known = figures(tx, id)?;
    if known.tier == *tier && known.tier_check_on == check_on {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE customer_figures
         SET tier_rank = :rank, tier_since = :since, tier_check_on = :check
         WHERE customer_id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":rank": tier.rank, ":since": tier.since.map(|day| day.to_string()),
        ":check": check_on.map(|day| day.to_string()),
    })?;
    Ok(())
}

/// Everybody on a tier, by id.
pub(crate) fn of_tier(connection: &Connection, rank: u32) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id FROM customer_figures WHERE tier_rank = :rank ORDER BY customer_id")?;
    let rows = statement.query_map(named_params! { ":rank": rank }, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
