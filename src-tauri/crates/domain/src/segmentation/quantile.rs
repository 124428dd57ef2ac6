//! Cut points as exact fractions, and what stands above them. Quantiles are of type 7 (Hyndman, Fan 1996; numpy
//! "linear", Excel PERCENTILE.INC): at the share i/k of n sorted values, with h = (n − 1)·i, the cut point is
//! (lo·(k − f) + hi·f)/k, where lo is the value at position ⌊h/k⌋, hi the next one and f = h mod k. No float is
//! involved, so equal values always score equally and anybody gets the same answer.

use super::order_statistics::order_statistics;
use serde::{Deserialize, Deserializer, Serialize};
use std::cmp::Ordering;

/// An exact number `numerator / denominator` in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// What is read from outside, before it is known to be a fraction.
        #[derive(Deserialize)]
        struct Parts {
            numerator: i64,
            denominator: i64,
        }
        let Parts { numerator, denominator } = Parts::deserialize(deserializer)?;
        Self::new(i128::from(numerator), i128::from(denominator))
            .ok_or_else(|| serde::de::Error::custom(format!("{numerator}/{denominator} is no fraction")))
    }
}

impl Fraction {
    /// `numerator / denominator`; `None` unless the denominator is positive and the reduced parts fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|divisor| *divisor > 0)?;
        Some(Self {
            numerator: i64::try_from(numerator / divisor).ok()?,
            denominator: i64::try_from(denominator / divisor).ok()?,
        })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// The upper part.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The lower part, above zero.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The largest whole number that is not above this one.
    pub const fn floor(self) -> i64 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The smallest whole number that is not below this one.
    pub const fn ceil(self) -> i64 {
        if self.numerator.rem_euclid(self.denominator) == 0 { self.floor() } else { self.floor() + 1 }
    }

    /// How this number compares with a whole one, exactly.
    pub fn cmp_whole(self, whole: i64) -> Ordering {
        i128::from(self.numerator).cmp(&(i128::from(whole) * i128::from(self.denominator)))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The `parts − 1` cut points that divide the values into `parts` quantiles, ascending; `None` without values or
/// with fewer than two parts.
pub fn quantile_cuts(values: &[i64], parts: u32) -> Option<Vec<Fraction>> {
    let last = values.len().checked_sub(1)? as u64;
    let k = u64::from(parts);
    if parts < 2 {
        return None;
    }
    let places: Vec<(usize, u64)> = (1..k).map(|i| ((last * i / k) as usize, last * i % k)).collect();
    let mut wanted: Vec<usize> = places.iter().flat_map(|(at, rest)| [*at, at + usize::from(*rest > 0)]).collect();
    wanted.dedup();
    let found = order_statistics(values, &wanted);
    let at = |rank: usize| {
        wanted.binary_search(&rank).ok().and_then(|place| found.get(place)).map(|value| i128::from(*value))
    };
    places
        .into_iter()
        .map(|(rank, rest)| {
            let low = at(rank)?;
            let high = if rest > 0 { at(rank + 1)? } else { low };
            let rest = i128::from(rest);
            Fraction::new(low * (i128::from(k) - rest) + high * rest, i128::from(k))
        })
        .collect()
}

/// 1 + the number of cut points strictly below the value: the quintile score 1 to 5 of four cut points.
pub fn score(value: i64, cuts: &[Fraction]) -> u8 {
    let below = cuts.iter().filter(|cut| cut.cmp_whole(value).is_lt()).count();
    u8::try_from(below + 1).unwrap_or(u8::MAX)
}

/// The score where a small value is the best: 6 − score of four cut points.
pub fn score_reversed(value: i64, cuts: &[Fraction]) -> u8 {
    let steps = u8::try_from(cuts.len() + 2).unwrap_or(u8::MAX);
    steps.saturating_sub(score(value, cuts))
}

/// The smallest value that belongs to the top ⌈share·n⌉ (share in basis points); whoever ties with it belongs too.
pub fn top_cut(values: &[i64], share_bp: u32) -> Option<Fraction> {
    let size = (values.len() as u64 * u64::from(share_bp)).div_ceil(10_000) as usize;
    let rank = values.len().checked_sub(size.max(1))?;
    order_statistics(values, &[rank]).first().copied().map(Fraction::whole)
}

/// The smallest value that does not belong to the bottom ⌊share·n⌋; whoever ties with it is spared too.
pub fn bottom_cut(values: &[i64], share_bp: u32) -> Option<Fraction> {
    let size = (values.len() as u64 * u64::from(share_bp) / 10_000) as usize;
    let rank = size.min(values.len().checked_sub(1)?);
    order_statistics(values, &[rank]).first().copied().map(Fraction::whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fractions(parts: &[(i128, i128)]) -> Vec<Fraction> {
        parts.iter().map(|(n, d)| Fraction::new(*n, *d).unwrap()).collect()
    }

    #[test]
    fn quintiles_equal_those_of_numpy_and_excel() {
        // numpy.percentile([1..7], [20, 40, 60, 80]) is 2.2, 3.4, 4.6, 5.8.
        let cuts = quantile_cuts(&[7, 3, 1, 2, 6, 5, 4], 5).unwrap();
        assert_eq!(cuts, fractions(&[(11, 5), (17, 5), (23, 5), (29, 5)]));
        assert_eq!(quantile_cuts(&[10, 20, 40], 3).unwrap(), fractions(&[(50, 3), (80, 3)]));
        assert_eq!(quantile_cuts(&[10, 21], 2).unwrap(), fractions(&[(31, 2)]));
    }

    #[test]
    fn one_customer_is_in_the_first_step_and_an_empty_book_has_no_cuts() {
        let cuts = quantile_cuts(&[42], 5).unwrap();
        assert_eq!((score(42, &cuts), score_reversed(42, &cuts)), (1, 5));
        assert_eq!(quantile_cuts(&[], 5), None);
        assert_eq!(top_cut(&[], 2000), None);
        assert_eq!(bottom_cut(&[], 2000), None);
    }

    #[test]
    fn negative_money_rounds_nowhere() {
        let cuts = quantile_cuts(&[-3, 2], 2).unwrap();
        assert_eq!(cuts, fractions(&[(-1, 2)]));
        assert_eq!(cuts.first().map(|cut| (cut.floor(), cut.ceil())), Some((-1, 0)));
        assert_eq!((score(-1, &cuts), score(0, &cuts)), (1, 2));
    }

    #[test]
    fn ties_go_upward_at_both_ends() {
        let values = [9, 9, 9, 5, 5, 5, 5, 1, 1, 1];
        assert_eq!(top_cut(&values, 2000), Some(Fraction::whole(9)), "all three nines are in the top two places");
        assert_eq!(bottom_cut(&values, 2000), Some(Fraction::whole(1)), "the three ones tie, so none is at the bottom");
        assert_eq!(top_cut(&[1, 2, 3, 4, 5, 6], 2000), Some(Fraction::whole(5)), "⌈1.2⌉ = 2 customers");
        assert_eq!(bottom_cut(&[1, 2, 3, 4, 5, 6], 2000), Some(Fraction::whole(2)), "⌊1.2⌋ = 1 customer");
    }

    #[test]
    fn fractions_travel_exactly_and_nonsense_is_refused() {
        let cut = Fraction::new(22, 10).unwrap();
        let text = serde_json::to_string(&cut).unwrap();
        assert_eq!(text, r#"{"numerator":11,"denominator":5}"#);
        assert_eq!(serde_json::from_str::<Fraction>(&text).unwrap(), cut);
        assert!(serde_json::from_str::<Fraction>(r#"{"numerator":1,"denominator":0}"#).is_err());
    }

    /// The definition taken literally: sort, find the place, interpolate in rationals over a common denominator.
    fn naive_score(values: &[i64], parts: i128, value: i64) -> u8 {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let mut score = 1;
        for i in 1..parts {
            let place = (sorted.len() as i128 - 1) * i;
            let (at, rest) = ((place / parts) as usize, place % parts);
            let next = sorted.get(at + 1).copied().unwrap_or(sorted[at]);
            let cut_times_parts = i128::from(sorted[at]) * parts + rest * i128::from(next - sorted[at]);
            if cut_times_parts < i128::from(value) * parts {
                score += 1;
            }
        }
        score
    }

    proptest! {
        #[test]
        fn scores_equal_the_definition(
            values in prop::collection::vec(prop_oneof![-5i64..20, -1_000_000_000i64..1_000_000_000], 1..80),
            parts in 2u32..11,
        ) {
            let cuts = quantile_cuts(&values, parts).unwrap();
            prop_assert_eq!(cuts.len(), parts as usize - 1);
            prop_assert!(cuts.is_sorted());
            for value in &values {
                prop_assert_eq!(score(*value, &cuts), naive_score(&values, i128::from(parts), *value));
            }
        }

        #[test]
        fn permuting_customers_changes_nothing(values in prop::collection::vec(-50i64..50, 1..60), turn in 0usize..60) {
            let mut turned = values.clone();
            turned.rotate_left(turn % values.len());
            turned.reverse();
            prop_assert_eq!(quantile_cuts(&values, 5), quantile_cuts(&turned, 5));
            prop_assert_eq!(top_cut(&values, 2000), top_cut(&turned, 2000));
            prop_assert_eq!(bottom_cut(&values, 2000), bottom_cut(&turned, 2000));
        }

        #[test]
        fn the_bottom_is_never_larger_and_the_top_never_smaller_than_its_share(
            values in prop::collection::vec(-9i64..9, 1..60),
        ) {
            let top = top_cut(&values, 2000).unwrap();
            let bottom = bottom_cut(&values, 2000).unwrap();
            let in_top = values.iter().filter(|value| top.cmp_whole(**value).is_le()).count();
            let in_bottom = values.iter().filter(|value| bottom.cmp_whole(**value).is_gt()).count();
            prop_assert!(in_top >= values.len().div_ceil(5));
            prop_assert!(in_bottom <= values.len() / 5);
        }
    }
}
