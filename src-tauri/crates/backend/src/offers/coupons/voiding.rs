//! Coupons that the shop takes back: one, or all of a batch that were not used. What was used stays as it is.

use super::{one_batch, rows, state_of, view};
use crate::api::offers::coupons::{CouponBatchView, CouponBatchVoid, CouponView, CouponVoid};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store::offers::coupons::EntryToStore;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::coupon::CouponState;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::ids::CouponId;
use shukebu_domain::money::Money;

fn reason_of(text: &str) -> Result<String> {
    let reason = clean_line(text);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    check_length("reason", &reason, MAX_LINE)?;
    Ok(reason)
}

/// Takes all coupons of a batch back that were not used.
///
/// # Errors
/// No reason, nothing left to take back.
pub fn void_batch(app: &App, input: CouponBatchVoid) -> Result<CouponBatchView> {
    let reason = reason_of(&input.reason)?;
    let id = input.id;
    app.write(Op::new("coupon.void").keyed(input.client_key).in_background(), move |tx, moment| {
        let unused = rows::unused_of_batch(tx, id)?;
        if unused.is_empty() {
            return Err(ApiError::not_now("coupon.none_unused"));
        }
        for coupon in &unused {
            void_one(tx, moment, *coupon, &reason)?;
        }
        Ok(Written::one("coupon_batch", id.0).detail(json!({ "void": unused.len() })))
    })?;
    one_batch(app, id)
}

/// Takes an unused coupon back for good.
///
/// # Errors
/// A used or void coupon, no reason.
pub fn void(app: &App, input: CouponVoid) -> Result<CouponView> {
    let reason = reason_of(&input.reason)?;
    let id = input.id;
    app.write(Op::new("coupon.void").keyed(input.client_key), move |tx, moment| {
        void_one(tx, moment, id, &reason)?;
        Ok(Written::one("coupon", id.0))
    })?;
    app.read(move |connection, moment| Ok(view(moment, rows::get(connection, id)?)))
}

/// Takes a coupon back in the caller's transaction; one that is void already stays so.
pub(crate) fn void_if_unused(tx: &Transaction, moment: &Moment, id: CouponId, reason: &str) -> Result<()> {
    match state_of(moment, &rows::get(tx, id)?) {
        CouponState::Void => Ok(()),
        CouponState::Used | CouponState::Unused | CouponState::Expired => void_one(tx, moment, id, reason),
    }
}

/// Takes a coupon back in the caller's transaction.
pub(crate) fn void_one(tx: &Transaction, moment: &Moment, id: CouponId, reason: &str) -> Result<()> {
    let found = rows::get(tx, id)?;
    match state_of(moment, &found) {
        CouponState::Used => return Err(ApiError::not_now("coupon.used")),
        CouponState::Void => return Err(ApiError::not_now("coupon.void")),
        CouponState::Unused | CouponState::Expired => {}
    }
    rows::insert_entry(
        tx,
        &EntryToStore {
            coupon: id,
            kind: "void",
            at: moment.now,
            staff: moment.session.staff,
            sale: None,
            amount: Money::ZERO,
            reason: Some(reason),
        },
    )
}
