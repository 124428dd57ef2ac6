//! The figures that qualify for a tier, the window they are taken from, and what is missing for a tier.

use super::{Combine, Ladder, Position, Thresholds, Window};
use crate::money::Money;
use crate::sale::is_visit;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a customer did within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Figures {
    /// Net spend in minor units.
    pub spend_minor: Money,
    /// Business days with a visit.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub visits: i64,
    /// Points earned; redeeming and expiring never lower it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub points_earned: i64,
}

impl Figures {
    /// The figures after one more sale, `day_net` being the net of the same business day before it. O(1).
    #[must_use]
    pub fn with_sale(self, ladder: &Ladder, day_net: Money, net: Money, points: i64) -> Self {
        let was = is_visit(day_net, ladder.visit_minimum_minor);
        let after = Money::from_minor(day_net.minor().saturating_add(net.minor()));
        let is = is_visit(after, ladder.visit_minimum_minor);
        Self {
            spend_minor: Money::from_minor(self.spend_minor.minor().saturating_add(net.minor())),
            visits: self.visits + i64::from(is) - i64::from(was),
            points_earned: self.points_earned.saturating_add(points),
        }
    }

    /// Both together.
    #[must_use]
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            spend_minor: Money::from_minor(self.spend_minor.minor().saturating_add(other.spend_minor.minor())),
            visits: self.visits.saturating_add(other.visits),
            points_earned: self.points_earned.saturating_add(other.points_earned),
        }
    }

    /// Without the other.
    #[must_use]
    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            spend_minor: Money::from_minor(self.spend_minor.minor().saturating_sub(other.spend_minor.minor())),
            visits: self.visits.saturating_sub(other.visits),
            points_earned: self.points_earned.saturating_sub(other.points_earned),
        }
    }
}

/// What is missing for a tier; a measure that the tier does not ask for is left empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Missing {
    /// The tier.
    pub tier: String,
    /// Net spend still missing, in minor units.
    pub spend_minor: Option<Money>,
    /// Visits still missing.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub visits: Option<i64>,
    /// Earned points still missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub points_earned: Option<i64>,
}

/// The highest tier whose enter thresholds the figures reach.
pub fn deserved_on_entry(ladder: &Ladder, figures: &Figures) -> usize {
    (1..ladder.tiers.len()).rev().find(|rank| reached(ladder.combine, ladder.enter(*rank), figures)).unwrap_or(0)
}

/// What is missing for the tier above `rank`; nothing at the top.
pub fn missing(ladder: &Ladder, rank: usize, figures: &Figures) -> Option<Missing> {
    let next = ladder.tiers.get(rank + 1)?;
    Some(still_missing(&next.name, ladder.enter(rank + 1), figures))
}

/// What is missing to reach the thresholds.
pub(super) fn still_missing(tier: &str, thresholds: Thresholds, figures: &Figures) -> Missing {
    let left = |goal: i64, have: i64| goal.saturating_sub(have).max(0);
    Missing {
        tier: tier.to_owned(),
        spend_minor: thresholds
            .spend_minor
            .map(|goal| Money::from_minor(left(goal.minor(), figures.spend_minor.minor()))),
        visits: thresholds.visits.map(|goal| left(goal, figures.visits)),
        points_earned: thresholds.points_earned.map(|goal| left(goal, figures.points_earned)),
    }
}

/// Whether the figures reach the thresholds (≥). Thresholds that ask for nothing are reached by everybody.
pub(super) fn reached(combine: Combine, thresholds: Thresholds, figures: &Figures) -> bool {
    let tests = [
        thresholds.spend_minor.map(|goal| figures.spend_minor >= goal),
        thresholds.visits.map(|goal| figures.visits >= goal),
        thresholds.points_earned.map(|goal| figures.points_earned >= goal),
    ];
    let mut asked = tests.into_iter().flatten();
    match combine {
        Combine::All => asked.all(|met| met),
        Combine::Any => thresholds.is_empty() || asked.any(|met| met),
    }
}

/// The last day before the window that ends on `day`: purchases of that day no longer count. `None`: everything does.
pub fn window_start(window: Window, position: &Position, day: NaiveDate) -> Option<NaiveDate> {
    match window {
        Window::Lifetime => None,
        Window::RollingDays { n } => Some(minus_days(day, n)),
        Window::RollingMonths { n } => Some(day.checked_sub_months(Months::new(n)).unwrap_or(NaiveDate::MIN)),
        Window::CalendarYear => Some(minus_days(year_start(day), 1)),
        Window::SincePromotion { n } => {
            let last_year = match n {
                Some(n) => minus_days(day, n),
                None => day.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN),
            };
            // The day of the promotion counts: the sale that crossed is the first of the new year. Someone who holds
            // no tier has no year of their own; the last year counts, but nothing from before a demotion.
            match position.counted_from.map(|from| minus_days(from, 1)) {
                Some(before) if position.tier > 0 => Some(before),
                Some(before) => Some(before.max(last_year)),
                None => Some(last_year),
            }
        }
    }
}

/// The first day of the next year of a customer whose year began on `from`.
pub(super) fn year_over(n: Option<u32>, from: NaiveDate) -> NaiveDate {
    match n {
        Some(n) => plus_days(from, n),
        None => from.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX),
    }
}

/// 1 January of the day's year.
pub(super) fn year_start(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day)
}

pub(super) fn plus_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

pub(super) fn minus_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}

/// A customer's business days in order, with running totals: any window is two binary searches.
#[derive(Debug, Clone, Default)]
pub(super) struct DayBook {
    /// What lies before the first row.
    folded: Figures,
    rows: Vec<DayRow>,
    minimum: Money,
}

#[derive(Debug, Clone, Copy)]
struct DayRow {
    day: NaiveDate,
    /// Everything before this day.
    before: Figures,
    net: Money,
    points: i64,
    opening: Figures,
}

impl DayBook {
    pub(super) fn new(minimum: Money) -> Self {
        Self { folded: Figures::default(), rows: Vec::new(), minimum }
    }

    /// A book whose oldest days are only a sum.
    pub(super) fn resumed(minimum: Money, folded: Figures, days: &[(NaiveDate, Money)]) -> Self {
        let mut book = Self { folded, rows: Vec::with_capacity(days.len() + 1), minimum };
        for (day, net) in days {
            book.add(*day, *net, 0);
        }
        book
    }

    /// The sum of all days through `day`; none where one after it holds more than its sales.
    pub(super) fn folded(&self, day: NaiveDate) -> Option<Figures> {
        let next = self.rows.partition_point(|row| row.day <= day);
        let is_plain = |row: &DayRow| row.points == 0 && row.opening == Figures::default();
        self.rows.iter().skip(next).all(is_plain).then(|| self.through(day))
    }

    /// Adds a sale or earned points to a day that is not before the last one.
    pub(super) fn add(&mut self, day: NaiveDate, net: Money, points: i64) {
        let row = self.row(day);
        row.net = Money::from_minor(row.net.minor().saturating_add(net.minor()));
        row.points = row.points.saturating_add(points);
    }

    /// Adds an opening balance.
    pub(super) fn open(&mut self, day: NaiveDate, opening: Figures) {
        let row = self.row(day);
        row.opening = row.opening.plus(opening);
    }

    fn row(&mut self, day: NaiveDate) -> &mut DayRow {
        if self.rows.last().is_none_or(|row| row.day < day) {
            let before = self.total();
            self.rows.push(DayRow { day, before, net: Money::ZERO, points: 0, opening: Figures::default() });
        }
        self.rows.last_mut().expect("BUG: a row was just pushed")
    }

    /// Counts visits by another minimum from now on, also those of the past.
    pub(super) fn set_minimum(&mut self, minimum: Money) {
        if self.minimum == minimum {
            return;
        }
        let mut fresh = Self { folded: self.folded, ..Self::new(minimum) };
        for row in &self.rows {
            fresh.add(row.day, row.net, row.points);
            fresh.open(row.day, row.opening);
        }
        *self = fresh;
    }

    /// Σ of the days after `after` through `through`.
    pub(super) fn between(&self, after: Option<NaiveDate>, through: NaiveDate) -> Figures {
        let early = after.map_or(Figures::default(), |after| self.through(after));
        self.through(through).minus(early)
    }

    fn through(&self, day: NaiveDate) -> Figures {
        let next = self.rows.partition_point(|row| row.day <= day);
        self.rows.get(next).map_or_else(|| self.total(), |row| row.before)
    }

    fn total(&self) -> Figures {
        self.rows.last().map_or(self.folded, |row| row.before.plus(self.of(row)))
    }

    fn of(&self, row: &DayRow) -> Figures {
        let visits = i64::from(is_visit(row.net, self.minimum));
        Figures { spend_minor: row.net, visits, points_earned: row.points }.plus(row.opening)
    }
}
