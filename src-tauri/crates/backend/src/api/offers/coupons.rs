//! Coupons: batches, single ones, what one would take off a sale.

use crate::api::members::{LeftOut, LeftOutPerson};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::coupon::{CouponState, Terms};
use shukebu_domain::ids::{CouponBatchId, CouponId, CouponPlanId, CustomerId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Who gets the coupons of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Audience {
    /// Whoever has it in hand: so many printed ones.
    Anybody {
        /// How many.
        number: u32,
    },
    /// Everybody on this tier now, one each.
    Tier {
        /// Name of the tier.
        tier: String,
    },
    /// Everybody in this class of the primary scheme now, one each.
    Class {
        /// Key of the class.
        class_key: String,
    },
    /// These customers, one each.
    Named {
        /// Who.
        customer_ids: Vec<CustomerId>,
    },
}

/// Coupons to be issued together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponIssue {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// What it is called on the slip.
    pub name: String,
    /// Campaign that it comes from.
    #[serde(default)]
    pub campaign: Option<String>,
    /// What it is worth and from which sale on.
    pub terms: Terms,
    /// Who gets it.
    pub audience: Audience,
    /// First day; today when left out.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Last day; or `valid_days`.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Good for so many days from the first, the first included.
    #[serde(default)]
    pub valid_days: Option<u32>,
    /// The most that all of them together may cost.
    #[serde(default)]
    pub budget_minor: Option<Money>,
}

/// What issuing would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponPreview {
    /// How many coupons.
    pub coupons: usize,
    /// How many are left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Who they are, at most 200.
    pub left_out_people: Vec<LeftOutPerson>,
    /// The most that they can cost; unknown for a share without a cap.
    pub most_minor: Option<Money>,
    /// Last day.
    pub until_on: NaiveDate,
    /// Whether the budget does not reach.
    pub is_over_budget: bool,
}

/// One batch with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponBatchView {
    /// Id.
    pub id: CouponBatchId,
    /// Name.
    pub name: String,
    /// Campaign.
    pub campaign: Option<String>,
    /// Terms.
    pub terms: Terms,
    /// Terms in words.
    pub text: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// Who got them.
    pub audience: Audience,
    /// Budget.
    pub budget_minor: Option<Money>,
    /// Issued.
    pub issued: i64,
    /// Used.
    pub used: i64,
    /// Taken back by the shop.
    pub void: i64,
    /// Share of the issued ones that were used, in basis points.
    pub used_bp: i64,
    /// What they took off so far.
    pub took_off_minor: Money,
    /// Issued at.
    pub issued_at: Timestamp,
}

/// All batches, newest first, and what runs out soon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponBatches {
    /// Newest first.
    pub rows: Vec<CouponBatchView>,
    /// Unused coupons whose last day is within three days.
    pub expiring: i64,
}

/// Which coupons to list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponFilter {
    /// Only of this batch.
    #[serde(default)]
    pub batch_id: Option<CouponBatchId>,
    /// Only those that this plan issued.
    #[serde(default)]
    pub plan_id: Option<CouponPlanId>,
    /// Only of this customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Only the one with this code.
    #[serde(default)]
    pub code: Option<String>,
    /// Only unused ones whose last day is within so many days.
    #[serde(default)]
    pub expiring_days: Option<u32>,
    /// Only those that can be used.
    #[serde(default)]
    pub only_unused: bool,
    /// Only those behind this one in the order of the list: a page that follows another stays in its place although
    /// coupons before it are used meanwhile.
    #[serde(default)]
    pub after_id: Option<CouponId>,
    /// From which row.
    #[serde(default)]
    pub offset: i64,
    /// How many at most, up to 500.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of coupons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponPage {
    /// By last day, then by age.
    pub rows: Vec<CouponView>,
    /// How many there are.
    pub total: i64,
}

/// One coupon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponView {
    /// Id.
    pub id: CouponId,
    /// Code as it is printed.
    pub code: String,
    /// Name.
    pub name: String,
    /// Terms in words.
    pub text: String,
    /// Whose; nobody's for one that whoever has it may use.
    pub customer_id: Option<CustomerId>,
    /// Name of the customer.
    pub customer_name: Option<String>,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// How it stands.
    pub state: CouponState,
    /// Number of the sale that used it.
    pub sale_no: Option<String>,
}

/// A coupon to be taken back by the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponVoid {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: CouponId,
    /// Why.
    pub reason: String,
}

/// All unused coupons of a batch to be taken back by the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponBatchVoid {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which batch.
    pub id: CouponBatchId,
    /// Why.
    pub reason: String,
}

/// What coupons would take off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CouponQuestion {
    /// Codes as typed or scanned.
    pub codes: Vec<String>,
    /// Whose sale.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// The sale before coupons.
    pub amount_minor: Money,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponQuote {
    /// What each takes off, in the order asked.
    pub taken: Vec<CouponTaken>,
    /// All together.
    pub takes_off_minor: Money,
    /// Left to pay.
    pub net_minor: Money,
}

/// What one coupon took off a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CouponTaken {
    /// Code as it is printed.
    pub code: String,
    /// Name.
    pub name: String,
    /// How much.
    pub amount_minor: Money,
}
