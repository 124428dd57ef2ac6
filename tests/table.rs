//! The table of customers: conditions joined by 且 and 或, saved views, tags for many at once.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

/// Who is listed, by name.
fn listed(shop: &Shop, conditions: &Value) -> Vec<String> {
    let page = shop.call("customer_list", json!({ "conditions": conditions, "sort": "joined_on" }));
    let rows = page["rows"].as_array().expect("rows");
    assert_eq!(page["total"].as_u64(), u64::try_from(rows.len()).ok(), "the count is that of the rows");
    let mut names: Vec<String> = rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

fn one(field: &str, op: &str, value: &str) -> Value {
    json!({ "groups": [{ "conditions": [{ "field": field, "op": op, "value": value }] }] })
}

/// 甲 bought for 600 yuan lately, 乙 for 20 long ago, 丙 never.
fn shop() -> Shop {
    let shop = Shop::open();
    let make = |fields: Value| shop.call("customer_create", fields)["id"].as_i64().expect("an id");
    let first = make(json!({ "name": "甲", "phone": "13800138000", "tags": ["团购", "老街坊"], "source": "路过" }));
    let second =
        make(json!({ "name": "乙", "kind": "company", "birthday": { "calendar": "solar", "month": 3, "day": 5 } }));
    make(json!({ "name": "丙", "tags": ["团购"], "company": "麦香公司" }));
    for (customer, day, amount) in [(first, "2026-02-20", 60_000), (second, "2025-06-01", 2_000)] {
        let sale = json!({ "customer_id": customer, "amount_minor": amount, "sold_on": day });
        shop.call("sale_create", sale);
    }
    shop
}

#[test]
fn every_condition_shows_whom_it_says() {
    let shop = shop();
    let expected: [(&str, &str, &str, &[&str]); 21] = [
        ("name", "contains", "甲", &["甲"]),
        ("net_minor", "at_least", "60000", &["甲"]),
        ("net_minor", "at_most", "59999", &["丙", "乙"]),
        ("orders", "is", "0", &["丙"]),
        ("last_on", "within_days", "30", &["甲"]),
        ("last_on", "over_days", "30", &["乙"]),
        ("last_on", "empty", "", &["丙"]),
        ("first_on", "at_most", "2025-12-31", &["乙"]),
        ("joined_on", "at_least", "2026-03-02", &["丙", "乙", "甲"]),
        ("tag", "is", "团购", &["丙", "甲"]),
        ("tag", "is_not", "老街坊", &["丙", "乙"]),
        ("tag", "empty", "", &["乙"]),
        ("source", "is", "路过", &["甲"]),
        ("source", "is_not", "路过", &["丙", "乙"]),
        ("kind", "is", "company", &["乙"]),
        ("company", "contains", "麦香", &["丙"]),
        ("birth_month", "is", "3", &["乙"]),
        ("phone", "empty", "", &["丙", "乙"]),
        ("open_complaints", "at_least", "1", &[]),
        ("completeness", "at_least", "40", &["甲"]),
        ("completeness", "at_most", "20", &["乙"]),
    ];
    for (field, op, value, names) in expected {
        assert_eq!(listed(&shop, &one(field, op, value)), names, "{field} {op} {value}");
    }
}

#[test]
fn groups_of_conditions_are_joined_by_and_and_by_or() {
    let shop = shop();
    let rich = json!({ "field": "net_minor", "op": "at_least", "value": "50000" });
    let company = json!({ "field": "kind", "op": "is", "value": "company" });
    let tagged = json!({ "field": "tag", "op": "is", "value": "团购" });
    let tree = |any: bool, groups: Value| json!({ "any": any, "groups": groups });
    let either = json!([{ "any": true, "conditions": [rich, company] }]);
    assert_eq!(listed(&shop, &tree(false, either.clone())), ["乙", "甲"]);
    let and = json!([either[0], { "conditions": [tagged] }]);
    assert_eq!(listed(&shop, &tree(false, and.clone())), ["甲"]);
    assert_eq!(listed(&shop, &tree(true, and)), ["丙", "乙", "甲"]);
    assert_eq!(listed(&shop, &tree(false, json!([]))), ["丙", "乙", "甲"], "no condition holds for everybody");
}

#[test]
fn a_value_that_does_not_fit_is_refused_where_it_stands() {
    let shop = shop();
    for (field, op, value) in
        [("orders", "is", "viele"), ("last_on", "at_least", "2026-13-01"), ("name", "at_least", "1")]
    {
        let refusal = shop.refused("customer_list", json!({ "conditions": one(field, op, value) }));
        assert_eq!(fields(&refusal), ["groups.0.conditions.0.value"], "{field} {op} {value}");
    }
    assert_eq!(listed(&shop, &one("name", "contains", "'; DROP TABLE customers; --")), Vec::<String>::new());
}

#[test]
fn conditions_narrow_what_was_typed_too() {
    let shop = shop();
    let page = shop.call("customer_list", json!({ "text": "团购", "conditions": one("net_minor", "at_least", "1") }));
    assert_eq!((page["total"].as_i64(), page["rows"][0]["name"].as_str()), (Some(1), Some("甲")));
}

#[test]
fn tags_for_many_say_their_numbers_first_and_are_undone_exactly() {
    let shop = shop();
    let input = json!({ "filter": { "conditions": one("net_minor", "at_most", "60000") }, "add": ["团购"] });
    let numbers = shop.call("customer_bulk_tag_preview", input.clone());
    assert_eq!((numbers["people"].as_i64(), numbers["changes"].as_i64()), (Some(3), Some(1)), "two have it already");
    let done = shop.call("customer_bulk_tag", input);
    assert_eq!((done["people"].as_i64(), done["changes"].as_i64()), (Some(3), Some(1)));
    assert_eq!(listed(&shop, &one("tag", "is", "团购")), ["丙", "乙", "甲"]);
    let hits = shop.call("customer_search", json!({ "text": "团购" }));
    assert_eq!(hits["rows"].as_array().map(Vec::len), Some(3), "the search knows at once");
    shop.call("customer_bulk_tag_undo", json!({ "id": done["id"] }));
    assert_eq!(listed(&shop, &one("tag", "is", "团购")), ["丙", "甲"], "who had it before keeps it");
    shop.refused("customer_bulk_tag_undo", json!({ "id": done["id"] }));
    shop.refused("customer_bulk_tag", json!({ "filter": {}, "add": [" "] }));
}

#[test]
fn a_view_is_kept_under_its_name_for_everybody() {
    let mut shop = shop();
    let definition = |value: &str| json!({ "columns": ["name", "net"], "sort": "net", "descending": true, "conditions": one("net_minor", "at_least", value) });
    shop.call("customer_view_save", json!({ "name": " 大客户 ", "definition": definition("1") }));
    let saved = shop.call("customer_view_save", json!({ "name": "大客户", "definition": definition("50000") }));
    assert_eq!(saved["rows"].as_array().map(Vec::len), Some(1), "the same name replaces it");
    shop.restart();
    let views = shop.call("customer_views", json!({}));
    assert_eq!(views["rows"][0]["definition"]["conditions"]["groups"][0]["conditions"][0]["value"], "50000");
    assert_eq!(views["tags"], json!(["团购", "老街坊"]));
    let left = shop.call("customer_view_delete", json!({ "id": views["rows"][0]["id"] }));
    assert_eq!(left["rows"], json!([]));
    shop.refused("customer_view_save", json!({ "name": " ", "definition": definition("1") }));
}
