//! Sales, refunds and what the counter announces after them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, PriceQuoteId, ProductId, RefundId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::time::Timestamp;

/// A sale to be recorded: as one amount, or with lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewSale {
    /// The form's key: the same key twice is one sale.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who buys; left out for a passer-by.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// The sale as one amount.
    #[serde(default)]
    pub amount_minor: Option<Money>,
    /// The sale in lines.
    #[serde(default)]
    pub lines: Vec<NewSaleLine>,
    /// Discount on the whole sale.
    #[serde(default)]
    pub discount_minor: Option<Money>,
    /// Why the discount.
    #[serde(default)]
    pub discount_reason: Option<String>,
    /// Points that pay for part of it.
    #[serde(default)]
    pub redeem_points: Option<Points>,
    /// How paid, as the shop says it.
    #[serde(default)]
    pub payment: Option<String>,
    /// Business day, if earlier than today.
    #[serde(default)]
    pub sold_on: Option<NaiveDate>,
    /// Order note.
    #[serde(default)]
    pub note: Option<String>,
    /// Why it is typed in later than it was sold.
    #[serde(default)]
    pub backdate_note: Option<String>,
    /// Bought for a household or for a company.
    #[serde(default)]
    pub scene: Option<PurchaseScene>,
    /// How it is to be packed: ribbon, logo, language of the card.
    #[serde(default)]
    pub packaging: Option<String>,
    /// What the delivery costs the shop; not part of what the customer pays.
    #[serde(default)]
    pub delivery_cost_minor: Option<Money>,
    /// Codes of the coupons that are used, as typed or scanned.
    #[serde(default)]
    pub coupon_codes: Vec<String>,
    /// The till whose draft this sale was; the draft goes with the same transaction.
    #[serde(default)]
    pub till: Option<String>,
    /// Offers that are left out, by their keys: `tier`, `term`, or `offer:` and a number.
    #[serde(default)]
    pub declined: Vec<String>,
    /// The quote whose prices were promised.
    #[serde(default)]
    pub price_quote_id: Option<PriceQuoteId>,
    /// What the screen says is to be paid. A sale that would cost something else by now is refused, so that nobody pays
    /// what nobody has seen.
    #[serde(default)]
    pub expected_net_minor: Option<Money>,
}

/// 采购场景
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PurchaseScene {
    /// 家庭
    Household,
    /// 企业
    Company,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewSaleLine {
    /// Product, if it is one of the book's.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// What it says on the receipt; the product's name when left out.
    #[serde(default)]
    pub description: Option<String>,
    /// Quantity as typed, up to three decimals.
    pub quantity: String,
    /// Unit price; when left out the one agreed with the customer, else the product's.
    #[serde(default)]
    pub unit_price_minor: Option<Money>,
    /// Taken off this line.
    #[serde(default)]
    pub discount_minor: Option<Money>,
}

/// One sale by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SaleRef {
    /// Which.
    pub id: SaleId,
}

/// A sale in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleRow {
    /// Id.
    pub id: SaleId,
    /// Human number.
    pub sale_no: String,
    /// When.
    pub sold_at: Timestamp,
    /// Business day.
    pub sold_on: NaiveDate,
    /// Who bought.
    pub customer_id: Option<CustomerId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Net paid.
    pub net_minor: Money,
    /// Given back so far.
    pub refunded_minor: Money,
    /// How paid.
    pub payment: Option<String>,
    /// First items as one line.
    pub items: String,
    /// Order note.
    pub note: Option<String>,
}

/// A sale with its lines and refunds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleView {
    /// The row.
    pub row: SaleRow,
    /// Typed in at; later than the business day for a backdated sale.
    pub recorded_at: Timestamp,
    /// Sum of lines, before offers.
    pub gross_minor: Money,
    /// Offers, the discount of the tier and special terms: what each took off and why.
    pub offers: Vec<super::offers::entry::OfferTaken>,
    /// Discount by hand on the whole.
    pub discount_minor: Money,
    /// Why the discount.
    pub discount_reason: Option<String>,
    /// Coupons and what each took off.
    pub coupons: Vec<super::offers::coupons::CouponTaken>,
    /// Why it was typed in later.
    pub backdate_note: Option<String>,
    /// For a household or a company.
    pub scene: Option<PurchaseScene>,
    /// Packaging.
    pub packaging: Option<String>,
    /// What the delivery cost the shop.
    pub delivery_cost_minor: Option<Money>,
    /// Whether the person at the counter made it today, so that taking it back is a small matter.
    pub is_own_today: bool,
    /// Lines.
    pub lines: Vec<SaleLineView>,
    /// Refunds, oldest first.
    pub refunds: Vec<RefundView>,
    /// What it did to the points; none where it takes no part.
    pub points: Option<super::points::SalePoints>,
    /// Who sold.
    pub staff: String,
    /// `counter` or `import`.
    pub source: String,
    /// What of it and of its refunds somebody with greater rights approved.
    pub approvals: Vec<super::approvals::ApprovalView>,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleLineView {
    /// Position from 1.
    pub line_no: i64,
    /// Product.
    pub product_id: Option<ProductId>,
    /// What it says.
    pub description: String,
    /// Quantity as text.
    pub quantity: String,
    /// Unit price.
    pub unit_price_minor: Money,
    /// Taken off this line by hand.
    pub discount_minor: Money,
    /// Amount, after its discount and before offers.
    pub amount_minor: Money,
    /// The part of the offers that falls on it.
    pub offers_minor: Money,
    /// Came back so far, as text; empty for nothing.
    pub returned: String,
    /// May still come back, as text; empty for nothing.
    pub returnable: String,
}

/// Money given back on a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RefundView {
    /// Id.
    pub id: RefundId,
    /// When.
    pub refunded_at: Timestamp,
    /// Business day.
    pub refunded_on: NaiveDate,
    /// How much.
    pub amount_minor: Money,
    /// Why.
    pub reason: Option<String>,
    /// `refund` or `void`.
    pub kind: String,
}

/// Money to be given back on a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// On which sale.
    pub sale_id: SaleId,
    /// How much; never beyond what is left of the sale. Left out when lines come back.
    #[serde(default)]
    pub amount_minor: Option<Money>,
    /// What comes back, by line; the money follows from it.
    #[serde(default)]
    pub lines: Vec<ReturnedLine>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A quantity of a line that comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// Position of the line.
    pub line_no: i64,
    /// Quantity as typed.
    pub quantity: String,
}

/// What a refund would give back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RefundPreview {
    /// How much.
    pub amount_minor: Money,
    /// What would be left of the sale.
    pub left_minor: Money,
}

/// A sale to be taken back whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewVoid {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which sale.
    pub sale_id: SaleId,
    /// Why.
    pub reason: String,
}

/// What the counter shows after a sale or a refund.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleReceipt {
    /// The sale as it stands.
    pub sale: SaleView,
    /// Whether this very call made it (false: the key was seen before, nothing new was written).
    pub is_new: bool,
    /// Tier change caused by it.
    pub promotion: Option<super::ladder::TierChangeView>,
    /// Where the customer stands now.
    pub standing: Option<super::ladder::StandingView>,
    /// Points now.
    pub points: Option<super::points::PointsCard>,
    /// Class now.
    pub segment: Option<super::segmentation::SegmentView>,
}

/// Which sales to list, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SaleFilter {
    /// Only of this customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Number of the sale, or its beginning.
    #[serde(default)]
    pub sale_no: Option<String>,
    /// Exactly this net.
    #[serde(default)]
    pub net_minor: Option<Money>,
    /// From this business day.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// To this business day.
    #[serde(default)]
    pub to_on: Option<NaiveDate>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of sales.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SalePage {
    /// Rows.
    pub rows: Vec<SaleRow>,
    /// Rows in all.
    pub total: i64,
    /// Net paid less refunds of all of them.
    pub net_minor: Money,
}
