//! Complaints and their promises, through lunch breaks, nights, waiting, restarts and wrong clocks.
//!
//! The shop is open every day 9–12 and 13–21. Every test says its times itself; 2 March 2026 is a Monday.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A moment of March 2026.
fn march(day: u32, time: &str) -> String {
    format!("2026-03-{day:02}T{time}+08:00")
}

/// Opens a case of an unknown customer and answers its id.
fn complain(shop: &Shop) -> i64 {
    id_of(&shop.call("complaint_open", json!({ "description": "蛋糕塌了" })))
}

fn id_of(view: &Value) -> i64 {
    view["row"]["id"].as_i64().expect("an id")
}

fn get(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_get", json!({ "id": id }))
}

fn clock<'a>(view: &'a Value, promise: &str) -> &'a Value {
    let clocks = view["clocks"].as_array().expect("clocks");
    clocks.iter().find(|clock| clock["promise"] == promise).unwrap_or_else(|| panic!("no clock for {promise}: {view}"))
}

fn state(view: &Value, promise: &str) -> String {
    clock(view, promise)["state"].as_str().expect("a state").to_owned()
}

fn verdict(view: &Value, promise: &str, cycle: u32) -> Option<bool> {
    let verdicts = view["verdicts"].as_array().expect("verdicts");
    let found = verdicts.iter().find(|verdict| verdict["promise"] == promise && verdict["cycle"] == cycle);
    found.and_then(|verdict| verdict["is_met"].as_bool())
}

fn notices(shop: &Shop) -> Vec<String> {
    let tick = shop.call("complaint_tick", json!({}));
    let notices = tick["notices"].as_array().expect("notices").clone();
    notices.iter().map(|notice| notice["kind"].as_str().expect("a kind").to_owned()).collect()
}

fn respond(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone", "text": "已致电道歉" }))
}

fn whole_resolution(id: i64) -> Value {
    json!({
        "id": id, "empathy": "真对不起，让您白跑一趟", "compensation_kind": "redo", "compensation_minor": 3000,
        "compensation_note": "重做一个", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
        "improvement_due_on": "2026-03-31",
    })
}

fn resolve(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_resolve", whole_resolution(id))
}

fn follow_up(shop: &Shop, id: i64, result: &str) -> Value {
    shop.call("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": result }))
}

#[test]
fn one_line_is_enough_to_open_a_case() {
    let shop = Shop::open();
    let view = shop.call("complaint_open", json!({ "description": " 蛋糕塌了 ", "customer_text": "穿红衣服的客人" }));
    assert_eq!(view["row"]["case_no"], "TS-20260302-001");
    assert_eq!(view["row"]["description"], "蛋糕塌了");
    assert_eq!(view["row"]["customer_name"], "穿红衣服的客人");
    assert_eq!(view["row"]["status"], "received");
    assert_eq!(clock(&view, "response")["due_at"], "2026-03-02T03:00:00Z");
}

#[test]
fn the_same_key_twice_is_one_case() {
    let shop = Shop::open();
    let form = json!({ "description": "蛋糕塌了", "client_key": "enter-twice" });
    let (first, second) = (shop.call("complaint_open", form.clone()), shop.call("complaint_open", form));
    assert_eq!(first["row"]["id"], second["row"]["id"]);
    assert_eq!(shop.call("complaint_inbox", json!({}))["total"], 1);
    assert_eq!(second["events"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_hour_and_a_minute_later_it_is_late_and_an_answer_does_not_make_it_in_time() {
    let shop = Shop::open();
    let id = complain(&shop);
    shop.advance_minutes(60);
    assert_eq!(state(&get(&shop, id), "response"), "running", "kept to the very second");
    shop.advance_minutes(1);
    assert_eq!(state(&get(&shop, id), "response"), "breached");
    assert_eq!(shop.call("complaint_inbox", json!({}))["late"], 1);
    let view = respond(&shop, id);
    assert_eq!(state(&view, "response"), "breached");
    assert_eq!(verdict(&view, "response", 1), Some(false));
    assert_eq!(shop.call("complaint_inbox", json!({}))["late"], 0, "what was owed has been done");
}

#[test]
fn an_answer_within_the_hour_keeps_the_promise_for_good() {
    let shop = Shop::open();
    let id = complain(&shop);
    shop.advance_minutes(45);
    assert_eq!(verdict(&respond(&shop, id), "response", 1), Some(true));
    shop.set_clock(&march(20, "10:00:00"));
    assert_eq!(state(&get(&shop, id), "response"), "met");
}

#[test]
fn lunch_does_not_count() {
    let shop = Shop::at(&march(2, "11:30:00"));
    let id = complain(&shop);
    shop.set_clock(&march(2, "12:30:00"));
    let view = get(&shop, id);
    let response = clock(&view, "response");
    assert_eq!((&response["is_ticking"], &response["elapsed_s"]), (&json!(false), &json!(1800)));
    assert_eq!(response["changes_at"], "2026-03-02T05:00:00Z", "one o'clock");
    assert_eq!(response["due_at"], "2026-03-02T05:30:00Z", "half past one");
    let kinds: Vec<_> =
        response["segments"].as_array().expect("a line").iter().map(|stretch| stretch["kind"].clone()).collect();
    assert_eq!(kinds, ["running", "closed", "running"]);
}

#[test]
fn the_night_does_not_count() {
    let shop = Shop::at(&march(2, "20:40:00"));
    let id = complain(&shop);
    shop.set_clock(&march(3, "09:39:00"));
    assert_eq!(state(&get(&shop, id), "response"), "running");
    shop.set_clock(&march(3, "09:41:00"));
    assert_eq!(state(&get(&shop, id), "response"), "breached");
}

#[test]
fn waiting_for_the_customer_stops_the_resolution_and_not_the_response() {
    let shop = Shop::open();
    let id = complain(&shop);
    assert_eq!(shop.refused("complaint_wait", json!({ "id": id, "text": "等照片" }))["key"], "complaint.respond_first");
    shop.advance_minutes(30);
    respond(&shop, id);
    assert_eq!(clock(&get(&shop, id), "resolution")["due_at"], "2026-03-04T04:00:00Z", "24 open hours");
    assert_eq!(fields(&shop.refused("complaint_wait", json!({ "id": id }))), ["text"]);
    let view = shop.call("complaint_wait", json!({ "id": id, "text": "等照片" }));
    assert_eq!((view["row"]["status"].as_str(), state(&view, "resolution").as_str()), (Some("waiting"), "paused"));
    shop.advance_minutes(60);
    let view = shop.call("complaint_customer_wrote", json!({ "id": id, "text": "发来照片" }));
    assert_eq!(view["row"]["status"], "in_progress");
    assert_eq!(view["paused_s"], 3600);
    assert_eq!(clock(&view, "resolution")["due_at"], "2026-03-04T06:00:00Z", "one open hour later, after lunch");
}

#[test]
fn waiting_does_not_last_for_ever() {
    let shop = Shop::open();
    let id = complain(&shop);
    respond(&shop, id);
    shop.call("complaint_wait", json!({ "id": id, "text": "等照片" }));
    shop.set_clock(&march(5, "10:00:00"));
    assert_eq!(state(&get(&shop, id), "resolution"), "running", "three days are the most");
}

#[test]
fn a_resolution_needs_its_three_parts_or_a_reason() {
    let shop = Shop::open();
    let id = complain(&shop);
    let refusal = shop.refused("complaint_resolve", json!({ "id": id, "compensation_kind": "none" }));
    let mut marked = fields(&refusal);
    marked.sort();
    assert_eq!(marked, ["compensation_note", "empathy", "improvement", "improvement_due_on", "root_cause"]);
    assert_eq!(fields(&shop.refused("complaint_resolve", json!({ "id": id }))), ["compensation_kind"]);
    let view = shop.call(
        "complaint_resolve",
        json!({
            "id": id, "empathy_waived": "客人只留了言", "compensation_kind": "none", "compensation_note": "客人不要",
            "improvement_waived": "天气原因",
        }),
    );
    assert_eq!(view["row"]["status"], "resolved");
    assert_eq!(view["resolutions"][0]["improvement_waived"], "天气原因");
    assert_eq!(verdict(&view, "response", 1), Some(true), "resolving counts as a response");
    assert_eq!(verdict(&view, "resolution", 1), Some(true));
}

#[test]
fn a_refund_goes_back_on_the_sale_and_never_beyond_it() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let sale = shop.sale(customer, 10_000);
    let opened = shop.call("complaint_open", json!({ "description": "蛋糕塌了", "sale_id": sale }));
    assert_eq!(opened["row"]["customer_id"], customer, "the sale says whose complaint it is");
    let mut form = whole_resolution(id_of(&opened));
    form["compensation_kind"] = json!("refund");
    form["compensation_minor"] = json!(10_001);
    assert_eq!(fields(&shop.refused("complaint_resolve", form.clone())), ["compensation_minor"]);
    assert_eq!(get(&shop, id_of(&opened))["row"]["status"], "received", "nothing was written");
    form["compensation_minor"] = json!(4_000);
    form["client_key"] = json!("resolve-once");
    shop.call("complaint_resolve", form.clone());
    shop.call("complaint_resolve", form);
    let refunds = shop.call("sale_get", json!({ "id": sale }))["refunds"].clone();
    assert_eq!(refunds.as_array().map(Vec::len), Some(1));
    assert_eq!(refunds[0]["amount_minor"], 4_000);
    assert_eq!(shop.profile(customer)["row"]["net_minor"], 6_000);
}

#[test]
fn the_follow_up_leaves_some_hours_of_peace_and_then_ends_the_case() {
    let shop = Shop::open();
    let id = complain(&shop);
    let view = resolve(&shop, id);
    assert_eq!(view["follow_up_from"], "2026-03-02T06:00:00Z");
    assert_eq!(clock(&view, "follow_up")["due_at"], "2026-03-05T02:00:00Z", "72 hours, day and night");
    let early = shop.refused("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": "satisfied" }));
    assert_eq!(early["key"], "complaint.follow_up_too_early");
    shop.set_clock(&march(3, "10:00:00"));
    let view = follow_up(&shop, id, "satisfied");
    assert_eq!((view["row"]["status"].as_str(), verdict(&view, "follow_up", 1)), (Some("followed_up"), Some(true)));
    let view = shop.call("complaint_close", json!({ "id": id }));
    assert_eq!(view["row"]["status"], "closed");
    assert_eq!(shop.call("complaint_inbox", json!({}))["total"], 0);
    assert_eq!(shop.call("complaint_inbox", json!({ "closed": true }))["total"], 1);
}

#[test]
fn three_calls_on_two_days_make_a_customer_unreachable() {
    let shop = Shop::open();
    let id = complain(&shop);
    resolve(&shop, id);
    for time in ["15:00:00", "17:00:00"] {
        shop.set_clock(&march(2, time));
        assert_eq!(follow_up(&shop, id, "unreachable")["row"]["status"], "resolved");
    }
    shop.set_clock(&march(3, "10:00:00"));
    let view = follow_up(&shop, id, "unreachable");
    assert_eq!(view["row"]["status"], "followed_up");
    assert_eq!(verdict(&view, "follow_up", 1), Some(true));
}

#[test]
fn a_case_is_closed_without_a_follow_up_only_for_a_reason() {
    let shop = Shop::open();
    let id = complain(&shop);
    assert_eq!(shop.refused("complaint_close", json!({ "id": id }))["key"], "complaint.not_resolved");
    resolve(&shop, id);
    assert_eq!(shop.refused("complaint_close", json!({ "id": id }))["key"], "complaint.follow_up_missing");
    let view = shop.call("complaint_close", json!({ "id": id, "text": "客人不愿再被打扰" }));
    assert_eq!((view["row"]["status"].as_str(), state(&view, "follow_up").as_str()), (Some("closed"), "withdrawn"));
    assert_eq!(verdict(&view, "follow_up", 1), None);
}

#[test]
fn reopening_starts_new_clocks_and_the_old_verdicts_stay() {
    let shop = Shop::open();
    let id = complain(&shop);
    shop.advance_minutes(90);
    resolve(&shop, id);
    shop.set_clock(&march(3, "10:00:00"));
    follow_up(&shop, id, "unhappy");
    assert_eq!(fields(&shop.refused("complaint_reopen", json!({ "id": id }))), ["text"]);
    let view = shop.call("complaint_reopen", json!({ "id": id, "text": "又塌了" }));
    assert_eq!(verdict(&view, "response", 1), Some(false));
    assert_eq!((&clock(&view, "response")["cycle"], state(&view, "response").as_str()), (&json!(2), "running"));
    shop.advance_minutes(10);
    let view = respond(&shop, id);
    assert_eq!((verdict(&view, "response", 1), verdict(&view, "response", 2)), (Some(false), Some(true)));
}

#[test]
fn late_stays_late_after_a_restart_and_is_noticed_with_its_true_time() {
    let mut shop = Shop::open();
    let id = complain(&shop);
    shop.restart();
    shop.set_clock(&march(2, "15:00:00"));
    assert_eq!(notices(&shop), ["breach"]);
    shop.restart();
    let view = get(&shop, id);
    assert_eq!(state(&view, "response"), "breached");
    assert_eq!(view["verdicts"][0]["happened_at"], "2026-03-02T03:00:00Z");
    assert_eq!(view["verdicts"][0]["noticed_at"], "2026-03-02T07:00:00Z");
    assert_eq!(notices(&shop), Vec::<String>::new(), "told once");
}

#[test]
fn a_clock_set_back_three_days_takes_no_breach_back_and_judges_nothing() {
    let mut shop = Shop::at(&march(5, "10:00:00"));
    let (late, fresh) = (complain(&shop), {
        shop.advance_minutes(61);
        complain(&shop)
    });
    shop.call("complaint_tick", json!({}));
    shop.set_clock(&march(2, "10:00:00"));
    shop.restart();
    assert_eq!(state(&get(&shop, late), "response"), "breached");
    assert_eq!(shop.call("complaint_inbox", json!({}))["late"], 1);
    assert_eq!(notices(&shop), Vec::<String>::new());
    let view = respond(&shop, fresh);
    assert_eq!(view["events"][1]["is_flagged"], true);
    assert_eq!(view["verdicts"], json!([]), "a wrong clock says nothing about on time");
    shop.set_clock(&march(5, "12:30:00"));
    shop.call("complaint_tick", json!({}));
    let view = get(&shop, fresh);
    assert_eq!(verdict(&view, "response", 1), Some(true));
    assert_eq!(state(&respond(&shop, late), "response"), "breached");
}

#[test]
fn each_warning_is_told_once_and_in_its_time() {
    let shop = Shop::open();
    complain(&shop);
    let mut told = vec![];
    for minute in 0..120 {
        shop.advance_minutes(1);
        told.extend(notices(&shop).into_iter().map(|kind| (minute + 1, kind)));
    }
    // Lunch is at twelve, so the 61st minute is the first after the promise was broken.
    assert_eq!(told, [(30, "warning".to_owned()), (48, "warning".to_owned()), (61, "breach".to_owned())]);
}

#[test]
fn after_a_night_one_summary_takes_the_place_of_a_burst() {
    let shop = Shop::at(&march(2, "20:50:00"));
    for _ in 0..3 {
        complain(&shop);
    }
    shop.call("complaint_tick", json!({}));
    shop.set_clock(&march(3, "08:00:00"));
    assert_eq!(notices(&shop), Vec::<String>::new(), "nobody is alarmed while closed");
    shop.set_clock(&march(3, "11:00:00"));
    assert_eq!(notices(&shop), ["summary"]);
    assert_eq!(notices(&shop), Vec::<String>::new());
}

#[test]
fn many_that_fall_due_at_once_are_told_once_and_leave_the_numbers_of_their_customers_alone() {
    let mut shop = Shop::open();
    for n in 0..40 {
        let customer = shop.customer(&format!("客人{n}"));
        shop.call("complaint_open", json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    }
    let touched = Arc::new(Mutex::new(vec![]));
    let heard = Arc::clone(&touched);
    shop.app.on_change(move |changed| heard.lock().expect("nobody panicked").push(changed.clone()));
    shop.set_clock(&march(4, "10:00:00"));
    assert_eq!(notices(&shop), ["summary"]);
    assert_eq!(shop.call("complaint_inbox", json!({}))["late"], 40);
    let changed = touched.lock().expect("nobody panicked").pop().expect("a look that wrote");
    assert_eq!(changed.op, "complaint.tick");
    assert!(changed.tables.iter().any(|table| table == "complaint_verdicts"), "{changed:?}");
    assert!(changed.tables.iter().all(|table| table != "number_changes"), "{changed:?}");
    shop.restart();
    assert_eq!(notices(&shop), Vec::<String>::new(), "what was said with something else is said");
}

#[test]
fn a_red_case_alarms_also_at_night() {
    let shop = Shop::at(&march(2, "20:50:00"));
    shop.call("complaint_open", json!({ "description": "孩子过敏了", "severity": "red" }));
    shop.call("complaint_tick", json!({}));
    shop.set_clock(&march(2, "23:00:00"));
    assert_eq!(notices(&shop), ["warning"], "ten of its fifteen minutes had passed when the shop closed");
}

#[test]
fn a_case_that_came_in_earlier_may_be_born_late() {
    let shop = Shop::at(&march(2, "15:00:00"));
    let view = shop.call("complaint_open", json!({ "description": "昨天的投诉", "received_at": march(2, "09:00:00") }));
    assert_eq!(state(&view, "response"), "breached");
    assert_eq!(verdict(&view, "response", 1), Some(false));
    let later = json!({ "description": "明天的投诉", "received_at": march(3, "09:00:00") });
    assert_eq!(fields(&shop.refused("complaint_open", later)), ["received_at"]);
}

#[test]
fn a_case_without_words_and_a_sale_of_somebody_else_are_refused() {
    let shop = Shop::open();
    assert_eq!(fields(&shop.refused("complaint_open", json!({ "description": " \n " }))), ["description"]);
    let (customer, other) = (shop.customer("张敏"), shop.customer("李雷"));
    let sale = shop.sale(other, 1_000);
    let form = json!({ "description": "蛋糕塌了", "customer_id": customer, "sale_id": sale });
    assert_eq!(fields(&shop.refused("complaint_open", form)), ["sale_id"]);
    assert_eq!(shop.refused("complaint_get", json!({ "id": 99 }))["code"], "not_found");
}

#[test]
fn an_answer_cannot_come_before_its_complaint_or_out_of_the_future() {
    let shop = Shop::open();
    let id = complain(&shop);
    shop.advance_minutes(30);
    for at in [march(2, "09:59:00"), march(2, "10:31:00")] {
        let refusal = shop.refused("complaint_respond", json!({ "id": id, "channel": "phone", "at": at }));
        assert_eq!(fields(&refusal), ["at"]);
    }
    let refusal = shop.refused("complaint_respond", json!({ "id": id, "channel": "pigeon" }));
    assert_eq!(fields(&refusal), ["channel"]);
}

#[test]
fn a_business_is_answered_by_phone_and_by_mail() {
    let shop = Shop::open();
    let company = shop.call("customer_create", json!({ "name": "大同印务", "kind": "company" }))["id"].clone();
    let id = id_of(&shop.call("complaint_open", json!({ "description": "名片印错", "customer_id": company })));
    assert_eq!(state(&respond(&shop, id), "response"), "running");
    shop.advance_minutes(20);
    let view = shop.call("complaint_respond", json!({ "id": id, "channel": "email" }));
    assert_eq!((state(&view, "response").as_str(), &clock(&view, "response")["elapsed_s"]), ("met", &json!(1200)));
}

#[test]
fn the_open_cases_of_a_customer_are_counted_as_they_come_and_go() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let open = |text: &str| shop.call("complaint_open", json!({ "description": text, "customer_id": customer }));
    let (first, _second) = (id_of(&open("塌了")), id_of(&open("迟到")));
    assert_eq!(shop.profile(customer)["row"]["open_complaints"], 2);
    assert_eq!(shop.profile(customer)["complaints"].as_array().map(Vec::len), Some(2));
    shop.call("complaint_withdraw", json!({ "id": first, "text": "误会" }));
    assert_eq!(shop.profile(customer)["row"]["open_complaints"], 1);
    let timeline = shop.profile(customer)["timeline"].to_string();
    assert!(timeline.contains("TS-20260302-001") && timeline.contains("误会"), "{timeline}");
}

#[test]
fn the_most_urgent_case_stands_first_and_in_the_top_bar() {
    let shop = Shop::open();
    let (slow, urgent) = (complain(&shop), {
        shop.advance_minutes(5);
        id_of(&shop.call("complaint_open", json!({ "description": "过敏", "severity": "red" })))
    });
    let inbox = shop.call("complaint_inbox", json!({}));
    let ids: Vec<_> = inbox["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!(urgent), json!(slow)]);
    let frame = shop.call("frame_get", json!({}));
    assert_eq!((&frame["urgent"]["id"], &frame["open_complaints"]), (&json!(urgent), &json!(2)));
}

#[test]
fn new_opening_hours_move_open_clocks_and_leave_judged_ones() {
    let shop = Shop::open();
    let late = complain(&shop);
    shop.advance_minutes(61);
    let open = complain(&shop);
    let due = clock(&get(&shop, late), "response")["due_at"].clone();
    let mut calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        calendar["weekly"][day] = json!([["09:00", "11:30"], ["14:00", "18:00"]]);
    }
    shop.call("calendar_change", json!({ "calendar": calendar, "closes_on_statutory_days": false }));
    let view = get(&shop, open);
    assert_eq!(clock(&view, "response")["due_at"], "2026-03-02T06:31:00Z", "29 minutes before lunch, 31 after it");
    assert!(view["events"][1]["text"].as_str().is_some_and(|text| text.contains("14:31")), "{view}");
    assert_eq!(clock(&get(&shop, late), "response")["due_at"], due);
}

#[test]
fn a_calendar_that_never_opens_is_refused_at_its_field() {
    let shop = Shop::open();
    let calendar = json!({ "tz": "Asia/Shanghai", "weekly": { "mon": [["09:00", "25:00"]] } });
    let change = json!({ "calendar": calendar, "closes_on_statutory_days": true });
    assert_eq!(fields(&shop.refused("calendar_change", change)), ["calendar.weekly.mon.0.1"]);
    let change = json!({ "calendar": { "tz": "Asia/Shanghai" }, "closes_on_statutory_days": false });
    assert_eq!(fields(&shop.refused("calendar_change", change)), ["calendar.weekly"]);
}

#[test]
fn the_caches_of_a_case_are_what_its_clocks_say() {
    let shop = Shop::open();
    for step in 0..40 {
        let id = complain(&shop);
        shop.advance_minutes(7 + step % 5 * 11);
        if step % 2 == 0 {
            respond(&shop, id);
        }
        if step % 4 == 0 {
            shop.call("complaint_wait", json!({ "id": id, "text": "等照片" }));
        }
        if step % 3 == 0 {
            resolve(&shop, id);
        }
    }
    shop.call("complaint_tick", json!({}));
    let inbox = shop.call("complaint_inbox", json!({ "limit": 200 }));
    let rows = inbox["rows"].as_array().expect("rows");
    let late = rows.iter().filter(|row| row["clock"]["state"] == "breached").count();
    assert_eq!(inbox["late"], late, "what the list counts is what each case says");
    let dues: Vec<&str> = rows.iter().filter_map(|row| row["clock"]["due_at"].as_str()).collect();
    assert!(dues.is_sorted(), "most urgent first: {dues:?}");
}
