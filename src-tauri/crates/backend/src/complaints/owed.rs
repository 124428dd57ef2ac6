//! What customers were promised beside the clocks, as it is asked for and shown.

use crate::api::complaints::remedies::{PromisedDue, RemedyDateView, RemedyView};
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::messages::{Language, say};
use crate::store::complaints::StoredCase;
use crate::store::complaints::remedies::{self as rows, StoredRemedy};
use crate::{store, wording};
use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::calendar::CompiledCalendar;
use shukebu_domain::complaint::remedy::{RemedyDate, RemedyKind, RemedyState, open_state};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::time::{Timestamp, day_start};

/// Nobody promises for longer.
const FARTHEST_DAYS: u64 = 366;

/// The date of a form, or what is wrong with it.
pub(super) fn date(
    moment: &Moment,
    calendar: &CompiledCalendar,
    due_on: Option<NaiveDate>,
    due_at: Option<Timestamp>,
) -> std::result::Result<RemedyDate, FieldError> {
    let farthest = moment.today + Days::new(FARTHEST_DAYS);
    let (field, date) = match (due_on, due_at) {
        (Some(day), None) => {
            let date = RemedyDate::of_day(calendar, day, moment.now);
            ("due_on", date.ok_or_else(|| FieldError::new("due_on", "remedy.closed_day"))?)
        }
        (None, Some(at)) => ("due_at", RemedyDate::of_moment(at, moment.now)),
        (None, None) => return Err(FieldError::new("due_on", "remedy.date_missing")),
        (Some(_), Some(_)) => return Err(FieldError::new("due_at", "remedy.day_or_moment")),
    };
    if date.due_at <= moment.now {
        return Err(FieldError::new(field, "remedy.date_past"));
    }
    if date.due_at.day_in(moment.zone) > farthest {
        return Err(FieldError::new(field, "remedy.date_too_far"));
    }
    Ok(date)
}

/// Everything that was promised in a case.
pub(super) fn of_case(connection: &Connection, moment: &Moment, case: &StoredCase) -> Result<Vec<RemedyView>> {
    let promised = rows::of_case(connection, case.id)?;
    promised.into_iter().map(|remedy| view(moment, case, remedy)).collect()
}

/// What is late or promised for today, late ones first.
pub(super) fn for_today(connection: &Connection, moment: &Moment) -> Result<Vec<RemedyView>> {
    let promised = owed_by_tonight(connection, moment)?;
    let ids: Vec<ComplaintId> = promised.iter().map(|remedy| remedy.case).collect();
    let cases = store::complaints::some(connection, &ids)?;
    let of = |id| cases.get(&id).ok_or_else(|| ApiError::not_found("complaint"));
    promised.into_iter().map(|remedy| view(moment, of(remedy.case)?, remedy)).collect()
}

/// How much of it there is, for the top bar; nothing while there is none.
pub(super) fn due(connection: &Connection, moment: &Moment) -> Result<Option<PromisedDue>> {
    let promised = owed_by_tonight(connection, moment)?;
    let Some(first) = promised.first() else { return Ok(None) };
    let states = promised.iter().map(|remedy| state(moment, remedy)).collect::<Result<Vec<_>>>()?;
    let count = |n: usize| i64::try_from(n).map_err(ApiError::internal);
    Ok(Some(PromisedDue {
        due: count(states.len())?,
        late: count(states.iter().filter(|state| **state == RemedyState::Late).count())?,
        first: first.case,
    }))
}

fn owed_by_tonight(connection: &Connection, moment: &Moment) -> Result<Vec<StoredRemedy>> {
    let tomorrow = moment.today.succ_opt().unwrap_or(moment.today);
    rows::open_until(connection, day_start(moment.zone, tomorrow))
}

fn view(moment: &Moment, case: &StoredCase, remedy: StoredRemedy) -> Result<RemedyView> {
    let date = remedy.date()?.date;
    Ok(RemedyView {
        id: remedy.id,
        complaint_id: case.id,
        case_no: case.case_no.clone(),
        customer_name: case.customer_name.clone(),
        owner: case.owner_name.clone(),
        kind: remedy.kind,
        cost_minor: remedy.end.as_ref().filter(|end| end.is_done).map_or(remedy.cost, |end| end.cost),
        is_compensation: remedy.is_compensation,
        state: state(moment, &remedy)?,
        due_on: date.due_on,
        due_at: date.due_at,
        ended_at: remedy.end.as_ref().map(|end| end.at),
        ended_text: remedy.end.and_then(|end| end.words),
        text: remedy.words,
        dates: remedy
            .dates
            .into_iter()
            .map(|said| RemedyDateView {
                due_on: said.date.due_on,
                due_at: said.date.due_at,
                promised_at: said.date.promised_at,
                staff: said.staff,
                reason: said.reason,
                is_kept: said.is_kept,
            })
            .collect(),
    })
}

/// How it stands. A date that was judged as broken stays late, whatever the computer's clock says now.
pub(super) fn state(moment: &Moment, remedy: &StoredRemedy) -> Result<RemedyState> {
    let said = remedy.date()?;
    Ok(match &remedy.end {
        Some(end) if end.is_done => RemedyState::Done,
        Some(_) => RemedyState::GivenUp,
        None if said.is_kept == Some(false) => RemedyState::Late,
        None => open_state(&said.date, moment.now, moment.zone),
    })
}

/// 3月5日, or 3月5日 15:00.
pub(super) fn when(moment: &Moment, date: &RemedyDate) -> String {
    match date.due_on {
        Some(day) => wording::day(moment.language, day),
        None => wording::moment(moment, date.due_at),
    }
}

/// 维修, 更换, 退款, 补发, 重做.
pub(super) fn kind(language: Language, kind: RemedyKind) -> String {
    let key = match kind {
        RemedyKind::Repair => "remedy.kind.repair",
        RemedyKind::Replacement => "remedy.kind.replacement",
        RemedyKind::Refund => "remedy.kind.refund",
        RemedyKind::Resend => "remedy.kind.resend",
        RemedyKind::Redo => "remedy.kind.redo",
    };
    say(language, key, &[])
}
