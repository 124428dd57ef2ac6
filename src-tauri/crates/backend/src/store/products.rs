//! Products.

use crate::api::products::{ProductFacts, ProductFilter, ProductRow, ProductShow, ProductView};
use crate::error::{ApiError, Result};
use crate::store::changes::Group;
use crate::store::remembered::{Rows, remembered_while};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::ProductId;
use shukebu_domain::money::Money;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::time::Timestamp;

const COLUMNS: &str =
    "id, sku, barcode, name, category, price_minor, cost_minor, stock_milli, low_stock_milli, favourite, is_active";

/// The text for LIKE, with its own signs taken literally.
fn literal(text: &str) -> String {
    text.chars().flat_map(|ch| if matches!(ch, '%' | '_' | '\\') { vec!['\\', ch] } else { vec![ch] }).collect()
}

/// Hits of a product search: exact barcode or sku first, then the start of a key, then anywhere.
pub(crate) fn search(connection: &Connection, text: &str, limit: i64) -> Result<Vec<ProductRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM products
         WHERE is_active = 1
           AND (barcode = :text OR sku = :text COLLATE NOCASE OR search_text LIKE '%' || :like || '%' ESCAPE '\\')
         ORDER BY barcode = :text OR sku = :text COLLATE NOCASE DESC,
                  search_text LIKE :like || '%' ESCAPE '\\' DESC,
                  name, id
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows =
        statement.query_map(named_params! { ":text": text, ":like": literal(text), ":limit": limit }, read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Products whose barcode is one of two spellings of a code, or whose number it is: a look-up, never a scan.
pub(crate) fn by_code(connection: &Connection, code: &str, other: &str) -> Result<Vec<ProductRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM products WHERE is_active = 1 AND barcode IN (:code, :other)
         UNION
         SELECT {COLUMNS} FROM products WHERE is_active = 1 AND sku = :code
         ORDER BY name, id
         LIMIT 9"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":code": code, ":other": other }, read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The favourites of the counter by place.
pub(crate) fn favourites(connection: &Connection) -> Result<Vec<ProductRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM products INDEXED BY products_by_favourite
         WHERE favourite IS NOT NULL AND is_active = 1
         ORDER BY favourite"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A page of the list by name, with the number of all that fit.
pub(crate) fn page(connection: &Connection, filter: &ProductFilter, limit: i64) -> Result<(Vec<ProductView>, i64)> {
    let (source, shown) = match filter.show {
        ProductShow::Active => ("products", "is_active = 1"),
        ProductShow::Inactive => ("products", "is_active = 0"),
        ProductShow::Low => (
            "products INDEXED BY products_low",
            "is_active = 1 AND stock_milli IS NOT NULL AND stock_milli <= coalesce(low_stock_milli, 0)",
        ),
    };
    let text = filter.text.trim().to_lowercase();
    let narrowed = format!(
        "FROM {source}
         WHERE {shown}
           AND (:category IS NULL OR category = :category)
           AND (:text = '' OR barcode = :text OR sku = :text COLLATE NOCASE
                OR search_text LIKE '%' || :like || '%' ESCAPE '\\')"
    );
    let category = filter.category.as_deref().filter(|category| !category.is_empty());
    let like = literal(&text);
    let total = connection
        .prepare_cached(&format!("SELECT count(*) AS total {narrowed}"))?
        .query_row(named_params! { ":category": category, ":text": text, ":like": like }, |row| row.get("total"))?;
    let sql = format!("SELECT {COLUMNS} {narrowed} ORDER BY name, id LIMIT :limit OFFSET :offset");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":category": category, ":text": text, ":like": like, ":limit": limit, ":offset": filter.offset,
        },
        read,
    )?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, total))
}

/// How many products run low.
pub(crate) fn count_low(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) AS low
         FROM products INDEXED BY products_low
         WHERE is_active = 1 AND stock_milli IS NOT NULL AND stock_milli <= coalesce(low_stock_milli, 0)",
    )?;
    Ok(statement.query_row([], |row| row.get("low"))?)
}

/// All categories in use.
pub(crate) fn categories(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT category FROM products WHERE category IS NOT NULL ORDER BY category")?;
    let rows = statement.query_map([], |row| row.get("category"))?;
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

/// Quantities of a form, read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    pub low_milli: Option<i64>,
    /// `None`: as it is.
    pub stock: Option<Option<i64>>,
}

/// Writes what a form says about a product; whoever had its favourite's place before gives it up.
pub(crate) fn update(
    tx: &Transaction,
    id: ProductId,
    facts: &ProductFacts,
    counted: Counted,
    search_text: &str,
    is_active: bool,
) -> Result<()> {
    tx.prepare_cached("UPDATE products SET favourite = NULL WHERE favourite = :place AND id <> :id")?
        .execute(named_params! { ":place": facts.favourite, ":id": id.0 })?;
    tx.prepare_cached(
        "UPDATE products
         SET sku = :sku, barcode = :barcode, name = :name, search_text = :search_text, category = :category,
             price_minor = :price, cost_minor = :cost, low_stock_milli = :low, favourite = :favourite,
             is_active = :is_active
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":sku": facts.sku, ":barcode": facts.barcode, ":name": facts.name, ":search_text": search_text,
        ":category": facts.category, ":price": facts.price_minor.map(Money::minor),
        ":cost": facts.cost_minor.map(Money::minor), ":low": counted.low_milli, ":favourite": facts.favourite,
        ":is_active": is_active,
    })?;
    if let Some(stock) = counted.stock {
        tx.prepare_cached("UPDATE products SET stock_milli = :stock WHERE id = :id")?
            .execute(named_params! { ":id": id.0, ":stock": stock })?;
    }
    Ok(())
}

/// Puts a product on one of the counter's keys.
pub(crate) fn make_favourite(tx: &Transaction, id: ProductId, place: i64) -> Result<()> {
    tx.prepare_cached("UPDATE products SET favourite = :place WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":place": place })?;
    Ok(())
}

/// Takes from the stock what was sold, where somebody counts; a negative quantity puts it back.
pub(crate) fn take_from_stock(tx: &Transaction, id: ProductId, quantity_milli: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE products SET stock_milli = stock_milli - :quantity WHERE id = :id AND stock_milli IS NOT NULL",
    )?
    .execute(named_params! { ":id": id.0, ":quantity": quantity_milli })?;
    Ok(())
}

/// Whether another product has this number.
pub(crate) fn has_sku(connection: &Connection, sku: &str, but: Option<ProductId>) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM products WHERE sku = :sku AND id IS NOT :but) AS has")?;
    Ok(statement.query_row(named_params! { ":sku": sku, ":but": but.map(|but| but.0) }, |row| row.get("has"))?)
}

/// One product with its cost.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: ProductId) -> Result<(ProductRow, Option<Money>)> {
    let found = view(connection, id)?;
    Ok((found.row, found.cost_minor))
}

/// One product with everything about it.
///
/// # Errors
/// `NotFound`.
pub(crate) fn view(connection: &Connection, id: ProductId) -> Result<ProductView> {
    let Known(known) = remembered_while(Group::Products, || Ok(Known::default()))?;
    let found = known.get(id.0, || {
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM products WHERE id = :id"))?;
        Ok(statement.query_row(named_params! { ":id": id.0 }, read).optional()?)
    })?;
    found.ok_or_else(|| ApiError::not_found("product"))
}

/// Products that were asked for: what a shop sells changes far less often than it is sold.
#[derive(Clone, Default)]
struct Known(Rows<Option<ProductView>>);

/// The stock of a product in thousandths, where somebody counts.
pub(crate) fn stock(connection: &Connection, id: ProductId) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT stock_milli FROM products WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("stock_milli")).optional()?.flatten())
}

fn read_row(row: &Row) -> rusqlite::Result<ProductRow> {
    Ok(read(row)?.row)
}

fn read(row: &Row) -> rusqlite::Result<ProductView> {
    let price: Option<i64> = row.get("price_minor")?;
    let cost: Option<i64> = row.get("cost_minor")?;
    let stock: Option<i64> = row.get("stock_milli")?;
    let low: Option<i64> = row.get("low_stock_milli")?;
    Ok(ProductView {
        row: ProductRow {
            id: ProductId(row.get("id")?),
            sku: row.get("sku")?,
            barcode: row.get("barcode")?,
            name: row.get("name")?,
            category: row.get("category")?,
            price_minor: price.map(Money::from_minor),
            stock: stock.map(quantity_text),
            is_low: stock.is_some_and(|stock| stock <= low.unwrap_or(0)),
            favourite: row.get("favourite")?,
        },
        cost_minor: cost.map(Money::from_minor),
        low_stock: low.map(quantity_text),
        is_active: row.get("is_active")?,
    })
}
