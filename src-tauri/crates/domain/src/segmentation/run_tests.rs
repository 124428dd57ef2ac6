//! What holds of every run, whatever the customers are.

use super::*;
use crate::segmentation::facts::CustomerMeasures;
use crate::segmentation::presets::{ready_made, rfm_555, rfm_scores, rfm_scores_needs, simple_rfm};
use crate::segmentation::scheme::CutRule;
use crate::segmentation::test_support::*;
use crate::segmentation::window::Window;
use proptest::prelude::*;

type Row = (u64, u32, i64, u32, Option<i8>, bool, i64);

fn customers() -> impl Strategy<Value = Vec<CustomerMeasures>> {
    let one = (0u64..365, 0u32..15, -300i64..3000, 0u32..4, prop::option::of(-2i8..3), any::<bool>(), 0i64..90);
    prop::collection::vec(one, 0..150)
        .prop_map(|rows| (1..).zip(rows).map(|(id, row)| customer(id, row)).collect::<Vec<_>>())
}

fn customer(id: i64, (recency, orders, net, categories, judgement, never, cost): Row) -> CustomerMeasures {
    let customer = if never { nobody(id) } else { since(buyer(id, recency, orders, net), recency) };
    let customer = in_windows(customer, |totals| {
        totals.categories = categories;
        totals.interactions = categories / 2;
        totals.known_cost_minor = crate::money::Money::from_minor(cost);
    });
    with(customer, |it| it.judgement = judgement)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn everyone_is_in_exactly_one_class_and_the_same_alone_as_in_the_run(customers in customers()) {
        for scheme in ready_made() {
            // Checks the counts and the agreement of `run` and `assign` on the way.
            prop_assert_eq!(classes(&scheme, &customers).len(), customers.len());
        }
    }

    #[test]
    fn permuting_rows_changes_nothing(customers in customers(), turn in 0usize..150) {
        let mut turned = customers.clone();
        turned.reverse();
        let places = turned.len().max(1);
        turned.rotate_left(turn % places);
        for scheme in ready_made() {
            let one = run(&scheme, &table(&scheme, &customers)).unwrap();
            let other = run(&scheme, &table(&scheme, &turned)).unwrap();
            prop_assert_eq!(&one.cuts, &other.cuts);
            prop_assert_eq!(&one.counts, &other.counts);
        }
    }

    #[test]
    fn equal_values_are_in_the_same_step(customers in customers()) {
        for scheme in ready_made() {
            let table = table(&scheme, &customers);
            let run = run(&scheme, &table).unwrap();
            for band in &scheme.bands {
                let steps = run.steps(&scheme, &table, &band.key).unwrap();
                let mut seen = std::collections::BTreeMap::new();
                for (row, step) in steps.iter().enumerate().filter(|(_, step)| **step > 0) {
                    let value = table.value(row, &band.measure).unwrap();
                    prop_assert_eq!(*seen.entry(value).or_insert(*step), *step);
                    let exact = run.cuts.bands[&band.key].step(band, value);
                    prop_assert_eq!(exact, Some(*step), "the loop's limits equal the fractions");
                }
            }
        }
    }
}

#[test]
fn stored_cut_points_do_not_move_with_a_new_customer() {
    let scheme = simple_rfm();
    let before = vec![buyer(1, 5, 2, 200), buyer(2, 5, 4, 800)];
    let cuts = run(&scheme, &table(&scheme, &before)).unwrap().cuts;
    let after: Vec<_> = before.into_iter().chain([buyer(3, 5, 90, 900_000)]).collect();
    let kept = classify(&scheme, cuts.clone(), &table(&scheme, &after)).unwrap();
    assert_eq!(kept.cuts, cuts);
    assert_eq!(kept.class_key(1), Some("core_value"));
}

#[test]
fn a_preview_with_other_cut_points_moves_people() {
    let mut scheme = simple_rfm();
    let customers = vec![buyer(1, 30, 2, 200), buyer(2, 80, 2, 200)];
    let table = table(&scheme, &customers);
    assert_eq!(run(&scheme, &table).unwrap().rows_of("core_value"), [0, 1]);
    scheme.bands[0].cut = CutRule::Fixed { cuts: vec![60] };
    let preview = run(&scheme, &table).unwrap();
    assert_eq!((preview.rows_of("core_value"), preview.rows_of("win_back")), (vec![0], vec![1]));
    assert_eq!(preview.class_counts()[0].customers, 1);
}

#[test]
fn cut_points_travel_exactly() {
    let scheme = rfm_555();
    let customers: Vec<_> = (0..9).map(|id| buyer(id, id as u64 * 7, id as u32 + 1, id * 131)).collect();
    let cuts = run(&scheme, &table(&scheme, &customers)).unwrap().cuts;
    let text = serde_json::to_string(&cuts).unwrap();
    assert_eq!(serde_json::from_str::<SchemeCuts>(&text).unwrap(), cuts);
}

#[test]
fn the_export_scores_only_those_who_bought_in_the_window() {
    let window = Window::default();
    let customers = vec![buyer(1, 1, 1, 100), buyer(2, 2, 2, 200), buyer(3, 3, 3, 300), buyer(4, 600, 0, 0), nobody(5)];
    let table = crate::segmentation::MeasureTable::of(&rfm_scores_needs(window), &customers);
    let scores = rfm_scores(window, &table).unwrap();
    assert_eq!(scores.r, [5, 3, 1, 0, 0]);
    assert_eq!(scores.m, [1, 3, 5, 0, 0]);
    assert_eq!(scores.r3, [3, 2, 1, 0, 0]);
    assert_eq!(scores.f3, [1, 2, 3, 0, 0]);
}

#[test]
fn the_grid_holds_every_buyer_of_the_year_once() {
    let scheme = rfm_555();
    let customers: Vec<_> = (1..=10).map(|id| buyer(id, id as u64 / 2, 3, id * 10)).chain([nobody(11)]).collect();
    let table = table(&scheme, &customers);
    let run = run(&scheme, &table).unwrap();
    let cells = grid(&run, &scheme, &table, &["r", "f"]).unwrap();
    assert_eq!(cells.iter().map(|cell| cell.customers).sum::<u32>(), 10);
    assert!(cells.iter().all(|cell| cell.steps[1] == 1), "equal orders are all in the first step");
    assert!(grid(&run, &scheme, &table, &["x"]).is_err());
}

#[test]
fn a_table_made_for_another_scheme_is_refused() {
    let customers = vec![buyer(1, 1, 1, 100)];
    let table = table(&simple_rfm(), &customers);
    assert!(run(&rfm_555(), &table).is_err());
}
