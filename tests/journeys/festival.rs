//! 投诉 across the Spring Festival: lunch, night, a make-up Saturday, the holidays, waiting, and restarts. What the window
//! says about running, paused, late and reopened cases is kept as pictures.

use serde_json::json;
use shukebu_domain::time::Timestamp;
use shukebu_tests::equipment::browser::Browser;
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::webdriver::Key;
use std::path::Path;

/// The program on the shop's computer at a moment, as after a start.
fn started(home: &Path, at: &str) -> Host {
    Host::start(home, Timestamp::parse(at).unwrap())
}

#[test]
fn a_case_lives_through_lunch_night_make_up_day_holidays_and_restarts() {
    let home = tempfile::tempdir().unwrap();
    // Friday before the Spring Festival; Saturday the 14th is worked, the 15th to the 23rd are off.
    let host = started(home.path(), "2026-02-13T11:30:00+08:00");
    host.call("book_create", &json!({ "name": "小满面包房", "trade": "bakery" }));
    let mut calendar = host.call("calendar_get", &json!({}))["calendar"].clone();
    let hours = json!([["09:00", "12:00"], ["13:00", "18:00"]]);
    calendar["weekly"] = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    host.call("calendar_change", &json!({ "calendar": calendar, "closes_on_statutory_days": true }));
    let browser = Browser::open(&host.address, "festival");
    let page = &browser.page;
    page.stands_at_the_counter();

    // Friday: opened by keyboard before lunch, answered after it.
    page.complain("六寸蛋糕塌了");
    page.sees("三个承诺");
    page.sees("还剩 1 小时");
    page.sees("按紧急程度");
    page.picture("complaint-running");
    host.pass_minutes(60);
    page.sees("未营业 · 还剩 30 分");
    host.pass_minutes(50);
    page.fill("说了什么", "马上重做");
    page.press(Key::Enter);
    page.sees("已响应");

    // The customer is waited for from Friday evening to the worked Saturday; the program is started anew meanwhile.
    host.pass_minutes(3 * 60 + 40);
    host.call("complaint_wait", &json!({ "id": 1, "text": "等照片" }));
    page.sees("等照片");
    page.picture("complaint-paused");
    host.app().close_book();
    let host = started(home.path(), "2026-02-14T10:00:00+08:00");
    page.ask(&format!("location.href = '{}#/complaints/1'", host.address));
    page.sees("六寸蛋糕塌了");
    host.call("complaint_customer_wrote", &json!({ "id": 1, "text": "照片发了" }));
    page.sees("停表 2 小时 00 分");
    page.sees("停表：等照片");
    page.sees("按紧急程度");

    // Nine days of holidays do not count; a week after them the resolution is late, noticed at the start.
    host.pass_minutes(6 * 24 * 60);
    // Nothing happened that the page would be told of, and its own clock did not move.
    page.ask("location.reload()");
    page.sees("未营业 · 还剩 12 小时 30 分");
    host.app().close_book();
    let host = started(home.path(), "2026-03-02T10:00:00+08:00");
    page.ask(&format!("location.href = '{}#/complaints/1'", host.address));
    page.sees("六寸蛋糕塌了");
    page.go("/customers");
    page.no_longer_sees("六寸蛋糕塌了");
    let told = host.pass_minutes(1);
    host.click_notice(told.notices.first().expect("it is told that the promise was broken"));
    page.sees("六寸蛋糕塌了");
    page.sees("解决超时");
    page.picture("complaint-late");
    let case = host.call("complaint_get", &json!({ "id": 1 }));
    assert_eq!(case["clocks"][1]["due_at"], "2026-02-25T06:30:00Z", "half past two on the second working day");

    // Resolved with points and a file, called, and back again.
    host.call(
        "complaint_resolve",
        &json!({
            "id": 1, "empathy": "当面道歉", "compensation_kind": "redo", "compensation_minor": 3000,
            "compensation_note": "重做一个", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
            "improvement_due_on": "2026-03-31",
        }),
    );
    page.sees("72 小时回访");
    let file = home.path().join("照片.jpg");
    std::fs::write(&file, [0xff, 0xd8, 0xff, 0xe0]).unwrap();
    host.will_pick("keep_file", &file);
    page.click("添加照片或文件");
    page.sees("照片.jpg");
    page.sees("加了附件：照片.jpg");
    host.pass_minutes(24 * 60);
    host.call("complaint_follow_up", &json!({ "id": 1, "channel": "phone", "result": "unhappy" }));
    page.sees("客人回访时仍不满");
    page.fill("为什么重开", "还是塌");
    page.press(Key::Enter);
    page.sees("首次回应（第 2 轮）");
    page.picture("complaint-reopened");
}
