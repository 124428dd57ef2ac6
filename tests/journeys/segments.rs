//! 分层: every chart is a list, by mouse and by keyboard; a list is tagged, written into a file and printed whole; a
//! chart is kept as a picture. Each chart is photographed in light and in dark.

use crate::{Desk, bakery};
use serde_json::{Value, json};
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::wait_for;
use shukebu_tests::equipment::webdriver::{Held, Key};

/// More customers than fit on a screen, each with other visits and other tickets, and one who never bought.
const CUSTOMERS: i64 = 60;

fn shop_of_sixty(host: &Host) {
    for number in 0..CUSTOMERS {
        let id = host.call("customer_create", &json!({ "name": format!("客人{number:02}") }))["id"].clone();
        for visit in 0..(number % 7) {
            let day = 1 + (number * 3 + visit * 5) % 28;
            let month = 6 + (number + visit) % 6;
            host.call(
                "sale_create",
                &json!({ "customer_id": id, "amount_minor": 900 * (1 + number % 11),
                         "sold_on": format!("2025-{month:02}-{day:02}") }),
            );
        }
    }
    for scheme in ["simple_rfm", "rfm_555", "old_new_large_small"] {
        host.call("segment_run", &json!({ "scheme": scheme }));
    }
}

fn go(desk: &Desk, place: &str) {
    desk.browser.page.ask(&format!("location.hash = '#{place}'; return true"));
}

/// Light and dark, as far down as it goes.
fn photographed(desk: &Desk, name: &str) {
    for theme in ["light", "dark"] {
        desk.browser.page.ask(&format!("document.documentElement.dataset.theme = '{theme}'; return true"));
        desk.browser.page.picture(&format!("{name}-{theme}"));
    }
    desk.browser.page.ask("document.documentElement.dataset.theme = 'light'; return true");
}

fn scrolled_to(desk: &Desk, words: &str) {
    desk.browser.page.sees(words);
    desk.browser.page.ask(&format!(
        "[...document.querySelectorAll('h2, h3')].find((head) => head.textContent.includes('{words}'))?.scrollIntoView(); return true"
    ));
}

#[test]
fn every_chart_is_a_list_by_mouse_and_by_keyboard() {
    let desk = bakery("segments", shop_of_sixty);
    let page = &desk.browser.page;
    page.sees("谁来了？");
    go(&desk, "/segmentation?scheme=rfm_555&side=shapes");
    scrolled_to(&desk, "RFM 热力图");
    photographed(&desk, "segments-heat");
    // From the picture to its words, down one, and into the list.
    page.ask(
        "[...document.querySelectorAll('button')].find((one) => one.textContent === '看文字').focus(); return true",
    );
    page.press(Key::Enter);
    page.sees("人均");
    page.press(Key::Down);
    page.press(Key::Enter);
    page.sees("打标签");
    page.sees("为什么在这里");
    page.ask("history.back(); return true");
    scrolled_to(&desk, "从哪层到哪层");
    photographed(&desk, "segments-matrix");
    page.ask("[...document.querySelectorAll('[data-cell]:not([aria-disabled=true])')][0].focus(); return true");
    page.press(Key::Enter);
    page.sees("打标签");
    go(&desk, "/segmentation?scheme=rfm_555&side=shapes");
    scrolled_to(&desk, "各层人数的变化");
    photographed(&desk, "segments-sizes");
    go(&desk, "/segmentation?scheme=old_new_large_small&side=shapes");
    page.sees("老大客户");
    photographed(&desk, "segments-quadrants");
    go(&desk, "/segmentation/value");
    page.sees("客户价值");
    photographed(&desk, "segments-pareto");
    go(&desk, "/segmentation?scheme=simple_rfm&side=service");
    page.sees("一周的时间够不够");
    photographed(&desk, "segments-service");
    go(&desk, "/segmentation/edit/simple_rfm");
    page.sees("分界点");
    photographed(&desk, "segments-editor");
}

#[test]
fn a_list_is_written_tagged_and_printed_whole_and_a_chart_is_kept_as_a_picture() {
    let files = tempfile::tempdir().expect("a folder");
    let (table, picture) = (files.path().join("list.csv"), files.path().join("chart.png"));
    let desk = bakery("segments-list", |host| {
        shop_of_sixty(host);
        host.will_pick("table_file", &table);
        host.will_pick("picture_file", &picture);
    });
    let page = &desk.browser.page;
    page.sees("谁来了？");
    let who = json!({ "kind": "condition", "condition": { "kind": "measure",
        "measure": { "measure": "recency_days", "window": { "kind": "lifetime" } }, "is": { "op": "at_least", "value": 0 } } });
    let total = desk.host.call("segment_people", &json!({ "who": who }))["total"].as_i64().expect("a number");
    assert!(total > 40, "more than a screen holds");
    page.ask(&format!(
        "location.hash = '#/segmentation/people?name=买过&who=' + encodeURIComponent('{who}'); return true"
    ));
    page.sees("买过");
    page.click("导出");
    page.sees(&format!("已导出 {total} 位客人"));
    let written = std::fs::read_to_string(&table).expect("the file is there");
    assert_eq!(written.lines().count() as i64, total + 1);
    page.chord(Held::Control, 'p');
    let rows = "return document.querySelectorAll('[data-printed] tbody tr').length";
    let all = || (page.ask(rows) == json!(total)).then_some(());
    wait_for(all).expect("every row is on the sheet, not only those on the screen");
    page.picture("segments-print");
    page.press(Key::Escape);
    page.click("打标签");
    page.fill("标签", "回访");
    page.click(&format!("给 {total} 位打标签"));
    page.sees(&format!("已给 {total} 位客人加上标签"));
    assert_eq!(desk.host.call("customer_list", &json!({ "tag": "回访" }))["total"], Value::from(total));
    go(&desk, "/segmentation/value");
    page.sees("客户价值");
    page.click("存为图片");
    let saved = || std::fs::read(&picture).ok().filter(|bytes| bytes.starts_with(b"\x89PNG"));
    wait_for(saved).expect("the picture is there");
}
