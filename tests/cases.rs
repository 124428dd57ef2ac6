//! What hangs on a complaint: files, whose case it is, who is left in peace, and that nothing typed wrong breaks anything.
//!
//! The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

pub(crate) fn open(shop: &Shop, form: Value) -> i64 {
    let whole = with(json!({ "description": "蛋糕塌了" }), &form);
    shop.call("complaint_open", whole)["row"]["id"].as_i64().expect("an id")
}

pub(crate) fn get(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_get", json!({ "id": id }))
}

pub(crate) fn resolution(id: i64, given: Value) -> Value {
    let whole = json!({
        "id": id, "empathy": "真对不起", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
        "improvement_due_on": "2026-03-31",
    });
    with(whole, &given)
}

#[test]
fn a_file_is_kept_with_a_case_noted_copied_out_and_erased_with_the_customer() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let file = shop.folder().join("聊天截图.png");
    std::fs::write(&file, vec![7_u8; 300_000]).unwrap();
    let add = json!({ "complaint_id": id, "file": file });
    shop.call("attachment_add", add.clone());
    let view = get(&shop, id);
    let kept = view["desk"]["attachments"][0].clone();
    assert_eq!((&kept["name"], &kept["bytes"]), (&json!("聊天截图.png"), &json!(300_000)));
    let steps = view["events"].as_array().unwrap().clone();
    assert_eq!(steps.last().unwrap()["text"], "加了附件：聊天截图.png");
    assert_eq!(shop.profile(customer)["details"]["attachments"], json!([]), "it belongs to the case");
    let written = shop.call("attachment_copy", json!({ "id": kept["id"], "folder": shop.folder() }));
    assert_eq!(std::fs::read(written["path"].as_str().unwrap()).unwrap(), vec![7_u8; 300_000]);
    let copy = shop.call("customer_copy", json!({ "customer_id": customer, "folder": shop.folder() }));
    let told = std::fs::read_to_string(copy["path"].as_str().unwrap()).unwrap();
    assert!(told.contains("聊天截图.png"), "a person's copy holds it");
    shop.call("attachment_remove", json!({ "id": kept["id"] }));
    let view = get(&shop, id);
    assert_eq!(view["desk"]["attachments"], json!([]));
    assert_eq!(view["events"].as_array().unwrap().last().unwrap()["text"], "删了附件：聊天截图.png");
    shop.call("complaint_withdraw", json!({ "id": id, "text": "客人不追究" }));
    shop.call("attachment_add", add);
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    assert_eq!(get(&shop, id)["desk"]["attachments"], json!([]));
}

#[test]
fn a_file_of_an_unknown_customer_is_kept_and_nonsense_is_refused() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    let file = shop.folder().join("照片.jpg");
    std::fs::write(&file, b"jpeg").unwrap();
    shop.call("attachment_add", json!({ "complaint_id": id, "file": file }));
    assert_eq!(get(&shop, id)["desk"]["attachments"].as_array().map(Vec::len), Some(1));
    let customer = shop.customer("张敏");
    let both = json!({ "complaint_id": id, "customer_id": customer, "file": file });
    assert_eq!(fields(&shop.refused("attachment_add", both)), ["customer_id"]);
    assert_eq!(fields(&shop.refused("attachment_add", json!({ "file": file }))), ["customer_id"]);
    assert_eq!(shop.refused("attachment_add", json!({ "complaint_id": 999_999, "file": file }))["code"], "not_found");
    std::fs::write(&file, vec![0; 5 * 1024 * 1024 + 1]).unwrap();
    assert_eq!(fields(&shop.refused("attachment_add", json!({ "complaint_id": id, "file": file }))), ["file"]);
}

#[test]
fn the_service_of_a_class_shortens_the_response_and_the_case_says_why() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    shop.sale(customer, 10_000);
    let class = shop.profile(customer)["row"]["segment"]["key"].clone();
    let scheme = shop.call("scheme_list", json!({}))["schemes"]
        .as_array()
        .expect("schemes")
        .iter()
        .find(|scheme| scheme["is_primary"] == true)
        .expect("a primary scheme")["key"]
        .clone();
    let services = shop.call("service_get", json!({ "key": scheme }));
    let mut service = services["classes"]
        .as_array()
        .expect("classes")
        .iter()
        .find(|service| service["policy"]["class_key"] == class)
        .unwrap_or_else(|| panic!("{class} in {services}"))["policy"]
        .clone();
    service["complaint_response_minutes"] = json!(25);
    shop.call("service_save", json!({ "scheme": scheme, "policy": service }));
    let id = open(&shop, json!({ "customer_id": customer }));
    let view = get(&shop, id);
    assert_eq!(view["clocks"][0]["target_s"], 25 * 60);
    let text = view["desk"]["bases"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("按分层“") && text.contains("25 分"), "{text}");
    let stranger = get(&shop, open(&shop, json!({})));
    assert_eq!(stranger["desk"]["bases"][0]["text"], "按紧急程度“一般”：1 小时");
}

#[test]
fn the_most_specific_promise_wins_and_is_named() {
    let shop = Shop::open();
    let view = shop.call("policy_get", json!({}));
    let mut policy = view["policy"].clone();
    policy["shorter"] = json!([
        { "category": "quality", "response_minutes": 20 },
        { "category": "quality", "severity": "high", "response_minutes": 25 },
    ]);
    shop.call("policy_change", json!({ "policy": policy }));
    let normal = get(&shop, open(&shop, json!({ "category": "quality" })));
    assert_eq!(normal["clocks"][0]["target_s"], 20 * 60);
    assert_eq!(normal["desk"]["bases"][0]["text"], "按更短的时限（质量）：20 分钟");
    let high = get(&shop, open(&shop, json!({ "category": "quality", "severity": "high" })));
    assert_eq!(high["clocks"][0]["target_s"], 25 * 60, "two conditions before one");
    assert_eq!(high["desk"]["bases"][0]["text"], "按更短的时限（紧急 · 质量）：25 分钟");
}

#[test]
fn whoever_complains_is_marked_with_the_case_in_everything_that_sells() {
    let shop = Shop::open();
    let (complaining, asking) = (shop.customer("张敏"), shop.customer("李雷"));
    for customer in [complaining, asking] {
        shop.sale(customer, 50_000);
    }
    open(&shop, json!({ "customer_id": complaining }));
    open(&shop, json!({ "customer_id": asking, "kind": "inquiry" }));
    let mark = |row: &Value| row["do_not_disturb"].clone();
    let hit = |name: &str| shop.call("customer_search", json!({ "text": name }))["rows"][0].clone();
    assert_eq!(mark(&hit("张敏")), "TS-20260302-001");
    assert_eq!(mark(&hit("李雷")), Value::Null, "who only asks is served");
    let people = shop.call("segment_people", json!({ "who": { "kind": "ranks", "from": 1, "to": 10 } }));
    let marks: Vec<Value> = people["rows"].as_array().unwrap().iter().map(|row| mark(&row["customer"])).collect();
    assert!(marks.contains(&json!("TS-20260302-001")) && marks.contains(&Value::Null), "{people}");
    shop.call("segment_run", json!({}));
    let class = shop.profile(asking)["row"]["segment"]["key"].clone();
    let issue = json!({
        "name": "春日券", "audience": { "kind": "class", "class_key": class }, "valid_days": 30,
        "terms": { "worth": { "kind": "value", "value_minor": 500 }, "minimum_minor": 0, "is_stackable": false },
    });
    let preview = shop.call("coupon_preview", issue);
    assert_eq!((&preview["coupons"], &preview["left_out"][0]["people"]), (&json!(1), &json!(1)), "{preview}");
}

#[test]
fn points_that_end_soon_are_told_with_who_is_left_in_peace() {
    let shop = Shop::at("2026-12-20T10:00:00+08:00");
    let (complaining, other) = (shop.customer("张敏"), shop.customer("李雷"));
    let mut rules = shop.call("points_rules_get", json!({}))["rules"].clone();
    rules["expiry"] = json!({ "kind": "days", "n": 10 });
    shop.call("points_rules_change", json!({ "rules": rules }));
    shop.set_clock("2026-12-21T10:00:00+08:00");
    for customer in [complaining, other] {
        shop.call("points_adjust", json!({ "customer_id": customer, "points": 300, "reason": "开业赠送" }));
    }
    open(&shop, json!({ "customer_id": complaining }));
    let overview = shop.call("points_overview", json!({}));
    let notices = overview["notices"].as_array().unwrap().clone();
    let mark = |customer: i64| {
        notices.iter().find(|notice| notice["customer_id"] == customer).expect("a notice")["do_not_disturb"].clone()
    };
    assert_eq!((mark(complaining), mark(other)), (json!("TS-20261221-001"), Value::Null));
}

#[test]
fn a_kept_list_says_what_a_fresh_one_would() {
    let mut shop = Shop::open();
    for minutes in [0, 7, 11] {
        shop.advance_minutes(minutes);
        open(&shop, json!({}));
    }
    shop.call("complaint_tick", json!({}));
    let look = |shop: &Shop| (shop.call("complaint_inbox", json!({})), shop.call("frame_get", json!({})));
    let _ = look(&shop);
    // Seconds pass, warnings come, promises break, the shop closes for lunch and opens again.
    for minutes in [1, 5, 20, 15, 4, 1, 1, 30, 45, 60, 600, 900] {
        shop.advance_minutes(minutes);
        let (kept, bar) = look(&shop);
        shop.restart();
        let (fresh, fresh_bar) = look(&shop);
        assert_eq!(kept, fresh, "after {minutes} more minutes");
        for field in ["urgent", "open_complaints", "late_complaints"] {
            assert_eq!(bar[field], fresh_bar[field], "{field} after {minutes} more minutes");
        }
        shop.call("complaint_tick", json!({}));
        let _ = look(&shop);
    }
}

#[test]
fn a_kept_list_follows_whatever_it_names() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let first = || shop.call("complaint_inbox", json!({}))["rows"][0].clone();
    let _ = first();
    shop.sale(customer, 6_800);
    assert_eq!(first()["customer_name"], "张敏");
    shop.call("customer_change", json!({ "id": customer, "name": "张小敏" }));
    assert_eq!(first()["customer_name"], "张小敏");
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    let people = shop.call("complaint_inbox", json!({}))["people"].clone();
    let clerk =
        people.as_array().expect("people").iter().find(|person| person["name"] == "小王").expect("new")["id"].clone();
    shop.call("complaint_hand_over", json!({ "id": id, "to": clerk, "reason": "换班" }));
    assert_eq!(first()["owner"], "小王");
    shop.call("complaint_change_severity", json!({ "id": id, "severity": "red", "reason": "起疹子" }));
    assert_eq!(first()["severity"], "red");
    let by_priority = || shop.call("complaint_inbox", json!({ "order": "priority" }))["rows"][0]["priority"].clone();
    assert_ne!(by_priority(), 1);
    shop.call("priority_lock", json!({ "customer_id": customer, "level": 1, "reason": "老朋友" }));
    assert_eq!(by_priority(), 1);
}

#[test]
fn nothing_wakes_the_program_before_the_next_moment_that_matters() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    let wake = |shop: &Shop| shop.call("complaint_tick", json!({}))["next_wake_at"].clone();
    assert_eq!(wake(&shop), "2026-03-02T02:30:00Z", "half of the hour");
    let written = || shop.call("book_info", json!({}))["operations"].clone();
    let before = written();
    for _ in 0..29 {
        shop.advance_minutes(1);
        assert_eq!(wake(&shop), "2026-03-02T02:30:00Z");
    }
    assert_eq!(written(), before, "a look with nothing due writes nothing");
    shop.advance_minutes(1);
    assert_eq!(wake(&shop), "2026-03-02T02:48:00Z", "eighty per cent");
    shop.call("complaint_withdraw", json!({ "id": id, "text": "客人不追究" }));
    assert_eq!(wake(&shop), Value::Null, "with nothing to wait for it does not wake up at all");
}

#[test]
fn a_corrected_answer_stands_beside_the_verdict_in_the_case_and_in_the_report() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    shop.advance_minutes(70);
    let correct = |happened_at: &str, reason: &str| json!({ "id": id, "promise": "response", "happened_at": happened_at, "reason": reason });
    let early = correct("2026-03-02T10:40:00+08:00", "当时就打了电话，忘了登记");
    assert_eq!(fields(&shop.refused("complaint_correct_act", early.clone())), ["promise"], "nobody has answered yet");
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    assert_eq!(fields(&shop.refused("complaint_correct_act", correct("2026-03-02T10:40:00+08:00", " "))), ["reason"]);
    let future = correct("2026-03-02T23:00:00+08:00", "看错了");
    assert_eq!(fields(&shop.refused("complaint_correct_act", future)), ["happened_at"]);
    let before = correct("2026-03-02T09:00:00+08:00", "看错了");
    assert_eq!(fields(&shop.refused("complaint_correct_act", before)), ["happened_at"]);
    let view = shop.call("complaint_correct_act", early);
    let response = &view["clocks"][0];
    assert_eq!(response["state"], "breached", "the verdict stays");
    assert_eq!((&response["corrected"]["is_met"], &response["corrected"]["elapsed_s"]), (&json!(true), &json!(2400)));
    let report = shop.call("complaint_report", json!({}));
    let figures = &report["totals"]["promises"][0];
    assert_eq!((&figures["broken"], &figures["corrected_to_met"]), (&json!(1), &json!(1)));
}

#[test]
fn a_pause_says_what_it_waited_for() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    shop.call("complaint_wait", json!({ "id": id, "text": "等照片" }));
    shop.advance_minutes(30);
    shop.call("complaint_customer_wrote", json!({ "id": id }));
    let view = get(&shop, id);
    let resolution = &view["clocks"][1];
    let paused = resolution["segments"].as_array().unwrap().iter().find(|it| it["kind"] == "paused").cloned().unwrap();
    assert_eq!((&paused["reason"], &view["paused_s"]), (&json!("等照片"), &json!(1800)));
}

#[test]
fn steps_out_of_order_and_to_ended_cases_are_refused_with_a_sentence() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    let step = |command: &str, text: Value| shop.refused(command, json!({ "id": id, "text": text }));
    assert_eq!(step("complaint_resume", Value::Null)["key"], "complaint.not_waiting");
    assert_eq!(step("complaint_reopen", json!("还是坏的"))["key"], "complaint.still_open");
    assert_eq!(step("complaint_close", Value::Null)["key"], "complaint.not_resolved");
    let early = json!({ "id": id, "channel": "phone", "result": "satisfied" });
    assert_eq!(shop.refused("complaint_follow_up", early)["key"], "complaint.not_resolved");
    assert_eq!(fields(&step("complaint_withdraw", json!("  "))), ["text"]);
    shop.call("complaint_withdraw", json!({ "id": id, "text": "客人不追究" }));
    for (command, input) in [
        ("complaint_respond", json!({ "id": id, "channel": "phone" })),
        ("complaint_wait", json!({ "id": id, "text": "等照片" })),
        ("complaint_hand_over", json!({ "id": id, "to": 1, "reason": "下班" })),
        ("complaint_resolve", resolution(id, json!({ "compensation_kind": "none", "compensation_note": "不要" }))),
    ] {
        let refusal = shop.refused(command, input);
        let message = refusal["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty() && refusal["code"] != "internal", "{command}: {refusal}");
    }
    assert_eq!(get(&shop, id)["row"]["status"], "withdrawn");
}

#[test]
fn a_name_that_looks_like_code_and_a_very_long_one_are_only_words() {
    let shop = Shop::open();
    let attack = "<img src=x onerror=alert(1)>'; DROP TABLE complaints; --";
    let id = open(&shop, json!({ "description": attack, "customer_text": "=cmd|'/c calc'!A1" }));
    assert_eq!(get(&shop, id)["row"]["description"], attack);
    let too_long = json!({ "description": "长".repeat(100_000) });
    assert_eq!(fields(&shop.refused("complaint_open", too_long)), ["description"]);
}

/// S0-7: whoever has not been answered yet is counted, complaints and inquiries, until somebody answers; work that began
/// without an answer is no answer, and coming back asks for a new one.
#[test]
fn whoever_has_not_been_answered_is_counted_until_somebody_answers() {
    let shop = Shop::open();
    let unanswered = |shop: &Shop| {
        let frame = shop.call("frame_get", json!({}))["unanswered_complaints"].clone();
        assert_eq!(shop.call("complaint_inbox", json!({}))["unanswered"], frame);
        frame
    };
    let (complaint, inquiry) = (open(&shop, json!({})), open(&shop, json!({ "kind": "inquiry" })));
    assert_eq!(unanswered(&shop), 2);
    shop.call("complaint_start", json!({ "id": complaint }));
    assert_eq!(unanswered(&shop), 2, "who works on it has not answered yet");
    shop.call("complaint_respond", json!({ "id": complaint, "channel": "phone", "text": "打过电话" }));
    assert_eq!(unanswered(&shop), 1);
    shop.call("complaint_resolve", json!({ "id": inquiry, "empathy": "有的，明天到" }));
    assert_eq!(unanswered(&shop), 0);
    shop.call(
        "complaint_resolve",
        resolution(complaint, json!({ "compensation_kind": "none", "compensation_note": "客人不要" })),
    );
    shop.call("complaint_reopen", json!({ "id": complaint, "text": "又塌了" }));
    assert_eq!(unanswered(&shop), 1);
    shop.call("complaint_withdraw", json!({ "id": complaint, "text": "算了" }));
    assert_eq!(unanswered(&shop), 0);
    let company = shop.call("customer_create", json!({ "name": "某某公司", "kind": "company" }))["id"].clone();
    let business = open(&shop, json!({ "customer_id": company }));
    shop.call("complaint_respond", json!({ "id": business, "channel": "phone", "text": "打过电话" }));
    assert_eq!(unanswered(&shop), 1, "a business is answered by phone and by mail");
}

/// S0-32, F 13: a case changes hands only for a reason; the clocks go on as they were, and both names stand in the case.
#[test]
fn handing_over_needs_a_reason_and_keeps_the_clock() {
    let shop = Shop::open();
    let id = open(&shop, json!({}));
    let people = shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    let wang = people["people"].as_array().expect("people").iter().find(|each| each["name"] == "小王").cloned();
    let to = wang.expect("小王")["id"].clone();
    shop.advance_minutes(20);
    let before = get(&shop, id)["clocks"].clone();
    let hand_over = |reason: &str| json!({ "id": id, "to": to, "reason": reason });
    assert_eq!(fields(&shop.refused("complaint_hand_over", hand_over("  "))), ["reason"]);
    let view = shop.call("complaint_hand_over", hand_over("小王认识这位客人"));
    assert_eq!(view["row"]["owner"], "小王");
    for (was, is) in before.as_array().expect("clocks").iter().zip(view["clocks"].as_array().expect("clocks")) {
        assert_eq!((&was["due_at"], &was["elapsed_s"]), (&is["due_at"], &is["elapsed_s"]), "{is}");
    }
    let last = view["events"].as_array().expect("events").last().expect("an event")["text"].to_string();
    assert!(last.contains("小王") && last.contains("小王认识这位客人"), "{last}");
}

/// S2-31: one list for complaints and questions, narrowed by kind and by who sees to them.
#[test]
fn the_inbox_is_narrowed_by_kind_and_owner() {
    let shop = Shop::open();
    let people = shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    let wang = people["people"].as_array().expect("people").iter().find(|each| each["name"] == "小王").cloned();
    let wang = wang.expect("小王")["id"].clone();
    let mine = open(&shop, json!({}));
    let his = open(&shop, json!({ "owner_id": wang }));
    let question = open(&shop, json!({ "kind": "inquiry" }));
    let ids = |filter: Value| -> Vec<Value> {
        let inbox = shop.call("complaint_inbox", filter);
        let rows = inbox["rows"].as_array().expect("rows").clone();
        assert_eq!(inbox["total"], rows.len(), "{inbox}");
        rows.into_iter().map(|row| row["id"].clone()).collect()
    };
    assert_eq!(ids(json!({})).len(), 3);
    assert_eq!(ids(json!({ "kind": "inquiry" })), [json!(question)]);
    assert_eq!(ids(json!({ "owner_id": wang })), [json!(his)]);
    shop.call("complaint_resolve", json!({ "id": question, "empathy": "有的" }));
    assert_eq!(ids(json!({ "closed": true })), [json!(question)]);
    assert_eq!(ids(json!({ "kind": "complaint", "closed": false })).len(), 2);
    assert!(ids(json!({})).contains(&json!(mine)));
}
