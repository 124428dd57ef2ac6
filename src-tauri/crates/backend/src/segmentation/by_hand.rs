//! What people say about a customer beside the numbers: a class given by hand, a judgement, a priority, why somebody
//! comes seldom.

use super::card::card;
use super::{against, everyone, place};
use crate::api::customers::CustomerRef;
use crate::api::people::{NewJudgement, NewPin, PinEnd};
use crate::api::priority::NewPriorityLock;
use crate::api::segmentation::ManualView;
use crate::api::seldom::NewSeldomReason;
use crate::api::value::SegmentCard;
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::pins::Pin;
use crate::store::priority::NewLock;
use crate::store::segmentation::CachedClass;
use crate::store::seldom::NewReason;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::priority::check_lock;
use shukebu_domain::segmentation::{ManualClass, Scheme, check_manual};

/// As it is shown.
pub(super) fn view(pin: Pin) -> ManualView {
    ManualView { reason: pin.reason, by: pin.by, until: pin.until }
}

/// Gives a customer a class by hand, until a last day.
///
/// # Errors
/// A class that the scheme does not have, no reason, a day that is past, a customer that is not there.
pub fn pin(app: &App, input: NewPin) -> Result<SegmentCard> {
    let id = input.customer_id;
    app.write(Op::new("segment.pin"), move |tx, moment| {
        store::customers::get(tx, id)?;
        let scheme = named(tx, input.scheme.as_deref())?;
        let reason = clean_text(&input.reason);
        let by = moment.session.staff;
        let manual = ManualClass { class_key: input.class, reason, by, until: input.until };
        check_manual(&scheme, &manual, moment.today)?;
        let pin = give(tx, moment, &scheme, &manual, id)?;
        Ok(Written::one("segment_pin", pin).detail(json!({ "customer": id.0, "class": manual.class_key })))
    })?;
    card(app, CustomerRef { id })
}

/// Gives a class by hand that was looked at; answers the id under which it is kept.
pub(super) fn give(
    tx: &Transaction,
    moment: &Moment,
    scheme: &Scheme,
    manual: &ManualClass,
    customer: CustomerId,
) -> Result<i64> {
    let pin = store::pins::NewPin {
        customer,
        scheme_key: &scheme.key,
        class_key: &manual.class_key,
        reason: &manual.reason,
        until: manual.until,
        by: manual.by,
        at: moment.now,
    };
    let id = store::pins::insert(tx, &pin)?;
    put_again(tx, moment, scheme, customer)?;
    Ok(id)
}

/// Takes a class by hand back; the computed one holds again.
///
/// # Errors
/// Where there is none.
pub fn unpin(app: &App, input: PinEnd) -> Result<SegmentCard> {
    let id = input.customer_id;
    app.write(Op::new("segment.pin"), move |tx, moment| {
        let scheme = named(tx, input.scheme.as_deref())?;
        if !store::pins::end(tx, id, &scheme.key, moment.now)? {
            return Err(ApiError::not_found("pin"));
        }
        put_again(tx, moment, &scheme, id)?;
        Ok(Written::one("customer", id.0).detail(json!({ "pin_ended": scheme.key })))
    })?;
    card(app, CustomerRef { id })
}

pub(super) fn named(tx: &Transaction, key: Option<&str>) -> Result<Scheme> {
    match key {
        Some(key) => classes::scheme(tx, key),
        None => classes::primary(tx),
    }
}

/// Where a scheme keeps classes, the customer is put anew.
pub(super) fn put_again(tx: &Transaction, moment: &Moment, scheme: &Scheme, id: CustomerId) -> Result<()> {
    let Some(run) = store::segment_runs::latest_or_none(tx, &scheme.key)? else { return Ok(()) };
    if store::segmentation::primary(tx)?.key == scheme.key {
        return place(tx, moment, scheme, &run, id).map(|_| ());
    }
    let Some(found) = against(tx, moment, scheme, &run.cuts, id)? else { return Ok(()) };
    let pin = store::pins::of_customer(tx, scheme, id, moment.today)?;
    let found = everyone::by_hand(found, pin.as_ref());
    let before = store::segmentation::current(tx, id, &scheme.key)?;
    let before = CachedClass { key: before.map(|before| before.class_key), kind: None, since: None };
    if before.key.as_ref() == Some(&found.class_key) {
        return Ok(());
    }
    let put = store::segmentation::Put {
        run: run.id,
        before: &before,
        found: &found,
        pin: pin.map(|pin| pin.id),
        is_primary: false,
        at: moment.now,
    };
    store::segmentation::put(tx, &put)
}

/// What the owner thinks of a customer, −2 to +2. Earlier judgements stay.
///
/// # Errors
/// A number outside, no reason, a customer that is not there.
pub fn judge(app: &App, input: NewJudgement) -> Result<SegmentCard> {
    let id = input.customer_id;
    if !(-2..=2).contains(&input.judgement) {
        return Err(ApiError::field("judgement", "judgement.out_of_range"));
    }
    let reason = clean_text(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    app.write(Op::new("customer.judge"), move |tx, moment| {
        store::customers::get(tx, id)?;
        let row = store::lists::insert_judgement(
            tx,
            id,
            input.judgement,
            &reason,
            (moment.today, moment.now),
            moment.session.staff,
        )?;
        super::after_sale(tx, moment, id)?;
        Ok(Written::one("customer_judgement", row).detail(json!({ "customer": id.0, "judgement": input.judgement })))
    })?;
    card(app, CustomerRef { id })
}

/// Sets a priority by hand, with or without a last day.
///
/// # Errors
/// A number outside 1 to 5, no reason, a day that is past, a customer that is not there.
pub fn priority_lock(app: &App, input: NewPriorityLock) -> Result<SegmentCard> {
    let reason = clean_text(&input.reason);
    let id = input.customer_id;
    app.write(Op::new("segment.pin").keyed(input.client_key), move |tx, moment| {
        let id = store::customers::must_be_there(tx, id)?;
        check_lock(input.level, &reason, input.until, moment.today)?;
        let lock = store::priority::insert(
            tx,
            &NewLock {
                customer: id,
                level: input.level,
                reason: &reason,
                until: input.until,
                by: moment.session.staff,
                at: moment.now,
            },
        )?;
        Ok(Written::one("priority_lock", lock).detail(json!({ "customer": id.0, "level": input.level })))
    })?;
    card(app, CustomerRef { id })
}

/// Takes a priority by hand back; the computed one holds again.
///
/// # Errors
/// Where there is none.
pub fn priority_unlock(app: &App, input: CustomerRef) -> Result<SegmentCard> {
    let id = input.id;
    app.write(Op::new("segment.pin"), move |tx, moment| {
        let id = store::customers::must_be_there(tx, id)?;
        if !store::priority::end(tx, id, moment.now)? {
            return Err(ApiError::not_found("priority_lock"));
        }
        Ok(Written::one("customer", id.0).detail(json!({ "priority_unlocked": true })))
    })?;
    card(app, input)
}

/// Writes down why somebody comes seldom.
///
/// # Errors
/// A far too long text; a customer that is not there.
pub fn seldom_reason_add(app: &App, input: NewSeldomReason) -> Result<SegmentCard> {
    let note = input.note.as_deref().map(clean_text).filter(|note| !note.is_empty());
    if let Some(note) = &note {
        check_length("note", note, MAX_TEXT)?;
    }
    let id = input.customer_id;
    app.write(Op::new("customer.note").keyed(input.client_key), move |tx, moment| {
        let customer = store::customers::must_be_there(tx, id)?;
        let reason = NewReason {
            customer,
            why: input.why,
            note: note.as_deref(),
            on: moment.today,
            at: moment.now,
            by: moment.session.staff,
        };
        let row = store::seldom::insert(tx, &reason)?;
        Ok(Written::one("seldom_reason", row).detail(json!({ "customer": customer.0, "why": input.why })))
    })?;
    card(app, CustomerRef { id })
}
