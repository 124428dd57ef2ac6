//! Benefits (权益) of a tier: what they are, how often they can be used, and from when to when a use counts.
//!
//! A benefit with a quantity has **periods**: a day, an ISO week from Monday, a month, a quarter, a year, the birthday
//! month, or once in a life. Whatever was not used ends with its period. A benefit without one, a discount or priority
//! handling, simply holds as long as the tier.

use crate::birthday::Birthday;
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// One benefit of a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Benefit {
    /// What tells it from the others of the ladder. Uses are counted by it, so it stays when the words change.
    pub key: String,
    /// What the customer gets, as it stands on the poster.
    pub words: String,
    /// What one use costs the shop; none where nobody knows. No poster and no statement shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_minor: Option<Money>,
    /// What kind it is.
    #[serde(flatten)]
    pub kind: Kind,
}

/// Kinds of benefits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    /// So much off every sale, in basis points: 500 is five percent off.
    Discount {
        /// Basis points off.
        rate_bp: u32,
    },
    /// Points of a sale times this, in basis points: 15,000 is one and a half.
    Multiplier {
        /// Basis points.
        rate_bp: u32,
    },
    /// A service or thing so many times a period (免费加急 2 次/月).
    Service {
        /// How many times.
        quantity: u32,
        /// A period.
        per: Per,
    },
    /// A gift of welcome, once in a life, on the first time the tier is reached.
    Gift {
        /// How many.
        quantity: u32,
    },
    /// A treat in the birthday month, once a year (生日月).
    Birthday,
    /// New products are offered to these customers first.
    NewFirst,
    /// Orders and cases of these customers come first.
    Priority,
    /// Words for the poster.
    Text,
}

/// How often a quantity begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Every day.
    Day,
    /// Every week, from Monday.
    Week,
    /// Every calendar month.
    Month,
    /// Every calendar quarter.
    Quarter,
    /// Every calendar year.
    Year,
}

/// From when to when uses are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none where it has no end.
    pub until: Option<NaiveDate>,
}

/// The tiers' benefits, tier name to list.
pub type ByTier = std::collections::BTreeMap<String, Vec<Benefit>>;

impl Benefit {
    /// How many times it can be used within a period; none for a benefit that is not used up.
    pub fn quantity(&self) -> Option<u32> {
        match self.kind {
            Kind::Service { quantity, .. } | Kind::Gift { quantity } => Some(quantity),
            Kind::Birthday => Some(1),
            Kind::Discount { .. } | Kind::Multiplier { .. } | Kind::NewFirst | Kind::Priority | Kind::Text => None,
        }
    }

    /// The period that a day lies in. None where the benefit has none: it is not used up, it is given once in a life,
    /// or the day lies outside the birthday month.
    pub fn span(&self, day: NaiveDate, birthday: Option<&Birthday>) -> Option<Span> {
        match self.kind {
            Kind::Service { per, .. } => per.span(day),
            Kind::Birthday => {
                let (from, last) = birthday?.month_around(day)?;
                Some(Span { from, until: Some(last) })
            }
            _ => None,
        }
    }
}

impl Per {
    fn span(self, day: NaiveDate) -> Option<Span> {
        let months = |from: NaiveDate, months: u32| -> Option<Span> {
            Some(Span { from, until: Some(from.checked_add_months(Months::new(months))?.pred_opt()?) })
        };
        match self {
            Self::Day => Some(Span { from: day, until: Some(day) }),
            Self::Week => {
                let from = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
                Some(Span { from, until: from.checked_add_days(Days::new(6)) })
            }
            Self::Month => months(day.with_day(1)?, 1),
            Self::Quarter => months(NaiveDate::from_ymd_opt(day.year(), (day.month0() / 3) * 3 + 1, 1)?, 3),
            Self::Year => months(NaiveDate::from_ymd_opt(day.year(), 1, 1)?, 12),
        }
    }
}

/// Refuses benefits that cannot be kept.
///
/// # Errors
/// At `steps.N.benefits.M.…`: `text.missing` without words, `benefit.key_repeats`, `benefit.rate` outside 0–100 % off or
/// 1–10 times the points, `benefit.quantity` outside 1–999, `amount.negative` for a cost below zero.
pub fn check(tiers: &[&[Benefit]]) -> Result<(), RuleError> {
    let mut problems = Vec::new();
    for (tier, benefits) in tiers.iter().enumerate() {
        let mut here = std::collections::BTreeSet::new();
        for (place, benefit) in benefits.iter().enumerate() {
            let field = |name: &str| format!("steps.{tier}.benefits.{place}.{name}");
            if benefit.words.trim().is_empty() {
                problems.push(FieldError::new(field("words"), "text.missing"));
            }
            if benefit.key.trim().is_empty() || !here.insert(benefit.key.as_str()) {
                problems.push(FieldError::new(field("key"), "benefit.key_repeats"));
            }
            let rate_is_right = match benefit.kind {
                Kind::Discount { rate_bp } => (1..=10_000).contains(&rate_bp),
                Kind::Multiplier { rate_bp } => (10_000..=100_000).contains(&rate_bp),
                _ => true,
            };
            if !rate_is_right {
                problems.push(FieldError::new(field("rate_bp"), "benefit.rate"));
            }
            if benefit.quantity().is_some_and(|quantity| !(1..=999).contains(&quantity)) {
                problems.push(FieldError::new(field("quantity"), "benefit.quantity"));
            }
            if benefit.cost_minor.is_some_and(Money::is_negative) {
                problems.push(FieldError::new(field("cost_minor"), "amount.negative"));
            }
        }
    }
    refuse_if_any(problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::birthday::Calendar;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn service(per: Per) -> Benefit {
        Benefit {
            key: "b".to_owned(),
            words: "免费加急".to_owned(),
            cost_minor: None,
            kind: Kind::Service { quantity: 2, per },
        }
    }

    fn span(per: Per, on: &str) -> (String, String) {
        let span = service(per).span(day(on), None).unwrap();
        (span.from.to_string(), span.until.unwrap().to_string())
    }

    fn days(from: &str, until: &str) -> (String, String) {
        (from.to_owned(), until.to_owned())
    }

    #[test]
    fn a_quantity_begins_anew_with_each_period() {
        assert_eq!(span(Per::Day, "2026-03-01"), days("2026-03-01", "2026-03-01"));
        assert_eq!(span(Per::Week, "2026-03-01"), days("2026-02-23", "2026-03-01"), "Sunday ends a week");
        assert_eq!(span(Per::Month, "2028-02-29"), days("2028-02-01", "2028-02-29"));
        assert_eq!(span(Per::Quarter, "2026-12-31"), days("2026-10-01", "2026-12-31"));
        assert_eq!(span(Per::Year, "2026-01-01"), days("2026-01-01", "2026-12-31"));
    }

    #[test]
    fn a_birthday_treat_has_the_month_of_its_own_calendar() {
        let treat =
            Benefit { key: "b".to_owned(), words: "拉花咖啡".to_owned(), cost_minor: None, kind: Kind::Birthday };
        let solar = Birthday { calendar: Calendar::Solar, year: None, month: 2, day: 29, leap: false };
        assert_eq!(treat.span(day("2026-02-01"), Some(&solar)).unwrap().until, Some(day("2026-02-28")));
        assert_eq!(treat.span(day("2026-03-01"), Some(&solar)), None);
        // The twelfth lunar month of 2025 lies in January and February 2026.
        let lunar = Birthday { calendar: Calendar::Lunar, year: None, month: 12, day: 8, leap: false };
        let span = treat.span(day("2026-02-10"), Some(&lunar)).unwrap();
        assert_eq!((span.from, span.until), (day("2026-01-19"), Some(day("2026-02-16"))));
        assert_eq!(treat.span(day("2026-02-17"), Some(&lunar)), None, "the spring festival begins another month");
        assert_eq!(treat.span(day("2026-02-10"), None), None, "nobody's birthday is guessed");
    }

    #[test]
    fn benefits_that_cannot_be_kept_are_refused_at_their_place() {
        let cost_minor = Some(Money::from_minor(-1));
        let wrong = Benefit {
            kind: Kind::Multiplier { rate_bp: 5_000 },
            words: " ".to_owned(),
            cost_minor,
            ..service(Per::Day)
        };
        let Err(RuleError::Invalid(problems)) = check(&[&[], &[service(Per::Day), wrong]]) else { panic!("accepted") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["words", "key", "rate_bp", "cost_minor"].map(|name| format!("steps.1.benefits.1.{name}")));
    }
}
