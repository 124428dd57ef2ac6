//! A shop's first day in the real window.

use shukebu_tests::equipment::shell::Shell;

#[test]
fn a_book_is_made_and_is_there_after_a_restart() {
    let shell = Shell::new("first-day");
    shell.set_clock("2026-03-02T10:00:00+08:00");
    let window = shell.open();
    window.page.fill("店名", "青禾茶铺");
    window.page.click("建好账本");
    window.page.sees("谁来了？");
    window.page.picture("window-counter");
    window.close();

    let window = shell.open();
    window.page.sees("青禾茶铺");
    window.close();
}
