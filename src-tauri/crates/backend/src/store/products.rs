//! Products.

use crate::api::products::ProductRow;
use crate::error::{ApiError, Result};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::ProductId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Hits of a product search: exact barcode or sku first, then the start of a key, then anywhere.
pub(crate) fn search(connection: &Connection, text: &str, limit: i64) -> Result<Vec<ProductRow>> {
    let like: String =
        text.chars().flat_map(|ch| if matches!(ch, '%' | '_' | '\\') { vec!['\\', ch] } else { vec![ch] }).collect();
    let mut statement = connection.prepare_cached(
        "SELECT id, sku, barcode, name, category, price_minor
         FROM products
         WHERE is_active = 1
           AND (barcode = :text OR sku = :text COLLATE NOCASE OR search_text LIKE '%' || :like || '%' ESCAPE '\\')
         ORDER BY barcode = :text OR sku = :text COLLATE NOCASE DESC,
                  search_text LIKE :like || '%' ESCAPE '\\' DESC,
                  name, id
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":text": text, ":like": like, ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A product to be stored.
pub(crate) struct ProductToStore<'a> {
    pub reference: Option<&'a str>,
    pub sku: Option<&'a str>,
    pub barcode: Option<&'a str>,
    pub name: &'a str,
    pub search_text: &'a str,
    pub category: Option<&'a str>,
    pub price: Option<Money>,
    pub cost: Option<Money>,
    pub at: Timestamp,
}

/// Adds a product.
pub(crate) fn insert(tx: &Transaction, product: &ProductToStore) -> Result<ProductId> {
    tx.prepare_cached(
        "INSERT INTO products (ref, sku, barcode, name, search_text, category, price_minor, cost_minor, created_at)
         VALUES (:reference, :sku, :barcode, :name, :search_text, :category, :price, :cost, :at)",
    )?
    .execute(named_params! {
        ":reference": product.reference, ":sku": product.sku, ":barcode": product.barcode, ":name": product.name,
        ":search_text": product.search_text, ":category": product.category,
        ":price": product.price.map(Money::minor), ":cost": product.cost.map(Money::minor), ":at": product.at.millis(),
    })?;
    Ok(ProductId(tx.last_insert_rowid()))
}

/// One product with its cost.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: ProductId) -> Result<(ProductRow, Option<Money>)> {
    let mut statement = connection.prepare_cached(
        "SELECT id, sku, barcode, name, category, price_minor, cost_minor FROM products WHERE id = :id",
    )?;
    let found = statement
        .query_row(named_params! { ":id": id.0 }, |row| {
            let cost: Option<i64> = row.get("cost_minor")?;
            Ok((read(row)?, cost.map(Money::from_minor)))
        })
        .optional()?;
    found.ok_or_else(|| ApiError::not_found("product"))
}

fn read(row: &Row) -> rusqlite::Result<ProductRow> {
    let price: Option<i64> = row.get("price_minor")?;
    Ok(ProductRow {
        id: ProductId(row.get("id")?),
        sku: row.get("sku")?,
        barcode: row.get("barcode")?,
        name: row.get("name")?,
        category: row.get("category")?,
        price_minor: price.map(Money::from_minor),
    })
}
