//! 入会 and 新品优先: who buys often and is no member, asking and enrolling; whom a new product is told first, and who is
//! left out of both.

use crate::points::step_of;
use crate::support::{Shop, fields};
use serde_json::{Value, json};

/// Somebody who bought on so many days in a row, up to yesterday.
fn regular(shop: &Shop, name: &str, days: i64, amount_minor: i64) -> i64 {
    let customer = shop.customer(name);
    for day in 0..days {
        let on = format!("2026-02-{:02}", 28 - day);
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": amount_minor, "sold_on": on }));
    }
    customer
}

fn invites(shop: &Shop) -> Value {
    shop.call("member_invites", json!({}))
}

fn ids(page: &Value) -> Vec<i64> {
    page["rows"].as_array().expect("rows").iter().map(|row| row["customer"]["id"].as_i64().expect("an id")).collect()
}

fn enrol(shop: &Shop, customers: &[i64]) -> Value {
    shop.call("member_enrol", json!({ "customer_ids": customers, "way": "spoken" }))
}

fn reasons(page: &Value) -> Vec<(String, i64)> {
    let rows = page["left_out"].as_array().expect("a list").iter();
    rows.map(|row| (row["why"].as_str().expect("a word").to_owned(), row["people"].as_i64().expect("a number")))
        .collect()
}

fn reason(why: &str, people: i64) -> (String, i64) {
    (why.to_owned(), people)
}

fn never_contact(shop: &Shop, customer: i64) {
    shop.call("customer_reach", json!({ "id": customer, "do_not_contact": true, "do_not_contact_why": "不想收消息" }));
}

fn consent(shop: &Shop, customer: i64, purpose: &str, is_given: bool) {
    let said = json!({ "customer_id": customer, "purpose": purpose, "is_given": is_given, "way": "spoken" });
    shop.call("consent_change", said);
}

/// S0-17: 高频未入会.
#[test]
fn whoever_buys_often_and_is_no_member_is_listed_with_the_numbers() {
    let shop = Shop::open();
    let often = regular(&shop, "常来", 6, 1_000);
    let more = regular(&shop, "更常来", 8, 500);
    regular(&shop, "偶尔来", 4, 9_000);
    let silver = regular(&shop, "已是银卡", 6, 30_000);
    let page = invites(&shop);
    assert_eq!(ids(&page), [more, often], "most visits first; a higher tier is a member: {silver}");
    let numbers = |n: usize| {
        let row = &page["rows"][n];
        (row["visits"].clone(), row["net_minor"].clone(), row["last_on"].clone())
    };
    assert_eq!(numbers(1), (json!(6), json!(6_000), json!("2026-02-28")));
    assert_eq!(page["visits"], 5);
    let all = shop.call("member_invite_ids", json!({}));
    assert_eq!((all["ids"].clone(), all["total"].clone()), (json!([more, often]), json!(2)));

    let fewer = shop.call("member_invites", json!({ "visits": 4 }));
    assert_eq!(fewer["total"], 3, "another number can be tried");
    let kept = shop.call("member_rule_change", json!({ "visits": 8 }));
    assert_eq!((ids(&kept), kept["visits"].clone()), (vec![more], json!(8)));
    assert_eq!(fields(&shop.refused("member_rule_change", json!({ "visits": 0 }))), ["visits"]);
}

/// S0-17: the list counts what is left of purchases, as days and not as receipts, in the last twelve months.
#[test]
fn visits_are_days_of_twelve_months_on_which_something_is_left() {
    let shop = Shop::open();
    let twice_a_day = shop.customer("一天两次");
    for day in ["2026-02-26", "2026-02-27", "2026-02-28"] {
        for _ in 0..2 {
            shop.call("sale_create", json!({ "customer_id": twice_a_day, "amount_minor": 1_000, "sold_on": day }));
        }
    }
    let returned = regular(&shop, "退了一次", 5, 1_000);
    let newest = shop.call("sale_list", json!({ "customer_id": returned, "offset": 0 }))["rows"][0]["id"].clone();
    assert_eq!(ids(&invites(&shop)), [returned]);
    shop.call("sale_void", json!({ "sale_id": newest, "reason": "输错" }));
    assert_eq!(ids(&invites(&shop)), Vec::<i64>::new());
    shop.set_clock("2027-03-02T10:00:00+08:00");
    assert_eq!(shop.call("member_invites", json!({ "visits": 1 }))["total"], 0, "a year later nothing of it counts");
}

/// S0-17: the hint at the counter, and one key to enrol.
#[test]
fn at_the_counter_a_regular_is_asked_once_enrolled_with_one_call_and_asked_no_more() {
    let shop = Shop::open();
    let customer = regular(&shop, "常来", 5, 1_000);
    let membership = |shop: &Shop| shop.profile(customer)["membership"].clone();
    assert_eq!(membership(&shop), json!({ "state": "not_yet", "since": null, "visits": 5, "is_to_ask": true }));

    let mut steps: Vec<Value> =
        shop.call("ladder_get", json!({}))["steps"].as_array().expect("steps").iter().map(step_of).collect();
    steps[0]["benefits"] = json!([{ "key": "bag", "words": "入会帆布袋", "kind": "gift", "quantity": 1 }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    let agreed = json!({ "client_key": "k1", "customer_ids": [customer], "way": "spoken" });
    let first = shop.call("member_enrol", agreed.clone());
    assert_eq!(first, json!({ "enrolled": 1, "already": 0, "needs_guardian": 0 }));
    assert_eq!(shop.call("member_enrol", agreed), first, "the same key again is the same act");
    assert_eq!(membership(&shop)["state"], "member");
    assert_eq!(membership(&shop)["since"], "2026-03-02");
    let today = shop.call("benefit_get", json!({ "id": customer }))["today"].clone();
    assert_eq!((today[0]["benefit"]["words"].clone(), today[0]["left"].clone()), (json!("入会帆布袋"), json!(1)));
    assert_eq!(ids(&invites(&shop)), Vec::<i64>::new());

    assert_eq!(enrol(&shop, &[customer])["already"], 1);
    consent(&shop, customer, "service", false);
    assert_eq!(enrol(&shop, &[customer])["enrolled"], 1, "whoever changes his mind is a member again");
    let again = shop.call("benefit_get", json!({ "id": customer }))["today"][0]["left"].clone();
    assert_eq!(again, 1, "the gift of welcome is given once in a life");
}

/// S0-17: who said no, who complains and who wants no messages is not listed, and it is said how many.
#[test]
fn whoever_declined_complains_or_wants_to_be_left_alone_is_not_invited() {
    let shop = Shop::open();
    let declined = regular(&shop, "不想办", 6, 1_000);
    let angry = regular(&shop, "在投诉", 6, 1_000);
    let quiet = regular(&shop, "别联系", 6, 1_000);
    let withdrawn = regular(&shop, "撤回同意", 6, 1_000);
    consent(&shop, declined, "service", false);
    shop.call("complaint_open", json!({ "customer_id": angry, "description": "蛋糕塌了" }));
    never_contact(&shop, quiet);
    consent(&shop, withdrawn, "marketing", true);
    consent(&shop, withdrawn, "marketing", false);
    let page = invites(&shop);
    assert_eq!(ids(&page), Vec::<i64>::new());
    let one_each = ["open_complaint", "do_not_contact", "consent_withdrawn", "declined"].map(|why| reason(why, 1));
    assert_eq!(reasons(&page), one_each);
    let asked = |customer: i64| shop.profile(customer)["membership"]["is_to_ask"].clone();
    assert_eq!((asked(declined), asked(angry)), (json!(false), json!(false)));
    assert_eq!(asked(quiet), json!(true), "whoever stands at the counter may be asked in person");
}

/// S0-17: members of an earlier programme, children, many at once.
#[test]
fn many_are_enrolled_at_once_and_a_child_only_with_a_guardian() {
    let shop = Shop::open();
    let (one, other) = (regular(&shop, "一", 5, 1_000), regular(&shop, "二", 5, 1_000));
    let child = shop.call(
        "customer_create",
        json!({ "name": "小朋友", "birthday": { "calendar": "solar", "year": 2018, "month": 5, "day": 1 } }),
    )["id"]
        .as_i64()
        .expect("an id");
    assert_eq!(enrol(&shop, &[one, other, child]), json!({ "enrolled": 2, "already": 0, "needs_guardian": 1 }));
    shop.refused("member_enrol", json!({ "customer_ids": [child], "way": "spoken" }));
    assert_eq!(fields(&shop.refused("member_enrol", json!({ "customer_ids": [], "way": "spoken" }))), ["customer_ids"]);
    let tomorrow = json!({ "customer_ids": [one], "way": "paper", "given_on": "2026-03-03" });
    assert_eq!(fields(&shop.refused("member_enrol", tomorrow)), ["given_on"]);
}

/// S3-10: 新品优先. Who is left out is said with the reason.
#[test]
fn a_new_product_is_told_first_to_those_of_the_tier_who_may_be_told() {
    let shop = Shop::open();
    let mut steps: Vec<Value> =
        shop.call("ladder_get", json!({}))["steps"].as_array().expect("steps").iter().map(step_of).collect();
    for (step, key) in [(1, "silver"), (3, "top")] {
        steps[step]["benefits"] = json!([{ "key": key, "words": "新品优先", "kind": "new_first" }]);
    }
    shop.call("ladder_change", json!({ "steps": steps }));
    let people: Vec<i64> = ["甲", "乙", "丙", "丁"].map(|name| regular(&shop, name, 2, 60_000)).to_vec();
    let top = regular(&shop, "钻石", 2, 1_100_000);
    regular(&shop, "金卡没有", 2, 300_000);
    let page = shop.call("benefit_new_first", json!({}));
    let shown = |page: &Value| -> Vec<i64> {
        page["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
    };
    assert_eq!(
        shown(&page),
        [top, people[0], people[1], people[2], people[3]],
        "the highest tier first, no other tier"
    );
    assert_eq!(page["tiers"].as_array().expect("tiers").len(), 2);

    shop.call("complaint_open", json!({ "customer_id": people[0], "description": "蛋糕塌了" }));
    never_contact(&shop, people[1]);
    consent(&shop, people[2], "marketing", false);
    let page = shop.call("benefit_new_first", json!({}));
    assert_eq!(shown(&page), [top, people[3]]);
    assert_eq!(reasons(&page), ["open_complaint", "do_not_contact", "consent_withdrawn"].map(|why| reason(why, 1)));
    let named = page["left_out_people"].as_array().expect("a list").iter();
    let named: Vec<(i64, &str)> =
        named.map(|row| (row["customer_id"].as_i64().expect("an id"), row["why"].as_str().expect("a word"))).collect();
    let expected = [(people[0], "open_complaint"), (people[1], "do_not_contact"), (people[2], "consent_withdrawn")];
    assert_eq!(named, expected);
    assert_eq!(shop.call("benefit_new_first_ids", json!({}))["ids"], json!([top, people[3]]));

    consent(&shop, people[2], "marketing", true);
    assert_eq!(shown(&shop.call("benefit_new_first", json!({}))), [top, people[2], people[3]], "agreed again");
}
