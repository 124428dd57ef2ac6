//! What is known about a file before it is imported: its kind of file, its heading, which column is which field, in
//! which order its days are written, and about how many rows there are.

use crate::api::imports::ImportKind;
use crate::imports::mapping::{self, Mapping};
use crate::imports::reader::{Format, OpenFile, ReadOptions, Row, Source};
use crate::imports::refusal::Refusal;
use crate::values::{DayOrder, OrderEvidence};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Rows that the preview shows.
pub const PREVIEW_ROWS: usize = 8;
/// Rows that the preview shows of what was pasted.
pub const PASTED_ROWS: usize = 50;
/// Rows that may stand above the heading.
const TITLE_ROWS: usize = 10;
/// Rows by which the order of days is judged at first.
const SAMPLE_ROWS: usize = 3000;

/// What a person says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// What it holds; left out, guessed.
    pub kind: Option<ImportKind>,
    /// Encoding and sheet by hand.
    pub read: ReadOptions,
    /// Row of the headings; 0 for a table without any; left out, guessed.
    pub heading: Option<u64>,
    /// Field → column.
    pub map: BTreeMap<String, String>,
    /// Order of days whose year stands last.
    pub order: DayOrder,
}

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file.
    pub file: OpenFile,
    /// What it holds.
    pub kind: ImportKind,
    /// Which column is which field.
    pub mapping: Mapping,
    /// Number of the row with the headings; 0 for a file without any.
    pub heading: u64,
    /// The first rows below the heading.
    pub preview: Vec<Row>,
    /// Rows below the heading, by estimate.
    pub rows: u64,
    /// Order of days whose year stands last, by column.
    orders: BTreeMap<usize, DayOrder>,
}

impl Plan {
    /// Looks at a file.
    ///
    /// # Errors
    /// Whatever the file refuses, and wishes that do not fit it.
    pub fn make(source: &Source, wishes: &Wishes) -> Result<Self, Refusal> {
        let file = OpenFile::open(source, &wishes.read)?;
        if file.format == Format::Vcard {
            return Self::contacts(file, wishes);
        }
        if wishes.kind == Some(ImportKind::Vcard) {
            return Err(Refusal::field("kind", "import.not_contacts"));
        }
        let (first, estimate) = file.first_rows(SAMPLE_ROWS)?;
        let titles = first.get(..TITLE_ROWS).unwrap_or(&first);
        let has_none = match wishes.heading {
            Some(number) => number == 0,
            // Whoever copies cells often leaves the headings behind.
            None => file.is_pasted() && !mapping::has_heading(wishes.kind, &first),
        };
        if has_none {
            return Self::without_heading(file, wishes, first, estimate);
        }
        // What a person says about columns tells the row of the headings better than any guess.
        let said = match wishes.heading {
            Some(number) => Some(said_row(&first, number)?),
            None => mapping::row_of(&wishes.map, titles),
        };
        let kind = wishes.kind.unwrap_or_else(|| match said {
            Some(at) => mapping::guess_kind(first.get(at..=at).unwrap_or_default()),
            None => mapping::guess_kind(titles),
        });
        let at = said.unwrap_or_else(|| mapping::heading_row(kind, &first));
        let heading = first.get(at).ok_or_else(|| Refusal::file("import.empty"))?;
        let mapping = Mapping::new(kind, heading, &wishes.map)?;
        let below = first.get(at + 1..).unwrap_or_default();
        let orders = orders(&file, &mapping, heading.number, below, wishes.order)?;
        Ok(Self {
            kind,
            mapping,
            heading: heading.number,
            preview: below.iter().take(preview_rows(&file)).cloned().collect(),
            rows: estimate.saturating_sub(at as u64 + 1),
            orders,
            file,
        })
    }

    /// Rows without headings: columns are called A, B, C, and guessed by what stands in them.
    fn without_heading(file: OpenFile, wishes: &Wishes, first: Vec<Row>, estimate: u64) -> Result<Self, Refusal> {
        let kind = wishes.kind.unwrap_or(ImportKind::Customers);
        let mapping = Mapping::by_values(kind, &first, &wishes.map)?;
        let orders = orders(&file, &mapping, 0, &first, wishes.order)?;
        let preview = first.into_iter().take(preview_rows(&file)).collect();
        Ok(Self { kind, mapping, heading: 0, preview, rows: estimate, orders, file })
    }

    /// Contacts of a phone have no columns; every field has its own property.
    fn contacts(file: OpenFile, wishes: &Wishes) -> Result<Self, Refusal> {
        if !matches!(wishes.kind, None | Some(ImportKind::Vcard | ImportKind::Customers)) {
            return Err(Refusal::field("kind", "import.contacts_not_table"));
        }
        Ok(Self {
            kind: ImportKind::Vcard,
            mapping: Mapping::new(ImportKind::Vcard, &Row::default(), &BTreeMap::new())?,
            heading: 0,
            preview: Vec::new(),
            rows: 0,
            orders: BTreeMap::new(),
            file,
        })
    }

    /// The order of days in a column.
    pub fn order(&self, column: usize) -> DayOrder {
        self.orders.get(&column).copied().unwrap_or_default()
    }
}

/// What was pasted is seen as a whole unless it is very long.
fn preview_rows(file: &OpenFile) -> usize {
    if file.is_pasted() { PASTED_ROWS } else { PREVIEW_ROWS }
}

/// Where the row of a number stands among the first ones.
fn said_row(first: &[Row], number: u64) -> Result<usize, Refusal> {
    let unknown = || Refusal::field("heading", "import.heading_unknown").with("row", number);
    first.iter().position(|row| row.number == number).ok_or_else(unknown)
}

/// Judges the order of days in every column of days: by the first rows, and where these leave it open by all.
fn orders(
    file: &OpenFile,
    mapping: &Mapping,
    heading: u64,
    sample: &[Row],
    said: DayOrder,
) -> Result<BTreeMap<usize, DayOrder>, Refusal> {
    let columns = mapping.found().filter(|(field, _)| field.is_date()).map(|(_, column)| column.index);
    if said != DayOrder::Unknown {
        return Ok(columns.map(|column| (column, said)).collect());
    }
    let mut evidence: BTreeMap<usize, OrderEvidence> =
        columns.map(|column| (column, OrderEvidence::default())).collect();
    for (column, evidence) in &mut evidence {
        sample.iter().for_each(|row| evidence.add(row.cell(*column)));
    }
    let is_whole = sample.len() + 1 < SAMPLE_ROWS;
    if !is_whole && evidence.values().any(OrderEvidence::is_open) {
        let last = sample.last().map_or(heading, |row| row.number);
        file.scan(&mut |row, _| {
            if row.number > last {
                evidence.iter_mut().for_each(|(column, evidence)| evidence.add(row.cell(*column)));
            }
            let is_settled = !evidence.values().any(OrderEvidence::is_open);
            Ok(if is_settled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
    }
    Ok(evidence.into_iter().map(|(column, evidence)| (column, evidence.order())).collect())
}
