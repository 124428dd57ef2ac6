//! How the values of a measure are spread: the bars behind draggable cut points. Bars are equally wide in whole
//! units; the last one takes the long tail above the 98th percentile, which would flatten all others.

use super::cuts::gather;
use super::measure::MeasureRef;
use super::quantile::top_cut;
use super::table::MeasureTable;
use serde::{Deserialize, Serialize};

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "DistributionBar"))]
pub struct Bar {
    /// The smallest value in it.
    pub from: i64,
    /// The largest value in it.
    pub to: i64,
    /// Customers with such a value.
    pub customers: u32,
}

/// At most `most` bars over the customers of the population that have the measure; none without customers. `orders`
/// is the measure that makes a customer part of the population.
pub fn distribution(table: &MeasureTable, measure: &MeasureRef, orders: &MeasureRef, most: u16) -> Vec<Bar> {
    let (Ok(column), Ok(orders)) = (table.column(measure), table.column(orders)) else { return Vec::new() };
    let mut values = Vec::new();
    gather(&mut values, column, orders);
    let (Some(low), Some(high)) = (values.iter().min().copied(), values.iter().max().copied()) else {
        return Vec::new();
    };
    let most = i64::from(most.max(2));
    let usual = top_cut(&values, 200).map_or(high, |cut| cut.floor());
    // One bar is kept for the tail.
    let width = (usual.saturating_sub(low) / (most - 1)).saturating_add(1);
    let mut counts = vec![0_u32; usize::try_from(most).unwrap_or(2)];
    let (last, parts) = (counts.len() - 1, Divider::new(width.unsigned_abs()));
    for value in &values {
        let place = usize::try_from(parts.quotient(value.abs_diff(low))).unwrap_or(usize::MAX).min(last);
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    while counts.len() > 1 && counts.last() == Some(&0) {
        counts.pop();
    }
    let last = counts.len() - 1;
    let bar = |(place, customers): (usize, u32)| {
        let from = low.saturating_add(width.saturating_mul(place as i64));
        let to = from.saturating_add(width - 1);
        Bar { from, to: if place == last { to.max(high) } else { to }, customers }
    };
    counts.into_iter().enumerate().map(bar).collect()
}

/// Divides many numbers by one: a multiplication takes the place of most divisions, which take ten times as long.
struct Divider {
    by: u64,
    /// ⌊(2⁶⁴ − 1) / by⌋ + 1. Up to 2³² its upper half times a number is the quotient exactly; 0 where that does not fit.
    reciprocal: u64,
}

impl Divider {
    fn new(by: u64) -> Self {
        let by = by.max(1);
        let fits = u32::try_from(by).is_ok();
        Self { by, reciprocal: if fits { (u64::MAX / by).checked_add(1).unwrap_or(0) } else { 0 } }
    }

    fn quotient(&self, number: u64) -> u64 {
        if self.reciprocal == 0 || number > u64::from(u32::MAX) {
            return number / self.by;
        }
        ((u128::from(number) * u128::from(self.reciprocal)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::measure::Measure;
    use crate::segmentation::presets::simple_rfm;
    use crate::segmentation::test_support::*;
    use crate::segmentation::window::Window;
    use proptest::prelude::*;

    fn bars(nets: &[i64], most: u16) -> Vec<(i64, i64, u32)> {
        let scheme = simple_rfm();
        let mut needs = scheme.needs();
        let net = MeasureRef::new(Measure::NetMinor, Window::default());
        needs.measures.insert(net.clone());
        let customers: Vec<_> = nets.iter().zip(1..).map(|(net, id)| buyer(id, 1, 1, *net)).collect();
        let table = MeasureTable::of(&needs, &customers);
        let found = distribution(&table, &net, &scheme.population_measure(), most);
        found.into_iter().map(|bar| (bar.from, bar.to, bar.customers)).collect()
    }

    #[test]
    fn bars_hold_everybody_once() {
        assert_eq!(bars(&[0, 1, 2, 3, 4, 5], 4), [(0, 1, 2), (2, 3, 2), (4, 5, 2)]);
        assert_eq!(bars(&[7, 7, 7], 4), [(7, 7, 3)]);
        assert!(bars(&[], 4).is_empty());
    }

    #[test]
    fn one_giant_does_not_flatten_the_others() {
        let mut nets: Vec<i64> = (0..100).collect();
        nets.push(1_000_000);
        let found = bars(&nets, 11);
        assert_eq!(found.len(), 11);
        assert_eq!(found.iter().map(|(_, _, customers)| customers).sum::<u32>(), 101);
        assert_eq!(found.last().map(|(_, to, _)| *to), Some(1_000_000));
        assert!(found[0].2 >= 9, "the usual customers keep their bars: {found:?}");
    }

    proptest! {
        #[test]
        fn a_quotient_is_that_of_the_division(
            by in prop_oneof![1_u64..50, any::<u32>().prop_map(u64::from), any::<u64>()],
            number in prop_oneof![0_u64..500, any::<u32>().prop_map(u64::from), any::<u64>()],
            times in 0_u64..40,
        ) {
            let by = by.max(1);
            for number in [number, by.saturating_mul(times), by.saturating_mul(times).saturating_sub(1)] {
                prop_assert_eq!(Divider::new(by).quotient(number), number / by, "{} / {}", number, by);
            }
        }
    }
}
