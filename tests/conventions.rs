//! Habits of a counter in a Chinese shop, through the one list of commands: what a hit tells, families on one phone, rare
//! characters, member numbers, names that would like to run.

use crate::support::Shop;
use calamine::{Data, Reader};
use serde_json::{Value, json};
use shukebu_backend::api::exports::ExportEncoding;
use shukebu_backend::exports::{self, Destination, Export, Format, Kind};
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use std::path::PathBuf;

fn export(shop: &Shop, what: Export, name: &str) -> PathBuf {
    let path = shop.folder().join(name);
    exports::run(&shop.app, what, Destination::File(path.clone())).expect("an export");
    path
}

fn import(shop: &Shop, kind: &str, file: &PathBuf) -> Value {
    let input = serde_json::from_value(json!({ "file": file, "kind": kind })).expect("an import");
    serde_json::to_value(imports::import(&shop.app, input, &Progress::default()).expect("an import")).expect("JSON")
}

fn first_hit(shop: &Shop, text: &str) -> Value {
    shop.call("customer_search", json!({ "text": text }))["rows"][0].clone()
}

/// conventions.md, Finding a customer: choosing needs no opening.
#[test]
fn a_hit_tells_everything_that_choosing_needs() {
    let shop = Shop::open();
    let made = json!({ "name": "王丽华", "salutation": "王姐", "phone": "13812345678" });
    let customer = shop.call("customer_create", made)["id"].as_i64().expect("an id");
    shop.sale(customer, 120_000);
    shop.call("complaint_open", json!({ "customer_id": customer, "description": "太硬" }));
    let hit = first_hit(&shop, "wlh");
    assert_eq!(
        (&hit["salutation"], &hit["tier"]["name"], &hit["last_on"]),
        (&json!("王姐"), &json!("银卡"), &json!("2026-03-02"))
    );
    assert_eq!((&hit["points"], &hit["open_complaints"]), (&json!(1200), &json!(1)));
    assert!(hit["segment"]["name"].is_string(), "{hit}");
    assert_eq!(hit["phone"], "138 1234 5678", "in groups");
}

/// conventions.md, Names, phones: the same phone in a family is a warning and no error.
#[test]
fn a_family_on_one_phone_is_warned_about_and_kept() {
    let shop = Shop::open();
    let mother = shop.call("customer_create", json!({ "name": "王丽华", "phone": "138 1234 5678" }));
    assert_eq!(mother["same_phone"], json!([]));
    let son = shop.call("customer_create", json!({ "name": "李小明", "phone": "+86-13812345678" }));
    assert_eq!(son["same_phone"][0]["id"], mother["id"], "who has it already is named");
    assert_eq!(shop.call("customer_search", json!({ "text": "5678" }))["total"], 2);
}

/// conventions.md, Names: characters beyond the BMP survive search, masking, cutting and export.
#[test]
fn characters_beyond_the_bmp_survive_search_masking_and_export() {
    let shop = Shop::open();
    let made = shop.call("customer_create", json!({ "name": "𠮷田䶮", "note": "要𠮷字贺卡" }));
    for typed in ["𠮷", "䶮", "𠮷田䶮", "yan"] {
        assert_eq!(first_hit(&shop, typed)["name"], "𠮷田䶮", "{typed}");
    }
    let consent = json!({ "customer_id": made["id"], "purpose": "sharing", "is_given": true, "way": "paper" });
    shop.call("consent_change", consent);
    let masked = Export { masked: true, format: Some(Format::Json), ..Export::of(Kind::Customers) };
    let rows: Vec<Value> =
        serde_json::from_slice(&std::fs::read(export(&shop, masked, "masked.json")).expect("a file")).expect("JSON");
    assert_eq!(rows[0]["name"], "𠮷**", "one character is one, however many bytes it takes");
    for (encoding, name) in [(ExportEncoding::Utf8, "utf8.csv"), (ExportEncoding::Gb18030, "gb.csv")] {
        let file = export(&shop, Export { encoding, ..Export::of(Kind::Customers) }, name);
        let other = Shop::open();
        assert_eq!(import(&other, "customers", &file)["created"], 1);
        let found = other
            .profile(other.call("customer_search", json!({ "text": "𠮷" }))["rows"][0]["id"].as_i64().expect("an id"));
        assert_eq!(
            (&found["customer"]["name"], &found["customer"]["note"]),
            (&json!("𠮷田䶮"), &json!("要𠮷字贺卡")),
            "{name}"
        );
    }
}

/// conventions.md, Input methods and scanners: a number of the program's has a check digit, an imported one stays as it is.
#[test]
fn a_member_number_has_a_check_digit_and_an_imported_one_is_kept() {
    let shop = Shop::open();
    let own =
        shop.call("customer_create", json!({ "name": "张三" }))["member_no"].as_str().expect("a number").to_owned();
    let sum: u32 = own
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = digit.to_digit(10).expect("digits only") * if place % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    assert_eq!(sum % 10, 0, "{own} is checked as bank cards are");
    let file = shop.folder().join("in.csv");
    std::fs::write(&file, "会员号,姓名\n00017,李四\nVIP-8,王五\n").expect("a file");
    import(&shop, "customers", &file);
    assert_eq!(
        (first_hit(&shop, "00017")["name"].clone(), first_hit(&shop, "VIP-8")["name"].clone()),
        (json!("李四"), json!("王五"))
    );
}

/// Bad input of the customers' part: such names travel through list, search, table and every export as text.
#[test]
fn names_that_would_run_travel_through_lists_and_exports_as_text() {
    const NAMES: [&str; 3] = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "@SUM(1+1)*cmd|' /C calc'!A0"];
    let shop = Shop::open();
    for (number, name) in NAMES.iter().enumerate() {
        shop.call("customer_create", json!({ "name": name, "phone": format!("1380013800{number}") }));
    }
    let listed = shop.call("customer_list", json!({ "sort": "member_no" }));
    let names: Vec<&str> =
        listed["rows"].as_array().expect("rows").iter().filter_map(|row| row["name"].as_str()).collect();
    for name in NAMES {
        assert!(names.contains(&name), "{names:?}");
    }
    let sheet = export(&shop, Export::of(Kind::Customers), "customers.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&sheet).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let cells: Vec<&Data> = range.rows().skip(1).map(|row| &row[2]).collect();
    assert_eq!(cells, NAMES.map(|name| Data::String(name.into())).iter().collect::<Vec<_>>(), "texts, not formulas");
    let formulas = book.worksheet_formula("Sheet1").expect("a sheet");
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "no cell is computed");
    let csv = std::fs::read_to_string(export(&shop, Export::of(Kind::Customers), "customers.csv")).expect("a file");
    assert!(csv.contains(",'=cmd|") && csv.contains(",'@SUM"), "{csv}");
    // As a phone book and as a list they come back as they were.
    for (what, kind, name) in [(Kind::Vcard, "vcard", "all.vcf"), (Kind::Customers, "customers", "again.csv")] {
        let other = Shop::open();
        assert_eq!(import(&other, kind, &export(&shop, Export::of(what), name))["created"], 3, "{kind}");
        for name in NAMES {
            let found = other.call("customer_search", json!({ "text": name }));
            assert_eq!(found["rows"][0]["name"], name, "{kind}");
        }
    }
}
