//! 价格敏感: who buys nearly only what is discounted, by limits of the shop's own; the margin beside it is for those who
//! may see the figures of the whole shop.

use super::placed::{net, orders, profit};
use crate::api::books::Done;
use crate::api::promotion::{PriceSensitive, PromotionRuleSave};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::messages::say;
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    Comparison, Condition, CustomerMeasures, Measure, MeasureRef, MeasureTable, Measured, PromotionRule, Window,
    margin_bp,
};
use std::collections::BTreeMap;

/// Setting: from where on somebody buys promotions only.
const RULE: &str = "promotion_rule";

/// The limits of the shop, or those that came with the program.
pub(super) fn rule(connection: &Connection) -> Result<PromotionRule> {
    store::book::setting(connection, RULE, PromotionRule::default())
}

/// Whether costs and what is left after them are shown to the person who asks.
fn sees_margins(moment: &Moment) -> bool {
    moment.may("report.all")
}

/// Share of orders of the last 12 months with a discount.
fn discounted_share() -> MeasureRef {
    MeasureRef::new(Measure::DiscountedShareBp, Window::default())
}

/// Several orders, nearly all with a discount.
pub(super) fn condition(connection: &Connection) -> Result<Condition> {
    let rule = rule(connection)?;
    let at_least = |measure: MeasureRef, value: u32| Condition::Measure {
        measure,
        is: Comparison::AtLeast { value: value.into() },
    };
    Ok(Condition::All { of: vec![at_least(orders(), rule.orders), at_least(discounted_share(), rule.from_bp)] })
}

/// What the label looks at.
pub(super) fn needs() -> Needs {
    Needs { measures: [orders(), net(), profit(), discounted_share()].into(), ..Needs::default() }
}

/// The label of one customer with its sentence; `None` for everybody else.
pub(super) fn of_person(
    connection: &Connection,
    moment: &Moment,
    person: &CustomerMeasures,
) -> Result<Option<PriceSensitive>> {
    let rule = rule(connection)?;
    let value = |measure: &MeasureRef| person.value(measure).unwrap_or(0);
    let (found, share) = (value(&orders()), value(&discounted_share()));
    if !rule.holds(found, share) {
        return Ok(None);
    }
    let discounted = person.totals(Window::default()).map_or(0, |totals| i64::from(totals.discounted_orders));
    let (share_text, from) = (percent(share), percent(rule.from_bp.into()));
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("orders", &found), ("discounted", &discounted), ("share", &share_text), ("from", &from)];
    Ok(Some(PriceSensitive {
        orders: found,
        discounted,
        discounted_bp: share,
        text: say(moment.language, "promotion.because", &values),
        margin_bp: margin_for(moment, value(&net()), value(&profit())),
    }))
}

fn margin_for(moment: &Moment, net: i64, profit: i64) -> Option<i64> {
    let margin = || margin_bp(Money::from_minor(net), Money::from_minor(profit));
    sees_margins(moment).then(margin).flatten()
}

/// Share of discounted orders and margin of some people, for the list of them.
pub(super) fn shares(
    moment: &Moment,
    table: &MeasureTable,
    rows: &[usize],
) -> BTreeMap<CustomerId, (i64, Option<i64>)> {
    let column = |measure: &MeasureRef| table.numbers(measure);
    let (net, profit, share) = (column(&net()), column(&profit()), column(&discounted_share()));
    let of_row = |row: &usize| {
        let margin = margin_for(moment, net.at(*row).unwrap_or(0), profit.at(*row).unwrap_or(0));
        Some((*table.customers().get(*row)?, (share.at(*row).unwrap_or(0), margin)))
    };
    rows.iter().filter_map(of_row).collect()
}

/// Says from where on somebody buys promotions only.
///
/// # Errors
/// A share outside 0 to 100 %, a number of orders that nobody could be held against.
pub fn promotion_rule_save(app: &App, input: PromotionRuleSave) -> Result<Done> {
    input.rule.check()?;
    app.write(Op::new("service.change"), move |tx, moment| {
        store::book::set_setting(tx, RULE, input.rule, moment.now)?;
        Ok(Written::many("promotion_rule").detail(json!({ "rule": input.rule })))
    })?;
    Ok(Done {})
}

/// `71%`, `71.3%`: basis points as a person reads them.
pub(super) fn percent(bp: i64) -> String {
    let text = Money::from_minor(bp).to_plain_text(2);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
