//! Runs over everybody: new cut points when there is a named reason for them, or yesterday's cut points on a new day.
//! Only those who change are written, each with where they came from.

use super::measures;
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::segmentation::{CachedClass, RunReason, RunToStore};
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::segmentation::presets::product_preference;
use shukebu_domain::segmentation::{MeasureTable, Scheme, SchemeCuts, assign, classify, run};
use std::collections::BTreeMap;

/// Key of the scheme whose classes are the shop's categories.
const PRODUCT_PREFERENCE: &str = "product_preference";
/// More categories than a person can tell apart make no classes.
const MOST_CATEGORIES: i64 = 50;

/// People who moved between two classes; `None` came from nowhere.
pub(crate) type Moves = BTreeMap<(Option<String>, String), u32>;

/// Finds new cut points on the customers of a day and puts everybody into a class.
pub(crate) fn resegment(tx: &Transaction, moment: &Moment, as_of: NaiveDate, why: RunReason) -> Result<Moves> {
    let scheme = primary(tx)?;
    let needs = scheme.needs();
    let people = measures::of_everyone(tx, moment, as_of, &needs)?;
    let found = run(&scheme, &MeasureTable::of(&needs, &people))?;
    let counts = found.class_counts().into_iter().map(|class| (class.class_key, class.customers)).collect();
    let to_store = RunToStore { scheme: &scheme, as_of, at: moment.now, why, cuts: &found.cuts, counts: &counts };
    let id = store::segmentation::insert_run(tx, &to_store)?;
    let places = Places { run: id, scheme: &scheme, cuts: &found.cuts };
    places.settle(tx, moment, &people, &found)
}

/// Puts everybody into a class by the stored cut points: what changes because days go by.
pub(crate) fn look_again(tx: &Transaction, moment: &Moment) -> Result<Moves> {
    let scheme = primary(tx)?;
    let latest = store::segmentation::latest_run(tx, &scheme.key)?;
    let needs = scheme.needs();
    let people = measures::of_everyone(tx, moment, moment.today, &needs)?;
    let found = classify(&scheme, latest.cuts, &MeasureTable::of(&needs, &people))?;
    let places = Places { run: latest.id, scheme: &scheme, cuts: &found.cuts };
    places.settle(tx, moment, &people, &found)
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
}

impl Places<'_> {
    fn settle(
        &self,
        tx: &Transaction,
        moment: &Moment,
        people: &[shukebu_domain::segmentation::CustomerMeasures],
        found: &shukebu_domain::segmentation::Run,
    ) -> Result<Moves> {
        let mut known = store::segmentation::classes(tx)?;
        let mut moves = Moves::new();
        for (row, person) in people.iter().enumerate() {
            let before = known.remove(&person.customer).unwrap_or(CachedClass { key: None, kind: None, since: None });
            if before.key.as_deref() == found.class_key(row) && before.kind.as_deref() == self.kind(found, row) {
                continue;
            }
            let assignment = assign(self.scheme, self.cuts, person);
            if before.key.as_ref() != Some(&assignment.class_key) {
                *moves.entry((before.key.clone(), assignment.class_key.clone())).or_default() += 1;
            }
            store::segmentation::put(tx, self.run, &before, &assignment, moment.now)?;
        }
        Ok(moves)
    }

    /// The kind of a row within its class.
    fn kind(&self, found: &shukebu_domain::segmentation::Run, row: usize) -> Option<&str> {
        let place = usize::from(*found.sub_kinds.get(row)?).checked_sub(1)?;
        let class = self.scheme.classes.get(usize::from(*found.classes.get(row)?))?;
        class.sub_kinds.get(place).map(|kind| kind.key.as_str())
    }
}
