//! 报价单: what so many pieces of a product would cost one customer, good until a day; it may become a sale.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, PriceQuoteId, ProductId};
use shukebu_domain::money::Money;

/// A quote to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PriceQuoteInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// For whom; left out for whoever asks.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Which products.
    pub products: Vec<QuotedQuantity>,
    /// How many days it is good, today included; 14 when left out.
    #[serde(default)]
    pub valid_days: Option<i64>,
    /// What is written below.
    #[serde(default)]
    pub note: Option<String>,
}

/// A product and how many of it are asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct QuotedQuantity {
    /// The product.
    pub product_id: ProductId,
    /// Quantity as typed; its price stands beside those of the breaks.
    #[serde(default)]
    pub quantity: Option<String>,
}

/// Which quotes to list, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PriceQuoteFilter {
    /// Only of this customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Only those that are still good.
    #[serde(default)]
    pub only_valid: bool,
}

/// Quotes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriceQuoteList {
    /// Rows.
    pub rows: Vec<PriceQuoteView>,
}

/// A quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PriceQuoteView {
    /// Id; none for one that was not made yet.
    pub id: Option<PriceQuoteId>,
    /// Its number.
    pub quote_no: Option<String>,
    /// For whom.
    pub customer_id: Option<CustomerId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Day on which it was made.
    pub made_on: NaiveDate,
    /// Last day on which it is good.
    pub until_on: NaiveDate,
    /// Who made it.
    pub staff: String,
    /// What is written below.
    pub note: Option<String>,
    /// It is still good.
    pub is_valid: bool,
    /// The sale that came of it.
    pub sale_no: Option<String>,
    /// Product by product.
    pub products: Vec<QuotedProduct>,
}

/// A product of a quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QuotedProduct {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Its own price.
    pub list_minor: Option<Money>,
    /// From which quantity on it costs how much, rising.
    pub steps: Vec<QuotedStep>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QuotedStep {
    /// Quantity as text.
    pub quantity: String,
    /// Price of one.
    pub unit_price_minor: Money,
    /// So many at this price.
    pub amount_minor: Money,
}
