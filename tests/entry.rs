//! Offers at the entry of a sale: what the till gets, what is stored, what comes back, who may make them.

use crate::points::step_of;
use crate::support::{Shop, fields};
use proptest::prelude::*;
use serde_json::{Value, json};

fn product(shop: &Shop, name: &str, price: i64, category: &str) -> i64 {
    let facts = json!({ "name": name, "price_minor": price, "category": category });
    shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
}

/// An offer for everybody from the shop's first day on, with other rules where `change` says so.
fn offer(rule: Value, change: Value) -> Value {
    let mut offer = json!({ "rule": rule, "when": { "from_on": "2026-01-01" }, "audience": { "kind": "everybody" } });
    for (key, value) in change.as_object().expect("fields") {
        offer[key] = value.clone();
    }
    offer
}

fn make(shop: &Shop, name: &str, rule: Value, change: Value) -> i64 {
    let list = shop.call("offer_save", json!({ "name": name, "offer": offer(rule, change) }));
    let rows = list["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).and_then(|row| row["id"].as_i64()).expect("the offer")
}

fn steps() -> Value {
    json!({ "kind": "steps", "steps": [{ "from_minor": 20_000, "off_minor": 2_000 }, { "from_minor": 30_000, "off_minor": 4_000 }] })
}

fn one(product: i64, pieces: i64) -> Value {
    json!({ "product_id": product, "quantity": pieces.to_string() })
}

fn row(shop: &Shop, id: i64) -> Value {
    let list = shop.call("offer_list", json!({}));
    list["rows"].as_array().expect("rows").iter().find(|row| row["id"] == id).cloned().expect("the offer")
}

#[test]
fn spend_is_less_from_a_step_on_and_the_till_says_why_and_what_is_missing() {
    let shop = Shop::open();
    make(&shop, "三月满减", steps(), json!({}));
    let quote = shop.call("sale_quote", json!({ "amount_minor": 16_200 }));
    assert_eq!(quote["net_minor"], 16_200);
    assert_eq!(quote["hints"][0]["text"], "再买 ¥38.00 可减 ¥20.00");
    let quote = shop.call("sale_quote", json!({ "amount_minor": 22_000 }));
    assert_eq!((&quote["gross_minor"], &quote["net_minor"]), (&json!(22_000), &json!(20_000)));
    assert_eq!(quote["offers"][0]["name"], "三月满减");
    assert_eq!(quote["offers"][0]["why"], "满 ¥200.00 减 ¥20.00");
    assert_eq!(quote["needs_reason"], false, "an offer is no discount by hand");
    let sale = shop.call("sale_create", json!({ "amount_minor": 22_000 }))["sale"].clone();
    assert_eq!(sale["row"]["net_minor"], 20_000);
    assert_eq!((&sale["gross_minor"], &sale["discount_minor"]), (&json!(22_000), &json!(0)));
    assert_eq!(sale["offers"], quote["offers"], "what was shown is what was stored");
}

#[test]
fn a_line_that_comes_back_brings_its_own_part_and_all_of_them_the_whole() {
    let shop = Shop::open();
    let (bread, tea) = (product(&shop, "吐司", 3_333, "面包"), product(&shop, "红茶", 5_000, "饮料"));
    let id = make(&shop, "三月满减", steps(), json!({}));
    let lines = json!([one(bread, 3), one(tea, 3)]);
    let sale = shop.call("sale_create", json!({ "lines": lines }))["sale"].clone();
    assert_eq!(sale["gross_minor"], 24_999);
    assert_eq!(sale["row"]["net_minor"], 22_999);
    assert_eq!((&sale["lines"][0]["offers_minor"], &sale["lines"][1]["offers_minor"]), (&json!(800), &json!(1_200)));
    assert_eq!(sale["lines"][0]["amount_minor"], 9_999, "the line says its price, the offer stands beside it");
    let mut back = 0;
    for _ in 0..3 {
        for line_no in [1, 2] {
            let refund = json!({ "sale_id": sale["row"]["id"], "lines": [{ "line_no": line_no, "quantity": "1" }] });
            let preview = shop.call("sale_refund_preview", refund.clone());
            shop.call("sale_refund", refund);
            back += preview["amount_minor"].as_i64().expect("an amount");
        }
    }
    assert_eq!(back, 22_999, "no cent is left and none too many");
    let row = row(&shop, id);
    assert_eq!((&row["sales"], &row["gave_minor"]), (&json!(1), &json!(2_000)));
    assert_eq!(
        (&row["cost_minor"], &row["brought_minor"]),
        (&json!(0), &json!(0)),
        "a sale that came back cost nothing"
    );
}

#[test]
fn what_an_offer_cost_and_brought_follows_what_comes_back() {
    let shop = Shop::open();
    let id = make(&shop, "三月满减", steps(), json!({}));
    let sale = shop.call("sale_create", json!({ "amount_minor": 20_000 }))["sale"]["row"]["id"].clone();
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 9_000 }));
    let row = row(&shop, id);
    assert_eq!(
        (&row["gave_minor"], &row["cost_minor"], &row["brought_minor"]),
        (&json!(2_000), &json!(1_000), &json!(9_000))
    );
}

#[test]
fn bundles_and_breaks_over_a_category_are_given_at_the_till() {
    let shop = Shop::open();
    let (logo, vi) = (product(&shop, "logo", 100_000, "设计"), product(&shop, "VI", 300_000, "设计"));
    let (a, b) = (product(&shop, "红豆包", 1_000, "面包"), product(&shop, "菠萝包", 2_000, "面包"));
    let parts = json!([{ "product": logo, "pieces": 1 }, { "product": vi, "pieces": 1 }]);
    make(
        &shop,
        "品牌升级包",
        json!({ "kind": "bundle", "parts": parts, "less": { "kind": "percent", "percent_bp": 2_000 } }),
        json!({}),
    );
    let breaks = json!([{ "from_thousandths": 10_000, "less": { "kind": "percent", "percent_bp": 1_000 } }]);
    let scope = json!({ "scope": { "kind": "category", "category": "面包" } });
    make(&shop, "面包十件九折", json!({ "kind": "breaks", "breaks": breaks, "is_mixed": true }), scope);
    let quote = shop.call("sale_quote", json!({ "lines": [one(logo, 1), one(vi, 1)] }));
    assert_eq!(quote["net_minor"], 320_000);
    assert_eq!(quote["offers"][0]["why"], "1 套，减 20%");
    let quote = shop.call("sale_quote", json!({ "lines": [one(logo, 1)] }));
    assert_eq!(quote["hints"][0]["text"], "再拿 1 件VI成组合，减 ¥800.00");
    let quote = shop.call("sale_quote", json!({ "lines": [one(a, 4), one(b, 4)] }));
    assert!(
        quote["hints"][0]["text"].as_str().is_some_and(|text| text.starts_with("再拿 2 件菠萝包享批量价")),
        "{quote}"
    );
    let quote = shop.call("sale_quote", json!({ "lines": [one(a, 6), one(b, 4)] }));
    assert_eq!(quote["net_minor"], 12_600);
    assert_eq!(quote["lines"][0]["offers_minor"], 600);
}

#[test]
fn an_offer_can_be_left_out_and_what_was_shown_must_still_be_true() {
    let shop = Shop::open();
    let id = make(&shop, "三月满减", steps(), json!({}));
    let key = format!("offer:{id}");
    let declined = json!({ "amount_minor": 20_000, "declined": [key] });
    let quote = shop.call("sale_quote", declined.clone());
    assert_eq!(quote["net_minor"], 20_000);
    assert_eq!(
        (&quote["offers_aside"][0]["key"], &quote["offers_aside"][0]["is_declined"]),
        (&json!(key), &json!(true))
    );
    assert_eq!(quote["offers_aside"][0]["alone_minor"], 2_000);
    shop.call("offer_end", json!({ "id": id }));
    let shown = json!({ "amount_minor": 20_000, "expected_net_minor": 18_000 });
    let refusal = shop.refused("sale_create", shown);
    assert_eq!(refusal["key"], "sale.changed_meanwhile");
    assert!(refusal["message"].as_str().is_some_and(|text| text.contains("¥200.00")), "{refusal}");
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 0);
    shop.call("sale_create", json!({ "amount_minor": 20_000, "expected_net_minor": 20_000 }));
}

#[test]
fn the_discount_of_the_tier_and_special_terms_are_part_of_the_sale() {
    let shop = Shop::open();
    let customer = shop.customer("王总");
    let ladder = shop.call("ladder_get", json!({}));
    let mut steps: Vec<Value> = ladder["steps"].as_array().expect("steps").iter().map(step_of).collect();
    steps[1]["benefits"] = json!([{ "key": "d", "words": "会员 95 折", "kind": "discount", "rate_bp": 500 }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    shop.sale(customer, 100_000);
    let sale = |amount: i64| json!({ "customer_id": customer, "amount_minor": amount });
    let quote = shop.call("sale_quote", sale(10_000));
    assert_eq!(quote["net_minor"], 9_500);
    assert_eq!((&quote["offers"][0]["key"], &quote["offers"][0]["name"]), (&json!("tier"), &json!("银卡")));
    assert_eq!(quote["needs_reason"], false);
    assert_eq!(
        shop.call("sale_quote", json!({ "amount_minor": 10_000 }))["net_minor"],
        10_000,
        "a passer-by has no tier"
    );
    shop.call(
        "term_agree",
        json!({ "customer_id": customer, "text": "长期合作", "discount_bp": 800, "agreed_by": "王总", "until_on": "2026-03-02" }),
    );
    let quote = shop.call("sale_quote", sale(10_000));
    assert_eq!(
        (&quote["net_minor"], &quote["offers"][0]["key"]),
        (&json!(9_200), &json!("term")),
        "the better one, never both"
    );
    assert_eq!(quote["offers_aside"][0]["key"], "tier");
    let receipt = shop.call("sale_create", sale(10_000));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 9_200);
    assert_eq!(receipt["sale"]["offers"][0]["why"], "减 8%");
    shop.set_clock("2026-03-03T10:00:00+08:00");
    assert_eq!(shop.call("sale_quote", sale(10_000))["net_minor"], 9_500, "the terms are over");
}

#[test]
fn an_offer_holds_at_its_hours_for_its_people_and_beside_what_it_allows() {
    let shop = Shop::at("2026-03-02T14:00:00+08:00");
    let customer = shop.customer("王姐");
    let hours = json!({ "when": { "from_on": "2026-01-01", "hours": { "from_minute": 840, "until_minute": 1020 } },
                        "audience": { "kind": "customers" }, "with_coupons": false });
    let tea = make(
        &shop,
        "下午茶",
        json!({ "kind": "breaks", "breaks": [{ "from_thousandths": 1000, "less": { "kind": "percent", "percent_bp": 1_000 } }], "is_mixed": true }),
        hours,
    );
    assert_eq!(row(&shop, tea)["text"], "全店减 10%", "what holds from the first piece on counts no pieces");
    let sale = json!({ "customer_id": customer, "amount_minor": 10_000 });
    assert_eq!(shop.call("sale_quote", sale.clone())["net_minor"], 9_000);
    assert_eq!(shop.call("sale_quote", json!({ "amount_minor": 10_000 }))["net_minor"], 10_000, "not in the book");
    let terms = json!({ "worth": { "kind": "value", "value_minor": 500 } });
    let audience = json!({ "kind": "named", "customer_ids": [customer] });
    let batch =
        shop.call("coupon_issue", json!({ "name": "券", "terms": terms, "audience": audience, "valid_days": 7 }));
    let code = shop.call("coupon_list", json!({ "batch_id": batch["id"] }))["rows"][0]["code"].clone();
    let mut with_coupon = sale.clone();
    with_coupon["coupon_codes"] = json!([code]);
    let quote = shop.call("sale_quote", with_coupon);
    assert_eq!(quote["net_minor"], 9_500);
    assert_eq!(quote["offers_aside"][0]["why"], "用了优惠券，这个优惠不同享");
    let mut earlier = sale.clone();
    earlier["sold_on"] = json!("2026-03-01");
    assert_eq!(shop.call("sale_quote", earlier)["net_minor"], 10_000, "an earlier day has no known hour");
    shop.set_clock("2026-03-02T17:00:00+08:00");
    assert_eq!(shop.call("sale_quote", sale)["net_minor"], 10_000);
}

#[test]
fn an_offer_is_changed_by_a_new_one_and_keeps_what_it_did() {
    let shop = Shop::open();
    let id = make(&shop, "三月满减", steps(), json!({}));
    shop.call("sale_create", json!({ "amount_minor": 20_000 }));
    let cheaper = json!({ "kind": "steps", "steps": [{ "from_minor": 20_000, "off_minor": 1_000 }] });
    let list = shop.call("offer_save", json!({ "id": id, "name": "三月满减", "offer": offer(cheaper, json!({})) }));
    assert_eq!(list["rows"].as_array().map(Vec::len), Some(1), "one offer in two versions");
    assert_eq!(list["rows"][0]["sales"], 1);
    assert_eq!(shop.call("sale_quote", json!({ "amount_minor": 20_000 }))["net_minor"], 19_000);
    assert_eq!(shop.refused("offer_end", json!({ "id": id }))["code"], "not_found", "somebody else has changed it");
    shop.call("offer_end", json!({ "id": list["rows"][0]["id"] }));
    assert_eq!(shop.call("offer_list", json!({}))["rows"][0]["state"], "over");
}

#[test]
fn an_offer_that_cannot_be_is_refused_at_its_field_and_a_clerk_makes_none() {
    let shop = Shop::open();
    let wrong = json!({ "kind": "steps", "steps": [{ "from_minor": 1_000, "off_minor": 1_000 }] });
    let refusal = shop.refused("offer_save", json!({ "name": " ", "offer": offer(wrong, json!({})) }));
    assert_eq!(fields(&refusal), ["name", "offer.rule.steps.0.off_minor"]);
    let over = json!({ "when": { "from_on": "2026-01-01", "until_on": "2026-01-31" } });
    let refusal = shop.refused("offer_save", json!({ "name": "过期", "offer": offer(steps(), over) }));
    assert_eq!(fields(&refusal), ["offer.when.until_on"]);
    make(&shop, "三月满减", steps(), json!({}));
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    let refusal = shop.refused("offer_save", json!({ "name": "自己的", "offer": offer(steps(), json!({})) }));
    assert_eq!(refusal["code"], "not_permitted");
    let receipt = shop.call("sale_create", json!({ "amount_minor": 20_000 }));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 18_000, "but gives what was decided");
}

#[test]
fn no_offer_sells_below_the_margin_by_itself() {
    let shop = Shop::open();
    let facts = json!({ "name": "蛋糕", "price_minor": 20_000, "cost_minor": 19_000 });
    let cake = shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone();
    make(&shop, "三月满减", steps(), json!({}));
    let quote = shop.call("sale_quote", json!({ "lines": [{ "product_id": cake, "quantity": "1" }] }));
    assert_eq!(quote["net_minor"], 20_000);
    assert!(quote["offers_aside"][0]["why"].as_str().is_some_and(|why| why.contains("毛利")), "{quote}");
}

#[test]
fn before_it_holds_an_offer_says_what_it_would_have_cost() {
    let shop = Shop::open();
    let bread = product(&shop, "吐司", 5_000, "面包");
    shop.call("sale_create", json!({ "lines": [one(bread, 5)] }));
    shop.call("sale_create", json!({ "amount_minor": 31_000 }));
    shop.call("sale_create", json!({ "amount_minor": 100 }));
    let voided = shop.call("sale_create", json!({ "amount_minor": 90_000 }))["sale"]["row"]["id"].clone();
    shop.call("sale_void", json!({ "sale_id": voided, "reason": "打错" }));
    let trial = shop.call("offer_preview", json!({ "offer": offer(steps(), json!({})) }));
    assert_eq!((&trial["seen"], &trial["sales"]), (&json!(3), &json!(2)));
    assert_eq!((&trial["cost_minor"], &trial["sold_minor"]), (&json!(6_000), &json!(56_000)));
    assert_eq!(trial["text"], "全店满 ¥200.00 减 ¥20.00，满 ¥300.00 减 ¥40.00");
    let bread_only = json!({ "scope": { "kind": "category", "category": "面包" } });
    assert_eq!(shop.call("offer_preview", json!({ "offer": offer(steps(), bread_only) }))["sales"], 1);
}

#[test]
fn a_sale_that_a_coupon_paid_whole_can_be_taken_back_once() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let terms = json!({ "worth": { "kind": "value", "value_minor": 5_000 } });
    let audience = json!({ "kind": "named", "customer_ids": [customer] });
    let batch =
        shop.call("coupon_issue", json!({ "name": "券", "terms": terms, "audience": audience, "valid_days": 7 }));
    let code = shop.call("coupon_list", json!({ "batch_id": batch["id"] }))["rows"][0]["code"].clone();
    let bread = product(&shop, "吐司", 5_000, "面包");
    let sale = json!({ "customer_id": customer, "lines": [one(bread, 1)], "coupon_codes": [code] });
    let sale = shop.call("sale_create", sale)["sale"]["row"].clone();
    assert_eq!(sale["net_minor"], 0);
    let refusal = shop.refused("sale_refund", json!({ "sale_id": sale["id"], "amount_minor": 1 }));
    assert_eq!(fields(&refusal), ["amount_minor"]);
    let void = json!({ "sale_id": sale["id"], "reason": "客人不要了" });
    let receipt = shop.call("sale_void", void.clone());
    assert_eq!(receipt["sale"]["refunds"][0]["kind"], "void");
    assert_eq!(receipt["sale"]["lines"][0]["returned"], "1");
    let state = shop.call("coupon_list", json!({ "batch_id": batch["id"] }))["rows"][0]["state"].clone();
    assert_eq!(state, "unused", "the coupon is good again");
    assert_eq!(shop.refused("sale_void", void)["key"], "sale.nothing_left");
}

#[test]
fn a_void_is_as_if_nothing_had_been_sold() {
    let shop = Shop::open();
    let id = make(&shop, "三月满减", steps(), json!({}));
    let customer = shop.customer("王姐");
    let before = shop.profile(customer);
    let sale = shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 40_000 }));
    shop.call("sale_void", json!({ "sale_id": sale["sale"]["row"]["id"], "reason": "打错" }));
    let after = shop.profile(customer);
    for part in ["net_minor", "orders", "average_minor"] {
        assert_eq!(before["trade"][part], after["trade"][part], "{part}");
    }
    assert_eq!(before["points"]["balance"], after["points"]["balance"]);
    assert_eq!(row(&shop, id)["cost_minor"], 0);
}

fn pack_of_ten(shop: &Shop) -> i64 {
    let packs = shop.call("pack_product", json!({ "name": "十次卡", "price_minor": 100_000, "sessions": 10 }));
    packs["products"][0]["product_id"].as_i64().or_else(|| packs["products"][0]["id"].as_i64()).expect("the product")
}

fn packs_of(shop: &Shop, customer: i64) -> Vec<Value> {
    shop.call("pack_list", json!({ "customer_id": customer }))["rows"].as_array().expect("packs").clone()
}

#[test]
fn a_pack_that_comes_back_with_its_line_brings_its_rest_and_is_over() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let product = pack_of_ten(&shop);
    let sale = json!({ "customer_id": customer, "lines": [one(product, 2)] });
    let sale = shop.call("sale_create", sale)["sale"]["row"]["id"].clone();
    let used = packs_of(&shop, customer)[0]["id"].clone();
    shop.call("pack_use", json!({ "id": used, "sessions": 4 }));
    let back = json!({ "sale_id": sale, "lines": [{ "line_no": 1, "quantity": "1" }] });
    assert_eq!(shop.call("sale_refund_preview", back.clone())["amount_minor"], 100_000, "the unused one comes first");
    shop.call("sale_refund", back.clone());
    let closed = |packs: &[Value]| packs.iter().filter(|pack| pack["standing"]["is_closed"] == true).count();
    assert_eq!(closed(&packs_of(&shop, customer)), 1);
    assert_eq!(shop.call("sale_refund_preview", back.clone())["amount_minor"], 60_000, "six of ten are left");
    shop.call("sale_refund", back);
    assert_eq!(closed(&packs_of(&shop, customer)), 2);
}

#[test]
fn money_that_goes_back_on_a_pack_lowers_its_rest_until_it_is_over() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let product = pack_of_ten(&shop);
    let sale = shop.call("sale_create", json!({ "customer_id": customer, "lines": [one(product, 1)] }));
    let sale = sale["sale"]["row"]["id"].clone();
    let pack = packs_of(&shop, customer)[0]["id"].clone();
    shop.call("pack_use", json!({ "id": pack, "sessions": 4 }));
    let refund = |amount: i64| shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": amount }));
    refund(20_000);
    let now = &packs_of(&shop, customer)[0];
    assert_eq!((&now["worth_minor"], &now["standing"]["is_closed"]), (&json!(40_000), &json!(false)));
    for _ in 0..4 {
        refund(10_000);
    }
    let now = &packs_of(&shop, customer)[0];
    assert_eq!(
        (&now["worth_minor"], &now["standing"]["is_closed"]),
        (&json!(0), &json!(true)),
        "all of the rest went back"
    );
}

#[test]
fn a_quote_promises_prices_by_quantity_until_a_day_and_becomes_a_sale() {
    let shop = Shop::open();
    let (customer, other) = (shop.customer("王总"), shop.customer("李总"));
    let card = product(&shop, "名片", 1_000, "印刷");
    let breaks = json!([
        { "from_thousandths": 100_000, "less": { "kind": "percent", "percent_bp": 1_000 } },
        { "from_thousandths": 500_000, "less": { "kind": "percent", "percent_bp": 2_000 } },
    ]);
    let id = make(&shop, "印刷批量价", json!({ "kind": "breaks", "breaks": breaks }), json!({}));
    let ask =
        json!({ "customer_id": customer, "products": [{ "product_id": card, "quantity": "200" }], "valid_days": 7 });
    let preview = shop.call("price_quote_preview", ask.clone());
    assert_eq!(preview["id"], Value::Null);
    let quote = shop.call("price_quote_save", ask);
    assert_eq!(quote["quote_no"], "Q20260302-001");
    assert_eq!(quote["until_on"], "2026-03-08");
    let steps: Vec<(String, i64)> = quote["products"][0]["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| {
            (step["quantity"].as_str().expect("text").to_owned(), step["unit_price_minor"].as_i64().expect("a price"))
        })
        .collect();
    let named = |text: &str, price: i64| (text.to_owned(), price);
    assert_eq!(steps, [named("1", 1_000), named("100", 900), named("200", 900), named("500", 800)]);
    shop.call("offer_end", json!({ "id": id }));
    let sale =
        |customer: i64| json!({ "customer_id": customer, "lines": [one(card, 200)], "price_quote_id": quote["id"] });
    assert_eq!(shop.call("sale_quote", sale(customer))["net_minor"], 180_000, "what was promised holds");
    make(&shop, "三月满减", self::steps(), json!({}));
    let few = json!({ "customer_id": customer, "lines": [one(card, 20)], "price_quote_id": quote["id"] });
    assert_eq!(shop.call("sale_quote", few)["net_minor"], 18_000, "a quote of the list price keeps no offer away");
    assert_eq!(fields(&shop.refused("sale_create", sale(other))), ["price_quote_id"]);
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    let sold = shop.call("sale_create", sale(customer))["sale"]["row"].clone();
    assert_eq!(sold["net_minor"], 180_000, "no right and no reason is asked for");
    let list = shop.call("price_quote_list", json!({ "customer_id": customer }));
    assert_eq!(list["rows"][0]["sale_no"], sold["sale_no"]);
    shop.set_clock("2026-03-09T10:00:00+08:00");
    assert_eq!(fields(&shop.refused("sale_quote", sale(customer))), ["price_quote_id"], "its last day is over");
    assert_eq!(shop.call("price_quote_list", json!({ "only_valid": true }))["rows"], json!([]));
}

#[test]
fn an_order_that_an_offer_or_a_coupon_lowered_is_a_discounted_one() {
    let shop = Shop::open();
    make(&shop, "三月满减", steps(), json!({}));
    let bread = product(&shop, "吐司", 5_000, "面包");
    let (few, many, with_coupon) = (shop.customer("甲"), shop.customer("乙"), shop.customer("丙"));
    shop.call("sale_create", json!({ "customer_id": few, "lines": [one(bread, 1)] }));
    shop.call("sale_create", json!({ "customer_id": many, "lines": [one(bread, 4)] }));
    let terms = json!({ "worth": { "kind": "value", "value_minor": 500 } });
    let audience = json!({ "kind": "named", "customer_ids": [with_coupon] });
    let batch =
        shop.call("coupon_issue", json!({ "name": "券", "terms": terms, "audience": audience, "valid_days": 7 }));
    let code = shop.call("coupon_list", json!({ "batch_id": batch["id"] }))["rows"][0]["code"].clone();
    let sale = json!({ "customer_id": with_coupon, "lines": [one(bread, 1)], "coupon_codes": [code] });
    shop.call("sale_create", sale);
    let condition = json!({ "kind": "measure", "measure": { "measure": "discounted_share_bp" },
                            "is": { "op": "at_least", "value": 1 } });
    let who = json!({ "kind": "condition", "condition": condition });
    let page = shop.call("segment_people", json!({ "who": who, "limit": 200 }));
    let mut found: Vec<i64> =
        page["rows"].as_array().expect("rows").iter().filter_map(|row| row["customer"]["id"].as_i64()).collect();
    found.sort_unstable();
    assert_eq!(found, [many, with_coupon]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Everything comes back at once, or piece by piece in whatever order: the same money, points and figures.
    #[test]
    fn any_split_of_returns_ends_like_one(quantities in prop::collection::vec(1_i64..5, 3), order in prop::collection::vec(0_usize..3, 24)) {
        let shop = Shop::open();
        let id = make(&shop, "三月满减", json!({ "kind": "steps", "steps": [{ "from_minor": 3_000, "off_minor": 701 }] }), json!({}));
        let breaks = json!([{ "from_thousandths": 3_000, "less": { "kind": "percent", "percent_bp": 1_337 } }]);
        make(&shop, "三件起", json!({ "kind": "breaks", "breaks": breaks }), json!({}));
        let products = [product(&shop, "甲", 997, "面包"), product(&shop, "乙", 1_303, "面包"), product(&shop, "丙", 2_001, "饮料")];
        let (once, bit_by_bit) = (shop.customer("一次"), shop.customer("分次"));
        let lines: Vec<Value> = products.iter().zip(&quantities).map(|(product, pieces)| one(*product, *pieces)).collect();
        let sell = |customer: i64| {
            let sale = json!({ "customer_id": customer, "lines": lines, "discount_minor": 13, "discount_reason": "抹零" });
            shop.call("sale_create", sale)["sale"]["row"].clone()
        };
        let (first, second) = (sell(once), sell(bit_by_bit));
        prop_assert_eq!(&first["net_minor"], &second["net_minor"]);
        let all: Vec<Value> = (1_i64..).zip(&quantities).map(|(line_no, pieces)| json!({ "line_no": line_no, "quantity": pieces.to_string() })).collect();
        shop.call("sale_refund", json!({ "sale_id": first["id"], "lines": all }));
        let mut left = quantities.clone();
        for line in order.into_iter().chain([0, 1, 2].repeat(4)) {
            if left[line] > 0 {
                left[line] -= 1;
                shop.call("sale_refund", json!({ "sale_id": second["id"], "lines": [{ "line_no": line + 1, "quantity": "1" }] }));
            }
        }
        let state = |sale: &Value, customer: i64| {
            let view = shop.call("sale_get", json!({ "id": sale["id"] }));
            let profile = shop.profile(customer);
            (view["row"]["refunded_minor"].clone(), profile["trade"].clone()["net_minor"].clone(), profile["points"]["balance"].clone())
        };
        prop_assert_eq!(state(&first, once), state(&second, bit_by_bit));
        prop_assert_eq!(state(&first, once).0, first["net_minor"].clone(), "to the last cent");
        prop_assert_eq!(&row(&shop, id)["cost_minor"], &json!(0));
    }
}
