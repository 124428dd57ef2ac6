//! Coupons that are issued by a rule: the plans, and what came of them.

use super::recall::RecallFigures;
use crate::api::members::{LeftOut, LeftOutPerson};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::coupon_plan::CouponPlan;
use shukebu_domain::ids::CouponPlanId;
use shukebu_domain::money::Money;

/// A plan to be made, or all of an existing one as it shall be from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponPlanInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which is changed; none for a new one.
    #[serde(default)]
    pub id: Option<CouponPlanId>,
    /// What its coupons are called on the slip.
    pub name: String,
    /// What it is.
    pub plan: CouponPlan,
}

/// A plan to be ended. What it issued stays good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponPlanEnd {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: CouponPlanId,
}

/// What a plan would do if it began now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponPlanPreview {
    /// So many would get one: at the next run of a regular plan, at once where a person is the occasion.
    pub people: usize,
    /// How many are left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Who they are, at most 200.
    pub left_out_people: Vec<LeftOutPerson>,
    /// The most that these coupons can cost; unknown for a share without a cap.
    pub most_minor: Option<Money>,
    /// The budget does not reach for all of them.
    pub is_over_budget: bool,
    /// The next day of a regular plan.
    pub next_on: Option<NaiveDate>,
}

/// All plans, those that run first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponPlans {
    /// Rows.
    pub rows: Vec<CouponPlanView>,
}

/// One plan with what became of its coupons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponPlanView {
    /// Id.
    pub id: CouponPlanId,
    /// What its coupons are called.
    pub name: String,
    /// What they are worth, in words.
    pub text: String,
    /// On which occasion and for whom, in words.
    pub when: String,
    /// What it is.
    pub plan: CouponPlan,
    /// The day from which on it issues.
    pub started_on: NaiveDate,
    /// Somebody ended it.
    pub is_ended: bool,
    /// The next day of a regular plan that runs.
    pub next_on: Option<NaiveDate>,
    /// The day on which it last issued.
    pub last_on: Option<NaiveDate>,
    /// Coupons issued.
    pub issued: i64,
    /// Left out because they are told nothing for sales, or beyond the budget.
    pub left_out: i64,
    /// Used.
    pub used: i64,
    /// Share of the issued ones that were used, in basis points.
    pub used_bp: i64,
    /// What they took off so far.
    pub took_off_minor: Money,
    /// Who came back after it, where a long absence is the occasion.
    pub recall: Option<RecallFigures>,
}
