//! Who bought within some days of receiving a coupon.

use crate::api::offers::recall::RecallState;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, ToSql, named_params};
use shukebu_domain::coupon::shown_code;
use shukebu_domain::ids::{CouponBatchId, CouponId, CouponPlanId, CustomerId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Whose coupons.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Received {
    /// A batch, with when it was issued and on which day that was in the shop.
    Batch(CouponBatchId, Timestamp, NaiveDate),
    /// A plan, by its first version.
    Plan(CouponPlanId),
}

/// Within how many days, as of which day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days {
    pub within: u32,
    pub today: NaiveDate,
}

/// Coupons that somebody received and that were not taken back, each with the first order within the days. On the day
/// itself an order counts that was written after the coupon was.
const TOLD: &str = "judged AS (
  SELECT received.*, date(received.received_on, :within) AS ends_on,
         (SELECT sales.id
          FROM sales
          WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = received.person OR merged_into = received.person)
            AND sales.sold_on BETWEEN received.received_on AND date(received.received_on, :within)
            AND (sales.sold_on > received.received_on OR sales.recorded_at >= received.received_at)
            AND sales.net_minor > sales.refunded_minor
          ORDER BY sales.sold_on, sales.id
          LIMIT 1) AS sale_id
  FROM received
), told AS (
  SELECT judged.*, CASE WHEN sale_id IS NOT NULL THEN 'back' WHEN ends_on >= :today THEN 'open' ELSE 'lost' END AS state
  FROM judged
)";

fn with(received: Received) -> String {
    let columns = "coupons.id AS coupon_id, coupons.code, coupons.used_sale_id IS NOT NULL AS is_used,
                   coupon_batches.until_on, coalesce(customers.merged_into, customers.id) AS person";
    let joined = "JOIN coupon_batches ON coupon_batches.id = coupons.batch_id
                  JOIN customers ON customers.id = coupons.customer_id";
    let received = match received {
        Received::Batch(..) => format!(
            "SELECT {columns}, :day AS received_on, :at AS received_at
             FROM coupons {joined}
             WHERE coupons.batch_id = :of AND coupons.voided_at IS NULL"
        ),
        Received::Plan(_) => format!(
            "SELECT {columns}, coupon_plan_runs.on_day AS received_on, coupon_plan_runs.at AS received_at
             FROM coupon_plan_runs
             JOIN coupons ON coupons.batch_id = coupon_plan_runs.batch_id {joined}
             WHERE coupon_plan_runs.plan_id = :of AND coupons.voided_at IS NULL"
        ),
    };
    format!("WITH received AS ({received}), {TOLD}")
}

/// The values of the parameters that every question names.
struct Values {
    of: i64,
    issued: Option<(String, i64)>,
    within: String,
    today: String,
}

impl Values {
    fn new(received: Received, days: Days) -> Self {
        let (of, issued) = match received {
            Received::Batch(id, at, day) => (id.0, Some((day.to_string(), at.millis()))),
            Received::Plan(id) => (id.0, None),
        };
        Self { of, issued, within: format!("+{} days", days.within), today: days.today.to_string() }
    }

    fn named(&self) -> Vec<(&str, &dyn ToSql)> {
        let mut named: Vec<(&str, &dyn ToSql)> =
            vec![(":of", &self.of), (":within", &self.within), (":today", &self.today)];
        if let Some((day, at)) = &self.issued {
            named.extend([(":day", day as &dyn ToSql), (":at", at)]);
        }
        named
    }
}

/// How many came back, may still come, did not, and what the first orders came to.
pub(crate) fn figures(connection: &Connection, received: Received, days: Days) -> Result<(i64, i64, i64, Money)> {
    let mut statement = connection.prepare_cached(&format!(
        "{}
         SELECT count(*) FILTER (WHERE state = 'back') AS back, count(*) FILTER (WHERE state = 'open') AS open,
                count(*) FILTER (WHERE state = 'lost') AS lost,
                coalesce(sum(sales.net_minor - sales.refunded_minor), 0) AS net_minor
         FROM told
         LEFT JOIN sales ON sales.id = told.sale_id",
        with(received)
    ))?;
    let values = Values::new(received, days);
    Ok(statement.query_row(values.named().as_slice(), |row| {
        Ok((row.get("back")?, row.get("open")?, row.get("lost")?, store::money(row, "net_minor")?))
    })?)
}

/// Somebody who received a coupon.
pub(crate) struct Recalled {
    pub customer: CustomerId,
    pub coupon: CouponId,
    pub code: String,
    pub received_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub until_on: NaiveDate,
    pub state: RecallState,
    pub came: Option<(NaiveDate, Money)>,
    pub is_used: bool,
}

/// A page of them, the newest first.
pub(crate) fn page(
    connection: &Connection,
    received: Received,
    days: Days,
    state: Option<RecallState>,
    (offset, limit): (i64, i64),
) -> Result<Vec<Recalled>> {
    let mut statement = connection.prepare_cached(&format!(
        "{}
         SELECT told.*, sales.sold_on AS came_on, sales.net_minor - sales.refunded_minor AS net_minor
         FROM told
         LEFT JOIN sales ON sales.id = told.sale_id
         WHERE :state IS NULL OR told.state = :state
         ORDER BY told.received_on DESC, told.coupon_id DESC
         LIMIT :limit OFFSET :offset",
        with(received)
    ))?;
    let state = state.map(store::as_word).transpose()?;
    let values = Values::new(received, days);
    let mut named = values.named();
    named.extend([(":state", &state as &dyn ToSql), (":limit", &limit), (":offset", &offset)]);
    let rows = statement.query_map(named.as_slice(), |row| {
        let code: String = row.get("code")?;
        let came_on = store::day_or_none(row, "came_on")?;
        Ok(Recalled {
            customer: CustomerId(row.get("person")?),
            coupon: CouponId(row.get("coupon_id")?),
            code: shown_code(&code),
            received_on: store::day(row, "received_on")?,
            ends_on: store::day(row, "ends_on")?,
            until_on: store::day(row, "until_on")?,
            state: store::word(row, "state")?,
            came: came_on.map(|on| Ok::<_, rusqlite::Error>((on, store::money(row, "net_minor")?))).transpose()?,
            is_used: row.get("is_used")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Names of what came new into the shop since a day, the newest first.
pub(crate) fn new_products(connection: &Connection, since: Timestamp, limit: i64) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT name
         FROM products
         WHERE is_active = 1 AND created_at >= :since
         ORDER BY created_at DESC, id DESC
         LIMIT :limit",
    )?;
    let names =
        statement.query_map(named_params! { ":since": since.millis(), ":limit": limit }, |row| row.get("name"))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}
