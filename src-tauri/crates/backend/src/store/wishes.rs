//! 到货关注: wishes, arrivals, and who was told.

use crate::api::wishes::{NewWish, WishView};
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{ArrivalId, CustomerId, ProductId, StaffId, WishId};
use shukebu_domain::time::Timestamp;

const COLUMNS: &str = "wishes.id, wishes.customer_id, customers.name AS customer, wishes.created_at,
        coalesce(products.name, wishes.category, wishes.text) AS what";
const FROM: &str = "wishes
         JOIN customers ON customers.id = wishes.customer_id
         LEFT JOIN products ON products.id = wishes.product_id";

fn read(row: &Row) -> rusqlite::Result<WishView> {
    Ok(WishView {
        id: WishId(row.get("id")?),
        customer_id: CustomerId(row.get("customer_id")?),
        customer: row.get("customer")?,
        what: row.get("what")?,
        created_at: store::instant(row, "created_at")?,
    })
}

/// Notes a wish.
pub(crate) fn insert(tx: &Transaction, wish: &NewWish, staff: StaffId, at: Timestamp) -> Result<WishId> {
    tx.prepare_cached(
        "INSERT INTO wishes (customer_id, product_id, category, text, created_at, staff_id)
         VALUES (:customer, :product, :category, :text, :at, :staff)",
    )?
    .execute(named_params! {
        ":customer": wish.customer_id.0, ":product": wish.product_id.map(|product| product.0),
        ":category": wish.category, ":text": wish.text, ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(WishId(tx.last_insert_rowid()))
}

/// Name and category of a product.
pub(crate) fn product(connection: &Connection, id: ProductId) -> Result<(String, Option<String>)> {
    let mut statement = connection.prepare_cached("SELECT name, category FROM products WHERE id = :id")?;
    let found = statement
        .query_row(named_params! { ":id": id.0 }, |row| Ok((row.get("name")?, row.get("category")?)))
        .optional()?;
    found.ok_or_else(|| ApiError::not_found("product"))
}

/// Open wishes of one customer, oldest first.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId) -> Result<Vec<WishView>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM {FROM}
         WHERE wishes.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
           AND wishes.closed_at IS NULL
         ORDER BY wishes.id
         LIMIT 50"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Open wishes of everybody, oldest first.
pub(crate) fn open(connection: &Connection, limit: i64) -> Result<Vec<WishView>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM {FROM}
         WHERE wishes.closed_at IS NULL
         ORDER BY wishes.id
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Open wishes in all.
pub(crate) fn count_open(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT count(*) AS n FROM wishes WHERE closed_at IS NULL")?;
    Ok(statement.query_row([], |row| row.get("n"))?)
}

/// Ends a wish; false where it had ended before or never was.
pub(crate) fn close(tx: &Transaction, id: WishId, at: Timestamp) -> Result<bool> {
    let changed = tx
        .prepare_cached("UPDATE wishes SET closed_at = :at WHERE id = :id AND closed_at IS NULL")?
        .execute(named_params! { ":id": id.0, ":at": at.millis() })?;
    Ok(changed > 0)
}

/// What an open wish asks for.
pub(crate) struct OpenWish {
    pub id: WishId,
    pub customer: CustomerId,
    pub product: Option<ProductId>,
    pub category: Option<String>,
    pub text: Option<String>,
}

/// All open wishes as they were asked.
pub(crate) fn asked(connection: &Connection) -> Result<Vec<OpenWish>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, customer_id, product_id, category, text FROM wishes WHERE closed_at IS NULL ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(OpenWish {
            id: WishId(row.get("id")?),
            customer: CustomerId(row.get("customer_id")?),
            product: row.get::<_, Option<i64>>("product_id")?.map(ProductId),
            category: row.get("category")?,
            text: row.get("text")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes goods that came in.
pub(crate) fn insert_arrival(
    tx: &Transaction,
    product: Option<ProductId>,
    what: &str,
    (staff, at): (StaffId, Timestamp),
) -> Result<ArrivalId> {
    tx.prepare_cached("INSERT INTO arrivals (at, staff_id, product_id, text) VALUES (:at, :staff, :product, :text)")?
        .execute(named_params! {
        ":at": at.millis(), ":staff": staff.0, ":product": product.map(|product| product.0), ":text": what,
    })?;
    Ok(ArrivalId(tx.last_insert_rowid()))
}

/// Somebody is to be told.
pub(crate) fn insert_notice(tx: &Transaction, arrival: ArrivalId, wish: &OpenWish) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO arrival_notices (arrival_id, wish_id, customer_id) VALUES (:arrival, :wish, :customer)",
    )?
    .execute(named_params! { ":arrival": arrival.0, ":wish": wish.id.0, ":customer": wish.customer.0 })?;
    Ok(())
}

/// Somebody was told; false where that was noted before or nobody was to be told.
pub(crate) fn tell(
    tx: &Transaction,
    arrival: ArrivalId,
    wish: WishId,
    (staff, at): (StaffId, Timestamp),
) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE arrival_notices
             SET told_at = :at, told_by = :staff
             WHERE arrival_id = :arrival AND wish_id = :wish AND told_at IS NULL",
        )?
        .execute(named_params! { ":arrival": arrival.0, ":wish": wish.0, ":at": at.millis(), ":staff": staff.0 })?;
    Ok(changed > 0)
}

/// Whose wish it was.
pub(crate) fn customer_of(connection: &Connection, wish: WishId) -> Result<CustomerId> {
    let mut statement = connection.prepare_cached("SELECT customer_id FROM wishes WHERE id = :id")?;
    let found = statement
        .query_row(named_params! { ":id": wish.0 }, |row| Ok(CustomerId(row.get("customer_id")?)))
        .optional()?;
    found.ok_or_else(|| ApiError::not_found("wish"))
}

/// Goods that came.
pub(crate) struct StoredArrival {
    pub id: ArrivalId,
    pub what: String,
    pub at: Timestamp,
    pub told: i64,
}

/// Goods of which somebody is still to be told, newest first.
pub(crate) fn arrivals(connection: &Connection) -> Result<Vec<StoredArrival>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, text, at,
                (SELECT count(*) FROM arrival_notices WHERE arrival_id = arrivals.id AND told_at IS NOT NULL) AS told
         FROM arrivals
         WHERE EXISTS (SELECT 1
                       FROM arrival_notices
                       JOIN wishes ON wishes.id = arrival_notices.wish_id
                       WHERE arrival_id = arrivals.id AND told_at IS NULL AND wishes.closed_at IS NULL)
         ORDER BY at DESC, id DESC
         LIMIT 50",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(StoredArrival {
            id: ArrivalId(row.get("id")?),
            what: row.get("text")?,
            at: store::instant(row, "at")?,
            told: row.get("told")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whose open wishes an arrival answers and who is not told yet.
pub(crate) fn to_tell(connection: &Connection, arrival: ArrivalId) -> Result<Vec<WishView>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM {FROM}
         JOIN arrival_notices AS notices ON notices.wish_id = wishes.id
         WHERE notices.arrival_id = :arrival AND notices.told_at IS NULL AND wishes.closed_at IS NULL
         ORDER BY wishes.id
         LIMIT 200"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":arrival": arrival.0 }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came.
pub(crate) fn arrival_text(connection: &Connection, id: ArrivalId) -> Result<String> {
    let mut statement = connection.prepare_cached("SELECT text FROM arrivals WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("text"))?)
}
