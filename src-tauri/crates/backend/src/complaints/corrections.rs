//! What is put right: the same case twice, more or less at stake, another receipt. Every correction is an entry of its
//! own with a reason; what was judged stays.

use super::case::promised;
use super::entry::Words;
use super::opening::severity;
use super::steps::{Entry, step, words};
use super::view::domain_promise;
use crate::api::complaints::corrections::{
    ActCorrection, ComplaintDuplicate, ComplaintSeverityChange, ReceiptCorrection,
};
use crate::api::complaints::{ComplaintView, PromiseKind};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::store;
use shukebu_domain::complaint::{EventKind, Status, advance};
use shukebu_domain::customer::clean_line;
use shukebu_domain::rights::{Right, right};

/// The case is another one twice: its clocks stop, the other one goes on.
///
/// # Errors
/// A number that no case has, the case itself, another case that is a duplicate itself or was withdrawn, a case that
/// has ended.
pub fn duplicate(app: &App, input: ComplaintDuplicate) -> Result<ComplaintView> {
    let id = input.id;
    let case_no = clean_line(&input.of_case_no).to_uppercase();
    step(app, "complaint.close", input.client_key, id, move |tx, moment, standing| {
        let of = store::complaints::by_number(tx, &case_no)?
            .ok_or_else(|| ApiError::field("of_case_no", "not_found.complaint"))?;
        if of == id {
            return Err(ApiError::field("of_case_no", "complaint.duplicate_of_itself"));
        }
        if matches!(store::complaints::status_of(tx, of)?, Status::Duplicate | Status::Withdrawn) {
            return Err(ApiError::field("of_case_no", "complaint.duplicate_of_ended"));
        }
        let event = EventKind::Duplicate { of };
        advance(standing.before.status, &event)?;
        store::complaints::set_duplicate_of(tx, id, of)?;
        Ok(Entry { at: moment.now, event, words: Words::default() })
    })
}

/// More or less is at stake than it seemed; open clocks are counted anew. Less is at stake only for who may move a
/// deadline.
///
/// # Errors
/// No reason, the same severity, a case that has ended, less at stake without the right.
pub fn change_severity(app: &App, input: ComplaintSeverityChange) -> Result<ComplaintView> {
    let id = input.id;
    let reason = words("reason", Some(&input.reason))?.unwrap_or_default();
    let severity = severity(input.severity);
    step(app, "complaint.step", input.client_key, id, move |tx, moment, standing| {
        let before = standing.before.severity;
        if severity == before {
            return Err(ApiError::field("severity", "complaint.same_severity"));
        }
        // The worst stands first, so what is greater gives more time.
        if severity > before && right(moment.session.role, "complaint.change_deadline") != Right::Yes {
            return Err(ApiError::field("severity", "complaint.severity_not_lowered"));
        }
        let event = EventKind::SeverityChanged { severity, reason };
        advance(standing.before.status, &event)?;
        store::complaints::set_severity(tx, id, severity)?;
        Ok(Entry { at: moment.now, event, words: Words::default() })
    })
}

/// It came in at another time than was entered. Clocks that nobody has judged count from there; it may be born late.
///
/// # Errors
/// No reason, a time in the future, a case that has ended.
pub fn correct_receipt(app: &App, input: ReceiptCorrection) -> Result<ComplaintView> {
    let id = input.id;
    let reason = words("reason", Some(&input.reason))?;
    let received_at = input.received_at;
    step(app, "complaint.change_deadline", input.client_key, id, move |tx, moment, standing| {
        if reason.is_none() {
            return Err(ApiError::field("reason", "complaint.reason_missing"));
        }
        if received_at > moment.now {
            return Err(ApiError::field("received_at", "time.in_future"));
        }
        let event = EventKind::ReceiptCorrected { received_at };
        advance(standing.before.status, &event)?;
        store::complaints::set_received_at(tx, id, received_at)?;
        Ok(Entry { at: moment.now, event, words: Words::text(reason) })
    })
}

/// An answer, a resolution or a call took place at another time than was entered. What was judged stays; what the true
/// times say stands beside it, on the case and in the report.
///
/// # Errors
/// No reason, a time in the future or before the receipt, a promise whose act has not taken place.
pub fn correct_act(app: &App, input: ActCorrection) -> Result<ComplaintView> {
    let id = input.id;
    let reason = words("reason", Some(&input.reason))?;
    let (promise, happened_at) = (input.promise, input.happened_at);
    step(app, "complaint.change_deadline", input.client_key, id, move |tx, moment, standing| {
        if reason.is_none() {
            return Err(ApiError::field("reason", "complaint.reason_missing"));
        }
        if happened_at > moment.now {
            return Err(ApiError::field("happened_at", "time.in_future"));
        }
        if happened_at < store::complaints::get(tx, id)?.received_at {
            return Err(ApiError::field("happened_at", "time.before_receipt"));
        }
        let took_place = promised(&standing.before).any(|(of, clock)| of == promise && clock.ended_at.is_some());
        if !took_place || promise == PromiseKind::Update {
            return Err(ApiError::field("promise", "complaint.nothing_to_correct"));
        }
        let event = EventKind::ActCorrected { promise: domain_promise(promise), happened_at };
        advance(standing.before.status, &event)?;
        Ok(Entry { at: moment.now, event, words: Words::text(reason) })
    })
}
