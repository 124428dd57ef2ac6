//! What a compensation gave and what is taken back: through the same books, with a reason, and no longer counted.

use crate::cases::{open, resolution};
use crate::support::{Shop, fields, with};
use serde_json::{Value, json};
use shukebu_backend::exports::Kind;

/// A case of a customer, resolved with this; answers the case and the posting.
fn given(shop: &Shop, customer: i64, given: Value) -> (i64, Value) {
    let id = open(shop, json!({ "customer_id": customer }));
    let view = shop.call("complaint_resolve", resolution(id, given));
    (id, view["resolutions"][0]["returnable"][0]["posting_id"].clone())
}

fn back((id, posting): &(i64, Value)) -> Value {
    json!({ "id": id, "posting_id": posting, "reason": "给错了" })
}

fn points(points: i64) -> Value {
    json!({ "compensation_kind": "points", "compensation_goods": { "points": points } })
}

fn coupon() -> Value {
    json!({ "compensation_kind": "coupon", "compensation_minor": 2_000, "compensation_note": "20 元券" })
}

fn benefit() -> Value {
    let goods = json!({ "benefit": "免费加急", "times": 2 });
    json!({ "compensation_kind": "benefit", "compensation_minor": 2_000, "compensation_goods": goods })
}

fn cost(shop: &Shop) -> Value {
    shop.call("complaint_report", json!({}))["totals"]["compensation_minor"].clone()
}

fn benefits_today(shop: &Shop, customer: i64) -> Value {
    shop.call("benefit_get", json!({ "id": customer }))["today"].clone()
}

fn coupons(shop: &Shop, customer: i64) -> Value {
    shop.call("coupon_list", json!({ "customer_id": customer }))["rows"].clone()
}

/// F 10, S3-37: points leave the account by an entry of their own that names the case and the reason.
#[test]
fn points_that_were_given_by_mistake_leave_the_account_by_an_entry_of_their_own() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let case = given(&shop, customer, points(500));
    assert_eq!(cost(&shop), 500);
    let view = shop.call("complaint_take_back", back(&case));
    assert_eq!(view["resolutions"][0]["posted"], json!(["积分 +500 已到账（已收回：给错了）"]));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 500, "what was written at the resolution stays");
    assert_eq!(view["resolutions"][0]["returnable"], json!([]));
    let statement = shop.call("points_statement", json!({ "customer_id": customer }));
    assert_eq!(statement["closing"], 0);
    let rows: Vec<(&Value, &Value)> =
        statement["rows"].as_array().expect("rows").iter().map(|row| (&row["points"], &row["reason"])).collect();
    let entry = (&json!(-500), &json!("收回投诉补偿 TS-20260302-001：给错了"));
    assert!(rows.contains(&entry), "{statement}");
    assert_eq!(cost(&shop), 0);
    assert_eq!(fields(&shop.refused("complaint_take_back", back(&case))), ["posting_id"], "once");
}

/// F 10: points that the customer has spent meanwhile are owed, as everywhere else in the book.
#[test]
fn points_that_were_spent_meanwhile_become_a_debt() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let case = given(&shop, customer, points(500));
    shop.call("points_adjust", json!({ "customer_id": customer, "points": -400, "reason": "换了礼品" }));
    shop.call("complaint_take_back", back(&case));
    let card = shop.profile(customer)["points"].clone();
    assert_eq!((&card["balance"], &card["debt"]), (&json!(0), &json!(400)), "{card}");
}

/// F 10, S3-37: a coupon that nobody used is void; a used one stays, and nothing is written down then.
#[test]
fn an_unused_coupon_is_void_and_a_used_one_stays() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let unused = given(&shop, customer, coupon());
    shop.call("complaint_take_back", back(&unused));
    assert_eq!(coupons(&shop, customer)[0]["state"], "void");
    assert_eq!(cost(&shop), 0);
    let used = given(&shop, customer, coupon());
    let row = coupons(&shop, customer).as_array().expect("rows").iter().find(|row| row["state"] == "unused").cloned();
    let code = row.expect("a second coupon")["code"].clone();
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 10_000, "coupon_codes": [code] }));
    let refused = shop.refused("complaint_take_back", back(&used));
    assert_eq!((&refused["code"], &refused["key"]), (&json!("not_allowed_now"), &json!("coupon.used")), "{refused}");
    assert_eq!(cost(&shop), 2_000, "it was given and stays given");
    let view = shop.call("complaint_get", json!({ "id": used.0 }));
    assert_eq!(view["resolutions"][0]["returnable"].as_array().map(Vec::len), Some(1));
}

/// F 10: a coupon that somebody voided on its own page is written down on the case all the same.
#[test]
fn a_coupon_that_was_void_already_is_no_longer_counted() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let case = given(&shop, customer, coupon());
    let id = coupons(&shop, customer)[0]["id"].clone();
    shop.call("coupon_void", json!({ "id": id, "reason": "发错" }));
    shop.call("complaint_take_back", back(&case));
    assert_eq!(cost(&shop), 0);
}

/// F 10: a benefit of which nothing was used is gone from the counter; one that was used stays.
#[test]
fn an_unused_benefit_is_gone_from_the_counter_and_a_used_one_stays() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let unused = given(&shop, customer, benefit());
    shop.call("complaint_take_back", back(&unused));
    assert_eq!(benefits_today(&shop, customer), json!([]));
    let used = given(&shop, customer, benefit());
    let key = benefits_today(&shop, customer)[0]["benefit"]["key"].clone();
    shop.call("benefit_use", json!({ "customer_id": customer, "benefit": key }));
    assert_eq!(shop.refused("complaint_take_back", back(&used))["code"], "not_allowed_now");
    assert_eq!(benefits_today(&shop, customer)[0]["left"], 1, "the rest is the customer's");
    assert_eq!(cost(&shop), 2_000);
}

/// F 10: money that was given back is not taken back here, and the refusal says what to do.
#[test]
fn money_that_was_given_back_stays_with_the_customer() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let sale = shop.sale(customer, 10_000);
    let id = open(&shop, json!({ "sale_id": sale }));
    let refund = json!({ "compensation_kind": "refund", "compensation_minor": 3_000, "compensation_also": [
        { "kind": "points", "goods": { "points": 100 } },
    ] });
    let view = shop.call("complaint_resolve", resolution(id, refund));
    let returnable = view["resolutions"][0]["returnable"].as_array().expect("a list").clone();
    assert_eq!(returnable.len(), 1, "the points alone: {returnable:?}");
    let refund_posting = returnable[0]["posting_id"].as_i64().expect("an id") - 1;
    let refused = shop.refused("complaint_take_back", back(&(id, json!(refund_posting))));
    assert_eq!((&refused["code"], &refused["key"]), (&json!("not_allowed_now"), &json!("complaint.refund_stays")));
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["row"]["refunded_minor"], 3_000);
}

/// F 10: what a customer already has is taken back by somebody who may, or with his approval there and then.
#[test]
fn a_clerk_takes_back_what_a_customer_has_with_an_approval() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let case = given(&shop, customer, points(300));
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    let refused = shop.refused("complaint_take_back", back(&case));
    assert_eq!((&refused["code"], &refused["ask"]), (&json!("not_permitted"), &json!("complaint.take_back")));
    let approved = with(back(&case), &json!({ "approval": { "staff_id": 1, "reason": "确实给错" } }));
    let view = shop.call("complaint_take_back", approved);
    assert_eq!(view["desk"]["approvals"][0]["reason"], "确实给错");
    assert_eq!(shop.call("points_statement", json!({ "customer_id": customer }))["closing"], 0);
}

/// F 10, F 14: the list of complaints that leaves the program counts what was given and stayed given.
#[test]
fn the_export_no_longer_shows_what_was_taken_back() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let beside = json!({ "compensation_also": [{ "kind": "points", "goods": { "points": 300 } }] });
    let both = given(&shop, customer, with(coupon(), &beside));
    let alone = given(&shop, customer, points(500));
    given(&shop, customer, points(700));
    shop.call("complaint_take_back", back(&both));
    shop.call("complaint_take_back", back(&alone));
    open(&shop, json!({ "customer_id": customer }));
    let shown: Vec<(Value, Value)> = crate::export_lists::rows(&shop, Kind::Complaints)
        .into_iter()
        .map(|row| (row["compensation"].clone(), row["compensation_minor"].clone()))
        .collect();
    let given = |kind: &str, minor: i64| (json!(kind), json!(minor));
    assert_eq!(shown, [given("points", 300), given("none", 0), given("points", 700), (Value::Null, Value::Null)]);
}

/// F 10: the list of compensations has everything that was given, also the first of a resolution, and says what is back.
#[test]
fn the_list_of_compensations_says_what_was_taken_back_and_why() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let beside = json!({ "compensation_also": [{ "kind": "points", "goods": { "points": 300 } }] });
    let case = given(&shop, customer, with(coupon(), &beside));
    shop.advance_minutes(5);
    shop.call("complaint_take_back", back(&case));
    let none = json!({ "compensation_kind": "none", "compensation_note": "客人不要" });
    shop.call("complaint_resolve", resolution(open(&shop, json!({})), none));
    let rows = crate::export_lists::rows(&shop, Kind::Compensations);
    let told: Vec<_> = rows.iter().map(|row| (&row["kind"], &row["cost_minor"], &row["taken_back_why"])).collect();
    let (coupon, points) = (json!("coupon"), json!("points"));
    assert_eq!(told, [(&coupon, &json!(2_000), &json!("给错了")), (&points, &json!(300), &Value::Null)]);
    assert_eq!(rows[0]["taken_back_at"], "2026-03-02T10:05:00+08:00");
}
