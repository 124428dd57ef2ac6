//! What went back of a sale, out of a row: an amount, or a line that came back. Rows with the same number are the lines of
//! one refund, of which the first says what went back in all.

use super::RowIssue;
use super::cells::{Cells, line};
use super::sale::quantity;
use crate::imports::mapping::Field;
use crate::imports::reader::Row;
use crate::values;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::time::Timestamp;

/// A row of a list of refunds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRow {
    /// Number of the sale.
    pub sale_no: String,
    /// Number of the refund, if the file gives one.
    pub refund_no: Option<String>,
    /// When the money went back.
    #[serde(with = "super::wire")]
    pub refunded_at: Timestamp,
    /// Whether the whole sale was taken back.
    pub is_void: bool,
    /// What went back in all.
    pub amount: Option<Money>,
    /// What came back.
    pub goods: Option<ReturnedGoods>,
    /// Why.
    pub reason: Option<String>,
    /// Who gave it back.
    pub staff: Option<String>,
}

/// A line of a sale that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedGoods {
    /// Position of the line.
    pub line_no: i64,
    /// Thousandths.
    pub quantity_milli: i64,
    /// What went back for it.
    pub amount: Option<Money>,
}

pub(super) fn read(cells: &mut Cells<'_>, row: &Row) -> Result<RefundRow, RowIssue> {
    let Some(sale_no) = cells.code(row, Field::SaleNo) else {
        return Err(cells.error(row, Field::SaleNo, "sale_no.missing"));
    };
    let refunded_at = cells.moment(row, Field::RefundedAt)?;
    let refunded_at = cells.happened(row, Field::RefundedAt, refunded_at)?;
    let (amount, line_amount) = (cells.amount(row, Field::Amount)?, cells.amount(row, Field::LineAmount)?);
    let goods = match cells.lenient(row, Field::LineNo, values::whole) {
        Some(line_no) => {
            let quantity = quantity(cells, row)?.unwrap_or(Decimal::whole(1));
            let quantity_milli = quantity.to_thousandths().unwrap_or(1000);
            Some(ReturnedGoods { line_no, quantity_milli, amount: line_amount })
        }
        None => None,
    };
    if amount.is_none() && line_amount.is_none() {
        return Err(cells.error(row, Field::Amount, "amount.missing"));
    }
    let kind = cells.text(row, Field::RefundKind).unwrap_or_default().to_lowercase();
    Ok(RefundRow {
        sale_no,
        refund_no: cells.code(row, Field::RefundNo),
        refunded_at,
        is_void: matches!(kind.as_str(), "void" | "作废" | "作廢" | "撤销" | "撤銷"),
        amount,
        goods,
        reason: line(cells, row, Field::Reason),
        staff: line(cells, row, Field::Staff),
    })
}
