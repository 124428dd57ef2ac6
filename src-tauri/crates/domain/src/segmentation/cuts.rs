//! The cut points of a scheme's bands on the customers of a day. They are stored with the run, so that a sale can be
//! judged against them in constant time and everybody can see what was compared with what.

use super::measure::MeasureRef;
use super::quantile::{Fraction, bottom_cut, quantile_cuts, top_cut};
use super::scheme::{Band, Best, CutRule, Edge, Scheme};
use super::table::{ABSENT, MeasureTable};
use crate::error::RuleError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The cut points of all bands of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeCuts {
    /// Customers with at least one order in the scheme's window.
    pub population: u32,
    /// By band key.
    pub bands: BTreeMap<String, BandCuts>,
}

/// The cut points of one band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BandCuts {
    /// Ascending; `None` when there are too few customers to cut, and then nobody has a step.
    pub cuts: Option<Vec<Fraction>>,
    /// Customers of the population who have the measure.
    pub customers: u32,
    /// Their mean step, where a class compares with it.
    pub mean_step: Option<Fraction>,
}

/// Finds the cut points of every band.
///
/// # Errors
/// `measure.not_loaded` when the table lacks a column that the scheme needs.
pub fn cut_points(scheme: &Scheme, table: &MeasureTable) -> Result<SchemeCuts, RuleError> {
    let orders = table.column(&scheme.population_measure())?;
    let mut bands = BTreeMap::new();
    // Bands of one measure share its values, and one buffer serves all measures.
    let mut values = Vec::with_capacity(table.len());
    let mut gathered: Option<MeasureRef> = None;
    let mut sorted: Vec<&Band> = scheme.bands.iter().collect();
    sorted.sort_by_key(|band| band.measure.normal());
    for band in sorted {
        let (measure, with_mean) = (band.measure.normal(), scheme.compares_with_mean(&band.key));
        let column = table.column(&measure)?;
        if let CutRule::Fixed { cuts } = &band.cut
            && !with_mean
        {
            bands.insert(band.key.clone(), fixed_band(cuts, column, orders));
            continue;
        }
        if gathered.as_ref() != Some(&measure) {
            gather(&mut values, column, orders);
            gathered = Some(measure);
        }
        bands.insert(band.key.clone(), cut_band(band, &values, with_mean));
    }
    let population = orders.iter().map(|orders| u32::from(*orders >= 1)).sum();
    Ok(SchemeCuts { population, bands })
}

/// Whether a customer is part of the population and has the number.
fn counts(value: i64, orders: i64) -> bool {
    (orders >= 1) & (value != ABSENT)
}

/// The numbers of the population, in the order of the rows.
pub(super) fn gather(into: &mut Vec<i64>, column: &[i64], orders: &[i64]) {
    into.clear();
    into.resize(column.len(), 0);
    let mut filled = 0;
    for (value, orders) in column.iter().zip(orders) {
        // Written for everybody and kept where it counts: a branch would be guessed wrong for every third customer.
        if let Some(place) = into.get_mut(filled) {
            *place = *value;
        }
        filled += usize::from(counts(*value, *orders));
    }
    into.truncate(filled);
}

/// Cut points of the shop's choice need no look at the numbers, only how many there are.
fn fixed_band(cuts: &[i64], column: &[i64], orders: &[i64]) -> BandCuts {
    BandCuts {
        cuts: Some(cuts.iter().map(|cut| Fraction::whole(*cut)).collect()),
        customers: column.iter().zip(orders).map(|(value, orders)| u32::from(counts(*value, *orders))).sum(),
        mean_step: None,
    }
}

fn cut_band(band: &Band, values: &[i64], with_mean: bool) -> BandCuts {
    let enough = |minimum: u32| values.len() as u64 >= u64::from(minimum);
    let cuts = match &band.cut {
        CutRule::Fixed { cuts } => Some(cuts.iter().map(|cut| Fraction::whole(*cut)).collect()),
        CutRule::Quantiles { parts } => quantile_cuts(values, *parts),
        CutRule::Top { share_bp, minimum_customers } if enough(*minimum_customers) => {
            top_cut(values, *share_bp).map(|cut| vec![cut])
        }
        CutRule::TopAndBottom { top_bp, bottom_bp, minimum_customers } if enough(*minimum_customers) => {
            bottom_cut(values, *bottom_bp).zip(top_cut(values, *top_bp)).map(|(bottom, top)| vec![bottom.min(top), top])
        }
        CutRule::Top { .. } | CutRule::TopAndBottom { .. } => None,
    };
    let mut found = BandCuts { cuts, customers: u32::try_from(values.len()).unwrap_or(u32::MAX), mean_step: None };
    if with_mean {
        found.mean_step = found.limits(band).and_then(|limits| mean_step(band, &limits, values));
    }
    found
}

/// Σ steps / n: 1 + how often a value reaches a limit, or counted from the other end.
fn mean_step(band: &Band, limits: &[i64], values: &[i64]) -> Option<Fraction> {
    let reached: usize =
        limits.iter().map(|limit| values.iter().map(|value| usize::from(value >= limit)).sum::<usize>()).sum();
    let n = values.len();
    let sum = match band.best {
        Best::High => n + reached,
        Best::Low => n * (limits.len() + 1) - reached,
    };
    Fraction::new(sum as i128, n as i128)
}

impl BandCuts {
    /// For each cut point the smallest whole value that belongs above it, so that a loop compares integers only.
    pub(super) fn limits(&self, band: &Band) -> Option<Vec<i64>> {
        let above = |cut: &Fraction| match band.edge {
            Edge::Above => cut.floor().saturating_add(1),
            Edge::AtOrAbove => cut.ceil(),
        };
        self.cuts.as_ref().map(|cuts| cuts.iter().map(above).collect())
    }

    /// The step of a value, by exact comparison with the cut points; `None` without cut points.
    pub fn step(&self, band: &Band, value: i64) -> Option<u8> {
        let cuts = self.cuts.as_ref()?;
        let is_below = |cut: &&Fraction| match band.edge {
            Edge::Above => cut.cmp_whole(value).is_lt(),
            Edge::AtOrAbove => cut.cmp_whole(value).is_le(),
        };
        let below = cuts.iter().filter(is_below).count();
        let step = match band.best {
            Best::High => below + 1,
            Best::Low => cuts.len() + 1 - below,
        };
        u8::try_from(step).ok()
    }

    /// The values, both ends included, whose steps lie between `from` and `to`; `None` without cut points or when no
    /// value can have such a step.
    pub(super) fn interval(&self, band: &Band, from: i64, to: i64) -> Option<(i64, i64)> {
        let limits = self.limits(band)?;
        let steps = limits.len() as i64 + 1;
        let (from, to) = (from.max(1), to.min(steps));
        let (from, to) = match band.best {
            Best::High => (from, to),
            Best::Low => (steps + 1 - to, steps + 1 - from),
        };
        let limit = |step: i64| usize::try_from(step - 2).ok().and_then(|place| limits.get(place).copied());
        let low = limit(from).unwrap_or(ABSENT + 1);
        let high = limit(to + 1).map_or(i64::MAX, |next| next.saturating_sub(1));
        (from <= to && low <= high).then_some((low, high))
    }
}
