//! Points as people see them.

use super::offers::cashback::PaysAs;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, GiftId};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Points, Rules};
use shukebu_domain::time::Timestamp;

/// A customer's points in one glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsCard {
    /// What is there.
    pub balance: Points,
    /// What can be spent today.
    pub spendable: Points,
    /// What can be spent later.
    pub pending: Points,
    /// What is owed; nothing can be spent until it is earned back.
    pub debt: Points,
    /// What ends within 30 days.
    pub ending: Points,
    /// The first day on which something of it ends.
    pub ending_on: Option<NaiveDate>,
    /// What the spendable points are worth; none where points pay for gifts only.
    pub worth_minor: Option<Money>,
}

/// What a sale did to the points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SalePoints {
    /// Earned by what is left of the sale.
    pub earned: Points,
    /// Spent on it.
    pub redeemed: Points,
    /// What they paid.
    pub worth_minor: Money,
}

/// Whose statement, and of which days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct StatementInput {
    /// Whose.
    pub customer_id: CustomerId,
    /// The first day; everything when left out.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// The last day; today when left out.
    #[serde(default)]
    pub to_on: Option<NaiveDate>,
}

/// A statement as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct StatementExport {
    /// Whose.
    pub customer_id: CustomerId,
    /// The first day; everything when left out.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// The last day; today when left out.
    #[serde(default)]
    pub to_on: Option<NaiveDate>,
    /// The form; left out, a spreadsheet.
    #[serde(default)]
    pub format: Option<super::exports::ExportFormat>,
    /// A handle of the folder from a dialog.
    pub folder: String,
}

/// A statement: what was there, what came and went, what is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsStatement {
    /// Name of the customer.
    pub name: String,
    /// Member number.
    pub member_no: String,
    /// The first day, if one was asked for.
    pub from_on: Option<NaiveDate>,
    /// The last day.
    pub to_on: NaiveDate,
    /// Balance before the first day.
    pub opening: Points,
    /// Balance after the last day.
    pub closing: Points,
    /// The rows, oldest first.
    pub rows: Vec<PointsRow>,
    /// Lots with something left today, the first to end first.
    pub lots: Vec<PointsLot>,
    /// Cashbacks of a year that were paid within these days, oldest first.
    pub cashbacks: Vec<PaidCashback>,
    /// How it stands today.
    pub card: PointsCard,
}

/// The cashback of a year as a customer was paid it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaidCashback {
    /// The day on which it was paid.
    pub on: NaiveDate,
    /// For which year.
    pub year: i32,
    /// How it was paid.
    pub pays_as: PaysAs,
    /// How much.
    pub paid_minor: Money,
    /// Code of the voucher.
    pub code: Option<String>,
}

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsRow {
    /// The day it counts on.
    pub on: NaiveDate,
    /// When it was written; none for an end that no job has written yet.
    pub at: Option<Timestamp>,
    /// `opening`, `earn`, `redeem`, `refund`, `return`, `adjust`, `expire`, `debt`, `debt_repaid`.
    pub kind: String,
    /// Points, negative when they go.
    pub points: Points,
    /// Balance after the row.
    pub balance: Points,
    /// The sale it comes from.
    pub sale_no: Option<String>,
    /// The gift it paid for.
    pub gift: Option<String>,
    /// Why, where a person said so.
    pub reason: Option<String>,
    /// Who.
    pub staff: Option<String>,
}

/// Points given at one time, with what is left of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsLot {
    /// The day on which they were earned.
    pub earned_on: NaiveDate,
    /// The first day on which they can be spent.
    pub spendable_from: NaiveDate,
    /// The last day on which they can be spent.
    pub expires_on: Option<NaiveDate>,
    /// Given.
    pub points: Points,
    /// Left.
    pub remaining: Points,
}

/// Points given or taken by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PointsAdjust {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// How many; negative to take.
    pub points: Points,
    /// Why.
    pub reason: String,
}

/// How many points could pay for an amount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PointsAsk {
    /// Whose points.
    pub customer_id: CustomerId,
    /// What is to be paid, discounts taken off.
    pub amount_minor: Money,
}

/// The most that points can pay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsQuote {
    /// What can be spent today.
    pub spendable: Points,
    /// The most that this amount takes; zero when none.
    pub most: Points,
    /// What the most is worth.
    pub worth_minor: Money,
    /// Points go in multiples of this.
    pub step: Points,
    /// Why none, in one sentence.
    pub why_none: Option<String>,
}

/// The rules for points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsRules {
    /// The rules that hold today.
    pub rules: Rules,
    /// Since when; none where they were never changed.
    pub effective_on: Option<NaiveDate>,
    /// Rules that will hold later.
    pub upcoming: Vec<PointsRulesVersion>,
    /// The first day from which new rules can hold: days with points on them stay as they were.
    pub earliest_on: NaiveDate,
}

/// Rules that hold from a later day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsRulesVersion {
    /// The first day.
    pub effective_on: NaiveDate,
    /// The rules.
    pub rules: Rules,
}

/// New rules for points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PointsRulesChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The first day; the first one possible when left out.
    #[serde(default)]
    pub effective_on: Option<NaiveDate>,
    /// The rules.
    pub rules: Rules,
}

/// What the shop owes in points, and what ends soon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsOverview {
    /// Points that have not ended.
    pub outstanding: Points,
    /// What they are worth as money; none where points pay for gifts only.
    pub worth_minor: Option<Money>,
    /// Customers who have points.
    pub people: i64,
    /// Points that customers owe.
    pub debt: Points,
    /// The last twelve months, oldest first.
    pub months: Vec<PointsMonth>,
    /// When what is outstanding ends, earliest first; without a day, never.
    pub ends: Vec<PointsEnd>,
    /// Who loses points within 30 days, the first first; at most 200.
    pub notices: Vec<PointsNotice>,
    /// How many people that are in all.
    pub notice_people: i64,
    /// Points that end within 30 days.
    pub notice_points: Points,
}

/// A month of points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// Given, less what refunds took.
    pub earned: Points,
    /// Spent, less what refunds gave back.
    pub redeemed: Points,
    /// Ended unspent.
    pub expired: Points,
}

/// Points that end on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsEnd {
    /// The last day.
    pub on: Option<NaiveDate>,
    /// Points.
    pub points: Points,
}

/// Somebody whose points end soon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PointsNotice {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// Points that end within 30 days.
    pub points: Points,
    /// The first day on which some of them end.
    pub on: NaiveDate,
    /// Number of the case because of which the customer is left in peace now.
    pub do_not_disturb: Option<String>,
}

/// A gift of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GiftView {
    /// Id.
    pub id: GiftId,
    /// Name.
    pub name: String,
    /// What it takes.
    pub points: Points,
    /// What it costs the shop.
    pub cost_minor: Option<Money>,
    /// How many are there.
    pub stock: i64,
    /// Whether it is offered.
    pub is_active: bool,
    /// How many were given so far, for points or for a complaint.
    pub given: i64,
}

/// The catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Gifts {
    /// Gifts, those offered first, then by points.
    pub gifts: Vec<GiftView>,
}

/// A gift to be kept: a new one, or one of the catalogue changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiftSave {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which; a new one when left out.
    #[serde(default)]
    pub id: Option<GiftId>,
    /// Name.
    pub name: String,
    /// What it takes.
    pub points: Points,
    /// What it costs the shop.
    #[serde(default)]
    pub cost_minor: Option<Money>,
    /// Whether it is offered.
    #[serde(default)]
    pub is_active: Option<bool>,
    /// Pieces that came in (or, negative, went) with this.
    #[serde(default)]
    pub stock_delta: i64,
}

/// A gift for points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct GiftRedeem {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who.
    pub customer_id: CustomerId,
    /// Which gift.
    pub gift_id: GiftId,
    /// How many; one when left out.
    #[serde(default)]
    pub quantity: Option<i64>,
}
