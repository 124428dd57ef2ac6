//! Packs and what happened to them.

use crate::api::offers::packs::PackProductView;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::remembered::remembered;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, PackEntryId, PackId, ProductId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::pack::{Entry, PackEvent, Sold};
use shukebu_domain::time::Timestamp;
use std::collections::HashSet;
use std::rc::Rc;

pub(crate) struct PackToStore<'a> {
    pub customer: CustomerId,
    pub product: ProductId,
    pub sale: SaleId,
    pub name: &'a str,
    pub sold: Sold,
    pub on: NaiveDate,
}

pub(crate) struct StoredPack {
    pub id: PackId,
    pub customer: CustomerId,
    pub customer_name: String,
    pub sale: SaleId,
    pub sale_no: String,
    /// What is left of its sale after refunds.
    pub sale_left: Money,
    pub product: ProductId,
    pub name: String,
    pub sold: Sold,
    pub sold_on: NaiveDate,
}

pub(crate) struct StoredEntry {
    pub id: PackEntryId,
    pub pack: PackId,
    pub entry: Entry,
    pub at: Timestamp,
    pub staff: String,
    pub note: Option<String>,
    pub is_taken_back: bool,
}

pub(crate) struct EntryToStore<'a> {
    pub pack: PackId,
    pub event: PackEvent,
    pub at: Timestamp,
    pub on: NaiveDate,
    pub sessions: i64,
    pub staff: StaffId,
    pub takes_back: Option<PackEntryId>,
    pub note: Option<&'a str>,
}

const PACK: &str = "SELECT packs.id, packs.customer_id, packs.sale_id, packs.name, packs.sessions, packs.price_minor,
                           packs.sold_on, packs.until_on, packs.product_id, customers.name AS customer_name, sales.sale_no,
                           sales.net_minor - sales.refunded_minor AS sale_left
                    FROM packs
                    JOIN customers ON customers.id = packs.customer_id
                    JOIN sales ON sales.id = packs.sale_id";

fn read(row: &Row) -> rusqlite::Result<StoredPack> {
    Ok(StoredPack {
        id: PackId(row.get("id")?),
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        sale: SaleId(row.get("sale_id")?),
        sale_no: row.get("sale_no")?,
        sale_left: store::money(row, "sale_left")?,
        product: ProductId(row.get("product_id")?),
        name: row.get("name")?,
        sold: Sold {
            sessions: row.get("sessions")?,
            until_on: store::day_or_none(row, "until_on")?,
            price: store::money(row, "price_minor")?,
        },
        sold_on: store::day(row, "sold_on")?,
    })
}

/// Makes a product a pack, or changes what its next ones hold.
pub(crate) fn set_product(tx: &Transaction, id: ProductId, sessions: i64, valid_days: Option<i64>) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO pack_products (product_id, sessions, valid_days)
         VALUES (:id, :sessions, :days)
         ON CONFLICT (product_id) DO UPDATE SET sessions = excluded.sessions, valid_days = excluded.valid_days",
    )?
    .execute(named_params! { ":id": id.0, ":sessions": sessions, ":days": valid_days })?;
    Ok(())
}

fn read_product(row: &Row) -> rusqlite::Result<PackProductView> {
    Ok(PackProductView {
        product_id: ProductId(row.get("product_id")?),
        name: row.get("name")?,
        price_minor: row.get::<_, Option<i64>>("price_minor")?.map(Money::from_minor),
        sessions: row.get("sessions")?,
        valid_days: row.get("valid_days")?,
    })
}

const PRODUCT: &str =
    "SELECT pack_products.product_id, pack_products.sessions, pack_products.valid_days, products.name,
                              products.price_minor
                       FROM pack_products
                       JOIN products ON products.id = pack_products.product_id";

pub(crate) fn products(connection: &Connection) -> Result<Vec<PackProductView>> {
    let sql = format!("{PRODUCT} WHERE products.is_active = 1 ORDER BY products.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read_product)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The products that are packs.
#[derive(Clone)]
struct Packs(Rc<HashSet<i64>>);

fn are_packs(connection: &Connection) -> Result<Packs> {
    let mut statement = connection.prepare_cached("SELECT product_id FROM pack_products")?;
    let rows = statement.query_map([], |row| row.get("product_id"))?;
    Ok(Packs(Rc::new(rows.collect::<rusqlite::Result<_>>()?)))
}

pub(crate) fn product(connection: &Connection, id: ProductId) -> Result<Option<PackProductView>> {
    let Packs(packs) = remembered(|| are_packs(connection))?;
    if !packs.contains(&id.0) {
        return Ok(None);
    }
    let sql = format!("{PRODUCT} WHERE pack_products.product_id = :id");
    Ok(connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read_product).optional()?)
}

pub(crate) fn insert(tx: &Transaction, pack: &PackToStore) -> Result<PackId> {
    tx.prepare_cached(
        "INSERT INTO packs (customer_id, product_id, sale_id, name, sessions, price_minor, sold_on, until_on)
         VALUES (:customer, :product, :sale, :name, :sessions, :price, :on, :until)",
    )?
    .execute(named_params! {
        ":customer": pack.customer.0, ":product": pack.product.0, ":sale": pack.sale.0, ":name": pack.name,
        ":sessions": pack.sold.sessions, ":price": pack.sold.price.minor(), ":on": pack.on.to_string(),
        ":until": pack.sold.until_on.map(|day| day.to_string()),
    })?;
    Ok(PackId(tx.last_insert_rowid()))
}

pub(crate) fn insert_entry(tx: &Transaction, entry: &EntryToStore) -> Result<PackEntryId> {
    let word = serde_json::to_value(entry.event)?;
    tx.prepare_cached(
        "INSERT INTO pack_entries (pack_id, event, at, on_day, sessions, staff_id, takes_back_id, note)
         VALUES (:pack, :event, :at, :on, :sessions, :staff, :takes_back, :note)",
    )?
    .execute(named_params! {
        ":pack": entry.pack.0, ":event": word.as_str(), ":at": entry.at.millis(), ":on": entry.on.to_string(),
        ":sessions": entry.sessions, ":staff": entry.staff.0, ":takes_back": entry.takes_back.map(|id| id.0),
        ":note": entry.note,
    })?;
    Ok(PackEntryId(tx.last_insert_rowid()))
}

pub(crate) fn set_open(tx: &Transaction, id: PackId, is_open: bool) -> Result<()> {
    tx.prepare_cached("UPDATE packs SET is_open = :is_open WHERE id = :id")?
        .execute(named_params! { ":id": id.0, ":is_open": is_open })?;
    Ok(())
}

pub(crate) fn get(connection: &Connection, id: PackId) -> Result<StoredPack> {
    let sql = format!("{PACK} WHERE packs.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("pack"))
}

pub(crate) fn of_customer(connection: &Connection, id: CustomerId) -> Result<Vec<StoredPack>> {
    let sql = format!(
        "{PACK} WHERE packs.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id) ORDER BY packs.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Vec<StoredPack>> {
    let sql = format!("{PACK} WHERE packs.sale_id = :sale ORDER BY packs.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":sale": sale.0 }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Packs with something left, those that end first at the front; without end last.
pub(crate) fn open(connection: &Connection) -> Result<Vec<StoredPack>> {
    let sql = format!("{PACK} WHERE packs.is_open = 1 ORDER BY packs.until_on IS NULL, packs.until_on, packs.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_entry(row: &Row) -> rusqlite::Result<StoredEntry> {
    Ok(StoredEntry {
        id: PackEntryId(row.get("id")?),
        pack: PackId(row.get("pack_id")?),
        entry: Entry {
            event: store::word(row, "event")?,
            on: store::day(row, "on_day")?,
            sessions: row.get("sessions")?,
        },
        at: store::instant(row, "at")?,
        staff: row.get("staff")?,
        note: row.get("note")?,
        is_taken_back: row.get("is_taken_back")?,
    })
}

const ENTRY: &str = "SELECT pack_entries.id, pack_entries.pack_id, pack_entries.event, pack_entries.at,
                            pack_entries.on_day, pack_entries.sessions, pack_entries.note, staff.name AS staff,
                            EXISTS (SELECT 1 FROM pack_entries AS later
                                    WHERE later.takes_back_id = pack_entries.id) AS is_taken_back
                     FROM pack_entries
                     JOIN staff ON staff.id = pack_entries.staff_id";

/// The entries of a pack, oldest first.
pub(crate) fn entries(connection: &Connection, id: PackId) -> Result<Vec<StoredEntry>> {
    let sql = format!("{ENTRY} WHERE pack_entries.pack_id = :id ORDER BY pack_entries.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read_entry)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn entry(connection: &Connection, id: PackEntryId) -> Result<StoredEntry> {
    let sql = format!("{ENTRY} WHERE pack_entries.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read_entry).optional()?;
    found.ok_or_else(|| ApiError::not_found("pack_entry"))
}
