//! Orders that a customer places again and again, kept under a name.

use super::counter::RepeatedLine;
use super::sales::NewSaleLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;

/// An order to be kept; one of the same name is replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewUsualOrder {
    /// The form's key: the same key twice is one order.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// Name, such as 员工下午茶.
    pub name: String,
    /// Its lines. A product is sold at the price of the day or the one agreed; only a line in words keeps its price.
    pub lines: Vec<NewSaleLine>,
    /// Packaging: logo, ribbon, language of the card.
    #[serde(default)]
    pub packaging: Option<String>,
    /// Order note.
    #[serde(default)]
    pub note: Option<String>,
}

/// Which one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct UsualOrderRef {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Id.
    pub id: i64,
}

/// The kept orders of a customer, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UsualOrders {
    /// All of them.
    pub rows: Vec<UsualOrder>,
}

/// A kept order, ready to be sold again at today's prices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UsualOrder {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<RepeatedLine>,
    /// Packaging.
    pub packaging: Option<String>,
    /// Order note.
    pub note: Option<String>,
    /// Names of what is no longer sold and was left out.
    pub left_out: Vec<String>,
}
