//! People of the shop: whose case it is, who stands in for whom, who leaves and who takes over.
//!
//! The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

fn open(shop: &Shop, form: Value) -> i64 {
    let whole = with(json!({ "description": "蛋糕塌了" }), &form);
    shop.call("complaint_open", whole)["row"]["id"].as_i64().expect("an id")
}

fn get(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_get", json!({ "id": id }))
}

/// The id of a person of the shop.
fn person(shop: &Shop, name: &str) -> Value {
    let list = shop.call("staff_list", json!({}));
    let people = list["people"].as_array().expect("people");
    people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("nobody called {name}"))["id"].clone()
}

#[test]
fn a_new_case_goes_to_the_customers_own_contact_and_to_the_deputy_while_that_one_is_away() {
    let shop = Shop::open();
    for name in ["王姐", "小李"] {
        shop.call("staff_add", json!({ "name": name, "role": "clerk" }));
    }
    let (contact, deputy) = (person(&shop, "王姐"), person(&shop, "小李"));
    let customer = shop.customer("张敏");
    let seen = shop.call("customer_dedicate", json!({ "customer_id": customer, "contact_id": contact }));
    assert_eq!(seen["contact"]["name"], "王姐");
    let owner = |id: i64| get(&shop, id)["row"]["owner"].as_str().unwrap().to_owned();
    let first = open(&shop, json!({ "customer_id": customer }));
    assert_eq!(owner(first), "王姐");
    assert_eq!(get(&shop, first)["events"][0]["text"], "收到投诉，交给专属客服 王姐");
    shop.call("staff_away", json!({ "id": contact, "until_on": "2026-03-02", "deputy_id": deputy }));
    let second = open(&shop, json!({ "customer_id": customer }));
    assert_eq!(owner(second), "小李");
    assert_eq!(get(&shop, second)["events"][0]["text"], "收到投诉，专属客服 王姐 不在，交给代班 小李");
    shop.call("staff_away", json!({ "id": deputy, "until_on": "2026-03-09" }));
    assert_ne!(owner(open(&shop, json!({ "customer_id": customer }))), "小李", "nobody of them is here");
    shop.set_clock("2026-03-03T10:00:00+08:00");
    assert_eq!(owner(open(&shop, json!({ "customer_id": customer }))), "王姐", "back on the next day");
    let named = open(&shop, json!({ "customer_id": customer, "owner_id": deputy }));
    assert_eq!(owner(named), "小李", "who is named is the owner");
}

#[test]
fn who_sees_to_a_customer_changes_only_for_a_reason_and_every_change_is_kept() {
    let shop = Shop::open();
    for name in ["王姐", "小李"] {
        shop.call("staff_add", json!({ "name": name, "role": "clerk" }));
    }
    let customer = shop.customer("张敏");
    let to = |name: &str, reason: Value| json!({ "customer_id": customer, "contact_id": person(&shop, name), "reason": reason });
    shop.call("customer_dedicate", to("王姐", Value::Null));
    assert_eq!(fields(&shop.refused("customer_dedicate", to("王姐", Value::Null))), ["contact_id"]);
    assert_eq!(fields(&shop.refused("customer_dedicate", to("小李", Value::Null))), ["reason"]);
    let view = shop.call("customer_dedicate", to("小李", json!("王姐调去分店")));
    let names: Vec<&str> =
        view["history"].as_array().unwrap().iter().filter_map(|entry| entry["name"].as_str()).collect();
    assert_eq!(names, ["小李", "王姐"]);
}

#[test]
fn whoever_leaves_hands_open_cases_and_customers_over_and_nobody_is_deleted() {
    let shop = Shop::open();
    for name in ["王姐", "小李"] {
        shop.call("staff_add", json!({ "name": name, "role": "clerk" }));
    }
    assert_eq!(fields(&shop.refused("staff_add", json!({ "name": " 王姐 ", "role": "clerk" }))), ["name"]);
    assert_eq!(fields(&shop.refused("staff_add", json!({ "name": "  ", "role": "clerk" }))), ["name"]);
    let (leaving, staying) = (person(&shop, "王姐"), person(&shop, "小李"));
    let customer = shop.customer("张敏");
    shop.call("customer_dedicate", json!({ "customer_id": customer, "contact_id": leaving }));
    let id = open(&shop, json!({ "customer_id": customer }));
    let due = get(&shop, id)["clocks"][0]["due_at"].clone();
    assert_eq!(fields(&shop.refused("staff_retire", json!({ "id": leaving, "leaves": true }))), ["successor_id"]);
    shop.call("staff_retire", json!({ "id": leaving, "leaves": true, "successor_id": staying }));
    let view = get(&shop, id);
    assert_eq!((&view["row"]["owner"], &view["clocks"][0]["due_at"]), (&json!("小李"), &due), "the clock goes on");
    assert_eq!(shop.call("customer_dedicated", json!({ "id": customer }))["contact"]["name"], "小李");
    let list = shop.call("staff_list", json!({}));
    let gone = list["people"].as_array().unwrap().iter().find(|person| person["name"] == "王姐").cloned().unwrap();
    assert_eq!((&gone["is_active"], &gone["open_cases"], &gone["customers"]), (&json!(false), &json!(0), &json!(0)));
    let me = list["people"].as_array().unwrap().iter().find(|person| person["is_self"] == true).cloned().unwrap();
    let refused = shop.refused("staff_retire", json!({ "id": me["id"], "leaves": true }));
    assert_eq!(refused["key"], "staff.retire_oneself");
    shop.call("staff_rename", json!({ "id": staying, "name": "李店长" }));
    assert_eq!(get(&shop, id)["row"]["owner"], "李店长");
}
