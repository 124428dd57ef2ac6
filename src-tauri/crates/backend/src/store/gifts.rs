//! The catalogue of gifts and its stock.

use crate::api::points::GiftView;
use crate::error::{ApiError, Result};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{GiftId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::time::Timestamp;

const COLUMNS: &str = "gifts.id, gifts.name, gifts.points, gifts.cost_minor, gifts.stock, gifts.is_active,
        (SELECT coalesce(sum(quantity), 0) FROM points_events WHERE points_events.gift_id = gifts.id)
        + (SELECT coalesce(sum(quantity_milli) / 1000, 0)
           FROM compensation_postings
           WHERE compensation_postings.gift_id = gifts.id
             AND NOT EXISTS (SELECT 1 FROM compensation_returns WHERE posting_id = compensation_postings.id))
        + (SELECT coalesce(sum(giveaways.quantity), 0)
           FROM giveaways
           JOIN giveaway_people ON giveaway_people.giveaway_id = giveaways.id
           WHERE giveaways.gift_id = gifts.id AND giveaway_people.given_at IS NOT NULL) AS given";

fn read(row: &Row) -> rusqlite::Result<GiftView> {
    let cost: Option<i64> = row.get("cost_minor")?;
    Ok(GiftView {
        id: GiftId(row.get("id")?),
        name: row.get("name")?,
        points: Points(row.get("points")?),
        cost_minor: cost.map(Money::from_minor),
        stock: row.get("stock")?,
        is_active: row.get("is_active")?,
        given: row.get("given")?,
    })
}

/// All gifts, those offered first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<GiftView>> {
    let sql = format!("SELECT {COLUMNS} FROM gifts ORDER BY gifts.is_active DESC, gifts.points, gifts.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One gift.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: GiftId) -> Result<GiftView> {
    let sql = format!("SELECT {COLUMNS} FROM gifts WHERE gifts.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("gift"))
}

/// The gift of a name.
pub(crate) fn by_name(connection: &Connection, name: &str) -> Result<Option<GiftId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM gifts WHERE name = :name")?;
    Ok(statement.query_row(named_params! { ":name": name }, |row| Ok(GiftId(row.get("id")?))).optional()?)
}

/// Adds a gift without stock.
pub(crate) fn insert(
    tx: &Transaction,
    name: &str,
    points: Points,
    cost: Option<Money>,
    is_active: bool,
    at: Timestamp,
) -> Result<GiftId> {
    tx.execute(
        "INSERT INTO gifts (name, points, cost_minor, is_active, created_at)
         VALUES (:name, :points, :cost, :active, :at)",
        named_params! {
            ":name": name, ":points": points.0, ":cost": cost.map(Money::minor), ":active": is_active, ":at": at.millis(),
        },
    )?;
    Ok(GiftId(tx.last_insert_rowid()))
}

/// Changes a gift; its stock moves by [`move_stock`] only.
pub(crate) fn update(
    tx: &Transaction,
    id: GiftId,
    name: &str,
    points: Points,
    cost: Option<Money>,
    is_active: bool,
) -> Result<()> {
    let changed = tx.execute(
        "UPDATE gifts SET name = :name, points = :points, cost_minor = :cost, is_active = :active WHERE id = :id",
        named_params! {
            ":id": id.0, ":name": name, ":points": points.0, ":cost": cost.map(Money::minor), ":active": is_active,
        },
    )?;
    if changed == 0 { Err(ApiError::not_found("gift")) } else { Ok(()) }
}

/// Pieces that come in or go.
pub(crate) struct StockMove<'a> {
    pub delta: i64,
    pub at: Timestamp,
    pub staff: StaffId,
    pub reason: Option<&'a str>,
    /// The place on a list because of which they went.
    pub place: Option<i64>,
}

/// Pieces come in or go.
pub(crate) fn move_stock(tx: &Transaction, id: GiftId, pieces: &StockMove) -> Result<()> {
    tx.execute(
        "INSERT INTO gift_moves (gift_id, at, staff_id, delta, reason, giveaway_person_id)
         VALUES (:gift, :at, :staff, :delta, :reason, :place)",
        named_params! {
            ":gift": id.0, ":at": pieces.at.millis(), ":staff": pieces.staff.0, ":delta": pieces.delta,
            ":reason": pieces.reason, ":place": pieces.place,
        },
    )?;
    tx.execute(
        "UPDATE gifts SET stock = stock + :delta WHERE id = :id",
        named_params! { ":id": id.0, ":delta": pieces.delta },
    )?;
    Ok(())
}
