//! Import of strangers' files: look, correct, try, run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ImportId;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// Cells out of a spreadsheet, pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PastedCells {
    /// Rows of text with tabs between the cells.
    pub text: String,
}

/// Pasted cells, to be looked at and imported like a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PastedFile {
    /// The handle.
    pub file: String,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Customers.
    Customers,
    /// Products.
    Products,
    /// A sale log: one row a sale or a line of it.
    Sales,
    /// Lines of sales that the book has.
    SaleLines,
    /// What went back of sales that the book has.
    Refunds,
    /// Complaints.
    Complaints,
    /// Contacts of a phone.
    Vcard,
}

/// What happens to a row that the book has already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DuplicatePolicy {
    /// Leave the book as it is.
    #[default]
    Skip,
    /// Fill the row's fields into the book.
    Update,
}

/// A file to be looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ImportLook {
    /// A handle from a dialog.
    pub file: String,
    /// What it holds; left out, guessed.
    #[serde(default)]
    pub kind: Option<ImportKind>,
    /// Encoding by hand.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Sheet by hand.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Row of the headings by hand, counted as a spreadsheet does; 0 where there are none.
    #[serde(default)]
    pub heading: Option<u64>,
    /// Field → column, corrections of the guess.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
}

/// A look into a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportPreview {
    /// The handle.
    pub file: String,
    /// Name without folder.
    pub file_name: String,
    /// What it holds.
    pub kind: ImportKind,
    /// `csv`, `xlsx`, `xls`, `ods`, `vcard`.
    pub format: String,
    /// Encoding used.
    pub encoding: Option<String>,
    /// Sheets, if it has any.
    pub sheets: Vec<String>,
    /// Sheet used.
    pub sheet: Option<String>,
    /// Row of the headings; 0 for a file without any.
    pub heading: u64,
    /// Columns of the file.
    pub columns: Vec<String>,
    /// First rows as text: at most 8, of what was pasted 50.
    pub rows: Vec<Vec<String>>,
    /// Which rows these are, counted as a spreadsheet does.
    pub row_numbers: Vec<u64>,
    /// Fields that this kind knows, with the column found for each.
    pub fields: Vec<ImportField>,
}

/// A field with its column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportField {
    /// Field name as in `--map`.
    pub field: String,
    /// Column of the file, if any.
    pub column: Option<String>,
    /// Whether the import cannot do without it.
    pub is_required: bool,
}

/// A file to be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ImportRun {
    /// A handle from a dialog.
    pub file: String,
    /// What it holds.
    pub kind: ImportKind,
    /// Encoding by hand.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Sheet by hand.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Row of the headings by hand, counted as a spreadsheet does.
    #[serde(default)]
    pub heading: Option<u64>,
    /// Field → column, corrections of the guess.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Duplicates.
    #[serde(default)]
    pub policy: DuplicatePolicy,
    /// One bad row refuses everything.
    #[serde(default)]
    pub strict: bool,
    /// Imported sales earn points.
    #[serde(default)]
    pub earn_points: bool,
    /// Try only; nothing stays.
    #[serde(default)]
    pub dry_run: bool,
}

/// What an import did: created + updated + skipped + errors = rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportReport {
    /// Data rows of the file.
    pub rows: u64,
    /// Rows that made something.
    pub created: u64,
    /// Rows that changed something.
    pub updated: u64,
    /// Rows that the book has already.
    pub skipped: u64,
    /// Rows left out, with their reason.
    pub errors: Vec<RowProblem>,
    /// Cells left empty; their rows count as created.
    pub warnings: Vec<RowProblem>,
    /// What came into being.
    pub entities: ImportedEntities,
    /// What became of the first rows, at most 50.
    pub first_rows: Vec<RowOutcome>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RowOutcome {
    /// Row.
    pub row: u64,
    /// Whether it made, changed or left something.
    pub what: RowVerdict,
}

/// Whether a row made, changed or left something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RowVerdict {
    /// It made something.
    Created,
    /// It changed something.
    Updated,
    /// The book has it already.
    Skipped,
    /// It was left out.
    Error,
}

/// A problem of one row of the file (header = row 1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RowProblem {
    /// Row.
    pub row: u64,
    /// Field, if one is at fault.
    pub field: Option<String>,
    /// Key of the problem.
    pub code: String,
    /// The sentence in the reader's language.
    pub message: String,
}

/// What came into being.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportedEntities {
    /// Customers.
    pub customers: u64,
    /// Products.
    pub products: u64,
    /// Sales.
    pub sales: u64,
    /// Lines.
    pub sale_lines: u64,
}

/// Which import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ImportRef {
    /// Its id.
    pub id: ImportId,
}

/// Imports, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportList {
    /// At most a hundred.
    pub rows: Vec<ImportRow>,
}

/// An import that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportRow {
    /// Id.
    pub id: ImportId,
    /// What the file held.
    pub kind: ImportKind,
    /// Name of the file.
    pub file_name: String,
    /// When.
    pub imported_at: Timestamp,
    /// By whom, where it is known.
    pub staff: Option<String>,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that made something.
    pub created: u64,
    /// Rows that changed something.
    pub updated: u64,
    /// Rows that the book had already.
    pub skipped: u64,
    /// Rows left out.
    pub errors: u64,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    /// By whom.
    pub undone_by: Option<String>,
    /// Whether it can be taken back, as long as nothing hangs on it.
    pub can_undo: bool,
}

/// What taking an import back would do, or what stands in its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportUndoPreview {
    /// The import.
    pub import: ImportRow,
    /// What would go, by kind.
    pub removes: Vec<ImportCount>,
    /// What was there before and would get back what stood in it, by kind.
    pub restores: Vec<ImportCount>,
    /// What came later and hangs on it; nothing is taken back while there is any.
    pub obstacles: Vec<ImportObstacle>,
}

/// So many of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportCount {
    /// Table.
    pub what: String,
    /// The kind in the reader's language.
    pub word: String,
    /// How many.
    pub count: u64,
}

/// Something that came later and hangs on an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImportObstacle {
    /// Table of what came later; `edited` where an imported row was changed by hand.
    pub what: String,
    /// Table of the imported rows.
    pub of: String,
    /// How many.
    pub count: u64,
    /// The sentence in the reader's language.
    pub message: String,
}

/// The problems of an import as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ImportProblems {
    /// The job of the import or of its try.
    pub job: u64,
    /// A handle of the folder from a dialog.
    pub folder: String,
}
