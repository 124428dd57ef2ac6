//! The steps of a case. Every one goes through the status machine of the domain; what it does not allow is refused
//! with a sentence, and nothing is written.

use super::case::Case;
use super::entry::Words;
use super::rulebook::Rulebook;
use super::settle::{append, settle};
use super::view;
use crate::api::complaints::{
    ComplaintFollowUp, ComplaintHandOver, ComplaintResponse, ComplaintStep, ComplaintView, FollowUpResultInput,
};
use crate::app::{App, Moment, Op, Saved, Written};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::complaint::{CaseClocks, Channel, EventKind, FollowUpResult, Status, advance, is_unreachable};
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::{ComplaintId, StaffId};
use shukebu_domain::time::Timestamp;

/// A case on which a step is taken, with what was promised and where it stands before.
pub(super) struct Standing {
    pub rulebook: Rulebook,
    pub case: Case,
    pub before: CaseClocks,
}

/// An entry to be added.
pub(super) struct Entry {
    pub at: Timestamp,
    pub event: EventKind,
    pub words: Words,
}

impl Entry {
    fn now(moment: &Moment, event: EventKind, text: Option<String>) -> Self {
        Self { at: moment.now, event, words: Words::text(text) }
    }
}

/// A person reached the customer. A note, a draft or an opened template is none of these.
///
/// # Errors
/// A channel by which nobody is reached, a moment in the future or before the receipt, a case that has ended.
pub fn respond(app: &App, input: ComplaintResponse) -> Result<ComplaintView> {
    let text = words("text", input.text.as_deref())?;
    let channel = channel(&input.channel)?;
    step(app, "complaint.reply", input.client_key, input.id, move |tx, moment, standing| {
        let at = input.at.unwrap_or(moment.now);
        if at > moment.now {
            return Err(ApiError::field("at", "time.in_future"));
        }
        if input.at.is_some() && at < store::complaints::get(tx, standing.case.id)?.received_at {
            return Err(ApiError::field("at", "time.before_receipt"));
        }
        Ok(Entry { at, event: EventKind::Responded { channel }, words: Words::text(text) })
    })
}

/// Work on it began.
///
/// # Errors
/// A case that is being worked on already, or no more.
pub fn start(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, _, text| Ok(Entry::now(moment, EventKind::Started, text)))
}

/// It cannot go on without the customer: the resolution's clock stands, for a reason and not for ever.
///
/// # Errors
/// No reason, a customer who has not heard from the shop yet, a case that has ended.
pub fn wait(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, _, text| {
        Ok(Entry::now(moment, EventKind::Waiting { reason: text.unwrap_or_default() }, None))
    })
}

/// It goes on although the customer has not written.
///
/// # Errors
/// A case that does not wait.
pub fn resume(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, standing, text| match standing.before.status {
        Status::Waiting => Ok(Entry::now(moment, EventKind::Started, text)),
        _ => Err(ApiError::not_now("complaint.not_waiting")),
    })
}

/// A note; it moves no clock.
///
/// # Errors
/// Nothing noted.
pub fn note(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, _, text| match text {
        Some(text) => Ok(Entry::now(moment, EventKind::Noted, Some(text))),
        None => Err(ApiError::field("text", "text.missing")),
    })
}

/// The customer wrote or called; whatever waited for him goes on.
///
/// # Errors
/// An unknown case.
pub fn customer_wrote(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, _, text| Ok(Entry::now(moment, EventKind::CustomerContact, text)))
}

/// The case comes back: a new cycle with its own clocks, the old verdicts stay.
///
/// # Errors
/// No reason, a case that is still open.
pub fn reopen(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded(app, input, |moment, _, text| {
        Ok(Entry::now(moment, EventKind::Reopened { reason: text.unwrap_or_default() }, None))
    })
}

/// Nothing more will happen. Without a follow-up it needs a reason.
///
/// # Errors
/// A case that is not resolved, or not followed up and no reason why.
pub fn close(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded_as(app, "complaint.close", input, |moment, standing, text| {
        Ok(if standing.before.status == Status::Resolved {
            Entry::now(moment, EventKind::Closed { without_follow_up: text }, None)
        } else {
            Entry::now(moment, EventKind::Closed { without_follow_up: None }, text)
        })
    })
}

/// The customer took it back.
///
/// # Errors
/// No reason, a case that has ended.
pub fn withdraw(app: &App, input: ComplaintStep) -> Result<ComplaintView> {
    worded_as(app, "complaint.close", input, |moment, _, text| {
        Ok(Entry::now(moment, EventKind::Withdrawn { reason: text.unwrap_or_default() }, None))
    })
}

/// Somebody else takes over; no clock changes.
///
/// # Errors
/// No reason, a person who does not work here or has the case already, a case that has ended.
pub fn hand_over(app: &App, input: ComplaintHandOver) -> Result<ComplaintView> {
    let reason = words("reason", Some(&input.reason))?.unwrap_or_default();
    let (to, id) = (input.to, input.id);
    step(app, "complaint.hand_over", input.client_key, id, move |tx, moment, standing| {
        if !store::staff::is_active(tx, to)? {
            return Err(ApiError::field("to", "not_found.staff"));
        }
        if store::complaints::get(tx, id)?.owner == to {
            return Err(ApiError::field("to", "complaint.same_owner"));
        }
        let entry = Entry::now(moment, EventKind::HandedOver { to, reason }, None);
        advance(standing.before.status, &entry.event)?;
        store::complaints::set_owner(tx, id, to)?;
        Ok(entry)
    })
}

/// Somebody takes over a case because its owner leaves, within a write that does more than that.
pub(crate) fn hand_over_to(
    tx: &Transaction,
    moment: &Moment,
    id: ComplaintId,
    to: StaffId,
    reason: &str,
) -> Result<()> {
    let mut standing = stand(tx, moment, id)?;
    let entry = Entry::now(moment, EventKind::HandedOver { to, reason: reason.to_owned() }, None);
    take(tx, moment, &mut standing, entry)?;
    store::complaints::set_owner(tx, id, to)
}

/// Adds a note of the program to a case, within a write that does something beside it.
pub(crate) fn note_on(tx: &Transaction, moment: &Moment, id: ComplaintId, text: String) -> Result<()> {
    let mut standing = stand(tx, moment, id)?;
    take(tx, moment, &mut standing, Entry::now(moment, EventKind::Noted, Some(text)))?;
    Ok(())
}

/// The call after the resolution, which sells nothing. Who does not answer is called again: three attempts on two days
/// make a customer unreachable.
///
/// # Errors
/// A case that is not resolved, a call before the customer has had his hours of peace.
pub fn follow_up(app: &App, input: ComplaintFollowUp) -> Result<ComplaintView> {
    let text = words("text", input.text.as_deref())?;
    let by = channel(&input.channel)?;
    step(app, "complaint.step", input.client_key, input.id, move |_, moment, standing| {
        if let Some(from) = standing.before.follow_up_not_before.filter(|from| *from > moment.now) {
            let from = crate::wording::moment(moment, from);
            return Err(ApiError::not_now("complaint.follow_up_too_early").with("from", from));
        }
        let found = |result| EventKind::FollowedUp { result };
        let event = match input.result {
            FollowUpResultInput::Satisfied => found(FollowUpResult::Satisfied),
            FollowUpResultInput::Neutral => found(FollowUpResult::Neutral),
            FollowUpResultInput::Unhappy => found(FollowUpResult::Dissatisfied),
            FollowUpResultInput::Unreachable if is_unreachable(&attempts(&standing.case, moment)) => {
                found(FollowUpResult::Unreachable)
            }
            FollowUpResultInput::Unreachable => EventKind::FollowUpAttempted,
        };
        Ok(Entry { at: moment.now, event, words: Words { text, by: Some(by), ..Words::default() } })
    })
}

/// The days of the attempts since the last resolution, this one included.
fn attempts(case: &Case, moment: &Moment) -> Vec<NaiveDate> {
    let since_resolution = case.events.iter().rev().take_while(|event| event.what != EventKind::Resolved);
    since_resolution
        .filter(|event| event.what == EventKind::FollowUpAttempted)
        .map(|event| event.at.day_in(moment.zone))
        .chain([moment.today])
        .collect()
}

/// A step that needs only words; a reason that is missing is missing in `text`.
fn worded(
    app: &App,
    input: ComplaintStep,
    entry: impl FnOnce(&Moment, &Standing, Option<String>) -> Result<Entry> + Send + 'static,
) -> Result<ComplaintView> {
    worded_as(app, "complaint.step", input, entry)
}

fn worded_as(
    app: &App,
    action: &'static str,
    input: ComplaintStep,
    entry: impl FnOnce(&Moment, &Standing, Option<String>) -> Result<Entry> + Send + 'static,
) -> Result<ComplaintView> {
    let text = words("text", input.text.as_deref())?;
    step(app, action, input.client_key, input.id, move |_, moment, standing| entry(moment, standing, text)).map_err(
        |mut refusal| {
            for field in refusal.fields.iter_mut().filter(|field| field.field == "reason") {
                field.field = "text".into();
            }
            refusal
        },
    )
}

/// One step as one write: where the case stands, what is to be added, and everything that follows from it.
pub(super) fn step(
    app: &App,
    action: &'static str,
    key: Option<String>,
    id: ComplaintId,
    entry: impl FnOnce(&Transaction, &Moment, &Standing) -> Result<Entry> + Send + 'static,
) -> Result<ComplaintView> {
    let saved = app.write(Op::new(action).keyed(key), move |tx, moment| {
        let mut standing = stand(tx, moment, id)?;
        let entry = entry(tx, moment, &standing)?;
        let status = take(tx, moment, &mut standing, entry)?;
        Ok(Written::one("complaint", id.0).detail(json!({ "status": status })))
    })?;
    answer(app, saved)
}

/// Where a case stands before a step.
pub(super) fn stand(tx: &Transaction, moment: &Moment, id: ComplaintId) -> Result<Standing> {
    let rulebook = Rulebook::load(tx)?;
    let case = Case::load(tx, id)?;
    let before = case.clocks(&rulebook, moment.now)?;
    Ok(Standing { rulebook, case, before })
}

/// Adds an entry if the status allows it; verdicts, caches and the customer's figures follow.
pub(super) fn take(tx: &Transaction, moment: &Moment, standing: &mut Standing, entry: Entry) -> Result<Status> {
    advance(standing.before.status, &entry.event)?;
    append(tx, moment, &mut standing.case, entry.at, &entry.event, &entry.words)?;
    let after = settle(tx, moment, &standing.rulebook, &mut standing.case)?;
    if let Some(customer) = store::complaints::get(tx, standing.case.id)?.customer {
        store::complaints::recount(tx, customer)?;
    }
    Ok(after.status)
}

/// The case after a write, read after the commit.
pub(super) fn answer(app: &App, saved: Saved) -> Result<ComplaintView> {
    let id = ComplaintId(saved.id.ok_or_else(|| ApiError::not_found("complaint"))?);
    app.read(move |connection, moment| view::complaint(connection, moment, id))
}

/// Words of a person, cleaned; none when nothing was said.
pub(super) fn words(field: &str, text: Option<&str>) -> Result<Option<String>> {
    let text = text.map(clean_text).filter(|text| !text.is_empty());
    if let Some(text) = &text {
        check_length(field, text, MAX_TEXT)?;
    }
    Ok(text)
}

/// The way in which a customer was reached; short messages and mail go by both of their names.
pub(super) fn channel(text: &str) -> Result<Channel> {
    match text.trim() {
        "phone" => Ok(Channel::Phone),
        "in_person" => Ok(Channel::InPerson),
        "wechat" => Ok(Channel::Wechat),
        "sms" | "message" => Ok(Channel::Message),
        "email" | "mail" => Ok(Channel::Mail),
        _ => Err(ApiError::field("channel", "channel.unknown")),
    }
}
