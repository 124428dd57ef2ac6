//! The ladder as people see it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;

/// Where a customer stands, why, and what is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StandingView {
    /// The tier.
    pub tier: super::customers::TierTag,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Until when it is safe.
    pub until: Option<NaiveDate>,
    /// End of the grace, while in it.
    pub grace_until: Option<NaiveDate>,
    /// Spend that counts in the window.
    pub spend_minor: Money,
    /// Visits that count in the window.
    pub visits: i64,
    /// One sentence: why this tier.
    pub why: String,
    /// What is missing for the next tier; `None` at the top.
    pub missing: Option<MissingView>,
    /// Changes, oldest first.
    pub history: Vec<TierChangeView>,
}

/// What is missing for the next tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MissingView {
    /// The next tier.
    pub tier: super::customers::TierTag,
    /// Missing spend.
    pub spend_minor: Option<Money>,
    /// Missing visits.
    pub visits: Option<i64>,
    /// Share of the way already gone, 0–100.
    pub progress: u32,
    /// One sentence: "再消费 ¥120 升银卡".
    pub text: String,
}

/// A step up or down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TierChangeView {
    /// Business day.
    pub on: NaiveDate,
    /// From which tier.
    pub from: Option<super::customers::TierTag>,
    /// To which tier.
    pub to: super::customers::TierTag,
    /// One sentence.
    pub why: String,
}

/// The ladder with the people on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LadderView {
    /// Steps, lowest first.
    pub steps: Vec<LadderStep>,
    /// The rule in one sentence.
    pub sentence: String,
    /// Effective since.
    pub effective_on: NaiveDate,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LadderStep {
    /// The tier.
    pub tier: super::customers::TierTag,
    /// Spend to enter.
    pub enter_spend_minor: Option<Money>,
    /// Visits to enter.
    pub enter_visits: Option<i64>,
    /// Spend to keep.
    pub keep_spend_minor: Option<Money>,
    /// People standing on it.
    pub people: i64,
    /// People within a fifth of the next step.
    pub near_next: i64,
}

/// New thresholds of the ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct LadderChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Steps, lowest first.
    pub steps: Vec<LadderStepChange>,
}

/// One step to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct LadderStepChange {
    /// Name.
    pub name: String,
    /// Spend to enter; `None` for the lowest.
    #[serde(default)]
    pub enter_spend_minor: Option<Money>,
    /// Visits to enter.
    #[serde(default)]
    pub enter_visits: Option<i64>,
}

/// Who would move if the ladder changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LadderPreview {
    /// People who would go up.
    pub up: i64,
    /// People who would go down.
    pub down: i64,
    /// People on each step afterwards, lowest first.
    pub people: Vec<i64>,
    /// Some of them, largest step first.
    pub movers: Vec<LadderMover>,
}

/// Somebody who would move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LadderMover {
    /// Who.
    pub id: CustomerId,
    /// Name.
    pub name: String,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
}
