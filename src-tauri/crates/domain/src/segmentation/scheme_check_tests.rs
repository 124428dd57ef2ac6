//! Each refusal at its field.

use super::*;
use crate::segmentation::measure::Measure;
use crate::segmentation::presets::{contribution_potential, old_new_large_small, simple_rfm};
use crate::segmentation::scheme::Best;

fn problems(scheme: &Scheme) -> Vec<(String, String)> {
    match check(scheme) {
        Ok(()) => Vec::new(),
        Err(RuleError::Invalid(fields)) => fields.into_iter().map(|it| (it.field, it.problem)).collect(),
        Err(other) => panic!("{other}"),
    }
}

fn changed(change: impl FnOnce(&mut Scheme)) -> Vec<(String, String)> {
    let mut scheme = simple_rfm();
    change(&mut scheme);
    problems(&scheme)
}

fn one(field: &str, problem: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), problem.to_owned())]
}

fn band_is(value: i64) -> Condition {
    Condition::Band { band: "r".to_owned(), is: Comparison::Equal { value } }
}

#[test]
fn cut_points_out_of_order_are_refused() {
    for cuts in [vec![3, 1], vec![5, 5]] {
        let found = changed(|scheme| scheme.bands[0].cut = CutRule::Fixed { cuts });
        assert!(found.contains(&("bands.0.cut".to_owned(), "cuts.out_of_order".to_owned())), "{found:?}");
    }
    let between = Condition::Measure {
        measure: MeasureRef::new(Measure::Orders, Window::default()),
        is: Comparison::Between { from: 3, to: 2 },
    };
    assert_eq!(changed(|scheme| scheme.classes[2].when = between), one("classes.2.when", "cuts.out_of_order"));
}

#[test]
fn what_cannot_mean_anything_is_refused_at_its_field() {
    for (found, expected) in [
        (changed(|scheme| scheme.key = " ".to_owned()), one("key", "key.missing")),
        (changed(|scheme| scheme.names.zh_hans.clear()), one("names", "name.missing")),
        (changed(|scheme| scheme.population = Window::Days { n: 0 }), one("population", "window.empty")),
        (
            changed(|scheme| scheme.bands[1].cut = CutRule::Quantiles { parts: 101 }),
            one("bands.1.cut", "quantiles.out_of_range"),
        ),
        (changed(|scheme| scheme.classes[2].when = band_is(3)), one("classes.2.when", "step.out_of_range")),
        (
            changed(|scheme| scheme.classes[2].when = Condition::All { of: Vec::new() }),
            one("classes.2.when", "condition.empty"),
        ),
        (
            changed(|scheme| scheme.classes[2].when = Condition::BandAtLeastMean { band: "x".to_owned() }),
            one("classes.2.when", "band.unknown"),
        ),
        (changed(|scheme| scheme.residual.key = scheme.no_purchase.key.clone()), one("classes.4.key", "key.twice")),
        (changed(|scheme| scheme.residual.names.zh_hans.clear()), one("residual.names", "name.missing")),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn shares_and_weights_stay_within_reason() {
    let mut scheme = old_new_large_small();
    scheme.bands[2].cut = CutRule::Top { share_bp: 10_000, minimum_customers: 1 };
    assert_eq!(problems(&scheme), one("bands.2.cut", "share.out_of_range"));
    scheme.bands[2].cut = CutRule::TopAndBottom { top_bp: 6000, bottom_bp: 5000, minimum_customers: 1 };
    assert_eq!(problems(&scheme), one("bands.2.cut", "share.out_of_range"));
    let mut scheme = contribution_potential();
    scheme.scores[0].parts.iter_mut().for_each(|part| part.weight = 0);
    assert_eq!(problems(&scheme), one("scores.0.parts", "weight.all_zero"));
}

#[test]
fn a_condition_without_end_is_refused() {
    let mut deep = band_is(1);
    for _ in 0..20 {
        deep = Condition::Not { of: Box::new(deep) };
    }
    assert_eq!(changed(|scheme| scheme.classes[2].when = deep), one("classes.2.when", "condition.too_deep"));
}

#[test]
fn all_problems_are_said_at_once() {
    let found = changed(|scheme| {
        scheme.key.clear();
        scheme.bands[0].cut = CutRule::Fixed { cuts: Vec::new() };
        scheme.bands[0].best = Best::High;
        scheme.classes[0].face.names.zh_hans.clear();
    });
    assert!(found.len() >= 3, "{found:?}");
}
