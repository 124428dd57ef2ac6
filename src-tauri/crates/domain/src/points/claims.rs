//! What points promise, one claim a test.

use super::*;
use crate::error::RuleError;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn sale(on: &str, id: &str, minor: i64) -> Event {
    paid_with(on, id, minor, 0)
}

pub(super) fn paid_with(on: &str, id: &str, minor: i64, points: i64) -> Event {
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

pub(super) fn refund(on: &str, sale: &str, minor: i64) -> Event {
    Event::Refund { on: day(on), sale: sale.into(), amount_minor: Money::from_minor(minor), lines: vec![], id: None }
}

pub(super) fn void(on: &str, sale: &str) -> Event {
    Event::Void { on: day(on), sale: sale.into(), id: None }
}

pub(super) fn earn(on: &str, id: &str, points: i64) -> Event {
    Event::Earn { on: day(on), id: Some(id.into()), points: Points(points) }
}

pub(super) fn redeem(on: &str, points: i64) -> Event {
    Event::Redeem { on: day(on), id: None, points: Points(points) }
}

pub(super) fn adjust(on: &str, points: i64) -> Event {
    Event::Adjust { on: day(on), id: None, points: Points(points) }
}

pub(super) fn rules(expiry: Expiry) -> Rules {
    Rules { expiry, ..Rules::default() }
}

pub(super) fn run(rules: &Rules, events: &[Event], as_of: &str) -> History {
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: rules.clone() }];
    let history = replay(&versions, events, day(as_of)).unwrap();
    let remaining: Points = history.lots.iter().map(|lot| lot.remaining).sum();
    let rows: Points = history.ledger.iter().map(|row| row.points).sum();
    assert_eq!((history.balance, history.balance), (remaining, rows), "balance = Σ lots = Σ ledger");
    history
}

pub(super) fn left(history: &History) -> Vec<(&str, i64)> {
    history.lots.iter().map(|lot| (lot.source.as_str(), lot.remaining.0)).collect()
}

pub(super) fn codes(history: &History) -> Vec<(usize, RefusalCode)> {
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
fn rules_are_checked_before_anything_is_walked() {
    let bad = Rules { multiplier_bp: u32::MAX, ..Rules::default() };
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: bad }];
    assert!(matches!(replay(&versions, &[], day("2026-01-01")), Err(RuleError::Invalid(_))));
    assert!(matches!(replay(&[], &[], day("2026-01-01")), Err(RuleError::Invalid(_))));
}
