//! Points at the counter: earned, spent, given back, ended; and always the same as a replay of everything that happened.

use crate::support::{Shop, fields};
use proptest::prelude::*;
use serde_json::{Value, json};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Event, Points, Rules, RulesVersion, replay};

fn points(shop: &Shop, customer: i64) -> Value {
    shop.profile(customer)["points"].clone()
}

fn balance(shop: &Shop, customer: i64) -> i64 {
    points(shop, customer)["balance"].as_i64().expect("a balance")
}

fn sale_with_points(shop: &Shop, customer: i64, amount: i64, redeem: i64) -> Value {
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": amount, "redeem_points": redeem }))
}

#[test]
fn a_sale_earns_and_the_next_one_can_be_paid_with_it() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 30_000);
    assert_eq!(balance(&shop, wang), 300);
    let receipt = sale_with_points(&shop, wang, 1_000, 300);
    assert_eq!(receipt["sale"]["row"]["net_minor"], 700, "300 points paid 3 yuan");
    assert_eq!(receipt["sale"]["points"], json!({ "earned": 7, "redeemed": 300, "worth_minor": 300 }));
    assert_eq!(receipt["points"]["balance"], 7, "the points of a sale cannot pay for it");
}

#[test]
fn what_points_cannot_pay_is_refused_beside_its_field() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 100_000);
    let ask = |points: i64, amount: i64| {
        let input = json!({ "customer_id": wang, "amount_minor": amount, "redeem_points": points });
        let refusal = shop.refused("sale_create", input);
        assert_eq!(fields(&refusal), ["redeem_points"]);
        refusal["fields"][0]["message"].as_str().expect("a sentence").to_owned()
    };
    // Each says the number that would do.
    assert_eq!(ask(150, 10_000), "积分要按 100 的倍数用，例如 100。");
    assert_eq!(ask(450, 700), "积分要按 100 的倍数用，例如 300。", "half of seven yuan, in whole steps");
    assert_eq!(ask(600, 1_000), "这一单最多用 500 积分。");
    assert_eq!(ask(6_000, 1_000_000), "可用积分不够，今天可用 1,000。");
    assert_eq!(ask(-100, 1_000), "积分要大于零。");
    let nobody = shop.refused("sale_create", json!({ "amount_minor": 1_000, "redeem_points": 100 }));
    assert_eq!(nobody["fields"][0]["problem"], "points.no_customer");
    let input = json!({ "customer_id": wang, "amount_minor": 9_000, "redeem_points": 100, "sold_on": "2026-03-01" });
    assert_eq!(shop.refused("sale_create", input)["fields"][0]["problem"], "points.not_backdated");
    assert_eq!(balance(&shop, wang), 1_000, "a refusal changes nothing");
}

#[test]
fn a_hundred_refunds_end_like_one_and_a_void_like_nothing_sold() {
    let shop = Shop::open();
    let (one, many, none) = (shop.customer("甲"), shop.customer("乙"), shop.customer("丙"));
    for customer in [one, many, none] {
        shop.sale(customer, 20_000);
    }
    let sale = |customer| sale_with_points(&shop, customer, 19_999, 200)["sale"]["row"]["id"].as_i64().expect("an id");
    shop.call("sale_refund", json!({ "sale_id": sale(one), "amount_minor": 10_000 }));
    let split = sale(many);
    for _ in 0..100 {
        shop.call("sale_refund", json!({ "sale_id": split, "amount_minor": 100 }));
    }
    assert_eq!(points(&shop, one), points(&shop, many));
    shop.call("sale_void", json!({ "sale_id": sale(none), "reason": "打错了" }));
    assert_eq!(balance(&shop, none), 200, "the points are back and the sale earns nothing");
}

#[test]
fn a_refund_by_line_takes_as_many_points_as_one_of_the_same_amount() {
    let shop = Shop::open();
    let product = |name: &str, price: i64| {
        let facts = json!({ "name": name, "price_minor": price });
        shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone()
    };
    let (cake, tea) = (product("奶油蛋糕", 8_850), product("红茶", 3_550));
    let sold = |name: &str| {
        let customer = shop.customer(name);
        let lines = json!([{ "product_id": cake, "quantity": "1" }, { "product_id": tea, "quantity": "2" }]);
        let sale = shop.call("sale_create", json!({ "customer_id": customer, "lines": lines }))["sale"].clone();
        (customer, sale)
    };
    let ((by_line, line_sale), (by_amount, amount_sale)) = (sold("按行"), sold("按金额"));
    assert_eq!(balance(&shop, by_line), 159, "88.50 and 71.00 with one floor");
    let lines = json!([{ "line_no": 2, "quantity": "1" }]);
    shop.call("sale_refund", json!({ "sale_id": line_sale["row"]["id"], "lines": lines }));
    shop.call("sale_refund", json!({ "sale_id": amount_sale["row"]["id"], "amount_minor": 3_550 }));
    assert_eq!(points(&shop, by_line), points(&shop, by_amount));
    assert_eq!(balance(&shop, by_line), 124, "of the 124.00 that are left");
}

#[test]
fn imported_sales_earn_at_the_tier_of_their_day_when_the_import_asks_for_it() {
    let shop = Shop::open();
    let ladder = shop.call("ladder_get", json!({}));
    let mut steps: Vec<Value> = ladder["steps"].as_array().expect("steps").iter().map(step_of).collect();
    steps[1]["benefits"] = json!([{ "key": "m", "words": "双倍积分", "kind": "multiplier", "rate_bp": 20_000 }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    let bring = |file: &str, phone: &str, earns: bool| {
        let text = format!(
            "单号,日期,手机,姓名,金额\n{file}1,2025-12-01,{phone},王芳,900\n{file}2,2026-01-10,{phone},王芳,100\n{file}3,2026-02-10,{phone},王芳,50\n"
        );
        let path = shop.folder().join(format!("{file}.csv"));
        std::fs::write(&path, text).expect("the file is written");
        let mut job =
            shop.call("import_run", json!({ "file": path, "kind": "sales", "policy": "skip", "earn_points": earns }));
        while job["state"] == "running" {
            std::thread::sleep(std::time::Duration::from_millis(5));
            job = shop.call("job_get", json!({ "job": job["job"] }));
        }
        assert_eq!(job["state"], "done", "{job}");
        shop.call("customer_search", json!({ "text": phone, "limit": 1 }))["rows"][0]["id"].as_i64().expect("an id")
    };
    let earns = bring("A", "13800138001", true);
    assert_eq!(balance(&shop, earns), 900 + 200 + 100, "900 on the lowest step, from the crossing sale on twice");
    assert_eq!(balance(&shop, bring("B", "13800138002", false)), 0, "not unless asked");
}

/// A.10
#[test]
fn an_imported_sale_gives_nothing_to_whoever_brought_the_customer() {
    let shop = Shop::open();
    shop.call("settings_change", json!({ "referral_points": 100 }));
    let referrer = shop.customer("王姐");
    let brought = shop.call("customer_create", json!({ "name": "李雷", "phone": "13800138009" }))["id"].clone();
    shop.call("customer_ties", json!({ "id": brought, "referrer_id": referrer }));
    let path = shop.folder().join("log.csv");
    std::fs::write(&path, "单号,日期,手机,姓名,金额\nA1,2026-02-10,13800138009,李雷,50\n")
        .expect("the file is written");
    let mut job =
        shop.call("import_run", json!({ "file": path, "kind": "sales", "policy": "skip", "earn_points": true }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["result"]["entities"]["sales"], 1, "{job}");
    assert_eq!(balance(&shop, referrer), 0, "the file tells of the time before");
    shop.sale(brought.as_i64().expect("an id"), 5000);
    assert_eq!(balance(&shop, referrer), 0, "and what follows is not the first purchase");
}

#[test]
fn points_end_on_their_day_whenever_the_program_looks() {
    let mut shop = Shop::at("2026-03-02T10:00:00+08:00");
    let wang = shop.customer("王芳");
    shop.sale(wang, 50_000);
    shop.set_clock("2027-12-10T10:00:00+08:00");
    let card = points(&shop, wang);
    assert_eq!((card["balance"].as_i64(), card["ending"].as_i64()), (Some(500), Some(500)));
    assert_eq!(card["ending_on"], "2027-12-31");
    assert_eq!(shop.call("points_overview", json!({}))["notices"][0]["points"], 500);
    shop.set_clock("2028-03-30T10:00:00+08:00");
    assert_eq!(balance(&shop, wang), 0, "reading does not wait for the job");
    let before = shop.call("points_statement", json!({ "customer_id": wang }));
    shop.restart();
    shop.restart();
    let after = shop.call("points_statement", json!({ "customer_id": wang }));
    let days = |statement: &Value| -> Vec<(String, i64)> {
        let rows = statement["rows"].as_array().expect("rows");
        rows.iter()
            .map(|row| (row["on"].as_str().expect("a day").to_owned(), row["points"].as_i64().expect("points")))
            .collect()
    };
    assert_eq!(days(&after), [("2026-03-02".to_owned(), 500), ("2028-01-01".to_owned(), -500)]);
    assert_eq!(days(&before), days(&after), "the statement is the same before the job and after two of them");
}

#[test]
fn new_rules_begin_when_no_points_have_moved_yet_and_touch_new_lots_only() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 10_000);
    let rules = json!({ "earn": [{ "kind": "per_amount", "points": 2, "per_minor": 100 }], "expiry": { "kind": "days", "n": 10 } });
    let today = shop.refused("points_rules_change", json!({ "effective_on": "2026-03-02", "rules": rules }));
    assert_eq!(today["fields"][0]["problem"], "points.rules_too_early");
    shop.call("points_rules_change", json!({ "rules": rules }));
    shop.sale(wang, 10_000);
    assert_eq!(balance(&shop, wang), 200, "the old rules hold today");
    shop.set_clock("2026-03-03T10:00:00+08:00");
    shop.sale(wang, 10_000);
    assert_eq!(balance(&shop, wang), 400);
    shop.set_clock("2026-04-01T10:00:00+08:00");
    assert_eq!(balance(&shop, wang), 200, "only the newer ones end after ten days");
}

#[test]
fn a_correction_by_hand_needs_a_reason_and_may_leave_a_debt() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 10_000);
    let refusal = shop.refused("points_adjust", json!({ "customer_id": wang, "points": -50, "reason": " " }));
    assert_eq!(fields(&refusal), ["reason"]);
    let card = shop.call("points_adjust", json!({ "customer_id": wang, "points": -150, "reason": "重复积分" }));
    assert_eq!((card["balance"].as_i64(), card["debt"].as_i64()), (Some(0), Some(50)));
    let blocked = shop.call("points_quote", json!({ "customer_id": wang, "amount_minor": 100_000 }));
    assert_eq!(blocked["most"], 0);
    shop.sale(wang, 8_000);
    assert_eq!(balance(&shop, wang), 30, "the next points pay the debt first");
}

#[test]
fn a_gift_takes_points_and_stock_or_neither() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 100_000);
    let gifts = shop.call("gift_save", json!({ "name": "马克杯", "points": 400, "stock_delta": 2 }));
    let mug = gifts["gifts"][0]["id"].clone();
    let redeem = json!({ "client_key": "k1", "customer_id": wang, "gift_id": mug });
    shop.call("gift_redeem", redeem.clone());
    shop.call("gift_redeem", redeem);
    assert_eq!(balance(&shop, wang), 600, "the same key twice is one gift");
    let three = shop.refused("gift_redeem", json!({ "customer_id": wang, "gift_id": mug, "quantity": 3 }));
    assert_eq!(three["fields"][0]["problem"], "gift.out_of_stock");
    shop.call("gift_redeem", json!({ "customer_id": wang, "gift_id": mug }));
    let stock = shop.call("gift_list", json!({}))["gifts"][0].clone();
    assert_eq!((stock["stock"].as_i64(), stock["given"].as_i64()), (Some(0), Some(2)));
}

#[test]
fn the_sale_that_crosses_earns_at_the_new_tier() {
    let shop = Shop::open();
    let ladder = shop.call("ladder_get", json!({}));
    let mut steps: Vec<Value> = ladder["steps"].as_array().expect("steps").iter().map(step_of).collect();
    steps[1]["benefits"] = json!([{ "key": "m", "words": "双倍积分", "kind": "multiplier", "rate_bp": 20_000 }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    let wang = shop.customer("王芳");
    shop.sale(wang, 90_000);
    assert_eq!(balance(&shop, wang), 900);
    shop.sale(wang, 10_000);
    assert_eq!(balance(&shop, wang), 1_100, "100 yuan at twice");
}

/// A step of the ladder as a change of it.
pub fn step_of(step: &Value) -> Value {
    json!({
        "name": step["tier"]["name"], "enter_spend_minor": step["enter_spend_minor"],
        "enter_visits": step["enter_visits"], "keep_spend_minor": step["keep_spend_minor"], "benefits": step["benefits"],
    })
}

/// One thing that may happen on a day.
#[derive(Debug, Clone)]
enum Step {
    Sale { amount: i64, redeem: i64, back: i64 },
    Refund { which: usize, amount: i64 },
    Void { which: usize },
    Adjust { points: i64 },
    Days(u32),
    Job,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (1..90_000_i64, 0..8_i64, prop_oneof![4 => Just(0_i64), 1 => 1..60_i64])
            .prop_map(|(amount, redeem, back)| Step::Sale { amount, redeem: redeem * 100, back }),
        3 => (0..20_usize, 1..40_000_i64).prop_map(|(which, amount)| Step::Refund { which, amount }),
        1 => (0..20_usize).prop_map(|which| Step::Void { which }),
        1 => (-400..400_i64).prop_map(|points| Step::Adjust { points }),
        3 => (1..250_u32).prop_map(Step::Days),
        1 => Just(Step::Job),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn lots_and_ledger_are_what_a_replay_of_everything_gives(steps in prop::collection::vec(step(), 1..28)) {
        let mut shop = Shop::at("2026-03-02T10:00:00+08:00");
        let wang = shop.customer("王芳");
        let mut today = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let mut events: Vec<Event> = vec![];
        let mut sales: Vec<i64> = vec![];
        for (place, step) in steps.into_iter().enumerate() {
            let key = format!("key-{place}");
            match step {
                Step::Days(days) => {
                    today = today + chrono::Days::new(u64::from(days));
                    shop.set_clock(&format!("{today}T10:00:00+08:00"));
                }
                Step::Job => shop.restart(),
                Step::Sale { amount, redeem, back } => {
                    let on = today - chrono::Days::new(u64::try_from(back).expect("days"));
                    let redeem = if back > 0 { 0 } else { redeem };
                    let input = json!({ "client_key": key, "customer_id": wang, "amount_minor": amount, "redeem_points": redeem, "sold_on": on });
                    let answer = shukebu_backend::commands::call(&shop.app, "sale_create", &input.to_string());
                    let Ok(answer) = answer else { continue };
                    let receipt: Value = serde_json::from_str(&answer).expect("JSON");
                    let again = shop.call("sale_create", input);
                    prop_assert_eq!(&again["is_new"], false, "a retry is the same sale");
                    let id = receipt["sale"]["row"]["id"].as_i64().expect("an id");
                    sales.push(id);
                    events.push(Event::Sale {
                        on,
                        id: Some(id.to_string()),
                        lines: vec![],
                        amount_minor: Some(Money::from_minor(amount)),
                        discount_minor: Money::ZERO,
                        redeem_points: Points(redeem),
                        multiplier_bp: None,
                    });
                }
                Step::Refund { which, amount } => {
                    let Some(sale) = sales.get(which % sales.len().max(1)).copied() else { continue };
                    let input = json!({ "client_key": key, "sale_id": sale, "amount_minor": amount }).to_string();
                    if shukebu_backend::commands::call(&shop.app, "sale_refund", &input).is_ok() {
                        events.push(Event::Refund {
                            on: today,
                            sale: sale.to_string(),
                            amount_minor: Money::from_minor(amount),
                            lines: vec![],
                            id: Some(key),
                        });
                    }
                }
                Step::Void { which } => {
                    let Some(sale) = sales.get(which % sales.len().max(1)).copied() else { continue };
                    let input = json!({ "sale_id": sale, "reason": "打错了" }).to_string();
                    if shukebu_backend::commands::call(&shop.app, "sale_void", &input).is_ok() {
                        events.push(Event::Void { on: today, sale: sale.to_string(), id: Some(key) });
                    }
                }
                Step::Adjust { points } => {
                    let input = json!({ "customer_id": wang, "points": points, "reason": "测试" }).to_string();
                    if shukebu_backend::commands::call(&shop.app, "points_adjust", &input).is_ok() {
                        events.push(Event::Adjust { on: today, id: Some(key), points: Points(points) });
                    }
                }
            }
            let rules = [RulesVersion { effective_on: chrono::NaiveDate::MIN, rules: Rules::default() }];
            let expected = replay(&rules, &events, today).expect("a history");
            let statement = shop.call("points_statement", json!({ "customer_id": wang }));
            prop_assert_eq!(&statement["card"]["balance"], expected.balance.0, "the balance");
            prop_assert_eq!(&statement["card"]["debt"], expected.debt.0, "the debt");
            prop_assert_eq!(&statement["closing"], expected.balance.0, "the rows add up to the balance");
            let mut lots: Vec<(String, Option<String>, i64)> = expected
                .lots
                .iter()
                .filter(|lot| lot.remaining > Points::ZERO)
                .map(|lot| (lot.earned_on.to_string(), lot.expires_on.map(|day| day.to_string()), lot.remaining.0))
                .collect();
            let mut stored: Vec<(String, Option<String>, i64)> = statement["lots"]
                .as_array()
                .expect("lots")
                .iter()
                .map(|lot| {
                    (
                        lot["earned_on"].as_str().expect("a day").to_owned(),
                        lot["expires_on"].as_str().map(str::to_owned),
                        lot["remaining"].as_i64().expect("points"),
                    )
                })
                .collect();
            lots.sort();
            stored.sort();
            prop_assert_eq!(stored, lots, "each lot, not only their sum");
        }
    }
}

#[test]
fn merged_records_have_the_points_of_one_history_and_part_again_whole() {
    let shop = Shop::open();
    let (kept, other) = (shop.customer("王芳"), shop.customer("王芳芳"));
    shop.sale(kept, 10_000);
    shop.call("points_adjust", json!({ "customer_id": other, "points": -30, "reason": "测试" }));
    let merge = json!({ "survivor_id": kept, "absorbed_id": other });
    let merged = shop.call("customer_merge", merge);
    let card = points(&shop, kept);
    assert_eq!(
        (card["balance"].as_i64(), card["debt"].as_i64()),
        (Some(70), Some(0)),
        "the debt is paid by the other's points"
    );
    shop.call("customer_merge_undo", json!({ "id": merged["id"] }));
    assert_eq!(balance(&shop, kept), 100);
    assert_eq!(points(&shop, other)["debt"], 30);
}
