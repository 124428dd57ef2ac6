//! What the shop decides once.

use crate::api::books::Nothing;
use crate::api::settings::{SettingsChange, SettingsView};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::points::MOST_BY_HAND;
use crate::store;
use shukebu_domain::customer::{check_length, clean_line};
use shukebu_domain::points::Points;
use shukebu_domain::required::in_order;

/// Settings of the shop.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<SettingsView> {
    let facts = app.book()?.facts();
    app.read(move |connection, _| {
        Ok(SettingsView {
            shop_name: facts.name,
            currency: facts.currency,
            currency_is_open: store::book::counts(connection)?.sales == 0,
            zone: facts.zone.name().into(),
            fuzzy_search: store::book::setting(connection, "fuzzy_search", false)?,
            sound: store::book::setting(connection, "sound", true)?,
            required_fields: store::book::required_fields(connection)?,
            referral_points: store::book::referral_points(connection)?,
        })
    })
}

/// Changes what was named.
///
/// # Errors
/// An unknown zone, a name that is empty or too long, a currency after the first sale.
pub fn change(app: &App, input: SettingsChange) -> Result<SettingsView> {
    let book = app.book()?;
    let mut facts = book.facts();
    if let Some(name) = &input.shop_name {
        facts.name = clean_line(name);
        if facts.name.is_empty() {
            return Err(ApiError::field("shop_name", "name.missing"));
        }
        check_length("shop_name", &facts.name, 60)?;
    }
    if let Some(zone) = &input.zone {
        facts.zone = zone.parse().map_err(|_| {
            ApiError::from(shukebu_domain::error::FieldError::new("zone", "zone.unknown").with("zone", zone))
        })?;
    }
    if let Some(currency) = &input.currency {
        facts.currency = currency.to_ascii_uppercase();
    }
    if let Some(points) = input.referral_points {
        check_referral(points)?;
    }
    let changed = facts.clone();
    let before = book.facts();
    app.write(Op::new("settings.change").keyed(input.client_key.clone()), move |tx, moment| {
        if changed.currency != before.currency && store::book::counts(tx)?.sales > 0 {
            return Err(ApiError::field("currency", "currency.fixed"));
        }
        store::book::change(tx, &changed)?;
        crate::calendar::follow_zone(tx, moment, changed.zone)?;
        if let Some(fuzzy) = input.fuzzy_search {
            store::book::set_setting(tx, "fuzzy_search", fuzzy, moment.now)?;
        }
        if let Some(sound) = input.sound {
            store::book::set_setting(tx, "sound", sound, moment.now)?;
        }
        if let Some(required) = &input.required_fields {
            store::book::set_setting(tx, "required_fields", in_order(required), moment.now)?;
        }
        if let Some(points) = input.referral_points {
            store::book::set_setting(tx, "referral_points", points, moment.now)?;
        }
        Ok(Written::many("settings"))
    })?;
    book.set_facts(facts);
    get(app, crate::api::books::Nothing {})
}

fn check_referral(points: Points) -> Result<()> {
    if points < Points::ZERO {
        return Err(ApiError::field("referral_points", "points.negative"));
    }
    if points.0 > MOST_BY_HAND {
        return Err(ApiError::field("referral_points", "points.too_large"));
    }
    Ok(())
}
