//! What a customer was given for a complaint is taken back: goods are back in the stock, points leave the account, a
//! coupon or a benefit that nobody used is void. The resolution stays as it was written; the report and the export no
//! longer count what it cost.

use super::giving::{self, FOR_A_COMPLAINT, WHOLE};
use super::remedies;
use super::steps::{answer, note_on, words};
use crate::api::complaints::ComplaintView;
use crate::api::complaints::corrections::CompensationReturn;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::messages::say;
use crate::offers::coupons;
use crate::store::complaints::StoredCase;
use crate::store::complaints::postings::{self, Posting};
use crate::store::gifts::StockMove;
use crate::{ladder, points, store};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::points::Points;

/// Taking something back that a customer already has: whoever may not is helped by somebody who may.
const TAKE_BACK: &str = "complaint.take_back";

/// Takes one thing back that was given, or that was only written down.
///
/// # Errors
/// No reason, something that is back already, money that was given back, a coupon or benefit that was used.
pub fn take_back(app: &App, input: CompensationReturn) -> Result<ComplaintView> {
    let reason =
        words("reason", Some(&input.reason))?.ok_or_else(|| ApiError::field("reason", "complaint.reason_missing"))?;
    let id = input.id;
    let saved = app.write(Op::new("complaint.resolve").keyed(input.client_key.clone()), move |tx, moment| {
        let case = store::complaints::get(tx, id)?;
        let back = match (input.posting_id, input.resolution_id.zip(input.position)) {
            (Some(posting), _) => moved(tx, moment, &case, posting, &reason)?,
            (None, Some(place)) => written_down(tx, moment, &case, place, &reason)?,
            (None, None) => return Err(ApiError::not_found("posting")),
        };
        remedies::give_up_compensation(tx, moment, back.place, &reason)?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [("what", &back.what), ("reason", &reason)];
        note_on(tx, moment, id, say(moment.language, "complaint.returned", &values))?;
        let written = Written::one("complaint", id.0).detail(json!({ "returned": back.place, "kind": back.kind }));
        Ok(match back.whose {
            Some(customer) => written.reindex(customer),
            None => written,
        })
    })?;
    answer(app, saved)
}

/// Something that came back.
struct Back {
    place: (i64, i64),
    kind: String,
    what: String,
    /// Whose account it was.
    whose: Option<CustomerId>,
}

/// What was moved in another book goes back there.
fn moved(tx: &Transaction, moment: &Moment, case: &StoredCase, posting: i64, reason: &str) -> Result<Back> {
    let posted = postings::of_case(tx, case.id, posting)?;
    if posted.returned.is_some() {
        return Err(ApiError::field("posting_id", "complaint.taken_back_before"));
    }
    let whose = undo(tx, moment, case, &posted.posting, reason)?;
    postings::take_back(tx, posting, moment.now, moment.session.staff, reason)?;
    let what = giving::sentence(tx, moment, &posted.posting)?;
    Ok(Back { place: (posted.resolution, posted.position), kind: posted.posting.kind, what, whose })
}

/// What was only written down moved nothing, so nothing moves back; from now on it counts no more.
fn written_down(
    tx: &Transaction,
    moment: &Moment,
    case: &StoredCase,
    (resolution, position): (i64, i64),
    reason: &str,
) -> Result<Back> {
    let unknown = || ApiError::not_found("posting");
    let resolutions = store::complaints::events::numbered_resolutions(tx, case.id)?;
    let (_, done) = resolutions.into_iter().find(|(number, _)| *number == resolution).ok_or_else(unknown)?;
    let at = usize::try_from(position).map_err(|_| unknown())?;
    let what = giving::written(moment, &done).into_iter().nth(at).flatten().ok_or_else(unknown)?;
    if postings::of_resolution(tx, resolution)?.iter().any(|posted| posted.position == position) {
        return Err(unknown());
    }
    if postings::reversals(tx, resolution)?.contains_key(&position) {
        return Err(ApiError::field("position", "complaint.taken_back_before"));
    }
    if !moment.may(TAKE_BACK) {
        return Err(ApiError::new(ErrorCode::NotPermitted, "approval.needed").asking(TAKE_BACK));
    }
    postings::reverse(tx, (resolution, position), moment.now, moment.session.staff, reason)?;
    Ok(Back { place: (resolution, position), kind: "written".into(), what, whose: None })
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
        let moved = StockMove {
            delta: pieces,
            at: moment.now,
            staff: moment.session.staff,
            reason: Some(FOR_A_COMPLAINT),
            place: None,
        };
        store::gifts::move_stock(tx, gift, &moved)?;
    }
    if let Some(product) = posting.product {
        store::products::take_from_stock(tx, product, -quantity_milli)?;
    }
    Ok(())
}
