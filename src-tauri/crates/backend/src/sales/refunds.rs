//! Money that goes back: by amount or by line, many times, never beyond the sale or the line; and whole sales taken back.

use super::view;
use crate::api::offers::packs::{PackStep, PackView};
use crate::api::sales::{NewRefund, NewVoid, RefundPreview, ReturnedLine, SaleReceipt};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::offers::{packs, till};
use crate::store::sales::{RefundToStore, StoredLine, StoredSale};
use crate::{ladder, points, segmentation, store};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{clean_line, clean_text};
use shukebu_domain::error::RuleError;
use shukebu_domain::ids::{ComplaintId, ProductId, RefundId, SaleId};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::sale;
use shukebu_domain::sale::returns::{self, SoldLine, paid_by_line};

/// Gives money back on a sale, many times, never beyond the sale or the line.
///
/// # Errors
/// An amount above what is left of the sale, a quantity above what is left of a line, an unknown sale.
pub fn refund(app: &App, input: NewRefund) -> Result<SaleReceipt> {
    let saved = app.write(Op::new("sale.refund").keyed(input.client_key.clone()), move |tx, moment| {
        let reason = input.reason.as_deref().map(clean_text).filter(|reason| !reason.is_empty());
        let asked = read(tx, moment, &input)?;
        give_back_lines(
            tx,
            moment,
            &GiveBack { sale: input.sale_id, amount: Some(asked.amount), kind: "refund", reason, complaint: None },
            &asked.lines,
        )
    })?;
    view::receipt_of(app, saved)
}

/// What a refund would give back; writes nothing.
///
/// # Errors
/// What the refund itself would be refused for.
pub fn preview(app: &App, input: NewRefund) -> Result<RefundPreview> {
    app.read(move |connection, moment| {
        let asked = read(connection, moment, &input)?;
        let left_minor = check(moment, &asked.sale, asked.amount)?;
        Ok(RefundPreview { amount_minor: asked.amount, left_minor })
    })
}

/// Takes a whole sale back: everything that is left of it.
///
/// # Errors
/// A reason left out, a sale of which nothing is left, another person's sale or another day's without the right to it.
pub fn void(app: &App, input: NewVoid) -> Result<SaleReceipt> {
    let reason = clean_text(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    let id = input.sale_id;
    let is_own_today = app.read(move |connection, moment| {
        let sale = store::sales::get(connection, id)?;
        Ok(view::is_own_today(moment, &sale))
    })?;
    let action = if is_own_today { "sale.void_same_day_own" } else { "sale.void_other" };
    let saved = app.write(Op::new(action).keyed(input.client_key), move |tx, moment| {
        let lines = everything_left(tx, id)?;
        give_back_lines(
            tx,
            moment,
            &GiveBack { sale: id, amount: None, kind: "void", reason: Some(reason), complaint: None },
            &lines,
        )
    })?;
    view::receipt_of(app, saved)
}

/// Gives a pack back: the worth of its rest is refunded on its sale.
///
/// # Errors
/// A pack that was given back already.
pub fn give_back_pack(app: &App, input: PackStep) -> Result<PackView> {
    let note = input.note.as_deref().map(clean_line).filter(|text| !text.is_empty());
    app.authorize("sale.refund")?;
    app.write(Op::new("pack.give_back").keyed(input.client_key), move |tx, moment| {
        let rest = packs::close_rest(tx, moment, input.id, note.as_deref())?;
        let written = Written::one("pack", input.id.0).detail(json!({ "refund_minor": rest.worth }));
        if rest.worth <= Money::ZERO {
            return Ok(written);
        }
        let back =
            GiveBack { sale: rest.sale, amount: Some(rest.worth), kind: "refund", reason: note, complaint: None };
        give_back(tx, moment, &back)?;
        Ok(written.reindex(rest.customer))
    })?;
    packs::one(app, input.id)
}

/// Money that goes back on a sale, at the counter or as compensation of a complaint.
pub(crate) struct GiveBack {
    pub sale: SaleId,
    /// `None`: everything that is left.
    pub amount: Option<Money>,
    pub kind: &'static str,
    pub reason: Option<String>,
    pub complaint: Option<ComplaintId>,
}

/// Stores a refund and lets figures, ladder and class follow.
pub(crate) fn give_back(tx: &Transaction, moment: &Moment, back: &GiveBack) -> Result<Written> {
    give_back_lines(tx, moment, back, &[])
}

/// A quantity of a line that comes back.
struct Back {
    line: i64,
    product: Option<ProductId>,
    quantity_milli: i64,
    amount: Money,
}

fn give_back_lines(tx: &Transaction, moment: &Moment, back: &GiveBack, lines: &[Back]) -> Result<Written> {
    let sale = store::sales::get(tx, back.sale)?;
    let left = left_of(&sale);
    let amount = back.amount.unwrap_or(left);
    if back.amount.is_none() && left <= Money::ZERO {
        // A sale that cost nothing, because a coupon or points paid all of it, is taken back by a void of nothing, once.
        if sale.row.net_minor > Money::ZERO || back.kind != "void" || store::sales::is_taken_back(tx, back.sale)? {
            return Err(ApiError::not_now("sale.nothing_left"));
        }
    } else {
        check(moment, &sale, amount)?;
    }
    let refund = store::sales::insert_refund(
        tx,
        &RefundToStore {
            sale: back.sale,
            at: moment.now,
            on: moment.today,
            amount,
            kind: back.kind,
            reason: back.reason.as_deref(),
            staff: moment.session.staff,
            complaint: back.complaint,
        },
    )?;
    store_lines(tx, refund, lines)?;
    if back.kind == "refund" {
        for line in lines {
            if let Some(product) = line.product {
                packs::close_returned(tx, moment, back.sale, product, line.quantity_milli / 1000)?;
            }
        }
    }
    till::after_refund(tx, moment, back.sale, amount >= left)?;
    let written = Written::one("sale", back.sale.0).detail(json!({ "kind": back.kind, "amount_minor": amount }));
    Ok(match sale.row.customer_id {
        Some(customer) => {
            store::figures::rebuild(tx, customer)?;
            points::after_refund(tx, moment, customer, back.sale, refund)?;
            ladder::after_sales(tx, moment, customer, Some(back.sale))?;
            segmentation::after_sale(tx, moment, customer)?;
            written.reindex(customer)
        }
        None => written,
    })
}

/// Notes what came back, and puts it back on the shelf where somebody counts.
fn store_lines(tx: &Transaction, refund: RefundId, lines: &[Back]) -> Result<()> {
    for line in lines {
        store::sales::insert_refund_line(tx, refund, line.line, line.quantity_milli, line.amount)?;
        if let Some(product) = line.product {
            store::products::take_from_stock(tx, product, -line.quantity_milli)?;
        }
    }
    Ok(())
}

fn left_of(sale: &StoredSale) -> Money {
    sale.row.net_minor.checked_sub(sale.row.refunded_minor).unwrap_or(Money::ZERO)
}

fn check(moment: &Moment, sale: &StoredSale, amount: Money) -> Result<Money> {
    let left = left_of(sale);
    sale::refund(sale.row.net_minor, sale.row.refunded_minor, amount).map_err(|error| {
        error.with("left", left.to_plain_text(moment.exponent)).with("currency", &moment.currency).into()
    })
}

/// A refund as it was asked for: by amount, or by lines with the money that follows from them.
struct Asked {
    sale: StoredSale,
    amount: Money,
    lines: Vec<Back>,
}

fn read(connection: &Connection, moment: &Moment, input: &NewRefund) -> Result<Asked> {
    let sale = store::sales::get(connection, input.sale_id)?;
    match (input.amount_minor, input.lines.is_empty()) {
        (Some(amount), true) => Ok(Asked { sale, amount, lines: vec![] }),
        (Some(_), false) => Err(ApiError::field("amount_minor", "amount.with_lines")),
        (None, true) => Err(ApiError::field("amount_minor", "amount.missing")),
        (None, false) => {
            let lines = read_lines(connection, moment, &sale, &input.lines)?;
            let sum = Money::checked_sum(lines.iter().map(|line| line.amount)).unwrap_or(Money::ZERO);
            // Every line rounds by itself, and money may have gone back by amount before: never beyond the sale.
            let amount = sum.min(left_of(&sale));
            if sum > Money::ZERO && amount <= Money::ZERO {
                return Err(ApiError::not_now("sale.nothing_left"));
            }
            Ok(Asked { sale, amount, lines })
        }
    }
}

fn read_lines(
    connection: &Connection,
    moment: &Moment,
    sale: &StoredSale,
    asked: &[ReturnedLine],
) -> Result<Vec<Back>> {
    let stored = paid_lines(connection, sale)?;
    let mut backs: Vec<Back> = vec![];
    for (position, line) in asked.iter().enumerate() {
        let at = |error: RuleError| match error {
            RuleError::Invalid(mut fields) => {
                for field in &mut fields {
                    field.field = format!("lines.{position}.quantity");
                    if let Some(left) = field.values.get("left").and_then(|left| left.parse().ok()) {
                        field.values.insert("left".into(), quantity_text(left));
                    }
                }
                RuleError::Invalid(fields)
            }
            other => other,
        };
        let quantity_milli = Decimal::parse(&line.quantity)
            .and_then(Decimal::to_thousandths)
            .ok_or_else(|| at(RuleError::field("quantity", "quantity.unreadable")))?;
        let found = stored.iter().find(|(stored, _)| stored.line_no == line.line_no);
        let (found, paid) = found.ok_or_else(|| ApiError::not_found("sale_line"))?;
        // The same line named twice in one form counts on.
        let named: i64 = backs.iter().filter(|back| back.line == found.id).map(|back| back.quantity_milli).sum();
        let sold = SoldLine {
            quantity_milli: found.quantity_milli,
            paid: *paid,
            returned_milli: found.returned_milli + named,
        };
        let amount = returns::worth(&sold, quantity_milli).map_err(at)?;
        // Of a pack only the rest comes back.
        let rest = match found.product {
            Some(product) => packs::worth_of_return(connection, moment, sale.row.id, product, quantity_milli / 1000)?,
            None => None,
        };
        let amount = rest.map_or(amount, |rest| rest.min(amount));
        backs.push(Back { line: found.id, product: found.product, quantity_milli, amount });
    }
    Ok(backs)
}

/// The lines of a sale with what was paid for each.
fn paid_lines(connection: &Connection, sale: &StoredSale) -> Result<Vec<(StoredLine, Money)>> {
    let lines = store::sales::lines(connection, sale.row.id)?;
    let amounts: Vec<Money> = lines.iter().map(|line| line.amount).collect();
    let paid = paid_by_line(&amounts, sale.row.net_minor);
    Ok(lines.into_iter().zip(paid).collect())
}

/// All that has not come back yet, for a void.
fn everything_left(connection: &Connection, id: SaleId) -> Result<Vec<Back>> {
    let sale = store::sales::get(connection, id)?;
    let mut backs = vec![];
    for (line, paid) in paid_lines(connection, &sale)? {
        let quantity_milli = line.quantity_milli - line.returned_milli;
        if quantity_milli <= 0 {
            continue;
        }
        let sold = SoldLine { quantity_milli: line.quantity_milli, paid, returned_milli: line.returned_milli };
        let amount = returns::worth(&sold, quantity_milli)?;
        backs.push(Back { line: line.id, product: line.product, quantity_milli, amount });
    }
    Ok(backs)
}
