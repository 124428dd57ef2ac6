//! 价格敏感: who buys nearly only what is discounted. The share of discounted orders and the number of orders without
//! which a share says nothing are the shop's own; the margin stands beside where a cost is known.

use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// More orders than that a year are no limit that anybody means.
const MOST_ORDERS: u32 = 100;

/// From where on somebody buys promotions only, over the orders of the last 12 months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PromotionRule {
    /// Share of orders with a discount, basis points.
    pub from_bp: u32,
    /// Orders without which the share says nothing.
    pub orders: u32,
}

impl Default for PromotionRule {
    fn default() -> Self {
        Self { from_bp: 8_000, orders: 3 }
    }
}

impl PromotionRule {
    /// Refuses limits that nobody could be held against.
    ///
    /// # Errors
    /// `share.out_of_range`, `orders.out_of_range` at their fields.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        if !(1..=10_000).contains(&self.from_bp) {
            problems.push(FieldError::new("from_bp", "share.out_of_range"));
        }
        if !(1..=MOST_ORDERS).contains(&self.orders) {
            problems.push(FieldError::new("orders", "orders.out_of_range").with("most", MOST_ORDERS));
        }
        refuse_if_any(problems)
    }

    /// Whether so many orders, of which that share was discounted, are those of somebody who looks at prices only.
    pub fn holds(&self, orders: i64, discounted_bp: i64) -> bool {
        orders >= i64::from(self.orders) && discounted_bp >= i64::from(self.from_bp)
    }
}

/// What is left of the money after costs, in basis points of it, rounded half up. `None` where no cost is known, because
/// the profit is then the money itself, and where no money came in.
pub fn margin_bp(net: Money, profit: Money) -> Option<i64> {
    if net <= Money::ZERO || profit == net {
        return None;
    }
    Money::round_half_up(i128::from(profit.minor()) * 10_000, i128::from(net.minor())).map(Money::minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_needs_orders_to_say_anything() {
        let rule = PromotionRule::default();
        assert!(rule.holds(3, 10_000) && rule.holds(10, 8_000));
        assert!(!rule.holds(2, 10_000), "two orders are too few");
        assert!(!rule.holds(10, 7_999));
    }

    #[test]
    fn a_margin_is_known_only_where_a_cost_is() {
        let money = Money::from_minor;
        assert_eq!(margin_bp(money(1_000), money(250)), Some(2_500));
        assert_eq!(margin_bp(money(1_000), money(-100)), Some(-1_000), "sold below cost");
        assert_eq!(margin_bp(money(1_000), money(1_000)), None);
        assert_eq!(margin_bp(money(0), money(-10)), None);
        assert_eq!(margin_bp(money(3), money(2)), Some(6_667), "half up");
    }

    #[test]
    fn limits_that_nobody_could_reach_are_refused() {
        let bad = PromotionRule { from_bp: 10_001, orders: 0 };
        let Err(RuleError::Invalid(problems)) = bad.check() else { panic!() };
        assert_eq!(problems.len(), 2);
        assert_eq!(PromotionRule { from_bp: 10_000, orders: 1 }.check(), Ok(()));
    }
}
