//! A sale as it is shown: with its lines, what came back of them, and what the ladder and the classes say to it.

use crate::api::ladder::StandingView;
use crate::api::sales::{SaleLineView, SaleReceipt, SaleRef, SaleView};
use crate::api::segmentation::SegmentView;
use crate::app::{App, Moment, Saved};
use crate::error::{ApiError, Result};
use crate::store::sales::{StoredLine, StoredSale};
use crate::{approvals, ladder, points, segmentation, store};
use rusqlite::Connection;
use shukebu_domain::ids::SaleId;
use shukebu_domain::money::Money;
use shukebu_domain::quantity::quantity_text;
use std::collections::BTreeMap;

/// One sale with lines and refunds.
///
/// # Errors
/// An unknown sale.
pub fn get(app: &App, input: SaleRef) -> Result<SaleView> {
    app.read(move |connection, moment| view(connection, moment, stored(connection, input.id)?, Beside::ANYTHING))
}

/// A sale and its lines as the book has them.
type Stored = (StoredSale, Vec<StoredLine>);

fn stored(connection: &Connection, id: SaleId) -> Result<Stored> {
    Ok((store::sales::get(connection, id)?, store::sales::lines(connection, id)?))
}

/// What may hang on a sale beside its lines, and has to be asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    pub offers: bool,
    pub coupons: bool,
    /// What comes after a sale or with somebody else: refunds and approvals.
    pub later: bool,
}

impl Beside {
    const ANYTHING: Self = Self { offers: true, coupons: true, later: true };
}

/// Where a sale leaves its customer.
#[derive(Default)]
pub(super) struct Member {
    pub standing: Option<StandingView>,
    pub segment: Option<SegmentView>,
    /// The sale took the customer to another step.
    pub has_stepped: bool,
}

/// What the counter shows, read after the commit.
pub(super) fn receipt_of(app: &App, saved: Saved) -> Result<SaleReceipt> {
    let id = SaleId(saved.id.ok_or_else(|| ApiError::not_found("sale"))?);
    app.read(move |connection, moment| {
        let sale = stored(connection, id)?;
        let member = match sale.0.row.customer_id {
            Some(customer) => Member {
                standing: Some(ladder::standing_of(connection, moment, customer)?),
                segment: segmentation::segment_of(connection, moment, customer)?,
                has_stepped: true,
            },
            None => Member::default(),
        };
        Ok(SaleReceipt { is_new: saved.is_new, ..receipt(connection, moment, sale, Beside::ANYTHING, member)? })
    })
}

/// What the counter shows of a new sale, whose customer has just been looked at.
pub(super) fn receipt(
    connection: &Connection,
    moment: &Moment,
    sale: Stored,
    beside: Beside,
    member: Member,
) -> Result<SaleReceipt> {
    let id = sale.0.row.id;
    let sale = view(connection, moment, sale, beside)?;
    let customer = sale.row.customer_id;
    Ok(SaleReceipt {
        points: customer.map(|customer| points::card(connection, moment, customer)).transpose()?,
        promotion: if member.has_stepped { ladder::change_by_sale(connection, moment, id)? } else { None },
        standing: member.standing,
        segment: member.segment,
        sale,
        is_new: true,
    })
}

/// Whether the person at the counter made this sale today.
pub(super) fn is_own_today(moment: &Moment, sale: &StoredSale) -> bool {
    sale.staff_id == moment.session.staff && sale.recorded_at.day_in(moment.zone) == moment.today
}

fn view(connection: &Connection, moment: &Moment, (stored, lines): Stored, beside: Beside) -> Result<SaleView> {
    let id = stored.row.id;
    let gifts = if beside.offers { store::offers::entry::of_sale(connection, id)? } else { vec![] };
    let offers: Vec<_> = gifts.into_iter().map(|gift| crate::offers::entry::taken(moment, gift)).collect();
    let off = if offers.is_empty() { BTreeMap::new() } else { store::offers::entry::by_line(connection, id)? };
    let on_lines = Money::checked_sum(off.values().copied()).unwrap_or(Money::ZERO);
    let all = Money::checked_sum(offers.iter().map(|taken| taken.amount_minor)).unwrap_or(Money::ZERO);
    // A sale of one amount has no lines that could bear the offers; they are part of its discount.
    let on_whole = all.checked_sub(on_lines).unwrap_or(Money::ZERO);
    let coupons = if beside.coupons { store::offers::coupons::of_sale(connection, id)? } else { vec![] };
    let (refunds, approvals) = if beside.later {
        (store::sales::refunds(connection, id)?, approvals::of(connection, moment, "sale", id.0)?)
    } else {
        (vec![], vec![])
    };
    Ok(SaleView {
        is_own_today: is_own_today(moment, &stored),
        row: stored.row,
        recorded_at: stored.recorded_at,
        gross_minor: stored.gross.checked_add(on_lines).unwrap_or(stored.gross),
        offers,
        discount_minor: stored.discount.checked_sub(on_whole).unwrap_or(stored.discount),
        discount_reason: stored.discount_reason,
        coupons: coupons.into_iter().map(|(_, taken)| taken).collect(),
        backdate_note: stored.backdate_note,
        scene: stored.scene,
        packaging: stored.packaging,
        delivery_cost_minor: stored.delivery_cost,
        lines: lines
            .into_iter()
            .map(|stored| {
                let off = off.get(&stored.id).copied().unwrap_or(Money::ZERO);
                line(stored, off)
            })
            .collect(),
        refunds,
        points: points::of_sale(connection, id)?,
        staff: stored.staff,
        source: stored.source,
        approvals,
    })
}

fn line(stored: StoredLine, off: Money) -> SaleLineView {
    let some = |milli: i64| if milli > 0 { quantity_text(milli) } else { String::new() };
    SaleLineView {
        line_no: stored.line_no,
        product_id: stored.product,
        description: stored.description,
        quantity: quantity_text(stored.quantity_milli),
        unit_price_minor: stored.unit_price,
        discount_minor: stored.discount.checked_sub(off).unwrap_or(stored.discount),
        amount_minor: stored.amount.checked_add(off).unwrap_or(stored.amount),
        offers_minor: off,
        returned: some(stored.returned_milli),
        returnable: some(stored.quantity_milli - stored.returned_milli),
    }
}
