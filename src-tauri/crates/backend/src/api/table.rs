//! The table of customers: its rows, what stands in a cell, and a cell that is typed into.

use super::columns::TableColumn;
use super::customers::CustomerFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;

/// What stands in a cell: words, a count or amount in minor units, or several words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum CellValue {
    /// Nothing was filled in.
    Nothing,
    /// A count, rank, share or amount in minor units.
    Number(i64),
    /// Words; a day as `2026-03-02`.
    Text(String),
    /// Tags, or what was chosen of many.
    Words(Vec<String>),
}

impl CellValue {
    /// As it is typed into the cell.
    pub fn typed(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Words(words) => words.join("、"),
        }
    }
}

/// A row of the table: a cell for each column that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TableRow {
    /// Whose.
    pub id: CustomerId,
    /// In the order of the columns.
    pub cells: Vec<CellValue>,
    /// Number of an open case because of which nothing may be sold to this customer now.
    pub do_not_disturb: Option<String>,
}

/// Which rows and which columns of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TableInput {
    /// Who, in which order, which page.
    #[serde(default)]
    pub filter: CustomerFilter,
    /// Columns, at most 60.
    pub columns: Vec<TableColumn>,
}

/// The table as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TableExport {
    /// These customers; left out, all whom the filter shows.
    #[serde(default)]
    pub ids: Option<Vec<CustomerId>>,
    /// The filter of the table.
    #[serde(default)]
    pub filter: Option<CustomerFilter>,
    /// Whom the filter shows and who is not meant all the same.
    #[serde(default)]
    pub except: Vec<CustomerId>,
    /// Columns in their order.
    pub columns: Vec<TableColumn>,
    /// For a partner: names, phones and addresses are covered.
    #[serde(default)]
    pub masked: bool,
    /// A handle from a dialog; the ending says XLSX, CSV or JSON.
    pub file: String,
}

/// A page of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TablePage {
    /// Rows of the page.
    pub rows: Vec<TableRow>,
    /// Rows in all.
    pub total: i64,
}

/// Who stands in some rows of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TableIds {
    /// In the order of the rows.
    pub ids: Vec<CustomerId>,
    /// Rows in all.
    pub total: i64,
}

/// A cell that somebody typed into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CellChange {
    /// The edit's key: the same key twice is one change.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose row.
    pub id: CustomerId,
    /// Which column.
    pub column: TableColumn,
    /// What the person saw when the edit began; another content since then is refused. Left out, not asked.
    #[serde(default)]
    pub was: Option<String>,
    /// As typed; nothing empties the cell.
    pub value: String,
}

/// A cell after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CellView {
    /// What stands in it now.
    pub value: CellValue,
}
