//! Rows of a file as typed rows, each whole and checked by itself. A row is left out when something that it cannot do
//! without is missing or wrong; a cell that it can do without is left empty and listed. Whether a customer or a sale
//! is in the book already is not asked here.

mod cells;
mod complaint;
mod contacts;
mod customer;
mod issue;
mod product;
mod refund;
mod sale;
mod stage;
mod staged;
#[cfg(test)]
mod tests;
mod wire;

pub use complaint::ComplaintRow;
pub use customer::CustomerRow;
pub use issue::RowIssue;
pub use product::ProductRow;
pub use refund::{RefundRow, ReturnedGoods};
pub use sale::{SaleLineRow, SaleRow, SoldLine, Stated};
pub use stage::stage;
pub use staged::{Shop, Staged};

use serde::{Deserialize, Serialize};

/// A typed row of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnyRow {
    /// A customer.
    Customer(Box<CustomerRow>),
    /// A product.
    Product(ProductRow),
    /// A sale or a line of one.
    Sale(Box<SaleRow>),
    /// A line of a sale that the book has.
    SaleLine(SaleLineRow),
    /// What went back of a sale.
    Refund(Box<RefundRow>),
    /// A complaint.
    Complaint(Box<ComplaintRow>),
}
