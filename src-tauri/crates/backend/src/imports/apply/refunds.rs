//! Rows of a list of refunds into the book, each to its sale. A refund that the book has already, of this sale at this
//! moment and of this amount, is skipped, as often as it is there; nothing goes back beyond the sale or the line.

use super::{Apply, Outcome, Verdict};
use crate::error::Result;
use crate::imports::mapping::Field;
use crate::imports::rows::{RefundRow, ReturnedGoods, RowIssue};
use crate::offers::till;
use crate::points;
use crate::store::imports as known;
use crate::store::sales::{self as rows, RefundToStore};
use shukebu_domain::ids::{RefundId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::sale;
use std::collections::HashMap;

/// The refunds of this import.
#[derive(Default)]
pub(super) struct Refunds {
    /// The one whose rows are coming in.
    open: Option<Open>,
    /// How many of a sale, a moment and an amount the file has brought so far.
    seen: HashMap<(i64, i64, i64), u32>,
}

struct Open {
    sale_no: String,
    refund_no: String,
    sale: SaleId,
    /// `None` for one that the book had.
    refund: Option<RefundId>,
}

/// Takes a row.
pub(super) fn take(apply: &mut Apply<'_>, row_number: u64, row: &RefundRow) -> Outcome {
    if let Some((sale, refund)) = further(apply, row) {
        let Some(refund) = refund else { return Ok(Ok(Verdict::Skipped)) };
        take_goods(apply, row_number, sale, refund, row.goods)?;
        return Ok(Ok(Verdict::Created));
    }
    let Some((id, _)) = known::sale_by_number(apply.tx, &row.sale_no)? else {
        return Ok(Err(RowIssue::of(row_number, Field::SaleNo, "sale.unknown", &row.sale_no)));
    };
    let amount = row.amount.or_else(|| row.goods.and_then(|goods| goods.amount)).unwrap_or(Money::ZERO);
    let seen = apply.refunds.seen.entry((id.0, row.refunded_at.millis(), amount.minor())).or_default();
    *seen += 1;
    let refund = if known::refunds_like(apply.tx, id, row.refunded_at, amount)? >= *seen {
        None
    } else {
        match give_back(apply, row, id, amount)? {
            Ok(refund) => Some(refund),
            Err(problem) => {
                let text = amount.to_plain_text(apply.moment.exponent);
                return Ok(Err(RowIssue::of(row_number, Field::Amount, problem, &text)));
            }
        }
    };
    let (sale_no, refund_no) = (row.sale_no.clone(), row.refund_no.clone());
    apply.refunds.open = refund_no.map(|refund_no| Open { sale_no, refund_no, sale: id, refund });
    let Some(refund) = refund else { return Ok(Ok(Verdict::Skipped)) };
    take_goods(apply, row_number, id, refund, row.goods)?;
    Ok(Ok(Verdict::Created))
}

/// The refund of which a row is one more line.
fn further(apply: &Apply<'_>, row: &RefundRow) -> Option<(SaleId, Option<RefundId>)> {
    let open = apply.refunds.open.as_ref()?;
    let is_same =
        row.amount.is_none() && open.sale_no == row.sale_no && row.refund_no.as_ref() == Some(&open.refund_no);
    is_same.then_some((open.sale, open.refund))
}

/// Stores the refund and what follows from it for points, coupons and packs; figures and ladder follow at the end.
fn give_back(
    apply: &mut Apply<'_>,
    row: &RefundRow,
    id: SaleId,
    amount: Money,
) -> Result<std::result::Result<RefundId, &'static str>> {
    let (tx, moment) = (apply.tx, apply.moment);
    let sold = rows::get(tx, id)?;
    // A sale that cost nothing is taken back by a void of nothing, once.
    let is_empty_void = row.is_void && amount == Money::ZERO && sold.row.net_minor == Money::ZERO;
    let left = match sale::refund(sold.row.net_minor, sold.row.refunded_minor, amount) {
        Ok(left) => left,
        Err(_) if is_empty_void && !rows::is_taken_back(tx, id)? => Money::ZERO,
        Err(_) if amount <= Money::ZERO => return Ok(Err("amount.not_positive")),
        Err(_) => return Ok(Err("refund.too_much")),
    };
    let staff = match &row.staff {
        Some(name) => known::staff_by_name(tx, name)?,
        None => None,
    };
    let refund = rows::insert_refund(
        tx,
        &RefundToStore {
            sale: id,
            at: row.refunded_at,
            on: row.refunded_at.day_in(moment.zone),
            amount,
            kind: if row.is_void { "void" } else { "refund" },
            reason: row.reason.as_deref(),
            staff: staff.unwrap_or(moment.session.staff),
            complaint: None,
        },
    )?;
    till::after_refund(tx, moment, id, left == Money::ZERO)?;
    if let Some(customer) = sold.row.customer_id {
        points::after_refund(tx, moment, customer, id, refund)?;
        apply.touched.insert(customer);
    }
    Ok(Ok(refund))
}

/// Notes which line came back; what does not fit the sale is listed and left out.
fn take_goods(
    apply: &mut Apply<'_>,
    row_number: u64,
    sale: SaleId,
    refund: RefundId,
    goods: Option<ReturnedGoods>,
) -> Result<()> {
    let Some(goods) = goods else { return Ok(()) };
    let lines = rows::lines(apply.tx, sale)?;
    let Some(line) = lines.iter().find(|line| line.line_no == goods.line_no) else {
        let issue = RowIssue::of(row_number, Field::LineNo, "sale_line.unknown", &goods.line_no.to_string());
        apply.tally.warnings.push(issue);
        return Ok(());
    };
    if goods.quantity_milli > line.quantity_milli - line.returned_milli {
        let text = quantity_text(goods.quantity_milli);
        apply.tally.warnings.push(RowIssue::of(row_number, Field::Quantity, "quantity.beyond_line", &text));
        return Ok(());
    }
    rows::insert_refund_line(apply.tx, refund, line.id, goods.quantity_milli, goods.amount.unwrap_or(Money::ZERO))
}
