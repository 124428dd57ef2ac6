//! 挽回: who came back after a coupon, who may still come, who did not; with words ready to be sent.

use crate::api::customers::CustomerRow;
use crate::api::members::LeftOutWhy;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CouponBatchId, CouponId, CouponPlanId};
use shukebu_domain::money::Money;

/// Whose return is looked at: that of a batch or of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RecallQuestion {
    /// The coupons of this batch.
    #[serde(default)]
    pub batch_id: Option<CouponBatchId>,
    /// The coupons of this plan, by whichever of its versions.
    #[serde(default)]
    pub plan_id: Option<CouponPlanId>,
    /// Days within which an order counts; left out, those of the plan, and 30 for a batch.
    #[serde(default)]
    pub within_days: Option<u32>,
    /// Only these.
    #[serde(default)]
    pub state: Option<RecallState>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// What became of somebody who was given a coupon to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RecallState {
    /// 挽回: ordered within the days.
    Back,
    /// The days are not over.
    Open,
    /// 未挽回: the days are over without an order.
    Lost,
}

/// How many came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RecallFigures {
    /// Days within which an order counts, after the day on which the coupon was received.
    pub within_days: u32,
    /// Ordered within them.
    pub back: i64,
    /// May still do so.
    pub open: i64,
    /// Did not.
    pub lost: i64,
    /// Share of those whose days are over or who came back, in basis points; none where nobody can be judged yet.
    pub back_bp: Option<i64>,
    /// What the first orders came to.
    pub net_minor: Money,
}

/// Figures, the list behind them, and the words that go with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RecallPage {
    /// Of all of them.
    pub figures: RecallFigures,
    /// Those who received it last first.
    pub rows: Vec<RecallRow>,
    /// How many in the state that was asked for.
    pub total: i64,
    /// The words with their variables, as the shop wrote them.
    pub template: String,
    /// Whether the shop wrote them itself.
    pub is_own: bool,
}

/// Somebody who was given a coupon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RecallRow {
    /// Who.
    pub customer: CustomerRow,
    /// Which coupon.
    pub coupon_id: CouponId,
    /// Its code.
    pub code: String,
    /// The day on which it was issued.
    pub received_on: NaiveDate,
    /// The last day on which an order counts.
    pub ends_on: NaiveDate,
    /// What became of it.
    pub state: RecallState,
    /// The day of the first order within the days.
    pub came_on: Option<NaiveDate>,
    /// What is left of that order.
    pub net_minor: Option<Money>,
    /// Whether the coupon was used.
    pub is_used: bool,
    /// The words for this customer; none for whoever came or is told nothing for sales.
    pub text: Option<String>,
    /// Variables that could not be filled; they still stand in the words.
    pub missing: Vec<String>,
    /// Why this customer is told nothing now.
    pub left_out: Option<LeftOutWhy>,
}

/// The words for whoever stayed away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RecallText {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The words with their variables; left out, the usual ones again.
    #[serde(default)]
    pub text: Option<String>,
}
