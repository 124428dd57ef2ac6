//! 潜在: who ordered little yet and shows interest, by a high potential score or by coming forward. Promoted harder, with
//! an interval of their own that is shorter than that of their class.

use super::condition::{Comparison, Condition};
use super::interval;
use super::measure::{Measure, MeasureRef};
use super::window::Window;
use crate::error::{FieldError, RuleError, refuse_if_any};
use serde::{Deserialize, Serialize};

/// Key of the score in the scheme of contribution and potential.
pub const POTENTIAL: &str = "potential";
/// More than that is no longer little, whatever the shop sells.
const MOST_ORDERS: u32 = 100;

/// Who is on the list of those to promote to, over the last 12 months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PromisingRule {
    /// At most so many orders.
    pub most_orders: u32,
    /// Potential from which on somebody is promising, 1 to 100.
    pub potential_from: u8,
    /// Interactions (the customer came forward or answered) from which on somebody is promising whatever the score.
    pub interactions_from: u32,
    /// Get in touch every so many days.
    pub interval_days: u32,
}

impl Default for PromisingRule {
    fn default() -> Self {
        Self { most_orders: 2, potential_from: 60, interactions_from: 2, interval_days: 14 }
    }
}

impl PromisingRule {
    /// Refuses limits that cannot be meant.
    ///
    /// # Errors
    /// `orders.out_of_range`, `points.out_of_range`, `interval.out_of_range` at their fields.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        if !(1..=MOST_ORDERS).contains(&self.most_orders) {
            problems.push(FieldError::new("most_orders", "orders.out_of_range").with("most", MOST_ORDERS));
        }
        if !(1..=100).contains(&self.potential_from) {
            problems.push(FieldError::new("potential_from", "points.out_of_range"));
        }
        if !(1..=MOST_ORDERS).contains(&self.interactions_from) {
            problems.push(FieldError::new("interactions_from", "interactions.out_of_range").with("most", MOST_ORDERS));
        }
        problems.extend(interval::problem("interval_days", self.interval_days));
        refuse_if_any(problems)
    }

    /// The condition over a scheme that has the score of potential.
    pub fn condition(&self) -> Condition {
        let year = |measure: Measure, is: Comparison| Condition::Measure {
            measure: MeasureRef::new(measure, Window::default()),
            is,
        };
        let score = Condition::Score {
            score: POTENTIAL.to_owned(),
            is: Comparison::AtLeast { value: self.potential_from.into() },
        };
        let forward = year(Measure::Interactions, Comparison::AtLeast { value: self.interactions_from.into() });
        let few = year(Measure::Orders, Comparison::AtMost { value: self.most_orders.into() });
        Condition::All { of: vec![few, Condition::Any { of: vec![score, forward] }] }
    }

    /// Whether so many orders, points and interactions are those of somebody promising.
    pub fn holds(&self, orders: i64, potential: Option<u8>, interactions: i64) -> bool {
        let has_potential = potential.is_some_and(|points| points >= self.potential_from);
        orders <= self.most_orders.into() && (has_potential || interactions >= self.interactions_from.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_orders_need_a_score_or_interest_beside_them() {
        let rule = PromisingRule::default();
        assert!(rule.holds(0, None, 2), "never bought and asked twice");
        assert!(rule.holds(2, Some(60), 0));
        assert!(!rule.holds(3, Some(100), 9), "orders enough");
        assert!(!rule.holds(1, Some(59), 1));
    }

    #[test]
    fn limits_that_cannot_be_meant_are_refused() {
        let bad = PromisingRule { most_orders: 0, potential_from: 101, interactions_from: 0, interval_days: 367 };
        let Err(RuleError::Invalid(problems)) = bad.check() else { panic!() };
        assert_eq!(problems.len(), 4);
        assert_eq!(PromisingRule::default().check(), Ok(()));
    }
}
