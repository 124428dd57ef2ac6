//! What the ladder promises, one claim a test.

use super::*;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn sale(on: &str, id: &str, yuan: i64) -> Event {
    Event::Sale { on: day(on), id: Some(id.into()), amount_minor: Money::from_minor(yuan * 100), points_earned: None }
}

fn refund(on: &str, sale: &str, yuan: i64) -> Event {
    Event::Refund { on: day(on), sale: sale.into(), amount_minor: Money::from_minor(yuan * 100), id: None }
}

fn manual(on: &str, tier: &str, mode: ManualMode, until: Option<&str>) -> Event {
    Event::Manual { on: day(on), tier: Some(tier.into()), mode, until: until.map(day) }
}

/// 普通, 银卡 from 1,000 yuan, 金卡 from 5,000; kept by the same; rolling 365 days.
fn ladder() -> Ladder {
    let mut ladder = Ladder { window: Window::RollingDays { n: 365 }, ..Ladder::default() };
    ladder.tiers.truncate(3);
    for tier in &mut ladder.tiers {
        tier.keep = None;
    }
    ladder
}

fn with(review: Review, style: DemotionStyle, grace_days: u32) -> Ladder {
    Ladder { demotion: Demotion { review, style, grace_days }, ..ladder() }
}

fn at(ladder: &Ladder, events: &[Event], as_of: &str) -> Standing {
    standing(ladder, events, day(as_of)).unwrap()
}

fn steps(standing: &Standing) -> Vec<String> {
    standing.history.iter().map(|change| format!("{} {}→{}", change.on, change.from, change.to)).collect()
}

#[test]
fn promotion_is_immediate_and_the_comparison_is_at_least() {
    let events = [sale("2026-01-05", "a", 999), sale("2026-01-05", "b", 1)];
    let standing = at(&ladder(), &events, "2026-01-05");
    assert_eq!((standing.tier.as_str(), standing.since), ("银卡", Some(day("2026-01-05"))));
    assert_eq!(at(&ladder(), &events[..1], "2026-01-05").tier, "普通");
}

#[test]
fn one_sale_may_climb_several_tiers() {
    let standing = at(&ladder(), &[sale("2026-01-05", "a", 5_000)], "2026-01-05");
    assert_eq!(steps(&standing), ["2026-01-05 普通→金卡"]);
    assert_eq!(standing.missing, None, "nothing is missing at the top");
}

#[test]
fn any_needs_one_measure_and_all_needs_both() {
    let mut ladder = ladder();
    ladder.tiers[1].enter =
        Some(Thresholds { spend_minor: Some(Money::from_minor(100_000)), visits: Some(2), points_earned: None });
    let events = [sale("2026-01-05", "a", 10), sale("2026-01-06", "b", 10)];
    assert_eq!(at(&ladder, &events, "2026-01-06").tier, "银卡");
    ladder.combine = Combine::All;
    let standing = at(&ladder, &events, "2026-01-06");
    assert_eq!(standing.tier, "普通");
    let missing = standing.missing.unwrap();
    assert_eq!((missing.spend_minor.map(Money::minor), missing.visits), (Some(98_000), Some(0)));
}

#[test]
fn two_sales_of_a_day_are_one_visit_that_may_reach_the_minimum_together() {
    let ladder = Ladder { visit_minimum_minor: Money::from_minor(5_000), ..ladder() };
    let events = [sale("2026-01-05", "a", 30), sale("2026-01-05", "b", 20), sale("2026-01-06", "c", 49)];
    assert_eq!(at(&ladder, &events, "2026-01-06").qualifying.visits, 1);
}

#[test]
fn a_rolling_window_is_half_open() {
    // (day − 365, day]: on the anniversary itself the sale is out.
    let events = [sale("2025-01-05", "a", 1_000)];
    assert_eq!(at(&ladder(), &events, "2026-01-04").qualifying.spend_minor.minor(), 100_000);
    assert_eq!(at(&ladder(), &events, "2026-01-05").qualifying.spend_minor.minor(), 0);
}

#[test]
fn rolling_months_end_on_the_last_day_of_a_short_month() {
    let ladder = Ladder { window: Window::RollingMonths { n: 1 }, ..ladder() };
    let events = [sale("2026-01-31", "a", 10)];
    // 28 February looks back to 28 January; only 1 March looks back to 1 February.
    assert_eq!(at(&ladder, &events, "2026-02-28").qualifying.visits, 1);
    assert_eq!(at(&ladder, &events, "2026-03-01").qualifying.visits, 0);
}

#[test]
fn demotion_waits_for_the_review_on_the_first() {
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 0);
    let events = [sale("2025-01-05", "a", 1_000)];
    assert_eq!(at(&ladder, &events, "2026-01-31").tier, "银卡", "out of the window since 5 January");
    assert_eq!(steps(&at(&ladder, &events, "2026-02-01"))[1], "2026-02-01 银卡→普通");
}

#[test]
fn the_grace_begins_at_the_review_and_the_tier_goes_at_the_first_review_after_it() {
    // Found on 1 March, grace until 31 March, lost on 1 April: demotion happens only on a review day.
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 30);
    let events = [sale("2025-02-10", "a", 1_000)];
    let before = at(&ladder, &events, "2026-02-28");
    assert_eq!((before.tier.as_str(), before.grace_until), ("银卡", None));
    let within = at(&ladder, &events, "2026-03-01");
    assert_eq!((within.tier.as_str(), within.grace_until), ("银卡", Some(day("2026-03-31"))));
    assert_eq!(within.why, Why::Grace);
    assert_eq!(within.to_keep.unwrap().spend_minor.map(Money::minor), Some(100_000), "the missing amount is shown");
    assert_eq!(at(&ladder, &events, "2026-03-31").tier, "银卡");
    assert_eq!(at(&ladder, &events, "2026-04-01").tier, "普通");
}

#[test]
fn thirty_days_of_grace_from_the_first_of_april_are_over_on_the_first_of_may() {
    // 1 to 30 April are thirty days; a review on the day the grace ends takes the tier.
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 30);
    let standing = at(&ladder, &[sale("2025-03-10", "a", 1_000)], "2026-05-01");
    assert_eq!(steps(&standing)[1], "2026-05-01 银卡→普通");
}

#[test]
fn qualifying_again_in_the_grace_cancels_it() {
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 30);
    let events = [sale("2025-02-10", "a", 1_000), sale("2026-03-15", "b", 1_000)];
    let standing = at(&ladder, &events, "2026-06-01");
    assert_eq!((standing.tier.as_str(), standing.grace_until), ("银卡", None));
    assert_eq!(standing.since, Some(day("2025-02-10")), "the tier was never lost");
}

#[test]
fn keeping_takes_less_than_entering() {
    let mut ladder = with(Review::Monthly, DemotionStyle::Deserved, 0);
    ladder.tiers[1].keep = Some(spend(60_000));
    let events = [sale("2025-01-05", "a", 1_000), sale("2025-06-05", "b", 600)];
    assert_eq!(at(&ladder, &events, "2026-02-01").tier, "银卡");
    assert_eq!(at(&ladder, &events, "2026-07-01").tier, "普通");
}

#[test]
fn who_falls_from_gold_only_has_to_keep_silver() {
    // A gold customer was silver too; asking the enter threshold would throw them below a silver one.
    let mut ladder = with(Review::Monthly, DemotionStyle::Deserved, 0);
    ladder.tiers[1].keep = Some(spend(60_000));
    let events = [sale("2025-01-05", "a", 5_000), sale("2025-06-05", "b", 700)];
    assert_eq!(at(&ladder, &events, "2026-02-01").tier, "银卡");
}

#[test]
fn one_step_goes_down_one_tier_a_review_and_never_stays() {
    let events = [sale("2025-01-05", "a", 5_000)];
    let one = with(Review::Monthly, DemotionStyle::OneStep, 0);
    assert_eq!(steps(&at(&one, &events, "2026-12-01"))[1..], ["2026-02-01 金卡→银卡", "2026-03-01 银卡→普通"]);
    let never = with(Review::Continuous, DemotionStyle::Never, 0);
    let standing = at(&never, &events, "2036-12-01");
    assert_eq!((standing.tier.as_str(), standing.until), ("金卡", None));
}

#[test]
fn a_continuous_review_takes_the_tier_on_the_day_it_is_no_longer_deserved() {
    let ladder = with(Review::Continuous, DemotionStyle::Deserved, 0);
    let standing = at(&ladder, &[sale("2025-01-05", "a", 1_000)], "2026-03-01");
    assert_eq!(steps(&standing)[1], "2026-01-05 银卡→普通");
    let graced = with(Review::Continuous, DemotionStyle::Deserved, 10);
    let standing = at(&graced, &[sale("2025-01-05", "a", 1_000)], "2026-03-01");
    assert_eq!(steps(&standing)[1], "2026-01-15 银卡→普通");
}

#[test]
fn a_review_at_the_end_of_the_year_takes_the_tier_on_new_years_day() {
    let ladder = with(Review::YearEnd, DemotionStyle::Deserved, 0);
    let events = [sale("2025-03-05", "a", 1_000)];
    assert_eq!(at(&ladder, &events, "2026-12-31").tier, "银卡");
    assert_eq!(at(&ladder, &events, "2027-01-01").tier, "普通");
}

#[test]
fn a_tier_of_a_calendar_year_is_held_to_the_end_of_the_next() {
    let ladder = Ladder { window: Window::CalendarYear, ..with(Review::Monthly, DemotionStyle::Deserved, 0) };
    let events = [sale("2025-03-05", "a", 600), sale("2025-11-05", "b", 400), sale("2026-05-05", "c", 999)];
    let standing = at(&ladder, &events, "2026-12-31");
    assert_eq!((standing.tier.as_str(), standing.until), ("银卡", Some(day("2026-12-31"))));
    assert_eq!(standing.qualifying.spend_minor.minor(), 99_900, "the figures are those of the running year");
    assert_eq!(at(&ladder, &events, "2027-01-01").tier, "普通");
    let kept = [events.as_slice(), &[sale("2026-12-31", "d", 1)]].concat();
    assert_eq!(at(&ladder, &kept, "2027-06-01").until, Some(day("2027-12-31")));
}

#[test]
fn two_calendar_years_are_not_added_up() {
    let ladder = Ladder { window: Window::CalendarYear, ..ladder() };
    let events = [sale("2025-12-31", "a", 900), sale("2026-01-01", "b", 900)];
    assert_eq!(at(&ladder, &events, "2026-01-01").tier, "普通");
}

#[test]
fn a_year_since_promotion_begins_with_the_sale_that_crossed() {
    let ladder =
        Ladder { window: Window::SincePromotion { n: None }, ..with(Review::Continuous, DemotionStyle::Deserved, 0) };
    let events = [sale("2025-01-05", "a", 600), sale("2025-03-10", "b", 400), sale("2025-08-01", "c", 4_500)];
    let standing = at(&ladder, &events, "2025-08-01");
    assert_eq!(standing.tier, "银卡", "gold counts from 10 March: 400 + 4,500");
    assert_eq!(standing.until, Some(day("2027-03-09")), "kept for a second year by 4,900, then nothing");
    let poor = &events[..2];
    assert_eq!(at(&ladder, poor, "2026-03-09").tier, "银卡", "safe until the year is over");
    assert_eq!(at(&ladder, poor, "2026-03-10").tier, "普通");
}

#[test]
fn a_refund_counts_on_the_day_of_its_sale() {
    let events = [sale("2026-01-05", "a", 1_000), sale("2026-02-05", "b", 500), refund("2026-03-01", "a", 1)];
    let before = at(&ladder(), &events, "2026-02-28");
    assert_eq!(before.since, Some(day("2026-01-05")), "not yet known");
    let after = at(&ladder(), &events, "2026-03-01");
    assert_eq!(after.since, Some(day("2026-02-05")), "replayed: 999 was too little, the next sale crossed");
    let few = [sale("2026-01-05", "a", 1_000), refund("2026-03-01", "a", 1)];
    let undone = at(&ladder(), &few, "2026-03-01");
    assert_eq!((undone.tier.as_str(), undone.history.len()), ("普通", 0), "the promotion never happened");
}

#[test]
fn a_void_is_never_sold() {
    let sold = [sale("2026-01-05", "a", 300), sale("2026-01-09", "b", 1_000)];
    let voided = [sold[0].clone(), sold[1].clone(), Event::Void { on: day("2026-02-01"), sale: "b".into() }];
    assert_eq!(at(&ladder(), &voided, "2026-03-01"), at(&ladder(), &sold[..1], "2026-03-01"));
    assert_eq!(at(&ladder(), &voided, "2026-03-01").qualifying.visits, 1, "its day is no visit");
}

#[test]
fn a_sale_typed_in_later_counts_on_its_own_day() {
    let events = [sale("2026-02-05", "b", 500), sale("2026-01-05", "a", 500)];
    assert_eq!(at(&ladder(), &events, "2026-03-01").since, Some(day("2026-02-05")));
}

#[test]
fn the_same_sale_twice_is_one_sale() {
    let events = [sale("2026-01-05", "a", 600), sale("2026-01-05", "a", 600)];
    assert_eq!(at(&ladder(), &events, "2026-01-05").qualifying.spend_minor.minor(), 60_000);
}

#[test]
fn refunds_that_cannot_be_are_refused_with_their_place() {
    let refused = |events: &[Event]| match standing(&ladder(), events, day("2026-03-01")) {
        Err(crate::error::RuleError::Invalid(fields)) => format!("{} {}", fields[0].field, fields[0].problem),
        other => panic!("expected a refusal, got {other:?}"),
    };
    let sold = sale("2026-01-05", "a", 10);
    assert_eq!(refused(&[sold.clone(), refund("2026-01-06", "x", 1)]), "events.1.sale sale.unknown");
    assert_eq!(
        refused(&[sold.clone(), refund("2026-01-06", "a", 6), refund("2026-01-07", "a", 5)]),
        "events.2.amount_minor refund.beyond_sale"
    );
    assert_eq!(refused(&[sold, refund("2026-01-06", "a", 0)]), "events.1.amount_minor amount.not_positive");
    assert_eq!(refused(&[sale("2026-01-05", "a", -1)]), "events.0.amount_minor amount.negative");
    assert_eq!(refused(&[manual("2026-01-05", "铂金", ManualMode::Pin, None)]), "events.0.tier tier.unknown");
}

#[test]
fn a_floor_may_be_exceeded_and_ends_after_its_last_day() {
    let events = [manual("2026-01-01", "银卡", ManualMode::Floor, Some("2026-06-30"))];
    let standing = at(&ladder(), &events, "2026-06-30");
    assert_eq!((standing.tier.as_str(), standing.until), ("银卡", Some(day("2026-06-30"))));
    assert_eq!(steps(&at(&ladder(), &events, "2026-07-01"))[1], "2026-07-01 银卡→普通");
    let rich = [events[0].clone(), sale("2026-02-01", "a", 5_000)];
    assert_eq!(at(&ladder(), &rich, "2026-02-01").tier, "金卡");
}

#[test]
fn a_floor_that_outlasts_the_grace_leaves_nothing_in_danger() {
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 30);
    let until = |floor_until: Option<&str>| {
        let events = [sale("2025-02-10", "a", 1_000), manual("2025-03-01", "银卡", ManualMode::Floor, floor_until)];
        let standing = at(&ladder, &events, "2026-03-15");
        (standing.why, standing.grace_until, standing.until)
    };
    // The review of 1 March 2026 finds nothing in the last twelve months: grace to 31 March, lost on 1 April.
    assert_eq!(until(None), (Why::Floor, None, None), "the floor has no end");
    assert_eq!(until(Some("2026-04-01")), (Why::Floor, None, Some(day("2026-04-01"))));
    assert_eq!(until(Some("2026-03-31")), (Why::Grace, Some(day("2026-03-31")), Some(day("2026-03-31"))));
}

#[test]
fn a_pin_holds_up_and_down_until_it_is_cleared() {
    let mut events = vec![
        sale("2026-02-01", "a", 5_000),
        manual("2026-03-01", "银卡", ManualMode::Pin, None),
        sale("2026-03-02", "b", 9_000),
    ];
    let pinned = at(&ladder(), &events, "2026-04-01");
    assert_eq!((pinned.tier.as_str(), pinned.why), ("银卡", Why::Pin));
    events.push(Event::Manual { on: day("2026-04-02"), tier: None, mode: ManualMode::Clear, until: None });
    assert_eq!(at(&ladder(), &events, "2026-04-02").tier, "金卡", "what was earned underneath comes back");
}

#[test]
fn until_is_the_last_day_if_nothing_more_is_bought() {
    let ladder = with(Review::Monthly, DemotionStyle::Deserved, 0);
    let events = [sale("2025-02-10", "a", 1_000)];
    let until = at(&ladder, &events, "2025-02-10").until.unwrap();
    assert_eq!(until, day("2026-02-28"));
    assert_eq!(standing(&ladder, &events, until).unwrap().tier, "银卡");
    assert_eq!(standing(&ladder, &events, until.succ_opt().unwrap()).unwrap().tier, "普通");
    assert_eq!(at(&ladder, &[], "2026-01-01").until, None, "the lowest tier has no end");
    let lifetime = Ladder { window: Window::Lifetime, ..ladder };
    assert_eq!(at(&lifetime, &events, "2026-01-01").until, None);
}

#[test]
fn a_grace_is_not_promised_before_it_begins() {
    // The card says 31 December; thirty more days are a kindness, not part of the term.
    let ladder = Ladder { window: Window::CalendarYear, ..with(Review::Monthly, DemotionStyle::Deserved, 30) };
    let events = [sale("2025-02-10", "a", 1_000)];
    assert_eq!(at(&ladder, &events, "2026-12-31").until, Some(day("2026-12-31")));
    let within = at(&ladder, &events, "2027-01-01");
    assert_eq!((within.until, within.grace_until), (Some(day("2027-01-31")), Some(day("2027-01-31"))));
    assert_eq!(at(&ladder, &events, "2027-02-01").tier, "普通");
}

#[test]
fn the_lowest_tier_holds_since_the_first_event() {
    assert_eq!(at(&ladder(), &[], "2026-01-01").since, None);
    assert_eq!(at(&ladder(), &[sale("2025-05-01", "a", 1)], "2026-01-01").since, Some(day("2025-05-01")));
}

#[test]
fn a_measure_that_is_not_asked_for_is_not_missing() {
    let missing = at(&ladder(), &[sale("2026-01-05", "a", 400)], "2026-01-05").missing.unwrap();
    assert_eq!(
        (missing.tier.as_str(), missing.spend_minor.map(Money::minor), missing.visits),
        ("银卡", Some(60_000), None)
    );
}

#[test]
fn earned_points_qualify_and_a_refund_takes_its_share() {
    let mut ladder = ladder();
    ladder.tiers[1].enter = Some(Thresholds { points_earned: Some(100), ..Thresholds::default() });
    let points = |points| Event::Sale {
        on: day("2026-01-05"),
        id: Some("a".into()),
        amount_minor: Money::from_minor(1_000),
        points_earned: points,
    };
    assert_eq!(at(&ladder, &[points(Some(100))], "2026-01-05").tier, "银卡");
    let less = [
        points(Some(100)),
        Event::Refund { on: day("2026-01-06"), sale: "a".into(), amount_minor: Money::from_minor(1), id: None },
    ];
    assert_eq!(at(&ladder, &less, "2026-01-06").qualifying.points_earned, 99, "99.9 rounds down");
    assert_eq!(at(&ladder, &[points(None)], "2026-01-05").qualifying.points_earned, 10, "1 per yuan by default");
    let granted = [Event::Earn { on: day("2026-01-05"), id: None, points: 100 }];
    assert_eq!(at(&ladder, &granted, "2026-01-05").tier, "银卡");
}

#[test]
fn sales_before_an_opening_balance_are_part_of_it() {
    let opening =
        Event::Opening { on: day("2026-01-01"), spend_minor: Money::from_minor(90_000), visits: 7, points_earned: 0 };
    let events =
        vec![sale("2025-12-31", "old", 500), opening, sale("2026-01-01", "new", 50), refund("2026-01-05", "old", 10)];
    let standing = at(&ladder(), &without_sales_before_opening(events), "2026-01-02");
    assert_eq!((standing.qualifying.spend_minor.minor(), standing.qualifying.visits), (95_000, 8));
}

#[test]
fn new_rules_promote_at_once_and_demote_only_at_the_review() {
    let mut easier = ladder();
    easier.tiers[1].enter = Some(spend(50_000));
    let mut harder = ladder();
    harder.tiers[1].enter = Some(spend(200_000));
    harder.tiers[2].enter = Some(spend(900_000));
    let version = |on: &str, ladder: Ladder| LadderVersion { effective_on: day(on), ladder };
    let versions = [version("2025-01-01", ladder()), version("2026-03-10", easier), version("2026-05-10", harder)];
    let events = [sale("2026-01-05", "a", 600)];
    let standing = standing_with_versions(&versions, &events, day("2026-12-01")).unwrap();
    assert_eq!(
        steps(&standing),
        ["2026-03-10 普通→银卡", "2026-07-01 银卡→普通"],
        "found on 1 June, grace to 1 July, taken at that review"
    );
}

#[test]
fn rules_that_begin_hold_no_review_of_their_own() {
    let versions = [
        LadderVersion { effective_on: day("2025-01-01"), ladder: with(Review::Monthly, DemotionStyle::Never, 0) },
        LadderVersion { effective_on: day("2026-03-10"), ladder: with(Review::Monthly, DemotionStyle::Deserved, 0) },
    ];
    // The year after the purchase is over on 5 January; nobody falls before the rules that take a tier have their review.
    let events = [sale("2025-01-05", "a", 1_000)];
    let on = |as_of: &str| standing_with_versions(&versions, &events, day(as_of)).unwrap().tier;
    assert_eq!((on("2026-03-10"), on("2026-03-31"), on("2026-04-01")), ("银卡".into(), "银卡".into(), "普通".into()));
}

#[test]
fn a_tier_keeps_its_name_when_another_is_put_below_it() {
    let mut more = ladder();
    more.tiers.insert(1, Tier { name: "铜卡".into(), enter: Some(spend(50_000)), keep: None });
    let versions = [
        LadderVersion { effective_on: day("2025-01-01"), ladder: ladder() },
        LadderVersion { effective_on: day("2026-03-10"), ladder: more },
    ];
    let standing = standing_with_versions(&versions, &[sale("2026-01-05", "a", 1_000)], day("2026-04-01")).unwrap();
    assert_eq!((standing.tier.as_str(), standing.history.len()), ("银卡", 1));
}

#[test]
fn the_sales_behind_a_tier_are_named() {
    let versions = [LadderVersion { effective_on: day("2020-01-01"), ladder: ladder() }];
    let events = [
        sale("2025-01-05", "out", 1_000),
        sale("2025-02-05", "in", 500),
        sale("2025-02-06", "gone", 10),
        refund("2025-03-01", "gone", 10),
    ];
    let sales = qualifying_sales(&versions, &events, day("2026-01-05")).unwrap();
    assert_eq!(sales.iter().map(|sale| sale.id.as_deref().unwrap()).collect::<Vec<_>>(), ["in"]);
}

#[test]
fn tiers_from_published_programmes_come_out_as_published() {
    // Bronze/Silver/Gold at 0/10,000/20,000 of total spend, the sale itself included.
    let mut tiers = ladder();
    tiers.window = Window::Lifetime;
    tiers.tiers[1].enter = Some(spend(1_000_000));
    tiers.tiers[2].enter = Some(spend(2_000_000));
    for (before, now, tier) in [
        (0, 6_000, "普通"),
        (0, 15_000, "银卡"),
        (0, 25_000, "金卡"),
        (4_000, 500, "普通"),
        (8_000, 3_000, "银卡"),
        (18_000, 3_000, "金卡"),
        (22_000, 5_000, "金卡"),
    ] {
        let events = [sale("2026-01-01", "a", before), sale("2026-01-02", "b", now)];
        assert_eq!(at(&tiers, &events, "2026-01-02").tier, tier, "{before} + {now}");
    }
}
