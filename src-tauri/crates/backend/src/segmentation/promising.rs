//! 潜在: who ordered little yet and shows interest, promoted to harder and with an interval of their own; and how a class
//! on trial stands, whose next class the program suggests and a person confirms.

use super::placed::{needs_beside, orders, score_cuts};
use super::ready::Ready;
use super::{latent, policies};
use crate::api::books::Done;
use crate::api::promising::{PromisingRuleSave, TrialView};
use crate::api::segmentation::SegmentView;
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::promising::POTENTIAL;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    CustomerMeasures, Measure, MeasureRef, MeasureTable, Measured, PromisingRule, Scheme, ServicePolicy, Window,
    matching, presets, value_score,
};

/// Setting: who is promising, and how often they are contacted.
const RULE: &str = "promising_rule";

/// The limits of the shop, or those that came with the program.
pub(super) fn rule(connection: &Connection) -> Result<PromisingRule> {
    store::book::setting(connection, RULE, PromisingRule::default())
}

/// The scheme of the value score, as long as it has one for potential.
fn scheme(connection: &Connection) -> Scheme {
    let known = latent::scheme(connection);
    if known.scores.iter().any(|score| score.key == POTENTIAL) { known } else { presets::contribution_potential() }
}

fn interactions() -> MeasureRef {
    MeasureRef::new(Measure::Interactions, Window::default())
}

/// What the list looks at.
pub(super) fn needs(connection: &Connection) -> Needs {
    let mut needs = scheme(connection).needs().and(needs_beside());
    needs.measures.insert(interactions());
    needs
}

/// Rows of everybody who is promising, by the cut points that hold for a card too.
pub(super) fn rows(connection: &Connection, moment: &Moment, table: &MeasureTable) -> Result<Vec<usize>> {
    let scheme = scheme(connection);
    let cuts = score_cuts(connection, moment, &scheme)?;
    Ok(matching(&scheme, &cuts, &rule(connection)?.condition(), table)?)
}

/// Why somebody is promising, with the interval that follows.
pub(super) struct Promising {
    pub interval_days: u32,
    pub text: String,
}

/// Whether one customer is promising: constant work, for a card.
pub(super) fn of_person(
    connection: &Connection,
    moment: &Moment,
    person: &CustomerMeasures,
) -> Result<Option<Promising>> {
    let (rule, scheme) = (rule(connection)?, scheme(connection));
    let value = |measure: &MeasureRef| person.value(measure).unwrap_or(0);
    let cuts = score_cuts(connection, moment, &scheme)?;
    let points = value_score(&scheme, &cuts, person, POTENTIAL).and_then(|score| score.points);
    let (found, forward) = (value(&orders()), value(&interactions()));
    if !rule.holds(found, points, forward) {
        return Ok(None);
    }
    let points = points.unwrap_or(0);
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("orders", &found), ("points", &points), ("times", &forward), ("days", &rule.interval_days)];
    Ok(Some(Promising { interval_days: rule.interval_days, text: say(moment.language, "promising.because", &values) }))
}

/// Says who is promising, and how often they are contacted.
///
/// # Errors
/// Limits that cannot be meant.
pub fn promising_rule_save(app: &App, input: PromisingRuleSave) -> Result<Done> {
    input.rule.check()?;
    app.write(Op::new("service.change"), move |tx, moment| {
        store::book::set_setting(tx, RULE, input.rule, moment.now)?;
        Ok(Written::many("promising_rule").detail(json!({ "rule": input.rule })))
    })?;
    Ok(Done {})
}

/// How a customer of a class on trial stands; `None` where the class is not on trial.
pub(super) fn trial(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    policy: &ServicePolicy,
    holding: &SegmentView,
    id: CustomerId,
) -> Result<Option<TrialView>> {
    let (Some(trial), Some(since)) = (&policy.trial, holding.since) else { return Ok(None) };
    if scheme.face(&trial.next_class).is_none() {
        return Ok(None);
    }
    let (orders, net) = store::sales::bought_after(connection, id, since)?;
    let Some(seen) = trial.seen(since, orders, net, moment.today) else { return Ok(None) };
    Ok(Some(TrialView {
        is_due: seen.is_due,
        is_met: seen.is_met,
        next: classes::tag_of(scheme, &trial.next_class, moment.language)?,
        since,
        orders,
        orders_needed: trial.orders,
        net_minor: net,
        net_needed_minor: trial.net_minor,
    }))
}

/// Who is in a class of the primary scheme, whose day of review has come and who brought what had to be seen.
pub(super) fn passed(
    connection: &Connection,
    moment: &Moment,
    ready: &mut Ready,
    scheme: &Scheme,
    policy: &ServicePolicy,
) -> Result<Vec<CustomerId>> {
    let Some(trial) = &policy.trial else { return Ok(vec![]) };
    let (table, standing) = ready.standing(connection, scheme)?;
    let mut found = vec![];
    for id in standing.in_class(table.customers(), &policy.class_key) {
        let Some(since) = store::segmentation::class_of(connection, id)?.since else { continue };
        if trial.seen(since, 0, Money::ZERO, moment.today).is_some_and(|seen| seen.is_due) {
            let (orders, net) = store::sales::bought_after(connection, id, since)?;
            if trial.seen(since, orders, net, moment.today).is_some_and(|seen| seen.is_met) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

/// The policy of a class of the primary scheme.
///
/// # Errors
/// A class that is not there.
pub(super) fn policy_of(connection: &Connection, scheme: &Scheme, class: &str) -> Result<ServicePolicy> {
    let found = policies::policies(connection, scheme)?.into_iter().find(|policy| policy.class_key == class);
    found.ok_or_else(|| ApiError::field("class_key", "class.unknown"))
}
