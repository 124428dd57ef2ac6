//! The table of customers: conditions joined by 且 and 或, saved views, tags for many at once.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who is listed, by name.
pub fn listed(shop: &Shop, conditions: &Value) -> Vec<String> {
    let page = shop.call("customer_list", json!({ "conditions": conditions, "sort": "joined_on" }));
    let rows = page["rows"].as_array().expect("rows");
    assert_eq!(page["total"].as_u64(), u64::try_from(rows.len()).ok(), "the count is that of the rows");
    let mut names: Vec<String> = rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

pub fn one(field: &str, op: &str, value: &str) -> Value {
    json!({ "groups": [{ "conditions": [{ "field": field, "op": op, "value": value }] }] })
}

/// 甲 bought for 600 yuan lately, 乙 for 20 long ago, 丙 never.
pub fn shop() -> Shop {
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

/// Names in the order of the table.
fn names(shop: &Shop, filter: Value) -> Vec<String> {
    let page = shop.call("customer_table", json!({ "filter": filter, "columns": ["name"] }));
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["cells"][0].as_str().expect("a name").to_owned()).collect()
}

pub fn ids(shop: &Shop) -> BTreeMap<String, i64> {
    let page = shop.call("customer_table", json!({ "filter": {}, "columns": ["name"] }));
    let rows = page["rows"].as_array().expect("rows").clone();
    rows.iter()
        .map(|row| (row["cells"][0].as_str().expect("a name").to_owned(), row["id"].as_i64().expect("an id")))
        .collect()
}

/// What stands in one cell.
fn cell(shop: &Shop, id: i64, column: &str) -> Value {
    let page = shop.call("customer_table", json!({ "columns": [column] }));
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["id"] == id).expect("the row")["cells"][0].clone()
}

pub fn own_field(shop: &Shop, name: &str, kind: &str, options: &[&str]) -> i64 {
    let saved = shop.call("custom_field_save", json!({ "name": name, "kind": kind, "options": options }));
    let fields = saved["fields"].as_array().expect("fields").clone();
    fields.iter().find(|field| field["name"] == name).expect("the field")["id"].as_i64().expect("an id")
}

#[test]
fn the_table_shows_the_columns_that_were_asked_for() {
    let shop = shop();
    let taste = own_field(&shop, "口味", "choices", &["低糖", "坚果"]);
    let size = own_field(&shop, "尺寸", "number", &[]);
    let first = ids(&shop)["甲"];
    let values = json!([{ "field_id": taste, "values": ["坚果", "低糖"] }, { "field_id": size, "values": ["12.5"] }]);
    shop.call("customer_fields", json!({ "id": first, "values": values }));
    let columns = json!(["net", "tags", "phone", format!("field.{taste}"), format!("field.{size}"), "company", "tier"]);
    let page =
        shop.call("customer_table", json!({ "filter": { "sort": "net", "descending": true }, "columns": columns }));
    let expected = json!([60_000, ["团购", "老街坊"], "138 0013 8000", ["坚果", "低糖"], "12.5", null, 0]);
    assert_eq!(page["rows"][0]["cells"], expected);
    assert_eq!(page["total"], 3);
    shop.refused("customer_table", json!({ "columns": ["salary"] }));
    shop.refused("customer_table", json!({ "columns": ["field.999"] }));
}

#[test]
fn every_column_sorts_and_chinese_by_its_reading() {
    let shop = Shop::open();
    let taste = own_field(&shop, "口味", "text", &[]);
    for (name, company, taste_of) in
        [("赵一", "章鱼烧店", "甜"), ("钱二", "", ""), ("孙三", "安心坊", "咸"), ("单晓华", "成都小吃", "辣")]
    {
        let id = shop.call("customer_create", json!({ "name": name, "company": company }))["id"].clone();
        let values = json!([{ "field_id": taste, "values": [taste_of] }]);
        shop.call("customer_fields", json!({ "id": id, "values": values }));
    }
    assert_eq!(names(&shop, json!({ "sort": "name" })), ["钱二", "单晓华", "孙三", "赵一"], "单 is read shàn");
    let company = json!({ "sort": "company" });
    assert_eq!(names(&shop, company), ["孙三", "单晓华", "赵一", "钱二"], "安 成 章, nothing last");
    let company = json!({ "sort": "company", "descending": true });
    assert_eq!(names(&shop, company), ["赵一", "单晓华", "孙三", "钱二"], "nothing is last here too");
    let own = json!({ "sort": format!("field.{taste}") });
    assert_eq!(names(&shop, own), ["单晓华", "赵一", "孙三", "钱二"], "辣 là, 甜 tián, 咸 xián");
    let columns =
        ["name", "salutation", "member_no", "mnemonic", "phone", "wechat", "email", "tier", "segment", "tags"];
    let more = ["last_on", "first_on", "orders", "net", "points", "open_complaints", "joined_on", "kind", "company"];
    let last = ["gender", "birthday", "address", "source", "note", "habits", "completeness"];
    for column in columns.iter().chain(&more).chain(&last) {
        for descending in [false, true] {
            let listed = names(&shop, json!({ "sort": column, "descending": descending }));
            assert_eq!(listed.len(), 4, "{column}");
        }
    }
}

#[test]
fn an_order_that_was_kept_follows_what_is_written() {
    let shop = shop();
    let by_source = json!({ "sort": "source" });
    assert_eq!(names(&shop, by_source.clone())[0], "甲");
    let third = ids(&shop)["丙"];
    shop.call("customer_cell", json!({ "id": third, "column": "source", "value": "阿姨介绍" }));
    assert_eq!(names(&shop, by_source)[0], "丙");
    let typed = json!({ "text": "团购", "sort": "name", "descending": true });
    assert_eq!(names(&shop, typed), ["甲", "丙"].map(String::from), "a text and an order go together");
}

#[test]
fn whoever_complains_is_marked_in_the_table() {
    let shop = Shop::open();
    let (complaining, other) = (shop.customer("张敏"), shop.customer("李雷"));
    let case = json!({ "customer_id": complaining, "description": "蛋糕塌了" });
    shop.call("complaint_open", case);
    let rows = shop.call("customer_table", json!({ "columns": ["name"] }))["rows"].clone();
    let mark = |id: i64| {
        let rows = rows.as_array().expect("rows");
        rows.iter().find(|row| row["id"] == id).expect("a row")["do_not_disturb"].clone()
    };
    assert_eq!((mark(complaining), mark(other)), (json!("TS-20260302-001"), Value::Null));
}

/// Random acts; after each the order that followed is held against one that is made from nothing.
#[test]
fn an_order_that_follows_is_the_one_that_would_be_made_anew() {
    let shop = Shop::open();
    let mut state = 20_260_302_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("small") % below
    };
    let mut people: Vec<i64> = (0..12).map(|number| shop.customer(&format!("客人{number}"))).collect();
    let mut sales: Vec<i64> = vec![];
    let companies = ["麦香公司", "安达", "Zeta", "陈记"];
    let scent = format!("field.{}", own_field(&shop, "口味", "text", &[]));
    let columns = [
        "last_on",
        "orders",
        "net",
        "company",
        "note",
        "phone",
        "tags",
        "points",
        "segment",
        "completeness",
        scent.as_str(),
    ];
    for step in 0..132 {
        let who = people[next(people.len())];
        match next(10) {
            0 => people.push(shop.customer(&format!("新客{step}"))),
            1 => drop(shop.call(
                "customer_change",
                json!({ "id": who, "company": companies[next(4)], "note": format!("{}", next(9)) }),
            )),
            2 if !sales.is_empty() => {
                let sale = sales.swap_remove(next(sales.len()));
                shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错了" }));
            }
            3 => {
                let (add, remove) = if next(2) == 0 { (["老客"], ["常客"]) } else { (["常客"], ["老客"]) };
                shop.call("customer_bulk_tag", json!({ "ids": [who], "add": add, "remove": remove }));
            }
            4 => {
                let phone = format!("1380013{:04}", next(10_000));
                shop.call("customer_cell", json!({ "id": who, "column": "phone", "value": phone }));
            }
            5 => {
                let points = 1 + i64::try_from(next(90)).expect("small");
                shop.call("points_adjust", json!({ "customer_id": who, "points": points, "reason": "补" }));
            }
            6 => {
                let value = companies[next(4)];
                shop.call("customer_cell", json!({ "id": who, "column": scent, "value": value }));
            }
            7 if people.len() > 8 && step % 3 == 0 => {
                people.retain(|id| *id != who);
                let stays = people[next(people.len())];
                shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": who }));
            }
            _ => sales.push(shop.sale(who, 100 + i64::try_from(next(5000)).expect("small"))),
        }
        let column = columns[step / 12];
        let order = |descending: bool| names(&shop, json!({ "sort": column, "descending": descending, "limit": 100 }));
        let followed = (order(false), order(true));
        // Only the last two orders are kept; others drive these out, and what is made then is followed by the next step.
        for other in ["address", "source", "habits"] {
            names(&shop, json!({ "sort": other, "limit": 1 }));
        }
        assert_eq!((order(false), order(true)), followed, "{column} after step {step}");
    }
}

/// The same of conditions: whoever fulfils one no longer goes, whoever does now comes in, where the order has them.
#[test]
fn conditions_follow_what_is_written_as_if_they_were_asked_anew() {
    let shop = Shop::open();
    let people: Vec<i64> = (0..9).map(|number| shop.customer(&format!("客人{number}"))).collect();
    let scent = own_field(&shop, "口味", "text", &[]);
    let asked = [
        json!({ "field": "completeness", "op": "at_least", "value": "20" }),
        json!({ "field": "phone", "op": "filled" }),
        json!({ "field": "tag", "op": "is", "value": "老客" }),
        json!({ "field": "net_minor", "op": "at_least", "value": "2500" }),
        json!({ "field": "last_on", "op": "within_days", "value": "30" }),
        json!({ "field": "company", "op": "contains", "value": "公司" }),
        json!({ "field": "field", "of": scent.to_string(), "op": "filled" }),
        json!({ "field": "scheme", "of": "rfm_555", "op": "filled" }),
    ];
    for (step, condition) in asked.iter().cycle().take(48).enumerate() {
        let narrowed = |sort: &str| {
            let groups = json!([{ "any": false, "conditions": [condition] }]);
            names(&shop, json!({ "sort": sort, "conditions": { "any": false, "groups": groups } }))
        };
        let sort = ["name", "net", "phone"][step % 3];
        narrowed(sort);
        let (who, other) = (people[step * 7 % 9], people[step * 5 % 9]);
        let phone = if step % 2 == 0 { format!("1380013{step:04}") } else { String::new() };
        shop.call("customer_cell", json!({ "id": who, "column": "phone", "value": phone }));
        let (add, remove) = if step % 4 < 2 { (["老客"], ["常客"]) } else { (["常客"], ["老客"]) };
        shop.call("customer_bulk_tag", json!({ "ids": [who], "add": add, "remove": remove }));
        shop.call("customer_change", json!({ "id": other, "company": if step % 3 == 0 { "" } else { "麦香公司" } }));
        let liked = if step % 3 == 0 { "" } else { "香草" };
        shop.call("customer_cell", json!({ "id": other, "column": format!("field.{scent}"), "value": liked }));
        let sale = shop.sale(who, 900);
        if step % 5 == 0 {
            shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错了" }));
        }
        if step == 20 {
            shop.call("segment_run", json!({ "scheme": "rfm_555" }));
        }
        if step == 30 {
            shop.call("settings_change", json!({ "required_fields": ["wechat"] }));
        }
        let followed = narrowed(sort);
        for other in ["address", "source", "habits"] {
            names(&shop, json!({ "sort": other, "limit": 1 }));
        }
        assert_eq!(narrowed(sort), followed, "{condition} after step {step}");
    }
}

#[test]
fn a_cell_is_typed_over_like_a_form() {
    let shop = shop();
    let (first, second) = (ids(&shop)["甲"], ids(&shop)["乙"]);
    let scent = own_field(&shop, "送货", "yes_no", &[]);
    let typed = [
        ("name", " 甲一 ", json!("甲一")),
        ("salutation", "甲姐", json!("甲姐")),
        ("phone", "139-0013-9000", json!("139 0013 9000")),
        ("wechat", "jia_1", json!("jia_1")),
        ("birthday", "农历八月初三", json!("农历八月初三")),
        ("birthday", "1990/3/5", json!("1990年3月5日")),
        ("birthday", "", json!(null)),
        ("tags", "团购，常客 团购", json!(["团购", "常客"])),
        ("gender", "女", json!("female")),
        ("kind", "企业", json!("company")),
        ("note", "周末来", json!("周末来")),
        (&format!("field.{scent}"), "是", json!("yes")),
    ];
    for (column, value, expected) in typed {
        let saved = shop.call("customer_cell", json!({ "id": first, "column": column, "value": value }));
        assert_eq!(saved["value"], expected, "{column} {value}");
        assert_eq!(cell(&shop, first, column), expected, "{column} {value}");
    }
    let found = shop.call("customer_search", json!({ "text": "13900139000" }));
    assert_eq!(found["rows"][0]["name"], "甲一", "the search knows at once");
    let old = shop.call("customer_search", json!({ "text": "13800138000" }));
    assert_eq!(old["rows"][0]["id"], first, "the old number still finds its person");
    for (column, value) in
        [("name", ""), ("phone", "12"), ("birthday", "2月30日"), ("gender", "猫"), ("net", "5"), ("email", "a@")]
    {
        let refusal = shop.refused("customer_cell", json!({ "id": second, "column": column, "value": value }));
        assert_eq!(fields(&refusal), ["value"], "{column} {value}");
    }
}

#[test]
fn a_cell_that_changed_meanwhile_is_not_written_over_unasked() {
    let shop = shop();
    let id = ids(&shop)["丙"];
    let change = |was: &str, value: &str| json!({ "id": id, "column": "company", "was": was, "value": value });
    shop.call("customer_cell", change("麦香公司", "麦香一店"));
    let refusal = shop.refused("customer_cell", change("麦香公司", "麦香二店"));
    assert_eq!(refusal["code"], "conflict");
    assert!(refusal["message"].as_str().expect("words").contains("麦香一店"), "{refusal}");
    shop.call("customer_cell", change("麦香一店", "麦香二店"));
    assert_eq!(cell(&shop, id, "company"), "麦香二店");
}

#[test]
fn covered_digits_are_never_written_back_and_never_shown() {
    let shop = shop();
    let id = ids(&shop)["甲"];
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    let shown = cell(&shop, id, "phone");
    assert_eq!(shown, "138****8000");
    shop.call("customer_cell", json!({ "id": id, "column": "phone", "was": shown, "value": "138****8000" }));
    let hits = shop.call("customer_search", json!({ "text": "13800138000" }));
    assert_eq!(hits["rows"][0]["id"], id, "the number is what it was");
}

#[test]
fn the_table_is_narrowed_by_own_fields_lists_and_classes() {
    let shop = shop();
    let (first, third) = (ids(&shop)["甲"], ids(&shop)["丙"]);
    let size = own_field(&shop, "尺寸", "number", &[]);
    let taste = own_field(&shop, "口味", "choices", &["低糖", "坚果"]);
    let values = |words: Value, number: &str| json!([{ "field_id": taste, "values": words }, { "field_id": size, "values": [number] }]);
    shop.call("customer_fields", json!({ "id": first, "values": values(json!(["低糖", "坚果"]), "8.5") }));
    shop.call("customer_fields", json!({ "id": third, "values": values(json!(["坚果"]), "12") }));
    let rule = json!({ "kind": "measure", "measure": { "measure": "orders" }, "is": { "op": "at_least", "value": 1 } });
    let list = shop.call("segment_list_save", json!({ "name": "来过", "condition": rule }))["lists"][0]["id"].clone();
    let of = |field: &str, of: Value, op: &str, value: &str| json!({ "groups": [{ "conditions": [{ "field": field, "of": of, "op": op, "value": value }] }] });
    let (size, taste, list) = (size.to_string(), taste.to_string(), list.to_string());
    let expected: [(Value, &[&str]); 10] = [
        (of("field", json!(taste), "is", "坚果"), &["丙", "甲"]),
        (of("field", json!(taste), "is_not", "低糖"), &["丙", "乙"]),
        (of("field", json!(taste), "empty", ""), &["乙"]),
        (of("field", json!(size), "at_least", "8.6"), &["丙"]),
        (of("field", json!(size), "at_most", "8.5"), &["甲"]),
        (of("list", json!(null), "is", &list), &["乙", "甲"]),
        (of("list", json!(null), "is_not", &list), &["丙"]),
        (of("scheme", json!("simple_rfm"), "empty", ""), &[]),
        (of("note", json!(null), "empty", ""), &["丙", "乙", "甲"]),
        (of("scheme", json!("nobody"), "filled", ""), &[]),
    ];
    for (conditions, names) in expected {
        assert_eq!(listed(&shop, &conditions), names, "{conditions}");
    }
    for conditions in [of("list", json!(null), "is", "x"), of("field", json!(size), "is", "viel")] {
        let refusal = shop.refused("customer_list", json!({ "conditions": conditions }));
        assert_eq!(fields(&refusal), ["groups.0.conditions.0.value"], "{conditions}");
    }
}

#[test]
fn a_change_for_many_is_about_those_chosen_or_all_but_some() {
    let shop = shop();
    let all = ids(&shop);
    let chosen = shop.call("customer_bulk_tag", json!({ "ids": [all["甲"], all["乙"]], "add": ["新年"] }));
    assert_eq!(chosen["changes"], 2);
    let but = json!({ "filter": {}, "except": [all["乙"]], "add": ["元宵"] });
    assert_eq!(shop.call("customer_bulk_tag_preview", but.clone())["people"], 2);
    shop.call("customer_bulk_tag", but);
    assert_eq!(listed(&shop, &one("tag", "is", "元宵")), ["丙", "甲"]);
    let some = shop.call("customer_table_ids", json!({ "sort": "net", "descending": true, "offset": 1, "limit": 1 }));
    assert_eq!((&some["ids"], &some["total"]), (&json!([all["乙"]]), &json!(3)));
}

#[test]
fn the_table_is_found_as_each_person_left_it() {
    let mut shop = shop();
    let layout = json!({ "columns": ["name", "note"], "widths": { "note": 320 }, "frozen": 1, "sort": "note" });
    shop.call("customer_layout_keep", json!({ "layout": layout }));
    let view = json!({ "name": "欠资料", "definition": { "columns": ["name", "last", "joined"] }, "is_default": true });
    let id = shop.call("customer_view_save", view.clone())["rows"][0]["id"].clone();
    shop.call("customer_layout_keep", json!({ "view": id, "layout": layout }));
    shop.restart();
    let views = shop.call("customer_views", json!({}));
    assert_eq!(
        views["rows"][0]["definition"]["columns"],
        json!(["name", "last_on", "joined_on"]),
        "as they are called now"
    );
    assert_eq!(views["rows"][0]["is_default"], true);
    assert_eq!(views["layouts"].as_array().map(Vec::len), Some(2));
    assert_eq!(views["layouts"][0]["view"], Value::Null);
    assert_eq!(views["layouts"][0]["layout"]["widths"], json!({ "note": 320 }));
    let saved = shop.call("customer_view_save", view);
    assert_eq!(saved["layouts"].as_array().map(Vec::len), Some(1), "a view is found as it was saved");
    shop.call("customer_layout_keep", json!({}));
    assert_eq!(shop.call("customer_views", json!({}))["layouts"], json!([]));
}
