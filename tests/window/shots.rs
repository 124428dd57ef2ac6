//! A picture of every screen: light, dark, and with large letters, at the size of a small shop
//! computer. They are looked at by people; the test holds that each screen comes up and fits.

use serde_json::json;
use shukebu_tests::equipment::page::Page;
use shukebu_tests::equipment::shell::Shell;
use shukebu_tests::equipment::steps::MONDAY_TEN;
use shukebu_tests::equipment::wait_for;

/// Place, name of the picture, and words that are there when it has come up.
const SCREENS: [(&str, &str, &str); 8] = [
    ("/counter", "counter", "谁来了？"),
    ("/customers", "customers", "张小满"),
    ("/customers/1", "profile", "张小满"),
    ("/segmentation", "segmentation", "核心价值"),
    ("/ladder", "ladder", "钻石"),
    ("/complaints", "complaints", "蛋糕上的名字写错了"),
    ("/settings?section=look", "settings", "明暗"),
    ("/import", "import", "选择文件"),
];

/// Name of the picture, theme and size of the letters in percent.
const LOOKS: [(&str, &str, u32); 3] = [("light", "light", 100), ("dark", "dark", 100), ("large", "light", 150)];

#[test]
fn every_screen_comes_up_and_fits_in_every_look() {
    let shell = Shell::new("shots");
    shell.set_clock(MONDAY_TEN);
    let table = shell.profile().join("regulars.csv");
    std::fs::write(&table, "姓名,手机\n张小满,13800138001\n欧阳明月,13900139002\n").unwrap();
    shell.will_pick(&table);
    let window = shell.open();
    let page = &window.page;
    page.sees("店名");
    page.picture("window-start-light");
    page.make_book();
    fill(page);

    for (look, theme, scale) in LOOKS {
        dress(page, theme, scale);
        for (place, name, words) in SCREENS {
            page.go(place);
            page.sees(words);
            // Something that sticks out sideways makes the whole window scroll.
            let sticks_out =
                page.ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert!(sticks_out.as_i64().is_some_and(|pixels| pixels <= 0), "{name} {look} sticks out by {sticks_out}");
            page.picture(&format!("window-{name}-{look}"));
        }
    }
    window.close();
}

/// Starts the page again in another look.
fn dress(page: &Page, theme: &str, scale: u32) {
    let kept = json!({ "theme": theme, "scale": scale, "language": "zh-Hans" }).to_string();
    let script = "localStorage.setItem('shukebu.appearance', arguments[0]); window.before = true; location.reload()";
    page.session.run(script, json!([kept])).unwrap();
    // Until the new page is there, the old one answers.
    let is_new = || page.ask("return window.before === undefined && document.readyState === 'complete'") == json!(true);
    assert!(wait_for(|| is_new().then_some(())).is_some(), "the page does not come back");
}

/// Two customers, a sale and a complaint.
fn fill(page: &Page) {
    page.import_list("张小满");
    page.find_regular("zxm", "张小满");
    page.take_amount("36.5");
    page.complain("蛋糕上的名字写错了");
    page.sees("TS-20260302-001");
}
