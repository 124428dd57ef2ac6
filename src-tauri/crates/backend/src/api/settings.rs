//! What the shop decides once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::points::Points;
use shukebu_domain::required::RequiredField;

/// Settings of the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SettingsView {
    /// The shop's name.
    pub shop_name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Whether the currency may still change (no sale yet).
    pub currency_is_open: bool,
    /// IANA zone.
    pub zone: String,
    /// Fuzzy sounds in the search (z/zh, n/l, an/ang …).
    pub fuzzy_search: bool,
    /// Sound when a clock runs out.
    pub sound: bool,
    /// What a new customer must have beside the name.
    pub required_fields: Vec<RequiredField>,
    /// Points for whoever brought a customer, at that customer's first purchase; 0 where the shop gives none.
    pub referral_points: Points,
}

/// What may change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The shop's name.
    #[serde(default)]
    pub shop_name: Option<String>,
    /// ISO 4217 code.
    #[serde(default)]
    pub currency: Option<String>,
    /// IANA zone.
    #[serde(default)]
    pub zone: Option<String>,
    /// Fuzzy sounds.
    #[serde(default)]
    pub fuzzy_search: Option<bool>,
    /// Sound.
    #[serde(default)]
    pub sound: Option<bool>,
    /// All that a new customer must have beside the name.
    #[serde(default)]
    pub required_fields: Option<Vec<RequiredField>>,
    /// Points for whoever brought a customer, at that customer's first purchase; 0 for none.
    #[serde(default)]
    pub referral_points: Option<Points>,
}
