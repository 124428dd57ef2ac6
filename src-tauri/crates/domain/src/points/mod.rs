//! Points (积分): what a sale earns, how long points live, what they pay for, and how all of it stays equal to a
//! replay of history.
//!
//! Points lie in **lots**, one for each time points were given. Redeeming draws lots by earliest expiry, then oldest.
//! The balance is the sum of what remains in the lots and the sum of the ledger's rows, always. What a refund would
//! push below zero is lent to the customer as a **debt**, which the next points pay back first.

mod account;
mod check;
mod earn;
mod event;
mod replay;
mod sold;

#[cfg(test)]
mod claims;
#[cfg(test)]
mod model;
#[cfg(test)]
mod refund_claims;

pub use account::{Account, Draw, Lot, LotKey, Row, RowKind, difference};
pub use earn::{Basis, Line, points_owed};
pub use event::{Event, Refusal, RefusalCode, ReturnedLine};
pub use replay::{History, LedgerRow, LotView, replay, replay_account};

use crate::brand::branded;
use crate::money::Money;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// Whole points. Sums saturate far above anything that [`Rules::check`] and the replay let through.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Points(pub i64);

branded!(Points, "number", "Points");

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Points {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

/// The shop's rules for points. A new book gives 1 point per yuan, valid to the end of the next year, 100 points for
/// 1 yuan in steps of 100 on at most half of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Rules {
    /// What earns points. Rates add up per line.
    pub earn: Vec<EarnRule>,
    /// The tier's multiplier in basis points: 15,000 is one and a half. It does not touch fixed bonuses.
    pub multiplier_bp: u32,
    /// Days before points can be spent.
    pub pending_days: u32,
    /// How long points live.
    pub expiry: Expiry,
    /// What points pay for; none when they pay for gifts only.
    pub redeem: Option<Redeem>,
    /// Days of life for points that a refund gives back to a lot that has expired meanwhile.
    pub revive_days: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            earn: vec![EarnRule::PerAmount {
                points: Points(1),
                per_minor: Money::from_minor(100),
                category: None,
                item: None,
            }],
            multiplier_bp: 10_000,
            pending_days: 0,
            expiry: Expiry::EndOfNextYear,
            redeem: Some(Redeem::default()),
            revive_days: 30,
        }
    }
}

/// One thing that earns points. Left out, `category` and `item` mean every line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EarnRule {
    /// So many points for so much money.
    PerAmount {
        /// Points.
        points: Points,
        /// For this amount in minor units.
        per_minor: Money,
        /// Only lines of this category.
        #[serde(default)]
        category: Option<String>,
        /// Only lines of this item.
        #[serde(default)]
        item: Option<String>,
    },
    /// A fixed number of points for every line that matches; once a sale when it names neither item nor category.
    Bonus {
        /// Points.
        points: Points,
        /// Only lines of this category.
        #[serde(default)]
        category: Option<String>,
        /// Only lines of this item.
        #[serde(default)]
        item: Option<String>,
    },
}

/// How long points live. They can be spent through the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Expiry {
    /// For ever.
    Never,
    /// The day earned plus n days is the last.
    Days {
        /// Days.
        n: u32,
    },
    /// The same day n months later is the last; the 31st becomes the last day of a shorter month.
    Months {
        /// Months.
        n: u32,
    },
    /// The last day of the month in which they were earned.
    EndOfMonth,
    /// 31 December of the year in which they were earned.
    EndOfYear,
    /// 31 December of the next year (次年年底).
    EndOfNextYear,
}

impl Expiry {
    /// The last day on which points earned on a day can be spent.
    pub fn last_day(self, earned_on: NaiveDate) -> Option<NaiveDate> {
        let end = |year: i32, month: u32| {
            NaiveDate::from_ymd_opt(year, month, 1)
                .and_then(|first| first.checked_add_months(Months::new(1)))
                .and_then(|next| next.pred_opt())
        };
        match self {
            Self::Never => None,
            Self::Days { n } => Some(later(earned_on, n)),
            Self::Months { n } => Some(earned_on.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX)),
            Self::EndOfMonth => end(earned_on.year(), earned_on.month()),
            Self::EndOfYear => end(earned_on.year(), 12),
            Self::EndOfNextYear => end(earned_on.year() + 1, 12),
        }
    }
}

/// What points pay for in a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Redeem {
    /// So many points …
    pub points: Points,
    /// … are worth this much in minor units.
    pub worth_minor: Money,
    /// Points go in multiples of this.
    pub step: Points,
    /// At most this share of the sale, in basis points.
    pub max_share_bp: u32,
}

impl Default for Redeem {
    fn default() -> Self {
        Self { points: Points(100), worth_minor: Money::from_minor(100), step: Points(100), max_share_bp: 5_000 }
    }
}

impl Redeem {
    /// What points are worth, rounded down to whole minor units.
    pub fn worth(&self, points: Points) -> Money {
        let worth = i128::from(points.0) * i128::from(self.worth_minor.minor()) / i128::from(self.points.0.max(1));
        Money::from_minor(i64::try_from(worth).unwrap_or(i64::MAX))
    }

    /// Whether so many points may pay for a sale, and how much they pay. Whether the customer has them is not asked.
    ///
    /// # Errors
    /// `not_multiple_of_step`, `above_max_share`.
    pub fn pay(&self, points: Points, gross: Money) -> Result<Money, RefusalCode> {
        if points.0 % self.step.0.max(1) != 0 {
            return Err(RefusalCode::NotMultipleOfStep);
        }
        let worth = self.worth(points);
        let limit = i128::from(gross.minor()) * i128::from(self.max_share_bp) / 10_000;
        if i128::from(worth.minor()) > limit { Err(RefusalCode::AboveMaxShare) } else { Ok(worth) }
    }
}

/// Rules as they hold from a day on; lots given before keep the life they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RulesVersion {
    /// The first day they hold. The first version also holds before its day.
    pub effective_on: NaiveDate,
    /// The rules.
    pub rules: Rules,
}

fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}
