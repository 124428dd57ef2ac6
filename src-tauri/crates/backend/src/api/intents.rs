//! 意向客户: who is likely to want a product, and why.

use super::customers::CustomerRow;
use super::members::LeftOut;
use super::products::ProductRow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ProductId;

/// Of which product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct IntentQuestion {
    /// Which product.
    pub product_id: ProductId,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of those who are likely to want a product, the likeliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct IntentPage {
    /// The product.
    pub product: ProductRow,
    /// Rows of the page.
    pub rows: Vec<IntentRow>,
    /// Rows in all.
    pub total: i64,
    /// Who would stand here too but is told nothing for sales.
    pub left_out: Vec<LeftOut>,
}

/// One customer who is likely to want the product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct IntentRow {
    /// Who.
    pub customer: CustomerRow,
    /// Why, in words: waits for it, asked about it, was quoted a price, buys the category again and again.
    pub reasons: Vec<String>,
}
