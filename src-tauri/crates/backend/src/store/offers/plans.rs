//! Plans by which coupons are issued, their runs, and what each person was given.

use crate::api::customers::BirthdayInput;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, named_params};
use shukebu_domain::coupon_plan::CouponPlan;
use shukebu_domain::ids::{CouponBatchId, CouponId, CouponPlanId, CustomerId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A plan as it stands.
#[derive(Clone)]
pub(crate) struct StoredPlan {
    pub id: CouponPlanId,
    pub first: CouponPlanId,
    pub name: String,
    pub plan: CouponPlan,
    pub started_on: NaiveDate,
    pub is_ended: bool,
}

const PLAN: &str =
    "SELECT id, coalesce(first_id, id) AS first_id, name, definition, started_on, ended_at FROM coupon_plans";

fn read(row: &Row) -> rusqlite::Result<StoredPlan> {
    let definition: String = row.get("definition")?;
    let plan = serde_json::from_str(&definition)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(StoredPlan {
        id: CouponPlanId(row.get("id")?),
        first: CouponPlanId(row.get("first_id")?),
        name: row.get("name")?,
        plan,
        started_on: store::day(row, "started_on")?,
        is_ended: row.get::<_, Option<i64>>("ended_at")?.is_some(),
    })
}

/// Plans that nobody ended, the oldest first.
pub(crate) fn open(connection: &Connection) -> Result<Vec<StoredPlan>> {
    let sql = format!("{PLAN} INDEXED BY coupon_plans_open WHERE ended_at IS NULL ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest version of every plan, those that run first.
pub(crate) fn newest(connection: &Connection, limit: i64) -> Result<Vec<StoredPlan>> {
    let sql = format!(
        "{PLAN}
         WHERE id IN (SELECT max(id) FROM coupon_plans GROUP BY coalesce(first_id, id))
         ORDER BY ended_at IS NOT NULL, id DESC
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest version of the plan that a version belongs to.
pub(crate) fn newest_of(connection: &Connection, id: CouponPlanId) -> Result<Option<StoredPlan>> {
    let sql = format!(
        "{PLAN}
         WHERE coalesce(first_id, id) = (SELECT coalesce(first_id, id) FROM coupon_plans WHERE id = :id)
         ORDER BY id DESC
         LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?)
}

/// A plan that was not ended.
pub(crate) fn get_open(connection: &Connection, id: CouponPlanId) -> Result<StoredPlan> {
    let sql = format!("{PLAN} WHERE id = :id AND ended_at IS NULL");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("coupon_plan"))
}

/// Ends a plan.
pub(crate) fn end(tx: &Transaction, id: CouponPlanId, staff: StaffId, at: Timestamp) -> Result<()> {
    let ended = tx
        .prepare_cached(
            "UPDATE coupon_plans SET ended_at = :at, ended_by = :staff WHERE id = :id AND ended_at IS NULL",
        )?
        .execute(named_params! { ":at": at.millis(), ":staff": staff.0, ":id": id.0 })?;
    if ended == 1 { Ok(()) } else { Err(ApiError::not_found("coupon_plan")) }
}

pub(crate) struct PlanToStore<'a> {
    /// The first version and its first day; none for a new plan.
    pub replaces: Option<&'a StoredPlan>,
    pub name: &'a str,
    pub plan: &'a CouponPlan,
    pub today: NaiveDate,
    pub staff: StaffId,
    pub at: Timestamp,
}

/// Adds a plan, or another version of one.
pub(crate) fn insert(tx: &Transaction, plan: &PlanToStore) -> Result<CouponPlanId> {
    let started_on = plan.replaces.map_or(plan.today, |before| before.started_on);
    tx.prepare_cached(
        "INSERT INTO coupon_plans (first_id, name, definition, started_on, created_at, staff_id)
         VALUES (:first, :name, :definition, :started_on, :at, :staff)",
    )?
    .execute(named_params! {
        ":first": plan.replaces.map(|before| before.first.0), ":name": plan.name,
        ":definition": serde_json::to_string(plan.plan)?, ":started_on": started_on.to_string(),
        ":at": plan.at.millis(), ":staff": plan.staff.0,
    })?;
    Ok(CouponPlanId(tx.last_insert_rowid()))
}

/// Somebody who may be due.
pub(crate) struct Candidate {
    pub customer: CustomerId,
    pub tier_rank: u32,
    pub class_key: Option<String>,
    /// An open complaint keeps the customer out of what sells.
    pub is_spared: bool,
    pub birthday: Option<BirthdayInput>,
    pub last_on: Option<NaiveDate>,
}

/// Who may be due among customers of these ids: everybody, whoever has a birthday, is new since a day, rose since a day, or
/// bought last on one of some days.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    Everybody,
    WithBirthday,
    NewSince(NaiveDate),
    RisenSince(NaiveDate),
    LastBetween(NaiveDate, NaiveDate),
}

/// Candidates among customers of these ids, by id; records that were merged stand under the one who stays.
pub(crate) fn candidates(connection: &Connection, which: Which, ids: &RangeInclusive<i64>) -> Result<Vec<Candidate>> {
    let (clause, days) = match which {
        Which::Everybody => ("1 = 1", [None, None]),
        Which::WithBirthday => ("customers.birth_month IS NOT NULL", [None, None]),
        // Whoever came in a file, or brought a balance along, was a customer before.
        Which::NewSince(day) => (
            "customers.joined_on >= :first AND customers.import_id IS NULL AND customers.opening_on IS NULL",
            [Some(day), None],
        ),
        Which::RisenSince(day) => (
            "EXISTS (SELECT 1
                     FROM tier_changes
                     WHERE tier_changes.customer_id = customers.id AND tier_changes.on_day >= :first
                       AND tier_changes.to_rank = figures.tier_rank
                       AND tier_changes.to_rank > coalesce(tier_changes.from_rank, 0))",
            [Some(day), None],
        ),
        Which::LastBetween(first, last) => ("figures.last_on BETWEEN :first AND :last", [Some(first), Some(last)]),
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT figures.customer_id, figures.tier_rank, figures.class_key, figures.last_on,
                customers.birthday_calendar, customers.birth_year, customers.birth_month, customers.birth_day,
                customers.birth_is_leap,
                figures.open_complaints > 0
                AND EXISTS (SELECT 1
                            FROM complaints INDEXED BY complaints_sparing
                            WHERE complaints.customer_id IN (SELECT id
                                                             FROM customers AS records
                                                             WHERE records.id = figures.customer_id
                                                                OR records.merged_into = figures.customer_id)
                              AND complaints.spares_customer = 1) AS is_spared
         FROM customer_figures AS figures
         JOIN customers ON customers.id = figures.customer_id
         WHERE figures.customer_id BETWEEN :from AND :to AND customers.merged_into IS NULL AND {clause}
         ORDER BY figures.customer_id"
    ))?;
    let [first, last] = days.map(|day| day.map(|day| day.to_string()));
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":from", ids.start()), (":to", ids.end())];
    values.extend(first.iter().map(|day| (":first", day as &dyn ToSql)));
    values.extend(last.iter().map(|day| (":last", day as &dyn ToSql)));
    let rows = statement.query_map(values.as_slice(), |row| {
        Ok(Candidate {
            customer: CustomerId(row.get("customer_id")?),
            tier_rank: row.get("tier_rank")?,
            class_key: row.get("class_key")?,
            is_spared: row.get("is_spared")?,
            birthday: store::customers::birthday(row)?,
            last_on: store::day_or_none(row, "last_on")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a person, by whichever record, was given this period of a plan.
pub(crate) fn was_given(
    connection: &Connection,
    plan: CouponPlanId,
    customer: CustomerId,
    period: &str,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1
                        FROM coupon_plan_grants
                        WHERE plan_id = :plan AND period = :period
                          AND customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer))",
    )?;
    let values = named_params! { ":plan": plan.0, ":customer": customer.0, ":period": period };
    Ok(statement.query_row(values, |row| row.get(0))?)
}

/// Notes what a person was given.
pub(crate) fn insert_grant(
    tx: &Transaction,
    plan: CouponPlanId,
    customer: CustomerId,
    period: &str,
    coupon: CouponId,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO coupon_plan_grants (plan_id, customer_id, period, coupon_id)
         VALUES (:plan, :customer, :period, :coupon)",
    )?
    .execute(named_params! { ":plan": plan.0, ":customer": customer.0, ":period": period, ":coupon": coupon.0 })?;
    Ok(())
}

pub(crate) struct RunToStore {
    pub plan: CouponPlanId,
    pub due_on: Option<NaiveDate>,
    pub on: NaiveDate,
    pub at: Timestamp,
    pub batch: Option<CouponBatchId>,
    pub issued: usize,
    pub left_out: usize,
}

/// Notes a run.
pub(crate) fn insert_run(tx: &Transaction, run: &RunToStore) -> Result<()> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "INSERT INTO coupon_plan_runs (plan_id, due_on, on_day, at, batch_id, issued, left_out)
         VALUES (:plan, :due_on, :on, :at, :batch, :issued, :left_out)",
    )?
    .execute(named_params! {
        ":plan": run.plan.0, ":due_on": run.due_on.map(|day| day.to_string()), ":on": run.on.to_string(),
        ":at": run.at.millis(), ":batch": run.batch.map(|id| id.0), ":issued": number(run.issued),
        ":left_out": number(run.left_out),
    })?;
    Ok(())
}

/// Whether a regular plan has run for a day.
pub(crate) fn has_run(connection: &Connection, plan: CouponPlanId, due_on: NaiveDate) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM coupon_plan_runs WHERE plan_id = :plan AND due_on = :due_on)")?;
    Ok(statement.query_row(named_params! { ":plan": plan.0, ":due_on": due_on.to_string() }, |row| row.get(0))?)
}

/// Coupons that a plan issued from a day on.
pub(crate) fn issued_since(connection: &Connection, plan: CouponPlanId, first: NaiveDate) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(issued), 0) FROM coupon_plan_runs WHERE plan_id = :plan AND on_day >= :first",
    )?;
    Ok(statement.query_row(named_params! { ":plan": plan.0, ":first": first.to_string() }, |row| row.get(0))?)
}

/// The newest step up and the newest customer: where the next look goes on.
pub(crate) fn newest_occasions(connection: &Connection) -> Result<(i64, i64)> {
    let sql = "SELECT coalesce((SELECT max(id) FROM customers), 0), coalesce((SELECT max(id) FROM tier_changes), 0)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Customers who rose after a step, each once.
pub(crate) fn risen_after(connection: &Connection, change: i64) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT coalesce(customers.merged_into, customers.id)
         FROM tier_changes
         JOIN customers ON customers.id = tier_changes.customer_id
         WHERE tier_changes.id > :change AND tier_changes.to_rank > coalesce(tier_changes.from_rank, 0)",
    )?;
    let rows = statement.query_map(named_params! { ":change": change }, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What became of a plan's coupons.
#[derive(Default)]
pub(crate) struct PlanFigures {
    pub issued: i64,
    pub left_out: i64,
    pub last_on: Option<NaiveDate>,
    pub used: i64,
    pub took_off: Money,
}

/// What became of every plan's coupons, walked by what happened.
pub(crate) fn figures(connection: &Connection) -> Result<BTreeMap<CouponPlanId, PlanFigures>> {
    let mut all: BTreeMap<CouponPlanId, PlanFigures> = BTreeMap::new();
    let mut runs = connection.prepare_cached(
        "SELECT plan_id, sum(issued) AS issued, sum(left_out) AS left_out, max(on_day) FILTER (WHERE issued > 0) AS last_on
         FROM coupon_plan_runs
         GROUP BY plan_id",
    )?;
    let mut rows = runs.query([])?;
    while let Some(row) = rows.next()? {
        let figures = all.entry(CouponPlanId(row.get("plan_id")?)).or_default();
        figures.issued = row.get("issued")?;
        figures.left_out = row.get("left_out")?;
        figures.last_on = store::day_or_none(row, "last_on")?;
    }
    let mut uses = connection.prepare_cached(
        "SELECT coupon_plan_runs.plan_id,
                sum((coupon_entries.kind = 'used') - (coupon_entries.kind = 'returned')) AS used,
                sum(coupon_entries.amount_minor
                    * ((coupon_entries.kind = 'used') - (coupon_entries.kind = 'returned'))) AS took_off_minor
         FROM coupon_entries
         JOIN coupons ON coupons.id = coupon_entries.coupon_id
         JOIN coupon_plan_runs ON coupon_plan_runs.batch_id = coupons.batch_id
         GROUP BY coupon_plan_runs.plan_id",
    )?;
    let mut rows = uses.query([])?;
    while let Some(row) = rows.next()? {
        let figures = all.entry(CouponPlanId(row.get("plan_id")?)).or_default();
        figures.used = row.get("used")?;
        figures.took_off = store::money(row, "took_off_minor")?;
    }
    Ok(all)
}
