//! The first start: from nothing to a book that is open.

use crate::empty_desk;
use serde_json::json;

#[test]
fn a_shop_makes_its_book_in_one_page() {
    let desk = empty_desk("first-start");
    let page = &desk.browser.page;
    page.fill("店名", "青禾茶铺");
    page.click("美妆");
    page.click("建好账本");
    page.stands_at_the_counter();
    assert_eq!(desk.host.call("book_info", &json!({}))["name"], "青禾茶铺");
}

#[test]
fn the_page_reaches_nothing_but_its_own_program() {
    let desk = empty_desk("walls");
    let page = &desk.browser.page;
    page.sees("店名");
    let drawn = "return document.querySelectorAll('template[data-language]').length";
    assert_eq!(page.ask(drawn), json!(3), "the frame stands in the page in every language before the program runs");
    let answer =
        page.session.run("return fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')", json!([]));
    assert_eq!(answer.unwrap(), json!("refused"));
    let inline = "
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
        return window.ran === undefined";
    assert_eq!(page.ask(inline), json!(true), "only the program's own files run");
}
