//! A line of a sale log. Rows with the same number are lines of one sale; a row says either what was sold (quantity ×
//! price, or an amount) or only what the whole sale came to.

use super::RowIssue;
use super::cells::{Cells, line, some};
use super::customer::read_phones;
use crate::imports::mapping::Field;
use crate::imports::reader::Row;
use crate::values;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::time::Timestamp;
use std::collections::HashMap;

/// A row of a sale log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRow {
    /// Number of the sale.
    pub sale_no: String,
    /// When.
    #[serde(with = "super::wire")]
    pub sold_at: Timestamp,
    /// Who: foreign id, member number, phone or name; empty for a passer-by.
    pub customer: String,
    /// Name of an unknown customer.
    pub customer_name: Option<String>,
    /// Phone of an unknown customer, in its stored form.
    pub customer_phone: Option<String>,
    /// What was sold; none where the row is the sale as one amount.
    pub line: Option<SoldLine>,
    /// What the row adds to the sale before discount.
    pub gross: Money,
    /// What it takes off.
    pub discount: Money,
    /// What was paid.
    pub net: Money,
    /// What of it stands in the row itself.
    pub stated: Stated,
    /// Points that the sale earned, as the log says.
    pub points: Option<i64>,
    /// How paid.
    pub payment: Option<String>,
    /// Who sold.
    pub staff: Option<String>,
    /// Note.
    pub note: Option<String>,
}

/// The amounts as the row gives them, before one follows from the others. A list that has one row for each line says what
/// belongs to the whole sale in the first of them only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What the goods of the row cost.
    pub amount: Option<Money>,
    /// What is taken off.
    pub discount: Option<Money>,
    /// What was paid.
    pub paid: Option<Money>,
}

/// What was sold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldLine {
    /// Number of the product.
    pub item: Option<String>,
    /// What it says.
    pub description: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Thousandths.
    pub quantity_milli: i64,
    /// Price of one.
    pub unit_price: Money,
    /// Quantity × price, rounded half up once, or the amount that the log gives.
    pub amount: Money,
}

/// A line of a sale that the book has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLineRow {
    /// Number of the sale.
    pub sale_no: String,
    /// Position, if the file gives one.
    pub line_no: Option<i64>,
    /// What was sold.
    pub line: SoldLine,
}

/// Numbers for sales that have none: made of what the row says, so that the same file gives the same numbers again.
#[derive(Default)]
pub(super) struct Numbers(HashMap<[u8; 8], u32>);

impl Numbers {
    fn next(&mut self, row: &Row, day: &str) -> String {
        let mut hash = Sha256::new();
        for cell in row.cells() {
            hash.update(cell.trim().as_bytes());
            hash.update([0x1F]);
        }
        let digest = hash.finalize();
        let mut mark = [0; 8];
        mark.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        let times = self.0.entry(mark).or_default();
        // Two equal rows are two sales.
        *times += 1;
        let hex: String = mark.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        format!("{day}-{hex}-{times}")
    }
}

pub(super) fn read(cells: &mut Cells<'_>, row: &Row, numbers: &mut Numbers) -> Result<SaleRow, RowIssue> {
    let sold_at = cells.split_moment(row, Field::SoldAt, Field::SoldTime)?;
    let sold_at = cells.happened(row, Field::SoldAt, sold_at)?;
    let discount = cells.amount(row, Field::Discount)?;
    let paid = cells.amount(row, Field::Paid)?;
    let line = sold_line(cells, row, Field::Item)?;
    let amount = match &line {
        Some(line) => Some(line.amount),
        None => cells.amount(row, Field::Amount)?,
    };
    let sums = sums(amount, discount, paid).map_err(|(field, problem)| cells.error(row, field, problem))?;
    let line = line.map(|line| SoldLine { amount: sums.gross, ..line });
    let (phones, problems) = read_phones(cells.raw(row, Field::CustomerPhone));
    for problem in problems {
        cells.warn(row, Field::CustomerPhone, problem);
    }
    let name = values::name(cells.raw(row, Field::CustomerName));
    Ok(SaleRow {
        sale_no: match cells.code(row, Field::SaleNo) {
            Some(number) => number,
            None => numbers.next(row, &sold_at.day_in(cells.shop.zone).format("%Y%m%d").to_string()),
        },
        sold_at,
        customer: values::clean(cells.raw(row, Field::Customer)).into_owned(),
        customer_name: some(name),
        customer_phone: phones.into_iter().next(),
        line,
        gross: sums.gross,
        discount: sums.discount,
        net: sums.net,
        stated: Stated { amount, discount, paid },
        points: cells.lenient(row, Field::Points, values::whole),
        payment: self::line(cells, row, Field::Payment),
        staff: self::line(cells, row, Field::Staff),
        note: self::line(cells, row, Field::Note),
    })
}

struct Sums {
    gross: Money,
    discount: Money,
    net: Money,
}

/// gross − discount = net, from whichever of the three the row gives. What was paid is surest; a log whose paid and
/// amount differ by more than its discount took off something that it has no column for.
fn sums(amount: Option<Money>, discount: Option<Money>, paid: Option<Money>) -> Result<Sums, (Field, values::Problem)> {
    let off = discount.unwrap_or(Money::ZERO);
    let (gross, net) = match (amount, paid) {
        (None, None) => return Err((Field::Amount, "amount.missing")),
        (Some(gross), None) => {
            let net = gross.checked_sub(off).filter(|net| !net.is_negative());
            (gross, net.ok_or((Field::Discount, "discount.beyond_sale"))?)
        }
        (None, Some(net)) => (net.checked_add(off).ok_or((Field::Paid, "amount.too_large"))?, net),
        // A surcharge: more was paid than the goods cost.
        (Some(gross), Some(net)) => (gross.max(net), net),
    };
    let discount = gross.checked_sub(net).ok_or((Field::Paid, "amount.too_large"))?;
    Ok(Sums { gross, discount, net })
}

pub(super) fn read_line(cells: &mut Cells<'_>, row: &Row) -> Result<SaleLineRow, RowIssue> {
    let Some(sale_no) = cells.code(row, Field::SaleNo) else {
        return Err(cells.error(row, Field::SaleNo, "sale_no.missing"));
    };
    let line =
        sold_line(cells, row, Field::Product)?.ok_or_else(|| cells.error(row, Field::Amount, "amount.missing"))?;
    let line_no = cells.lenient(row, Field::LineNo, values::whole);
    Ok(SaleLineRow { sale_no, line_no, line })
}

/// What was sold; `None` where the row tells nothing of it.
fn sold_line(cells: &mut Cells<'_>, row: &Row, item: Field) -> Result<Option<SoldLine>, RowIssue> {
    let item = cells.code(row, item);
    let description = line(cells, row, Field::Description);
    let quantity = quantity(cells, row)?;
    let (price, price_money) = unit_price(cells, row)?;
    if item.is_none() && description.is_none() && quantity.is_none() && price.is_none() {
        return Ok(None);
    }
    let amount = cells.amount(row, Field::Amount)?;
    let exponent = if cells.is_minor(Field::UnitPrice) { 0 } else { cells.shop.exponent };
    let one = Decimal::whole(1);
    let by_price = match price {
        Some(price) => Some(
            quantity
                .unwrap_or(one)
                .times(price, exponent)
                .ok_or_else(|| cells.error(row, Field::UnitPrice, "amount.too_large"))?,
        ),
        None => None,
    };
    let Some(amount) = amount.or(by_price).map_or_else(|| cells.amount(row, Field::Paid), |amount| Ok(Some(amount)))?
    else {
        return Err(cells.error(row, Field::Amount, "amount.missing"));
    };
    let quantity_milli = quantity.unwrap_or(one).to_thousandths().unwrap_or(1000);
    let unit_price = match price_money {
        Some(price) => price,
        None => Money::round_half_up(i128::from(amount.minor()) * 1000, i128::from(quantity_milli)).unwrap_or(amount),
    };
    let category = line(cells, row, Field::Category);
    Ok(Some(SoldLine { item, description, category, quantity_milli, unit_price, amount }))
}

/// More than nothing; goods that came back are a refund, not a line of a log.
pub(super) fn quantity(cells: &Cells<'_>, row: &Row) -> Result<Option<Decimal>, RowIssue> {
    let cell = cells.raw(row, Field::Quantity);
    if cell.trim().is_empty() {
        return Ok(None);
    }
    let wrong = |problem| cells.error(row, Field::Quantity, problem);
    let quantity = values::quantity(cell).map_err(wrong)?;
    match quantity.mantissa {
        ..0 => Err(wrong("quantity.negative")),
        0 => Err(wrong("quantity.zero")),
        _ => Ok(Some(quantity)),
    }
}

/// The price exactly as written, for multiplying, and rounded, for keeping.
fn unit_price(cells: &Cells<'_>, row: &Row) -> Result<(Option<Decimal>, Option<Money>), RowIssue> {
    let Some(rounded) = cells.amount(row, Field::UnitPrice)? else { return Ok((None, None)) };
    let exact = values::decimal(cells.raw(row, Field::UnitPrice));
    Ok((exact, Some(rounded)))
}
