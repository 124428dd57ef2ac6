//! Session packs: products that are packs, packs that customers bought, and what happened to them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, PackEntryId, PackId, ProductId};
use shukebu_domain::money::Money;
use shukebu_domain::pack::{PackEvent, Standing};
use shukebu_domain::time::Timestamp;

/// A product that is a pack, new or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PackProductInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// An existing product; left out, a new one of this name and price.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// Name of the new product.
    #[serde(default)]
    pub name: Option<String>,
    /// Price of the new product.
    #[serde(default)]
    pub price_minor: Option<Money>,
    /// Sessions.
    pub sessions: i64,
    /// Good for so many days from the sale; left out, without end.
    #[serde(default)]
    pub valid_days: Option<i64>,
}

/// A product that is a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PackProductView {
    /// The product.
    pub product_id: ProductId,
    /// Name.
    pub name: String,
    /// Price.
    pub price_minor: Option<Money>,
    /// Sessions.
    pub sessions: i64,
    /// Days.
    pub valid_days: Option<i64>,
}

/// What the page of packs shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PacksView {
    /// What can be sold.
    pub products: Vec<PackProductView>,
    /// Packs to remind of: three or fewer left, or thirty days or fewer.
    pub reminders: Vec<PackView>,
    /// Packs with something left.
    pub open: i64,
    /// What all open packs are still worth: sessions that the shop owes.
    pub owed_minor: Money,
}

/// Packs of one customer, or of everybody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PackFilter {
    /// Whose; left out, everybody's with something left, the first 500 by last day.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
}

/// A list of packs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PackList {
    /// Of one customer the oldest first, of everybody those that end first.
    pub rows: Vec<PackView>,
}

/// One pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PackView {
    /// Id.
    pub id: PackId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Name.
    pub name: String,
    /// Sessions sold.
    pub sessions: i64,
    /// What was paid.
    pub price_minor: Money,
    /// Sold on.
    pub sold_on: NaiveDate,
    /// Number of the sale.
    pub sale_no: String,
    /// How it stands.
    pub standing: Standing,
    /// What is given back for the rest today.
    pub worth_minor: Money,
    /// On the reminder list.
    pub is_to_remind: bool,
    /// What happened, newest first.
    pub entries: Vec<PackEntryView>,
}

/// What happened to a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PackEntryView {
    /// Id; the number on the slip.
    pub id: PackEntryId,
    /// What.
    pub event: PackEvent,
    /// When.
    pub at: Timestamp,
    /// How many sessions.
    pub sessions: i64,
    /// What was left after it.
    pub left: i64,
    /// Who.
    pub staff: String,
    /// Note.
    pub note: Option<String>,
    /// Whether this use was taken back.
    pub is_taken_back: bool,
}

/// Something that happens to a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PackStep {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: PackId,
    /// How many sessions; one when left out.
    #[serde(default)]
    pub sessions: Option<i64>,
    /// Note.
    #[serde(default)]
    pub note: Option<String>,
}

/// A use to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PackTakeBack {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which use.
    pub entry_id: PackEntryId,
    /// Why.
    pub reason: String,
}
