//! Why customers come seldom.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::SeldomReason;

/// A reason to be written down; earlier ones stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewSeldomReason {
    /// Whose.
    pub customer_id: CustomerId,
    /// Why.
    pub why: SeldomReason,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
    /// The form's key: the same twice is one act.
    #[serde(default)]
    pub client_key: Option<String>,
}

/// A reason as somebody wrote it down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SeldomView {
    /// Why.
    pub why: SeldomReason,
    /// In words.
    pub note: Option<String>,
    /// When.
    pub on: NaiveDate,
    /// Who wrote it.
    pub by: String,
}

/// How many customers come seldom for which reason, by the newest one of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SeldomReasons {
    /// Every reason, the most common first.
    pub reasons: Vec<SeldomCount>,
    /// Customers with a reason.
    pub people: i64,
    /// Customers of low frequency of whom nobody wrote down why.
    pub unasked: i64,
}

/// A reason with its people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SeldomCount {
    /// Why.
    pub why: SeldomReason,
    /// Customers.
    pub people: i64,
}
