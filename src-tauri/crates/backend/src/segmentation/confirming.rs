//! Suggestions that a person confirms together: everybody of a list, or those who were picked, get a class by hand with
//! one reason and one last day. The same place takes all of it back, and what a confirmation replaced holds again.

use super::by_hand::{give, named, put_again};
use super::card::card;
use super::promising::{policy_of, trial};
use super::{people, segment_of};
use crate::api::customers::CustomerRef;
use crate::api::people::{ConfirmUndo, PeopleCount, SegmentConfirm, SegmentConfirmed};
use crate::api::value::SegmentCard;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::messages::say;
use crate::{classes, store, wording};
use chrono::Months;
use serde_json::json;
use shukebu_domain::customer::clean_text;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{ManualClass, check_manual};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// A class that followed a trial holds for a year, unless the shop says otherwise.
const HOLDS_MONTHS: u32 = 12;

/// Gives everybody of a selection, or only some of them, a class by hand.
///
/// # Errors
/// A class that the scheme does not have, no reason, a day that is past; nobody to confirm.
pub fn confirm(app: &App, input: SegmentConfirm) -> Result<SegmentConfirmed> {
    let made: Arc<Mutex<Vec<i64>>> = Arc::default();
    let pins = Arc::clone(&made);
    app.write(Op::new("segment.pin").keyed(input.client_key), move |tx, moment| {
        let scheme = named(tx, input.scheme.as_deref())?;
        let by = moment.session.staff;
        let manual = ManualClass { class_key: input.class, reason: clean_text(&input.reason), by, until: input.until };
        check_manual(&scheme, &manual, moment.today)?;
        let only: Option<BTreeSet<CustomerId>> = input.only.map(BTreeSet::from_iter);
        let is_meant = |id: &CustomerId| only.as_ref().is_none_or(|only| only.contains(id));
        let meant: Vec<CustomerId> = people::select(tx, moment, &input.who)?.ids.into_iter().filter(is_meant).collect();
        if meant.is_empty() {
            return Err(ApiError::field("only", "confirm.nobody"));
        }
        let mut given = vec![];
        for customer in meant {
            given.push(give(tx, moment, &scheme, &manual, customer)?);
        }
        let detail = json!({ "people": given.len(), "class": manual.class_key });
        if let Ok(mut pins) = pins.lock() {
            *pins = given;
        }
        Ok(Written::many("segment_pin").detail(detail))
    })?;
    let pins = made.lock().map(|pins| pins.clone()).map_err(ApiError::internal)?;
    Ok(SegmentConfirmed { pins })
}

/// Takes a confirmation back. Whoever was given another class by hand since keeps that one.
///
/// # Errors
/// As every write.
pub fn confirm_undo(app: &App, input: ConfirmUndo) -> Result<PeopleCount> {
    let counted: Arc<Mutex<i64>> = Arc::default();
    let count = Arc::clone(&counted);
    app.write(Op::new("segment.pin"), move |tx, moment| {
        let mut people = 0;
        for pin in &input.pins {
            let Some((customer, scheme_key)) = store::pins::take_back(tx, *pin, moment.now)? else { continue };
            put_again(tx, moment, &named(tx, Some(&scheme_key))?, customer)?;
            people += 1;
        }
        if let Ok(mut count) = count.lock() {
            *count = people;
        }
        Ok(Written::many("segment_pin").detail(json!({ "people": people, "undone": true })))
    })?;
    let people = counted.lock().map(|count| *count).map_err(ApiError::internal)?;
    Ok(PeopleCount { people })
}

/// Confirms what the program suggests at the end of a trial: the next class, by hand, with what was seen as its reason.
///
/// # Errors
/// A customer who is not on trial, whose day has not come, or who did not bring what had to be seen.
pub fn trial_confirm(app: &App, input: CustomerRef) -> Result<SegmentCard> {
    let id = input.id;
    app.write(Op::new("segment.pin"), move |tx, moment| {
        let id = store::customers::must_be_there(tx, id)?;
        let scheme = classes::primary(tx)?;
        let not_now = || ApiError::new(ErrorCode::NotAllowedNow, "trial.not_passed");
        let holding = segment_of(tx, moment, id)?.ok_or_else(not_now)?;
        let policy = policy_of(tx, &scheme, &holding.tag.key)?;
        let trial = trial(tx, moment, &scheme, &policy, &holding, id)?.filter(|trial| trial.is_due && trial.is_met);
        let trial = trial.ok_or_else(not_now)?;
        let net = wording::amount(moment, trial.net_minor);
        let since = wording::day(moment.language, trial.since);
        let values: [(&str, &dyn std::fmt::Display); 3] = [("day", &since), ("orders", &trial.orders), ("net", &net)];
        let manual = ManualClass {
            class_key: trial.next.key,
            reason: say(moment.language, "trial.reason", &values),
            by: moment.session.staff,
            until: moment.today.checked_add_months(Months::new(HOLDS_MONTHS)).unwrap_or(moment.today),
        };
        check_manual(&scheme, &manual, moment.today)?;
        let pin = give(tx, moment, &scheme, &manual, id)?;
        Ok(Written::one("segment_pin", pin).detail(json!({ "customer": id.0, "class": manual.class_key })))
    })?;
    card(app, input)
}
