//! Products as the counter sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ProductId;
use shukebu_domain::money::Money;

/// A product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProductRow {
    /// Id.
    pub id: ProductId,
    /// The shop's number.
    pub sku: Option<String>,
    /// Barcode.
    pub barcode: Option<String>,
    /// Name.
    pub name: String,
    /// Category.
    pub category: Option<String>,
    /// Price.
    pub price_minor: Option<Money>,
}

/// What to look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductSearch {
    /// Name, sku or barcode; empty for the first rows.
    #[serde(default)]
    pub text: String,
    /// At most so many (default 20, at most 200).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Hits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProductHits {
    /// Best first.
    pub rows: Vec<ProductRow>,
}
