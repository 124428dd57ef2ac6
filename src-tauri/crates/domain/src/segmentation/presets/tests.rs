//! Every ready-made scheme on a table of cases.

use crate::ids::CustomerId;
use crate::money::Money;
use crate::segmentation::facts::CustomerMeasures;
use crate::segmentation::names::Lang;
use crate::segmentation::presets::*;
use crate::segmentation::test_support::*;
use std::collections::BTreeSet;

fn assert_classes(scheme: &Scheme, cases: Vec<(&str, CustomerMeasures, &str)>) {
    let customers: Vec<_> = cases.iter().map(|(_, customer, _)| customer.clone()).collect();
    let found = classes(scheme, &customers);
    for ((why, _, expected), found) in cases.iter().zip(&found) {
        assert_eq!(found, expected, "{}: {why}", scheme.key);
    }
}

#[test]
fn every_ready_made_scheme_is_valid_and_named_in_three_languages() {
    let mut keys = BTreeSet::new();
    for scheme in ready_made() {
        crate::segmentation::check(&scheme).unwrap();
        assert!(keys.insert(scheme.key.clone()), "{} twice", scheme.key);
        let names = scheme.faces().map(|face| &face.names).chain([&scheme.names]);
        let kinds = scheme.classes.iter().flat_map(|class| class.sub_kinds.iter().map(|kind| &kind.names));
        for names in names.chain(kinds) {
            for name in [&names.zh_hans, &names.zh_hant, &names.en] {
                assert!(!name.trim().is_empty(), "{}: {names:?}", scheme.key);
            }
        }
        let text = serde_json::to_string(&scheme).unwrap();
        assert_eq!(serde_json::from_str::<Scheme>(&text).unwrap(), scheme, "a scheme is data");
    }
    assert!(keys.contains(PRIMARY_BY_DEFAULT));
}

#[test]
fn an_empty_book_runs_and_people_who_never_bought_have_their_own_class() {
    for scheme in ready_made() {
        assert!(classes(&scheme, &[]).is_empty());
        assert_eq!(classes(&scheme, &[nobody(1), nobody(2)]), vec![scheme.no_purchase.key.clone(); 2]);
        assert!(!scheme.no_purchase.names.get(Lang::ZhHans).is_empty());
    }
}

#[test]
fn simple_rfm_looks_at_recency_frequency_and_average_ticket() {
    // Medians of the five buyers of the year: 4 orders, average ticket 2000.
    assert_classes(
        &simple_rfm(),
        vec![
            ("recent, often, dear", buyer(1, 12, 9, 9 * 8600), "core_value"),
            ("at both medians on the last day", buyer(2, 90, 4, 4 * 2000), "core_value"),
            ("often but cheap", buyer(3, 5, 6, 6 * 1000), "potential/frequent"),
            ("seldom but dear", buyer(4, 5, 1, 5000), "potential/big_ticket"),
            ("seldom and cheap", buyer(5, 90, 2, 2 * 500), "ordinary"),
            ("a day too long ago, orders outside the year", buyer(6, 400, 0, 0), "win_back"),
            ("never", nobody(7), "not_purchased"),
        ],
    );
    assert_classes(&simple_rfm(), vec![("91 days is too long", buyer(1, 91, 9, 900), "win_back")]);
}

#[test]
fn one_customer_alone_is_at_every_median() {
    assert_classes(&simple_rfm(), vec![("alone", buyer(1, 3, 1, 100), "core_value")]);
    assert_classes(&old_new_large_small(), vec![("alone", buyer(1, 3, 1, 100), "new_large")]);
    assert_classes(&pareto_20_60_20(), vec![("alone", buyer(1, 3, 1, 100), "middle_60")]);
    assert_classes(&rfm_555(), vec![("alone, at every mean", buyer(1, 3, 1, 100), "important_value")]);
}

#[test]
fn the_medians_of_simple_rfm_may_be_replaced_by_amounts() {
    let mut scheme = simple_rfm();
    scheme.bands[1].cut = crate::segmentation::scheme::CutRule::Fixed { cuts: vec![10] };
    scheme.bands[2].cut = crate::segmentation::scheme::CutRule::Fixed { cuts: vec![5000] };
    assert_classes(
        &scheme,
        vec![("at both", buyer(1, 1, 10, 50_000), "core_value"), ("below both", buyer(2, 1, 9, 9 * 4999), "ordinary")],
    );
}

#[test]
fn the_eight_groups_of_rfm_are_above_or_below_the_mean_scores() {
    // Quintile scores run 5,4,3,2,1 for five spread values; the mean is 3.
    assert_classes(
        &rfm_555(),
        vec![
            ("5 5 5", buyer(1, 1, 50, 5000), "important_value"),
            ("4 1 4", buyer(2, 2, 10, 4000), "important_develop"),
            ("3 4 1", buyer(3, 3, 40, 1000), "general_value"),
            ("2 3 3", buyer(4, 4, 30, 3000), "important_keep"),
            ("1 2 2", buyer(5, 5, 20, 2000), "general_retain"),
            ("bought before the year only", buyer(6, 500, 0, 0), "dormant"),
        ],
    );
    assert_classes(
        &rfm_555(),
        vec![
            ("1 1 5", buyer(1, 5, 1, 5000), "important_retain"),
            ("5 2 1", buyer(2, 1, 2, 1000), "general_develop"),
            ("2 5 2", buyer(3, 4, 5, 2000), "general_keep"),
            ("4 4 4", buyer(4, 2, 4, 4000), "important_value"),
            ("3 3 3", buyer(5, 3, 3, 3000), "important_value"),
        ],
    );
}

#[test]
fn thirds_divide_the_buyers_of_the_year() {
    let three = || vec![buyer(1, 1, 1, 300), buyer(2, 1, 2, 200), buyer(3, 1, 3, 100), buyer(4, 700, 0, 0)];
    assert_eq!(
        classes(&frequency_thirds(), &three()),
        ["low_frequency", "middle_frequency", "high_frequency", "dormant"]
    );
    assert_eq!(classes(&amount_thirds(), &three()), ["large_amount", "middle_amount", "small_amount", "dormant"]);
    assert_eq!(classes(&value_grid(), &three()), ["middle_value", "middle_value", "middle_value", "dormant"]);
}

#[test]
fn the_value_grid_adds_both_thirds() {
    assert_classes(
        &value_grid(),
        vec![
            ("3 + 3", buyer(1, 1, 30, 300), "high_value"),
            ("3 + 2", buyer(2, 1, 30, 200), "high_value"),
            ("2 + 2", buyer(3, 1, 20, 200), "middle_value"),
            ("1 + 1", buyer(5, 1, 10, 100), "low_value"),
            ("2 + 1", buyer(6, 1, 20, 100), "low_value"),
            ("1 + 3", buyer(7, 1, 10, 300), "middle_value"),
        ],
    );
}

#[test]
fn when_all_are_equal_all_are_in_one_class() {
    let equal: Vec<_> = (0..12).map(|id| buyer(id, 10, 2, 500)).collect();
    for scheme in ready_made() {
        let found: BTreeSet<_> = classes(&scheme, &equal).into_iter().collect();
        assert_eq!(found.len(), 1, "{}: {found:?}", scheme.key);
    }
}

#[test]
fn small_order_customers_are_kept_developed_or_tried() {
    // Average tickets of the four buyers: 100, 9000, 500, 600; median 550, upper third from 600 on.
    assert_classes(
        &small_orders(),
        vec![
            ("12 orders, small tickets", buyer(1, 3, 12, 1200), "key_maintenance"),
            ("one large order", buyer(2, 3, 1, 9000), "key_development"),
            ("believed in", with(buyer(3, 3, 1, 500), |it| it.judgement = Some(1)), "potential"),
            ("nothing special", with(buyer(4, 3, 2, 1200), |it| it.judgement = Some(0)), "general"),
        ],
    );
    let asks = in_windows(buyer(1, 3, 2, 1000), |totals| {
        totals.categories = 4;
        totals.interactions = 9;
    });
    assert_classes(
        &small_orders(),
        vec![
            ("many categories and contacts", asks, "potential"),
            ("few", buyer(2, 3, 2, 1000), "general"),
            ("large", buyer(3, 3, 1, 9000), "key_development"),
        ],
    );
    let scheme = small_orders();
    assert_eq!(scheme.face("potential").and_then(|face| face.review_after_days), Some(90), "a review date is due");
}

#[test]
fn old_and_new_by_first_order_or_third_order_and_large_with_ties() {
    let old = |customer| since(customer, 365);
    assert_classes(
        &old_new_large_small(),
        vec![
            ("a year ago to the day", old(buyer(1, 1, 1, 900)), "old_large"),
            ("one day short of a year", since(buyer(2, 1, 2, 900), 364), "new_large"),
            ("new, but three orders", buyer(3, 1, 3, 100), "old_small"),
            ("new", buyer(4, 1, 1, 100), "new_small"),
            ("old, nothing this year", old(buyer(5, 300, 0, 0)), "old_small"),
        ],
    );
}

fn ranked(profits: &[i64]) -> Vec<CustomerMeasures> {
    profits.iter().zip(1..).map(|(profit, id)| since(buyer(id, 1, 1, *profit), 200)).collect()
}

fn sizes(found: &[String]) -> (usize, usize, usize) {
    let count = |key: &str| found.iter().filter(|class| class.split('/').next() == Some(key)).count();
    (count("top_20"), count("middle_60"), count("bottom_20"))
}

#[test]
fn twenty_sixty_twenty_counts_up_at_the_top_and_down_at_the_bottom() {
    for (profits, expected) in [
        ((1..=10).collect::<Vec<i64>>(), (2, 6, 2)),
        ((1..=11).collect(), (3, 6, 2)),
        ((1..=14).collect(), (3, 9, 2)),
        ((1..=9).collect(), (0, 9, 0)),
        (vec![9, 9, 9, 5, 5, 5, 5, 5, 1, 1], (3, 5, 2)),
        (vec![9, 8, 5, 5, 5, 5, 5, 1, 1, 1], (2, 8, 0)),
        (vec![7; 10], (10, 0, 0)),
        (vec![-5, -5, 1, 2, 3, 4, 5, 6, 7, 8], (2, 6, 2)),
    ] {
        assert_eq!(sizes(&classes(&pareto_20_60_20(), &ranked(&profits))), expected, "{profits:?}");
    }
}

#[test]
fn the_last_fifth_spares_new_customers_and_open_complaints() {
    let mut customers = ranked(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    customers[0] = since(customers[0].clone(), 89);
    customers[1].words.insert(OPEN_COMPLAINT_FIELD.to_owned(), vec![OPEN_COMPLAINT_YES.to_owned()]);
    let found = classes(&pareto_20_60_20(), &customers);
    assert_eq!(found[..4], ["bottom_20/exempt", "bottom_20/exempt", "bottom_20", "middle_60"]);
}

#[test]
fn profit_is_spend_where_no_cost_is_known() {
    let mut customers = ranked(&[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    customers[9] = in_windows(customers[9].clone(), |totals| totals.known_cost_minor = Money::from_minor(95));
    let found = classes(&pareto_20_60_20(), &customers);
    assert_eq!(found[9], "bottom_20", "the largest spender costs nearly all of it");
    assert_eq!(customers[9].customer, CustomerId(10));
}

#[test]
fn contribution_and_potential_make_four_quadrants() {
    let broad = |customer| {
        in_windows(customer, |totals| {
            totals.categories = 5;
            totals.interactions = 5;
        })
    };
    assert_classes(
        &contribution_potential(),
        vec![
            ("much of both", broad(buyer(1, 1, 9, 900)), "star"),
            ("money only", buyer(2, 1, 9, 900), "mature"),
            ("interest only", broad(buyer(3, 1, 1, 100)), "latent"),
            ("little of both", buyer(4, 1, 1, 100), "basic"),
            ("not this year", buyer(5, 400, 0, 0), "basic"),
        ],
    );
}

#[test]
fn product_preference_is_half_of_what_is_bought() {
    assert_classes(
        &product_preference(&["cake", "tea"]),
        vec![
            ("half", likes(buyer(1, 1, 1, 100), "cake", 50, 100), "prefers_cake"),
            ("less than half", likes(buyer(2, 1, 1, 100), "tea", 49, 100), "mixed"),
            ("a category without class", likes(buyer(3, 1, 1, 100), "gift", 90, 100), "mixed"),
            ("all", likes(buyer(4, 1, 1, 100), "tea", 100, 100), "prefers_tea"),
        ],
    );
}

#[test]
fn own_names_divide_by_tag_and_by_having_bought() {
    let tagged = |customer| with(customer, |it| drop(it.words.insert("tags".to_owned(), vec!["品牌全案".to_owned()])));
    assert_classes(
        &custom(),
        vec![
            ("tagged", tagged(buyer(1, 1, 1, 100)), "full_service"),
            ("bought", buyer(2, 1, 1, 100), "single_service"),
            ("asked", nobody(3), "inquiry"),
        ],
    );
    assert_eq!(custom().no_purchase.names.get(Lang::ZhHans), "咨询未合作");
}

#[test]
fn no_two_classes_of_a_scheme_share_a_colour() {
    for scheme in ready_made() {
        let colours: Vec<String> = scheme.faces().map(|face| format!("{:?}", face.color)).collect();
        let different: BTreeSet<&String> = colours.iter().collect();
        assert_eq!(different.len(), colours.len(), "{}: {colours:?}", scheme.key);
    }
}
