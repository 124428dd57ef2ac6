//! What the till asks while a sale is typed: prices and sums, the last order, agreed prices, the draft, the day so far.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{AgreedPriceId, CustomerId, ProductId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A sale as it would be, with what it still needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleQuote {
    /// The lines with their prices.
    pub lines: Vec<QuotedLine>,
    /// Sum of the lines, before offers.
    pub gross_minor: Money,
    /// What offers, the tier and special terms take off, and why.
    pub offers: Vec<super::offers::entry::OfferTaken>,
    /// What would fit and is not given, and why not.
    pub offers_aside: Vec<super::offers::entry::OfferAside>,
    /// What little more would bring.
    pub hints: Vec<super::offers::entry::OfferHint>,
    /// Discount on the whole.
    pub discount_minor: Money,
    /// What points pay of it.
    pub points_minor: Money,
    /// What the coupons take off.
    pub coupons_minor: Money,
    /// What the customer pays.
    pub net_minor: Money,
    /// Something is given away, so a reason must stand beside it.
    pub needs_reason: bool,
    /// Why the right to large discounts is needed, in words.
    pub needs_right: Option<String>,
    /// Whether the person at the counter has that right.
    pub has_right: bool,
}

/// A line with its price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QuotedLine {
    /// What it says.
    pub description: String,
    /// Price of one.
    pub unit_price_minor: Money,
    /// The product's own price, where another one is taken.
    pub list_price_minor: Option<Money>,
    /// Whether the price is the one agreed with the customer.
    pub is_agreed: bool,
    /// Amount after its discount, before offers.
    pub amount_minor: Money,
    /// The part of the offers that falls on it.
    pub offers_minor: Money,
    /// What would be left in stock, where somebody counts; may be below nothing.
    pub stock_left: Option<String>,
}

/// The last order of a customer, to be sold again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LastOrder {
    /// Which sale; none without one.
    pub sale_id: Option<SaleId>,
    /// Its day.
    pub sold_on: Option<NaiveDate>,
    /// Its lines; prices are today's.
    pub lines: Vec<RepeatedLine>,
    /// Its amount where it had no lines.
    pub amount_minor: Option<Money>,
    /// Packaging of then.
    pub packaging: Option<String>,
    /// Names of what is no longer sold and was left out.
    pub left_out: Vec<String>,
}

/// A line to be sold again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RepeatedLine {
    /// The product.
    pub product_id: Option<ProductId>,
    /// What it says.
    pub description: String,
    /// Quantity as text.
    pub quantity: String,
    /// Price of one for a line in words; a product has its own.
    pub unit_price_minor: Option<Money>,
}

/// A price agreed with a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AgreedPrice {
    /// Id.
    pub id: AgreedPriceId,
    /// For which product.
    pub product_id: ProductId,
    /// Its name.
    pub product: String,
    /// Its own price.
    pub list_price_minor: Option<Money>,
    /// The agreed one.
    pub price_minor: Money,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day, if any.
    pub until_on: Option<NaiveDate>,
    /// Why, in words.
    pub note: Option<String>,
    /// Who agreed.
    pub approved_by: String,
    /// Whether it holds today.
    pub is_valid: bool,
}

/// The agreed prices of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AgreedPrices {
    /// By product.
    pub rows: Vec<AgreedPrice>,
}

/// A price to be agreed; it takes the place of an earlier one for the same product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewAgreedPrice {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// For whom.
    pub customer_id: CustomerId,
    /// For what.
    pub product_id: ProductId,
    /// Price of one.
    pub price_minor: Money,
    /// First day; today when left out.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Last day.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

/// An agreed price to be ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct EndAgreedPrice {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: AgreedPriceId,
}

/// One till.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TillRef {
    /// Its name.
    pub till: String,
}

/// The sale that is being typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Which till.
    pub till: String,
    /// The form as the page wrote it; nothing ends the draft.
    #[serde(default)]
    pub content: Option<String>,
}

/// A draft as it was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DraftView {
    /// The form as the page wrote it, if one was kept.
    pub content: Option<String>,
    /// When.
    pub saved_at: Option<Timestamp>,
}

/// A word of an order note that becomes part of the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct KeepWord {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// The word.
    pub text: String,
    /// As what.
    pub keep_as: KeepAs,
}

/// What a word becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeepAs {
    /// 标签
    Tag,
    /// 习惯: pinned on top of the profile and the card
    Habit,
}

/// Which day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DayRef {
    /// Business day; today when left out.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// The figures of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DayFigures {
    /// Business day.
    pub on: NaiveDate,
    /// Sales of which something is left.
    pub orders: i64,
    /// Different customers among them.
    pub customers: i64,
    /// Net of the day's sales, before refunds.
    pub sold_minor: Money,
    /// Given away as discount on the whole or on lines.
    pub discount_minor: Money,
    /// Given back on this day, on whichever sale.
    pub refunded_minor: Money,
    /// What the till holds: sold less given back.
    pub net_minor: Money,
    /// Average of the sales of which something is left, rounded half up.
    pub average_minor: Option<Money>,
    /// By way of payment, the largest first.
    pub payments: Vec<PaymentFigure>,
}

/// A way of payment of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaymentFigure {
    /// As the shop says it; empty where nothing was said.
    pub payment: String,
    /// Sales.
    pub orders: i64,
    /// Net before refunds.
    pub sold_minor: Money,
}

/// What the counter follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CounterRules {
    /// Up to this share of the list price anybody may give a discount, in basis points.
    pub discount_limit_bp: i64,
    /// Below this margin a sale needs the right to large discounts, in basis points of what is paid.
    pub margin_minimum_bp: i64,
    /// Words that a note is often made of.
    pub quick_tags: Vec<String>,
    /// Last lines of a receipt.
    pub receipt_footer: Option<String>,
}

/// What may change of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CounterRulesChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Limit of small discounts.
    #[serde(default)]
    pub discount_limit_bp: Option<i64>,
    /// Minimum margin.
    #[serde(default)]
    pub margin_minimum_bp: Option<i64>,
    /// Words of notes, replacing those before.
    #[serde(default)]
    pub quick_tags: Option<Vec<String>>,
    /// Last lines of a receipt; an empty text takes them away.
    #[serde(default)]
    pub receipt_footer: Option<String>,
}

/// A text to be shown as a QR code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct QrText {
    /// At most 500 bytes.
    pub text: String,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QrCode {
    /// Modules on a side, without the quiet zone.
    pub size: i64,
    /// Row by row: `1` for a dark module, `0` for a light one.
    pub rows: Vec<String>,
}
