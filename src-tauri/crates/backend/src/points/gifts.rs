//! The catalogue of gifts with its stock, and gifts given for points. The stock is looked at in the transaction.

use super::account::Open;
use super::settle;
use crate::api::books::Nothing;
use crate::api::points::{GiftRedeem, GiftSave, Gifts, PointsCard};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::store;
use crate::store::gifts::StockMove;
use crate::store::points::{EventToStore, Stamp, Which};
use crate::wording;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Points, RefusalCode};

/// The catalogue.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<Gifts> {
    app.read(|connection, _| Ok(Gifts { gifts: store::gifts::all(connection)? }))
}

/// Keeps a gift, new or changed, with pieces that came in or went.
///
/// # Errors
/// No name, a name that another gift has, no points, a stock below zero.
pub fn save(app: &App, input: GiftSave) -> Result<Gifts> {
    let name = clean_line(&input.name);
    let mut problems = vec![];
    if name.is_empty() {
        problems.push(FieldError::new("name", "name.missing"));
    }
    problems.extend(check_length("name", &name, MAX_LINE).err());
    if input.points <= Points::ZERO {
        problems.push(FieldError::new("points", RefusalCode::NotPositive.key()));
    }
    if input.cost_minor.is_some_and(Money::is_negative) {
        problems.push(FieldError::new("cost_minor", "amount.negative"));
    }
    refuse_if_any(problems)?;
    app.write(Op::new("gift.save").keyed(input.client_key.clone()), move |tx, moment| {
        if store::gifts::by_name(tx, &name)?.is_some_and(|other| Some(other) != input.id) {
            return Err(ApiError::field("name", "name.taken"));
        }
        let active = input.is_active.unwrap_or(true);
        let id = match input.id {
            Some(id) => {
                store::gifts::update(tx, id, &name, input.points, input.cost_minor, active)?;
                id
            }
            None => store::gifts::insert(tx, &name, input.points, input.cost_minor, active, moment.now)?,
        };
        if input.stock_delta != 0 {
            if store::gifts::get(tx, id)?.stock.saturating_add(input.stock_delta) < 0 {
                return Err(ApiError::field("stock_delta", "gift.stock_below_zero"));
            }
            let moved = StockMove {
                delta: input.stock_delta,
                at: moment.now,
                staff: moment.session.staff,
                reason: None,
                place: None,
            };
            store::gifts::move_stock(tx, id, &moved)?;
        }
        Ok(Written::one("gift", id.0).detail(json!({ "points": input.points, "stock": input.stock_delta })))
    })?;
    list(app, Nothing {})
}

/// Gives a gift for points.
///
/// # Errors
/// A gift that is not offered or not in stock, too few points, points owed.
pub fn redeem(app: &App, input: GiftRedeem) -> Result<PointsCard> {
    let customer = input.customer_id;
    let quantity = input.quantity.unwrap_or(1);
    if !(1..=1_000).contains(&quantity) {
        return Err(ApiError::field("quantity", "quantity.unreadable"));
    }
    app.write(Op::new("points.redeem").keyed(input.client_key), move |tx, moment| {
        store::customers::get(tx, customer)?;
        let gift = store::gifts::get(tx, input.gift_id)?;
        if !gift.is_active {
            return Err(ApiError::field("gift_id", "gift.not_offered"));
        }
        if gift.stock < quantity {
            return Err(FieldError::new("quantity", "gift.out_of_stock").with("stock", gift.stock).into());
        }
        let points = Points(gift.points.0.saturating_mul(quantity));
        if let Some(limit) = super::passed_limit(tx, moment, points)?
            && !moment.is_approved("points.redeem")
        {
            let refusal = ApiError::new(ErrorCode::NotPermitted, "points.clerk_limit").with("limit", limit.0);
            return Err(refusal.asking("points.redeem"));
        }
        let mut open = Open::load(tx, customer, Which::Live)?;
        open.expire(moment.today);
        let (spendable, debt) = (wording::count(open.spendable(moment.today).0), wording::count(open.debt().0));
        open.may_redeem(points, moment.today).map_err(|code| {
            ApiError::from(FieldError::new("gift_id", code.key()).with("spendable", spendable).with("debt", debt))
        })?;
        let is_newest = store::points::last_on(tx, customer)?.is_none_or(|last| last <= moment.today);
        let stamp = Stamp { on: moment.today, at: moment.now, staff: moment.session.staff };
        let event =
            EventToStore { kind: "gift", points, gift: Some((input.gift_id, quantity)), ..EventToStore::default() };
        let event = store::points::insert_event(tx, customer, &stamp, &event)?;
        if is_newest {
            open.redeem(points, moment.today)?;
            open.save(tx, moment, customer, Some(event))?;
        } else {
            settle(tx, moment, customer, Some(event))?;
        }
        let moved = StockMove {
            delta: -quantity,
            at: moment.now,
            staff: moment.session.staff,
            reason: Some("redeem"),
            place: None,
        };
        store::gifts::move_stock(tx, input.gift_id, &moved)?;
        Ok(Written::one("customer", customer.0).detail(json!({ "gift": input.gift_id, "points": points })))
    })?;
    app.read(move |connection, moment| super::card(connection, moment, customer))
}
