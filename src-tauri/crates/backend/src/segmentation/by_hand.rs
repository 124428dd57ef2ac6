//! What people say about a customer beside the numbers: a class given by hand, a judgement; and the card on which all
//! of it stands together.

use super::placed::{cuts_of, score_cuts};
use super::{against, everyone, glance, measures, people, place, priority, segment_of, seldom, timeline, words};
use crate::api::customers::CustomerRef;
use crate::api::people::{NewJudgement, NewPin, PinEnd};
use crate::api::segmentation::ManualView;
use crate::api::value::{ClassOfDay, JudgementView, OtherClass, ScoreView, SegmentCard};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::pins::Pin;
use crate::store::segmentation::CachedClass;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::clean_text;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{ManualClass, Scheme, check_manual, reason_text, score_line_text, value_score};

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

/// Everything that segmentation knows about a customer.
///
/// # Errors
/// A customer that is not there.
pub fn card(app: &App, input: CustomerRef) -> Result<SegmentCard> {
    app.read(move |connection, moment| of(connection, moment, input.id))
}

fn of(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<SegmentCard> {
    let id = store::customers::must_be_there(connection, id)?;
    let primary = classes::primary(connection)?;
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let mut others = vec![];
    let score_scheme = people::latent_scheme(connection);
    for scheme in classes::schemes(connection)? {
        if scheme.key == primary.key {
            continue;
        }
        // What the scores of this card are made from decides their class on it too.
        let cuts = if scheme.key == score_scheme.key { score_cuts } else { cuts_of }(connection, moment, &scheme)?;
        let Some(found) = against(connection, moment, &scheme, &cuts, id)? else { continue };
        let pin = store::pins::of_customer(connection, &scheme, id, moment.today)?;
        let found = everyone::by_hand(found, pin.as_ref());
        others.push(OtherClass {
            scheme: scheme.key.clone(),
            name: scheme.names.get(lang).to_owned(),
            tag: classes::tag_of(&scheme, &found.class_key, moment.language)?,
            reason: match &pin {
                Some(pin) => words::by_hand(moment, &scheme, pin)?,
                None => reason_text(&scheme, &found, lang, shop.words()),
            },
        });
    }
    let holding = segment_of(connection, moment, id)?;
    let held = holding.iter().map(|held| (primary.key.as_str(), held.tag.key.as_str()));
    let in_others = others.iter().map(|other| (other.scheme.as_str(), other.tag.key.as_str()));
    let comes_seldom = held.chain(in_others).any(|(scheme, class)| seldom::is_seldom(scheme, class));
    let judgements = store::lists::judgements_of(connection, id)?;
    let person = glance::person(connection, moment, id)?;
    Ok(SegmentCard {
        customer_id: id,
        scheme: primary.key.clone(),
        choices: primary.faces().map(|face| classes::tag(face, moment.language)).collect::<Result<_>>()?,
        comes_seldom,
        seldom: store::seldom::of_customer(connection, id)?,
        plans: store::customer_plans::of_customer(connection, id, moment.today)?,
        others,
        scores: scores(connection, moment, &score_scheme, id)?,
        judgements: judgements
            .into_iter()
            .map(|(judgement, reason, on, by)| JudgementView { judgement, reason, on, by })
            .collect(),
        priority: priority::of_customer(connection, moment, id)?,
        price_sensitive: glance::price_sensitive(connection, moment, person.as_ref())?,
        service: match &holding {
            Some(holding) => glance::service_card(connection, moment, &primary, holding, (id, person.as_ref()))?,
            None => None,
        },
        history: timeline(connection, moment, id)?
            .into_iter()
            .map(|entry| ClassOfDay { on: entry.at.day_in(moment.zone), text: entry.text })
            .collect(),
        primary: holding,
    })
}

fn scores(connection: &Connection, moment: &Moment, scheme: &Scheme, id: CustomerId) -> Result<Vec<ScoreView>> {
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let cuts = score_cuts(connection, moment, scheme)?;
    let Some(person) = measures::of_one(connection, moment, moment.today, &scheme.needs(), id)? else {
        return Ok(vec![]);
    };
    let score = |rule: &shukebu_domain::segmentation::scheme::ScoreRule| {
        let found = value_score(scheme, &cuts, &person, &rule.key)?;
        // A judgement that nobody gave and that would not count says nothing.
        let told = found.parts.iter().filter(|part| part.weight > 0 || part.value.is_some());
        Some(ScoreView {
            score: rule.key.clone(),
            name: rule.names.get(lang).to_owned(),
            points: found.points,
            lines: told.map(|part| score_line_text(part, lang, shop.words())).collect(),
        })
    };
    Ok(scheme.scores.iter().filter_map(score).collect())
}
