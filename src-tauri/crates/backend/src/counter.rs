//! What the till needs beside the sale itself: the last order again, agreed prices, words of a note that become part of
//! the customer, the draft that survives a crash, the day so far, the shop's own rules for discounts.

use crate::api::books::{Done, Nothing};
use crate::api::counter::{
    AgreedPrices, CounterRules, CounterRulesChange, DayFigures, DayRef, DraftView, EndAgreedPrice, KeepAs, KeepWord,
    LastOrder, NewAgreedPrice, QrCode, QrText, RepeatedLine, SaveDraft, TillRef,
};
use crate::api::customers::CustomerRef;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::search_texts;
use crate::store::thread::Priority;
use crate::{messages, store};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::quantity::quantity_text;

/// A draft is a form, never a book.
const MAX_DRAFT: usize = 64 * 1024;
/// What fits a QR code that a cheap scanner still reads.
const MAX_QR: usize = 500;

/// The last order of a customer, to be sold again at today's prices.
///
/// # Errors
/// An unknown customer.
pub fn last_order(app: &App, input: CustomerRef) -> Result<LastOrder> {
    app.read(move |connection, _| {
        store::customers::get(connection, input.id)?;
        let mut order = LastOrder {
            sale_id: store::sales::list::newest_of(connection, input.id)?,
            sold_on: None,
            lines: vec![],
            amount_minor: None,
            packaging: None,
            left_out: vec![],
        };
        let Some(id) = order.sale_id else { return Ok(order) };
        let sale = store::sales::get(connection, id)?;
        order.sold_on = Some(sale.row.sold_on);
        order.packaging = sale.packaging;
        let lines = store::sales::lines(connection, id)?;
        order.amount_minor = lines.is_empty().then_some(sale.row.net_minor);
        for line in lines.into_iter().filter(|line| line.quantity_milli > 0) {
            if let Some(product) = line.product
                && !store::products::view(connection, product)?.is_active
            {
                order.left_out.push(line.description);
                continue;
            }
            order.lines.push(RepeatedLine {
                product_id: line.product,
                description: line.description,
                quantity: quantity_text(line.quantity_milli),
                unit_price_minor: line.product.is_none().then_some(line.unit_price),
            });
        }
        Ok(order)
    })
}

/// The agreed prices of a customer.
///
/// # Errors
/// `Locked` while no book is open.
pub fn agreed_prices(app: &App, input: CustomerRef) -> Result<AgreedPrices> {
    app.read(move |connection, moment| {
        Ok(AgreedPrices { rows: store::counter::agreed_prices(connection, input.id, moment.today)? })
    })
}

/// Agrees a price with a customer, in place of an earlier one for the same product.
///
/// # Errors
/// An unknown customer or product, a negative price, a last day before the first.
pub fn agree_price(app: &App, input: NewAgreedPrice) -> Result<AgreedPrices> {
    let customer = input.customer_id;
    app.write(Op::new("price.agree").keyed(input.client_key.clone()), move |tx, moment| {
        // The record that stays: a merge may have taken the one that was named.
        let customer_id = store::customers::get(tx, customer)?.id;
        store::products::get(tx, input.product_id)?;
        let from_on = input.from_on.unwrap_or(moment.today);
        let note = input.note.as_deref().map(clean_line).filter(|note| !note.is_empty());
        let mut problems = vec![];
        if input.price_minor.is_negative() {
            problems.push(FieldError::new("price_minor", "amount.negative"));
        }
        if input.until_on.is_some_and(|until| until < from_on) {
            problems.push(FieldError::new("until_on", "date.before_start"));
        }
        problems.extend(note.as_deref().and_then(|note| check_length("note", note, MAX_LINE).err()));
        refuse_if_any(problems)?;
        let new = NewAgreedPrice { note, customer_id, ..input };
        let id = store::counter::agree(tx, &new, from_on, moment.session.staff, moment.now)?;
        Ok(Written::one("agreed_price", id.0).detail(json!({ "customer": customer, "price_minor": new.price_minor })))
    })?;
    agreed_prices(app, CustomerRef { id: customer })
}

/// Ends an agreed price.
///
/// # Errors
/// An unknown one, also when it was ended before.
pub fn end_price(app: &App, input: EndAgreedPrice) -> Result<Done> {
    app.write(Op::new("price.agree").keyed(input.client_key), move |tx, moment| {
        let customer = store::counter::end_agreed(tx, input.id, moment.now)?;
        Ok(Written::one("agreed_price", input.id.0).detail(json!({ "customer": customer, "ended": true })))
    })?;
    Ok(Done {})
}

/// Makes a word of an order note a tag of the customer, or one of the habits that stand on top of the card.
///
/// # Errors
/// An empty or far too long text, an unknown customer.
pub fn keep_word(app: &App, input: KeepWord) -> Result<Done> {
    let text = clean_line(&input.text);
    if text.is_empty() {
        return Err(ApiError::field("text", "text.missing"));
    }
    check_length("text", &text, MAX_LINE)?;
    let named = input.customer_id;
    app.write(Op::new("customer.keep").keyed(input.client_key), move |tx, moment| {
        let mut customer = store::customers::get(tx, named)?;
        let id = customer.id;
        match input.keep_as {
            KeepAs::Tag => {
                let mut tags = store::customers::tags(tx, id)?;
                if !tags.contains(&text) {
                    tags.push(text);
                    store::customers::set_tags(tx, id, &tags)?;
                }
            }
            KeepAs::Habit => {
                let known = customer.habits.take().unwrap_or_default();
                let habits = if known.is_empty() {
                    text
                } else if known.contains(&text) {
                    known
                } else {
                    format!("{known}；{text}")
                };
                check_length("text", &habits, MAX_TEXT)?;
                customer.habits = Some(habits);
                store::customers::update(tx, &customer, &crate::search::sort_key(&customer.name), moment.now)?;
            }
        }
        search_texts::renew(tx, &[id])?;
        Ok(Written::one("customer", id.0).detail(json!({ "as": input.keep_as })).reindex(id))
    })?;
    Ok(Done {})
}

/// The draft of a till.
///
/// # Errors
/// `Locked` while no book is open.
pub fn draft(app: &App, input: TillRef) -> Result<DraftView> {
    app.read(move |connection, _| store::counter::draft(connection, &input.till))
}

/// Keeps the sale that is being typed, or ends it. No fact of the shop yet: it is not logged, announces nothing and does
/// not count as a change since the last backup.
///
/// # Errors
/// A form that is far too long.
pub fn save_draft(app: &App, input: SaveDraft) -> Result<Done> {
    check_length("till", &input.till, MAX_LINE)?;
    if input.content.as_ref().is_some_and(|content| content.len() > MAX_DRAFT) {
        return Err(ApiError::field("content", "text.too_long").with("most", MAX_DRAFT));
    }
    let now = app.now();
    app.book()?.thread.run(Priority::Counter, move |owned| match &input.content {
        Some(content) => store::counter::keep_draft(&owned.connection, &input.till, content, now),
        None => store::counter::end_draft(&owned.connection, &input.till),
    })?;
    Ok(Done {})
}

/// The figures of a day.
///
/// # Errors
/// `Locked` while no book is open.
pub fn day(app: &App, input: DayRef) -> Result<DayFigures> {
    app.read(move |connection, moment| store::sales::list::day(connection, input.on.unwrap_or(moment.today)))
}

/// What the counter follows.
///
/// # Errors
/// `Locked` while no book is open.
pub fn rules(app: &App, _: Nothing) -> Result<CounterRules> {
    app.read(read_rules)
}

fn read_rules(connection: &Connection, moment: &Moment) -> Result<CounterRules> {
    let ready: Vec<String> =
        messages::say(moment.language, "counter.quick_tags", &[]).split('|').map(str::to_owned).collect();
    Ok(CounterRules {
        discount_limit_bp: store::book::discount_limit_bp(connection)?,
        margin_minimum_bp: store::book::margin_minimum_bp(connection)?,
        quick_tags: store::book::setting(connection, "quick_tags", ready)?,
        receipt_footer: store::book::setting(connection, "receipt_footer", None)?,
    })
}

/// Changes what was named.
///
/// # Errors
/// Shares that are none, words that are far too long.
pub fn change_rules(app: &App, input: CounterRulesChange) -> Result<CounterRules> {
    let mut problems = vec![];
    for (field, share) in
        [("discount_limit_bp", input.discount_limit_bp), ("margin_minimum_bp", input.margin_minimum_bp)]
    {
        if share.is_some_and(|share| !(0..=10_000).contains(&share)) {
            problems.push(FieldError::new(field, "percent.out_of_range"));
        }
    }
    let tags: Option<Vec<String>> = input
        .quick_tags
        .map(|tags| tags.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty()).take(12).collect());
    for tag in tags.iter().flatten() {
        problems.extend(check_length("quick_tags", tag, 20).err());
    }
    let footer = input.receipt_footer.as_deref().map(clean_text);
    problems.extend(footer.as_deref().and_then(|footer| check_length("receipt_footer", footer, MAX_LINE).err()));
    refuse_if_any(problems)?;
    app.write(Op::new("settings.change").keyed(input.client_key), move |tx, moment| {
        let set = |key: &str, value: Option<serde_json::Value>| match value {
            Some(value) => store::book::set_setting(tx, key, value, moment.now),
            None => Ok(()),
        };
        set("discount_limit_bp", input.discount_limit_bp.map(Into::into))?;
        set("margin_minimum_bp", input.margin_minimum_bp.map(Into::into))?;
        set("quick_tags", tags.map(|tags| json!(tags)))?;
        set("receipt_footer", footer.map(|footer| if footer.is_empty() { json!(null) } else { json!(footer) }))?;
        Ok(Written::many("settings"))
    })?;
    rules(app, Nothing {})
}

/// A text as a QR code, for cards and phones.
///
/// # Errors
/// A text that is empty or does not fit.
pub fn qr_code(_: &App, input: QrText) -> Result<QrCode> {
    if input.text.is_empty() || input.text.len() > MAX_QR {
        return Err(ApiError::field("text", "text.too_long").with("most", MAX_QR));
    }
    let code = qrcodegen::QrCode::encode_text(&input.text, qrcodegen::QrCodeEcc::Medium)
        .map_err(|_| ApiError::field("text", "text.too_long").with("most", MAX_QR))?;
    let row = |y: i32| (0..code.size()).map(|x| if code.get_module(x, y) { '1' } else { '0' }).collect();
    Ok(QrCode { size: code.size().into(), rows: (0..code.size()).map(row).collect() })
}
