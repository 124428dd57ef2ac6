//! What a compensation for a complaint moves in the shop's other books, and what it may not.

use crate::cases::{get, open, resolution};
use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

fn clerk(shop: &Shop) {
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
}

fn posted(view: &Value) -> Vec<String> {
    let sentences = view["resolutions"][0]["posted"].as_array().expect("sentences");
    sentences.iter().map(|sentence| sentence.as_str().expect("a sentence").to_owned()).collect()
}

#[test]
fn points_are_credited_with_a_reason_and_cost_what_they_are_worth() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let given = json!({ "compensation_kind": "points", "compensation_goods": { "points": 500 } });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 500, "100 points are one yuan");
    assert_eq!(posted(&view), ["积分 +500 已到账"]);
    let statement = shop.call("points_statement", json!({ "customer_id": customer }));
    assert_eq!(statement["closing"], 500);
    let row = &statement["rows"][0];
    assert_eq!((&row["kind"], &row["reason"]), (&json!("adjust"), &json!("投诉补偿 TS-20260302-001")));
    let none = open(&shop, json!({ "customer_id": customer }));
    let refused = shop.refused("complaint_resolve", resolution(none, json!({ "compensation_kind": "points" })));
    assert_eq!(fields(&refused), ["compensation_goods.points"]);
}

#[test]
fn a_benefit_can_be_used_at_the_counter_as_often_as_it_was_given() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let given = json!({
        "compensation_kind": "benefit", "compensation_minor": 2000,
        "compensation_goods": { "benefit": "免费加急", "times": 2, "until_on": "2026-03-31" },
    });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(posted(&view), ["权益“免费加急”×2，柜台可用 · 到 2026-03-31 为止"]);
    let left = |shop: &Shop| shop.call("benefit_get", json!({ "id": customer }))["today"].clone();
    let today = left(&shop);
    assert_eq!((&today[0]["benefit"]["words"], &today[0]["left"]), (&json!("免费加急"), &json!(2)));
    let key = today[0]["benefit"]["key"].clone();
    let once = json!({ "customer_id": customer, "benefit": key });
    shop.call("benefit_use", once.clone());
    assert_eq!(left(&shop)[0]["left"], 1);
    shop.call("benefit_use", once.clone());
    assert_eq!(left(&shop), json!([]));
    assert_eq!(fields(&shop.refused("benefit_use", once)), ["benefit"]);
}

#[test]
fn a_benefit_that_was_given_ends_on_its_day() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let goods = json!({ "benefit": "免费加急", "until_on": "2026-03-03" });
    shop.call(
        "complaint_resolve",
        resolution(id, json!({ "compensation_kind": "benefit", "compensation_goods": goods })),
    );
    shop.set_clock("2026-03-04T10:00:00+08:00");
    assert_eq!(shop.call("benefit_get", json!({ "id": customer }))["today"], json!([]));
}

#[test]
fn goods_leave_the_stock_and_cost_what_they_cost_the_shop() {
    let shop = Shop::open();
    let product = shop.call(
        "product_create",
        json!({ "facts": { "name": "六寸蛋糕", "price_minor": 16_800, "cost_minor": 4_000, "stock": "5" } }),
    )["row"]["id"]
        .clone();
    let id = open(&shop, json!({ "customer_text": "穿红衣服的客人" }));
    let given =
        json!({ "compensation_kind": "replacement", "compensation_goods": { "product_id": product, "quantity": "2" } });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 8_000);
    assert_eq!(posted(&view), ["出库 六寸蛋糕 ×2"]);
    assert_eq!(shop.call("product_get", json!({ "id": product }))["row"]["stock"], "3");
}

/// A gift of the catalogue with five pieces at 15 yuan each.
fn gift(shop: &Shop) -> i64 {
    let gifts =
        shop.call("gift_save", json!({ "name": "保温杯", "points": 1000, "cost_minor": 1_500, "stock_delta": 5 }));
    gifts["gifts"][0]["id"].as_i64().expect("an id")
}

fn in_stock(shop: &Shop) -> (Value, Value) {
    let gift = &shop.call("gift_list", json!({}))["gifts"][0];
    (gift["stock"].clone(), gift["given"].clone())
}

#[test]
fn a_gift_of_the_catalogue_leaves_its_stock_and_costs_what_it_cost() {
    let shop = Shop::open();
    let gift = gift(&shop);
    // Also for a customer whom the book does not know: no points are asked for.
    let id = open(&shop, json!({ "customer_text": "穿红衣服的客人" }));
    let given = |pieces: &str| {
        let goods = json!({ "gift_id": gift, "quantity": pieces });
        json!({ "compensation_kind": "gift", "compensation_goods": goods })
    };
    for pieces in ["6", "0.5", "x"] {
        let refused = shop.refused("complaint_resolve", resolution(id, given(pieces)));
        assert_eq!(fields(&refused), ["compensation_goods.quantity"], "{pieces}");
    }
    let beside = json!([{ "kind": "gift", "goods": { "gift_id": gift, "quantity": "3" } }]);
    let twice = with(given("3"), &json!({ "compensation_also": beside }));
    let refused = shop.refused("complaint_resolve", resolution(id, twice));
    assert_eq!(fields(&refused), ["compensation_also.0.goods.quantity"], "each of them fits, both do not");
    assert_eq!(in_stock(&shop), (json!(5), json!(0)), "nothing moved");
    let view = shop.call("complaint_resolve", resolution(id, given("2")));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 3_000);
    assert_eq!(posted(&view), ["礼品 保温杯 ×2 已出库"]);
    assert_eq!(in_stock(&shop), (json!(3), json!(2)));
    let costs = shop.call("complaint_report", json!({ "by": "month" }));
    assert_eq!(costs["totals"]["compensation_minor"], 3_000, "{costs}");
}

#[test]
fn what_the_book_knows_about_a_cost_counts_against_the_limit_whatever_was_typed() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let id = open(&shop, json!({}));
    clerk(&shop);
    let given = |pieces: &str, typed: i64| {
        let goods = json!({ "gift_id": gift, "quantity": pieces });
        resolution(id, json!({ "compensation_kind": "gift", "compensation_minor": typed, "compensation_goods": goods }))
    };
    let refused = shop.refused("complaint_resolve", given("4", 1));
    assert_eq!(fields(&refused), ["compensation_minor"], "sixty yuan, and a clerk may give fifty");
    assert_eq!(refused["fields"][0]["problem"], "resolution.approval_missing");
    let view = shop.call("complaint_resolve", given("3", 4_900));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 4_900, "with the way there");
}

#[test]
fn a_gift_that_is_no_longer_offered_or_beside_a_product_is_refused() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let product = shop.call("product_create", json!({ "facts": { "name": "六寸蛋糕", "price_minor": 16_800 } }));
    let id = open(&shop, json!({}));
    let both = json!({ "gift_id": gift, "product_id": product["row"]["id"] });
    let given = |goods: Value| resolution(id, json!({ "compensation_kind": "gift", "compensation_goods": goods }));
    assert_eq!(fields(&shop.refused("complaint_resolve", given(both))), ["compensation_goods.gift_id"]);
    shop.call("gift_save", json!({ "id": gift, "name": "保温杯", "points": 1000, "is_active": false }));
    assert_eq!(
        fields(&shop.refused("complaint_resolve", given(json!({ "gift_id": gift })))),
        ["compensation_goods.gift_id"]
    );
}

#[test]
fn goods_that_come_back_are_in_stock_again_and_cost_nothing() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let id = open(&shop, json!({}));
    let given = json!({
        "compensation_kind": "coupon", "compensation_minor": 2_000, "compensation_note": "20 元券",
        "compensation_also": [{ "kind": "gift", "goods": { "gift_id": gift } }],
    });
    let view = shop.call("complaint_resolve", resolution(id, given));
    let returnable = view["resolutions"][0]["returnable"].clone();
    assert_eq!(
        returnable.as_array().map(Vec::len),
        Some(2),
        "without a customer the coupon is only written down: {returnable}"
    );
    let back = json!({ "id": id, "posting_id": returnable[0]["posting_id"], "reason": "客人没有带走" });
    assert_eq!(fields(&shop.refused("complaint_take_back", with(back.clone(), &json!({ "reason": " " })))), ["reason"]);
    let view = shop.call("complaint_take_back", back.clone());
    assert_eq!(posted(&view), ["礼品 保温杯 ×1 已出库（已收回：客人没有带走）"]);
    assert_eq!(view["resolutions"][0]["returnable"].as_array().map(Vec::len), Some(1));
    let last = view["events"].as_array().expect("events").last().expect("an event");
    assert!(last["text"].as_str().expect("a text").contains("客人没有带走"), "{last}");
    assert_eq!(in_stock(&shop), (json!(5), json!(0)));
    assert_eq!(fields(&shop.refused("complaint_take_back", back.clone())), ["posting_id"], "it is back already");
    let other = open(&shop, json!({}));
    assert_eq!(shop.refused("complaint_take_back", with(back, &json!({ "id": other })))["code"], "not_found");
    assert_eq!(shop.call("complaint_report", json!({ "by": "month" }))["totals"]["compensation_minor"], 2_000);
}

#[test]
fn the_money_back_the_same_again_a_coupon_and_points_move_together_or_not_at_all() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let sale = shop.sale(customer, 10_000);
    let id = open(&shop, json!({ "sale_id": sale }));
    let given = |back: i64| {
        json!({
            "compensation_kind": "points", "compensation_goods": { "points": 300 },
            "compensation_also": [
                { "kind": "coupon", "cost_minor": 2_000, "note": "20 元无门槛券" },
                { "kind": "refund", "cost_minor": back, "note": "全额退款" },
            ],
        })
    };
    let before = shop.call("points_statement", json!({ "customer_id": customer }))["closing"].clone();
    let refused = shop.refused("complaint_resolve", resolution(id, given(10_001)));
    assert_eq!(fields(&refused), ["compensation_also.1.cost_minor"]);
    let after = shop.call("points_statement", json!({ "customer_id": customer }))["closing"].clone();
    assert_eq!(before, after, "no points without the refund");
    assert_eq!(shop.call("coupon_list", json!({ "customer_id": customer }))["total"], 0);
    let view = shop.call("complaint_resolve", resolution(id, given(10_000)));
    assert_eq!(posted(&view).len(), 3);
    assert_eq!(shop.call("coupon_list", json!({ "customer_id": customer }))["total"], 1);
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["row"]["refunded_minor"], 10_000);
}

#[test]
fn what_is_above_the_limit_of_a_clerk_loses_nothing_until_somebody_approves_it() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    clerk(&shop);
    // 6,000 points are sixty yuan, and a clerk may give fifty: what the book works out counts too.
    let form = resolution(id, json!({ "compensation_kind": "points", "compensation_goods": { "points": 6_000 } }));
    let refusal = shop.refused("complaint_resolve", form);
    assert_eq!(fields(&refusal), ["compensation_minor"]);
    assert_eq!(shop.call("points_statement", json!({ "customer_id": customer }))["closing"], 0);
    assert_eq!(get(&shop, id)["row"]["status"], "received");
    let mut form = resolution(id, json!({ "compensation_kind": "points", "compensation_goods": { "points": 6_000 } }));
    form["approval"] = json!({ "staff_id": 1, "reason": "老客人" });
    let view = shop.call("complaint_resolve", form);
    assert_eq!(posted(&view), ["积分 +6000 已到账"]);
    let approved = &view["desk"]["approvals"][0];
    assert_eq!((&approved["asked_by"], &approved["reason"]), (&json!("小王"), &json!("老客人")));
}

#[test]
fn what_a_compensation_cannot_move_is_refused_at_its_field() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let (known, unknown) = (open(&shop, json!({ "customer_id": customer })), open(&shop, json!({})));
    let refused = |id: i64, given: Value| fields(&shop.refused("complaint_resolve", resolution(id, given)));
    let points = |points: i64| json!({ "compensation_kind": "points", "compensation_goods": { "points": points } });
    assert_eq!(refused(unknown, points(100)), ["compensation_kind"], "nobody to credit");
    assert_eq!(refused(known, points(0)), ["compensation_goods.points"]);
    assert_eq!(refused(known, points(-5)), ["compensation_goods.points"]);
    assert_eq!(refused(known, points(9_000_000_000)), ["compensation_goods.points"]);
    let benefit = |goods: Value| json!({ "compensation_kind": "benefit", "compensation_goods": goods });
    assert_eq!(refused(known, benefit(json!({}))), ["compensation_goods.benefit"]);
    let times = json!({ "benefit": "免费加急", "times": 0, "until_on": "2026-03-01" });
    assert_eq!(refused(known, benefit(times)), ["compensation_goods.times", "compensation_goods.until_on"]);
    let product = shop.call("product_create", json!({ "facts": { "name": "蛋糕" } }))["row"]["id"].clone();
    let goods =
        json!({ "compensation_kind": "gift", "compensation_goods": { "product_id": product, "quantity": "两个" } });
    assert_eq!(refused(known, goods), ["compensation_goods.quantity"]);
    assert_eq!(get(&shop, known)["row"]["status"], "received");
}
