//! What came of getting in touch.

use super::customers::SegmentTag;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::Money;

/// Before and after contacts, class by class of the primary scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ContactEffect {
    /// Contacts from this day on are looked at.
    pub from_on: NaiveDate,
    /// Contacts up to this day: since then enough days are over.
    pub to_on: NaiveDate,
    /// Days on either side of a contact.
    pub days: i64,
    /// Classes of which anybody was contacted, as they stood on the day of the contact.
    pub classes: Vec<ClassEffect>,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassEffect {
    /// The class.
    pub tag: SegmentTag,
    /// Those with whom the shop got in touch, around the first time.
    pub contacted: AroundView,
    /// Those with whom it did not, around the middle of the days.
    pub others: AroundView,
}

/// Some people before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AroundView {
    /// People.
    pub people: i64,
    /// Orders of all of them before.
    pub orders_before: i64,
    /// Orders of all of them after.
    pub orders_after: i64,
    /// Net paid by one of them before, on average.
    pub each_before_minor: Option<Money>,
    /// Net paid by one of them after, on average.
    pub each_after_minor: Option<Money>,
}
