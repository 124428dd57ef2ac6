//! The shop's opening hours: versions that are only ever added, and what follows from a new one. Clocks that are
//! still open are counted anew under the new hours, judged ones stay.

use crate::api::books::Nothing;
use crate::api::calendar::{CalendarChange, CalendarView, FestivalView, StatutoryYearView};
use crate::app::{App, Moment, Op, Written};
use crate::complaints::{self, Rulebook};
use crate::error::{ApiError, ErrorCode, Result};
use crate::store;
use crate::store::book::BookFacts;
use crate::store::calendar::CalendarVersion;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::calendar::{BusinessCalendar, CompiledCalendar, LocalInterval, StatutoryDays, StatutoryYear};
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

/// The opening hours that hold now.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<CalendarView> {
    app.read(|connection, moment| {
        let version = newest(&store::calendar::calendars(connection)?)?;
        let compiled = compiled(&version)?;
        let known = statutory(&version);
        Ok(CalendarView {
            is_open: compiled.is_open(moment.now),
            changes_at: changes_at(&compiled, moment.now),
            missing_year: known.missing_year(moment.today).filter(|_| version.closes_on_statutory_days),
            statutory: statutory_views(&version, &known),
            calendar: version.calendar,
            closes_on_statutory_days: version.closes_on_statutory_days,
        })
    })
}

/// Open minutes of an ordinary week, from now on.
pub(crate) fn open_minutes_of_a_week(connection: &Connection, moment: &Moment) -> Result<i64> {
    const WEEK_MILLIS: i64 = 7 * 24 * 3_600_000;
    let compiled = compiled(&newest(&store::calendar::calendars(connection)?)?)?;
    let end = Timestamp::from_millis(moment.now.millis() + WEEK_MILLIS);
    Ok(compiled.between(moment.now, end) / 60)
}

/// New opening hours from now on.
///
/// # Errors
/// Every entry that cannot be meant, a calendar that never opens, another zone than the shop's.
pub fn change(app: &App, input: CalendarChange) -> Result<CalendarView> {
    app.write(Op::new("calendar.change").keyed(input.client_key), move |tx, moment| {
        let mut calendar = input.calendar;
        if calendar.tz.trim().is_empty() {
            calendar.tz = moment.zone.name().into();
        }
        if calendar.tz != moment.zone.name() {
            return Err(ApiError::field("calendar.tz", "calendar.other_zone"));
        }
        let newer = input.statutory_json.as_deref().filter(|text| !text.trim().is_empty()).map(read_statutory);
        let before = newest(&store::calendar::calendars(tx)?)?.statutory;
        let own = match (before, newer.transpose()?) {
            (Some(before), Some(newer)) => Some(before.updated_with(newer)),
            (before, newer) => newer.or(before),
        };
        adopt(tx, moment, calendar, input.closes_on_statutory_days, own)
    })?;
    get(app, Nothing {})
}

/// The shop's zone is another one now; its hours are meant in the new one.
pub(crate) fn follow_zone(tx: &Transaction, moment: &crate::app::Moment, zone: chrono_tz::Tz) -> Result<()> {
    let version = newest(&store::calendar::calendars(tx)?)?;
    if version.calendar.tz != zone.name() {
        let calendar = BusinessCalendar { tz: zone.name().into(), ..version.calendar };
        adopt(tx, moment, calendar, version.closes_on_statutory_days, version.statutory)?;
    }
    Ok(())
}

fn adopt(
    tx: &Transaction,
    moment: &crate::app::Moment,
    calendar: BusinessCalendar,
    closes_on_statutory_days: bool,
    statutory: Option<StatutoryDays>,
) -> Result<Written> {
    let before = Rulebook::load(tx)?;
    let from = moment.now.max(before.newest_from());
    let version = CalendarVersion { from, calendar, closes_on_statutory_days, statutory };
    // What was written is checked alone first, so that a fault is not named again at every make-up day.
    version.calendar.validate().map_err(|refusal| named_in_input(refusal.into()))?;
    compiled(&version)?;
    store::calendar::insert_calendar(tx, &version, moment.session.staff)?;
    let moved = complaints::after_new_terms(tx, moment, &before)?;
    Ok(Written::many("calendar").detail(json!({ "moved_complaints": moved })))
}

/// Reads a newer list; what is wrong with it is said at the field of the form.
fn read_statutory(text: &str) -> Result<StatutoryDays> {
    StatutoryDays::from_json(text).map_err(|refusal| {
        let mut refusal = ApiError::from(refusal);
        for field in &mut refusal.fields {
            field.field = "statutory_json".into();
        }
        refusal
    })
}

/// The statutory days as a version knows them.
fn statutory(version: &CalendarVersion) -> StatutoryDays {
    match &version.statutory {
        Some(own) => StatutoryDays::shipped().updated_with(own.clone()),
        None => StatutoryDays::shipped(),
    }
}

fn statutory_views(version: &CalendarVersion, known: &StatutoryDays) -> Vec<StatutoryYearView> {
    let is_own = |year: &i32| version.statutory.as_ref().is_some_and(|own| own.years.contains_key(year));
    let view = |(year, days): (&i32, &StatutoryYear)| {
        let mut festivals: Vec<FestivalView> =
            days.off.iter().map(|(name, off)| FestivalView { name: name.clone(), off: off.clone() }).collect();
        festivals.sort_by_key(|festival| festival.off.first().copied());
        StatutoryYearView { year: *year, is_own: is_own(year), festivals, work: days.work.clone() }
    };
    known.years.iter().rev().map(view).collect()
}

fn newest(versions: &[CalendarVersion]) -> Result<CalendarVersion> {
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

/// A fault of the calendar at its place in the command's input.
fn named_in_input(mut refusal: ApiError) -> ApiError {
    for field in &mut refusal.fields {
        field.field.insert_str(0, "calendar.");
    }
    refusal
}
