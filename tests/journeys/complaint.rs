//! 投诉: one line opens a case, the clock runs out, the case is answered and resolved in three parts.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::webdriver::Key;

#[test]
fn a_case_runs_late_in_front_of_the_shop_and_is_resolved() {
    let desk = bakery("complaint", |host| {
        host.add_customer("张小满", "13800138001");
    });
    let page = &desk.browser.page;
    page.find_regular("zxm", "张小满");
    page.complain("蛋糕上的名字写错了");
    page.sees("三个承诺");
    page.sees("还剩 59 分");

    desk.host.pass_minutes(61);
    page.sees("超时 1 分");
    page.fill("说了什么", "道歉，马上重做");
    page.press(Key::Enter);
    page.sees("已响应");
    page.sees("首次回应超时");

    page.fill("怎么对客人说的", "当面道歉，承认看错了");
    page.fill("为什么不补偿", "客人只要求重做");
    page.fill("根本原因", "手写订单看错字");
    page.fill("怎么改", "名字由客人自己写");
    page.click("确认已解决");
    page.sees("还有 1 处要补");
    page.fill("完成日期", "2026-03-09");
    page.press(Key::Enter);
    page.sees("72 小时回访");
    let case = desk.host.call("complaint_get", &json!({ "id": 1 }));
    assert_eq!(case["row"]["status"], "resolved", "{case}");
    assert_eq!(case["verdicts"][0]["is_met"], false, "late stays late");
}

#[test]
fn a_case_waits_over_the_night_is_called_after_two_days_and_comes_back_on_the_third() {
    let desk = bakery("complaint-days", |host| {
        host.add_customer("张小满", "13800138001");
        host.call("complaint_open", &json!({ "customer_id": 1, "description": "蛋糕塌了" }));
        host.call("complaint_respond", &json!({ "id": 1, "channel": "phone", "text": "已道歉" }));
        host.call("complaint_wait", &json!({ "id": 1, "text": "等照片" }));
    });
    let page = &desk.browser.page;
    page.press(Key::F(2));
    page.types("zxm");
    page.press(Key::Enter);
    page.sees("先别推销");

    // From ten to the lunch break and over the night: the resolution stands.
    desk.host.pass_minutes(24 * 60);
    page.go("/complaints/report");
    page.sees("怎么算的");
    let case = desk.host.call("complaint_get", &json!({ "id": 1 }));
    assert_eq!(case["clocks"][1]["elapsed_s"], 0, "it waited all the time: {case}");

    desk.host.call("complaint_customer_wrote", &json!({ "id": 1 }));
    desk.host.call(
        "complaint_resolve",
        &json!({
            "id": 1, "empathy": "当面道歉", "compensation_kind": "none", "compensation_note": "只要道歉",
            "root_cause": "看错字", "improvement": "自己写", "improvement_due_on": "2026-03-31",
        }),
    );
    desk.host.pass_minutes(2 * 24 * 60);
    desk.host.call("complaint_follow_up", &json!({ "id": 1, "channel": "phone", "result": "unhappy" }));
    desk.host.pass_minutes(24 * 60);
    page.click("改进");
    page.sees("自己写");
    page.click("未结");
    page.sees("蛋糕塌了");
    page.click("蛋糕塌了");
    page.sees("客人回访时仍不满");
    page.fill("为什么重开", "还是写错");
    page.press(Key::Enter);
    page.sees("已重开");
    page.sees("首次回应（第 2 轮）");
}
