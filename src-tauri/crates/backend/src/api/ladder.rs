//! The ladder as people see it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::benefit::Benefit;
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::ladder::{Combine, Demotion, Window};
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
    /// Missing earned points.
    pub points_earned: Option<i64>,
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
    /// Whether one threshold is enough or all are needed.
    pub combine: Combine,
    /// The stretch of time that counts.
    pub window: Window,
    /// A day is a visit from this net spend on.
    pub visit_minimum_minor: Money,
    /// When and how customers go down.
    pub demotion: Demotion,
    /// Whoever is in a grace now.
    pub in_grace: i64,
    /// A version that will hold later: its first day.
    pub next_version_on: Option<NaiveDate>,
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
    /// Earned points to enter.
    pub enter_points: Option<i64>,
    /// Spend to keep.
    pub keep_spend_minor: Option<Money>,
    /// Visits to keep.
    pub keep_visits: Option<i64>,
    /// Earned points to keep.
    pub keep_points: Option<i64>,
    /// What standing on it brings.
    pub benefits: Vec<Benefit>,
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
    /// One threshold or all; as it is when left out.
    #[serde(default)]
    pub combine: Option<Combine>,
    /// The stretch of time that counts; as it is when left out.
    #[serde(default)]
    pub window: Option<Window>,
    /// A day is a visit from this net spend on; as it is when left out.
    #[serde(default)]
    pub visit_minimum_minor: Option<Money>,
    /// When and how customers go down; as it is when left out.
    #[serde(default)]
    pub demotion: Option<Demotion>,
    /// The first day; today when left out.
    #[serde(default)]
    pub effective_on: Option<NaiveDate>,
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
    /// Earned points to enter.
    #[serde(default)]
    pub enter_points: Option<i64>,
    /// Spend to keep; 60 % of entering when all three are left out.
    #[serde(default)]
    pub keep_spend_minor: Option<Money>,
    /// Visits to keep.
    #[serde(default)]
    pub keep_visits: Option<i64>,
    /// Earned points to keep.
    #[serde(default)]
    pub keep_points: Option<i64>,
    /// What standing on it brings; as it is when left out.
    #[serde(default)]
    pub benefits: Option<Vec<Benefit>>,
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
    /// What discounts and points would cost more (or, negative, less) in a year, by what everybody spent in the last one.
    pub cost_minor: Money,
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

/// Who would lose a tier at the next review, and who would come into a grace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReviewPreview {
    /// The review day.
    pub next_on: NaiveDate,
    /// How many would lose a tier on it if they buy nothing until then.
    pub falls: i64,
    /// How many would be in a grace after it.
    pub begins: i64,
    /// Those people, who fall first; at most 200.
    pub cases: Vec<ReviewCase>,
}

/// Somebody whom the review concerns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReviewCase {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// The tier now.
    pub tier: super::customers::TierTag,
    /// The tier after the review; none while a grace holds it.
    pub to: Option<super::customers::TierTag>,
    /// The day from which a review takes the tier.
    pub grace_until: Option<NaiveDate>,
    /// One sentence: what counts and what is missing to stay.
    pub why: String,
}

/// A customer's standing as a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StandingPage {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// Tier, why, until, what is missing, history.
    pub standing: StandingView,
    /// The sales that count, newest first.
    pub sales: Vec<CountedSale>,
    /// Tiers given by hand, newest first.
    pub by_hand: Vec<super::benefits::TierByHandView>,
    /// The next review day.
    pub next_review_on: NaiveDate,
    /// What the tier brings.
    pub benefits: super::benefits::BenefitsView,
}

/// A sale that counts for the tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CountedSale {
    /// Which.
    pub id: SaleId,
    /// Human number.
    pub sale_no: String,
    /// Business day.
    pub on: NaiveDate,
    /// Net after refunds.
    pub net_minor: Money,
}
