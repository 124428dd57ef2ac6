//! Records of one person that were merged: which belong together, and what a merge wrote down for its undo.
//!
//! The form for a query by customer is `customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)`.
//! Only a customer who stays has a row in `customer_figures`, so a list that joins it shows nobody twice.

pub(crate) mod alike;
pub(crate) mod carried;
pub(crate) mod deed;

use super::changes::Group;
use super::few::{Few, may_have};
use super::remembered::{Rows, remembered_while};
use super::whose::Whose;
use crate::error::Result;
use crate::store;
use crate::store::sales::HistoryRow;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::facts::OpeningBalance;
use std::collections::BTreeMap;

/// From each record that was merged away to the customer who stays; of one person, those merged into him.
pub(crate) fn links(connection: &Connection, whose: Whose) -> Result<BTreeMap<CustomerId, CustomerId>> {
    if let Whose::One(customer) = whose
        && !may_have(connection, Few::Merged, customer)?
    {
        return Ok(BTreeMap::new());
    }
    let one = match whose {
        Whose::Everyone => None,
        Whose::One(customer) => Some(customer.0),
    };
    let sql = match whose {
        Whose::Everyone => {
            "SELECT id, merged_into FROM customers WHERE merged_into IS NOT NULL AND :one IS NULL ORDER BY id"
        }
        Whose::One(_) => "SELECT id, merged_into FROM customers WHERE merged_into = :one ORDER BY id",
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":one": one }, |row| {
        Ok((CustomerId(row.get("id")?), CustomerId(row.get("merged_into")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One record of a person, with what was bought before the book began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record {
    pub id: CustomerId,
    pub opening: Option<OpeningBalance>,
}

/// All records of a person, the own one too.
pub(crate) fn records_of(connection: &Connection, id: CustomerId) -> Result<Vec<Record>> {
    let Known(known) = remembered_while(Group::Few, || Ok(Known::default()))?;
    known.get(id.0, || read_records(connection, id))
}

/// The records of whoever was asked for; each part of a sale asks.
#[derive(Clone, Default)]
struct Known(Rows<Vec<Record>>);

fn read_records(connection: &Connection, id: CustomerId) -> Result<Vec<Record>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, joined_on, opening_spend_minor, opening_visits, opening_on
         FROM customers
         WHERE id = :id OR merged_into = :id
         ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        let (spend, visits) = (store::money(row, "opening_spend_minor")?, store::get(row, "opening_visits")?);
        let opening = if spend > Money::ZERO || visits > 0 {
            let on = match store::day_or_none(row, "opening_on")? {
                Some(on) => on,
                None => store::day(row, "joined_on")?,
            };
            Some(OpeningBalance { on, spend, visits })
        } else {
            None
        };
        Ok(Record { id: CustomerId(store::get(row, "id")?), opening })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The sales that were written for one record, whoever it belongs to.
pub(crate) fn history_of_record(connection: &Connection, id: CustomerId) -> Result<Vec<HistoryRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, sold_on, net_minor, refunded_minor
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id = :id
         ORDER BY sold_on",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(HistoryRow {
            id: SaleId(store::get(row, "id")?),
            sold_on: store::day(row, "sold_on")?,
            net: store::money(row, "net_minor")?,
            refunded: store::money(row, "refunded_minor")?,
        })
    })?;
    let mut history: Vec<HistoryRow> = rows.collect::<rusqlite::Result<_>>()?;
    // The index has them by day; those of one day are put into their order here, which needs no sorting of all.
    history.sort_by_key(|row| (row.sold_on, row.id));
    Ok(history)
}

/// Opening balances of merged people, as one balance each. Sales of one record before the opening day of another are
/// no part of that balance, so they are added to it: the lifetime counts every sale once.
pub(crate) fn openings(connection: &Connection, whose: Whose) -> Result<BTreeMap<CustomerId, Option<OpeningBalance>>> {
    let mut found = BTreeMap::new();
    for person in links(connection, whose)?.into_values() {
        if found.contains_key(&person) {
            continue;
        }
        let records = records_of(connection, person)?;
        let opened_on = records.iter().filter_map(|record| record.opening.map(|opening| opening.on)).max();
        let Some(on) = opened_on else { continue };
        found.insert(person, Some(one_balance(connection, &records, on)?));
    }
    Ok(found)
}

fn one_balance(connection: &Connection, records: &[Record], on: NaiveDate) -> Result<OpeningBalance> {
    let mut one = OpeningBalance { on, spend: Money::ZERO, visits: 0 };
    for record in records {
        let own = record.opening;
        one.spend = one.spend.checked_add(own.map_or(Money::ZERO, |own| own.spend)).unwrap_or(one.spend);
        one.visits = one.visits.saturating_add(own.map_or(0, |own| own.visits));
        for sale in history_of_record(connection, record.id)? {
            if sale.sold_on >= on || own.is_some_and(|own| sale.sold_on < own.on) {
                continue;
            }
            let net = sale.net.checked_sub(sale.refunded).unwrap_or(Money::ZERO);
            one.spend = one.spend.checked_add(net).unwrap_or(one.spend);
            one.visits = one.visits.saturating_add(u32::from(net > Money::ZERO));
        }
    }
    Ok(one)
}

/// What was spent before the book began, by all records of a person.
pub(crate) fn opening_spend(connection: &Connection, id: CustomerId) -> Result<Money> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(opening_spend_minor), 0) AS spend FROM customers WHERE id = :id OR merged_into = :id",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| store::money(row, "spend"))?)
}

/// Points that were carried over from before the book began, by all records of a person.
pub(crate) fn opening_points(connection: &Connection, id: CustomerId) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(opening_points), 0) AS points FROM customers WHERE id = :id OR merged_into = :id",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("points"))?)
}

/// Name and number of a record that was merged away: both still find the customer.
pub(crate) struct MergedName {
    pub name: String,
    pub member_no: String,
}

/// What the records that were merged into a customer were called.
pub(crate) fn names_of_merged(connection: &Connection, id: CustomerId) -> Result<Vec<MergedName>> {
    let mut statement =
        connection.prepare_cached("SELECT name, member_no FROM customers WHERE merged_into = :id ORDER BY id")?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(MergedName { name: row.get("name")?, member_no: row.get("member_no")? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
