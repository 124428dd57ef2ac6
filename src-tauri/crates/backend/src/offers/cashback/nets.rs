//! What everybody paid in a year, ready in memory: while a rate is tried nothing is read from the file until it has
//! changed, and then only whose sales, refunds or tier did. The walk over all sales goes in pieces, so that the counter never
//! waits for all of it.

use crate::app::App;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::numbers::{self, Seen};
use crate::store::offers::cashback::{self as rows, BuyerYear};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// So many customers' sales are walked at once: some hundredths of a second.
const PIECE: i64 = 5_000;
/// A walk that sales interrupt begins anew so often; after that it is taken as it is, the run itself counts again.
const TRIES: usize = 3;

/// By year, what each buyer paid.
pub(super) type Nets = BTreeMap<i32, Arc<Vec<BuyerYear>>>;

/// Above so many changed rows everybody is counted anew.
const MANY: i64 = 500;

/// The years that were counted last, after which operation, and how far the rows went.
#[derive(Default)]
struct KeptNets(Mutex<Option<(i64, Seen, Nets)>>);

/// The year that is asked for and every approved one, whose debts it may settle.
pub(super) fn of(app: &App, year: i32) -> Result<Nets> {
    let mut nets = Nets::new();
    for _ in 0..TRIES {
        let (operation, years, last, seen) = app.read(move |connection, _| {
            let (years, last) = (years(connection, year)?, store::customers::last_id(connection)?.0);
            Ok((store::book::last_operation(connection)?, years, last, numbers::newest(connection)?))
        })?;
        let kept_nets = app.book()?.kept.of::<KeptNets>();
        let kept = kept_nets.0.lock().ok().and_then(|kept| kept.clone());
        nets = match kept {
            Some((at, _, nets)) if at == operation => nets,
            Some((_, before, nets)) => renewed(app, nets, before, seen.clone())?,
            None => Nets::new(),
        };
        for year in years {
            if let Entry::Vacant(place) = nets.entry(year) {
                place.insert(Arc::new(count(app, year, last)?));
            }
        }
        if app.read(|connection, _| store::book::last_operation(connection))? == operation {
            if let Ok(mut kept) = kept_nets.0.lock() {
                *kept = Some((operation, seen, nets.clone()));
            }
            break;
        }
    }
    Ok(nets)
}

/// The years with whatever changed since; none where too much did, or nobody knows any more what.
fn renewed(app: &App, mut nets: Nets, before: Seen, now: Seen) -> Result<Nets> {
    if numbers::rows_since(&before, &now) > MANY {
        return Ok(Nets::new());
    }
    app.read_in_background(move |connection, _| {
        if !numbers::has_every_change(connection, &before, &now)? {
            return Ok(Nets::new());
        }
        let changed = numbers::stale(connection, &before, &now, false)?.customers;
        for (year, people) in &mut nets {
            let people = Arc::make_mut(people);
            for customer in &changed {
                put(people, *customer, rows::net_of_person(connection, *year, *customer)?);
            }
        }
        Ok(nets)
    })
}

fn put(people: &mut Vec<BuyerYear>, customer: CustomerId, found: Option<BuyerYear>) {
    match (people.binary_search_by_key(&customer, |row| row.customer), found) {
        (Ok(at), Some(row)) => people.get_mut(at).into_iter().for_each(|place| *place = row),
        (Ok(at), None) => drop(people.remove(at)),
        (Err(at), Some(row)) => people.insert(at, row),
        (Err(_), None) => {}
    }
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
