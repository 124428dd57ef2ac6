//! Who is in which class, from the first day on, and what moves them.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use shukebu_backend::segmentation::run_if_due;

/// Key of a customer's class.
fn class(shop: &Shop, customer: i64) -> String {
    shop.profile(customer)["segment"]["tag"]["key"].as_str().expect("everybody has a class").to_owned()
}

fn reason(shop: &Shop, customer: i64) -> String {
    shop.profile(customer)["segment"]["reason"].as_str().expect("a reason").to_owned()
}

pub(crate) fn sale_on(shop: &Shop, customer: i64, amount_minor: i64, day: &str) -> i64 {
    let input = json!({ "customer_id": customer, "amount_minor": amount_minor, "sold_on": day });
    shop.call("sale_create", input)["sale"]["row"]["id"].as_i64().expect("an id")
}

/// Class changes on the timeline.
fn changes(shop: &Shop, customer: i64) -> Vec<String> {
    let profile = shop.profile(customer);
    let entries = profile["timeline"].as_array().expect("a timeline");
    let texts = entries.iter().filter(|entry| entry["kind"] == "segment").map(|entry| entry["text"].as_str());
    texts.map(|text| text.expect("a sentence").to_owned()).collect()
}

/// Twelve customers whose visits and tickets differ, and two who never bought.
fn busy_shop() -> (Shop, Vec<i64>) {
    let shop = Shop::open();
    let customers: Vec<i64> = (0..14).map(|number| shop.customer(&format!("客人{number}"))).collect();
    for (number, customer) in (0_i64..12).zip(&customers) {
        for visit in 0..=(number % 4) {
            let day = 1 + (number * 7 + visit * 5) % 28;
            let month = if number % 5 == 4 { "2025-09" } else { "2026-02" };
            sale_on(&shop, *customer, 1000 + number * 700 + visit * 100, &format!("{month}-{day:02}"));
        }
    }
    (shop, customers)
}

#[test]
fn a_new_customer_has_not_bought_yet_and_is_told_so() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    assert_eq!(class(&shop, customer), "not_purchased");
    assert_eq!(reason(&shop, customer), "还没有消费 → 未购");
    assert_eq!(shop.profile(customer)["segment"]["since"], "2026-03-02");
    let listed = shop.call("customer_list", json!({ "segment": "not_purchased" }));
    assert_eq!(listed["total"], 1, "lists show the class without a run");
}

#[test]
fn a_run_puts_everyone_into_exactly_one_class() {
    let (shop, customers) = busy_shop();
    let after = shop.call("segment_run", json!({}))["after"].clone();
    assert_eq!(after["as_of"], "2026-03-02");
    let classes = after["classes"].as_array().expect("classes");
    let people: i64 = classes.iter().filter_map(|class| class["people"].as_i64()).sum();
    assert_eq!(people, 14);
    assert_eq!(after["customers"], 14);
    for class in classes {
        let key = class["tag"]["key"].clone();
        let listed = shop.call("customer_list", json!({ "segment": key }));
        assert_eq!(listed["total"], class["people"], "{key}");
        assert!(!class["rule"].as_str().expect("a sentence").is_empty());
    }
    let net: i64 = classes.iter().filter_map(|class| class["net_minor"].as_i64()).sum();
    assert_eq!(net, shop.call("book_info", json!({}))["totals"]["net_minor"].as_i64().expect("a total"));
    assert_eq!(class(&shop, customers[13]), "not_purchased");
    assert_eq!(class(&shop, customers[4]), "win_back", "not seen since September");
}

#[test]
fn after_a_sale_the_class_follows_the_stored_cut_points_and_says_why() {
    let (shop, customers) = busy_shop();
    let cuts = shop.call("segment_run", json!({}))["after"]["cuts"].clone();
    let others: Vec<String> = customers[1..].iter().map(|customer| class(&shop, *customer)).collect();
    assert_eq!(class(&shop, customers[0]), "ordinary", "one visit, the smallest ticket");
    let sale = json!({ "customer_id": customers[0], "amount_minor": 900_000 });
    let receipt = shop.call("sale_create", sale.clone());
    assert_eq!(receipt["segment"]["tag"]["name"], "潜力培育");
    assert_eq!(receipt["segment"]["sub_kind"], "低频高客单");
    let receipt = shop.call("sale_create", sale);
    assert_eq!(receipt["segment"]["tag"]["name"], "核心价值");
    assert_eq!(receipt["segment"]["reason"], "今天来过, 近 12 个月 3 单, 客单价 ¥6,003.33 → 核心价值");
    let view = shop.call("segment_get", json!({}));
    assert_eq!(view["cuts"], cuts, "a sale moves no cut point");
    let still: Vec<String> = customers[1..].iter().map(|customer| class(&shop, *customer)).collect();
    assert_eq!(still, others, "a sale moves nobody else");
    let told = changes(&shop, customers[0]);
    assert!(told[1].starts_with("分层变化, 原为「普通」: 今天来过"), "{told:?}");
    assert!(told[0].starts_with("分层变化, 原为「潜力培育」: 今天来过"), "{told:?}");
}

#[test]
fn a_refund_of_everything_takes_the_customer_out_of_the_buyers() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sale = shop.sale(customer, 8600);
    assert_ne!(class(&shop, customer), "not_purchased");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 8600 }));
    assert_eq!(class(&shop, customer), "not_purchased");
}

#[test]
fn running_again_without_a_change_moves_nobody_and_writes_no_history() {
    let (shop, customers) = busy_shop();
    shop.call("segment_run", json!({}));
    let before: Vec<Vec<String>> = customers.iter().map(|customer| changes(&shop, *customer)).collect();
    let again = shop.call("segment_run", json!({}));
    assert_eq!(again["moves"], json!([]));
    let after: Vec<Vec<String>> = customers.iter().map(|customer| changes(&shop, *customer)).collect();
    assert_eq!(before, after);
}

#[test]
fn a_run_says_who_moved_from_where_to_where() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 8600);
    shop.set_clock("2026-07-01T10:00:00+08:00");
    let moves = shop.call("segment_run", json!({}))["moves"].clone();
    assert_eq!(moves[0]["from"]["key"], "core_value");
    assert_eq!(moves[0]["to"]["key"], "win_back");
    assert_eq!(moves[0]["people"], 1);
}

#[test]
fn an_empty_book_has_its_classes_and_nobody_in_them() {
    let shop = Shop::open();
    let view = shop.call("segment_get", json!({}));
    assert_eq!(view["as_of"], Value::Null, "nobody was looked at yet");
    assert_eq!(view["customers"], 0);
    assert_eq!(view["classes"].as_array().expect("classes").len(), 5);
    assert_eq!(shop.call("segment_run", json!({}))["moves"], json!([]));
}

#[test]
fn one_customer_alone_is_at_every_median() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 1);
    assert_eq!(class(&shop, customer), "core_value");
    shop.call("segment_run", json!({}));
    assert_eq!(class(&shop, customer), "core_value");
}

#[test]
fn the_first_buyers_of_a_young_shop_are_compared_with_each_other() {
    let shop = Shop::open();
    let (first, second) = (shop.customer("张三"), shop.customer("李四"));
    shop.sale(first, 1000);
    shop.sale(second, 9000);
    assert_eq!(class(&shop, second), "core_value");
    assert_eq!(class(&shop, first), "potential", "the ticket is below the median of the two");
}

#[test]
fn days_that_go_by_move_customers_against_the_same_cut_points_and_a_month_finds_new_ones() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 8600);
    assert!(!run_if_due(&shop.app).expect("a look"), "the sale itself was a run today");
    shop.set_clock("2026-03-31T10:00:00+08:00");
    assert!(run_if_due(&shop.app).expect("a look"), "a new day");
    assert_eq!(shop.call("segment_get", json!({}))["as_of"], "2026-03-02", "with the cut points of the run");
    shop.set_clock("2026-06-01T10:00:00+08:00");
    assert!(reason(&shop, customer).starts_with("截至 2026年3月2日: "), "before the look the reason names its day");
    assert!(run_if_due(&shop.app).expect("a look"), "a new month");
    assert!(!run_if_due(&shop.app).expect("a look"), "once a day is enough");
    assert_eq!(shop.call("segment_get", json!({}))["as_of"], "2026-06-01");
    assert_eq!(class(&shop, customer), "win_back");
    assert_eq!(reason(&shop, customer), "91 天前来过 → 唤醒召回");
}

#[test]
fn a_run_about_the_future_is_refused() {
    let shop = Shop::open();
    assert_eq!(fields(&shop.refused("segment_run", json!({ "as_of": "2026-03-03" }))), ["as_of"]);
}
