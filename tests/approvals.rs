//! What a person may not do alone is approved on the same screen, for this once, and the log names both.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

/// A shop with a manager and a clerk, the clerk at the counter.
fn with_people() -> Shop {
    let shop = Shop::open();
    for (name, role) in [("王店长", "manager"), ("小李", "clerk"), ("小陈", "clerk")] {
        shop.app.add_staff_for_tests(name, role).expect("somebody works here");
    }
    shop
}

fn act_as(shop: &Shop, name: &str) {
    shop.app.act_as(name).expect("somebody works here");
}

/// Whoever may approve an action, by name.
fn approvers(shop: &Shop, action: &str) -> Vec<(String, Value)> {
    let answer = shop.call("approval_people", json!({ "action": action }));
    let rows = answer["rows"].as_array().expect("rows");
    rows.iter().map(|row| (row["name"].as_str().expect("a name").to_owned(), row["id"].clone())).collect()
}

fn id_of(shop: &Shop, name: &str, action: &str) -> Value {
    let found = approvers(shop, action).into_iter().find(|(who, _)| who == name);
    found.unwrap_or_else(|| panic!("{name} may not approve {action}")).1
}

fn approved(mut input: Value, by: &Value, reason: &str) -> Value {
    input["approval"] = json!({ "staff_id": by, "reason": reason });
    input
}

#[test]
fn a_large_discount_is_approved_for_this_one_sale_and_both_names_are_kept() {
    let shop = with_people();
    act_as(&shop, "小李");
    let sale = json!({ "amount_minor": 10_000, "discount_minor": 2_000, "discount_reason": "蛋糕微瑕" });
    let refusal = shop.refused("sale_create", sale.clone());
    assert_eq!(refusal["code"], "not_permitted");
    assert_eq!(refusal["ask"], "sale.discount_large", "the screen learns whom to ask for what");
    let names: Vec<String> = approvers(&shop, "sale.discount_large").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.first().map(String::as_str), Some("王店长"), "the nearest first: {names:?}");
    assert!(!names.contains(&"小陈".to_owned()));

    let manager = id_of(&shop, "王店长", "sale.discount_large");
    let receipt = shop.call("sale_create", approved(sale.clone(), &manager, "老客户，当面看过"));
    assert_eq!(receipt["sale"]["row"]["net_minor"], 8_000);
    let given = &receipt["sale"]["approvals"][0];
    assert_eq!((&given["asked_by"], &given["approved_by"]), (&json!("小李"), &json!("王店长")));
    assert_eq!(given["reason"], "老客户，当面看过");
    let act = shop.app.newest_act_for_tests().expect("an act");
    assert_eq!(act.action, "sale.create");
    assert_eq!(act.staff, "小李", "who did it");
    assert_eq!(json!(act.detail["approved_by"]), manager, "and who let it be done");
    assert_eq!(shop.app.first_broken_audit_row().expect("the log can be walked"), None);

    assert_eq!(shop.refused("sale_create", sale)["ask"], "sale.discount_large", "it held for that sale only");
}

#[test]
fn a_clerk_gives_money_back_takes_a_sale_back_and_ends_a_case_with_the_managers_word() {
    let shop = with_people();
    act_as(&shop, "小李");
    let customer = shop.customer("张三");
    let sale = shop.sale(customer, 5_000);
    let refund = json!({ "sale_id": sale, "amount_minor": 1_000, "reason": "少了一块" });
    assert_eq!(shop.refused("sale_refund", refund.clone())["ask"], "sale.refund");
    let manager = id_of(&shop, "王店长", "sale.refund");
    let receipt = shop.call("sale_refund", approved(refund, &manager, "看过了"));
    assert_eq!(receipt["sale"]["row"]["refunded_minor"], 1_000);
    let void = json!({ "sale_id": sale, "reason": "输错" });
    assert_eq!(shop.refused("sale_void", void.clone())["ask"], "sale.void_same_day_own");
    let receipt = shop.call("sale_void", approved(void, &manager, "重新收"));
    assert_eq!(receipt["sale"]["approvals"].as_array().map(Vec::len), Some(2));

    let case =
        shop.call("complaint_open", json!({ "customer_id": customer, "description": "蛋糕塌了" }))["row"]["id"].clone();
    let withdraw = json!({ "id": case, "text": "客人说算了" });
    assert_eq!(shop.refused("complaint_withdraw", withdraw.clone())["ask"], "complaint.close");
    let view = shop.call("complaint_withdraw", approved(withdraw, &manager, "已电话确认"));
    assert_eq!(view["row"]["status"], "withdrawn");
}

#[test]
fn compensation_above_the_limit_needs_somebody_whose_own_limit_reaches_it() {
    let shop = with_people();
    act_as(&shop, "小李");
    let case = shop.call("complaint_open", json!({ "customer_id": shop.customer("张三"), "description": "蛋糕塌了" }));
    let form = |cost: i64| {
        json!({ "id": case["row"]["id"], "empathy": "真对不起", "compensation_kind": "redo", "compensation_minor": cost,
                "compensation_note": "重做一个", "root_cause": "冷藏不够", "improvement": "加冷藏两小时",
                "improvement_due_on": "2026-03-09" })
    };
    let mut unfinished = form(8_000);
    unfinished["empathy"] = json!("");
    assert_eq!(shop.refused("complaint_resolve", unfinished)["ask"], Value::Null, "the form is finished first");
    let refusal = shop.refused("complaint_resolve", form(200_000));
    assert_eq!(refusal["ask"], "complaint.compensate");
    assert_eq!(fields(&refusal), ["compensation_minor"]);
    let manager = id_of(&shop, "王店长", "complaint.compensate");
    let refusal = shop.refused("complaint_resolve", approved(form(200_000), &manager, "大客户"));
    assert_eq!(refusal["ask"], "complaint.compensate", "that is above the manager's limit, too");
    let (_, owner) = approvers(&shop, "complaint.compensate").pop().expect("an owner");
    let view = shop.call("complaint_resolve", approved(form(200_000), &owner, "大客户"));
    assert_eq!(view["row"]["status"], "resolved");
    let act = shop.app.newest_act_for_tests().expect("an act");
    assert_eq!(json!(act.detail["approved_by"]), owner);
}

#[test]
fn points_above_a_clerks_day_are_quoted_and_then_approved() {
    let shop = with_people();
    let customer = shop.customer("张三");
    shop.call("points_adjust", json!({ "customer_id": customer, "points": 5_000, "reason": "补录" }));
    let gift = shop.call("gift_save", json!({ "name": "大蛋糕", "points": 2_500, "stock_delta": 3 }))["gifts"][0]["id"]
        .clone();
    act_as(&shop, "小李");
    let redeem = json!({ "customer_id": customer, "gift_id": gift });
    let refusal = shop.refused("gift_redeem", redeem.clone());
    assert_eq!(refusal["ask"], "points.redeem");
    let names: Vec<String> = approvers(&shop, "points.redeem").into_iter().map(|(name, _)| name).collect();
    assert!(!names.contains(&"小陈".to_owned()), "another clerk has the same limit: {names:?}");
    let manager = id_of(&shop, "王店长", "points.redeem");
    let card = shop.call("gift_redeem", approved(redeem, &manager, "客人生日"));
    assert_eq!(card["balance"], 2_500);
}

#[test]
fn a_manager_asks_the_owner_before_points_are_changed_by_hand() {
    let shop = with_people();
    let customer = shop.customer("张三");
    act_as(&shop, "王店长");
    let adjust = json!({ "customer_id": customer, "points": 50, "reason": "补录" });
    assert_eq!(shop.refused("points_adjust", adjust.clone())["ask"], "points.adjust");
    let who = approvers(&shop, "points.adjust");
    assert_eq!(who.len(), 1, "the owner alone: {who:?}");
    assert_eq!(shop.call("points_adjust", approved(adjust.clone(), &who[0].1, "核对过"))["balance"], 50);
    act_as(&shop, "小李");
    assert_eq!(shop.refused("points_adjust", adjust)["ask"], Value::Null, "for a clerk there is nobody to ask");
}

#[test]
fn an_approval_names_a_reason_and_somebody_else_who_has_the_right() {
    let shop = with_people();
    act_as(&shop, "小李");
    let manager = id_of(&shop, "王店长", "sale.refund");
    let sale = shop.sale(shop.customer("张三"), 5_000);
    let refund = json!({ "sale_id": sale, "amount_minor": 1_000 });
    let refused = |by: &Value, reason: &str| shop.refused("sale_refund", approved(refund.clone(), by, reason));
    assert_eq!(fields(&refused(&manager, "  ")), ["approval.reason"]);
    assert_eq!(fields(&refused(&json!(999), "看过了")), ["approval.staff_id"]);
    let people = shop.call("complaint_inbox", json!({}))["people"].clone();
    let id = |name: &str| {
        let people = people.as_array().expect("people");
        people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("{people:?}"))["id"].clone()
    };
    assert_eq!(fields(&refused(&id("小李"), "看过了")), ["approval.staff_id"], "nobody approves for himself");
    assert_eq!(refused(&id("小陈"), "看过了")["ask"], "sale.refund", "another clerk has no more right to it");
    let unread = json!({ "sale_id": sale, "amount_minor": 1_000, "approval": { "who": 1 } });
    assert_eq!(shop.refused("sale_refund", unread)["code"], "invalid");
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["row"]["refunded_minor"], 0);
    assert_eq!(
        shop.refused("sale_void", approved(json!({ "sale_id": sale, "reason": "" }), &manager, "x"))["code"],
        "invalid"
    );
}

#[test]
fn an_approval_that_was_not_needed_leaves_no_trace() {
    let shop = with_people();
    act_as(&shop, "小李");
    let manager = id_of(&shop, "王店长", "sale.refund");
    let receipt = shop.call("sale_create", approved(json!({ "amount_minor": 500 }), &manager, "备用"));
    assert_eq!(receipt["sale"]["approvals"], json!([]));
    let act = shop.app.newest_act_for_tests().expect("an act");
    assert_eq!(act.detail["approved_by"], Value::Null);
}

#[test]
fn what_nobody_may_approve_stays_refused() {
    let shop = with_people();
    act_as(&shop, "小李");
    let manager = id_of(&shop, "王店长", "sale.refund");
    let backdated = json!({ "amount_minor": 500, "sold_on": "2026-02-20", "backdate_note": "停电" });
    let refusal = shop.refused("sale_create", approved(backdated, &manager, "补录"));
    assert_eq!((refusal["code"].as_str(), &refusal["ask"]), (Some("not_permitted"), &Value::Null));
}

#[test]
fn erasing_a_customer_reaches_the_reasons_of_approvals() {
    let shop = with_people();
    act_as(&shop, "小李");
    let manager = id_of(&shop, "王店长", "sale.refund");
    let customer = shop.customer("欧阳静秋");
    let sale = shop.sale(customer, 5_000);
    let refund = json!({ "sale_id": sale, "amount_minor": 1_000 });
    shop.call("sale_refund", approved(refund, &manager, "欧阳静秋本人来过"));
    act_as(&shop, "店主");
    let copy = shop.call("customer_copy", json!({ "customer_id": customer, "folder": shop.folder() }));
    let text = std::fs::read_to_string(copy["path"].as_str().expect("a file")).expect("the copy can be read");
    assert!(text.contains("本人来过"), "one's own copy says what was written of one");
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    let view = shop.call("sale_get", json!({ "id": sale }));
    assert_eq!(view["approvals"][0]["approved_by"], "王店长");
    assert!(!view.to_string().contains("欧阳"), "{view}");
}
