//! A product out of a row: a name, or a number that serves as one.

use super::RowIssue;
use super::cells::{Cells, line};
use crate::imports::mapping::Field;
use crate::imports::reader::Row;
use serde::{Deserialize, Serialize};
use shukebu_domain::customer::MAX_LINE;
use shukebu_domain::money::Money;

/// A product as a file brings it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// Foreign id.
    pub reference: Option<String>,
    /// The shop's number.
    pub sku: Option<String>,
    /// Barcode.
    pub barcode: Option<String>,
    /// Name.
    pub name: String,
    /// Category.
    pub category: Option<String>,
    /// Selling price.
    pub price: Option<Money>,
    /// Cost.
    pub cost: Option<Money>,
}

pub(super) fn read(cells: &mut Cells<'_>, row: &Row) -> Result<ProductRow, RowIssue> {
    let (reference, sku) = (cells.code(row, Field::Ref), cells.code(row, Field::Sku));
    let barcode = cells.code(row, Field::Barcode);
    let given = cells.text(row, Field::Name);
    let Some(name) = given.or_else(|| sku.clone()).or_else(|| barcode.clone()).or_else(|| reference.clone()) else {
        return Err(RowIssue::row(cells.row, "product.nameless"));
    };
    if name.chars().count() > MAX_LINE {
        return Err(cells.error(row, Field::Name, "name.too_long"));
    }
    Ok(ProductRow {
        price: cells.lenient_amount(row, Field::Price),
        cost: cells.lenient_amount(row, Field::Cost),
        category: line(cells, row, Field::Category),
        reference,
        sku,
        barcode,
        name,
    })
}
