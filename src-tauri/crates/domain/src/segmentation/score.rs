//! The value score: contribution and potential as points from 0 to 100, each the weighted mean of bands, with the
//! arithmetic that led there. Step 1 of K gives 0 points, step K gives 100, evenly between; the mean is rounded half
//! up once. Judgement counts only when its part is given a weight.

use super::cuts::SchemeCuts;
use super::measure::{Measure, MeasureRef, Measured};
use super::quantile::Fraction;
use super::scheme::{Absent, Scheme, ScoreRule};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A score with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ValueScore {
    /// The score's key.
    pub score: String,
    /// 0 to 100; `None` when no part counts.
    pub points: Option<u8>,
    /// What it is made of.
    pub parts: Vec<ScoredPart>,
}

/// One line of the arithmetic: value → step of steps → points, times weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScoredPart {
    /// The band.
    pub band: String,
    /// What it measures.
    pub measure: MeasureRef,
    /// The customer's number.
    pub value: Option<i64>,
    /// The customer's step.
    pub step: Option<u8>,
    /// How many steps there are.
    pub steps: u8,
    /// 0 to 100, exact.
    pub points: Fraction,
    /// How much it counts; 0 when the part is left out.
    pub weight: u32,
}

/// A customer's score with the arithmetic shown; `None` when the scheme has no such score.
pub fn value_score(scheme: &Scheme, cuts: &SchemeCuts, measures: &dyn Measured, key: &str) -> Option<ValueScore> {
    let rule = scheme.score(key)?;
    let steps: Vec<Option<u8>> =
        rule.parts.iter().map(|part| customer_step(scheme, cuts, measures, &part.band)).collect();
    let scale = ScoreScale::new(scheme, cuts, rule);
    let parts = rule.parts.iter().zip(&scale.parts).zip(&steps).filter_map(|((part, scaled), step)| {
        let band = scheme.band(&part.band)?;
        let counts = scaled.usable && !(step.is_none() && part.absent == Absent::LeftOut);
        Some(ScoredPart {
            band: part.band.clone(),
            measure: band.measure.normal(),
            value: measures.value(&band.measure),
            step: *step,
            steps: band.cut.steps(),
            points: Fraction::new(i128::from(step.map_or(0, |step| step.saturating_sub(1))) * 100, scaled.top)
                .unwrap_or(Fraction::whole(0)),
            weight: if counts { part.weight } else { 0 },
        })
    });
    Some(ValueScore {
        score: key.to_owned(),
        points: scale.points(&steps).and_then(|points| u8::try_from(points).ok()),
        parts: parts.collect(),
    })
}

/// The step of a customer in a band. A relative band knows the population only.
pub(super) fn customer_step(scheme: &Scheme, cuts: &SchemeCuts, measures: &dyn Measured, key: &str) -> Option<u8> {
    let band = scheme.band(key)?;
    let population = MeasureRef::new(Measure::Orders, scheme.population);
    if band.cut.is_relative() && measures.value(&population).is_none_or(|orders| orders < 1) {
        return None;
    }
    cuts.bands.get(key)?.step(band, measures.value(&band.measure.normal())?)
}

/// A score rule made ready for many customers: all parts over one common denominator.
pub(super) struct ScoreScale {
    parts: Vec<ScaledPart>,
    common: i128,
}

struct ScaledPart {
    weight: i128,
    /// The step above the first that gives 100 points.
    top: i128,
    absent: Absent,
    /// Without cut points nobody has a step, and the part says nothing about anybody.
    usable: bool,
}

impl ScoreScale {
    pub(super) fn new(scheme: &Scheme, cuts: &SchemeCuts, rule: &ScoreRule) -> Self {
        let scaled = |part: &super::scheme::ScorePart| ScaledPart {
            weight: i128::from(part.weight),
            top: scheme.band(&part.band).map_or(1, |band| i128::from(band.cut.steps()) - 1).max(1),
            absent: part.absent,
            usable: cuts.bands.get(&part.band).is_some_and(|band| band.cuts.is_some()),
        };
        let parts: Vec<ScaledPart> = rule.parts.iter().map(scaled).collect();
        // At most six parts of at most 255 steps: the product stays far below the range.
        let common = parts.iter().map(|part| part.top).product();
        Self { parts, common }
    }

    /// The points of a customer with these steps, in the order of the rule's parts; `None` when no part counts.
    pub(super) fn points(&self, steps: &[Option<u8>]) -> Option<i64> {
        let mut sum = 0;
        let mut weights = 0;
        for (part, step) in self.parts.iter().zip(steps) {
            if !part.usable || (step.is_none() && part.absent == Absent::LeftOut) {
                continue;
            }
            let above_first = i128::from(step.map_or(0, |step| step.saturating_sub(1)));
            sum += part.weight * above_first * 100 * (self.common / part.top);
            weights += part.weight;
        }
        Money::round_half_up(sum, weights * self.common).map(Money::minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::CustomerMeasures;
    use crate::segmentation::cut_points;
    use crate::segmentation::presets::contribution_potential;
    use crate::segmentation::test_support::*;

    /// Five customers whose money and orders run from the first to the fifth step.
    fn five() -> Vec<CustomerMeasures> {
        (1..=5).map(|id| buyer(id, 1, 6 - id as u32, id * 100)).collect()
    }

    fn scored(scheme: &Scheme, customers: &[CustomerMeasures], row: usize, key: &str) -> ValueScore {
        let cuts = cut_points(scheme, &table(scheme, customers)).unwrap();
        value_score(scheme, &cuts, &customers[row], key).unwrap()
    }

    #[test]
    fn a_score_is_the_weighted_mean_of_its_steps() {
        let mut scheme = contribution_potential();
        scheme.scores[0].parts[0].weight = 70;
        scheme.scores[0].parts[1].weight = 30;
        let score = scored(&scheme, &five(), 3, "contribution");
        // Money in step 4 of 5: 75 points; orders in step 2: 25 points; (75·70 + 25·30) / 100 = 60.
        assert_eq!(score.points, Some(60));
        let lines: Vec<_> = score.parts.iter().map(|part| (part.value, part.step, part.points, part.weight)).collect();
        assert_eq!(lines, [(Some(400), Some(4), Fraction::whole(75), 70), (Some(2), Some(2), Fraction::whole(25), 30)]);
    }

    #[test]
    fn a_score_is_rounded_half_up_once() {
        let mut scheme = contribution_potential();
        scheme.scores[0].parts[0].weight = 1;
        scheme.scores[0].parts[1].weight = 1;
        // Steps 5 and 1, then 4 and 2: always 50; with weights 3 : 1 it is 75 and 62.5.
        assert_eq!(scored(&scheme, &five(), 4, "contribution").points, Some(50));
        scheme.scores[0].parts[0].weight = 3;
        assert_eq!(scored(&scheme, &five(), 3, "contribution").points, Some(63));
    }

    #[test]
    fn judgement_counts_only_when_given_a_weight_and_only_where_given() {
        let mut scheme = contribution_potential();
        let customers = [with(buyer(1, 1, 1, 100), |it| it.judgement = Some(2)), buyer(2, 1, 1, 100)];
        assert_eq!(scored(&scheme, &customers, 0, "potential").points, Some(0), "it stands beside the score");
        scheme.scores[1].parts[2].weight = 100;
        assert_eq!(scored(&scheme, &customers, 0, "potential").points, Some(50));
        let without = scored(&scheme, &customers, 1, "potential");
        assert_eq!((without.points, without.parts[2].weight), (Some(0), 0), "no judgement is neither good nor bad");
    }

    #[test]
    fn who_did_not_buy_in_the_window_contributes_nothing() {
        let customers = [buyer(1, 400, 0, 0), buyer(2, 1, 1, 100)];
        assert_eq!(scored(&contribution_potential(), &customers, 0, "contribution").points, Some(0));
    }

    #[test]
    fn an_empty_book_has_no_scores() {
        let score = scored(&contribution_potential(), &[nobody(1)], 0, "contribution");
        assert_eq!(score.points, None, "without any buyer there is nothing to compare with");
    }
}
