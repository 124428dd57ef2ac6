//! Sales at the counter: one transaction per sale, durable when the screen says so; corrected by refunds, never edited.

use crate::api::sales::{NewRefund, NewSale, NewVoid, SaleFilter, SalePage, SaleReceipt, SaleRef, SaleView};
use crate::app::{App, Moment, Op, Saved, Written};
use crate::error::{ApiError, Result};
use crate::store::sales::{LineToStore, RefundToStore, SaleToStore};
use crate::{ladder, segmentation, store};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::SaleId;
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::sale::{self, NewAmounts, NewLine};
use shukebu_domain::time::{Timestamp, day_start};

/// Records a sale: as one amount, or with lines. The same client key twice is one sale.
///
/// # Errors
/// Amounts that cannot be right, an unknown customer or product, a business day in the future.
pub fn create(app: &App, input: NewSale) -> Result<SaleReceipt> {
    let is_backdated = input.sold_on.is_some_and(|day| app.moment().is_ok_and(|moment| day < moment.today));
    if is_backdated {
        app.authorize("sale.backdate")?;
    }
    let saved = app.write(Op::new("sale.create").keyed(input.client_key.clone()), move |tx, moment| {
        let prepared = prepare(tx, moment, &input)?;
        let id = store_sale(tx, moment, &input, &prepared)?;
        let written = Written::one("sale", id.0).detail(json!({ "net_minor": prepared.net }));
        Ok(match input.customer_id {
            Some(customer) => {
                store::figures::add_sale(tx, customer, prepared.sold_on, prepared.net)?;
                ladder::after_sales(tx, moment, customer, Some(id))?;
                segmentation::after_sale(tx, moment, customer)?;
                written.reindex(customer)
            }
            None => written,
        })
    })?;
    receipt_of(app, saved)
}

/// Gives money back on a sale, many times, never beyond the sale.
///
/// # Errors
/// An amount above what is left of the sale, an unknown sale.
pub fn refund(app: &App, input: NewRefund) -> Result<SaleReceipt> {
    let saved = app.write(Op::new("sale.refund").keyed(input.client_key), move |tx, moment| {
        let reason = input.reason.as_deref().map(clean_text).filter(|reason| !reason.is_empty());
        give_back(
            tx,
            moment,
            &GiveBack {
                sale: input.sale_id,
                amount: Some(input.amount_minor),
                kind: "refund",
                reason,
                complaint: None,
            },
        )
    })?;
    receipt_of(app, saved)
}

/// Takes a whole sale back: everything that is left of it.
///
/// # Errors
/// A reason left out, a sale of which nothing is left.
pub fn void(app: &App, input: NewVoid) -> Result<SaleReceipt> {
    let reason = clean_text(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    let saved = app.write(Op::new("sale.void_other").keyed(input.client_key), move |tx, moment| {
        give_back(
            tx,
            moment,
            &GiveBack { sale: input.sale_id, amount: None, kind: "void", reason: Some(reason), complaint: None },
        )
    })?;
    receipt_of(app, saved)
}

/// One sale with lines and refunds.
///
/// # Errors
/// An unknown sale.
pub fn get(app: &App, input: SaleRef) -> Result<SaleView> {
    app.read(move |connection, _| view(connection, input.id))
}

/// A page of sales, newest first.
///
/// # Errors
/// A negative offset.
pub fn list(app: &App, filter: SaleFilter) -> Result<SalePage> {
    if filter.offset < 0 {
        return Err(ApiError::field("offset", "amount.negative"));
    }
    let limit = filter.limit.unwrap_or(50).clamp(1, 200);
    app.read(move |connection, _| {
        let (rows, total, net_minor) = store::sales::page(connection, &filter, limit)?;
        Ok(SalePage { rows, total, net_minor })
    })
}

/// Money that goes back on a sale, at the counter or as compensation of a complaint.
pub(crate) struct GiveBack {
    pub sale: SaleId,
    /// `None`: everything that is left.
    pub amount: Option<Money>,
    pub kind: &'static str,
    pub reason: Option<String>,
    pub complaint: Option<shukebu_domain::ids::ComplaintId>,
}

/// Stores a refund and lets figures, ladder and class follow.
pub(crate) fn give_back(tx: &Transaction, moment: &Moment, back: &GiveBack) -> Result<Written> {
    let sale = store::sales::get(tx, back.sale)?;
    let left = sale.row.net_minor.checked_sub(sale.row.refunded_minor).unwrap_or(Money::ZERO);
    let amount = back.amount.unwrap_or(left);
    if back.amount.is_none() && left <= Money::ZERO {
        return Err(ApiError::not_now("sale.nothing_left"));
    }
    sale::refund(sale.row.net_minor, sale.row.refunded_minor, amount)
        .map_err(|error| error.with("left", left.to_plain_text(moment.exponent)).with("currency", &moment.currency))?;
    store::sales::insert_refund(
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
    let written = Written::one("sale", back.sale.0).detail(json!({ "kind": back.kind, "amount_minor": amount }));
    Ok(match sale.row.customer_id {
        Some(customer) => {
            store::figures::rebuild(tx, customer)?;
            ladder::after_sales(tx, moment, customer, Some(back.sale))?;
            segmentation::after_sale(tx, moment, customer)?;
            written.reindex(customer)
        }
        None => written,
    })
}

/// A sale whose every figure may be stored.
struct Prepared {
    sold_on: chrono::NaiveDate,
    sold_at: Timestamp,
    gross: Money,
    discount: Money,
    net: Money,
    lines: Vec<PreparedLine>,
    payment: Option<String>,
    discount_reason: Option<String>,
    note: Option<String>,
}

struct PreparedLine {
    new: NewLine,
    amount: Money,
}

fn prepare(tx: &Transaction, moment: &Moment, input: &NewSale) -> Result<Prepared> {
    if let Some(customer) = input.customer_id {
        store::customers::get(tx, customer)?;
    }
    let sold_on = input.sold_on.unwrap_or(moment.today);
    sale::check_day(sold_on, moment.today)?;
    let lines = read_lines(tx, input)?;
    let amounts = NewAmounts {
        lines,
        amount_minor: input.amount_minor,
        discount_minor: input.discount_minor.unwrap_or(Money::ZERO),
        ..NewAmounts::default()
    };
    let totals = sale::add_up(&amounts).map_err(|error| error.with("currency", &moment.currency))?;
    let payment = input.payment.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let discount_reason = input.discount_reason.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let note = input.note.as_deref().map(clean_text).filter(|text| !text.is_empty());
    let lengths =
        [("payment", &payment, MAX_LINE), ("discount_reason", &discount_reason, MAX_LINE), ("note", &note, MAX_TEXT)];
    let problems = lengths.iter().filter_map(|(field, text, most)| check_length(field, text.as_deref()?, *most).err());
    refuse_if_any(problems.collect())?;
    Ok(Prepared {
        sold_on,
        // A backdated sale has no known hour: noon keeps it inside its day in every report.
        sold_at: if sold_on == moment.today {
            moment.now
        } else {
            day_start(moment.zone, sold_on).plus_seconds(12 * 3600)
        },
        gross: totals.gross_minor,
        discount: amounts.discount_minor,
        net: totals.net_minor,
        lines: amounts
            .lines
            .into_iter()
            .zip(totals.lines_minor)
            .map(|(new, amount)| PreparedLine { new, amount })
            .collect(),
        payment,
        discount_reason,
        note,
    })
}

/// Lines with the book's own prices and names filled in.
fn read_lines(tx: &Transaction, input: &NewSale) -> Result<Vec<NewLine>> {
    let mut problems = vec![];
    let mut lines = vec![];
    for (position, line) in input.lines.iter().enumerate() {
        let quantity = Decimal::parse(&line.quantity).and_then(Decimal::to_thousandths);
        if quantity.is_none() {
            problems.push(FieldError::new(format!("lines.{position}.quantity"), "quantity.unreadable"));
        }
        let product = line.product_id.map(|product| store::products::get(tx, product)).transpose()?;
        let description = line.description.as_deref().map(clean_line).unwrap_or_default();
        if product.is_none() && description.is_empty() {
            problems.push(FieldError::new(format!("lines.{position}.description"), "text.missing"));
        }
        let known_price = product.as_ref().and_then(|(product, _)| product.price_minor);
        let Some(unit_price_minor) = line.unit_price_minor.or(known_price) else {
            problems.push(FieldError::new(format!("lines.{position}.unit_price_minor"), "amount.missing"));
            continue;
        };
        lines.push(NewLine {
            product: line.product_id,
            description,
            category: product.as_ref().and_then(|(product, _)| product.category.clone()),
            quantity_thousandths: quantity.unwrap_or(0),
            unit_price_minor,
            amount_minor: None,
            unit_cost_minor: product.and_then(|(_, cost)| cost),
        });
    }
    refuse_if_any(problems)?;
    Ok(lines)
}

fn store_sale(tx: &Transaction, moment: &Moment, input: &NewSale, prepared: &Prepared) -> Result<SaleId> {
    let number = store::book::next_number(tx, "sale", Some(prepared.sold_on))?;
    let sale_no = format!("S{}-{number:04}", prepared.sold_on.format("%Y%m%d"));
    let id = store::sales::insert(
        tx,
        &SaleToStore {
            sale_no: &sale_no,
            customer: input.customer_id,
            sold_at: prepared.sold_at,
            sold_on: prepared.sold_on,
            recorded_at: moment.now,
            staff: moment.session.staff,
            payment: prepared.payment.as_deref(),
            gross: prepared.gross,
            discount: prepared.discount,
            discount_reason: prepared.discount_reason.as_deref(),
            net: prepared.net,
            note: prepared.note.as_deref(),
        },
    )?;
    let lines: Vec<LineToStore> = prepared
        .lines
        .iter()
        .map(|line| LineToStore {
            product: line.new.product,
            description: Some(line.new.description.as_str()).filter(|text| !text.is_empty()),
            quantity_milli: line.new.quantity_thousandths,
            unit_price: line.new.unit_price_minor,
            amount: line.amount,
        })
        .collect();
    store::sales::insert_lines(tx, id, &lines)?;
    Ok(id)
}

/// What the counter shows, read after the commit.
fn receipt_of(app: &App, saved: Saved) -> Result<SaleReceipt> {
    let id = SaleId(saved.id.ok_or_else(|| ApiError::not_found("sale"))?);
    app.read(move |connection, moment| {
        let sale = view(connection, id)?;
        let customer = sale.row.customer_id;
        Ok(SaleReceipt {
            promotion: ladder::change_by_sale(connection, moment, id)?,
            standing: customer.map(|customer| ladder::standing_of(connection, moment, customer)).transpose()?,
            segment: customer
                .map(|customer| segmentation::segment_of(connection, moment, customer))
                .transpose()?
                .flatten(),
            sale,
            is_new: saved.is_new,
        })
    })
}

fn view(connection: &Connection, id: SaleId) -> Result<SaleView> {
    let stored = store::sales::get(connection, id)?;
    Ok(SaleView {
        row: stored.row,
        recorded_at: stored.recorded_at,
        gross_minor: stored.gross,
        discount_minor: stored.discount,
        discount_reason: stored.discount_reason,
        lines: store::sales::lines(connection, id)?,
        refunds: store::sales::refunds(connection, id)?,
        staff: stored.staff,
        source: stored.source,
    })
}

/// Thousandths as people write a quantity: `2`, `1.5`.
pub(crate) fn quantity_text(milli: i64) -> String {
    let text = Money::from_minor(milli).to_plain_text(3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
