//! Who buys nearly only what is discounted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::segmentation::PromotionRule;

/// The label 价格敏感 with what led to it, over the last 12 months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriceSensitive {
    /// Orders.
    pub orders: i64,
    /// Those of them with a discount.
    pub discounted: i64,
    /// Their share, basis points.
    pub discounted_bp: i64,
    /// One sentence with the numbers and the limit.
    pub text: String,
    /// What is left after costs, basis points; `None` where no cost is known or the person may not see margins.
    pub margin_bp: Option<i64>,
}

/// From where on somebody buys promotions only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PromotionRuleSave {
    /// The limits.
    pub rule: PromotionRule,
}
