//! Products: found at the counter by anything, kept in a list; what was sold once is taken off the list, never deleted.

use crate::api::books::Nothing;
use crate::api::products::{
    NewProduct, ProductChange, ProductCode, ProductFacts, ProductFilter, ProductHits, ProductPage, ProductRef,
    ProductSearch, ProductView,
};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::paging;
use crate::search::{self as finding, CustomerFields};
use crate::store;
use crate::store::products::{Counted, ProductToStore};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::ProductId;
use shukebu_domain::money::{Decimal, Money};

/// Finds products by name, initials, pinyin, sku or barcode.
///
/// # Errors
/// `Locked` while no book is open.
pub fn search(app: &App, input: ProductSearch) -> Result<ProductHits> {
    let limit = input.limit.unwrap_or(20).clamp(1, 200);
    app.read(move |connection, _| {
        let text = input.text.trim().to_lowercase();
        Ok(ProductHits { rows: store::products::search(connection, &text, limit)? })
    })
}

/// The products of a scanned code. A twelve-digit code is the thirteen-digit one without its leading zero.
///
/// # Errors
/// `Locked` while no book is open.
pub fn scan(app: &App, input: ProductCode) -> Result<ProductHits> {
    app.read(move |connection, _| {
        let code = input.code.trim();
        let other = match code.strip_prefix('0') {
            Some(shorter) if code.len() == 13 => shorter.to_owned(),
            _ if code.len() == 12 => format!("0{code}"),
            _ => code.to_owned(),
        };
        Ok(ProductHits { rows: store::products::by_code(connection, code, &other)? })
    })
}

/// The favourites of the counter by place.
///
/// # Errors
/// `Locked` while no book is open.
pub fn favourites(app: &App, _: Nothing) -> Result<ProductHits> {
    app.read(|connection, _| Ok(ProductHits { rows: store::products::favourites(connection)? }))
}

/// A page of the list.
///
/// # Errors
/// A negative offset.
pub fn list(app: &App, filter: ProductFilter) -> Result<ProductPage> {
    let limit = paging::rows(filter.offset, filter.limit, 100, 200)?;
    app.read(move |connection, _| {
        let (rows, total) = store::products::page(connection, &filter, limit)?;
        Ok(ProductPage {
            rows,
            total,
            low: store::products::count_low(connection)?,
            categories: store::products::categories(connection)?,
        })
    })
}

/// One product.
///
/// # Errors
/// An unknown product.
pub fn get(app: &App, input: ProductRef) -> Result<ProductView> {
    app.read(move |connection, _| store::products::view(connection, input.id))
}

/// Adds a product.
///
/// # Errors
/// A name left out, a number that another product has, amounts and quantities that cannot be right.
pub fn create(app: &App, input: NewProduct) -> Result<ProductView> {
    let saved = app.write(Op::new("product.change").keyed(input.client_key), move |tx, moment| {
        let (facts, counted) = read(tx, input.facts, None)?;
        let text = search_text(&facts.name);
        let id = store::products::insert(
            tx,
            &ProductToStore {
                reference: None,
                sku: facts.sku.as_deref(),
                barcode: facts.barcode.as_deref(),
                name: &facts.name,
                search_text: &text,
                category: facts.category.as_deref(),
                price: facts.price_minor,
                cost: facts.cost_minor,
                at: moment.now,
            },
        )?;
        store::products::update(tx, id, &facts, counted, &text, true)?;
        Ok(Written::one("product", id.0).detail(json!({ "price_minor": facts.price_minor })))
    })?;
    let id = ProductId(saved.id.ok_or_else(|| ApiError::not_found("product"))?);
    get(app, ProductRef { id })
}

/// Changes a product, or takes it off the list.
///
/// # Errors
/// As for a new one; an unknown product.
pub fn change(app: &App, input: ProductChange) -> Result<ProductView> {
    let id = input.id;
    app.write(Op::new("product.change").keyed(input.client_key), move |tx, _| {
        let before = store::products::view(tx, id)?;
        let is_untouched = input.stock_before.is_some() && input.stock_before == input.facts.stock;
        let (mut facts, mut counted) = read(tx, input.facts, Some(id))?;
        if is_untouched {
            counted.stock = None;
        }
        if !input.is_active {
            facts.favourite = None;
        }
        store::products::update(tx, id, &facts, counted, &search_text(&facts.name), input.is_active)?;
        Ok(Written::one("product", id.0).detail(json!({
            "price_minor": [before.row.price_minor, facts.price_minor],
            "cost_minor": [before.cost_minor, facts.cost_minor],
            "is_active": input.is_active,
        })))
    })?;
    get(app, ProductRef { id })
}

/// A form cleaned and looked through.
fn read(connection: &Connection, facts: ProductFacts, id: Option<ProductId>) -> Result<(ProductFacts, Counted)> {
    let line = |text: Option<String>| text.as_deref().map(clean_line).filter(|text| !text.is_empty());
    let facts = ProductFacts {
        name: clean_line(&facts.name),
        sku: line(facts.sku),
        barcode: line(facts.barcode),
        category: line(facts.category),
        stock: line(facts.stock),
        low_stock: line(facts.low_stock),
        ..facts
    };
    let mut problems = vec![];
    if facts.name.is_empty() {
        problems.push(FieldError::new("name", "name.missing"));
    }
    for (field, text) in [
        ("name", Some(&facts.name)),
        ("sku", facts.sku.as_ref()),
        ("barcode", facts.barcode.as_ref()),
        ("category", facts.category.as_ref()),
    ] {
        problems.extend(text.and_then(|text| check_length(field, text, MAX_LINE).err()));
    }
    for (field, amount) in [("price_minor", facts.price_minor), ("cost_minor", facts.cost_minor)] {
        if amount.is_some_and(Money::is_negative) {
            problems.push(FieldError::new(field, "amount.negative"));
        }
    }
    if let Some(sku) = facts.sku.as_deref()
        && store::products::has_sku(connection, sku, id)?
    {
        problems.push(FieldError::new("sku", "product.sku_taken"));
    }
    if facts.favourite.is_some_and(|place| !(1..=9).contains(&place)) {
        problems.push(FieldError::new("favourite", "product.favourite_range"));
    }
    let mut quantity = |field: &str, text: Option<&str>| {
        let text = text?;
        let milli = Decimal::parse(text).and_then(Decimal::to_thousandths);
        if milli.is_none() {
            problems.push(FieldError::new(field, "quantity.unreadable"));
        }
        milli
    };
    let counted = Counted {
        stock: Some(quantity("stock", facts.stock.as_deref())),
        low_milli: quantity("low_stock", facts.low_stock.as_deref()),
    };
    refuse_if_any(problems)?;
    Ok((facts, counted))
}

/// Everything by which a product can be found, beside its number and barcode: its name as written, then its name as
/// folded, with initials and spellings, all in lower case.
pub(crate) fn search_text(name: &str) -> String {
    let keys = finding::search_text(&CustomerFields { name, ..CustomerFields::default() });
    let keys: String = keys.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
    format!("{} {}", name.to_lowercase(), keys.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::search_text;

    #[test]
    fn a_product_is_found_by_name_initials_and_pinyin() {
        let text = search_text("悦己洗面奶A");
        for fragment in ["洗面奶", "xmn", "ximian"] {
            assert!(text.contains(fragment), "{fragment} in {text}");
        }
    }
}
