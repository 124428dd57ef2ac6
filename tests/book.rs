//! What the program promises about the book: encrypted, one writer, sealed log, backups that restore.

use crate::support::{Shop, app_in, fields};
use serde_json::json;
use shukebu_backend::api::books::Trade;
use shukebu_backend::clock::ManualClock;
use shukebu_backend::jobs::Progress;
use shukebu_backend::messages::Language;
use shukebu_backend::{backups, demo, keys};
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

#[test]
fn a_book_is_encrypted_from_the_first_byte_and_tells_no_name() {
    let shop = Shop::open();
    shop.call("customer_create", json!({ "name": "NameNobodyElseHas", "phone": "13812345678" }));
    shop.app.close_book();
    let bytes = fs::read(shop.path()).expect("the book");
    assert!(!bytes.starts_with(b"SQLite format 3"));
    for secret in [b"NameNobodyElseHas".as_slice(), b"13812345678", "测试店".as_bytes()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
}

#[test]
fn an_input_that_does_not_fit_names_the_field_at_fault() {
    let shop = Shop::open();
    for (command, input, field) in [
        ("customer_fields", json!({ "id": 1 }), "values"),
        ("customer_create", json!({ "name": "x", "nmae": "y" }), "nmae"),
        ("sale_create", json!({ "lines": [{ "unit_price_minor": "two" }] }), "lines.0.unit_price_minor"),
        ("sale_refund", json!([]), "input"),
    ] {
        let refusal = shop.refused(command, input);
        assert_eq!((&refusal["code"], fields(&refusal)), (&json!("invalid"), vec![field.to_owned()]), "{refusal}");
    }
}

#[test]
fn everything_is_there_after_a_restart() {
    let mut shop = Shop::open();
    let customer = shop.customer("尉迟恭");
    shop.sale(customer, 4200);
    let before = shop.profile(customer);
    shop.restart();
    assert_eq!(shop.profile(customer), before);
    assert_eq!(shop.call("customer_search", json!({ "text": "ycg" }))["rows"][0]["id"], customer);
}

#[test]
fn a_second_program_is_told_that_the_book_is_in_use() {
    let shop = Shop::open();
    let folder = tempfile::tempdir().expect("a folder");
    let other = app_in(&folder, &Arc::new(ManualClock::at(shop.app.now())));
    let key = keys::read_key_beside(&shop.path()).expect("the key");
    let refusal = other.open_book(&shop.path(), key).expect_err("one program at a time");
    assert_eq!(refusal.key, "book.in_use");
}

#[test]
fn what_is_no_book_of_ours_is_told_apart_and_never_opened_empty() {
    let shop = Shop::open();
    let path = shop.path();
    shop.app.close_book();
    let good = fs::read(&path).expect("the book");
    let key = keys::read_key_beside(&path).expect("the key");
    let refusal = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("written");
        shop.app.open_book(&path, key.clone()).expect_err("refused").key
    };
    assert_eq!(refusal(b""), "book.damaged");
    assert_eq!(refusal(&vec![0; good.len()]), "book.damaged");
    assert_eq!(refusal(b"SQLite format 3\0 and more"), "book.not_ours");
    assert_eq!(refusal(&vec![7; 20_000]), "book.not_ours");
    let mut flipped = good.clone();
    flipped[2000] ^= 1;
    assert_eq!(refusal(&flipped), "book.damaged", "the seal of the first page is broken");
    fs::write(&path, &good).expect("written");
    let stranger = keys::BookKey::generate().expect("a key");
    assert_eq!(shop.app.open_book(&path, stranger).expect_err("refused").key, "book.wrong_key");
    fs::remove_file(&path).expect("removed");
    assert_eq!(shop.app.open_book(&path, key.clone()).expect_err("refused").key, "book.missing");
    assert!(!path.exists(), "a missing book is not made anew");
    fs::write(&path, &good).expect("written");
    shop.app.open_book(&path, key).expect("the good one still opens");
}

/// A key store in memory.
#[derive(Default)]
struct Drawer(Mutex<BTreeMap<String, String>>);

impl keys::KeyStore for Drawer {
    fn save(&self, name: &str, secret: &str) -> bool {
        self.0.lock().expect("the drawer").insert(name.into(), secret.into());
        true
    }
    fn load(&self, name: &str) -> Option<String> {
        self.0.lock().expect("the drawer").get(name).cloned()
    }
}

#[test]
fn a_lost_key_file_is_made_good_by_the_key_store() {
    let shop = Shop::open();
    let drawer = Arc::new(Drawer::default());
    shop.app.use_key_store(drawer.clone());
    let key = keys::read_key_beside(&shop.path()).expect("the key");
    shop.app.open_book(&shop.path(), key).expect("opened");
    for _ in 0..500 {
        if !drawer.0.lock().expect("the drawer").is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    shop.app.close_book();
    fs::remove_file(keys::key_path(&shop.path())).expect("removed");
    shop.call("book_open", json!({ "path": shop.path() }));
    let stranger = Arc::new(Drawer::default());
    shop.app.use_key_store(stranger);
    shop.app.close_book();
    assert_eq!(shop.refused("book_open", json!({ "path": shop.path() }))["key"], "book.no_key");
}

#[test]
fn a_newer_book_is_refused_with_both_versions() {
    let shop = Shop::open();
    shop.app.pretend_newer_for_tests().expect("the version can be raised");
    shop.app.close_book();
    let key = keys::read_key_beside(&shop.path()).expect("the key");
    let refusal = shop.app.open_book(&shop.path(), key).expect_err("refused");
    assert_eq!(refusal.key, "book.newer");
    assert_eq!(refusal.values["found"], "9999");
}

#[test]
fn a_change_of_the_log_is_noticed() {
    let shop = Shop::open();
    for number in 0..5 {
        shop.customer(&format!("客人{number}"));
    }
    assert_eq!(shop.app.first_broken_audit_row().expect("walked"), None);
    for tampering in [
        "UPDATE audit SET at = at + 1 WHERE id = 3",
        "DELETE FROM audit WHERE id = 2",
        "UPDATE audit SET detail = '{}' WHERE id = 4",
        "UPDATE audit SET entity_id = 7 WHERE id = 5",
    ] {
        let broken = shop.app.with_tampering_for_tests(tampering).expect("tampered");
        assert!(broken.is_some(), "{tampering}");
    }
}

#[test]
fn a_backup_restores_everything_in_a_new_place() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sale = shop.sale(customer, 123_400);
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 400 }));
    let stick = shop.folder().join("stick");
    fs::create_dir(&stick).expect("a folder");
    let made = shop.call("backup_create", json!({ "folder": stick }));
    assert_eq!(made["customers"], 1);
    assert!(made["path"].as_str().is_some_and(|path| path.ends_with("未上锁.shukebak")));
    assert_eq!(shop.call("backup_status", json!({}))["operations_since"], 0);
    let later = shop.customer("李四");
    assert_eq!(shop.call("backup_status", json!({}))["operations_since"], 1);
    let before = shop.profile(customer);
    let target = shop.folder().join("new place").join("restored.shukebu");
    let info = shop.call("backup_restore", json!({ "file": made["path"], "target": target }));
    assert_eq!(info["path"], json!(target));
    assert_eq!(shop.profile(customer), before);
    assert_eq!(shop.refused("customer_profile", json!({ "id": later }))["code"], "not_found");
    assert_eq!(shop.app.first_broken_audit_row().expect("walked"), None, "the log came along whole");
    shop.sale(customer, 100);
}

#[test]
fn a_backup_that_was_cut_or_changed_is_never_restored() {
    let shop = Shop::open();
    shop.customer("张三");
    let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
    let good = fs::read(made["path"].as_str().expect("a path")).expect("the backup");
    let bad = shop.folder().join("bad.shukebak");
    let target = shop.folder().join("never.shukebu");
    for position in [0, 9, 40, 5000, good.len() / 2, good.len() - 40, good.len() - 1] {
        let mut changed = good.clone();
        changed[position] ^= 1;
        fs::write(&bad, &changed).expect("written");
        assert!(backups::verify_file(&bad, None).is_err(), "byte {position}");
        assert!(backups::restore_to(&bad, &target, None).is_err(), "byte {position}");
        assert!(!target.exists());
    }
    for length in [0, 7, 100, 6000, good.len() - 1] {
        fs::write(&bad, &good[..length]).expect("written");
        assert!(backups::verify_file(&bad, None).is_err(), "cut at {length}");
    }
    let leftovers = fs::read_dir(shop.folder()).expect("the folder").flatten();
    let leftovers: Vec<_> =
        leftovers.map(|entry| entry.file_name()).filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

/// The book was damaged on the disk while the program had it open.
#[cfg(unix)]
#[test]
fn a_damaged_book_is_never_backed_up_and_the_backup_before_stays() {
    let shop = Shop::open();
    for name in ["张三", "李四", "王五"] {
        shop.customer(name);
    }
    let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
    let good = fs::read(made["path"].as_str().expect("a path")).expect("the backup");
    let book = fs::OpenOptions::new().write(true).open(shop.path()).expect("the book");
    std::os::unix::fs::FileExt::write_all_at(&book, &[0xA5; 64], 20 * 4096 + 100).expect("damaged");
    // The lock on the book would go with the handle.
    std::mem::forget(book);
    shop.advance_minutes(1);
    let refusal = shop.refused("backup_create", json!({ "folder": shop.folder() }));
    assert_eq!(refusal["code"], "damaged", "{refusal}");
    let backups: Vec<_> = fs::read_dir(shop.folder())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().contains("未上锁"))
        .collect();
    assert_eq!(backups.len(), 1, "neither a second one nor a half one: {backups:?}");
    assert_eq!(fs::read(&backups[0]).expect("the first backup"), good);
    shop.customer("赵六");
}

/// No page is damaged and no row is wrong: only what leads to them.
#[test]
fn a_backup_restores_whatever_its_indexes_say_and_the_shop_learns_of_it_within_five() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    for name in ["李四", "王五", "赵六"] {
        shop.customer(name);
    }
    let before = shop.profile(customer);
    let backup = || {
        shop.advance_minutes(1);
        shop.call("backup_create", json!({ "folder": shop.folder() }))
    };
    backup();
    shop.app.mix_up_indexes_for_tests().expect("mixed up");
    let made = backup();
    assert!(backups::verify_file(made["path"].as_str().expect("a path").as_ref(), None).is_err());
    (3..=5).for_each(|_| drop(backup()));
    let refusal = shop.refused("backup_create", json!({ "folder": shop.folder() }));
    assert_eq!(refusal["code"], "damaged", "the sixth is looked through with its indexes: {refusal}");
    let target = shop.folder().join("restored.shukebu");
    shop.call("backup_restore", json!({ "file": made["path"], "target": target }));
    assert_eq!(shop.profile(customer), before);
    let made = backup();
    assert!(backups::verify_file(made["path"].as_str().expect("a path").as_ref(), None).is_ok());
}

/// A backup that anybody can make: its key stands in it, and so its seal is right.
#[test]
fn a_backup_that_holds_more_than_rows_is_never_restored() {
    for (what, sql) in [
        ("a trigger", "CREATE TRIGGER more AFTER INSERT ON sales BEGIN UPDATE customers SET note = 'mine'; END;"),
        (
            "a trigger under a name of the engine's",
            "PRAGMA writable_schema = ON;
             INSERT INTO sqlite_schema
             VALUES ('trigger', 'sqlite_more', 'sales', 0,
                     'CREATE TRIGGER sqlite_more AFTER INSERT ON sales BEGIN UPDATE customers SET note = ''mine''; END');
             PRAGMA writable_schema = OFF;",
        ),
        ("a view", "CREATE VIEW mine AS SELECT * FROM customers;"),
        ("a table", "CREATE TABLE mine (id INTEGER PRIMARY KEY) STRICT;"),
        (
            "statistics that are none",
            "PRAGMA writable_schema = ON;
             INSERT INTO sqlite_schema
             VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE VIEW sqlite_stat1 AS SELECT 1 AS tbl, 2 AS idx, 3 AS stat');
             PRAGMA writable_schema = OFF;",
        ),
        (
            "a table that asks for less",
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'sales';
             PRAGMA writable_schema = OFF;",
        ),
        ("a history that is not ours", "UPDATE refinery_schema_history SET checksum = '1' WHERE version = 1;"),
        ("a number of somebody's", "PRAGMA user_version = 7;"),
    ] {
        let shop = Shop::open();
        shop.customer("张三");
        shop.app.let_a_stranger_in_for_tests(sql).unwrap_or_else(|error| panic!("{what}: {error}"));
        let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
        let target = shop.folder().join("never.shukebu");
        let refusal = shop.refused("backup_restore", json!({ "file": made["path"], "target": target }));
        assert_eq!(refusal["key"], "backup.foreign_schema", "{what}: {refusal}");
        assert!(!target.exists(), "{what}");
    }
}

/// Rows that the program would never write, in a file of which the form is ours.
#[test]
fn a_backup_of_which_rows_are_not_what_their_tables_ask_for_is_never_restored() {
    for (what, sql) in [
        (
            "a reference to nobody",
            "PRAGMA foreign_keys = OFF; UPDATE sales SET customer_id = 99; PRAGMA foreign_keys = ON;",
        ),
        (
            "a value that its column refuses",
            "PRAGMA ignore_check_constraints = ON; UPDATE sales SET source = 'mine'; PRAGMA ignore_check_constraints = OFF;",
        ),
    ] {
        let shop = Shop::open();
        let customer = shop.customer("张三");
        shop.sale(customer, 100);
        let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
        let path = std::path::PathBuf::from(made["path"].as_str().expect("a path"));
        shop.app.let_a_stranger_in_for_tests(sql).unwrap_or_else(|error| panic!("{what}: {error}"));
        let target = shop.folder().join("never.shukebu");
        backups::seal_unseen_for_tests(&shop.app, &path).expect("sealed");
        let refusal = shop.refused("backup_restore", json!({ "file": path, "target": target }));
        assert_eq!(refusal["code"], "damaged", "{what}: {refusal}");
        assert!(!target.exists(), "{what}");
    }
}

/// The one damage that four backups of five do not see; what is restored is the newest from before it.
#[test]
fn two_alike_where_only_one_may_stand_are_never_restored_and_the_backup_before_them_is() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    shop.sale(customer, 100);
    shop.sale(customer, 200);
    let backup = || {
        shop.advance_minutes(1);
        shop.call("backup_create", json!({ "folder": shop.folder() }))
    };
    let good = backup();
    shop.app
        .let_a_stranger_in_for_tests(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'UNIQUE', '') WHERE name = 'sales_by_number';
             PRAGMA writable_schema = RESET;
             UPDATE sales SET sale_no = (SELECT min(sale_no) FROM sales);
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'CREATE  INDEX', 'CREATE UNIQUE INDEX')
             WHERE name = 'sales_by_number';
             PRAGMA writable_schema = RESET;",
        )
        .expect("two sales of one number");
    let bad = backup();
    assert!(backups::verify_file(bad["path"].as_str().expect("a path").as_ref(), None).is_err());
    let target = shop.folder().join("restored.shukebu");
    let refusal = shop.refused("backup_restore", json!({ "file": bad["path"], "target": target }));
    assert_eq!(refusal["code"], "damaged", "{refusal}");
    assert!(!target.exists());
    let info = shop.call("backup_restore", json!({ "file": good["path"], "target": target }));
    assert_eq!(info["counts"]["sales"], 2);
}

#[test]
fn a_restored_book_is_the_one_in_the_backup_to_the_byte() {
    let shop = Shop::open();
    shop.customer("张三");
    let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
    let path = std::path::PathBuf::from(made["path"].as_str().expect("a path"));
    let target = shop.folder().join("restored.shukebu");
    backups::restore_to(&path, &target, None).expect("restored");
    let (backup, restored) = (fs::read(&path).expect("the backup"), fs::read(&target).expect("the book"));
    assert!(backup.windows(restored.len()).any(|window| window == restored));
}

#[test]
fn only_the_newest_five_backups_of_this_book_stay() {
    let shop = Shop::open();
    let stranger = shop.folder().join("熟客簿-of-another.shukebak");
    fs::write(&stranger, b"not ours").expect("written");
    for _ in 0..7 {
        shop.advance_minutes(1);
        shop.call("backup_create", json!({ "folder": shop.folder() }));
    }
    let names = fs::read_dir(shop.folder()).expect("the folder").flatten();
    let backups = names.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "shukebak")).count();
    assert_eq!(backups, 5 + 1, "and a foreign file is never touched");
}

/// Half past seven in the morning at the shop is still yesterday in London.
#[test]
fn a_demo_shop_is_made_at_any_hour_of_the_day() {
    let folder = tempfile::tempdir().expect("a folder");
    for (hour, now) in ["2026-11-28T16:30:00Z", "2026-11-28T23:30:00Z", "2026-11-29T04:00:00Z"].iter().enumerate() {
        let demo = demo::Demo {
            trade: Trade::Bakery,
            customers: 20,
            now: crate::support::instant(now),
            language: Language::Simplified,
            pace: 100,
            has_offers: true,
        };
        let path = folder.path().join(format!("demo-{hour}.shukebu"));
        demo::build(&path, &demo, &Progress::default()).unwrap_or_else(|error| panic!("{now}: {error}"));
    }
}

#[test]
fn a_restore_never_overwrites() {
    let shop = Shop::open();
    let made = shop.call("backup_create", json!({ "folder": shop.folder() }));
    let refusal = shop.refused("backup_restore", json!({ "file": made["path"], "target": shop.path() }));
    assert_eq!(refusal["code"], "conflict");
}

#[test]
fn a_clock_that_went_back_is_announced_at_start() {
    let mut shop = Shop::open();
    shop.set_clock("2026-02-27T10:00:00+08:00");
    shop.restart();
    assert_eq!(shop.call("frame_get", json!({}))["clock_went_back_s"], 3 * 24 * 3600);
}

/// Before there is a book in it.
#[test]
fn a_folder_that_a_person_chose_for_a_book_is_warned_about_when_it_is_synchronised() {
    let shop = Shop::open();
    let warning = |name: &str| {
        let folder = shop.folder().join(name);
        let seen = shop.call("book_folder", json!({ "folder": folder }));
        assert_eq!((&seen["kind"], &seen["path"]), (&json!("chosen"), &json!(folder)));
        seen["warning"].clone()
    };
    assert_eq!(warning("坚果云/账本"), "folder.synced");
    assert_eq!(warning("账本"), serde_json::Value::Null);
}
