//! Priority 1 to 5 of customers (S2-1): computed by a rule that explains itself, set by hand, and used as an order.

use crate::points::step_of;
use crate::schemes::shop_of_eleven;
use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn priority(shop: &Shop, customer: i64) -> Value {
    shop.call("segment_card", json!({ "id": customer }))["priority"].clone()
}

fn lines(priority: &Value) -> Vec<&str> {
    priority["lines"].as_array().expect("lines").iter().filter_map(Value::as_str).collect()
}

/// Priority of everybody by id, as the table shows it.
fn column(shop: &Shop, filter: &Value) -> Vec<(i64, i64)> {
    let page = shop.call("customer_table", json!({ "filter": filter, "columns": ["name", "priority"] }));
    let row = |row: &Value| (row["id"].as_i64().expect("an id"), row["cells"][1].as_i64().expect("a priority"));
    page["rows"].as_array().expect("rows").iter().map(row).collect()
}

/// S2-1: amount, frequency, potential.
#[test]
fn a_priority_says_every_step_that_led_to_it() {
    let (shop, customers) = shop_of_eleven();
    let best = priority(&shop, customers[9]);
    assert_eq!(best["level"], 1, "{best}");
    assert_eq!(lines(&best)[0], "贡献 100 分 (消费和频率): 从 2 起");
    assert!(lines(&best).contains(&"「核心价值」精细照顾: 升到 1"), "{best}");
    let never = priority(&shop, customers[10]);
    assert_eq!((&never["level"], lines(&never)), (&json!(5), vec!["还没买过: 从 5 起"]));
    shop.call("customer_judge", json!({ "customer_id": customers[10], "judgement": 2, "reason": "要订婚礼蛋糕" }));
    let hopeful = priority(&shop, customers[10]);
    assert_eq!((&hopeful["level"], lines(&hopeful)[1]), (&json!(4), "评价 +2: 升到 4"));
    let glance = shop.call("service_card", json!({ "id": customers[9] }));
    assert_eq!(glance["priority"], best, "the counter says the same");
}

/// S2-1: whoever complains or was promised it comes no later.
#[test]
fn a_complaint_and_a_promise_of_the_tier_bring_somebody_forward() {
    let (shop, customers) = shop_of_eleven();
    let never = customers[10];
    shop.call("complaint_open", json!({ "customer_id": never, "description": "门口的灯太暗" }));
    let view = priority(&shop, never);
    assert_eq!((&view["level"], lines(&view)), (&json!(3), vec!["还没买过: 从 5 起", "投诉未结: 不低于 3"]));
    let ladder = shop.call("ladder_get", json!({}));
    let mut steps: Vec<Value> = ladder["steps"].as_array().expect("steps").iter().map(step_of).collect();
    let name = steps[0]["name"].as_str().expect("a name").to_owned();
    steps[0]["benefits"] = json!([{ "key": "first", "words": "优先处理", "kind": "priority" }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    let view = priority(&shop, never);
    assert_eq!(
        (&view["level"], lines(&view)[2].to_owned()),
        (&json!(2), format!("等级「{name}」写明优先处理: 不低于 2"))
    );
}

/// S2-1: editable with lock.
#[test]
fn a_priority_by_hand_holds_with_its_reason_until_its_day_or_until_taken_back() {
    let (shop, customers) = shop_of_eleven();
    let best = customers[9];
    let lock = json!({ "customer_id": best, "level": 4, "reason": "欠款没结清", "until": "2026-03-10" });
    let card = shop.call("priority_lock", lock);
    let locked = &card["priority"];
    assert_eq!((&locked["level"], &locked["computed"]), (&json!(4), &json!(1)), "what the numbers say stands beside");
    assert_eq!((&locked["lock"]["reason"], &locked["lock"]["until"]), (&json!("欠款没结清"), &json!("2026-03-10")));
    assert!(locked["lock"]["by"].as_str().is_some_and(|by| !by.is_empty()));
    assert!(column(&shop, &json!({})).contains(&(best, 4)));
    shop.set_clock("2026-03-10T20:00:00+08:00");
    assert_eq!(priority(&shop, best)["level"], 4, "through its last day");
    shop.set_clock("2026-03-11T10:00:00+08:00");
    let after = priority(&shop, best);
    assert!(after["lock"].is_null() && after["level"] == after["computed"], "{after}");
    shop.call("priority_lock", json!({ "customer_id": best, "level": 2, "reason": "老板的朋友" }));
    shop.set_clock("2027-03-11T10:00:00+08:00");
    assert_eq!(priority(&shop, best)["level"], 2, "without a last day it holds");
    assert!(shop.call("priority_unlock", json!({ "id": best }))["priority"]["lock"].is_null());
    assert_eq!(shop.refused("priority_unlock", json!({ "id": best }))["code"], "not_found");
    let bad = json!({ "customer_id": best, "level": 6, "reason": " ", "until": "2020-01-01" });
    assert_eq!(fields(&shop.refused("priority_lock", bad)), ["level", "reason", "until"]);
}

/// S2-1: the column sorts and filters, and everybody together have what each has alone.
#[test]
fn the_table_sorts_and_filters_by_priority() {
    let (shop, customers) = shop_of_eleven();
    shop.call("customer_judge", json!({ "customer_id": customers[4], "judgement": -1, "reason": "总退货" }));
    shop.call("complaint_open", json!({ "customer_id": customers[0], "description": "少了一个" }));
    shop.call("priority_lock", json!({ "customer_id": customers[1], "level": 1, "reason": "房东" }));
    let sorted = column(&shop, &json!({ "sort": "priority" }));
    assert_eq!(sorted.len(), customers.len());
    assert!(sorted.is_sorted_by_key(|(_, level)| *level), "{sorted:?}");
    for (id, level) in &sorted {
        assert_eq!(json!(level), priority(&shop, *id)["level"], "{id} alone");
    }
    let first = sorted.iter().filter(|(_, level)| *level <= 2).count();
    let only = |op: &str, value: &str| {
        let condition = json!({ "field": "priority", "op": op, "value": value });
        column(&shop, &json!({ "conditions": { "groups": [{ "conditions": [condition] }] } }))
    };
    let shown = only("at_most", "2");
    assert!(first > 0 && shown.len() == first && shown.iter().all(|(_, level)| *level <= 2), "{shown:?}");
    assert_eq!(only("is", "1").len() + only("is_not", "1").len(), customers.len());
    let rules = shop.call("priority_rules", json!({}));
    let counted: Vec<i64> =
        rules["levels"].as_array().expect("five").iter().filter_map(|it| it["people"].as_i64()).collect();
    for (level, people) in (1..).zip(&counted) {
        assert_eq!(sorted.iter().filter(|(_, found)| found == &level).count() as i64, *people);
        let list = shop.call("segment_people", json!({ "who": { "kind": "priority", "level": level } }));
        assert_eq!(list["total"], json!(people), "a click on the figure gives the list");
    }
    assert_eq!(rules["by_hand"], 1);
}

/// S2-1: sorts the case queue, where time left stays the usual order.
#[test]
fn cases_come_by_time_left_or_by_the_priority_of_the_customer() {
    let (shop, customers) = shop_of_eleven();
    let open = |customer: Option<i64>, text: &str| {
        shop.call("complaint_open", json!({ "customer_id": customer, "description": text }));
        shop.advance_minutes(1);
    };
    open(Some(customers[10]), "没买过的客人");
    open(None, "不认识的客人");
    open(Some(customers[9]), "最好的客人");
    let order = |input: Value| -> Vec<(String, Value)> {
        let inbox = shop.call("complaint_inbox", input);
        let rows = inbox["rows"].as_array().expect("rows").iter();
        rows.map(|row| (row["description"].as_str().expect("a text").to_owned(), row["priority"].clone())).collect()
    };
    let by_time: Vec<String> = order(json!({})).into_iter().map(|(text, _)| text).collect();
    assert_eq!(by_time, ["没买过的客人", "不认识的客人", "最好的客人"]);
    let expected = [("最好的客人", json!(1)), ("没买过的客人", json!(3)), ("不认识的客人", Value::Null)];
    let expected = expected.map(|(text, level)| (text.to_owned(), level));
    assert_eq!(order(json!({ "order": "priority" })), expected, "equal ones stay by time left");
    shop.call("priority_lock", json!({ "customer_id": customers[9], "level": 5, "reason": "试单" }));
    assert_eq!(order(json!({ "order": "priority" }))[2].0, "最好的客人", "what a person set counts");
}

/// Every default is a setting.
#[test]
fn the_limits_of_priority_are_the_shops_own() {
    let (shop, customers) = shop_of_eleven();
    let before = priority(&shop, customers[9]);
    assert_eq!(before["lines"][0], "贡献 100 分 (消费和频率): 从 2 起");
    let rule = |high: i64, low: i64| json!({ "rule": { "high_contribution": high, "low_contribution": low, "high_potential": 60 } });
    assert_eq!(fields(&shop.refused("priority_rules_save", rule(20, 30))), ["high_contribution"]);
    assert_eq!(fields(&shop.refused("priority_rules_save", rule(101, 30))), ["high_contribution"]);
    let card = |customer: i64| priority(&shop, customer)["lines"][0].clone();
    let middle = customers.iter().find(|id| card(**id).as_str().is_some_and(|line| line.ends_with("从 3 起")));
    let middle = *middle.expect("somebody in the middle");
    shop.call("priority_rules_save", rule(2, 1));
    assert!(card(middle).as_str().is_some_and(|line| line.ends_with("从 2 起")), "{}", card(middle));
}

/// A book without customers, with one, and after everything was refunded.
#[test]
fn an_empty_book_and_a_first_customer_have_priorities() {
    let shop = Shop::open();
    assert_eq!(shop.call("priority_rules", json!({}))["levels"][4], json!({ "level": 5, "people": 0 }));
    let first = shop.customer("第一位");
    assert_eq!(priority(&shop, first)["level"], 5);
    let sale = shop.sale(first, 1_000);
    let view = priority(&shop, first);
    assert!(view["level"].as_i64().is_some_and(|level| level <= 3), "new customers are not behind: {view}");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 1_000, "reason": "不要了" }));
    assert_eq!(priority(&shop, first)["level"], 5, "nothing was bought after all");
}
