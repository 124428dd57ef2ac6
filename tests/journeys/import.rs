//! Import in the window: look, correct, try, run, and a result that adds up.

use crate::bakery;
use serde_json::json;

/// A customer list as a shop keeps it: one row without name and phone, one phone twice.
const CUSTOMERS: &str = "姓名,手机,生日,备注\n\
    张小满,13800138001,1990-03-05,爱吃可颂\n\
    李建国,13900139002,农历八月初三,\n\
    ,,,\n\
    <img src=x onerror=document.title='run'>,13600136001,,=cmd|'/c calc'!A1\n\
    欧阳娜,13700137003,,周末来\n";

#[test]
fn a_list_is_tried_first_and_then_imported() {
    let desk = bakery("import", |host| {
        let file = std::env::temp_dir().join(format!("shukebu-journey-{}.csv", std::process::id()));
        std::fs::write(&file, CUSTOMERS).unwrap();
        host.will_pick("import_file", &file);
    });
    let page = &desk.browser.page;
    page.click("客户");
    page.sees("还没有客户");
    page.click("导入");
    page.click("选择文件");
    page.sees("爱吃可颂");
    page.sees("哪一列是什么");
    page.click("先试一遍");
    page.sees("如果导入");
    assert_eq!(desk.host.call("book_info", &json!({}))["counts"]["customers"], 0, "a try leaves nothing behind");
    page.click("正式导入");
    page.sees("已新增");
    assert_eq!(desk.host.call("book_info", &json!({}))["counts"]["customers"], 4);
    page.click("看看客户");
    page.sees("欧阳娜");
    page.sees("<img src=x onerror=");
    assert_ne!(page.ask("return document.title"), "run", "a name is shown, never run");
    page.go("/import");
    page.sees("做过的导入");
    page.click("撤销");
    page.sees("将移除");
    page.click("撤销这次导入");
    page.sees("已撤销");
    assert_eq!(desk.host.call("book_info", &json!({}))["counts"]["customers"], 0);
}
