//! What hangs on a complaint: what a compensation moves in the shop's other books, files, whose case it is, who is left
//! in peace, and that nothing typed wrong breaks anything.
//!
//! The shop is open every day 9–12 and 13–21; 2 March 2026 is a Monday.

use crate::support::{Shop, fields, with};
use serde_json::{Value, json};

fn open(shop: &Shop, form: Value) -> i64 {
    let whole = with(json!({ "description": "蛋糕塌了" }), &form);
    shop.call("complaint_open", whole)["row"]["id"].as_i64().expect("an id")
}

fn get(shop: &Shop, id: i64) -> Value {
    shop.call("complaint_get", json!({ "id": id }))
}

fn resolution(id: i64, given: Value) -> Value {
    let whole = json!({
        "id": id, "empathy": "真对不起", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
        "improvement_due_on": "2026-03-31",
    });
    with(whole, &given)
}

fn posted(view: &Value) -> Vec<String> {
    let sentences = view["resolutions"][0]["posted"].as_array().expect("sentences");
    sentences.iter().map(|sentence| sentence.as_str().expect("a sentence").to_owned()).collect()
}

fn clerk(shop: &Shop) {
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
}

#[test]
fn points_are_credited_with_a_reason_and_cost_what_they_are_worth() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let given = json!({ "compensation_kind": "points", "compensation_goods": { "points": 500 } });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 500, "100 points are one yuan");
    assert_eq!(posted(&view), ["积分 +500 已到账"]);
    let statement = shop.call("points_statement", json!({ "customer_id": customer }));
    assert_eq!(statement["closing"], 500);
    let row = &statement["rows"][0];
    assert_eq!((&row["kind"], &row["reason"]), (&json!("adjust"), &json!("投诉补偿 TS-20260302-001")));
    let none = open(&shop, json!({ "customer_id": customer }));
    let refused = shop.refused("complaint_resolve", resolution(none, json!({ "compensation_kind": "points" })));
    assert_eq!(fields(&refused), ["compensation_goods.points"]);
}

#[test]
fn a_benefit_can_be_used_at_the_counter_as_often_as_it_was_given() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let given = json!({
        "compensation_kind": "benefit", "compensation_minor": 2000,
        "compensation_goods": { "benefit": "免费加急", "times": 2, "until_on": "2026-03-31" },
    });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(posted(&view), ["权益“免费加急”×2，柜台可用 · 到 2026-03-31 为止"]);
    let left = |shop: &Shop| shop.call("benefit_get", json!({ "id": customer }))["today"].clone();
    let today = left(&shop);
    assert_eq!((&today[0]["benefit"]["words"], &today[0]["left"]), (&json!("免费加急"), &json!(2)));
    let key = today[0]["benefit"]["key"].clone();
    let once = json!({ "customer_id": customer, "benefit": key });
    shop.call("benefit_use", once.clone());
    assert_eq!(left(&shop)[0]["left"], 1);
    shop.call("benefit_use", once.clone());
    assert_eq!(left(&shop), json!([]));
    assert_eq!(fields(&shop.refused("benefit_use", once)), ["benefit"]);
}

#[test]
fn a_benefit_that_was_given_ends_on_its_day() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    let goods = json!({ "benefit": "免费加急", "until_on": "2026-03-03" });
    shop.call(
        "complaint_resolve",
        resolution(id, json!({ "compensation_kind": "benefit", "compensation_goods": goods })),
    );
    shop.set_clock("2026-03-04T10:00:00+08:00");
    assert_eq!(shop.call("benefit_get", json!({ "id": customer }))["today"], json!([]));
}

#[test]
fn goods_leave_the_stock_and_cost_what_they_cost_the_shop() {
    let shop = Shop::open();
    let product = shop.call(
        "product_create",
        json!({ "facts": { "name": "六寸蛋糕", "price_minor": 16_800, "cost_minor": 4_000, "stock": "5" } }),
    )["row"]["id"]
        .clone();
    let id = open(&shop, json!({ "customer_text": "穿红衣服的客人" }));
    let given =
        json!({ "compensation_kind": "replacement", "compensation_goods": { "product_id": product, "quantity": "2" } });
    let view = shop.call("complaint_resolve", resolution(id, given));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 8_000);
    assert_eq!(posted(&view), ["出库 六寸蛋糕 ×2"]);
    assert_eq!(shop.call("product_get", json!({ "id": product }))["row"]["stock"], "3");
}

/// A gift of the catalogue with five pieces at 15 yuan each.
fn gift(shop: &Shop) -> i64 {
    let gifts =
        shop.call("gift_save", json!({ "name": "保温杯", "points": 1000, "cost_minor": 1_500, "stock_delta": 5 }));
    gifts["gifts"][0]["id"].as_i64().expect("an id")
}

fn in_stock(shop: &Shop) -> (Value, Value) {
    let gift = &shop.call("gift_list", json!({}))["gifts"][0];
    (gift["stock"].clone(), gift["given"].clone())
}

#[test]
fn a_gift_of_the_catalogue_leaves_its_stock_and_costs_what_it_cost() {
    let shop = Shop::open();
    let gift = gift(&shop);
    // Also for a customer whom the book does not know: no points are asked for.
    let id = open(&shop, json!({ "customer_text": "穿红衣服的客人" }));
    let given = |pieces: &str| {
        let goods = json!({ "gift_id": gift, "quantity": pieces });
        json!({ "compensation_kind": "gift", "compensation_goods": goods })
    };
    for pieces in ["6", "0.5", "x"] {
        let refused = shop.refused("complaint_resolve", resolution(id, given(pieces)));
        assert_eq!(fields(&refused), ["compensation_goods.quantity"], "{pieces}");
    }
    let beside = json!([{ "kind": "gift", "goods": { "gift_id": gift, "quantity": "3" } }]);
    let twice = with(given("3"), &json!({ "compensation_also": beside }));
    let refused = shop.refused("complaint_resolve", resolution(id, twice));
    assert_eq!(fields(&refused), ["compensation_also.0.goods.quantity"], "each of them fits, both do not");
    assert_eq!(in_stock(&shop), (json!(5), json!(0)), "nothing moved");
    let view = shop.call("complaint_resolve", resolution(id, given("2")));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 3_000);
    assert_eq!(posted(&view), ["礼品 保温杯 ×2 已出库"]);
    assert_eq!(in_stock(&shop), (json!(3), json!(2)));
    let costs = shop.call("complaint_report", json!({ "by": "month" }));
    assert_eq!(costs["totals"]["compensation_minor"], 3_000, "{costs}");
}

#[test]
fn what_the_book_knows_about_a_cost_counts_against_the_limit_whatever_was_typed() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let id = open(&shop, json!({}));
    clerk(&shop);
    let given = |pieces: &str, typed: i64| {
        let goods = json!({ "gift_id": gift, "quantity": pieces });
        resolution(id, json!({ "compensation_kind": "gift", "compensation_minor": typed, "compensation_goods": goods }))
    };
    let refused = shop.refused("complaint_resolve", given("4", 1));
    assert_eq!(fields(&refused), ["compensation_minor"], "sixty yuan, and a clerk may give fifty");
    assert_eq!(refused["fields"][0]["problem"], "resolution.approval_missing");
    let view = shop.call("complaint_resolve", given("3", 4_900));
    assert_eq!(view["resolutions"][0]["compensation_minor"], 4_900, "with the way there");
}

#[test]
fn a_gift_that_is_no_longer_offered_or_beside_a_product_is_refused() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let product = shop.call("product_create", json!({ "facts": { "name": "六寸蛋糕", "price_minor": 16_800 } }));
    let id = open(&shop, json!({}));
    let both = json!({ "gift_id": gift, "product_id": product["row"]["id"] });
    let given = |goods: Value| resolution(id, json!({ "compensation_kind": "gift", "compensation_goods": goods }));
    assert_eq!(fields(&shop.refused("complaint_resolve", given(both))), ["compensation_goods.gift_id"]);
    shop.call("gift_save", json!({ "id": gift, "name": "保温杯", "points": 1000, "is_active": false }));
    assert_eq!(
        fields(&shop.refused("complaint_resolve", given(json!({ "gift_id": gift })))),
        ["compensation_goods.gift_id"]
    );
}

#[test]
fn goods_that_come_back_are_in_stock_again_and_cost_nothing() {
    let shop = Shop::open();
    let gift = gift(&shop);
    let id = open(&shop, json!({}));
    let given = json!({
        "compensation_kind": "coupon", "compensation_minor": 2_000, "compensation_note": "20 元券",
        "compensation_also": [{ "kind": "gift", "goods": { "gift_id": gift } }],
    });
    let view = shop.call("complaint_resolve", resolution(id, given));
    let returnable = view["resolutions"][0]["returnable"].clone();
    assert_eq!(returnable.as_array().map(Vec::len), Some(1), "{returnable}");
    let back = json!({ "id": id, "posting_id": returnable[0]["posting_id"], "reason": "客人没有带走" });
    assert_eq!(fields(&shop.refused("complaint_take_back", with(back.clone(), &json!({ "reason": " " })))), ["reason"]);
    let view = shop.call("complaint_take_back", back.clone());
    assert_eq!(posted(&view), ["礼品 保温杯 ×1 已出库（已收回：客人没有带走）"]);
    assert_eq!(view["resolutions"][0]["returnable"], json!([]));
    let last = view["events"].as_array().expect("events").last().expect("an event");
    assert!(last["text"].as_str().expect("a text").contains("客人没有带走"), "{last}");
    assert_eq!(in_stock(&shop), (json!(5), json!(0)));
    assert_eq!(fields(&shop.refused("complaint_take_back", back.clone())), ["posting_id"], "it is back already");
    let other = open(&shop, json!({}));
    assert_eq!(shop.refused("complaint_take_back", with(back, &json!({ "id": other })))["code"], "not_found");
    assert_eq!(shop.call("complaint_report", json!({ "by": "month" }))["totals"]["compensation_minor"], 2_000);
}

#[test]
fn the_money_back_the_same_again_a_coupon_and_points_move_together_or_not_at_all() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let sale = shop.sale(customer, 10_000);
    let id = open(&shop, json!({ "sale_id": sale }));
    let given = |back: i64| {
        json!({
            "compensation_kind": "points", "compensation_goods": { "points": 300 },
            "compensation_also": [
                { "kind": "coupon", "cost_minor": 2_000, "note": "20 元无门槛券" },
                { "kind": "refund", "cost_minor": back, "note": "全额退款" },
            ],
        })
    };
    let before = shop.call("points_statement", json!({ "customer_id": customer }))["closing"].clone();
    let refused = shop.refused("complaint_resolve", resolution(id, given(10_001)));
    assert_eq!(fields(&refused), ["compensation_also.1.cost_minor"]);
    let after = shop.call("points_statement", json!({ "customer_id": customer }))["closing"].clone();
    assert_eq!(before, after, "no points without the refund");
    assert_eq!(shop.call("coupon_list", json!({ "customer_id": customer }))["total"], 0);
    let view = shop.call("complaint_resolve", resolution(id, given(10_000)));
    assert_eq!(posted(&view).len(), 3);
    assert_eq!(shop.call("coupon_list", json!({ "customer_id": customer }))["total"], 1);
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["row"]["refunded_minor"], 10_000);
}

#[test]
fn what_is_above_the_limit_of_a_clerk_loses_nothing_until_somebody_approves_it() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let id = open(&shop, json!({ "customer_id": customer }));
    clerk(&shop);
    // 6,000 points are sixty yuan, and a clerk may give fifty: what the book works out counts too.
    let form = resolution(id, json!({ "compensation_kind": "points", "compensation_goods": { "points": 6_000 } }));
    let refusal = shop.refused("complaint_resolve", form);
    assert_eq!(fields(&refusal), ["compensation_minor"]);
    assert_eq!(shop.call("points_statement", json!({ "customer_id": customer }))["closing"], 0);
    assert_eq!(get(&shop, id)["row"]["status"], "received");
    let mut form = resolution(id, json!({ "compensation_kind": "points", "compensation_goods": { "points": 6_000 } }));
    form["approval"] = json!({ "staff_id": 1, "reason": "老客人" });
    let view = shop.call("complaint_resolve", form);
    assert_eq!(posted(&view), ["积分 +6000 已到账"]);
    let approved = &view["desk"]["approvals"][0];
    assert_eq!((&approved["asked_by"], &approved["reason"]), (&json!("小王"), &json!("老客人")));
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
    assert_eq!((&preview["coupons"], &preview["spared"]), (&json!(1), &json!(1)), "{preview}");
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
fn what_a_compensation_cannot_move_is_refused_at_its_field() {
    let shop = Shop::open();
    let customer = shop.customer("张敏");
    let (known, unknown) = (open(&shop, json!({ "customer_id": customer })), open(&shop, json!({})));
    let refused = |id: i64, given: Value| fields(&shop.refused("complaint_resolve", resolution(id, given)));
    let points = |points: i64| json!({ "compensation_kind": "points", "compensation_goods": { "points": points } });
    assert_eq!(refused(unknown, points(100)), ["compensation_kind"], "nobody to credit");
    assert_eq!(refused(known, points(0)), ["compensation_goods.points"]);
    assert_eq!(refused(known, points(-5)), ["compensation_goods.points"]);
    assert_eq!(refused(known, points(9_000_000_000)), ["compensation_goods.points"]);
    let benefit = |goods: Value| json!({ "compensation_kind": "benefit", "compensation_goods": goods });
    assert_eq!(refused(known, benefit(json!({}))), ["compensation_goods.benefit"]);
    let times = json!({ "benefit": "免费加急", "times": 0, "until_on": "2026-03-01" });
    assert_eq!(refused(known, benefit(times)), ["compensation_goods.times", "compensation_goods.until_on"]);
    let product = shop.call("product_create", json!({ "facts": { "name": "蛋糕" } }))["row"]["id"].clone();
    let goods =
        json!({ "compensation_kind": "gift", "compensation_goods": { "product_id": product, "quantity": "两个" } });
    assert_eq!(refused(known, goods), ["compensation_goods.quantity"]);
    assert_eq!(get(&shop, known)["row"]["status"], "received");
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
