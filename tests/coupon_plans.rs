//! Coupons by a rule: who is due, once each, whenever the program looks.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use shukebu_backend::offers::coupons::plans::run_if_due;

fn plan(occasion: Value, more: Value) -> Value {
    let mut plan = json!({
        "occasion": occasion, "valid_days": 14,
        "terms": { "worth": { "kind": "value", "value_minor": 1_000 }, "minimum_minor": 5_000 },
    });
    plan.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({ "name": "计划券", "plan": plan })
}

fn save(shop: &Shop, occasion: Value, more: Value) -> Value {
    shop.call("coupon_plan_save", plan(occasion, more))["rows"][0].clone()
}

fn look(shop: &Shop, moment: &str) {
    shop.set_clock(moment);
    run_if_due(&shop.app).expect("it looks");
}

/// The days from and until of a customer's coupons.
fn held(shop: &Shop, customer: i64) -> Vec<(String, String)> {
    let rows = shop.call("coupon_list", json!({ "customer_id": customer }))["rows"].clone();
    let day = |row: &Value, name: &str| row[name].as_str().expect("a day").to_owned();
    rows.as_array().expect("rows").iter().map(|row| (day(row, "from_on"), day(row, "until_on"))).collect()
}

fn pair(from: &str, until: &str) -> (String, String) {
    (from.to_owned(), until.to_owned())
}

#[test]
fn a_monthly_plan_issues_once_a_month_to_whoever_is_meant_and_makes_up_for_nothing() {
    let mut shop = Shop::open();
    let (silver, plain) = (shop.customer("王姐"), shop.customer("李总"));
    shop.sale(silver, 100_000);
    let monthly = json!({ "kind": "regular", "months": 1, "day": 5 });
    let input = plan(monthly.clone(), json!({ "tiers": ["银卡"] }));
    let preview = shop.call("coupon_plan_preview", input);
    assert_eq!((&preview["people"], &preview["most_minor"]), (&json!(1), &json!(1_000)));
    assert_eq!(preview["next_on"], "2026-03-05");
    let row = save(&shop, monthly, json!({ "tiers": ["银卡"] }));
    assert_eq!((&row["issued"], &row["next_on"]), (&json!(0), &json!("2026-03-05")));
    look(&shop, "2026-03-05T09:00:00+08:00");
    look(&shop, "2026-03-05T18:00:00+08:00");
    look(&shop, "2026-03-06T09:00:00+08:00");
    shop.restart();
    assert_eq!(held(&shop, silver), [pair("2026-03-05", "2026-03-18")], "once, also after a restart");
    assert_eq!(held(&shop, plain), []);
    shop.set_clock("2026-06-20T09:00:00+08:00");
    shop.restart();
    let held = held(&shop, silver);
    assert_eq!(held.len(), 2, "April and May are not made up for: {held:?}");
    assert_eq!(held[1], pair("2026-06-20", "2026-07-03"));
    let row = shop.call("coupon_plan_list", json!({}))["rows"][0].clone();
    assert_eq!(
        (&row["issued"], &row["last_on"], &row["next_on"]),
        (&json!(2), &json!("2026-06-20"), &json!("2026-07-05"))
    );
    assert_eq!(shop.call("coupon_batches", json!({}))["rows"].as_array().map(Vec::len), Some(2), "each run is a batch");
}

#[test]
fn a_birthday_brings_its_coupon_once_a_year_by_either_calendar() {
    let shop = Shop::open();
    let born = |name: &str, calendar: &str, month: u32, day: u32| {
        let birthday = json!({ "calendar": calendar, "month": month, "day": day });
        shop.call("customer_create", json!({ "name": name, "birthday": birthday }))["id"].as_i64().expect("an id")
    };
    // 正月十八 of 2026 is 6 March.
    let (solar, lunar, later) = (born("甲", "solar", 3, 8), born("乙", "lunar", 1, 18), born("丙", "solar", 9, 1));
    save(&shop, json!({ "kind": "birthday", "days_before": 7 }), json!({}));
    assert_eq!(held(&shop, solar).len(), 1, "the window is open as the plan begins");
    assert_eq!((held(&shop, lunar).len(), held(&shop, later).len()), (1, 0));
    for day in ["2026-03-03", "2026-03-08", "2026-03-09", "2027-02-27"] {
        look(&shop, &format!("{day}T09:00:00+08:00"));
    }
    assert_eq!(held(&shop, solar).len(), 1);
    look(&shop, "2027-03-01T09:00:00+08:00");
    assert_eq!(held(&shop, solar).len(), 2, "the next year is another birthday");
}

#[test]
fn a_new_customer_and_a_step_up_are_seen_at_the_next_look_and_once_in_a_life() {
    let shop = Shop::open();
    let old = shop.customer("老客");
    shop.set_clock("2026-03-03T10:00:00+08:00");
    save(&shop, json!({ "kind": "joined" }), json!({}));
    let steps = plan(json!({ "kind": "tier_reached" }), json!({}));
    shop.call("coupon_plan_save", steps);
    assert_eq!(held(&shop, old), [], "whoever was there before is not new");
    let new = shop.customer("新客");
    run_if_due(&shop.app).expect("it looks");
    assert_eq!(held(&shop, new).len(), 1, "on the same day");
    let sale = shop.sale(new, 100_000);
    run_if_due(&shop.app).expect("it looks");
    assert_eq!(held(&shop, new).len(), 2, "the silver card brings another");
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错" }));
    run_if_due(&shop.app).expect("it looks");
    shop.sale(new, 100_000);
    look(&shop, "2026-03-04T10:00:00+08:00");
    assert_eq!(held(&shop, new).len(), 2, "once in a life");
    assert!(
        shop.call("coupon_batches", json!({}))["rows"].as_array().is_some_and(Vec::is_empty),
        "they stand with the plan"
    );
    let rows = shop.call("coupon_plan_list", json!({}))["rows"].clone();
    let of_plan = shop.call("coupon_list", json!({ "plan_id": rows[1]["id"] }));
    assert_eq!(of_plan["total"], 1);
}

#[test]
fn a_long_absence_is_one_occasion_and_those_of_before_the_plan_are_none() {
    let shop = Shop::open();
    let (gone, regular) = (shop.customer("久未来"), shop.customer("常来"));
    for customer in [gone, regular] {
        shop.sale(customer, 3_000);
    }
    let long_gone = shop.customer("早就走了");
    let early =
        json!({ "customer_id": long_gone, "amount_minor": 3_000, "sold_on": "2025-11-01", "backdate_note": "补录" });
    shop.call("sale_create", early);
    save(&shop, json!({ "kind": "away", "days": 60 }), json!({}));
    shop.set_clock("2026-04-20T10:00:00+08:00");
    shop.sale(regular, 3_000);
    look(&shop, "2026-04-30T10:00:00+08:00");
    assert_eq!(held(&shop, gone), []);
    look(&shop, "2026-05-04T10:00:00+08:00");
    look(&shop, "2026-05-20T10:00:00+08:00");
    assert_eq!(held(&shop, gone), [pair("2026-05-04", "2026-05-17")]);
    assert_eq!((held(&shop, regular).len(), held(&shop, long_gone).len()), (0, 0));
    shop.sale(gone, 3_000);
    look(&shop, "2026-07-25T10:00:00+08:00");
    assert_eq!(held(&shop, gone).len(), 2, "who comes back and stays away again is missed again");
}

#[test]
fn a_budget_keeps_a_month_and_an_open_complaint_waits() {
    let shop = Shop::open();
    save(&shop, json!({ "kind": "joined" }), json!({ "budget_minor": 2_500 }));
    let people: Vec<i64> = ["甲", "乙", "丙"].iter().map(|name| shop.customer(name)).collect();
    shop.call("complaint_open", json!({ "customer_id": people[0], "description": "蛋糕塌了" }));
    run_if_due(&shop.app).expect("it looks");
    let got = |shop: &Shop| people.iter().map(|id| held(shop, *id).len()).collect::<Vec<_>>();
    assert_eq!(got(&shop), [0, 1, 1], "two coupons of 10 yuan are within 25; the first one complains");
    look(&shop, "2026-04-01T10:00:00+08:00");
    assert_eq!(got(&shop), [0, 1, 1], "the complaint is still open");
    let regular = save(&shop, json!({ "kind": "regular", "months": 1, "day": 1 }), json!({ "budget_minor": 1_500 }));
    assert_eq!((&regular["issued"], &regular["left_out"]), (&json!(0), &json!(3)), "all of them or nobody");
}

#[test]
fn a_plan_that_is_changed_goes_on_and_one_that_is_ended_stops() {
    let shop = Shop::open();
    let row = save(&shop, json!({ "kind": "joined" }), json!({}));
    let first = shop.customer("甲");
    run_if_due(&shop.app).expect("it looks");
    let mut changed = plan(json!({ "kind": "joined" }), json!({ "valid_days": 3 }));
    changed["id"] = row["id"].clone();
    let row = shop.call("coupon_plan_save", changed.clone())["rows"][0].clone();
    assert_eq!((&row["issued"], held(&shop, first).len()), (&json!(1), 1), "what was given stays given");
    assert_eq!(shop.refused("coupon_plan_save", changed)["code"], "not_found", "it was changed meanwhile");
    let second = shop.customer("乙");
    run_if_due(&shop.app).expect("it looks");
    assert_eq!(held(&shop, second), [pair("2026-03-02", "2026-03-04")]);
    let row = shop.call("coupon_plan_end", json!({ "id": row["id"] }))["rows"][0].clone();
    assert_eq!((&row["is_ended"], &row["issued"]), (&json!(true), &json!(2)));
    let third = shop.customer("丙");
    run_if_due(&shop.app).expect("it looks");
    assert_eq!(held(&shop, third), []);
    let bad = plan(json!({ "kind": "away", "days": 0 }), json!({ "valid_days": 0, "tiers": ["铂金"] }));
    let refused = shop.refused("coupon_plan_save", json!({ "name": " ", "plan": bad["plan"] }));
    assert_eq!(fields(&refused), ["name", "occasion.days", "valid_days", "tiers"]);
}

#[test]
fn merged_records_are_one_person_to_a_plan() {
    let shop = Shop::open();
    save(&shop, json!({ "kind": "joined" }), json!({}));
    let (stays, goes) = (shop.customer("王芳"), shop.customer("王芳芳"));
    let case =
        shop.call("complaint_open", json!({ "customer_id": stays, "description": "蛋糕塌了" }))["row"]["id"].clone();
    run_if_due(&shop.app).expect("it looks");
    assert_eq!((held(&shop, stays).len(), held(&shop, goes).len()), (0, 1));
    shop.call("complaint_withdraw", json!({ "id": case, "text": "误会" }));
    shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    look(&shop, "2026-03-04T10:00:00+08:00");
    assert_eq!(held(&shop, stays).len(), 1, "the other record had it");
}

fn no_marketing(shop: &Shop, customer: i64) {
    let said = json!({ "customer_id": customer, "purpose": "marketing", "is_given": false, "way": "spoken" });
    shop.call("consent_change", said);
}

/// A customer who wants no contact, and one who refused the consent to marketing.
fn silent_people(shop: &Shop) -> [i64; 2] {
    let (alone, refused) = (shop.customer("不联系"), shop.customer("不同意"));
    shop.call("customer_reach", json!({ "id": alone, "do_not_contact": true }));
    no_marketing(shop, refused);
    [alone, refused]
}

/// Rule H 5: where issuing means contacting, whoever wants no contact or no marketing is left out and named with the reason.
#[test]
fn coupons_that_have_to_be_told_leave_out_who_does_not_want_to_be_told() {
    let shop = Shop::open();
    let (told, [alone, refused]) = (shop.customer("王姐"), silent_people(&shop));
    let why = json!([{ "why": "do_not_contact", "people": 1 }, { "why": "consent_withdrawn", "people": 1 }]);
    let terms = json!({ "worth": { "kind": "value", "value_minor": 500 }, "minimum_minor": 0 });
    let batch =
        json!({ "name": "三月券", "terms": terms, "valid_days": 7, "audience": { "kind": "tier", "tier": "普通" } });
    let preview = shop.call("coupon_preview", batch.clone());
    assert_eq!((&preview["coupons"], &preview["left_out"]), (&json!(1), &why));
    let named = preview["left_out_people"].as_array().expect("people");
    let named: Vec<_> = named.iter().map(|one| (one["name"].as_str(), one["why"].as_str())).collect();
    assert_eq!(named, [(Some("不联系"), Some("do_not_contact")), (Some("不同意"), Some("consent_withdrawn"))]);
    shop.call("coupon_issue", batch);
    let got = |shop: &Shop| [told, alone, refused].map(|id| held(shop, id).len());
    assert_eq!(got(&shop), [1, 0, 0]);
    let monthly = json!({ "kind": "regular", "months": 1, "day": 2 });
    assert_eq!(shop.call("coupon_plan_preview", plan(monthly.clone(), json!({})))["left_out"], why);
    let row = save(&shop, monthly, json!({}));
    assert_eq!((&row["issued"], &row["left_out"], got(&shop)), (&json!(1), &json!(2), [2, 0, 0]));
    save(&shop, json!({ "kind": "joined" }), json!({}));
    let [alone, _] = silent_people(&shop);
    run_if_due(&shop.app).expect("it looks");
    assert_eq!(held(&shop, alone).len(), 1, "a new customer stands at the counter: nobody has to be contacted");
}

/// S3-13: an order within the days is 挽回; until they are over it is open, then 未挽回, each with the people behind it.
#[test]
fn who_comes_back_after_a_coupon_is_counted_with_the_list_behind() {
    let shop = Shop::open();
    let people = ["甲", "乙", "丙"].map(|name| shop.customer(name));
    for customer in people {
        shop.sale(customer, 3_000);
    }
    let facts = json!({ "name": "荔枝蛋糕", "price_minor": 6_800 });
    shop.set_clock("2026-04-30T10:00:00+08:00");
    shop.call("product_create", json!({ "facts": facts }));
    shop.sale(people[2], 4_000);
    let away = json!({ "kind": "away", "days": 60 });
    let refused = shop.refused("coupon_plan_save", plan(away.clone(), json!({ "recall_days": 0 })));
    assert_eq!(fields(&refused), ["recall_days"]);
    let id = save(&shop, away, json!({ "recall_days": 10 }))["id"].clone();
    look(&shop, "2026-05-04T10:00:00+08:00");
    let ask = |more: Value| {
        let mut input = json!({ "plan_id": id });
        input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        shop.call("coupon_recall", input)
    };
    let counts = |page: &Value| ["back", "open", "lost"].map(|name| page["figures"][name].as_i64().expect("a number"));
    let page = ask(json!({}));
    assert_eq!((counts(&page), &page["figures"]["back_bp"]), ([0, 2, 0], &Value::Null), "丙 was here four days before");
    let text = page["rows"][0]["text"].as_str().expect("words");
    assert!(text.contains("荔枝蛋糕") && text.contains(page["rows"][0]["code"].as_str().expect("a code")), "{text}");
    assert_eq!(page["rows"][0]["missing"], json!([]));
    shop.set_clock("2026-05-14T23:00:00+08:00");
    let sale = shop.sale(people[0], 5_000);
    let page = ask(json!({ "state": "back" }));
    assert_eq!(
        (counts(&page), &page["total"]),
        ([1, 1, 0], &json!(1)),
        "the tenth day counts, and 乙 has until tonight"
    );
    let row = &page["rows"][0];
    assert_eq!(
        (&row["customer"]["name"], &row["came_on"], &row["net_minor"]),
        (&json!("甲"), &json!("2026-05-14"), &json!(5_000))
    );
    assert_eq!(row["text"], Value::Null, "who came back needs no words");
    shop.set_clock("2026-05-15T00:00:00+08:00");
    shop.sale(people[1], 5_000);
    let page = ask(json!({ "state": "lost" }));
    assert_eq!((counts(&page), &page["figures"]["back_bp"]), ([1, 0, 1], &json!(5_000)), "a day late is 未挽回");
    assert_eq!(page["rows"][0]["customer"]["name"], "乙");
    assert_eq!(counts(&ask(json!({ "within_days": 11 }))), [2, 0, 0], "asked with other days");
    assert_eq!(shop.call("coupon_plan_list", json!({}))["rows"][0]["recall"]["back"], 1, "beside the plan");
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错" }));
    assert_eq!(counts(&ask(json!({}))), [0, 0, 2], "a sale that was taken back is no return");
    no_marketing(&shop, people[0]);
    shop.call("coupon_change_recall_text", json!({ "text": "{称呼}，{新品}到了，{没有的}" }));
    let rows = ask(json!({}))["rows"].clone();
    let of = |name: &str| {
        rows.as_array().expect("rows").iter().find(|row| row["customer"]["name"] == name).expect("there").clone()
    };
    assert_eq!((&of("甲")["text"], &of("甲")["left_out"]), (&Value::Null, &json!("consent_withdrawn")));
    assert_eq!((&of("乙")["text"], &of("乙")["missing"]), (&json!("乙，荔枝蛋糕到了，{没有的}"), &json!(["没有的"])));
}

/// S3-13: any batch answers the same question; what was bought before the coupon was issued does not count.
#[test]
fn a_batch_counts_returns_from_the_moment_it_was_issued() {
    let shop = Shop::open();
    let (before, after) = (shop.customer("先买"), shop.customer("后买"));
    shop.sale(before, 3_000);
    shop.advance_minutes(5);
    let terms = json!({ "worth": { "kind": "value", "value_minor": 500 }, "minimum_minor": 0 });
    let audience = json!({ "kind": "named", "customer_ids": [before, after] });
    let batch =
        shop.call("coupon_issue", json!({ "name": "三月券", "terms": terms, "valid_days": 7, "audience": audience }));
    shop.advance_minutes(5);
    shop.sale(after, 3_000);
    let page = shop.call("coupon_recall", json!({ "batch_id": batch["id"] }));
    let figures = json!({ "within_days": 30, "back": 1, "open": 1, "lost": 0, "back_bp": 10_000, "net_minor": 3_000 });
    assert_eq!(page["figures"], figures);
    let refused = shop.refused("coupon_recall", json!({ "batch_id": batch["id"], "plan_id": 1 }));
    assert_eq!(fields(&refused), ["plan_id"]);
}
