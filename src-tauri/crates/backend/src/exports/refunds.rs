//! What went back of sales, oldest first: one row for each line that came back, or one for a refund by amount. What
//! belongs to the whole refund stands in its first row only, so that every column adds up. An import takes it in again,
//! behind the sales.

use super::instants::Instants;
use crate::app::Moment;
use crate::error::Result;
use crate::sheets::{Cell, Out, Sheet};
use crate::store;
use rusqlite::Transaction;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::segmentation::window::DayRange;

/// What its columns are called.
pub(super) const COLUMNS: [&str; 13] = [
    "sale_no",
    "refund_no",
    "refunded_at",
    "refunded_on",
    "refund_kind",
    "amount_minor",
    "line_no",
    "quantity",
    "line_amount_minor",
    "reason",
    "staff",
    "member_no",
    "customer",
];

pub(super) fn rows(tx: &Transaction, moment: &Moment, days: DayRange, sheet: &mut Sheet<'_, impl Out>) -> Result<()> {
    let (mut last, mut refunded_at) = (None, Instants::of(moment.zone));
    store::exports::refunds(tx, days.after, days.through, |refund| {
        let is_first = last != Some(refund.id);
        last = Some(refund.id);
        sheet.row(&[
            refund.sale_no.into(),
            refund.id.to_string().into(),
            refunded_at.text(refund.refunded_at).into(),
            refund.refunded_on.into(),
            refund.kind.into(),
            if is_first { refund.amount_minor.into() } else { Cell::Blank },
            refund.line_no.into(),
            refund.quantity_milli.map(quantity_text).into(),
            refund.line_amount_minor.into(),
            if is_first { refund.reason.into() } else { Cell::Blank },
            refund.staff.into(),
            refund.member_no.into(),
            refund.customer.into(),
        ])
    })
}
