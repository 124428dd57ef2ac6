//! Points: what happened, the lots, the ledger.

mod lots;
pub(crate) mod referrals;

pub(crate) use lots::{Place, Which, insert_lot, lots, update_lot};

use super::few::{Few, may_have};
use super::figures::figures_or_none;
use super::parsed::parsed;
use super::remembered::remembered;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, GiftId, RefundId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Points, Row as LedgerRow, RulesVersion};
use shukebu_domain::time::Timestamp;

/// The customer and everybody merged into it.
pub(crate) const GROUP: &str = "(SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)";

/// Adds rules that hold from a day on; rules already kept for that day make room.
pub(crate) fn insert_rules(tx: &Transaction, version: &RulesVersion, staff: StaffId, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO points_rules (effective_on, definition, created_at, staff_id)
         VALUES (:on, :definition, :at, :staff)
         ON CONFLICT (effective_on) DO UPDATE
         SET definition = excluded.definition, created_at = excluded.created_at, staff_id = excluded.staff_id",
        named_params! {
            ":on": version.effective_on.to_string(), ":definition": serde_json::to_string(&version.rules)?,
            ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// The rules that were set, oldest first.
pub(crate) fn rules(connection: &Connection) -> Result<Vec<RulesVersion>> {
    remembered(|| {
        let mut statement =
            connection.prepare_cached("SELECT effective_on, definition FROM points_rules ORDER BY effective_on")?;
        let mut rows = statement.query([])?;
        let mut versions = vec![];
        while let Some(row) = rows.next()? {
            let definition: String = row.get("definition")?;
            versions.push(RulesVersion { effective_on: store::day(row, "effective_on")?, rules: parsed(&definition)? });
        }
        Ok(versions)
    })
}

/// The last day on which anything happened to anybody's points.
pub(crate) fn last_event_on(connection: &Connection) -> Result<Option<NaiveDate>> {
    // A sale's event is of the sale's day; the newest day with one leads, so that few sales are asked.
    let mut of_sale = connection.prepare_cached(
        "SELECT sold_on AS on_day
         FROM sales INDEXED BY sales_by_day
         WHERE EXISTS (SELECT 1
                       FROM points_events
                       WHERE points_events.customer_id = sales.customer_id AND points_events.on_day = sales.sold_on
                         AND points_events.sale_id = sales.id)
         ORDER BY sold_on DESC
         LIMIT 1",
    )?;
    let of_sale = of_sale.query_row([], |row| store::day(row, "on_day")).optional()?;
    let mut beside = connection
        .prepare_cached("SELECT on_day FROM points_events WHERE kind <> 'sale' ORDER BY on_day DESC LIMIT 1")?;
    let beside = beside.query_row([], |row| store::day(row, "on_day")).optional()?;
    Ok(of_sale.max(beside))
}

/// Something that happened, to be stored.
#[derive(Default)]
pub(crate) struct EventToStore<'a> {
    pub kind: &'static str,
    pub sale: Option<SaleId>,
    pub refund: Option<RefundId>,
    pub gift: Option<(GiftId, i64)>,
    pub points: Points,
    pub worth: Money,
    pub earned: Points,
    pub multiplier_bp: Option<u32>,
    pub lines: Option<String>,
    pub reason: Option<&'a str>,
    /// What it gave, where that is known already.
    pub lot: Option<OwnLot>,
}

/// The lot of an event: it stands in the event's row, and was earned on its day.
pub(crate) struct OwnLot {
    pub spendable_from: NaiveDate,
    pub expires_on: Option<NaiveDate>,
    pub points: Points,
}

/// When and by whom.
pub(crate) struct Stamp {
    pub on: NaiveDate,
    pub at: Timestamp,
    pub staff: StaffId,
}

/// Adds an event; answers its id.
pub(crate) fn insert_event(tx: &Transaction, id: CustomerId, stamp: &Stamp, event: &EventToStore) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO points_events (customer_id, on_day, at, staff_id, kind, sale_id, refund_id, gift_id, quantity,
                                    points, worth_minor, earned, multiplier_bp, lines, reason,
                                    lot_from, lot_until, lot_points, lot_remaining)
         VALUES (:customer, :on, :at, :staff, :kind, :sale, :refund, :gift, :quantity,
                 :points, :worth, :earned, :multiplier, :lines, :reason, :from, :until, :given, :given)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":on": stamp.on.to_string(), ":at": stamp.at.millis(), ":staff": stamp.staff.0,
        ":kind": event.kind, ":sale": event.sale.map(|sale| sale.0), ":refund": event.refund.map(|refund| refund.0),
        ":gift": event.gift.map(|(gift, _)| gift.0), ":quantity": event.gift.map(|(_, quantity)| quantity),
        ":points": event.points.0, ":worth": event.worth.minor(), ":earned": event.earned.0,
        ":multiplier": event.multiplier_bp, ":lines": event.lines, ":reason": event.reason,
        ":from": event.lot.as_ref().map(|lot| lot.spendable_from.to_string()),
        ":until": event.lot.as_ref().and_then(|lot| lot.expires_on).map(|day| day.to_string()),
        ":given": event.lot.as_ref().map(|lot| lot.points.0),
    })?;
    Ok(tx.last_insert_rowid())
}

/// One event as stored, with what its sale or refund says.
pub(crate) struct StoredEvent {
    pub id: i64,
    pub customer: CustomerId,
    pub on: NaiveDate,
    pub kind: String,
    pub sale: Option<SaleId>,
    pub points: Points,
    pub worth: Money,
    pub multiplier_bp: Option<u32>,
    pub lines: Option<String>,
    /// Net of the sale, or the money of the refund.
    pub money: Money,
    pub is_void: bool,
}

/// Everything that happened to a customer's points, in order.
pub(crate) fn events(connection: &Connection, id: CustomerId) -> Result<Vec<StoredEvent>> {
    let sql = format!(
        "SELECT points_events.id, points_events.customer_id, points_events.on_day, points_events.kind,
                coalesce(points_events.sale_id, refunds.sale_id) AS sale_id, points_events.points,
                points_events.worth_minor, points_events.multiplier_bp, points_events.lines,
                coalesce(refunds.amount_minor, sales.net_minor, 0) AS money_minor,
                coalesce(refunds.kind = 'void', 0) AS is_void
         FROM points_events
         LEFT JOIN sales ON sales.id = points_events.sale_id
         LEFT JOIN refunds ON refunds.id = points_events.refund_id
         WHERE points_events.customer_id IN {GROUP}
         ORDER BY points_events.on_day, points_events.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        let sale: Option<i64> = row.get("sale_id")?;
        Ok(StoredEvent {
            id: row.get("id")?,
            customer: CustomerId(row.get("customer_id")?),
            on: store::day(row, "on_day")?,
            kind: row.get("kind")?,
            sale: sale.map(SaleId),
            points: Points(row.get("points")?),
            worth: store::money(row, "worth_minor")?,
            multiplier_bp: row.get("multiplier_bp")?,
            lines: row.get("lines")?,
            money: store::money(row, "money_minor")?,
            is_void: row.get("is_void")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The last day on which something happened to a customer's points.
pub(crate) fn last_on(connection: &Connection, id: CustomerId) -> Result<Option<NaiveDate>> {
    Ok(connection
        .prepare_cached(
            "SELECT max((SELECT on_day
                         FROM points_events
                         WHERE points_events.customer_id = records.id
                         ORDER BY on_day DESC
                         LIMIT 1)) AS on_day
             FROM customers AS records
             WHERE records.id = :customer OR records.merged_into = :customer",
        )?
        .query_row(named_params! { ":customer": id.0 }, |row| store::day_or_none(row, "on_day"))?)
}

/// Whether a sale takes part in points.
pub(crate) fn has_sale(connection: &Connection, sale: SaleId) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1
                            FROM sales
                            JOIN points_events ON points_events.customer_id = sales.customer_id
                                 AND points_events.on_day = sales.sold_on AND points_events.sale_id = sales.id
                            WHERE sales.id = :sale AND points_events.kind = 'sale')",
        )?
        .query_row(named_params! { ":sale": sale.0 }, |row| row.get(0))?)
}

/// Notes with a sale what it earned, instead of a row of the ledger.
pub(crate) fn book_with_sale(tx: &Transaction, sale: SaleId, points: Points) -> Result<()> {
    tx.prepare_cached("UPDATE sales SET points_booked = :points WHERE id = :sale")?
        .execute(named_params! { ":sale": sale.0, ":points": points.0 })?;
    Ok(())
}

/// Adds a row to the ledger.
pub(crate) fn insert_row(
    tx: &Transaction,
    id: CustomerId,
    stamp: &Stamp,
    row: &LedgerRow,
    lot: Option<Place>,
    event: Option<i64>,
) -> Result<()> {
    let (lot, of_event) = match lot {
        Some(Place::Event(event)) => (None, Some(event)),
        Some(Place::Row(row)) => (Some(row), None),
        None => (None, None),
    };
    tx.prepare_cached(
        "INSERT INTO points_ledger (customer_id, on_day, at, staff_id, kind, points, lot_id, lot_event_id, event_id)
         VALUES (:customer, :on, :at, :staff, :kind, :points, :lot, :lot_event, :event)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":on": row.on.to_string(), ":at": stamp.at.millis(), ":staff": stamp.staff.0,
        ":kind": store::as_word(row.kind)?, ":points": row.points.0, ":lot": lot, ":lot_event": of_event,
        ":event": event,
    })?;
    Ok(())
}

/// What a customer owes.
pub(crate) fn debt(connection: &Connection, id: CustomerId) -> Result<Points> {
    if !may_have(connection, Few::Debt, id)? {
        return Ok(Points::ZERO);
    }
    let sql = format!("SELECT coalesce(sum(points), 0) AS points FROM points_debts WHERE customer_id IN {GROUP}");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(named_params! { ":customer": id.0 }, |row| Ok(Points(row.get("points")?)))?)
}

/// Keeps what a customer owes.
pub(crate) fn set_debt(tx: &Transaction, id: CustomerId, debt: Points) -> Result<()> {
    let sql = format!("UPDATE points_debts SET points = 0 WHERE customer_id IN {GROUP} AND points > 0");
    tx.prepare_cached(&sql)?.execute(named_params! { ":customer": id.0 })?;
    if debt > Points::ZERO {
        tx.prepare_cached(
            "INSERT INTO points_debts (customer_id, points) VALUES (:customer, :points)
             ON CONFLICT (customer_id) DO UPDATE SET points = excluded.points",
        )?
        .execute(named_params! { ":customer": id.0, ":points": debt.0 })?;
    }
    Ok(())
}

/// Points that have not ended, those of them that cannot be spent yet, those that end soon, and the first such day.
pub(crate) struct Sums {
    pub balance: Points,
    pub pending: Points,
    pub ending: Points,
    pub ending_on: Option<NaiveDate>,
}

/// The sums of a customer on a day. As long as nothing ends or waits, the figures know them; else the lots are added up.
pub(crate) fn sums(connection: &Connection, id: CustomerId, today: NaiveDate, soon: NaiveDate) -> Result<Sums> {
    if let Some(kept) = figures_or_none(connection, id)?
        && kept.points_end_on.is_none_or(|end_on| end_on > soon)
        && kept.points_wait_until.is_none_or(|until| until <= today)
    {
        let balance = kept.points_live;
        return Ok(Sums { balance, pending: Points::ZERO, ending: Points::ZERO, ending_on: None });
    }
    let (today, soon) = (today.to_string(), soon.to_string());
    let sql = format!(
        "SELECT coalesce(sum(remaining), 0) AS balance,
                coalesce(sum(remaining) FILTER (WHERE spendable_from > :today), 0) AS pending,
                coalesce(sum(remaining) FILTER (WHERE expires_on <= :soon), 0) AS ending,
                min(expires_on) FILTER (WHERE expires_on <= :soon) AS ending_on
         FROM (SELECT lot_from AS spendable_from, lot_until AS expires_on, lot_remaining AS remaining
               FROM points_events
               WHERE customer_id IN {GROUP} AND lot_remaining > 0 AND (lot_until IS NULL OR lot_until >= :today)
               UNION ALL
               SELECT spendable_from, expires_on, remaining
               FROM points_lots
               WHERE customer_id IN {GROUP} AND remaining > 0 AND (expires_on IS NULL OR expires_on >= :today))"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(
        named_params! { ":customer": id.0, ":today": today, ":soon": soon },
        |row| {
            Ok(Sums {
                balance: Points(row.get("balance")?),
                pending: Points(row.get("pending")?),
                ending: Points(row.get("ending")?),
                ending_on: store::day_or_none(row, "ending_on")?,
            })
        },
    )?)
}

/// What a customer has today: the kept balance, or counted anew where some of it has ended.
pub(crate) fn balance_of(connection: &Connection, customer: CustomerId, today: NaiveDate) -> Result<i64> {
    let Some(kept) = figures_or_none(connection, customer)? else { return Ok(0) };
    Ok(if kept.points_end_on.is_some_and(|end_on| end_on < today) {
        sums(connection, customer, today, today)?.balance.0
    } else {
        kept.points_live.0
    })
}

/// What a sale spent, what that paid, and what its lot gives today.
pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Option<(Points, Money, Points)>> {
    Ok(connection
        .prepare_cached(
            "SELECT points_events.points, points_events.worth_minor, coalesce(points_events.lot_points, 0) AS earned
             FROM sales
             JOIN points_events ON points_events.customer_id = sales.customer_id
                  AND points_events.on_day = sales.sold_on AND points_events.sale_id = sales.id
             WHERE sales.id = :sale AND points_events.kind = 'sale'",
        )?
        .query_row(named_params! { ":sale": sale.0 }, |row| {
            Ok((Points(row.get("points")?), store::money(row, "worth_minor")?, Points(row.get("earned")?)))
        })
        .optional()?)
}

/// What each sale of a customer earned, after refunds.
pub(crate) fn earned_by_sale(
    connection: &Connection,
    id: CustomerId,
) -> Result<std::collections::BTreeMap<SaleId, Points>> {
    let sql = format!(
        "SELECT sale_id, lot_points AS points
         FROM points_events
         WHERE customer_id IN {GROUP} AND kind = 'sale' AND lot_points IS NOT NULL"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        Ok((SaleId(row.get("sale_id")?), Points(row.get("points")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Customers with points whose last day is over, by id.
pub(crate) fn with_ended(connection: &Connection, today: NaiveDate) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare_cached("SELECT customer_id FROM customer_figures WHERE points_end_on < :today ORDER BY customer_id")?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Customers who brought points along that no event tells of yet: id, points, the day.
pub(crate) fn without_opening(connection: &Connection) -> Result<Vec<(CustomerId, Points, NaiveDate)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, opening_points, coalesce(opening_on, joined_on) AS opening_on
         FROM customers
         WHERE opening_points > 0
           AND NOT EXISTS (SELECT 1 FROM points_events WHERE customer_id = customers.id AND kind = 'opening')
         ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((CustomerId(row.get("id")?), Points(row.get("opening_points")?), store::day(row, "opening_on")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sales of an import that have a customer and take no part in points yet.
pub(crate) fn unearned_of_import(connection: &Connection, import: i64) -> Result<Vec<(CustomerId, SaleId, NaiveDate)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, customer_id, sold_on
         FROM sales
         WHERE import_id = :import AND customer_id IS NOT NULL AND net_minor >= 0
           AND NOT EXISTS (SELECT 1
                           FROM points_events
                           WHERE points_events.customer_id = sales.customer_id AND on_day = sales.sold_on
                             AND sale_id = sales.id AND kind = 'sale')
         ORDER BY sold_on, id",
    )?;
    let rows = statement.query_map(named_params! { ":import": import }, |row| {
        Ok((CustomerId(row.get("customer_id")?), SaleId(row.get("id")?), store::day(row, "sold_on")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Lines of a sale as points see them.
pub(crate) fn lines(connection: &Connection, sale: SaleId) -> Result<Vec<shukebu_domain::points::Line>> {
    let mut statement = connection.prepare_cached(
        "SELECT sale_lines.product_id, products.category, sale_lines.amount_minor
         FROM sale_lines
         LEFT JOIN products ON products.id = sale_lines.product_id
         WHERE sale_lines.sale_id = :sale
         ORDER BY sale_lines.line_no, sale_lines.id",
    )?;
    let rows = statement.query_map(named_params! { ":sale": sale.0 }, |row| {
        let product: Option<i64> = row.get("product_id")?;
        Ok(shukebu_domain::points::Line {
            item: product.map(|product| product.to_string()),
            category: row.get("category")?,
            amount_minor: store::money(row, "amount_minor")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Points that somebody has spent for customers on a day.
pub(crate) fn spent_by(connection: &Connection, staff: StaffId, on: NaiveDate) -> Result<Points> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(points), 0) AS points
         FROM points_events
         WHERE on_day = :on AND staff_id = :staff AND kind IN ('sale', 'gift') AND points > 0",
    )?;
    Ok(statement
        .query_row(named_params! { ":on": on.to_string(), ":staff": staff.0 }, |row| Ok(Points(row.get("points")?)))?)
}

/// Points that one record brought along.
pub(crate) fn opening(connection: &Connection, id: CustomerId) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(points), 0) AS points FROM points_events WHERE customer_id = :customer AND kind = 'opening'",
    )?;
    Ok(statement.query_row(named_params! { ":customer": id.0 }, |row| row.get("points"))?)
}

#[cfg(test)]
mod tests;
