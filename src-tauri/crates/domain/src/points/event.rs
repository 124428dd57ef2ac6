//! What happens to a customer's points, and with which words it is refused.

use super::{Line, Points};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One thing that happened. Events of one day count in the order given; an id seen before is the same event again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Event {
    /// A sale. Points that pay for it are drawn before its own points are given.
    Sale {
        /// Business day.
        on: NaiveDate,
        /// The sale's own name; a sale without one cannot be refunded.
        #[serde(default)]
        id: Option<String>,
        /// The lines.
        #[serde(default)]
        lines: Vec<Line>,
        /// The one amount of a sale without lines, in minor units.
        #[serde(default)]
        amount_minor: Option<Money>,
        /// Discounts and coupons off the whole sale, in minor units.
        #[serde(default)]
        discount_minor: Money,
        /// Points that pay for part of it.
        #[serde(default)]
        redeem_points: Points,
        /// The tier's multiplier at the sale, in basis points; the rules' own when left out.
        #[serde(default)]
        multiplier_bp: Option<u32>,
    },
    /// Money given back.
    Refund {
        /// The day on which it became known.
        on: NaiveDate,
        /// The sale.
        sale: String,
        /// What was given back, in minor units.
        amount_minor: Money,
        /// Goods that came back with it; without them the amount is shared by all lines.
        #[serde(default)]
        lines: Vec<ReturnedLine>,
        /// The refund's own name.
        #[serde(default)]
        id: Option<String>,
    },
    /// A sale that should not have been entered: all that is left of it goes, and all its points come back.
    Void {
        /// The day on which it became known.
        on: NaiveDate,
        /// The sale.
        sale: String,
        /// The void's own name.
        #[serde(default)]
        id: Option<String>,
    },
    /// Points given without a sale: a campaign, an opening balance.
    Earn {
        /// The day.
        on: NaiveDate,
        /// The event's own name.
        #[serde(default)]
        id: Option<String>,
        /// Points.
        points: Points,
    },
    /// Points for a gift of the catalogue. The step and the share of a sale belong to money, not to gifts.
    Redeem {
        /// The day.
        on: NaiveDate,
        /// The event's own name.
        #[serde(default)]
        id: Option<String>,
        /// Points.
        points: Points,
    },
    /// A correction by hand, up or down.
    Adjust {
        /// The day.
        on: NaiveDate,
        /// The event's own name.
        #[serde(default)]
        id: Option<String>,
        /// Points, negative to take.
        points: Points,
    },
}

/// Goods of one line that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReturnedLine {
    /// Place of the line in the sale, counted from 0.
    pub line: usize,
    /// The goods' amount as it stands on the line, in minor units.
    pub amount_minor: Money,
}

impl Event {
    /// The day on which it happened or became known.
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::Sale { on, .. }
            | Self::Refund { on, .. }
            | Self::Void { on, .. }
            | Self::Earn { on, .. }
            | Self::Redeem { on, .. }
            | Self::Adjust { on, .. } => *on,
        }
    }

    /// The event's own name.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Sale { id, .. }
            | Self::Refund { id, .. }
            | Self::Void { id, .. }
            | Self::Earn { id, .. }
            | Self::Redeem { id, .. }
            | Self::Adjust { id, .. } => id.as_deref(),
        }
    }
}

/// One event that was refused; it changed nothing, and the same id may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Refusal {
    /// Place of the event, counted from 0.
    pub event: usize,
    /// Why.
    pub code: RefusalCode,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// An amount or a number of points that has to be above zero is not.
    NotPositive,
    /// A sale whose lines add up to less than its deductions.
    NegativeSale,
    /// An amount beyond what can be counted exactly.
    TooLarge,
    /// A refund of a sale that is not there.
    UnknownSale,
    /// A refund of more than is left of the sale.
    BeyondSale,
    /// A line that the sale does not have, or more goods than were on it.
    UnknownLine,
    /// The shop does not take points as money.
    NotOffered,
    /// Not a multiple of the step.
    NotMultipleOfStep,
    /// More than the share of the sale that points may pay.
    AboveMaxShare,
    /// More than can be spent on that day.
    InsufficientPoints,
    /// Points are owed; they have to be earned back first.
    InDebt,
}

impl RefusalCode {
    /// The key of the sentence, such as `points.insufficient_points`.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotPositive => "points.not_positive",
            Self::NegativeSale => "points.negative_sale",
            Self::TooLarge => "points.too_large",
            Self::UnknownSale => "points.unknown_sale",
            Self::BeyondSale => "points.beyond_sale",
            Self::UnknownLine => "points.unknown_line",
            Self::NotOffered => "points.not_offered",
            Self::NotMultipleOfStep => "points.not_multiple_of_step",
            Self::AboveMaxShare => "points.above_max_share",
            Self::InsufficientPoints => "points.insufficient_points",
            Self::InDebt => "points.in_debt",
        }
    }
}

impl From<RefusalCode> for crate::error::RuleError {
    fn from(code: RefusalCode) -> Self {
        Self::not_now(code.key())
    }
}
