//! The ladder of tiers (会员等级): what a shop can set, and how a customer's standing follows from history.
//!
//! Promotion is immediate on the sale that crosses; demotion happens only at a review, after a grace. Two pure steps
//! decide everything, [`crossing`] after a purchase and [`review`] on a review day. The counter calls them with
//! cached figures, [`standing`] replays a whole history through the same two, so both always agree.

mod check;
mod figures;
mod position;
mod preview;
mod replay;
mod standing;
mod step;
mod summary;
mod timeline;

#[cfg(test)]
mod claims;
#[cfg(test)]
mod model;

pub use figures::{Figures, Missing, deserved_on_entry, missing, window_start};
pub use position::{Grace, Position};
pub use preview::{Aggregate, Preview, TierCount, preview, would_be};
pub use replay::{Cause, Change, Standing, Why};
pub use standing::{QualifyingSale, earned_position, qualifying_sales, standing, standing_with_versions};
pub use step::{Move, Seen, crossing, next_review, review};
pub use summary::{Summary, summarized};
pub use timeline::{Event, ManualMode, without_sales_before_opening};

use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A ladder: the tiers from the lowest to the highest and the rules that move customers between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Ladder {
    /// The tiers, lowest first; the first one has no threshold.
    pub tiers: Vec<Tier>,
    /// Whether one threshold of a tier is enough or all are needed.
    #[serde(default)]
    pub combine: Combine,
    /// The stretch of time whose purchases count.
    #[serde(default)]
    pub window: Window,
    /// A business day is a visit when its net spend reaches this.
    #[serde(default = "one_minor")]
    pub visit_minimum_minor: Money,
    /// When and how customers go down.
    #[serde(default)]
    pub demotion: Demotion,
}

fn one_minor() -> Money {
    Money::from_minor(1)
}

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Tier {
    /// The name on the card.
    pub name: String,
    /// What it takes to get in (≥).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enter: Option<Thresholds>,
    /// What it takes to stay (保级); the same as `enter` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Thresholds>,
}

/// Amounts to reach within the window. A measure that is left out does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Thresholds {
    /// Net spend in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend_minor: Option<Money>,
    /// Business days with a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub visits: Option<i64>,
    /// Points earned; redeeming or expiring never lowers them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub points_earned: Option<i64>,
}

impl Thresholds {
    /// Whether no measure is asked for.
    pub fn is_empty(&self) -> bool {
        self.spend_minor.is_none() && self.visits.is_none() && self.points_earned.is_none()
    }
}

/// 或 or 且.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// One threshold is enough (或).
    #[default]
    Any,
    /// All thresholds are needed (且).
    All,
}

/// The stretch of time whose purchases count, ending on the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Window {
    /// Everything since the first purchase.
    Lifetime,
    /// The last n days, (day − n, day].
    RollingDays {
        /// Days.
        n: u32,
    },
    /// The last n months, (day − n months, day]; the 31st becomes the last day of a shorter month.
    RollingMonths {
        /// Months.
        n: u32,
    },
    /// The calendar year of the day; a tier reached in it is held to the end of the next year.
    CalendarYear,
    /// From the day of the last promotion on; the tier is judged when a year is over and a new year begins.
    SincePromotion {
        /// Length of that year in days; twelve months when left out.
        #[serde(default)]
        n: Option<u32>,
    },
}

impl Default for Window {
    fn default() -> Self {
        Self::RollingMonths { n: 12 }
    }
}

/// When and how customers go down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Demotion {
    /// The days on which a tier can be lost.
    pub review: Review,
    /// How far down.
    pub style: DemotionStyle,
    /// Days between the review that finds too little and the loss of the tier.
    pub grace_days: u32,
}

impl Default for Demotion {
    fn default() -> Self {
        Self { review: Review::Monthly, style: DemotionStyle::Deserved, grace_days: 30 }
    }
}

/// The days on which a tier can be lost. A review happens in the morning, before the day's sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// The 1st of every month.
    Monthly,
    /// 1 January, the first day that is not in the old year.
    YearEnd,
    /// Every day.
    Continuous,
}

/// How far down a demotion goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DemotionStyle {
    /// To the highest tier whose keep threshold is reached.
    Deserved,
    /// One step per review.
    OneStep,
    /// Not at all.
    Never,
}

/// A ladder as it holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LadderVersion {
    /// The first day it holds. The first version also holds before its day.
    pub effective_on: NaiveDate,
    /// The ladder.
    pub ladder: Ladder,
}

impl Ladder {
    /// The rank of a tier by its name, 0 for the lowest.
    pub fn rank_of(&self, name: &str) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.name == name)
    }

    /// The name of the tier at a rank; of the highest tier for a rank above it.
    pub fn name_of(&self, rank: usize) -> &str {
        self.tiers.get(rank).or(self.tiers.last()).map_or("", |tier| tier.name.as_str())
    }

    /// What it takes to get into the tier at a rank; nothing for the lowest.
    pub fn enter(&self, rank: usize) -> Thresholds {
        self.tiers.get(rank).and_then(|tier| tier.enter).unwrap_or_default()
    }

    /// What it takes to stay in the tier at a rank.
    pub fn keep(&self, rank: usize) -> Thresholds {
        let kept = self.tiers.get(rank).and_then(|tier| tier.keep).filter(|keep| !keep.is_empty());
        kept.unwrap_or_else(|| self.enter(rank))
    }

    /// Whether any tier looks at earned points.
    pub fn uses_points(&self) -> bool {
        (0..self.tiers.len())
            .any(|rank| self.enter(rank).points_earned.is_some() || self.keep(rank).points_earned.is_some())
    }
}

/// The ladder of a new book: 普通/银卡/金卡/钻石 at 0/1,000/5,000/20,000 yuan in the last 12 months, kept at 60 %.
impl Default for Ladder {
    fn default() -> Self {
        let tier = |name: &str, yuan: i64| Tier {
            name: name.to_owned(),
            enter: Some(spend(yuan * 100)),
            keep: Some(spend(yuan * 60)),
        };
        Self {
            tiers: vec![
                Tier { name: "普通".to_owned(), enter: None, keep: None },
                tier("银卡", 1_000),
                tier("金卡", 5_000),
                tier("钻石", 20_000),
            ],
            combine: Combine::Any,
            window: Window::default(),
            visit_minimum_minor: one_minor(),
            demotion: Demotion::default(),
        }
    }
}

fn spend(minor: i64) -> Thresholds {
    Thresholds { spend_minor: Some(Money::from_minor(minor)), ..Thresholds::default() }
}
