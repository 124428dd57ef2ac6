//! 答应客人的事 (S0-33): what was promised with a date of its own, beside the clocks of the case.
//!
//! The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

use crate::cases::{get, open, resolution};
use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

/// A repair for Thursday; answers the case and what was promised.
fn promised(shop: &Shop, case: i64, more: Value) -> i64 {
    let form = json!({ "id": case, "kind": "repair", "text": "换拉链", "due_on": "2026-03-05", "cost_minor": 3_000 });
    let view = shop.call("complaint_promise", with(form, &more));
    let id = view["remedies"].as_array().and_then(|all| all.last()).expect("it is on the case")["id"].as_i64();
    id.expect("an id")
}

fn case_of(shop: &Shop) -> i64 {
    open(shop, json!({ "customer_id": shop.customer("张敏") }))
}

fn remedy(shop: &Shop, case: i64) -> Value {
    get(shop, case)["remedies"][0].clone()
}

fn told(shop: &Shop) -> Vec<String> {
    let tick = shop.call("complaint_tick", json!({}));
    let notices = tick["notices"].as_array().expect("notices").clone();
    notices.into_iter().map(|each| each["title"].as_str().expect("a title").to_owned()).collect()
}

/// A case of which only the promised thing is left to be told about.
fn settled(shop: &Shop) -> i64 {
    let case = case_of(shop);
    let done = json!({ "compensation_kind": "none", "compensation_note": "只要修好" });
    shop.call("complaint_resolve", resolution(case, done));
    shop.call("complaint_close", json!({ "id": case, "text": "客人说不用回访" }));
    case
}

/// S0-33: a repair is promised for a business day, stands on the case with its date and cost, and is done in time.
#[test]
fn a_repair_that_was_promised_for_a_day_is_kept_until_the_shop_closes_on_it() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({}));
    let it = remedy(&shop, case);
    assert_eq!(
        (&it["state"], &it["due_on"], &it["due_at"]),
        (&json!("coming"), &json!("2026-03-05"), &json!("2026-03-05T13:00:00Z"))
    );
    assert_eq!(
        get(&shop, case)["events"].as_array().unwrap().last().unwrap()["text"],
        "答应 2026年3月5日 前维修：换拉链"
    );
    shop.set_clock("2026-03-05T21:00:00+08:00");
    let view = shop.call("complaint_finish_promise", json!({ "id": id, "cost_minor": 3_500, "text": "客人取走了" }));
    let it = &view["remedies"][0];
    assert_eq!(
        (&it["state"], &it["dates"][0]["is_kept"]),
        (&json!("done"), &json!(true)),
        "closing time is still in time"
    );
    assert_eq!((&it["cost_minor"], &it["ended_text"]), (&json!(3_500), &json!("客人取走了")));
    let again = shop.refused("complaint_finish_promise", json!({ "id": id }));
    assert_eq!((&again["code"], &again["key"]), (&json!("not_allowed_now"), &json!("remedy.ended")));
}

/// S0-33: a date that passed is broken at its due time, also when the program was closed, and doing it later changes nothing.
#[test]
fn a_broken_date_is_judged_once_with_its_true_time_and_never_erased() {
    let mut shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({}));
    shop.set_clock("2026-03-07T10:00:00+08:00");
    shop.restart();
    assert_eq!(remedy(&shop, case)["state"], "late", "before anybody looked");
    shop.call("complaint_tick", json!({}));
    assert_eq!(remedy(&shop, case)["dates"][0]["is_kept"], false);
    let done = json!({ "id": id, "at": "2026-03-05T12:00:00+08:00", "text": "其实前天就修好了" });
    let view = shop.call("complaint_finish_promise", done);
    assert_eq!(view["remedies"][0]["dates"][0]["is_kept"], false, "what was judged stays");
    assert_eq!(view["remedies"][0]["state"], "done");
}

/// S0-33: what was done in time and typed in later is judged by when it was done, as long as nothing was judged.
#[test]
fn what_was_done_in_time_and_typed_in_later_was_kept() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({ "due_on": null, "due_at": "2026-03-02T11:00:00+08:00" }));
    shop.set_clock("2026-03-02T11:30:00+08:00");
    let view = shop.call("complaint_finish_promise", json!({ "id": id, "at": "2026-03-02T10:50:00+08:00" }));
    assert_eq!(view["remedies"][0]["dates"][0]["is_kept"], true);
}

/// S0-33: another date is agreed for a reason; the first one stays to be read, and stays broken when it was.
#[test]
fn another_date_leaves_the_first_one_to_be_read() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({}));
    let later = |day: &str| json!({ "id": id, "due_on": day, "reason": "客人出差" });
    let refused = shop.refused("complaint_change_promise", with(later("2026-03-06"), &json!({ "reason": " " })));
    assert_eq!(fields(&refused), ["reason"]);
    let view = shop.call("complaint_change_promise", later("2026-03-06"));
    let dates = &view["remedies"][0]["dates"];
    assert_eq!(
        (&dates[0]["is_kept"], &dates[1]["reason"]),
        (&Value::Null, &json!("客人出差")),
        "the first was not reached"
    );
    shop.set_clock("2026-03-07T09:30:00+08:00");
    let view = shop.call("complaint_change_promise", later("2026-03-09"));
    let it = &view["remedies"][0];
    assert_eq!((&it["dates"][1]["is_kept"], &it["state"]), (&json!(false), &json!("coming")), "it was broken before");
    shop.set_clock("2026-03-08T12:00:00+08:00");
    let view = shop.call("complaint_finish_promise", json!({ "id": id }));
    let kept: Vec<&Value> =
        view["remedies"][0]["dates"].as_array().unwrap().iter().map(|date| &date["is_kept"]).collect();
    assert_eq!(kept, [&Value::Null, &json!(false), &json!(true)]);
}

/// S0-33: the inbox says what is promised for today and what is late, and says it until it is done.
#[test]
fn the_inbox_names_what_is_promised_for_today_and_what_is_late() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let first = promised(&shop, case, json!({}));
    promised(&shop, case, json!({ "kind": "resend", "text": "补发贺卡", "due_on": "2026-03-06" }));
    let shown = || {
        let inbox = shop.call("complaint_inbox", json!({}));
        let rows = inbox["promised"].as_array().expect("a list").clone();
        rows.iter().map(|row| (row["text"].clone(), row["state"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(shown(), []);
    shop.set_clock("2026-03-05T00:00:00+08:00");
    assert_eq!(shown(), [(json!("换拉链"), json!("today"))]);
    shop.set_clock("2026-03-05T21:00:01+08:00");
    assert_eq!(shown(), [(json!("换拉链"), json!("late"))], "a kept answer does not outlive the date");
    shop.set_clock("2026-03-06T09:00:00+08:00");
    assert_eq!(shown(), [(json!("换拉链"), json!("late")), (json!("补发贺卡"), json!("today"))]);
    shop.call("complaint_finish_promise", json!({ "id": first }));
    assert_eq!(shown(), [(json!("补发贺卡"), json!("today"))]);
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    let people = shop.call("complaint_inbox", json!({}))["people"].clone();
    let other = people.as_array().unwrap().iter().find(|person| person["name"] == "小王").unwrap()["id"].clone();
    assert_eq!(shop.call("complaint_inbox", json!({ "owner_id": other }))["promised"], json!([]), "of another person");
}

/// S0-33: the top bar and the tray count what is for today and what is late, also of a case that has ended, until it is done.
#[test]
fn the_top_bar_and_the_tray_count_what_is_promised_until_it_is_done() {
    let shop = Shop::open();
    let case = settled(&shop);
    let first = promised(&shop, case, json!({}));
    promised(&shop, case_of(&shop), json!({ "kind": "resend", "text": "补发贺卡", "due_on": "2026-03-06" }));
    let bar = || shop.call("frame_get", json!({}))["promised_due"].clone();
    let in_tray = || shukebu_backend::complaints::late(&shop.app).expect("a number");
    assert_eq!(bar(), Value::Null, "nothing is for today");
    shop.set_clock("2026-03-05T00:00:00+08:00");
    shop.call("complaint_tick", json!({}));
    let late_cases = in_tray();
    assert_eq!(bar(), json!({ "due": 1, "late": 0, "first": case }));
    shop.set_clock("2026-03-05T21:00:01+08:00");
    assert_eq!((bar(), in_tray()), (json!({ "due": 1, "late": 1, "first": case }), late_cases + 1));
    shop.set_clock("2026-03-06T09:00:00+08:00");
    assert_eq!(bar(), json!({ "due": 2, "late": 1, "first": case }));
    shop.call("complaint_finish_promise", json!({ "id": first }));
    let left = bar();
    assert_eq!((&left["due"], &left["late"]), (&json!(1), &json!(0)));
    assert_eq!(in_tray(), late_cases);
}

/// S0-33: a day before, in the morning of the day and when it is broken, each once and never while the shop is closed.
#[test]
fn each_warning_about_a_promised_thing_is_told_once_and_in_opening_hours() {
    let shop = Shop::open();
    let case = settled(&shop);
    promised(&shop, case, json!({}));
    assert_eq!(told(&shop), Vec::<String>::new());
    let mut all = vec![];
    for hour in 0..96 {
        shop.set_clock("2026-03-03T00:00:00+08:00");
        shop.advance_minutes(hour * 60 + 1);
        all.extend(told(&shop).into_iter().map(|title| (hour, title)));
    }
    let all: Vec<(i64, &str)> = all.iter().map(|(hour, title)| (*hour, title.as_str())).collect();
    // A day before is closing time, and nobody is told until the morning; then it is for today already, and that is said.
    // It is broken after closing, and that is said in the next morning.
    assert_eq!(all, [(57, "今天要兑现：维修 · TS-20260302-001"), (81, "答应的没做到：维修 · TS-20260302-001")]);
    assert_eq!(told(&shop), Vec::<String>::new());
}

/// S0-33, F 9: while the computer's clock stands before the last moment seen nothing is judged, and nothing un-breaches.
#[test]
fn a_clock_set_back_takes_no_broken_date_back_and_breaks_none() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({}));
    shop.set_clock("2026-03-06T10:00:00+08:00");
    shop.call("complaint_tick", json!({}));
    shop.set_clock("2026-03-03T10:00:00+08:00");
    assert_eq!(remedy(&shop, case)["state"], "late");
    let view = shop.call("complaint_finish_promise", json!({ "id": id }));
    assert_eq!(view["remedies"][0]["dates"][0]["is_kept"], false);
    let second = promised(&shop, case, json!({ "due_on": "2026-03-04" }));
    let view = shop.call("complaint_finish_promise", json!({ "id": second }));
    let dates = view["remedies"][1]["dates"].clone();
    assert_eq!(dates[0]["is_kept"], false, "it was done after the last moment seen, and that was the 6th: {dates}");
}

/// S0-33: neither new opening hours nor another policy moves what was said to a customer, and the end of the case does not end it.
#[test]
fn hours_promises_and_the_end_of_the_case_leave_the_date_alone() {
    let shop = Shop::open();
    let case = settled(&shop);
    promised(&shop, case, json!({}));
    let mut calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    calendar["weekly"]["thu"] = json!([]);
    shop.call("calendar_change", json!({ "calendar": calendar, "closes_on_statutory_days": false }));
    let it = remedy(&shop, case);
    assert_eq!((&it["state"], &it["due_at"]), (&json!("coming"), &json!("2026-03-05T13:00:00Z")));
    shop.set_clock("2026-03-06T09:30:00+08:00");
    assert_eq!(shop.call("complaint_inbox", json!({}))["promised"][0]["state"], "late", "the case is closed");
}

/// S0-33: what cannot be promised is refused at its field.
#[test]
fn a_closed_day_a_past_date_two_dates_and_no_words_are_refused_at_their_fields() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let mut calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    calendar["holidays"] = json!(["2026-03-05"]);
    shop.call("calendar_change", json!({ "calendar": calendar, "closes_on_statutory_days": false }));
    let refused = |more: Value| {
        let form = json!({ "id": case, "kind": "repair", "text": "换拉链" });
        fields(&shop.refused("complaint_promise", with(form, &more)))
    };
    assert_eq!(refused(json!({ "due_on": "2026-03-05" })), ["due_on"], "closed");
    assert_eq!(refused(json!({ "due_on": "2026-03-01" })), ["due_on"], "past");
    assert_eq!(refused(json!({ "due_at": "2026-03-02T09:59:00+08:00" })), ["due_at"], "past");
    assert_eq!(refused(json!({ "due_on": "2028-03-02" })), ["due_on"], "too far");
    assert_eq!(refused(json!({ "due_on": "2026-03-06", "due_at": "2026-03-06T10:00:00+08:00" })), ["due_at"]);
    assert_eq!(refused(json!({ "text": " ", "cost_minor": -1 })), ["text", "cost_minor", "due_on"]);
    assert_eq!(get(&shop, case)["remedies"], json!([]));
    let unknown = json!({ "id": 99, "kind": "repair", "text": "换拉链", "due_on": "2026-03-06" });
    assert_eq!(shop.refused("complaint_promise", unknown)["code"], "not_found");
}

/// S0-33: a cost above a clerk's limit is asked for; moving a date and giving up are not a clerk's alone.
#[test]
fn a_clerk_promises_within_the_limit_and_moves_no_date() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let id = promised(&shop, case, json!({}));
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    let dear =
        json!({ "id": case, "kind": "replacement", "text": "换新的", "due_on": "2026-03-06", "cost_minor": 6_000 });
    let refused = shop.refused("complaint_promise", dear.clone());
    assert_eq!((fields(&refused), &refused["ask"]), (vec!["cost_minor".to_owned()], &json!("complaint.compensate")));
    let approved = with(dear, &json!({ "approval": { "staff_id": 1, "reason": "大客户" } }));
    assert_eq!(shop.call("complaint_promise", approved)["remedies"].as_array().map(Vec::len), Some(2));
    let later = json!({ "id": id, "due_on": "2026-03-09", "reason": "忙" });
    assert_eq!(shop.refused("complaint_change_promise", later)["code"], "not_permitted");
    let dearer = shop.refused("complaint_finish_promise", json!({ "id": id, "cost_minor": 5_001 }));
    assert_eq!(fields(&dearer), ["cost_minor"]);
    shop.call("complaint_finish_promise", json!({ "id": id }));
}

/// S0-33: what is given at the resolution can be promised for a day; its cost is counted once.
#[test]
fn a_compensation_with_a_date_is_on_the_list_and_its_cost_is_counted_once() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let given = json!({ "compensation_kind": "repair", "compensation_minor": 4_000, "compensation_note": "换拉链",
                        "compensation_goods": { "promised_on": "2026-03-05" } });
    let refused = shop.refused(
        "complaint_resolve",
        resolution(case, with(given.clone(), &json!({ "compensation_goods": { "promised_on": "2026-03-01" } }))),
    );
    assert_eq!(fields(&refused), ["compensation_goods.promised_on"]);
    let coupon = json!({ "compensation_kind": "coupon", "compensation_minor": 1_000, "compensation_note": "十元券",
                         "compensation_goods": { "promised_on": "2026-03-05" } });
    assert_eq!(
        fields(&shop.refused("complaint_resolve", resolution(case, coupon))),
        ["compensation_goods.promised_on"]
    );
    let view = shop.call("complaint_resolve", resolution(case, given));
    let it = &view["remedies"][0];
    assert_eq!(
        (&it["text"], &it["is_compensation"], &it["cost_minor"]),
        (&json!("换拉链"), &json!(true), &json!(4_000))
    );
    shop.call("complaint_finish_promise", json!({ "id": it["id"] }));
    let report = shop.call("complaint_report", json!({}));
    assert_eq!(report["totals"]["compensation_minor"], 4_000);
    assert_eq!((&report["remedies"][0]["cost_minor"], &report["remedies"][0]["kept"]), (&json!(0), &json!(1)));
}

/// S0-33, F 14: the report says how many dates were kept, of all and of every kind, and a dash where none was judged.
#[test]
fn the_report_says_how_many_promised_dates_were_kept() {
    let shop = Shop::open();
    assert_eq!(shop.call("complaint_report", json!({}))["remedies"], json!([]));
    let case = case_of(&shop);
    let kept = promised(&shop, case, json!({}));
    let dropped = promised(&shop, case, json!({ "kind": "resend", "text": "补发贺卡" }));
    promised(&shop, case, json!({ "kind": "refund", "text": "退差价" }));
    shop.call("complaint_finish_promise", json!({ "id": kept }));
    shop.call("complaint_drop_promise", json!({ "id": dropped, "reason": "客人不要了" }));
    shop.set_clock("2026-03-06T10:00:00+08:00");
    let report = shop.call("complaint_report", json!({}));
    let rows: Vec<_> = report["remedies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["kind"].clone(),
                row["kept"].clone(),
                row["broken"].clone(),
                row["kept_bp"].clone(),
                row["given_up"].clone(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (Value::Null, json!(1), json!(1), json!(5_000), json!(1)),
            (json!("repair"), json!(1), json!(0), json!(10_000), json!(0)),
            (json!("refund"), json!(0), json!(1), json!(0), json!(0)),
            (json!("resend"), json!(0), json!(0), Value::Null, json!(1)),
        ]
    );
    assert_eq!(report["remedies"][0]["cost_minor"], 3_000, "only what was done has cost anything");
}

/// F 10: a compensation that was only written down is taken back for a reason, is counted no more, and what was promised of it is over.
#[test]
fn what_was_only_written_down_is_taken_back_too() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let given = json!({ "compensation_kind": "repair", "compensation_minor": 4_000, "compensation_note": "换拉链",
                        "compensation_goods": { "promised_on": "2026-03-05" },
                        "compensation_also": [{ "kind": "refund", "cost_minor": 1_000, "note": "现金" }] });
    let view = shop.call("complaint_resolve", resolution(case, given));
    let done = view["resolutions"][0].clone();
    assert_eq!(
        (&done["posted"], &done["noted"]),
        (&json!([]), &json!(["维修 · ¥40.00 · 换拉链", "退款 · ¥10.00 · 现金"]))
    );
    let thing = &done["returnable"][0];
    let back = json!({ "id": case, "resolution_id": thing["resolution_id"], "position": thing["position"], "reason": "客人自己修了" });
    assert_eq!(fields(&shop.refused("complaint_take_back", with(back.clone(), &json!({ "reason": "" })))), ["reason"]);
    let view = shop.call("complaint_take_back", back.clone());
    let after = &view["resolutions"][0];
    assert_eq!(after["noted"][0], "维修 · ¥40.00 · 换拉链（已收回：客人自己修了）");
    assert_eq!(after["compensation_minor"], 4_000, "what was written at the resolution stays");
    assert_eq!(after["returnable"].as_array().map(Vec::len), Some(1));
    assert_eq!(view["remedies"][0]["state"], "given_up");
    assert_eq!(shop.call("complaint_report", json!({}))["totals"]["compensation_minor"], 1_000);
    assert_eq!(fields(&shop.refused("complaint_take_back", back)), ["position"], "once");
    let exported = crate::export_lists::rows(&shop, shukebu_backend::exports::Kind::Complaints);
    assert_eq!((&exported[0]["compensation"], &exported[0]["compensation_minor"]), (&json!("refund"), &json!(1_000)));
    let other = case_of(&shop);
    let strange = json!({ "id": other, "resolution_id": thing["resolution_id"], "position": 1, "reason": "错" });
    assert_eq!(shop.refused("complaint_take_back", strange)["code"], "not_found", "of another case");
    assert_eq!(shop.refused("complaint_take_back", json!({ "id": case, "reason": "错" }))["code"], "not_found");
}

/// F 10: taking back what was only written down lowers what a clerk has spent, so somebody else says yes to it.
#[test]
fn a_clerk_needs_an_approval_to_take_back_what_was_written_down() {
    let shop = Shop::open();
    let case = case_of(&shop);
    let given = json!({ "compensation_kind": "redo", "compensation_minor": 4_000, "compensation_note": "重做" });
    let view = shop.call("complaint_resolve", resolution(case, given));
    let thing = view["resolutions"][0]["returnable"][0].clone();
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    let back =
        json!({ "id": case, "resolution_id": thing["resolution_id"], "position": thing["position"], "reason": "没做" });
    let refused = shop.refused("complaint_take_back", back.clone());
    assert_eq!((&refused["code"], &refused["ask"]), (&json!("not_permitted"), &json!("complaint.take_back")));
    shop.call("complaint_take_back", with(back, &json!({ "approval": { "staff_id": 1, "reason": "没做成" } })));
}

/// S0-33: erasing a customer takes the words with it; dates and verdicts stay as numbers.
#[test]
fn erasing_a_customer_takes_the_words_of_what_was_promised() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let case = open(&shop, json!({ "customer_id": customer }));
    let id = promised(&shop, case, json!({ "text": "给张敏换拉链" }));
    shop.call("complaint_change_promise", json!({ "id": id, "due_on": "2026-03-06", "reason": "张敏出差" }));
    shop.call("complaint_finish_promise", json!({ "id": id, "text": "张敏取走了" }));
    shop.call("complaint_withdraw", json!({ "id": case, "text": "不追究" }));
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    let it = remedy(&shop, case);
    assert!(!it.to_string().contains("张敏"), "{it}");
    assert_eq!(it["dates"][1]["is_kept"], true);
}
