//! Products with price and cost, as an import takes them in again.

use crate::error::Result;
use crate::sheets::{Out, Sheet};
use crate::store;
use rusqlite::Transaction;

/// What its columns are called.
pub(super) const COLUMNS: [&str; 7] = ["ref", "sku", "barcode", "name", "category", "price_minor", "cost_minor"];

pub(super) fn rows(tx: &Transaction, sheet: &mut Sheet<'_, impl Out>) -> Result<()> {
    store::exports::products(tx, |product| {
        sheet.row(&[
            product.reference.into(),
            product.sku.into(),
            product.barcode.into(),
            product.name.into(),
            product.category.into(),
            product.price_minor.into(),
            product.cost_minor.into(),
        ])
    })
}
