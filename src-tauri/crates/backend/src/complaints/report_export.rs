//! The report as a table in a file: one row per group and promise, seconds and hundredths of a per cent as numbers.

use super::{report, words};
use crate::api::complaint_reports::{ReportExport, ReportQuestion};
use crate::api::complaints::PromiseKind;
use crate::api::exports::{ExportFormat, ExportedFile};
use crate::app::{App, Op, Written};
use crate::error::Result;
use crate::messages::{Language, say};
use crate::sheets::{TableCell, write_table};
use serde_json::json;
use shukebu_domain::complaint::Promise;
use shukebu_domain::complaint::report::{GroupReport, PromiseFigures};

const COLUMNS: [&str; 15] = [
    "group",
    "cases",
    "promise",
    "met",
    "broken",
    "share",
    "median",
    "p90",
    "late_median",
    "late_worst",
    "running",
    "paused",
    "withdrawn",
    "corrected_to_met",
    "corrected_to_broken",
];

/// Writes the table of the report into a folder that a person chose.
///
/// # Errors
/// As the report; a folder that was not chosen, a file that cannot be written.
pub fn export_report(app: &App, input: ReportExport) -> Result<ExportedFile> {
    let folder = app.granted("folder", &input.folder)?;
    let found = report(app, ReportQuestion { from: input.from, to: input.to, by: input.by })?;
    let format = input.format.unwrap_or(ExportFormat::Xlsx);
    let language = app.language();
    let header: Vec<String> = COLUMNS.iter().map(|name| say(language, &format!("report.column.{name}"), &[])).collect();
    let rows: Vec<Vec<TableCell>> = found.groups.iter().flat_map(|group| rows_of(language, group)).collect();
    let name = say(language, "report.file", &[("from", &found.from), ("to", &found.to)]);
    let path = crate::files::free_name(&folder, &name, format.ending());
    let count = write_table(&path, format, &header, &rows)?;
    app.write(Op::new("report.all"), move |_, _| {
        Ok(Written::many("export").detail(json!({ "kind": "complaint_report", "rows": count })))
    })?;
    Ok(ExportedFile::at(&path, count))
}

fn rows_of(language: Language, group: &GroupReport) -> Vec<Vec<TableCell>> {
    let row = |figures: &PromiseFigures| {
        let number = |value: Option<i64>| value.map_or(TableCell::Nothing, TableCell::Number);
        let count = |value: u32| TableCell::Number(i64::from(value));
        let promise = match figures.promise {
            Promise::Response => PromiseKind::Response,
            Promise::Update => PromiseKind::Update,
            Promise::Resolution => PromiseKind::Resolution,
            Promise::FollowUp => PromiseKind::FollowUp,
        };
        vec![
            TableCell::Text(group.group.clone()),
            count(group.cases),
            TableCell::Text(words::promise(language, promise)),
            count(figures.met),
            count(figures.broken),
            number(figures.met_bp.map(i64::from)),
            number(figures.median_s),
            number(figures.p90_s),
            number(figures.late_median_s),
            number(figures.late_worst_s),
            count(figures.running),
            count(figures.paused),
            count(figures.withdrawn),
            count(figures.corrected_to_met),
            count(figures.corrected_to_broken),
        ]
    };
    group.promises.iter().map(row).collect()
}
