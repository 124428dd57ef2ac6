//! 分层: every chart is a list, by mouse and by keyboard; a list is tagged, written into a file and printed whole; a
//! chart is kept as a picture and as a table; suggestions are confirmed together. Each chart is photographed in light
//! and in dark.

use crate::{Desk, bakery};
use serde_json::{Value, json};
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::wait_for;
use shukebu_tests::equipment::webdriver::{Held, Key};

/// More customers than fit on a screen, each with other visits and other tickets, and one who never bought.
const CUSTOMERS: i64 = 60;

fn shop_of_sixty(host: &Host) {
    let product = |category: &str| {
        let facts = json!({ "name": category, "category": category });
        host.call("product_create", &json!({ "facts": facts }))["row"]["id"].clone()
    };
    let products: Vec<Value> = ["面包", "蛋糕", "咖啡"].into_iter().map(product).collect();
    for number in 0..CUSTOMERS {
        let id = host.call("customer_create", &json!({ "name": format!("客人{number:02}") }))["id"].clone();
        // Every fifth one tries everything for little money and likes to talk.
        if number % 5 == 1 {
            for product in &products {
                let lines = json!([{ "product_id": product, "quantity": "1", "unit_price_minor": 100 }]);
                host.call("sale_create", &json!({ "customer_id": id, "lines": lines, "sold_on": "2025-12-05" }));
            }
            host.call(
                "interaction_add",
                &json!({ "customer_id": id, "kind": "phone", "direction": "in", "text": "问新品" }),
            );
        }
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
    for scheme in ["simple_rfm", "rfm_555", "old_new_large_small", "contribution_potential"] {
        // Two runs, so that there is something to compare.
        for as_of in [json!("2025-10-01"), Value::Null] {
            host.call("segment_run", &json!({ "scheme": scheme, "as_of": as_of }));
        }
    }
}

/// Light and dark, as far down as it goes.
pub fn photographed(desk: &Desk, name: &str) {
    // The first chart of a window comes with the code that draws it.
    std::thread::sleep(std::time::Duration::from_millis(400));
    for theme in ["light", "dark"] {
        desk.browser.page.ask(&format!("document.documentElement.dataset.theme = '{theme}'; return true"));
        // A chart is drawn anew in a look and grows into its place.
        std::thread::sleep(std::time::Duration::from_millis(400));
        desk.browser.page.picture(&format!("{name}-{theme}"));
    }
    desk.browser.page.ask("document.documentElement.dataset.theme = 'light'; return true");
}

/// Down to a heading.
pub fn scrolled_to(desk: &Desk, words: &str) {
    desk.browser.page.sees(words);
    desk.browser.page.ask(&format!(
        "[...document.querySelectorAll('h2, h3')].find((head) => head.textContent.includes('{words}'))?.scrollIntoView(); return true"
    ));
}

#[test]
fn every_chart_is_a_list_by_mouse_and_by_keyboard() {
    let desk = bakery("segments", shop_of_sixty);
    let page = &desk.browser.page;
    page.go("/segmentation?scheme=rfm_555&side=shapes");
    scrolled_to(&desk, "RFM 热力图");
    photographed(&desk, "segments-heat");
    // A step of money: with the five of them there are 125 cells.
    page.click("5 分");
    photographed(&desk, "segments-cells");
    page.click("全部");
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
    scrolled_to(&desk, "上次分层的变动");
    photographed(&desk, "segments-flows");
    scrolled_to(&desk, "从哪层到哪层");
    photographed(&desk, "segments-matrix");
    page.ask("[...document.querySelectorAll('[data-cell]:not([aria-disabled=true])')][0].focus(); return true");
    page.press(Key::Enter);
    page.sees("打标签");
    page.go("/segmentation?scheme=rfm_555&side=shapes");
    scrolled_to(&desk, "各层人数的变化");
    photographed(&desk, "segments-sizes");
    page.go("/segmentation?scheme=old_new_large_small&side=shapes");
    page.sees("老大客户");
    photographed(&desk, "segments-quadrants");
    page.go("/segmentation?scheme=contribution_potential&side=shapes");
    page.sees("低贡献高潜力");
    page.sees("贡献 × 潜力");
    photographed(&desk, "segments-contribution");
    page.go("/segmentation/value");
    page.sees("客户价值");
    photographed(&desk, "segments-pareto");
    scrolled_to(&desk, "前 20% 和其他客人有什么不同");
    photographed(&desk, "segments-top-fifth");
    scrolled_to(&desk, "靠几位客人");
    photographed(&desk, "segments-few");
    page.go("/segmentation/swot");
    page.sees("我们哪里比别人强");
    photographed(&desk, "segments-swot");
    page.go("/segmentation?scheme=simple_rfm&side=service");
    page.sees("一周的时间够不够");
    photographed(&desk, "segments-service");
    page.go("/segmentation/edit/simple_rfm");
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
    page.go("/segmentation/value");
    page.sees("客户价值");
    page.click("存为图片");
    let saved = || std::fs::read(&picture).ok().filter(|bytes| bytes.starts_with(b"\x89PNG"));
    wait_for(saved).expect("the picture is there");
}

#[test]
fn a_chart_is_kept_as_a_table_and_suggestions_are_confirmed_together_by_keyboard() {
    let files = tempfile::tempdir().expect("a folder");
    let table = files.path().join("chart.csv");
    let desk = bakery("segments-confirm", |host| {
        shop_of_sixty(host);
        host.will_pick("table_file", &table);
    });
    let page = &desk.browser.page;
    page.go("/segmentation/value");
    page.sees("客户价值");
    page.click("存为表格");
    page.sees("已存为 chart.csv");
    let written = std::fs::read_to_string(&table).expect("the file is there");
    assert!(written.contains("名次,客人占比（%）"), "{written}");
    let total =
        desk.host.call("segment_people", &json!({ "who": { "kind": "latent" } }))["total"].as_i64().expect("one");
    assert!(total > 3, "some are suggested");
    page.click("潜在高价值客人");
    page.sees("为什么在这里");
    page.sees("全部确认");
    photographed(&desk, "segments-latent");
    // The first and the third of the list, by the space bar.
    page.ask("document.querySelector('[role=grid]').focus(); return true");
    page.types(" ");
    page.press(Key::Down);
    page.press(Key::Down);
    page.types(" ");
    page.sees("确认所选 2 位");
    page.press(Key::F(8));
    page.sees("确认 2 位客人");
    page.fill("为什么", "爱尝新");
    page.fill("到哪天为止", "2026-06-30");
    page.press(Key::Enter);
    page.picture("segments-confirm");
    page.click("确认 2 位为「潜力培育」");
    page.sees("已确认 2 位客人为「潜力培育」");
    let confirmed = || {
        let view = desk.host.call("scheme_get", &json!({ "key": "simple_rfm" }));
        view["classes"]
            .as_array()
            .map_or(0, |all| all.iter().filter_map(|class| class["by_hand"].as_i64()).sum::<i64>())
    };
    assert_eq!(confirmed(), 2);
    page.picture("segments-confirmed");
    page.click("撤销");
    let undone = || (confirmed() == 0).then_some(());
    wait_for(undone).expect("the way back");
}
