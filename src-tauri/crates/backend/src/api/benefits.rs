//! Benefits of a tier as people see them, and tiers given by hand.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::benefit::Benefit;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::ManualMode;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// What a customer has by the tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitsView {
    /// What can be used today.
    pub today: Vec<BenefitToday>,
    /// What holds without being used up.
    pub always: Vec<Benefit>,
    /// So much off a sale at the counter, in basis points; 0 without.
    pub discount_bp: u32,
    /// Grants, uses and ends, newest first, at most 100.
    pub entries: Vec<BenefitEntry>,
}

/// A benefit that can be used today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitToday {
    /// The benefit.
    pub benefit: Benefit,
    /// How often it can still be used in its period.
    pub left: i64,
    /// How often in all.
    pub quantity: i64,
    /// The last day of the period.
    pub until: Option<NaiveDate>,
}

/// One row of the benefits' ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitEntry {
    /// The day it counts on.
    pub on: NaiveDate,
    /// When it was written.
    pub at: Timestamp,
    /// `grant`, `use`, `expire`.
    pub kind: String,
    /// What it was called.
    pub words: String,
    /// The tier.
    pub tier: String,
    /// How many.
    pub quantity: i64,
    /// Who.
    pub staff: String,
    /// What was said.
    pub note: Option<String>,
    /// What a use cost the shop, as it was on its day; none where nobody knew. Nothing for the customer's eyes.
    pub cost_minor: Option<Money>,
}

/// A benefit to be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BenefitUse {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who.
    pub customer_id: CustomerId,
    /// Which, by its key.
    pub benefit: String,
    /// What is to be said about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Uses of benefits in the book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitsOverview {
    /// The tiers with their benefits, lowest first.
    pub tiers: Vec<TierBenefits>,
    /// What all uses of the last twelve months cost the shop, as far as it is known.
    pub cost_minor: Money,
    /// Uses among them of which nobody knew what they cost.
    pub uncosted: i64,
    /// The newest grants, uses and ends of everybody, at most 100.
    pub entries: Vec<BenefitEntryOf>,
}

/// A tier's benefits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TierBenefits {
    /// The tier.
    pub tier: super::customers::TierTag,
    /// Its benefits with how often they were used.
    pub benefits: Vec<BenefitUsage>,
}

/// A benefit and its uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitUsage {
    /// The benefit.
    pub benefit: Benefit,
    /// Uses in the last twelve months.
    pub used: i64,
    /// By how many people.
    pub people: i64,
    /// What these uses cost the shop, as far as it is known.
    pub cost_minor: Money,
    /// Uses of which nobody knew what they cost.
    pub uncosted: i64,
}

/// A row of somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BenefitEntryOf {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// The row.
    pub entry: BenefitEntry,
}

/// Whom a new product is told first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewFirstQuestion {
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Those whom a new product is told first, the highest tier first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NewFirstPage {
    /// The tiers that bring it.
    pub tiers: Vec<super::customers::TierTag>,
    /// Rows of the page.
    pub rows: Vec<super::customers::CustomerRow>,
    /// How many in all.
    pub total: i64,
    /// How many are left out, by reason.
    pub left_out: Vec<super::members::LeftOut>,
    /// Who is left out, at most 200.
    pub left_out_people: Vec<super::members::LeftOutPerson>,
}

/// A tier given by hand, or taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TierByHand {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who.
    pub customer_id: CustomerId,
    /// At least this tier, exactly this tier, or none by hand any more.
    pub mode: ManualMode,
    /// The tier; not needed to clear.
    #[serde(default)]
    pub tier: Option<String>,
    /// The last day; open-ended when left out.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// A tier that was given by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TierByHandView {
    /// The first day.
    pub on: NaiveDate,
    /// How it goes with the earned one.
    pub mode: ManualMode,
    /// The tier.
    pub tier: Option<String>,
    /// The last day.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub staff: String,
}
