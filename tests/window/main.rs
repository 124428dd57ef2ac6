//! The real window: the built shell under WebDriver on a virtual display.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod first_day;
mod shots;
mod walls;

use shukebu_tests::equipment::page::Page;

/// A Monday at ten in the morning in Shanghai, inside opening hours.
pub const MONDAY_TEN: &str = "2026-03-02T10:00:00+08:00";

/// Opens a screen by its place, as a deep link does.
pub fn go(page: &Page, place: &str) {
    page.ask(&format!("location.hash = '#{place}'"));
}

/// Makes a bakery's book on the first page.
pub fn make_book(page: &Page) {
    page.fill("店名", "小满面包房");
    page.click("烘焙");
    page.click("建好账本");
    page.sees("谁来了？");
}
