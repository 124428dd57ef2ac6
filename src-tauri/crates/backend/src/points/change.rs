//! Points given or taken by hand: with a reason and the right, and every row names a person.

use super::account::Open;
use super::{new_lot, rules, settle, view};
use crate::api::points::{PointsAdjust, PointsCard};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::points::{EventToStore, Stamp, Which};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::points::{Points, RefusalCode, RowKind};

/// More than any shop gives by hand at once; a number typed into the wrong field stops here.
pub(crate) const MOST_BY_HAND: i64 = 1_000_000;

/// Gives or takes points by hand. What is taken beyond the balance becomes a debt.
///
/// # Errors
/// No points, no reason, an unknown customer.
pub fn adjust(app: &App, input: PointsAdjust) -> Result<PointsCard> {
    let reason = clean_text(&input.reason);
    if input.points == Points::ZERO {
        return Err(ApiError::field("points", "points.zero"));
    }
    if !(-MOST_BY_HAND..=MOST_BY_HAND).contains(&input.points.0) {
        return Err(ApiError::field("points", RefusalCode::TooLarge.key()));
    }
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    check_length("reason", &reason, MAX_TEXT)?;
    let customer = input.customer_id;
    app.write(Op::new("points.adjust").keyed(input.client_key), move |tx, moment| {
        store::customers::must_be_there(tx, customer)?;
        move_by_hand(tx, moment, customer, input.points, &reason)?;
        Ok(Written::one("customer", customer.0).detail(json!({ "points": input.points })))
    })?;
    app.read(move |connection, moment| view::card(connection, moment, customer))
}

/// Points that a use case gives or takes by hand within its own write, such as the compensation of a complaint.
pub(crate) fn move_by_hand(
    tx: &Transaction,
    moment: &Moment,
    customer: CustomerId,
    points: Points,
    reason: &str,
) -> Result<()> {
    move_for(tx, moment, customer, points, reason, None)
}

/// As by hand, because of somebody's purchase.
pub(super) fn move_for(
    tx: &Transaction,
    moment: &Moment,
    customer: CustomerId,
    points: Points,
    reason: &str,
    sale: Option<SaleId>,
) -> Result<()> {
    let is_newest = store::points::last_on(tx, customer)?.is_none_or(|last| last <= moment.today);
    let stamp = Stamp { on: moment.today, at: moment.now, staff: moment.session.staff };
    let event = EventToStore { kind: "adjust", sale, points, reason: Some(reason), ..EventToStore::default() };
    let event = store::points::insert_event(tx, customer, &stamp, &event)?;
    if !is_newest {
        return settle(tx, moment, customer, Some(event));
    }
    let mut open = Open::load(tx, customer, Which::Live)?;
    open.expire(moment.today);
    if points > Points::ZERO {
        let rules = rules::on(tx, moment.today)?;
        open.give(new_lot(&rules, event, moment.today, 0, points), RowKind::Adjust, moment.today);
    } else {
        open.take(-points, RowKind::Adjust, moment.today);
    }
    open.save(tx, moment, customer, Some(event))
}
