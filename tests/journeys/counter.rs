//! 柜台: find, look, take money, all by keyboard.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::webdriver::Key;

fn customer(host: &Host, name: &str, phone: &str) -> i64 {
    let made = host.call("customer_create", &json!({ "name": name, "phone": phone, "tags": [] }));
    made["row"]["id"].as_i64().or_else(|| made["id"].as_i64()).expect("a customer has an id")
}

#[test]
fn a_regular_is_found_by_initials_and_pays() {
    let desk = bakery("counter", |host| {
        customer(host, "张小满", "13800138001");
        customer(host, "李建国", "13900139002");
    });
    let page = &desk.browser.page;
    page.sees("谁来了？");
    page.press(Key::F(2));
    page.types("zxm");
    page.sees("张小满");
    page.press(Key::Enter);
    page.sees("138");
    page.fill("金额", "36.5");
    page.press(Key::Enter);
    page.sees("已收款");
    page.sees("36.50");
    let sales = desk.host.call("sale_list", &json!({}));
    assert_eq!(sales["rows"].as_array().map(Vec::len), Some(1), "{sales}");
}

#[test]
fn a_name_never_runs_as_code() {
    let attack = "<img src=x onerror=window.attacked=1>";
    let desk = bakery("attack", |host| {
        customer(host, attack, "13800138001");
    });
    let page = &desk.browser.page;
    page.sees("谁来了？");
    page.press(Key::F(2));
    page.types("8001");
    page.sees(attack);
    page.press(Key::Enter);
    page.sees(attack);
    assert_eq!(page.ask("return window.attacked === undefined"), json!(true));
}
