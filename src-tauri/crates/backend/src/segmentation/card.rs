//! The card on which everything stands that segmentation knows about a customer.

use super::placed::{cuts_of, score_cuts};
use super::{against, everyone, glance, latent, measures, priority, segment_of, seldom, timeline, words};
use crate::api::customers::CustomerRef;
use crate::api::value::{ClassOfDay, JudgementView, OtherClass, ScoreView, SegmentCard};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{Scheme, reason_text, score_line_text, value_score};

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
    let score_scheme = latent::scheme(connection);
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
