//! 定期评估 (S2-43): when the next one is due, what it talks about, what is kept of those that were held.
//!
//! The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

use crate::cases::{open, resolution};
use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

fn board(shop: &Shop) -> Value {
    shop.call("assessment_board", json!({}))
}

fn plan(shop: &Shop, rhythm: &Value) -> Value {
    shop.call("assessment_plan", json!({ "rhythm": rhythm }))
}

fn owner(shop: &Shop) -> Value {
    board(shop)["people"][0]["id"].clone()
}

fn record(shop: &Shop, more: Value) -> Value {
    let whole = json!({ "people": [owner(shop)], "notes": "中午回复慢" });
    shop.call("assessment_record", with(whole, &more))
}

fn due(shop: &Shop) -> Value {
    shop.call("frame_get", json!({}))["assessment_due"].clone()
}

fn next(board: &Value) -> (&Value, &Value, &Value) {
    let next = &board["next"];
    (&next["due_on"], &next["standing"], &next["days"])
}

/// S2-43: a rhythm names the next day, the window says when it has come, and it stays due until somebody sat down.
#[test]
fn an_assessment_is_due_in_its_rhythm_until_it_was_held() {
    let shop = Shop::open();
    assert_eq!((&board(&shop)["rhythm"], &board(&shop)["next"]), (&Value::Null, &Value::Null));
    assert_eq!(due(&shop), Value::Null);
    let planned = plan(&shop, &json!({ "kind": "regular", "months": 1, "day": 5 }));
    assert_eq!(next(&planned), (&json!("2026-03-05"), &json!("coming"), &json!(3)));
    assert_eq!(due(&shop), Value::Null, "nobody is reminded before the day");
    shop.set_clock("2026-03-05T09:00:00+08:00");
    assert_eq!(due(&shop), json!({ "due_on": "2026-03-05", "days_late": 0 }));
    shop.set_clock("2026-04-20T09:00:00+08:00");
    assert_eq!(due(&shop), json!({ "due_on": "2026-03-05", "days_late": 46 }), "what was missed stays due");
    let held = record(&shop, json!({}));
    assert_eq!(held["held"][0]["due_on"], "2026-03-05");
    assert_eq!(
        next(&held),
        (&json!("2026-05-05"), &json!("coming"), &json!(15)),
        "what lies between is not made up for"
    );
    assert_eq!(due(&shop), Value::Null);
}

/// S2-43: weeks, quarters and own days are rhythms too; one that no day follows from is refused at its field.
#[test]
fn a_rhythm_is_a_week_a_month_a_quarter_or_own_days() {
    let shop = Shop::open();
    let day = |rhythm: Value| plan(&shop, &rhythm)["next"]["due_on"].clone();
    assert_eq!(day(json!({ "kind": "weekly", "weekday": 4 })), "2026-03-05");
    assert_eq!(day(json!({ "kind": "regular", "months": 3, "day": 10 })), "2026-04-10");
    assert_eq!(day(json!({ "kind": "days", "days": ["2026-09-01", "2026-03-20"] })), "2026-03-20");
    assert_eq!(day(json!({ "kind": "days", "days": ["2025-01-01"] })), Value::Null, "days that are over");
    assert_eq!(day(Value::Null), Value::Null);
    for (rhythm, field) in [
        (json!({ "kind": "weekly", "weekday": 8 }), "rhythm.weekday"),
        (json!({ "kind": "regular", "months": 5, "day": 1 }), "rhythm.months"),
        (json!({ "kind": "regular", "months": 1, "day": 31 }), "rhythm.day"),
        (json!({ "kind": "days", "days": [] }), "rhythm.days"),
    ] {
        assert_eq!(fields(&shop.refused("assessment_plan", json!({ "rhythm": rhythm }))), [field], "{rhythm}");
    }
}

/// S2-43: a day on which the shop is closed gives way to the next open one, also when the hours change later.
#[test]
fn on_a_closed_day_nobody_is_asked_to_sit_down() {
    let shop = Shop::open();
    plan(&shop, &json!({ "kind": "weekly", "weekday": 3 }));
    let mut hours = shop.call("calendar_get", json!({}))["calendar"].clone();
    hours["holidays"] = json!(["2026-03-04"]);
    shop.call("calendar_change", json!({ "calendar": hours, "closes_on_statutory_days": false }));
    let view = board(&shop);
    assert_eq!((&view["next"]["planned_on"], &view["next"]["due_on"]), (&json!("2026-03-04"), &json!("2026-03-05")));
    shop.set_clock("2026-03-04T10:00:00+08:00");
    assert_eq!(due(&shop), Value::Null);
    shop.set_clock("2026-03-05T10:00:00+08:00");
    assert_eq!(due(&shop)["days_late"], 0);
}

/// S2-43: the agenda is made from the report: numbers since the last one beside those before, causes, people, and what
/// was decided and is not done.
#[test]
fn the_agenda_gathers_numbers_causes_people_and_open_improvements() {
    let shop = Shop::at("2026-01-10T10:00:00+08:00");
    shop.call(
        "complaint_resolve",
        resolution(open(&shop, json!({})), json!({ "compensation_kind": "none", "compensation_note": "客人不要" })),
    );
    shop.set_clock("2026-01-20T10:00:00+08:00");
    let improvement = json!({ "problem": "中午没人回", "action": "中午留一个人", "due_on": "2026-01-31" });
    let held = record(&shop, json!({ "improvements": [improvement] }));
    let first = &held["held"][0];
    assert_eq!(
        (&first["from"], &first["to"], &first["figures"]["cases"]),
        (&json!("2025-12-20"), &json!("2026-01-20"), &json!(1))
    );
    assert_eq!(first["improvements"][0]["action"], "中午留一个人");
    shop.set_clock("2026-02-10T10:00:00+08:00");
    for _ in 0..2 {
        shop.call(
            "complaint_resolve",
            resolution(open(&shop, json!({})), json!({ "compensation_kind": "none", "compensation_note": "客人不要" })),
        );
    }
    let agenda = board(&shop)["agenda"].clone();
    assert_eq!((&agenda["report"]["from"], &agenda["report"]["to"]), (&json!("2026-01-21"), &json!("2026-02-10")));
    assert_eq!((&agenda["report"]["totals"]["cases"], &agenda["before"]["cases"]), (&json!(2), &json!(1)));
    assert_eq!(agenda["report"]["causes"][0]["cause"], "冷藏不够");
    assert_eq!(agenda["report"]["groups"][0]["cases"], 2, "{agenda}");
    let decided = &agenda["decided"];
    assert_eq!((&decided[0]["action"], &decided[0]["state"]), (&json!("中午留一个人"), &json!("overdue")));
    let open_ones: Vec<&Value> = agenda["open"].as_array().expect("rows").iter().map(|row| &row["action"]).collect();
    assert_eq!(open_ones, [&json!("加冷藏两小时"); 3], "those of the cases, and not again what was decided");
}

/// S2-43: what is kept of one does not change with what is found out later; its improvements are shown as they stand.
#[test]
fn what_was_looked_at_is_kept_as_it_was() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone", "text": "打过电话" }));
    let people = json!([owner(&shop), owner(&shop)]);
    let held = record(&shop, json!({ "people": people, "others": " 中央厨房的师傅 " }));
    let figures = held["held"][0]["figures"].clone();
    assert_eq!(held["held"][0]["people"].as_array().map(Vec::len), Some(1), "the same person twice is one");
    assert_eq!(held["held"][0]["others"], "中央厨房的师傅");
    let given = json!({ "compensation_kind": "gift", "compensation_minor": 900, "compensation_note": "小饼干" });
    shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(shop.call("complaint_report", json!({}))["totals"]["compensation_minor"], 900);
    assert_eq!(board(&shop)["held"][0]["figures"], figures);
    assert_eq!(figures["compensation_minor"], 0);
}

/// S2-43: one that is held long before its day is held besides and moves nothing; near the day it stands for it.
#[test]
fn an_early_one_stands_for_its_day_and_a_far_one_is_held_besides() {
    let shop = Shop::open();
    plan(&shop, &json!({ "kind": "regular", "months": 1, "day": 28 }));
    let besides = record(&shop, json!({}));
    assert_eq!(besides["held"][0]["due_on"], Value::Null);
    assert_eq!(besides["next"]["due_on"], "2026-03-28");
    shop.set_clock("2026-03-20T10:00:00+08:00");
    let early = record(&shop, json!({}));
    assert_eq!((&early["held"][0]["due_on"], &early["next"]["due_on"]), (&json!("2026-03-28"), &json!("2026-04-28")));
    assert_eq!(early["held_in_all"], 2);
}

/// S2-43: what says nothing is refused at its field, and nothing of it is kept.
#[test]
fn an_assessment_that_says_nothing_is_refused_as_a_whole() {
    let shop = Shop::open();
    let people = json!([owner(&shop)]);
    let refuse = |input: Value| fields(&shop.refused("assessment_record", input));
    assert_eq!(refuse(json!({ "people": [], "held_on": "2026-03-03" })), ["held_on", "people", "notes"]);
    assert_eq!(refuse(json!({ "people": [999_999], "notes": "谈了" })), ["people"]);
    let half = json!({ "people": people, "improvements": [{ "problem": "慢", "action": "加人", "due_on": "2026-03-31" }, { "problem": " ", "action": "", "due_on": "2026-03-31" }] });
    assert_eq!(refuse(half), ["improvements.1.problem", "improvements.1.action"]);
    let many: Vec<Value> =
        (0..21).map(|_| json!({ "problem": "慢", "action": "加人", "due_on": "2026-03-31" })).collect();
    assert_eq!(refuse(json!({ "people": people, "improvements": many })), ["improvements"]);
    assert_eq!(board(&shop)["held"], json!([]));
    assert_eq!(shop.call("improvement_list", json!({}))["rows"], json!([]), "not half of it either");
    let key = json!({ "people": people, "notes": "谈了", "client_key": "once" });
    shop.call("assessment_record", key.clone());
    assert_eq!(shop.call("assessment_record", key)["held_in_all"], 1, "sent twice is held once");
}

/// S2-43: how the team does is for those who lead it; a clerk is neither shown nor reminded.
#[test]
fn a_clerk_is_neither_shown_nor_reminded() {
    let shop = Shop::open();
    plan(&shop, &json!({ "kind": "weekly", "weekday": 1 }));
    assert_eq!(due(&shop)["days_late"], 0);
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    assert_eq!(due(&shop), Value::Null);
    assert_eq!(shop.refused("assessment_board", json!({}))["code"], "not_permitted");
    assert_eq!(shop.refused("assessment_plan", json!({}))["code"], "not_permitted");
}
