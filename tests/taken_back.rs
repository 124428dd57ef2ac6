//! Sales that coupons, vouchers and points paid for, taken back: whole, in a hundred parts, and after what paid has ended.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn balance(shop: &Shop, customer: i64) -> i64 {
    shop.profile(customer)["points"]["balance"].as_i64().expect("a balance")
}

fn lots(shop: &Shop, customer: i64) -> Value {
    shop.call("points_statement", json!({ "customer_id": customer }))["lots"].clone()
}

fn state(shop: &Shop, code: &Value) -> Value {
    shop.call("coupon_list", json!({ "code": code }))["rows"][0]["state"].clone()
}

/// Points pay for a whole sale from tomorrow on.
fn points_pay_everything(shop: &Shop) {
    let mut rules = shop.call("points_rules_get", json!({}))["rules"].clone();
    rules["redeem"]["max_share_bp"] = json!(10_000);
    shop.call("points_rules_change", json!({ "rules": rules }));
}

#[test]
fn a_sale_that_points_paid_whole_is_taken_back_once_and_the_points_are_good_again() {
    let shop = Shop::open();
    let wang = shop.customer("王姐");
    shop.sale(wang, 50_000);
    points_pay_everything(&shop);
    shop.set_clock("2026-03-03T10:00:00+08:00");
    let before = lots(&shop, wang);
    let input = json!({ "customer_id": wang, "amount_minor": 500, "redeem_points": 500 });
    let sale = shop.call("sale_create", input)["sale"]["row"].clone();
    assert_eq!((&sale["net_minor"], balance(&shop, wang)), (&json!(0), 0));
    let refund = shop.refused("sale_refund", json!({ "sale_id": sale["id"], "amount_minor": 1 }));
    assert_eq!(fields(&refund), ["amount_minor"], "no money came in, so none goes back");
    let void = json!({ "client_key": "k", "sale_id": sale["id"], "reason": "客人不要了" });
    let receipt = shop.call("sale_void", void.clone());
    assert_eq!(receipt["sale"]["refunds"][0]["kind"], "void");
    assert_eq!((balance(&shop, wang), lots(&shop, wang)), (500, before), "as if nothing had been sold");
    shop.call("sale_void", void);
    assert_eq!(balance(&shop, wang), 500, "a retry gives nothing twice");
    let again = shop.refused("sale_void", json!({ "sale_id": sale["id"], "reason": "再来一次" }));
    assert_eq!((&again["key"], balance(&shop, wang)), (&json!("sale.nothing_left"), 500));
    shop.call("sale_create", json!({ "customer_id": wang, "amount_minor": 500, "redeem_points": 500 }));
    assert_eq!(balance(&shop, wang), 0, "what came back is spent again");
}

/// A customer with 1,000 points of 2026, a voucher of 20 yuan for that year and a coupon of 10 yuan, in January 2027.
struct Paying {
    customer: i64,
    codes: Vec<Value>,
}

impl Paying {
    /// 100 yuan less voucher, coupon and 500 points: 65 yuan are left to pay, and earn 65 points.
    fn sale(&self, shop: &Shop) -> Value {
        let input = json!({
            "customer_id": self.customer, "amount_minor": 10_000, "coupon_codes": self.codes, "redeem_points": 500,
        });
        let sale = shop.call("sale_create", input)["sale"]["row"].clone();
        assert_eq!((&sale["net_minor"], balance(shop, self.customer)), (&json!(6_500), 565));
        sale["id"].clone()
    }

    fn states(&self, shop: &Shop) -> Vec<Value> {
        self.codes.iter().map(|code| state(shop, code)).collect()
    }
}

fn paying(names: &[&str]) -> (Shop, Vec<Paying>) {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    let customers: Vec<i64> = names.iter().map(|name| shop.customer(name)).collect();
    for customer in &customers {
        shop.sale(*customer, 100_000);
    }
    shop.set_clock("2027-01-05T10:00:00+08:00");
    let rules = json!({ "steps": [{ "from_minor": 0, "rate_bp": 200 }] });
    let mut job = shop.call("cashback_approve", json!({ "year": 2026, "pays_as": "voucher", "rules": rules }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    let terms = json!({ "worth": { "kind": "value", "value_minor": 1_000 }, "is_stackable": true });
    let audience = json!({ "kind": "named", "customer_ids": customers });
    shop.call("coupon_issue", json!({ "name": "新年券", "terms": terms, "audience": audience, "valid_days": 30 }));
    let of = |customer: i64| {
        let rows = shop.call("coupon_list", json!({ "customer_id": customer }))["rows"].clone();
        let codes: Vec<Value> = rows.as_array().expect("rows").iter().map(|row| row["code"].clone()).collect();
        assert_eq!(codes.len(), 2, "a voucher and a coupon");
        Paying { customer, codes }
    };
    let people = customers.iter().map(|customer| of(*customer)).collect();
    (shop, people)
}

#[test]
fn a_hundred_parts_a_whole_refund_and_a_void_of_a_mixed_sale_end_alike() {
    let (shop, people) = paying(&["甲", "乙", "丙"]);
    let [parts, whole, void] = &people[..] else { panic!("three customers") };
    let sale = parts.sale(&shop);
    for part in 1..=100 {
        shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 65 }));
        if part == 50 {
            assert_eq!(parts.states(&shop), ["used", "used"], "a part brings no coupon back");
            // 1,000 − 500 + half of the 500 + 32 for the 32.50 that are left.
            assert_eq!(balance(&shop, parts.customer), 782);
        }
    }
    shop.call("sale_refund", json!({ "sale_id": whole.sale(&shop), "amount_minor": 6_500 }));
    shop.call("sale_void", json!({ "sale_id": void.sale(&shop), "reason": "打错" }));
    for person in &people {
        assert_eq!(person.states(&shop), ["unused", "unused"]);
        assert_eq!(balance(&shop, person.customer), 1_000);
        assert_eq!(lots(&shop, person.customer).as_array().map(Vec::len), Some(1), "all are back in their own lot");
    }
    let year = shop.call(
        "cashback_preview",
        json!({
            "year": 2027, "pays_as": "cash", "rules": { "steps": [{ "from_minor": 0, "rate_bp": 200 }] }
        }),
    );
    assert_eq!(year["paid_minor"], 0, "nothing was sold in the new year");
}

#[test]
fn what_comes_back_after_its_end_lives_for_thirty_days_and_a_coupon_not_at_all() {
    let (shop, people) = paying(&["甲", "乙"]);
    let [voided, refunded] = &people[..] else { panic!("two customers") };
    let (first, second) = (voided.sale(&shop), refunded.sale(&shop));
    shop.set_clock("2028-02-01T10:00:00+08:00");
    for person in &people {
        assert_eq!(balance(&shop, person.customer), 65, "the points of 2026 ended with 2027");
    }
    shop.call("sale_void", json!({ "sale_id": first, "reason": "一年后才发现" }));
    shop.call("sale_refund", json!({ "sale_id": second, "amount_minor": 6_500 }));
    for person in &people {
        assert_eq!(person.states(&shop)[0], "expired", "it is back, but its days are over");
        let card = shop.profile(person.customer)["points"].clone();
        assert_eq!((&card["balance"], &card["ending_on"]), (&json!(500), &json!("2028-03-02")));
    }
    shop.set_clock("2028-03-02T10:00:00+08:00");
    assert_eq!(balance(&shop, voided.customer), 500, "through the last day");
    shop.set_clock("2028-03-03T10:00:00+08:00");
    assert_eq!(balance(&shop, voided.customer), 0);
}

/// D4: points that paid for a sale came from another one that was returned; when the paid one comes back too, nothing was
/// ever sold, and whatever was earned since is whole again and keeps its own end.
#[test]
fn points_that_were_lent_go_back_to_those_that_paid_the_loan() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let first = shop.sale(customer, 20_000);
    let paid = json!({ "customer_id": customer, "amount_minor": 20_000, "redeem_points": 100 });
    let second = shop.call("sale_create", paid)["sale"]["row"]["id"].clone();
    shop.call("sale_refund", json!({ "sale_id": first, "amount_minor": 20_000, "reason": "退货" }));
    shop.set_clock("2026-03-03T10:00:00+08:00");
    shop.sale(customer, 15_000);
    shop.call("sale_void", json!({ "sale_id": second, "reason": "退货" }));
    assert_eq!(balance(&shop, customer), 150);
    shop.set_clock("2026-06-01T10:00:00+08:00");
    assert_eq!(balance(&shop, customer), 150, "nothing of it ended after thirty days");
}
