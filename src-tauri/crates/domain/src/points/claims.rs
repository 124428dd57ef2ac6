//! What points promise, one claim a test.

use super::*;
use crate::error::RuleError;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sale(on: &str, id: &str, minor: i64) -> Event {
    paid_with(on, id, minor, 0)
}

fn paid_with(on: &str, id: &str, minor: i64, points: i64) -> Event {
    Event::Sale {
        on: day(on),
        id: Some(id.into()),
        lines: vec![],
        amount_minor: Some(Money::from_minor(minor)),
        discount_minor: Money::ZERO,
        redeem_points: Points(points),
        multiplier_bp: None,
    }
}

fn refund(on: &str, sale: &str, minor: i64) -> Event {
    Event::Refund { on: day(on), sale: sale.into(), amount_minor: Money::from_minor(minor), lines: vec![], id: None }
}

fn void(on: &str, sale: &str) -> Event {
    Event::Void { on: day(on), sale: sale.into(), id: None }
}

fn earn(on: &str, id: &str, points: i64) -> Event {
    Event::Earn { on: day(on), id: Some(id.into()), points: Points(points) }
}

fn redeem(on: &str, points: i64) -> Event {
    Event::Redeem { on: day(on), id: None, points: Points(points) }
}

fn adjust(on: &str, points: i64) -> Event {
    Event::Adjust { on: day(on), id: None, points: Points(points) }
}

fn rules(expiry: Expiry) -> Rules {
    Rules { expiry, ..Rules::default() }
}

fn run(rules: &Rules, events: &[Event], as_of: &str) -> History {
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: rules.clone() }];
    let history = replay(&versions, events, day(as_of)).unwrap();
    let remaining: Points = history.lots.iter().map(|lot| lot.remaining).sum();
    let rows: Points = history.ledger.iter().map(|row| row.points).sum();
    assert_eq!((history.balance, history.balance), (remaining, rows), "balance = Σ lots = Σ ledger");
    history
}

fn left(history: &History) -> Vec<(&str, i64)> {
    history.lots.iter().map(|lot| (lot.source.as_str(), lot.remaining.0)).collect()
}

fn codes(history: &History) -> Vec<(usize, RefusalCode)> {
    history.refused.iter().map(|refusal| (refusal.event, refusal.code)).collect()
}

#[test]
fn points_can_be_spent_through_their_last_day() {
    let rules = rules(Expiry::Days { n: 90 });
    let events = [earn("2026-01-01", "e", 100)];
    let last = run(&rules, &events, "2026-04-01");
    assert_eq!((last.balance, last.lots[0].expires_on), (Points(100), Some(day("2026-04-01"))));
    let gone = run(&rules, &events, "2026-04-02");
    assert_eq!((gone.balance, gone.ledger[1].on), (Points(0), day("2026-04-02")), "the row counts on the day after");
    let spent = [events[0].clone(), redeem("2026-04-01", 100)];
    assert_eq!(codes(&run(&rules, &spent, "2026-04-01")), []);
    let late = [events[0].clone(), redeem("2026-04-02", 100)];
    assert_eq!(codes(&run(&rules, &late, "2026-04-02")), [(1, RefusalCode::InsufficientPoints)]);
}

#[test]
fn every_kind_of_expiry_has_its_last_day() {
    for (expiry, earned, last) in [
        (Expiry::Never, "2026-01-31", None),
        (Expiry::Days { n: 0 }, "2026-01-31", Some("2026-01-31")),
        (Expiry::Days { n: 1 }, "2026-01-31", Some("2026-02-01")),
        (Expiry::Months { n: 1 }, "2026-01-31", Some("2026-02-28")),
        (Expiry::Months { n: 12 }, "2024-02-29", Some("2025-02-28")),
        (Expiry::EndOfMonth, "2026-02-01", Some("2026-02-28")),
        (Expiry::EndOfMonth, "2026-12-31", Some("2026-12-31")),
        (Expiry::EndOfYear, "2026-01-01", Some("2026-12-31")),
        (Expiry::EndOfNextYear, "2026-12-31", Some("2027-12-31")),
    ] {
        assert_eq!(expiry.last_day(day(earned)), last.map(day), "{expiry:?} {earned}");
    }
}

#[test]
fn redeeming_draws_the_earliest_expiry_and_then_the_oldest() {
    // A later version gives shorter lives, so the younger lot ends first.
    let versions = [
        RulesVersion { effective_on: day("2025-01-01"), rules: rules(Expiry::Days { n: 365 }) },
        RulesVersion { effective_on: day("2026-02-01"), rules: rules(Expiry::Days { n: 30 }) },
    ];
    let events = [
        earn("2026-01-01", "long", 50),
        earn("2026-01-01", "long too", 50),
        earn("2026-02-01", "short", 50),
        redeem("2026-02-02", 70),
    ];
    let history = replay(&versions, &events, day("2026-02-02")).unwrap();
    assert_eq!(left(&history), [("long", 30), ("long too", 50), ("short", 0)]);
    let draws: Vec<_> = history.ledger.iter().skip(3).map(|row| (row.points.0, row.lot)).collect();
    assert_eq!(draws, [(-50, Some(2)), (-20, Some(0))], "each draw is stored");
}

#[test]
fn points_without_end_are_drawn_last() {
    let versions = [
        RulesVersion { effective_on: day("2025-01-01"), rules: rules(Expiry::Never) },
        RulesVersion { effective_on: day("2026-02-01"), rules: rules(Expiry::Days { n: 30 }) },
    ];
    let events = [earn("2026-01-01", "ever", 50), earn("2026-02-01", "short", 50), redeem("2026-02-02", 60)];
    assert_eq!(left(&replay(&versions, &events, day("2026-02-02")).unwrap()), [("ever", 40), ("short", 0)]);
}

#[test]
fn a_changed_policy_does_not_touch_lots_that_are_there() {
    let versions = [
        RulesVersion { effective_on: day("2025-01-01"), rules: rules(Expiry::EndOfYear) },
        RulesVersion { effective_on: day("2026-02-01"), rules: rules(Expiry::Days { n: 1 }) },
    ];
    let history = replay(&versions, &[earn("2026-01-01", "e", 50)], day("2026-12-31")).unwrap();
    assert_eq!(history.balance, Points(50));
}

#[test]
fn points_of_a_sale_cannot_pay_for_it() {
    let history = run(&Rules::default(), &[paid_with("2026-01-01", "a", 100_000, 100)], "2026-01-01");
    assert_eq!(codes(&history), [(0, RefusalCode::InsufficientPoints)]);
    assert_eq!(history.lots, [], "a refused sale is no sale: one transaction");
}

#[test]
fn redeemed_points_reduce_what_a_sale_earns() {
    let events = [earn("2026-01-01", "e", 1_000), paid_with("2026-01-02", "a", 2_000, 500)];
    let history = run(&Rules::default(), &events, "2026-01-02");
    assert_eq!(left(&history), [("e", 500), ("a", 15)], "20.00 − 5.00 paid by points");
}

#[test]
fn redeeming_into_money_keeps_step_share_and_balance() {
    let with = |minor, points| {
        let events = [earn("2026-01-01", "e", 1_000), paid_with("2026-01-02", "a", minor, points)];
        codes(&run(&Rules::default(), &events, "2026-01-02")).first().map(|(_, code)| *code)
    };
    assert_eq!(with(10_000, 150), Some(RefusalCode::NotMultipleOfStep));
    assert_eq!(with(1_999, 1_000), Some(RefusalCode::AboveMaxShare), "10.00 of 19.99 is more than half");
    assert_eq!(with(2_000, 1_000), None);
    assert_eq!(with(100_000, 1_100), Some(RefusalCode::InsufficientPoints));
    assert_eq!(with(100_000, -100), Some(RefusalCode::NotPositive));
    let none = Rules { redeem: None, ..Rules::default() };
    let events = [earn("2026-01-01", "e", 1_000), paid_with("2026-01-02", "a", 5_000, 100)];
    assert_eq!(codes(&run(&none, &events, "2026-01-02")), [(1, RefusalCode::NotOffered)]);
}

#[test]
fn a_gift_of_the_catalogue_has_its_own_price() {
    // The step belongs to points as money; a gift for 30 points is a gift for 30 points.
    let events = [earn("2026-01-01", "e", 100), redeem("2026-01-02", 30), redeem("2026-01-02", 0)];
    let history = run(&Rules::default(), &events, "2026-01-02");
    assert_eq!((history.balance, codes(&history)), (Points(70), vec![(2, RefusalCode::NotPositive)]));
}

#[test]
fn pending_points_count_but_cannot_be_spent() {
    let rules = Rules { pending_days: 7, ..Rules::default() };
    let events = [earn("2026-01-01", "e", 100), redeem("2026-01-07", 10), redeem("2026-01-08", 10)];
    let history = run(&rules, &events, "2026-01-08");
    assert_eq!((history.balance, codes(&history)), (Points(90), vec![(1, RefusalCode::InsufficientPoints)]));
    let adjusted = [adjust("2026-01-01", 5), redeem("2026-01-01", 5)];
    assert_eq!(run(&rules, &adjusted, "2026-01-01").balance, Points(0), "a correction by hand does not wait");
}

#[test]
fn a_refund_leaves_what_the_rest_of_the_sale_earns() {
    let events = [sale("2026-01-01", "a", 1_299), refund("2026-01-02", "a", 300)];
    let history = run(&Rules::default(), &events, "2026-01-02");
    assert_eq!(history.balance, Points(9), "9.99");
    assert_eq!((history.ledger[1].kind, history.ledger[1].points), (RowKind::Refund, Points(-3)));
}

#[test]
fn a_hundred_small_refunds_end_like_one() {
    let mut parts = vec![sale("2026-01-01", "a", 10_099)];
    parts.extend((0..100).map(|_| refund("2026-01-02", "a", 99)));
    let one = [sale("2026-01-01", "a", 10_099), refund("2026-01-02", "a", 9_900)];
    let (many, one) = (run(&Rules::default(), &parts, "2026-01-02"), run(&Rules::default(), &one, "2026-01-02"));
    assert_eq!((many.balance, many.lots), (one.balance, one.lots));
}

#[test]
fn refunds_that_cannot_be_are_refused() {
    let events = [
        sale("2026-01-01", "a", 1_000),
        refund("2026-01-02", "a", 1_001),
        refund("2026-01-02", "a", 0),
        refund("2026-01-02", "b", 1),
        refund("2026-01-02", "a", 600),
        refund("2026-01-03", "a", 401),
        refund("2026-01-03", "a", 400),
    ];
    let history = run(&Rules::default(), &events, "2026-01-03");
    assert_eq!(
        codes(&history),
        [
            (1, RefusalCode::BeyondSale),
            (2, RefusalCode::NotPositive),
            (3, RefusalCode::UnknownSale),
            (5, RefusalCode::BeyondSale)
        ]
    );
    assert_eq!(history.balance, Points(0));
}

#[test]
fn what_was_spent_before_the_refund_becomes_a_debt() {
    let mut events = vec![
        sale("2026-01-01", "a", 10_000),
        redeem("2026-01-02", 80),
        refund("2026-01-03", "a", 10_000),
        redeem("2026-01-04", 1),
    ];
    let history = run(&Rules::default(), &events, "2026-01-04");
    assert_eq!((history.balance, history.debt), (Points(0), Points(80)));
    assert_eq!(codes(&history), [(3, RefusalCode::InDebt)], "a debt blocks redeeming");
    events.push(earn("2026-01-05", "e", 100));
    let paid = run(&Rules::default(), &events, "2026-01-05");
    assert_eq!((paid.balance, paid.debt), (Points(20), Points(0)), "the next points pay it first");
}

#[test]
fn a_refund_takes_from_other_lots_before_it_makes_a_debt() {
    let events = [
        sale("2026-01-01", "a", 10_000),
        redeem("2026-01-02", 80),
        earn("2026-01-02", "e", 100),
        refund("2026-01-03", "a", 10_000),
    ];
    let history = run(&Rules::default(), &events, "2026-01-03");
    assert_eq!((left(&history), history.debt), (vec![("a", 0), ("e", 20)], Points(0)));
}

#[test]
fn points_that_expired_unspent_are_not_taken_twice() {
    // A void is never sold: without the sale there would be neither points nor debt.
    let events = [sale("2026-01-01", "a", 10_000), refund("2026-06-01", "a", 10_000)];
    let history = run(&rules(Expiry::Days { n: 30 }), &events, "2026-06-01");
    assert_eq!((history.balance, history.debt), (Points(0), Points(0)));
}

#[test]
fn a_void_lets_other_points_be_spent_in_place_of_its_own() {
    // Without sale a, the redemption would have drawn b before it expired.
    let versions = [
        RulesVersion { effective_on: day("2025-01-01"), rules: rules(Expiry::Days { n: 10 }) },
        RulesVersion { effective_on: day("2026-01-02"), rules: rules(Expiry::Days { n: 20 }) },
    ];
    let events = [
        sale("2026-01-01", "a", 8_000),
        sale("2026-01-02", "b", 8_000),
        redeem("2026-01-03", 80),
        void("2026-03-01", "a"),
    ];
    let history = replay(&versions, &events, day("2026-03-01")).unwrap();
    assert_eq!((history.balance, history.debt), (Points(0), Points(0)), "b paid, so nothing is owed");
}

#[test]
fn points_redeemed_on_a_sale_that_came_back_return_to_their_lots() {
    let events = [
        earn("2026-01-01", "e", 300),
        earn("2026-01-02", "f", 300),
        paid_with("2026-01-03", "a", 10_000, 400),
        refund("2026-01-04", "a", 9_600),
    ];
    let history = run(&Rules::default(), &events, "2026-01-04");
    assert_eq!(left(&history), [("e", 300), ("f", 300), ("a", 0)]);
    assert_eq!(
        codes(&run(
            &Rules::default(),
            &[
                events,
                [
                    refund("2026-01-05", "a", 1),
                    redeem("2026-01-05", 600),
                    redeem("2026-01-06", 1),
                    adjust("2026-01-06", 0),
                ]
            ]
            .concat(),
            "2026-01-06"
        ))
        .len(),
        3
    );
}

#[test]
fn a_partial_refund_gives_back_its_share_the_last_drawn_first() {
    let events = [
        earn("2026-01-01", "e", 300),
        earn("2026-01-02", "f", 300),
        paid_with("2026-01-03", "a", 10_000, 400),
        refund("2026-01-04", "a", 2_400),
    ];
    // 24.00 of 96.00 is a quarter: 100 points, first to f, as if only 300 had been redeemed.
    let history = run(&Rules::default(), &events, "2026-01-04");
    assert_eq!(left(&history), [("e", 0), ("f", 300), ("a", 72)]);
}

#[test]
fn a_lot_that_expired_meanwhile_lives_again_for_thirty_days() {
    let rules = rules(Expiry::Days { n: 10 });
    let events = [earn("2026-01-01", "e", 500), paid_with("2026-01-03", "a", 10_000, 400), void("2026-03-01", "a")];
    let history = run(&rules, &events, "2026-03-01");
    assert_eq!(history.balance, Points(400), "the 100 that nobody spent stay expired");
    let revived = history.lots.last().unwrap();
    assert_eq!((revived.expires_on, revived.source.as_str()), (Some(day("2026-03-31")), "e"));
    assert_eq!(run(&rules, &events, "2026-03-31").balance, Points(400));
    assert_eq!(run(&rules, &events, "2026-04-01").balance, Points(0));
}

#[test]
fn a_return_on_the_last_day_goes_to_the_lot_itself() {
    let rules = rules(Expiry::Days { n: 10 });
    let events = [earn("2026-01-01", "e", 400), paid_with("2026-01-03", "a", 10_000, 400), void("2026-01-11", "a")];
    assert_eq!(left(&run(&rules, &events, "2026-01-11")), [("e", 400), ("a", 0)]);
    assert_eq!(run(&rules, &events, "2026-01-12").balance, Points(0));
}

#[test]
fn a_sale_paid_by_points_alone_is_undone_by_a_void() {
    let redeem = Some(Redeem { max_share_bp: 10_000, ..Redeem::default() });
    let rules = Rules { redeem, ..Rules::default() };
    let events = [earn("2026-01-01", "e", 500), paid_with("2026-01-02", "a", 500, 500), void("2026-01-03", "a")];
    let history = run(&rules, &events, "2026-01-03");
    assert_eq!((history.balance, codes(&history)), (Points(500), vec![]));
}

#[test]
fn the_same_id_is_the_same_event_unless_it_was_refused() {
    let again = Event::Redeem { on: day("2026-01-01"), id: Some("r".into()), points: Points(10) };
    let later = Event::Redeem { on: day("2026-01-02"), id: Some("r".into()), points: Points(10) };
    let events = [
        again.clone(),
        earn("2026-01-02", "e", 100),
        earn("2026-01-02", "e", 100),
        later.clone(),
        later,
        sale("2026-01-03", "a", 500),
        sale("2026-01-03", "a", 500),
    ];
    let history = run(&Rules::default(), &events, "2026-01-03");
    assert_eq!((history.balance, history.refused.len()), (Points(95), 1), "100 − 10 + 5, one refusal, one retry");
}

#[test]
fn an_adjustment_below_nothing_is_a_debt() {
    let history = run(&Rules::default(), &[adjust("2026-01-01", 5), adjust("2026-01-02", -10)], "2026-01-02");
    assert_eq!((history.balance, history.debt), (Points(0), Points(5)));
}

#[test]
fn a_sale_of_nothing_is_a_sale_and_a_negative_one_is_not() {
    let lines = |amounts: &[i64]| Event::Sale {
        on: day("2026-01-01"),
        id: Some("a".into()),
        lines: amounts
            .iter()
            .map(|minor| Line { amount_minor: Money::from_minor(*minor), ..Line::default() })
            .collect(),
        amount_minor: None,
        discount_minor: Money::ZERO,
        redeem_points: Points::ZERO,
        multiplier_bp: None,
    };
    let zero = run(&Rules::default(), &[lines(&[])], "2026-01-01");
    assert_eq!((zero.lots.len(), zero.ledger.len(), zero.refused.len()), (0, 0, 0), "no empty lot, no empty row");
    assert_eq!(run(&Rules::default(), &[lines(&[500, -200])], "2026-01-01").balance, Points(3));
    let negative = run(&Rules::default(), &[lines(&[200, -500])], "2026-01-01");
    assert_eq!(codes(&negative), [(0, RefusalCode::NegativeSale)]);
}

#[test]
fn a_sale_typed_in_later_counts_on_its_own_day() {
    let rules = rules(Expiry::Days { n: 10 });
    let events = [earn("2026-01-05", "young", 50), redeem("2026-01-06", 20), sale("2026-01-01", "old", 3_000)];
    assert_eq!(left(&run(&rules, &events, "2026-01-06")), [("old", 10), ("young", 50)]);
}

#[test]
fn goods_of_a_line_take_their_own_points_with_them() {
    let line =
        |item: &str, minor| Line { item: Some(item.into()), category: None, amount_minor: Money::from_minor(minor) };
    let rules = Rules {
        earn: vec![EarnRule::PerAmount {
            points: Points(1),
            per_minor: Money::from_minor(100),
            category: None,
            item: Some("tea".into()),
        }],
        ..Rules::default()
    };
    let sold = Event::Sale {
        on: day("2026-01-01"),
        id: Some("a".into()),
        lines: vec![line("tea", 1_000), line("cake", 1_000)],
        amount_minor: None,
        discount_minor: Money::ZERO,
        redeem_points: Points::ZERO,
        multiplier_bp: None,
    };
    let back = |line, minor| Event::Refund {
        on: day("2026-01-02"),
        sale: "a".into(),
        amount_minor: Money::from_minor(1_000),
        lines: vec![ReturnedLine { line, amount_minor: Money::from_minor(minor) }],
        id: None,
    };
    assert_eq!(run(&rules, &[sold.clone(), back(1, 1_000)], "2026-01-02").balance, Points(10));
    assert_eq!(run(&rules, &[sold.clone(), back(0, 1_000)], "2026-01-02").balance, Points(0));
    assert_eq!(run(&rules, &[sold.clone(), refund("2026-01-02", "a", 1_000)], "2026-01-02").balance, Points(5));
    let wrong = run(&rules, &[sold, back(2, 1), back(0, 1_001)], "2026-01-02");
    assert_eq!(codes(&wrong), [(1, RefusalCode::UnknownLine), (2, RefusalCode::UnknownLine)]);
}

#[test]
fn the_tier_of_a_sale_multiplies_its_points_also_after_a_refund() {
    let sold = Event::Sale {
        on: day("2026-01-01"),
        id: Some("a".into()),
        lines: vec![],
        amount_minor: Some(Money::from_minor(1_000)),
        discount_minor: Money::from_minor(100),
        redeem_points: Points::ZERO,
        multiplier_bp: Some(15_000),
    };
    let history = run(&Rules::default(), &[sold, refund("2026-01-02", "a", 200)], "2026-01-02");
    assert_eq!((history.ledger[0].points, history.balance), (Points(13), Points(10)), "13.5 and 10.5 round down");
}

#[test]
fn points_that_end_soon_are_on_the_notice_list() {
    let lot = |key, last: &str| Lot {
        key: LotKey(key, 0),
        earned_on: day("2025-01-01"),
        spendable_from: day("2025-01-01"),
        expires_on: Some(day(last)),
        points: Points(10),
        remaining: Points(10),
        source: String::new(),
    };
    let account =
        Account::from_lots(vec![lot(1, "2026-01-01"), lot(2, "2026-01-31"), lot(3, "2026-02-01")], Points::ZERO);
    let ending: Vec<_> = account.ending_within(day("2026-01-01"), 30).iter().map(|lot| lot.key.0).collect();
    assert_eq!(ending, [1, 2]);
}

#[test]
fn a_programme_of_five_points_per_unit_draws_first_in_first_out() {
    // 115.00 at 5 per 1.00 earns 575, a reward of 500 leaves 75; 161.00 earns 805, the next reward takes the 75 first.
    let rules = Rules {
        earn: vec![EarnRule::PerAmount {
            points: Points(5),
            per_minor: Money::from_minor(100),
            category: None,
            item: None,
        }],
        ..rules(Expiry::Days { n: 90 })
    };
    let events = [
        sale("2026-01-01", "one", 11_500),
        redeem("2026-01-01", 500),
        sale("2026-01-01", "two", 16_100),
        redeem("2026-01-01", 500),
    ];
    assert_eq!(left(&run(&rules, &events[..2], "2026-01-01")), [("one", 75)]);
    assert_eq!(left(&run(&rules, &events, "2026-01-01")), [("one", 0), ("two", 380)]);
    assert_eq!(run(&rules, &events, "2026-04-02").balance, Points(0), "91 days later all are gone");
}

#[test]
fn a_programme_of_one_point_per_ten_units_floors_what_is_left_not_what_came_back() {
    // 21.90 earns 2. Giving back 1.90 leaves 20.00 and 2 points; giving back 2.00 leaves 19.90 and 1 point.
    let rules = Rules {
        earn: vec![EarnRule::PerAmount {
            points: Points(1),
            per_minor: Money::from_minor(1_000),
            category: None,
            item: None,
        }],
        ..Rules::default()
    };
    let after = |minor| {
        run(&rules, &[sale("2026-01-01", "a", 2_190), refund("2026-01-02", "a", minor)], "2026-01-02").balance.0
    };
    assert_eq!([190, 200, 1_190, 2_190].map(after), [2, 1, 1, 0]);
}

#[test]
fn rules_are_checked_before_anything_is_walked() {
    let bad = Rules { multiplier_bp: u32::MAX, ..Rules::default() };
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: bad }];
    assert!(matches!(replay(&versions, &[], day("2026-01-01")), Err(RuleError::Invalid(_))));
    assert!(matches!(replay(&[], &[], day("2026-01-01")), Err(RuleError::Invalid(_))));
}
