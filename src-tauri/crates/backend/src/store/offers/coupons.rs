//! Coupons, their batches, and the entries that say what became of them.

use crate::api::offers::coupons::{Audience, CouponFilter, CouponTaken};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::coupon::{Terms, Worth, shown_code};
use shukebu_domain::ids::{CouponBatchId, CouponId, CustomerId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

pub(crate) struct BatchToStore<'a> {
    pub name: &'a str,
    pub campaign: Option<&'a str>,
    pub terms: &'a Terms,
    pub audience: &'a Audience,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub budget: Option<Money>,
    pub issued: usize,
    pub has_own_values: bool,
    pub at: Timestamp,
    pub staff: StaffId,
}

/// A coupon with the terms of its batch.
#[derive(Debug, Clone)]
pub(crate) struct StoredCoupon {
    pub id: CouponId,
    pub code: String,
    pub name: String,
    pub terms: Terms,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub used_sale: Option<SaleId>,
    pub sale_no: Option<String>,
    pub is_void: bool,
}

pub(crate) struct StoredBatch {
    pub id: CouponBatchId,
    pub name: String,
    pub campaign: Option<String>,
    pub terms: Terms,
    pub audience: Audience,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub budget: Option<Money>,
    pub issued: i64,
    pub issued_at: Timestamp,
    pub used: i64,
    pub void: i64,
    pub took_off: Money,
    pub has_own_values: bool,
}

/// What happened to a coupon.
pub(crate) struct EntryToStore<'a> {
    pub coupon: CouponId,
    pub kind: &'static str,
    pub at: Timestamp,
    pub staff: StaffId,
    pub sale: Option<SaleId>,
    pub amount: Money,
    pub reason: Option<&'a str>,
}

const COUPON: &str = "SELECT coupons.id, coupons.code, coupons.customer_id, coupons.used_sale_id, coupons.voided_at, coupons.value_minor,
                             coupon_batches.name, coupon_batches.terms, coupon_batches.from_on, coupon_batches.until_on,
                             customers.name AS customer_name, sales.sale_no
                      FROM coupons
                      JOIN coupon_batches ON coupon_batches.id = coupons.batch_id
                      LEFT JOIN customers ON customers.id = coupons.customer_id
                      LEFT JOIN sales ON sales.id = coupons.used_sale_id";

fn read_terms(row: &Row) -> rusqlite::Result<Terms> {
    from_json(row, "terms")
}

fn from_json<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
}

fn read(row: &Row) -> rusqlite::Result<StoredCoupon> {
    Ok(StoredCoupon {
        id: CouponId(row.get("id")?),
        code: row.get("code")?,
        name: row.get("name")?,
        terms: match row.get::<_, Option<i64>>("value_minor")? {
            Some(own) => Terms { worth: Worth::Value { value_minor: Money::from_minor(own) }, ..read_terms(row)? },
            None => read_terms(row)?,
        },
        customer: row.get::<_, Option<i64>>("customer_id")?.map(CustomerId),
        customer_name: row.get("customer_name")?,
        from_on: store::day(row, "from_on")?,
        until_on: store::day(row, "until_on")?,
        used_sale: row.get::<_, Option<i64>>("used_sale_id")?.map(SaleId),
        sale_no: row.get("sale_no")?,
        is_void: row.get::<_, Option<i64>>("voided_at")?.is_some(),
    })
}

pub(crate) fn insert_batch(tx: &Transaction, batch: &BatchToStore) -> Result<CouponBatchId> {
    tx.prepare_cached(
        "INSERT INTO coupon_batches (name, campaign, terms, audience, from_on, until_on, budget_minor, issued,
                                     has_own_values, issued_at, staff_id)
         VALUES (:name, :campaign, :terms, :audience, :from_on, :until_on, :budget, :issued, :own, :at, :staff)",
    )?
    .execute(named_params! {
        ":name": batch.name, ":campaign": batch.campaign, ":terms": serde_json::to_string(batch.terms)?,
        ":audience": serde_json::to_string(batch.audience)?, ":from_on": batch.from_on.to_string(),
        ":until_on": batch.until_on.to_string(), ":budget": batch.budget.map(Money::minor),
        ":own": batch.has_own_values, ":issued": i64::try_from(batch.issued).unwrap_or(i64::MAX), ":at": batch.at.millis(), ":staff": batch.staff.0,
    })?;
    Ok(CouponBatchId(tx.last_insert_rowid()))
}

/// Adds a coupon; `None` when its code is taken.
pub(crate) fn insert(
    tx: &Transaction,
    batch: CouponBatchId,
    code: &str,
    customer: Option<CustomerId>,
    value: Option<Money>,
) -> Result<Option<CouponId>> {
    let added = tx
        .prepare_cached(
            "INSERT INTO coupons (batch_id, code, customer_id, value_minor)
             VALUES (:batch, :code, :customer, :value)
             ON CONFLICT (code) DO NOTHING",
        )?
        .execute(named_params! { ":batch": batch.0, ":code": code, ":customer": customer.map(|id| id.0), ":value": value.map(Money::minor) })?;
    Ok((added == 1).then(|| CouponId(tx.last_insert_rowid())))
}

pub(crate) fn insert_entry(tx: &Transaction, entry: &EntryToStore) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO coupon_entries (coupon_id, kind, at, staff_id, sale_id, amount_minor, reason)
         VALUES (:coupon, :kind, :at, :staff, :sale, :amount, :reason)",
    )?
    .execute(named_params! {
        ":coupon": entry.coupon.0, ":kind": entry.kind, ":at": entry.at.millis(), ":staff": entry.staff.0,
        ":sale": entry.sale.map(|sale| sale.0), ":amount": entry.amount.minor(), ":reason": entry.reason,
    })?;
    let (used, voided) = match entry.kind {
        "used" => (entry.sale.map(|sale| sale.0), None),
        "void" => (None, Some(entry.at.millis())),
        _ => (None, None),
    };
    tx.prepare_cached("UPDATE coupons SET used_sale_id = :used, voided_at = :voided WHERE id = :coupon")?
        .execute(named_params! { ":used": used, ":voided": voided, ":coupon": entry.coupon.0 })?;
    Ok(())
}

pub(crate) fn by_code(connection: &Connection, code: &str) -> Result<Option<StoredCoupon>> {
    let sql = format!("{COUPON} WHERE coupons.code = :code");
    Ok(connection.prepare_cached(&sql)?.query_row(named_params! { ":code": code }, read).optional()?)
}

pub(crate) fn get(connection: &Connection, id: CouponId) -> Result<StoredCoupon> {
    let sql = format!("{COUPON} WHERE coupons.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("coupon"))
}

/// Coupons that a sale uses, and those that came back with it.
pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Vec<(CouponId, CouponTaken)>> {
    let mut statement = connection.prepare_cached(
        "SELECT coupons.id, coupons.code, coupon_batches.name, coupon_entries.amount_minor
         FROM coupon_entries
         JOIN coupons ON coupons.id = coupon_entries.coupon_id
         JOIN coupon_batches ON coupon_batches.id = coupons.batch_id
         WHERE coupon_entries.sale_id = :sale AND coupon_entries.kind = 'used'
         ORDER BY coupon_entries.id",
    )?;
    let rows = statement.query_map(named_params! { ":sale": sale.0 }, |row| {
        let code: String = row.get("code")?;
        let taken = CouponTaken {
            code: shown_code(&code),
            name: row.get("name")?,
            amount_minor: store::money(row, "amount_minor")?,
        };
        Ok((CouponId(row.get("id")?), taken))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A page of coupons by last day.
pub(crate) fn page(
    connection: &Connection,
    filter: &CouponFilter,
    code: Option<&str>,
    today: NaiveDate,
    limit: i64,
) -> Result<(Vec<StoredCoupon>, i64)> {
    let mut clauses = vec!["1 = 1"];
    if filter.batch_id.is_some() {
        clauses.push("coupons.batch_id = :batch");
    }
    if filter.plan_id.is_some() {
        clauses.push(
            "coupons.batch_id IN (SELECT batch_id
                                  FROM coupon_plan_runs
                                  WHERE plan_id = (SELECT coalesce(first_id, id) FROM coupon_plans WHERE id = :plan))",
        );
    }
    if filter.customer_id.is_some() {
        clauses
            .push("coupons.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)");
    }
    if code.is_some() {
        clauses.push("coupons.code = :code");
    }
    let soon = filter.expiring_days.map(|days| today + chrono::Days::new(u64::from(days)));
    if filter.only_unused || soon.is_some() {
        clauses
            .push("coupons.used_sale_id IS NULL AND coupons.voided_at IS NULL AND coupon_batches.until_on >= :today");
    }
    if soon.is_some() {
        clauses.push("coupon_batches.until_on <= :soon");
    }
    if filter.after_id.is_some() {
        clauses.push(
            "(coupon_batches.until_on, coupons.id) > (SELECT past_batch.until_on, past.id
                                                      FROM coupons AS past
                                                      JOIN coupon_batches AS past_batch ON past_batch.id = past.batch_id
                                                      WHERE past.id = :past)",
        );
    }
    // A parameter that no clause names would be refused, so each is named here once.
    let filter_sql = format!(
        "{} AND (:batch IS NULL OR 1) AND (:plan IS NULL OR 1) AND (:customer IS NULL OR 1) AND (:code IS NULL OR 1) AND (:today IS NULL OR 1)
         AND (:soon IS NULL OR 1) AND (:past IS NULL OR 1)",
        clauses.join(" AND ")
    );
    let values = named_params! {
        ":batch": filter.batch_id.map(|id| id.0), ":plan": filter.plan_id.map(|id| id.0), ":customer": filter.customer_id.map(|id| id.0), ":code": code,
        ":today": today.to_string(), ":soon": soon.map(|day| day.to_string()), ":past": filter.after_id.map(|id| id.0),
    };
    let total: i64 = connection
        .prepare_cached(&format!(
            "SELECT count(*) FROM coupons JOIN coupon_batches ON coupon_batches.id = coupons.batch_id WHERE {filter_sql}"
        ))?
        .query_row(values, |row| row.get(0))?;
    let sql = format!(
        "{COUPON} WHERE {filter_sql}
         ORDER BY coupon_batches.until_on, coupons.id
         LIMIT {limit} OFFSET {}",
        filter.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, read)?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, total))
}

/// The batches, newest first, with what became of their coupons: walked by what happened, not by what was issued, for a
/// year's vouchers are one batch of everybody. Those that a plan issued one by one stand with the plan.
pub(crate) fn batches(connection: &Connection, only: Option<CouponBatchId>) -> Result<Vec<StoredBatch>> {
    let mut statement = connection.prepare_cached(
        "WITH became AS (
           SELECT coupons.batch_id,
                  sum((coupon_entries.kind = 'used') - (coupon_entries.kind = 'returned')) AS used,
                  sum(coupon_entries.kind = 'void') AS void,
                  sum(coupon_entries.amount_minor
                      * ((coupon_entries.kind = 'used') - (coupon_entries.kind = 'returned'))) AS took_off_minor
           FROM coupon_entries
           JOIN coupons ON coupons.id = coupon_entries.coupon_id
           GROUP BY coupons.batch_id
         )
         SELECT coupon_batches.*, coalesce(became.used, 0) AS used, coalesce(became.void, 0) AS void,
                coalesce(became.took_off_minor, 0) AS took_off_minor
         FROM coupon_batches
         LEFT JOIN became ON became.batch_id = coupon_batches.id
         WHERE iif(:only IS NULL,
                   NOT EXISTS (SELECT 1
                               FROM coupon_plan_runs
                               WHERE coupon_plan_runs.batch_id = coupon_batches.id AND coupon_plan_runs.due_on IS NULL),
                   coupon_batches.id = :only)
         ORDER BY coupon_batches.id DESC
         LIMIT 500",
    )?;
    let rows = statement.query_map(named_params! { ":only": only.map(|id| id.0) }, |row| {
        Ok(StoredBatch {
            id: CouponBatchId(row.get("id")?),
            name: row.get("name")?,
            campaign: row.get("campaign")?,
            terms: read_terms(row)?,
            audience: from_json(row, "audience")?,
            from_on: store::day(row, "from_on")?,
            until_on: store::day(row, "until_on")?,
            budget: row.get::<_, Option<i64>>("budget_minor")?.map(Money::from_minor),
            issued: row.get("issued")?,
            issued_at: store::instant(row, "issued_at")?,
            used: row.get("used")?,
            void: row.get("void")?,
            took_off: store::money(row, "took_off_minor")?,
            has_own_values: row.get("has_own_values")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many coupons can still be used whose last day is one of these. The few batches come first, whatever is issued.
pub(crate) fn expiring(connection: &Connection, today: NaiveDate, last: NaiveDate) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*)
         FROM coupon_batches
         CROSS JOIN coupons ON coupons.batch_id = coupon_batches.id
         WHERE coupon_batches.until_on BETWEEN :today AND :last
           AND coupons.used_sale_id IS NULL AND coupons.voided_at IS NULL",
    )?;
    let days = named_params! { ":today": today.to_string(), ":last": last.to_string() };
    Ok(statement.query_row(days, |row| row.get(0))?)
}

/// Coupons of a batch that were neither used nor taken back, whether their last day is over or not.
pub(crate) fn unused_of_batch(connection: &Connection, batch: CouponBatchId) -> Result<Vec<CouponId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id
         FROM coupons
         WHERE batch_id = :batch AND used_sale_id IS NULL AND voided_at IS NULL
         ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":batch": batch.0 }, |row| Ok(CouponId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody on a tier or in a class.
pub(crate) fn people(
    connection: &Connection,
    tier_rank: Option<u32>,
    class_key: Option<&str>,
) -> Result<Vec<CustomerId>> {
    let which = if class_key.is_some() { "class_key = :class" } else { "tier_rank = :rank" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT customer_id
         FROM customer_figures
         WHERE {which} AND (:class IS NULL OR 1) AND (:rank IS NULL OR 1)
         ORDER BY customer_id"
    ))?;
    let rows = statement.query_map(named_params! { ":class": class_key, ":rank": tier_rank }, |row| {
        Ok(CustomerId(row.get("customer_id")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether two records are one person, themselves or by a merge.
pub(crate) fn is_same_person(connection: &Connection, one: CustomerId, other: CustomerId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT count(DISTINCT coalesce(merged_into, id)) = 1
         FROM customers
         WHERE id IN (:one, :other)",
    )?;
    Ok(statement.query_row(named_params! { ":one": one.0, ":other": other.0 }, |row| row.get(0))?)
}
