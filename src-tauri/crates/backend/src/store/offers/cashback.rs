//! The years of customers, and the runs that paid for them.

use crate::api::offers::cashback::{CashbackRow, CashbackRunView, PaysAs};
use crate::api::points::PaidCashback;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::points::GROUP;
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::cashback::CashbackRules;
use shukebu_domain::coupon::shown_code;
use shukebu_domain::ids::{CashbackRunId, CouponId, CustomerId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A customer's net of a year and the rank today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuyerYear {
    pub customer: CustomerId,
    pub net: Money,
    pub tier_rank: u32,
}

/// A year that was approved for a customer.
pub(crate) struct ApprovedYear {
    pub customer: CustomerId,
    pub year: i32,
    pub tier: Option<String>,
    pub granted: Money,
    pub paid: Money,
    pub run: CashbackRunId,
}

pub(crate) struct RunToStore<'a> {
    pub year: i32,
    pub rules: &'a CashbackRules,
    pub lowest_tier: Option<&'a str>,
    pub pays_as: PaysAs,
    pub at: Timestamp,
    pub staff: StaffId,
    pub people: usize,
    pub paid: Money,
}

pub(crate) struct YearToStore<'a> {
    pub run: CashbackRunId,
    pub customer: CustomerId,
    pub year: i32,
    pub tier: Option<&'a str>,
    pub net: Money,
    pub granted: Money,
    pub carried: Money,
    pub paid: Money,
    pub coupon: Option<CouponId>,
}

/// What customers of these ids paid in a year, after refunds of its sales whenever they came. Imported sales count. A
/// merged record's year stands under the one who stays, so several pieces may answer for one person.
pub(crate) fn nets(connection: &Connection, year: i32, ids: RangeInclusive<i64>) -> Result<Vec<BuyerYear>> {
    // Customer by customer: only the year itself is read, however many years there are.
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id,
                coalesce(figures.tier_rank, 0) AS tier_rank,
                (SELECT sum(net_minor - refunded_minor)
                 FROM sales INDEXED BY sales_by_customer
                 WHERE customer_id = customers.id AND sold_on BETWEEN :first AND :last) AS net_minor
         FROM customers
         LEFT JOIN customer_figures AS figures
                ON figures.customer_id = coalesce(customers.merged_into, customers.id)
         WHERE customers.id BETWEEN :from AND :to",
    )?;
    let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let values = named_params! { ":first": first, ":last": last, ":from": ids.start(), ":to": ids.end() };
    let mut rows = statement.query(values)?;
    let mut found = vec![];
    while let Some(row) = rows.next()? {
        // Whoever bought nothing in the year has no sum.
        let Some(net) = row.get::<_, Option<i64>>("net_minor")? else { continue };
        found.push(BuyerYear {
            customer: CustomerId(row.get("customer_id")?),
            net: Money::from_minor(net),
            tier_rank: row.get("tier_rank")?,
        });
    }
    Ok(found)
}

/// What one person paid in a year, by all records that were merged; none for a merged record, and without a sale.
pub(crate) fn net_of_person(connection: &Connection, year: i32, person: CustomerId) -> Result<Option<BuyerYear>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(figures.tier_rank, 0) AS tier_rank,
                (SELECT sum(net_minor - refunded_minor)
                 FROM sales INDEXED BY sales_by_customer
                 WHERE customer_id IN (SELECT id FROM customers WHERE id = :person OR merged_into = :person)
                   AND sold_on BETWEEN :first AND :last) AS net_minor
         FROM customers
         LEFT JOIN customer_figures AS figures ON figures.customer_id = customers.id
         WHERE customers.id = :person AND customers.merged_into IS NULL",
    )?;
    let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let found = statement
        .query_row(named_params! { ":person": person.0, ":first": first, ":last": last }, |row| {
            let net: Option<i64> = row.get("net_minor")?;
            let tier_rank = row.get("tier_rank")?;
            Ok(net.map(|net| BuyerYear { customer: person, net: Money::from_minor(net), tier_rank }))
        })
        .optional()?;
    Ok(found.flatten())
}

/// Every approved year that stands.
pub(crate) fn approved(connection: &Connection) -> Result<Vec<ApprovedYear>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, cashback_years.year, cashback_years.tier,
                cashback_years.granted_minor, cashback_years.paid_minor, cashback_years.run_id
         FROM cashback_years
         JOIN customers ON customers.id = cashback_years.customer_id
         WHERE cashback_years.is_reversed = 0
         ORDER BY 1, cashback_years.year",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ApprovedYear {
            customer: CustomerId(row.get("customer_id")?),
            year: row.get("year")?,
            tier: row.get("tier")?,
            granted: store::money(row, "granted_minor")?,
            paid: store::money(row, "paid_minor")?,
            run: CashbackRunId(row.get("run_id")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn insert_run(tx: &Transaction, run: &RunToStore) -> Result<CashbackRunId> {
    let pays_as = match run.pays_as {
        PaysAs::Voucher => "voucher",
        PaysAs::Cash => "cash",
    };
    tx.prepare_cached(
        "INSERT INTO cashback_runs (year, rules, lowest_tier, pays_as, approved_at, staff_id, people, paid_minor)
         VALUES (:year, :rules, :lowest, :pays_as, :at, :staff, :people, :paid)",
    )?
    .execute(named_params! {
        ":year": run.year, ":rules": serde_json::to_string(run.rules)?, ":lowest": run.lowest_tier,
        ":pays_as": pays_as, ":at": run.at.millis(), ":staff": run.staff.0,
        ":people": i64::try_from(run.people).unwrap_or(i64::MAX), ":paid": run.paid.minor(),
    })?;
    Ok(CashbackRunId(tx.last_insert_rowid()))
}

pub(crate) fn insert_year(tx: &Transaction, year: &YearToStore) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO cashback_years (run_id, customer_id, year, tier, net_minor, granted_minor, carried_minor, paid_minor,
                                     coupon_id)
         VALUES (:run, :customer, :year, :tier, :net, :granted, :carried, :paid, :coupon)",
    )?
    .execute(named_params! {
        ":run": year.run.0, ":customer": year.customer.0, ":year": year.year, ":tier": year.tier,
        ":net": year.net.minor(), ":granted": year.granted.minor(), ":carried": year.carried.minor(),
        ":paid": year.paid.minor(), ":coupon": year.coupon.map(|id| id.0),
    })?;
    Ok(())
}

pub(crate) fn reverse(tx: &Transaction, id: CashbackRunId, at: Timestamp, why: &str) -> Result<()> {
    tx.prepare_cached("UPDATE cashback_runs SET reversed_at = :at, reversed_why = :why WHERE id = :id")?
        .execute(named_params! { ":at": at.millis(), ":why": why, ":id": id.0 })?;
    tx.prepare_cached("UPDATE cashback_years SET is_reversed = 1 WHERE run_id = :id")?
        .execute(named_params! { ":id": id.0 })?;
    Ok(())
}

const RUN: &str = "SELECT cashback_runs.*, staff.name AS staff
                   FROM cashback_runs
                   JOIN staff ON staff.id = cashback_runs.staff_id";

fn read_run(row: &Row) -> rusqlite::Result<CashbackRunView> {
    let rules: String = row.get("rules")?;
    let rules = serde_json::from_str(&rules)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(CashbackRunView {
        id: CashbackRunId(row.get("id")?),
        year: row.get("year")?,
        rules,
        lowest_tier: row.get("lowest_tier")?,
        pays_as: store::word(row, "pays_as")?,
        approved_at: store::instant(row, "approved_at")?,
        staff: row.get("staff")?,
        people: row.get("people")?,
        paid_minor: store::money(row, "paid_minor")?,
        reversed_at: row.get::<_, Option<i64>>("reversed_at")?.map(Timestamp::from_millis),
        reversed_why: row.get("reversed_why")?,
    })
}

pub(crate) fn runs(connection: &Connection) -> Result<Vec<CashbackRunView>> {
    let mut statement = connection.prepare_cached(&format!("{RUN} ORDER BY cashback_runs.id DESC"))?;
    let rows = statement.query_map([], read_run)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn run(connection: &Connection, id: CashbackRunId) -> Result<CashbackRunView> {
    let sql = format!("{RUN} WHERE cashback_runs.id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read_run).optional()?;
    found.ok_or_else(|| ApiError::not_found("cashback_run"))
}

/// The rules of every run, to compute its years again.
pub(crate) fn rules(connection: &Connection) -> Result<BTreeMap<i64, CashbackRules>> {
    Ok(runs(connection)?.into_iter().map(|run| (run.id.0, run.rules)).collect())
}

/// Vouchers of a run: id and whether it was used.
pub(crate) fn vouchers(connection: &Connection, id: CashbackRunId) -> Result<Vec<(CouponId, bool)>> {
    let mut statement = connection.prepare_cached(
        "SELECT coupons.id, coupons.used_sale_id IS NOT NULL AS is_used
         FROM cashback_years
         JOIN coupons ON coupons.id = cashback_years.coupon_id
         WHERE cashback_years.run_id = :id AND coupons.voided_at IS NULL
         ORDER BY coupons.id",
    )?;
    let rows = statement
        .query_map(named_params! { ":id": id.0 }, |row| Ok((CouponId(row.get("id")?), row.get("is_used")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a customer was paid for years, oldest first; a run that was taken back paid nothing.
pub(crate) fn paid_to(connection: &Connection, zone: Tz, id: CustomerId) -> Result<Vec<PaidCashback>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT cashback_runs.approved_at, cashback_years.year, cashback_runs.pays_as, cashback_years.paid_minor,
                coupons.code
         FROM cashback_years
         JOIN cashback_runs ON cashback_runs.id = cashback_years.run_id
         LEFT JOIN coupons ON coupons.id = cashback_years.coupon_id
         WHERE cashback_years.customer_id IN {GROUP} AND cashback_years.is_reversed = 0 AND cashback_years.paid_minor > 0
         ORDER BY cashback_runs.approved_at, cashback_years.id"
    ))?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        Ok(PaidCashback {
            on: store::instant(row, "approved_at")?.day_in(zone),
            year: row.get("year")?,
            pays_as: store::word(row, "pays_as")?,
            paid_minor: store::money(row, "paid_minor")?,
            code: row.get::<_, Option<String>>("code")?.map(|code| shown_code(&code)),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whom a run paid, from a row on; without a limit all of them.
pub(crate) fn paid(
    connection: &Connection,
    id: CashbackRunId,
    offset: i64,
    limit: Option<i64>,
) -> Result<Vec<CashbackRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT cashback_years.customer_id, customers.name, customers.member_no, cashback_years.tier,
                cashback_years.net_minor, cashback_years.granted_minor, cashback_years.carried_minor,
                cashback_years.paid_minor, coupons.code
         FROM cashback_years
         JOIN customers ON customers.id = cashback_years.customer_id
         LEFT JOIN coupons ON coupons.id = cashback_years.coupon_id
         WHERE cashback_years.run_id = :id AND cashback_years.paid_minor > 0
         ORDER BY customers.member_no, cashback_years.id
         LIMIT :limit OFFSET :offset",
    )?;
    let values = named_params! { ":id": id.0, ":limit": limit.unwrap_or(-1), ":offset": offset };
    let rows = statement.query_map(values, |row| {
        Ok(CashbackRow {
            customer_id: CustomerId(row.get("customer_id")?),
            name: row.get("name")?,
            member_no: row.get("member_no")?,
            tier: row.get("tier")?,
            net_minor: store::money(row, "net_minor")?,
            granted_minor: store::money(row, "granted_minor")?,
            carried_minor: store::money(row, "carried_minor")?,
            paid_minor: store::money(row, "paid_minor")?,
            code: row.get::<_, Option<String>>("code")?.map(|code| shown_code(&code)),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
