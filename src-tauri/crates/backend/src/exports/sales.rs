//! Sales with their lines, oldest first: one row for each line, or one for a sale without lines. What belongs to the
//! whole sale stands in its first row only, so that every column adds up.

use super::sheet::{Cell, Sheet};
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use rusqlite::Transaction;
use shukebu_domain::segmentation::window::DayRange;
use std::io::{Seek, Write};

const COLUMNS: [&str; 20] = [
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

pub(super) fn write<W: Write + Seek + Send>(
    tx: &Transaction,
    moment: &Moment,
    days: DayRange,
    mut sheet: Sheet<W>,
) -> Result<u64> {
    sheet.header(&COLUMNS)?;
    let mut last = None;
    store::exports::sale_lines(tx, days.after, days.through, |line| {
        let is_first = last != Some(line.sale);
        last = Some(line.sale);
        let once = |cell: Cell| if is_first { cell } else { Cell::Blank };
        let has_line = line.line_no.is_some();
        sheet.row(&[
            line.sale_no.into(),
            once(line.reference.into()),
            super::instant(moment, line.sold_at).into(),
            line.sold_on.into(),
            line.member_no.into(),
            line.customer.into(),
            line.line_no.into(),
            line.item.into(),
            line.description.into(),
            line.category.into(),
            line.quantity_milli.map(crate::sales::quantity_text).into(),
            line.unit_price_minor.into(),
            if has_line { line.amount_minor.into() } else { line.gross_minor.into() },
            once(line.discount_minor.into()),
            once(line.net_minor.into()),
            once(line.refunded_minor.into()),
            once(line.payment.into()),
            line.staff.into(),
            once(line.note.into()),
            line.source.into(),
        ])
    })?;
    sheet.finish()
}
