//! 查重: who may have been written down twice, and who is not.

use crate::support::Shop;
use serde_json::{Value, json};

fn pairs(shop: &Shop) -> Vec<Value> {
    shop.call("customer_duplicates", json!({}))["rows"].as_array().expect("rows").clone()
}

fn named(shop: &Shop, fields: Value) -> i64 {
    shop.call("customer_create", fields)["id"].as_i64().expect("an id")
}

#[test]
fn one_person_written_down_twice_is_found_with_the_reason_in_words() {
    let shop = Shop::open();
    let one = named(&shop, json!({ "name": "张丽", "phone": "138 0013 8000" }));
    let other = named(&shop, json!({ "name": "張莉", "phone": "+86 13800138000" }));
    named(&shop, json!({ "name": "王强", "phone": "13912345678" }));
    let found = pairs(&shop);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["one"]["id"], &found[0]["other"]["id"]), (&json!(one), &json!(other)));
    assert_eq!(found[0]["reasons"], json!(["同一联系方式", "同音"]));
}

#[test]
fn the_same_name_and_birthday_is_found_and_the_same_name_alone_is_not() {
    let shop = Shop::open();
    let birthday = json!({ "calendar": "lunar", "month": 8, "day": 3 });
    for born in [Some(&birthday), Some(&birthday), None, None] {
        named(&shop, json!({ "name": "王伟", "birthday": born }));
    }
    let found = pairs(&shop);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["reasons"], json!(["同一天生日", "同名"]));
}

#[test]
fn a_slip_of_one_digit_is_found_when_the_names_sound_the_same() {
    let shop = Shop::open();
    named(&shop, json!({ "name": "单晓华", "phone": "13800138000" }));
    named(&shop, json!({ "name": "单小华", "phone": "13800138080" }));
    named(&shop, json!({ "name": "赵敏", "phone": "13800138008" }));
    let found = pairs(&shop);
    assert_eq!(found.len(), 1, "another name with a similar number is another person");
    assert_eq!(found[0]["reasons"], json!(["同音", "号码只差一位"]));
}

#[test]
fn who_is_not_the_same_is_remembered_and_can_be_taken_back() {
    let shop = Shop::open();
    let one = named(&shop, json!({ "name": "张丽", "phone": "13800138000" }));
    let other = named(&shop, json!({ "name": "张莉", "phone": "13800138000" }));
    let input = json!({ "one_id": other, "other_id": one });
    shop.call("customer_not_same", input.clone());
    assert!(pairs(&shop).is_empty());
    shop.call("customer_not_same_undo", input);
    assert_eq!(pairs(&shop).len(), 1);
    shop.call("customer_merge", json!({ "survivor_id": one, "absorbed_id": other }));
    assert!(pairs(&shop).is_empty(), "one person is no pair");
    shop.refused("customer_not_same", json!({ "one_id": one, "other_id": other }));
}
