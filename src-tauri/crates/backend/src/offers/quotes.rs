//! 报价单: the prices of products by quantity for one customer, worked out by the same offers as a sale, promised until a day.
//! A sale that names a quote is sold at its prices, as at prices that were agreed.

use super::entry::at_sale::Prices;
use crate::api::offers::quotes::{
    PriceQuoteFilter, PriceQuoteInput, PriceQuoteList, PriceQuoteView, QuotedProduct, QuotedStep,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::offers::quotes::{self as rows, QuoteLine, QuoteToStore, StoredQuote};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{CustomerId, PriceQuoteId, ProductId, SaleId};
use shukebu_domain::money::{Decimal, Money};
use shukebu_domain::offer::Line;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::sale::times;

const VALID_DAYS: i64 = 14;
const MOST_PRODUCTS: usize = 50;
const SHOWN: i64 = 100;

/// What a quote would say; writes nothing.
///
/// # Errors
/// No product, a product without a price, a quantity that cannot be read, days outside 1 to 366.
pub fn preview(app: &App, input: PriceQuoteInput) -> Result<PriceQuoteView> {
    app.read(move |connection, moment| {
        let (quote, lines) = read(connection, moment, &input)?;
        Ok(view(moment, quote, lines))
    })
}

/// Makes a quote with a number.
///
/// # Errors
/// As the preview.
pub fn save(app: &App, input: PriceQuoteInput) -> Result<PriceQuoteView> {
    let saved = app.write(Op::new("price_quote.make").keyed(input.client_key.clone()), move |tx, moment| {
        let (quote, lines) = read(tx, moment, &input)?;
        let number = store::book::next_number(tx, "quote", Some(moment.today))?;
        let quote_no = format!("Q{}-{number:03}", moment.today.format("%Y%m%d"));
        let to_store = QuoteToStore {
            quote_no: &quote_no,
            customer: quote.customer,
            made_on: quote.made_on,
            until_on: quote.until_on,
            at: moment.now,
            staff: moment.session.staff,
            note: quote.note.as_deref(),
        };
        let lines: Vec<QuoteLine> = lines.into_iter().map(|(line, _)| line).collect();
        let id = rows::insert(tx, &to_store, &lines)?;
        Ok(Written::one("price_quote", id.0).detail(json!({ "lines": lines.len() })))
    })?;
    let id = PriceQuoteId(saved.id.ok_or_else(|| ApiError::not_found("price_quote"))?);
    app.read(move |connection, moment| Ok(view(moment, rows::get(connection, id)?, rows::lines(connection, id)?)))
}

/// Quotes, the newest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, filter: PriceQuoteFilter) -> Result<PriceQuoteList> {
    app.read(move |connection, moment| {
        let valid_on = filter.only_valid.then_some(moment.today);
        let found = rows::list(connection, filter.customer_id, valid_on, SHOWN)?;
        let rows = found.into_iter().map(|quote| {
            let lines = rows::lines(connection, quote.id)?;
            Ok(view(moment, quote, lines))
        });
        Ok(PriceQuoteList { rows: rows.collect::<Result<_>>()? })
    })
}

fn read(
    connection: &Connection,
    moment: &Moment,
    input: &PriceQuoteInput,
) -> Result<(StoredQuote, Vec<(QuoteLine, String)>)> {
    let customer = input.customer_id.map(|named| store::customers::get(connection, named)).transpose()?;
    let note = input.note.as_deref().map(clean_text).filter(|note| !note.is_empty());
    let days = input.valid_days.unwrap_or(VALID_DAYS);
    let mut problems = vec![];
    if !(1..=MOST_PRODUCTS).contains(&input.products.len()) {
        problems.push(FieldError::new("products", "offer.products").with("most", MOST_PRODUCTS));
    }
    if !(1..=366).contains(&days) {
        problems.push(FieldError::new("valid_days", "price_quote.days"));
    }
    problems.extend(note.as_deref().and_then(|note| check_length("note", note, MAX_TEXT).err()));
    refuse_if_any(problems)?;
    let customer_id = customer.as_ref().map(|customer| customer.id);
    let prices = Prices::load(connection, moment, customer_id)?;
    let margin_bp = store::book::margin_minimum_bp(connection)?;
    let mut lines: Vec<(QuoteLine, String)> = vec![];
    for (position, asked) in input.products.iter().enumerate() {
        let field = |name: &str| format!("products.{position}.{name}");
        if lines.iter().any(|(line, _)| line.product == asked.product_id) {
            continue;
        }
        let quantity = match asked.quantity.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(
                Decimal::parse(text)
                    .and_then(Decimal::to_thousandths)
                    .filter(|milli| *milli > 0)
                    .ok_or_else(|| FieldError::new(field("quantity"), "quantity.unreadable"))?,
            ),
        };
        let (row, cost) = store::products::get(connection, asked.product_id)?;
        let agreed = match customer_id {
            Some(customer) => store::counter::agreed_price(connection, customer, row.id, moment.today)?,
            None => None,
        };
        let price = agreed.or(row.price_minor).ok_or_else(|| FieldError::new(field("product_id"), "amount.missing"))?;
        let line = |milli: i64| Line {
            product: Some(row.id),
            category: row.category.clone(),
            quantity_thousandths: milli,
            unit_price: price,
            amount: times(milli, price).unwrap_or(Money::ZERO),
            cost: cost.and_then(|cost| times(milli, cost)),
            is_agreed: agreed.is_some(),
            is_by_hand: false,
        };
        let mut quantities = prices.quantities(row.id, row.category.as_deref());
        quantities.extend([1000].into_iter().chain(quantity));
        quantities.sort_unstable();
        quantities.dedup();
        let mut before: Option<Money> = None;
        for from_milli in quantities {
            let net = prices.net(line(from_milli), margin_bp);
            let exact = i128::from(net.minor()) * 1000;
            let unit_price = Money::round_half_up(exact, i128::from(from_milli)).unwrap_or(price);
            // A quantity at which nothing changes is named only where it was asked for.
            if before.is_some_and(|before| unit_price >= before) && Some(from_milli) != quantity {
                continue;
            }
            before = Some(unit_price);
            let list = row.price_minor;
            lines.push((QuoteLine { product: row.id, from_milli, unit_price, list }, row.name.clone()));
        }
    }
    let until_on = moment.today + Days::new(u64::try_from(days - 1).unwrap_or(0));
    let quote = StoredQuote {
        id: PriceQuoteId(0),
        quote_no: String::new(),
        customer: customer_id,
        customer_name: customer.map(|customer| customer.name),
        made_on: moment.today,
        until_on,
        staff: moment.session.name.clone(),
        note,
        sale_no: None,
    };
    Ok((quote, lines))
}

fn view(moment: &Moment, quote: StoredQuote, lines: Vec<(QuoteLine, String)>) -> PriceQuoteView {
    let mut products: Vec<QuotedProduct> = vec![];
    for (line, name) in lines {
        let step = QuotedStep {
            quantity: quantity_text(line.from_milli),
            unit_price_minor: line.unit_price,
            amount_minor: times(line.from_milli, line.unit_price).unwrap_or(Money::ZERO),
        };
        match products.last_mut().filter(|product| product.product_id == line.product) {
            Some(product) => product.steps.push(step),
            None => products.push(QuotedProduct {
                product_id: line.product,
                name,
                list_minor: line.list,
                steps: vec![step],
            }),
        }
    }
    let is_made = quote.id.0 > 0;
    PriceQuoteView {
        id: is_made.then_some(quote.id),
        quote_no: is_made.then_some(quote.quote_no),
        customer_id: quote.customer,
        customer_name: quote.customer_name,
        made_on: quote.made_on,
        until_on: quote.until_on,
        staff: quote.staff,
        note: quote.note,
        is_valid: quote.until_on >= moment.today,
        sale_no: quote.sale_no,
        products,
    }
}

/// Refuses a quote that a sale cannot be sold by.
pub(crate) fn check(
    connection: &Connection,
    id: PriceQuoteId,
    customer: Option<CustomerId>,
    on: NaiveDate,
) -> Result<()> {
    let quote = rows::get(connection, id)?;
    if on < quote.made_on || on > quote.until_on {
        return Err(FieldError::new("price_quote_id", "price_quote.over").with("day", quote.until_on).into());
    }
    // A quote without a customer is for whoever comes with it.
    if quote.customer.is_some() && quote.customer != customer {
        return Err(ApiError::field("price_quote_id", "price_quote.of_another"));
    }
    Ok(())
}

/// What one piece costs by a quote.
pub(crate) fn price(
    connection: &Connection,
    id: PriceQuoteId,
    product: ProductId,
    quantity_milli: i64,
) -> Result<Option<Money>> {
    rows::price(connection, id, product, quantity_milli)
}

/// A sale was made by a quote.
pub(crate) fn sold(tx: &Transaction, id: PriceQuoteId, sale: SaleId) -> Result<()> {
    rows::set_sale(tx, id, sale)
}
