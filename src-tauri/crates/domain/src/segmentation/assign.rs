//! One customer against stored cut points, in constant time: right after a sale, on the profile, in the service
//! card. Answers the class and why, in parts that any language can word.

use super::condition::Condition;
use super::cuts::SchemeCuts;
use super::measure::{Measure, MeasureRef, Measured};
use super::reason::{ReasonPart, reason_parts};
use super::scheme::Scheme;
use super::score::{customer_step, value_score};
use super::window::Window;
use crate::ids::CustomerId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A customer's class on a day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentAssignment"))]
pub struct Assignment {
    /// Whose class.
    pub customer: CustomerId,
    /// The day it is about.
    pub on: NaiveDate,
    /// Which scheme.
    pub scheme_key: String,
    /// Which version of it.
    pub scheme_version: u32,
    /// The class.
    pub class_key: String,
    /// The kind within the class.
    pub sub_kind: Option<String>,
    /// What was looked at: measures, values, cut points.
    pub reason: Vec<ReasonPart>,
}

/// The class of one customer by stored cut points. The measures must hold the windows of `scheme.needs()`: a window
/// that is missing counts as numbers that the customer does not have.
pub fn assign(scheme: &Scheme, cuts: &SchemeCuts, measures: &dyn Measured) -> Assignment {
    let one = Standpoint { scheme, cuts, measures };
    let (class_key, sub_kind, because) = if !one.has_bought() {
        (&scheme.no_purchase.key, None, None)
    } else if let Some(class) = scheme.classes.iter().find(|class| one.holds(&class.when)) {
        let kind = class.sub_kinds.iter().find(|kind| one.holds(&kind.when));
        (&class.face.key, kind.map(|kind| kind.key.clone()), Some(&class.when))
    } else {
        (&scheme.residual.key, None, None)
    };
    Assignment {
        customer: measures.customer(),
        on: measures.as_of(),
        scheme_key: scheme.key.clone(),
        scheme_version: scheme.version,
        class_key: class_key.clone(),
        sub_kind,
        reason: reason_parts(&one, because),
    }
}

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
