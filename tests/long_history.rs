//! A customer with many sales: the ladder goes on from what it kept of them, and that is never another answer than all
//! of them would give.

use crate::support::Shop;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Where a customer stands, held against the sales that count, which are always walked from the first one.
#[track_caller]
fn standing(shop: &Shop, customer: i64) -> Value {
    let page = shop.call("ladder_standing", json!({ "id": customer }));
    let sales = page["sales"].as_array().expect("sales");
    let spend: i64 = sales.iter().map(|sale| sale["net_minor"].as_i64().expect("an amount")).sum();
    let days: BTreeSet<&str> = sales.iter().map(|sale| sale["on"].as_str().expect("a day")).collect();
    assert_eq!(page["standing"]["spend_minor"], spend);
    assert_eq!(page["standing"]["visits"], days.len());
    page["standing"].clone()
}

#[track_caller]
fn sell(shop: &Shop, customer: i64, sale: Value) -> i64 {
    let input = crate::support::with(json!({ "customer_id": customer }), &sale);
    let receipt = shop.call("sale_create", input);
    assert_eq!(receipt["standing"], standing(shop, customer), "the receipt says what the page says");
    receipt["sale"]["row"]["id"].as_i64().expect("an id")
}

/// How many customers have their history folded up, in a book that nobody has open.
fn summaries(shop: &Shop) -> i64 {
    let path = shop.path();
    let key = std::fs::read_to_string(shukebu_backend::keys::key_path(&path)).expect("the key lies beside the book");
    let connection = rusqlite::Connection::open(path).expect("the book opens");
    connection.pragma_update(None, "key", format!("x'{}'", key.trim())).expect("the key fits");
    connection.query_row("SELECT count(*) FROM ladder_summaries", [], |row| row.get(0)).expect("a number")
}

#[test]
fn a_long_history_stands_where_all_of_it_would_whatever_happens_to_it() {
    let mut shop = Shop::open();
    let customer = shop.customer("王总");
    let few = shop.customer("新客");
    sell(&shop, few, json!({ "amount_minor": 1_000 }));
    // Two years, a sale every nine days, now and then two on a day.
    for number in 0..85 {
        sell(&shop, customer, json!({ "amount_minor": 2_000 + number * 10 }));
        if number % 7 == 0 {
            sell(&shop, customer, json!({ "amount_minor": 500 }));
        }
        shop.advance_minutes(9 * 24 * 60);
    }
    let whole = standing(&shop, customer);
    shop.restart();
    assert_eq!(standing(&shop, customer), whole, "and after a restart");

    let newest = sell(&shop, customer, json!({ "amount_minor": 100_000 }));
    shop.call("sale_refund", json!({ "sale_id": newest, "amount_minor": 99_000, "reason": "退了" }));
    standing(&shop, customer);
    sell(&shop, customer, json!({ "amount_minor": 700 }));
    let back = json!({ "amount_minor": 300, "sold_on": "2027-06-01", "backdate_note": "补录" });
    sell(&shop, customer, back);
    sell(&shop, customer, json!({ "amount_minor": 800 }));
    let pin = json!({ "customer_id": customer, "mode": "pin", "tier": "钻石", "until_on": "2028-12-31", "reason": "老板的朋友" });
    shop.call("ladder_by_hand", pin);
    sell(&shop, customer, json!({ "amount_minor": 900 }));
    assert_eq!(standing(&shop, customer)["tier"]["name"], "钻石");
    shop.advance_minutes(500 * 24 * 60);
    sell(&shop, customer, json!({ "amount_minor": 900 }));
    assert_ne!(standing(&shop, customer)["tier"]["name"], "钻石", "the last day is over");

    // A merge is the replay of both, and its undo gives back the one.
    sell(&shop, few, json!({ "amount_minor": 5_000 }));
    let merged = shop.call("customer_merge", json!({ "survivor_id": customer, "absorbed_id": few }));
    sell(&shop, customer, json!({ "amount_minor": 1_100 }));
    shop.call("customer_merge_undo", json!({ "id": merged["id"] }));
    standing(&shop, customer);
    sell(&shop, customer, json!({ "amount_minor": 1_200 }));
    sell(&shop, few, json!({ "amount_minor": 1_300 }));
    shop.app.close_book();
    assert_eq!(summaries(&shop), 1, "only the long one is folded up");
}
