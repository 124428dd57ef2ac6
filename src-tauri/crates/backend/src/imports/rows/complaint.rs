//! A complaint of another program out of a row. Its moments become events of a real case; moments before the complaint
//! arrived cannot be and are left out.

use super::RowIssue;
use super::cells::{Cells, line, some};
use crate::imports::mapping::Field;
use crate::imports::reader::Row;
use crate::values::{self, Severity};
use serde::{Deserialize, Serialize};
use shukebu_domain::time::Timestamp;

/// A complaint as a file brings it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintRow {
    /// Foreign id.
    pub reference: Option<String>,
    /// Whose; empty when unknown.
    pub customer: String,
    /// Number of the sale it is about.
    pub sale: Option<String>,
    /// When it arrived.
    pub opened_at: Timestamp,
    /// How.
    pub channel: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// First answer.
    pub responded_at: Option<Timestamp>,
    /// Resolved.
    pub resolved_at: Option<Timestamp>,
    /// Opened again after that.
    pub reopened_at: Option<Timestamp>,
    /// Status of the foreign program, in lower case.
    pub status: Option<String>,
    /// What happened; the category where the file tells nothing.
    pub description: String,
}

pub(super) fn read(cells: &mut Cells<'_>, row: &Row) -> Result<ComplaintRow, RowIssue> {
    let opened_at = cells.moment(row, Field::OpenedAt)?;
    let opened_at = cells.happened(row, Field::OpenedAt, opened_at)?;
    let responded_at = after(cells, row, Field::RespondedAt, opened_at);
    let resolved_at = after(cells, row, Field::ResolvedAt, responded_at.unwrap_or(opened_at));
    let reopened_at = resolved_at.and_then(|resolved| after(cells, row, Field::ReopenedAt, resolved));
    let category = line(cells, row, Field::Category);
    let description = some(values::note(cells.raw(row, Field::Description)));
    let severity = cells.lenient(row, Field::Severity, values::severity).unwrap_or(Severity::Normal);
    Ok(ComplaintRow {
        reference: cells.code(row, Field::Ref),
        customer: values::clean(cells.raw(row, Field::Customer)).into_owned(),
        sale: cells.code(row, Field::Sale),
        opened_at,
        channel: line(cells, row, Field::Channel),
        severity,
        responded_at,
        resolved_at,
        reopened_at,
        status: cells.text(row, Field::Status).map(|status| status.to_lowercase()),
        description: description.or_else(|| category.clone()).unwrap_or_default(),
        category,
    })
}

/// A moment that lies after another one; one that does not is listed.
fn after(cells: &mut Cells<'_>, row: &Row, field: Field, earliest: Timestamp) -> Option<Timestamp> {
    let moment = cells.lenient_moment(row, field)?;
    if moment >= earliest {
        return Some(moment);
    }
    cells.warn(row, field, "time.before_start");
    None
}
