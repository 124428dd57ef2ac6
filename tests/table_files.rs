//! What goes into the table of customers from a clipboard and out of it into a file.

use crate::support::Shop;
use crate::table::{ids, listed, one, own_field, shop};
use serde_json::{Value, json};

/// Waits for a job of the page and answers its result.
fn finished(shop: &Shop, job: &Value) -> Value {
    for _ in 0..200 {
        let view = shop.call("job_get", json!({ "job": job["job"] }));
        match view["state"].as_str() {
            Some("running") => std::thread::sleep(std::time::Duration::from_millis(20)),
            Some("done") => return view["result"].clone(),
            _ => panic!("{view}"),
        }
    }
    panic!("the job never ended");
}

#[test]
fn a_pasted_block_is_tried_imported_and_taken_back_like_a_file() {
    let shop = shop();
    let text = "13800138000\t甲一\t1990-03-05\t常来\r\n13900139000\t丁小满\t农历八月初三\t\r\n12\t\t\t\r\n";
    let file = shop.call("import_paste", json!({ "text": text }))["file"].clone();
    let look = shop.call("import_look", json!({ "file": file, "kind": "customers" }));
    assert_eq!((&look["heading"], &look["columns"]), (&json!(0), &json!(["A", "B", "C", "D"])));
    let column = |field: &str| {
        let fields = look["fields"].as_array().expect("fields");
        fields.iter().find(|it| it["field"] == field).expect("the field")["column"].clone()
    };
    assert_eq!([column("phone"), column("name"), column("birthday")], [json!("A"), json!("B"), json!("C")]);
    let map = json!({ "phone": "A", "name": "B", "birthday": "C", "note": "D" });
    let run = |dry: bool| {
        let job = shop.call(
            "import_run",
            json!({ "file": file, "kind": "customers", "heading": 0, "map": map, "policy": "update", "dry_run": dry }),
        );
        finished(&shop, &job)
    };
    let tried = run(true);
    assert_eq!((&tried["rows"], &tried["created"]), (&json!(3), &json!(2)), "{tried}");
    assert_eq!(tried["first_rows"][0], json!({ "row": 1, "what": "created" }), "another name on a shared phone");
    assert_eq!(tried["first_rows"][2], json!({ "row": 3, "what": "error" }));
    assert_eq!(ids(&shop).len(), 3, "a try leaves nothing behind");
    run(false);
    assert_eq!(listed(&shop, &one("note", "is", "常来")), ["甲一"]);
    let done = shop.call("import_list", json!({}))["rows"][0].clone();
    assert_eq!(done["file_name"], "粘贴的表格");
    shop.call("import_undo", json!({ "id": done["id"] }));
    assert_eq!(ids(&shop).len(), 3);
    shop.call("import_paste", json!({ "text": "姓名\t手机\n戊\t13600136000" }));
    shop.refused("import_look", json!({ "file": file }));
    shop.refused("import_paste", json!({ "text": " " }));
}

#[test]
fn a_pasted_block_with_headings_is_known_by_them_and_fills_whoever_is_known() {
    let shop = shop();
    let text = "姓名\t手机\t备注\n甲\t13800138000\t\"两行\n备注\"\n乙\t\t老板\n";
    let file = shop.call("import_paste", json!({ "text": text }))["file"].clone();
    let look = shop.call("import_look", json!({ "file": file }));
    assert_eq!((&look["heading"], &look["rows"][1]), (&json!(1), &json!(["乙", "", "老板"])));
    let job = shop.call("import_run", json!({ "file": file, "kind": "customers", "policy": "update" }));
    let report = finished(&shop, &job);
    assert_eq!((&report["created"], &report["updated"]), (&json!(0), &json!(2)), "{report}");
    assert_eq!(listed(&shop, &one("note", "contains", "两行")), ["甲"]);
}

#[test]
fn the_list_is_exported_as_it_is_shown() {
    let shop = shop();
    let folder = shop.folder();
    let gift = own_field(&shop, "送货", "yes_no", &[]);
    let first = ids(&shop)["甲"];
    shop.call("customer_cell", json!({ "id": first, "column": format!("field.{gift}"), "value": "是" }));
    let columns = json!(["name", "net", "phone", "tags", "kind", format!("field.{gift}")]);
    let export = |file: &str, more: Value| {
        let mut input = json!({ "columns": columns, "file": folder.join(file) });
        for (key, value) in more.as_object().expect("an object") {
            input[key] = value.clone();
        }
        finished(&shop, &shop.call("customer_table_export", input))
    };
    let sorted = json!({ "filter": { "sort": "net", "descending": true } });
    let done = export("list.csv", sorted);
    assert_eq!(done["rows"], 3);
    let text = std::fs::read_to_string(folder.join("list.csv")).expect("the file");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "姓名,累计消费,手机,标签,类型,送货");
    assert_eq!(lines[1], "甲,600.00,138 0013 8000,团购、老街坊,个人,是");
    assert_eq!(lines[2], "乙,20.00,,,企业,");
    export("partner.json", json!({ "ids": [first], "masked": true }));
    let rows: Value =
        serde_json::from_slice(&std::fs::read(folder.join("partner.json")).expect("the file")).expect("JSON");
    assert_eq!(
        (&rows[0]["name"], &rows[0]["phone"], &rows[0]["net"]),
        (&json!("甲"), &json!("138****8000"), &json!(600.0))
    );
    assert_eq!(rows[0][format!("field.{gift}")], Value::Null, "in an own field anything may stand");
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("at the counter");
    let refusal = shop
        .refused("customer_table_export", json!({ "filter": {}, "columns": ["name"], "file": folder.join("x.csv") }));
    assert_eq!(refusal["code"], "not_permitted");
    assert!(!folder.join("x.csv").exists());
}

/// More people than one piece holds: the order is put together of several, is whole, and follows what happens later.
#[test]
fn an_order_that_is_gathered_in_pieces_is_whole_and_follows() {
    let shop = Shop::open();
    let phone = |number: u64| format!("138{:08}", number * 7919 % 100_000_000);
    let mut text = String::from("姓名,手机,积分余额\n");
    for number in 0..2_300 {
        text += &format!("客人{number},{},{}\n", phone(number), number * 37 % 1_000);
    }
    let file = shop.folder().join("many.csv");
    std::fs::write(&file, text).expect("a file");
    let mut job = shop.call("import_run", json!({ "file": file, "kind": "customers", "policy": "skip" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["result"]["created"], 2_300, "{job}");
    let cells = |sort: &str, descending: bool| -> Vec<String> {
        let ids = shop.call("customer_table_ids", json!({ "sort": sort, "descending": descending }));
        assert_eq!((&ids["total"], ids["ids"].as_array().map(Vec::len)), (&json!(2_300), Some(2_300)));
        let page = |offset: u64| {
            let filter = json!({ "sort": sort, "descending": descending, "offset": offset, "limit": 100 });
            shop.call("customer_table", json!({ "filter": filter, "columns": [sort] }))["rows"].clone()
        };
        let pages = (0..23).map(|number| page(number * 100));
        pages.flat_map(|rows| rows.as_array().expect("rows").clone()).map(|row| row["cells"][0].to_string()).collect()
    };
    let by_phone = cells("phone", false);
    assert!(by_phone.is_sorted(), "phones rise");
    let mut expected: Vec<String> = by_phone.clone();
    expected.reverse();
    assert_eq!(cells("phone", true), expected);
    let numbers = |texts: Vec<String>| -> Vec<i64> { texts.iter().map(|text| text.parse().expect("points")).collect() };
    let by_points = numbers(cells("points", true));
    assert!(by_points.is_sorted_by(|one, other| one >= other), "points fall");
    let last = shop.call("customer_table_ids", json!({ "sort": "points", "descending": true }))["ids"][2_299].clone();
    shop.call("points_adjust", json!({ "customer_id": last, "points": 5_000, "reason": "补" }));
    shop.call("sale_create", json!({ "customer_id": last, "amount_minor": 100 }));
    let first = shop.call("customer_table_ids", json!({ "sort": "points", "descending": true }))["ids"][0].clone();
    assert_eq!(first, last, "whoever got the most stands first");
    assert_eq!(cells("phone", false), by_phone, "and phones are as they were");
}
