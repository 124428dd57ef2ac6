//! The table of customers by keyboard: choose columns, choose rows, type over a cell, paste a block out of Excel.

use crate::bakery;
use serde_json::json;
use shukebu_tests::equipment::webdriver::{Held, Key};

/// An input method in the cell of the cursor: letters become characters, and its Enter and blanks are its own.
const COMPOSE: &str = "
    const at = document.activeElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const write = (text) => { set.call(at, text); at.dispatchEvent(new Event('input', { bubbles: true })); };
    const press = (key) => at.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true }));
    at.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    write('zhoumo');
    ['ArrowDown', ' '].forEach(press);
    write('周末来');
    at.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '周末来' }));
    press('Enter');
    return at.value;";

/// Draws the heading of one column over that of another.
const DRAW: &str = "
    const head = (word) => [...document.querySelectorAll('[data-heading]')].find((it) => it.textContent.startsWith(word));
    const middle = (it) => { const box = it.getBoundingClientRect(); return { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }; };
    const send = (it, kind, at) => it.dispatchEvent(new PointerEvent(kind, { ...at, button: 0, pointerId: 1, pointerType: 'mouse', bubbles: true }));
    const [from, to] = [head('备注'), head('等级')];
    send(from, 'pointerdown', middle(from));
    const left = { ...middle(to), clientX: middle(to).clientX - 5 };
    send(from, 'pointermove', left);
    send(from, 'pointerup', left);";

#[test]
fn the_table_is_worked_by_keyboard() {
    let desk = bakery("table", |host| {
        for (name, phone) in [("安小满", "13800138001"), ("白建国", "13900139002"), ("陈娜", "13700137003")] {
            host.add_customer(name, phone);
        }
    });
    let page = &desk.browser.page;
    page.click("客户");
    page.sees("白建国");
    page.click("姓名");

    // Columns.
    page.press(Key::F(6));
    page.sees("固定左边的列");
    page.click("备注");
    page.click("显示");
    page.no_longer_sees("固定左边的列");
    page.sees("备注");

    // A cell: the second row's note, by keyboard alone.
    page.ask("document.querySelector('[role=grid] input').focus()");
    page.press(Key::Down);
    for _ in 0..8 {
        page.press(Key::Right);
    }
    // The Enter that confirms what an input method made is not the cell's; the next one is.
    assert_eq!(page.ask(COMPOSE), json!("周末来"));
    page.no_longer_sees("已改白建国的备注");
    page.press(Key::Enter);
    page.sees("已改白建国的备注");
    let note = || desk.host.call("customer_table", &json!({ "filter": { "sort": "name" }, "columns": ["note"] }));
    assert_eq!(note()["rows"][1]["cells"][0], "周末来");
    page.chord(Held::Control, 'z');
    page.sees("已改回来");
    assert_eq!(note()["rows"][1]["cells"][0], json!(null));

    // A heading is drawn to another place, and stays there.
    page.ask(DRAW);
    let columns = || {
        let words = "return [...document.querySelectorAll('[data-heading]')].map((it) => it.textContent).join(' ')";
        page.ask(words).as_str().expect("words").to_owned()
    };
    for _ in 0..50 {
        if columns().starts_with("姓名 手机 备注 等级") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(columns().starts_with("姓名 手机 备注 等级"), "{}", columns());

    // Rows: two of three, then everything.
    page.press(Key::Up);
    page.press(Key::Up);
    page.types(" ");
    page.sees("已选 1 位");
    page.chord(Held::Control, 'a');
    page.sees("已选全部 3 位");
    page.press(Key::F(7));
    page.sees("去掉标签");
    page.types("老街坊");
    page.sees("选中 3 位，其中 3 位会改变");
    page.press(Key::Enter);
    page.sees("3 位加上了“老街坊”");
    page.press(Key::Escape);

    // A block out of a spreadsheet: one who is known, one who is new, one without any of it.
    page.ask(
        "const field = document.querySelector('[role=grid] input'); field.focus();
         const data = new DataTransfer();
         data.setData('text/plain', '安小满\\t13800138001\\t爱吃可颂\\n丁一\\t13600136004\\t\\n\\t12\\t\\n');
         field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
    );
    page.sees("哪一列是什么");
    page.sees("爱吃可颂");
    page.sees("新增");
    page.sees("如果导入");
    page.click("正式导入");
    page.sees("看看客户");
    assert_eq!(desk.host.call("book_info", &json!({}))["counts"]["customers"], 4);
    page.click("看看客户");
    page.sees("丁一");
}
