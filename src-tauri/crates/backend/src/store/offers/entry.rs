//! Offers at the entry of a sale, and what sales got by them.

use crate::error::{ApiError, Result};
use crate::store;
use crate::store::few::{Few, may_have};
use crate::store::figures::figures_or_none;
use crate::store::remembered::remembered;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, OfferId, ProductId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::offer::{Offer, Why};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// An offer as it stands.
#[derive(Clone)]
pub(crate) struct StoredOffer {
    pub id: OfferId,
    pub first: OfferId,
    pub name: String,
    pub offer: Offer,
    pub is_ended: bool,
}

const OFFER: &str = "SELECT id, coalesce(first_id, id) AS first_id, name, definition, ended_at FROM offers";

fn read(row: &Row) -> rusqlite::Result<StoredOffer> {
    let definition: String = row.get("definition")?;
    let offer = serde_json::from_str(&definition)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    let ended: Option<i64> = row.get("ended_at")?;
    Ok(StoredOffer {
        id: OfferId(row.get("id")?),
        first: OfferId(row.get("first_id")?),
        name: row.get("name")?,
        offer,
        is_ended: ended.is_some(),
    })
}

/// Offers that nobody ended, the oldest first.
pub(crate) fn open(connection: &Connection) -> Result<Vec<StoredOffer>> {
    remembered(|| {
        let sql = format!("{OFFER} INDEXED BY offers_open WHERE ended_at IS NULL ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    })
}

/// The newest version of every offer, the newest first.
pub(crate) fn newest(connection: &Connection, limit: i64) -> Result<Vec<StoredOffer>> {
    let sql = format!(
        "{OFFER}
         WHERE id IN (SELECT max(id) FROM offers GROUP BY coalesce(first_id, id))
         ORDER BY id DESC
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// An offer that was not ended.
///
/// # Errors
/// `NotFound`, also for one that was ended or changed since.
pub(crate) fn get_open(connection: &Connection, id: OfferId) -> Result<StoredOffer> {
    let sql = format!("{OFFER} WHERE id = :id AND ended_at IS NULL");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("offer"))
}

pub(crate) fn insert(
    tx: &Transaction,
    first: Option<OfferId>,
    name: &str,
    offer: &Offer,
    staff: StaffId,
    at: Timestamp,
) -> Result<OfferId> {
    tx.prepare_cached(
        "INSERT INTO offers (first_id, name, definition, created_at, staff_id)
         VALUES (:first, :name, :definition, :at, :staff)",
    )?
    .execute(named_params! {
        ":first": first.map(|first| first.0), ":name": name, ":definition": serde_json::to_string(offer)?,
        ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(OfferId(tx.last_insert_rowid()))
}

pub(crate) fn end(tx: &Transaction, id: OfferId, staff: StaffId, at: Timestamp) -> Result<()> {
    let ended = tx
        .prepare_cached("UPDATE offers SET ended_at = :at, ended_by = :staff WHERE id = :id AND ended_at IS NULL")?
        .execute(named_params! { ":at": at.millis(), ":staff": staff.0, ":id": id.0 })?;
    if ended == 0 { Err(ApiError::not_found("offer")) } else { Ok(()) }
}

/// What a sale got, to be stored.
pub(crate) struct SaleOffer<'a> {
    pub source: &'static str,
    pub offer: Option<OfferId>,
    pub name: &'a str,
    pub why: &'a Why,
    pub amount: Money,
    /// By line of the sale: its row and the part that falls on it.
    pub lines: Vec<(i64, Money)>,
}

pub(crate) fn insert_of_sale(tx: &Transaction, sale: SaleId, given: &SaleOffer) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO sale_offers (sale_id, source, offer_id, name, why, amount_minor)
         VALUES (:sale, :source, :offer, :name, :why, :amount)",
    )?
    .execute(named_params! {
        ":sale": sale.0, ":source": given.source, ":offer": given.offer.map(|offer| offer.0), ":name": given.name,
        ":why": serde_json::to_string(given.why)?, ":amount": given.amount.minor(),
    })?;
    let id = tx.last_insert_rowid();
    let mut statement = tx.prepare_cached(
        "INSERT INTO sale_offer_lines (sale_offer_id, sale_line_id, amount_minor) VALUES (:offer, :line, :amount)",
    )?;
    for (line, amount) in given.lines.iter().filter(|(_, amount)| *amount > Money::ZERO) {
        statement.execute(named_params! { ":offer": id, ":line": line, ":amount": amount.minor() })?;
    }
    Ok(())
}

/// What a sale got.
pub(crate) struct StoredGift {
    pub source: String,
    pub offer: Option<OfferId>,
    pub name: String,
    pub why: Why,
    pub amount: Money,
}

/// What a sale got, in the order in which it was worked out.
pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Vec<StoredGift>> {
    let mut statement = connection.prepare_cached(
        "SELECT source, offer_id, name, why, amount_minor FROM sale_offers WHERE sale_id = :sale ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":sale": sale.0 }, |row| {
        let (offer, why): (Option<i64>, String) = (row.get("offer_id")?, row.get("why")?);
        Ok((offer, why, row.get("source")?, row.get("name")?, store::money(row, "amount_minor")?))
    })?;
    rows.map(|row| {
        let (offer, why, source, name, amount) = row?;
        Ok(StoredGift { source, offer: offer.map(OfferId), name, why: serde_json::from_str(&why)?, amount })
    })
    .collect()
}

/// What offers took off each line of a sale, by the line's row.
pub(crate) fn by_line(connection: &Connection, sale: SaleId) -> Result<BTreeMap<i64, Money>> {
    let mut statement = connection.prepare_cached(
        "SELECT sale_offer_lines.sale_line_id, sum(sale_offer_lines.amount_minor) AS off_minor
         FROM sale_offers
         JOIN sale_offer_lines ON sale_offer_lines.sale_offer_id = sale_offers.id
         WHERE sale_offers.sale_id = :sale
         GROUP BY sale_offer_lines.sale_line_id",
    )?;
    let rows = statement.query_map(named_params! { ":sale": sale.0 }, |row| {
        Ok((row.get("sale_line_id")?, store::money(row, "off_minor")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What became of the offers.
#[derive(Default, Clone, Copy)]
pub(crate) struct Figures {
    pub sales: i64,
    pub gave: Money,
    pub cost: Money,
    pub brought: Money,
}

/// What became of every offer, by its first version. What came back of a sale takes its part of the offer with it; a sale
/// that was taken back whole cost nothing.
pub(crate) fn figures(connection: &Connection) -> Result<BTreeMap<OfferId, Figures>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(offers.first_id, offers.id) AS first_id, count(*) AS sales, sum(sale_offers.amount_minor) AS gave,
                sum(CASE
                      WHEN sales.net_minor > 0
                      THEN sale_offers.amount_minor - sale_offers.amount_minor * sales.refunded_minor / sales.net_minor
                      WHEN EXISTS (SELECT 1 FROM refunds WHERE refunds.sale_id = sales.id) THEN 0
                      ELSE sale_offers.amount_minor
                    END) AS cost,
                sum(sales.net_minor - sales.refunded_minor) AS brought
         FROM sale_offers INDEXED BY sale_offers_by_offer
         JOIN offers ON offers.id = sale_offers.offer_id
         JOIN sales ON sales.id = sale_offers.sale_id
         WHERE sale_offers.offer_id IS NOT NULL
         GROUP BY coalesce(offers.first_id, offers.id)",
    )?;
    let rows = statement.query_map([], |row| {
        let figures = Figures {
            sales: row.get("sales")?,
            gave: store::money(row, "gave")?,
            cost: store::money(row, "cost")?,
            brought: store::money(row, "brought")?,
        };
        Ok((OfferId(row.get("first_id")?), figures))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A line of an earlier sale; a sale of one amount is one line without product.
pub(crate) struct PastLine {
    pub sale: SaleId,
    pub customer: Option<CustomerId>,
    pub sold_on: NaiveDate,
    pub sold_at: Timestamp,
    pub is_counter: bool,
    pub net: Money,
    pub product: Option<ProductId>,
    pub category: Option<String>,
    pub quantity_milli: i64,
    pub unit_price: Money,
    pub amount: Money,
    pub cost: Option<Money>,
    pub has_discount: bool,
}

/// Hands over the lines of all sales of these days that were not taken back, sale by sale.
pub(crate) fn past_lines(
    connection: &Connection,
    from_on: NaiveDate,
    until_on: NaiveDate,
    mut see: impl FnMut(PastLine),
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT sales.id, sales.customer_id, sales.sold_on, sales.sold_at, sales.source, sales.net_minor,
                sale_lines.product_id, products.category, coalesce(sale_lines.quantity_milli, 1000) AS quantity_milli,
                coalesce(sale_lines.unit_price_minor, sales.gross_minor) AS unit_price_minor,
                coalesce(sale_lines.amount_minor, sales.gross_minor) AS amount_minor,
                sale_lines.unit_cost_minor, coalesce(sale_lines.discount_minor, 0) > 0 AS has_discount
         FROM sales INDEXED BY sales_by_day
         LEFT JOIN sale_lines ON sale_lines.sale_id = sales.id
         LEFT JOIN products ON products.id = sale_lines.product_id
         WHERE sales.sold_on BETWEEN :from AND :until AND sales.refunded_minor < sales.net_minor
         ORDER BY sales.sold_on, sales.sold_at, sales.id, sale_lines.line_no",
    )?;
    let mut rows = statement.query(named_params! { ":from": from_on.to_string(), ":until": until_on.to_string() })?;
    while let Some(row) = rows.next()? {
        let (customer, product): (Option<i64>, Option<i64>) = (row.get("customer_id")?, row.get("product_id")?);
        let (source, quantity_milli): (String, i64) = (row.get("source")?, row.get("quantity_milli")?);
        let unit_cost: Option<i64> = row.get("unit_cost_minor")?;
        see(PastLine {
            sale: SaleId(row.get("id")?),
            customer: customer.map(CustomerId),
            sold_on: store::day(row, "sold_on")?,
            sold_at: store::instant(row, "sold_at")?,
            is_counter: source == "counter",
            net: store::money(row, "net_minor")?,
            product: product.map(ProductId),
            category: row.get("category")?,
            quantity_milli,
            unit_price: store::money(row, "unit_price_minor")?,
            amount: store::money(row, "amount_minor")?,
            cost: unit_cost.and_then(|cost| shukebu_domain::sale::times(quantity_milli, Money::from_minor(cost))),
            has_discount: row.get("has_discount")?,
        });
    }
    Ok(())
}

/// A customer as an audience asks: the rank of the tier and the class that the caches know.
pub(crate) fn rank_and_class(connection: &Connection, customer: CustomerId) -> Result<(u32, Option<String>)> {
    let found = figures_or_none(connection, customer)?;
    Ok(found.map(|figures| (figures.tier.rank, figures.class.key.clone())).unwrap_or_default())
}

/// The largest discount that was agreed with a customer and holds on a day, with its words.
pub(crate) fn agreed_discount(
    connection: &Connection,
    customer: CustomerId,
    on: NaiveDate,
) -> Result<Option<(String, u32)>> {
    if !may_have(connection, Few::Term, customer)? {
        return Ok(None);
    }
    Ok(connection
        .prepare_cached(
            "SELECT text, discount_bp
             FROM special_terms INDEXED BY special_terms_by_customer
             WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
               AND ended_at IS NULL AND discount_bp IS NOT NULL AND from_on <= :on AND until_on >= :on
             ORDER BY discount_bp DESC, id
             LIMIT 1",
        )?
        .query_row(named_params! { ":customer": customer.0, ":on": on.to_string() }, |row| {
            Ok((row.get("text")?, row.get("discount_bp")?))
        })
        .optional()?)
}
