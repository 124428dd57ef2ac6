//! The book's own row, its settings, its running numbers, its heartbeat.

use super::remembered::remembered;
use crate::api::books::{BookCounts, Trade};
use crate::error::{ApiError, ErrorCode, Result};
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::required::RequiredField;
use shukebu_domain::time::Timestamp;
use std::collections::HashMap;
use std::rc::Rc;

/// What is fixed about the shop, or nearly so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFacts {
    /// Identity of the book, through every copy and backup.
    pub uuid: String,
    /// The shop's name.
    pub name: String,
    /// The shop's zone.
    pub zone: Tz,
    /// ISO 4217 code.
    pub currency: String,
    /// Presets it was made from.
    pub trade: Option<Trade>,
    /// Whether it is a demo shop.
    pub is_demo: bool,
}

/// Writes the one row of a new book.
pub(crate) fn insert(connection: &Connection, facts: &BookFacts, at: Timestamp) -> Result<()> {
    let trade = facts.trade.map(super::as_word).transpose()?;
    connection.execute(
        "INSERT INTO book (id, uuid, shop_name, zone, currency, trade, is_demo, created_at)
         VALUES (1, :uuid, :name, :zone, :currency, :trade, :is_demo, :at)",
        named_params! {
            ":uuid": facts.uuid, ":name": facts.name, ":zone": facts.zone.name(), ":currency": facts.currency,
            ":trade": trade, ":is_demo": facts.is_demo, ":at": at.millis(),
        },
    )?;
    connection
        .execute("INSERT INTO heartbeat (id, last_seen_at) VALUES (1, :at)", named_params! { ":at": at.millis() })?;
    Ok(())
}

/// Reads the one row.
pub(crate) fn facts(connection: &Connection) -> Result<BookFacts> {
    let found = connection
        .query_row("SELECT uuid, shop_name, zone, currency, trade, is_demo FROM book WHERE id = 1", [], |row| {
            let zone: String = row.get("zone")?;
            let trade: Option<Trade> = super::word_or_none(row, "trade")?;
            Ok((
                BookFacts {
                    uuid: row.get("uuid")?,
                    name: row.get("shop_name")?,
                    zone: chrono_tz::Tz::UTC,
                    currency: row.get("currency")?,
                    trade,
                    is_demo: row.get("is_demo")?,
                },
                zone,
            ))
        })
        .optional()?;
    let (facts, zone) = found.ok_or_else(|| ApiError::new(ErrorCode::Damaged, "book.damaged"))?;
    let zone = zone.parse().map_err(|_| ApiError::new(ErrorCode::Damaged, "book.damaged"))?;
    Ok(BookFacts { zone, ..facts })
}

/// Changes the shop's name, zone and currency.
pub(crate) fn change(tx: &Transaction, facts: &BookFacts) -> Result<()> {
    tx.execute(
        "UPDATE book SET shop_name = :name, zone = :zone, currency = :currency WHERE id = 1",
        named_params! { ":name": facts.name, ":zone": facts.zone.name(), ":currency": facts.currency },
    )?;
    Ok(())
}

/// A setting, or the default where it was never set.
pub(crate) fn setting<T: serde::de::DeserializeOwned>(connection: &Connection, key: &str, default: T) -> Result<T> {
    let Settings(settings) = remembered(|| read_settings(connection))?;
    settings.get(key).map_or(Ok(default), |text| Ok(serde_json::from_str(text)?))
}

/// All settings with their values as they are written.
#[derive(Clone)]
struct Settings(Rc<HashMap<String, String>>);

fn read_settings(connection: &Connection) -> Result<Settings> {
    let mut statement = connection.prepare_cached("SELECT key, value FROM settings")?;
    let rows = statement.query_map([], |row| Ok((row.get("key")?, row.get("value")?)))?;
    Ok(Settings(Rc::new(rows.collect::<rusqlite::Result<_>>()?)))
}

/// Sets a setting.
pub(crate) fn set_setting<T: serde::Serialize>(tx: &Transaction, key: &str, value: T, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO settings (key, value, changed_at) VALUES (:key, :value, :at)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        named_params! { ":key": key, ":value": serde_json::to_string(&value)?, ":at": at.millis() },
    )?;
    Ok(())
}

/// What a new customer must have beside the name: nothing unless the shop says otherwise.
pub(crate) fn required_fields(connection: &Connection) -> Result<Vec<RequiredField>> {
    setting(connection, "required_fields", vec![])
}

/// What somebody is given for bringing a customer, at that customer's first purchase: nothing unless the shop says so.
pub(crate) fn referral_points(connection: &Connection) -> Result<Points> {
    setting(connection, "referral_points", Points::ZERO)
}

/// The next number of a series; with a day, the series starts anew every day.
pub(crate) fn next_number(tx: &Transaction, name: &str, day: Option<NaiveDate>) -> Result<i64> {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    let mut statement = tx.prepare_cached(
        "INSERT INTO sequences (name, on_day, last) VALUES (:name, :day, 1)
         ON CONFLICT (name, on_day) DO UPDATE SET last = last + 1
         RETURNING last",
    )?;
    Ok(statement.query_row(named_params! { ":name": name, ":day": day }, |row| row.get("last"))?)
}

/// Rows by kind.
pub(crate) fn counts(connection: &Connection) -> Result<BookCounts> {
    Ok(connection.query_row(
        "SELECT (SELECT count(*) FROM customer_figures) AS customers,
                (SELECT count(*) FROM sales) AS sales,
                (SELECT count(*) FROM sale_lines) AS sale_lines,
                (SELECT count(*) FROM products) AS products,
                (SELECT count(*) FROM complaints) AS complaints",
        [],
        |row| {
            Ok(BookCounts {
                customers: row.get("customers")?,
                sales: row.get("sales")?,
                sale_lines: row.get("sale_lines")?,
                products: row.get("products")?,
                complaints: row.get("complaints")?,
            })
        },
    )?)
}

/// Net paid of all sales less refunds.
pub(crate) fn net_total(connection: &Connection) -> Result<Money> {
    Ok(connection.query_row("SELECT coalesce(sum(net_minor - refunded_minor), 0) AS net FROM sales", [], |row| {
        super::money(row, "net")
    })?)
}

/// The last moment that the program has seen.
pub(crate) fn last_seen(connection: &Connection) -> Result<Timestamp> {
    let mut statement = connection.prepare_cached("SELECT last_seen_at FROM heartbeat WHERE id = 1")?;
    Ok(statement.query_row([], |row| super::instant(row, "last_seen_at"))?)
}

/// Notes the moment; never back.
pub(crate) fn see(tx: &Connection, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE heartbeat SET last_seen_at = max(last_seen_at, :now) WHERE id = 1",
        named_params! { ":now": now.millis() },
    )?;
    Ok(())
}

/// Last audit row: how many writes the book has seen.
pub(crate) fn last_operation(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) AS last FROM audit", [], |row| row.get("last"))?)
}

/// When the last verified backup was made, and the last operation inside it.
pub(crate) fn last_backup(connection: &Connection) -> Result<Option<(Timestamp, i64)>> {
    let mut statement =
        connection.prepare_cached("SELECT made_at, audit_id FROM backups ORDER BY sequence DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| Ok((super::instant(row, "made_at")?, row.get("audit_id")?))).optional()?)
}

/// Writes since the last verified backup, the noting of the backup itself left out. The numbers of the log have no
/// gaps, so a long time without a backup costs no more than a short one.
pub(crate) fn operations_since_backup(connection: &Connection) -> Result<i64> {
    let last = last_backup(connection)?.map_or(0, |(_, operation)| operation);
    let mut statement = connection.prepare_cached(
        "SELECT max((SELECT coalesce(max(id), 0) FROM audit) - :last
                    - (SELECT count(*) FROM audit WHERE id > :last AND action = 'backup.create'), 0) AS operations",
    )?;
    Ok(statement.query_row(named_params! { ":last": last }, |row| row.get("operations"))?)
}

/// Up to where anybody at the counter may give away without asking, in hundredths of a percent: 5 % unless the shop
/// says otherwise.
pub(crate) fn discount_limit_bp(connection: &Connection) -> Result<i64> {
    setting(connection, "discount_limit_bp", 500)
}

/// Which margin a sale has to leave, in hundredths of a percent: none unless the shop says otherwise, but nothing is
/// sold below its cost.
pub(crate) fn margin_minimum_bp(connection: &Connection) -> Result<i64> {
    setting(connection, "margin_minimum_bp", 0)
}
