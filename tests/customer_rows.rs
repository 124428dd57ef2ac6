//! Rows about customers and the counter that stand in no other room: what a shop requires of a new customer.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn require(shop: &Shop, fields: &[&str]) {
    let settings = shop.call("settings_change", json!({ "required_fields": fields }));
    assert_eq!(settings["required_fields"], json!(fields));
}

fn incomplete(shop: &Shop, lacking: &str) -> Vec<Value> {
    let page = shop.call("customer_incomplete", json!({ "lacking": lacking }));
    page["rows"].as_array().unwrap().iter().map(|row| row["customer"]["name"].clone()).collect()
}

/// S1-3
#[test]
fn a_shop_chooses_what_a_new_customer_must_have_and_the_form_says_it_at_the_field() {
    let shop = Shop::open();
    shop.customer("先来的");
    require(&shop, &["phone", "birthday", "source"]);
    let refusal = shop.refused("customer_create", json!({ "name": "王芳", "phone": "1380013800" }));
    assert_eq!(fields(&refusal), ["phone", "birthday", "source"]);
    assert_eq!(refusal["fields"][0]["problem"], "phone.digit_missing", "what was typed is not called missing");
    assert_eq!(refusal["fields"][1]["message"], "店里要求填写这一项。");
    let company = shop.refused("customer_create", json!({ "kind": "company", "name": "晨光公司" }));
    assert_eq!(fields(&company), ["phone", "source"], "a company has no birthday");
    let whole = json!({
        "name": "王芳", "phone": "138 1234 5678", "source": "路过", "birthday": { "calendar": "solar", "month": 3, "day": 5 },
    });
    let id = shop.call("customer_create", whole)["id"].clone();
    let emptied = shop.refused("customer_change", json!({ "id": id, "source": "", "contacts": [], "birthday": null }));
    assert_eq!(fields(&emptied), ["contacts", "birthday", "source"]);
    let cell = shop.refused("customer_cell", json!({ "id": id, "column": "source", "value": "" }));
    assert_eq!(fields(&cell), ["value"]);
    require(&shop, &[]);
    shop.call("customer_change", json!({ "id": id, "source": "" }));
}

/// S1-3
#[test]
fn at_the_counter_what_is_required_may_follow_and_a_known_customer_is_not_held_up() {
    let shop = Shop::open();
    let known = shop.customer("老客");
    require(&shop, &["wechat", "company"]);
    let new = shop.call("customer_create", json!({ "name": "等着的", "phone": "13900001111", "at_counter": true }));
    assert_eq!(incomplete(&shop, "wechat").len(), 2, "both are listed until it is filled in");
    assert_eq!(incomplete(&shop, "company").len(), 2);
    shop.call("customer_change", json!({ "id": known, "note": "爱喝茶" }));
    let before = shop.profile(new["id"].as_i64().unwrap())["customer"]["completeness"].as_i64().unwrap();
    let contacts = json!([{ "kind": "mobile", "value": "13900001111" }, { "kind": "wechat", "value": "dengzhe" }]);
    let after = shop.call("customer_change", json!({ "id": new["id"], "contacts": contacts, "company": "晨光" }));
    assert!(after["completeness"].as_i64().unwrap() > before, "what is required counts: {before}");
    assert_eq!(incomplete(&shop, "wechat"), ["老客"]);
    let sorted = json!({ "filter": { "sort": "completeness" }, "columns": ["name", "completeness"] });
    let share = |shop: &Shop| shop.call("customer_table", sorted.clone())["rows"][0]["cells"][1].clone();
    let with = share(&shop);
    require(&shop, &[]);
    assert_ne!(share(&shop), with, "the table follows the setting");
    assert_eq!(incomplete(&shop, "wechat"), Vec::<Value>::new(), "asked of nobody any more");
}

/// S1-3
#[test]
fn a_list_is_imported_whole_and_names_every_required_field_that_it_lacks() {
    let shop = Shop::open();
    require(&shop, &["phone", "birthday", "address"]);
    let file = shop.folder().join("list.csv");
    std::fs::write(&file, "姓名,手机,生日\n王芳,13812345678,1990-03-05\n李雷,,\n").unwrap();
    let mut job = shop.call("import_run", json!({ "file": file, "kind": "customers" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    let report = &job["result"];
    assert_eq!((&report["created"], &report["errors"]), (&json!(2), &json!([])), "{job}");
    let warnings = report["warnings"].as_array().unwrap().iter();
    let named: Vec<String> =
        warnings.map(|warning| format!("{} {} {}", warning["row"], warning["field"], warning["code"])).collect();
    let later = |row: u32, field: &str| format!("{row} \"{field}\" \"field.required_later\"");
    assert_eq!(named, [later(2, "address"), later(3, "phone"), later(3, "birthday"), later(3, "address")]);
    assert_eq!(incomplete(&shop, "birthday"), ["李雷"]);
}
