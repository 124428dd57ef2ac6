//! Conditions of classes as data: comparisons of measures, steps, scores and words, joined by 且 and 或. A customer
//! who does not have a number fulfils no comparison with it but `missing`.

use super::measure::{FieldRef, MeasureRef};
use serde::{Deserialize, Serialize};

/// Who belongs: a tree of comparisons joined by 且 (`all`) and 或 (`any`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentCondition"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Condition {
    /// All of them hold.
    All {
        /// At least one condition.
        of: Vec<Condition>,
    },
    /// At least one of them holds.
    Any {
        /// At least one condition.
        of: Vec<Condition>,
    },
    /// It does not hold.
    Not {
        /// The condition.
        of: Box<Condition>,
    },
    /// A measure compared with a number.
    Measure {
        /// The measure.
        measure: MeasureRef,
        /// The comparison; a customer without the measure fulfils none but `missing`.
        is: Comparison,
    },
    /// The step of a band.
    Band {
        /// The band's key.
        band: String,
        /// Compared with a step.
        is: Comparison,
    },
    /// The step of a band is at or above the mean step of the population.
    BandAtLeastMean {
        /// The band's key.
        band: String,
    },
    /// The steps of some bands added up; a customer without one of them fulfils none but `missing`.
    BandSum {
        /// Keys of two or more bands.
        bands: Vec<String>,
        /// Compared with a sum of steps.
        is: Comparison,
    },
    /// A score 0–100.
    Score {
        /// The score's key.
        score: String,
        /// Compared with points.
        is: Comparison,
    },
    /// A field holds one of these words.
    Field {
        /// The field.
        field: FieldRef,
        /// At least one word.
        one_of: Vec<String>,
    },
}

impl Condition {
    /// What holds where this does not, among those who have the numbers that it asks for: 且 and 或 change places, a
    /// comparison turns round. What cannot be turned round stays denied.
    pub(super) fn opposite(&self) -> Self {
        let all = |of: &[Self]| of.iter().map(Self::opposite).collect();
        let denied = || Self::Not { of: Box::new(self.clone()) };
        match self {
            Self::All { of } => Self::Any { of: all(of) },
            Self::Any { of } => Self::All { of: all(of) },
            Self::Not { of } => (**of).clone(),
            Self::Measure { measure, is } => match is.opposite() {
                Some(is) => Self::Measure { measure: measure.clone(), is },
                None => denied(),
            },
            Self::Band { band, is } => match is.opposite() {
                Some(is) => Self::Band { band: band.clone(), is },
                None => denied(),
            },
            Self::BandAtLeastMean { .. } | Self::BandSum { .. } | Self::Score { .. } | Self::Field { .. } => denied(),
        }
    }

    /// Whether it asks how a band's step stands to the mean step.
    pub(super) fn compares_with_mean(&self, key: &str) -> bool {
        match self {
            Self::All { of } | Self::Any { of } => of.iter().any(|part| part.compares_with_mean(key)),
            Self::Not { of } => of.compares_with_mean(key),
            Self::BandAtLeastMean { band } => band == key,
            Self::Measure { .. }
            | Self::Band { .. }
            | Self::BandSum { .. }
            | Self::Score { .. }
            | Self::Field { .. } => false,
        }
    }
}

/// A comparison with whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentComparison"))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Comparison {
    /// ≥
    AtLeast {
        /// The number compared with.
        value: i64,
    },
    /// >
    Above {
        /// The number compared with.
        value: i64,
    },
    /// ≤
    AtMost {
        /// The number compared with.
        value: i64,
    },
    /// <
    Below {
        /// The number compared with.
        value: i64,
    },
    /// =
    Equal {
        /// The number compared with.
        value: i64,
    },
    /// From one number to another, both included.
    Between {
        /// The lower end.
        from: i64,
        /// The upper end.
        to: i64,
    },
    /// There is a number.
    Present,
    /// There is none.
    Missing,
}

impl Comparison {
    /// The comparison that every number fulfils that does not fulfil this one, where one comparison says it.
    fn opposite(self) -> Option<Self> {
        match self {
            Self::AtLeast { value } => Some(Self::Below { value }),
            Self::Above { value } => Some(Self::AtMost { value }),
            Self::AtMost { value } => Some(Self::Above { value }),
            Self::Below { value } => Some(Self::AtLeast { value }),
            Self::Present => Some(Self::Missing),
            Self::Missing => Some(Self::Present),
            Self::Equal { .. } | Self::Between { .. } => None,
        }
    }

    /// Whether a number, or its absence, fulfils the comparison.
    pub fn holds(self, number: Option<i64>) -> bool {
        match (self, number) {
            (Self::Missing, none) => none.is_none(),
            (_, None) => false,
            (_, Some(number)) => {
                let (low, high) = self.interval();
                low <= number && number <= high
            }
        }
    }

    /// The numbers that fulfil the comparison, both ends included; empty (low above high) for `missing`.
    pub(super) fn interval(self) -> (i64, i64) {
        match self {
            Self::AtLeast { value } => (value, i64::MAX),
            Self::Above { value } => value.checked_add(1).map_or((i64::MAX, i64::MIN), |low| (low, i64::MAX)),
            Self::AtMost { value } => (i64::MIN, value),
            Self::Below { value } => value.checked_sub(1).map_or((i64::MAX, i64::MIN), |high| (i64::MIN, high)),
            Self::Equal { value } => (value, value),
            Self::Between { from, to } => (from, to),
            Self::Present => (i64::MIN, i64::MAX),
            Self::Missing => (i64::MAX, i64::MIN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_missing_holds_without_a_number() {
        for is in [
            Comparison::AtLeast { value: i64::MIN },
            Comparison::AtMost { value: i64::MAX },
            Comparison::Present,
            Comparison::Between { from: -1, to: 1 },
        ] {
            assert!(!is.holds(None), "{is:?}");
            assert!(is.holds(Some(0)), "{is:?}");
        }
        assert!(Comparison::Missing.holds(None));
        assert!(!Comparison::Missing.holds(Some(0)));
    }

    #[test]
    fn comparisons_stop_at_their_number() {
        for (is, below, at, above) in [
            (Comparison::AtLeast { value: 5 }, false, true, true),
            (Comparison::Above { value: 5 }, false, false, true),
            (Comparison::AtMost { value: 5 }, true, true, false),
            (Comparison::Below { value: 5 }, true, false, false),
            (Comparison::Equal { value: 5 }, false, true, false),
        ] {
            assert_eq!((is.holds(Some(4)), is.holds(Some(5)), is.holds(Some(6))), (below, at, above), "{is:?}");
        }
        assert!(!Comparison::Above { value: i64::MAX }.holds(Some(i64::MAX)));
        assert!(!Comparison::Below { value: i64::MIN }.holds(Some(i64::MIN)));
    }

    #[test]
    fn conditions_are_data() {
        let text = r#"{"kind":"any","of":[
            {"kind":"band","band":"r","is":{"op":"at_least","value":2}},
            {"kind":"measure","measure":{"measure":"judgement"},"is":{"op":"above","value":0}}]}"#;
        let condition: Condition = serde_json::from_str(text).unwrap();
        let again: Condition = serde_json::from_str(&serde_json::to_string(&condition).unwrap()).unwrap();
        assert_eq!(again, condition);
    }
}
