//! Runs over everybody: new cut points when there is a named reason for them, or yesterday's cut points on a new day.
//! Only those who change are written, each with where they came from. A class given by hand holds until its last day.

use super::{measures, ready};
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::pins::Pin;
use crate::store::segmentation::{CachedClass, Put, RunReason, RunToStore};
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::presets::product_preference;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    Assignment, CustomerMeasures, MeasureTable, Run, Scheme, SchemeCuts, assign, classify, run,
};
use std::collections::BTreeMap;

/// Key of the scheme whose classes are the shop's categories.
const PRODUCT_PREFERENCE: &str = "product_preference";
/// More categories than a person can tell apart make no classes.
const MOST_CATEGORIES: i64 = 50;
/// From so many movers on one walk over all sales is cheaper than looking each of them up.
const WALK_FROM: usize = 2_000;

/// People who moved between two classes; `None` came from nowhere.
pub(crate) type Moves = BTreeMap<(Option<String>, String), u32>;

/// Finds new cut points of the primary scheme on the customers of a day and puts everybody into a class.
pub(crate) fn resegment(tx: &Transaction, moment: &Moment, as_of: NaiveDate, why: RunReason) -> Result<Moves> {
    resegment_by(tx, moment, &primary(tx)?, as_of, why)
}

/// The same by any scheme.
pub(crate) fn resegment_by(
    tx: &Transaction,
    moment: &Moment,
    scheme: &Scheme,
    as_of: NaiveDate,
    why: RunReason,
) -> Result<Moves> {
    let (customers, found) = over_everybody(tx, moment, as_of, &scheme.needs(), |table| Ok(run(scheme, table)?))?;
    let counts = found.class_counts().into_iter().map(|class| (class.class_key, class.customers)).collect();
    let to_store = RunToStore { scheme, as_of, at: moment.now, why, cuts: &found.cuts, counts: &counts };
    let id = store::segmentation::insert_run(tx, &to_store)?;
    let moves = Places { run: id, scheme, cuts: &found.cuts, as_of }.settle(tx, moment, &customers, &found)?;
    store::segmentation::set_moves(tx, id, &moves)?;
    Ok(moves)
}

/// Puts everybody into a class by the stored cut points: what changes because days go by.
pub(crate) fn look_again(tx: &Transaction, moment: &Moment) -> Result<Moves> {
    let scheme = primary(tx)?;
    let latest = store::segmentation::latest_run(tx, &scheme.key)?;
    let cuts = latest.cuts.clone();
    let work = |table: &MeasureTable| Ok(classify(&scheme, cuts, table)?);
    let (customers, found) = over_everybody(tx, moment, moment.today, &scheme.needs(), work)?;
    let places = Places { run: latest.id, scheme: &scheme, cuts: &found.cuts, as_of: moment.today };
    places.settle(tx, moment, &customers, &found)
}

/// Runs something over the numbers of a day: those of today are ready, those of another day are counted.
pub(crate) fn over_everybody<T>(
    connection: &Connection,
    moment: &Moment,
    as_of: NaiveDate,
    needs: &Needs,
    work: impl FnOnce(&MeasureTable) -> Result<T>,
) -> Result<(Vec<CustomerId>, T)> {
    if as_of == moment.today {
        return ready::with(connection, moment, needs, |ready| {
            Ok((ready.table.customers().to_vec(), work(&ready.table)?))
        });
    }
    let table = MeasureTable::of(needs, &measures::of_everyone(connection, moment, as_of, needs)?);
    let found = work(&table)?;
    Ok((table.customers().to_vec(), found))
}

/// The scheme that drives the day, ready to run.
pub(crate) fn primary(connection: &Connection) -> Result<Scheme> {
    filled(connection, store::segmentation::primary(connection)?)
}

/// All schemes, ready to run.
pub(crate) fn schemes(connection: &Connection) -> Result<Vec<Scheme>> {
    let stored = store::segmentation::schemes(connection)?;
    stored.into_iter().map(|scheme| filled(connection, scheme)).collect()
}

/// One scheme, ready to run.
pub(crate) fn scheme(connection: &Connection, key: &str) -> Result<Scheme> {
    filled(connection, store::segmentation::scheme(connection, key)?)
}

/// The scheme of product preference has the shop's categories for its classes until the shop edits them.
fn filled(connection: &Connection, scheme: Scheme) -> Result<Scheme> {
    if scheme.key != PRODUCT_PREFERENCE || !scheme.classes.is_empty() {
        return Ok(scheme);
    }
    let categories = store::measures::categories(connection, MOST_CATEGORIES)?;
    let names: Vec<&str> = categories.iter().map(String::as_str).collect();
    Ok(Scheme { classes: product_preference(&names).classes, ..scheme })
}

struct Places<'a> {
    run: i64,
    scheme: &'a Scheme,
    cuts: &'a SchemeCuts,
    as_of: NaiveDate,
}

/// Somebody who is not where they were.
struct Mover<'a> {
    id: CustomerId,
    before: CachedClass,
    pin: Option<&'a Pin>,
}

impl Places<'_> {
    fn settle(&self, tx: &Transaction, moment: &Moment, customers: &[CustomerId], found: &Run) -> Result<Moves> {
        let is_primary = store::segmentation::primary(tx)?.key == self.scheme.key;
        let mut known = if is_primary {
            store::segmentation::classes(tx)?
        } else {
            store::segmentation::classes_in(tx, &self.scheme.key)?
        };
        let pins = store::pins::holding(tx, self.scheme, moment.today)?;
        let mut movers = vec![];
        for (row, id) in customers.iter().enumerate() {
            let before = known.remove(id).unwrap_or(CachedClass { key: None, kind: None, since: None });
            let pin = pins.get(id);
            let key = pin.map(|pin| pin.class_key.as_str()).or_else(|| found.class_key(row));
            let kind = if pin.is_some() { None } else { self.kind(found, row) };
            // Kinds of other schemes stand in the assignments only.
            let same_kind = !is_primary || before.kind.as_deref() == kind;
            if before.key.as_deref() != key || !same_kind {
                movers.push(Mover { id: *id, before, pin });
            }
        }
        let mut moves = Moves::new();
        let mut numbers = self.numbers(tx, moment, &movers)?;
        for mover in movers {
            let Some(person) = numbers.remove(&mover.id) else { continue };
            let assignment = by_hand(assign(self.scheme, self.cuts, &person), mover.pin);
            if mover.before.key.as_ref() != Some(&assignment.class_key) {
                *moves.entry((mover.before.key.clone(), assignment.class_key.clone())).or_default() += 1;
            }
            let put = Put {
                run: self.run,
                before: &mover.before,
                found: &assignment,
                pin: mover.pin.map(|pin| pin.id),
                is_primary,
                at: moment.now,
            };
            store::segmentation::put(tx, &put)?;
        }
        Ok(moves)
    }

    /// The numbers of those who move, from which their reasons are made.
    fn numbers(
        &self,
        tx: &Transaction,
        moment: &Moment,
        movers: &[Mover<'_>],
    ) -> Result<BTreeMap<CustomerId, CustomerMeasures>> {
        let needs = self.scheme.needs();
        if movers.len() >= WALK_FROM {
            let people = measures::of_everyone(tx, moment, self.as_of, &needs)?;
            return Ok(people.into_iter().map(|person| (person.customer, person)).collect());
        }
        let mut found = BTreeMap::new();
        for mover in movers {
            let person = measures::of_one(tx, moment, self.as_of, &needs, mover.id)?;
            found.extend(person.map(|person| (mover.id, person)));
        }
        Ok(found)
    }

    /// The kind of a row within its class.
    fn kind(&self, found: &Run, row: usize) -> Option<&str> {
        let place = usize::from(*found.sub_kinds.get(row)?).checked_sub(1)?;
        let class = self.scheme.classes.get(usize::from(*found.classes.get(row)?))?;
        class.sub_kinds.get(place).map(|kind| kind.key.as_str())
    }
}

/// The class that holds: the one given by hand, if any. The numbers stay, so that both can be shown.
pub(super) fn by_hand(computed: Assignment, pin: Option<&Pin>) -> Assignment {
    match pin {
        Some(pin) => Assignment { class_key: pin.class_key.clone(), sub_kind: None, ..computed },
        None => computed,
    }
}
