//! Points: what happened, the lots, the ledger.

use super::parsed::parsed;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, GiftId, RefundId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Lot, LotKey, Points, Row as LedgerRow, RulesVersion};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

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
    let mut statement =
        connection.prepare_cached("SELECT effective_on, definition FROM points_rules ORDER BY effective_on")?;
    let mut rows = statement.query([])?;
    let mut versions = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        versions.push(RulesVersion { effective_on: store::day(row, "effective_on")?, rules: parsed(&definition)? });
    }
    Ok(versions)
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
                                    points, worth_minor, earned, multiplier_bp, lines, reason)
         VALUES (:customer, :on, :at, :staff, :kind, :sale, :refund, :gift, :quantity,
                 :points, :worth, :earned, :multiplier, :lines, :reason)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":on": stamp.on.to_string(), ":at": stamp.at.millis(), ":staff": stamp.staff.0,
        ":kind": event.kind, ":sale": event.sale.map(|sale| sale.0), ":refund": event.refund.map(|refund| refund.0),
        ":gift": event.gift.map(|(gift, _)| gift.0), ":quantity": event.gift.map(|(_, quantity)| quantity),
        ":points": event.points.0, ":worth": event.worth.minor(), ":earned": event.earned.0,
        ":multiplier": event.multiplier_bp, ":lines": event.lines, ":reason": event.reason,
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

/// A lot with the row it stands in and whose it is.
pub(crate) struct StoredLot {
    pub row: i64,
    pub customer: CustomerId,
    pub lot: Lot,
}

/// Lots of a customer in the order in which they came into being.
pub(crate) fn lots(connection: &Connection, id: CustomerId, which: Which) -> Result<Vec<StoredLot>> {
    let narrowed = match which {
        Which::All => "",
        Which::Live => "AND remaining > 0",
        Which::Over(_) => "AND remaining > 0 AND expires_on < :today",
    };
    let sql = format!(
        "SELECT id, customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining
         FROM points_lots
         WHERE customer_id IN {GROUP} {narrowed}
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
    Ok(StoredLot {
        row: row.get("id")?,
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

/// Adds a lot; answers its row.
pub(crate) fn insert_lot(tx: &Transaction, id: CustomerId, lot: &Lot) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO points_lots (customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining)
         VALUES (:customer, :event, :part, :earned, :from, :expires, :points, :remaining)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":event": lot.key.0, ":part": lot.key.1, ":earned": lot.earned_on.to_string(),
        ":from": lot.spendable_from.to_string(), ":expires": lot.expires_on.map(|day| day.to_string()),
        ":points": lot.points.0, ":remaining": lot.remaining.0,
    })?;
    Ok(tx.last_insert_rowid())
}

/// Changes what a lot gave and what is left of it.
pub(crate) fn update_lot(tx: &Transaction, row: i64, points: Points, remaining: Points) -> Result<()> {
    tx.prepare_cached("UPDATE points_lots SET points = :points, remaining = :remaining WHERE id = :row")?
        .execute(named_params! { ":row": row, ":points": points.0, ":remaining": remaining.0 })?;
    Ok(())
}

/// Adds a row to the ledger.
pub(crate) fn insert_row(
    tx: &Transaction,
    id: CustomerId,
    stamp: &Stamp,
    row: &LedgerRow,
    lot: Option<i64>,
    event: Option<i64>,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO points_ledger (customer_id, on_day, at, staff_id, kind, points, lot_id, event_id)
         VALUES (:customer, :on, :at, :staff, :kind, :points, :lot, :event)",
    )?
    .execute(named_params! {
        ":customer": id.0, ":on": row.on.to_string(), ":at": stamp.at.millis(), ":staff": stamp.staff.0,
        ":kind": store::as_word(row.kind)?, ":points": row.points.0, ":lot": lot, ":event": event,
    })?;
    Ok(())
}

/// What a customer owes.
pub(crate) fn debt(connection: &Connection, id: CustomerId) -> Result<Points> {
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

/// The sums of a customer on a day, from the index of live lots.
pub(crate) fn sums(connection: &Connection, id: CustomerId, today: NaiveDate, soon: NaiveDate) -> Result<Sums> {
    let sql = format!(
        "SELECT coalesce(sum(remaining), 0) AS balance,
                coalesce(sum(remaining) FILTER (WHERE spendable_from > :today), 0) AS pending,
                coalesce(sum(remaining) FILTER (WHERE expires_on <= :soon), 0) AS ending,
                min(expires_on) FILTER (WHERE expires_on <= :soon) AS ending_on
         FROM points_lots
         WHERE customer_id IN {GROUP} AND remaining > 0 AND (expires_on IS NULL OR expires_on >= :today)"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(
        named_params! { ":customer": id.0, ":today": today.to_string(), ":soon": soon.to_string() },
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

/// What everybody has who has anything, by the one who stays after a merge.
pub(crate) fn balances(connection: &Connection, today: NaiveDate) -> Result<BTreeMap<CustomerId, i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer, sum(points_lots.remaining) AS balance
         FROM points_lots
         JOIN customers ON customers.id = points_lots.customer_id
         WHERE points_lots.remaining > 0 AND (points_lots.expires_on IS NULL OR points_lots.expires_on >= :today)
         GROUP BY coalesce(customers.merged_into, customers.id)",
    )?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| {
        Ok((CustomerId(row.get("customer")?), row.get("balance")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a sale spent, what that paid, and what its lot gives today.
pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Option<(Points, Money, Points)>> {
    Ok(connection
        .prepare_cached(
            "SELECT points_events.points, points_events.worth_minor, coalesce(points_lots.points, 0) AS earned
             FROM sales
             JOIN points_events ON points_events.customer_id = sales.customer_id
                  AND points_events.on_day = sales.sold_on AND points_events.sale_id = sales.id
             LEFT JOIN points_lots ON points_lots.customer_id = points_events.customer_id
                  AND points_lots.event_id = points_events.id AND points_lots.part = 0
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
        "SELECT points_events.sale_id, points_lots.points
         FROM points_events
         JOIN points_lots ON points_lots.customer_id = points_events.customer_id
              AND points_lots.event_id = points_events.id AND points_lots.part = 0
         WHERE points_events.customer_id IN {GROUP} AND points_events.kind = 'sale'"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        Ok((SaleId(row.get("sale_id")?), Points(row.get("points")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Customers with points whose last day is over.
pub(crate) fn with_ended(connection: &Connection, today: NaiveDate) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT points_ends.customer_id
         FROM points_ends
         WHERE points_ends.expires_on < :today
           AND EXISTS (SELECT 1
                       FROM points_lots
                       WHERE points_lots.customer_id = points_ends.customer_id
                         AND points_lots.expires_on = points_ends.expires_on AND points_lots.remaining > 0)
         ORDER BY points_ends.customer_id",
    )?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Days that are over and written need not be looked at again.
pub(crate) fn forget_ends(tx: &Transaction, today: NaiveDate) -> Result<()> {
    tx.execute("DELETE FROM points_ends WHERE expires_on < :today", named_params! { ":today": today.to_string() })?;
    Ok(())
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
