//! Lots of points as they lie in the book: in the row of the event that gave them, or in a row of their own.

use super::GROUP;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::points::{Lot, LotKey, Points};

/// Which lots to load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Every lot that ever was.
    All,
    /// Those with something left.
    Live,
    /// Those with something left whose last day is over.
    Over(NaiveDate),
}

/// Where a lot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the row of the event that gave it.
    Event(i64),
    /// In a row of its own: brought to life again.
    Row(i64),
}

/// A lot with the row it stands in and whose it is.
pub(crate) struct StoredLot {
    pub place: Place,
    pub customer: CustomerId,
    pub lot: Lot,
}

/// Lots of a customer in the order in which they came into being.
pub(crate) fn lots(connection: &Connection, id: CustomerId, which: Which) -> Result<Vec<StoredLot>> {
    let (of_event, of_row) = match which {
        Which::All => ("lot_points IS NOT NULL", "1"),
        Which::Live => ("lot_remaining > 0", "remaining > 0"),
        Which::Over(_) => ("lot_remaining > 0 AND lot_until < :today", "remaining > 0 AND expires_on < :today"),
    };
    let sql = format!(
        "SELECT 1 AS is_own, id, customer_id, id AS event_id, 0 AS part, on_day AS earned_on,
                lot_from AS spendable_from, lot_until AS expires_on, lot_points AS points, lot_remaining AS remaining
         FROM points_events
         WHERE customer_id IN {GROUP} AND {of_event}
         UNION ALL
         SELECT 0, id, customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining
         FROM points_lots
         WHERE customer_id IN {GROUP} AND {of_row}
         ORDER BY earned_on, event_id, part"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = match which {
        Which::Over(today) => statement
            .query_map(named_params! { ":customer": id.0, ":today": today.to_string() }, read_lot)?
            .collect::<rusqlite::Result<_>>()?,
        _ => statement.query_map(named_params! { ":customer": id.0 }, read_lot)?.collect::<rusqlite::Result<_>>()?,
    };
    Ok(rows)
}

fn read_lot(row: &Row) -> rusqlite::Result<StoredLot> {
    let (is_own, id): (bool, i64) = (row.get("is_own")?, row.get("id")?);
    Ok(StoredLot {
        place: if is_own { Place::Event(id) } else { Place::Row(id) },
        customer: CustomerId(row.get("customer_id")?),
        lot: Lot {
            key: LotKey(row.get("event_id")?, row.get("part")?),
            earned_on: store::day(row, "earned_on")?,
            spendable_from: store::day(row, "spendable_from")?,
            expires_on: store::day_or_none(row, "expires_on")?,
            points: Points(row.get("points")?),
            remaining: Points(row.get("remaining")?),
            source: String::new(),
        },
    })
}

/// Adds a lot; answers where it stands.
pub(crate) fn insert_lot(tx: &Transaction, id: CustomerId, lot: &Lot) -> Result<Place> {
    let (from, until) = (lot.spendable_from.to_string(), lot.expires_on.map(|day| day.to_string()));
    if lot.key.1 == 0 {
        tx.prepare_cached(
            "UPDATE points_events
             SET lot_from = :from, lot_until = :until, lot_points = :points, lot_remaining = :remaining
             WHERE id = :event",
        )?
        .execute(named_params! {
            ":event": lot.key.0, ":from": from, ":until": until, ":points": lot.points.0, ":remaining": lot.remaining.0,
        })?;
        return Ok(Place::Event(lot.key.0));
    }
    tx.prepare_cached(
        "INSERT INTO points_lots (customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining)
         VALUES (:customer, :event, :part, :earned, :from, :expires, :points, :remaining)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":event": lot.key.0, ":part": lot.key.1, ":earned": lot.earned_on.to_string(),
        ":from": from, ":expires": until, ":points": lot.points.0, ":remaining": lot.remaining.0,
    })?;
    Ok(Place::Row(tx.last_insert_rowid()))
}

/// Changes what a lot gave and what is left of it.
pub(crate) fn update_lot(tx: &Transaction, place: Place, points: Points, remaining: Points) -> Result<()> {
    let (sql, row) = match place {
        Place::Event(row) => {
            ("UPDATE points_events SET lot_points = :points, lot_remaining = :remaining WHERE id = :row", row)
        }
        Place::Row(row) => ("UPDATE points_lots SET points = :points, remaining = :remaining WHERE id = :row", row),
    };
    tx.prepare_cached(sql)?.execute(named_params! { ":row": row, ":points": points.0, ":remaining": remaining.0 })?;
    Ok(())
}
