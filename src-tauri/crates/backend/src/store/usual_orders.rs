//! Orders that customers place again and again.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, ProductId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// An order as it lies in the book.
pub(crate) struct Kept {
    pub id: i64,
    pub name: String,
    pub packaging: Option<String>,
    pub note: Option<String>,
}

/// An order to be kept.
pub(crate) struct OrderToKeep<'a> {
    pub customer: CustomerId,
    pub name: &'a str,
    pub packaging: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// A line of it.
pub(crate) struct LineToKeep {
    pub product: Option<ProductId>,
    pub description: String,
    pub quantity_milli: i64,
    /// Of a line in words.
    pub unit_price: Option<Money>,
}

/// The orders of a customer, by name.
pub(crate) fn of(connection: &Connection, customer: CustomerId) -> Result<Vec<Kept>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, packaging, note
         FROM usual_orders
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
         ORDER BY name, id",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0 }, |row| {
        Ok(Kept {
            id: row.get("id")?,
            name: row.get("name")?,
            packaging: row.get("packaging")?,
            note: row.get("note")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The lines of an order, in their order.
pub(crate) fn lines(connection: &Connection, order: i64) -> Result<Vec<LineToKeep>> {
    let mut statement = connection.prepare_cached(
        "SELECT product_id, description, quantity_milli, unit_price_minor
         FROM usual_order_lines
         WHERE usual_order_id = :order
         ORDER BY line_no",
    )?;
    let rows = statement.query_map(named_params! { ":order": order }, |row| {
        let price: Option<i64> = row.get("unit_price_minor")?;
        Ok(LineToKeep {
            product: row.get::<_, Option<i64>>("product_id")?.map(ProductId),
            description: row.get("description")?,
            quantity_milli: row.get("quantity_milli")?,
            unit_price: price.map(Money::from_minor),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps an order.
pub(crate) fn insert(
    tx: &Transaction,
    order: &OrderToKeep,
    lines: &[LineToKeep],
    staff: StaffId,
    at: Timestamp,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO usual_orders (customer_id, name, packaging, note, saved_at, staff_id)
         VALUES (:customer, :name, :packaging, :note, :at, :staff)",
    )?
    .execute(named_params! {
        ":customer": order.customer.0, ":name": order.name, ":packaging": order.packaging, ":note": order.note,
        ":at": at.millis(), ":staff": staff.0,
    })?;
    let id = tx.last_insert_rowid();
    let mut insert = tx.prepare_cached(
        "INSERT INTO usual_order_lines
             (usual_order_id, line_no, product_id, description, quantity_milli, unit_price_minor)
         VALUES (:order, :line_no, :product, :description, :quantity, :price)",
    )?;
    for (line_no, line) in (1_i64..).zip(lines) {
        insert.execute(named_params! {
            ":order": id, ":line_no": line_no, ":product": line.product.map(|product| product.0),
            ":description": line.description, ":quantity": line.quantity_milli,
            ":price": line.unit_price.map(Money::minor),
        })?;
    }
    Ok(id)
}

/// Forgets an order; answers whose it was, `None` when there is none.
pub(crate) fn delete(tx: &Transaction, id: i64) -> Result<Option<CustomerId>> {
    let whose: Option<i64> = tx
        .prepare_cached("SELECT customer_id FROM usual_orders WHERE id = :id")?
        .query_row(named_params! { ":id": id }, |row| row.get("customer_id"))
        .optional()?;
    tx.prepare_cached("DELETE FROM usual_order_lines WHERE usual_order_id = :id")?
        .execute(named_params! { ":id": id })?;
    tx.prepare_cached("DELETE FROM usual_orders WHERE id = :id")?.execute(named_params! { ":id": id })?;
    Ok(whose.map(CustomerId))
}
