//! Goods that were given and come back: the customer did not want them, or they never left the shop. The resolution
//! stays as it was written; the stock has them again, and the report does not count what they cost.

use super::giving;
use super::steps::{answer, note_on, words};
use crate::api::complaints::ComplaintView;
use crate::api::complaints::corrections::CompensationReturn;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::complaints::postings;
use serde_json::json;

/// Takes goods back.
///
/// # Errors
/// No reason, something that is no goods, goods that are back already.
pub fn take_back(app: &App, input: CompensationReturn) -> Result<ComplaintView> {
    let reason =
        words("reason", Some(&input.reason))?.ok_or_else(|| ApiError::field("reason", "complaint.reason_missing"))?;
    let (id, posting_id) = (input.id, input.posting_id);
    let saved = app.write(Op::new("complaint.resolve").keyed(input.client_key), move |tx, moment| {
        let posted = postings::of_case(tx, id, posting_id)?;
        if !posted.can_return() {
            return Err(ApiError::field("posting_id", "complaint.not_returnable"));
        }
        giving::put_back(tx, moment, &posted.posting)?;
        postings::take_back(tx, posting_id, moment.now, moment.session.staff, &reason)?;
        let what = giving::sentence(tx, moment, &posted.posting)?;
        note_on(tx, moment, id, say(moment.language, "complaint.returned", &[("what", &what), ("reason", &reason)]))?;
        Ok(Written::one("complaint", id.0).detail(json!({ "returned": posting_id })))
    })?;
    answer(app, saved)
}
