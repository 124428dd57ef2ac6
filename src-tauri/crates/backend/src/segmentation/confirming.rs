//! Suggestions that a person confirms together: everybody of a list, or those who were picked, get a class by hand with
//! one reason and one last day. The same place takes all of it back, and what a confirmation replaced holds again.

use super::by_hand::{give, named, put_again};
use super::people;
use crate::api::people::{ConfirmUndo, PeopleCount, SegmentConfirm, SegmentConfirmed};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use serde_json::json;
use shukebu_domain::customer::clean_text;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{ManualClass, check_manual};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

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
