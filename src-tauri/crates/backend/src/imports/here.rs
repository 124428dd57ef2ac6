//! A stranger's file read in this very process: a look at it, then its rows.

use super::mapping::{self, Field};
use super::plan::{PREVIEW_ROWS, Plan, Wishes};
use super::reader::{Position, Row, Source};
use super::refusal::Refusal;
use super::rows::{AnyRow, Shop, Staged, stage};
use crate::api::imports::ImportKind;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Rows that travel together.
const BATCH_ROWS: usize = 256;

/// A file or pasted cells to be read, with everything that reading needs to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Where it comes from.
    pub source: Source,
    /// What a person says about it.
    pub wishes: Wishes,
    /// The shop.
    pub shop: Shop,
}

/// What a look saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What the file holds.
    pub kind: ImportKind,
    /// `csv`, `xlsx`, `xls`, `ods`, `vcard`.
    pub format: String,
    /// Encoding of a text, where it is known.
    pub encoding: Option<String>,
    /// Sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// Row of the headings.
    pub heading: u64,
    /// Headings.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Which rows these are.
    pub row_numbers: Vec<u64>,
    /// Field names with the column found for each.
    pub found: Vec<(String, usize)>,
    /// Mark of the layout.
    pub layout: String,
    /// Why the file cannot be imported as it is mapped now.
    pub lacks: Option<Refusal>,
    /// Rows below the heading, by estimate; 0 while unknown.
    pub estimate: u64,
}

/// Rows on their way, with how far the file has been read.
pub type Batch = (Vec<Staged>, Position);
/// Looks into a file.
pub(super) fn look(request: &Request) -> Result<Seen, Refusal> {
    let plan = Plan::make(&request.source, &request.wishes)?;
    let is_contacts = plan.kind == ImportKind::Vcard;
    let columns = plan.mapping.columns.len();
    let cells = |row: &Row| (0..columns).map(|column| row.cell(column).to_owned()).collect();
    let (columns, rows) = if is_contacts {
        contacts(&plan, &request.shop)?
    } else {
        (plan.mapping.columns.clone(), plan.preview.iter().map(cells).collect())
    };
    Ok(Seen {
        kind: plan.kind,
        format: plan.file.format.name().to_owned(),
        encoding: plan.file.encoding.map(|encoding| encoding.name().to_owned()),
        sheets: plan.file.sheets.clone(),
        sheet: plan.file.sheet.clone(),
        heading: plan.heading,
        row_numbers: plan.preview.iter().map(|row| row.number).collect(),
        columns,
        rows,
        found: plan.mapping.found().map(|(field, column)| (field.name().to_owned(), column.index)).collect(),
        layout: plan.mapping.layout(),
        lacks: if is_contacts { None } else { plan.mapping.require().err() },
        estimate: plan.rows,
    })
}

/// The first contacts as name and phones; contacts have no columns.
fn contacts(plan: &Plan, shop: &Shop) -> Result<(Vec<String>, Vec<Vec<String>>), Refusal> {
    let mut found = Vec::new();
    stage(plan, shop, &mut |staged, _| {
        if let Ok(AnyRow::Customer(row)) = staged.outcome {
            found.push(vec![row.name.clone(), row.phones.join(" / ")]);
        }
        let is_full = found.len() >= PREVIEW_ROWS;
        Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok((vec![Field::Name.name().to_owned(), Field::Phone.name().to_owned()], found))
}

/// Reads a file; `give` takes the rows until it wants no more.
pub(super) fn rows(request: &Request, give: &mut dyn FnMut(Batch) -> bool) -> Result<(), Refusal> {
    let plan = Plan::make(&request.source, &request.wishes)?;
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    let mut last = Position::default();
    let mut is_wanted = true;
    stage(&plan, &request.shop, &mut |staged, position| {
        batch.push(staged);
        last = position;
        if batch.len() == BATCH_ROWS {
            is_wanted = give((std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS)), position));
        }
        Ok(if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    if is_wanted && !batch.is_empty() {
        give((batch, last));
    }
    Ok(())
}

/// Whether a file of this kind cannot do without a field.
pub(super) fn is_required(kind: ImportKind, field: Field) -> bool {
    mapping::required(kind).iter().any(|group| *group == [field])
}
