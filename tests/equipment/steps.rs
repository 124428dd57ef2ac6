//! Steps that a person takes again and again, by keyboard where there is a key; each waits for what tells that it is done.

use super::page::Page;
use super::webdriver::{Held, Key};

/// A Monday at ten in the morning in Shanghai, inside opening hours.
pub const MONDAY_TEN: &str = "2026-03-02T10:00:00+08:00";

/// What stands at the counter before anybody is chosen.
const COUNTER: &str = "谁来了？";

impl Page {
    /// Waits until the counter is there.
    pub fn stands_at_the_counter(&self) {
        self.sees(COUNTER);
    }

    /// Opens a screen by its place, as a deep link does.
    pub fn go(&self, place: &str) {
        self.ask(&format!("location.hash = '#{place}'; return true"));
    }

    /// Goes to a screen by the palette.
    pub fn open(&self, screen: &str) {
        self.chord(Held::Control, 'k');
        self.sees("操作");
        self.types(screen);
        self.no_longer_sees("新建客户");
        self.press(Key::Enter);
    }

    /// Makes a bakery's book on the first page.
    pub fn make_book(&self) {
        self.fill("店名", "小满面包房");
        self.click("烘焙");
        self.click("建好账本");
        self.stands_at_the_counter();
    }

    /// Brings in the list that the dialog for files answers; `seen` stands in it.
    pub fn import_list(&self, seen: &str) {
        self.go("/import");
        self.click("选择文件");
        self.sees(seen);
        self.click("先试一遍");
        self.sees("如果导入");
        self.click("正式导入");
        self.sees("已新增");
    }

    /// Finds a regular from anywhere by letters and stands at the counter with the customer; `seen` tells the right one.
    pub fn find_regular(&self, letters: &str, seen: &str) {
        self.press(Key::F(2));
        self.types(letters);
        self.sees(seen);
        self.press(Key::Enter);
        self.sees("打开档案");
    }

    /// Finds a product by letters and puts it into the sale; `price` tells the right one.
    pub fn take_goods(&self, letters: &str, price: &str) {
        self.press(Key::F(3));
        self.types(letters);
        self.sees(price);
        self.press(Key::Enter);
    }

    /// Takes the money for the goods that are in the sale.
    pub fn take_money(&self) {
        self.press(Key::F(3));
        self.press(Key::Enter);
        self.sees("已收款");
    }

    /// Types what somebody pays and takes the money.
    pub fn take_amount(&self, amount: &str) {
        self.fill("金额", amount);
        self.press(Key::Enter);
        self.sees("已收款");
    }

    /// Opens a case in one line.
    pub fn complain(&self, what: &str) {
        self.press(Key::F(4));
        self.sees("登记，开始计时");
        self.fill("发生了什么", what);
        self.press(Key::Enter);
    }
}
