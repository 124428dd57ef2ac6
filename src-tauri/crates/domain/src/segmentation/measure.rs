//! The numbers about a customer that a scheme may look at, each with the window it is taken over. A measure is a
//! whole number in a unit of its own: days, orders, minor units, basis points.

use super::window::Window;
use crate::ids::CustomerId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is measured. `field` names a number field that the shop added to its customers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentMeasure"))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Days since the last purchase; absent without any purchase. Lifetime.
    RecencyDays,
    /// Days since the first purchase. Lifetime.
    TenureDays,
    /// Whole calendar months since the first purchase. Lifetime.
    TenureMonths,
    /// Purchases in the window: sales with something left to pay after refunds.
    Orders,
    /// Different business days with a purchase.
    PurchaseDays,
    /// Net paid in minor units, refunds of these sales taken off; may be negative.
    NetMinor,
    /// Net paid minus known costs, in minor units. Where no cost is known this is the net paid.
    ProfitMinor,
    /// Net paid per order in minor units, rounded half up; absent without an order.
    AverageTicketMinor,
    /// The largest order in minor units; absent without an order.
    LargestTicketMinor,
    /// Different categories bought.
    Categories,
    /// Share of the best category in what was bought, in basis points, rounded half up; absent without a category.
    TopCategoryShareBp,
    /// Orders with a discount or coupon, in basis points of all orders, rounded half up; absent without an order.
    DiscountedShareBp,
    /// Refunds of sales of the window.
    Refunds,
    /// Refunded money of sales of the window, in minor units.
    RefundedMinor,
    /// Inbound or answered contacts.
    Interactions,
    /// Contacts in depth (深度沟通).
    DeepTalks,
    /// Calendar months with a purchase out of those since the first one that the window reaches, in basis points.
    ActiveMonthsBp,
    /// Customers whom they brought and who have bought, whenever.
    Referrals,
    /// Complaints received.
    Complaints,
    /// Days since the last contact; absent without one. Lifetime.
    DaysSinceContact,
    /// The owner's judgement, −2 to +2; absent until given.
    Judgement,
    /// A number field of the shop's own, in thousandths.
    Field(String),
    /// Days since the day in a date field of the shop's own; 0 on that day, absent before it.
    DaysSince(String),
    /// Days until that day; 0 on it, absent after it.
    DaysUntil(String),
}

impl Measure {
    /// Whether the measure is taken over a window. The others are about the whole life or about now.
    pub fn is_windowed(&self) -> bool {
        match self {
            Self::RecencyDays
            | Self::TenureDays
            | Self::TenureMonths
            | Self::DaysSinceContact
            | Self::Judgement
            | Self::Referrals
            | Self::Field(_)
            | Self::DaysSince(_)
            | Self::DaysUntil(_) => false,
            Self::Orders
            | Self::PurchaseDays
            | Self::NetMinor
            | Self::ProfitMinor
            | Self::AverageTicketMinor
            | Self::LargestTicketMinor
            | Self::Categories
            | Self::TopCategoryShareBp
            | Self::DiscountedShareBp
            | Self::Refunds
            | Self::RefundedMinor
            | Self::Interactions
            | Self::DeepTalks
            | Self::ActiveMonthsBp
            | Self::Complaints => true,
        }
    }

    /// Whether the number is a count of days.
    pub fn is_days(&self) -> bool {
        matches!(
            self,
            Self::RecencyDays | Self::TenureDays | Self::DaysSinceContact | Self::DaysSince(_) | Self::DaysUntil(_)
        )
    }

    /// The field of the shop's own that is measured.
    pub fn own_field(&self) -> Option<&str> {
        match self {
            Self::Field(key) | Self::DaysSince(key) | Self::DaysUntil(key) => Some(key),
            _ => None,
        }
    }

    /// The day in a date field as a number on a day. What is still to come began no time ago, and what is over is
    /// waited for no longer: then there is no number.
    pub fn of_own_day(&self, own: NaiveDate, as_of: NaiveDate) -> Option<i64> {
        let since = (as_of - own).num_days();
        match self {
            Self::DaysSince(_) => Some(since),
            Self::DaysUntil(_) => Some(-since),
            _ => None,
        }
        .filter(|days| *days >= 0)
    }

    /// Whether the number is an amount of money in minor units.
    pub fn is_money(&self) -> bool {
        matches!(
            self,
            Self::NetMinor
                | Self::ProfitMinor
                | Self::AverageTicketMinor
                | Self::LargestTicketMinor
                | Self::RefundedMinor
        )
    }
}

/// A measure and the window it is taken over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MeasureRef {
    /// What is measured.
    pub measure: Measure,
    /// Over which days; without meaning for measures of the whole life.
    #[serde(default)]
    pub window: Window,
}

impl MeasureRef {
    /// A measure over a window. Measures of the whole life get one and the same window, so that equal things are equal.
    pub fn new(measure: Measure, window: Window) -> Self {
        let window = if measure.is_windowed() { window } else { Window::Lifetime };
        Self { measure, window }
    }

    /// The same measure in the form in which equal things are equal.
    #[must_use]
    pub fn normal(&self) -> Self {
        Self::new(self.measure.clone(), self.window)
    }
}

/// Somebody whose numbers and words can be looked at, wherever they are kept.
pub trait Measured {
    /// Whose.
    fn customer(&self) -> CustomerId;

    /// The day they are about.
    fn as_of(&self) -> NaiveDate;

    /// The number of a measure, or `None` when the customer does not have it.
    fn value(&self, measure: &MeasureRef) -> Option<i64>;

    /// The words of a field; empty when the customer has none.
    fn words(&self, field: &FieldRef) -> Vec<&str>;
}

/// Words about a customer that a condition may ask for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldRef {
    /// A field of the profile by key: tags, source, kind of customer, an open complaint …
    Profile(String),
    /// The category with the most money in the window.
    TopCategory(Window),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_of_the_whole_life_is_the_same_under_any_window() {
        let recency: MeasureRef = serde_json::from_str(r#"{"measure":"recency_days"}"#).unwrap();
        assert_eq!(recency.normal(), MeasureRef::new(Measure::RecencyDays, Window::Days { n: 3 }));
    }

    #[test]
    fn measures_are_data() {
        let text = r#"{"measure":{"field":"floor_area"},"window":{"kind":"lifetime"}}"#;
        let measure: MeasureRef = serde_json::from_str(text).unwrap();
        assert_eq!(measure.measure, Measure::Field("floor_area".to_owned()));
        assert_eq!(serde_json::to_string(&measure).unwrap(), text);
    }
}
