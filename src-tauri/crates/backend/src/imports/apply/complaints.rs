//! A complaint row into the book: a real case with its real moments, judged from them.

use super::mention::{self, Mention};
use super::{Apply, Outcome, Verdict};
use crate::complaints::{self, HistoricComplaint};
use crate::imports::mapping::Field;
use crate::imports::rows::{ComplaintRow, RowIssue};
use crate::store::imports as known;
use crate::values::Severity as Severities;
use shukebu_domain::complaint::Severity;

/// Takes a row of a list of complaints. Whose it is, and about which sale, may be unknown.
pub(super) fn take(apply: &mut Apply<'_>, row_number: u64, row: &ComplaintRow) -> Outcome {
    let customer = match mention::of_mention(apply, Mention { word: &row.customer, name: None, phone: None })? {
        Ok(customer) => customer,
        Err(problem) => return Ok(Err(RowIssue::of(row_number, Field::Customer, problem, &row.customer))),
    };
    let mut sale = None;
    if let Some(number) = &row.sale {
        sale = known::sale_by_number(apply.tx, number)?.map(|(id, _)| id);
        if sale.is_none() {
            apply.tally.warnings.push(RowIssue::of(row_number, Field::Sale, "sale.unknown", number));
        }
    }
    let historic = HistoricComplaint {
        reference: row.reference.clone(),
        customer,
        sale,
        opened_at: row.opened_at,
        channel: row.channel.clone(),
        category: row.category.clone(),
        severity: match row.severity {
            Severities::Red => Severity::Red,
            Severities::High => Severity::High,
            Severities::Normal => Severity::Normal,
        },
        responded_at: row.responded_at,
        resolved_at: row.resolved_at,
        reopened_at: row.reopened_at,
        status: row.status.clone(),
        description: row.description.clone(),
        import: Some(apply.import),
    };
    let made = complaints::import_historic(apply.tx, apply.moment, &historic)?;
    Ok(Ok(if made.is_some() { Verdict::Created } else { Verdict::Skipped }))
}
