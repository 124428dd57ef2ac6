//! A shop's first day in the real window: from an empty computer to a complaint that runs late and
//! is still late after a restart.

use shukebu_tests::equipment::page::Page;
use shukebu_tests::equipment::shell::Shell;
use shukebu_tests::equipment::steps::MONDAY_TEN;

/// What a shop kept in a table until today.
const REGULARS: &str =
    "姓名,手机,生日\n张小满,13800138001,1990-05-06\n李建国,13900139002,\n王芳,13700137003,1985-11-30\n";

#[test]
fn a_shop_imports_sells_and_hears_of_a_complaint_that_runs_late() {
    let shell = Shell::new("first-day");
    shell.set_clock(MONDAY_TEN);
    let table = shell.profile().join("老客户.csv");
    std::fs::write(&table, REGULARS).unwrap();
    shell.will_pick(&table);

    let window = shell.open();
    let page = &window.page;
    page.make_book();
    page.import_list("张小满");
    page.sees("客户 3 位");
    sell(page);
    page.complain("蛋糕上的名字写错了");
    page.sees("TS-20260302-001");
    page.sees("还剩");

    shell.set_clock("2026-03-02T11:01:00+08:00");
    page.sees("超时");
    page.picture("window-late");
    window.close();

    let window = shell.open();
    window.page.sees("超时");
    window.page.sees("小满面包房");
    window.close();
}

fn sell(page: &Page) {
    page.find_regular("张", "张小满");
    page.take_amount("5000");
    page.sees("5,000.00");
    page.sees("升为");
    page.picture("window-promotion");
}
