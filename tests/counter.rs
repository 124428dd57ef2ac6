//! The deed done a hundred times a day: find, amount, Enter; and what the ladder says to it.

use crate::support::{Shop, fields};
use serde_json::json;

#[test]
fn a_customer_needs_only_a_name_and_is_found_by_everything_at_once() {
    let shop = Shop::open();
    shop.call("customer_create", json!({ "name": "单晓华", "phone": "１３８ 1234-5678", "wechat": "shan_xh" }));
    for text in [
        "单",
        "shan",
        "dan",
        "sxh",
        "dxh",
        "5678",
        "138 1234 5678",
        "+8613812345678",
        "shan_xh",
        "姓名：单晓华 电话：138-1234-5678",
    ] {
        let hits = shop.call("customer_search", json!({ "text": text }));
        assert_eq!(hits["rows"][0]["name"], "单晓华", "{text}");
    }
}

#[test]
fn the_same_key_twice_is_one_customer_and_one_sale() {
    let shop = Shop::open();
    let first = shop.call("customer_create", json!({ "name": "王姐", "client_key": "form-1" }));
    let again = shop.call("customer_create", json!({ "name": "王姐", "client_key": "form-1" }));
    assert_eq!(first["id"], again["id"]);
    let sale = json!({ "customer_id": first["id"], "amount_minor": 500, "client_key": "form-2" });
    assert_eq!(shop.call("sale_create", sale.clone())["is_new"], true);
    assert_eq!(shop.call("sale_create", sale)["is_new"], false);
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 1);
}

#[test]
fn a_key_cannot_serve_two_different_things() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "王姐", "client_key": "k" }))["id"].clone();
    let refusal =
        shop.refused("sale_create", json!({ "customer_id": customer, "amount_minor": 500, "client_key": "k" }));
    assert_eq!(refusal["code"], "conflict");
}

#[test]
fn the_crossing_sale_promotes_at_once_and_says_what_is_missing_next() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let below = shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 99_999 }));
    assert_eq!(below["promotion"], json!(null));
    assert_eq!(below["standing"]["missing"]["text"], "再消费 ¥0.01 升银卡");
    let crossing = shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1 }));
    assert_eq!(crossing["promotion"]["to"]["name"], "银卡");
    assert_eq!(crossing["standing"]["tier"]["name"], "银卡");
    assert_eq!(crossing["standing"]["missing"]["text"], "再消费 ¥4,000.00 升金卡");
}

#[test]
fn a_refund_of_the_crossing_sale_takes_the_promotion_back() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sale = shop.sale(customer, 100_000);
    let receipt = shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 1 }));
    assert_eq!(receipt["standing"]["tier"]["name"], "普通", "a refund counts on the day of its sale");
    assert_eq!(shop.profile(customer)["row"]["tier"]["name"], "普通");
}

#[test]
fn refunds_never_exceed_their_sale_however_they_are_split() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sale = shop.sale(customer, 1000);
    for _ in 0..9 {
        shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 100 }));
    }
    let refusal = shop.refused("sale_refund", json!({ "sale_id": sale, "amount_minor": 101 }));
    assert_eq!(fields(&refusal), ["amount_minor"]);
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 100 }));
    assert_eq!(shop.refused("sale_void", json!({ "sale_id": sale, "reason": "输错" }))["code"], "not_allowed_now");
    let profile = shop.profile(customer);
    assert_eq!(profile["trade"]["net_minor"], 0);
    assert_eq!(profile["trade"]["orders"], 0, "a sale of which nothing is left is no order");
}

#[test]
fn a_void_is_as_if_never_sold() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let before = shop.profile(customer)["trade"].clone();
    let sale = shop.sale(customer, 123_456);
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "输错" }));
    let mut after = shop.profile(customer)["trade"].clone();
    after["last_sales"] = before["last_sales"].clone();
    assert_eq!(after, before);
}

#[test]
fn amounts_that_cannot_be_right_are_refused_at_their_field() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    for (input, field) in [
        (json!({ "customer_id": customer }), "amount_minor"),
        (json!({ "customer_id": customer, "amount_minor": -1 }), "amount_minor"),
        (json!({ "customer_id": customer, "amount_minor": 100, "discount_minor": 101 }), "discount_minor"),
        (json!({ "customer_id": customer, "amount_minor": 100, "sold_on": "2026-03-03" }), "sold_on"),
        (json!({ "customer_id": customer, "amount_minor": 100, "typo": 1 }), "typo"),
    ] {
        let refusal = shop.refused("sale_create", input.clone());
        assert_eq!(refusal["code"], "invalid", "{input}");
        assert!(fields(&refusal).contains(&field.to_owned()), "{input}: {refusal}");
        assert!(refusal["fields"][0]["message"].as_str().is_some_and(|text| !text.is_empty()));
    }
    assert_eq!(shop.refused("sale_create", json!({ "customer_id": 1, "amount_minor": 5 }))["code"], "not_found");
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 0, "a refused sale leaves nothing behind");
}

#[test]
fn a_backdated_sale_counts_on_its_own_day() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 100_000, "sold_on": "2025-12-24" }));
    let profile = shop.profile(customer);
    assert_eq!(profile["trade"]["last_on"], "2025-12-24");
    assert_eq!(profile["standing"]["since"], "2025-12-24");
}

#[test]
fn a_passer_by_pays_without_a_name() {
    let shop = Shop::open();
    let receipt = shop.call("sale_create", json!({ "amount_minor": 1250 }));
    assert_eq!(receipt["standing"], json!(null));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 1250);
}

#[test]
fn lines_are_added_up_with_the_lines_own_rounding() {
    let shop = Shop::open();
    let receipt = shop.call(
        "sale_create",
        json!({ "lines": [
            { "description": "散装茶", "quantity": "0.335", "unit_price_minor": 300 },
            { "description": "茶杯", "quantity": "2", "unit_price_minor": 1999 },
        ] }),
    );
    assert_eq!(receipt["sale"]["lines"][0]["amount_minor"], 101, "100.5 rounds half up");
    assert_eq!(receipt["sale"]["gross_minor"], 101 + 3998);
}

#[test]
fn the_cached_figures_of_a_customer_are_what_the_sales_say() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    for day in 1..=28 {
        let on = format!("2026-02-{day:02}");
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": day * 137, "sold_on": on }));
    }
    let sales = shop.call("sale_list", json!({ "customer_id": customer, "limit": 200 }));
    for sale in sales["rows"].as_array().expect("rows").iter().step_by(3) {
        shop.call("sale_refund", json!({ "sale_id": sale["id"], "amount_minor": 50 }));
    }
    let (row, trade) = (shop.profile(customer)["row"].clone(), shop.profile(customer)["trade"].clone());
    for figure in ["net_minor", "orders", "last_on"] {
        assert_eq!(row[figure], trade[figure], "{figure}");
    }
    assert_eq!(row["net_minor"], shop.call("sale_list", json!({ "customer_id": customer }))["net_minor"]);
}

#[test]
fn a_tier_that_is_no_longer_earned_is_lost_at_the_review_after_its_grace() {
    let mut shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 150_000);
    shop.set_clock("2027-03-15T10:00:00+08:00");
    shop.restart();
    assert_eq!(shop.profile(customer)["standing"]["tier"]["name"], "银卡", "no review since the year was over");
    shop.set_clock("2027-04-10T10:00:00+08:00");
    shop.restart();
    let standing = shop.profile(customer)["standing"].clone();
    assert_eq!(standing["tier"]["name"], "银卡");
    assert_eq!(standing["grace_until"], "2027-05-01");
    shop.set_clock("2027-06-02T10:00:00+08:00");
    shop.restart();
    assert_eq!(shop.profile(customer)["standing"]["tier"]["name"], "普通");
    assert_eq!(shop.profile(customer)["row"]["tier"]["name"], "普通", "the list follows by the review at start");
}
