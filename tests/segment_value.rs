//! What a customer is worth and looks at: price-sensitive buyers with their margin, the next day and the next year by
//! the own rhythm.

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
