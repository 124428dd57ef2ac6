//! What the shop promises and what it does about it: policies, inquiries, duplicates, scripts, improvements, the
//! report. The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

mod days;
mod year;

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn march(day: u32, time: &str) -> String {
    format!("2026-03-{day:02}T{time}+08:00")
}

fn open(shop: &Shop, form: Value) -> i64 {
    shop.call("complaint_open", form)["row"]["id"].as_i64().expect("an id")
}

fn get(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_get", json!({ "id": id }))
}

fn clock<'a>(view: &'a Value, promise: &str) -> &'a Value {
    let clocks = view["clocks"].as_array().expect("clocks");
    clocks.iter().find(|clock| clock["promise"] == promise).unwrap_or_else(|| panic!("no clock for {promise}: {view}"))
}

fn policy(shop: &Shop) -> Value {
    shop.call("policy_get", json!({}))["policy"].clone()
}

fn whole_resolution(id: i64) -> Value {
    json!({
        "id": id, "empathy": "真对不起，让您白跑一趟", "compensation_kind": "redo", "compensation_minor": 3000,
        "compensation_note": "重做一个", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
        "improvement_due_on": "2026-03-31",
    })
}

#[test]
fn a_shorter_promise_moves_open_clocks_says_so_and_leaves_judged_ones() {
    let shop = Shop::open();
    let judged = open(&shop, json!({ "description": "蛋糕塌了" }));
    shop.advance_minutes(61);
    let running = open(&shop, json!({ "description": "送错了" }));
    let mut policy = policy(&shop);
    policy["response_minutes"]["normal"] = json!(45);
    let before = clock(&get(&shop, judged), "response")["due_at"].clone();
    let preview = shop.call("policy_preview", json!({ "policy": policy }));
    assert_eq!((&preview["moving"], &preview["late_at_once"]), (&json!(1), &json!(0)), "the broken one does not move");
    shop.call("policy_change", json!({ "policy": policy }));
    let view = get(&shop, running);
    assert_eq!(clock(&view, "response")["due_at"], "2026-03-02T03:46:00Z");
    let moved = view["events"][1]["text"].as_str().expect("a sentence");
    assert!(moved.contains("12:00") || moved.contains("13:01") && moved.contains("11:46"), "{moved}");
    assert_eq!(clock(&get(&shop, judged), "response")["due_at"], before);
    let versions = shop.call("policy_get", json!({}))["versions"].clone();
    assert_eq!((versions.as_array().map(Vec::len), &versions[0]["response_minutes"]), (Some(2), &json!(45)));
}

#[test]
fn a_promise_may_be_broken_at_once_by_a_shorter_one_and_the_preview_says_how_many() {
    let shop = Shop::open();
    open(&shop, json!({ "description": "蛋糕塌了" }));
    shop.advance_minutes(30);
    let mut policy = policy(&shop);
    policy["response_minutes"]["normal"] = json!(20);
    policy["response_minutes"]["high"] = json!(20);
    let preview = shop.call("policy_preview", json!({ "policy": policy }));
    assert_eq!((&preview["moving"], &preview["late_at_once"]), (&json!(1), &json!(1)));
    assert_eq!(shop.call("policy_get", json!({}))["versions"].as_array().map(Vec::len), Some(1), "nothing was written");
}

#[test]
fn a_preview_tells_when_each_promise_would_be_due() {
    let shop = Shop::open();
    let preview = shop.call("policy_preview", json!({ "received_at": march(2, "20:30:00") }));
    let rows = preview["rows"].as_array().expect("rows");
    let due = |severity: &str, promise: &str| {
        let row = rows.iter().find(|row| row["severity"] == severity && row["promise"] == promise);
        row.unwrap_or_else(|| panic!("{severity} {promise}: {preview}"))["due_at"].clone()
    };
    assert_eq!(due("normal", "response"), "2026-03-03T01:30:00Z", "half an hour today, half an hour tomorrow");
    assert_eq!(due("high", "response"), "2026-03-02T13:00:00Z", "lands on closing");
    assert_eq!(due("red", "response"), "2026-03-02T12:45:00Z");
    // 30 minutes today, eleven hours on Tuesday and Wednesday each, 90 minutes on Thursday.
    assert_eq!(due("normal", "resolution"), "2026-03-05T02:30:00Z");
    assert_eq!(due("normal", "follow_up"), "2026-03-08T02:30:00Z", "72 hours later, day and night");
    assert_eq!((&preview["moving"], rows.len()), (&json!(0), 9));
}

#[test]
fn a_category_and_a_tier_may_be_promised_less_time() {
    let shop = Shop::open();
    let mut policy = policy(&shop);
    policy["shorter"] = json!([{ "category": "allergy", "response_minutes": 10 }]);
    shop.call("policy_change", json!({ "policy": policy }));
    let urgent = open(&shop, json!({ "description": "起疹子", "category": "allergy" }));
    let other = open(&shop, json!({ "description": "贵了", "category": "price" }));
    assert_eq!(clock(&get(&shop, urgent), "response")["target_s"], 600);
    assert_eq!(clock(&get(&shop, other), "response")["target_s"], 3600);
}

#[test]
fn what_cannot_be_promised_is_refused_at_its_field() {
    let shop = Shop::open();
    let mut policy = policy(&shop);
    policy["response_minutes"]["normal"] = json!(0);
    policy["shorter"] = json!([{}]);
    let refusal = shop.refused("policy_change", json!({ "policy": policy }));
    assert_eq!(
        fields(&refusal),
        ["policy.response_minutes.normal", "policy.shorter.0", "policy.shorter.0"],
        "{refusal}"
    );
    let greedy = json!({ "policy": null, "clerk_limit_minor": 900_000 });
    assert_eq!(fields(&shop.refused("policy_change", greedy)), ["clerk_limit_minor"]);
}

#[test]
fn a_policy_taken_back_while_clocks_run_owes_nothing_and_keeps_verdicts() {
    let shop = Shop::open();
    let late = open(&shop, json!({ "description": "蛋糕塌了" }));
    shop.advance_minutes(61);
    let running = open(&shop, json!({ "description": "送错了" }));
    shop.call("policy_change", json!({ "policy": null }));
    assert_eq!(clock(&get(&shop, running), "response")["state"], "withdrawn");
    let view = get(&shop, late);
    assert_eq!(view["verdicts"][0]["is_met"], false, "{view}");
    assert_eq!(clock(&view, "response")["state"], "breached");
}

#[test]
fn a_wall_clock_counts_the_night() {
    let shop = Shop::at(&march(2, "20:40:00"));
    let mut policy = policy(&shop);
    policy["response_measure"] = json!("wall");
    shop.call("policy_change", json!({ "policy": policy }));
    let id = open(&shop, json!({ "description": "蛋糕塌了" }));
    assert_eq!(clock(&get(&shop, id), "response")["due_at"], "2026-03-02T13:40:00Z");
    shop.set_clock(&march(2, "21:50:00"));
    assert_eq!(clock(&get(&shop, id), "response")["state"], "breached");
}

#[test]
fn an_unanswered_message_is_owed_an_answer_when_updates_are_promised() {
    let shop = Shop::open();
    let mut policy = policy(&shop);
    policy["update_minutes"] = json!(30);
    shop.call("policy_change", json!({ "policy": policy }));
    let id = open(&shop, json!({ "description": "蛋糕塌了" }));
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    shop.call("complaint_customer_wrote", json!({ "id": id, "text": "怎么样了？" }));
    shop.advance_minutes(20);
    shop.call("complaint_customer_wrote", json!({ "id": id, "text": "还在吗？" }));
    assert_eq!(clock(&get(&shop, id), "update")["due_at"], "2026-03-02T02:30:00Z", "later messages do not push it out");
    shop.advance_minutes(11);
    assert_eq!(clock(&get(&shop, id), "update")["state"], "breached");
    shop.call("complaint_tick", json!({}));
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    shop.call("complaint_customer_wrote", json!({ "id": id }));
    shop.advance_minutes(5);
    let view = shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    let updates: Vec<_> = view["verdicts"]
        .as_array()
        .expect("verdicts")
        .iter()
        .filter(|verdict| verdict["promise"] == "update")
        .map(|verdict| verdict["is_met"].clone())
        .collect();
    assert_eq!(updates, [json!(false), json!(true)], "every exchange is judged by itself");
}

#[test]
fn an_inquiry_runs_on_its_own_times_and_is_done_with_its_answer() {
    let shop = Shop::open();
    let asker = shop.customer("王小满");
    let id = open(&shop, json!({ "kind": "inquiry", "customer_id": asker, "description": "可以做无糖的吗？" }));
    let view = get(&shop, id);
    assert_eq!((&view["row"]["kind"], &clock(&view, "response")["target_s"]), (&json!("inquiry"), &json!(1800)));
    assert_eq!(shop.profile(asker)["do_not_disturb"], Value::Null, "who asks is served, not spared");
    assert_eq!(shop.call("complaint_inbox", json!({ "kind": "inquiry" }))["total"], 1);
    assert_eq!(shop.call("complaint_inbox", json!({ "kind": "complaint" }))["rows"], json!([]));
    assert_eq!(fields(&shop.refused("complaint_resolve", json!({ "id": id }))), ["empathy"], "a result is needed");
    let view = shop.call("complaint_resolve", json!({ "id": id, "empathy": "可以，提前一天订" }));
    assert_eq!(view["row"]["status"], "closed");
    assert_eq!(view["verdicts"].as_array().map(Vec::len), Some(2), "{view}");
    assert_eq!(shop.call("complaint_report", json!({}))["totals"]["cases"], 0, "no complaint");
}

#[test]
fn a_duplicate_stops_its_clocks_and_points_at_the_case_that_goes_on() {
    let shop = Shop::open();
    let customer = shop.customer("王小满");
    let first = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    let second = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了（又说一遍）" }));
    assert_eq!(get(&shop, second)["desk"]["siblings"][0]["id"], first);
    let merge = |of: &str| json!({ "id": second, "of_case_no": of });
    assert_eq!(fields(&shop.refused("complaint_duplicate", merge("TS-20260302-002"))), ["of_case_no"], "itself");
    assert_eq!(fields(&shop.refused("complaint_duplicate", merge("TS-1"))), ["of_case_no"]);
    let view = shop.call("complaint_duplicate", merge("ts-20260302-001"));
    assert_eq!((&view["row"]["status"], &view["desk"]["duplicate_of"]["id"]), (&json!("duplicate"), &json!(first)));
    assert_eq!(clock(&view, "response")["state"], "withdrawn");
    assert_eq!(shop.profile(customer)["row"]["open_complaints"], 1);
    let back = json!({ "id": first, "of_case_no": "TS-20260302-002" });
    assert_eq!(fields(&shop.refused("complaint_duplicate", back)), ["of_case_no"], "no circle");
}

#[test]
fn a_customer_with_an_open_complaint_is_left_in_peace_until_the_follow_up() {
    let shop = Shop::open();
    let customer = shop.customer("王小满");
    assert_eq!(shop.profile(customer)["do_not_disturb"], Value::Null);
    let id = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    assert_eq!(shop.profile(customer)["do_not_disturb"], "TS-20260302-001");
    shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    shop.call("complaint_resolve", whole_resolution(id));
    assert_eq!(shop.profile(customer)["do_not_disturb"], "TS-20260302-001", "the follow-up is owed");
    shop.advance_minutes(5 * 60);
    let view = shop.call("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": "unhappy" }));
    assert_eq!(view["desk"]["still_unhappy"], true, "reopening is offered");
    assert_eq!(shop.profile(customer)["do_not_disturb"], Value::Null);
    shop.call("complaint_reopen", json!({ "id": id, "text": "还是塌的" }));
    assert_eq!(shop.profile(customer)["do_not_disturb"], "TS-20260302-001");
}

#[test]
fn a_business_is_told_which_way_is_still_missing() {
    let shop = Shop::open();
    let firm = shop.call("customer_create", json!({ "name": "启明设计", "kind": "company" }))["id"].clone();
    let id = open(&shop, json!({ "customer_id": firm, "description": "印错了" }));
    assert_eq!(get(&shop, id)["desk"]["channels_missing"], json!(["phone", "email"]));
    let view = shop.call("complaint_respond", json!({ "id": id, "channel": "phone" }));
    assert_eq!(view["desk"]["channels_missing"], json!(["email"]));
    let view = shop.call("complaint_respond", json!({ "id": id, "channel": "email" }));
    assert_eq!((&view["desk"]["channels_missing"], &clock(&view, "response")["state"]), (&json!([]), &json!("met")));
}

#[test]
fn more_at_stake_shortens_the_clocks_and_another_receipt_may_be_born_late() {
    let shop = Shop::open();
    let id = open(&shop, json!({ "description": "肚子疼" }));
    let raise = json!({ "id": id, "severity": "red", "reason": "可能是过敏" });
    let view = shop.call("complaint_change_severity", raise);
    assert_eq!((&view["row"]["severity"], &clock(&view, "response")["target_s"]), (&json!("red"), &json!(900)));
    let missing = json!({ "id": id, "received_at": march(2, "09:00:00"), "reason": " " });
    assert_eq!(fields(&shop.refused("complaint_correct_receipt", missing)), ["reason"]);
    let earlier = json!({ "id": id, "received_at": march(2, "09:00:00"), "reason": "早上就打来了" });
    let view = shop.call("complaint_correct_receipt", earlier);
    assert_eq!(clock(&view, "response")["state"], "breached", "shown, not hidden");
}

#[test]
fn a_script_is_filled_in_and_names_what_is_missing() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "王小满", "salutation": "王姐" }))["id"].clone();
    let id = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    let scripts = shop.call("complaint_scripts", json!({ "complaint_id": id }))["scripts"].clone();
    let first = scripts[0]["text"].as_str().expect("words");
    assert!(first.starts_with("王姐您好") && first.contains("TS-20260302-001"), "{first}");
    assert_eq!(scripts[0]["missing"], json!([]));
    assert_eq!(scripts[3]["missing"], json!(["补偿", "改进"]), "nothing was decided yet");
    assert_eq!(get(&shop, id)["row"]["status"], "received", "looking at a script is no response");
    shop.call("complaint_change_script", json!({ "name": "apology", "text": "{称呼}，订单{订单}对不起" }));
    let own = shop.call("complaint_scripts", json!({ "complaint_id": id }))["scripts"][1].clone();
    assert_eq!((&own["missing"], &own["is_own"]), (&json!(["订单"]), &json!(true)));
    let usual = shop.call("complaint_change_script", json!({ "name": "apology" }));
    assert_eq!(usual["scripts"][1]["is_own"], false);
    let words = shop.call("complaint_sales_words", json!({ "text": "本周新品打折" }))["words"].clone();
    assert_eq!(words, json!(["新品", "打折"]));
}

#[test]
fn an_improvement_is_followed_until_somebody_saw_that_it_works() {
    let shop = Shop::open();
    let id = open(&shop, json!({ "description": "蛋糕塌了" }));
    shop.call("complaint_resolve", whole_resolution(id));
    let list = shop.call("improvement_list", json!({}));
    let row = &list["rows"][0];
    assert_eq!((&row["action"], &row["state"]), (&json!("加冷藏两小时"), &json!("open")));
    assert_eq!(row["cases"][0]["id"], id);
    shop.set_clock("2026-04-01T10:00:00+08:00");
    assert_eq!(shop.call("improvement_list", json!({}))["overdue"], 1);
    let mut change = json!({
        "id": row["id"], "problem": row["problem"], "cause": row["cause"], "action": row["action"],
        "due_on": row["due_on"], "checked_on": "2026-04-01",
    });
    assert_eq!(fields(&shop.refused("improvement_save", change.clone())), ["checked_on", "effect"]);
    change["done_on"] = json!("2026-03-30");
    change["effect"] = json!("两周没有再塌");
    change["customer_told_on"] = json!("2026-04-01");
    assert_eq!(shop.call("improvement_save", change)["rows"], json!([]));
    assert_eq!(shop.call("improvement_list", json!({ "finished": true }))["rows"][0]["state"], "checked");
    assert_eq!(get(&shop, id)["desk"]["improvements"][0]["customer_told"], true);
}

#[test]
fn the_report_counts_what_was_judged_and_says_nothing_where_nothing_was() {
    let shop = Shop::open();
    let empty = shop.call("complaint_report", json!({}));
    assert_eq!((&empty["totals"]["promises"], &empty["totals"]["reopened_bp"]), (&json!([]), &Value::Null));
    let kept = open(&shop, json!({ "description": "一", "category": "quality" }));
    let late = open(&shop, json!({ "description": "二", "category": "quality" }));
    open(&shop, json!({ "description": "三", "category": "price" }));
    shop.advance_minutes(20);
    shop.call("complaint_respond", json!({ "id": kept, "channel": "phone" }));
    shop.call("complaint_resolve", whole_resolution(kept));
    shop.advance_minutes(50);
    shop.call("complaint_respond", json!({ "id": late, "channel": "phone" }));
    let report = shop.call("complaint_report", json!({ "by": "category" }));
    let response = &report["totals"]["promises"][0];
    assert_eq!((&response["met"], &response["broken"], &response["met_bp"]), (&json!(1), &json!(2), &json!(3_333)));
    assert_eq!((&response["median_s"], &response["p90_s"]), (&json!(1_200), &json!(4_200)));
    assert_eq!(response["late_worst_s"], 600);
    let groups: Vec<_> =
        report["groups"].as_array().expect("groups").iter().map(|group| group["group"].clone()).collect();
    assert_eq!(groups, [json!("price"), json!("quality")]);
    assert_eq!(report["causes"][0], json!({ "cause": "冷藏不够", "times": 1, "up_to_here_bp": 10_000 }));
    assert_eq!(report["totals"]["compensation_minor"], 3_000);
    let backwards = json!({ "from": "2026-03-02", "to": "2026-03-01" });
    assert_eq!(fields(&shop.refused("complaint_report", backwards)), ["to"]);
}

#[test]
fn a_closed_case_becomes_an_example_without_names() {
    let shop = Shop::open();
    let customer = shop
        .call("customer_create", json!({ "name": "王小满", "salutation": "王姐", "phone": "13800138001" }))["id"]
        .clone();
    let form = json!({ "customer_id": customer, "description": "王小满(王姐)说蛋糕塌了, 回电 138 0013 8001" });
    let id = open(&shop, form);
    assert_eq!(shop.refused("complaint_training", json!({ "id": id }))["code"], "not_allowed_now");
    shop.call("complaint_resolve", whole_resolution(id));
    shop.call("complaint_close", json!({ "id": id, "text": "王姐不方便接电话" }));
    let text = shop.call("complaint_training", json!({ "id": id }))["lines"].to_string();
    assert!(text.contains("蛋糕塌了") && text.contains("冷藏不够"), "{text}");
    for name in ["王小满", "王姐", "8001", "TS-2026"] {
        assert!(!text.contains(name), "{name} is left: {text}");
    }
}

#[test]
fn a_newer_list_of_statutory_days_counts_from_now_on() {
    let shop = Shop::at("2027-02-05T10:00:00+08:00");
    let calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    let follow =
        |list: Value| json!({ "calendar": calendar, "closes_on_statutory_days": true, "statutory_json": list });
    let view = shop.call("calendar_change", follow(Value::Null));
    assert_eq!(view["missing_year"], 2027);
    let id = open(&shop, json!({ "description": "蛋糕塌了" }));
    let list = json!({ "years": { "2027": { "off": { "春节": ["2027-02-05", "2027-02-06"] }, "work": [] } } });
    let view = shop.call("calendar_change", follow(json!(list.to_string())));
    assert_eq!(view["missing_year"], Value::Null);
    assert_eq!((&view["statutory"][0]["year"], &view["statutory"][0]["is_own"]), (&json!(2027), &json!(true)));
    assert_eq!(clock(&get(&shop, id), "response")["due_at"], "2027-02-07T02:00:00Z", "moved behind the festival");
    let view = shop.call("calendar_change", follow(Value::Null));
    assert_eq!(view["statutory"][0]["year"], 2027, "the list stays with later hours");
    let bad =
        shop.refused("calendar_change", follow(json!("{\"years\":{\"2027\":{\"off\":{\"x\":[\"2026-01-01\"]}}}}")));
    assert_eq!(fields(&bad), ["statutory_json"]);
}

#[test]
fn the_table_of_the_report_goes_into_a_spreadsheet_or_a_csv() {
    let shop = Shop::open();
    open(&shop, json!({ "description": "蛋糕塌了", "category": "quality" }));
    shop.advance_minutes(61);
    let into = |format: &str| json!({ "by": "category", "format": format, "folder": shop.folder() });
    let file = shop.call("complaint_report_export", into("csv"));
    assert_eq!(file["rows"], 2, "a response and a resolution");
    let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("a file");
    let line = text.lines().find(|line| line.contains("响应")).expect("the row of the response");
    assert!(line.starts_with("quality,1,响应,0,1,0,,,60,60,"), "{text}");
    let sheet = shop.call("complaint_report_export", into("xlsx"));
    assert!(sheet["file_name"].as_str().is_some_and(|name| name.ends_with(".xlsx")), "{sheet}");
}

#[test]
fn money_back_the_same_again_and_a_coupon_are_given_together() {
    let shop = Shop::open();
    let customer = shop.customer("王小满");
    let sale = shop.sale(customer, 8_800);
    let id = open(&shop, json!({ "customer_id": customer, "description": "蛋糕塌了", "sale_id": sale }));
    let mut form = whole_resolution(id);
    form["compensation_also"] = json!([
        { "kind": "refund", "cost_minor": 8_800, "note": "全额退款" },
        { "kind": "coupon", "cost_minor": 2_000, "note": "20 元无门槛券" },
        { "kind": "refund", "cost_minor": 1, "note": "" },
    ]);
    let refusal = shop.refused("complaint_resolve", form.clone());
    assert_eq!(fields(&refusal), ["compensation_also.2.kind"], "{refusal}");
    form["compensation_also"].as_array_mut().expect("a list").pop();
    let view = shop.call("complaint_resolve", form);
    assert_eq!(view["resolutions"][0]["compensation_also"][1]["note"], "20 元无门槛券");
    assert_eq!(view["sale"]["refunded_minor"], 8_800, "the money went back on the sale");
    let report = shop.call("complaint_report", json!({}));
    assert_eq!(report["totals"]["compensation_minor"], 3_000 + 8_800 + 2_000);
}
