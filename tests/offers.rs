//! Coupons, packs, the annual cashback and special terms, seen from the counter.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn twenty_off(shop: &Shop, customers: &[i64]) -> Vec<String> {
    issue(
        shop,
        json!({ "kind": "value", "value_minor": 2000 }),
        10_000,
        json!({ "kind": "named", "customer_ids": customers }),
    )
}

fn issue(shop: &Shop, worth: Value, minimum: i64, audience: Value) -> Vec<String> {
    let terms = json!({ "worth": worth, "minimum_minor": minimum });
    let batch =
        shop.call("coupon_issue", json!({ "name": "三月券", "terms": terms, "audience": audience, "valid_days": 7 }));
    let rows = shop.call("coupon_list", json!({ "batch_id": batch["id"] }))["rows"].clone();
    rows.as_array().expect("rows").iter().map(|row| row["code"].as_str().expect("a code").to_owned()).collect()
}

fn problem(refusal: &Value) -> String {
    refusal["fields"][0]["problem"].as_str().unwrap_or_else(|| refusal["key"].as_str().unwrap_or("")).to_owned()
}

fn sell(customer: i64, amount: i64, codes: &[&str]) -> Value {
    json!({ "customer_id": customer, "amount_minor": amount, "coupon_codes": codes })
}

#[test]
fn a_coupon_is_taken_off_inside_the_sale_and_is_used_up_by_it() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let code = &twenty_off(&shop, &[customer])[0];
    let quote = shop.call("sale_quote", sell(customer, 10_000, &[&code.to_lowercase()]));
    assert_eq!((&quote["coupons_minor"], &quote["net_minor"]), (&json!(2000), &json!(8000)));
    let receipt = shop.call("sale_create", sell(customer, 10_000, &[code]));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 8000);
    assert_eq!(receipt["sale"]["coupons"][0]["amount_minor"], 2000);
    assert_eq!(shop.profile(customer)["trade"]["net_minor"], 8000, "the ladder sees what was paid");
    assert_eq!(problem(&shop.refused("sale_create", sell(customer, 10_000, &[code]))), "coupon.used");
    let batch = &shop.call("coupon_batches", json!({}))["rows"][0];
    assert_eq!(
        (&batch["used"], &batch["used_bp"], &batch["took_off_minor"]),
        (&json!(1), &json!(10_000), &json!(2000))
    );
}

/// S2-48: a batch is read page by page behind the last coupon of the page before, whatever is used meanwhile.
#[test]
fn a_coupon_that_is_used_while_a_batch_is_read_moves_no_page() {
    let shop = Shop::open();
    let codes =
        issue(&shop, json!({ "kind": "value", "value_minor": 500 }), 0, json!({ "kind": "anybody", "number": 7 }));
    let batch = shop.call("coupon_batches", json!({}))["rows"][0]["id"].clone();
    let page = |after: Value| {
        let asked = json!({ "batch_id": batch, "only_unused": true, "after_id": after, "offset": 0, "limit": 3 });
        let rows = shop.call("coupon_list", asked)["rows"].clone();
        let codes = rows.as_array().expect("rows").iter().map(|row| row["code"].as_str().expect("a code").to_owned());
        (codes.collect::<Vec<_>>(), rows[2]["id"].clone())
    };
    let (first, end) = page(Value::Null);
    shop.call("sale_create", json!({ "amount_minor": 3_000, "coupon_codes": [first[0]] }));
    let (second, end) = page(end);
    let (third, _) = page(end);
    assert_eq!([first, second, third].concat(), codes, "every coupon once, in order");
}

#[test]
fn every_coupon_that_does_not_fit_is_refused_and_nothing_is_sold() {
    let shop = Shop::open();
    let (customer, other) = (shop.customer("王姐"), shop.customer("李总"));
    let codes = twenty_off(&shop, &[customer, other]);
    let (own, others) = (codes[0].as_str(), codes[1].as_str());
    let refused = |sale| problem(&shop.refused("sale_create", sale));
    assert_eq!(refused(sell(customer, 10_000, &[own, own])), "coupon.twice");
    assert_eq!(refused(sell(customer, 10_000, &[others])), "coupon.of_another");
    assert_eq!(
        refused(json!({ "amount_minor": 10_000, "coupon_codes": [own] })),
        "coupon.needs_customer",
        "a passer-by"
    );
    assert_eq!(refused(sell(customer, 9_999, &[own])), "coupon.below_minimum");
    assert_eq!(refused(sell(customer, 10_000, &["22222-22223"])), "coupon.code_unreadable");
    assert_eq!(refused(sell(customer, 10_000, &["22222-22222"])), "coupon.unknown");
    let second = &twenty_off(&shop, &[customer])[0];
    assert_eq!(refused(sell(customer, 20_000, &[own, second])), "coupon.not_stackable");
    shop.set_clock("2026-03-08T20:00:00+08:00");
    assert_eq!(shop.call("sale_quote", sell(customer, 10_000, &[own]))["net_minor"], 8000, "good through its last day");
    shop.set_clock("2026-03-09T00:00:00+08:00");
    assert_eq!(refused(sell(customer, 10_000, &[own])), "coupon.expired");
    assert_eq!(shop.call("book_info", json!({}))["counts"]["sales"], 0);
}

#[test]
fn a_coupon_comes_back_with_the_whole_sale_and_not_with_a_part() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let code = &twenty_off(&shop, &[customer])[0];
    let sale = shop.call("sale_create", sell(customer, 10_000, &[code]))["sale"]["row"]["id"].clone();
    let state = || shop.call("coupon_list", json!({ "code": code }))["rows"][0]["state"].clone();
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 7999 }));
    assert_eq!(state(), "used");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 1 }));
    assert_eq!(state(), "unused");
    let batch = &shop.call("coupon_batches", json!({}))["rows"][0];
    assert_eq!((&batch["used"], &batch["took_off_minor"]), (&json!(0), &json!(0)), "its rate knows that it came back");
    shop.call("sale_create", sell(customer, 10_000, &[code]));
    assert_eq!(state(), "used");
}

#[test]
fn a_void_coupon_stays_void_and_a_used_one_cannot_be_taken_back() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let code = &twenty_off(&shop, &[customer])[0];
    let id = shop.call("coupon_list", json!({ "code": code }))["rows"][0]["id"].clone();
    assert_eq!(fields(&shop.refused("coupon_void", json!({ "id": id, "reason": " " }))), ["reason"]);
    assert_eq!(shop.call("coupon_void", json!({ "id": id, "reason": "发错人" }))["state"], "void");
    assert_eq!(problem(&shop.refused("sale_create", sell(customer, 10_000, &[code]))), "coupon.void");
    assert_eq!(problem(&shop.refused("coupon_void", json!({ "id": id, "reason": "再来" }))), "coupon.void");
    let code = &twenty_off(&shop, &[customer])[0];
    let id = shop.call("coupon_list", json!({ "code": code }))["rows"][0]["id"].clone();
    shop.call("sale_create", sell(customer, 10_000, &[code]));
    assert_eq!(problem(&shop.refused("coupon_void", json!({ "id": id, "reason": "晚了" }))), "coupon.used");
}

#[test]
fn a_whole_batch_is_taken_back_but_for_what_was_used() {
    let shop = Shop::open();
    let (customer, other) = (shop.customer("王姐"), shop.customer("李总"));
    let codes = twenty_off(&shop, &[customer, other]);
    shop.call("sale_create", sell(customer, 10_000, &[&codes[0]]));
    let batch = shop.call("coupon_batches", json!({}))["rows"][0].clone();
    assert_eq!(batch["audience"]["kind"], "named", "it says for whom it was");
    let void = |reason: &str| json!({ "client_key": "v", "id": batch["id"], "reason": reason });
    assert_eq!(fields(&shop.refused("coupon_void_batch", void(""))), ["reason"]);
    let after = shop.call("coupon_void_batch", void("活动停了"));
    assert_eq!((&after["used"], &after["void"]), (&json!(1), &json!(1)));
    assert_eq!(shop.call("coupon_void_batch", void("活动停了"))["void"], 1, "a retry is the same");
    let again = json!({ "id": batch["id"], "reason": "再来" });
    assert_eq!(shop.refused("coupon_void_batch", again)["key"], "coupon.none_unused");
    assert_eq!(problem(&shop.refused("sale_create", sell(other, 10_000, &[&codes[1]]))), "coupon.void");
}

#[test]
fn a_share_is_capped_and_a_class_gets_one_each() {
    let shop = Shop::open();
    let worth = json!({ "kind": "percent", "percent_bp": 2000, "cap_minor": 5000 });
    let code = &issue(&shop, worth, 0, json!({ "kind": "anybody", "number": 1 }))[0];
    let quote = |amount: i64| {
        let input = json!({ "codes": [code], "amount_minor": amount });
        shop.call("coupon_quote", input)["takes_off_minor"].clone()
    };
    assert_eq!((quote(12_345), quote(100_000)), (json!(2469), json!(5000)));
    for n in 0..3 {
        shop.customer(&format!("客人{n}"));
    }
    shop.call("segment_run", json!({}));
    let class = shop.call("segment_get", json!({}))["classes"]
        .as_array()
        .expect("classes")
        .iter()
        .find(|class| class["people"] == 3)
        .cloned();
    let key = class.expect("three people without a purchase")["tag"]["key"].clone();
    assert_eq!(
        issue(&shop, json!({ "kind": "value", "value_minor": 500 }), 0, json!({ "kind": "class", "class_key": key }))
            .len(),
        3
    );
}

#[test]
fn a_batch_says_its_numbers_before_and_keeps_to_its_budget() {
    let shop = Shop::open();
    let (silver, _) = (shop.customer("王姐"), shop.customer("李总"));
    shop.sale(silver, 100_000);
    let spared = shop.customer("刘姐");
    shop.sale(spared, 100_000);
    shop.call("complaint_open", json!({ "customer_id": spared, "description": "面包有异物" }));
    let input = |budget: i64| {
        json!({ "name": "银卡券", "terms": { "worth": { "kind": "value", "value_minor": 500 } }, "valid_days": 3,
                "audience": { "kind": "tier", "tier": "银卡" }, "budget_minor": budget })
    };
    let preview = shop.call("coupon_preview", input(499));
    assert_eq!(
        (&preview["coupons"], &preview["left_out"][0]["people"], &preview["most_minor"]),
        (&json!(1), &json!(1), &json!(500))
    );
    assert_eq!(preview["is_over_budget"], true);
    assert_eq!(problem(&shop.refused("coupon_issue", input(499))), "coupon.over_budget");
    shop.call("coupon_issue", input(500));
    assert_eq!(shop.call("coupon_batches", json!({}))["expiring"], 1, "its last day is within three");
    let open_end = json!({ "name": "x", "terms": { "worth": { "kind": "percent", "percent_bp": 1000 } }, "valid_days": 3,
                           "audience": { "kind": "anybody", "number": 2 }, "budget_minor": 500 });
    assert_eq!(problem(&shop.refused("coupon_issue", open_end)), "coupon.budget_needs_cap");
}

#[test]
fn a_retry_issues_no_second_batch() {
    let shop = Shop::open();
    let input = json!({ "client_key": "k", "name": "传单", "terms": { "worth": { "kind": "percent", "percent_bp": 1000 } },
                        "audience": { "kind": "anybody", "number": 30 }, "valid_days": 30 });
    assert_eq!(shop.call("coupon_issue", input.clone())["id"], shop.call("coupon_issue", input)["id"]);
    assert_eq!(shop.call("coupon_list", json!({}))["total"], 30);
}

#[test]
fn the_coupon_of_a_compensation_is_a_real_one() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let case =
        shop.call("complaint_open", json!({ "customer_id": customer, "description": "等了半小时" }))["row"]["id"]
            .clone();
    shop.call("complaint_resolve", json!({
        "id": case, "empathy": "让您久等了", "compensation_kind": "coupon", "compensation_minor": 2000,
        "compensation_note": "20 元无门槛券", "root_cause": "人手不足", "improvement": "周末加一人", "improvement_due_on": "2026-03-08" }));
    let coupon = shop.call("coupon_list", json!({ "customer_id": customer }))["rows"][0].clone();
    assert_eq!(coupon["text"], "立减 ¥20.00，无门槛");
    let receipt = shop.call("sale_create", sell(customer, 2500, &[coupon["code"].as_str().expect("a code")]));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 500);
}

fn ten_lessons(shop: &Shop) -> Value {
    let product = json!({ "name": "私教课 10 次", "price_minor": 100_000, "sessions": 10, "valid_days": 90 });
    shop.call("pack_product", product)["products"][0]["product_id"].clone()
}

fn bought(shop: &Shop, customer: i64) -> (Value, Value) {
    let product = ten_lessons(shop);
    let lines = json!([{ "product_id": product, "quantity": "1" }]);
    let sale = shop.call("sale_create", json!({ "customer_id": customer, "lines": lines }));
    let pack = shop.call("pack_list", json!({ "customer_id": customer }))["rows"][0].clone();
    (sale["sale"]["row"]["id"].clone(), pack)
}

#[test]
fn a_pack_is_sold_used_taken_back_rested_and_given_back() {
    let shop = Shop::open();
    let customer = shop.customer("陈教练的学员");
    let (_, pack) = bought(&shop, customer);
    assert_eq!(pack["standing"]["until_on"], "2026-05-30", "ninety days, the first included");
    let id = pack["id"].clone();
    let used = shop.call("pack_use", json!({ "id": id, "sessions": 3, "client_key": "u" }));
    let again = shop.call("pack_use", json!({ "id": id, "sessions": 3, "client_key": "u" }));
    assert_eq!(used["standing"], again["standing"], "a retry uses nothing twice");
    assert_eq!((&used["standing"]["left"], &used["worth_minor"]), (&json!(7), &json!(70_000)));
    assert_eq!(used["entries"][0]["left"], 7, "the slip says what is left");
    let everybodys = shop.call("pack_list", json!({}));
    assert_eq!(everybodys["rows"][0]["id"], id);
    let entry = used["entries"][0]["id"].clone();
    let back = shop.call("pack_take_back", json!({ "entry_id": entry, "reason": "记错人" }));
    assert_eq!((&back["standing"]["left"], &back["entries"][1]["is_taken_back"]), (&json!(10), &json!(true)));
    let twice = shop.refused("pack_take_back", json!({ "entry_id": entry, "reason": "再来" }));
    assert_eq!(twice["key"], "pack.nothing_to_take_back");
    shop.call("pack_freeze", json!({ "id": id }));
    assert_eq!(shop.refused("pack_use", json!({ "id": id }))["key"], "pack.frozen");
    shop.set_clock("2026-03-12T10:00:00+08:00");
    assert_eq!(shop.call("pack_unfreeze", json!({ "id": id }))["standing"]["until_on"], "2026-06-09");
    shop.call("pack_use", json!({ "id": id, "sessions": 4 }));
    let too_many = &shop.refused("pack_use", json!({ "id": id, "sessions": 7 }))["fields"][0];
    assert_eq!((&too_many["field"], &too_many["values"]["left"]), (&json!("sessions"), &json!("6")));
    let closed = shop.call("pack_give_back", json!({ "id": id }));
    assert_eq!((&closed["standing"]["is_closed"], &closed["standing"]["left"]), (&json!(true), &json!(0)));
    assert_eq!(shop.profile(customer)["trade"]["net_minor"], 40_000, "six tenths went back");
    assert_eq!(shop.refused("pack_give_back", json!({ "id": id }))["key"], "pack.closed");
}

#[test]
fn a_pack_needs_an_owner_and_goes_with_its_sale() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let (sale, pack) = bought(&shop, customer);
    let product = shop.call("pack_overview", json!({}))["products"][0]["product_id"].clone();
    let lines = json!([{ "product_id": product, "quantity": "1" }]);
    assert_eq!(problem(&shop.refused("sale_create", json!({ "lines": lines }))), "pack.needs_customer");
    let half = json!([{ "product_id": product, "quantity": "0.5" }]);
    let refused = shop.refused("sale_create", json!({ "customer_id": customer, "lines": half }));
    assert_eq!(fields(&refused), ["lines.0.quantity"]);
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "买错" }));
    assert_eq!(shop.refused("pack_use", json!({ "id": pack["id"] }))["key"], "pack.closed");
    assert_eq!(shop.call("pack_overview", json!({}))["open"], 0);
}

#[test]
fn people_with_few_sessions_left_stand_on_the_reminder_list() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let (_, pack) = bought(&shop, customer);
    let reminded = || shop.call("pack_overview", json!({}))["reminders"].as_array().expect("a list").len();
    assert_eq!(reminded(), 0);
    shop.call("pack_use", json!({ "id": pack["id"], "sessions": 7 }));
    assert_eq!(reminded(), 1);
    shop.call("pack_use", json!({ "id": pack["id"], "sessions": 3 }));
    assert_eq!(reminded(), 0, "nothing is left to be reminded of");
}

fn two_percent(year: i32, pays_as: &str) -> Value {
    json!({ "year": year, "pays_as": pays_as, "rules": { "steps": [{ "from_minor": 0, "rate_bp": 200 }] } })
}

/// Pays a year and waits for it; answers run and people.
fn approve(shop: &Shop, question: Value) -> Value {
    let job = finished(shop, question);
    assert_eq!(job["state"], "done", "{job}");
    shop.call("cashback_list", json!({ "id": job["result"]["id"] }))
}

fn finished(shop: &Shop, question: Value) -> Value {
    let mut job = shop.call("cashback_approve", question);
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    job
}

/// S0-11: the statement names what a year paid, cash and voucher alike, and nothing of a run that was taken back.
#[test]
fn the_statement_of_a_member_names_the_cashback_of_a_year() {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    let (customer, other) = (shop.customer("王姐"), shop.customer("王姐姐"));
    shop.sale(customer, 1_000_000);
    shop.set_clock("2027-01-02T23:30:00+08:00");
    let run = approve(&shop, two_percent(2026, "voucher"))["run"]["id"].clone();
    shop.call("cashback_reverse", json!({ "id": run, "reason": "应付现金" }));
    approve(&shop, two_percent(2026, "cash"));
    shop.call("customer_merge", json!({ "survivor_id": other, "absorbed_id": customer }));
    let paid = |days: Value| {
        let mut asked = json!({ "customer_id": other });
        asked.as_object_mut().expect("an object").extend(days.as_object().expect("days").clone());
        shop.call("points_statement", asked)["cashbacks"].clone()
    };
    let cash = json!({ "on": "2027-01-02", "year": 2026, "pays_as": "cash", "paid_minor": 20_000, "code": null });
    assert_eq!(paid(json!({})), json!([cash]), "on the shop's day, once, also after a merge");
    assert_eq!(paid(json!({ "to_on": "2027-01-01" })), json!([]));
    assert_eq!(paid(json!({ "from_on": "2027-01-02" })), json!([cash]));
}

#[test]
fn a_year_is_paid_once_and_a_later_refund_is_settled_by_the_next() {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    let customer = shop.customer("王姐");
    let sale = shop.sale(customer, 1_000_000);
    assert_eq!(problem(&shop.refused("cashback_approve", two_percent(2026, "cash"))), "cashback.year_running");
    shop.set_clock("2027-01-02T10:00:00+08:00");
    let preview = shop.call("cashback_preview", two_percent(2026, "cash"));
    assert_eq!((&preview["people"], &preview["paid_minor"]), (&json!(1), &json!(20_000)));
    assert_eq!(shop.call("cashback_runs", json!({}))["rows"], json!([]), "a look writes nothing");
    let list = approve(&shop, two_percent(2026, "cash"));
    assert_eq!(list["rows"][0]["paid_minor"], 20_000);
    let again = finished(&shop, two_percent(2026, "cash"));
    assert_eq!(again["error"]["key"], "cashback.nobody");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 400_000 }));
    shop.sale(customer, 250_000);
    shop.set_clock("2028-01-02T10:00:00+08:00");
    let next = shop.call("cashback_preview", two_percent(2027, "cash"));
    assert_eq!(
        (&next["people"], &next["settled_minor"]),
        (&json!(0), &json!(5000)),
        "80.00 are owed, 50.00 settle a part"
    );
    assert_eq!((&next["debtors"], &next["owed_minor"]), (&json!(1), &json!(8000)));
    assert_eq!((&next["rows"][0]["carried_minor"], &next["rows"][0]["paid_minor"]), (&json!(-8000), &json!(0)));
    approve(&shop, two_percent(2027, "cash"));
    shop.sale(customer, 300_000);
    shop.set_clock("2029-01-02T10:00:00+08:00");
    let last = approve(&shop, two_percent(2028, "cash"));
    assert_eq!((&last["rows"][0]["carried_minor"], &last["rows"][0]["paid_minor"]), (&json!(-3000), &json!(3000)));
}

#[test]
fn a_voucher_of_the_year_is_spent_like_money_and_keeps_its_run_from_being_taken_back() {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    let (customer, other) = (shop.customer("王姐"), shop.customer("李总"));
    shop.sale(customer, 50_000);
    shop.sale(other, 10_000);
    shop.set_clock("2027-01-02T10:00:00+08:00");
    let first = approve(&shop, two_percent(2026, "voucher"));
    let run = first["run"]["id"].clone();
    assert_eq!(fields(&shop.refused("cashback_reverse", json!({ "id": run, "reason": "" }))), ["reason"]);
    let gone = first["rows"][0]["code"].clone();
    shop.call("cashback_reverse", json!({ "id": run, "reason": "比例填错" }));
    assert_eq!(shop.call("coupon_list", json!({ "code": gone }))["rows"][0]["state"], "void");
    let second = approve(&shop, two_percent(2026, "voucher"));
    assert_eq!(second["rows"].as_array().expect("rows").len(), 2, "the year can be run anew");
    let codes: Vec<&str> =
        second["rows"].as_array().expect("rows").iter().filter_map(|row| row["code"].as_str()).collect();
    let paid: Vec<i64> =
        second["rows"].as_array().expect("rows").iter().filter_map(|row| row["paid_minor"].as_i64()).collect();
    assert_eq!(paid, [1000, 200]);
    let receipt = shop.call("sale_create", sell(customer, 1500, &[codes[0]]));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 500);
    let refused = shop.refused("cashback_reverse", json!({ "id": second["run"]["id"], "reason": "晚了" }));
    assert_eq!((&refused["key"], &refused["values"]["n"]), (&json!("cashback.used"), &json!("1")));
}

#[test]
fn a_retry_pays_nobody_twice_and_a_cancelled_run_nobody_at_all() {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    for n in 0..40 {
        shop.sale(shop.customer(&format!("客人{n}")), 50_000);
    }
    shop.set_clock("2027-01-02T10:00:00+08:00");
    let mut question = two_percent(2026, "voucher");
    question["client_key"] = json!("year");
    let (first, second) = (finished(&shop, question.clone()), finished(&shop, question));
    assert_eq!(first["result"]["id"], second["result"]["id"]);
    assert_eq!((&first["done"], &first["total"]), (&json!(80), &json!(80)), "a voucher and an entry for each");
    assert_eq!(shop.call("coupon_list", json!({}))["total"], 40);
    let run = first["result"]["id"].clone();
    let page = shop.call("cashback_list", json!({ "id": run, "offset": 38, "limit": 10 }));
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(2), "the list comes in pages");
    shop.call("cashback_reverse", json!({ "id": run, "reason": "比例填错" }));
    let job = shop.call("cashback_approve", two_percent(2026, "cash"));
    let cancelled = shop.call("job_cancel", json!({ "job": job["job"] }));
    let mut job = cancelled;
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    let runs = shop.call("cashback_runs", json!({}))["rows"].as_array().map(Vec::len);
    // The run may have been quicker than the hand that stopped it; then all of it is there.
    assert_eq!(runs, Some(if job["state"] == "cancelled" { 1 } else { 2 }), "{job}");
}

#[test]
fn the_preview_of_a_year_follows_every_sale_and_refund() {
    let mut shop = Shop::at("2026-12-30T10:00:00+08:00");
    let customer = shop.customer("王姐");
    let sale = shop.sale(customer, 10_000);
    shop.set_clock("2027-01-02T10:00:00+08:00");
    let paid = || shop.call("cashback_preview", two_percent(2026, "cash"))["paid_minor"].clone();
    assert_eq!((paid(), paid()), (json!(200), json!(200)));
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 5_000, "sold_on": "2026-12-31" }));
    assert_eq!(paid(), 300, "what is typed in late counts on its own day");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 10_000 }));
    assert_eq!(paid(), 100);
    let other = shop.customer("王姐姐");
    shop.call("sale_create", json!({ "customer_id": other, "amount_minor": 2_500, "sold_on": "2026-12-31" }));
    shop.call("customer_merge", json!({ "survivor_id": customer, "absorbed_id": other }));
    let preview = shop.call("cashback_preview", two_percent(2026, "cash"));
    assert_eq!((&preview["people"], &preview["paid_minor"]), (&json!(1), &json!(150)), "two records are one person");
    // What was brought up to date is what a program that begins anew counts.
    let third = shop.customer("李总");
    for (customer, amount, on) in
        [(third, 40_000, "2026-05-01"), (other, 7_000, "2026-06-01"), (third, 9_000, "2025-06-01")]
    {
        let sale = json!({ "customer_id": customer, "amount_minor": amount, "sold_on": on });
        let sale = shop.call("sale_create", sale)["sale"]["row"]["id"].clone();
        let look = |shop: &Shop| {
            let years = [2025, 2026].map(|year| shop.call("cashback_preview", two_percent(year, "cash")));
            years.map(|year| (year["buyers"].clone(), year["people"].clone(), year["rows"].clone()))
        };
        let kept = look(&shop);
        shop.restart();
        assert_eq!(kept, look(&shop));
        shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 1_500 }));
        let kept = look(&shop);
        shop.restart();
        assert_eq!(kept, look(&shop));
    }
}

#[test]
fn who_stands_below_the_lowest_tier_is_not_paid() {
    let shop = Shop::at("2026-12-30T10:00:00+08:00");
    let (silver, _) = (shop.customer("王姐"), shop.customer("李总"));
    shop.sale(silver, 100_000);
    shop.sale(shop.customer("赵姐"), 99_999);
    shop.set_clock("2027-01-02T10:00:00+08:00");
    let mut question = two_percent(2026, "cash");
    question["lowest_tier"] = json!("银卡");
    let preview = shop.call("cashback_preview", question.clone());
    assert_eq!((&preview["people"], &preview["not_members"], &preview["buyers"]), (&json!(1), &json!(1), &json!(2)));
    question["lowest_tier"] = json!("铂金");
    assert_eq!(fields(&shop.refused("cashback_preview", question)), ["lowest_tier"]);
}

#[test]
fn what_was_agreed_with_a_customer_names_who_and_until_when() {
    let shop = Shop::open();
    let customer = shop.customer("老客户公司");
    let bad =
        json!({ "customer_id": customer, "text": "", "agreed_by": "", "until_on": "2026-03-01", "discount_bp": 0 });
    assert_eq!(fields(&shop.refused("term_agree", bad)), ["text", "agreed_by", "discount_bp", "until_on"]);
    let term = json!({ "customer_id": customer, "text": "全年九折，免加急费", "agreed_by": "王总 / 店长", "discount_bp": 1000,
                       "until_on": "2026-12-31", "cost_minor": 300_000, "review_on": "2026-03-02", "criteria": "每月下单" });
    let row = shop.call("term_agree", term)["rows"][0].clone();
    assert_eq!((&row["holds"], &row["is_due"]), (&json!(true), &json!(true)), "its trial is to be looked at today");
    assert_eq!(shop.call("term_end", json!({ "id": row["id"] }))["rows"], json!([]));
    assert_eq!(shop.refused("term_end", json!({ "id": row["id"] }))["key"], "not_found.term");
}
