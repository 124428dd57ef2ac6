//! 优惠活动: the owner makes one as a sentence, the till gives it, a key leaves it out, the receipt says why.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::wait_for;
use shukebu_tests::equipment::webdriver::{Held, Key};

#[test]
fn an_offer_is_made_as_a_sentence_and_given_at_the_till() {
    let desk = bakery("offers", |host| {
        host.call("sale_create", &json!({ "amount_minor": 25_000 }));
    });
    let page = &desk.browser.page;
    page.open("优惠活动");
    page.sees("还没有活动");
    page.chord(Held::Control, 'n');
    page.fill("名称", "三月满减");
    page.fill("第 1 档满", "200");
    page.fill("第 1 档优惠", "20");
    page.sees("过去 30 天 1 单里会有 1 单享受，共让利 ¥20.00");
    page.picture("made");
    page.click("从现在起有效");
    page.sees("全店满 ¥200.00 减 ¥20.00");

    page.chord(Held::Alt, '1');
    page.fill("金额", "162");
    page.sees("再买 ¥38.00 可减 ¥20.00");
    page.fill("金额", "220");
    page.sees("收款 ¥200.00");
    page.picture("given");
    page.chord(Held::Control, 'd');
    page.sees("收款 ¥220.00");
    page.chord(Held::Control, 'd');
    page.sees("收款 ¥200.00");
    page.press(Key::Enter);
    page.sees("已收款");
    page.sees("三月满减：满 ¥200.00 减 ¥20.00，省 ¥20.00");
    let sales = desk.host.call("sale_list", &json!({}));
    assert_eq!(sales["rows"][0]["net_minor"], 20_000, "{sales}");
}

#[test]
fn a_plan_says_whom_it_will_reach_and_a_batch_is_printed_whole_however_long() {
    let desk = bakery("plans", |host| {
        host.add_customer("张小满", "13800138001");
        let terms = json!({ "worth": { "kind": "value", "value_minor": 500 } });
        let audience = json!({ "kind": "anybody", "number": 450 });
        let batch = json!({ "name": "传单券", "terms": terms, "audience": audience, "valid_days": 30 });
        host.call("coupon_issue", &batch);
    });
    let page = &desk.browser.page;
    page.go("/ladder/offers");
    page.sees("还没有计划");
    page.click("新建发券计划");
    page.fill("名称", "每月会员券");
    page.fill("减多少", "20");
    page.sees("现在看有 1 位，全部用掉最多减 ¥20.00");
    page.picture("plan");
    page.click("保存并开始");
    page.sees("每月 1 日");
    let plan = desk.host.call("coupon_plan_list", &json!({}))["rows"][0].clone();
    assert_eq!((&plan["name"], &plan["is_ended"]), (&json!("每月会员券"), &json!(false)), "{plan}");

    page.ask(
        "window.print = () => { window.printed = document.querySelectorAll('[data-printed] section').length; };
         return true",
    );
    page.click("传单券");
    page.sees("打印 450 张");
    page.chord(Held::Control, 'p');
    page.sees("打印 450 条");
    page.chord(Held::Control, 'p');
    let printed = || (page.ask("return window.printed ?? 0") == json!(450)).then_some(());
    wait_for(printed).expect("every coupon goes to the printer, not only those of the preview");
}
