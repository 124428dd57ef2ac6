//! What counts, on which day, and how it is rounded.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sale(on: &str, net: i64) -> SaleFact {
    SaleFact {
        on: day(on),
        net: Money::from_minor(net),
        known_cost: Money::ZERO,
        discounted: false,
        refunds: 0,
        refunded: Money::ZERO,
        categories: Vec::new(),
    }
}

fn customer(sales: Vec<SaleFact>) -> CustomerFacts {
    CustomerFacts {
        customer: CustomerId(7),
        opening: None,
        sales,
        contacts: Vec::new(),
        judgement: None,
        referrals: 0,
        numbers: BTreeMap::new(),
        days: BTreeMap::new(),
        words: BTreeMap::new(),
    }
}

fn contact(on: &str, inbound_or_answered: bool) -> ContactFact {
    ContactFact { on: day(on), inbound_or_answered, is_deep: false, is_complaint: false }
}

fn year() -> Window {
    Window::Months { n: 12 }
}

fn value(facts: &CustomerFacts, as_of: &str, wanted: Measure, window: Window) -> Option<i64> {
    measures_of(facts, day(as_of), &[window]).unwrap().value(&MeasureRef::new(wanted, window))
}

#[test]
fn active_months_are_counted_out_of_those_since_the_first_purchase_within_the_window() {
    let of = |days: &[&str], as_of: &str, window: Window| {
        let mut facts = customer(days.iter().map(|day| sale(day, 1_000)).collect());
        facts.referrals = 3;
        value(&facts, as_of, Measure::ActiveMonthsBp, window)
    };
    let year = Window::Months { n: 12 };
    assert_eq!(of(&["2026-01-05", "2026-01-20", "2026-03-01"], "2026-04-30", year), Some(5_000), "two of four");
    assert_eq!(of(&["2020-01-05", "2026-03-01"], "2026-03-31", year), Some(833), "one of the twelve of the window");
    assert_eq!(of(&["2020-01-05"], "2026-03-31", year), Some(0));
    assert_eq!(of(&[], "2026-03-31", year), None, "never bought");
}

#[test]
fn every_measure_of_a_year_is_exact() {
    let mut discounted = sale("2026-02-20", 1001);
    discounted.discounted = true;
    discounted.known_cost = Money::from_minor(400);
    discounted.categories = vec![
        CategoryNet { category: "cake".to_owned(), net: Money::from_minor(600) },
        CategoryNet { category: "tea".to_owned(), net: Money::from_minor(401) },
    ];
    let mut refunded = sale("2026-02-20", 500);
    refunded.refunds = 2;
    refunded.refunded = Money::from_minor(250);
    refunded.categories = vec![CategoryNet { category: "tea".to_owned(), net: Money::from_minor(500) }];
    let facts = customer(vec![sale("2025-03-01", 9_999), sale("2025-03-02", 1000), discounted, refunded]);
    for (wanted, expected) in [
        (Measure::RecencyDays, Some(9)),
        (Measure::TenureDays, Some(365)),
        (Measure::TenureMonths, Some(12)),
        (Measure::Orders, Some(3)),
        (Measure::PurchaseDays, Some(2)),
        (Measure::NetMinor, Some(2501)),
        (Measure::ProfitMinor, Some(2101)),
        (Measure::AverageTicketMinor, Some(834)),
        (Measure::LargestTicketMinor, Some(1001)),
        (Measure::Categories, Some(2)),
        (Measure::TopCategoryShareBp, Some(6003)),
        (Measure::DiscountedShareBp, Some(3333)),
        (Measure::Refunds, Some(2)),
        (Measure::RefundedMinor, Some(250)),
        (Measure::Interactions, Some(0)),
        (Measure::DaysSinceContact, None),
        (Measure::Judgement, None),
        (Measure::Field("area".to_owned()), None),
    ] {
        assert_eq!(value(&facts, "2026-03-01", wanted.clone(), year()), expected, "{wanted:?}");
    }
}

#[test]
fn averages_round_half_up() {
    for (nets, average) in [(vec![1, 2], 2), (vec![1, 1, 2], 1), (vec![1, 2, 2], 2), (vec![5, -4], 1)] {
        let facts = customer(nets.iter().map(|net| sale("2026-01-01", *net)).collect());
        assert_eq!(value(&facts, "2026-01-01", Measure::AverageTicketMinor, year()), Some(average), "{nets:?}");
    }
}

#[test]
fn a_sale_that_was_fully_refunded_makes_nobody_a_buyer() {
    let mut voided = sale("2026-01-05", 0);
    voided.refunds = 1;
    voided.refunded = Money::from_minor(900);
    let facts = customer(vec![voided]);
    assert_eq!(value(&facts, "2026-02-01", Measure::RecencyDays, year()), None);
    assert_eq!(value(&facts, "2026-02-01", Measure::Orders, year()), Some(0));
    assert_eq!(value(&facts, "2026-02-01", Measure::AverageTicketMinor, year()), None);
    assert_eq!(value(&facts, "2026-02-01", Measure::Refunds, year()), Some(1));
}

#[test]
fn a_negative_net_lowers_the_money_but_is_no_order() {
    let facts = customer(vec![sale("2026-01-05", 300), sale("2026-01-09", -500)]);
    let measures = measures_of(&facts, day("2026-02-01"), &[year()]).unwrap();
    assert_eq!(measures.last_on, Some(day("2026-01-05")));
    assert_eq!(measures.totals(year()).map(|totals| totals.net_minor), Some(Money::from_minor(-200)));
    assert_eq!(measures.value(&MeasureRef::new(Measure::Orders, year())), Some(1));
}

#[test]
fn what_happens_after_the_day_does_not_count() {
    let mut facts = customer(vec![sale("2026-01-05", 300), sale("2026-03-05", 700)]);
    facts.contacts = vec![contact("2026-03-06", true)];
    assert_eq!(value(&facts, "2026-02-01", Measure::NetMinor, Window::Lifetime), Some(300));
    assert_eq!(value(&facts, "2026-02-01", Measure::RecencyDays, Window::Lifetime), Some(27));
    assert_eq!(value(&facts, "2026-02-01", Measure::Interactions, Window::Lifetime), Some(0));
    assert_eq!(value(&facts, "2026-02-01", Measure::DaysSinceContact, Window::Lifetime), None);
}

#[test]
fn outbound_alone_is_no_interaction_but_is_a_contact() {
    let mut facts = customer(Vec::new());
    facts.contacts = vec![contact("2026-01-06", true), contact("2026-01-20", false)];
    assert_eq!(value(&facts, "2026-02-01", Measure::Interactions, year()), Some(1));
    assert_eq!(value(&facts, "2026-02-01", Measure::DaysSinceContact, year()), Some(12));
}

#[test]
fn an_opening_balance_counts_once_and_only_for_the_whole_life() {
    let mut facts = customer(vec![sale("2025-12-30", 100), sale("2026-01-01", 40), sale("2026-01-10", 60)]);
    facts.opening = Some(OpeningBalance { on: day("2026-01-01"), spend: Money::from_minor(5000), visits: 9 });
    let lifetime = |wanted| value(&facts, "2026-02-01", wanted, Window::Lifetime);
    assert_eq!(lifetime(Measure::NetMinor), Some(5100), "the sale of 30 December is part of the opening balance");
    assert_eq!(lifetime(Measure::Orders), Some(11));
    assert_eq!(value(&facts, "2026-02-01", Measure::NetMinor, year()), Some(200), "its days are unknown to a window");
    assert_eq!(value(&facts, "2025-12-31", Measure::NetMinor, Window::Lifetime), Some(100), "not yet opened");
}

#[test]
fn an_opening_balance_alone_makes_a_buyer_of_its_day() {
    let mut facts = customer(Vec::new());
    facts.opening = Some(OpeningBalance { on: day("2026-01-01"), spend: Money::from_minor(5000), visits: 0 });
    assert_eq!(value(&facts, "2026-01-31", Measure::RecencyDays, year()), Some(30));
    facts.opening = Some(OpeningBalance { on: day("2026-01-01"), spend: Money::ZERO, visits: 0 });
    assert_eq!(value(&facts, "2026-01-31", Measure::RecencyDays, year()), None, "points alone are no purchase");
}

#[test]
fn of_two_equal_categories_the_first_by_name_is_the_best() {
    let mut mixed = sale("2026-01-05", 200);
    mixed.categories = vec![
        CategoryNet { category: "tea".to_owned(), net: Money::from_minor(100) },
        CategoryNet { category: "cake".to_owned(), net: Money::from_minor(100) },
        CategoryNet { category: "gift".to_owned(), net: Money::ZERO },
    ];
    let measures = measures_of(&customer(vec![mixed]), day("2026-02-01"), &[year()]).unwrap();
    assert_eq!(measures.words(&FieldRef::TopCategory(year())), vec!["cake"]);
    assert_eq!(measures.value(&MeasureRef::new(Measure::Categories, year())), Some(2), "a gift is not bought");
}

#[test]
fn a_sum_out_of_range_is_refused_and_not_wrong() {
    let facts = customer(vec![sale("2026-01-05", crate::money::MAX_MINOR), sale("2026-01-06", 1)]);
    assert!(measures_of(&facts, day("2026-02-01"), &[year()]).is_err());
}

#[test]
fn talks_in_depth_and_complaints_are_contacts_of_their_own_kind() {
    let mut facts = customer(Vec::new());
    facts.contacts = vec![
        ContactFact { is_deep: true, ..contact("2026-02-01", false) },
        ContactFact { is_complaint: true, ..contact("2026-02-02", true) },
        ContactFact { is_deep: true, ..contact("2025-02-02", true) },
    ];
    let of = |measure: Measure| value(&facts, "2026-03-01", measure, year());
    assert_eq!(
        (of(Measure::DeepTalks), of(Measure::Complaints), of(Measure::Interactions)),
        (Some(1), Some(1), Some(1))
    );
    assert_eq!(value(&facts, "2026-03-01", Measure::DeepTalks, Window::Lifetime), Some(2));
    assert_eq!(of(Measure::DaysSinceContact), Some(27), "an unanswered one is a contact of the shop");
}

#[test]
fn a_day_of_the_shops_own_is_since_or_until_and_never_below_nothing() {
    let mut facts = customer(vec![]);
    facts.days = [("custom:5".to_owned(), "2026-03-10".parse().unwrap())].into();
    let on = |day: &str| {
        let measures = measures_of(&facts, day.parse().unwrap(), &[]).unwrap();
        let value = |measure: Measure| measures.value(&MeasureRef::new(measure, Window::Lifetime));
        (value(Measure::DaysSince("custom:5".to_owned())), value(Measure::DaysUntil("custom:5".to_owned())))
    };
    assert_eq!(on("2026-03-08"), (None, Some(2)));
    assert_eq!(on("2026-03-10"), (Some(0), Some(0)), "on the day itself both are nothing");
    assert_eq!(on("2026-03-13"), (Some(3), None));
    // 2028 is a leap year.
    assert_eq!(on("2028-03-01").0, Some(722));
}
