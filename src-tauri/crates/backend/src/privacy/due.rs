//! 到期未购: who should have come again by now. Of a rhythm that the customer declared and one that the purchases show,
//! the shorter counts; with neither there is nothing to expect.

use crate::api::privacy::{DueInput, DuePage, DueRow};
use crate::app::App;
use crate::error::Result;
use crate::{complaints, custom_fields, store};
use chrono::{Days, NaiveDate};
use shukebu_domain::habit;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

/// Rows of one page.
const PAGE: usize = 50;
/// Customers whose purchases are read in one go, so that nobody at the counter waits for this list.
const SLICE: i64 = 2_000;

/// Somebody who is due.
struct Due {
    customer: CustomerId,
    interval_days: i64,
    is_declared: bool,
    on: NaiveDate,
}

/// Everybody whose own rhythm is over, those who became due last first; nobody with an open complaint.
///
/// # Errors
/// `Locked` while no book is open.
pub fn due(app: &App, input: DueInput) -> Result<DuePage> {
    let (today, declared, spared, last) = app.read_in_background(|connection, moment| {
        let declared = declared(&store::custom_fields::chosen(connection)?);
        Ok((moment.today, declared, complaints::spared(connection)?, store::customers::last_id(connection)?))
    })?;
    let mut found: Vec<Due> = vec![];
    let mut first = 0;
    while first <= last.0 {
        let slice = (CustomerId(first), CustomerId(first + SLICE - 1));
        let days = app.read_in_background(move |connection, _| store::sales::purchase_days(connection, slice))?;
        found.extend(days.iter().filter_map(|(id, days)| of(*id, days, declared.get(id).copied(), today)));
        first += SLICE;
    }
    let all = found.len();
    found.retain(|due| !spared.contains(&due.customer));
    let (total, left_out) = (found.len(), all - found.len());
    found.sort_by_key(|due| (std::cmp::Reverse(due.on), due.customer));
    let offset = usize::try_from(input.offset).unwrap_or(0);
    let page: Vec<Due> = found.into_iter().skip(offset).take(PAGE).collect();
    let rows = app.read(move |connection, moment| {
        let ids: Vec<CustomerId> = page.iter().map(|due| due.customer).collect();
        let rows = crate::rows::customers(connection, moment, &ids)?;
        let rows = rows.into_iter().zip(page).map(|(customer, due)| DueRow {
            customer,
            interval_days: due.interval_days,
            is_declared: due.is_declared,
            due_on: due.on,
            late_days: (moment.today - due.on).num_days(),
        });
        Ok(rows.collect())
    })?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(DuePage { rows, total: count(total), spared: count(left_out) })
}

fn of(customer: CustomerId, days: &[NaiveDate], declared: Option<i64>, today: NaiveDate) -> Option<Due> {
    let last = *days.last()?;
    let shown = habit::rhythm(days).map(|rhythm| rhythm.interval_days).filter(|days| *days > 0);
    let (interval_days, is_declared) = match (declared, shown) {
        (Some(declared), Some(shown)) if declared < shown => (declared, true),
        (_, Some(shown)) => (shown, false),
        (Some(declared), None) => (declared, true),
        (None, None) => return None,
    };
    let on = last.checked_add_days(Days::new(interval_days.unsigned_abs()))?;
    (on < today).then_some(Due { customer, interval_days, is_declared, on })
}

/// The rhythm that was declared, in days, by the word that was chosen.
fn declared(chosen: &[(CustomerId, String, String)]) -> BTreeMap<CustomerId, i64> {
    let of_cycle = chosen.iter().filter(|(_, field, _)| custom_fields::is_cycle(field));
    of_cycle.filter_map(|(customer, _, word)| Some((*customer, custom_fields::cycle_days(word)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(of: &[(u32, u32)]) -> Vec<NaiveDate> {
        of.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(2026, *month, *day)).collect()
    }

    #[test]
    fn the_shorter_of_the_declared_and_the_shown_rhythm_counts() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 20).expect("a day");
        let weekly = days(&[(3, 1), (3, 8), (3, 12)]);
        let found =
            |declared| of(CustomerId(1), &weekly, declared, today).map(|due| (due.interval_days, due.is_declared));
        assert_eq!(found(None), Some((5, false)), "(4 + 7) / 2");
        assert_eq!(found(Some(30)), Some((5, false)));
        assert_eq!(found(Some(3)), Some((3, true)));
        let once = days(&[(3, 1)]);
        assert!(of(CustomerId(1), &once, None, today).is_none(), "one purchase shows no rhythm");
        assert_eq!(of(CustomerId(1), &once, Some(7), today).map(|due| due.interval_days), Some(7));
        assert!(of(CustomerId(1), &once, Some(30), today).is_none(), "not due yet");
    }
}
