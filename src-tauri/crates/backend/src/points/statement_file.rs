//! The statement of a member as a file to be sent along: what was there, every row with the balance after it, what is there.

use super::view::statement;
use crate::api::exports::{ExportFormat, ExportedFile};
use crate::api::points::{PointsRow, PointsStatement, StatementExport, StatementInput};
use crate::app::{App, Op, Written};
use crate::error::Result;
use crate::messages::{Language, say};
use crate::sheets::{TableCell, write_table};
use serde_json::json;
use shukebu_domain::points::Points;

const COLUMNS: [&str; 7] = ["on", "kind", "points", "balance", "sale_no", "gift", "reason"];

/// Writes the statement into a folder that a person chose.
///
/// # Errors
/// As the statement; a folder that was not chosen, a file that cannot be written.
pub fn export_statement(app: &App, input: StatementExport) -> Result<ExportedFile> {
    let folder = app.granted("folder", &input.folder)?;
    let customer = input.customer_id;
    let found = statement(app, StatementInput { customer_id: customer, from_on: input.from_on, to_on: input.to_on })?;
    let format = input.format.unwrap_or(ExportFormat::Xlsx);
    let language = app.language();
    let header: Vec<String> =
        COLUMNS.iter().map(|name| say(language, &format!("statement.column.{name}"), &[])).collect();
    let name = say(language, "statement.file", &[("member_no", &found.member_no), ("to", &found.to_on)]);
    let path = crate::files::free_name(&folder, &name, format.ending());
    let count = write_table(&path, format, &header, &rows(language, &found))?;
    app.write(Op::new("customer.export_one"), move |_, _| {
        Ok(Written::one("customer", customer.0).detail(json!({ "kind": "points_statement", "rows": count })))
    })?;
    Ok(ExportedFile::at(&path, count))
}

/// The balance before the first day, the rows, the balance after the last day.
fn rows(language: Language, found: &PointsStatement) -> Vec<Vec<TableCell>> {
    let standing = |key: &str, on: Option<String>, balance: Points| {
        let on = on.map_or(TableCell::Nothing, TableCell::Text);
        let mut row = vec![on, TableCell::Text(say(language, key, &[])), TableCell::Nothing];
        row.push(TableCell::Number(balance.0));
        row.resize_with(COLUMNS.len(), || TableCell::Nothing);
        row
    };
    let day = |day: chrono::NaiveDate| day.to_string();
    let opening = standing("statement.opening", found.from_on.map(day), found.opening);
    let closing = standing("statement.closing", Some(day(found.to_on)), found.closing);
    let between = found.rows.iter().map(|row| cells(language, row));
    std::iter::once(opening).chain(between).chain([closing]).collect()
}

fn cells(language: Language, row: &PointsRow) -> Vec<TableCell> {
    let text = |text: &Option<String>| text.clone().map_or(TableCell::Nothing, TableCell::Text);
    vec![
        TableCell::Text(row.on.to_string()),
        TableCell::Text(say(language, &format!("statement.kind.{}", row.kind), &[])),
        TableCell::Number(row.points.0),
        TableCell::Number(row.balance.0),
        text(&row.sale_no),
        text(&row.gift),
        text(&row.reason),
    ]
}
