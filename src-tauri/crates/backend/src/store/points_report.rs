//! The ledger read for statements, lists and the liability.

use super::points::GROUP;
use crate::api::points::{PointsEnd, PointsMonth, PointsNotice, PointsRow};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::points::Points;
use std::collections::BTreeMap;

/// How many days on which points end are shown.
const SHOWN_ENDS: usize = 36;

/// The rows of a customer in the order in which they were written, with what sales earned as they were sold; balances are
/// left to the reader.
pub(crate) fn ledger(connection: &Connection, id: CustomerId) -> Result<Vec<PointsRow>> {
    let sql = format!(
        "SELECT points_events.on_day, points_events.at, 'earn' AS kind, sales.points_booked AS points,
                sales.sale_no, NULL AS gift, points_events.reason, staff.name AS staff_name,
                points_events.id AS event_id, 0 AS row_id
         FROM points_events
         JOIN sales ON sales.id = points_events.sale_id
         JOIN staff ON staff.id = points_events.staff_id
         WHERE points_events.customer_id IN {GROUP} AND points_events.kind = 'sale' AND sales.points_booked IS NOT NULL
         UNION ALL
         SELECT points_ledger.on_day, points_ledger.at,
                CASE WHEN points_events.kind = 'opening' AND points_ledger.kind = 'earn' THEN 'opening'
                     ELSE points_ledger.kind END, points_ledger.points,
                sales.sale_no, gifts.name, points_events.reason, staff.name, points_ledger.event_id, points_ledger.id
         FROM points_ledger
         JOIN staff ON staff.id = points_ledger.staff_id
         LEFT JOIN points_events ON points_events.id = points_ledger.event_id
         LEFT JOIN refunds ON refunds.id = points_events.refund_id
         LEFT JOIN sales ON sales.id = coalesce(points_events.sale_id, refunds.sale_id)
         LEFT JOIN gifts ON gifts.id = points_events.gift_id
         WHERE points_ledger.customer_id IN {GROUP}
         ORDER BY at, event_id, row_id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        Ok(PointsRow {
            on: store::day(row, "on_day")?,
            at: Some(store::instant(row, "at")?),
            kind: row.get("kind")?,
            points: Points(row.get("points")?),
            balance: Points::ZERO,
            sale_no: row.get("sale_no")?,
            gift: row.get("gift")?,
            reason: row.get("reason")?,
            staff: Some(row.get("staff_name")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Points of everybody that have not ended.
pub(crate) struct Outstanding {
    pub points: Points,
    /// How many people have some.
    pub people: i64,
    /// When they end, what never ends last.
    pub ends: Vec<PointsEnd>,
}

/// The points of everybody, in one walk along the index of events by customer.
pub(crate) fn outstanding(connection: &Connection, today: NaiveDate) -> Result<Outstanding> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id, lot_until AS expires_on, lot_remaining AS remaining
         FROM points_events INDEXED BY points_events_by_customer
         WHERE lot_remaining > 0 AND (lot_until IS NULL OR lot_until >= :today)
         UNION ALL
         SELECT customer_id, expires_on, remaining
         FROM points_lots INDEXED BY points_lots_by_customer
         WHERE remaining > 0 AND (expires_on IS NULL OR expires_on >= :today)
         ORDER BY customer_id",
    )?;
    let mut rows = statement.query(named_params! { ":today": today.to_string() })?;
    let (mut points, mut people, mut last) = (Points::ZERO, 0, None);
    let (mut by_day, mut never) = (BTreeMap::<String, Points>::new(), None::<Points>);
    while let Some(row) = rows.next()? {
        let (customer, remaining): (i64, Points) = (row.get("customer_id")?, Points(row.get("remaining")?));
        points += remaining;
        people += i64::from(last.replace(customer) != Some(customer));
        let day = row.get_ref("expires_on")?.as_str_or_null().map_err(ApiError::internal)?;
        match day.map(|day| (day, by_day.get_mut(day))) {
            None => never = Some(never.unwrap_or(Points::ZERO) + remaining),
            Some((_, Some(sum))) => *sum += remaining,
            Some((day, None)) => {
                by_day.insert(day.to_owned(), remaining);
            }
        }
    }
    let mut ends = vec![];
    for (day, points) in by_day.into_iter().take(SHOWN_ENDS) {
        ends.push(PointsEnd { on: Some(day.parse().map_err(ApiError::internal)?), points });
    }
    ends.extend(never.filter(|_| ends.len() < SHOWN_ENDS).map(|points| PointsEnd { on: None, points }));
    Ok(Outstanding { points, people, ends })
}

/// What all customers owe.
pub(crate) fn all_debt(connection: &Connection) -> Result<Points> {
    Ok(connection.query_row("SELECT coalesce(sum(points), 0) AS points FROM points_debts", [], |row| {
        Ok(Points(row.get("points")?))
    })?)
}

/// What came and went by month. A refund takes from what was earned, a return from what was spent.
pub(crate) fn months(connection: &Connection, first: NaiveDate) -> Result<Vec<PointsMonth>> {
    let mut statement = connection.prepare_cached(
        "SELECT substr(on_day, 1, 7) || '-01' AS month,
                coalesce(sum(points) FILTER (WHERE kind IN ('earn', 'refund', 'adjust')), 0) AS earned,
                coalesce(-sum(points) FILTER (WHERE kind IN ('redeem', 'return')), 0) AS redeemed,
                coalesce(-sum(points) FILTER (WHERE kind = 'expire'), 0) AS expired
         FROM (SELECT on_day, kind, points FROM points_ledger WHERE on_day >= :first
               UNION ALL
               SELECT sold_on, 'earn', points_booked
               FROM sales INDEXED BY sales_by_day
               WHERE sold_on >= :first AND points_booked IS NOT NULL)
         GROUP BY month
         ORDER BY month",
    )?;
    let rows = statement.query_map(named_params! { ":first": first.to_string() }, |row| {
        Ok(PointsMonth {
            month: store::day(row, "month")?,
            earned: Points(row.get("earned")?),
            redeemed: Points(row.get("redeemed")?),
            expired: Points(row.get("expired")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Lots that end on some days: whose, when, how much. The figures say whose lots are worth looking at.
const ENDING: &str = "WITH people (person, record) AS (
           SELECT customer_id, customer_id FROM customer_figures WHERE points_end_on <= :soon
           UNION ALL
           SELECT figures.customer_id, customers.id
           FROM customer_figures AS figures
           JOIN customers ON customers.merged_into = figures.customer_id
           WHERE figures.points_end_on <= :soon
         ), ending (customer_id, expires_on, remaining) AS (
           SELECT person, lot_until, lot_remaining
           FROM people
           CROSS JOIN points_events ON points_events.customer_id = record
           WHERE lot_remaining > 0 AND lot_until >= :today AND lot_until <= :soon
           UNION ALL
           SELECT person, expires_on, remaining
           FROM people
           CROSS JOIN points_lots ON points_lots.customer_id = record
           WHERE remaining > 0 AND expires_on >= :today AND expires_on <= :soon
         )";

/// How many people lose points by a day, and how many points.
pub(crate) fn ending_sums(connection: &Connection, today: NaiveDate, soon: NaiveDate) -> Result<(i64, Points)> {
    Ok(connection.query_row(
        &format!(
            "{ENDING}
             SELECT count(DISTINCT customer_id) AS people, coalesce(sum(remaining), 0) AS points FROM ending"
        ),
        named_params! { ":today": today.to_string(), ":soon": soon.to_string() },
        |row| Ok((row.get("people")?, Points(row.get("points")?))),
    )?)
}

/// Who loses points by a day, the first to lose first.
pub(crate) fn ending(
    connection: &Connection,
    today: NaiveDate,
    soon: NaiveDate,
    limit: i64,
) -> Result<Vec<PointsNotice>> {
    let mut statement = connection.prepare_cached(&format!(
        "{ENDING}
         SELECT ending.customer_id, customers.name, sum(ending.remaining) AS points, min(ending.expires_on) AS on_day
         FROM ending
         JOIN customers ON customers.id = ending.customer_id
         GROUP BY ending.customer_id
         ORDER BY on_day, points DESC, ending.customer_id
         LIMIT :limit"
    ))?;
    let rows = statement.query_map(
        named_params! { ":today": today.to_string(), ":soon": soon.to_string(), ":limit": limit },
        |row| {
            Ok(PointsNotice {
                customer_id: CustomerId(row.get("customer_id")?),
                name: row.get("name")?,
                points: Points(row.get("points")?),
                on: store::day(row, "on_day")?,
                do_not_disturb: None,
            })
        },
    )?;
    let mut notices: Vec<PointsNotice> = rows.collect::<rusqlite::Result<_>>()?;
    for notice in &mut notices {
        notice.do_not_disturb = store::complaints::sparing::because_of(connection, notice.customer_id)?;
    }
    Ok(notices)
}
