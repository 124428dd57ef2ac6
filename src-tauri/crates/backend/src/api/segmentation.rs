//! Classes as people see them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::Money;

/// The class of a customer, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentView {
    /// The class.
    pub tag: super::customers::SegmentTag,
    /// Sub-kind, such as frequent with small tickets.
    pub sub_kind: Option<String>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// One sentence with words and numbers.
    pub reason: String,
    /// The decision by hand, when that is what holds.
    pub manual: Option<ManualView>,
}

/// A class given by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ManualView {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The last day it holds.
    pub until: NaiveDate,
}

/// The primary scheme with its people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentationView {
    /// Key of the scheme.
    pub scheme: String,
    /// Name in the window's language.
    pub name: String,
    /// As of which day; `None` before the first run.
    pub as_of: Option<NaiveDate>,
    /// Classes in order.
    pub classes: Vec<SegmentClassView>,
    /// Cut points that the run used, in words.
    pub cuts: Vec<CutView>,
    /// Customers in all.
    pub customers: i64,
}

/// One class with its people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentClassView {
    /// The class.
    pub tag: super::customers::SegmentTag,
    /// The condition in one sentence.
    pub rule: String,
    /// People in it.
    pub people: i64,
    /// Net spend of the last 12 months of them.
    pub net_minor: Money,
}

/// A cut point that a run used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CutView {
    /// Name of the measure in the window's language.
    pub measure: String,
    /// Value in words: `9 单`, `¥86.00`, `90 天`.
    pub text: String,
}

/// A new run over everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SegmentRunInput {
    /// As of which day; left out, today.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Which scheme; left out, the primary one.
    #[serde(default)]
    pub scheme: Option<String>,
}

/// What a run moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentRunView {
    /// The scheme afterwards.
    pub after: SegmentationView,
    /// Who moved, by pair of classes.
    pub moves: Vec<SegmentMove>,
}

/// People who moved from one class to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentMove {
    /// From; `None` for the first class ever.
    pub from: Option<super::customers::SegmentTag>,
    /// To.
    pub to: super::customers::SegmentTag,
    /// How many.
    pub people: i64,
}
