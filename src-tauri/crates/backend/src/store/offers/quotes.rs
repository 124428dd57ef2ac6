//! Quotes of prices by quantity.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, PriceQuoteId, ProductId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

pub(crate) struct QuoteToStore<'a> {
    pub quote_no: &'a str,
    pub customer: Option<CustomerId>,
    pub made_on: NaiveDate,
    pub until_on: NaiveDate,
    pub at: Timestamp,
    pub staff: StaffId,
    pub note: Option<&'a str>,
}

/// From so many on, one costs so much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuoteLine {
    pub product: ProductId,
    pub from_milli: i64,
    pub unit_price: Money,
    pub list: Option<Money>,
}

pub(crate) fn insert(tx: &Transaction, quote: &QuoteToStore, lines: &[QuoteLine]) -> Result<PriceQuoteId> {
    tx.prepare_cached(
        "INSERT INTO price_quotes (quote_no, customer_id, made_on, until_on, made_at, staff_id, note)
         VALUES (:no, :customer, :made, :until, :at, :staff, :note)",
    )?
    .execute(named_params! {
        ":no": quote.quote_no, ":customer": quote.customer.map(|customer| customer.0),
        ":made": quote.made_on.to_string(), ":until": quote.until_on.to_string(), ":at": quote.at.millis(),
        ":staff": quote.staff.0, ":note": quote.note,
    })?;
    let id = tx.last_insert_rowid();
    let mut statement = tx.prepare_cached(
        "INSERT INTO price_quote_lines (price_quote_id, product_id, from_milli, unit_price_minor, list_minor)
         VALUES (:quote, :product, :from, :price, :list)",
    )?;
    for line in lines {
        statement.execute(named_params! {
            ":quote": id, ":product": line.product.0, ":from": line.from_milli, ":price": line.unit_price.minor(),
            ":list": line.list.map(Money::minor),
        })?;
    }
    Ok(PriceQuoteId(id))
}

pub(crate) struct StoredQuote {
    pub id: PriceQuoteId,
    pub quote_no: String,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub made_on: NaiveDate,
    pub until_on: NaiveDate,
    pub staff: String,
    pub note: Option<String>,
    pub sale_no: Option<String>,
}

const QUOTE: &str = "SELECT price_quotes.id, price_quotes.quote_no, price_quotes.made_on, price_quotes.until_on,
                            price_quotes.note, kept.id AS customer_id, kept.name AS customer_name, staff.name AS staff,
                            sales.sale_no
                     FROM price_quotes
                     JOIN staff ON staff.id = price_quotes.staff_id
                     LEFT JOIN customers AS own ON own.id = price_quotes.customer_id
                     LEFT JOIN customers AS kept ON kept.id = coalesce(own.merged_into, own.id)
                     LEFT JOIN sales ON sales.id = price_quotes.sale_id";

fn read(row: &Row) -> rusqlite::Result<StoredQuote> {
    let customer: Option<i64> = row.get("customer_id")?;
    Ok(StoredQuote {
        id: PriceQuoteId(row.get("id")?),
        quote_no: row.get("quote_no")?,
        customer: customer.map(CustomerId),
        customer_name: row.get("customer_name")?,
        made_on: store::day(row, "made_on")?,
        until_on: store::day(row, "until_on")?,
        staff: row.get("staff")?,
        note: row.get("note")?,
        sale_no: row.get("sale_no")?,
    })
}

/// One quote.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: PriceQuoteId) -> Result<StoredQuote> {
    let sql = format!("{QUOTE} WHERE price_quotes.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("price_quote"))
}

/// The newest quotes.
pub(crate) fn list(
    connection: &Connection,
    customer: Option<CustomerId>,
    valid_on: Option<NaiveDate>,
    limit: i64,
) -> Result<Vec<StoredQuote>> {
    let mut sql = format!("{QUOTE} WHERE (:valid IS NULL OR price_quotes.until_on >= :valid)");
    if customer.is_some() {
        sql.push_str(
            " AND price_quotes.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)",
        );
    } else {
        sql.push_str(" AND :customer IS NULL");
    }
    sql.push_str(" ORDER BY price_quotes.id DESC LIMIT :limit");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":valid": valid_on.map(|day| day.to_string()), ":customer": customer.map(|customer| customer.0),
            ":limit": limit,
        },
        read,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The prices of a quote, by product in the order in which they were asked for.
pub(crate) fn lines(connection: &Connection, id: PriceQuoteId) -> Result<Vec<(QuoteLine, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT price_quote_lines.product_id, price_quote_lines.from_milli, price_quote_lines.unit_price_minor,
                price_quote_lines.list_minor, products.name
         FROM price_quote_lines
         JOIN products ON products.id = price_quote_lines.product_id
         WHERE price_quote_lines.price_quote_id = :id
         ORDER BY price_quote_lines.id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        let list: Option<i64> = row.get("list_minor")?;
        let line = QuoteLine {
            product: ProductId(row.get("product_id")?),
            from_milli: row.get("from_milli")?,
            unit_price: store::money(row, "unit_price_minor")?,
            list: list.map(Money::from_minor),
        };
        Ok((line, row.get("name")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What one piece of a quantity costs by a quote.
pub(crate) fn price(
    connection: &Connection,
    id: PriceQuoteId,
    product: ProductId,
    quantity_milli: i64,
) -> Result<Option<Money>> {
    Ok(connection
        .prepare_cached(
            "SELECT unit_price_minor
             FROM price_quote_lines
             WHERE price_quote_id = :id AND product_id = :product AND from_milli <= :quantity
             ORDER BY from_milli DESC
             LIMIT 1",
        )?
        .query_row(named_params! { ":id": id.0, ":product": product.0, ":quantity": quantity_milli }, |row| {
            store::money(row, "unit_price_minor")
        })
        .optional()?)
}

/// Remembers the sale that came of a quote.
pub(crate) fn set_sale(tx: &Transaction, id: PriceQuoteId, sale: SaleId) -> Result<()> {
    tx.prepare_cached("UPDATE price_quotes SET sale_id = :sale WHERE id = :id")?
        .execute(named_params! { ":sale": sale.0, ":id": id.0 })?;
    Ok(())
}
