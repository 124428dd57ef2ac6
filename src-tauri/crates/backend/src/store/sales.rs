//! Sales, their lines and refunds.

pub(crate) mod list;
mod number;

pub(crate) use number::next as next_number;

use crate::api::sales::{PurchaseScene, RefundView, SaleRow};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{ComplaintId, CustomerId, ProductId, RefundId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::HashMap;

/// A sale to be stored.
pub(crate) struct SaleToStore<'a> {
    pub sale_no: &'a str,
    pub customer: Option<CustomerId>,
    pub sold_at: Timestamp,
    pub sold_on: NaiveDate,
    pub recorded_at: Timestamp,
    pub staff: StaffId,
    pub payment: Option<&'a str>,
    pub gross: Money,
    pub discount: Money,
    pub discount_reason: Option<&'a str>,
    pub net: Money,
    pub note: Option<&'a str>,
    pub order: OrderFacts<'a>,
}

/// What a sale remembers beside its money.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OrderFacts<'a> {
    pub backdate_note: Option<&'a str>,
    pub scene: Option<PurchaseScene>,
    pub packaging: Option<&'a str>,
    pub delivery_cost: Option<Money>,
}

/// A line to be stored.
pub(crate) struct LineToStore<'a> {
    pub product: Option<ProductId>,
    pub description: Option<&'a str>,
    pub quantity_milli: i64,
    pub unit_price: Money,
    pub discount: Money,
    /// After its own discount.
    pub amount: Money,
    pub unit_cost: Option<Money>,
}

/// Adds a sale from the counter.
pub(crate) fn insert(tx: &Transaction, sale: &SaleToStore) -> Result<SaleId> {
    tx.prepare_cached(
        "INSERT INTO sales (sale_no, customer_id, sold_at, sold_on, recorded_at, staff_id, payment, gross_minor,
                            discount_minor, discount_reason, net_minor, note, source, backdate_note, scene, packaging,
                            delivery_cost_minor)
         VALUES (:sale_no, :customer, :sold_at, :sold_on, :recorded_at, :staff, :payment, :gross,
                 :discount, :discount_reason, :net, :note, 'counter', :backdate_note, :scene, :packaging,
                 :delivery_cost)",
    )?
    .execute(named_params! {
        ":sale_no": sale.sale_no, ":customer": sale.customer.map(|customer| customer.0),
        ":sold_at": sale.sold_at.millis(), ":sold_on": sale.sold_on.to_string(),
        ":recorded_at": sale.recorded_at.millis(), ":staff": sale.staff.0, ":payment": sale.payment,
        ":gross": sale.gross.minor(), ":discount": sale.discount.minor(), ":discount_reason": sale.discount_reason,
        ":net": sale.net.minor(), ":note": sale.note, ":backdate_note": sale.order.backdate_note,
        ":scene": sale.order.scene.map(store::as_word).transpose()?, ":packaging": sale.order.packaging,
        ":delivery_cost": sale.order.delivery_cost.map(Money::minor),
    })?;
    Ok(SaleId(tx.last_insert_rowid()))
}

/// Adds the lines of a sale and answers their rows.
pub(crate) fn insert_lines(tx: &Transaction, sale: SaleId, lines: &[LineToStore]) -> Result<Vec<i64>> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO sale_lines (sale_id, line_no, product_id, description, quantity_milli, unit_price_minor,
                                 discount_minor, amount_minor, unit_cost_minor)
         VALUES (:sale, :line_no, :product, :description, :quantity, :unit_price, :discount, :amount, :unit_cost)",
    )?;
    let mut rows = vec![];
    for (line, line_no) in lines.iter().zip(1_i64..) {
        statement.execute(named_params! {
            ":sale": sale.0, ":line_no": line_no, ":product": line.product.map(|product| product.0),
            ":description": line.description, ":quantity": line.quantity_milli,
            ":unit_price": line.unit_price.minor(), ":discount": line.discount.minor(),
            ":amount": line.amount.minor(), ":unit_cost": line.unit_cost.map(Money::minor),
        })?;
        rows.push(tx.last_insert_rowid());
    }
    Ok(rows)
}

/// Money given back on a sale.
pub(crate) struct RefundToStore<'a> {
    pub sale: SaleId,
    pub at: Timestamp,
    pub on: NaiveDate,
    pub amount: Money,
    pub kind: &'a str,
    pub reason: Option<&'a str>,
    pub staff: StaffId,
    pub complaint: Option<ComplaintId>,
}

/// Adds a refund and keeps the sale's cached sum.
pub(crate) fn insert_refund(tx: &Transaction, refund: &RefundToStore) -> Result<RefundId> {
    tx.prepare_cached(
        "INSERT INTO refunds (sale_id, refunded_at, refunded_on, amount_minor, kind, reason, staff_id, complaint_id)
         VALUES (:sale, :at, :on, :amount, :kind, :reason, :staff, :complaint)",
    )?
    .execute(named_params! {
        ":sale": refund.sale.0, ":at": refund.at.millis(), ":on": refund.on.to_string(), ":amount": refund.amount.minor(),
        ":kind": refund.kind, ":reason": refund.reason, ":staff": refund.staff.0,
        ":complaint": refund.complaint.map(|complaint| complaint.0),
    })?;
    let id = RefundId(tx.last_insert_rowid());
    tx.prepare_cached("UPDATE sales SET refunded_minor = refunded_minor + :amount WHERE id = :sale")?
        .execute(named_params! { ":sale": refund.sale.0, ":amount": refund.amount.minor() })?;
    Ok(id)
}

/// What a sale view needs beside its row.
pub(crate) struct StoredSale {
    pub row: SaleRow,
    pub recorded_at: Timestamp,
    pub gross: Money,
    pub discount: Money,
    pub discount_reason: Option<String>,
    pub staff: String,
    pub staff_id: StaffId,
    pub source: String,
    pub backdate_note: Option<String>,
    pub scene: Option<PurchaseScene>,
    pub packaging: Option<String>,
    pub delivery_cost: Option<Money>,
}

const ROW_COLUMNS: &str = "sales.id, sales.sale_no, sales.sold_at, sales.sold_on, sales.net_minor,
        sales.refunded_minor, sales.payment, sales.note, sales.recorded_at, sales.gross_minor, sales.discount_minor,
        sales.discount_reason, sales.source, sales.staff_id, sales.backdate_note, sales.scene, sales.packaging,
        sales.delivery_cost_minor,
        coalesce(sales.staff_text, (SELECT name FROM staff WHERE staff.id = sales.staff_id)) AS staff_name,
        (SELECT coalesce(merged_into, id) FROM customers WHERE customers.id = sales.customer_id) AS customer_id,
        (SELECT kept.name FROM customers AS own JOIN customers AS kept ON kept.id = coalesce(own.merged_into, own.id)
         WHERE own.id = sales.customer_id) AS customer_name,
        (SELECT group_concat(text, ' · ')
         FROM (SELECT coalesce(sale_lines.description, products.name, '') AS text
               FROM sale_lines
               LEFT JOIN products ON products.id = sale_lines.product_id
               WHERE sale_lines.sale_id = sales.id
               ORDER BY sale_lines.line_no
               LIMIT 3)) AS items";

fn read(row: &Row) -> rusqlite::Result<StoredSale> {
    // In the order in which the columns stand.
    let (id, sale_no) = (SaleId(store::get(row, "id")?), store::get(row, "sale_no")?);
    let (sold_at, sold_on) = (store::instant(row, "sold_at")?, store::day(row, "sold_on")?);
    let (net_minor, refunded_minor) = (store::money(row, "net_minor")?, store::money(row, "refunded_minor")?);
    let (payment, note) = (store::get(row, "payment")?, store::get(row, "note")?);
    let recorded_at = store::instant(row, "recorded_at")?;
    let (gross, discount) = (store::money(row, "gross_minor")?, store::money(row, "discount_minor")?);
    let discount_reason = store::get(row, "discount_reason")?;
    let (source, staff_id) = (store::get(row, "source")?, StaffId(store::get(row, "staff_id")?));
    let (backdate_note, scene) = (store::get(row, "backdate_note")?, store::word_or_none(row, "scene")?);
    let packaging = store::get(row, "packaging")?;
    let delivery_cost: Option<i64> = store::get(row, "delivery_cost_minor")?;
    let staff = store::get(row, "staff_name")?;
    let customer: Option<i64> = store::get(row, "customer_id")?;
    let customer_name = store::get(row, "customer_name")?;
    let items: Option<String> = store::get(row, "items")?;
    Ok(StoredSale {
        row: SaleRow {
            id,
            sale_no,
            sold_at,
            sold_on,
            customer_id: customer.map(CustomerId),
            customer_name,
            net_minor,
            refunded_minor,
            payment,
            items: items.unwrap_or_default(),
            note,
        },
        recorded_at,
        gross,
        discount,
        discount_reason,
        staff,
        staff_id,
        source,
        backdate_note,
        scene,
        packaging,
        delivery_cost: delivery_cost.map(Money::from_minor),
    })
}

/// One sale.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: SaleId) -> Result<StoredSale> {
    let sql = format!("SELECT {ROW_COLUMNS} FROM sales WHERE sales.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("sale"))
}

/// A line as it is stored, with what came back of it.
pub(crate) struct StoredLine {
    pub id: i64,
    pub line_no: i64,
    pub product: Option<ProductId>,
    pub description: String,
    pub quantity_milli: i64,
    pub unit_price: Money,
    pub discount: Money,
    pub amount: Money,
    pub returned_milli: i64,
}

/// Lines of a sale.
pub(crate) fn lines(connection: &Connection, id: SaleId) -> Result<Vec<StoredLine>> {
    let mut statement = connection.prepare_cached(
        "SELECT sale_lines.id, sale_lines.line_no, sale_lines.product_id, sale_lines.quantity_milli,
                sale_lines.unit_price_minor, sale_lines.discount_minor, sale_lines.amount_minor,
                coalesce(sale_lines.description, products.name, '') AS description,
                (SELECT coalesce(sum(refund_lines.quantity_milli), 0)
                 FROM refund_lines
                 WHERE refund_lines.sale_line_id = sale_lines.id) AS returned_milli
         FROM sale_lines
         LEFT JOIN products ON products.id = sale_lines.product_id
         WHERE sale_lines.sale_id = :id
         ORDER BY sale_lines.line_no, sale_lines.id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        let product: Option<i64> = store::get(row, "product_id")?;
        Ok(StoredLine {
            id: store::get(row, "id")?,
            line_no: store::get(row, "line_no")?,
            product: product.map(ProductId),
            description: store::get(row, "description")?,
            quantity_milli: store::get(row, "quantity_milli")?,
            unit_price: store::money(row, "unit_price_minor")?,
            discount: store::money(row, "discount_minor")?,
            amount: store::money(row, "amount_minor")?,
            returned_milli: store::get(row, "returned_milli")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that a quantity of a line came back with a refund.
pub(crate) fn insert_refund_line(
    tx: &Transaction,
    refund: RefundId,
    line: i64,
    quantity_milli: i64,
    amount: Money,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO refund_lines (refund_id, sale_line_id, quantity_milli, amount_minor)
         VALUES (:refund, :line, :quantity, :amount)",
    )?
    .execute(named_params! {
        ":refund": refund.0, ":line": line, ":quantity": quantity_milli, ":amount": amount.minor(),
    })?;
    Ok(())
}

/// Whether a sale was taken back whole.
pub(crate) fn is_taken_back(connection: &Connection, id: SaleId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM refunds WHERE sale_id = :id AND kind = 'void'")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

/// Refunds of a sale, oldest first.
pub(crate) fn refunds(connection: &Connection, id: SaleId) -> Result<Vec<RefundView>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, refunded_at, refunded_on, amount_minor, reason, kind FROM refunds WHERE sale_id = :id ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read_refund)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_refund(row: &Row) -> rusqlite::Result<RefundView> {
    Ok(RefundView {
        id: RefundId(store::get(row, "id")?),
        refunded_at: store::instant(row, "refunded_at")?,
        refunded_on: store::day(row, "refunded_on")?,
        amount_minor: store::money(row, "amount_minor")?,
        reason: store::get(row, "reason")?,
        kind: store::get(row, "kind")?,
    })
}

/// Newest refunds of a customer.
pub(crate) fn refunds_of_customer(
    connection: &Connection,
    id: CustomerId,
    limit: i64,
) -> Result<Vec<(SaleId, RefundView)>> {
    let mut statement = connection.prepare_cached(
        "SELECT refunds.id, refunds.sale_id, refunds.refunded_at, refunds.refunded_on, refunds.amount_minor,
                refunds.reason, refunds.kind
         FROM sales
         JOIN refunds ON refunds.sale_id = sales.id
         WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
           AND sales.refunded_minor > 0
         ORDER BY refunds.refunded_at DESC, refunds.id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, |row| {
        Ok((SaleId(store::get(row, "sale_id")?), read_refund(row)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Newest sales of a customer.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<SaleRow>> {
    // Whose they are is one answer for all of them.
    let columns = ROW_COLUMNS.replace("sales.customer_id", ":id");
    let sql = format!(
        "SELECT {columns}
         FROM sales
         WHERE sales.id IN (
           SELECT newest.id
           FROM sales AS newest
           WHERE newest.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
           ORDER BY newest.sold_on DESC, newest.sold_at DESC, newest.id DESC
           LIMIT :limit)
         ORDER BY sales.sold_on DESC, sales.sold_at DESC, sales.id DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, |row| Ok(read(row)?.row))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A sale as history: its business day and what is left of it after refunds. Oldest first.
pub(crate) struct HistoryRow {
    pub id: SaleId,
    pub sold_on: NaiveDate,
    pub net: Money,
    pub refunded: Money,
}

/// The whole history of a customer by business day, from the covering index.
pub(crate) fn history(connection: &Connection, id: CustomerId) -> Result<Vec<HistoryRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, sold_on, net_minor, refunded_minor
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY sold_on, id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(HistoryRow {
            id: SaleId(store::get(row, "id")?),
            sold_on: store::day(row, "sold_on")?,
            net: store::money(row, "net_minor")?,
            refunded: store::money(row, "refunded_minor")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many purchases a customer made after a day, and what they paid for them.
pub(crate) fn bought_after(connection: &Connection, id: CustomerId, day: NaiveDate) -> Result<(i64, Money)> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) AS orders, coalesce(sum(net_minor - refunded_minor), 0) AS net_minor
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
           AND sold_on > :day
           AND net_minor > refunded_minor",
    )?;
    let found = statement.query_row(named_params! { ":id": id.0, ":day": day.to_string() }, |row| {
        Ok((row.get("orders")?, store::money(row, "net_minor")?))
    })?;
    Ok(found)
}

/// The days with a purchase of all customers whose ids lie in a span, in order of time; a day once for each sale.
pub(crate) fn purchase_days(
    connection: &Connection,
    (first, last): (CustomerId, CustomerId),
) -> Result<std::collections::BTreeMap<CustomerId, Vec<NaiveDate>>> {
    let mut statement = connection.prepare_cached(
        "WITH records AS (
             SELECT id, id AS person FROM customers WHERE id BETWEEN :first AND :last AND merged_into IS NULL
             UNION ALL
             SELECT id, merged_into FROM customers WHERE merged_into BETWEEN :first AND :last
         )
         SELECT records.person, sales.sold_on
         FROM records
         CROSS JOIN sales INDEXED BY sales_by_customer ON sales.customer_id = records.id
         WHERE sales.net_minor > sales.refunded_minor
         ORDER BY records.person, sales.sold_on",
    )?;
    let mut rows = statement.query(named_params! { ":first": first.0, ":last": last.0 })?;
    let mut found = std::collections::BTreeMap::<CustomerId, Vec<NaiveDate>>::new();
    while let Some(row) = rows.next()? {
        found.entry(CustomerId(store::get(row, "person")?)).or_default().push(store::day(row, "sold_on")?);
    }
    Ok(found)
}

/// The numbers of a customer's sales.
pub(crate) fn numbers_of_customer(
    connection: &Connection,
    id: CustomerId,
) -> Result<std::collections::BTreeMap<SaleId, String>> {
    let mut statement = connection.prepare_cached("SELECT id, sale_no FROM sales WHERE customer_id = :id")?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok((SaleId(store::get(row, "id")?), store::get(row, "sale_no")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a customer buys by name: how many sales had it, and what they brought.
pub(crate) type ByName = HashMap<String, Bought>;

/// Sales with something, and their money.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bought {
    pub times: i64,
    pub spend: Money,
    last: i64,
}

/// What a customer buys, by category and by item, in one walk over the lines.
pub(crate) fn bought(connection: &Connection, id: CustomerId) -> Result<(ByName, ByName)> {
    // Sales lead, so that the lines of one follow each other.
    let mut statement = connection.prepare_cached(
        "SELECT sales.id, products.category, coalesce(products.name, sale_lines.description) AS item,
                sale_lines.amount_minor
         FROM sales INDEXED BY sales_by_customer
         CROSS JOIN sale_lines ON sale_lines.sale_id = sales.id
         LEFT JOIN products ON products.id = sale_lines.product_id
         WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)",
    )?;
    let mut rows = statement.query(named_params! { ":id": id.0 })?;
    let (mut by_category, mut by_item) = (ByName::new(), ByName::new());
    while let Some(row) = rows.next()? {
        let (sale, amount) = (row.get(0)?, store::money(row, "amount_minor")?);
        for (names, column) in [(&mut by_category, 1), (&mut by_item, 2)] {
            if let Some(name) = row.get_ref(column)?.as_str_or_null().map_err(ApiError::internal)? {
                add(names, name, sale, amount);
            }
        }
    }
    Ok((by_category, by_item))
}

fn add(names: &mut ByName, name: &str, sale: i64, amount: Money) {
    match names.get_mut(name) {
        Some(known) => {
            known.times += i64::from(known.last != sale);
            known.spend = known.spend.checked_add(amount).unwrap_or(known.spend);
            known.last = sale;
        }
        None => {
            names.insert(name.to_owned(), Bought { times: 1, spend: amount, last: sale });
        }
    }
}

/// When and how a customer's last sales were paid, for the usual weekday, hour and payment.
pub(crate) fn last_paid(
    connection: &Connection,
    id: CustomerId,
    limit: i64,
) -> Result<Vec<(Timestamp, Option<String>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT sold_at, payment
         FROM sales
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY sold_on DESC, id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, |row| {
        Ok((store::instant(row, "sold_at")?, store::get(row, "payment")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
