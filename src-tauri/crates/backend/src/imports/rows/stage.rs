//! Reads a planned file from its first to its last row and hands every row on as what it means.

use super::cells::Cells;
use super::staged::{Shop, Staged, StagedSink};
use super::{AnyRow, RowIssue, complaint, contacts, customer, product, refund, sale};
use crate::api::imports::ImportKind;
use crate::imports::limits;
use crate::imports::plan::Plan;
use crate::imports::refusal::Refusal;
use std::ops::ControlFlow;

/// Reads the whole file.
///
/// # Errors
/// Whatever the file or the sink refuses; columns that are missing; `import.too_many_problems` once so many rows are
/// bad that the columns are surely wrong.
pub fn stage(plan: &Plan, shop: &Shop, sink: &mut StagedSink<'_>) -> Result<(), Refusal> {
    if plan.kind == ImportKind::Vcard {
        return contacts::stage(&plan.file.whole_text()?, shop, sink);
    }
    plan.mapping.require()?;
    let mut cells = Cells::new(plan, shop);
    let mut numbers = sale::Numbers::default();
    let mut problems = 0;
    plan.file.scan(&mut |row, position| {
        if row.number <= plan.heading {
            return Ok(ControlFlow::Continue(()));
        }
        cells.row = row.number;
        if row.was_other_encoding() {
            cells.warnings.push(RowIssue::row(row.number, "row.read_as_gbk"));
        }
        let outcome = if row.has_lost_characters() && plan.mapping.reads_lost(row) {
            Err(RowIssue::row(row.number, "row.undecodable"))
        } else {
            match plan.kind {
                ImportKind::Products => product::read(&mut cells, row).map(AnyRow::Product),
                ImportKind::Sales => sale::read(&mut cells, row, &mut numbers).map(|row| AnyRow::Sale(Box::new(row))),
                ImportKind::SaleLines => sale::read_line(&mut cells, row).map(AnyRow::SaleLine),
                ImportKind::Refunds => refund::read(&mut cells, row).map(|row| AnyRow::Refund(Box::new(row))),
                ImportKind::Complaints => complaint::read(&mut cells, row).map(|row| AnyRow::Complaint(Box::new(row))),
                ImportKind::Customers | ImportKind::Vcard => {
                    customer::read(&mut cells, row).map(|row| AnyRow::Customer(Box::new(row)))
                }
            }
        };
        problems += usize::from(outcome.is_err()) + cells.warnings.len();
        if problems > limits::ROW_PROBLEMS {
            return Err(Refusal::field("map", "import.too_many_problems").with("row", row.number));
        }
        sink(Staged { row: row.number, outcome, warnings: std::mem::take(&mut cells.warnings) }, position)
    })
}
