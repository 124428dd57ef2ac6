//! What exports read of goods: products, sales with their lines, and what went back of them.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, OptionalExtension, Row, Rows, named_params};
use shukebu_domain::time::Timestamp;
use std::collections::HashMap;

/// A sale; texts stand where the engine has them.
pub(crate) struct SaleToExport<'a> {
    pub sale_no: &'a str,
    pub reference: Option<&'a str>,
    pub sold_at: Timestamp,
    pub sold_on: &'a str,
    pub member_no: Option<&'a str>,
    pub customer: Option<&'a str>,
    pub gross_minor: i64,
    pub discount_minor: i64,
    pub net_minor: i64,
    pub refunded_minor: i64,
    pub payment: Option<&'a str>,
    pub staff: &'a str,
    pub note: Option<&'a str>,
    pub source: &'a str,
}

/// What a line says.
pub(crate) struct GoodsToExport<'a> {
    pub line_no: i64,
    pub item: Option<&'a str>,
    pub description: Option<&'a str>,
    pub category: Option<&'a str>,
    pub quantity_milli: i64,
    pub unit_price_minor: i64,
    pub amount_minor: i64,
}

/// What lines say of a product when they say nothing of their own.
struct ProductWords {
    item: Option<String>,
    name: String,
    category: Option<String>,
}

/// Sales of some days with their lines, oldest first; a sale without lines comes once without goods. Who bought, who sold and
/// what are looked up beside; every row is read where it stands, by the place of its columns.
pub(crate) fn sale_lines(
    connection: &Connection,
    after: Option<NaiveDate>,
    through: NaiveDate,
    mut each: impl FnMut(&SaleToExport<'_>, Option<GoodsToExport<'_>>) -> Result<()>,
) -> Result<()> {
    let (after, through) = (after.map(|day| day.to_string()).unwrap_or_default(), through.to_string());
    let days = named_params! { ":after": after, ":through": through };
    let Some(first) = connection.query_row(FIRST_SALE, days, |row| row.get(0)).optional()? else { return Ok(()) };
    let (staff, products) = (staff_names(connection)?, product_words(connection)?);
    let customers = Customers::of(connection)?;
    let (mut in_order, mut of_one) = (connection.prepare(LINES_FROM)?, connection.prepare(LINES_OF)?);
    let mut lines = InOrder::from(first, in_order.query([first])?)?;
    let mut statement = connection.prepare(SALES)?;
    let mut rows = statement.query(days)?;
    while let Some(row) = rows.next()? {
        let (text, certain) = (|at| text_or_none(row, at), |at| text(row, at));
        let seller = || -> Result<&str> { Ok(staff.get(&row.get(12)?).map(String::as_str).unwrap_or_default()) };
        let buyer = row.get::<_, Option<i64>>(5)?.and_then(|id| customers.get(id));
        let sale = SaleToExport {
            sale_no: certain(1)?,
            reference: text(2)?,
            sold_at: Timestamp::from_millis(row.get(3)?),
            sold_on: certain(4)?,
            member_no: buyer.map(|(number, _)| number),
            customer: buyer.map(|(_, name)| name),
            gross_minor: row.get(6)?,
            discount_minor: row.get(7)?,
            net_minor: row.get(8)?,
            refunded_minor: row.get(9)?,
            payment: text(10)?,
            staff: text(11)?.map_or_else(seller, Ok)?,
            note: text(13)?,
            source: certain(14)?,
        };
        let id: i64 = row.get(0)?;
        let mut has_lines = false;
        let mut give = |line: &Row<'_>| {
            has_lines = true;
            each(&sale, Some(goods(line, &products)?))
        };
        if id > lines.passed {
            lines.of(id, &mut give)?;
        } else {
            let mut found = of_one.query([id])?;
            while let Some(line) = found.next()? {
                give(line)?;
            }
        }
        if !has_lines {
            each(&sale, None)?;
        }
    }
    Ok(())
}

const FIRST_SALE: &str = "SELECT id
     FROM sales INDEXED BY sales_by_day
     WHERE sold_on > :after AND sold_on <= :through
     ORDER BY sold_on, sold_at, id
     LIMIT 1";
const SALES: &str = "SELECT sales.id, sales.sale_no, sales.ref, sales.sold_at, sales.sold_on,
            sales.customer_id, sales.gross_minor, sales.discount_minor, sales.net_minor, sales.refunded_minor,
            sales.payment, sales.staff_text, sales.staff_id, sales.note, sales.source
     FROM sales INDEXED BY sales_by_day
     WHERE sales.sold_on > :after AND sales.sold_on <= :through
     ORDER BY sales.sold_on, sales.sold_at, sales.id";
/// The lines of this sale and of all that were made after it, as [`goods`] reads them.
const LINES_FROM: &str =
    "SELECT sale_id, line_no, product_id, description, quantity_milli, unit_price_minor, amount_minor
     FROM sale_lines INDEXED BY sale_lines_by_sale
     WHERE sale_id >= ?1
     ORDER BY sale_id, line_no, id";
/// Those of one sale.
const LINES_OF: &str =
    "SELECT sale_id, line_no, product_id, description, quantity_milli, unit_price_minor, amount_minor
     FROM sale_lines INDEXED BY sale_lines_by_sale
     WHERE sale_id = ?1
     ORDER BY sale_id, line_no, id";

/// The lines of all sales, one after the other. Sales are mostly sold in the order of their ids, so that hardly any has to
/// look its lines up.
struct InOrder<'a> {
    rows: Rows<'a>,
    /// The sale of the line that stands here; none after the last.
    here: Option<i64>,
    /// Lines of the sales up to this one have gone by.
    passed: i64,
}

impl<'a> InOrder<'a> {
    /// At the first line of `rows`, which begin with this sale.
    fn from(id: i64, mut rows: Rows<'a>) -> Result<Self> {
        let here = rows.next()?.map(|line| line.get(0)).transpose()?;
        Ok(Self { rows, here, passed: id - 1 })
    }

    /// Gives the lines of a sale that has not gone by.
    fn of(&mut self, id: i64, give: &mut impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        while let Some(here) = self.here.filter(|here| *here <= id) {
            if let Some(line) = self.rows.get().filter(|_| here == id) {
                give(line)?;
            }
            self.here = self.rows.next()?.map(|line| line.get(0)).transpose()?;
        }
        self.passed = id;
        Ok(())
    }
}

fn goods<'a>(line: &'a Row<'_>, products: &'a HashMap<i64, ProductWords>) -> Result<GoodsToExport<'a>> {
    let product = line.get::<_, Option<i64>>(2)?.and_then(|id| products.get(&id));
    Ok(GoodsToExport {
        line_no: line.get(1)?,
        item: product.and_then(|product| product.item.as_deref()),
        description: text_or_none(line, 3)?.or(product.map(|product| product.name.as_str())),
        category: product.and_then(|product| product.category.as_deref()),
        quantity_milli: line.get(4)?,
        unit_price_minor: line.get(5)?,
        amount_minor: line.get(6)?,
    })
}

fn text<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a str> {
    Ok(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?)
}

fn text_or_none<'a>(row: &'a Row<'_>, at: usize) -> Result<Option<&'a str>> {
    Ok(row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)?)
}

/// Number and name of every customer in one text. Sales name them in no order: looked up in the book, a page would be read
/// and opened for most of them as soon as the customers are more than fit into the cache.
struct Customers {
    words: String,
    /// Where the number begins, where the name, and where it ends.
    places: HashMap<i64, [u32; 3]>,
}

impl Customers {
    fn of(connection: &Connection) -> Result<Self> {
        let mut statement = connection.prepare(
            "SELECT own.id, coalesce(kept.member_no, own.member_no), coalesce(kept.name, own.name)
             FROM customers AS own
             LEFT JOIN customers AS kept ON kept.id = own.merged_into",
        )?;
        let mut rows = statement.query([])?;
        let mut all = Self { words: String::new(), places: HashMap::new() };
        while let Some(row) = rows.next()? {
            let number = all.end()?;
            all.words.push_str(text(row, 1)?);
            let name = all.end()?;
            all.words.push_str(text(row, 2)?);
            all.places.insert(row.get(0)?, [number, name, all.end()?]);
        }
        Ok(all)
    }

    fn end(&self) -> Result<u32> {
        u32::try_from(self.words.len()).map_err(ApiError::internal)
    }

    /// Number and name; of a merged one those of whom is left.
    fn get(&self, id: i64) -> Option<(&str, &str)> {
        let [number, name, end] = self.places.get(&id)?.map(|place| place as usize);
        Some((self.words.get(number..name)?, self.words.get(name..end)?))
    }
}

/// Names of everybody who works or worked here.
fn staff_names(connection: &Connection) -> Result<HashMap<i64, String>> {
    let mut statement = connection.prepare("SELECT id, name FROM staff")?;
    let rows = statement.query_map([], |row| Ok((row.get("id")?, row.get("name")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn product_words(connection: &Connection) -> Result<HashMap<i64, ProductWords>> {
    let mut statement =
        connection.prepare("SELECT id, coalesce(sku, ref) AS item, name, category FROM products ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let words = ProductWords { item: row.get("item")?, name: row.get("name")?, category: row.get("category")? };
        Ok((row.get("id")?, words))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A product as its list has it.
pub(crate) struct ProductToExport {
    pub reference: Option<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub name: String,
    pub category: Option<String>,
    pub price_minor: Option<i64>,
    pub cost_minor: Option<i64>,
}

/// All products, in the order in which they came into the book.
pub(crate) fn products(connection: &Connection, mut each: impl FnMut(ProductToExport) -> Result<()>) -> Result<()> {
    let mut statement = connection
        .prepare("SELECT ref, sku, barcode, name, category, price_minor, cost_minor FROM products ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(ProductToExport {
            reference: row.get("ref")?,
            sku: row.get("sku")?,
            barcode: row.get("barcode")?,
            name: row.get("name")?,
            category: row.get("category")?,
            price_minor: row.get("price_minor")?,
            cost_minor: row.get("cost_minor")?,
        })?;
    }
    Ok(())
}

/// What went back of a sale: a line of a refund, or a refund by amount.
pub(crate) struct RefundToExport {
    /// Which refund, and which of its rows.
    pub id: i64,
    pub sale_no: String,
    pub refunded_at: Timestamp,
    pub refunded_on: String,
    pub kind: String,
    pub amount_minor: i64,
    pub reason: Option<String>,
    pub staff: String,
    pub member_no: Option<String>,
    pub customer: Option<String>,
    pub line_no: Option<i64>,
    pub quantity_milli: Option<i64>,
    pub line_amount_minor: Option<i64>,
}

/// Refunds of some days with the lines that came back, oldest first.
pub(crate) fn refunds(
    connection: &Connection,
    after: Option<NaiveDate>,
    through: NaiveDate,
    mut each: impl FnMut(RefundToExport) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT refunds.id, sales.sale_no, refunds.refunded_at, refunds.refunded_on, refunds.kind, refunds.amount_minor,
                refunds.reason, staff.name AS staff, coalesce(kept.member_no, own.member_no) AS member_no,
                coalesce(kept.name, own.name) AS customer, sale_lines.line_no, refund_lines.quantity_milli,
                refund_lines.amount_minor AS line_amount_minor
         FROM refunds
         JOIN sales ON sales.id = refunds.sale_id
         JOIN staff ON staff.id = refunds.staff_id
         LEFT JOIN customers AS own ON own.id = sales.customer_id
         LEFT JOIN customers AS kept ON kept.id = own.merged_into
         LEFT JOIN refund_lines ON refund_lines.refund_id = refunds.id
         LEFT JOIN sale_lines ON sale_lines.id = refund_lines.sale_line_id
         WHERE (:after IS NULL OR refunds.refunded_on > :after) AND refunds.refunded_on <= :through
         ORDER BY refunds.refunded_at, refunds.id, refund_lines.id",
    )?;
    let days = named_params! { ":after": after.map(|day| day.to_string()), ":through": through.to_string() };
    let mut rows = statement.query(days)?;
    while let Some(row) = rows.next()? {
        each(RefundToExport {
            id: row.get("id")?,
            sale_no: row.get("sale_no")?,
            refunded_at: store::instant(row, "refunded_at")?,
            refunded_on: row.get("refunded_on")?,
            kind: row.get("kind")?,
            amount_minor: row.get("amount_minor")?,
            reason: row.get("reason")?,
            staff: row.get("staff")?,
            member_no: row.get("member_no")?,
            customer: row.get("customer")?,
            line_no: row.get("line_no")?,
            quantity_milli: row.get("quantity_milli")?,
            line_amount_minor: row.get("line_amount_minor")?,
        })?;
    }
    Ok(())
}
