//! Rows of the loyalty programme that no other file shows: what ends soon, what is given away, what is missing, and input
//! that cannot be right.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn steps(shop: &Shop) -> Vec<Value> {
    let ladder = shop.call("ladder_get", json!({}));
    ladder["steps"].as_array().expect("steps").iter().map(crate::points::step_of).collect()
}

/// S2-49: a promotion has a start and an end, and is pointed out three days before it is over.
#[test]
fn a_promotion_is_pointed_out_three_days_before_its_end() {
    let shop = Shop::open();
    let rule = json!({ "kind": "steps", "steps": [{ "from_minor": 10_000, "off_minor": 1_000 }] });
    let when = json!({ "from_on": "2026-03-02", "until_on": "2026-03-10" });
    let offer = json!({ "rule": rule, "when": when, "audience": { "kind": "everybody" } });
    shop.call("offer_save", json!({ "name": "三月前十天", "offer": offer }));
    let ending = |shop: &Shop, day: &str| {
        shop.set_clock(&format!("{day}T10:00:00+08:00"));
        shop.call("offer_list", json!({}))["ending"].clone()
    };
    let days = ["2026-03-06", "2026-03-07", "2026-03-10", "2026-03-11"];
    assert_eq!(days.map(|day| ending(&shop, day)), [0, 1, 1, 0].map(|n| json!(n)));
    assert_eq!(shop.call("sale_quote", json!({ "amount_minor": 12_000 }))["net_minor"], 12_000, "it is over");
}

/// S0-34: a gift is a line at nothing: it leaves the stock, stands on the order and earns nothing.
#[test]
fn a_gift_line_leaves_the_stock_and_earns_nothing() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let facts = json!({ "name": "试用装", "price_minor": 1_500, "cost_minor": 300, "stock": "10" });
    let sample = shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone();
    let lines = json!([{ "description": "面膜", "quantity": "1", "unit_price_minor": 10_000 },
        { "product_id": sample, "quantity": "1", "unit_price_minor": 0 }]);
    let sale = json!({ "customer_id": customer, "lines": lines, "discount_reason": "赠品" });
    let receipt = shop.call("sale_create", sale);
    assert_eq!(receipt["sale"]["row"]["net_minor"], 10_000);
    assert_eq!(receipt["sale"]["lines"][1]["amount_minor"], 0);
    assert_eq!(shop.profile(customer)["points"]["balance"], 100, "for what was paid");
    let stock = shop.call("product_get", json!({ "id": sample }))["row"]["stock"].clone();
    assert_eq!(stock, "9", "the gift has left the shelf");
}

/// S3-23, rule C7: a tier is unlocked by amount or by visits, and what is missing is said in both.
#[test]
fn what_is_missing_is_said_by_amount_or_by_visits() {
    let shop = Shop::open();
    let mut changed = steps(&shop);
    changed[1]["enter_visits"] = json!(3);
    shop.call("ladder_change", json!({ "steps": changed }));
    let customer = shop.customer("王芳");
    shop.sale(customer, 88_000);
    let missing = shop.profile(customer)["standing"]["missing"].clone();
    assert_eq!(missing["text"], "再消费 ¥120.00 或再来 2 次升银卡");
    for day in ["2026-03-03", "2026-03-04"] {
        shop.set_clock(&format!("{day}T10:00:00+08:00"));
        shop.sale(customer, 500);
    }
    assert_eq!(shop.profile(customer)["standing"]["tier"]["name"], "银卡", "three visits are enough");
}

/// Bad input: thresholds that do not rise, two levels of one name, points that are not there, dates that cannot be.
#[test]
fn input_that_cannot_be_right_is_refused_where_it_stands() {
    let shop = Shop::open();
    let mut falls = steps(&shop);
    falls[2]["enter_spend_minor"] = json!(100_000);
    falls[2]["keep_spend_minor"] = json!(100_001);
    let both = ["steps.2.keep_spend_minor", "steps.2.enter_spend_minor"];
    for command in ["ladder_preview", "ladder_change"] {
        assert_eq!(fields(&shop.refused(command, json!({ "steps": falls }))), both, "as high as the one below");
    }
    let mut twice = steps(&shop);
    twice[2]["name"] = twice[1]["name"].clone();
    assert_eq!(
        fields(&shop.refused("ladder_change", json!({ "steps": twice }))),
        ["steps.2.name"],
        "one name, two levels"
    );
    let mut empty = steps(&shop);
    empty[1]["enter_spend_minor"] = Value::Null;
    assert_eq!(fields(&shop.refused("ladder_change", json!({ "steps": empty }))), ["steps.1.enter_spend_minor"]);
    let customer = shop.customer("王芳");
    shop.sale(customer, 100_000);
    let spend = |points: i64| json!({ "customer_id": customer, "amount_minor": 1_000, "redeem_points": points });
    for points in [150, 600, 100_000, -100] {
        assert_eq!(fields(&shop.refused("sale_create", spend(points))), ["redeem_points"], "{points}");
    }
    assert_eq!(shop.profile(customer)["points"]["balance"], 1_000, "nothing was taken");
}

/// C1, C7: whatever the thresholds count, the rule, the reason and what is missing are said by it, and nothing is said of what does
/// not count.
#[test]
fn a_ladder_of_visits_and_points_is_worded_by_visits_and_points() {
    let shop = Shop::open();
    let customer = shop.customer("王芳");
    shop.sale(customer, 60_000);
    let mut steps = steps(&shop);
    for (place, (visits, points)) in [(1, 500), (3, 1_500), (9, 90_000)].into_iter().enumerate() {
        let step = &mut steps[place + 1];
        (step["enter_spend_minor"], step["keep_spend_minor"]) = (Value::Null, Value::Null);
        (step["enter_visits"], step["enter_points"]) = (json!(visits), json!(points));
    }
    let rules = json!({ "steps": steps, "combine": "all", "window": { "kind": "lifetime" },
        "demotion": { "review": "year_end", "style": "one_step", "grace_days": 0 } });
    let ladder = shop.call("ladder_change", rules);
    assert_eq!(
        ladder["sentence"],
        "累计到店次数且所得积分达到门槛当场升级；每年 1 月 1 日复核，不够保级的当天降，一次降一级。"
    );
    assert_eq!((&ladder["steps"][2]["keep_visits"], &ladder["steps"][2]["keep_points"]), (&json!(2), &json!(900)));
    let page = shop.call("ladder_standing", json!({ "id": customer }));
    let standing = &page["standing"];
    assert_eq!(standing["why"], "累计到店 1 次、得 600 积分，达到银卡门槛 1 次且 500 积分");
    assert_eq!(standing["missing"]["text"], "再来 2 次且再得 900 积分升金卡");
    assert_eq!((&standing["missing"]["points_earned"], &standing["missing"]["progress"]), (&json!(900), &json!(33)));
    assert_eq!(standing["history"][0]["why"], "从普通升到银卡 · 达到门槛");
    // Held below what was earned: nothing is missing, and the sentence says why the tier is not higher.
    shop.call(
        "ladder_by_hand",
        json!({ "customer_id": customer, "mode": "pin", "tier": "普通", "reason": "员工家属" }),
    );
    let pinned = &shop.call("ladder_standing", json!({ "id": customer }))["standing"];
    assert_eq!(pinned["missing"]["text"], "已够银卡门槛，等级由店里指定");
    assert_eq!(pinned["history"][1]["why"], "从银卡降到普通 · 店里指定");
}

/// Bad input: a sale from before the book began counts by the first rules; one from the future is refused.
#[test]
fn a_sale_from_before_the_book_began_counts_by_the_first_rules() {
    let shop = Shop::open();
    let customer = shop.customer("王芳");
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 120_000, "sold_on": "2025-11-20" }));
    let profile = shop.profile(customer);
    assert_eq!(profile["standing"]["tier"]["name"], "银卡");
    assert_eq!(profile["points"]["balance"], 1_200);
    let tomorrow = json!({ "customer_id": customer, "amount_minor": 1_000, "sold_on": "2026-03-03" });
    assert_eq!(fields(&shop.refused("sale_create", tomorrow)), ["sold_on"]);
}

/// S0-11, S0-47: the statement goes into a file as well: what was there, every row with the balance after it, what is there.
#[test]
fn the_statement_of_a_member_is_a_file_that_adds_up() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    shop.sale(customer, 6_800);
    shop.set_clock("2026-03-03T10:00:00+08:00");
    shop.sale(customer, 3_200);
    shop.call("points_adjust", json!({ "customer_id": customer, "points": -8, "reason": "打错" }));
    let into = |format: &str| json!({ "customer_id": customer, "from_on": "2026-03-03", "format": format, "folder": shop.folder() });
    let file = shop.call("points_statement_export", into("csv"));
    let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("a file");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "日期,事由,积分,余额,单号,礼品,原因");
    assert_eq!(lines[1], "2026-03-03,期初,,68,,,");
    assert!(lines[2].starts_with("2026-03-03,获得,32,100,"), "{text}");
    assert_eq!(lines[3], "2026-03-03,手工调整,-8,92,,,打错");
    assert_eq!(lines[4], "2026-03-03,期末,,92,,,");
    assert!(file["file_name"].as_str().is_some_and(|name| name.starts_with("积分对账单 ")), "{file}");
    let sheet = shop.call("points_statement_export", into("xlsx"));
    assert!(sheet["file_name"].as_str().is_some_and(|name| name.ends_with(".xlsx")), "{sheet}");
    assert_eq!(shop.app.newest_act_for_tests().expect("a log").action, "customer.export_one");
    let mut wrong = into("csv");
    wrong["to_on"] = json!("2026-03-01");
    assert_eq!(fields(&shop.refused("points_statement_export", wrong)), ["to_on"]);
}
