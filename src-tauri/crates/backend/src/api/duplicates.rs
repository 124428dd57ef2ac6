//! 查重: records that look like one person, with the reason in words.

use super::customers::CustomerRow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;

/// Which pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DuplicateFilter {
    /// First pair, from 0.
    #[serde(default)]
    pub offset: usize,
    /// Pairs, at most 100 (default 50).
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Two records that look like one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DuplicatePair {
    /// The one that would stay: more sales, then the older record.
    pub one: CustomerRow,
    /// The other one.
    pub other: CustomerRow,
    /// How much they look like one person, 0–100.
    pub score: u32,
    /// What speaks for it and against it, in words.
    pub reasons: Vec<String>,
}

/// Pairs, the likeliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DuplicateList {
    /// Pairs of the page.
    pub rows: Vec<DuplicatePair>,
    /// Pairs in all.
    pub total: usize,
}

/// Two records that are not one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NotSame {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// One.
    pub one_id: CustomerId,
    /// The other.
    pub other_id: CustomerId,
}
