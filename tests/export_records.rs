//! What is more than the four lists that make a book: ledgers, coupons, packs, consents and whatever else the book holds are lists
//! too, and everything is one workbook or one archive as well as one JSON.

use crate::support::Shop;
use calamine::{Data, Reader};
use serde_json::{Value, json};
use shukebu_backend::exports::{self, Destination, Export, Format, Kind};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

fn export(shop: &Shop, kind: Kind, format: Format, name: &str) -> PathBuf {
    let path = shop.folder().join(name);
    exports::run(&shop.app, Export { format: Some(format), ..Export::of(kind) }, Destination::File(path.clone()))
        .expect("an export");
    path
}

pub(crate) fn rows(shop: &Shop, word: &str) -> Vec<Value> {
    let kind = Kind::parse(word).expect("a list");
    serde_json::from_slice(&std::fs::read(export(shop, kind, Format::Json, "rows.json")).expect("a file"))
        .expect("JSON")
}

/// A shop in which something of every kind happened.
fn busy_shop() -> (Shop, i64) {
    let shop = Shop::open();
    let customer = shop.customer("=cmd|' /C calc'!A0");
    shop.sale(customer, 6800);
    shop.call(
        "consent_change",
        json!({ "customer_id": customer, "purpose": "marketing", "is_given": true, "way": "paper" }),
    );
    shop.call("wish_add", json!({ "customer_id": customer, "text": "无糖蛋糕" }));
    shop.call("complaint_open", json!({ "customer_id": customer, "description": "太硬" }));
    (shop, customer)
}

#[test]
fn every_booking_of_points_is_a_row_and_adds_up_to_the_balance() {
    let (shop, customer) = busy_shop();
    shop.call("points_adjust", json!({ "customer_id": customer, "points": -8, "reason": "打错" }));
    let found = rows(&shop, "points_ledger");
    let sum: i64 = found.iter().map(|row| row["points"].as_i64().expect("points")).sum();
    assert_eq!(sum, 60);
    assert_eq!(rows(&shop, "points")[0]["balance"], sum, "the list by customer says the same");
    assert_eq!((&found[0]["kind"], &found[0]["booked_on"]), (&json!("earn"), &json!("2026-03-02")));
    assert_eq!(found[0]["member_no"], rows(&shop, "customers")[0]["member_no"]);
    assert!(found[0]["sale_no"].is_string(), "which sale earned them: {found:?}");
    assert_eq!(found.last().expect("a row")["reason"], "打错");
    assert!(found[0]["written_at"].as_str().expect("an instant").ends_with("+08:00"));
}

#[test]
fn each_record_of_a_customer_stands_under_whoever_stayed_after_a_merge() {
    let (shop, away) = busy_shop();
    let stays = shop.customer("杨过");
    shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": away }));
    let number = shop.profile(stays)["customer"]["member_no"].clone();
    for word in ["points_ledger", "consents", "wishes", "case_entries"] {
        let found = rows(&shop, word);
        assert!(!found.is_empty(), "{word}");
        for row in found {
            assert_eq!((&row["member_no"], &row["customer"]), (&number, &json!("杨过")), "{word}");
        }
    }
}

#[test]
fn a_workbook_of_everything_has_a_sheet_for_every_list_with_the_rows_of_that_list() {
    let (shop, _) = busy_shop();
    let file = export(&shop, Kind::Everything, Format::Xlsx, "all.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names.len() + 2, Kind::words().count(), "all but everything itself and the contacts of a phone");
    let mut sizes = BTreeMap::new();
    for name in names {
        let range = book.worksheet_range(&name).expect("a sheet");
        sizes.insert(name, range.height().saturating_sub(1));
    }
    assert_eq!((sizes["客户"], sizes["消费"], sizes["积分流水"], sizes["到货关注"]), (1, 1, 1, 1), "{sizes:?}");
    assert_eq!((sizes["优惠券"], sizes["次卡"]), (0, 0), "an empty list has its head: {sizes:?}");
    let customers = book.worksheet_range("客户").expect("a sheet");
    assert_eq!(customers.get((1, 2)), Some(&Data::String("=cmd|' /C calc'!A0".into())), "a text, not a formula");
}

#[test]
fn an_archive_of_everything_has_a_csv_for_every_list_as_it_is_exported_alone() {
    let (shop, _) = busy_shop();
    let file = export(&shop, Kind::Everything, Format::Csv, "all.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).expect("a file")).expect("an archive");
    assert_eq!(archive.len() + 2, Kind::words().count());
    let mut read = |name: &str| {
        let mut bytes = vec![];
        archive.by_name(name).expect("a file").read_to_end(&mut bytes).expect("readable");
        bytes
    };
    for (name, kind) in
        [("客户.csv", Kind::Customers), ("积分流水.csv", Kind::PointsLedger), ("投诉.csv", Kind::Complaints)]
    {
        let alone = std::fs::read(export(&shop, kind, Format::Csv, "alone.csv")).expect("a file");
        assert_eq!(read(name), alone, "{name}");
    }
    assert!(String::from_utf8(read("客户.csv")).expect("UTF-8").contains(",'=cmd|"), "guarded");
}

/// What people sat down with and what a person set instead of the numbers are lists too.
#[test]
fn assessments_and_priorities_set_by_hand_are_lists_of_their_own() {
    let (shop, customer) = busy_shop();
    let owner = shop.call("staff_list", json!({}))["people"][0]["id"].clone();
    let improvement = json!({ "problem": "太硬", "action": "换面粉", "owner_id": owner, "due_on": "2026-03-20" });
    let held = json!({ "people": [owner], "notes": "少糖更好", "improvements": [improvement] });
    shop.call("assessment_record", held);
    let lock = json!({ "customer_id": customer, "level": 1, "reason": "老朋友", "until": "2026-12-31" });
    shop.call("priority_lock", lock);
    let held = &rows(&shop, "assessments")[0];
    assert_eq!(
        (&held["held_on"], &held["notes"], &held["improvements"]),
        (&json!("2026-03-02"), &json!("少糖更好"), &json!("换面粉"))
    );
    let lock = &rows(&shop, "priority_locks")[0];
    assert_eq!((&lock["level"], &lock["reason"]), (&json!(1), &json!("老朋友")));
    assert_eq!(lock["member_no"], rows(&shop, "customers")[0]["member_no"]);
}

/// S0-33: every date that was promised is a row; what came of it and what it cost stand with the date that holds.
#[test]
fn what_customers_were_promised_is_a_list_with_every_date_and_its_cost_once() {
    let (shop, _) = busy_shop();
    let case = shop.call("complaint_inbox", json!({}))["rows"][0].clone();
    let form =
        json!({ "id": case["id"], "kind": "repair", "text": "换拉链", "due_on": "2026-03-05", "cost_minor": 3_000 });
    let id = shop.call("complaint_promise", form)["remedies"][0]["id"].clone();
    shop.call("complaint_change_promise", json!({ "id": id, "due_on": "2026-03-06", "reason": "客人出差" }));
    shop.call("complaint_finish_promise", json!({ "id": id, "cost_minor": 3_500, "text": "客人取走了" }));
    let found = rows(&shop, "remedies");
    let told = |row: &Value, keys: [&str; 5]| keys.map(|key| row[key].clone());
    assert_eq!(
        told(&found[0], ["due_on", "is_kept", "cost_minor", "ended", "reason"]),
        [json!("2026-03-05"), Value::Null, Value::Null, Value::Null, Value::Null]
    );
    assert_eq!(
        told(&found[1], ["due_on", "is_kept", "cost_minor", "ended", "reason"]),
        [json!("2026-03-06"), json!(1), json!(3_500), json!("done"), json!("客人出差")]
    );
    for row in &found {
        assert_eq!((&row["case_no"], &row["words"]), (&case["case_no"], &json!("换拉链")));
        assert_eq!(row["member_no"], rows(&shop, "customers")[0]["member_no"]);
    }
    assert_eq!(found.len(), 2);
}

#[test]
fn a_window_of_days_leaves_out_what_happened_before_it() {
    let (shop, customer) = busy_shop();
    shop.advance_minutes(60 * 24 * 40);
    shop.sale(customer, 1000);
    let count = |window: Option<&str>| {
        let window = window.map(|text| shukebu_domain::segmentation::Window::parse(text).expect("a window"));
        let path = shop.folder().join("rows.json");
        let what = Export { window, format: Some(Format::Json), ..Export::of(Kind::PointsLedger) };
        exports::run(&shop.app, what, Destination::File(path)).expect("an export")
    };
    assert_eq!((count(None), count(Some("30d"))), (2, 1));
}

#[test]
fn a_record_is_not_for_a_partner() {
    let (shop, _) = busy_shop();
    for kind in ["consents", "points_ledger", "interactions", "everything"] {
        let refusal = shop.refused("export_run", json!({ "kind": kind, "masked": true, "folder": shop.folder() }));
        assert_eq!(refusal["fields"][0]["problem"], "export.not_masked", "{kind}");
    }
}

#[test]
fn from_the_window_everything_has_the_ending_of_what_it_is() {
    let (shop, _) = busy_shop();
    for (format, ending) in [(json!(null), "json"), (json!("xlsx"), "xlsx"), (json!("csv"), "zip")] {
        let mut job =
            shop.call("export_run", json!({ "kind": "everything", "format": format, "folder": shop.folder() }));
        while job["state"] == "running" {
            std::thread::sleep(std::time::Duration::from_millis(5));
            job = shop.call("job_get", json!({ "job": job["job"] }));
        }
        assert_eq!(job["result"]["file_name"], format!("熟客簿-全部数据-2026-03-02.{ending}"), "{job}");
    }
}
