//! A new customer in the middle of a sale, a family on one phone, a line that comes back: what happens between two regulars,
//! all by keyboard.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::webdriver::{Held, Key};

#[test]
fn a_new_customer_in_the_middle_of_a_sale_keeps_the_goods_and_shares_a_phone_with_the_family() {
    let desk = bakery("newcomer", |host| {
        host.add_customer("黄药师", "13912345678");
        host.add_product("奶油蛋糕", 8800, None);
    });
    let page = &desk.browser.page;
    page.take_goods("nydg", "¥88.00");
    page.sees("收款 ¥88.00");
    page.press(Key::F(2));
    page.types("黄蓉");
    page.sees("新建客户“黄蓉”");
    page.press(Key::Enter);
    page.sees("助记码");
    page.types("139 1234 5678");
    page.sees("已经有人用这个号码");
    page.sees("黄药师");
    page.chord(Held::Control, 's');
    page.sees("收款 ¥88.00");
    page.sees("打开档案");
    page.take_money();
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!((&sale["customer_name"], &sale["net_minor"]), (&json!("黄蓉"), &json!(8800)));
    let both = desk.host.call("customer_search", &json!({ "text": "5678" }));
    assert_eq!(both["total"], 2, "a family shares its phone: {both}");
}

#[test]
fn a_line_comes_back_by_keyboard_and_the_rest_of_the_sale_stays() {
    let desk = bakery("returned", |host| {
        let customer = host.add_customer("张小满", "13800138001");
        let lines = json!([
            { "description": "蛋挞", "quantity": "3", "unit_price_minor": 600 },
            { "description": "吐司", "quantity": "1", "unit_price_minor": 1500 },
        ]);
        host.call("sale_create", &json!({ "customer_id": customer, "lines": lines }));
    });
    let page = &desk.browser.page;
    page.press(Key::F(8));
    page.sees("收款记录");
    page.sees("张小满");
    page.press(Key::Down);
    page.press(Key::Enter);
    page.sees("3 × ¥6.00");
    page.press(Key::F(7));
    page.sees("按商品");
    page.press(Key::Right);
    page.sees("蛋挞（可退 3）");
    page.press(Key::Tab);
    page.types("1");
    page.sees("退款 ¥6.00");
    page.press(Key::Enter);
    page.press(Key::Enter);
    page.types("破了一个");
    page.press(Key::Enter);
    page.sees("破了一个");
    page.no_longer_sees("怎么退");
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!((&sale["refunded_minor"], &sale["net_minor"]), (&json!(600), &json!(3300)));
}

#[test]
fn whoever_erases_somebody_reads_what_became_of_it_and_is_led_back_to_the_others() {
    let desk = bakery("erased", |host| {
        host.add_customer("张小满", "13800138001");
    });
    let page = &desk.browser.page;
    page.go("/customers/1");
    page.sees("138 0013 8001");
    page.press(Key::F(7));
    (0..8).for_each(|_| page.press(Key::Down));
    page.press(Key::Enter);
    page.sees("永远抹除");
    page.types("张小满");
    page.press(Key::Tab);
    page.press(Key::Tab);
    page.press(Key::Enter);
    page.sees("已经抹除");
    page.press(Key::Escape);
    page.sees("新建客户");
    page.no_longer_sees("138 0013 8001");
    assert_eq!(desk.host.call("customer_search", &json!({ "text": "8001" }))["total"], 0);
}

/// With the largest letters the line has no room for its moment and its words beside each other.
#[test]
fn with_the_largest_letters_a_line_of_the_timeline_stands_beside_its_mark() {
    let desk = bakery("largest", |host| {
        let customer = host.add_customer("张小满", "13800138001");
        host.call("complaint_open", &json!({ "customer_id": customer, "description": "奶油化了" }));
    });
    let page = &desk.browser.page;
    page.ask("localStorage.setItem('shukebu.appearance', '{\"scale\":200}'); return true");
    page.go("/customers/1");
    page.ask("location.reload(); return true");
    page.sees("奶油化了");
    page.sees("成为客人");
    let lines = page.ask(
        "return [...document.querySelectorAll('[data-kind] > .selectable')].map(words => {
             const mark = words.parentElement.firstElementChild.getBoundingClientRect();
             return words.getBoundingClientRect().left - mark.right;
         });",
    );
    let gaps: Vec<f64> = lines.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect();
    assert!(gaps.len() > 1 && gaps.iter().all(|gap| *gap >= 0.0), "{gaps:?}");
}
