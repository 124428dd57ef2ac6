//! Two schemes crossed.

use super::customers::SegmentTag;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which schemes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PivotInput {
    /// Key of the scheme whose classes are the rows.
    pub rows: String,
    /// Key of the scheme whose classes are the columns.
    pub columns: String,
}

/// Everybody by the classes of both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentPivot {
    /// Classes of the one that have anybody, in order.
    pub columns: Vec<SegmentTag>,
    /// Classes of the other that have anybody, in order.
    pub rows: Vec<PivotRow>,
}

/// One class, crossed with those of the other scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PivotRow {
    /// The class.
    pub tag: SegmentTag,
    /// One cell for each column.
    pub cells: Vec<PivotCell>,
}

/// Who stands in both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PivotCell {
    /// People.
    pub people: i64,
    /// Net spend of the last 12 months.
    pub net_minor: i64,
}
