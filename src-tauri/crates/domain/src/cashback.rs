//! Annual cashback (年度返现): a share of what a customer paid in a year, computed once on the year's sum with one
//! rounding. Adding up single sales would round a customer out of whole yuan.

use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shop's rules for the year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackRules {
    /// Rates by amount. The step that the year's net reaches applies to all of it, not only to what lies above.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Rates by the tier held at pay-out, in basis points. A tier named here has its rate in place of the steps.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tier_rates_bp: BTreeMap<String, u32>,
    /// The most that is paid, in minor units; none is no limit.
    #[serde(default)]
    pub cap_minor: Option<Money>,
    /// The least that is paid, in minor units: a smaller cashback is none.
    #[serde(default)]
    pub minimum_minor: Money,
}

/// One rate of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Step {
    /// The year's net from which on it holds (≥), in minor units.
    pub from_minor: Money,
    /// The rate in basis points: 200 is 2 %.
    pub rate_bp: u32,
}

/// The cashback of one customer and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Cashback {
    /// Σ of the year's sales after refunds, in minor units.
    pub net_minor: Money,
    /// What the year gives, in minor units; never below zero.
    pub cashback_minor: Money,
}

/// What is paid once earlier years are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Payout {
    /// To pay now, in minor units.
    pub payable_minor: Money,
    /// What goes over into the next year, in minor units; zero or negative.
    pub carried_minor: Money,
}

impl CashbackRules {
    /// Refuses rules that contradict themselves.
    ///
    /// # Errors
    /// All problems at once: `steps.missing`, `steps.not_rising`, `amount.negative`, `rate.too_large`,
    /// `cap.below_minimum`.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        if self.steps.is_empty() && self.tier_rates_bp.is_empty() {
            problems.push(FieldError::new("steps", "steps.missing"));
        }
        let mut below: Option<Money> = None;
        for (index, step) in self.steps.iter().enumerate() {
            let field = format!("steps.{index}.from_minor");
            if step.from_minor.is_negative() {
                problems.push(FieldError::new(field, "amount.negative"));
            } else if below.is_some_and(|below| step.from_minor <= below) {
                problems.push(FieldError::new(field, "steps.not_rising"));
            }
            below = below.max(Some(step.from_minor));
            if step.rate_bp > 10_000 {
                problems.push(FieldError::new(format!("steps.{index}.rate_bp"), "rate.too_large"));
            }
        }
        for (tier, rate) in &self.tier_rates_bp {
            if *rate > 10_000 {
                problems.push(FieldError::new(format!("tier_rates_bp.{tier}"), "rate.too_large"));
            }
        }
        if self.minimum_minor.is_negative() {
            problems.push(FieldError::new("minimum_minor", "amount.negative"));
        }
        match self.cap_minor {
            Some(cap) if cap.is_negative() => problems.push(FieldError::new("cap_minor", "amount.negative")),
            Some(cap) if cap < self.minimum_minor => {
                problems.push(FieldError::new("cap_minor", "cap.below_minimum"));
            }
            _ => {}
        }
        refuse_if_any(problems)
    }

    /// The rate that a year's net has reached, in basis points; 0 below the first step.
    pub fn rate_bp(&self, net: Money, tier: Option<&str>) -> u32 {
        let of_tier = tier.and_then(|tier| self.tier_rates_bp.get(tier)).copied();
        let of_steps = || self.steps.iter().rev().find(|step| net >= step.from_minor).map_or(0, |step| step.rate_bp);
        of_tier.unwrap_or_else(of_steps)
    }
}

/// The cashback of a year from its nets: sales, and refunds of sales of that year as negatives. One floor at the end,
/// then the cap; less than the minimum is nothing.
///
/// # Errors
/// What [`CashbackRules::check`] refuses; `amount.too_large` when the year does not fit.
pub fn cashback(
    rules: &CashbackRules,
    sales: impl IntoIterator<Item = Money>,
    tier: Option<&str>,
) -> Result<Cashback, RuleError> {
    rules.check()?;
    let net = Money::checked_sum(sales).ok_or_else(|| RuleError::field("sales_minor", "amount.too_large"))?;
    let rate = rules.rate_bp(net, tier);
    let exact = i128::from(net.minor().max(0)) * i128::from(rate);
    let floor = Money::from_minor(i64::try_from(exact / 10_000).unwrap_or(0));
    let capped = rules.cap_minor.map_or(floor, |cap| floor.min(cap));
    let paid = if capped < rules.minimum_minor { Money::ZERO } else { capped };
    Ok(Cashback { net_minor: net, cashback_minor: paid })
}

/// Settles a year with what was carried over from before (zero or negative). What is owed back is never collected,
/// it goes over again. Without membership at pay-out nothing is paid, but a debt stays.
///
/// # Errors
/// `carried.positive`: a positive carry-over would be money that was not paid out in its own year.
pub fn pay_out(cashback: Money, carried: Money, is_member: bool) -> Result<Payout, RuleError> {
    if carried > Money::ZERO {
        return Err(RuleError::field("carried_minor", "carried.positive"));
    }
    let due = if is_member { cashback.max(Money::ZERO) } else { Money::ZERO };
    let sum = Money::from_minor(due.minor().saturating_add(carried.minor()));
    Ok(Payout { payable_minor: sum.max(Money::ZERO), carried_minor: sum.min(Money::ZERO) })
}

/// What a refund after the pay-out carries over: the year computed again minus what was paid for it, never above
/// zero. The result replaces an earlier one for the same year, so computing it twice changes nothing.
pub fn carry_over(computed_again: Money, paid: Money) -> Money {
    Money::from_minor(computed_again.minor().saturating_sub(paid.minor()).min(0))
}

/// A year that was approved for a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantedYear {
    /// What the year gave when it was approved.
    pub granted: Money,
    /// What was paid then, after earlier debts.
    pub paid: Money,
    /// What the year would give today, with the refunds that came since.
    pub again: Money,
}

/// What a customer carries over from approved years: what they still give, minus what was paid for them. Never above zero: a
/// year gives no more than was approved. Settled debts settle themselves, because a year that paid less because of one
/// still gives all of its own.
pub fn balance(years: &[GrantedYear]) -> Money {
    let sum = years.iter().fold(0_i64, |sum, year| {
        sum.saturating_add(year.again.min(year.granted).minor()).saturating_sub(year.paid.minor())
    });
    Money::from_minor(sum.min(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::iter::repeat_n;

    fn minor(amount: i64) -> Money {
        Money::from_minor(amount)
    }

    fn rules(steps: &[(i64, u32)]) -> CashbackRules {
        let step = |(from, rate_bp): &(i64, u32)| Step { from_minor: minor(*from), rate_bp: *rate_bp };
        CashbackRules { steps: steps.iter().map(step).collect(), ..CashbackRules::default() }
    }

    fn paid(rules: &CashbackRules, net: i64) -> i64 {
        cashback(rules, [minor(net)], None).unwrap().cashback_minor.minor()
    }

    fn problems(rules: &CashbackRules) -> Vec<String> {
        let Err(RuleError::Invalid(fields)) = rules.check() else { return vec![] };
        fields.into_iter().map(|field| format!("{} {}", field.field, field.problem)).collect()
    }

    #[test]
    fn the_year_is_rounded_once() {
        // A hundred sales of 0.99 at 2 %: 1.98, not a hundred times 0.01.
        let year = cashback(&rules(&[(0, 200)]), repeat_n(minor(99), 100), None).unwrap();
        assert_eq!((year.net_minor.minor(), year.cashback_minor.minor()), (9_900, 198));
        assert_eq!(paid(&rules(&[(0, 200)]), 168), 3, "3.36 rounds down");
    }

    #[test]
    fn the_step_reached_applies_to_the_whole_year() {
        let rules = rules(&[(100_000, 100), (500_000, 300)]);
        assert_eq!(paid(&rules, 99_999), 0, "below the first step");
        assert_eq!(paid(&rules, 100_000), 1_000, "reaching is ≥");
        assert_eq!(paid(&rules, 500_000), 15_000, "3 % of all of it");
    }

    #[test]
    fn the_cap_and_the_minimum_are_about_what_is_paid() {
        let limited = CashbackRules { cap_minor: Some(minor(1_000)), minimum_minor: minor(100), ..rules(&[(0, 100)]) };
        assert_eq!(paid(&limited, 1_000_000), 1_000);
        assert_eq!(paid(&limited, 9_999), 0, "0.99 is not worth a voucher");
        assert_eq!(paid(&limited, 10_000), 100);
    }

    #[test]
    fn a_tier_with_its_own_rate_does_not_look_at_the_steps() {
        let mut rules = rules(&[(0, 100)]);
        rules.tier_rates_bp.insert("金卡".into(), 500);
        let of = |tier| cashback(&rules, [minor(10_000)], tier).unwrap().cashback_minor.minor();
        assert_eq!((of(Some("金卡")), of(Some("银卡")), of(None)), (500, 100, 100));
    }

    #[test]
    fn a_year_with_more_refunds_than_sales_gives_nothing() {
        let year = cashback(&rules(&[(0, 200)]), [minor(100), minor(-300)], None).unwrap();
        assert_eq!((year.net_minor.minor(), year.cashback_minor.minor()), (-200, 0));
    }

    #[test]
    fn a_refund_after_the_pay_out_carries_over_until_it_is_settled() {
        // 2 % of 10,000.00 was paid; then 4,000.00 came back.
        let again = paid(&rules(&[(0, 200)]), 600_000);
        let carried = carry_over(minor(again), minor(20_000));
        assert_eq!(carried.minor(), -8_000);
        let next = pay_out(minor(5_000), carried, true).unwrap();
        assert_eq!((next.payable_minor.minor(), next.carried_minor.minor()), (0, -3_000));
        let after = pay_out(minor(5_000), next.carried_minor, true).unwrap();
        assert_eq!((after.payable_minor.minor(), after.carried_minor.minor()), (2_000, 0));
        assert!(pay_out(minor(0), minor(1), true).is_err());
    }

    #[test]
    fn who_is_no_member_any_more_is_not_paid() {
        let left = pay_out(minor(5_000), minor(-100), false).unwrap();
        assert_eq!((left.payable_minor.minor(), left.carried_minor.minor()), (0, -100));
    }

    #[test]
    fn rules_that_contradict_themselves_are_refused() {
        assert_eq!(problems(&rules(&[(0, 100), (0, 200)])), ["steps.1.from_minor steps.not_rising"]);
        assert_eq!(problems(&rules(&[(500, 100), (100, 200)])), ["steps.1.from_minor steps.not_rising"]);
        assert_eq!(
            problems(&rules(&[(-1, 10_001)])),
            ["steps.0.from_minor amount.negative", "steps.0.rate_bp rate.too_large"]
        );
        assert_eq!(problems(&rules(&[])), ["steps steps.missing"]);
        let upside_down = CashbackRules { cap_minor: Some(minor(1)), minimum_minor: minor(2), ..rules(&[(0, 1)]) };
        assert_eq!(problems(&upside_down), ["cap_minor cap.below_minimum"]);
    }

    #[test]
    fn the_balance_of_approved_years_is_the_debt_that_is_still_open() {
        let year =
            |granted, paid, again| GrantedYear { granted: minor(granted), paid: minor(paid), again: minor(again) };
        let first = year(20_000, 20_000, 12_000);
        assert_eq!(balance(&[year(20_000, 20_000, 20_000)]).minor(), 0);
        assert_eq!(balance(&[first]).minor(), -8_000, "refunds took 80.00 of it");
        assert_eq!(balance(&[first, year(5_000, 0, 5_000)]).minor(), -3_000, "the next year settled 50.00");
        assert_eq!(balance(&[first, year(5_000, 0, 5_000), year(5_000, 2_000, 5_000)]).minor(), 0);
        assert_eq!(balance(&[year(20_000, 20_000, 25_000)]).minor(), 0, "a late entry pays nothing afterwards");
    }
}
