//! The lists of a shop, one file each, go into a new book and give the same shop again: customers, products, sales and what
//! went back of them.

use crate::support::Shop;
use serde_json::{Value, json};
use shukebu_backend::exports::{self, Destination, Export, Format, Kind};
use std::path::PathBuf;

/// What is exported, and as which kind of file it is imported, in the order in which one thing stands on another.
const LISTS: [(Kind, &str); 4] =
    [(Kind::Products, "products"), (Kind::Customers, "customers"), (Kind::Sales, "sales"), (Kind::Refunds, "refunds")];

fn export(shop: &Shop, kind: Kind, format: Format, name: &str) -> PathBuf {
    let path = shop.folder().join(name);
    exports::run(&shop.app, Export { format: Some(format), ..Export::of(kind) }, Destination::File(path.clone()))
        .expect("an export");
    path
}

fn import(shop: &Shop, kind: &str, file: &PathBuf) -> Value {
    let mut job = shop.call("import_run", json!({ "file": file, "kind": kind, "policy": "skip" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["state"], "done", "{kind}: {job}");
    job["result"].clone()
}

/// The rows of a list, without what names a row by the book's own numbers or says how it came into the book.
pub(crate) fn rows(shop: &Shop, kind: Kind) -> Vec<Value> {
    let path = export(shop, kind, Format::Json, "rows.json");
    let mut rows: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    for row in &mut rows {
        for own in ["refund_no", "source", "tier", "class", "class_since"] {
            row.as_object_mut().expect("a row").remove(own);
        }
    }
    rows
}

fn shop_with_refunds() -> Shop {
    let shop = Shop::open();
    let product = |facts: Value| shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone();
    let cake =
        product(json!({ "name": "蛋糕", "sku": "C1", "category": "甜点", "price_minor": 6000, "cost_minor": 2000 }));
    let tea = product(json!({ "name": "茶", "barcode": "6901234567892", "sku": "T1", "price_minor": 1500 }));
    let people = ["尉迟恭", "尉迟恭", "=cmd|' /C calc'!A0"].map(|name| shop.customer(name));
    let group = shop.call(
        "customer_create",
        json!({ "name": "大发集团", "kind": "company", "habits": "要发票", "note": "多行\n备注" }),
    );
    shop.call(
        "customer_change",
        json!({
            "id": group["id"],
            "contacts": [
                { "kind": "mobile", "value": "13800138000" },
                { "kind": "landline", "value": "010-88886666" },
                { "kind": "qq", "value": "12345" },
                { "kind": "other", "value": "BB: 8" },
                { "kind": "wechat", "value": "wxid_dafa" },
            ],
        }),
    );
    let opening = shop.folder().join("opening.csv");
    std::fs::write(&opening, "姓名,手机,累计消费,消费次数,积分余额\n老客,13900139000,1234.5,7,30\n").expect("written");
    import(&shop, "customers", &opening);
    shop.advance_minutes(26 * 60);
    let sell = |customer: i64| {
        let lines = json!([
            { "product_id": cake, "quantity": "2", "unit_price_minor": 6000 },
            { "product_id": tea, "quantity": "1.5", "unit_price_minor": 1500 },
        ]);
        let made = shop.call("sale_create", json!({ "customer_id": customer, "lines": lines }));
        shop.advance_minutes(7);
        made["sale"]["row"]["id"].clone()
    };
    // By line in two steps, by amount, taken back whole, and one of nobody.
    let sold = sell(people[0]);
    shop.call("sale_refund", json!({ "sale_id": sold, "lines": [{ "line_no": 1, "quantity": "1" }, { "line_no": 2, "quantity": "0.5" }], "reason": "塌了" }));
    shop.advance_minutes(24 * 60);
    shop.call("sale_refund", json!({ "sale_id": sold, "lines": [{ "line_no": 1, "quantity": "1" }] }));
    let sold = sell(people[1]);
    shop.call("sale_refund", json!({ "sale_id": sold, "amount_minor": 350, "reason": "=1+1" }));
    shop.call("sale_refund", json!({ "sale_id": sold, "amount_minor": 350 }));
    let sold = sell(people[2]);
    shop.call("sale_void", json!({ "sale_id": sold, "reason": "打错了" }));
    let nobody = shop.call("sale_create", json!({ "amount_minor": 900 }));
    shop.call("sale_refund", json!({ "sale_id": nobody["sale"]["row"]["id"], "amount_minor": 900 }));
    shop
}

#[test]
fn the_lists_of_a_shop_as_csv_and_as_spreadsheets_give_an_equal_book_with_every_refund() {
    let shop = shop_with_refunds();
    for (format, ending) in [(Format::Csv, "csv"), (Format::Xlsx, "xlsx")] {
        let new = Shop::open();
        new.set_clock("2026-03-06T10:00:00+08:00");
        for (kind, word) in LISTS {
            let file = export(&shop, kind, format, &format!("{word}.{ending}"));
            let report = import(&new, word, &file);
            assert_eq!(report["created"], report["rows"], "{ending} {word}: {report}");
            assert_eq!((&report["errors"], &report["warnings"]), (&json!([]), &json!([])), "{ending} {word}");
        }
        for (kind, word) in LISTS {
            assert_eq!(rows(&new, kind), rows(&shop, kind), "{ending} {word}");
        }
        let measures = |shop: &Shop| {
            let as_of = "2026-03-06".parse().ok();
            let path = shop.folder().join("measures.json");
            let what = Export { format: Some(Format::Json), as_of, ..Export::of(Kind::Measures) };
            exports::run(&shop.app, what, Destination::File(path.clone())).expect("an export");
            std::fs::read_to_string(path).expect("a file")
        };
        assert_eq!(measures(&new), measures(&shop), "{ending}");
        let totals = |shop: &Shop| shop.call("book_info", json!({}))["totals"].clone();
        assert_eq!(totals(&new), totals(&shop), "{ending}");
    }
}

#[test]
fn refunds_imported_twice_are_there_once_and_go_with_their_import() {
    let shop = shop_with_refunds();
    let new = Shop::open();
    new.set_clock("2026-03-06T10:00:00+08:00");
    for (kind, word) in &LISTS[..3] {
        import(&new, word, &export(&shop, *kind, Format::Csv, &format!("{word}.csv")));
    }
    let before = rows(&new, Kind::Sales);
    let file = export(&shop, Kind::Refunds, Format::Csv, "refunds.csv");
    assert_eq!(
        import(&new, "refunds", &file)["created"],
        8,
        "of two lines, one more line, three by amount, a void of two"
    );
    let again = import(&new, "refunds", &file);
    assert_eq!((again["created"].as_u64(), again["skipped"].as_u64()), (Some(0), Some(8)), "{again}");
    let newest = new.call("import_list", json!({}))["rows"][0]["id"].clone();
    new.call("import_undo", json!({ "id": newest }));
    assert_eq!(rows(&new, Kind::Sales), before);
    assert_eq!(rows(&new, Kind::Refunds), Vec::<Value>::new());
}

#[test]
fn a_refund_that_cannot_be_is_named_with_its_row() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 1000);
    let number = rows(&shop, Kind::Sales)[0]["sale_no"].as_str().expect("a number").to_owned();
    let file = shop.folder().join("refunds.csv");
    let text = format!(
        "单号,退款时间,退款金额,退款原因\n\
         {number},2026-03-02 11:00,4,好\n\
         {number},2026-03-02 12:00,6.01,太多\n\
         没有这单,2026-03-02 12:00,1,\n\
         {number},2026-02-30,1,\n\
         {number},2026-03-02 12:00,-1,\n\
         {number},2026-03-02 12:00,,\n"
    );
    std::fs::write(&file, text).expect("written");
    let look = shop.call("import_look", json!({ "file": file }));
    assert_eq!(look["kind"], "refunds", "by its headings");
    let report = import(&shop, "refunds", &file);
    assert_eq!(report["created"], 1);
    let problems: Vec<(u64, &str)> = report["errors"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|problem| (problem["row"].as_u64().expect("a row"), problem["code"].as_str().expect("a code")))
        .collect();
    assert_eq!(
        problems,
        [
            (3, "refund.too_much"),
            (4, "sale.unknown"),
            (5, "date.not_existing"),
            (6, "amount.negative"),
            (7, "amount.missing")
        ]
    );
    assert_eq!(rows(&shop, Kind::Sales)[0]["refunded_minor"], 400);
}
