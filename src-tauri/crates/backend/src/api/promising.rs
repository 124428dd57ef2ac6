//! Who is promoted to harder, and how a class on trial stands.

use super::customers::SegmentTag;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::PromisingRule;

/// Who is on the list of those to promote to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PromisingRuleSave {
    /// The limits, with the interval.
    pub rule: PromisingRule,
}

/// A customer on trial: what was seen since the class began, and what follows when it was enough.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TrialView {
    /// Whether the day of the review has come.
    pub is_due: bool,
    /// Whether everything that has to be seen was seen.
    pub is_met: bool,
    /// The class that follows.
    pub next: SegmentTag,
    /// Since when the trial runs.
    pub since: NaiveDate,
    /// Orders since then.
    pub orders: i64,
    /// Orders that have to be seen; 0 asks for none.
    pub orders_needed: u32,
    /// Money since then.
    pub net_minor: Money,
    /// Money that has to be seen; 0 asks for none.
    pub net_needed_minor: Money,
}
