//! The numbers of everybody on this day, kept ready in memory: a preview while a cut point is dragged, a run, a chart
//! cost one pass over the customers and never one over their sales.
//!
//! The book's thread keeps them. Whoever bought, changed or complained since the last look is counted anew alone; on a
//! new day so is everybody whose oldest sale left a window, and recency moves on for all. The book keeps a copy
//! (`kept`), so that the first look after opening goes on from there in the same way. A test holds all of this against
//! counting from scratch.

mod kept;
mod standing;

pub(super) use kept::{are_worn, keep};
pub(super) use standing::{Place, Standing};

use super::measures;
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::numbers::Seen;
use crate::store::whose::Whose;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    CustomerMeasures, FieldRef, Measure, MeasureRef, MeasureTable, Scheme, Window, whole_months,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Up to so many customers are always looked up one by one …
const FEW: usize = 2_000;
/// … and beyond that while they are less than this part of all: then a walk over all sales is no dearer.
const PART: usize = 8;

/// The numbers of everybody.
pub(crate) struct Ready {
    as_of: NaiveDate,
    needs: Needs,
    /// Connection and rows written so far; the same means that nothing happened at all.
    written: (u64, u64),
    seen: Seen,
    /// By customer id.
    pub table: MeasureTable,
    days: Vec<Days>,
    windows: Vec<Window>,
    /// For each customer and window the oldest day that counts, customers outside.
    oldest: Vec<Option<NaiveDate>>,
    /// For each customer and window the category with the most money.
    top: Vec<Option<String>>,
    /// By scheme the class in which everybody stands.
    standings: BTreeMap<String, Standing>,
}

/// Days that go by.
#[derive(Clone, Copy)]
pub(crate) struct Days {
    /// First purchase.
    pub first: Option<NaiveDate>,
    /// Last purchase.
    pub last: Option<NaiveDate>,
    /// Last contact.
    pub contact: Option<NaiveDate>,
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
    work: impl FnOnce(&mut Ready) -> Result<T>,
) -> Result<T> {
    let mut ready = caught_up(connection, moment, needs)?;
    let answer = work(&mut ready);
    READY.set(Some(ready));
    answer
}

/// From memory, else from the book, else counted from scratch.
fn caught_up(connection: &Connection, moment: &Moment, needs: &Needs) -> Result<Ready> {
    let in_memory = READY.take();
    let taken_back = store::changes::were_taken_back(!connection.is_autocommit());
    let (opened, _) = store::changes::written(connection);
    // What earlier questions needed is likely to be needed again.
    let earlier = in_memory.as_ref().map_or_else(Needs::default, |ready| ready.needs.clone());
    if let Some(mut ready) =
        in_memory.filter(|ready| !taken_back && ready.written.0 == opened && holds(&ready.needs, needs))
        && ready.follow(connection, moment)?
    {
        return Ok(ready);
    }
    if let Some(mut ready) = kept::load(connection, moment, needs)?
        && ready.follow(connection, moment)?
    {
        return Ok(ready);
    }
    Ready::count(connection, moment, earlier.and(needs.clone()))
}

impl Ready {
    /// The category with the most money of each customer who has one, over a window.
    pub(super) fn favourites(&self, window: Window) -> Vec<(CustomerId, String)> {
        let Some(place) = self.windows.iter().position(|known| *known == window) else { return vec![] };
        let rows = self.table.customers().iter().zip(self.top.chunks(self.windows.len()));
        rows.filter_map(|(id, top)| Some((*id, top.get(place)?.clone()?))).collect()
    }

    /// Marks the rows of some customers, who come in the order of their ids.
    pub(super) fn mark(&self, rows: &mut [bool], ids: Vec<CustomerId>) {
        for (row, _) in rows_of(self.table.customers(), &ids.into_iter().collect()) {
            if let Some(mark) = rows.get_mut(row) {
                *mark = true;
            }
        }
    }

    /// First and last purchase and last contact of each row.
    pub(super) fn days(&self) -> &[Days] {
        &self.days
    }

    /// The class in which everybody stands by a scheme, as history has it. To be put in order by whoever moves people.
    pub(super) fn standing(
        &mut self,
        connection: &Connection,
        scheme: &Scheme,
    ) -> Result<(&MeasureTable, &mut Standing)> {
        let is_primary = store::segmentation::primary(connection)?.key == scheme.key;
        let known = self.standings.remove(&scheme.key).filter(|known| known.is_primary == is_primary);
        let standing = match known {
            Some(known) => known,
            None => Standing::load(connection, &scheme.key, is_primary, self.table.customers())?,
        };
        Ok((&self.table, self.standings.entry(scheme.key.clone()).or_insert(standing)))
    }

    /// The changes of class written up to now are in the standings already.
    pub(super) fn saw_moves(&mut self, connection: &Connection) -> Result<()> {
        self.seen.see_assignments(connection)
    }

    /// Counts from scratch.
    fn count(connection: &Connection, moment: &Moment, needs: Needs) -> Result<Self> {
        let windows: Vec<Window> = needs.windows().into_iter().collect();
        let mut ready = Self {
            as_of: moment.today,
            table: MeasureTable::new(&needs),
            needs,
            written: store::changes::written(connection),
            seen: store::numbers::newest(connection)?,
            days: vec![],
            windows,
            oldest: vec![],
            top: vec![],
            standings: BTreeMap::new(),
        };
        for person in measures::of_everyone(connection, moment, moment.today, &ready.needs)? {
            ready.insert(ready.table.len(), &person);
        }
        Ok(ready)
    }

    /// Puts a customer in before a row.
    fn insert(&mut self, row: usize, person: &CustomerMeasures) {
        if row == self.table.len() {
            self.table.push(person);
        } else {
            self.table.insert(row, person);
        }
        self.days.insert(row, Days::of(person));
        let at = row * self.windows.len();
        let (oldest, top) = self.by_window(person);
        self.oldest.splice(at..at, oldest);
        self.top.splice(at..at, top);
        self.standings.values_mut().for_each(|standing| standing.insert(row));
    }

    fn set(&mut self, row: usize, person: &CustomerMeasures) {
        self.table.set(row, person);
        if let Some(days) = self.days.get_mut(row) {
            *days = Days::of(person);
        }
        let at = row * self.windows.len();
        let (oldest, top) = self.by_window(person);
        self.oldest.splice(at..at + self.windows.len(), oldest);
        self.top.splice(at..at + self.windows.len(), top);
    }

    fn remove(&mut self, row: usize) {
        self.table.remove(row);
        self.days.remove(row);
        let at = row * self.windows.len();
        self.oldest.drain(at..at + self.windows.len());
        self.top.drain(at..at + self.windows.len());
        self.standings.values_mut().for_each(|standing| standing.remove(row));
    }

    /// Oldest day and favourite category for each window.
    fn by_window(&self, person: &CustomerMeasures) -> (Vec<Option<NaiveDate>>, Vec<Option<String>>) {
        let of = |window: &Window| {
            let totals = person.totals(*window);
            let top = totals.and_then(|totals| totals.top_category.as_ref()).map(|top| top.category.clone());
            (totals.and_then(|totals| totals.oldest_on), top)
        };
        self.windows.iter().map(of).unzip()
    }

    /// Catches up with what was written and with the day. `false`: it has to be counted from scratch.
    fn follow(&mut self, connection: &Connection, moment: &Moment) -> Result<bool> {
        let written = store::changes::written(connection);
        if written == self.written && moment.today == self.as_of {
            return Ok(true);
        }
        if moment.today < self.as_of {
            return Ok(false);
        }
        let now = store::numbers::newest(connection)?;
        let with_lines = measures::looks_at_lines(&self.needs);
        let stale = store::numbers::stale(connection, &self.seen, &now, with_lines)?;
        let mut customers = stale.customers;
        let is_later = moment.today > self.as_of;
        // Of how many months somebody bought in changes with the months for everybody.
        if is_later && self.needs.measures.iter().any(|it| it.measure == Measure::ActiveMonthsBp) {
            return Ok(false);
        }
        if is_later {
            customers.extend(self.leaving(moment.today));
            // A sale dated ahead of its time counts from its day on.
            customers.extend(store::measures::customers_since(connection, self.as_of)?);
            self.as_of = moment.today;
        }
        if customers.len() > FEW && customers.len() > self.table.len() / PART {
            return Ok(false);
        }
        for id in customers {
            self.renew(connection, moment, id)?;
        }
        if is_later {
            self.renew_days(connection)?;
        }
        if measures::counts_referrals(&self.needs) {
            self.renew_referrals(connection)?;
        }
        // Where the primary scheme keeps its classes is not where it kept them before it was the primary one.
        let primary = store::segmentation::primary(connection)?.key;
        self.standings.retain(|key, standing| standing.is_primary == (*key == primary));
        let customers = self.table.customers();
        for (key, standing) in &mut self.standings {
            standing.follow(connection, key, customers, &stale.classes)?;
        }
        self.seen = now;
        self.written = written;
        Ok(true)
    }

    /// Counts one customer anew, who may have come or gone.
    fn renew(&mut self, connection: &Connection, moment: &Moment, id: CustomerId) -> Result<()> {
        let person = measures::of_one(connection, moment, moment.today, &self.needs, id)?;
        match (self.table.customers().binary_search(&id), person) {
            (Ok(row), Some(person)) => self.set(row, &person),
            (Ok(row), None) => self.remove(row),
            (Err(row), Some(person)) => self.insert(row, &person),
            (Err(_), None) => {}
        }
        Ok(())
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
    fn renew_days(&mut self, connection: &Connection) -> Result<()> {
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
        self.renew_own_days(connection)
    }

    /// Whom somebody brought may have bought, which is written nowhere with the one who brought them.
    fn renew_referrals(&mut self, connection: &Connection) -> Result<()> {
        let brought = store::measures::referrals(connection, Whose::Everyone, self.as_of)?;
        let customers = self.table.customers().to_vec();
        let of_row = |row: usize| customers.get(row).and_then(|id| brought.get(id)).copied().unwrap_or(0);
        let measure = MeasureRef::new(Measure::Referrals, Window::Lifetime);
        self.table.set_column(&measure, |row| Some(i64::from(of_row(row))));
        Ok(())
    }

    /// Days of the shop's own come nearer and go by as well.
    fn renew_own_days(&mut self, connection: &Connection) -> Result<()> {
        let customers = self.table.customers().to_vec();
        for wanted in &self.needs.measures {
            let (Measure::DaysSince(key) | Measure::DaysUntil(key)) = &wanted.measure else { continue };
            let days = store::measures::own_days(connection, Whose::Everyone, key)?;
            let days: BTreeMap<CustomerId, NaiveDate> = days.into_iter().collect();
            let of_row = |row: usize| customers.get(row).and_then(|id| days.get(id));
            let as_of = self.as_of;
            self.table.set_column(wanted, |row| of_row(row).and_then(|day| wanted.measure.of_own_day(*day, as_of)));
        }
        Ok(())
    }

    /// Reads all words anew; the book keeps none beside the numbers.
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

/// Whether numbers made for some needs answer others.
fn holds(known: &Needs, needs: &Needs) -> bool {
    needs.measures.iter().all(|measure| known.measures.contains(&measure.normal()))
        && needs.fields.is_subset(&known.fields)
}

impl Days {
    pub(super) fn of(person: &CustomerMeasures) -> Self {
        Self { first: person.first_on, last: person.last_on, contact: person.last_contact_on }
    }
}

/// Customers of a set, as they stand in a list that is ordered by id.
fn rows_of<'c>(
    customers: &'c [CustomerId],
    ids: &'c BTreeSet<CustomerId>,
) -> impl Iterator<Item = (usize, CustomerId)> {
    ids.iter().filter_map(|id| Some((customers.binary_search(id).ok()?, *id)))
}
