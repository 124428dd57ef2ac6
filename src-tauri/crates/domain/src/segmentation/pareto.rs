//! Pareto and ABC: who brings how much of the money. By money descending, then by id; the class comes from the
//! cumulative share *before* the row (below 80 % A, below 95 % B, else C), and whoever brings no positive money is C.
//! The whole is the sum of the positive amounts, so that the curve ends at exactly 100 %.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A class of the ABC analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AbcClass {
    /// The first 80 % of the money.
    A,
    /// The next 15 %.
    B,
    /// The rest.
    C,
}

/// One row of the curve, largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParetoRow<Id> {
    /// Customer or product.
    pub id: Id,
    /// What it brings.
    pub money: Money,
    /// Sum of the positive amounts before it.
    pub before: Money,
    /// Its class.
    pub class: AbcClass,
}

/// The curve and its sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pareto<Id> {
    /// Largest first.
    pub rows: Vec<ParetoRow<Id>>,
    /// Sum of the positive amounts.
    pub total: Money,
}

/// Ranks by money and divides into A, B and C. `None` when the sum leaves the range of amounts.
pub fn pareto<Id: Ord + Copy>(amounts: &[(Id, Money)]) -> Option<Pareto<Id>> {
    let mut sorted = amounts.to_vec();
    sorted.sort_unstable_by(|(id, money), (other_id, other)| other.cmp(money).then(id.cmp(other_id)));
    let total = Money::checked_sum(sorted.iter().map(|(_, money)| *money).filter(|money| *money > Money::ZERO))?;
    let mut before = Money::ZERO;
    let mut rows = Vec::with_capacity(sorted.len());
    for (id, money) in sorted {
        rows.push(ParetoRow { id, money, before, class: abc_class(money, before, total) });
        if money > Money::ZERO {
            before = before.checked_add(money)?;
        }
    }
    Some(Pareto { rows, total })
}

fn abc_class(money: Money, before: Money, total: Money) -> AbcClass {
    let (before, total) = (i128::from(before.minor()) * 100, i128::from(total.minor()));
    match money > Money::ZERO {
        true if before < total * 80 => AbcClass::A,
        true if before < total * 95 => AbcClass::B,
        _ => AbcClass::C,
    }
}

impl<Id> Pareto<Id> {
    /// The share that the first `count` rows bring, in basis points rounded half up; `None` without positive money.
    /// With 1, 5 and 10 it warns of a shop that hangs on a few customers.
    pub fn share_of_first(&self, count: usize) -> Option<i64> {
        let first = self.rows.iter().take(count).map(|row| row.money).filter(|money| *money > Money::ZERO);
        let sum = Money::checked_sum(first)?;
        let share = Money::round_half_up(i128::from(sum.minor()) * 10_000, i128::from(self.total.minor()));
        share.map(Money::minor)
    }

    /// The share that the first ⌈share·n⌉ rows bring ("前 20% 贡献 71%"), both in basis points.
    pub fn share_of_top(&self, top_bp: u32) -> Option<i64> {
        let count = (self.rows.len() as u64 * u64::from(top_bp)).div_ceil(10_000);
        self.share_of_first(usize::try_from(count).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(amounts: &[i64]) -> Pareto<usize> {
        let rows: Vec<_> = amounts.iter().map(|minor| Money::from_minor(*minor)).enumerate().collect();
        pareto(&rows).unwrap()
    }

    fn classes(amounts: &[i64]) -> Vec<(usize, AbcClass)> {
        of(amounts).rows.iter().map(|row| (row.id, row.class)).collect()
    }

    #[test]
    fn the_class_comes_from_the_share_before_the_row() {
        use AbcClass::{A, B, C};
        assert_eq!(classes(&[5, 80, 15]), [(1, A), (2, B), (0, C)], "80 % and 95 % exactly are no longer below");
        assert_eq!(classes(&[79, 16, 5]), [(0, A), (1, A), (2, C)]);
        assert_eq!(classes(&[100]), [(0, A)]);
        assert_eq!(classes(&[10, 0, -4]), [(0, A), (1, C), (2, C)], "no positive money is C");
        assert_eq!(classes(&[0, 0]), [(0, C), (1, C)]);
        assert!(classes(&[]).is_empty());
    }

    #[test]
    fn equal_money_is_ordered_by_id() {
        assert_eq!(of(&[7, 9, 7]).rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 0, 2]);
    }

    #[test]
    fn the_sentence_of_the_curve_counts_customers_upward() {
        let curve = of(&[71, 9, 5, 5, 5, 5]);
        assert_eq!(curve.share_of_top(2000), Some(8000), "⌈1.2⌉ = 2 of six customers bring 80 of 100");
        assert_eq!(curve.share_of_first(1), Some(7100));
        assert_eq!(curve.share_of_first(10), Some(10_000));
        assert_eq!(of(&[0, -1]).share_of_top(2000), None);
    }

    proptest! {
        #[test]
        fn classes_never_rise_along_the_curve(amounts in prop::collection::vec(-50i64..500, 0..60)) {
            let curve = of(&amounts);
            prop_assert!(curve.rows.is_sorted_by(|one, next| one.class <= next.class && one.money >= next.money));
            prop_assert_eq!(curve.rows.len(), amounts.len());
        }
    }
}
