//! Cases over days and over a year, with restarts and with a clock that was set back.

use super::{clock, get, march, open, whole_resolution};
use crate::support::Shop;
use serde_json::{Value, json};

#[test]
fn a_clock_set_back_three_days_in_the_middle_of_a_case_takes_nothing_back() {
    let shop = Shop::open();
    let customer = shop.customer("王小满");
    let id = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    shop.advance_minutes(61);
    shop.call("complaint_tick", json!({}));
    assert_eq!(get(&shop, id)["verdicts"][0]["is_met"], false);
    shop.set_clock("2026-02-27T11:01:00+08:00");
    let tick = shop.call("complaint_tick", json!({}));
    assert_eq!(tick["notices"], json!([]), "nothing is told while the clock stands wrong");
    let view = shop.call("complaint_respond", json!({ "id": id, "channel": "phone", "text": "已道歉" }));
    assert_eq!(clock(&view, "response")["state"], "breached", "nothing un-breaches");
    let answered = view["events"].as_array().and_then(|events| events.last()).cloned().expect("an entry");
    assert_eq!((&answered["kind"], &answered["is_flagged"]), (&json!("responded"), &json!(true)));
    let verdicts = view["verdicts"].clone();
    let other = open(&shop, json!({ "description": "送错了" }));
    assert_eq!(clock(&get(&shop, other), "response")["state"], "running", "a case can be opened all the same");
    assert_eq!(shop.profile(customer)["do_not_disturb"], "TS-20260302-001");
    shop.set_clock(&march(2, "13:30:00"));
    shop.call("complaint_tick", json!({}));
    let view = get(&shop, id);
    assert_eq!(view["verdicts"][0], verdicts[0], "a verdict never changes");
    assert_eq!(clock(&view, "resolution")["elapsed_s"], 150 * 60, "10–12 and 13–13:30");
}

#[test]
fn a_busy_year_keeps_its_verdicts_and_its_sums() {
    // Three cases on every Monday of a year, handled with delays that only this arithmetic knows.
    let shop = Shop::at("2026-01-05T09:00:00+08:00");
    let first_day: chrono::NaiveDate = "2026-01-05".parse().expect("a day");
    let (mut kept, mut broken, mut opened) = (0_i64, 0_i64, 0_i64);
    for n in (0..364_u64).step_by(7) {
        let day = first_day + chrono::Days::new(n);
        for (hour, minute, answer_after) in [(9, 0, 30), (10, 30, 60), (11, 30, 151)] {
            shop.set_clock(&format!("{day}T{hour:02}:{minute:02}:00+08:00"));
            let id = open(&shop, json!({ "description": "蛋糕塌了", "category": "quality" }));
            opened += 1;
            shop.advance_minutes(answer_after);
            shop.call("complaint_tick", json!({}));
            shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
            // The third is answered at 14:01, after half an hour before lunch and an hour and a minute after it.
            if answer_after <= 60 {
                kept += 1
            } else {
                broken += 1
            }
            let mut done = whole_resolution(id);
            done["improvement_due_on"] = json!("2027-03-31");
            shop.call("complaint_resolve", done);
            shop.call("complaint_close", json!({ "id": id, "text": "当面谈过" }));
        }
    }
    shop.set_clock("2026-12-31T18:00:00+08:00");
    shop.call("complaint_tick", json!({}));
    let report = shop.call("complaint_report", json!({ "from": "2026-01-01", "to": "2026-12-31" }));
    let response = &report["totals"]["promises"][0];
    assert_eq!((&response["met"], &response["broken"]), (&json!(kept), &json!(broken)));
    assert_eq!(report["totals"]["cases"], opened);
    assert_eq!((&response["median_s"], &response["late_worst_s"]), (&json!(3_600), &json!(31 * 60)));
    assert_eq!(report["groups"].as_array().map(Vec::len), Some(12), "one row for every month");
    assert_eq!(shop.call("complaint_inbox", json!({}))["total"], 0);
    let sum: i64 =
        report["groups"].as_array().expect("groups").iter().filter_map(|group| group["cases"].as_i64()).sum();
    assert_eq!(sum, opened, "every case is in one month");
}

#[test]
fn four_working_days_with_lunch_night_weekend_make_up_day_and_restarts() {
    let mut shop = Shop::at("2026-02-13T11:00:00+08:00");
    let february = |day: u32, time: &str| format!("2026-02-{day:02}T{time}:00+08:00");
    let mut calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    let hours = json!([["09:00", "12:00"], ["13:00", "18:00"]]);
    calendar["weekly"] = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    shop.call("calendar_change", json!({ "calendar": calendar, "closes_on_statutory_days": true }));
    // Friday before the Spring Festival; Saturday the 14th is worked, the 15th to the 23rd are off.
    shop.set_clock(&february(13, "11:30"));
    let id = open(&shop, json!({ "description": "蛋糕塌了" }));
    let view = get(&shop, id);
    assert_eq!(clock(&view, "response")["due_at"], "2026-02-13T05:30:00Z", "half an hour after lunch");
    assert_eq!(clock(&view, "resolution")["due_at"], "2026-02-25T03:30:00Z", "5½ + 8 (make-up day) + 8 + 2½ hours");
    shop.set_clock(&february(13, "12:30"));
    shop.restart();
    assert_eq!(clock(&get(&shop, id), "response")["elapsed_s"], 30 * 60, "lunch does not count");
    shop.set_clock(&february(13, "13:20"));
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    shop.set_clock(&february(13, "17:00"));
    shop.call("complaint_wait", json!({ "id": id, "text": "等照片" }));
    shop.restart();
    shop.set_clock(&february(14, "10:00"));
    let view = shop.call("complaint_customer_wrote", json!({ "id": id, "text": "照片发了" }));
    assert_eq!(view["paused_s"], 2 * 3600, "an hour of Friday and an hour of the worked Saturday");
    // 4½ hours were used; 7 of Saturday, 8 of Tuesday and 3 before lunch on Wednesday leave 1½ after it.
    assert_eq!(clock(&view, "resolution")["due_at"], "2026-02-25T06:30:00Z");
    shop.set_clock(&february(20, "11:00"));
    shop.call("complaint_tick", json!({}));
    let view = get(&shop, id);
    assert_eq!(
        (&clock(&view, "resolution")["elapsed_s"], &clock(&view, "resolution")["is_ticking"]),
        (&json!(690 * 60), &json!(false))
    );
    shop.restart();
    shop.set_clock(&february(25, "14:00"));
    shop.call("complaint_tick", json!({}));
    let view = shop.call("complaint_resolve", whole_resolution(id));
    assert_eq!(clock(&view, "resolution")["elapsed_s"], 1_410 * 60, "half an hour before it was due");
    let kept: Vec<Value> =
        view["verdicts"].as_array().expect("verdicts").iter().map(|each| each["is_met"].clone()).collect();
    assert_eq!(kept, [json!(true), json!(true)]);
    assert_eq!(clock(&view, "follow_up")["due_at"], "2026-02-28T06:00:00Z", "72 hours, day and night");
    shop.set_clock(&february(28, "14:01"));
    shop.restart();
    shop.call("complaint_tick", json!({}));
    assert_eq!(clock(&get(&shop, id), "follow_up")["state"], "breached", "noticed at the start, with its true time");
    assert_eq!(get(&shop, id)["verdicts"][2]["happened_at"], "2026-02-28T06:00:00Z");
}
