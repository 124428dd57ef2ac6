//! How the values of a measure are spread: the bars behind draggable cut points. Bars are equally wide in whole
//! units; the last one takes the long tail above the 98th percentile, which would flatten all others.

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
    let buyers = column.iter().zip(orders).filter(|(value, orders)| **orders >= 1 && **value != super::table::ABSENT);
    let values: Vec<i64> = buyers.map(|(value, _)| *value).collect();
    let (Some(low), Some(high)) = (values.iter().min().copied(), values.iter().max().copied()) else {
        return Vec::new();
    };
    let most = i64::from(most.max(2));
    let usual = top_cut(&values, 200).map_or(high, |cut| cut.floor());
    // One bar is kept for the tail.
    let width = (usual.saturating_sub(low) / (most - 1)).saturating_add(1);
    let mut counts = vec![0_u32; usize::try_from(most).unwrap_or(2)];
    for value in &values {
        let place = usize::try_from(value.saturating_sub(low) / width).unwrap_or(usize::MAX).min(counts.len() - 1);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::measure::Measure;
    use crate::segmentation::presets::simple_rfm;
    use crate::segmentation::test_support::*;
    use crate::segmentation::window::Window;

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
}
