//! How promises were kept, what complaints were about, what they cost.

use super::complaints::PromiseKind;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::complaint::remedy::RemedyFigures;
use shukebu_domain::complaint::report::{Cause, Compensated, Dimension, GroupReport, Totals};
use shukebu_domain::ids::ComplaintId;

/// Which cases, by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ReportQuestion {
    /// First day of receipt; left out, twelve months ago.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Last day of receipt; left out, today.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Groups of the table.
    #[serde(default)]
    pub by: Dimension,
}

/// The table of the report as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ReportExport {
    /// First day of receipt; left out, twelve months ago.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Last day of receipt; left out, today.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Groups of the table.
    #[serde(default)]
    pub by: Dimension,
    /// The form; left out, a spreadsheet.
    #[serde(default)]
    pub format: Option<super::exports::ExportFormat>,
    /// A handle of the folder from a dialog.
    pub folder: String,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ComplaintReport {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Everything together.
    pub totals: Totals,
    /// One row per group and promise, in the order of the groups.
    pub groups: Vec<GroupReport>,
    /// Causes, most frequent first.
    pub causes: Vec<Cause>,
    /// What was given.
    pub compensation: Vec<Compensated>,
    /// What was promised with a date of its own: all together, then every kind; empty where nothing was.
    pub remedies: Vec<RemedyFigures>,
    /// Promises that have a name in the report.
    pub promises: Vec<PromiseKind>,
}

/// A closed case as an example for training, without anybody's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TrainingCase {
    /// Which.
    pub id: ComplaintId,
    /// One paragraph per line.
    pub lines: Vec<TrainingLine>,
}

/// A paragraph of a training case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TrainingLine {
    /// What it is about, in the window's language.
    pub title: String,
    /// Without names and numbers.
    pub text: String,
}
