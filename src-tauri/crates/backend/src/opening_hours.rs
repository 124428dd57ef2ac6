//! When the shop is open: the versions of its calendar made ready for questions. What changes them stands in `calendar`.

use crate::app::Moment;
use crate::error::{ApiError, ErrorCode, Result};
use crate::store;
use crate::store::book::BookFacts;
use crate::store::calendar::CalendarVersion;
use rusqlite::{Connection, Transaction};
use shukebu_domain::calendar::{BusinessCalendar, CompiledCalendar, LocalInterval, StatutoryDays};
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What a new book starts with: open every day with a lunch break, festivals included, as most small shops are.
pub(crate) fn seed(tx: &Transaction, facts: &BookFacts, staff: StaffId, at: Timestamp) -> Result<()> {
    let hours = [["09:00", "12:00"], ["13:00", "21:00"]].map(|interval| interval.map(str::to_owned)).to_vec();
    let calendar = BusinessCalendar {
        tz: facts.zone.name().into(),
        weekly: WEEK.map(|day| (day.to_owned(), hours.clone())).into(),
        ..BusinessCalendar::default()
    };
    store::calendar::insert_calendar(
        tx,
        &CalendarVersion { from: at, calendar, closes_on_statutory_days: false, statutory: None },
        staff,
    )
}

/// Open minutes of an ordinary week, from now on.
pub(crate) fn open_minutes_of_a_week(connection: &Connection, moment: &Moment) -> Result<i64> {
    const WEEK_MILLIS: i64 = 7 * 24 * 3_600_000;
    let compiled = compiled(&newest(&store::calendar::calendars(connection)?)?)?;
    let end = Timestamp::from_millis(moment.now.millis() + WEEK_MILLIS);
    Ok(compiled.between(moment.now, end) / 60)
}

/// The version that holds now.
pub(crate) fn newest(versions: &[CalendarVersion]) -> Result<CalendarVersion> {
    versions.last().cloned().ok_or_else(|| ApiError::new(ErrorCode::Damaged, "book.damaged"))
}

/// When an open shop closes, or a closed one opens; none where that never happens.
pub(crate) fn changes_at(calendar: &CompiledCalendar, now: Timestamp) -> Option<Timestamp> {
    let next = calendar.next_segments(now, 1)?;
    let segment = next.first()?;
    Some(if segment.from > now { segment.from } else { segment.to })
}

/// A version made ready for questions. Working out a calendar costs milliseconds and the same few versions are asked
/// for again and again, so they are kept by their own text: the same text always means the same calendar.
pub(crate) fn compiled(version: &CalendarVersion) -> Result<Arc<CompiledCalendar>> {
    static KEPT: Mutex<BTreeMap<String, Arc<CompiledCalendar>>> = Mutex::new(BTreeMap::new());
    const MOST: usize = 64;
    let text = serde_json::to_string(&(&version.calendar, version.closes_on_statutory_days, &version.statutory))?;
    let kept = |known: &BTreeMap<String, Arc<CompiledCalendar>>| known.get(&text).map(Arc::clone);
    if let Some(calendar) = kept(&KEPT.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(calendar);
    }
    let calendar = Arc::new(effective(version).compile().map_err(|refusal| named_in_input(refusal.into()))?);
    let mut known = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(text, Arc::clone(&calendar));
    Ok(calendar)
}

/// The hours with the statutory days that the shop follows. On a make-up day it keeps the hours of the week's first
/// working day.
fn effective(version: &CalendarVersion) -> BusinessCalendar {
    if !version.closes_on_statutory_days {
        return version.calendar.clone();
    }
    let ordinary: &[LocalInterval] = WEEK
        .iter()
        .filter_map(|day| version.calendar.weekly.get(*day))
        .find(|hours| !hours.is_empty())
        .map_or(&[], Vec::as_slice);
    statutory(version).followed_by(&version.calendar, ordinary)
}

/// The statutory days as a version knows them.
pub(crate) fn statutory(version: &CalendarVersion) -> StatutoryDays {
    match &version.statutory {
        Some(own) => StatutoryDays::shipped().updated_with(own.clone()),
        None => StatutoryDays::shipped(),
    }
}

/// A fault of the calendar at its place in the command's input.
pub(crate) fn named_in_input(mut refusal: ApiError) -> ApiError {
    for field in &mut refusal.fields {
        field.field.insert_str(0, "calendar.");
    }
    refusal
}
