//! Sales at the counter: one transaction per sale, durable when the screen says so; corrected by refunds, never edited.

mod prepare;
mod refunds;
mod view;

pub use prepare::quote;
pub(crate) use refunds::{GiveBack, give_back};
pub use refunds::{give_back_pack, preview, refund, void};
pub use view::get;

use crate::api::sales::{NewSale, SaleFilter, SalePage, SaleReceipt, SaleRow};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::offers::packs::{SoldLine, SoldSale};
use crate::offers::{quotes, till};
use crate::store::sales::{LineToStore, OrderFacts, SaleToStore, StoredLine, StoredSale};
use crate::{ladder, paging, points, segmentation, store};
use prepare::Prepared;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::sale::returns::paid_by_line;
use std::sync::{Arc, Mutex};

/// Records a sale: as one amount, or with lines. The same client key twice is one sale.
///
/// # Errors
/// Amounts that cannot be right, an unknown customer or product, a business day in the future, a discount without a
/// reason or above what the person at the counter may give.
pub fn create(app: &App, input: NewSale) -> Result<SaleReceipt> {
    let is_backdated = input.sold_on.is_some_and(|day| app.moment().is_ok_and(|moment| day < moment.today));
    if is_backdated {
        app.authorize("sale.backdate")?;
    }
    if input.redeem_points.is_some_and(|points| points != Points::ZERO) {
        app.authorize("points.redeem")?;
    }
    let made: Arc<Mutex<Option<SaleReceipt>>> = Arc::default();
    let shown = Arc::clone(&made);
    let saved = app.write(Op::new("sale.create").keyed(input.client_key.clone()), move |tx, moment| {
        // A sale is written for the record that stays; a merge may have taken the one that was named.
        let customer = input.customer_id.map(|named| store::customers::get(tx, named)).transpose()?;
        let input = NewSale { customer_id: customer.as_ref().map(|customer| customer.id), ..input };
        let prepared = prepare::prepare(tx, moment, &input, false)?;
        prepare::check_rights(moment, &prepared)?;
        let (id, sale_no, rows) = store_sale(tx, moment, &input, &prepared)?;
        let paid = paid_by_line(&prepared.lines.iter().map(|line| line.amount).collect::<Vec<_>>(), prepared.net);
        let lines = prepared.lines.iter().zip(paid);
        let lines = lines.map(|(line, paid)| (line.new.product, line.new.quantity_thousandths, paid));
        till::after_sale(tx, moment, &prepared.as_sold(id, input.customer_id, lines.collect()), &prepared.offers)?;
        if let Some(quote) = input.price_quote_id {
            quotes::sold(tx, quote, id)?;
        }
        if let Some(till) = &input.till {
            store::counter::end_draft(tx, till)?;
        }
        let written = Written::one("sale", id.0).detail(prepared.log());
        let (written, member) = match input.customer_id {
            Some(customer) => {
                store::figures::add_sale(tx, customer, prepared.sold_on, prepared.net)?;
                let rank = store::figures::figures(tx, customer)?.tier.rank;
                let (on, net) = (prepared.sold_on, prepared.net);
                let (spent, worth) = (prepared.redeem_points, prepared.points_money);
                let sold = points::Sold { sale: id, customer, on, net, spent, worth };
                let standing = ladder::after_sale(tx, moment, &sold)?;
                points::after_sale_of_referred(tx, moment, (customer, id, net))?;
                let segment = segmentation::after_sale(tx, moment, customer)?;
                let has_stepped = store::figures::figures(tx, customer)?.tier.rank != rank;
                (written.rerank(customer), view::Member { standing: Some(standing), segment, has_stepped })
            }
            None => (written, view::Member::default()),
        };
        // Who approved what is written down last; a receipt that tells of it is read afterwards.
        if moment.approval.is_none()
            && let Ok(mut slot) = made.lock()
        {
            let beside = prepared.beside();
            let name = customer.map(|customer| customer.name);
            let fresh = prepared.as_stored(tx, moment, &input, (id, sale_no, name), &rows)?;
            *slot = Some(view::receipt(tx, moment, fresh, beside, member)?);
        }
        Ok(written)
    })?;
    let receipt = shown.lock().ok().and_then(|mut slot| slot.take());
    receipt.map_or_else(|| view::receipt_of(app, saved), Ok)
}

/// A page of sales, newest first.
///
/// # Errors
/// A negative offset.
pub fn list(app: &App, filter: SaleFilter) -> Result<SalePage> {
    let limit = paging::rows(filter.offset, filter.limit, 50, 200)?;
    app.read(move |connection, _| {
        let (rows, total, net_minor) = store::sales::list::page(connection, &filter, limit)?;
        Ok(SalePage { rows, total, net_minor })
    })
}

/// Answers the sale with its number and the rows of its lines.
fn store_sale(
    tx: &Transaction,
    moment: &Moment,
    input: &NewSale,
    prepared: &Prepared,
) -> Result<(SaleId, String, Vec<i64>)> {
    let sale_no = store::sales::next_number(tx, prepared.sold_on)?;
    let id = store::sales::insert(
        tx,
        &SaleToStore {
            sale_no: &sale_no,
            customer: input.customer_id,
            sold_at: prepared.sold_at,
            sold_on: prepared.sold_on,
            recorded_at: moment.now,
            staff: moment.session.staff,
            payment: prepared.words.payment.as_deref(),
            gross: prepared.gross,
            discount: prepared.discount,
            discount_reason: prepared.words.discount_reason.as_deref(),
            net: prepared.net,
            note: prepared.words.note.as_deref(),
            order: OrderFacts {
                backdate_note: prepared.words.backdate_note.as_deref(),
                scene: input.scene,
                packaging: prepared.words.packaging.as_deref(),
                delivery_cost: input.delivery_cost_minor,
            },
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
            discount: line.new.discount_minor,
            amount: line.amount,
            unit_cost: line.new.unit_cost_minor,
        })
        .collect();
    let rows = store::sales::insert_lines(tx, id, &lines)?;
    prepared.applied.store(tx, id, &rows)?;
    for line in &prepared.lines {
        if let Some(product) = line.new.product.filter(|_| line.is_counted) {
            store::products::take_from_stock(tx, product, line.new.quantity_thousandths)?;
        }
    }
    Ok((id, sale_no, rows))
}

/// What the log says of a sale, what packs and its receipt ask of it.
impl Prepared {
    /// Nothing came back yet, and nobody had to approve where a receipt is made of it.
    fn beside(&self) -> view::Beside {
        view::Beside { offers: self.applied.has_gifts(), coupons: self.offers.has_coupons(), later: false }
    }

    /// The sale as it would be read back, so that its receipt looks nothing up that was just written.
    fn as_stored(
        &self,
        tx: &Transaction,
        moment: &Moment,
        input: &NewSale,
        (id, sale_no, customer_name): (SaleId, String, Option<String>),
        rows: &[i64],
    ) -> Result<(StoredSale, Vec<StoredLine>)> {
        let lines: Vec<StoredLine> =
            self.lines.iter().zip(rows).zip(1..).map(|((line, row), no)| line.as_stored(*row, no)).collect();
        let items: Vec<&str> = lines.iter().take(3).map(|line| line.description.as_str()).collect();
        let row = SaleRow {
            id,
            sale_no,
            sold_at: self.sold_at,
            sold_on: self.sold_on,
            customer_id: input.customer_id,
            customer_name,
            net_minor: self.net,
            refunded_minor: Money::ZERO,
            payment: self.words.payment.clone(),
            items: items.join(" · "),
            note: self.words.note.clone(),
        };
        let stored = StoredSale {
            row,
            recorded_at: moment.now,
            gross: self.gross,
            discount: self.discount,
            discount_reason: self.words.discount_reason.clone(),
            staff: store::staff::name(tx, moment.session.staff)?,
            staff_id: moment.session.staff,
            source: "counter".to_owned(),
            backdate_note: self.words.backdate_note.clone(),
            scene: input.scene,
            packaging: self.words.packaging.clone(),
            delivery_cost: input.delivery_cost_minor,
        };
        Ok((stored, lines))
    }

    fn as_sold(&self, id: SaleId, customer: Option<CustomerId>, lines: Vec<SoldLine>) -> SoldSale {
        SoldSale { id, customer, on: self.sold_on, lines }
    }

    fn log(&self) -> serde_json::Value {
        if self.given_away == Money::ZERO {
            return json!({ "net_minor": self.net });
        }
        json!({ "net_minor": self.net, "given_away_minor": self.given_away })
    }
}
