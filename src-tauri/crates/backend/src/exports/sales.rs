//! Sales with their lines, oldest first: one row for each line, or one for a sale without lines. What belongs to the
//! whole sale stands in its first row only, so that every column adds up.

use super::instants::Instants;
use crate::app::Moment;
use crate::error::Result;
use crate::sheets::{Cell, Out, Sheet};
use crate::store;
use rusqlite::Transaction;
use shukebu_domain::quantity::write_quantity;
use shukebu_domain::segmentation::window::DayRange;

/// What its columns are called.
pub(super) const COLUMNS: [&str; 20] = [
    "sale_no",
    "ref",
    "sold_at",
    "sold_on",
    "member_no",
    "customer",
    "line_no",
    "item",
    "description",
    "category",
    "quantity",
    "unit_price_minor",
    "amount_minor",
    "discount_minor",
    "net_minor",
    "refunded_minor",
    "payment",
    "staff",
    "note",
    "source",
];

pub(super) fn rows(tx: &Transaction, moment: &Moment, days: DayRange, sheet: &mut Sheet<'_, impl Out>) -> Result<()> {
    let (mut last, mut instants) = (String::new(), Instants::of(moment.zone));
    let (mut sold_at, mut quantity) = (String::new(), String::new());
    store::exports::sale_lines(tx, days.after, days.through, |sale, goods| {
        let is_first = last != sale.sale_no;
        if is_first {
            sale.sale_no.clone_into(&mut last);
            instants.text(sale.sold_at).clone_into(&mut sold_at);
        }
        fn once<'a>(is_first: bool, cell: impl Into<Cell<'a>>) -> Cell<'a> {
            if is_first { cell.into() } else { Cell::Blank }
        }
        quantity.clear();
        if let Some(goods) = &goods {
            write_quantity(&mut quantity, goods.quantity_milli);
        }
        sheet.row(&[
            sale.sale_no.into(),
            once(is_first, sale.reference),
            sold_at.as_str().into(),
            sale.sold_on.into(),
            sale.member_no.into(),
            sale.customer.into(),
            goods.as_ref().map(|goods| goods.line_no).into(),
            goods.as_ref().and_then(|goods| goods.item).into(),
            goods.as_ref().and_then(|goods| goods.description).into(),
            goods.as_ref().and_then(|goods| goods.category).into(),
            goods.is_some().then_some(quantity.as_str()).into(),
            goods.as_ref().map(|goods| goods.unit_price_minor).into(),
            goods.as_ref().map_or(sale.gross_minor, |goods| goods.amount_minor).into(),
            once(is_first, sale.discount_minor),
            once(is_first, sale.net_minor),
            once(is_first, sale.refunded_minor),
            once(is_first, sale.payment),
            sale.staff.into(),
            once(is_first, sale.note),
            sale.source.into(),
        ])
    })
}
