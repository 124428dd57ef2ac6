//! What a sale earns. Rates add up per line, then the tier's multiplier, then fixed bonuses, and one floor at the
//! end. The answer depends only on what is left of the sale after all refunds, so any split of refunds ends alike.

use super::{EarnRule, Points, Rules};
use crate::error::RuleError;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// One line of a sale as points see it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Line {
    /// The item, compared as written.
    #[serde(default)]
    pub item: Option<String>,
    /// The category, compared as written.
    #[serde(default)]
    pub category: Option<String>,
    /// The line's amount in minor units. Negative for goods taken back within the sale, zero for a gift.
    pub amount_minor: Money,
}

/// What a sale's points are computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis<'a> {
    /// The lines.
    pub lines: &'a [Line],
    /// How much of each line's goods has come back; missing entries are nothing.
    pub returned: &'a [Money],
    /// What is left of the net: lines − discounts − coupons − money paid by points − refunds.
    pub net: Money,
    /// The multiplier of the customer's tier at the sale, in basis points.
    pub multiplier_bp: u32,
}

/// The points that a sale owes the customer.
///
/// Discounts, points money and refunds by amount take the same share of every line; goods that came back take their
/// own line. A line without positive amount earns no bonus: a gift is no purchase.
///
/// # Errors
/// `amount.too_large` when the exact arithmetic would not fit.
pub fn points_owed(rules: &Rules, basis: &Basis) -> Result<Points, RuleError> {
    exact(rules, basis).ok_or_else(|| RuleError::field("lines", "amount.too_large"))
}

fn exact(rules: &Rules, basis: &Basis) -> Option<Points> {
    if basis.net <= Money::ZERO {
        return Some(Points::ZERO);
    }
    let mut left: Vec<i128> = (0..basis.lines.len()).map(|index| goods_left(basis, index)).collect();
    let mut goods = checked_sum(left.iter().copied())?;
    if goods <= 0 {
        // Everything came back but not all of the money: what was bought still says what the money was for.
        left = basis.lines.iter().map(|line| i128::from(line.amount_minor.minor())).collect();
        goods = checked_sum(left.iter().copied())?;
    }
    if goods <= 0 {
        return Some(Points::ZERO);
    }
    let base = common_base(&rules.earn)?;
    let mut rated: i128 = 0;
    for rule in &rules.earn {
        // A category that only a negative line has must not take points away that other lines earned.
        rated = rated.checked_add(rate(rule, basis.lines, &left, base)?.max(0))?;
    }
    let rated = rated.checked_mul(i128::from(basis.net.minor()))?.checked_mul(basis.multiplier_bp.into())?;
    let floor = rated.checked_div(goods.checked_mul(base)?.checked_mul(10_000)?)?;
    let total = floor.checked_add(bonuses(&rules.earn, basis.lines, &left)?)?;
    i64::try_from(total).ok().map(Points)
}

fn goods_left(basis: &Basis, index: usize) -> i128 {
    let amount = basis.lines.get(index).map_or(0, |line| line.amount_minor.minor());
    let returned = basis.returned.get(index).map_or(0, |money| money.minor());
    i128::from(amount) - i128::from(returned)
}

/// The least amount for which every rate is a whole number.
fn common_base(rules: &[EarnRule]) -> Option<i128> {
    rules.iter().try_fold(1_i128, |base, rule| match rule {
        EarnRule::PerAmount { per_minor, .. } => {
            let per = i128::from(per_minor.minor());
            base.checked_div(gcd(base, per))?.checked_mul(per)
        }
        EarnRule::Bonus { .. } => Some(base),
    })
}

/// What one rate makes of all lines that it matches, in points per `base`.
fn rate(rule: &EarnRule, lines: &[Line], left: &[i128], base: i128) -> Option<i128> {
    let EarnRule::PerAmount { points, per_minor, category, item } = rule else { return Some(0) };
    let per_base = i128::from(points.0).checked_mul(base.checked_div(i128::from(per_minor.minor()))?)?;
    let matching = lines.iter().zip(left).filter(|(line, _)| matches(line, category, item));
    checked_sum(matching.map(|(_, left)| *left))?.checked_mul(per_base)
}

fn bonuses(rules: &[EarnRule], lines: &[Line], left: &[i128]) -> Option<i128> {
    rules.iter().try_fold(0_i128, |sum, rule| {
        let EarnRule::Bonus { points, category, item } = rule else { return Some(sum) };
        let bought = lines.iter().zip(left).filter(|(line, left)| **left > 0 && matches(line, category, item)).count();
        let times = if category.is_none() && item.is_none() { bought.min(1) } else { bought };
        sum.checked_add(i128::from(points.0).checked_mul(i128::try_from(times).ok()?)?)
    })
}

fn matches(line: &Line, category: &Option<String>, item: &Option<String>) -> bool {
    let fits = |wanted: &Option<String>, has: &Option<String>| wanted.is_none() || wanted == has;
    fits(category, &line.category) && fits(item, &line.item)
}

fn checked_sum(mut values: impl Iterator<Item = i128>) -> Option<i128> {
    values.try_fold(0_i128, i128::checked_add)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(item: &str, category: &str, amount: i64) -> Line {
        Line { item: Some(item.into()), category: Some(category.into()), amount_minor: Money::from_minor(amount) }
    }

    fn per(points: i64, per_minor: i64, category: Option<&str>) -> EarnRule {
        EarnRule::PerAmount {
            points: Points(points),
            per_minor: Money::from_minor(per_minor),
            category: category.map(str::to_owned),
            item: None,
        }
    }

    fn bonus(points: i64, item: Option<&str>) -> EarnRule {
        EarnRule::Bonus { points: Points(points), category: None, item: item.map(str::to_owned) }
    }

    fn earned(earn: Vec<EarnRule>, multiplier_bp: u32, lines: &[Line], net: i64) -> i64 {
        let rules = Rules { earn, ..Rules::default() };
        let basis = Basis { lines, returned: &[], net: Money::from_minor(net), multiplier_bp };
        points_owed(&rules, &basis).unwrap().0
    }

    #[test]
    fn there_is_one_floor_at_the_end_of_the_sale() {
        let lines = [line("a", "c", 150), line("b", "c", 150)];
        assert_eq!(earned(vec![per(1, 100, None)], 10_000, &lines, 300), 3, "1.5 + 1.5, not 1 + 1");
        assert_eq!(earned(vec![per(1, 100, None)], 15_000, &lines, 300), 4, "3 × 1.5 = 4.5");
        assert_eq!(earned(vec![per(1, 100, None)], 10_000, &[line("a", "c", 99)], 99), 0);
    }

    #[test]
    fn rates_of_a_line_add_up() {
        let lines = [line("a", "茶", 1_000), line("b", "饼", 1_000)];
        let earn = vec![per(1, 100, None), per(2, 100, Some("茶"))];
        assert_eq!(earned(earn, 10_000, &lines, 2_000), 40, "30 for tea, 10 for cake");
        assert_eq!(earned(vec![per(1, 300, None), per(1, 700, None)], 10_000, &lines[..1], 1_000), 4, "3.33 + 1.43");
    }

    #[test]
    fn the_multiplier_does_not_touch_fixed_bonuses() {
        let lines = [line("X", "c", 1_200)];
        assert_eq!(earned(vec![per(1, 100, None), bonus(5, Some("X"))], 20_000, &lines, 1_200), 29);
    }

    #[test]
    fn a_bonus_is_given_for_every_line_bought_but_not_for_a_gift() {
        let lines = [line("X", "c", 100), line("X", "c", 100), line("X", "c", 0), line("Y", "c", 100)];
        assert_eq!(earned(vec![bonus(5, Some("X"))], 10_000, &lines, 300), 10);
        assert_eq!(earned(vec![bonus(7, None)], 10_000, &lines, 300), 7, "a bonus for everything is one a sale");
        assert_eq!(earned(vec![bonus(7, None)], 10_000, &lines, 0), 0, "a sale that came back gives nothing");
    }

    #[test]
    fn what_points_and_refunds_take_off_is_shared_by_all_lines() {
        let lines = [line("a", "茶", 1_000), line("b", "饼", 1_000)];
        let earn = vec![per(1, 100, Some("茶"))];
        assert_eq!(earned(earn.clone(), 10_000, &lines, 1_000), 5, "half of the money was for tea");
        let rules = Rules { earn, ..Rules::default() };
        let returned = [Money::ZERO, Money::from_minor(1_000)];
        let basis = Basis { lines: &lines, returned: &returned, net: Money::from_minor(1_000), multiplier_bp: 10_000 };
        assert_eq!(points_owed(&rules, &basis).unwrap(), Points(10), "the cake came back, the tea did not");
    }

    #[test]
    fn a_negative_line_takes_its_own_share() {
        let lines = [line("a", "c", 1_000), line("b", "c", -300)];
        assert_eq!(earned(vec![per(1, 100, None)], 10_000, &lines, 700), 7);
        let only_back = [line("a", "c", 1_000), line("b", "茶", -300)];
        assert_eq!(earned(vec![per(1, 100, Some("茶"))], 10_000, &only_back, 700), 0, "never below nothing");
        let both = vec![per(1, 100, None), per(2, 100, Some("茶"))];
        assert_eq!(earned(both, 10_000, &only_back, 700), 7, "the extra rate of tea takes nothing from the rest");
    }

    #[test]
    fn the_largest_sale_is_still_exact() {
        let lines = [line("a", "c", 9_000_000_000_000_000)];
        let earned = earned(vec![per(1, 100, None)], 10_000, &lines, 9_000_000_000_000_000);
        assert_eq!(earned, 90_000_000_000_000);
    }

    #[test]
    fn arithmetic_that_does_not_fit_is_refused() {
        let rules =
            Rules { earn: vec![per(999_999_937, 999_999_937, None), per(1, 999_999_929, None)], ..Rules::default() };
        let lines = [line("a", "c", 9_000_000_000_000_000)];
        let basis = Basis {
            lines: &lines,
            returned: &[],
            net: Money::from_minor(9_000_000_000_000_000),
            multiplier_bp: 10_000,
        };
        assert!(points_owed(&rules, &basis).is_err());
    }
}
