//! Journeys: the built interface in Chromium over the loopback host, with a real backend and a clock
//! that the test moves. Each journey is what one person does, typed through the keyboard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod complaint;
mod counter;
mod festival;
mod first_start;
mod import;
mod loyalty;
mod offers;
mod paper;
mod promised;
mod regulars;
mod segments;
mod table;
mod value;

use shukebu_domain::time::Timestamp;
use shukebu_tests::equipment::browser::Browser;
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::steps::MONDAY_TEN;
use tempfile::TempDir;

/// A shop's computer: profile, backend and browser.
pub struct Desk {
    /// The browser; ends first.
    pub browser: Browser,
    /// Backend and clock.
    pub host: Host,
    _home: TempDir,
}

/// A computer on which the program was never started.
pub fn empty_desk(name: &str) -> Desk {
    desk(name, |_| ())
}

/// A computer with an open book of a bakery, prepared further by the test, at the counter.
pub fn bakery(name: &str, prepare: impl FnOnce(&Host)) -> Desk {
    let desk = desk(name, |host| {
        host.call("book_create", &serde_json::json!({ "name": "小满面包房", "trade": "bakery" }));
        prepare(host);
    });
    desk.browser.page.stands_at_the_counter();
    desk
}

fn desk(name: &str, prepare: impl FnOnce(&Host)) -> Desk {
    let home = tempfile::tempdir().unwrap();
    let host = Host::start(home.path(), Timestamp::parse(MONDAY_TEN).unwrap());
    prepare(&host);
    let browser = Browser::open(&host.address, name);
    Desk { browser, host, _home: home }
}
