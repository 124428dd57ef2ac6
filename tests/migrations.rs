//! Books, backups and exports of versions that shops have: they open, restore and import with nothing lost. Each folder
//! under `frozen/` was written by the program of that version and never changes.

use crate::support::{Shop, app_in};
use serde_json::{Value, json};
use shukebu_backend::app::App;
use shukebu_backend::clock::ManualClock;
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use shukebu_backend::{commands, keys};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file as the program of a version left it.
fn frozen(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen").join(name)
}

/// A program on a frozen book, at the moment when it was written.
fn opened(version: &str) -> (tempfile::TempDir, Arc<App>, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.shukebu");
    fs::copy(frozen(&format!("{version}/book.frozen")), &path).expect("copied");
    fs::copy(frozen(&format!("{version}/book.key")), folder.path().join("shop.shukebu.key")).expect("copied");
    let clock = Arc::new(ManualClock::at(crate::support::instant(crate::support::MONDAY_TEN)));
    let app = app_in(&folder, &clock);
    app.open_book(&path, keys::read_key_beside(&path).expect("the key")).expect("an older book opens");
    (folder, app, path)
}

fn call(app: &App, command: &str, input: Value) -> Value {
    let answer = commands::call(app, command, &input.to_string()).unwrap_or_else(|error| panic!("{command}: {error}"));
    serde_json::from_str(&answer).expect("answers are JSON")
}

/// What the first version's shop knew, however it got into this program.
#[track_caller]
fn the_first_shop_is_whole(app: &App) {
    let info = call(app, "book_info", json!({}));
    assert_eq!(info["counts"]["customers"], 4);
    assert_eq!(info["counts"]["sales"], 2);
    assert_eq!(info["counts"]["complaints"], 1);
    assert_eq!(info["totals"]["net_minor"], 127_000, "1,200.00 and 80.00 less 10.00 given back");
    let found = call(app, "customer_search", json!({ "text": "zw" }));
    assert_eq!(found["rows"][0]["name"], "张伟");
    assert_eq!(found["rows"][0]["tier"]["name"], "银卡");
    let profile = call(app, "customer_profile", json!({ "id": found["rows"][0]["id"] }));
    assert_eq!(profile["complaints"][0]["description"], "蛋糕塌了");
    assert_eq!(call(app, "customer_search", json!({ "text": "8004" }))["rows"][0]["name"], "𠮷田");
    let sold = call(app, "sale_create", json!({ "customer_id": found["rows"][0]["id"], "amount_minor": 500 }));
    assert_eq!(sold["is_new"], true, "and the day goes on");
}

#[test]
fn a_book_of_the_first_version_opens_with_everything_and_the_old_file_is_kept() {
    let (_folder, app, path) = opened("v1");
    the_first_shop_is_whole(&app);
    let newest = Shop::open().call("book_info", json!({}))["schema"].clone();
    assert_eq!(call(&app, "book_info", json!({}))["schema"], newest);
    assert_eq!(app.first_broken_audit_row().expect("the log can be walked"), None);
    let kept = PathBuf::from(format!("{}.before-v2", path.display()));
    assert_eq!(fs::read(kept).expect("the old file"), fs::read(frozen("v1/book.frozen")).expect("frozen"));
}

#[test]
fn a_migrated_book_opens_again_and_is_not_migrated_twice() {
    let (folder, app, path) = opened("v1");
    app.close_book();
    fs::remove_file(format!("{}.before-v2", path.display())).expect("it was kept");
    app.open_book(&path, keys::read_key_beside(&path).expect("the key")).expect("it opens again");
    the_first_shop_is_whole(&app);
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("the folder").flatten().map(|file| file.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("before")), "{left:?}");
}

#[test]
fn a_backup_of_the_first_version_restores() {
    let shop = Shop::open();
    let target = shop.folder().join("restored.shukebu");
    shop.call("backup_restore", json!({ "file": frozen("v1/backup.frozen"), "target": target }));
    the_first_shop_is_whole(&shop.app);
}

#[test]
fn an_export_of_a_whole_shop_of_the_first_version_imports() {
    let shop = Shop::open();
    imports::everything::run(&shop.app, &frozen("v1/everything.json"), &Progress::default()).expect("an import");
    the_first_shop_is_whole(&shop.app);
}

/// Form 24 kept each lot of points in a row of its own; since form 25 the first lot of an event stands in the event. Only
/// the migrations know that, so an export of form 24 has to go through them.
#[test]
fn points_of_an_export_between_two_forms_are_what_they_were() {
    let shop = Shop::open();
    let text = fs::read_to_string(frozen("v1/everything.json")).expect("frozen");
    let (at, day) = (1_772_416_800_000_i64, "2026-03-02");
    let event = json!({ "id": 1, "customer_id": 4, "on_day": day, "at": at, "staff_id": 1, "kind": "opening",
        "points": 50, "earned": 50 });
    let lot = json!({ "id": 1, "customer_id": 4, "event_id": 1, "part": 0, "earned_on": day, "spendable_from": day,
        "expires_on": null, "points": 50, "remaining": 50 });
    let with_points = text.replacen("\"schema\":1,", "\"schema\":24,", 1).replacen(
        "\"tables\":{",
        &format!("\"tables\":{{\"points_events\":[{event}],\"points_lots\":[{lot}],"),
        1,
    );
    let path = shop.folder().join("form-24.json");
    fs::write(&path, with_points).expect("a file");
    imports::everything::run(&shop.app, &path, &Progress::default()).expect("an import");
    let statement = shop.call("points_statement", json!({ "customer_id": 4 }));
    assert_eq!(statement["card"]["balance"], 50, "{statement}");
    assert!(!shop.folder().join("shop.shukebu.importing").exists(), "nothing is left beside the book");
    the_first_shop_is_whole(&shop.app);
}
