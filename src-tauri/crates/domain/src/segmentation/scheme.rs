//! A scheme as data: bands over measures, an ordered list of classes with conditions, first match wins. Customers
//! who never bought and customers whom no class takes have a class of their own by construction, so everyone is in
//! exactly one class whatever is edited.

use super::condition::Condition;
use super::measure::{FieldRef, Measure, MeasureRef};
use super::names::Names;
use super::window::Window;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A way to divide all customers into classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentScheme"))]
pub struct Scheme {
    /// Stays the same for the scheme's life, such as `simple_rfm`.
    pub key: String,
    /// Counts up with every applied change.
    pub version: u32,
    /// What people call it.
    pub names: Names,
    /// Quantiles and ranks are taken over customers with at least one order in this window.
    pub population: Window,
    /// Measures turned into steps.
    pub bands: Vec<Band>,
    /// Weighted scores 0–100 over bands.
    #[serde(default)]
    pub scores: Vec<ScoreRule>,
    /// The classes; the first whose condition holds takes the customer.
    pub classes: Vec<ClassRule>,
    /// Takes buyers whom no class takes.
    pub residual: ClassFace,
    /// Takes customers without any purchase (未购), before all others.
    pub no_purchase: ClassFace,
}

/// A measure turned into the steps 1, 2, 3 …; the highest step is the best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentBand"))]
pub struct Band {
    /// Name within the scheme, such as `r`.
    pub key: String,
    /// The measure that is cut.
    pub measure: MeasureRef,
    /// Where it is cut.
    pub cut: CutRule,
    /// Who belongs to the step above a cut point.
    pub edge: Edge,
    /// Which end is step 1.
    #[serde(default)]
    pub best: Best,
}

/// Where a measure is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CutRule {
    /// At values of the shop's choice, ascending. Applies to everyone who has the measure.
    Fixed {
        /// Cut points in the measure's unit.
        cuts: Vec<i64>,
    },
    /// Into so many quantiles of the population (2 = at the median, 3 = thirds, 5 = quintiles).
    Quantiles {
        /// Number of steps, 2 to 100.
        parts: u32,
    },
    /// The top ⌈share·n⌉ of the population against the rest, ties upward.
    Top {
        /// Share in basis points.
        share_bp: u32,
        /// With fewer customers nobody has a step.
        minimum_customers: u32,
    },
    /// The top ⌈share·n⌉, the bottom ⌊share·n⌋ and what is between, ties upward.
    TopAndBottom {
        /// Top share in basis points.
        top_bp: u32,
        /// Bottom share in basis points.
        bottom_bp: u32,
        /// With fewer customers nobody has a step.
        minimum_customers: u32,
    },
}

impl CutRule {
    /// How many steps the rule makes.
    pub fn steps(&self) -> u8 {
        let steps = match self {
            Self::Fixed { cuts } => cuts.len() + 1,
            Self::Quantiles { parts } => *parts as usize,
            Self::Top { .. } => 2,
            Self::TopAndBottom { .. } => 3,
        };
        u8::try_from(steps).unwrap_or(u8::MAX)
    }

    /// Whether the cut points move with the customers.
    pub fn is_relative(&self) -> bool {
        !matches!(self, Self::Fixed { .. })
    }
}

/// Who belongs to the step above a cut point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "BandEdge"))]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Only values above it: quantile scores.
    Above,
    /// Values at or above it: "at or above the median".
    AtOrAbove,
}

/// Which end of a measure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "BandBest"))]
#[serde(rename_all = "snake_case")]
pub enum Best {
    /// More is better.
    #[default]
    High,
    /// Less is better, as with recency: the steps are counted from the other end.
    Low,
}

/// A score 0–100: the weighted mean of bands, step 1 giving 0 points and the highest step 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScoreRule {
    /// Name within the scheme: `contribution`, `potential`.
    pub key: String,
    /// What people call it.
    pub names: Names,
    /// What it is made of.
    pub parts: Vec<ScorePart>,
}

/// One band of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScorePart {
    /// The band.
    pub band: String,
    /// How much it counts, 0 to 1,000; 0 shows it without counting it.
    pub weight: u32,
    /// What a customer without this step gets.
    #[serde(default)]
    pub absent: Absent,
}

/// What a score makes of a customer who has no step in a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "AbsentStep"))]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// No points: who did not buy in the window contributes nothing.
    #[default]
    Zero,
    /// The part does not count: a judgement that nobody gave is neither good nor bad.
    LeftOut,
}

/// A class with its condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentClass"))]
pub struct ClassRule {
    /// How it looks.
    pub face: ClassFace,
    /// Who belongs to it, unless an earlier class takes them.
    pub when: Condition,
    /// Kinds within the class, first match wins; a member may be of none.
    #[serde(default)]
    pub sub_kinds: Vec<SubKind>,
}

/// A kind within a class, shown beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentSubKind"))]
pub struct SubKind {
    /// Name within the class.
    pub key: String,
    /// What people call it.
    pub names: Names,
    /// Which members are of this kind.
    pub when: Condition,
}

/// How a class looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentFace"))]
pub struct ClassFace {
    /// Stays the same for the class's life, such as `core_value`.
    pub key: String,
    /// What people call it.
    pub names: Names,
    /// Its colour.
    pub color: ClassColor,
    /// Membership is to be looked at again after so many days (潜力客户 need a review date).
    #[serde(default)]
    pub review_after_days: Option<u32>,
}

/// Colour of a class, a token of the window's design. There is no red: that one means late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentColor"))]
#[serde(rename_all = "snake_case")]
pub enum ClassColor {
    /// 黛绿.
    Jade,
    /// 苔.
    Moss,
    /// 金.
    Gold,
    /// 琥珀.
    Amber,
    /// 青.
    Blue,
    /// 紫.
    Plum,
    /// 陶.
    Clay,
    /// 墨.
    Ink,
    /// 石, for the ordinary.
    Stone,
    /// 雾, for those who never bought.
    Mist,
}

/// What a scheme has to know about every customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Numbers.
    pub measures: BTreeSet<MeasureRef>,
    /// Words.
    pub fields: BTreeSet<FieldRef>,
}

impl Needs {
    /// The windows over which the numbers and words are taken.
    pub fn windows(&self) -> BTreeSet<Window> {
        let measured = self.measures.iter().filter(|it| it.measure.is_windowed()).map(|it| it.window);
        let named = self.fields.iter().filter_map(|field| match field {
            FieldRef::TopCategory(window) => Some(*window),
            FieldRef::Profile(_) => None,
        });
        measured.chain(named).collect()
    }

    /// What either of two schemes needs.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.measures.extend(other.measures);
        self.fields.extend(other.fields);
        self
    }

    fn add_condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| self.add_condition(part)),
            Condition::Not { of } => self.add_condition(of),
            Condition::Measure { measure, .. } => {
                self.measures.insert(measure.normal());
            }
            Condition::Field { field, .. } => {
                self.fields.insert(field.clone());
            }
            Condition::Band { .. }
            | Condition::BandAtLeastMean { .. }
            | Condition::BandSum { .. }
            | Condition::Score { .. } => {}
        }
    }
}

impl Scheme {
    /// What has to be known about every customer to run this scheme.
    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        needs.measures.insert(MeasureRef::new(Measure::RecencyDays, Window::Lifetime));
        needs.measures.insert(self.population_measure());
        needs.measures.extend(self.bands.iter().map(|band| band.measure.normal()));
        for class in &self.classes {
            needs.add_condition(&class.when);
            class.sub_kinds.iter().for_each(|kind| needs.add_condition(&kind.when));
        }
        needs
    }

    /// Orders in the population's window: at least one makes a customer part of the population.
    pub fn population_measure(&self) -> MeasureRef {
        MeasureRef::new(Measure::Orders, self.population)
    }

    /// All classes in the order in which they are shown: the listed ones, the residual one, those without a purchase.
    pub fn faces(&self) -> impl Iterator<Item = &ClassFace> {
        self.classes.iter().map(|class| &class.face).chain([&self.residual, &self.no_purchase])
    }

    /// The class with a key.
    pub fn face(&self, key: &str) -> Option<&ClassFace> {
        self.faces().find(|face| face.key == key)
    }

    /// The band with a key.
    pub fn band(&self, key: &str) -> Option<&Band> {
        self.bands.iter().find(|band| band.key == key)
    }

    /// Whether a class asks how a band's step stands to the mean step.
    pub(super) fn compares_with_mean(&self, band: &str) -> bool {
        let kinds = |class: &ClassRule| class.sub_kinds.iter().any(|kind| kind.when.compares_with_mean(band));
        self.classes.iter().any(|class| class.when.compares_with_mean(band) || kinds(class))
    }

    /// The score with a key.
    pub fn score(&self, key: &str) -> Option<&ScoreRule> {
        self.scores.iter().find(|score| score.key == key)
    }
}
