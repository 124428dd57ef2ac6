//! Views of the table of customers that the shop saves, and how each person leaves them.

use super::columns::TableColumn;
use super::conditions::FilterTree;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a saved view shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ViewDefinition {
    /// Columns in their order.
    pub columns: Vec<TableColumn>,
    /// Widths that differ from the usual one, in pixels at letters of 100 %.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(as = "BTreeMap<String, u32>"))]
    pub widths: BTreeMap<TableColumn, u32>,
    /// So many columns at the left stay while the others are scrolled.
    #[serde(default)]
    pub frozen: u32,
    /// Order of the rows; left out, as the table comes.
    #[serde(default)]
    pub sort: Option<TableColumn>,
    /// Descending.
    #[serde(default)]
    pub descending: bool,
    /// Conditions.
    #[serde(default)]
    pub conditions: Option<FilterTree>,
}

/// How a person left the table, or a view of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct KeptLayout {
    /// Of which view; nothing for the table without one.
    pub view: Option<i64>,
    /// Columns, widths, order; conditions are those of the view.
    pub layout: ViewDefinition,
}

/// The columns as a person leaves them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct LayoutToKeep {
    /// Of which view; left out, of the table without one.
    #[serde(default)]
    pub view: Option<i64>,
    /// Left out: as the view itself has it.
    #[serde(default)]
    pub layout: Option<ViewDefinition>,
}

/// A view to be saved; the same name again replaces it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Name.
    pub name: String,
    /// What it shows.
    pub definition: ViewDefinition,
    /// Whether the table opens with it.
    #[serde(default)]
    pub is_default: bool,
}

/// A saved view by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ViewRef {
    /// Which.
    pub id: i64,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SavedView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// What it shows.
    pub definition: ViewDefinition,
    /// Whether the table opens with it.
    pub is_default: bool,
}

/// All saved views, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ViewList {
    /// The views.
    pub rows: Vec<SavedView>,
    /// All tags of the shop, by name, for the conditions.
    pub tags: Vec<String>,
    /// How the person who asks left the table and its views.
    pub layouts: Vec<KeptLayout>,
}
