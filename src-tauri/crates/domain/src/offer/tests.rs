use super::*;
use crate::ids::ProductId;
use crate::money::Money;
use crate::sale::returns::{SoldLine, worth};
use crate::sale::times;
use chrono::NaiveDate;
use proptest::prelude::*;

fn minor(amount: i64) -> Money {
    Money::from_minor(amount)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn offer(rule: Rule) -> Offer {
    Offer {
        rule,
        scope: Scope::Shop,
        when: When { from_on: day("2026-01-01"), until_on: None, weekdays: vec![], hours: None },
        audience: Audience::Everybody,
        with_terms: false,
        with_coupons: true,
        with_others: true,
    }
}

fn steps(steps: &[(i64, i64)]) -> Offer {
    let steps = steps.iter().map(|(from, off)| Step { from_minor: minor(*from), off_minor: minor(*off) }).collect();
    offer(Rule::Steps { steps, repeats: false })
}

fn breaks(breaks: &[(i64, Less)], is_mixed: bool) -> Offer {
    let breaks = breaks.iter().map(|(pieces, less)| Break { from_thousandths: pieces * 1000, less: *less }).collect();
    offer(Rule::Breaks { breaks, is_mixed })
}

fn bundle(parts: &[(i64, u32)], less: Less) -> Offer {
    let parts = parts.iter().map(|(product, pieces)| Part { product: ProductId(*product), pieces: *pieces }).collect();
    offer(Rule::Bundle { parts, less })
}

fn percent(percent_bp: u32) -> Less {
    Less::Percent { percent_bp }
}

fn price(price: i64) -> Less {
    Less::Price { price_minor: minor(price) }
}

fn line(product: i64, pieces: i64, unit_price: i64) -> Line {
    Line {
        product: Some(ProductId(product)),
        category: Some(if product % 2 == 0 { "面包" } else { "饮料" }.to_owned()),
        quantity_thousandths: pieces * 1000,
        unit_price: minor(unit_price),
        amount: times(pieces * 1000, minor(unit_price)).expect("an amount"),
        cost: None,
        is_agreed: false,
        is_by_hand: false,
    }
}

fn amount(amount: i64) -> Line {
    Line { product: None, category: None, ..line(1, 1, amount) }
}

fn tier(percent_bp: u32) -> Own {
    Own { kind: OwnKind::Tier, percent_bp }
}

fn term(percent_bp: u32) -> Own {
    Own { kind: OwnKind::Term, percent_bp }
}

fn of(lines: &[Line], offers: &[&Offer], own: &[Own]) -> Outcome {
    best(Basket { lines, offers, own, margin_bp: 0 })
}

fn off(lines: &[Line], offers: &[&Offer], own: &[Own]) -> i64 {
    of(lines, offers, own).total().minor()
}

#[test]
fn spend_reaches_the_highest_step_and_only_that() {
    let offer = steps(&[(20_000, 2_000), (30_000, 4_000)]);
    for (spend, expected) in [(19_999, 0), (20_000, 2_000), (29_999, 2_000), (30_000, 4_000), (90_000, 4_000)] {
        assert_eq!(off(&[amount(spend)], &[&offer], &[]), expected, "{spend}");
    }
}

#[test]
fn a_repeated_step_counts_as_often_as_the_spend_holds_it() {
    let each = Step { from_minor: minor(10_000), off_minor: minor(1_000) };
    let offer = offer(Rule::Steps { steps: vec![each], repeats: true });
    assert_eq!(off(&[amount(39_999)], &[&offer], &[]), 3_000);
}

#[test]
fn steps_of_a_category_look_at_that_category_alone() {
    let mut offer = steps(&[(10_000, 1_000)]);
    offer.scope = Scope::Category { category: "面包".into() };
    let outcome = of(&[line(2, 2, 5_000), line(1, 1, 50_000)], &[&offer], &[]);
    assert_eq!(outcome.off, [minor(1_000), Money::ZERO], "bread pays for bread");
    assert_eq!(off(&[line(2, 1, 5_000), line(1, 1, 50_000)], &[&offer], &[]), 0);
}

#[test]
fn a_line_counts_for_one_step_of_spend_only_and_the_better_one_is_taken() {
    let shop = steps(&[(20_000, 2_000)]);
    let mut bread = steps(&[(10_000, 1_500)]);
    bread.scope = Scope::Category { category: "面包".into() };
    assert_eq!(off(&[line(2, 1, 20_000)], &[&shop, &bread], &[]), 2_000, "not 3,500");
    assert_eq!(off(&[line(2, 1, 10_000), line(1, 1, 20_000)], &[&shop, &bread], &[]), 3_500, "each on its own goods");
}

#[test]
fn three_products_together_cost_less_as_many_sets_as_there_are() {
    let lines = [line(1, 2, 1_000), line(2, 3, 2_000), line(3, 2, 3_000)];
    assert_eq!(off(&lines, &[&bundle(&[(1, 1), (2, 1), (3, 1)], percent(2_000))], &[]), 2_400);
    assert_eq!(off(&lines, &[&bundle(&[(1, 1), (2, 1), (3, 1)], price(5_000))], &[]), 2_000);
    assert_eq!(
        off(&lines, &[&bundle(&[(1, 1), (2, 1), (3, 1)], price(9_000))], &[]),
        0,
        "dearer than apart is no offer"
    );
    assert_eq!(off(&lines[..2], &[&bundle(&[(1, 1), (2, 1), (3, 1)], percent(2_000))], &[]), 0, "a part is missing");
}

#[test]
fn from_ten_pieces_on_one_costs_less() {
    let offer = breaks(&[(10, price(900)), (50, price(800))], false);
    for (pieces, expected) in [(9, 0), (10, 1_000), (49, 4_900), (50, 10_000)] {
        assert_eq!(off(&[line(1, pieces, 1_000)], &[&offer], &[]), expected, "{pieces}");
    }
}

#[test]
fn different_goods_of_a_category_count_together_where_the_offer_says_so() {
    let lines = [line(2, 6, 1_000), line(4, 4, 2_000)];
    assert_eq!(off(&lines, &[&breaks(&[(10, percent(1_000))], true)], &[]), 1_400);
    assert_eq!(off(&lines, &[&breaks(&[(10, percent(1_000))], false)], &[]), 0);
}

#[test]
fn pieces_of_a_bundle_count_for_no_break() {
    let lines = [line(1, 10, 1_000), line(2, 1, 1_000)];
    let (set, many) = (bundle(&[(1, 1), (2, 1)], percent(5_000)), breaks(&[(10, percent(500))], false));
    let outcome = of(&lines, &[&set, &many], &[]);
    assert_eq!(outcome.total().minor(), 1_000, "nine pieces are left, and the bundle is worth more than the break");
    assert_eq!(outcome.given.len(), 1);
}

#[test]
fn the_discount_of_the_tier_is_for_what_no_offer_has_lowered() {
    let lines = [line(1, 10, 1_000), line(2, 1, 10_000)];
    let mut many = breaks(&[(10, percent(1_000))], false);
    many.scope = Scope::Products { products: vec![ProductId(1)] };
    let outcome = of(&lines, &[&many], &[tier(500)]);
    assert_eq!(outcome.off, [minor(1_000), minor(500)]);
    assert_eq!(off(&lines, &[&many], &[tier(2_000)]), 4_000, "where the tier is worth more, it is the tier");
}

#[test]
fn steps_look_at_what_is_left_and_the_better_way_is_taken() {
    let shop = steps(&[(20_000, 2_000)]);
    // 5 % of 200.00 is 10.00 and takes the sale below the step; the step alone is worth 20.00.
    let outcome = of(&[amount(20_000)], &[&shop], &[tier(500)]);
    assert_eq!(outcome.total().minor(), 2_000);
    assert_eq!(outcome.set_aside[0].source, Source::Own(0));
    assert_eq!(off(&[amount(40_000)], &[&shop], &[tier(500)]), 4_000, "380.00 still reaches it");
}

#[test]
fn special_terms_and_offers_do_not_meet_unless_the_offer_says_so() {
    let mut shop = steps(&[(10_000, 1_000)]);
    assert_eq!(off(&[amount(20_000)], &[&shop], &[term(400)]), 1_000, "whichever is worth more");
    assert_eq!(off(&[amount(20_000)], &[&shop], &[term(600)]), 1_200);
    shop.with_terms = true;
    assert_eq!(off(&[amount(20_000)], &[&shop], &[term(600)]), 2_200);
    let agreed = Line { is_agreed: true, ..line(1, 1, 20_000) };
    assert_eq!(
        off(std::slice::from_ref(&agreed), &[&steps(&[(10_000, 1_000)])], &[]),
        0,
        "an agreed price is the price"
    );
    assert_eq!(off(&[agreed], &[&shop], &[term(600)]), 1_000);
}

#[test]
fn the_tier_and_special_terms_are_never_both_given() {
    assert_eq!(off(&[amount(10_000)], &[], &[tier(500), term(800)]), 800);
}

#[test]
fn an_offer_for_itself_alone_stands_beside_nothing() {
    let mut alone = steps(&[(10_000, 700)]);
    alone.with_others = false;
    let bread = breaks(&[(1, percent(500))], true);
    assert_eq!(off(&[amount(10_000)], &[&alone, &bread], &[]), 700);
    assert_eq!(off(&[amount(10_000)], &[&alone, &bread], &[tier(800)]), 800);
}

#[test]
fn no_offer_takes_a_sale_below_its_margin_by_itself() {
    let costly = Line { cost: Some(minor(8_500)), ..line(1, 1, 10_000) };
    let (small, large) = (steps(&[(10_000, 1_000)]), breaks(&[(1, percent(2_000))], false));
    let outcome = of(std::slice::from_ref(&costly), &[&small, &large], &[]);
    assert_eq!(outcome.total().minor(), 1_000);
    assert_eq!(outcome.set_aside[0].why, SetAsideWhy::Margin);
}

#[test]
fn what_was_reduced_by_hand_is_not_reduced_again_but_counts_as_spend() {
    let by_hand = Line { is_by_hand: true, amount: minor(9_000), ..line(1, 10, 1_000) };
    assert_eq!(off(std::slice::from_ref(&by_hand), &[&breaks(&[(10, percent(1_000))], false)], &[tier(500)]), 0);
    assert_eq!(off(&[by_hand], &[&steps(&[(9_000, 500)])], &[]), 500);
}

#[test]
fn goods_taken_back_within_a_sale_lower_the_spend() {
    let back = Line { quantity_thousandths: -1000, amount: minor(-5_000), ..line(2, 1, 5_000) };
    assert_eq!(off(&[line(1, 1, 20_000), back], &[&steps(&[(20_000, 2_000)])], &[]), 0);
}

#[test]
fn a_hint_says_what_little_more_would_bring() {
    let shop = steps(&[(20_000, 2_000)]);
    let lines = [amount(16_200)];
    let basket = Basket { lines: &lines, offers: &[&shop], own: &[], margin_bp: 0 };
    let found = hints(basket, &best(basket), &|_| None);
    assert_eq!(found, [Hint { offer: 0, need: Need::Spend(minor(3_800)), gain: minor(2_000) }]);
    let far = [amount(9_999)];
    let basket = Basket { lines: &far, ..basket };
    assert_eq!(hints(basket, &best(basket), &|_| None), [], "twice as much again is no small step");
    let (many, eight) = (breaks(&[(10, price(900))], false), [line(1, 8, 1_000)]);
    let basket = Basket { lines: &eight, offers: &[&many], own: &[], margin_bp: 0 };
    let found = hints(basket, &best(basket), &|_| None);
    assert_eq!(found[0].need, Need::More { line: 0, thousandths: 2_000 });
    let (set, two) = (bundle(&[(1, 1), (2, 1), (3, 1)], percent(2_000)), [line(1, 1, 1_000), line(2, 1, 1_000)]);
    let basket = Basket { lines: &two, offers: &[&set], own: &[], margin_bp: 0 };
    let found = hints(basket, &best(basket), &|_| Some(minor(500)));
    assert_eq!(found[0].need, Need::Product { product: ProductId(3), pieces: 1 });
    assert_eq!(found[0].gain, minor(500));
}

#[test]
fn an_offer_holds_on_its_days_and_hours_and_for_its_people() {
    let when = When {
        from_on: day("2026-03-01"),
        until_on: Some(day("2026-03-31")),
        weekdays: vec![1],
        hours: Some(Hours { from_minute: 14 * 60, until_minute: 17 * 60 }),
    };
    assert!(when.holds(day("2026-03-02"), Some(14 * 60)));
    assert!(!when.holds(day("2026-03-02"), Some(17 * 60)), "the end is outside");
    assert!(!when.holds(day("2026-03-02"), None), "a sale of an earlier day has no hour");
    assert!(!when.holds(day("2026-03-03"), Some(15 * 60)), "a Tuesday");
    assert!(!when.holds(day("2026-04-06"), Some(15 * 60)));
    let night = When { hours: Some(Hours { from_minute: 20 * 60, until_minute: 2 * 60 }), weekdays: vec![], ..when };
    assert!(night.holds(day("2026-03-02"), Some(23 * 60)) && night.holds(day("2026-03-02"), Some(60)));
    assert!(!night.holds(day("2026-03-02"), Some(12 * 60)));
    let who = Who { tier: "金卡".into(), class_key: Some("core".into()), tags: vec!["单项服务".into()] };
    assert!(Audience::Tags { tags: vec!["单项服务".into()] }.includes(Some(&who)));
    assert!(Audience::Tiers { tiers: vec!["金卡".into()] }.includes(Some(&who)));
    assert!(Audience::Classes { class_keys: vec!["core".into()] }.includes(Some(&who)));
    assert!(!Audience::Customers.includes(None) && Audience::Everybody.includes(None));
}

#[test]
fn an_offer_that_cannot_be_kept_is_refused_at_its_field() {
    let fields = |offer: &Offer| match offer.check() {
        Err(crate::error::RuleError::Invalid(fields)) => {
            fields.into_iter().map(|field| format!("{} {}", field.field, field.problem)).collect::<Vec<_>>()
        }
        other => panic!("expected refusals, got {other:?}"),
    };
    assert_eq!(
        fields(&steps(&[(20_000, 2_000), (20_000, 1_000)])),
        ["rule.steps.1.from_minor offer.not_rising", "rule.steps.1.off_minor offer.not_rising"]
    );
    assert_eq!(fields(&steps(&[(1_000, 1_000)])), ["rule.steps.0.off_minor offer.whole_away"]);
    assert_eq!(fields(&breaks(&[(10, price(900)), (20, price(950))], false)), ["rule.breaks.1.less offer.not_better"]);
    assert_eq!(fields(&bundle(&[(1, 1)], percent(2_000))), ["rule.parts offer.parts"]);
    assert_eq!(
        fields(&bundle(&[(1, 1), (1, 1)], percent(0))),
        ["rule.parts.1 offer.part", "rule.less.percent_bp offer.percent"]
    );
    let mut nobody = steps(&[(10_000, 100)]);
    nobody.audience = Audience::Tiers { tiers: vec![] };
    nobody.when.until_on = Some(day("2025-12-31"));
    assert_eq!(fields(&nobody), ["when.until_on date.before_start", "audience offer.nobody"]);
}

fn any_line() -> impl Strategy<Value = Line> {
    (1_i64..6, 1_i64..25, 1_i64..5_000, 0_u8..10, any::<Option<bool>>()).prop_map(
        |(product, pieces, unit, kind, cost)| {
            let made = line(product, pieces, unit);
            let cost = cost.map(|dear| minor(if dear { made.amount.minor() } else { made.amount.minor() / 2 }));
            match kind {
                0 => Line { is_agreed: true, cost, ..made },
                1 => Line { is_by_hand: true, cost, ..made },
                2 => Line {
                    quantity_thousandths: -made.quantity_thousandths,
                    amount: minor(-made.amount.minor()),
                    ..made
                },
                3 => Line { product: None, category: None, ..made },
                4 => Line {
                    quantity_thousandths: 1_500,
                    amount: times(1_500, made.unit_price).expect("an amount"),
                    ..made
                },
                _ => Line { cost, ..made },
            }
        },
    )
}

fn any_offer() -> impl Strategy<Value = Offer> {
    let less = prop_oneof![(1_u32..9_999).prop_map(percent), (1_i64..6_000).prop_map(price)];
    let rule = prop_oneof![
        (1_i64..50_000, 1_i64..40_000, any::<bool>()).prop_map(|(from, off, repeats)| Rule::Steps {
            steps: vec![Step { from_minor: minor(from + off), off_minor: minor(off) }],
            repeats
        }),
        (prop::collection::btree_set(1_i64..6, 1..4), 1_u32..4, less.clone()).prop_map(|(products, pieces, less)| {
            let parts = products.into_iter().map(|product| Part { product: ProductId(product), pieces }).collect();
            Rule::Bundle { parts, less }
        }),
        (1_i64..20, less, any::<bool>()).prop_map(|(pieces, less, is_mixed)| Rule::Breaks {
            breaks: vec![Break { from_thousandths: pieces * 1000, less }],
            is_mixed
        }),
    ];
    let scope = prop_oneof![
        Just(Scope::Shop),
        Just(Scope::Category { category: "面包".into() }),
        Just(Scope::Products { products: vec![ProductId(1), ProductId(2)] }),
    ];
    (rule, scope, any::<bool>(), 0_u8..5).prop_map(|(rule, scope, with_terms, others)| Offer {
        scope,
        with_terms,
        with_others: others > 0,
        ..offer(rule)
    })
}

proptest! {
    #[test]
    fn an_amount_is_shared_out_to_the_last_cent(total in 0_i64..1_000_000, weights in prop::collection::vec(0_i64..100_000, 1..20)) {
        let weights: Vec<Money> = weights.into_iter().map(minor).collect();
        let all: i64 = weights.iter().map(|weight| weight.minor()).sum();
        let parts = share_out(minor(total), &weights);
        let sum: i64 = parts.iter().map(|part| part.minor()).sum();
        prop_assert_eq!(sum, if all > 0 { total } else { 0 });
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(total) * i128::from(weight.minor());
            prop_assert!((i128::from(part.minor()) * i128::from(all.max(1)) - exact).abs() < i128::from(all.max(1)), "less than one off the exact share");
            prop_assert!(total > all || part <= weight);
        }
    }

    #[test]
    fn every_amount_adds_up_and_no_line_falls_below_nothing(
        lines in prop::collection::vec(any_line(), 1..8),
        offers in prop::collection::vec(any_offer(), 0..6),
        tier_bp in 0_u32..3_000,
        term_bp in 0_u32..3_000,
        margin_bp in 0_i64..5_000,
    ) {
        let refs: Vec<&Offer> = offers.iter().collect();
        let own: Vec<Own> = [tier(tier_bp), term(term_bp)].into_iter().filter(|own| own.percent_bp > 0).collect();
        let basket = Basket { lines: &lines, offers: &refs, own: &own, margin_bp };
        let outcome = best(basket);
        prop_assert_eq!(&outcome, &best(basket), "the same sale always gets the same");
        let gross: i64 = lines.iter().map(|line| line.amount.minor()).sum();
        prop_assert!(outcome.total().minor() <= gross.max(0));
        for (at, (line, off)) in lines.iter().zip(&outcome.off).enumerate() {
            prop_assert!(*off >= Money::ZERO && (*off == Money::ZERO || *off <= line.amount));
            let by_source: i64 = outcome.given.iter().map(|given| given.lines[at].minor()).sum();
            prop_assert_eq!(by_source, off.minor());
        }
        for given in &outcome.given {
            prop_assert!(given.amount > Money::ZERO);
            prop_assert_eq!(given.lines.iter().map(|part| part.minor()).sum::<i64>(), given.amount.minor());
        }
        prop_assert!(outcome.given.iter().filter(|given| matches!(given.source, Source::Own(_))).count() <= 1);
        for aside in &outcome.set_aside {
            prop_assert!(aside.why == SetAsideWhy::Margin || aside.alone <= outcome.total(), "nothing better was set aside");
        }
    }

    #[test]
    fn a_hint_is_kept(lines in prop::collection::vec(any_line(), 1..5), offers in prop::collection::vec(any_offer(), 1..4), tier_bp in 0_u32..3_000) {
        let refs: Vec<&Offer> = offers.iter().collect();
        let own: Vec<Own> = (tier_bp > 0).then(|| tier(tier_bp)).into_iter().collect();
        let basket = Basket { lines: &lines, offers: &refs, own: &own, margin_bp: 0 };
        let outcome = best(basket);
        for hint in hints(basket, &outcome, &|_| Some(minor(700))) {
            prop_assert!(hint.gain > Money::ZERO);
            let mut more = lines.clone();
            match hint.need {
                Need::More { line, thousandths } => {
                    more[line].quantity_thousandths += thousandths;
                    let added = times(thousandths, more[line].unit_price).expect("an amount");
                    more[line].amount = more[line].amount.checked_add(added).expect("an amount");
                }
                // The line that was tried is any goods of the scope; a product of its own is the plainest of them.
                Need::Spend(spend) if refs[hint.offer].scope == Scope::Shop => more.push(amount(spend.minor())),
                _ => continue,
            }
            let then = best(Basket { lines: &more, ..basket });
            let of = |outcome: &Outcome| -> i64 {
                outcome.given.iter().filter(|given| given.source == Source::Offer(hint.offer)).map(|given| given.amount.minor()).sum()
            };
            prop_assert_eq!(of(&then) - of(&outcome), hint.gain.minor());
            prop_assert!(then.total() > outcome.total());
        }
    }

    #[test]
    fn lines_that_come_back_one_by_one_bring_exactly_what_was_paid(
        lines in prop::collection::vec((1_i64..20, 1_i64..5_000), 1..6),
        offers in prop::collection::vec(any_offer(), 0..4),
        rest_bp in 0_i64..=10_000,
    ) {
        let lines: Vec<Line> = lines.into_iter().enumerate().map(|(at, (pieces, unit))| line(at as i64 + 1, pieces, unit)).collect();
        let refs: Vec<&Offer> = offers.iter().collect();
        let outcome = best(Basket { lines: &lines, offers: &refs, own: &[], margin_bp: 0 });
        let amounts: Vec<Money> = lines.iter().zip(&outcome.off).map(|(line, off)| minor(line.amount.minor() - off.minor())).collect();
        let gross: i64 = amounts.iter().map(|amount| amount.minor()).sum();
        // A coupon, points or a discount by hand on the whole are shared out as well.
        let net = minor(gross * rest_bp / 10_000);
        let paid = share_out(net, &amounts);
        let mut back = 0;
        for (line, paid) in lines.iter().zip(&paid) {
            for piece in 0..line.quantity_thousandths / 1000 {
                let sold = SoldLine { quantity_milli: line.quantity_thousandths, paid: *paid, returned_milli: piece * 1000 };
                back += worth(&sold, 1000).expect("a piece").minor();
            }
        }
        prop_assert_eq!(back, net.minor());
    }
}
