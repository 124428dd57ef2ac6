//! The numbers as the book keeps them, so that the first look after opening reads customers and not sales. Written once
//! a day and after much has come, by the work that the calendar brings; brought up to date like those in memory.

use super::{Days, Ready, holds};
use crate::app::Moment;
use crate::classes;
use crate::error::Result;
use crate::segmentation::exported_needs;
use crate::segmentation::{insights, people};
use crate::store;
use crate::store::numbers::Seen;
use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{FieldRef, MeasureRef, MeasureTable, Window};
use std::cell::Cell;
use std::collections::BTreeMap;

/// Customers in one part: some hundred kilobytes.
const PART: usize = 4_096;
/// Rows to catch up with, from which on it is worth keeping the numbers anew.
const MANY: i64 = 2_000;

/// What the numbers are about and how far they go.
#[derive(Serialize, Deserialize)]
struct Head {
    as_of: NaiveDate,
    /// Contacts lie on days of the shop's zone.
    zone: String,
    measures: Vec<MeasureRef>,
    fields: Vec<FieldRef>,
    seen: Seen,
}

/// The numbers of some customers. Days are counted from the beginning of the calendar.
#[derive(Serialize, Deserialize)]
struct Part {
    customers: Vec<i64>,
    columns: Vec<Vec<Option<i64>>>,
    first: Vec<Option<i32>>,
    last: Vec<Option<i32>>,
    contact: Vec<Option<i32>>,
    oldest: Vec<Option<i32>>,
    categories: Vec<String>,
    top: Vec<Option<usize>>,
}

/// What the screens look at, whichever of them is opened first.
fn usual(connection: &Connection) -> Result<Needs> {
    let mut needs = insights::needs().and(people::needs(connection)?).and(exported_needs(Window::default()));
    for scheme in classes::schemes(connection)? {
        needs = needs.and(scheme.needs());
    }
    Ok(needs)
}

thread_local! {
    /// Rows that the connection had written when the numbers were last found to be good enough.
    static GOOD_AT: Cell<Option<(u64, u64)>> = const { Cell::new(None) };
}

/// Whether what the book keeps is missing, is not enough, or would take long to catch up with. Asked after every write,
/// so it only looks again when much was written.
pub(in crate::segmentation) fn are_worn(connection: &Connection) -> Result<bool> {
    let written = store::changes::written(connection);
    let is_near = |good: (u64, u64)| good.0 == written.0 && written.1.saturating_sub(good.1) < MANY.unsigned_abs();
    if GOOD_AT.get().is_some_and(is_near) {
        return Ok(false);
    }
    let are_worn = look_worn(connection)?;
    GOOD_AT.set((!are_worn).then_some(written));
    Ok(are_worn)
}

fn look_worn(connection: &Connection) -> Result<bool> {
    // Few sales are counted from scratch within a moment.
    if !store::numbers::has_sales(connection, MANY)? {
        return Ok(false);
    }
    let Some(head) = store::numbers::head(connection)? else { return Ok(true) };
    let head: Head = serde_json::from_str(&head)?;
    let known = Needs { measures: head.measures.into_iter().collect(), fields: head.fields.into_iter().collect() };
    let now = store::numbers::newest(connection)?;
    Ok(store::numbers::rows_since(&head.seen, &now) > MANY || !holds(&known, &usual(connection)?))
}

/// Keeps the numbers of today.
pub(in crate::segmentation) fn keep(tx: &Transaction, moment: &Moment) -> Result<()> {
    super::with(tx, moment, &usual(tx)?, |ready| {
        let head = Head {
            as_of: ready.as_of,
            zone: moment.zone.name().to_owned(),
            measures: ready.needs.measures.iter().cloned().collect(),
            fields: ready.needs.fields.iter().cloned().collect(),
            seen: ready.seen.clone(),
        };
        let head = serde_json::to_string(&head).map_err(Into::into);
        let starts = (0..ready.table.len()).step_by(PART);
        let parts = starts.map(|start| Ok(serde_json::to_string(&ready.part(start))?));
        store::numbers::keep(tx, std::iter::once(head).chain(parts))
    })
}

/// The numbers that the book keeps, as they were then; `None` where they do not answer what is needed.
pub(super) fn load(connection: &Connection, moment: &Moment, needs: &Needs) -> Result<Option<Ready>> {
    let Some(head) = store::numbers::head(connection)? else { return Ok(None) };
    let head: Head = serde_json::from_str(&head)?;
    let known = Needs { measures: head.measures.into_iter().collect(), fields: head.fields.into_iter().collect() };
    if head.zone != moment.zone.name() || head.as_of > moment.today || !holds(&known, needs) {
        return Ok(None);
    }
    let windows: Vec<Window> = known.windows().into_iter().collect();
    let mut customers = vec![];
    let mut columns: Vec<Vec<Option<i64>>> = known.measures.iter().map(|_| vec![]).collect();
    let (mut days, mut oldest, mut top) = (vec![], vec![], vec![]);
    store::numbers::parts(connection, |number, text| {
        if number == 0 {
            return Ok(());
        }
        let part: Part = serde_json::from_str(text)?;
        customers.extend(part.customers.into_iter().map(CustomerId));
        columns.iter_mut().zip(part.columns).for_each(|(column, more)| column.extend(more));
        let of_row = part.first.into_iter().zip(part.last).zip(part.contact);
        days.extend(of_row.map(|((first, last), contact)| Days {
            first: day(first),
            last: day(last),
            contact: day(contact),
        }));
        oldest.extend(part.oldest.into_iter().map(day));
        top.extend(part.top.into_iter().map(|place| part.categories.get(place?).cloned()));
        Ok(())
    })?;
    let mut ready = Ready {
        as_of: head.as_of,
        table: MeasureTable::from_columns(&known, customers, columns)?,
        needs: known,
        // More than the connection has written: whatever there is has to be looked for.
        written: (store::changes::written(connection).0, u64::MAX),
        seen: head.seen,
        days,
        windows,
        oldest,
        top,
        standings: BTreeMap::new(),
    };
    ready.renew_words(connection)?;
    Ok(Some(ready))
}

impl Ready {
    fn part(&self, start: usize) -> Part {
        let end = (start + PART).min(self.table.len());
        let days = self.days.get(start..end).unwrap_or_default();
        let by_window = start * self.windows.len()..end * self.windows.len();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut top = vec![];
        for category in self.top.get(by_window.clone()).unwrap_or_default() {
            let next = places.len();
            top.push(category.as_deref().map(|category| *places.entry(category).or_insert(next)));
        }
        let mut categories: Vec<(usize, &str)> =
            places.into_iter().map(|(category, place)| (place, category)).collect();
        categories.sort_unstable();
        Part {
            customers: self.table.customers().get(start..end).unwrap_or_default().iter().map(|id| id.0).collect(),
            columns: self.table.columns(start..end).collect(),
            first: days.iter().map(|days| number(days.first)).collect(),
            last: days.iter().map(|days| number(days.last)).collect(),
            contact: days.iter().map(|days| number(days.contact)).collect(),
            oldest: self.oldest.get(by_window).unwrap_or_default().iter().copied().map(number).collect(),
            categories: categories.into_iter().map(|(_, category)| category.to_owned()).collect(),
            top,
        }
    }
}

fn number(day: Option<NaiveDate>) -> Option<i32> {
    day.map(|day| day.num_days_from_ce())
}

fn day(number: Option<i32>) -> Option<NaiveDate> {
    number.and_then(NaiveDate::from_num_days_from_ce_opt)
}
