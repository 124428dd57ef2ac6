//! What everybody paid in a year, ready in memory: while a rate is tried nothing is read from the file until it has
//! changed. The walk over the sales goes in pieces, so that the counter never waits for all of it.

use crate::app::App;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::offers::cashback::{self as rows, BuyerYear};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many customers' sales are walked at once: some hundredths of a second.
const PIECE: i64 = 5_000;
/// A walk that sales interrupt begins anew so often; after that it is taken as it is, the run itself counts again.
const TRIES: usize = 3;

/// By year, what each buyer paid.
pub(super) type Nets = BTreeMap<i32, Arc<Vec<BuyerYear>>>;

/// The years that were counted last, and after which operation.
pub(crate) type Kept = Option<(i64, Nets)>;

/// The year that is asked for and every approved one, whose debts it may settle.
pub(super) fn of(app: &App, year: i32) -> Result<Nets> {
    let mut nets = Nets::new();
    for _ in 0..TRIES {
        let (operation, years, last) = app.read(move |connection, _| {
            Ok((store::book::last_operation(connection)?, years(connection, year)?, rows::last_customer(connection)?))
        })?;
        let book = app.book()?;
        nets = match book.cashback_nets.lock() {
            Ok(kept) => kept.as_ref().filter(|(at, _)| *at == operation).map(|(_, nets)| nets.clone()),
            Err(_) => None,
        }
        .unwrap_or_default();
        for year in years {
            if let Entry::Vacant(place) = nets.entry(year) {
                place.insert(Arc::new(count(app, year, last)?));
            }
        }
        if app.read(|connection, _| store::book::last_operation(connection))? == operation {
            if let Ok(mut kept) = book.cashback_nets.lock() {
                *kept = Some((operation, nets.clone()));
            }
            break;
        }
    }
    Ok(nets)
}

/// The same, counted now and at once, inside the transaction that pays.
pub(super) fn now(connection: &Connection, year: i32) -> Result<Nets> {
    let mut nets = Nets::new();
    for year in years(connection, year)? {
        nets.insert(year, Arc::new(joined(rows::nets(connection, year, i64::MIN..=i64::MAX)?)?));
    }
    Ok(nets)
}

fn years(connection: &Connection, year: i32) -> Result<BTreeSet<i32>> {
    let approved = rows::approved(connection)?;
    Ok(approved.iter().map(|approved| approved.year).chain([year]).collect())
}

fn count(app: &App, year: i32, last: i64) -> Result<Vec<BuyerYear>> {
    let mut found = vec![];
    let mut from = 0;
    while from <= last {
        let ids = from..=from + PIECE - 1;
        found.extend(app.read_in_background(move |connection, _| rows::nets(connection, year, ids))?);
        from += PIECE;
    }
    joined(found)
}

/// One row per person: records that were merged are added up.
fn joined(mut found: Vec<BuyerYear>) -> Result<Vec<BuyerYear>> {
    found.sort_by_key(|row| row.customer);
    let mut people: Vec<BuyerYear> = Vec::with_capacity(found.len());
    for row in found {
        match people.last_mut() {
            Some(before) if before.customer == row.customer => {
                let sum = before.net.checked_add(row.net);
                before.net = sum.ok_or_else(|| ApiError::field("year", "amount.too_large"))?;
            }
            _ => people.push(row),
        }
    }
    Ok(people)
}

/// What somebody paid in a year.
pub(super) fn net_of(nets: &Nets, year: i32, customer: CustomerId) -> Money {
    let Some(people) = nets.get(&year) else { return Money::ZERO };
    let place = people.binary_search_by_key(&customer, |row| row.customer);
    place.ok().and_then(|place| people.get(place)).map_or(Money::ZERO, |row| row.net)
}
