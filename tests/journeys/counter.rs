//! 柜台: find, look, take money, all by keyboard.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::webdriver::Key;

#[test]
fn a_regular_is_found_by_initials_and_pays() {
    let desk = bakery("counter", |host| {
        host.add_customer("张小满", "13800138001");
        host.add_customer("李建国", "13900139002");
    });
    let page = &desk.browser.page;
    page.press(Key::F(2));
    page.types("zxm");
    page.sees("张小满");
    page.press(Key::Enter);
    page.sees("138");
    page.take_amount("36.5");
    page.sees("36.50");
    let sales = desk.host.call("sale_list", &json!({}));
    assert_eq!(sales["rows"].as_array().map(Vec::len), Some(1), "{sales}");
}

#[test]
fn a_name_never_runs_as_code() {
    let attack = "<img src=x onerror=window.attacked=1>";
    let desk = bakery("attack", |host| {
        host.add_customer(attack, "13800138001");
    });
    let page = &desk.browser.page;
    page.press(Key::F(2));
    page.types("8001");
    page.sees(attack);
    page.press(Key::Enter);
    page.sees(attack);
    assert_eq!(page.ask("return window.attacked === undefined"), json!(true));
}

/// A hand scanner: every key within a millisecond, into whatever has the focus, ended by Enter.
const SCAN: &str = "
    const at = document.activeElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    // A scanner keeps its pace however busy the computer is.
    let moment = performance.now();
    const press = (key, code) => {
      const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
      at.dispatchEvent(Object.defineProperty(event, 'timeStamp', { value: (moment += 5) }));
    };
    for (const digit of '6901234567892') {
      press(digit, `Digit${digit}`);
      if (at instanceof HTMLInputElement) {
        set.call(at, at.value + digit);
        at.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }
    press('Enter', 'Enter');
    return at.tagName;";

/// An input method: letters become characters, and the Enter that confirms them is not the till's.
const COMPOSE: &str = "
    const at = document.activeElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const write = (text) => { set.call(at, text); at.dispatchEvent(new Event('input', { bubbles: true })); };
    at.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    write('dangao');
    write('蛋糕');
    at.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '蛋糕' }));
    at.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
    return at.value;";

#[test]
fn goods_are_sold_by_lines_without_the_mouse() {
    let desk = bakery("lines", |host| {
        host.add_customer("张小满", "13800138001");
        host.add_product("奶油蛋糕", 8800, None);
        host.add_product("蛋挞", 600, None);
    });
    let page = &desk.browser.page;
    page.take_goods("nydg", "¥88.00");
    page.sees("收款 ¥88.00");
    assert_eq!(page.ask(COMPOSE), json!("蛋糕"));
    page.sees("按文字记一行“蛋糕”");
    page.no_longer_sees("¥176.00");
    page.press(Key::Escape);
    page.types("dt");
    page.sees("¥6.00");
    page.press(Key::Enter);
    page.types("*5");
    page.press(Key::Enter);
    page.sees("收款 ¥118.00");
    page.find_regular("zxm", "138 0013 8001");
    page.take_money();
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!(sale["net_minor"], 11_800, "{sale}");
    assert_eq!(sale["customer_name"], "张小满", "goods stay when the customer is chosen after them");
}

#[test]
fn a_scan_adds_its_product_and_never_becomes_an_amount() {
    let desk = bakery("scan", |host| host.add_product("红茶", 3500, Some("6901234567892")));
    let page = &desk.browser.page;
    page.fill("金额", "");
    assert_eq!(page.ask(SCAN), json!("INPUT"));
    page.sees("收款 ¥35.00");
    page.ask(SCAN);
    page.sees("收款 ¥70.00");
    page.press(Key::Enter);
    page.sees("已收款");
    assert_eq!(desk.host.call("sale_list", &json!({}))["rows"][0]["net_minor"], 7000);
}

#[test]
fn a_sale_that_was_cut_short_comes_back_as_it_was() {
    let desk = bakery("draft", |host| {
        host.add_customer("张小满", "13800138001");
        host.add_product("奶油蛋糕", 8800, None);
    });
    let page = &desk.browser.page;
    page.find_regular("zxm", "138 0013 8001");
    page.take_goods("nydg", "¥88.00");
    page.sees("收款 ¥88.00");
    page.fill("备注", "写生日快乐");
    let kept = |host: &Host| host.call("draft_get", &json!({ "till": "1" }))["content"].to_string();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while !kept(&desk.host).contains("写生日快乐") && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    page.ask("window.location.hash = '#/counter'; window.location.reload(); return true;");
    page.sees("收款 ¥88.00");
    page.sees("打开档案");
    page.take_money();
    let sales = desk.host.call("sale_list", &json!({}));
    assert_eq!(sales["total"], 1);
    assert_eq!(sales["rows"][0]["note"], "写生日快乐");
    assert_eq!(kept(&desk.host), "null", "the draft went with the sale");
}

#[test]
fn a_large_discount_is_approved_on_the_clerks_own_screen_and_nothing_typed_is_lost() {
    let desk = bakery("approval", |host| {
        host.add_customer("张小满", "13800138001");
        for (name, role) in [("王店长", "manager"), ("小李", "clerk")] {
            host.app().add_staff_for_tests(name, role).unwrap();
        }
        host.app().act_as("小李").unwrap();
    });
    let page = &desk.browser.page;
    page.find_regular("zxm", "张小满");
    page.fill("备注", "写生日快乐");
    page.press(Key::F(7));
    page.fill("整单优惠", "20");
    page.fill("优惠原因", "蛋糕微瑕");
    page.fill("金额", "100");
    page.sees("收款 ¥80.00");
    page.sees("收款时请店长或店主批准");
    page.press(Key::Enter);
    page.sees("请人批准");
    page.press(Key::Escape);
    page.no_longer_sees("请人批准");
    let kept = "return [...document.querySelectorAll('input, textarea')].map((field) => field.value).join('|');";
    let typed = page.ask(kept).to_string();
    for words in ["100", "20", "蛋糕微瑕", "写生日快乐"] {
        assert!(typed.contains(words), "{words} of {typed}");
    }
    page.fill("金额", "100");
    page.press(Key::Enter);
    page.sees("王店长 · 店长");
    page.picture("approval");
    page.press(Key::Enter);
    page.sees("请写明原因");
    page.types("老客户，当面看过");
    page.press(Key::Enter);
    page.sees("已收款");
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0].clone();
    assert_eq!((&sale["net_minor"], &sale["note"]), (&json!(8_000), &json!("写生日快乐")));
    let view = desk.host.call("sale_get", &json!({ "id": sale["id"] }));
    assert_eq!(view["approvals"][0]["approved_by"], "王店长");
    page.press(Key::F(8));
    page.sees("收款记录");
}

#[test]
fn whoever_is_meant_stands_first_and_enter_takes_them() {
    let desk = bakery("ranking", |host| {
        let long_ago = host.add_customer("李建国", "13800138001");
        let lately = host.add_customer("王小明", "13900138001");
        host.add_customer("张三丰", "13700137000");
        host.add_customer("张三", "13600136000");
        for (who, day) in [(long_ago, "2025-06-01"), (lately, "2026-02-27")] {
            host.call("sale_create", &json!({ "customer_id": who, "amount_minor": 1_000, "sold_on": day }));
        }
    });
    let page = &desk.browser.page;
    page.press(Key::F(2));
    page.types("8001");
    page.sees("李建国");
    page.press(Key::Enter);
    page.sees("139 0013 8001");
    page.press(Key::Escape);
    page.press(Key::F(2));
    page.types("zhangsan");
    page.sees("张三丰");
    page.press(Key::Enter);
    page.sees("136 0013 6000");
}

#[test]
fn a_usual_order_is_kept_and_sold_again() {
    let desk = bakery("usual", |host| {
        host.add_customer("张小满", "13800138001");
        host.add_product("奶油蛋糕", 8800, None);
    });
    let page = &desk.browser.page;
    page.find_regular("zxm", "138 0013 8001");
    page.take_goods("nydg", "¥88.00");
    page.types("*2");
    page.press(Key::Enter);
    page.sees("收款 ¥176.00");
    page.click("常购组合");
    page.fill("把这一单存为组合", "周五下午茶");
    page.press(Key::Enter);
    page.sees("已保存，下次一键加入");
    page.press(Key::Escape);
    page.take_money();
    page.press(Key::Enter);
    page.click("常购组合");
    page.sees("周五下午茶");
    page.press(Key::Enter);
    page.sees("收款 ¥176.00");
}

#[test]
fn a_photograph_is_kept_with_a_customer_and_comes_out_again_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let photograph = folder.path().join("门店 合影.jpg");
    let bytes: Vec<u8> = [0xff, 0xd8, 0xff, 0xe0].into_iter().chain((0..9_000).map(|n| (n % 251) as u8)).collect();
    std::fs::write(&photograph, &bytes).expect("a file");
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("a folder");
    let desk = bakery("files", |host| {
        host.add_customer("张小满", "13800138001");
        host.will_pick("keep_file", &photograph);
        host.will_pick("export_folder", &out);
    });
    let page = &desk.browser.page;
    let id = desk.host.call("customer_search", &json!({ "text": "zxm" }))["rows"][0]["id"].as_i64().expect("an id");
    page.go(&format!("/customers/{id}"));
    page.sees("张小满");
    page.press(Key::F(7));
    page.click("附件");
    page.sees("还没有附件");
    page.click("添加文件");
    page.sees("门店 合影.jpg");
    page.click("存出来");
    page.sees("已存到");
    assert_eq!(std::fs::read(out.join("门店 合影.jpg")).expect("the copy"), bytes);
}
