//! What a customer was given for a complaint is taken back: goods are back in the stock, points leave the account, a
//! coupon or a benefit that nobody used is void. The resolution stays as it was written; the report and the export no
//! longer count what it cost.

use super::giving::{self, FOR_A_COMPLAINT, WHOLE};
use super::steps::{answer, note_on, words};
use crate::api::complaints::ComplaintView;
use crate::api::complaints::corrections::CompensationReturn;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::messages::say;
use crate::offers::coupons;
use crate::store::complaints::StoredCase;
use crate::store::complaints::postings::{self, Posting};
use crate::{ladder, points, store};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::points::Points;

/// Taking something back that a customer already has: whoever may not is helped by somebody who may.
const TAKE_BACK: &str = "complaint.take_back";

/// Takes one thing back that was given.
///
/// # Errors
/// No reason, something that is back already, money that was given back, a coupon or benefit that was used.
pub fn take_back(app: &App, input: CompensationReturn) -> Result<ComplaintView> {
    let reason =
        words("reason", Some(&input.reason))?.ok_or_else(|| ApiError::field("reason", "complaint.reason_missing"))?;
    let (id, posting_id) = (input.id, input.posting_id);
    let saved = app.write(Op::new("complaint.resolve").keyed(input.client_key), move |tx, moment| {
        let posted = postings::of_case(tx, id, posting_id)?;
        if posted.returned.is_some() {
            return Err(ApiError::field("posting_id", "complaint.taken_back_before"));
        }
        let case = store::complaints::get(tx, id)?;
        let whose = undo(tx, moment, &case, &posted.posting, &reason)?;
        postings::take_back(tx, posting_id, moment.now, moment.session.staff, &reason)?;
        let what = giving::sentence(tx, moment, &posted.posting)?;
        note_on(tx, moment, id, say(moment.language, "complaint.returned", &[("what", &what), ("reason", &reason)]))?;
        let written =
            Written::one("complaint", id.0).detail(json!({ "returned": posting_id, "kind": posted.posting.kind }));
        Ok(match whose {
            Some(customer) => written.reindex(customer),
            None => written,
        })
    })?;
    answer(app, saved)
}

/// Moves it back in the shop's other books; answers whose account it was.
fn undo(
    tx: &Transaction,
    moment: &Moment,
    case: &StoredCase,
    posting: &Posting,
    reason: &str,
) -> Result<Option<CustomerId>> {
    match posting.kind.as_str() {
        "goods" => {
            put_back(tx, moment, posting)?;
            return Ok(None);
        }
        // The sale, the points, the tier and the cashback went by it, and the money is in the customer's hands.
        "refund" => return Err(ApiError::not_now("complaint.refund_stays")),
        _ if !moment.may(TAKE_BACK) => {
            return Err(ApiError::new(ErrorCode::NotPermitted, "approval.needed").asking(TAKE_BACK));
        }
        _ => {}
    }
    let customer = case.customer.ok_or_else(|| ApiError::not_found("customer"))?;
    let customer = store::customers::must_be_there(tx, customer)?;
    if let Some(coupon) = posting.coupon {
        coupons::void_if_unused(tx, moment, coupon, reason)?;
    }
    if let Some(given) = posting.points {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("case_no", &case.case_no), ("reason", &reason)];
        let why = say(moment.language, "complaint.points_back_reason", &values);
        points::move_by_hand(tx, moment, customer, Points(-given.0), &why)?;
    }
    if let Some(key) = &posting.benefit {
        ladder::take_benefit_back(tx, moment, customer, key, reason)?;
    }
    Ok(Some(customer))
}

/// Goods that came back go where they came from.
fn put_back(tx: &Transaction, moment: &Moment, posting: &Posting) -> Result<()> {
    let quantity_milli = posting.quantity_milli.unwrap_or(WHOLE);
    if let Some(gift) = posting.gift {
        let pieces = quantity_milli / WHOLE;
        store::gifts::move_stock(tx, gift, pieces, moment.now, moment.session.staff, Some(FOR_A_COMPLAINT))?;
    }
    if let Some(product) = posting.product {
        store::products::take_from_stock(tx, product, -quantity_milli)?;
    }
    Ok(())
}
