//! The priority of customers, 1 first to 5 last.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::PriorityRule;

/// The priority of a customer, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriorityView {
    /// The one that holds: 1 first, 5 last.
    pub level: u8,
    /// What the numbers say, also where a person set another one.
    pub computed: u8,
    /// Every step that led to the computed one.
    pub lines: Vec<String>,
    /// Set by a person.
    pub lock: Option<PriorityLockView>,
}

/// Who set a priority by hand, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriorityLockView {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// Since when.
    pub since: NaiveDate,
    /// The last day it holds; none: until a person takes it back.
    pub until: Option<NaiveDate>,
}

/// A priority to be set by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewPriorityLock {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// 1 first, 5 last.
    pub level: u8,
    /// Why.
    pub reason: String,
    /// The last day it holds; left out, until a person takes it back.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// By what priorities are computed, and how many customers have which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriorityRules {
    /// From which points on something counts.
    pub rule: PriorityRule,
    /// 1 to 5.
    pub levels: Vec<PriorityLevelCount>,
    /// How many a person set.
    pub by_hand: i64,
}

/// How many customers have a priority.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriorityLevelCount {
    /// The priority.
    pub level: u8,
    /// Customers.
    pub people: i64,
}

/// The rule to be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PriorityRuleSave {
    /// From which points on something counts.
    pub rule: PriorityRule,
}

/// In which order open cases come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InboxOrder {
    /// By time left.
    #[default]
    TimeLeft,
    /// By the priority of the customer, and by time left among equals.
    Priority,
}
