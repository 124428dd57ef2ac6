//! Changing the shop's opening hours: versions that are only ever added, and what follows from a new one. Clocks that are
//! still open are counted anew under the new hours, judged ones stay.

use crate::api::books::Nothing;
use crate::api::calendar::{CalendarChange, CalendarView, FestivalView, StatutoryYearView};
use crate::app::{App, Op, Written};
use crate::complaints::{self, Rulebook};
use crate::error::{ApiError, Result};
use crate::opening_hours::{changes_at, compiled, named_in_input, newest, statutory};
use crate::store;
use crate::store::calendar::CalendarVersion;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::calendar::{BusinessCalendar, StatutoryDays, StatutoryYear};

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
