//! Points for whoever brought a customer: moves by hand that name the sale because of which they were made.

use super::GROUP;
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::points::Points;
use shukebu_domain::referral::Given;

/// Whether somebody bought anything before a sale, here or before the book, that was not given back.
pub(crate) fn bought_before(connection: &Connection, id: CustomerId, sale: SaleId) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1
                        FROM sales
                        WHERE customer_id IN {GROUP} AND id <> :sale AND net_minor > refunded_minor)
             OR EXISTS (SELECT 1
                        FROM customers
                        WHERE id IN {GROUP} AND (opening_visits > 0 OR opening_spend_minor > 0)) AS has"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(named_params! { ":customer": id.0, ":sale": sale.0 }, |row| row.get("has"))?)
}

/// Whether anybody was ever given points because of a sale.
pub(crate) fn has_given(connection: &Connection, sale: SaleId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1
                        FROM points_events INDEXED BY points_events_of_referrals
                        WHERE sale_id = :sale AND kind = 'adjust') AS has",
    )?;
    Ok(statement.query_row(named_params! { ":sale": sale.0 }, |row| row.get("has"))?)
}

/// What the purchases of a customer gave to whoever brought them, in the order of the purchases, and to whom.
pub(crate) fn of_referred(connection: &Connection, id: CustomerId) -> Result<Vec<(CustomerId, Given)>> {
    let sql = format!(
        "SELECT sales.id AS sale_id, coalesce(referrers.merged_into, referrers.id) AS referrer,
                max(points_events.points) AS points, sum(points_events.points) AS standing,
                sales.net_minor > sales.refunded_minor AS is_left
         FROM sales
         JOIN points_events INDEXED BY points_events_of_referrals ON points_events.sale_id = sales.id
         JOIN customers AS referrers ON referrers.id = points_events.customer_id
         WHERE sales.customer_id IN {GROUP} AND points_events.kind = 'adjust' AND points_events.sale_id IS NOT NULL
         GROUP BY sales.id, points_events.customer_id
         ORDER BY sales.sold_on, sales.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, |row| {
        let referrer = CustomerId(row.get("referrer")?);
        let is_left: bool = row.get("is_left")?;
        let given = Given {
            sale: SaleId(row.get("sale_id")?),
            points: Points(row.get("points")?),
            standing: Points(row.get("standing")?),
            stays: is_left && referrer != id,
        };
        Ok((referrer, given))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The number of a sale, for the reason.
pub(crate) fn sale_no(connection: &Connection, sale: SaleId) -> Result<String> {
    Ok(store::sales::get(connection, sale)?.row.sale_no)
}
