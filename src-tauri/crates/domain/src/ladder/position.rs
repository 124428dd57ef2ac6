//! Where somebody stands on the ladder by what was earned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a customer stands by what was earned, without floors and pins. Small enough to be cached with the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Position {
    /// Rank of the tier, 0 for the lowest.
    pub tier: usize,
    /// The day of the last move.
    pub since: Option<NaiveDate>,
    /// Set while a review has found too little and the tier is still held.
    pub grace: Option<Grace>,
    /// With a window since promotion: the first day that counts.
    pub counted_from: Option<NaiveDate>,
}

/// The time between the review that found too little and the loss of the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Grace {
    /// The review day.
    pub found_on: NaiveDate,
    /// The review day plus the days of grace. The tier is lost at the first review on or after this day.
    pub until: NaiveDate,
}
