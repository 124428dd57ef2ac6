//! 到货关注: who waits for what, and whom to tell when it comes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{ArrivalId, CustomerId, ProductId, WishId};
use shukebu_domain::reach::ReachBy;
use shukebu_domain::time::Timestamp;

/// What a customer waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WishView {
    /// Which.
    pub id: WishId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer: String,
    /// What, in words: the product, the category, or the text.
    pub what: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// A wish to be noted: a product, a category or words; exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// A product of the shop.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// Anything of a category.
    #[serde(default)]
    pub category: Option<String>,
    /// In words.
    #[serde(default)]
    pub text: Option<String>,
}

/// A wish by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct WishRef {
    /// Which.
    pub id: WishId,
}

/// Goods that came in: a product of the shop, or words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewArrival {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// A product of the shop: those who wait for it, for its category, or for words that stand in its name.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// In words: those who wait for words that stand in it, or for a category of that name.
    #[serde(default)]
    pub text: Option<String>,
}

/// Everything about wishes and arrivals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WishBoard {
    /// Goods that came and whom to tell, newest first; those where all were told are left out.
    pub arrivals: Vec<ArrivalView>,
    /// Open wishes, oldest first, at most 500.
    pub wishes: Vec<WishView>,
    /// Open wishes in all.
    pub open: i64,
}

/// Goods that came in and whom to tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ArrivalView {
    /// Which.
    pub id: ArrivalId,
    /// What came.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// Told already.
    pub told: i64,
    /// Whom to tell.
    pub to_tell: Vec<ArrivalNotice>,
}

/// One customer to be told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ArrivalNotice {
    /// The wish.
    pub wish_id: WishId,
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// What was wished for.
    pub wish: String,
    /// How to reach them.
    pub channel: ReachBy,
    /// The message as it may be sent.
    pub draft: String,
    /// Why not now, in words: asked for peace, quiet hours, an open complaint.
    pub hold: Option<String>,
}

/// A customer was told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ArrivalTold {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which goods.
    pub arrival_id: ArrivalId,
    /// Whose wish.
    pub wish_id: WishId,
}
