//! Offers at the entry of a sale: as they are made and listed, what one would have cost, and what a sale gets by them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{OfferId, ProductId};
use shukebu_domain::money::Money;
use shukebu_domain::offer::Offer;

/// An offer to be made, or all of an existing one as it shall be from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct OfferInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which is changed; none for a new one.
    #[serde(default)]
    pub id: Option<OfferId>,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub offer: Offer,
}

/// An offer to be ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct OfferEnd {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: OfferId,
}

/// All offers, those that hold first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferList {
    /// Rows.
    pub rows: Vec<OfferView>,
    /// How many end within three days.
    pub ending: usize,
}

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// It holds.
    Running,
    /// Its first day is still to come.
    Planned,
    /// Its last day is over, or somebody ended it.
    Over,
}

/// One offer with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferView {
    /// Id.
    pub id: OfferId,
    /// What it is called.
    pub name: String,
    /// What it gives, as a sentence.
    pub text: String,
    /// When, for whom and beside what, as a sentence.
    pub terms: String,
    /// What it is.
    pub offer: Offer,
    /// What the products are called that it is about.
    pub products: Vec<OfferProduct>,
    /// How it stands.
    pub state: OfferState,
    /// It ends within three days.
    pub ends_soon: bool,
    /// Sales that got it.
    pub sales: i64,
    /// What it took off.
    pub gave_minor: Money,
    /// The same less its part of what came back.
    pub cost_minor: Money,
    /// What was paid in these sales, less what came back.
    pub brought_minor: Money,
}

/// A product that an offer is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferProduct {
    /// Id.
    pub id: ProductId,
    /// Name.
    pub name: String,
}

/// An offer that is thought about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct OfferQuestion {
    /// What it would be.
    pub offer: Offer,
}

/// What an offer would have done over the sales of the last thirty days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferTrial {
    /// The offer as a sentence.
    pub text: String,
    /// When, for whom and beside what.
    pub terms: String,
    /// First day that was looked at.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// Sales that were looked at.
    pub seen: i64,
    /// Sales that would have got it.
    pub sales: i64,
    /// What it would have cost.
    pub cost_minor: Money,
    /// What these sales brought as they were.
    pub sold_minor: Money,
    /// Sales that it would have taken below the minimum margin, and that would not have got it.
    pub held_back: i64,
}

/// What something takes off a sale, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferTaken {
    /// What tells it from the others of a sale: `tier`, `term`, or `offer:` and the number of the offer.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Why so much, in words.
    pub why: String,
    /// How much.
    pub amount_minor: Money,
}

/// What fits a sale and is not given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferAside {
    /// As at [`OfferTaken`].
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Why not, in words.
    pub why: String,
    /// What it would give by itself.
    pub alone_minor: Money,
    /// Somebody at the counter left it out, so that it can be taken again.
    pub is_declined: bool,
}

/// What little more would bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfferHint {
    /// For which offer.
    pub key: String,
    /// In words: 再买 ¥38 可减 ¥20.
    pub text: String,
    /// So much more it would give.
    pub gain_minor: Money,
}
