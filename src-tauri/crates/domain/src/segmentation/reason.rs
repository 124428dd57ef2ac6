//! Why a customer is in a class: each number that the condition looked at, with the cut points it was held against.
//! The parts are stored with the assignment; words are found when it is shown (`reason_text`).

use super::condition::{Comparison, Condition};
use super::measure::{FieldRef, Measure, MeasureRef};
use super::quantile::Fraction;
use super::scheme::{Band, Best, CutRule, Edge};
use super::standpoint::Standpoint;
use super::window::Window;
use serde::{Deserialize, Serialize};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReasonPart {
    /// A number.
    Measure {
        /// What was measured.
        measure: MeasureRef,
        /// The customer's number, if there is one.
        value: Option<i64>,
        /// What it was held against and fulfils; empty when it only stands beside.
        bounds: Vec<Bound>,
        /// The step it has in a band of the scheme.
        step: Option<u8>,
        /// How many steps that band has.
        steps: Option<u8>,
    },
    /// A score 0–100.
    Score {
        /// The score's key.
        score: String,
        /// The customer's points.
        points: Option<i64>,
        /// What they were held against.
        bounds: Vec<Bound>,
    },
    /// Words of a field.
    Words {
        /// The field.
        field: FieldRef,
        /// The customer's words that were asked for.
        words: Vec<String>,
    },
    /// There are too few buyers to divide, so all of them are one group.
    TooFew {
        /// How many there are.
        customers: u32,
        /// How many it takes.
        minimum: u32,
    },
}

/// A comparison that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReasonBound"))]
pub struct Bound {
    /// How.
    pub comparison: BoundKind,
    /// With what.
    pub cut: Fraction,
}

/// How a number stands to a cut point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReasonBoundKind"))]
#[serde(rename_all = "snake_case")]
pub enum BoundKind {
    /// ≥
    AtLeast,
    /// >
    Above,
    /// ≤
    AtMost,
    /// <
    Below,
    /// =
    Equal,
}

/// The parts of a reason. `because` is the condition of the class; without one (the residual class) the bands of the
/// scheme stand beside, so that the owner sees what was too little.
pub(super) fn reason_parts(one: &Standpoint<'_>, because: Option<&Condition>) -> Vec<ReasonPart> {
    let mut parts = Parts { one, found: Vec::new() };
    if !one.has_bought() {
        return parts.found;
    }
    match because {
        Some(condition) => parts.collect(condition, true),
        None => parts.beside(),
    }
    if parts.found.is_empty() {
        parts.measure(&MeasureRef::new(Measure::RecencyDays, Window::Lifetime), Vec::new(), None);
        parts.measure(&one.scheme.population_measure(), Vec::new(), None);
    }
    parts.found
}

struct Parts<'a> {
    one: &'a Standpoint<'a>,
    found: Vec<ReasonPart>,
}

impl Parts<'_> {
    /// Adds what made the condition come out as `wanted`.
    fn collect(&mut self, condition: &Condition, wanted: bool) {
        if self.one.holds(condition) != wanted {
            return;
        }
        match condition {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| self.collect(part, wanted)),
            Condition::Not { of } => self.collect(of, !wanted),
            Condition::Measure { measure, is } => {
                self.measure(&measure.normal(), comparison_bounds(*is, wanted), None);
            }
            Condition::Band { band, is } => {
                let (from, to) = is.interval();
                self.band(band, from, to, wanted);
            }
            Condition::BandAtLeastMean { band } => {
                let mean = self.one.cuts.bands.get(band).and_then(|cuts| cuts.mean_step);
                self.band(band, mean.map_or(i64::MAX, Fraction::ceil), i64::MAX, wanted);
            }
            Condition::BandSum { bands, .. } => {
                for band in bands {
                    self.band(band, i64::MIN, i64::MAX, true);
                }
            }
            Condition::Score { score, is } => self.found.push(ReasonPart::Score {
                score: score.clone(),
                points: self.one.points(score),
                bounds: comparison_bounds(*is, wanted),
            }),
            Condition::Field { field, one_of } => {
                let held = self.one.measures.words(field).into_iter().map(str::to_owned);
                let words = held.filter(|word| one_of.contains(word) == wanted).collect();
                self.found.push(ReasonPart::Words { field: field.clone(), words });
            }
        }
    }

    fn beside(&mut self) {
        for band in &self.one.scheme.bands {
            let cuts = self.one.cuts.bands.get(&band.key);
            match (&band.cut, cuts) {
                (
                    CutRule::Top { minimum_customers, .. } | CutRule::TopAndBottom { minimum_customers, .. },
                    Some(cuts),
                ) if cuts.cuts.is_none() => {
                    let part = ReasonPart::TooFew { customers: cuts.customers, minimum: *minimum_customers };
                    self.found.push(part);
                }
                _ => self.band(&band.key, i64::MIN, i64::MAX, true),
            }
        }
    }

    fn band(&mut self, key: &str, from: i64, to: i64, wanted: bool) {
        let Some(band) = self.one.scheme.band(key) else { return };
        let cuts = self.one.cuts.bands.get(key).and_then(|cuts| cuts.cuts.as_deref()).unwrap_or_default();
        let steps = cuts.len() as i64 + 1;
        let (from, to) = (from.max(1), to.min(steps));
        let bounds = match (wanted, from <= 1, to >= steps) {
            // Whoever has no step at all was held against nothing.
            _ if from > to => Vec::new(),
            (true, ..) => step_bounds(band, cuts, from, to),
            // What is not in the upper steps is in the lower ones, and the other way round.
            (false, false, true) => step_bounds(band, cuts, 1, from - 1),
            (false, true, false) => step_bounds(band, cuts, to + 1, steps),
            (false, ..) => Vec::new(),
        };
        self.measure(&band.measure.normal(), bounds, self.one.step(key).map(|step| (step, band.cut.steps())));
    }

    /// A measure is named once; what is said of it later adds to it.
    fn measure(&mut self, wanted: &MeasureRef, bounds: Vec<Bound>, at: Option<(u8, u8)>) {
        for part in &mut self.found {
            if let ReasonPart::Measure { measure, bounds: known, step, steps, .. } = part
                && measure == wanted
            {
                known.extend(bounds.into_iter().filter(|bound| !known.contains(bound)).collect::<Vec<_>>());
                *step = step.or(at.map(|(step, _)| step));
                *steps = steps.or(at.map(|(_, steps)| steps));
                return;
            }
        }
        self.found.push(ReasonPart::Measure {
            measure: wanted.clone(),
            value: self.one.measures.value(wanted),
            bounds,
            step: at.map(|(step, _)| step),
            steps: at.map(|(_, steps)| steps),
        });
    }
}

/// What a value between two steps fulfils, in the measure's own direction.
pub(super) fn step_bounds(band: &Band, cuts: &[Fraction], from: i64, to: i64) -> Vec<Bound> {
    let steps = cuts.len() as i64 + 1;
    let (from, to) = match band.best {
        Best::High => (from, to),
        Best::Low => (steps + 1 - to, steps + 1 - from),
    };
    let (lower, upper) = match band.edge {
        Edge::Above => (BoundKind::Above, BoundKind::AtMost),
        Edge::AtOrAbove => (BoundKind::AtLeast, BoundKind::Below),
    };
    let at = |place: i64| usize::try_from(place).ok().and_then(|place| cuts.get(place).copied());
    let low = at(from - 2).map(|cut| Bound { comparison: lower, cut });
    let high = at(to - 1).map(|cut| Bound { comparison: upper, cut });
    low.into_iter().chain(high).collect()
}

pub(super) fn comparison_bounds(is: Comparison, wanted: bool) -> Vec<Bound> {
    let bound = |comparison: BoundKind, number: i64| Bound { comparison, cut: Fraction::whole(number) };
    let (kind, opposite, value) = match is {
        Comparison::AtLeast { value } => (BoundKind::AtLeast, BoundKind::Below, value),
        Comparison::Above { value } => (BoundKind::Above, BoundKind::AtMost, value),
        Comparison::AtMost { value } => (BoundKind::AtMost, BoundKind::Above, value),
        Comparison::Below { value } => (BoundKind::Below, BoundKind::AtLeast, value),
        Comparison::Equal { value } if wanted => return vec![bound(BoundKind::Equal, value)],
        Comparison::Between { from, to } if wanted => {
            return vec![bound(BoundKind::AtLeast, from), bound(BoundKind::AtMost, to)];
        }
        Comparison::Equal { .. } | Comparison::Between { .. } | Comparison::Present | Comparison::Missing => {
            return Vec::new();
        }
    };
    vec![bound(if wanted { kind } else { opposite }, value)]
}
