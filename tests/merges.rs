//! Two records of one person become one, and two again.

use crate::support::Shop;
use serde_json::{Value, json};

fn merge(shop: &Shop, survivor: i64, absorbed: i64) -> i64 {
    let merged = shop.call("customer_merge", json!({ "survivor_id": survivor, "absorbed_id": absorbed }));
    merged["id"].as_i64().expect("an id")
}

fn on(shop: &Shop, customer: i64, day: &str, amount_minor: i64) -> i64 {
    let sale = json!({ "customer_id": customer, "amount_minor": amount_minor, "sold_on": day });
    shop.call("sale_create", sale)["sale"]["row"]["id"].as_i64().expect("an id")
}

/// What a shop can see of a customer, without ids and instants of writing.
fn seen(shop: &Shop, customer: i64) -> Value {
    let mut profile = shop.profile(customer);
    profile["customer"]["updated_at"] = Value::Null;
    profile["customer"]["contacts"].as_array_mut().expect("contacts").iter_mut().for_each(|it| it["id"] = Value::Null);
    profile
}

fn found(shop: &Shop, text: &str) -> Vec<i64> {
    let hits = shop.call("customer_search", json!({ "text": text }));
    hits["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

/// Two records of 张丽, with sales on different days, and one of the same sales.
fn two_and_one(shop: &Shop) -> (i64, i64, i64) {
    let (a, b, one) = (shop.customer("张丽"), shop.customer("张莉"), shop.customer("王一"));
    for (customer, day, amount) in
        [(a, "2025-06-01", 60_000), (b, "2025-07-01", 70_000), (a, "2025-12-01", 30_000), (b, "2026-02-01", 90_000)]
    {
        on(shop, customer, day, amount);
        on(shop, one, day, amount);
    }
    (a, b, one)
}

#[test]
fn a_merge_equals_the_replay_of_both_histories_as_one() {
    let shop = Shop::open();
    let (a, b, one) = two_and_one(&shop);
    let preview = shop.call("customer_merge_preview", json!({ "survivor_id": a, "absorbed_id": b }));
    let expected = shop.profile(one);
    assert_eq!(preview["together"]["tier"], expected["row"]["tier"], "the preview replays both histories");
    assert_ne!(preview["survivor"]["row"]["tier"], expected["row"]["tier"], "alone it stood lower");

    merge(&shop, a, b);
    let merged = shop.profile(a);
    assert_eq!(merged["row"]["tier"], expected["row"]["tier"]);
    assert_eq!(merged["standing"], expected["standing"]);
    for figure in ["first_on", "last_on", "orders", "net_minor", "net_12m_minor", "orders_12m", "interval_days"] {
        assert_eq!(merged["trade"][figure], expected["trade"][figure], "{figure}");
    }
    assert_eq!(merged["segment"]["tag"], expected["segment"]["tag"]);
    assert_eq!(preview["together"]["net_minor"], merged["row"]["net_minor"]);
    assert_eq!(preview["together"]["orders"], merged["row"]["orders"]);
}

#[test]
fn an_undo_gives_back_the_exact_former_books() {
    let shop = Shop::open();
    let (a, b, one) = two_and_one(&shop);
    shop.call(
        "customer_change",
        json!({ "id": b, "salutation": "丽姐", "note": "怕辣", "tags": ["老街坊"],
                "contacts": [{ "kind": "mobile", "value": "13800138001" }] }),
    );
    shop.call("customer_note", json!({ "customer_id": b, "text": "下周来取" }));
    shop.call("complaint_open", json!({ "customer_id": b, "description": "蛋糕塌了" }));
    let books = |shop: &Shop| {
        let views = [a, b, one].map(|customer| seen(shop, customer));
        let classes = shop.call("segment_get", json!({}));
        let steps = shop.call("ladder_get", json!({}));
        let list = shop.call("customer_list", json!({ "sort": "net" }));
        json!([views, classes, steps, list, found(shop, "8001"), found(shop, "zl"), found(shop, "老街坊")])
    };
    let before = books(&shop);

    let id = merge(&shop, a, b);
    let merged = shop.profile(a);
    assert_eq!(merged["customer"]["salutation"], "丽姐", "an empty field takes what the other record knows");
    assert_eq!(merged["customer"]["tags"], json!(["老街坊"]));
    assert_eq!(merged["customer"]["contacts"][0]["value"], "13800138001");
    assert_eq!(merged["complaints"].as_array().map(Vec::len), Some(1));
    assert_eq!(merged["row"]["open_complaints"], 1);
    let notes = merged["timeline"].as_array().expect("a timeline").iter().filter(|it| it["text"] == "下周来取");
    assert_eq!(notes.count(), 1);
    assert_ne!(books(&shop), before, "the check would see a difference");

    shop.call("customer_merge_undo", json!({ "id": id }));
    let after = books(&shop);
    for (part, (now, then)) in
        after.as_array().expect("parts").iter().zip(before.as_array().expect("parts")).enumerate()
    {
        assert_eq!(now, then, "part {part}");
    }
}

#[test]
fn a_record_that_was_merged_away_is_found_and_opened_as_the_one_who_stays() {
    let mut shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("曾婉"));
    shop.call("customer_change", json!({ "id": b, "contacts": [{ "kind": "mobile", "value": "13912345678" }] }));
    let number = shop.profile(b)["customer"]["member_no"].as_str().expect("a number").to_owned();
    let listed = shop.call("customer_list", json!({}))["total"].as_i64();
    merge(&shop, a, b);
    let check = |shop: &Shop| {
        assert_eq!(shop.profile(b)["customer"]["id"], a);
        for text in ["曾婉", "cw", "5678", "zl", number.as_str()] {
            assert_eq!(found(shop, text), [a], "{text}");
        }
        assert_eq!(shop.call("customer_list", json!({}))["total"].as_i64(), listed.map(|all| all - 1));
        let twins = shop.profile(a)["customer"]["same_phone"].clone();
        assert_eq!(twins, json!([]), "one person is not a twin of himself");
    };
    check(&shop);
    shop.restart();
    check(&shop);
}

#[test]
fn what_happens_to_a_merged_record_happens_to_the_one_who_stays() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    let sale = on(&shop, b, "2026-03-01", 50_000);
    merge(&shop, a, b);
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 20_000 }));
    assert_eq!(shop.profile(a)["row"]["net_minor"], 30_000);
    shop.sale(b, 10_000);
    assert_eq!(shop.profile(a)["row"]["net_minor"], 40_000);
    assert_eq!(shop.call("sale_list", json!({ "customer_id": a }))["total"], 2);
    shop.call("customer_note", json!({ "customer_id": b, "text": "喜欢靠窗" }));
    shop.call("complaint_open", json!({ "customer_id": b, "sale_id": sale, "description": "少了一个" }));
    assert_eq!(shop.profile(a)["row"]["open_complaints"], 1);
    assert_eq!(shop.call("complaint_inbox", json!({ "customer_id": a }))["rows"][0]["customer_id"], a);
}

#[test]
fn the_same_key_twice_is_one_merge() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    let input = json!({ "survivor_id": a, "absorbed_id": b, "client_key": "m-1" });
    let first = shop.call("customer_merge", input.clone());
    assert_eq!(shop.call("customer_merge", input)["id"], first["id"]);
    let again = shop.refused("customer_merge", json!({ "survivor_id": a, "absorbed_id": b }));
    assert_eq!(crate::support::fields(&again), ["absorbed_id"], "they are one already");
}

#[test]
fn a_merge_can_be_undone_for_ninety_days() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    let id = merge(&shop, a, b);
    shop.set_clock("2026-05-31T23:59:00+08:00");
    let list = shop.call("customer_merges", json!({ "customer_id": a }));
    assert_eq!(list["rows"][0]["undo_until"], "2026-05-31");
    assert_eq!(list["rows"][0]["why_not"], Value::Null);
    shop.set_clock("2026-06-01T00:00:00+08:00");
    assert_eq!(shop.refused("customer_merge_undo", json!({ "id": id }))["code"], "not_allowed_now");
}

#[test]
fn merges_that_build_on_each_other_are_undone_from_the_last_one_back() {
    let shop = Shop::open();
    let (a, b, c) = (shop.customer("张丽"), shop.customer("张莉"), shop.customer("张力"));
    for customer in [a, b, c] {
        on(&shop, customer, "2026-03-01", 10_000);
    }
    let before = [a, b, c].map(|customer| seen(&shop, customer));
    let first = merge(&shop, b, c);
    let second = merge(&shop, a, b);
    assert_eq!(shop.profile(c)["row"]["net_minor"], 30_000, "the link is flat");
    assert_eq!(shop.refused("customer_merge_undo", json!({ "id": first }))["code"], "not_allowed_now");
    shop.call("customer_merge_undo", json!({ "id": second }));
    assert_eq!(shop.profile(c)["customer"]["id"], b, "the earlier merge holds");
    assert_eq!(shop.profile(b)["row"]["net_minor"], 20_000);
    shop.call("customer_merge_undo", json!({ "id": first }));
    assert_eq!([a, b, c].map(|customer| seen(&shop, customer)), before);
    assert_eq!(shop.refused("customer_merge_undo", json!({ "id": first }))["code"], "not_allowed_now");
}

#[test]
fn an_undo_leaves_alone_what_a_person_has_changed_since() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    shop.call("customer_change", json!({ "id": b, "address": "南街 1 号", "source": "路过" }));
    let id = merge(&shop, a, b);
    shop.call("customer_change", json!({ "id": a, "address": "北街 2 号" }));
    shop.call("customer_merge_undo", json!({ "id": id }));
    let back = shop.profile(a);
    assert_eq!(back["customer"]["address"], "北街 2 号");
    assert_eq!(back["customer"]["source"], Value::Null);
}

#[test]
fn the_value_that_stays_can_be_chosen_for_every_field() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    shop.call("customer_change", json!({ "id": a, "address": "南街 1 号" }));
    shop.call("customer_change", json!({ "id": b, "address": "北街 2 号", "source": "路过" }));
    let preview = shop.call("customer_merge_preview", json!({ "survivor_id": a, "absorbed_id": b }));
    let address = preview["fields"].as_array().expect("fields").iter().find(|it| it["field"] == "address").cloned();
    let expected = json!({ "field": "address", "kept": "南街 1 号", "other": "北街 2 号", "take_other": false });
    assert_eq!(address, Some(expected));
    shop.call("customer_merge", json!({ "survivor_id": a, "absorbed_id": b, "take": ["name", "address"] }));
    let merged = shop.profile(a)["customer"].clone();
    assert_eq!((&merged["name"], &merged["address"]), (&json!("张莉"), &json!("北街 2 号")));
    assert_eq!(merged["source"], Value::Null, "only what was chosen");
}

#[test]
fn numbers_that_are_kept_ready_follow_a_merge_and_its_undo() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    on(&shop, a, "2026-02-01", 10_000);
    on(&shop, b, "2026-02-02", 20_000);
    let classes = |shop: &Shop| {
        let view = shop.call("segment_run", json!({}))["after"]["classes"].clone();
        let people: i64 = view.as_array().expect("classes").iter().filter_map(|class| class["people"].as_i64()).sum();
        let net: i64 = view.as_array().expect("classes").iter().filter_map(|class| class["net_minor"].as_i64()).sum();
        (people, net)
    };
    assert_eq!(classes(&shop), (2, 30_000));
    let id = merge(&shop, a, b);
    assert_eq!(classes(&shop), (1, 30_000));
    shop.call("customer_merge_undo", json!({ "id": id }));
    assert_eq!(classes(&shop), (2, 30_000));
}

#[test]
fn the_preview_counts_everything_that_a_merge_carries_along() {
    let shop = Shop::open();
    let (a, b) = (shop.customer("张丽"), shop.customer("张莉"));
    let preview = |shop: &Shop| shop.call("customer_merge_preview", json!({ "survivor_id": a, "absorbed_id": b }));
    assert_eq!(preview(&shop)["absorbed"]["carried"], json!([]));
    shop.sale(b, 50_000);
    shop.call("customer_change", json!({ "id": b, "contacts": [{ "kind": "mobile", "value": "13800138001" }, { "kind": "wechat", "value": "lili" }] }));
    shop.call("interaction_add", json!({ "customer_id": b, "kind": "wechat", "direction": "in", "text": "在吗" }));
    shop.call("wish_add", json!({ "customer_id": b, "text": "青团" }));
    shop.call("consent_change", json!({ "customer_id": b, "purpose": "service", "is_given": true, "way": "paper" }));
    let lines = json!([{ "description": "礼盒", "quantity": "1", "unit_price_minor": 8_800 }]);
    shop.call("usual_order_save", json!({ "customer_id": b, "name": "中秋", "lines": lines }));
    let carried = preview(&shop)["absorbed"]["carried"].clone();
    let count = |what: &str| {
        let found = carried.as_array().expect("a list").iter().find(|it| it["what"] == what);
        found.map_or(0, |it| it["count"].as_i64().expect("a number"))
    };
    assert_eq!(count("points"), 500, "{carried}");
    for (what, n) in
        [("point_lots", 1), ("contacts", 2), ("interactions", 1), ("wishes", 1), ("consents", 1), ("usual_orders", 1)]
    {
        assert_eq!(count(what), n, "{what} of {carried}");
    }
    let id = merge(&shop, a, b);
    let kept = shop.call("usual_order_list", json!({ "id": a }))["rows"].clone();
    assert_eq!(kept[0]["name"], "中秋", "what was carried along is there");
    shop.call("customer_merge_undo", json!({ "id": id }));
    assert_eq!(shop.call("usual_order_list", json!({ "id": a }))["rows"], json!([]));
}
