//! The ready-made schemes. Each is plain data to copy and change; keys never change, because visit plans, exports and
//! the history of customers name them.

mod by_value;
mod own;
mod rfm;
mod small_shop;

pub use by_value::{amount_thirds, contribution_potential, frequency_thirds, pareto_20_60_20, value_grid};
pub use own::{custom, product_preference};
pub use rfm::{RfmScores, rfm_555, rfm_scores, rfm_scores_needs, simple_rfm};
pub use small_shop::{old_new_large_small, small_orders};

use super::condition::{Comparison, Condition};
use super::measure::{Measure, MeasureRef};
use super::names::Names;
use super::scheme::{Band, Best, ClassColor, ClassFace, ClassRule, CutRule, Edge, Scheme};
use super::window::Window;

/// Key of the scheme that drives the day until the shop chooses another one.
pub const PRIMARY_BY_DEFAULT: &str = "simple_rfm";

/// The word of the profile field `open_complaint` while a complaint of the customer is not closed.
pub const OPEN_COMPLAINT_FIELD: &str = "open_complaint";

/// See [`OPEN_COMPLAINT_FIELD`].
pub const OPEN_COMPLAINT_YES: &str = "yes";

/// All ready-made schemes in the order in which they are offered. Product preference comes without classes, because
/// they are the shop's categories: see [`product_preference`].
pub fn ready_made() -> Vec<Scheme> {
    vec![
        simple_rfm(),
        rfm_555(),
        frequency_thirds(),
        amount_thirds(),
        value_grid(),
        small_orders(),
        old_new_large_small(),
        pareto_20_60_20(),
        contribution_potential(),
        product_preference(&[]),
        custom(),
    ]
}

fn scheme(key: &str, names: Names, bands: Vec<Band>, classes: Vec<ClassRule>, residual: ClassFace) -> Scheme {
    Scheme {
        key: key.to_owned(),
        version: 1,
        names,
        population: Window::default(),
        bands,
        scores: Vec::new(),
        classes,
        residual,
        no_purchase: face("not_purchased", "未购", "未購", "Not yet bought", ClassColor::Mist),
    }
}

fn face(key: &str, zh_hans: &str, zh_hant: &str, en: &str, color: ClassColor) -> ClassFace {
    ClassFace { key: key.to_owned(), names: Names::new(zh_hans, zh_hant, en), color, review_after_days: None }
}

/// Who bought once, but not in the window.
fn dormant() -> ClassFace {
    face("dormant", "沉睡", "沉睡", "Dormant", ClassColor::Stone)
}

fn class(face: ClassFace, when: Condition) -> ClassRule {
    ClassRule { face, when, sub_kinds: Vec::new() }
}

fn over_a_year(measure: Measure) -> MeasureRef {
    MeasureRef::new(measure, Window::default())
}

fn over_a_life(measure: Measure) -> MeasureRef {
    MeasureRef::new(measure, Window::Lifetime)
}

/// Quantile scores: 1 + the cut points strictly below.
fn quantiles(key: &str, measure: MeasureRef, parts: u32) -> Band {
    Band { key: key.to_owned(), measure, cut: CutRule::Quantiles { parts }, edge: Edge::Above, best: Best::High }
}

/// High = at or above the median.
fn median(key: &str, measure: MeasureRef) -> Band {
    Band { edge: Edge::AtOrAbove, ..quantiles(key, measure, 2) }
}

/// High = at or above a number.
fn fixed(key: &str, measure: MeasureRef, cuts: &[i64]) -> Band {
    let cut = CutRule::Fixed { cuts: cuts.to_vec() };
    Band { key: key.to_owned(), measure, cut, edge: Edge::AtOrAbove, best: Best::High }
}

/// The owner's judgement as five steps, −2 to +2.
fn judgement() -> Band {
    fixed("judgement", over_a_life(Measure::Judgement), &[-1, 0, 1, 2])
}

fn all(of: impl Into<Vec<Condition>>) -> Condition {
    Condition::All { of: of.into() }
}

fn any(of: impl Into<Vec<Condition>>) -> Condition {
    Condition::Any { of: of.into() }
}

fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

fn step(band: &str, is: Comparison) -> Condition {
    Condition::Band { band: band.to_owned(), is }
}

/// The band's step is at least so high.
fn reaches(band: &str, value: i64) -> Condition {
    step(band, Comparison::AtLeast { value })
}

/// The band's step is below that; a customer without a step is neither here nor there.
fn stays_below(band: &str, value: i64) -> Condition {
    step(band, Comparison::Below { value })
}

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;
