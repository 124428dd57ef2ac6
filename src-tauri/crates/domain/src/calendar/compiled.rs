//! Answers every question about open time. Local hours become instants once per year, with running totals, so that a
//! question costs two binary searches instead of a walk through the days between.
//!
//! Instants are compared in milliseconds and reported in whole seconds, rounded down once at the end. Time before 1900
//! and from 2200 on counts as closed, which bounds every search.

use super::hours::{DAY_SECONDS, DayInterval, Hours};
use super::stretches::{merged, without};
use crate::error::RuleError;
use crate::time::{Timestamp, local_to_instant};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use std::sync::OnceLock;

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;
const MEAN_YEAR_MILLIS: i64 = 31_556_952_000;
const DAY_MILLIS: i64 = 86_400_000;

/// An unbroken stretch of open time: from its opening up to, not including, its closing instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The first open instant.
    pub from: Timestamp,
    /// The closing instant.
    pub to: Timestamp,
}

/// A checked calendar, ready for questions. Cheap to share between threads; years are worked out when first asked for.
#[derive(Debug)]
pub struct CompiledCalendar {
    hours: Hours,
    /// Local midnights of 1 January, one more than there are years.
    year_starts: Vec<i64>,
    years: Vec<OnceLock<Year>>,
    /// The last year in which anything is open.
    last_open: usize,
    /// The first year in which anything is open.
    first_open: usize,
}

impl CompiledCalendar {
    pub(super) fn new(hours: Hours) -> Result<Self, RuleError> {
        let year_starts: Vec<i64> = (FIRST_YEAR..=LAST_YEAR + 1).map(|year| year_start(hours.zone, year)).collect();
        let years = (FIRST_YEAR..=LAST_YEAR).map(|_| OnceLock::new()).collect();
        let mut calendar = Self { hours, year_starts, years, first_open: 0, last_open: 0 };
        if calendar.hours.opens_every_week() {
            calendar.last_open = calendar.years.len() - 1;
            return Ok(calendar);
        }
        // Only single dates open the shop: their years bound the search. The overnight tail of 31 December may open
        // the year after, so that one is looked at too.
        let mut candidates: Vec<usize> = calendar
            .hours
            .override_dates()
            .filter_map(|day| usize::try_from(day.year() - FIRST_YEAR).ok())
            .flat_map(|index| [index, index + 1])
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|index| calendar.year(*index).is_some_and(|year| year.total > 0));
        let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else {
            return Err(RuleError::field("weekly", "calendar.never_open"));
        };
        (calendar.first_open, calendar.last_open) = (*first, *last);
        Ok(calendar)
    }

    /// The shop's zone.
    pub fn zone(&self) -> Tz {
        self.hours.zone
    }

    /// Whether the shop is open at an instant. The opening instant is open, the closing instant is not.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.year_of(at.millis()).and_then(|index| self.year(index)).is_some_and(|year| year.is_open(at.millis()))
    }

    /// Open seconds from `start` to `end`, rounded down; 0 when `end` lies before `start`.
    pub fn between(&self, start: Timestamp, end: Timestamp) -> i64 {
        self.millis_between(start, end).div_euclid(1000)
    }

    /// Open milliseconds from `start` to `end`: what sums of several stretches are built from before rounding once.
    pub fn millis_between(&self, start: Timestamp, end: Timestamp) -> i64 {
        let (start, end) = (self.clamped(start.millis()), self.clamped(end.millis()));
        if end <= start {
            return 0;
        }
        let Some(first) = self.year_of(start) else { return 0 };
        let until = |index: usize, at: i64| self.year(index).map_or(0, |year| year.open_until(at));
        // Most questions stay within a year, so its end is looked at before another year is searched for.
        if self.year_starts.get(first + 1).is_some_and(|year_end| end <= *year_end) {
            return self.year(first).map_or(0, |year| year.open_until(end) - year.open_until(start));
        }
        let Some(last) = self.year_of(end - 1) else { return 0 };
        let total = |index: usize| self.year(index).map_or(0, |year| year.total);
        let whole_years: i64 = (first + 1..last).map(total).sum();
        total(first) - until(first, start) + whole_years + until(last, end)
    }

    /// The earliest instant at which so many open seconds have passed since `start`. A budget of 0 gives the next open
    /// instant. `None` when the shop is not open long enough before 2200, or for a negative budget.
    pub fn add(&self, start: Timestamp, seconds: i64) -> Option<Timestamp> {
        self.add_millis(start, seconds.checked_mul(1000)?)
    }

    /// [`Self::add`] with a budget in milliseconds.
    pub fn add_millis(&self, start: Timestamp, budget: i64) -> Option<Timestamp> {
        if budget < 0 {
            return None;
        }
        let start = start.millis().max(*self.year_starts.first()?);
        let mut index = self.year_of(start)?;
        let mut used = -self.year(index)?.open_until(start);
        if index < self.first_open {
            (index, used) = (self.first_open, 0);
        }
        while index <= self.last_open {
            let year = self.year(index)?;
            let found =
                if budget == 0 { year.next_open(start) } else { year.earliest_with(budget.saturating_sub(used)) };
            if let Some(millis) = found {
                return Some(Timestamp::from_millis(millis));
            }
            used += year.total;
            index += 1;
        }
        None
    }

    /// The latest instant from which so many open seconds remain until `end`: [`Self::add`] in the mirror. A budget of
    /// 0 gives `end` itself while the shop is open or just closing, otherwise the closing instant before it. `None`
    /// when the shop was not open long enough since 1900, or for a negative budget.
    pub fn subtract(&self, end: Timestamp, seconds: i64) -> Option<Timestamp> {
        let budget = seconds.checked_mul(1000).filter(|budget| *budget >= 0)?;
        let end = end.millis().min(*self.year_starts.last()?);
        let mut index = self.year_of(end - 1)?;
        let mut missing = budget - self.year(index)?.open_until(end);
        if index > self.last_open {
            index = self.last_open;
            missing = budget - self.year(index)?.total;
        }
        loop {
            let year = self.year(index)?;
            // `missing` is what earlier years must still give; below zero, or at zero for a zero budget, it ends here.
            let found = if budget == 0 { year.last_open_until(end) } else { year.latest_with(-missing) };
            if let Some(millis) = found {
                return Some(Timestamp::from_millis(millis));
            }
            index = index.checked_sub(1).filter(|index| *index >= self.first_open)?;
            missing -= self.year(index)?.total;
        }
    }

    /// The open stretches from `start` up to `end`, cut off at both; touching stretches are one.
    pub fn segments_until(&self, start: Timestamp, end: Timestamp) -> Vec<Segment> {
        let mut found: Vec<Segment> = Vec::new();
        self.walk(start.millis(), end.millis(), |segment| {
            let to = segment.to.min(end);
            if segment.from < to {
                found.push(Segment { from: segment.from, to });
            }
            true
        });
        found
    }

    /// The next `count` open stretches, the first cut off at `start`. Fewer when the shop never opens again; `None`
    /// when the last one never ends, as in a shop that never closes.
    pub fn next_segments(&self, start: Timestamp, count: usize) -> Option<Vec<Segment>> {
        let mut found: Vec<Segment> = Vec::new();
        if count > 0 {
            self.walk(start.millis(), i64::MAX, |segment| {
                found.push(segment);
                found.len() < count
            });
        }
        let end_of_time = Timestamp::from_millis(*self.year_starts.last()?);
        if found.last().is_some_and(|segment| segment.to >= end_of_time) { None } else { Some(found) }
    }

    /// Hands out merged stretches from `start` on until `more` says no or one begins at or after `end`.
    fn walk(&self, start: i64, end: i64, mut more: impl FnMut(Segment) -> bool) {
        let Some(first) = self.year_of(self.clamped(start)) else { return };
        let mut pending: Option<(i64, i64)> = None;
        let mut emit = |(from, to): (i64, i64)| {
            more(Segment { from: Timestamp::from_millis(from), to: Timestamp::from_millis(to) })
        };
        for index in first.max(self.first_open)..=self.last_open {
            let Some(year) = self.year(index) else { return };
            let behind = year.stretches.partition_point(|stretch| stretch.to <= start);
            for stretch in year.stretches.iter().skip(behind) {
                let from = stretch.from.max(start);
                if from >= end || pending.is_some_and(|open| open.1 >= end) {
                    if let Some(last) = pending {
                        emit(last);
                    }
                    return;
                }
                match &mut pending {
                    Some(open) if open.1 == from => open.1 = stretch.to,
                    Some(open) => {
                        let finished = std::mem::replace(open, (from, stretch.to));
                        if !emit(finished) {
                            return;
                        }
                    }
                    None => pending = Some((from, stretch.to)),
                }
            }
        }
        if let Some(last) = pending {
            emit(last);
        }
    }

    fn clamped(&self, millis: i64) -> i64 {
        let (first, last) = (self.year_starts.first(), self.year_starts.last());
        millis.clamp(first.copied().unwrap_or(0), last.copied().unwrap_or(0))
    }

    /// Which year an instant lies in; instants before 1900 and from 2200 on have none.
    fn year_of(&self, millis: i64) -> Option<usize> {
        let begin = *self.year_starts.first()?;
        let mut index = usize::try_from((millis - begin).div_euclid(MEAN_YEAR_MILLIS)).ok()?;
        // The mean year is off by a day or so, never by more than one year.
        while index > 0 && *self.year_starts.get(index)? > millis {
            index -= 1;
        }
        while *self.year_starts.get(index + 1)? <= millis {
            index += 1;
        }
        Some(index)
    }

    fn year(&self, index: usize) -> Option<&Year> {
        let slot = self.years.get(index)?;
        let (from, to) = (*self.year_starts.get(index)?, *self.year_starts.get(index + 1)?);
        Some(slot.get_or_init(|| Year::build(&self.hours, FIRST_YEAR + i32::try_from(index).unwrap_or(0), from, to)))
    }
}

/// One open stretch and the open milliseconds of its year before it.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: i64,
    to: i64,
    before: i64,
}

/// The open stretches of one year, apart from each other and in order.
#[derive(Debug)]
struct Year {
    from: i64,
    stretches: Vec<Stretch>,
    /// For every day of 24 hours since the year began, how many stretches begin before it: where to start looking.
    begun: Vec<usize>,
    total: i64,
}

impl Year {
    fn build(hours: &Hours, year: i32, year_from: i64, year_to: i64) -> Self {
        let mut open = Vec::new();
        let mut breaks = Vec::new();
        // The last days before belong here too, because their hours may run past midnight.
        let first = NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| day.checked_sub_days(Days::new(2)));
        for day in first.into_iter().flat_map(|day| day.iter_days()).take(369) {
            let instants = |interval: DayInterval| {
                let (from, to) = interval_instants(hours.zone, day, interval);
                // A gap of the clock can swallow an interval whole.
                (from < to).then_some((from, to))
            };
            open.extend(hours.of_day(day).iter().copied().filter_map(instants));
            breaks.extend(hours.breaks_of_day(day).filter_map(instants));
        }
        let mut total = 0;
        let mut stretches = Vec::new();
        for (from, to) in without(&merged(open), &merged(breaks)) {
            let (from, to) = (from.max(year_from), to.min(year_to));
            if from < to {
                stretches.push(Stretch { from, to, before: total });
                total += to - from;
            }
        }
        let days = (year_from..=year_to).step_by(DAY_MILLIS as usize);
        let begun = days.map(|day| stretches.partition_point(|stretch: &Stretch| stretch.from < day)).collect();
        Self { from: year_from, stretches, begun, total }
    }

    /// The last stretch that begins before (or at, with `at + 1`) an instant.
    fn begun_before(&self, at: i64) -> Option<&Stretch> {
        let day = usize::try_from((at - self.from).div_euclid(DAY_MILLIS)).unwrap_or(0);
        let mut next = self.begun.get(day).copied().unwrap_or(self.stretches.len());
        while self.stretches.get(next).is_some_and(|stretch| stretch.from < at) {
            next += 1;
        }
        next.checked_sub(1).and_then(|index| self.stretches.get(index))
    }

    fn is_open(&self, at: i64) -> bool {
        self.begun_before(at + 1).is_some_and(|stretch| at < stretch.to)
    }

    fn open_until(&self, at: i64) -> i64 {
        self.begun_before(at).map_or(0, |stretch| stretch.before + at.min(stretch.to) - stretch.from)
    }

    /// The earliest instant with so many open milliseconds of this year behind it; `open` is above zero.
    fn earliest_with(&self, open: i64) -> Option<i64> {
        if open > self.total {
            return None;
        }
        let index = self.stretches.partition_point(|stretch| stretch.before < open).checked_sub(1)?;
        self.stretches.get(index).map(|stretch| stretch.from + open - stretch.before)
    }

    /// The latest instant with so many open milliseconds of this year behind it, while any are still to come.
    fn latest_with(&self, open: i64) -> Option<i64> {
        if open < 0 || open >= self.total {
            return None;
        }
        let index = self.stretches.partition_point(|stretch| stretch.before <= open).checked_sub(1)?;
        self.stretches.get(index).map(|stretch| stretch.from + open - stretch.before)
    }

    fn next_open(&self, at: i64) -> Option<i64> {
        let index = self.stretches.partition_point(|stretch| stretch.to <= at);
        self.stretches.get(index).map(|stretch| stretch.from.max(at))
    }

    fn last_open_until(&self, at: i64) -> Option<i64> {
        self.begun_before(at).map(|stretch| stretch.to.min(at))
    }
}

fn interval_instants(zone: Tz, day: NaiveDate, interval: DayInterval) -> (i64, i64) {
    let instant = |seconds: u32| {
        let day = day + Days::new(u64::from(seconds / DAY_SECONDS));
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds % DAY_SECONDS, 0).unwrap_or_default();
        local_to_instant(zone, day.and_time(time)).millis()
    };
    (instant(interval.from), instant(interval.end_from_own_midnight()))
}

fn year_start(zone: Tz, year: i32) -> i64 {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    local_to_instant(zone, day.and_time(NaiveTime::MIN)).millis()
}
