//! 会员 at the counter: points earned, spent and looked up; a pack set up, sold, used and its slip printed. By keyboard.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::webdriver::{Held, Key};

#[test]
fn points_are_earned_spent_and_shown_without_the_mouse() {
    let desk = bakery("points", |host| {
        let id = host.add_customer("张小满", "13800138001");
        host.call("sale_create", &json!({ "customer_id": id, "amount_minor": 90_000 }));
        host.call("gift_save", &json!({ "name": "帆布袋", "points": 300, "stock_delta": 5 }));
    });
    let page = &desk.browser.page;
    page.find_regular("zxm", "138 0013 8001");
    page.types("100");
    page.sees("最多 900 积分，抵 ¥9.00");
    // From the amount to the points: the next field.
    page.press(Key::Tab);
    page.types("150");
    page.press(Key::Enter);
    page.sees("积分要按 100 的倍数用，例如 100。");
    page.press(Key::Backspace);
    page.press(Key::Backspace);
    page.press(Key::Backspace);
    page.types("400");
    page.sees("收款 ¥96.00");
    page.press(Key::Enter);
    page.sees("已收款");
    page.sees("用了 400 积分，抵 ¥4.00");
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!(sale["net_minor"], 9_600, "{sale}");
    let id = sale["customer_id"].clone();
    let card = || desk.host.call("points_statement", &json!({ "customer_id": id }))["card"]["balance"].clone();
    assert_eq!(card(), 900 - 400 + 96);
    page.go(&format!("/ladder/points/{id}"));
    page.sees("张小满的积分");
    page.press(Key::F(7));
    page.sees("今天可用 596 积分");
    // The first gift that the points are enough for stands under the key.
    page.sees("300 积分");
    page.press(Key::Enter);
    page.no_longer_sees("今天可用 596 积分");
    page.sees("296");
    assert_eq!(card(), 296, "the gift took three hundred");
    page.chord(Held::Control, 'p');
    page.sees("会员对账单");
}

/// S0-17: who comes often and is no member stands on the list, is asked at the counter and enrolled with one key.
#[test]
fn a_regular_who_is_no_member_is_asked_at_the_counter_and_enrolled_with_one_key() {
    let desk = bakery("member", |host| {
        let id = host.add_customer("张小满", "13800138001");
        for day in 24..=28 {
            let sale = json!({ "customer_id": id, "amount_minor": 1_000, "sold_on": format!("2026-02-{day}") });
            host.call("sale_create", &sale);
        }
    });
    let page = &desk.browser.page;
    page.go("/ladder/members");
    page.sees("近一年来过 5 次起");
    page.sees("张小满");
    page.picture("members");
    page.go("/counter");
    page.find_regular("zxm", "138 0013 8001");
    page.sees("第 6 次来，还不是会员");
    page.chord(Held::Alt, 'm');
    page.sees("已登记入会");
    let left = desk.host.call("member_invites", &json!({ "offset": 0 }));
    assert_eq!(left["total"], 0, "{left}");
    page.go("/ladder/members");
    page.sees("没有需要邀请的客人");
}

/// S3-19, S1-20: one key adds what a tag calls for, another hands out the gift that waits; what was handed out is taken back
/// on the page of the list.
#[test]
fn what_fits_and_a_gift_of_a_list_are_given_by_one_key_each_and_the_gift_comes_back() {
    let desk = bakery("given", |host| {
        let new = json!({ "name": "张小满", "phone": "13800138001", "tags": ["低糖"] });
        let id = host.call("customer_create", &new)["id"].clone();
        let facts = json!({ "name": "低糖戚风", "price_minor": 4_800, "stock": "5" });
        let product = host.call("product_create", &json!({ "facts": facts }))["row"]["id"].clone();
        let rule = json!({ "tag": "低糖", "product_id": product, "gives": "trial", "reason": "少糖，先尝一块" });
        host.call("fitting_save", &rule);
        let gift = json!({ "name": "帆布袋", "points": 300, "cost_minor": 600, "stock_delta": 5 });
        let gift = host.call("gift_save", &gift)["gifts"][0]["id"].clone();
        let named = json!({ "kind": "named", "customer_ids": [id] });
        host.call("giveaway_save", &json!({ "name": "老客答谢礼", "gift_id": gift, "audience": named }));
    });
    let (host, page) = (&desk.host, &desk.browser.page);
    page.find_regular("zxm", "138 0013 8001");
    page.sees("少糖，先尝一块");
    page.sees("老客答谢礼");
    page.picture("counter-what-fits");
    page.types("100");
    page.chord(Held::Alt, 'g');
    page.no_longer_sees("少糖，先尝一块");
    page.take_money();
    let sold = host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!(sold["net_minor"], 10_000, "the trial costs nothing: {sold}");
    page.find_regular("zxm", "138 0013 8001");
    page.chord(Held::Alt, 'l');
    page.sees("已交：帆布袋");
    let list = || host.call("giveaway_list", &json!({}))["rows"][0].clone();
    assert_eq!((&list()["given"], &list()["stock"]), (&json!(1), &json!(4)));
    page.go("/ladder/points");
    page.click("老客答谢礼");
    page.sees("待领");
    page.click("已领");
    page.click("收回");
    page.sees("为什么收回");
    page.types("点错了人");
    page.picture("gift-list-take-back");
    page.chord(Held::Control, 's');
    page.sees("还没有人领");
    assert_eq!((&list()["given"], &list()["stock"]), (&json!(0), &json!(5)));
}

#[test]
fn a_pack_is_set_up_sold_used_and_its_slip_is_there_to_sign() {
    let desk = bakery("pack", |host| {
        host.add_customer("张小满", "13800138001");
    });
    let page = &desk.browser.page;
    page.open("次卡");
    page.sees("还没有次卡");
    page.press(Key::F(7));
    page.sees("有效天数");
    page.types("咖啡 10 杯卡");
    page.press(Key::Enter);
    page.types("160");
    page.press(Key::Enter);
    page.press(Key::Enter);
    page.types("180");
    page.press(Key::Enter);
    page.sees("10 次 · 180 天内有效");
    page.press(Key::Escape);
    page.chord(Held::Control, 'n');
    page.sees("收款 ¥160.00");
    page.types("zxm");
    page.sees("138 0013 8001");
    page.press(Key::Enter);
    page.no_longer_sees("138 0013 8001");
    page.press(Key::Enter);
    page.sees("张小满 买了 咖啡 10 杯卡，收款 ¥160.00");
    page.press(Key::F(2));
    page.types("zxm");
    page.sees("138 0013 8001");
    page.press(Key::Enter);
    page.sees("剩 10 / 10 次");
    page.chord(Held::Control, 'u');
    page.sees("用次");
    page.press(Key::Enter);
    page.sees("还剩 9 次");
    page.chord(Held::Control, 'p');
    page.sees("次卡使用单");
    page.sees("客人签字");
    page.press(Key::Escape);
    page.press(Key::Escape);
    page.sees("剩 9 / 10 次");
    // Back at the till, where the next amount belongs.
    page.types("12");
    page.sees("收款 ¥12.00");
    let pack = desk.host.call("pack_list", &json!({}))["rows"][0].clone();
    assert_eq!((&pack["standing"]["left"], &pack["entries"][0]["sessions"]), (&json!(9), &json!(1)), "{pack}");
}
