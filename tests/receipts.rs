//! A receipt is made of what was just written and of what is known in memory: it says what the book would say, and what
//! changes between two sales counts at the next one.

use crate::support::Shop;
use serde_json::{Value, json};

fn product(shop: &Shop, facts: Value) -> i64 {
    shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
}

#[test]
fn a_receipt_says_what_the_sale_says_when_it_is_opened_again() {
    let shop = Shop::open();
    let customer = shop.customer("王总");
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000, "stock": "9" }));
    let lines = json!([
        { "product_id": cake, "quantity": "2" },
        { "product_id": cake, "quantity": "0.5", "description": " 半个 ", "discount_minor": 100 },
        { "description": "蜡烛", "quantity": "3", "unit_price_minor": 200 },
        { "description": "卡片", "quantity": "1", "unit_price_minor": 500 },
    ]);
    let full = json!({
        "customer_id": customer, "lines": lines, "discount_minor": 300, "discount_reason": "老客户", "payment": " 微信 ",
        "note": "下午取", "scene": "company", "packaging": "礼盒", "delivery_cost_minor": 800, "client_key": "full",
    });
    let sales = [
        full,
        json!({ "amount_minor": 1_234, "client_key": "plain" }),
        json!({ "customer_id": customer, "amount_minor": 700, "client_key": "whole" }),
        json!({ "customer_id": customer, "amount_minor": 900, "sold_on": "2026-02-20", "backdate_note": "漏记", "client_key": "late" }),
    ];
    for sale in sales {
        let receipt = shop.call("sale_create", sale.clone());
        assert_eq!(receipt["sale"], shop.call("sale_get", json!({ "id": receipt["sale"]["row"]["id"] })), "{sale}");
        let mut again = shop.call("sale_create", sale);
        assert_eq!(again["is_new"], false);
        again["is_new"] = true.into();
        assert_eq!(again, receipt, "the same button twice shows the same");
    }
}

#[test]
fn who_bought_last_is_found_first() {
    let shop = Shop::open();
    let people = [shop.customer("李雷"), shop.customer("李磊"), shop.customer("李蕾")];
    for customer in [people[1], people[2], people[0], people[2]] {
        shop.advance_minutes(24 * 60);
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1_000 }));
        assert_eq!(shop.call("customer_search", json!({ "text": "lilei" }))["rows"][0]["id"], customer);
    }
}

#[test]
fn what_a_customer_is_given_between_two_sales_counts_at_the_next_one() {
    let shop = Shop::open();
    let (customer, other) = (shop.customer("王总"), shop.customer("李总"));
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000 }));
    let net = |customer: i64| {
        shop.advance_minutes(1);
        let lines = json!([{ "product_id": cake, "quantity": "1" }]);
        shop.call("sale_create", json!({ "customer_id": customer, "lines": lines }))["sale"]["row"]["net_minor"].clone()
    };
    // So often that nothing is looked for any more that nobody has.
    assert!((0..20).all(|_| net(customer) == 10_000));
    shop.call("price_agree", json!({ "customer_id": customer, "product_id": cake, "price_minor": 8_000 }));
    assert_eq!((net(customer), net(other)), (json!(8_000), json!(10_000)));
    assert!((0..20).all(|_| net(other) == 10_000));
    let price = shop.call("price_list", json!({ "id": customer }))["rows"][0]["id"].clone();
    let merged = shop.call("customer_merge", json!({ "survivor_id": other, "absorbed_id": customer }));
    assert_eq!(net(other), 8_000, "what one record had is the person's");
    shop.call("customer_merge_undo", json!({ "id": merged["id"] }));
    assert_eq!(net(other), 10_000);
    shop.call("price_end", json!({ "id": price }));
    assert_eq!(net(customer), 10_000);
    let facts = json!({ "name": "奶油蛋糕", "price_minor": 12_000 });
    shop.call("product_change", json!({ "id": cake, "facts": facts, "is_active": true }));
    assert_eq!(net(customer), 12_000);
}
