//! 分层, what follows from a class: two schemes crossed, what came of a contact, a plan with its day and person, a trial
//! that suggests the next class. By keyboard, and each photographed in light and in dark.

use crate::segments::{photographed, scrolled_to};
use crate::{Desk, bakery};
use serde_json::{Value, json};
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::wait_for;
use shukebu_tests::equipment::webdriver::{Held, Key};

/// Ten who bought once, twice … ten times what costs ten yuan, on days before the clock.
fn ten(host: &Host) -> Vec<Value> {
    let one = |number: i64| {
        let id = host.call("customer_create", &json!({ "name": format!("客人{number:02}") }))["id"].clone();
        for visit in 0..number {
            let on = format!("2026-02-{:02}", 1 + (visit * 3 + number) % 28);
            host.call("sale_create", &json!({ "customer_id": id, "amount_minor": 1_000, "sold_on": on }));
        }
        id
    };
    (1..=10).map(one).collect()
}

/// Puts the focus on the first control that a person would tab to and whose words begin so.
fn focused(desk: &Desk, words: &str) {
    let script = format!(
        "const fits = (e) => (e.getAttribute('aria-label') || e.innerText || '').trim().startsWith('{words}');
         const found = [...document.querySelectorAll('button')].find(fits);
         found?.focus(); return document.activeElement === found"
    );
    wait_for(|| (desk.browser.page.ask(&script) == json!(true)).then_some(())).expect("it can be focused");
}

/// Lets days go by. The page is loaded anew: its own clock did not move, so nothing tells it of a new day.
fn days_later(desk: &Desk, days: i64) {
    desk.host.pass_minutes(days * 24 * 60);
    desk.browser.page.ask("location.reload()");
}

/// Walks down an open list of choices to the one with these words, and takes it.
fn chosen(desk: &Desk, words: &str) {
    let page = &desk.browser.page;
    let at = "return document.querySelector('[role=listbox] [data-at]')?.innerText ?? ''";
    page.press(Key::Down);
    page.sees(words);
    for _ in 0..12 {
        if page.ask(at).as_str().is_some_and(|word| word.contains(words)) {
            break;
        }
        page.press(Key::Down);
    }
    page.press(Key::Enter);
}

/// S1-9: another scheme is chosen, a cell is walked to and opened, and the list has as many people as the cell.
#[test]
fn two_schemes_are_crossed_and_a_cell_is_opened_by_keyboard() {
    let desk = bakery("pivot", |host| drop(ten(host)));
    let page = &desk.browser.page;
    page.go("/segmentation?scheme=frequency_thirds&side=shapes");
    scrolled_to(&desk, "两个方案交叉");
    focused(&desk, "交叉");
    chosen(&desk, "累计金额三档");
    page.sees("中等额");
    photographed(&desk, "segments-pivot");
    let pivot = desk.host.call("segment_pivot", &json!({ "rows": "frequency_thirds", "columns": "amount_thirds" }));
    let people = pivot["rows"][1]["cells"][1]["people"].as_i64().expect("people");
    assert!(people > 0, "some are in the middle of both: {pivot}");
    page.ask("document.querySelector('[data-cell=\"0 0\"]').focus(); return true");
    page.press(Key::Right);
    page.press(Key::Down);
    page.press(Key::Enter);
    page.sees("中频 · 中等额");
    page.sees(&format!("{people} 人"));
}

/// S1-11: after ninety days the screen of service says what came of a contact, beside those who were not contacted.
#[test]
fn what_came_of_a_contact_is_seen_when_its_time_is_over() {
    let desk = bakery("effect", |host| {
        let [told, quiet] =
            ["联", "静"].map(|name| host.call("customer_create", &json!({ "name": name }))["id"].clone());
        for id in [&told, &quiet] {
            host.call("sale_create", &json!({ "customer_id": id, "amount_minor": 1_000, "sold_on": "2026-02-25" }));
        }
        // Both have been in their class for some days when one of them is called.
        host.pass_minutes(5 * 24 * 60);
        let said = json!({ "customer_id": told, "kind": "phone", "direction": "out", "text": "新品到了" });
        host.call("interaction_add", &said);
        host.pass_minutes(10 * 24 * 60);
        host.call("sale_create", &json!({ "customer_id": told, "amount_minor": 5_000 }));
    });
    let page = &desk.browser.page;
    page.go("/segmentation?scheme=simple_rfm&side=service");
    page.sees("联系之后怎样");
    page.sees("近半年还没有可以比较的联系");
    days_later(&desk, 130);
    page.sees("联系过 1 人");
    page.sees("¥10.00 → ¥50.00");
    page.sees("没联系 1 人");
    page.sees("¥10.00 → ¥0.00");
    scrolled_to(&desk, "联系之后怎样");
    photographed(&desk, "segments-effect");
}

/// S4-28: a plan gets its words, its day and its person, is late when the day is over, and done with what came of it.
#[test]
fn a_plan_is_made_with_a_day_and_a_person_and_is_done_by_keyboard() {
    let desk = bakery("plan", |host| {
        host.add_customer("张小满", "13800138001");
        host.call("staff_add", &json!({ "name": "小王", "role": "clerk" }));
    });
    let page = &desk.browser.page;
    let id = desk.host.call("customer_list", &json!({}))["rows"][0]["id"].clone();
    page.go(&format!("/customers/{id}"));
    page.sees("计划");
    focused(&desk, "写计划");
    page.press(Key::Enter);
    page.sees("谁负责");
    page.types("请来试新品");
    page.fill("哪天之前", "2026-03-10");
    page.press(Key::Tab);
    focused(&desk, "谁负责");
    chosen(&desk, "小王");
    page.chord(Held::Control, 's');
    page.no_longer_sees("谁负责");
    page.sees("请来试新品");
    let plan = || desk.host.call("segment_card", &json!({ "id": id }))["plans"][0].clone();
    assert_eq!((&plan()["owner"], &plan()["due_on"]), (&json!("小王"), &json!("2026-03-10")));
    days_later(&desk, 10);
    page.sees("请来试新品");
    assert_eq!(plan()["is_late"], true);
    scrolled_to(&desk, "计划");
    photographed(&desk, "segments-plan");
    focused(&desk, "完成");
    page.press(Key::Enter);
    page.sees("计划完成了");
    page.types("来了，买了两盒");
    page.press(Key::Enter);
    page.sees("来了，买了两盒");
    let is_done = || (plan()["done_on"] == "2026-03-12").then_some(());
    wait_for(is_done).expect("it is done");
}

/// S4-9: a class on trial waits for its day, and one key moves whoever passed.
#[test]
fn a_trial_that_was_passed_suggests_the_next_class_and_one_key_confirms_it() {
    let mut best = Value::Null;
    let desk = bakery("trial", |host| {
        best = ten(host).remove(9);
        host.call("segment_run", &json!({}));
        let class = host.call("segment_card", &json!({ "id": best }))["primary"]["tag"]["key"].clone();
        let trial = json!({ "after_days": 10, "orders": 2, "net_minor": 3_000, "next_class": "ordinary" });
        let policy = json!({ "class_key": class, "interval_days": 30, "channel": null, "care": "standard",
                             "complaint_response_minutes": null, "minutes_per_contact": 5, "trial": trial });
        host.call("service_save", &json!({ "scheme": "simple_rfm", "policy": policy }));
        for _ in 0..2 {
            host.pass_minutes(6 * 24 * 60);
            host.call("sale_create", &json!({ "customer_id": best, "amount_minor": 5_000 }));
        }
    });
    let page = &desk.browser.page;
    page.go("/segmentation?scheme=simple_rfm&side=service");
    page.sees("试用到期并达标 1 人");
    photographed(&desk, "segments-trial-waiting");
    page.go(&format!("/customers/{best}"));
    page.sees("到期并达标，建议升到「普通」");
    scrolled_to(&desk, "分层与价值");
    photographed(&desk, "segments-trial");
    page.press(Key::F(8));
    page.no_longer_sees("到期并达标，建议升到「普通」");
    let held = desk.host.call("segment_card", &json!({ "id": best }))["primary"].clone();
    assert_eq!((&held["tag"]["key"], held["manual"]["until"].is_string()), (&json!("ordinary"), true), "{held}");
}

/// S0-19: the reasons are a pie; its words are walked by keyboard, and one of them opens its people.
#[test]
fn why_they_come_seldom_is_a_pie_whose_pieces_are_lists() {
    let desk = bakery("seldom", |host| {
        let people = ten(host);
        for (id, why) in people.iter().zip(["price", "moved", "price", "little_need"]) {
            host.call("seldom_reason_add", &json!({ "customer_id": id, "why": why }));
        }
    });
    let page = &desk.browser.page;
    page.go("/segmentation/value");
    page.sees("客户价值");
    scrolled_to(&desk, "为什么来得少");
    photographed(&desk, "segments-seldom");
    // The words of the last chart of the screen, down from the commonest reason to the next one, and into its list.
    page.ask(
        "[...document.querySelectorAll('button')].filter((one) => one.textContent === '看文字').at(-1).focus(); return true",
    );
    page.press(Key::Enter);
    page.sees("竞品");
    page.press(Key::Down);
    page.press(Key::Enter);
    page.sees("为什么来得少 · 需求少");
    page.sees("1 人");
}
