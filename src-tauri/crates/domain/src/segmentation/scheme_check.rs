//! What a scheme may not be. Everything else is allowed; that somebody is left without a class cannot be written down.

use super::condition::{Comparison, Condition};
use super::measure::{FieldRef, MeasureRef};
use super::names::Names;
use super::scheme::{Band, ClassFace, CutRule, Scheme};
use super::window::Window;
use crate::error::{FieldError, RuleError, refuse_if_any};
use std::collections::BTreeSet;

/// A class index is one byte in a run.
const MAX_CLASSES: usize = 200;
const MAX_DEPTH: usize = 16;
const MAX_SCORE_PARTS: usize = 6;
const MAX_WEIGHT: u32 = 1000;
const MAX_FIXED_CUTS: usize = 99;
/// Sums of more bands would make too many combinations.
const MAX_SUMMED_BANDS: usize = 4;

/// Refuses a scheme that cannot mean anything, with every problem at its field.
///
/// # Errors
/// Keys that are blank or used twice, names that are blank, bands and scores that do not exist, cut points out of
/// order, shares and weights out of range, conditions without content, too many classes or levels.
pub fn check(scheme: &Scheme) -> Result<(), RuleError> {
    let mut found = Checker { scheme, problems: Vec::new() };
    found.key("key", &scheme.key);
    found.names("names", &scheme.names);
    found.window("population", scheme.population);
    found.bands();
    found.scores();
    found.classes();
    refuse_if_any(found.problems)
}

struct Checker<'a> {
    scheme: &'a Scheme,
    problems: Vec<FieldError>,
}

impl Checker<'_> {
    fn say(&mut self, field: impl Into<String>, problem: &str) {
        self.problems.push(FieldError::new(field, problem));
    }

    fn key(&mut self, field: &str, key: &str) {
        if key.trim().is_empty() {
            self.say(field, "key.missing");
        }
    }

    fn names(&mut self, field: &str, names: &Names) {
        if names.zh_hans.trim().is_empty() {
            self.say(field, "name.missing");
        }
    }

    fn window(&mut self, field: &str, window: Window) {
        if matches!(window, Window::Days { n: 0 } | Window::Months { n: 0 }) {
            self.say(field, "window.empty");
        }
    }

    fn measure(&mut self, field: &str, measure: &MeasureRef) {
        self.window(field, measure.normal().window);
        if measure.measure.own_field().is_some_and(|key| key.trim().is_empty()) {
            self.say(field, "key.missing");
        }
    }

    fn unique<'k>(&mut self, list: &str, keys: impl Iterator<Item = &'k str>) {
        let mut seen = BTreeSet::new();
        for (index, key) in keys.enumerate() {
            self.key(&format!("{list}.{index}.key"), key);
            if !seen.insert(key) {
                self.problems.push(FieldError::new(format!("{list}.{index}.key"), "key.twice").with("key", key));
            }
        }
    }

    fn bands(&mut self) {
        let scheme = self.scheme;
        self.unique("bands", scheme.bands.iter().map(|band| band.key.as_str()));
        for (index, band) in scheme.bands.iter().enumerate() {
            self.measure(&format!("bands.{index}.measure"), &band.measure);
            self.cut_rule(&format!("bands.{index}.cut"), band);
        }
    }

    fn cut_rule(&mut self, field: &str, band: &Band) {
        let share = |bp: u32| (1..10_000).contains(&bp);
        match &band.cut {
            CutRule::Fixed { cuts } if cuts.is_empty() => self.say(field, "cuts.missing"),
            CutRule::Fixed { cuts } if cuts.len() > MAX_FIXED_CUTS => self.say(field, "cuts.too_many"),
            CutRule::Fixed { cuts } => {
                if !cuts.is_sorted_by(|one, next| one < next) {
                    self.say(field, "cuts.out_of_order");
                }
            }
            CutRule::Quantiles { parts } if !(2..=100).contains(parts) => self.say(field, "quantiles.out_of_range"),
            CutRule::Quantiles { .. } => {}
            CutRule::Top { share_bp, .. } => {
                if !share(*share_bp) {
                    self.say(field, "share.out_of_range");
                }
            }
            CutRule::TopAndBottom { top_bp, bottom_bp, .. } => {
                if !share(*top_bp) || !share(*bottom_bp) || top_bp + bottom_bp > 10_000 {
                    self.say(field, "share.out_of_range");
                }
            }
        }
    }

    fn scores(&mut self) {
        let scheme = self.scheme;
        self.unique("scores", scheme.scores.iter().map(|score| score.key.as_str()));
        for (index, score) in scheme.scores.iter().enumerate() {
            let field = format!("scores.{index}.parts");
            self.names(&format!("scores.{index}.names"), &score.names);
            if score.parts.is_empty() || score.parts.len() > MAX_SCORE_PARTS {
                self.say(&field, "score.parts_out_of_range");
            }
            if score.parts.iter().any(|part| part.weight > MAX_WEIGHT) {
                self.say(&field, "weight.out_of_range");
            }
            if score.parts.iter().all(|part| part.weight == 0) {
                self.say(&field, "weight.all_zero");
            }
            for part in &score.parts {
                self.known_band(&field, &part.band);
            }
        }
    }

    fn known_band(&mut self, field: &str, key: &str) -> Option<u8> {
        let band = self.scheme.band(key);
        if band.is_none() {
            self.problems.push(FieldError::new(field, "band.unknown").with("band", key));
        }
        band.map(|band| band.cut.steps())
    }

    fn classes(&mut self) {
        let scheme = self.scheme;
        if scheme.classes.len() > MAX_CLASSES {
            self.say("classes", "classes.too_many");
        }
        self.unique("classes", scheme.faces().map(|face| face.key.as_str()));
        let face =
            |found: &mut Self, field: &str, face: &ClassFace| found.names(&format!("{field}.names"), &face.names);
        face(self, "residual", &scheme.residual);
        face(self, "no_purchase", &scheme.no_purchase);
        for (index, class) in scheme.classes.iter().enumerate() {
            let field = format!("classes.{index}");
            face(self, &field, &class.face);
            self.condition(&format!("{field}.when"), &class.when, MAX_DEPTH);
            self.unique(&format!("{field}.sub_kinds"), class.sub_kinds.iter().map(|kind| kind.key.as_str()));
            for (place, kind) in class.sub_kinds.iter().enumerate() {
                self.names(&format!("{field}.sub_kinds.{place}.names"), &kind.names);
                self.condition(&format!("{field}.sub_kinds.{place}.when"), &kind.when, MAX_DEPTH);
            }
        }
    }

    fn condition(&mut self, field: &str, condition: &Condition, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return self.say(field, "condition.too_deep");
        };
        match condition {
            Condition::All { of } | Condition::Any { of } => {
                if of.is_empty() {
                    self.say(field, "condition.empty");
                }
                of.iter().for_each(|part| self.condition(field, part, depth));
            }
            Condition::Not { of } => self.condition(field, of, depth),
            Condition::Measure { measure, is } => {
                self.measure(field, measure);
                self.comparison(field, *is);
            }
            Condition::Band { band, is } => {
                let steps = self.known_band(field, band).map(|steps| (1, i64::from(steps)));
                self.comparison_within(field, *is, steps);
            }
            Condition::BandAtLeastMean { band } => {
                self.known_band(field, band);
            }
            Condition::BandSum { bands, is } => {
                if !(2..=MAX_SUMMED_BANDS).contains(&bands.len()) {
                    self.say(field, "band_sum.out_of_range");
                }
                let steps: Vec<u8> = bands.iter().filter_map(|band| self.known_band(field, band)).collect();
                let most = steps.iter().map(|steps| i64::from(*steps)).sum();
                let known = steps.len() == bands.len();
                self.comparison_within(field, *is, known.then_some((steps.len() as i64, most)));
            }
            Condition::Score { score, is } => {
                if self.scheme.score(score).is_none() {
                    self.problems.push(FieldError::new(field, "score.unknown").with("score", score));
                }
                self.comparison_within(field, *is, Some((0, 100)));
            }
            Condition::Field { field: named, one_of } => {
                match named {
                    FieldRef::Profile(key) => self.key(field, key),
                    FieldRef::TopCategory(window) => self.window(field, *window),
                }
                if one_of.is_empty() {
                    self.say(field, "condition.empty");
                }
            }
        }
    }

    fn comparison(&mut self, field: &str, is: Comparison) {
        if matches!(is, Comparison::Between { from, to } if from > to) {
            self.say(field, "cuts.out_of_order");
        }
    }

    /// A step that the band does not have is a slip of the pen, not a condition.
    fn comparison_within(&mut self, field: &str, is: Comparison, range: Option<(i64, i64)>) {
        self.comparison(field, is);
        let Some((low, high)) = range else { return };
        let numbers = match is {
            Comparison::AtLeast { value }
            | Comparison::Above { value }
            | Comparison::AtMost { value }
            | Comparison::Below { value }
            | Comparison::Equal { value } => vec![value],
            Comparison::Between { from, to } => vec![from, to],
            Comparison::Present | Comparison::Missing => Vec::new(),
        };
        if numbers.iter().any(|number| !(low..=high).contains(number)) {
            let problem = FieldError::new(field, "step.out_of_range").with("from", low).with("to", high);
            self.problems.push(problem);
        }
    }
}

#[cfg(test)]
#[path = "scheme_check_tests.rs"]
mod tests;
