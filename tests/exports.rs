//! What leaves the book can be recomputed by anybody, opened by any spreadsheet, and go into a new book.

use crate::support::Shop;
use chrono::{Days, Months, NaiveDate};
use serde_json::{Value, json};
use shukebu_backend::exports::{self, Destination, Export, Format, Kind};
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use shukebu_domain::segmentation::Window;
use std::path::PathBuf;

fn list(kind: Kind) -> Export {
    Export::of(kind)
}

/// Exports into a file of the shop's folder.
fn export(shop: &Shop, what: Export, name: &str) -> PathBuf {
    let path = shop.folder().join(name);
    exports::run(&shop.app, what, Destination::File(path.clone())).expect("an export");
    path
}

fn rows(shop: &Shop, what: Export) -> Vec<Value> {
    let path = export(shop, Export { format: Some(Format::Json), ..what }, "rows.json");
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Sales of one customer: business day and net.
type Log = Vec<(NaiveDate, i64)>;

/// A shop with forty customers whose sales come from a small generator, and the same sales as a plain log.
fn shop_with_a_log() -> (Shop, Vec<(String, Log)>) {
    let shop = Shop::open();
    let mut state = 20_260_302_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut logs = vec![];
    for number in 0..40 {
        let customer = shop.call("customer_create", json!({ "name": format!("客人{number}") }));
        let mut log = vec![];
        for _ in 0..next(7) {
            let on = day("2026-03-02") - Days::new(next(600));
            let amount = 100 + i64::try_from(next(20_000)).expect("small");
            let sale = shop
                .call("sale_create", json!({ "customer_id": customer["id"], "amount_minor": amount, "sold_on": on }));
            let refunded = match next(6) {
                0 => amount,
                1 => amount / 3,
                _ => 0,
            };
            if refunded > 0 {
                shop.call("sale_refund", json!({ "sale_id": sale["sale"]["row"]["id"], "amount_minor": refunded }));
            }
            log.push((on, amount - refunded));
        }
        logs.push((customer["member_no"].as_str().expect("a number").to_owned(), log));
    }
    (shop, logs)
}

/// Quantile scores by their definition: type 7 in whole numbers, 1 + the cut points strictly below.
fn scores(values: &[Option<i64>], parts: i64, is_reversed: bool) -> Vec<Option<i64>> {
    let mut sorted: Vec<i64> = values.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let last = i64::try_from(sorted.len()).expect("few") - 1;
    let at = |index: i64| sorted[usize::try_from(index).expect("inside")];
    let scored = |value: i64| {
        let below = (1..parts).filter(|cut| {
            let (whole, rest) = (last * cut / parts, last * cut % parts);
            // The cut point times the number of parts.
            let point = at(whole) * (parts - rest) + at((whole + 1).min(last)) * rest;
            point < value * parts
        });
        let score = 1 + i64::try_from(below.count()).expect("few");
        if is_reversed { parts + 1 - score } else { score }
    };
    values.iter().map(|value| value.map(scored)).collect()
}

#[test]
fn the_export_of_measures_equals_an_independent_computation() {
    let (shop, mut logs) = shop_with_a_log();
    logs.sort();
    for (as_of, window, months) in
        [("2026-03-02", None, Some(12)), ("2025-10-15", None, Some(12)), ("2026-03-02", Some(Window::Lifetime), None)]
    {
        let as_of = day(as_of);
        let found = rows(&shop, Export { as_of: Some(as_of), window, ..list(Kind::Measures) });
        assert_eq!(found.len(), 40);
        let after = months.map_or(NaiveDate::MIN, |months| as_of - Months::new(months));
        let life: Vec<Log> = logs
            .iter()
            .map(|(_, log)| log.iter().copied().filter(|(on, net)| *on <= as_of && *net > 0).collect())
            .collect();
        let inside: Vec<Log> =
            life.iter().map(|log| log.iter().copied().filter(|(on, _)| *on > after).collect()).collect();
        let of_buyers = |measure: &dyn Fn(usize) -> i64| -> Vec<Option<i64>> {
            (0..40).map(|row| Some(row).filter(|row| !inside[*row].is_empty()).map(measure)).collect()
        };
        let last = |row: usize| life[row].iter().map(|(on, _)| *on).max();
        let recency = of_buyers(&|row| (as_of - last(row).expect("a buyer")).num_days());
        let orders = of_buyers(&|row| i64::try_from(inside[row].len()).expect("few"));
        let net = of_buyers(&|row| inside[row].iter().map(|(_, net)| net).sum());
        let columns = [
            ("r", scores(&recency, 5, true)),
            ("f", scores(&orders, 5, false)),
            ("m", scores(&net, 5, false)),
            ("r3", scores(&recency, 3, true)),
            ("f3", scores(&orders, 3, false)),
            ("m3", scores(&net, 3, false)),
        ];
        for (row, (member_no, _)) in logs.iter().enumerate() {
            let it = &found[row];
            assert_eq!(it["member_no"], *member_no, "sorted by member number");
            assert_eq!(it["first_on"], json!(life[row].iter().map(|(on, _)| *on).min()));
            assert_eq!(it["last_on"], json!(last(row)));
            assert_eq!(it["recency_days"], json!(last(row).map(|last| (as_of - last).num_days())));
            assert_eq!(it["orders"], json!(inside[row].len()));
            let days: std::collections::BTreeSet<NaiveDate> = inside[row].iter().map(|(on, _)| *on).collect();
            assert_eq!(it["purchase_days"], json!(days.len()));
            let sum: i64 = inside[row].iter().map(|(_, net)| net).sum();
            assert_eq!(it["net_minor"], sum);
            let count = i64::try_from(inside[row].len()).expect("few");
            let average = (2 * sum + count).checked_div(2 * count);
            assert_eq!(it["average_ticket_minor"], json!(average), "rounded half up");
            for (name, scores) in &columns {
                assert_eq!(it[*name], json!(scores[row]), "{name} of {member_no}");
            }
            let expected = if life[row].is_empty() { "not_purchased" } else { "" };
            assert_eq!(it["class_simple_rfm"] == "not_purchased", expected == "not_purchased");
        }
    }
}

#[test]
fn the_classes_of_the_export_are_those_of_the_book_after_a_run() {
    let (shop, _) = shop_with_a_log();
    shop.call("segment_run", json!({}));
    let customers = rows(&shop, list(Kind::Customers));
    for (measures, customer) in rows(&shop, list(Kind::Measures)).iter().zip(&customers) {
        assert_eq!(measures["class_simple_rfm"], customer["class"], "{}", customer["name"]);
    }
}

#[test]
fn an_empty_book_exports_empty_lists() {
    let shop = Shop::open();
    for kind in [Kind::Measures, Kind::Customers, Kind::Sales, Kind::Complaints] {
        assert_eq!(rows(&shop, list(kind)), Vec::<Value>::new());
    }
}

#[test]
fn a_name_that_looks_like_a_formula_is_guarded_in_csv_and_only_there() {
    let shop = Shop::open();
    shop.call("customer_create", json!({ "name": "=HYPERLINK(1)", "note": "-5 折", "phone": "13812345678" }));
    let csv = std::fs::read_to_string(export(&shop, list(Kind::Customers), "customers.csv")).expect("a file");
    assert!(csv.starts_with('\u{feff}'), "Excel knows UTF-8 by its mark");
    assert!(csv.contains(",'=HYPERLINK(1),"), "{csv}");
    assert!(csv.contains(",'-5 折,"), "{csv}");
    assert!(csv.contains(",13812345678,"), "{csv}");
    assert_eq!(rows(&shop, list(Kind::Customers))[0]["name"], "=HYPERLINK(1)");
}

#[test]
fn figures_of_a_whole_sale_stand_once_so_that_columns_add_up() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let line = |text: &str, price: i64| json!({ "description": text, "quantity": "1.5", "unit_price_minor": price });
    let lines = json!([line("饼干", 1000), line("蛋糕", 5001)]);
    shop.call(
        "sale_create",
        json!({ "customer_id": customer, "lines": lines, "discount_minor": 2, "discount_reason": "老客户" }),
    );
    shop.sale(customer, 300);
    let found = rows(&shop, list(Kind::Sales));
    assert_eq!(found.len(), 3);
    let sum = |column: &str| found.iter().filter_map(|row| row[column].as_i64()).sum::<i64>();
    assert_eq!(sum("amount_minor"), 1500 + 7502 + 300);
    assert_eq!(sum("net_minor"), shop.call("book_info", json!({}))["totals"]["net_minor"].as_i64().expect("a total"));
}

/// A log of older sales comes into a book that has newer ones: its ids are higher and its days earlier.
#[test]
fn lines_stand_with_their_sale_in_whatever_order_sales_came_into_the_book() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sell = |names: &[&str]| {
        let lines: Vec<Value> =
            names.iter().map(|name| json!({ "description": name, "quantity": "1", "unit_price_minor": 100 })).collect();
        shop.call("sale_create", json!({ "customer_id": customer, "lines": lines }));
        shop.advance_minutes(1);
    };
    sell(&["一", "二"]);
    shop.sale(customer, 700);
    shop.advance_minutes(1);
    let log = shop.folder().join("log.csv");
    let text = "InvoiceNo,Description,Quantity,InvoiceDate,UnitPrice,Customer ID\n\
                L2,五,1,2020-01-03 10:00:00,3.00,C1\nL2,六,1,2020-01-03 10:00:00,3.00,C1\n\
                L1,七,1,2020-01-02 10:00:00,3.00,C1\nL3,八,1,2020-01-04 10:00:00,3.00,C1\n";
    std::fs::write(&log, text).expect("a log");
    let run = serde_json::from_value(json!({ "file": log, "kind": "sales" })).expect("an import");
    imports::import(&shop.app, run, &Progress::default()).expect("the log is imported");
    sell(&["三", "四"]);
    let told: Vec<(i64, String)> = rows(&shop, list(Kind::Sales))
        .iter()
        .map(|row| (row["line_no"].as_i64().unwrap_or(0), row["description"].as_str().unwrap_or("").to_owned()))
        .collect();
    let expected = [(1, "七"), (1, "五"), (2, "六"), (1, "八"), (1, "一"), (2, "二"), (0, ""), (1, "三"), (2, "四")];
    assert_eq!(told, expected.map(|(line, text)| (line, text.to_owned())));
    let recent = Export { window: Some(Window::parse("1m").expect("a window")), ..list(Kind::Sales) };
    assert_eq!(rows(&shop, recent).len(), 5, "of some days only");
}

#[test]
fn a_whole_shop_goes_into_a_new_book_and_comes_out_the_same() {
    let (shop, _) = shop_with_a_log();
    let customer = shop.customer("杨过");
    shop.call("customer_change", json!({ "id": customer, "note": "第一行\n第二行", "tags": ["老顾客"] }));
    shop.call("complaint_open", json!({ "customer_id": customer, "description": "太硬" }));
    let first = export(&shop, list(Kind::Everything), "everything.json");
    let other = Shop::at("2026-03-02T18:00:00+08:00");
    let report = imports::everything::run(&other.app, &first, &Progress::default()).expect("an import");
    assert_eq!(report.entities.customers, 41);
    let second = export(&other, list(Kind::Everything), "again.json");
    let without_moment = |path: PathBuf| {
        let text = std::fs::read_to_string(path).expect("a file");
        let at = text.find("\"exported_at\":\"").expect("a moment") + 15;
        let end = at + text[at..].find('"').expect("an end");
        format!("{}{}", &text[..at], &text[end..])
    };
    assert_eq!(without_moment(first), without_moment(second));
    let found = other.call("customer_search", json!({ "text": "yg" }));
    assert_eq!(found["rows"][0]["name"], "杨过", "the search knows the new customers");
    other.sale(customer, 500);
}

#[test]
fn a_book_in_which_somebody_worked_takes_no_other_shop() {
    let shop = Shop::open();
    let file = export(&shop, list(Kind::Everything), "everything.json");
    shop.customer("张三");
    let refusal = imports::everything::run(&shop.app, &file, &Progress::default()).expect_err("a refusal");
    assert_eq!(refusal.key, "everything.book_not_new");
}

#[test]
fn a_file_that_is_cut_off_or_foreign_changes_nothing() {
    let (shop, _) = shop_with_a_log();
    let whole = std::fs::read_to_string(export(&shop, list(Kind::Everything), "everything.json")).expect("a file");
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    let sales_first = whole.find("\"sale_no\"").expect("a sale");
    let newer = whole.replacen("\"schema\":", "\"schema\":9", 1);
    let other_column = format!("{}\"sale_number\"{}", &whole[..sales_first], &whole[sales_first + 9..]);
    let orphan = whole.replacen("\"customer_id\":10", "\"customer_id\":77", 1);
    let cases = [
        (half, "everything.unreadable"),
        (newer, "everything.newer"),
        (other_column, "everything.unknown_column"),
        (orphan, "everything.row_refused"),
        (whole.replacen("shukebu-everything", "something", 1), "everything.not_ours"),
        ("{}".to_owned(), "everything.not_ours"),
        ("[1]".to_owned(), "everything.unreadable"),
    ];
    let new = Shop::open();
    let before = std::fs::read(export(&new, list(Kind::Everything), "before.json")).expect("a file");
    for (text, key) in cases {
        let path = new.folder().join("broken.json");
        std::fs::write(&path, text).expect("a file");
        let refusal = imports::everything::run(&new.app, &path, &Progress::default()).expect_err("a refusal");
        assert_eq!(refusal.key, key, "{refusal:?}");
        let after = std::fs::read(export(&new, list(Kind::Everything), "after.json")).expect("a file");
        assert_eq!(before, after, "{key} left something behind");
    }
}

#[test]
fn an_export_that_cannot_be_written_leaves_the_old_file() {
    let shop = Shop::open();
    let folder = shop.folder().join("customers.csv");
    std::fs::create_dir(&folder).expect("a folder");
    let outcome = exports::run(&shop.app, list(Kind::Customers), Destination::File(folder));
    assert!(outcome.is_err());
    assert!(!shop.folder().join("customers.csv.part").exists());
}

#[test]
fn points_say_what_was_brought_and_what_a_log_gave() {
    let shop = Shop::open();
    let bring = |kind: &str, text: &str| {
        let path = shop.folder().join("in.csv");
        std::fs::write(&path, text).expect("a file");
        let input = serde_json::from_value(json!({ "file": path, "kind": kind })).expect("an import");
        imports::import(&shop.app, input, &Progress::default()).expect("an import")
    };
    bring("customers", "会员号,姓名,积分余额\nA1,张三,120\nA2,李四,\n");
    bring("sales", "单号,日期,会员号,金额,积分\nS1,2026-01-05,A1,50,5\nS2,2026-01-06,A1,70,7\n");
    let found = rows(&shop, list(Kind::Points));
    let points: Vec<(&str, i64, i64)> = found
        .iter()
        .map(|row| {
            let number = |key: &str| row[key].as_i64().expect("a number");
            (row["member_no"].as_str().expect("a number"), number("opening_points"), number("logged_points"))
        })
        .collect();
    assert_eq!(points, [("A1", 120, 12), ("A2", 0, 0)]);
}

#[test]
fn an_export_from_the_window_names_its_file_and_replaces_nothing() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "张三", "phone": "13800138000" }))["id"].clone();
    shop.call("customer_create", json!({ "name": "李四", "phone": "13900139000" }));
    let consent =
        |is_given: bool| json!({ "customer_id": customer, "purpose": "sharing", "is_given": is_given, "way": "paper" });
    shop.call("consent_change", consent(true));
    let run = |more: Value| {
        let mut input = json!({ "kind": "customers", "format": "csv", "folder": shop.folder() });
        for (key, value) in more.as_object().expect("an object") {
            input[key] = value.clone();
        }
        let mut job = shop.call("export_run", input);
        while job["state"] == "running" {
            std::thread::sleep(std::time::Duration::from_millis(5));
            job = shop.call("job_get", json!({ "job": job["job"] }));
        }
        assert_eq!(job["state"], "done", "{job}");
        job["result"].clone()
    };
    let read = |file: &Value| std::fs::read(file["path"].as_str().expect("a path")).expect("a file");
    let first = run(json!({}));
    assert_eq!(first["file_name"], "熟客簿-客户-2026-03-02.csv");
    assert!(String::from_utf8(read(&first)).expect("UTF-8").contains("张三"));
    let second = run(json!({ "encoding": "gb18030", "masked": true }));
    assert_eq!(second["file_name"], "熟客簿-客户-2026-03-02-2.csv");
    assert_eq!(second["rows"], 1, "whoever did not agree is not in it");
    let bytes = read(&second);
    assert!(String::from_utf8(bytes.clone()).is_err(), "not UTF-8");
    let (_, phone) = (bytes.len(), b"00138000");
    assert!(!bytes.windows(phone.len()).any(|part| part == phone), "a partner sees no phone");
    shop.call("consent_change", consent(false));
    assert_eq!(run(json!({ "masked": true, "kind": "sales" }))["rows"], 0);
    assert_eq!(run(json!({ "masked": true }))["rows"], 0, "taken back is taken back");
    assert_eq!(run(json!({ "format": "xlsx" }))["rows"], 2, "the shop's own list is whole");
    let names =
        std::fs::read_dir(shop.folder()).expect("the folder").filter_map(|it| it.ok()?.file_name().into_string().ok());
    let left: Vec<String> = names.filter(|name| name.ends_with(".rows") || name.ends_with(".part")).collect();
    assert!(left.is_empty(), "nothing of the list stays beside it: {left:?}");
    assert_eq!(run(json!({ "kind": "vcard", "format": null }))["file_name"], "熟客簿-通讯录-2026-03-02.vcf");
    let refusal = shop.refused("export_run", json!({ "kind": "everything", "masked": true, "folder": shop.folder() }));
    assert_eq!(refusal["fields"][0]["problem"], "export.not_masked");
}
