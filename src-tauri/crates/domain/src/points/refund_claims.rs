//! What points promise when a sale comes back, one claim a test.

use super::claims::{adjust, codes, day, earn, left, paid_with, redeem, refund, rules, run, sale, void};
use super::*;

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
fn what_was_lent_goes_back_to_the_points_that_paid_the_loan() {
    // The points that paid for b came from a, which came back: they were lent, and e paid the loan. Then b comes back too,
    // and nothing was ever sold: e is what it would be without both, with the end of its own.
    let events = [
        sale("2026-01-01", "a", 20_000),
        paid_with("2026-01-02", "b", 20_000, 100),
        refund("2026-01-03", "a", 20_000),
        earn("2026-01-04", "e", 150),
        void("2026-01-05", "b"),
    ];
    let history = run(&Rules::default(), &events, "2026-06-01");
    let alone = run(&Rules::default(), &[earn("2026-01-04", "e", 150)], "2026-06-01");
    let lives = |history: &History| -> Vec<(i64, Option<NaiveDate>)> {
        let lots = history.lots.iter().filter(|lot| lot.remaining > Points(0));
        lots.map(|lot| (lot.remaining.0, lot.expires_on)).collect()
    };
    assert_eq!((history.balance, history.debt), (Points(150), Points(0)));
    assert_eq!(lives(&history), lives(&alone));
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
