//! Stories computed by hand: every figure that is expected has its arithmetic beside it.

use super::evaluate;
use serde_json::{Value, json};

#[test]
fn two_years_on_a_ladder() {
    let ladder = json!({"tiers": [{"name": "普通"},
        {"name": "银卡", "enter": {"spend_minor": 100_000}, "keep": {"spend_minor": 60_000}},
        {"name": "金卡", "enter": {"spend_minor": 500_000}, "keep": {"spend_minor": 300_000}}],
        "window": {"kind": "rolling_months", "n": 12}, "demotion": {"review": "monthly", "grace_days": 30}});
    let events = json!([
        {"on": "2025-01-10", "type": "sale", "id": "a", "amount_minor": 80_000},
        {"on": "2025-03-15", "type": "sale", "id": "b", "amount_minor": 30_000},
        {"on": "2025-06-20", "type": "sale", "id": "c", "amount_minor": 400_000},
        {"on": "2025-07-01", "type": "refund", "sale": "b", "amount_minor": 5_000},
        {"on": "2026-07-20", "type": "sale", "id": "d", "amount_minor": 70_000}
    ]);
    let on = |day: &str| evaluate(json!({"op": "ladder", "ladder": ladder, "events": events, "as_of": day}));
    // 800: 200 are missing for 1,000.
    assert_eq!(on("2025-01-10")["missing"], json!({"tier": "银卡", "spend_minor": 20_000, "visits": null}));
    // 800 + (300 − 50) = 1,050 ≥ 1,000 on 15 March; + 4,000 = 5,050 ≥ 5,000 on 20 June, in spite of the refund.
    // The review of 1 July 2026 looks at (1 July 2025, 1 July 2026] and finds 0 < 3,000: grace to 31 July.
    let grace = on("2026-07-25");
    assert_eq!((&grace["tier"], &grace["why"]), (&json!("金卡"), &json!("grace")));
    assert_eq!((&grace["grace_until"], &grace["until"]), (&json!("2026-07-31"), &json!("2026-07-31")));
    // 700 in the grace: 3,000 − 700 = 2,300 are missing to keep gold.
    assert_eq!(grace["to_keep"]["spend_minor"], 230_000);
    // 1 August: not enough for gold, but 700 ≥ 600 keep silver. Gold from there asks for 5,000 − 700 = 4,300.
    let after = on("2026-08-01");
    assert_eq!(
        after["history"],
        json!([
            {"on": "2025-03-15", "from": "普通", "to": "银卡", "why": "promotion"},
            {"on": "2025-06-20", "from": "银卡", "to": "金卡", "why": "promotion"},
            {"on": "2026-08-01", "from": "金卡", "to": "银卡", "why": "demotion"}
        ])
    );
    assert_eq!(after["qualifying"], json!({"spend_minor": 70_000, "visits": 1}));
    assert_eq!(after["missing"]["spend_minor"], 430_000);
    // The 700 of 20 July 2026 are out on 20 July 2027; the review of 1 August 2027 finds nothing.
    assert_eq!(after["until"], "2027-07-31");
}

#[test]
fn thirteen_months_of_points() {
    let events = json!([
        {"on": "2024-12-30", "type": "sale", "id": "a", "amount_minor": 123_456},
        {"on": "2025-01-02", "type": "sale", "id": "b", "amount_minor": 20_000, "redeem_points": 1_000},
        {"on": "2025-02-01", "type": "refund", "sale": "b", "amount_minor": 9_500},
        {"on": "2026-01-10", "type": "refund", "sale": "b", "amount_minor": 9_500}
    ]);
    let on = |day: &str| evaluate(json!({"op": "points", "events": events, "as_of": day}));
    let balances = |day: &str| {
        let answer = on(day);
        let lots = answer["lots"].as_array().cloned().unwrap_or_default();
        let left: Vec<i64> = lots.iter().map(|lot| lot["remaining"].as_i64().unwrap()).collect();
        (answer["balance"].as_i64().unwrap(), left)
    };
    // 1,234.56 earn 1,234, valid to 31 December 2025.
    assert_eq!(balances("2024-12-30"), (1_234, vec![1_234]));
    // 1,000 points pay 10.00 of 200.00 (at most 100.00): 1,234 − 1,000 = 234 stay, and 190.00 earn 190.
    assert_eq!(balances("2025-01-02"), (424, vec![234, 190]));
    // Half of 190.00 comes back: 95.00 earn 95, and half of the 1,000 points return to their lot: 234 + 500 = 734.
    assert_eq!(balances("2025-02-01"), (829, vec![734, 95]));
    // The first lot ends with the year.
    assert_eq!(balances("2025-12-31"), (829, vec![734, 95]));
    assert_eq!(balances("2026-01-01"), (95, vec![0, 95]));
    // The rest comes back: 95 points go, the other 500 return; their lot is over, so they live for 30 days more:
    // 10 January + 30 = 9 February.
    assert_eq!(balances("2026-01-10"), (500, vec![0, 0, 500]));
    assert_eq!(on("2026-01-10")["lots"][2]["expires_on"], "2026-02-09");
    assert_eq!(balances("2026-02-09").0, 500);
    assert_eq!(balances("2026-02-10").0, 0);
    // The whole ledger of it: 1,234 − 1,000 + 190 − 95 + 500 − 734 − 95 + 500 − 500 = 0.
    let rows: Vec<i64> =
        on("2026-02-10")["ledger"].as_array().unwrap().iter().map(|row| row["points"].as_i64().unwrap()).collect();
    assert_eq!(rows, [1_234, -1_000, 190, -95, 500, -734, -95, 500, -500]);
}

#[test]
fn what_ended_unspent_in_another_lot_is_not_taken_for_a_sale_that_comes_back() {
    // 100 points from a, 200 from b; the gift takes the 100 of a, because they are older. The 200 of b end with the year.
    let sale = |on: &str, id: &str, amount: i64| json!({"on": on, "type": "sale", "id": id, "amount_minor": amount});
    let mut events = vec![
        sale("2025-03-01", "a", 10_000),
        sale("2025-03-02", "b", 20_000),
        json!({"on": "2025-04-01", "type": "redeem", "points": 100}),
        json!({"on": "2026-01-10", "type": "refund", "sale": "a", "amount_minor": 10_000}),
    ];
    let standing = |events: &[Value]| {
        let rules = json!({"expiry": {"kind": "end_of_year"}});
        let answer = evaluate(json!({"op": "points", "rules": rules, "events": events, "as_of": "2026-01-31"}));
        (answer["balance"].clone(), answer["debt"].clone())
    };
    // Without a the gift would have taken 100 of b, and 100 of b would have ended: nothing is left, nothing is owed.
    assert_eq!(standing(&events), (json!(0), json!(0)));
    // Had the gift taken 250, b without a would have been short by 50: those are owed.
    events[2]["points"] = json!(250);
    assert_eq!(standing(&events), (json!(0), json!(50)));
    // On its last day nothing has ended yet, so the refund takes what is there.
    events[2]["points"] = json!(100);
    events[3]["on"] = json!("2025-12-31");
    assert_eq!(standing(&events), (json!(0), json!(0)));
}

#[test]
fn a_threshold_is_reached_by_the_last_fen_and_lost_by_one_refunded() {
    let tiers = json!([{"name": "普通"}, {"name": "银卡", "enter": {"spend_minor": 100_000, "visits": 2, "points_earned": 1_000}}]);
    let tier = |refunds: &[Value]| {
        let mut events = vec![
            json!({"on": "2024-01-31", "type": "sale", "id": "a", "amount_minor": 50_000}),
            json!({"on": "2024-02-29", "type": "sale", "id": "b", "amount_minor": 50_000}),
        ];
        events.extend(refunds.iter().cloned());
        let ladder = json!({"tiers": tiers, "combine": "all", "window": {"kind": "rolling_months", "n": 1}});
        let answer = evaluate(json!({"op": "ladder", "ladder": ladder, "events": events, "as_of": "2024-02-29"}));
        (answer["tier"].clone(), answer["since"].clone())
    };
    // A month before 29 February is 29 January: the 31st is within it. All three measures are reached to the last fen.
    assert_eq!(tier(&[]), (json!("银卡"), json!("2024-02-29")));
    // One fen back on the same day: 999.99 and 999 points, so it was never reached.
    let fen = json!({"on": "2024-02-29", "type": "refund", "sale": "a", "amount_minor": 1});
    assert_eq!(tier(&[fen]), (json!("普通"), json!("2024-01-31")));
}

#[test]
fn a_basket_with_rates_multiplier_bonus_and_discount() {
    // 120.00 tea and 80.00 cake, 20.00 off the whole: every line counts nine tenths, 108.00 and 72.00.
    // One for each yuan: 108 + 72 = 180. Tea two more for each yuan: 216. Together 396, × 1.2 = 475.2.
    // The bonus of 5 for the cake is not multiplied: 480.2, rounded down once: 480.
    let rules = json!({"multiplier_bp": 12_000, "earn": [
        {"kind": "per_amount", "points": 1, "per_minor": 100},
        {"kind": "per_amount", "points": 2, "per_minor": 100, "category": "tea"},
        {"kind": "bonus", "item": "cake", "points": 5}]});
    let sale = json!({"on": "2026-01-05", "type": "sale", "id": "a", "discount_minor": 2_000, "lines": [
        {"item": "longjing", "category": "tea", "amount_minor": 12_000},
        {"item": "cake", "category": "bakery", "amount_minor": 8_000}]});
    let ask = |more: &[Value]| {
        let events: Vec<&Value> = [&sale].into_iter().chain(more).collect();
        evaluate(json!({"op": "points", "rules": rules, "events": events}))["balance"].clone()
    };
    assert_eq!(ask(&[]), 480);
    // The tea comes back for its 108.00: 72.00 of cake are left, 72 × 1.2 + 5 = 91.4.
    let tea = json!({"on": "2026-01-06", "type": "refund", "sale": "a", "amount_minor": 10_800,
        "lines": [{"line": 0, "amount_minor": 12_000}]});
    assert_eq!(ask(std::slice::from_ref(&tea)), 91);
    // Then half of the rest by amount: 36 × 1.2 + 5 = 48.2.
    let half = json!({"on": "2026-01-07", "type": "refund", "sale": "a", "amount_minor": 3_600});
    assert_eq!(ask(&[tea, half]), 48);
}

#[test]
fn a_year_of_cashback() {
    let rules = json!({"steps": [{"from_minor": 0, "rate_bp": 100}, {"from_minor": 500_000, "rate_bp": 200}],
        "cap_minor": 30_000, "minimum_minor": 1_000});
    let back = |sales: &[i64]| {
        evaluate(json!({"op": "cashback", "rules": rules, "sales_minor": sales}))["cashback_minor"].as_i64().unwrap()
    };
    // 1 % of 999.99 = 9.99 < 10.00: none. 1 % of 1,000.00 = 10.00.
    assert_eq!((back(&[99_999]), back(&[100_000])), (0, 1_000));
    // 1 % of 4,999.99 = 49.9999, rounded down; from 5,000.00 on 2 % of all of it.
    assert_eq!((back(&[499_999]), back(&[499_999, 1])), (4_999, 10_000));
    // A refund takes the year below the step: 5,000.00 − 0.01.
    assert_eq!(back(&[500_000, -1]), 4_999);
    // 2 % of 20,000.00 = 400.00, capped at 300.00.
    assert_eq!(back(&[2_000_000]), 30_000);
    // One rounding for the year: 100 × 1.49 = 149.00, 1 % = 1.49, less than the minimum; 1,000 × 1.49 gives 14.90.
    assert_eq!((back(&[149; 100]), back(&[149; 1_000])), (0, 1_490));
}
