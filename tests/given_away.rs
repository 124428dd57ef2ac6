//! What goes along with a sale or with nothing: what a tag calls for, and gifts for the people of a list.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn product(shop: &Shop, name: &str, stock: &str) -> Value {
    let facts = json!({ "name": name, "price_minor": 8_000, "cost_minor": 2_000, "stock": stock });
    shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone()
}

fn tagged(shop: &Shop, name: &str, tags: &[&str]) -> i64 {
    shop.call("customer_create", json!({ "name": name, "tags": tags }))["id"].as_i64().expect("an id")
}

/// Names of what fits a customer.
fn fits(shop: &Shop, customer: i64) -> Vec<String> {
    let rows = shop.call("fitting_for", json!({ "customer_id": customer }))["rows"].clone();
    let name = |row: &Value| row["product"].as_str().expect("a name").to_owned();
    rows.as_array().expect("rows").iter().map(name).collect()
}

/// S3-19: 久坐 → 肩颈课, to be tried: said with its reason, and not again to whoever had it lately.
#[test]
fn a_tag_calls_for_a_product_until_the_customer_has_had_it() {
    let shop = Shop::open();
    let (sits, other) = (tagged(&shop, "久坐的", &["久坐"]), tagged(&shop, "别的", &["跑步"]));
    let class = product(&shop, "肩颈课", "10");
    let rule = json!({ "tag": "久坐", "product_id": class, "gives": "trial", "reason": "肩颈紧，先体验" });
    let listed = shop.call("fitting_save", rule.clone());
    assert_eq!((&listed["rows"][0]["people"], &listed["rows"][0]["is_out"]), (&json!(1), &json!(false)));
    assert_eq!(fields(&shop.refused("fitting_save", rule)), ["product_id"], "there already");
    assert_eq!(
        fields(&shop.refused("fitting_save", json!({ "tag": " ", "product_id": class, "gives": "gift" }))),
        ["tag"]
    );
    let said = shop.call("fitting_for", json!({ "customer_id": sits }))["rows"][0].clone();
    assert_eq!(
        (&said["tag"], &said["product"], &said["gives"], &said["reason"]),
        (&json!("久坐"), &json!("肩颈课"), &json!("trial"), &json!("肩颈紧，先体验"))
    );
    assert_eq!(fits(&shop, other), [""; 0]);
    let lines = json!([{ "description": "精油", "quantity": "1", "unit_price_minor": 9_000 },
        { "product_id": class, "quantity": "1", "unit_price_minor": 0 }]);
    let sale = json!({ "customer_id": sits, "lines": lines, "discount_reason": "试用" });
    let sold = shop.call("sale_create", sale)["sale"]["row"]["id"].clone();
    assert_eq!(fits(&shop, sits), [""; 0], "it was tried");
    shop.call("sale_void", json!({ "sale_id": sold, "reason": "打错" }));
    assert_eq!(fits(&shop, sits), ["肩颈课"], "a sale that never was is no trial");
    shop.sale(sits, 1_000);
    let again = json!({ "customer_id": sits, "lines": [{ "product_id": class, "quantity": "1" }] });
    shop.call("sale_create", again);
    shop.set_clock("2026-05-31T10:00:00+08:00");
    assert_eq!(fits(&shop, sits), [""; 0], "ninety days");
    shop.set_clock("2026-06-01T10:00:00+08:00");
    assert_eq!(fits(&shop, sits), ["肩颈课"], "and a day");
}

/// S3-19: nothing is sold while a complaint is open, and nothing that is not there.
#[test]
fn what_fits_waits_for_a_complaint_and_for_the_stock_and_follows_its_tag() {
    let shop = Shop::open();
    let sits = tagged(&shop, "久坐的", &["久坐", "颈椎"]);
    let (class, gone) = (product(&shop, "肩颈课", "10"), product(&shop, "热敷袋", "0"));
    for product in [&class, &gone] {
        shop.call("fitting_save", json!({ "tag": "久坐", "product_id": product, "gives": "gift" }));
    }
    assert_eq!(fits(&shop, sits), ["肩颈课"], "of the other nothing is left");
    let case = shop.call("complaint_open", json!({ "customer_id": sits, "description": "老师迟到" }))["row"].clone();
    let answer = shop.call("fitting_for", json!({ "customer_id": sits }));
    assert_eq!((&answer["rows"], &answer["do_not_disturb"]), (&json!([]), &case["case_no"]));
    shop.call("complaint_withdraw", json!({ "id": case["id"], "text": "误会" }));
    let tags = || shop.call("tag_list", json!({}))["tags"].clone();
    let id = |name: &str| {
        let tags = tags();
        let found = tags.as_array().expect("tags").iter().find(|tag| tag["name"] == name);
        found.expect("the tag")["id"].clone()
    };
    shop.call("tag_save", json!({ "id": id("久坐"), "name": "坐得久" }));
    assert_eq!(fits(&shop, sits), ["肩颈课"], "the rule follows the new name");
    shop.call("tag_merge", json!({ "from": id("坐得久"), "into": id("颈椎") }));
    let rows = shop.call("fitting_list", json!({}))["rows"].clone();
    assert_eq!((&rows[0]["tag"], fits(&shop, sits)), (&json!("颈椎"), vec!["肩颈课".to_owned()]));
    shop.call("fitting_delete", json!({ "id": rows[0]["id"] }));
    assert_eq!(fits(&shop, sits), [""; 0]);
}

fn mugs(shop: &Shop, pieces: i64) -> Value {
    let gift = json!({ "name": "保温杯", "points": 1_000, "cost_minor": 1_500, "stock_delta": pieces });
    shop.call("gift_save", gift)["gifts"][0]["id"].clone()
}

fn stock(shop: &Shop) -> (Value, Value) {
    let gift = shop.call("gift_list", json!({}))["gifts"][0].clone();
    (gift["stock"].clone(), gift["given"].clone())
}

/// S1-20: who of a tier gets which gift, whether the stock reaches, who has got it and who has still to get it.
#[test]
fn a_gift_for_a_tier_is_handed_out_from_the_stock_once_to_each() {
    let shop = Shop::open();
    let silver = ["甲", "乙", "丙"].map(|name| shop.customer(name));
    for customer in silver {
        shop.sale(customer, 100_000);
    }
    shop.call("complaint_open", json!({ "customer_id": silver[2], "description": "蛋糕塌了" }));
    let gift = mugs(&shop, 1);
    let input = json!({ "name": "银卡答谢", "gift_id": gift, "audience": { "kind": "tier", "tier": "银卡" }, "until_on": "2026-03-31" });
    let preview = shop.call("giveaway_preview", input.clone());
    let numbers =
        ["people", "pieces", "free", "short", "cost_minor"].map(|name| preview[name].as_i64().expect("a number"));
    assert_eq!(numbers, [2, 2, 1, 1, 3_000], "one piece has to come in");
    assert_eq!(preview["left_out"], json!([{ "why": "open_complaint", "people": 1 }]));
    let list = shop.call("giveaway_save", input.clone());
    assert_eq!((&list["people"], &list["given"], &list["is_over"]), (&json!(2), &json!(0), &json!(false)));
    assert_eq!(shop.call("giveaway_preview", input)["free"], 0, "what another list has promised is not free");
    let give =
        |people: &[i64]| json!({ "client_key": format!("{people:?}"), "id": list["id"], "customer_ids": people });
    assert_eq!(
        fields(&shop.refused("giveaway_hand_out", give(&silver[..2]))),
        ["customer_ids"],
        "too few: all or nobody"
    );
    assert_eq!(stock(&shop), (json!(1), json!(0)));
    let waiting = |customer: i64| shop.call("giveaway_waiting", json!({ "id": customer }))["rows"].clone();
    assert_eq!(waiting(silver[0])[0]["gift"], "保温杯", "the counter knows");
    let after = shop.call("giveaway_hand_out", give(&silver[..1]));
    assert_eq!(shop.call("giveaway_hand_out", give(&silver[..1]))["given"], 1, "a retry is the same hand-out");
    assert_eq!((&after["given"], &after["cost_minor"], &after["stock"]), (&json!(1), &json!(1_500), &json!(0)));
    assert_eq!(stock(&shop), (json!(0), json!(1)), "through the ledger of gifts");
    assert_eq!((waiting(silver[0]), waiting(silver[1])), (json!([]), json!([])), "none is left to be told of");
    shop.call("gift_save", json!({ "id": gift, "name": "保温杯", "points": 1_000, "stock_delta": 5 }));
    assert_eq!(waiting(silver[1])[0]["name"], "银卡答谢");
    for (people, why) in [(silver[0], "giveaway.has_it"), (silver[2], "giveaway.not_on_it")] {
        let input = json!({ "id": list["id"], "customer_ids": [people] });
        assert_eq!(shop.refused("giveaway_hand_out", input)["fields"][0]["problem"], why);
    }
    let names = |is_given: bool| {
        let page = shop.call("giveaway_people", json!({ "id": list["id"], "is_given": is_given }));
        let rows = page["rows"].as_array().expect("rows").clone();
        rows.iter().map(|row| row["customer"]["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((names(true), names(false)), (vec!["甲".to_owned()], vec!["乙".to_owned()]));
    shop.set_clock("2026-04-01T00:00:00+08:00");
    assert_eq!(shop.refused("giveaway_hand_out", give(&silver[1..2]))["key"], "giveaway.over");
    assert_eq!(waiting(silver[1]), json!([]));
}

/// S1-20: what was handed out by mistake comes back with its reason: the stock has it again, the customer has still to get it.
#[test]
fn a_gift_that_was_handed_out_comes_back_into_the_stock_for_a_reason() {
    let shop = Shop::open();
    let (right, wrong) = (shop.customer("王芳"), shop.customer("王方"));
    let gift = mugs(&shop, 4);
    let named = json!({ "kind": "named", "customer_ids": [right, wrong] });
    let list = shop.call(
        "giveaway_save",
        json!({ "name": "老客", "gift_id": gift, "quantity": 2, "audience": named, "until_on": "2026-03-31" }),
    );
    let back = |customer: i64, reason: &str| json!({ "client_key": format!("{customer}{reason}"), "id": list["id"], "customer_id": customer, "reason": reason });
    let refused = shop.refused("giveaway_take_back", back(wrong, "点错了人"));
    assert_eq!(refused["fields"][0]["problem"], "giveaway.has_not", "nothing was handed out");
    shop.call("giveaway_hand_out", json!({ "id": list["id"], "customer_ids": [wrong] }));
    assert_eq!(stock(&shop), (json!(2), json!(2)));
    assert_eq!(fields(&shop.refused("giveaway_take_back", back(wrong, " "))), ["reason"]);
    shop.set_clock("2026-04-02T10:00:00+08:00");
    let after = shop.call("giveaway_take_back", back(wrong, "点错了人"));
    assert_eq!((&after["given"], &after["cost_minor"], &after["stock"]), (&json!(0), &json!(0), &json!(4)));
    assert_eq!(stock(&shop), (json!(4), json!(0)), "also of a list that is over");
    shop.call("giveaway_take_back", back(wrong, "点错了人"));
    assert_eq!(stock(&shop), (json!(4), json!(0)), "a retry is the same return");
    assert_eq!(shop.app.newest_act_for_tests().expect("a log").action, "giveaway.take_back");
    let people = shop.call("giveaway_people", json!({ "id": list["id"] }))["rows"].clone();
    let row = people
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["customer"]["id"] == wrong)
        .expect("on the list")
        .clone();
    assert_eq!((&row["given_at"], &row["returned_why"]), (&Value::Null, &json!("点错了人")));
    let moves = crate::export_records::rows(&shop, "gifts");
    let told: Vec<_> = moves.iter().map(|row| (row["delta"].clone(), row["reason"].clone())).collect();
    assert_eq!(told[1..], [(json!(-2), json!("giveaway")), (json!(2), json!("giveaway_back"))], "both stay to be read");
    assert_eq!(moves[2]["customer"], "王方");
    shop.call("customer_merge", json!({ "survivor_id": right, "absorbed_id": wrong }));
    let people = shop.call("giveaway_people", json!({ "id": list["id"] }))["rows"].clone();
    assert_eq!(people.as_array().map(Vec::len), Some(1));
    assert_eq!(people[0]["returned_why"], "点错了人", "merged records are one person");
}

/// S1-20: who joins a tier later is not on the list; records that are merged get one; a list can be ended.
#[test]
fn a_list_is_as_it_was_made_and_merged_records_are_one_person() {
    let shop = Shop::open();
    let (stays, goes) = (shop.customer("王芳"), shop.customer("王芳芳"));
    let gift = mugs(&shop, 10);
    let named = json!({ "kind": "named", "customer_ids": [stays, goes] });
    let input = json!({ "name": "老客", "gift_id": gift, "quantity": 2, "audience": named });
    let list = shop.call("giveaway_save", input.clone());
    shop.call("giveaway_hand_out", json!({ "id": list["id"], "customer_ids": [goes] }));
    shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    let row = shop.call("giveaway_list", json!({}))["rows"][0].clone();
    assert_eq!((&row["people"], &row["given"]), (&json!(1), &json!(1)));
    assert_eq!(shop.call("giveaway_waiting", json!({ "id": stays }))["rows"], json!([]), "the other record had it");
    let refused = shop.refused("giveaway_hand_out", json!({ "id": list["id"], "customer_ids": [stays] }));
    assert_eq!(refused["fields"][0]["problem"], "giveaway.has_it");
    let second = shop.call(
        "giveaway_save",
        json!({ "name": "再送", "gift_id": gift, "audience": { "kind": "tier", "tier": "普通" } }),
    );
    shop.customer("后来的");
    assert_eq!(second["people"], 1);
    shop.call("giveaway_end", json!({ "id": second["id"] }));
    let refused = shop.refused("giveaway_hand_out", json!({ "id": second["id"], "customer_ids": [stays] }));
    assert_eq!(refused["key"], "giveaway.over");
    for (change, field) in [
        (json!({ "quantity": 0 }), "quantity"),
        (json!({ "until_on": "2026-03-01" }), "until_on"),
        (json!({ "audience": { "kind": "anybody", "number": 5 } }), "audience"),
        (json!({ "name": " " }), "name"),
    ] {
        let mut wrong = input.clone();
        wrong.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        assert_eq!(fields(&shop.refused("giveaway_save", wrong)), [field]);
    }
}
