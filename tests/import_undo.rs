//! An import is one thing: it can be taken back as a whole, or it is said what stands on it by now.

use crate::support::Shop;
use serde_json::{Value, json};
use shukebu_backend::exports::{self, Destination, Export, Kind};
use std::collections::BTreeMap;

fn import(shop: &Shop, kind: &str, text: &str, policy: &str) -> Value {
    let path = shop.folder().join("file.csv");
    std::fs::write(&path, text).expect("the file is written");
    let mut job = shop.call("import_run", json!({ "file": path, "kind": kind, "policy": policy }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["state"], "done", "{job}");
    job["result"].clone()
}

fn newest(shop: &Shop) -> Value {
    shop.call("import_list", json!({}))["rows"][0].clone()
}

fn undo(shop: &Shop) -> Value {
    shop.call("import_undo", json!({ "id": newest(shop)["id"] }))
}

/// All rows of the book but those about imports and the program's own looks at the classes.
fn everything(shop: &Shop) -> Value {
    let path = shop.folder().join("everything.json");
    exports::run(&shop.app, Export::of(Kind::Everything), Destination::File(path.clone())).expect("an export");
    let mut all: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    let tables = all["tables"].as_object_mut().expect("tables");
    for own in ["imports", "import_changes", "import_ranges", "import_layouts", "segment_runs", "sequences"] {
        tables.remove(own);
    }
    if let Some(rows) = tables["segment_assignments"].as_array_mut() {
        // The newest by a scheme holds.
        let who = |row: &Value| (row["customer_id"].as_i64(), row["scheme_key"].to_string());
        let newest: BTreeMap<_, _> = rows.iter().map(|row| (who(row), row["id"].clone())).collect();
        rows.retain(|row| newest[&who(row)] == row["id"]);
        for row in rows {
            for column in ["id", "run_id", "at", "from_class_key", "assignment"] {
                row[column] = Value::Null;
            }
        }
    }
    all["tables"].clone()
}

#[track_caller]
fn assert_same(before: &Value, after: &Value) {
    for (table, rows) in before.as_object().expect("tables") {
        assert_eq!(&after[table], rows, "{table}");
    }
}

const PEOPLE: &str = "姓名,手机,会员号,标签,累计消费,备注\n\
    张三,13800138000,A1,老客;爱甜,1000,新的备注\n\
    李四,13900139000,A2,老客,,\n\
    王五,,A3,,20,\n";
const LOG: &str = "单号,日期,会员号,商品编号,数量,单价\n\
    S1,2026-01-05,A1,P1,2,10\n\
    S1,2026-01-05,A1,P2,1,30\n\
    S2,2026-02-05,A9,P1,1,10\n";

/// A shop with a customer, a tag and a sale of its own.
fn shop() -> Shop {
    let shop = Shop::open();
    let customer = shop.call(
        "customer_create",
        json!({ "name": "张三", "member_no": "A1", "tags": ["常来"], "note": "原来的备注",
                "phone": "13700137000" }),
    );
    shop.call("sale_create", json!({ "customer_id": customer["id"], "amount_minor": 5000 }));
    shop
}

#[test]
fn taking_an_import_back_leaves_the_book_as_it_was_and_the_file_can_come_again() {
    let shop = shop();
    let before = everything(&shop);
    let first = import(&shop, "customers", PEOPLE, "update");
    assert_eq!((first["created"].as_u64(), first["updated"].as_u64()), (Some(2), Some(1)));
    assert_ne!(everything(&shop), before);
    let row = newest(&shop);
    assert_eq!((row["kind"].as_str(), row["can_undo"].as_bool()), (Some("customers"), Some(true)));
    let undone = undo(&shop);
    assert_eq!(undone["undone_at"], "2026-03-02T02:00:00Z");
    assert_same(&before, &everything(&shop));
    assert_eq!(shop.call("customer_search", json!({ "text": "李四" }))["total"], 0);
    assert_eq!(shop.call("customer_search", json!({ "text": "13800138000" }))["total"], 0);
    assert_eq!(shop.refused("import_undo", json!({ "id": row["id"] }))["key"], "import.undone_already");
    let again = import(&shop, "customers", PEOPLE, "update");
    assert_eq!((&again["created"], &again["updated"]), (&first["created"], &first["updated"]));
    assert_eq!(shop.app.first_broken_audit_row().expect("an answer"), None);
}

#[test]
fn sales_go_with_their_lines_goods_tier_and_class() {
    let shop = shop();
    let before = everything(&shop);
    let log = "单号,日期,会员号,商品编号,数量,单价\nS0,2026-02-01,A1,P1,1,90000\n";
    import(&shop, "sales", &(log.to_owned() + "S1,2026-02-02,A1,P2,1,5\nS2,2026-02-03,A9,P2,1,5\n"), "skip");
    let preview = shop.call("import_undo_preview", json!({ "id": newest(&shop)["id"] }));
    let count = |what: &str| {
        let found = preview["removes"].as_array().unwrap().iter().find(|it| it["what"] == what);
        found.and_then(|it| it["count"].as_u64())
    };
    assert_eq!([count("customers"), count("products"), count("sales")], [Some(1), Some(2), Some(3)], "{preview}");
    assert_eq!(preview["obstacles"], json!([]));
    undo(&shop);
    assert_same(&before, &everything(&shop));
}

#[test]
fn new_rows_are_noted_by_their_numbers_only_also_in_a_book_that_never_had_one() {
    let shop = Shop::open();
    import(&shop, "sales", LOG, "skip");
    let path = shop.folder().join("noted.json");
    exports::run(&shop.app, Export::of(Kind::Everything), Destination::File(path.clone())).expect("an export");
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    let ranges: Vec<&str> = all["tables"]["import_ranges"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["table_name"].as_str())
        .collect();
    assert!(["customers", "products", "sales", "sale_lines"].iter().all(|table| ranges.contains(table)), "{ranges:?}");
    let changes = all["tables"]["import_changes"].as_array().unwrap();
    let twice: Vec<&Value> =
        changes.iter().filter(|row| ranges.contains(&row["table_name"].as_str().unwrap())).collect();
    assert!(twice.is_empty(), "{twice:?}");
    undo(&shop);
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 0);
}

#[test]
fn what_came_later_is_named_and_nothing_is_taken_back() {
    let shop = Shop::open();
    import(&shop, "customers", PEOPLE, "skip");
    let list = newest(&shop);
    import(&shop, "sales", LOG, "skip");
    let hits = shop.call("customer_search", json!({ "text": "李四" }));
    let id = hits["rows"][0]["id"].clone();
    shop.call("customer_change", json!({ "id": id, "note": "手改" }));
    shop.call("sale_create", json!({ "customer_id": id, "amount_minor": 100 }));
    let before = everything(&shop);
    let refusal = shop.refused("import_undo", json!({ "id": list["id"] }));
    assert_eq!(refusal["key"], "import.has_followers");
    let said: Vec<&str> =
        refusal["fields"].as_array().unwrap().iter().filter_map(|it| it["message"].as_str()).collect();
    assert!(said.iter().any(|line| line.contains("2 条消费")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("1 条后来又被改过")), "{said:?}");
    assert_same(&before, &everything(&shop));
    let preview = shop.call("import_undo_preview", json!({ "id": list["id"] }));
    assert_eq!(preview["obstacles"].as_array().unwrap().len(), said.len());
    // The log is younger, and nothing but itself hangs on it.
    undo(&shop);
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 1);
}

#[test]
fn what_was_changed_by_hand_after_an_update_stays_as_it_is_now() {
    let shop = shop();
    import(&shop, "customers", PEOPLE, "update");
    let hits = shop.call("customer_search", json!({ "text": "张三" }));
    let id = hits["rows"][0]["id"].clone();
    shop.call("customer_change", json!({ "id": id, "note": "又改了" }));
    undo(&shop);
    let view = shop.call("customer_profile", json!({ "id": id }));
    let text = view.to_string();
    assert!(text.contains("又改了") && !text.contains("13800138000"), "{text}");
    assert!(text.contains("13700137000") && text.contains("常来") && !text.contains("爱甜"), "{text}");
}

#[test]
fn a_try_and_an_import_that_brings_nothing_leave_no_import_behind() {
    let shop = Shop::open();
    import(&shop, "customers", PEOPLE, "skip");
    import(&shop, "customers", PEOPLE, "skip");
    assert_eq!(shop.call("import_list", json!({}))["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn a_clerk_cannot_take_an_import_back() {
    assert!(matches!(
        shukebu_domain::rights::right(shukebu_domain::rights::Role::Clerk, "import.undo"),
        shukebu_domain::rights::Right::No
    ));
}

#[test]
fn the_problems_of_a_try_become_a_file_with_row_and_reason() {
    let shop = Shop::open();
    let path = shop.folder().join("file.csv");
    std::fs::write(&path, "姓名,手机\n张三,1.38E+10\n,\n").expect("the file is written");
    let mut job = shop.call("import_run", json!({ "file": path, "kind": "customers", "dry_run": true }));
    while job["state"] == "running" {
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    let file = shop.call("import_problems", json!({ "job": job["job"], "folder": shop.folder() }));
    let text = std::fs::read_to_string(file["path"].as_str().unwrap()).unwrap();
    assert_eq!(file["rows"], 1);
    assert!(text.starts_with("\u{feff}行号,字段,结果,原因\r\n2,phone,"), "{text}");
}

#[test]
fn the_counter_is_served_while_an_import_is_under_way() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "在柜台" }));
    let mut text = String::from("单号,日期,会员号,商品编号,数量,单价\n");
    for number in 0..20_000 {
        text += &format!("S{number},2026-01-05,A{},P1,2,10\n", number % 500);
    }
    let path = shop.folder().join("file.csv");
    std::fs::write(&path, text).expect("the file is written");
    let mut job = shop.call("import_run", json!({ "file": path, "kind": "sales" }));
    let mut served = 0;
    while job["state"] == "running" {
        if served < 3 {
            shop.call("sale_create", json!({ "customer_id": customer["id"], "amount_minor": 100 }));
            job = shop.call("job_get", json!({ "job": job["job"] }));
            served += i32::from(job["state"] == "running");
        } else {
            std::thread::sleep(std::time::Duration::from_millis(20));
            job = shop.call("job_get", json!({ "job": job["job"] }));
        }
    }
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(served, 3, "sales at the counter are done before the import is");
    assert_eq!(job["result"]["created"], 20_000);
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 20_003);
}

#[test]
fn figures_follow_when_two_records_became_one_after_an_import() {
    let shop = Shop::open();
    let kept = shop.call("customer_create", json!({ "name": "张三", "phone": "13800138000" }));
    let gone = shop.call("customer_create", json!({ "name": "张三丰", "member_no": "A1" }));
    import(&shop, "sales", "单号,日期,会员号,金额\nS1,2026-01-05,A1,50\n", "skip");
    let log = newest(&shop);
    shop.call("customer_merge", json!({ "survivor_id": kept["id"], "absorbed_id": gone["id"] }));
    let net = || {
        let rows = shop.call("customer_search", json!({ "text": "13800138000" }))["rows"].clone();
        rows[0]["net_minor"].as_i64().expect("a sum")
    };
    assert_eq!(net(), 5000);
    shop.call("import_undo", json!({ "id": log["id"] }));
    assert_eq!(net(), 0);
}
