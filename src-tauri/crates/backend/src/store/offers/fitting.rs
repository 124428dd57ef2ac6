//! Rules from a tag to a product, and what of them fits a customer.

use crate::api::offers::fitting::{Fitting, FittingRule, Gives};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::points::GROUP;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, FittingId, ProductId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A rule to be stored.
pub(crate) struct FittingToStore<'a> {
    pub tag: &'a str,
    pub product: ProductId,
    pub gives: Gives,
    pub reason: &'a str,
    pub at: Timestamp,
    pub staff: StaffId,
}

/// Whether nothing of a product can be offered.
const IS_OUT: &str = "products.is_active = 0 OR coalesce(products.stock_milli, 1) <= 0";

/// All rules, by tag and in the order in which they were made.
pub(crate) fn all(connection: &Connection) -> Result<Vec<FittingRule>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT fitting_products.*, products.name AS product, {IS_OUT} AS is_out,
                (SELECT count(DISTINCT coalesce(customers.merged_into, customers.id))
                 FROM tags
                 JOIN customer_tags ON customer_tags.tag_id = tags.id
                 JOIN customers ON customers.id = customer_tags.customer_id
                 WHERE tags.name = fitting_products.tag) AS people
         FROM fitting_products
         JOIN products ON products.id = fitting_products.product_id
         ORDER BY fitting_products.tag, fitting_products.id"
    ))?;
    let rows = statement.query_map([], |row| {
        Ok(FittingRule {
            id: FittingId(row.get("id")?),
            tag: row.get("tag")?,
            product_id: ProductId(row.get("product_id")?),
            product: row.get("product")?,
            gives: store::word(row, "gives")?,
            reason: row.get("reason")?,
            people: row.get("people")?,
            is_out: row.get("is_out")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The rule of a tag for a product.
pub(crate) fn of_pair(connection: &Connection, tag: &str, product: ProductId) -> Result<Option<FittingId>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM fitting_products WHERE tag = :tag AND product_id = :product")?;
    let found = statement.query_row(named_params! { ":tag": tag, ":product": product.0 }, |row| row.get(0));
    Ok(found.optional()?.map(FittingId))
}

/// Adds a rule.
pub(crate) fn insert(tx: &Transaction, rule: &FittingToStore) -> Result<FittingId> {
    tx.prepare_cached(
        "INSERT INTO fitting_products (tag, product_id, gives, reason, created_at, staff_id)
         VALUES (:tag, :product, :gives, :reason, :at, :staff)",
    )?
    .execute(named_params! {
        ":tag": rule.tag, ":product": rule.product.0, ":gives": store::as_word(rule.gives)?, ":reason": rule.reason,
        ":at": rule.at.millis(), ":staff": rule.staff.0,
    })?;
    Ok(FittingId(tx.last_insert_rowid()))
}

/// Changes a rule.
///
/// # Errors
/// `NotFound`.
pub(crate) fn update(tx: &Transaction, id: FittingId, rule: &FittingToStore) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE fitting_products SET tag = :tag, product_id = :product, gives = :gives, reason = :reason
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id.0, ":tag": rule.tag, ":product": rule.product.0, ":gives": store::as_word(rule.gives)?,
            ":reason": rule.reason,
        })?;
    if changed == 0 { Err(ApiError::not_found("fitting")) } else { Ok(()) }
}

/// Takes a rule away.
///
/// # Errors
/// `NotFound`.
pub(crate) fn delete(tx: &Transaction, id: FittingId) -> Result<()> {
    let gone = tx.execute("DELETE FROM fitting_products WHERE id = :id", named_params! { ":id": id.0 })?;
    if gone == 0 { Err(ApiError::not_found("fitting")) } else { Ok(()) }
}

/// Rules of a tag follow its name; where the other name has the same rule already, that one stays.
pub(crate) fn rename_tag(tx: &Transaction, from: &str, to: &str) -> Result<()> {
    let names = named_params! { ":from": from, ":to": to };
    tx.execute("UPDATE OR IGNORE fitting_products SET tag = :to WHERE tag = :from", names)?;
    tx.execute("DELETE FROM fitting_products WHERE tag = :from AND :to <> :from", names)?;
    Ok(())
}

/// What the tags of a customer call for, of what can be offered; what the customer had since a day is left out.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, since: NaiveDate) -> Result<Vec<Fitting>> {
    let mut statement = connection.prepare_cached(&format!(
        "WITH fits AS (
           SELECT fitting_products.*, products.name AS product, products.price_minor,
                  (SELECT max(sales.sold_on)
                   FROM sales INDEXED BY sales_by_customer
                   JOIN sale_lines ON sale_lines.sale_id = sales.id
                   WHERE sales.customer_id IN {GROUP} AND sale_lines.product_id = fitting_products.product_id
                     AND NOT EXISTS (SELECT 1 FROM refunds WHERE refunds.sale_id = sales.id AND refunds.kind = 'void')
                  ) AS last_on
           FROM fitting_products
           JOIN products ON products.id = fitting_products.product_id
           WHERE NOT ({IS_OUT})
             AND fitting_products.tag IN (SELECT tags.name
                                          FROM customer_tags
                                          JOIN tags ON tags.id = customer_tags.tag_id
                                          WHERE customer_tags.customer_id IN {GROUP})
         )
         SELECT * FROM fits WHERE last_on IS NULL OR last_on < :since ORDER BY tag, id"
    ))?;
    let rows = statement.query_map(named_params! { ":customer": id.0, ":since": since.to_string() }, |row| {
        Ok(Fitting {
            id: FittingId(row.get("id")?),
            tag: row.get("tag")?,
            product_id: ProductId(row.get("product_id")?),
            product: row.get("product")?,
            price_minor: row.get::<_, Option<i64>>("price_minor")?.map(Money::from_minor),
            gives: store::word(row, "gives")?,
            reason: row.get("reason")?,
            last_on: store::day_or_none(row, "last_on")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
