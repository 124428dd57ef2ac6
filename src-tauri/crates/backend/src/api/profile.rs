//! One customer with everything on it: three panels and one timeline.

use super::customers::{CustomerRow, CustomerView};
use super::timeline::TimelineEntry;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::Money;

/// Everything about a customer: three panels and one timeline, in one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerProfile {
    /// 基础属性
    pub customer: CustomerView,
    /// The row as lists show it.
    pub row: CustomerRow,
    /// 交易行为
    pub trade: TradePanel,
    /// 需求偏好
    pub preferences: PreferencePanel,
    /// Tier, why, what is missing.
    pub standing: crate::api::ladder::StandingView,
    /// Points: what is there, what ends soon.
    pub points: crate::api::points::PointsCard,
    /// Member, not yet, or not wanted.
    pub membership: crate::api::members::MembershipView,
    /// Class, why.
    pub segment: Option<crate::api::segmentation::SegmentView>,
    /// Open complaints.
    pub complaints: Vec<crate::api::complaints::ComplaintRow>,
    /// Number of the case because of which nothing may be sold to the customer now.
    pub do_not_disturb: Option<String>,
    /// Everything beside the first form.
    pub details: crate::api::details::CustomerDetails,
    /// Newest first: the first page.
    pub timeline: Vec<TimelineEntry>,
    /// Whether there are older entries.
    pub has_older: bool,
}

/// 交易行为
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TradePanel {
    /// First business day with a sale.
    pub first_on: Option<NaiveDate>,
    /// Last business day with a sale.
    pub last_on: Option<NaiveDate>,
    /// Days since the last sale.
    pub recency_days: Option<i64>,
    /// Sales with positive net, lifetime.
    pub orders: i64,
    /// Net paid, lifetime.
    pub net_minor: Money,
    /// Net paid in the last 12 months.
    pub net_12m_minor: Money,
    /// Sales in the last 12 months.
    pub orders_12m: i64,
    /// Average ticket, lifetime.
    pub average_ticket_minor: Option<Money>,
    /// Median days between business days with a sale.
    pub interval_days: Option<i64>,
    /// Next likely day by own rhythm (needs 3 days with a sale).
    pub next_likely_on: Option<NaiveDate>,
    /// The band of that day begins here: the lower quartile of the own intervals.
    pub next_from_on: Option<NaiveDate>,
    /// The band of that day ends here: the upper quartile of the own intervals.
    pub next_to_on: Option<NaiveDate>,
    /// What somebody who goes on as before brings in the next 12 months; `None` without a rhythm, or when it is over.
    pub year_ahead: Option<YearAheadView>,
    /// Opening balance carried over, if any.
    pub opening_minor: Option<Money>,
    /// Last sales.
    pub last_sales: Vec<crate::api::sales::SaleRow>,
}

/// An estimate of the next 12 months: own rhythm × what a visit brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct YearAheadView {
    /// Visits that the own interval makes in 365 days.
    pub visits: i64,
    /// What a day with a purchase brought on average.
    pub per_visit_minor: Money,
    /// Both multiplied, rounded once.
    pub net_minor: Money,
}

/// 需求偏好: declared and computed kept apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreferencePanel {
    /// What the customer or the shop said.
    pub declared: Vec<String>,
    /// Pinned habits.
    pub habits: Option<String>,
    /// Top categories by spend.
    pub top_categories: Vec<PreferenceShare>,
    /// Top items by times bought.
    pub top_items: Vec<PreferenceShare>,
    /// Usual weekday, 1 = Monday.
    pub usual_weekday: Option<u32>,
    /// Usual hour of the day.
    pub usual_hour: Option<u32>,
    /// How the customer mostly pays.
    pub usual_payment: Option<String>,
    /// The middle half of the tickets begins here.
    pub band_from_minor: Option<Money>,
    /// The middle half of the tickets ends here.
    pub band_to_minor: Option<Money>,
    /// Days with a purchase by month of the year, January first; empty without any.
    pub months: Vec<u32>,
    /// Days with a purchase, lifetime: three make a rhythm.
    pub purchase_days: i64,
}

/// A category or item with its weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreferenceShare {
    /// What.
    pub name: String,
    /// How often bought.
    pub times: i64,
    /// Spend in minor units.
    pub net_minor: Money,
}
