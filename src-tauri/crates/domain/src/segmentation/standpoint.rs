//! One customer seen through a scheme and its cut points: steps, scores, and whether a condition holds.

use super::condition::Condition;
use super::cuts::SchemeCuts;
use super::measure::{Measure, MeasureRef, Measured};
use super::scheme::Scheme;
use super::score::{customer_step, value_score};
use super::window::Window;

/// A customer seen through a scheme and its cut points.
pub(super) struct Standpoint<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) cuts: &'a SchemeCuts,
    pub(super) measures: &'a dyn Measured,
}

impl Standpoint<'_> {
    pub(super) fn has_bought(&self) -> bool {
        self.measures.value(&MeasureRef::new(Measure::RecencyDays, Window::Lifetime)).is_some()
    }

    pub(super) fn step(&self, band: &str) -> Option<u8> {
        customer_step(self.scheme, self.cuts, self.measures, band)
    }

    pub(super) fn points(&self, score: &str) -> Option<i64> {
        value_score(self.scheme, self.cuts, self.measures, score)?.points.map(i64::from)
    }

    /// Whether a condition holds, taken literally.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All { of } => of.iter().all(|part| self.holds(part)),
            Condition::Any { of } => of.iter().any(|part| self.holds(part)),
            Condition::Not { of } => !self.holds(of),
            Condition::Measure { measure, is } => is.holds(self.measures.value(&measure.normal())),
            Condition::Band { band, is } => is.holds(self.step(band).map(i64::from)),
            Condition::BandAtLeastMean { band } => {
                let mean = self.cuts.bands.get(band).and_then(|cuts| cuts.mean_step);
                match (mean, self.step(band)) {
                    (Some(mean), Some(step)) => mean.cmp_whole(i64::from(step)).is_le(),
                    _ => false,
                }
            }
            Condition::BandSum { bands, is } => {
                let steps: Option<Vec<i64>> = bands.iter().map(|band| self.step(band).map(i64::from)).collect();
                is.holds(steps.map(|steps| steps.iter().sum()))
            }
            Condition::Score { score, is } => is.holds(self.points(score)),
            Condition::Field { field, one_of } => {
                self.measures.words(field).iter().any(|word| one_of.iter().any(|wanted| wanted == word))
            }
        }
    }
}
