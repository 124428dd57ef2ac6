//! Every ready-made scheme against a second computation of its rule (B 7), written from the words of the rule: sort,
//! count, compare in whole numbers. It shares no code with the engine; random customers are put into classes by both.

use crate::money::Money;
use crate::segmentation::facts::{CustomerMeasures, TopCategory};
use crate::segmentation::presets::*;
use crate::segmentation::test_support::*;
use crate::segmentation::window::{Window, whole_months};
use proptest::prelude::{Just, ProptestConfig, Strategy, prop, prop_assert_eq, prop_oneof, proptest};

/// What a scheme may know about one customer.
#[derive(Debug, Clone)]
struct Person {
    /// Days since the last and the first purchase; `None` never bought.
    recency: Option<i64>,
    tenure: i64,
    /// Of the last 12 months.
    orders: i64,
    net: i64,
    cost: i64,
    categories: i64,
    interactions: i64,
    top: Option<(usize, i64, i64)>,
    orders_of_life: i64,
    judgement: Option<i64>,
    complains: bool,
    tagged: bool,
}

const LIKED: [&str; 2] = ["面包", "咖啡"];

fn person() -> impl Strategy<Value = Person> {
    let bought = (0_i64..400, 0_i64..500, prop_oneof![Just(0_i64), 1_i64..4, 1_i64..20]);
    // Few different amounts, so that many tie; refunds that were larger than the sales are below nothing.
    let money = (prop_oneof![Just(0_i64), (-3_i64..8).prop_map(|n| n * 100), -500_i64..9_000], 0_i64..300);
    let taste = (0_i64..4, 0_i64..4, prop::option::of((0_usize..2, 1_i64..5, 0_i64..5)));
    let said = (prop::option::of(-2_i64..3), prop::bool::ANY, prop::bool::ANY, prop::bool::weighted(0.15));
    (bought, money, taste, said).prop_map(|(bought, money, taste, said)| {
        let never = said.3;
        Person {
            recency: (!never).then_some(bought.0),
            tenure: bought.0 + bought.1,
            orders: if never { 0 } else { bought.2 },
            net: if never { 0 } else { money.0 },
            cost: if never { 0 } else { money.1 },
            categories: if never { 0 } else { taste.0 },
            interactions: taste.1,
            top: taste.2.filter(|_| !never).map(|(liked, net, rest)| (liked, net, net + rest)),
            orders_of_life: if never { 0 } else { bought.2 + bought.1 / 100 },
            judgement: said.0,
            complains: said.1,
            tagged: said.2,
        }
    })
}

/// The same person as the engine gets it.
fn measures(id: i64, person: &Person) -> CustomerMeasures {
    let days_ago = |days: i64| today().checked_sub_days(chrono::Days::new(days.unsigned_abs()));
    with(nobody(id), |it| {
        it.last_on = person.recency.and_then(days_ago);
        it.first_on = person.recency.and_then(|_| days_ago(person.tenure));
        it.judgement = person.judgement.map(|judgement| judgement as i8);
        let word = |holds: bool, word: &str| if holds { vec![word.to_owned()] } else { vec![] };
        it.words = [
            (OPEN_COMPLAINT_FIELD.to_owned(), word(person.complains, OPEN_COMPLAINT_YES)),
            ("tags".to_owned(), word(person.tagged, "品牌全案")),
        ]
        .into();
        for (window, totals) in &mut it.windows {
            totals.orders = if *window == Window::Lifetime { person.orders_of_life } else { person.orders } as u32;
            totals.net_minor = Money::from_minor(person.net);
            totals.known_cost_minor = Money::from_minor(person.cost);
            totals.categories = person.categories as u32;
            totals.interactions = person.interactions as u32;
            totals.top_category = person.top.map(|(liked, net, all)| TopCategory {
                category: LIKED[liked].to_owned(),
                net_minor: Money::from_minor(net),
                all_minor: Money::from_minor(all),
            });
        }
    })
}

/// The shop: what is taken over everybody who bought in the year.
struct Book<'a>(&'a [Person]);

impl Book<'_> {
    fn year(&self) -> impl Iterator<Item = &Person> {
        self.0.iter().filter(|one| one.orders >= 1)
    }

    fn sorted(&self, value: fn(&Person) -> i64) -> Vec<i64> {
        let mut values: Vec<i64> = self.year().map(value).collect();
        values.sort_unstable();
        values
    }

    /// `k` times the cut point at the share i/k (type 7).
    fn cut(&self, value: fn(&Person) -> i64, i: i64, k: i64) -> i64 {
        let values = self.sorted(value);
        let place = (values.len() as i64 - 1) * i;
        let (at, rest) = ((place / k) as usize, place % k);
        values[at] * (k - rest) + if rest > 0 { values[at + 1] * rest } else { 0 }
    }

    /// 1 and one more for each cut point strictly below.
    fn step(&self, one: &Person, value: fn(&Person) -> i64, k: i64) -> i64 {
        1 + (1..k).filter(|i| self.cut(value, *i, k) < value(one) * k).count() as i64
    }

    fn reaches_median(&self, one: &Person, value: fn(&Person) -> i64) -> bool {
        value(one) * 2 >= self.cut(value, 1, 2)
    }

    fn is_in_top_fifth(&self, one: &Person, value: fn(&Person) -> i64) -> bool {
        let values = self.sorted(value);
        value(one) >= values[values.len() - values.len().div_ceil(5)]
    }

    /// The mean of parts, each 0 to 100 with a weight, rounded half up; `None` when nothing counts.
    fn points(parts: &[(Option<i64>, i64)]) -> Option<i64> {
        let counted = || parts.iter().filter_map(|(points, weight)| Some(((*points)?, *weight)));
        let weights: i64 = counted().map(|(_, weight)| weight).sum();
        let sum: i64 = counted().map(|(points, weight)| points * weight).sum();
        (weights > 0).then(|| (2 * sum + weights).div_euclid(2 * weights))
    }

    /// Points of a step by fifths; who did not buy in the year has none.
    fn fifth(&self, one: &Person, value: fn(&Person) -> i64) -> Option<i64> {
        self.year().next()?;
        Some(if one.orders >= 1 { (self.step(one, value, 5) - 1) * 25 } else { 0 })
    }

    fn contribution(&self, one: &Person, weights: [i64; 2]) -> Option<i64> {
        Self::points(&[(self.fifth(one, net), weights[0]), (self.fifth(one, orders), weights[1])])
    }

    fn potential(&self, one: &Person, of_judgement: i64) -> Option<i64> {
        let judged = one.judgement.map(|judgement| (judgement + 2) * 25);
        let (variety, talks) = (self.fifth(one, |it| it.categories), self.fifth(one, |it| it.interactions));
        Self::points(&[(variety, 50), (talks, 50), (judged, of_judgement)])
    }
}

fn orders(one: &Person) -> i64 {
    one.orders
}

fn net(one: &Person) -> i64 {
    one.net
}

fn profit(one: &Person) -> i64 {
    one.net - one.cost
}

/// Half up, also below nothing; only of those who bought in the year.
fn ticket(one: &Person) -> i64 {
    (2 * one.net + one.orders).div_euclid(2 * one.orders)
}

/// The classes of everybody by one rule; who never bought is told apart before.
fn by_rule(people: &[Person], never: &str, rule: impl Fn(&Book, &Person, i64) -> &'static str) -> Vec<String> {
    let book = Book(people);
    let class = |one: &Person| one.recency.map_or(never, |recency| rule(&book, one, recency)).to_owned();
    people.iter().map(class).collect()
}

fn by_engine(scheme: &Scheme, people: &[Person]) -> Vec<String> {
    let customers: Vec<CustomerMeasures> = people.iter().zip(1..).map(|(one, id)| measures(id, one)).collect();
    classes(scheme, &customers)
}

const NEVER: &str = "not_purchased";

fn thirds(people: &[Person], value: fn(&Person) -> i64, names: [&'static str; 3]) -> Vec<String> {
    by_rule(people, NEVER, |book, one, _| match one.orders {
        0 => "dormant",
        _ => names[book.step(one, value, 3) as usize - 1],
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn simple_rfm_is_its_rule(people in prop::collection::vec(person(), 0..40)) {
        let expected = by_rule(&people, NEVER, |book, one, recency| {
            let buys = one.orders >= 1;
            let often = buys && book.reaches_median(one, orders);
            let large = buys && book.reaches_median(one, ticket);
            match (recency <= 90, often, large) {
                (true, true, true) => "core_value",
                (true, true, false) => "potential/frequent",
                (true, false, true) => "potential/big_ticket",
                (false, ..) => "win_back",
                (true, false, false) => "ordinary",
            }
        });
        prop_assert_eq!(by_engine(&simple_rfm(), &people), expected);
    }

    #[test]
    fn rfm_555_is_its_rule(people in prop::collection::vec(person(), 0..40)) {
        let expected = by_rule(&people, NEVER, |book, one, _| {
            if one.orders == 0 {
                return "dormant";
            }
            let scores = |one: &Person| {
                [6 - book.step(one, |it| it.recency.unwrap_or(0), 5), book.step(one, orders, 5), book.step(one, net, 5)]
            };
            let all: Vec<[i64; 3]> = book.year().map(scores).collect();
            let own = scores(one);
            let high = [0, 1, 2].map(|at| own[at] * all.len() as i64 >= all.iter().map(|it| it[at]).sum::<i64>());
            match high {
                [true, true, true] => "important_value",
                [true, false, true] => "important_develop",
                [false, true, true] => "important_keep",
                [false, false, true] => "important_retain",
                [true, true, false] => "general_value",
                [true, false, false] => "general_develop",
                [false, true, false] => "general_keep",
                [false, false, false] => "general_retain",
            }
        });
        prop_assert_eq!(by_engine(&rfm_555(), &people), expected);
    }

    #[test]
    fn thirds_and_their_grid_are_their_rules(people in prop::collection::vec(person(), 0..40)) {
        let often = thirds(&people, orders, ["low_frequency", "middle_frequency", "high_frequency"]);
        prop_assert_eq!(by_engine(&frequency_thirds(), &people), often);
        let much = thirds(&people, net, ["small_amount", "middle_amount", "large_amount"]);
        prop_assert_eq!(by_engine(&amount_thirds(), &people), much);
        let both = by_rule(&people, NEVER, |book, one, _| match one.orders {
            0 => "dormant",
            _ => match book.step(one, orders, 3) + book.step(one, net, 3) {
                5.. => "high_value",
                4 => "middle_value",
                _ => "low_value",
            },
        });
        prop_assert_eq!(by_engine(&value_grid(), &people), both);
    }

    #[test]
    fn small_orders_are_their_rule(people in prop::collection::vec(person(), 0..40)) {
        let expected = by_rule(&people, NEVER, |book, one, _| {
            if one.orders >= 12 && !book.reaches_median(one, ticket) {
                "key_maintenance"
            } else if (1..12).contains(&one.orders) && book.step(one, ticket, 3) == 3 {
                "key_development"
            } else if book.potential(one, 0).is_some_and(|it| it >= 60) || one.judgement.is_some_and(|it| it >= 1) {
                "potential"
            } else {
                "general"
            }
        });
        prop_assert_eq!(by_engine(&small_orders(), &people), expected);
    }

    #[test]
    fn old_and_new_large_and_small_are_their_rule(people in prop::collection::vec(person(), 0..40)) {
        let expected = by_rule(&people, NEVER, |book, one, _| {
            let first = today().checked_sub_days(chrono::Days::new(one.tenure.unsigned_abs())).unwrap();
            let old = whole_months(first, today()) >= 12 || one.orders_of_life >= 3;
            match (old, one.orders >= 1 && book.is_in_top_fifth(one, net)) {
                (true, true) => "old_large",
                (false, true) => "new_large",
                (true, false) => "old_small",
                (false, false) => "new_small",
            }
        });
        prop_assert_eq!(by_engine(&old_new_large_small(), &people), expected);
    }

    #[test]
    fn twenty_sixty_twenty_is_its_rule(people in prop::collection::vec(person(), 0..60)) {
        let expected = by_rule(&people, NEVER, |book, one, _| {
            let ranked = book.sorted(profit);
            if one.orders == 0 {
                return "dormant";
            }
            if ranked.len() < 10 {
                return "middle_60";
            }
            // Ties go upward at both ends, so whoever equals the first one above the bottom is spared.
            match (book.is_in_top_fifth(one, profit), profit(one) < ranked[ranked.len() / 5]) {
                (true, _) => "top_20",
                (false, true) if one.tenure < 90 || one.complains => "bottom_20/exempt",
                (false, true) => "bottom_20",
                (false, false) => "middle_60",
            }
        });
        prop_assert_eq!(by_engine(&pareto_20_60_20(), &people), expected);
    }

    #[test]
    fn contribution_and_potential_are_their_rule_with_any_weights(
        people in prop::collection::vec(person(), 0..40),
        weights in prop_oneof![Just([50_i64, 50]), [1_i64..100, 0_i64..100]],
        of_judgement in prop_oneof![Just(0_i64), 0_i64..200],
    ) {
        let mut scheme = contribution_potential();
        scheme.scores[0].parts[0].weight = weights[0] as u32;
        scheme.scores[0].parts[1].weight = weights[1] as u32;
        scheme.scores[1].parts[2].weight = of_judgement as u32;
        let expected = by_rule(&people, NEVER, |book, one, _| {
            let (brings, promises) = (book.contribution(one, weights), book.potential(one, of_judgement));
            let is = |points: Option<i64>, high: bool| points.is_some_and(|points| (points >= 50) == high);
            if is(brings, true) && is(promises, true) {
                "star"
            } else if is(brings, true) && is(promises, false) {
                "mature"
            } else if is(brings, false) && is(promises, true) {
                "latent"
            } else {
                "basic"
            }
        });
        prop_assert_eq!(by_engine(&scheme, &people), expected);
        let customers: Vec<CustomerMeasures> = people.iter().zip(1..).map(|(one, id)| measures(id, one)).collect();
        let cuts = crate::segmentation::cut_points(&scheme, &table(&scheme, &customers)).unwrap();
        for (one, customer) in people.iter().zip(&customers) {
            let points = |key: &str| {
                let score = crate::segmentation::value_score(&scheme, &cuts, customer, key);
                score.and_then(|score| score.points).map(i64::from)
            };
            prop_assert_eq!(points("contribution"), Book(&people).contribution(one, weights));
            prop_assert_eq!(points("potential"), Book(&people).potential(one, of_judgement));
        }
    }

    #[test]
    fn tastes_and_tags_are_their_rules(people in prop::collection::vec(person(), 0..40)) {
        let expected = by_rule(&people, NEVER, |_, one, _| match one.top {
            // Half of the money, rounded half up to a hundredth of a per cent.
            Some((liked, most, all)) if (2 * most * 10_000 + all) / (2 * all) >= 5_000 => {
                ["prefers_面包", "prefers_咖啡"][liked]
            }
            _ => "mixed",
        });
        prop_assert_eq!(by_engine(&product_preference(&LIKED), &people), expected);
        let tagged =
            by_rule(&people, "inquiry", |_, one, _| if one.tagged { "full_service" } else { "single_service" });
        prop_assert_eq!(by_engine(&custom(), &people), tagged);
    }
}
