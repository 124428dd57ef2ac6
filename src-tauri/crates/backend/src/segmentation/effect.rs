//! What came of getting in touch with a class: 90 days before the first contact against 90 days after it, and beside it the
//! same of those of the class with whom nobody got in touch.

use crate::api::books::Nothing;
use crate::api::effect::{AroundView, ClassEffect, ContactEffect};
use crate::app::App;
use crate::classes;
use crate::error::Result;
use crate::store;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::effect::{Around, EFFECT_DAYS, judged_days, middle_day};
use std::collections::BTreeMap;

/// Customers whose purchases are read in one go, so that nobody at the counter waits for this.
const SLICE: i64 = 2_000;

/// The contacted and the others of a class.
type Both = (Around, Around);

/// Before and after contacts, class by class.
///
/// # Errors
/// `Locked` while no book is open.
pub fn contact_effect(app: &App, _: Nothing) -> Result<ContactEffect> {
    let (today, days, contacted, last) = app.read_in_background(|connection, moment| {
        let days = judged_days(moment.today);
        let contacted = store::effect::first_contacts(connection, days, moment.zone)?;
        Ok((moment.today, days, contacted, store::customers::last_id(connection)?))
    })?;
    let mut found: BTreeMap<String, Both> = BTreeMap::new();
    let mut first = 0;
    while !contacted.is_empty() && first <= last.0 {
        let span = (CustomerId(first), CustomerId(first + SLICE - 1));
        let (bought, held) = app.read_in_background(move |connection, _| {
            let scheme = store::segmentation::primary(connection)?.key;
            let bought = store::effect::purchases(connection, span)?;
            Ok((bought, store::effect::classes_held(connection, &scheme, span)?))
        })?;
        for (id, history) in &held {
            let day = contacted.get(id).copied();
            let around = day.unwrap_or_else(|| middle_day(today));
            let Some((_, class)) = history.iter().rev().find(|(since, _)| *since <= around) else { continue };
            let both = found.entry(class.clone()).or_default();
            let side = if day.is_some() { &mut both.0 } else { &mut both.1 };
            side.add(bought.get(id).map_or(&[], Vec::as_slice), around);
        }
        first += SLICE;
    }
    app.read(move |connection, moment| {
        let scheme = classes::primary(connection)?;
        let mut shown = vec![];
        for face in scheme.faces() {
            if let Some((contacted, others)) = found.get(&face.key).filter(|(contacted, _)| contacted.people > 0) {
                let tag = classes::tag(face, moment.language)?;
                shown.push(ClassEffect { tag, contacted: view(contacted), others: view(others) });
            }
        }
        Ok(ContactEffect { from_on: days.0, to_on: days.1, days: EFFECT_DAYS, classes: shown })
    })
}

fn view(around: &Around) -> AroundView {
    let each = around.each();
    AroundView {
        people: around.people,
        orders_before: around.orders_before,
        orders_after: around.orders_after,
        each_before_minor: each.map(|each| each.0),
        each_after_minor: each.map(|each| each.1),
    }
}
