//! Backup with read-back and verification, and restore: against copying the same bytes durably.

use super::figure::Figure;
use super::file;
use super::shop::{OpenShop, Shop};
use super::stopwatch::{self, Laps, shown};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Backup and restore.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let book = open.book();
    let folder = file::temporary_folder();
    let rounds = shop.size.rounds(7);
    let (mut sales, mut path, mut bytes) = (0, String::new(), 0);
    let (made, copied) = stopwatch::by_turns(
        rounds,
        |_| {
            let view = open.read("backup_create", &json!({ "folder": folder.path() }));
            sales = view["sales"].as_i64().unwrap_or(0);
            bytes = view["bytes"].as_u64().unwrap_or(0);
            path = view["path"].as_str().unwrap_or_default().to_owned();
        },
        |_| file::copy_durably(&book, &folder.path().join("copy")),
    );
    let mut restored = 0;
    let (restore, copied_back) = stopwatch::by_turns(
        rounds,
        |round| {
            let target = folder.path().join(format!("restored-{round}"));
            file::make_folder(Some(&target));
            let info = open.read("backup_restore", &json!({ "file": path, "target": target }));
            restored = info["counts"]["sales"].as_i64().unwrap_or(0);
        },
        |_| file::copy_durably(path.as_ref(), &folder.path().join("copy")),
    );
    let megabytes = bytes / 1_000_000;
    let waits = counter_meanwhile(&open, folder.path());
    let longest = waits.longest();
    vec![
        Figure::at_most("backup.create", 4.0, "≤ 4×", stopwatch::ratio(made.median(), copied.median()))
            .measured(format!("backup_create of {megabytes} MB: copy, flush, read back, open, count"), made.text())
            .against(format!("{}, cp and fsync", copied.text()))
            .checked(sales == shop.sales(), format!("{sales} sales in it")),
        Figure::at_most("backup.counter", 1.0, "≤ 20 ms", stopwatch::ratio(longest, Duration::from_millis(20)))
            .measured(
                "the longest wait of a read at the counter (sale_day) while a backup is made",
                format!("{}, median {}", shown(longest), waits.text()),
            )
            .against("20 ms, the longest that the counter may wait"),
        Figure::at_most("backup.restore", 4.0, "≤ 4×", stopwatch::ratio(restore.median(), copied_back.median()))
            .measured("backup_restore: verify, copy, flush, open", restore.text())
            .against(format!("{}, cp and fsync", copied_back.text()))
            .checked(restored == shop.sales(), format!("{restored} sales restored")),
    ]
}

/// Reads at the counter while a backup is made: what each of them took.
fn counter_meanwhile(open: &OpenShop, folder: &Path) -> Laps {
    let mut waits = Laps::default();
    std::thread::scope(|threads| {
        let making = threads.spawn(|| open.read("backup_create", &json!({ "folder": folder })));
        while !making.is_finished() {
            waits.time(|| open.call("sale_day", &json!({ "on": "2026-03-01" })));
        }
    });
    waits
}
