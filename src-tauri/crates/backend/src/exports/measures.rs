//! One row for each customer with measures, scores and classes of a day, so that anybody can recompute them.
//!
//! First, last and recency are about the whole life; the window limits the rest. Scores are over the customers with a
//! purchase in the window. Classes come from a fresh run of every scheme as of the day, with the scheme's own windows.

use super::sheet::{Cell, Sheet};
use crate::app::Moment;
use crate::error::Result;
use crate::segmentation;
use crate::store;
use chrono::NaiveDate;
use rusqlite::Transaction;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::presets::{rfm_scores, rfm_scores_needs};
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    CustomerMeasures, Measure, MeasureRef, MeasureTable, Run, Window, WindowTotals, run,
};
use std::collections::BTreeMap;
use std::io::{Seek, Write};

const COLUMNS: [&str; 15] = [
    "member_no",
    "first_on",
    "last_on",
    "recency_days",
    "orders",
    "purchase_days",
    "net_minor",
    "average_ticket_minor",
    "categories",
    "r",
    "f",
    "m",
    "r3",
    "f3",
    "m3",
];

pub(super) fn write<W: Write + Seek + Send>(
    tx: &Transaction,
    moment: &Moment,
    as_of: NaiveDate,
    window: Window,
    mut sheet: Sheet<W>,
) -> Result<u64> {
    let schemes = segmentation::schemes(tx)?;
    let mut needs = rfm_scores_needs(window)
        .and(Needs { measures: [MeasureRef::new(Measure::Categories, window)].into(), ..Needs::default() });
    for scheme in &schemes {
        needs = needs.and(scheme.needs());
    }
    let people = segmentation::measures::of_everyone(tx, moment, as_of, &needs)?;
    let table = MeasureTable::of(&needs, &people);
    let scores = rfm_scores(window, &table)?;
    let runs: Vec<Run> = schemes.iter().map(|scheme| run(scheme, &table)).collect::<std::result::Result<_, _>>()?;
    let class_columns: Vec<String> = schemes.iter().map(|scheme| format!("class_{}", scheme.key)).collect();
    let columns: Vec<&str> = COLUMNS.into_iter().chain(class_columns.iter().map(String::as_str)).collect();
    sheet.header(&columns)?;
    let rows: BTreeMap<CustomerId, usize> = people.iter().enumerate().map(|(row, it)| (it.customer, row)).collect();
    for (customer, member_no) in store::exports::member_numbers(tx)? {
        let Some((row, person)) = rows.get(&customer).and_then(|row| Some((*row, people.get(*row)?))) else { continue };
        let mut cells = figures(&member_no, person, window);
        for column in [&scores.r, &scores.f, &scores.m, &scores.r3, &scores.f3, &scores.m3] {
            cells.push(column.get(row).filter(|step| **step > 0).map(|step| u32::from(*step)).into());
        }
        cells.extend(runs.iter().map(|run| Cell::from(run.class_key(row))));
        sheet.row(&cells)?;
    }
    sheet.finish()
}

/// The columns up to the scores.
fn figures(member_no: &str, person: &CustomerMeasures, window: Window) -> Vec<Cell> {
    let none = WindowTotals::default();
    let totals = person.totals(window).unwrap_or(&none);
    vec![
        member_no.into(),
        person.first_on.into(),
        person.last_on.into(),
        person.last_on.map(|last| (person.as_of - last).num_days()).into(),
        totals.orders.into(),
        totals.purchase_days.into(),
        totals.net_minor.into(),
        totals.average_ticket().map(Money::minor).into(),
        totals.categories.into(),
    ]
}
