//! What a customer is worth and what follows: price-sensitive buyers with their margin, the next day and the next year by
//! the own rhythm, why somebody comes seldom, plans, those to promote to, trials, and two schemes crossed.

use crate::export_records::rows;
use crate::schemes::shop_of_eleven;
use crate::segmentation::sale_on;
use crate::support::{Shop, fields};
use serde_json::{Value, json};

/// A sale of a product that costs ¥6 and is sold at ¥10, with or without a discount.
fn sale_of(shop: &Shop, customer: i64, product: &Value, discount_minor: i64, on: &str) {
    let lines = json!([{ "product_id": product, "quantity": "1", "unit_price_minor": 1_000 }]);
    let sale = json!({ "customer_id": customer, "lines": lines, "sold_on": on,
                       "discount_minor": discount_minor, "discount_reason": "活动" });
    shop.call("sale_create", sale);
}

fn product(shop: &Shop, cost_minor: &Value) -> Value {
    let facts = json!({ "name": format!("面包{cost_minor}"), "category": "烘焙", "cost_minor": cost_minor });
    shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone()
}

/// S4-27: label, sentence and list by the share of discounted orders, with the margin for those who may see it.
#[test]
fn whoever_buys_what_is_discounted_only_is_labelled_with_the_share_and_the_margin() {
    let shop = Shop::open();
    let known = product(&shop, &json!(600));
    let unknown = product(&shop, &Value::Null);
    let [bargain, other, few, hidden] = ["价", "常", "少", "本"].map(|name| shop.customer(name));
    for (n, discount) in [200, 200, 200, 200, 0].into_iter().enumerate() {
        let on = format!("2026-02-{:02}", n + 1);
        sale_of(&shop, bargain, &known, discount, &on);
        sale_of(&shop, other, &known, if n == 0 { 200 } else { 0 }, &on);
        sale_of(&shop, hidden, &unknown, 200, &on);
    }
    sale_of(&shop, few, &known, 200, "2026-02-01");
    sale_of(&shop, few, &known, 200, "2026-02-02");
    let label = |customer: i64| shop.call("segment_card", json!({ "id": customer }))["price_sensitive"].clone();
    let found = label(bargain);
    assert_eq!(
        (&found["orders"], &found["discounted"], &found["discounted_bp"]),
        (&json!(5), &json!(4), &json!(8_000))
    );
    assert_eq!(found["text"], "近 12 个月 5 单里 4 单有优惠，占 80%（80% 起算价格敏感）");
    // ¥42 came in, ¥30 went out.
    assert_eq!(found["margin_bp"], 2_857);
    assert_eq!(
        shop.call("service_card", json!({ "id": bargain }))["price_sensitive"],
        found,
        "the counter says the same"
    );
    assert!(label(other).is_null() && label(few).is_null(), "one in five, and two orders that say nothing");
    assert!(label(hidden)["margin_bp"].is_null(), "no cost is known");
    let list = |shop: &Shop| shop.call("segment_people", json!({ "who": { "kind": "promotion_only" } }));
    let page = list(&shop);
    assert_eq!(page["total"], 2);
    let row = |page: &Value, name: &str| {
        let rows = page["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["customer"]["name"] == name).expect("on the list")
    };
    assert_eq!((&row(&page, "价")["discounted_bp"], &row(&page, "价")["margin_bp"]), (&json!(8_000), &json!(2_857)));
    assert!(row(&page, "本")["margin_bp"].is_null());
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    let seen = label(bargain);
    assert!(seen["margin_bp"].is_null() && seen["discounted"] == 4, "a clerk sees the label and no margin: {seen}");
    assert!(row(&list(&shop), "价")["margin_bp"].is_null());
}

/// S4-27: the share and the orders are the shop's own.
#[test]
fn from_where_on_somebody_is_price_sensitive_is_a_rule_of_the_shop() {
    let shop = Shop::open();
    let bread = product(&shop, &json!(600));
    let customer = shop.customer("客");
    for (n, discount) in [200, 200, 0, 0].into_iter().enumerate() {
        sale_of(&shop, customer, &bread, discount, &format!("2026-02-{:02}", n + 1));
    }
    let people = |shop: &Shop| shop.call("segment_insights", json!({}))["promotion_only"].clone();
    assert_eq!(people(&shop), 0, "half is not 80 %");
    shop.call("promotion_rule_save", json!({ "rule": { "from_bp": 5_000, "orders": 4 } }));
    assert_eq!(people(&shop), 1);
    let insights = shop.call("segment_insights", json!({}));
    assert_eq!(insights["promotion_rule"], json!({ "from_bp": 5_000, "orders": 4 }));
    shop.call("promotion_rule_save", json!({ "rule": { "from_bp": 5_000, "orders": 5 } }));
    assert_eq!(people(&shop), 0, "four orders are too few now");
    let bad = shop.refused("promotion_rule_save", json!({ "rule": { "from_bp": 0, "orders": 0 } }));
    assert_eq!(fields(&bad), ["from_bp", "orders"]);
}

/// S1-19: the band of the next day, and the next 12 months by rhythm and average.
#[test]
fn the_next_day_has_a_band_and_the_next_year_an_estimate_with_its_arithmetic() {
    let shop = Shop::open();
    let customer = shop.customer("客");
    let trade = |shop: &Shop| shop.profile(customer)["trade"].clone();
    // Intervals of 5, 7, 8 and 9 days; two sales on the first day are one visit.
    for on in ["2026-02-01", "2026-02-01", "2026-02-06", "2026-02-13"] {
        sale_on(&shop, customer, 2_000, on);
    }
    let two = trade(&shop);
    assert_eq!((&two["next_from_on"], &two["next_to_on"]), (&json!("2026-02-18"), &json!("2026-02-20")));
    sale_on(&shop, customer, 2_000, "2026-02-21");
    sale_on(&shop, customer, 2_000, "2026-03-02");
    let now = trade(&shop);
    assert_eq!((&now["interval_days"], &now["next_likely_on"]), (&json!(7), &json!("2026-03-09")));
    assert_eq!((&now["next_from_on"], &now["next_to_on"]), (&json!("2026-03-07"), &json!("2026-03-10")));
    // ¥120 on five days, every 7 days: 365 × 12000 / (7 × 5).
    let ahead = json!({ "visits": 52, "per_visit_minor": 2_400, "net_minor": 125_143 });
    assert_eq!(now["year_ahead"], ahead);
    shop.set_clock("2026-03-24T10:00:00+08:00");
    assert!(trade(&shop)["year_ahead"].is_null(), "away for more than three intervals");
    let new = shop.customer("新");
    sale_on(&shop, new, 2_000, "2026-03-01");
    sale_on(&shop, new, 2_000, "2026-03-08");
    let trade = shop.profile(new)["trade"].clone();
    assert!(trade["next_from_on"].is_null() && trade["year_ahead"].is_null(), "two visits are too few");
}

fn class_of(shop: &Shop, customer: i64) -> Value {
    shop.profile(customer)["segment"].clone()
}

/// S0-19: a reason with who and when, kept with its history; each reason is a list, and so are those nobody asked.
#[test]
fn why_somebody_comes_seldom_is_written_down_counted_and_a_list() {
    let (shop, customers) = shop_of_eleven();
    let seldom = customers[0];
    let card = |customer: i64| shop.call("segment_card", json!({ "id": customer }));
    assert_eq!(card(seldom)["comes_seldom"], true, "one order of a year is the lowest third");
    assert_eq!(card(customers[9])["comes_seldom"], false);
    let counts = || shop.call("seldom_reasons", json!({}));
    let unasked = counts()["unasked"].as_i64().expect("a count");
    let people = |who: Value| {
        let page = shop.call("segment_people", json!({ "who": who }));
        let rows = page["rows"].as_array().expect("rows").clone();
        rows.iter().map(|row| row["customer"]["id"].as_i64().expect("an id")).collect::<Vec<_>>()
    };
    assert!(people(json!({ "kind": "seldom" })).contains(&seldom));
    shop.call("seldom_reason_add", json!({ "customer_id": seldom, "why": "unknown" }));
    shop.set_clock("2026-03-03T10:00:00+08:00");
    let said = json!({ "customer_id": seldom, "why": "competitor", "note": " 楼下开了一家 " });
    let after = shop.call("seldom_reason_add", said);
    let owner = after["seldom"][0]["by"].as_str().expect("a person").to_owned();
    assert!(!owner.is_empty());
    let newest = json!({ "why": "competitor", "note": "楼下开了一家", "on": "2026-03-03", "by": owner });
    assert_eq!(
        (&after["seldom"][0], &after["seldom"][1]["why"]),
        (&newest, &json!("unknown")),
        "the earlier one stays"
    );
    shop.call("seldom_reason_add", json!({ "customer_id": customers[1], "why": "competitor" }));
    shop.call("seldom_reason_add", json!({ "customer_id": customers[2], "why": "moved" }));
    let now = counts();
    assert_eq!(now["reasons"][0], json!({ "why": "competitor", "people": 2 }), "the newest reason of each counts");
    assert_eq!((&now["people"], &now["unasked"]), (&json!(3), &json!(unasked - 3)));
    assert_eq!(people(json!({ "kind": "seldom", "why": "competitor" })), [customers[1], seldom]);
    assert_eq!(people(json!({ "kind": "seldom", "why": "unknown" })), [0_i64; 0]);
    assert!(!people(json!({ "kind": "seldom" })).contains(&seldom));
    let bad = json!({ "customer_id": seldom, "why": "weather" });
    assert_eq!(fields(&shop.refused("seldom_reason_add", bad)), ["why"]);
}

/// S0-19, S4-28: reasons and plans go where the customer goes, and out of the book with them.
#[test]
fn reasons_and_plans_follow_a_merge_and_leave_with_an_erasure() {
    let (shop, customers) = shop_of_eleven();
    let (stays, goes) = (customers[0], customers[1]);
    let plan = json!({ "customer_id": goes, "words": "送新品试吃", "due_on": "2026-03-20" });
    shop.call("customer_plan_save", plan);
    shop.call("seldom_reason_add", json!({ "customer_id": goes, "why": "price", "note": "嫌贵" }));
    let kept = |customer: i64| {
        let card = shop.call("segment_card", json!({ "id": customer }));
        (card["plans"].as_array().expect("plans").len(), card["seldom"].as_array().expect("reasons").len())
    };
    let merged = shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    assert_eq!(kept(stays), (1, 1));
    assert_eq!(shop.call("seldom_reasons", json!({}))["people"], 1);
    shop.call("customer_merge_undo", json!({ "id": merged["id"] }));
    assert_eq!((kept(stays), kept(goes)), ((0, 0), (1, 1)), "taken back, they are where they were written");
    let reasons = rows(&shop, "seldom_reasons");
    assert_eq!((&reasons[0]["why"], &reasons[0]["note"]), (&json!("price"), &json!("嫌贵")));
    assert_eq!(rows(&shop, "customer_plans")[0]["plan"], "送新品试吃");
    shop.call("customer_erase", json!({ "customer_id": goes, "reason": "asked" }));
    assert_eq!(shop.call("seldom_reasons", json!({}))["people"], 0);
    assert!(rows(&shop, "seldom_reasons").is_empty() && rows(&shop, "customer_plans").is_empty());
}

/// S4-28: a plan with words, a day and a person stands on the profile and beside the gap in the list.
#[test]
fn a_plan_has_a_day_and_a_person_until_it_is_done() {
    let (shop, customers) = shop_of_eleven();
    let customer = customers[3];
    let bad = json!({ "customer_id": customer, "words": " ", "due_on": "2026-03-01", "owner_id": 99 });
    assert_eq!(fields(&shop.refused("customer_plan_save", bad)), ["words", "due_on", "owner_id"]);
    let staff = shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    let people = staff["people"].as_array().expect("people").clone();
    let clerk = people.iter().find(|person| person["name"] == "小王").expect("works here")["id"].clone();
    let plan = json!({ "customer_id": customer, "words": "请来试新品", "due_on": "2026-03-10", "owner_id": clerk });
    let made = shop.call("customer_plan_save", plan)["plans"][0].clone();
    assert_eq!(
        (&made["owner"], &made["due_on"], &made["is_late"]),
        (&json!("小王"), &json!("2026-03-10"), &json!(false))
    );
    shop.set_clock("2026-03-11T10:00:00+08:00");
    let card = || shop.call("segment_card", json!({ "id": customer }));
    assert_eq!(card()["plans"][0]["is_late"], true);
    let later =
        json!({ "id": made["id"], "customer_id": customer, "words": "打电话请来试新品", "due_on": "2026-03-20" });
    assert_eq!(
        shop.call("customer_plan_save", later)["plans"].as_array().expect("plans").len(),
        1,
        "changed, not added"
    );
    let who = json!({ "kind": "promising" });
    shop.call(
        "promising_rule_save",
        json!({ "rule": { "most_orders": 4, "potential_from": 1, "interactions_from": 1, "interval_days": 14 } }),
    );
    shop.call(
        "interaction_add",
        json!({ "customer_id": customer, "kind": "phone", "direction": "in", "text": "问问" }),
    );
    let page = shop.call("segment_people", json!({ "who": who }));
    let row = page["rows"].as_array().expect("rows").iter().find(|row| row["customer"]["id"] == customer).cloned();
    let row = row.expect("on the list");
    assert_eq!(row["plan"]["words"], "打电话请来试新品");
    assert!(row["gap_minor"].as_i64().is_some_and(|gap| gap > 0), "what is missing to the first fifth: {row}");
    let done =
        shop.call("customer_plan_done", json!({ "id": made["id"], "note": "来了，买了两盒" }))["plans"][0].clone();
    assert_eq!((&done["done_on"], &done["note"]), (&json!("2026-03-11"), &json!("来了，买了两盒")));
    assert_eq!(shop.refused("customer_plan_done", json!({ "id": made["id"] }))["code"], "not_found");
}

/// S0-20: few orders and interest make a list of their own with a shorter interval.
#[test]
fn whoever_is_promising_is_a_list_and_is_contacted_sooner() {
    let (shop, customers) = shop_of_eleven();
    let never = customers[10];
    let ask = || {
        let said = json!({ "customer_id": never, "kind": "phone", "direction": "in", "text": "问婚礼蛋糕" });
        shop.call("interaction_add", said);
    };
    ask();
    let promising = |shop: &Shop| {
        let page = shop.call("segment_people", json!({ "who": { "kind": "promising" } }));
        let rows = page["rows"].as_array().expect("rows").clone();
        rows.iter().any(|row| row["customer"]["id"] == never)
    };
    let service = |shop: &Shop| shop.call("service_card", json!({ "id": never }))["service"].clone();
    assert!(!promising(&shop) && service(&shop)["promising"].is_null(), "asking once is not enough");
    ask();
    assert!(promising(&shop));
    let card = service(&shop);
    assert_eq!((&card["interval_days"], &card["next_contact_on"]), (&json!(14), &json!("2026-03-16")));
    assert!(card["promising"].as_str().is_some_and(|text| text.contains("来问或回应 2 次")), "{card}");
    let rule = |interval: i64| json!({ "rule": { "most_orders": 2, "potential_from": 60, "interactions_from": 2, "interval_days": interval } });
    shop.call("promising_rule_save", rule(7));
    assert_eq!(service(&shop)["interval_days"], 7);
    let class = class_of(&shop, never)["tag"]["key"].clone();
    let weekly = json!({ "class_key": class, "interval_days": 5, "channel": null, "care": "standard",
                         "complaint_response_minutes": null, "minutes_per_contact": 5 });
    shop.call("service_save", json!({ "scheme": "simple_rfm", "policy": weekly }));
    assert_eq!(service(&shop)["interval_days"], 5, "of several plans the shortest wins");
    let insights = shop.call("segment_insights", json!({}));
    assert!(insights["promising"].as_i64().is_some_and(|people| people >= 1));
    assert_eq!(insights["promising_rule"]["interval_days"], 7);
    assert_eq!(fields(&shop.refused("promising_rule_save", rule(0))), ["interval_days"]);
}

/// S4-9: a class on trial says what was seen; when its day has come and it was enough, the next class is one act away.
#[test]
fn a_trial_that_was_passed_suggests_the_next_class_and_one_act_confirms_it() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    // The best one stays in the highest class whatever more is bought.
    let customer = customers[9];
    let class = class_of(&shop, customer)["tag"]["key"].as_str().expect("a class").to_owned();
    let policy = |trial: Value| {
        json!({ "class_key": class, "interval_days": 30, "channel": null, "care": "standard",
        "complaint_response_minutes": null, "minutes_per_contact": 5, "trial": trial })
    };
    let save = |trial: Value| json!({ "scheme": "simple_rfm", "policy": policy(trial) });
    let nothing = json!({ "after_days": 0, "orders": 0, "net_minor": 0, "next_class": class });
    let refused = fields(&shop.refused("service_save", save(nothing)));
    assert_eq!(refused, ["trial.after_days", "trial.orders", "trial.next_class"]);
    let next = if class == "core_value" { "ordinary" } else { "core_value" };
    let unknown = json!({ "after_days": 10, "orders": 2, "net_minor": 0, "next_class": "nowhere" });
    assert_eq!(fields(&shop.refused("service_save", save(unknown))), ["trial.next_class"]);
    shop.call("service_save", save(json!({ "after_days": 10, "orders": 2, "net_minor": 3_000, "next_class": next })));
    let trial = || shop.call("service_card", json!({ "id": customer }))["service"]["trial"].clone();
    let passed = || shop.call("segment_people", json!({ "who": { "kind": "trial", "class": class } }))["total"].clone();
    assert_eq!((&trial()["is_due"], &trial()["orders"]), (&json!(false), &json!(0)), "what came before does not count");
    let too_soon = shop.refused("trial_confirm", json!({ "id": customer }));
    assert_eq!(too_soon["code"], "not_allowed_now");
    shop.set_clock("2026-03-05T10:00:00+08:00");
    shop.sale(customer, 5_000);
    shop.set_clock("2026-03-12T10:00:00+08:00");
    assert_eq!(
        (&trial()["is_due"], &trial()["is_met"], &passed()),
        (&json!(true), &json!(false), &json!(0)),
        "one order of two"
    );
    shop.refused("trial_confirm", json!({ "id": customer }));
    shop.sale(customer, 5_000);
    assert_eq!((&trial()["is_met"], &trial()["net_minor"], &passed()), (&json!(true), &json!(10_000), &json!(1)));
    let service = shop.call("service_get", json!({ "key": "simple_rfm" }));
    let row = service["classes"].as_array().expect("classes").iter().find(|one| one["tag"]["key"] == *class).cloned();
    assert_eq!(row.expect("the class")["passed"], 1);
    shop.call("trial_confirm", json!({ "id": customer }));
    let held = class_of(&shop, customer);
    assert_eq!((&held["tag"]["key"], &held["manual"]["until"]), (&json!(next), &json!("2027-03-12")));
    assert!(
        held["manual"]["reason"].as_str().is_some_and(|why| why.contains("2 单") && why.contains("¥100.00")),
        "{held}"
    );
    assert_eq!(passed(), 0, "nobody waits any more");
}

/// S1-9: two schemes crossed add up to everybody, and each cell is a list.
#[test]
fn two_schemes_crossed_are_a_table_each_of_whose_cells_is_a_list() {
    let (shop, _) = shop_of_eleven();
    let pivot = shop.call("segment_pivot", json!({ "rows": "frequency_thirds", "columns": "amount_thirds" }));
    let columns = pivot["columns"].as_array().expect("columns");
    let (mut people, mut net) = (0, 0);
    for row in pivot["rows"].as_array().expect("rows") {
        for (cell, column) in row["cells"].as_array().expect("cells").iter().zip(columns) {
            let who = json!({ "kind": "both", "scheme": "frequency_thirds", "class": row["tag"]["key"],
                              "other": "amount_thirds", "other_class": column["key"] });
            let list = shop.call("segment_people", json!({ "who": who }));
            assert_eq!((&list["total"], &list["net_minor"]), (&cell["people"], &cell["net_minor"]), "{who}");
            people += cell["people"].as_i64().expect("people");
            net += cell["net_minor"].as_i64().expect("money");
        }
    }
    // 1² + … + 10² times ¥10, and one who never bought.
    assert_eq!((people, net), (11, 385_000));
    let path = shop.folder().join("pivot.csv");
    let chart = json!({ "kind": "pivot", "rows": "frequency_thirds", "columns": "amount_thirds" });
    let file = shop.call("segment_chart_export", json!({ "chart": chart, "file": path.to_str().expect("a path") }));
    assert!(file["rows"].as_i64().is_some_and(|rows| rows >= 4), "{file}");
    let unknown = json!({ "rows": "frequency_thirds", "columns": "nothing" });
    assert_eq!(shop.refused("segment_pivot", unknown)["code"], "not_found");
}

/// S1-9: classes by frequency, amount and product are columns of the table, sorted as their schemes stand.
#[test]
fn classes_of_other_schemes_are_columns_of_the_table() {
    let (shop, customers) = shop_of_eleven();
    let bread = product(&shop, &json!(600));
    sale_of(&shop, customers[0], &bread, 0, "2026-02-20");
    let table = |filter: Value| {
        let columns = ["name", "class_frequency", "class_amount", "class_product"];
        let page = shop.call("customer_table", json!({ "filter": filter, "columns": columns }));
        page["rows"].as_array().expect("rows").clone()
    };
    let rows = table(json!({ "sort": "class_frequency" }));
    let cell = |customer: i64, column: usize| {
        rows.iter().find(|row| row["id"] == customer).expect("a row")["cells"][column].clone()
    };
    let class = |scheme: &str, customer: i64| {
        let card = shop.call("segment_card", json!({ "id": customer }));
        let others = card["others"].as_array().expect("schemes").clone();
        others.iter().find(|other| other["scheme"] == scheme).expect("a scheme")["tag"]["name"].clone()
    };
    for customer in &customers {
        assert_eq!(cell(*customer, 1), class("frequency_thirds", *customer));
        assert_eq!(cell(*customer, 2), class("amount_thirds", *customer));
        assert_eq!(cell(*customer, 3), class("product_preference", *customer));
    }
    assert_eq!((cell(customers[9], 1), cell(customers[0], 3)), (json!("高频"), json!("烘焙")));
    let mut order: Vec<&str> = rows.iter().filter_map(|row| row["cells"][1].as_str()).collect();
    order.dedup();
    assert_eq!(order, ["高频", "中频", "低频", "未购"], "as the scheme has its classes");
    let turned = table(json!({ "sort": "class_frequency", "descending": true }));
    assert_eq!(turned[0]["cells"][1], "未购");
    // A sale moves the cell at once.
    sale_of(&shop, customers[10], &bread, 0, "2026-03-01");
    let after = table(json!({ "sort": "class_frequency" }));
    assert_eq!(after.iter().find(|row| row["id"] == customers[10]).expect("a row")["cells"][1], "低频");
    let typed = json!({ "id": customers[0], "column": "class_amount", "value": "大额" });
    assert_eq!(shop.refused("customer_cell", typed)["code"], "invalid", "computed and never typed");
}

/// S1-34: share of active months, and whom somebody brought.
#[test]
fn loyalty_is_measured_by_active_months_and_by_whom_somebody_brought() {
    let (shop, customers) = shop_of_eleven();
    let who = |measure: &str, value: i64| {
        let condition = json!({ "kind": "measure", "measure": { "measure": measure, "window": { "kind": "months", "n": 12 } },
                                "is": { "op": "at_least", "value": value } });
        let page = shop.call("segment_people", json!({ "who": { "kind": "condition", "condition": condition } }));
        let rows = page["rows"].as_array().expect("rows").clone();
        rows.iter().map(|row| row["customer"]["id"].as_i64().expect("an id")).collect::<Vec<_>>()
    };
    let (first, brought) = (customers[9], customers[10]);
    // All ten bought in February, and it is March now: one month of two.
    assert_eq!((who("active_months_bp", 5_000).len(), who("active_months_bp", 5_001).len()), (10, 0));
    sale_on(&shop, first, 1_000, "2026-03-02");
    assert_eq!(who("active_months_bp", 5_001), [first], "two of two");
    shop.call("customer_ties", json!({ "id": brought, "referrer_id": first }));
    assert_eq!(who("referrals", 1), [0_i64; 0], "who was brought has not bought yet");
    let sale = sale_on(&shop, brought, 1_000, "2026-03-02");
    assert_eq!(who("referrals", 1), [first], "the sale of another customer counts at once");
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错了" }));
    assert_eq!(who("referrals", 1), [0_i64; 0]);
    // On the first of a new month one more month has gone by for everybody.
    shop.set_clock("2026-04-01T10:00:00+08:00");
    assert_eq!(who("active_months_bp", 6_666), [first], "two of three");
    assert_eq!(who("active_months_bp", 3_334).len(), 1, "one of three for the others");
}

/// S1-11: 90 days before a contact against 90 days after it, beside those with whom nobody got in touch.
#[test]
fn what_came_of_a_contact_is_ninety_days_before_against_ninety_days_after() {
    let shop = Shop::at("2026-01-05T10:00:00+08:00");
    let [told, quiet] = ["联", "静"].map(|name| shop.customer(name));
    sale_on(&shop, told, 1_000, "2026-01-03");
    sale_on(&shop, quiet, 1_000, "2026-01-03");
    shop.set_clock("2026-01-20T10:00:00+08:00");
    shop.call(
        "interaction_add",
        json!({ "customer_id": told, "kind": "phone", "direction": "out", "text": "新品到了" }),
    );
    shop.call(
        "interaction_add",
        json!({ "customer_id": quiet, "kind": "phone", "direction": "in", "text": "几点关门" }),
    );
    shop.set_clock("2026-02-10T10:00:00+08:00");
    shop.sale(told, 5_000);
    let effect = || shop.call("contact_effect", json!({}));
    assert_eq!(effect()["classes"], json!([]), "90 days are not over since");
    shop.set_clock("2026-06-01T10:00:00+08:00");
    let found = effect();
    assert_eq!((&found["from_on"], &found["to_on"]), (&json!("2025-12-04"), &json!("2026-03-03")));
    let classes = found["classes"].as_array().expect("classes");
    assert_eq!(classes.len(), 1, "both were in the same class then: {found}");
    let contacted = json!({ "people": 1, "orders_before": 1, "orders_after": 1,
                            "each_before_minor": 1_000, "each_after_minor": 5_000 });
    let others = json!({ "people": 1, "orders_before": 1, "orders_after": 0,
                         "each_before_minor": 1_000, "each_after_minor": 0 });
    assert_eq!((&classes[0]["contacted"], &classes[0]["others"]), (&contacted, &others), "who called is not contacted");
    shop.set_clock("2026-08-01T10:00:00+08:00");
    assert_eq!(effect()["classes"], json!([]), "that contact is too long ago");
}
