//! Orders that a customer places again and again: kept under a name, sold again at the prices of the day.

use crate::api::books::Done;
use crate::api::counter::RepeatedLine;
use crate::api::customers::CustomerRef;
use crate::api::sales::NewSaleLine;
use crate::api::usual_orders::{NewUsualOrder, UsualOrder, UsualOrderRef, UsualOrders};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::usual_orders::{LineToKeep, OrderToKeep};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::money::Decimal;
use shukebu_domain::quantity::quantity_text;

/// Lines of one order.
const MAX_LINES: usize = 100;
/// Orders of one customer.
const MAX_ORDERS: usize = 20;

/// The kept orders of a customer.
///
/// # Errors
/// An unknown customer.
pub fn list(app: &App, input: CustomerRef) -> Result<UsualOrders> {
    app.read(move |connection, _| {
        let customer = store::customers::get(connection, input.id)?.id;
        let orders = store::usual_orders::of(connection, customer)?;
        let rows = orders.into_iter().map(|order| shown(connection, order)).collect::<Result<_>>()?;
        Ok(UsualOrders { rows })
    })
}

fn shown(connection: &Connection, kept: store::usual_orders::Kept) -> Result<UsualOrder> {
    let mut order = UsualOrder {
        id: kept.id,
        name: kept.name,
        lines: vec![],
        packaging: kept.packaging,
        note: kept.note,
        left_out: vec![],
    };
    for line in store::usual_orders::lines(connection, kept.id)? {
        let view = line.product.map(|product| store::products::view(connection, product)).transpose()?;
        if view.as_ref().is_some_and(|product| !product.is_active) {
            order.left_out.push(line.description);
            continue;
        }
        order.lines.push(RepeatedLine {
            product_id: line.product,
            description: line.description,
            quantity: quantity_text(line.quantity_milli),
            unit_price_minor: line.unit_price,
        });
    }
    Ok(order)
}

/// Keeps an order under a name; one of the same name is replaced.
///
/// # Errors
/// No name, no lines, lines that cannot be read, an unknown customer, more orders than anybody finds again.
pub fn save(app: &App, input: NewUsualOrder) -> Result<UsualOrders> {
    let customer = input.customer_id;
    let name = clean_line(&input.name);
    let packaging = input.packaging.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let note = input.note.as_deref().map(clean_text).filter(|text| !text.is_empty());
    let mut problems = vec![];
    if name.is_empty() {
        problems.push(FieldError::new("name", "name.missing"));
    }
    if input.lines.is_empty() {
        problems.push(FieldError::new("lines", "usual_order.no_lines"));
    }
    problems.extend(check_length("name", &name, MAX_LINE).err());
    problems.extend(packaging.as_deref().and_then(|text| check_length("packaging", text, MAX_LINE).err()));
    problems.extend(note.as_deref().and_then(|text| check_length("note", text, MAX_TEXT).err()));
    refuse_if_any(problems)?;
    app.write(Op::new("usual.change").keyed(input.client_key), move |tx, moment| {
        // The record that stays: a merge may have taken the one that was named.
        let customer = store::customers::get(tx, customer)?.id;
        let lines = read_lines(tx, &input.lines)?;
        let others = store::usual_orders::of(tx, customer)?;
        if others.len() >= MAX_ORDERS && others.iter().all(|other| other.name != name) {
            return Err(FieldError::new("name", "usual_order.too_many").with("most", MAX_ORDERS).into());
        }
        for same in others.iter().filter(|other| other.name == name) {
            store::usual_orders::delete(tx, same.id)?;
        }
        let order = OrderToKeep { customer, name: &name, packaging: packaging.as_deref(), note: note.as_deref() };
        let id = store::usual_orders::insert(tx, &order, &lines, moment.session.staff, moment.now)?;
        Ok(Written::one("usual_order", id).detail(json!({ "customer": customer.0, "lines": lines.len() })))
    })?;
    list(app, CustomerRef { id: customer })
}

fn read_lines(connection: &Connection, lines: &[NewSaleLine]) -> Result<Vec<LineToKeep>> {
    let mut problems = vec![];
    let mut read = vec![];
    if lines.len() > MAX_LINES {
        return Err(FieldError::new("lines", "usual_order.too_many_lines").with("most", MAX_LINES).into());
    }
    for (position, line) in lines.iter().enumerate() {
        let product = line.product_id.map(|id| store::products::view(connection, id)).transpose()?;
        let words = line.description.as_deref().map(clean_line).unwrap_or_default();
        let description =
            if words.is_empty() { product.map(|product| product.row.name).unwrap_or_default() } else { words };
        let quantity = Decimal::parse(&line.quantity).and_then(Decimal::to_thousandths).filter(|milli| *milli > 0);
        if description.is_empty() {
            problems.push(FieldError::new(format!("lines.{position}.description"), "text.missing"));
        }
        problems.extend(check_length(&format!("lines.{position}.description"), &description, MAX_LINE).err());
        let unit_price = line.unit_price_minor.filter(|_| line.product_id.is_none());
        if unit_price.is_some_and(|price| price.is_negative()) {
            problems.push(FieldError::new(format!("lines.{position}.unit_price_minor"), "amount.negative"));
        }
        match quantity {
            Some(quantity_milli) => {
                read.push(LineToKeep { product: line.product_id, description, quantity_milli, unit_price });
            }
            None => problems.push(FieldError::new(format!("lines.{position}.quantity"), "quantity.unreadable")),
        }
    }
    refuse_if_any(problems)?;
    Ok(read)
}

/// Forgets a kept order.
///
/// # Errors
/// An unknown one, also when it was forgotten before.
pub fn delete(app: &App, input: UsualOrderRef) -> Result<Done> {
    app.write(Op::new("usual.change").keyed(input.client_key), move |tx, _| {
        let customer = store::usual_orders::delete(tx, input.id)?.ok_or_else(|| ApiError::not_found("usual_order"))?;
        Ok(Written::one("usual_order", input.id).detail(json!({ "customer": customer.0, "ended": true })))
    })?;
    Ok(Done {})
}
