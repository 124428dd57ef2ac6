//! One row for each customer with measures, scores and classes of a day, so that anybody can recompute them.
//!
//! First, last and recency are about the whole life; the window limits the rest. Scores are over the customers with a
//! purchase in the window. Classes come from a fresh run of every scheme as of the day, with the scheme's own windows.

use crate::app::Moment;
use crate::classes;
use crate::error::Result;
use crate::segmentation::{self, Days};
use crate::sheets::{Cell, Out, Sheet};
use crate::store;
use chrono::NaiveDate;
use rusqlite::Transaction;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::presets::rfm_scores;
use shukebu_domain::segmentation::{Measure, MeasureRef, Measured, Run, TableRow, Window, run};

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

pub(super) fn write(
    tx: &Transaction,
    moment: &Moment,
    as_of: NaiveDate,
    window: Window,
    mut sheet: Sheet<'_, impl Out>,
) -> Result<u64> {
    let schemes = classes::schemes(tx)?;
    let needs = schemes.iter().fold(segmentation::exported_needs(window), |needs, scheme| needs.and(scheme.needs()));
    segmentation::over_everybody(tx, moment, as_of, &needs, |table, days| {
        let scores = rfm_scores(window, table)?;
        let runs: Vec<Run> = schemes.iter().map(|scheme| run(scheme, table)).collect::<std::result::Result<_, _>>()?;
        let class_columns: Vec<String> = schemes.iter().map(|scheme| format!("class_{}", scheme.key)).collect();
        let columns: Vec<&str> = COLUMNS.into_iter().chain(class_columns.iter().map(String::as_str)).collect();
        sheet.header(&columns)?;
        for (customer, member_no) in store::exports::member_numbers(tx)? {
            let found = table.row_of(customer).and_then(|row| Some((row, table.row(row, as_of)?, days.get(row)?)));
            let Some((row, person, days)) = found else { continue };
            let mut cells = figures(&member_no, &person, days, window);
            for column in [&scores.r, &scores.f, &scores.m, &scores.r3, &scores.f3, &scores.m3] {
                cells.push(column.get(row).filter(|step| **step > 0).map(|step| u32::from(*step)).into());
            }
            cells.extend(runs.iter().map(|run| Cell::from(run.class_key(row))));
            sheet.row(&cells)?;
        }
        sheet.finish()
    })
}

/// The columns up to the scores.
fn figures<'m>(member_no: &'m str, person: &TableRow<'_>, days: &Days, window: Window) -> Vec<Cell<'m>> {
    let value = |measure: Measure| person.value(&MeasureRef::new(measure, window));
    let count = |measure: Measure| u32::try_from(value(measure).unwrap_or(0)).unwrap_or(u32::MAX);
    vec![
        member_no.into(),
        days.first.into(),
        days.last.into(),
        days.last.map(|last| (person.as_of() - last).num_days()).into(),
        count(Measure::Orders).into(),
        count(Measure::PurchaseDays).into(),
        Money::from_minor(value(Measure::NetMinor).unwrap_or(0)).into(),
        value(Measure::AverageTicketMinor).into(),
        count(Measure::Categories).into(),
    ]
}
