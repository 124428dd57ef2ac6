//! Products: rows of a product list, and those that a sale log mentions.

use super::{Apply, Outcome, Verdict};
use crate::api::imports::DuplicatePolicy;
use crate::error::Result;
use crate::imports::mapping::Field;
use crate::imports::rows::{ProductRow, RowIssue, SoldLine};
use crate::products::search_text;
use crate::store::imports as known;
use crate::store::products::{self as stored, ProductToStore};
use rusqlite::Connection;
use shukebu_domain::ids::ProductId;
use std::collections::HashMap;

/// All products of the book, by everything that a file may call them.
pub(super) struct Products {
    by_ref: HashMap<String, ProductId>,
    by_sku: HashMap<String, ProductId>,
    by_barcode: HashMap<String, ProductId>,
    by_name: HashMap<String, ProductId>,
    names: HashMap<ProductId, String>,
}

impl Products {
    pub fn load(connection: &Connection) -> Result<Self> {
        let mut all = Self {
            by_ref: HashMap::new(),
            by_sku: HashMap::new(),
            by_barcode: HashMap::new(),
            by_name: HashMap::new(),
            names: HashMap::new(),
        };
        for product in known::products(connection)? {
            let ids = (product.reference.as_deref(), product.sku.as_deref(), product.barcode.as_deref());
            all.learn(product.id, ids, &product.name);
        }
        Ok(all)
    }

    fn learn(&mut self, id: ProductId, ids: (Option<&str>, Option<&str>, Option<&str>), name: &str) {
        let (reference, sku, barcode) = ids;
        reference.map(|text| self.by_ref.insert(text.to_owned(), id));
        sku.map(|text| self.by_sku.insert(text.to_owned(), id));
        // Of several with one barcode or name the first is meant.
        barcode.map(|text| self.by_barcode.entry(text.to_owned()).or_insert(id));
        self.by_name.entry(name.to_owned()).or_insert(id);
        self.names.insert(id, name.to_owned());
    }

    fn by_code(&self, code: &str) -> Option<ProductId> {
        [&self.by_sku, &self.by_ref, &self.by_barcode].into_iter().find_map(|map| map.get(code)).copied()
    }

    /// Whether a line says something else than the product's name.
    pub fn says_more<'d>(&self, id: ProductId, description: Option<&'d str>) -> Option<&'d str> {
        description.filter(|text| self.names.get(&id).is_none_or(|name| name != text))
    }
}

/// The code of a product in a log: the shop's own number. In lines of known sales it is the other program's id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeKind {
    /// A shop's number.
    Sku,
    /// A foreign id.
    Ref,
}

/// The product that a line means; an unknown one comes into being.
pub(super) fn of_line(apply: &mut Apply<'_>, line: &SoldLine, kind: CodeKind) -> Result<Option<ProductId>> {
    let (code, description) = (line.item.as_deref(), line.description.as_deref());
    let found = match (code, kind) {
        (Some(code), CodeKind::Ref) => {
            apply.products.by_ref.get(code).copied().or_else(|| apply.products.by_code(code))
        }
        (Some(code), CodeKind::Sku) => apply.products.by_code(code),
        (None, _) => description.and_then(|text| apply.products.by_name.get(text)).copied(),
    };
    let Some(name) = description.or(code) else { return Ok(None) };
    if found.is_some() {
        return Ok(found);
    }
    let (reference, sku) = if kind == CodeKind::Ref { (code, None) } else { (None, code) };
    let id = stored::insert(
        apply.tx,
        &ProductToStore {
            reference,
            sku,
            barcode: None,
            name,
            search_text: &search_text(name),
            category: line.category.as_deref(),
            price: None,
            cost: None,
            at: apply.moment.now,
        },
    )?;
    apply.products.learn(id, (reference, sku, None), name);
    apply.tally.entities.products += 1;
    Ok(Some(id))
}

/// Takes a row of a product list.
pub(super) fn take(apply: &mut Apply<'_>, row_number: u64, row: &ProductRow) -> Outcome {
    let all = &apply.products;
    let by =
        |map: &HashMap<String, ProductId>, text: &Option<String>| text.as_ref().and_then(|text| map.get(text)).copied();
    let (by_ref, by_sku) = (by(&all.by_ref, &row.reference), by(&all.by_sku, &row.sku));
    if let (Some(one), Some(other)) = (by_ref, by_sku)
        && one != other
    {
        return Ok(Err(RowIssue::of(row_number, Field::Sku, "product.conflict", row.sku.as_deref().unwrap_or(""))));
    }
    let is_bare = row.reference.is_none() && row.sku.is_none() && row.barcode.is_none();
    let by_name = || all.by_name.get(&row.name).copied().filter(|_| is_bare);
    let found = by_ref.or(by_sku).or_else(|| by(&all.by_barcode, &row.barcode)).or_else(by_name);
    let text = search_text(&row.name);
    let product = ProductToStore {
        reference: row.reference.as_deref(),
        sku: row.sku.as_deref(),
        barcode: row.barcode.as_deref(),
        name: &row.name,
        search_text: &text,
        category: row.category.as_deref(),
        price: row.price,
        cost: row.cost,
        at: apply.moment.now,
    };
    let ids = (product.reference, product.sku, product.barcode);
    let Some(id) = found else {
        let id = stored::insert(apply.tx, &product)?;
        apply.products.learn(id, ids, &row.name);
        apply.tally.entities.products += 1;
        return Ok(Ok(Verdict::Created));
    };
    // A log that told only a number left a product named by it.
    let is_placeholder =
        all.names.get(&id).is_some_and(|name| Some(name) == row.sku.as_ref() || Some(name) == row.reference.as_ref());
    if apply.policy == DuplicatePolicy::Skip && !is_placeholder {
        return Ok(Ok(Verdict::Skipped));
    }
    let changed = known::update_product(apply.tx, id, &product)?;
    apply.products.learn(id, ids, &row.name);
    Ok(Ok(if changed { Verdict::Updated } else { Verdict::Skipped }))
}
