//! Products as the counter finds them and as their list keeps them.

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
    /// What is there, where somebody counts.
    pub stock: Option<String>,
    /// Whether that is at or below its mark.
    pub is_low: bool,
    /// Place among the counter's favourites, from 1.
    pub favourite: Option<i64>,
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

/// A code from a scanner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductCode {
    /// Barcode or number, whole.
    pub code: String,
}

/// Which products to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductFilter {
    /// Name, initials, pinyin, sku or barcode.
    #[serde(default)]
    pub text: String,
    /// Only these.
    #[serde(default)]
    pub show: ProductShow,
    /// Only of this category.
    #[serde(default)]
    pub category: Option<String>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 100).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProductShow {
    /// 在售
    #[default]
    Active,
    /// 停售
    Inactive,
    /// 库存不足
    Low,
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProductPage {
    /// Rows, by name.
    pub rows: Vec<ProductView>,
    /// Rows in all.
    pub total: i64,
    /// Products that run low, whatever is shown.
    pub low: i64,
    /// All categories in use.
    pub categories: Vec<String>,
}

/// A product with everything about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProductView {
    /// The row.
    pub row: ProductRow,
    /// What one costs the shop.
    pub cost_minor: Option<Money>,
    /// The mark at which it runs low.
    pub low_stock: Option<String>,
    /// Whether it is sold.
    pub is_active: bool,
}

/// One product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductRef {
    /// Which.
    pub id: ProductId,
}

/// A new product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Everything about it.
    pub facts: ProductFacts,
}

/// A product as it is from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: ProductId,
    /// Everything about it.
    pub facts: ProductFacts,
    /// Whether it is sold from now on.
    pub is_active: bool,
    /// The stock that the form showed: sales in the meantime are kept when only this is given back unchanged.
    #[serde(default)]
    pub stock_before: Option<String>,
}

/// What a form says about a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductFacts {
    /// Name.
    pub name: String,
    /// The shop's number.
    #[serde(default)]
    pub sku: Option<String>,
    /// Barcode.
    #[serde(default)]
    pub barcode: Option<String>,
    /// Category.
    #[serde(default)]
    pub category: Option<String>,
    /// Price of one.
    #[serde(default)]
    pub price_minor: Option<Money>,
    /// Cost of one.
    #[serde(default)]
    pub cost_minor: Option<Money>,
    /// What is there, as typed; left out where nobody counts.
    #[serde(default)]
    pub stock: Option<String>,
    /// The mark at which it runs low, as typed.
    #[serde(default)]
    pub low_stock: Option<String>,
    /// Place among the counter's favourites, 1 to 9; whoever had it before gives it up.
    #[serde(default)]
    pub favourite: Option<i64>,
}
