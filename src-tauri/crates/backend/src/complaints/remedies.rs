//! 答应客人的事: what was promised with a date of its own, until it is done. It stands beside the three clocks of the
//! case: nothing that moves them moves it, and it is still owed when the case has ended.

use super::alarms::tell_from;
use super::limits::within_limit;
use super::owed::{date, kind, when};
use super::rulebook::Rulebook;
use super::settle::ClockGuard;
use super::steps::{answer, note_on, words};
use crate::api::complaints::ComplaintView;
use crate::api::complaints::remedies::{NewRemedy, RemedyDone, RemedyGivenUp, RemedyMove};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use crate::store::complaints::remedies::{self as rows, RemedyEnd, RemedyToStore, StoredRemedy};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::complaint::Severity;
use shukebu_domain::complaint::remedy::{RemedyDate, RemedyNotice, verdict};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::RemedyId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Promises something.
///
/// # Errors
/// Nothing said, no date or two, a date in the past, a day on which the shop is closed, a cost above the person's limit.
pub fn promise(app: &App, input: NewRemedy) -> Result<ComplaintView> {
    let said = words("text", Some(&input.text))?;
    let case = input.id;
    let saved = app.write(Op::new("complaint.step").keyed(input.client_key.clone()), move |tx, moment| {
        store::complaints::get(tx, case)?;
        let cost = input.cost_minor.unwrap_or(Money::ZERO);
        let calendar = Rulebook::load(tx)?;
        let date = date(moment, calendar.calendar(), input.due_on, input.due_at);
        let mut problems = vec![];
        if said.is_none() {
            problems.push(FieldError::new("text", "remedy.text_missing"));
        }
        if cost < Money::ZERO {
            problems.push(FieldError::new("cost_minor", "amount.negative"));
        }
        problems.extend(date.as_ref().err().cloned());
        refuse_if_any(problems)?;
        within_limit(tx, moment, "cost_minor", cost)?;
        let what = RemedyToStore { case, kind: input.kind, words: said.unwrap_or_default(), cost, given: None };
        add(tx, moment, &what, &date?)?;
        Ok(Written::one("complaint", case.0).detail(json!({ "remedy": input.kind, "cost_minor": cost })))
    })?;
    answer(app, saved)
}

/// Adds something that is promised, in the caller's transaction, and writes it on the case.
pub(super) fn add(tx: &Transaction, moment: &Moment, what: &RemedyToStore, date: &RemedyDate) -> Result<()> {
    let id = rows::insert(tx, what, date, moment.session.staff)?;
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("when", &when(moment, date)), ("kind", &kind(moment.language, what.kind)), ("what", &what.words)];
    note_on(tx, moment, what.case, say(moment.language, "remedy.promised", &values))?;
    wake(tx, moment, &rows::get(tx, id)?)
}

/// Another date is agreed with the customer. The first stays to be read, and its verdict if it was reached.
///
/// # Errors
/// No reason, a date as in [`promise`], something that is done or no longer wanted.
pub fn change_date(app: &App, input: RemedyMove) -> Result<ComplaintView> {
    let reason = reason(&input.reason)?;
    let saved =
        app.write(Op::new("complaint.change_deadline").keyed(input.client_key.clone()), move |tx, moment| {
            let remedy = owed(tx, moment, input.id)?;
            let rulebook = Rulebook::load(tx)?;
            let date = date(moment, rulebook.calendar(), input.due_on, input.due_at)?;
            rows::insert_date(tx, remedy.id, &date, Some(&reason), moment.session.staff)?;
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("what", &remedy.words),
                ("from", &when(moment, &remedy.date()?.date)),
                ("to", &when(moment, &date)),
                ("reason", &reason),
            ];
            note_on(tx, moment, remedy.case, say(moment.language, "remedy.moved", &values))?;
            wake(tx, moment, &rows::get(tx, remedy.id)?)?;
            Ok(Written::one("complaint", remedy.case.0).detail(json!({ "remedy": remedy.id })))
        })?;
    answer(app, saved)
}

/// It was done, now or a while ago.
///
/// # Errors
/// A moment in the future or before it was promised, a cost above the person's limit, something that ended before.
pub fn finish(app: &App, input: RemedyDone) -> Result<ComplaintView> {
    let text = words("text", input.text.as_deref())?;
    let saved = app.write(Op::new("complaint.step").keyed(input.client_key.clone()), move |tx, moment| {
        let remedy = open(tx, input.id)?;
        let at = input.at.unwrap_or(moment.now);
        let cost = input.cost_minor.unwrap_or(remedy.cost);
        let first = remedy.dates.first().map_or(moment.now, |said| said.date.promised_at);
        let mut problems = vec![];
        if at > moment.now {
            problems.push(FieldError::new("at", "time.in_future"));
        }
        if input.at.is_some() && at < first {
            problems.push(FieldError::new("at", "remedy.before_promised"));
        }
        if cost < Money::ZERO {
            problems.push(FieldError::new("cost_minor", "amount.negative"));
        }
        refuse_if_any(problems)?;
        if cost > remedy.cost {
            within_limit(tx, moment, "cost_minor", cost)?;
        }
        judge(tx, moment, &remedy, Some(at))?;
        end(tx, moment, &remedy, &RemedyEnd { is_done: true, at, cost, words: text })?;
        Ok(Written::one("complaint", remedy.case.0).detail(json!({ "remedy": remedy.id, "cost_minor": cost })))
    })?;
    answer(app, saved)
}

/// The customer no longer wants it. A date that was broken by then stays broken.
///
/// # Errors
/// No reason, something that ended before.
pub fn give_up(app: &App, input: RemedyGivenUp) -> Result<ComplaintView> {
    let reason = reason(&input.reason)?;
    let saved = app.write(Op::new("complaint.close").keyed(input.client_key.clone()), move |tx, moment| {
        let remedy = owed(tx, moment, input.id)?;
        drop_it(tx, moment, &remedy, reason)?;
        Ok(Written::one("complaint", remedy.case.0).detail(json!({ "remedy": remedy.id, "given_up": true })))
    })?;
    answer(app, saved)
}

/// A compensation is taken back: what was promised of it is no longer owed.
pub(super) fn give_up_compensation(
    tx: &Transaction,
    moment: &Moment,
    (resolution, position): (i64, i64),
    reason: &str,
) -> Result<()> {
    let Some(id) = rows::of_compensation(tx, resolution, position)? else { return Ok(()) };
    let remedy = owed(tx, moment, id)?;
    drop_it(tx, moment, &remedy, reason.to_owned())
}

fn drop_it(tx: &Transaction, moment: &Moment, remedy: &StoredRemedy, reason: String) -> Result<()> {
    let ended = RemedyEnd { is_done: false, at: moment.now, cost: Money::ZERO, words: Some(reason) };
    end(tx, moment, remedy, &ended)
}

fn end(tx: &Transaction, moment: &Moment, remedy: &StoredRemedy, end: &RemedyEnd) -> Result<()> {
    rows::finish(tx, remedy.id, end, moment.now, moment.session.staff)?;
    let key = if end.is_done { "remedy.done" } else { "remedy.given_up" };
    let done = say(moment.language, key, &[("what", &remedy.words)]);
    let text = match &end.words {
        Some(words) => format!("{done} · {words}"),
        None => done,
    };
    note_on(tx, moment, remedy.case, text)
}

fn reason(text: &str) -> Result<String> {
    words("reason", Some(text))?.ok_or_else(|| ApiError::field("reason", "complaint.reason_missing"))
}

/// One that is still owed.
fn open(tx: &Transaction, id: RemedyId) -> Result<StoredRemedy> {
    let remedy = rows::get(tx, id)?;
    if remedy.end.is_some() {
        return Err(ApiError::not_now("remedy.ended"));
    }
    Ok(remedy)
}

/// One that is still owed, judged up to now.
fn owed(tx: &Transaction, moment: &Moment, id: RemedyId) -> Result<StoredRemedy> {
    let remedy = open(tx, id)?;
    judge(tx, moment, &remedy, None)?;
    Ok(remedy)
}

/// Writes the verdict on the date that holds, once it is reached and if nobody did. While the computer's clock stands
/// before the last moment seen, nothing is judged as broken.
fn judge(tx: &Transaction, moment: &Moment, remedy: &StoredRemedy, done_at: Option<Timestamp>) -> Result<()> {
    let date = remedy.date()?;
    let guard = ClockGuard::read(tx, moment.now)?;
    if date.is_kept.is_some() || (guard.went_back && done_at.is_none()) {
        return Ok(());
    }
    // What is done while the clock stands wrong was done after the last moment seen.
    let done_at = done_at.map(|at| if guard.went_back { at.max(guard.last_seen) } else { at });
    match verdict(&date.date, done_at, moment.now) {
        Some(verdict) => rows::judge(tx, date.id, verdict, moment.now),
        None => Ok(()),
    }
}

/// Something to be told about a promised thing.
pub(super) struct Telling {
    pub remedy: StoredRemedy,
    pub notice: RemedyNotice,
}

/// Looks at everything whose moment has come; of several things about one date only the last is told.
pub(super) fn look(tx: &Transaction, moment: &Moment, rulebook: &Rulebook) -> Result<Vec<Telling>> {
    let mut tellings = vec![];
    for remedy in rows::due_for_look(tx, moment.now)? {
        judge(tx, moment, &remedy, None)?;
        if let Some(notice) = tell(tx, moment, rulebook, &remedy)? {
            tellings.push(Telling { remedy: remedy.clone(), notice });
        }
        wake(tx, moment, &remedy)?;
    }
    Ok(tellings)
}

fn tell(tx: &Transaction, moment: &Moment, rulebook: &Rulebook, remedy: &StoredRemedy) -> Result<Option<RemedyNotice>> {
    let date = remedy.date()?;
    let told = rows::told(tx, date.id)?;
    if tell_from(Severity::Normal, rulebook, moment.now) > moment.now {
        return Ok(None);
    }
    let reached = date.date.notices(rulebook.calendar()).into_iter().filter(|(_, at)| *at <= moment.now);
    let untold: Vec<RemedyNotice> = reached.map(|(notice, _)| notice).filter(|it| !told.contains(it)).collect();
    for notice in &untold {
        rows::tell(tx, date.id, *notice, moment.now)?;
    }
    Ok(untold.last().copied())
}

/// Keeps when the program looks at it next: to tell something, when people may be told, or to judge.
fn wake(tx: &Transaction, moment: &Moment, remedy: &StoredRemedy) -> Result<()> {
    let rulebook = Rulebook::load(tx)?;
    let date = remedy.date()?;
    let told = rows::told(tx, date.id)?;
    let to_tell = date.date.notices(rulebook.calendar()).into_iter().filter(|(notice, _)| !told.contains(notice));
    let may_tell = |at: Timestamp| tell_from(Severity::Normal, &rulebook, at.max(moment.now));
    let broken_at = date.date.broken_at();
    let to_judge = (date.is_kept.is_none() && broken_at > moment.now).then_some(broken_at);
    let next = to_tell.map(|(_, at)| may_tell(at)).chain(to_judge).min();
    rows::set_wake(tx, remedy.id, next)
}
