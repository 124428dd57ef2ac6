//! What the shop promises, and what that would mean for a case received at some moment.

use super::complaints::{CaseKind, PromiseKind, SeverityInput};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::complaint::Policy;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// The promises of the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PolicyView {
    /// What holds now; nothing is promised without one.
    pub policy: Option<Policy>,
    /// What a new book starts with.
    pub usual: Policy,
    /// What a clerk may give away without asking.
    pub clerk_limit_minor: Money,
    /// What a manager may give away without asking.
    pub manager_limit_minor: Money,
    /// Every version, newest first.
    pub versions: Vec<PolicyVersionView>,
    /// Tiers that an exception can name.
    pub tiers: Vec<String>,
    /// Classes that an exception can name.
    pub classes: Vec<ClassChoice>,
    /// Whether this person may change it.
    pub may_change: bool,
}

/// A class of the primary scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassChoice {
    /// Its key.
    pub key: String,
    /// Its name in the window's language.
    pub name: String,
}

/// When promises were written down, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PolicyVersionView {
    /// Since when.
    pub from: Timestamp,
    /// By whom.
    pub staff: String,
    /// Minutes to answer an ordinary complaint; none where promises were taken back.
    pub response_minutes: Option<u32>,
    /// Minutes to resolve it.
    pub resolution_minutes: Option<u32>,
    /// Number of exceptions.
    pub exceptions: u32,
}

/// New promises from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PolicyChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// What is promised; null takes every promise back.
    pub policy: Option<Policy>,
    /// What a clerk may give away without asking; left out, as it was.
    #[serde(default)]
    pub clerk_limit_minor: Option<Money>,
    /// What a manager may give away without asking; left out, as it was.
    #[serde(default)]
    pub manager_limit_minor: Option<Money>,
}

/// What would be due when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PolicyQuestion {
    /// The promises that are being considered; left out, those that hold.
    #[serde(default)]
    pub policy: Option<Policy>,
    /// A complaint or an inquiry.
    #[serde(default)]
    pub kind: CaseKind,
    /// Received when; left out, now.
    #[serde(default)]
    pub received_at: Option<Timestamp>,
    /// Category of the case.
    #[serde(default)]
    pub category: Option<String>,
    /// Tier of the customer.
    #[serde(default)]
    pub tier: Option<String>,
    /// Class of the customer.
    #[serde(default)]
    pub class: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PolicyPreview {
    /// Received when.
    pub received_at: Timestamp,
    /// One row per severity and promise.
    pub rows: Vec<PolicyDue>,
    /// Open cases whose clocks would move.
    pub moving: usize,
    /// Of those, cases that would be late at once.
    pub late_at_once: usize,
}

/// When a promise would be due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PolicyDue {
    /// How much is at stake.
    pub severity: SeverityInput,
    /// Which promise. An update is shown as if the customer wrote at the receipt, the follow-up as if the case were
    /// resolved when that is due.
    pub promise: PromiseKind,
    /// Seconds promised.
    pub target_s: i64,
    /// Due then.
    pub due_at: Option<Timestamp>,
    /// To be done before this closing, where it falls due while closed.
    pub do_before: Option<Timestamp>,
}
