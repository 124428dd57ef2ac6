//! 对症推荐: which product a tag of a customer calls for, as a gift or to be tried.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, FittingId, ProductId};
use shukebu_domain::money::Money;

/// How the product goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// 试用
    Trial,
    /// 赠品
    Gift,
}

/// A rule to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FittingSave {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which is changed; none for a new one.
    #[serde(default)]
    pub id: Option<FittingId>,
    /// Name of the tag.
    pub tag: String,
    /// What it calls for.
    pub product_id: ProductId,
    /// As what.
    pub gives: Gives,
    /// Why it fits, for the person at the counter.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A rule that goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FittingDelete {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: FittingId,
}

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Fittings {
    /// By tag.
    pub rows: Vec<FittingRule>,
    /// Names of all tags, to choose from.
    pub tags: Vec<String>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FittingRule {
    /// Id.
    pub id: FittingId,
    /// Name of the tag.
    pub tag: String,
    /// Which product.
    pub product_id: ProductId,
    /// Its name.
    pub product: String,
    /// As what.
    pub gives: Gives,
    /// Why it fits.
    pub reason: String,
    /// Customers with the tag.
    pub people: i64,
    /// Nothing of the product is there, or it is not sold any more: nobody is told of it.
    pub is_out: bool,
}

/// For whom something fitting is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FittingQuestion {
    /// Who.
    pub customer_id: CustomerId,
}

/// What fits a customer now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FittingFor {
    /// In the order of the rules; empty while nothing may be sold.
    pub rows: Vec<Fitting>,
    /// Number of the case because of which nothing is offered now.
    pub do_not_disturb: Option<String>,
}

/// A product that fits a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Fitting {
    /// By which rule.
    pub id: FittingId,
    /// Because of which tag.
    pub tag: String,
    /// Which product.
    pub product_id: ProductId,
    /// Its name.
    pub product: String,
    /// What it costs in the shop.
    pub price_minor: Option<Money>,
    /// As what.
    pub gives: Gives,
    /// Why it fits.
    pub reason: String,
    /// The day on which the customer last had it, long enough ago.
    pub last_on: Option<NaiveDate>,
}
