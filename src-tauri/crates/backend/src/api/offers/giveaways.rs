//! 赠礼名单: a gift of the catalogue for each person of a tier or class, and who has got it.

use super::coupons::Audience;
use crate::api::customers::CustomerRow;
use crate::api::members::{LeftOut, LeftOutPerson};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, GiftId, GiveawayId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A list to be made. Who is meant is written down as it is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiveawayNew {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// What it is called.
    pub name: String,
    /// Which gift.
    pub gift_id: GiftId,
    /// Pieces for each; one when left out.
    #[serde(default)]
    pub quantity: Option<u32>,
    /// For whom: a tier, a class or people by name.
    pub audience: Audience,
    /// The last day on which it is handed out.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
}

/// What a list would be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawayPreview {
    /// People on it.
    pub people: i64,
    /// Pieces for all of them.
    pub pieces: i64,
    /// Pieces that are there and promised to no other list.
    pub free: i64,
    /// Pieces that would have to come in.
    pub short: i64,
    /// What all pieces cost the shop; none where nobody knows.
    pub cost_minor: Option<Money>,
    /// How many are left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Who they are, at most 200.
    pub left_out_people: Vec<LeftOutPerson>,
}

/// All lists, those that run first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Giveaways {
    /// Rows.
    pub rows: Vec<GiveawayView>,
}

/// One list with how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawayView {
    /// Id.
    pub id: GiveawayId,
    /// Name.
    pub name: String,
    /// Which gift.
    pub gift_id: GiftId,
    /// Its name.
    pub gift: String,
    /// Pieces for each.
    pub quantity: i64,
    /// For whom.
    pub audience: Audience,
    /// The last day.
    pub until_on: Option<NaiveDate>,
    /// Nobody is handed anything any more.
    pub is_over: bool,
    /// People on it.
    pub people: i64,
    /// Who has got it.
    pub given: i64,
    /// What was handed out cost the shop, as far as it is known.
    pub cost_minor: Money,
    /// Pieces of the gift that are there.
    pub stock: i64,
}

/// Whom of a list to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiveawayQuestion {
    /// Which list.
    pub id: GiveawayId,
    /// Only who has got it, or who has still to get it.
    #[serde(default)]
    pub is_given: Option<bool>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawayPeople {
    /// In the order of their numbers.
    pub rows: Vec<GiveawayPerson>,
    /// How many in all.
    pub total: i64,
}

/// Somebody on a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawayPerson {
    /// Who.
    pub customer: CustomerRow,
    /// When it was handed out; none: still to get it.
    pub given_at: Option<Timestamp>,
    /// By whom.
    pub given_by: Option<String>,
    /// When it was taken back the last time.
    pub returned_at: Option<Timestamp>,
    /// Why.
    pub returned_why: Option<String>,
}

/// What was handed out comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiveawayTakeBack {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Of which list.
    pub id: GiveawayId,
    /// From whom.
    pub customer_id: CustomerId,
    /// Why.
    pub reason: String,
}

/// Pieces are handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiveawayHandOut {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which list.
    pub id: GiveawayId,
    /// To whom.
    pub customer_ids: Vec<CustomerId>,
}

/// A list that ends before its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiveawayEnd {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: GiveawayId,
}

/// What waits for a customer at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawaysWaiting {
    /// The first to end first; only what is in stock.
    pub rows: Vec<GiveawayWaiting>,
}

/// A gift that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiveawayWaiting {
    /// Which list.
    pub id: GiveawayId,
    /// Its name.
    pub name: String,
    /// Which gift.
    pub gift: String,
    /// Pieces.
    pub quantity: i64,
    /// The last day.
    pub until_on: Option<NaiveDate>,
}
