//! On which days and hours an offer holds, and for whom.

use crate::error::FieldError;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// When an offer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferWhen"))]
pub struct When {
    /// First day.
    pub from_on: NaiveDate,
    /// Last day; none where it has no end.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Days of the week, Monday is 1; none for every day.
    #[serde(default)]
    pub weekdays: Vec<u8>,
    /// Hours of the day; none for all of it.
    #[serde(default)]
    pub hours: Option<Hours>,
}

/// Hours of a day in the shop's time, half-open; past midnight when the end lies before the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferHours"))]
pub struct Hours {
    /// First minute of the day: 840 is 14:00.
    pub from_minute: u16,
    /// The minute at which it is over.
    pub until_minute: u16,
}

const DAY_MINUTES: u16 = 24 * 60;

impl When {
    /// Whether it holds on a day at a minute of it. A sale of an earlier day has no known hour and is outside every hour.
    pub fn holds(&self, on: NaiveDate, minute: Option<u16>) -> bool {
        let weekday = u8::try_from(on.weekday().number_from_monday()).unwrap_or(0);
        self.from_on <= on
            && self.until_on.is_none_or(|until| on <= until)
            && (self.weekdays.is_empty() || self.weekdays.contains(&weekday))
            && self.hours.is_none_or(|hours| minute.is_some_and(|minute| hours.contain(minute)))
    }

    pub(super) fn check(&self, problems: &mut Vec<FieldError>) {
        if self.until_on.is_some_and(|until| until < self.from_on) {
            problems.push(FieldError::new("when.until_on", "date.before_start"));
        }
        if self.weekdays.iter().any(|day| !(1..=7).contains(day)) {
            problems.push(FieldError::new("when.weekdays", "offer.weekday"));
        }
        if let Some(hours) = self.hours
            && (hours.from_minute >= DAY_MINUTES
                || hours.until_minute > DAY_MINUTES
                || hours.from_minute == hours.until_minute)
        {
            problems.push(FieldError::new("when.hours", "offer.hours"));
        }
    }
}

impl Hours {
    fn contain(self, minute: u16) -> bool {
        if self.from_minute < self.until_minute {
            (self.from_minute..self.until_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.until_minute
        }
    }
}

/// For whom an offer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferAudience"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Audience {
    /// Whoever comes in, passers-by too.
    Everybody,
    /// Whoever is in the book.
    Customers,
    /// Customers on these tiers.
    Tiers {
        /// Names of the ladder.
        tiers: Vec<String>,
    },
    /// Customers of these classes of the primary scheme.
    Classes {
        /// Keys of the classes.
        class_keys: Vec<String>,
    },
    /// Customers with one of these tags.
    Tags {
        /// The tags.
        tags: Vec<String>,
    },
}

/// A customer as an audience asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Name of the tier.
    pub tier: String,
    /// Class of the primary scheme.
    pub class_key: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
}

impl Audience {
    /// Whether the customer, or the passer-by, is meant.
    pub fn includes(&self, who: Option<&Who>) -> bool {
        match (self, who) {
            (Self::Everybody, _) | (Self::Customers, Some(_)) => true,
            (_, None) => false,
            (Self::Tiers { tiers }, Some(who)) => tiers.contains(&who.tier),
            (Self::Classes { class_keys }, Some(who)) => {
                who.class_key.as_ref().is_some_and(|key| class_keys.contains(key))
            }
            (Self::Tags { tags }, Some(who)) => who.tags.iter().any(|tag| tags.contains(tag)),
        }
    }

    pub(super) fn check(&self, problems: &mut Vec<FieldError>) {
        let names = match self {
            Self::Everybody | Self::Customers => return,
            Self::Tiers { tiers: names } | Self::Classes { class_keys: names } | Self::Tags { tags: names } => names,
        };
        if names.is_empty() || names.iter().any(|name| name.trim().is_empty()) {
            problems.push(FieldError::new("audience", "offer.nobody"));
        }
    }
}
