//! Who is a member, who comes often without being one, and who is left out of what is told for sales.

use super::points::GROUP;
use crate::api::members::LeftOutWhy;
use crate::api::privacy::Purpose;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What a customer said last about the membership, and on which day.
pub(crate) fn said(connection: &Connection, id: CustomerId) -> Result<Option<(bool, NaiveDate)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT is_given, given_on
         FROM consents
         WHERE purpose = 'service' AND customer_id IN {GROUP}
         ORDER BY id DESC
         LIMIT 1"
    ))?;
    let found = statement
        .query_row(named_params! { ":customer": id.0 }, |row| Ok((row.get("is_given")?, store::day(row, "given_on")?)));
    Ok(found.optional()?)
}

/// Whether a customer takes part without having been asked: a higher tier, points that were brought along or spent.
pub(crate) fn takes_part(connection: &Connection, id: CustomerId) -> Result<bool> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT EXISTS (SELECT 1 FROM customer_figures WHERE customer_id IN {GROUP} AND tier_rank > 0)
             OR EXISTS (SELECT 1 FROM customers WHERE id IN {GROUP} AND opening_points > 0)
             OR EXISTS (SELECT 1 FROM points_ledger WHERE customer_id IN {GROUP} AND kind = 'redeem')"
    ))?;
    Ok(statement.query_row(named_params! { ":customer": id.0 }, |row| row.get(0))?)
}

/// The purchases of a customer after a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visits {
    /// Business days with a purchase of which something is left.
    pub days: i64,
    pub net: Money,
    pub last_on: NaiveDate,
}

/// What a customer bought after a day; nothing where nothing is left of it.
pub(crate) fn visits(connection: &Connection, id: CustomerId, after: NaiveDate) -> Result<Option<Visits>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT count(DISTINCT sold_on) AS days, sum(net_minor - refunded_minor) AS net, max(sold_on) AS last_on
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN {GROUP} AND sold_on > :after AND net_minor > refunded_minor
         HAVING count(*) > 0"
    ))?;
    let found = statement.query_row(named_params! { ":customer": id.0, ":after": after.to_string() }, |row| {
        Ok(Visits { days: row.get("days")?, net: store::money(row, "net")?, last_on: store::day(row, "last_on")? })
    });
    Ok(found.optional()?)
}

/// Customers of these ids on the lowest tier who have bought so often that they may be meant, and lately enough.
pub(crate) fn candidates(
    connection: &Connection,
    orders: i64,
    after: NaiveDate,
    ids: &RangeInclusive<i64>,
) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT figures.customer_id
         FROM customer_figures AS figures
         JOIN customers ON customers.id = figures.customer_id
         WHERE figures.customer_id BETWEEN :from AND :to AND figures.tier_rank = 0 AND figures.orders >= :orders
           AND figures.last_on > :after AND customers.merged_into IS NULL
         ORDER BY figures.customer_id",
    )?;
    let values = named_params! {
        ":from": ids.start(), ":to": ids.end(), ":orders": orders, ":after": after.to_string(),
    };
    let rows = statement.query_map(values, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody who is told nothing for sales, with the weightiest reason: an open complaint, then the wish to be left alone,
/// then a consent that was refused or taken back.
pub(crate) fn left_out(connection: &Connection) -> Result<BTreeMap<CustomerId, LeftOutWhy>> {
    let mut found = BTreeMap::new();
    for (person, _) in store::privacy::answered(connection, Purpose::Marketing, false)? {
        found.insert(person, LeftOutWhy::ConsentWithdrawn);
    }
    let mut alone = connection.prepare_cached(
        "SELECT DISTINCT coalesce(customers.merged_into, customers.id) AS person
         FROM customer_details
         JOIN customers ON customers.id = customer_details.customer_id
         WHERE customer_details.is_do_not_contact = 1",
    )?;
    for person in alone.query_map([], |row| row.get("person"))? {
        found.insert(CustomerId(person?), LeftOutWhy::DoNotContact);
    }
    found.extend(store::complaints::sparing::all(connection)?.into_iter().map(|id| (id, LeftOutWhy::OpenComplaint)));
    Ok(found)
}
