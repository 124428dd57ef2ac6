//! Products with price and cost, as an import takes them in again.

use super::sheet::Sheet;
use crate::error::Result;
use crate::store;
use rusqlite::Transaction;
use std::io::{Seek, Write};

const COLUMNS: [&str; 7] = ["ref", "sku", "barcode", "name", "category", "price_minor", "cost_minor"];

pub(super) fn write<W: Write + Seek + Send>(tx: &Transaction, mut sheet: Sheet<W>) -> Result<u64> {
    sheet.header(&COLUMNS)?;
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
    })?;
    sheet.finish()
}
