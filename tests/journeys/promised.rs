//! 答应客人的事, 评估, and how a case looks in every state: by keyboard, over days, light and dark, in two languages.

use crate::{Desk, bakery};
use serde_json::{Value, json};
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::wait_for;
use shukebu_tests::equipment::webdriver::{Held, Key};

fn open(host: &Host, what: &str) -> i64 {
    let view = host.call("complaint_open", &json!({ "customer_id": 1, "description": what }));
    view["row"]["id"].as_i64().expect("an id")
}

fn resolve(host: &Host, id: i64) {
    host.call("complaint_respond", &json!({ "id": id, "channel": "phone", "text": "已道歉" }));
    host.call(
        "complaint_resolve",
        &json!({
            "id": id, "empathy": "当面道歉", "compensation_kind": "redo", "compensation_minor": 3_800,
            "compensation_note": "重做一个", "root_cause": "手写订单看错字", "improvement": "名字由客人自己写",
            "improvement_due_on": "2026-03-31",
        }),
    );
}

/// The person comes back to the computer.
fn look_again(desk: &Desk) {
    desk.browser.page.ask("window.dispatchEvent(new Event('focus')); return true");
}

#[test]
fn something_promised_is_for_today_after_midnight_and_is_done_by_keyboard() {
    let desk = bakery("promised", |host| {
        host.add_customer("张小满", "13800138001");
        open(host, "拉链坏了");
        host.call("complaint_respond", &json!({ "id": 1, "channel": "phone", "text": "已道歉" }));
    });
    let page = &desk.browser.page;
    page.go("/complaints");
    page.sees("拉链坏了");
    page.press(Key::Enter);
    page.sees("三个承诺");
    // It is the first of 更多.
    page.press(Key::F(7));
    page.sees("合并到另一件");
    page.press(Key::Enter);
    page.sees("答应客人什么");
    page.fill("答应了什么", "换好拉链送到家");
    page.fill("哪天前", "2026-03-03");
    page.press(Key::Enter);
    page.press(Key::Enter);
    page.fill("大概花多少", "30");
    page.chord(Held::Control, 's');
    page.sees("3月3日 前");
    page.sees("答应 2026年3月3日 前维修：换好拉链送到家");

    page.go("/complaints");
    page.no_longer_sees("今天要兑现");
    desk.host.pass_minutes(14 * 60 + 1);
    look_again(&desk);
    page.sees("今天要兑现");
    page.sees("今天打烊前");
    page.picture("complaints-promised-today");
    page.press(Key::F(8));
    page.sees("三个承诺");
    page.press(Key::F(8));
    page.sees("实际花了多少");
    page.types("客人取走了");
    page.press(Key::Enter);
    page.press(Key::Enter);
    page.sees("做到了");
    page.no_longer_sees("实际花了多少");
    let remedy = desk.host.call("complaint_get", &json!({ "id": 1 }))["remedies"][0].clone();
    assert_eq!((&remedy["state"], &remedy["dates"][0]["is_kept"]), (&json!("done"), &json!(true)), "{remedy}");
    assert_eq!(remedy["ended_text"], "客人取走了");
    page.picture("complaint-promised-done");
}

/// From finding the customer to the closed case without a mouse: 26 presses and words, a word counted as one.
#[test]
fn a_whole_complaint_is_lived_by_keys_alone() {
    let desk = bakery("keys", |host| {
        host.add_customer("张小满", "13800138001");
    });
    let page = &desk.browser.page;
    let say = |words: &str| {
        page.types(words);
        page.press(Key::Enter);
    };
    page.find_regular("zxm", "张小满");
    page.press(Key::F(4));
    page.sees("登记，开始计时");
    say("蛋糕上的名字写错了");
    page.sees("三个承诺");
    say("道歉，马上重做");
    page.sees("怎么对客人说的");
    page.types("当面道歉");
    // Past the kind of compensation, which is none, to why.
    page.press(Key::Tab);
    page.press(Key::Tab);
    for words in ["客人只要道歉", "手写订单看错字", "名字由客人自己写", "2026-03-09"] {
        say(words);
    }
    page.sees("72 小时回访");
    desk.host.pass_minutes(5 * 60);
    look_again(&desk);
    page.chord(Held::Control, '2');
    page.press(Key::Enter);
    say("都满意");
    page.sees("已回访");
    say("谢谢");
    page.sees("已关闭");
    let case = desk.host.call("complaint_get", &json!({ "id": 1 }));
    let resolved = &case["resolutions"][0];
    let parts = ["empathy", "compensation_note", "root_cause", "improvement"].map(|part| resolved[part].clone());
    assert_eq!(parts, ["当面道歉", "客人只要道歉", "手写订单看错字", "名字由客人自己写"].map(Value::from));
}

#[test]
fn an_assessment_falls_due_is_held_by_keyboard_and_stays_to_be_read() {
    let desk = bakery("assessment", |host| {
        host.add_customer("张小满", "13800138001");
        host.call("staff_add", &json!({ "name": "小王", "role": "clerk" }));
        let id = open(host, "名字写错了");
        resolve(host, id);
        host.call("assessment_plan", &json!({ "rhythm": { "kind": "weekly", "weekday": 3 } }));
    });
    let page = &desk.browser.page;
    page.go("/complaints");
    page.sees("未结");
    page.chord(Held::Control, '5');
    page.sees("每周三");
    page.sees("下一次 3月4日，还有 2 天。");
    desk.host.pass_minutes(2 * 24 * 60);
    look_again(&desk);
    page.sees("今天该评估了。");
    page.sees("该评估了");
    page.sees("手写订单看错字");
    page.picture("assessment-due");

    page.chord(Held::Control, 'n');
    page.sees("谁参加了");
    // The first person of the list has the focus.
    page.types(" ");
    page.fill("谈了什么，决定了什么", "中午回复慢");
    page.click("加一条改进");
    page.types("中午没人回复");
    page.fill("怎么改", "中午留一个人看手机");
    page.picture("assessment-form");
    page.fill("完成日期", "2026-03-31");
    page.press(Key::Enter);
    page.chord(Held::Control, 's');
    page.sees("以前的评估");
    page.sees("下一次 3月11日");
    page.sees("上次决定的");
    page.click("3月4日");
    page.sees("中午回复慢");
    page.sees("当时的数字");
    page.picture("assessment-held");
    let board = desk.host.call("assessment_board", &json!({}));
    assert_eq!(board["held"][0]["due_on"], "2026-03-04", "{board}");
    assert_eq!(board["held"][0]["improvements"][0]["action"], "中午留一个人看手机");

    for (look, theme, language, words) in LOOKS {
        dress(&desk, theme, language);
        page.go("/complaints/assessments");
        page.sees(words);
        page.chord(Held::Control, 'n');
        page.picture(&format!("assessment-form-{look}"));
        fits(&desk, look);
        page.press(Key::Escape);
        fits(&desk, look);
    }
}

/// Name of the pictures, theme, language, and what the heading of assessments says then.
const LOOKS: [(&str, &str, &str, &str); 4] = [
    ("light", "light", "zh-Hans", "定期评估"),
    ("dark", "dark", "zh-Hans", "定期评估"),
    ("light-en", "light", "en", "Periodic assessment"),
    ("dark-en", "dark", "en", "Periodic assessment"),
];

/// Starts the page again in another look.
fn dress(desk: &Desk, theme: &str, language: &str) {
    let page = &desk.browser.page;
    let kept = json!({ "theme": theme, "scale": 100, "language": language }).to_string();
    let script = "localStorage.setItem('shukebu.appearance', arguments[0]); window.before = true; location.reload()";
    page.session.run(script, json!([kept])).expect("a script");
    let is_new = || page.ask("return window.before === undefined && document.readyState === 'complete'") == json!(true);
    assert!(wait_for(|| is_new().then_some(())).is_some(), "the page does not come back");
}

/// Something that sticks out sideways makes the whole window scroll.
fn fits(desk: &Desk, what: &str) {
    let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let sticks_out = desk.browser.page.ask(script);
    assert!(sticks_out.as_i64().is_some_and(|pixels| pixels <= 0), "{what} sticks out by {sticks_out}");
}

#[test]
fn a_case_fits_in_every_state_light_and_dark_in_two_languages() {
    let desk = bakery("states", |host| {
        host.add_customer("张小满", "13800138001");
        host.call("staff_add", &json!({ "name": "小王", "role": "clerk" }));
    });
    let (host, page) = (&desk.host, &desk.browser.page);
    let cases = in_every_state(host);
    for (look, theme, language, _) in LOOKS {
        dress(&desk, theme, language);
        for (name, id) in &cases {
            page.go(&format!("/complaints/{id}"));
            let (day, number) = if *id <= 2 { (2, *id) } else { (4, *id - 2) };
            let case_no = format!("TS-2026030{day}-{number:03}");
            page.sees(&case_no);
            page.sees("张小满");
            fits(&desk, &format!("{name} {look}"));
            page.picture(&format!("complaint-{name}-{look}"));
        }
        page.go("/complaints");
        page.sees("TS-20260302-001");
        fits(&desk, look);
        page.picture(&format!("complaints-inbox-{look}"));
    }
}

/// Cases of one customer, one in each state, and what the state is called.
fn in_every_state(host: &Host) -> Vec<(&'static str, i64)> {
    let (due, gone) = (open(host, "等回访"), open(host, "联系不上"));
    resolve(host, due);
    resolve(host, gone);
    let attempt =
        || host.call("complaint_follow_up", &json!({ "id": gone, "channel": "phone", "result": "unreachable" }));
    for minutes in [5 * 60, 18 * 60, 60] {
        host.pass_minutes(minutes);
        attempt();
    }
    host.pass_minutes(24 * 60 - 30);
    let late = open(host, "一个小时没人理");
    host.call(
        "complaint_promise",
        &json!({ "id": late, "kind": "repair", "text": "换好拉链送到家", "due_on": "2026-03-05" }),
    );
    host.pass_minutes(65);
    let (running, waiting, resumed) = (open(host, "刚刚登记"), open(host, "等照片"), open(host, "停过表"));
    let (again, other, done) = (open(host, "又来了"), open(host, "交给小王"), open(host, "刚解决"));
    for id in [waiting, resumed] {
        host.call("complaint_respond", &json!({ "id": id, "channel": "wechat", "text": "请发照片" }));
        host.call("complaint_wait", &json!({ "id": id, "text": "等照片" }));
    }
    let people = host.call("complaint_inbox", &json!({}))["people"].clone();
    let clerk = people.as_array().expect("people").iter().find(|person| person["name"] == "小王").cloned();
    let clerk: Value = clerk.expect("works here")["id"].clone();
    host.call("complaint_hand_over", &json!({ "id": other, "to": clerk, "reason": "他负责这款产品" }));
    resolve(host, again);
    host.call("complaint_close", &json!({ "id": again, "text": "客人说不用回访" }));
    host.call("complaint_reopen", &json!({ "id": again, "text": "还是写错" }));
    resolve(host, done);
    let (kept, broken, returned) = (open(host, "补发贺卡"), open(host, "换拉链"), open(host, "赔多了"));
    for (id, text, at) in [(kept, "补发贺卡", "11:30"), (broken, "换好拉链", "10:45")] {
        let due = format!("2026-03-04T{at}:00+08:00");
        host.call(
            "complaint_promise",
            &json!({ "id": id, "kind": "repair", "text": text, "due_at": due, "cost_minor": 1_500 }),
        );
    }
    host.call("complaint_finish_promise", &json!({ "id": 2, "text": "贺卡寄到了" }));
    resolve(host, returned);
    let thing = host.call("complaint_get", &json!({ "id": returned }))["resolutions"][0]["returnable"][0].clone();
    host.call(
        "complaint_take_back",
        &json!({
            "id": returned, "posting_id": thing["posting_id"], "resolution_id": thing["resolution_id"],
            "position": thing["position"], "reason": "客人自己改好了",
        }),
    );
    host.pass_minutes(20);
    host.call("complaint_customer_wrote", &json!({ "id": resumed, "text": "照片发了" }));
    vec![
        ("follow-up-due", due),
        ("unreachable", gone),
        ("late", late),
        ("running", running),
        ("waiting", waiting),
        ("paused-before", resumed),
        ("reopened", again),
        ("handed-over", other),
        ("resolved", done),
        ("promise-kept", kept),
        ("promise-late", broken),
        ("taken-back", returned),
    ]
}
