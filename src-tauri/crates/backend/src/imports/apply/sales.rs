//! Rows of a sale log into sales. Rows of one number usually follow each other, so a sale is written when the next
//! number comes; rows that come back later are added to it, and it gets its final sums and earliest time at the end.

use super::mention::{self, Mention};
use super::products::{self, CodeKind};
use super::{Apply, Outcome, Verdict};
use crate::error::Result;
use crate::imports::mapping::Field;
use crate::imports::rows::{RowIssue, SaleLineRow, SaleRow, SoldLine, Stated};
use crate::store::imports::{self as known, LoggedLine, LoggedSale};
use shukebu_domain::ids::{CustomerId, ProductId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::HashMap;

/// The sales of this import.
pub(super) struct Sales {
    /// Whether the book had any sale when the import began.
    has_sales: bool,
    open: Option<Open>,
    seen: HashMap<String, Seen>,
    /// Sales of the book to which lines were added: how many each has got.
    lined: HashMap<String, Lined>,
}

impl Sales {
    pub fn new(has_sales: bool) -> Self {
        Self { has_sales, open: None, seen: HashMap::new(), lined: HashMap::new() }
    }
}

/// The sale whose rows are coming in.
struct Open {
    sale_no: String,
    sums: Sums,
    payment: Option<String>,
    staff: Option<String>,
    note: Option<String>,
    lines: Vec<(Option<ProductId>, SoldLine)>,
    /// Number of its first row in the file.
    first_row: u64,
    /// The amounts of its rows as the file gives them.
    stated: Vec<Stated>,
}

/// A sale of which the first row says what was paid for all of its lines.
struct Whole {
    sums: Sums,
    /// Whether lines and discount do not come to what was paid.
    differs: bool,
}

impl Open {
    /// The sale taken as a whole; `None` where every row speaks for itself.
    fn as_whole(&self) -> Option<Whole> {
        let (first, others) = self.stated.split_first().filter(|(_, others)| !others.is_empty())?;
        let paid = first.paid?;
        if others.iter().any(|row| row.paid.is_some() || row.discount.is_some()) {
            return None;
        }
        let amounts: Vec<Money> = self.stated.iter().map(|row| row.amount).collect::<Option<_>>()?;
        let goods = Money::checked_sum(amounts)?;
        // What was paid is surest, also where it is more than the goods cost.
        let gross = goods.max(paid);
        let discount = gross.checked_sub(paid)?;
        let differs = goods.checked_sub(first.discount.unwrap_or(Money::ZERO)) != Some(paid);
        Some(Whole { sums: Sums { gross, discount, net: paid, ..self.sums }, differs })
    }
}

/// What all rows of a sale add up to.
#[derive(Debug, Clone, Copy)]
struct Sums {
    customer: Option<CustomerId>,
    sold_at: Timestamp,
    gross: Money,
    discount: Money,
    net: Money,
    points: Option<i64>,
}

impl Sums {
    fn of(row: &SaleRow, customer: Option<CustomerId>) -> Self {
        Self {
            customer,
            sold_at: row.sold_at,
            gross: row.gross,
            discount: row.discount,
            net: row.net,
            points: row.points,
        }
    }

    /// Both together; the earliest time counts. `None` beyond the largest amount.
    fn with(self, more: Self) -> Option<Self> {
        Some(Self {
            customer: self.customer.or(more.customer),
            sold_at: self.sold_at.min(more.sold_at),
            gross: self.gross.checked_add(more.gross)?,
            discount: self.discount.checked_add(more.discount)?,
            net: self.net.checked_add(more.net)?,
            points: match (self.points, more.points) {
                (Some(one), Some(other)) => one.checked_add(other),
                (one, other) => one.or(other),
            },
        })
    }
}

/// A number that came before.
enum Seen {
    /// The book has this sale.
    InBook,
    /// This import wrote it.
    Written { id: SaleId, sums: Sums, lines: i64, is_stale: bool },
}

/// A sale of the book that gets lines.
enum Lined {
    /// It had lines before.
    Had,
    /// The book does not know it.
    Unknown,
    /// It gets them now.
    Getting { id: SaleId, lines: i64 },
}

/// Takes a row of a sale log.
pub(super) fn take(apply: &mut Apply<'_>, row_number: u64, row: SaleRow) -> Outcome {
    let is_more = apply.sales.open.as_ref().is_some_and(|open| open.sale_no == row.sale_no);
    if !is_more {
        flush(apply)?;
        if is_in_book(apply, &row.sale_no)? {
            return Ok(Ok(Verdict::Skipped));
        }
    }
    let mention =
        Mention { word: &row.customer, name: row.customer_name.as_deref(), phone: row.customer_phone.as_deref() };
    let customer = match mention::of_mention(apply, mention)? {
        Ok(customer) => customer,
        Err(problem) => {
            let word = if row.customer.is_empty() { row.customer_name.as_deref().unwrap_or("") } else { &row.customer };
            return Ok(Err(RowIssue::of(row_number, Field::Customer, problem, word)));
        }
    };
    let product = match &row.line {
        Some(line) => products::of_line(apply, line, CodeKind::Sku)?,
        None => None,
    };
    let more = Sums::of(&row, customer);
    let too_large = || RowIssue::of(row_number, Field::Amount, "amount.too_large", "");
    if let Some(open) = &mut apply.sales.open {
        let Some(sums) = open.sums.with(more) else { return Ok(Err(too_large())) };
        open.sums = sums;
        open.payment = open.payment.take().or(row.payment);
        open.staff = open.staff.take().or(row.staff);
        open.note = open.note.take().or(row.note);
        open.stated.push(row.stated);
        open.lines.extend(row.line.map(|line| (product, line)));
    } else if let Some(Seen::Written { id, sums, lines, is_stale }) = apply.sales.seen.get_mut(&row.sale_no) {
        let Some(together) = sums.with(more) else { return Ok(Err(too_large())) };
        (*sums, *is_stale) = (together, true);
        if let Some(line) = &row.line {
            *lines += 1;
            let (id, line_no) = (*id, *lines);
            write_line(apply, id, line_no, product, line)?;
        }
    } else {
        apply.sales.open = Some(Open {
            sale_no: row.sale_no,
            sums: more,
            payment: row.payment,
            staff: row.staff,
            note: row.note,
            lines: row.line.map(|line| (product, line)).into_iter().collect(),
            first_row: row_number,
            stated: vec![row.stated],
        });
    }
    Ok(Ok(Verdict::Created))
}

/// Whether a number was in the book before this import.
fn is_in_book(apply: &mut Apply<'_>, sale_no: &str) -> Result<bool> {
    if let Some(seen) = apply.sales.seen.get(sale_no) {
        return Ok(matches!(seen, Seen::InBook));
    }
    if !apply.sales.has_sales || known::sale_by_number(apply.tx, sale_no)?.is_none() {
        return Ok(false);
    }
    apply.sales.seen.insert(sale_no.to_owned(), Seen::InBook);
    Ok(true)
}

/// Writes the sale whose rows came in.
fn flush(apply: &mut Apply<'_>) -> Result<()> {
    let Some(mut open) = apply.sales.open.take() else { return Ok(()) };
    if let Some(whole) = open.as_whole() {
        open.sums = whole.sums;
        // The first line had been taken for as much as the whole sale.
        if let (Some((_, line)), Some(amount)) =
            (open.lines.first_mut(), open.stated.first().and_then(|row| row.amount))
        {
            line.amount = amount;
        }
        if whole.differs {
            let issue = RowIssue::of(open.first_row, Field::Paid, "sale.sum_differs", &open.sale_no);
            apply.tally.warnings.push(issue);
        }
    }
    let sold_on = open.sums.sold_at.day_in(apply.moment.zone).to_string();
    let texts = (open.staff.as_deref(), open.payment.as_deref(), open.note.as_deref());
    let sale = logged(apply, &open.sale_no, &open.sums, &sold_on, texts);
    let id = known::insert_sale(apply.tx, &sale)?;
    apply.tally.entities.sales += 1;
    apply.touched.extend(open.sums.customer);
    for ((product, line), line_no) in open.lines.iter().zip(1_i64..) {
        write_line(apply, id, line_no, *product, line)?;
    }
    let lines = i64::try_from(open.lines.len()).unwrap_or(i64::MAX);
    let seen = Seen::Written { id, sums: open.sums, lines, is_stale: false };
    apply.sales.seen.insert(open.sale_no, seen);
    Ok(())
}

fn logged<'s>(
    apply: &Apply<'_>,
    sale_no: &'s str,
    sums: &Sums,
    sold_on: &'s str,
    (staff_text, payment, note): (Option<&'s str>, Option<&'s str>, Option<&'s str>),
) -> LoggedSale<'s> {
    LoggedSale {
        sale_no,
        customer: sums.customer,
        sold_at: sums.sold_at,
        sold_on,
        recorded_at: apply.moment.now,
        staff: apply.moment.session.staff,
        staff_text,
        payment,
        gross: sums.gross,
        discount: sums.discount,
        net: sums.net,
        note,
        import: apply.import,
        points: sums.points,
    }
}

fn write_line(
    apply: &mut Apply<'_>,
    sale: SaleId,
    line_no: i64,
    product: Option<ProductId>,
    line: &SoldLine,
) -> Result<()> {
    let own = line.description.as_deref();
    let description = match product {
        Some(product) => apply.products.says_more(product, own),
        None => own,
    };
    known::insert_line(
        apply.tx,
        &LoggedLine {
            sale,
            line_no,
            product,
            description,
            quantity_milli: line.quantity_milli,
            unit_price: line.unit_price,
            amount: line.amount,
        },
    )?;
    apply.tally.entities.sale_lines += 1;
    Ok(())
}

/// After the last row.
pub(super) fn finish(apply: &mut Apply<'_>) -> Result<()> {
    flush(apply)?;
    for (sale_no, seen) in std::mem::take(&mut apply.sales.seen) {
        if let Seen::Written { id, sums, is_stale: true, .. } = seen {
            let sold_on = sums.sold_at.day_in(apply.moment.zone).to_string();
            known::settle_sale(apply.tx, id, &logged(apply, &sale_no, &sums, &sold_on, (None, None, None)))?;
            apply.touched.extend(sums.customer);
        }
    }
    Ok(())
}

/// Takes a line of a sale that the book has. A sale that had lines before keeps them.
pub(super) fn take_line(apply: &mut Apply<'_>, row_number: u64, row: &SaleLineRow) -> Outcome {
    if !apply.sales.lined.contains_key(&row.sale_no) {
        let found = known::sale_by_number(apply.tx, &row.sale_no)?;
        let lined = match found {
            None => Lined::Unknown,
            Some((_, true)) => Lined::Had,
            Some((id, false)) => Lined::Getting { id, lines: 0 },
        };
        apply.sales.lined.insert(row.sale_no.clone(), lined);
    }
    let (id, next) = match apply.sales.lined.get_mut(&row.sale_no) {
        Some(Lined::Getting { id, lines }) => {
            *lines += 1;
            (*id, *lines)
        }
        Some(Lined::Had) => return Ok(Ok(Verdict::Skipped)),
        _ => return Ok(Err(RowIssue::of(row_number, Field::SaleNo, "sale.unknown", &row.sale_no))),
    };
    let product = products::of_line(apply, &row.line, CodeKind::Ref)?;
    write_line(apply, id, row.line_no.unwrap_or(next), product, &row.line)?;
    Ok(Ok(Verdict::Created))
}
