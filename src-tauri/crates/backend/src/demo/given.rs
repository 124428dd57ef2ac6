//! What the demo gives away: products that a tag calls for, and a gift for some of the best customers, of which a few were
//! handed out and one came back.

use super::Demo;
use super::calls::{call, day, of};
use crate::api::books::Trade;
use crate::app::App;
use crate::clock::ManualClock;
use crate::error::Result;
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 3600;
/// So many of the best customers stand on the list, and so many of them have got their gift.
const LISTED: usize = 9;
const HANDED_OUT: usize = 3;

/// Tag, product by its place among the words of the trade, how it goes along, why it fits.
type Fitting = (&'static str, usize, &'static str, &'static str);

fn of_trade(trade: Trade) -> [Fitting; 2] {
    match trade {
        Trade::Bakery => [("低糖", 14, "trial", "少糖的戚风，先尝一块"), ("咖啡", 9, "gift", "配咖啡的一只蛋挞")],
        Trade::Print => [("企业", 1, "trial", "换成高档纸，先印一盒看看"), ("加急", 8, "gift", "赶时间的标书送胶装")],
        Trade::Design => [("单项服务", 7, "gift", "送一次修改"), ("企业", 9, "trial", "先聊一小时品牌")],
        Trade::Beauty => [("敏感肌", 0, "trial", "不含皂基，先试用"), ("户外工作", 3, "gift", "天天在外，送支防晒")],
        Trade::Yoga => [("久坐", 4, "trial", "肩颈紧，先体验一次"), ("产后", 8, "trial", "产后先做一次评估课")],
        Trade::Trade => [("样品", 3, "gift", "寄样时带一份剪纸"), ("欧洲", 2, "trial", "圣诞季的新样")],
    }
}

pub(super) fn around_now(app: &App, clock: &ManualClock, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    fittings(app, demo)?;
    list(app, clock, demo, who)?;
    clock.set(demo.now);
    Ok(())
}

fn fittings(app: &App, demo: &Demo) -> Result<()> {
    let words = super::words::of(demo.trade);
    let products = call(app, "product_list", &json!({ "limit": 200 }))?;
    let rows = products.pointer("/rows").and_then(Value::as_array).cloned().unwrap_or_default();
    for (tag, place, gives, reason) in of_trade(demo.trade) {
        let name = words.products.get(place).map_or("", |product| product.0);
        let product =
            rows.iter().find(|row| of(row, "/row/name") == name).map_or(Value::Null, |row| of(row, "/row/id"));
        let rule = json!({ "tag": tag, "product_id": product, "gives": gives, "reason": reason });
        call(app, "fitting_save", &rule)?;
    }
    Ok(())
}

fn list(app: &App, clock: &ManualClock, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    let gifts = call(app, "gift_list", &json!({}))?;
    let mut named: Vec<i64> = (0..LISTED).map(who).collect();
    named.sort_unstable();
    named.dedup();
    clock.set(demo.now.plus_seconds(-9 * DAY_S));
    let made = json!({
        "name": "老客答谢礼", "gift_id": of(&gifts, "/gifts/0/id"), "until_on": day(demo, 21),
        "audience": { "kind": "named", "customer_ids": named },
    });
    let list = of(&call(app, "giveaway_save", &made)?, "/id");
    let people = call(app, "giveaway_people", &json!({ "id": list, "limit": HANDED_OUT }))?;
    let people = people.pointer("/rows").and_then(Value::as_array).cloned().unwrap_or_default();
    for (days_ago, row) in (1_i64..).zip(&people) {
        clock.set(demo.now.plus_seconds(-days_ago * DAY_S));
        call(app, "giveaway_hand_out", &json!({ "id": list, "customer_ids": [of(row, "/customer/id")] }))?;
    }
    clock.set(demo.now);
    // A list of one customer keeps its only hand-out.
    let Some(wrong) = people.first().filter(|_| people.len() > 1) else { return Ok(()) };
    let back = json!({ "id": list, "customer_id": of(wrong, "/customer/id"), "reason": "点错了人" });
    call(app, "giveaway_take_back", &back).map(|_| ())
}
