//! A class on trial: first see what comes, then serve them better. What has to be seen since the class began, until which
//! day, and which class follows when it was seen. The program suggests; a person confirms.

use super::interval;
use crate::error::FieldError;
use crate::money::Money;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What has to be seen of a class on trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Trial {
    /// Days after the class began on which somebody looks again.
    pub after_days: u32,
    /// Orders since then that have to be seen; 0 asks for none.
    pub orders: u32,
    /// Money since then that has to be seen; 0 asks for none.
    pub net_minor: Money,
    /// The class that follows.
    pub next_class: String,
}

/// What was seen of one customer since the class began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrialSeen {
    /// The day on which somebody looks again.
    pub review_on: NaiveDate,
    /// Whether that day has come.
    pub is_due: bool,
    /// Whether everything that has to be seen was seen.
    pub is_met: bool,
}

impl Trial {
    /// What cannot be meant, for the policy of a class.
    pub(super) fn problems(&self, class: &str) -> Vec<FieldError> {
        let mut problems: Vec<FieldError> =
            interval::problem("trial.after_days", self.after_days).into_iter().collect();
        if self.net_minor < Money::ZERO {
            problems.push(FieldError::new("trial.net_minor", "amount.negative"));
        }
        if self.orders == 0 && self.net_minor <= Money::ZERO {
            problems.push(FieldError::new("trial.orders", "trial.nothing_to_see"));
        }
        if self.next_class == class {
            problems.push(FieldError::new("trial.next_class", "trial.same_class"));
        }
        problems
    }

    /// What orders and money since the class began say on a day.
    pub fn seen(&self, since: NaiveDate, orders: i64, net: Money, today: NaiveDate) -> Option<TrialSeen> {
        let review_on = since.checked_add_days(Days::new(self.after_days.into()))?;
        let is_met = orders >= self.orders.into() && net >= self.net_minor;
        Some(TrialSeen { review_on, is_due: review_on <= today, is_met })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_over_on_its_day_and_passed_when_everything_was_seen() {
        let trial =
            Trial { after_days: 90, orders: 2, net_minor: Money::from_minor(5_000), next_class: "b".to_owned() };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let seen =
            |orders, net, today| trial.seen(day("2026-01-01"), orders, Money::from_minor(net), day(today)).unwrap();
        assert_eq!(seen(2, 5_000, "2026-03-31").review_on, day("2026-04-01"));
        assert!(!seen(2, 5_000, "2026-03-31").is_due && seen(2, 5_000, "2026-04-01").is_due);
        assert!(seen(2, 5_000, "2026-04-01").is_met);
        assert!(!seen(1, 9_000, "2026-04-01").is_met && !seen(5, 4_999, "2026-04-01").is_met, "both are asked for");
    }

    #[test]
    fn a_trial_that_sees_nothing_or_leads_nowhere_is_refused() {
        let trial = Trial { after_days: 0, orders: 0, net_minor: Money::ZERO, next_class: "a".to_owned() };
        assert_eq!(trial.problems("a").len(), 3);
    }
}
