//! Reads a written calendar into dates and seconds of the day, naming every entry that cannot be meant, and decides
//! whether it ever opens.

use super::stretches::{merged, without};
use super::{BusinessCalendar, LocalInterval};
use crate::error::{FieldError, RuleError, refuse_if_any};
use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const DAY_SECONDS: u32 = 86_400;
const WEEK_SECONDS: i64 = 7 * DAY_SECONDS as i64;

/// Seconds of the local day: `from` below 24:00; `to` not later than `from` lies on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayInterval {
    pub from: u32,
    pub to: u32,
}

impl DayInterval {
    /// The end in seconds after the midnight at which its own day began.
    pub(super) const fn end_from_own_midnight(self) -> u32 {
        if self.to <= self.from { self.to + DAY_SECONDS } else { self.to }
    }
}

/// A calendar whose every entry could be read.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    pub zone: Tz,
    weekly: [Vec<DayInterval>; 7],
    weekly_breaks: [Vec<DayInterval>; 7],
    overrides: BTreeMap<NaiveDate, Vec<DayInterval>>,
    date_breaks: BTreeMap<NaiveDate, Vec<DayInterval>>,
    closed: BTreeSet<NaiveDate>,
}

impl Hours {
    /// The intervals that belong to a day before breaks are taken out.
    pub(super) fn of_day(&self, day: NaiveDate) -> &[DayInterval] {
        if self.closed.contains(&day) {
            return &[];
        }
        match self.overrides.get(&day) {
            Some(intervals) => intervals,
            None => of_weekday(&self.weekly, day.weekday()),
        }
    }

    /// The breaks that begin on a day: those of its date and those of its weekday.
    pub(super) fn breaks_of_day(&self, day: NaiveDate) -> impl Iterator<Item = DayInterval> + '_ {
        let of_date = self.date_breaks.get(&day).map_or(&[][..], Vec::as_slice);
        of_date.iter().chain(of_weekday(&self.weekly_breaks, day.weekday())).copied()
    }

    /// Whether an ordinary week leaves any open time after its breaks. If so, the shop opens again and again, because
    /// only finitely many dates are named otherwise.
    pub(super) fn opens_every_week(&self) -> bool {
        let open = week_stretches(&self.weekly);
        let breaks = week_stretches(&self.weekly_breaks);
        !without(&open, &breaks).is_empty()
    }

    /// The dates with hours of their own.
    pub(super) fn override_dates(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.overrides.keys().copied()
    }
}

fn of_weekday(week: &[Vec<DayInterval>; 7], weekday: Weekday) -> &[DayInterval] {
    week.get(weekday.num_days_from_monday() as usize).map_or(&[], Vec::as_slice)
}

/// An ordinary week as stretches of seconds, sorted and merged. The overnight tail of Sunday is also laid before
/// Monday, so that a break on Monday morning meets it.
fn week_stretches(week: &[Vec<DayInterval>; 7]) -> Vec<(i64, i64)> {
    let mut stretches = Vec::new();
    for (day, intervals) in (0_i64..).zip(week) {
        for interval in intervals {
            let midnight = day * i64::from(DAY_SECONDS);
            let (from, to) =
                (midnight + i64::from(interval.from), midnight + i64::from(interval.end_from_own_midnight()));
            for shift in [-WEEK_SECONDS, 0, WEEK_SECONDS] {
                let (from, to) = ((from + shift).max(0), (to + shift).min(WEEK_SECONDS));
                if from < to {
                    stretches.push((from, to));
                }
            }
        }
    }
    merged(stretches)
}

/// Reads every entry and collects every fault.
pub(super) fn read(written: &BusinessCalendar) -> Result<Hours, RuleError> {
    let mut problems = Vec::new();
    let zone = written.tz.parse::<Tz>().unwrap_or_else(|_| {
        problems.push(FieldError::new("tz", "calendar.unknown_zone").with("text", &written.tz));
        Tz::UTC
    });
    let mut hours = Hours {
        zone,
        weekly: Default::default(),
        weekly_breaks: Default::default(),
        overrides: BTreeMap::new(),
        date_breaks: BTreeMap::new(),
        closed: BTreeSet::new(),
    };
    for (key, intervals) in &written.weekly {
        let field = format!("weekly.{key}");
        let intervals = read_intervals(&field, intervals, &mut problems);
        match read_weekday(key).and_then(|weekday| hours.weekly.get_mut(weekday.num_days_from_monday() as usize)) {
            Some(day) => day.extend(intervals),
            None => problems.push(FieldError::new(field, "calendar.unknown_weekday").with("text", key)),
        }
    }
    for (key, intervals) in &written.date_overrides {
        let field = format!("date_overrides.{key}");
        let intervals = read_intervals(&field, intervals, &mut problems);
        match read_date(key) {
            Some(day) => hours.overrides.entry(day).or_default().extend(intervals),
            None => problems.push(FieldError::new(field, "calendar.bad_date").with("text", key)),
        }
    }
    for (key, intervals) in &written.breaks {
        let field = format!("breaks.{key}");
        let intervals = read_intervals(&field, intervals, &mut problems);
        if let Some(day) = read_date(key) {
            hours.date_breaks.entry(day).or_default().extend(intervals);
        } else if let Some(day) =
            read_weekday(key).and_then(|day| hours.weekly_breaks.get_mut(day.num_days_from_monday() as usize))
        {
            day.extend(intervals);
        } else {
            problems.push(FieldError::new(field, "calendar.bad_day_or_date").with("text", key));
        }
    }
    for (index, text) in written.holidays.iter().enumerate() {
        match read_date(text) {
            Some(day) => {
                hours.closed.insert(day);
            }
            None => {
                problems.push(FieldError::new(format!("holidays.{index}"), "calendar.bad_date").with("text", text));
            }
        }
    }
    refuse_if_any(problems)?;
    Ok(hours)
}

fn read_intervals(field: &str, written: &[LocalInterval], problems: &mut Vec<FieldError>) -> Vec<DayInterval> {
    let mut intervals = Vec::with_capacity(written.len());
    for (index, [from, to]) in written.iter().enumerate() {
        // A day cannot begin at its own end, so 24:00 is only an end.
        let start = read_time(from).filter(|seconds| *seconds < DAY_SECONDS);
        let end = read_time(to);
        if start.is_none() {
            problems.push(FieldError::new(format!("{field}.{index}.0"), "calendar.bad_time").with("text", from));
        }
        if end.is_none() {
            problems.push(FieldError::new(format!("{field}.{index}.1"), "calendar.bad_time").with("text", to));
        }
        if let (Some(from), Some(to)) = (start, end) {
            intervals.push(DayInterval { from, to });
        }
    }
    intervals
}

/// `9:00`, `09:00` and `09:00:00`, up to and including `24:00`.
fn read_time(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':');
    let mut next = |limit: u32, digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        if !digits.contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        part.parse().ok().filter(|number| *number <= limit)
    };
    let hour = next(24, 1..=2)?;
    let minute = next(59, 2..=2)?;
    let has_seconds = text.matches(':').count() == 2;
    let second = if has_seconds { next(59, 2..=2)? } else { 0 };
    if parts.next().is_some() {
        return None;
    }
    Some(hour * 3600 + minute * 60 + second).filter(|seconds| *seconds <= DAY_SECONDS)
}

fn read_date(text: &str) -> Option<NaiveDate> {
    // chrono alone would also take `2026-2-3`, which sorts and compares wrongly as a key.
    if text.len() == 10 { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

fn read_weekday(text: &str) -> Option<Weekday> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_in_its_usual_spellings() {
        for (text, seconds) in
            [("9:00", 32_400), ("09:00", 32_400), ("09:00:30", 32_430), ("24:00", 86_400), ("00:00", 0)]
        {
            assert_eq!(read_time(text), Some(seconds), "{text}");
        }
        for text in ["", "9", "9:0", "25:00", "24:01", "12:60", "12:00:60", "-1:00", "noon", "09:00:00:00", "０９:00"]
        {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn every_fault_of_a_calendar_is_named_at_once() {
        let written = BusinessCalendar {
            tz: "Asia/Nowhere".into(),
            weekly: BTreeMap::from([
                ("mon".into(), vec![["09:00".into(), "25:00".into()]]),
                ("freitag".into(), vec![["24:00".into(), "02:00".into()]]),
            ]),
            date_overrides: BTreeMap::from([("2026-02-30".into(), vec![])]),
            breaks: BTreeMap::from([("noon".into(), vec![])]),
            holidays: vec!["2026-01-01".into(), "01.01.2026".into()],
        };
        let Err(RuleError::Invalid(problems)) = written.compile() else { panic!("must be refused") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "tz",
                "weekly.freitag.0.0",
                "weekly.freitag",
                "weekly.mon.0.1",
                "date_overrides.2026-02-30",
                "breaks.noon",
                "holidays.1"
            ]
        );
    }
}
