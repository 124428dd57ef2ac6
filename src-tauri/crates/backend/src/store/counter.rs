//! Agreed prices, and the sale that is being typed.

use super::few::{Few, may_have};
use crate::api::counter::{AgreedPrice, DraftView, NewAgreedPrice};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{AgreedPriceId, CustomerId, ProductId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// The price agreed with a customer for a product on a day.
pub(crate) fn agreed_price(
    connection: &Connection,
    customer: CustomerId,
    product: ProductId,
    on: NaiveDate,
) -> Result<Option<Money>> {
    if !may_have(connection, Few::AgreedPrice, customer)? {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(
        "SELECT price_minor
         FROM agreed_prices INDEXED BY agreed_prices_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND product_id = :product AND ended_at IS NULL
           AND from_on <= :on AND (until_on IS NULL OR until_on >= :on)
         ORDER BY id DESC
         LIMIT 1",
    )?;
    Ok(statement
        .query_row(named_params! { ":customer": customer.0, ":product": product.0, ":on": on.to_string() }, |row| {
            store::money(row, "price_minor")
        })
        .optional()?)
}

/// The agreed prices of a customer that were not ended, by product.
pub(crate) fn agreed_prices(
    connection: &Connection,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Vec<AgreedPrice>> {
    let mut statement = connection.prepare_cached(
        "SELECT agreed_prices.id, agreed_prices.product_id, products.name AS product, products.price_minor AS list_minor,
                agreed_prices.price_minor, agreed_prices.from_on, agreed_prices.until_on, agreed_prices.note,
                (SELECT name FROM staff WHERE staff.id = agreed_prices.approved_by) AS approved_by
         FROM agreed_prices INDEXED BY agreed_prices_by_customer
         JOIN products ON products.id = agreed_prices.product_id
         WHERE agreed_prices.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND agreed_prices.ended_at IS NULL
         ORDER BY products.name, agreed_prices.id",
    )?;
    let rows = statement.query_map(named_params! { ":customer": customer.0 }, |row| {
        let list: Option<i64> = row.get("list_minor")?;
        let (from_on, until_on) = (store::day(row, "from_on")?, store::day_or_none(row, "until_on")?);
        Ok(AgreedPrice {
            id: AgreedPriceId(row.get("id")?),
            product_id: ProductId(row.get("product_id")?),
            product: row.get("product")?,
            list_price_minor: list.map(Money::from_minor),
            price_minor: store::money(row, "price_minor")?,
            from_on,
            until_on,
            note: row.get("note")?,
            approved_by: row.get("approved_by")?,
            is_valid: from_on <= today && until_on.is_none_or(|until| until >= today),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Agrees a price in place of an earlier one for the same product.
pub(crate) fn agree(
    tx: &Transaction,
    new: &NewAgreedPrice,
    from_on: NaiveDate,
    staff: StaffId,
    at: Timestamp,
) -> Result<AgreedPriceId> {
    tx.prepare_cached(
        "UPDATE agreed_prices SET ended_at = :at
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND product_id = :product AND ended_at IS NULL",
    )?
    .execute(named_params! { ":customer": new.customer_id.0, ":product": new.product_id.0, ":at": at.millis() })?;
    tx.prepare_cached(
        "INSERT INTO agreed_prices (customer_id, product_id, price_minor, from_on, until_on, note, approved_by, created_at)
         VALUES (:customer, :product, :price, :from, :until, :note, :staff, :at)",
    )?
    .execute(named_params! {
        ":customer": new.customer_id.0, ":product": new.product_id.0, ":price": new.price_minor.minor(),
        ":from": from_on.to_string(), ":until": new.until_on.map(|day| day.to_string()), ":note": new.note,
        ":staff": staff.0, ":at": at.millis(),
    })?;
    Ok(AgreedPriceId(tx.last_insert_rowid()))
}

/// Ends an agreed price; answers whose it was.
///
/// # Errors
/// `NotFound`, also when it was ended before.
pub(crate) fn end_agreed(tx: &Transaction, id: AgreedPriceId, at: Timestamp) -> Result<CustomerId> {
    let mut statement = tx.prepare_cached(
        "UPDATE agreed_prices SET ended_at = :at WHERE id = :id AND ended_at IS NULL RETURNING customer_id",
    )?;
    let ended: Option<i64> = statement
        .query_row(named_params! { ":id": id.0, ":at": at.millis() }, |row| row.get("customer_id"))
        .optional()?;
    ended.map(CustomerId).ok_or_else(|| ApiError::not_found("agreed_price"))
}

/// The draft of a till.
pub(crate) fn draft(connection: &Connection, till: &str) -> Result<DraftView> {
    let mut statement = connection.prepare_cached("SELECT content, saved_at FROM drafts WHERE till = :till")?;
    let found = statement
        .query_row(named_params! { ":till": till }, |row| {
            Ok(DraftView { content: Some(row.get("content")?), saved_at: Some(store::instant(row, "saved_at")?) })
        })
        .optional()?;
    Ok(found.unwrap_or(DraftView { content: None, saved_at: None }))
}

/// Keeps the draft of a till.
pub(crate) fn keep_draft(connection: &Connection, till: &str, content: &str, at: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO drafts (till, content, saved_at) VALUES (:till, :content, :at)
             ON CONFLICT (till) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at",
        )?
        .execute(named_params! { ":till": till, ":content": content, ":at": at.millis() })?;
    Ok(())
}

/// Ends the draft of a till.
pub(crate) fn end_draft(connection: &Connection, till: &str) -> Result<()> {
    connection.prepare_cached("DELETE FROM drafts WHERE till = :till")?.execute(named_params! { ":till": till })?;
    Ok(())
}
