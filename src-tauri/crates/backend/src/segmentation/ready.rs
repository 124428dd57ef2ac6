//! The numbers of everybody on this day, kept ready in memory: a preview while a cut point is dragged, a run, a chart
//! cost one pass over the customers and never one over their sales.
//!
//! The book's thread keeps them. Whoever bought, changed or complained since the last look is counted anew alone; on a
//! new day so is everybody whose oldest sale left a window, and recency moves on for all. Only the first look, an
//! import, and a change of products walk over all sales. A test holds all of this against counting from scratch.

use super::measures;
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::measures::Whose;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    CustomerMeasures, FieldRef, Measure, MeasureRef, MeasureTable, Window, whole_months,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// From so many customers on one walk is cheaper than many lookups.
const WALK_FROM: usize = 2_000;

/// The numbers of everybody.
pub(crate) struct Ready {
    as_of: NaiveDate,
    needs: Needs,
    /// Rows of the connection written so far; the same number means that nothing happened at all.
    written: u64,
    /// By customer id.
    pub table: MeasureTable,
    days: Vec<Days>,
    windows: Vec<Window>,
    /// For each customer and window the oldest day that counts, customers outside.
    oldest: Vec<Option<NaiveDate>>,
    /// For each customer and window the category with the most money.
    top: Vec<Option<String>>,
}

#[derive(Clone, Copy)]
struct Days {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    contact: Option<NaiveDate>,
}

thread_local! {
    static READY: RefCell<Option<Ready>> = const { RefCell::new(None) };
}

/// Hands over everybody's numbers of today, at least those that are needed.
///
/// # Errors
/// Sums that leave the range of amounts; what `work` refuses.
pub(crate) fn with<T>(
    connection: &Connection,
    moment: &Moment,
    needs: &Needs,
    work: impl FnOnce(&Ready) -> Result<T>,
) -> Result<T> {
    let mut kept = READY.take();
    let changes = store::changes::take(!connection.is_autocommit());
    let uncertain = changes.is_everything || changes.rows.contains_key("products");
    let follows = match &mut kept {
        Some(ready) if !uncertain && ready.holds(needs) => ready.follow(connection, moment, changes.rows)?,
        _ => false,
    };
    let ready = match kept {
        Some(ready) if follows => ready,
        earlier => {
            // What earlier questions needed is likely to be needed again.
            let needs = earlier.map_or_else(Needs::default, |ready| ready.needs).and(needs.clone());
            Ready::count(connection, moment, needs)?
        }
    };
    let answer = work(&ready);
    READY.set(Some(ready));
    answer
}

impl Ready {
    /// The category with the most money of each customer who has one, over a window.
    pub(super) fn favourites(&self, window: Window) -> Vec<(CustomerId, String)> {
        let Some(place) = self.windows.iter().position(|known| *known == window) else { return vec![] };
        let rows = self.table.customers().iter().zip(self.top.chunks(self.windows.len()));
        rows.filter_map(|(id, top)| Some((*id, top.get(place)?.clone()?))).collect()
    }

    /// Counts from scratch.
    fn count(connection: &Connection, moment: &Moment, needs: Needs) -> Result<Self> {
        let windows: Vec<Window> = needs.windows().into_iter().collect();
        let mut ready = Self {
            as_of: moment.today,
            table: MeasureTable::new(&needs),
            needs,
            written: connection.total_changes(),
            days: vec![],
            windows,
            oldest: vec![],
            top: vec![],
        };
        for person in measures::of_everyone(connection, moment, moment.today, &ready.needs)? {
            ready.push(&person);
        }
        Ok(ready)
    }

    fn holds(&self, needs: &Needs) -> bool {
        needs.measures.iter().all(|measure| self.needs.measures.contains(&measure.normal()))
            && needs.fields.is_subset(&self.needs.fields)
    }

    fn push(&mut self, person: &CustomerMeasures) {
        self.table.push(person);
        self.days.push(Days::of(person));
        for window in &self.windows {
            let totals = person.totals(*window);
            self.oldest.push(totals.and_then(|totals| totals.oldest_on));
            self.top.push(totals.and_then(|totals| totals.top_category.as_ref()).map(|top| top.category.clone()));
        }
    }

    fn set(&mut self, row: usize, person: &CustomerMeasures) {
        self.table.set_numbers(row, |measure| person.value(measure));
        if let Some(days) = self.days.get_mut(row) {
            *days = Days::of(person);
        }
        for (place, window) in self.windows.iter().enumerate() {
            let totals = person.totals(*window);
            let at = row * self.windows.len() + place;
            if let Some(oldest) = self.oldest.get_mut(at) {
                *oldest = totals.and_then(|totals| totals.oldest_on);
            }
            if let Some(top) = self.top.get_mut(at) {
                *top = totals.and_then(|totals| totals.top_category.as_ref()).map(|top| top.category.clone());
            }
        }
    }

    /// Catches up with what was written and with the day. `false`: it has to be counted from scratch.
    fn follow(
        &mut self,
        connection: &Connection,
        moment: &Moment,
        rows: BTreeMap<String, BTreeSet<i64>>,
    ) -> Result<bool> {
        let written = connection.total_changes();
        if written == self.written && moment.today == self.as_of {
            return Ok(true);
        }
        if moment.today < self.as_of {
            return Ok(false);
        }
        let mut stale = BTreeSet::new();
        for (table, rows) in rows {
            stale.extend(store::measures::customers_of(connection, &table, &rows)?);
        }
        if moment.today > self.as_of {
            stale.extend(self.leaving(moment.today));
            // A sale dated ahead of its time counts from its day on.
            stale.extend(store::measures::customers_since(connection, self.as_of)?);
            self.as_of = moment.today;
        }
        if stale.len() > WALK_FROM {
            return Ok(false);
        }
        for id in stale {
            let Some(person) = measures::of_one(connection, moment, moment.today, &self.needs, id)? else {
                // Somebody is gone, by a merge or for good: rows move.
                return Ok(false);
            };
            match self.table.customers().binary_search(&id) {
                Ok(row) => self.set(row, &person),
                Err(end) if end == self.table.len() => self.push(&person),
                Err(_) => return Ok(false),
            }
        }
        self.renew_days();
        self.renew_words(connection)?;
        self.written = written;
        Ok(true)
    }

    /// Customers whose oldest sale leaves a window between the day of the numbers and a later one.
    fn leaving(&self, day: NaiveDate) -> Vec<CustomerId> {
        let starts: Vec<Option<NaiveDate>> = self.windows.iter().map(|window| window.range(day).after).collect();
        let customers = self.table.customers().iter().zip(self.oldest.chunks(self.windows.len().max(1)));
        customers
            .filter(|(_, oldest)| {
                oldest
                    .iter()
                    .zip(&starts)
                    .any(|(oldest, after)| oldest.is_some() && after.is_some() && *oldest <= *after)
            })
            .map(|(id, _)| *id)
            .collect()
    }

    /// What goes by with the days themselves.
    fn renew_days(&mut self) {
        let (days, as_of) = (&self.days, self.as_of);
        let since = |day: Option<NaiveDate>| day.map(|day| (as_of - day).num_days());
        let at = |row: usize| days.get(row);
        let mut column = |measure: Measure, value: &dyn Fn(&Days) -> Option<i64>| {
            let measure = MeasureRef::new(measure, Window::Lifetime);
            self.table.set_column(&measure, |row| at(row).and_then(value));
        };
        column(Measure::RecencyDays, &|days| since(days.last));
        column(Measure::TenureDays, &|days| since(days.first));
        column(Measure::TenureMonths, &|days| days.first.map(|first| i64::from(whole_months(first, as_of))));
        column(Measure::DaysSinceContact, &|days| since(days.contact));
    }

    /// Words are few beside sales and are read anew whenever anything was written.
    fn renew_words(&mut self, connection: &Connection) -> Result<()> {
        let customers = self.table.customers().to_vec();
        for field in self.needs.fields.clone() {
            match &field {
                FieldRef::Profile(key) => {
                    let mut words: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
                    for (id, word) in store::measures::profile_words(connection, Whose::Everyone, key)? {
                        words.entry(id).or_default().push(word);
                    }
                    let of_row = |row: usize| customers.get(row).and_then(|id| words.get(id));
                    self.table.set_words(&field, |row| of_row(row).into_iter().flatten().map(String::as_str).collect());
                }
                FieldRef::TopCategory(window) => {
                    let Some(place) = self.windows.iter().position(|known| known == window) else { continue };
                    let (top, windows) = (&self.top, self.windows.len());
                    self.table.set_words(&field, |row| {
                        top.get(row * windows + place).and_then(Option::as_deref).into_iter().collect()
                    });
                }
            }
        }
        Ok(())
    }
}

impl Days {
    fn of(person: &CustomerMeasures) -> Self {
        Self { first: person.first_on, last: person.last_on, contact: person.last_contact_on }
    }
}
