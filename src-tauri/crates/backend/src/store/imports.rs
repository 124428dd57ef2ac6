//! What an import reads and writes: who and what is known already, rows by the thousand, remembered layouts.

use crate::api::customers::{BirthdayInput, ContactInput, ContactKind};
use crate::error::Result;
use crate::store;
use crate::store::products::ProductToStore;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use shukebu_domain::ids::{CustomerId, ImportId, ProductId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// Adds the row that all rows of an import point at.
pub(crate) fn insert(tx: &Transaction, kind: &str, file_name: &str, at: Timestamp) -> Result<ImportId> {
    tx.execute(
        "INSERT INTO imports (kind, file_name, imported_at, report) VALUES (:kind, :file, :at, '{}')",
        named_params! { ":kind": kind, ":file": file_name, ":at": at.millis() },
    )?;
    Ok(ImportId(tx.last_insert_rowid()))
}

/// Keeps what the import came to.
pub(crate) fn set_report(tx: &Transaction, id: ImportId, report: &str) -> Result<()> {
    tx.execute("UPDATE imports SET report = :report WHERE id = :id", named_params! { ":id": id.0, ":report": report })?;
    Ok(())
}

/// The mapping that was used last for a layout.
pub(crate) fn layout(connection: &Connection, layout: &str) -> Result<Option<BTreeMap<String, String>>> {
    let found: Option<String> = connection
        .query_row(
            "SELECT mapping FROM import_layouts WHERE layout = :layout",
            named_params! { ":layout": layout },
            |row| row.get("mapping"),
        )
        .optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Remembers a corrected mapping.
pub(crate) fn set_layout(
    tx: &Transaction,
    layout: &str,
    mapping: &BTreeMap<String, String>,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO import_layouts (layout, mapping, used_at) VALUES (:layout, :mapping, :at)
         ON CONFLICT (layout) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at",
        named_params! { ":layout": layout, ":mapping": serde_json::to_string(mapping)?, ":at": at.millis() },
    )?;
    Ok(())
}

/// Whether the book has any customer or any sale: an empty one needs no looking up.
pub(crate) fn has_any(connection: &Connection) -> Result<(bool, bool)> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM customers) AS customers, EXISTS (SELECT 1 FROM sales) AS sales",
        [],
        |row| Ok((row.get("customers")?, row.get("sales")?)),
    )?)
}

fn one_customer(connection: &Connection, sql: &str, value: &str) -> Result<Option<CustomerId>> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(params![value], |row| Ok(CustomerId(row.get(0)?))).optional()?)
}

/// The customer with this foreign id.
pub(crate) fn customer_by_ref(connection: &Connection, reference: &str) -> Result<Option<CustomerId>> {
    one_customer(connection, "SELECT coalesce(merged_into, id) FROM customers WHERE ref = ?1", reference)
}

/// The customer with this member number.
pub(crate) fn customer_by_member_no(connection: &Connection, number: &str) -> Result<Option<CustomerId>> {
    one_customer(connection, "SELECT coalesce(merged_into, id) FROM customers WHERE member_no = ?1", number)
}

/// Everybody who has, or had, this phone: present owners first, then the older customer.
pub(crate) fn customers_by_phone(connection: &Connection, phone: &str) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person
         FROM contacts
         JOIN customers ON customers.id = contacts.customer_id
         WHERE contacts.value = ?1 AND contacts.kind IN ('mobile', 'landline', 'whatsapp')
         GROUP BY person
         ORDER BY min(contacts.retired_at IS NOT NULL), person
         LIMIT 20",
    )?;
    let rows = statement.query_map(params![phone], |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody of this very name, the oldest first.
pub(crate) fn customers_by_name(connection: &Connection, name: &str) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT coalesce(merged_into, id) AS person FROM customers WHERE name = ?1 ORDER BY person LIMIT 20",
    )?;
    let rows = statement.query_map(params![name], |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The sale with this number: id, and whether it has lines.
pub(crate) fn sale_by_number(connection: &Connection, number: &str) -> Result<Option<(SaleId, bool)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = sales.id) AS has_lines
         FROM sales
         WHERE sale_no = ?1",
    )?;
    Ok(statement.query_row(params![number], |row| Ok((SaleId(row.get(0)?), row.get(1)?))).optional()?)
}

/// How many refunds of this moment and amount a sale has.
pub(crate) fn refunds_like(connection: &Connection, sale: SaleId, at: Timestamp, amount: Money) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM refunds WHERE sale_id = :sale AND refunded_at = :at AND amount_minor = :amount",
    )?;
    let like = named_params! { ":sale": sale.0, ":at": at.millis(), ":amount": amount.minor() };
    Ok(statement.query_row(like, |row| row.get(0))?)
}

/// Who of the shop has this name.
pub(crate) fn staff_by_name(connection: &Connection, name: &str) -> Result<Option<StaffId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM staff WHERE name = ?1 ORDER BY id LIMIT 1")?;
    Ok(statement.query_row(params![name], |row| Ok(StaffId(row.get(0)?))).optional()?)
}

/// What of a product serves for matching.
pub(crate) struct KnownProduct {
    pub id: ProductId,
    pub reference: Option<String>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub name: String,
}

/// All products.
pub(crate) fn products(connection: &Connection) -> Result<Vec<KnownProduct>> {
    let mut statement = connection.prepare("SELECT id, ref, sku, barcode, name FROM products ORDER BY id")?;
    let rows = statement.query_map([], |row: &Row| {
        Ok(KnownProduct {
            id: ProductId(row.get("id")?),
            reference: row.get("ref")?,
            sku: row.get("sku")?,
            barcode: row.get("barcode")?,
            name: row.get("name")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Fills what a row knows into a product; what it does not know stays. Answers whether anything changed.
pub(crate) fn update_product(tx: &Transaction, id: ProductId, product: &ProductToStore) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE products
             SET (ref, sku, barcode, name, search_text, category, price_minor, cost_minor) =
                 (coalesce(ref, :reference), coalesce(:sku, sku), coalesce(:barcode, barcode), :name, :search,
                  coalesce(:category, category), coalesce(:price, price_minor), coalesce(:cost, cost_minor))
             WHERE id = :id
               AND (ref, sku, barcode, name, category, price_minor, cost_minor) IS NOT
                   (coalesce(ref, :reference), coalesce(:sku, sku), coalesce(:barcode, barcode), :name,
                    coalesce(:category, category), coalesce(:price, price_minor), coalesce(:cost, cost_minor))",
        )?
        .execute(named_params! {
            ":id": id.0, ":reference": product.reference, ":sku": product.sku, ":barcode": product.barcode,
            ":name": product.name, ":search": product.search_text, ":category": product.category,
            ":price": product.price.map(Money::minor), ":cost": product.cost.map(Money::minor),
        })?;
    Ok(changed > 0)
}

/// Fields of a customer that only an import sets.
pub(crate) struct Opening {
    pub spend: Option<Money>,
    pub visits: Option<i64>,
    pub points: Option<i64>,
    /// The day on which these figures hold.
    pub on: NaiveDate,
}

/// Sets the figures from before the book began.
pub(crate) fn set_opening(tx: &Transaction, id: CustomerId, opening: &Opening) -> Result<()> {
    tx.prepare_cached(
        "UPDATE customers
         SET opening_spend_minor = coalesce(:spend, opening_spend_minor),
             opening_visits = coalesce(:visits, opening_visits),
             opening_points = coalesce(:points, opening_points),
             opening_on = :on
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":spend": opening.spend.map(Money::minor), ":visits": opening.visits,
        ":points": opening.points, ":on": opening.on.to_string(),
    })?;
    Ok(())
}

/// Sets foreign id and member number where the customer's own do not matter yet.
pub(crate) fn set_numbers(tx: &Transaction, id: CustomerId, reference: Option<&str>, number: &str) -> Result<()> {
    tx.prepare_cached("UPDATE customers SET ref = coalesce(:reference, ref), member_no = :number WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":reference": reference, ":number": number })?;
    Ok(())
}

/// What tells two customers of one name apart.
pub(crate) struct Identity {
    pub reference: Option<String>,
    pub member_no: String,
    pub name: String,
    pub birthday: Option<BirthdayInput>,
    pub phones: Vec<String>,
}

/// What tells a customer from another one of the same name or phone.
pub(crate) fn identity(connection: &Connection, id: CustomerId) -> Result<Identity> {
    let customer = store::customers::get(connection, id)?;
    let reference = connection
        .prepare_cached("SELECT ref FROM customers WHERE id = ?1")?
        .query_row(params![id.0], |row| row.get(0))?;
    let contacts = store::customers::contact_values(connection, id)?;
    let is_phone = |kind: &ContactKind| matches!(kind, ContactKind::Mobile | ContactKind::Landline);
    Ok(Identity {
        reference,
        member_no: customer.member_no,
        name: customer.name,
        birthday: customer.birthday,
        phones: contacts.into_iter().filter(|(kind, _)| is_phone(kind)).map(|(_, value)| value).collect(),
    })
}

/// A sale of an imported log.
pub(crate) struct LoggedSale<'a> {
    pub sale_no: &'a str,
    pub customer: Option<CustomerId>,
    pub sold_at: Timestamp,
    pub sold_on: &'a str,
    pub recorded_at: Timestamp,
    pub staff: StaffId,
    pub staff_text: Option<&'a str>,
    pub payment: Option<&'a str>,
    pub gross: Money,
    pub discount: Money,
    pub net: Money,
    pub note: Option<&'a str>,
    pub import: ImportId,
    pub points: Option<i64>,
}

/// Adds a sale of an imported log.
pub(crate) fn insert_sale(tx: &Transaction, sale: &LoggedSale) -> Result<SaleId> {
    tx.prepare_cached(
        "INSERT INTO sales (sale_no, customer_id, sold_at, sold_on, recorded_at, staff_id, staff_text, payment,
                            gross_minor, discount_minor, net_minor, note, source, import_id, points_claimed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'import', ?13, ?14)",
    )?
    .execute(params![
        sale.sale_no,
        sale.customer.map(|customer| customer.0),
        sale.sold_at.millis(),
        sale.sold_on,
        sale.recorded_at.millis(),
        sale.staff.0,
        sale.staff_text,
        sale.payment,
        sale.gross.minor(),
        sale.discount.minor(),
        sale.net.minor(),
        sale.note,
        sale.import.0,
        sale.points,
    ])?;
    Ok(SaleId(tx.last_insert_rowid()))
}

/// Gives a sale its final sums and its earliest time, when more of its rows came after others.
pub(crate) fn settle_sale(tx: &Transaction, id: SaleId, sale: &LoggedSale) -> Result<()> {
    tx.prepare_cached(
        "UPDATE sales
         SET customer_id = ?2, sold_at = ?3, sold_on = ?4, gross_minor = ?5, discount_minor = ?6, net_minor = ?7,
             points_claimed = ?8
         WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        sale.customer.map(|customer| customer.0),
        sale.sold_at.millis(),
        sale.sold_on,
        sale.gross.minor(),
        sale.discount.minor(),
        sale.net.minor(),
        sale.points,
    ])?;
    Ok(())
}

/// A line of an imported log.
pub(crate) struct LoggedLine<'a> {
    pub sale: SaleId,
    pub line_no: i64,
    pub product: Option<ProductId>,
    /// `None` where it says the same as the product's name.
    pub description: Option<&'a str>,
    pub quantity_milli: i64,
    pub unit_price: Money,
    pub amount: Money,
}

/// Adds a line.
pub(crate) fn insert_line(tx: &Transaction, line: &LoggedLine) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO sale_lines (sale_id, line_no, product_id, description, quantity_milli, unit_price_minor,
                                 amount_minor, unit_cost_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT cost_minor FROM products WHERE id = ?3))",
    )?
    .execute(params![
        line.sale.0,
        line.line_no,
        line.product.map(|product| product.0),
        line.description,
        line.quantity_milli,
        line.unit_price.minor(),
        line.amount.minor(),
    ])?;
    Ok(())
}

/// Adds the contact handles of a new customer.
pub(crate) fn insert_contacts(tx: &Transaction, id: CustomerId, contacts: &[ContactInput]) -> Result<()> {
    let mut statement =
        tx.prepare_cached("INSERT INTO contacts (customer_id, kind, value, position) VALUES (?1, ?2, ?3, ?4)")?;
    for (contact, position) in contacts.iter().zip(0_i64..) {
        statement.execute(params![id.0, store::as_word(contact.kind)?, contact.value, position])?;
    }
    Ok(())
}
