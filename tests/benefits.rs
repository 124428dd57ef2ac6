//! What a tier brings, seen from the counter: granted, used, ended; and tiers that are given by hand, reviewed and previewed.

use crate::points::step_of;
use crate::segmentation::sale_on;
use crate::support::{Shop, fields};
use serde_json::{Value, json};

/// The ladder with these benefits on its second step, silver.
fn silver_with(shop: &Shop, benefits: &Value) {
    let mut steps = steps(shop);
    steps[1]["benefits"] = benefits.clone();
    shop.call("ladder_change", json!({ "steps": steps }));
}

fn steps(shop: &Shop) -> Vec<Value> {
    shop.call("ladder_get", json!({}))["steps"].as_array().expect("steps").iter().map(step_of).collect()
}

fn rush() -> Value {
    json!({ "key": "rush", "words": "免费加急", "kind": "service", "quantity": 2, "per": "month" })
}

fn mug() -> Value {
    json!({ "key": "mug", "words": "马克杯", "kind": "gift", "quantity": 1 })
}

fn treat() -> Value {
    json!({ "key": "treat", "words": "生日拉花", "kind": "birthday" })
}

fn benefits(shop: &Shop, customer: i64) -> Value {
    shop.call("benefit_get", json!({ "id": customer }))
}

/// Keys of what can be used today, with what is left.
fn today(shop: &Shop, customer: i64) -> Vec<(String, i64)> {
    let view = benefits(shop, customer);
    let rows = view["today"].as_array().expect("a list");
    rows.iter().map(|row| (text(&row["benefit"]["key"]), row["left"].as_i64().expect("a number"))).collect()
}

fn left(key: &str, left: i64) -> (String, i64) {
    (key.to_owned(), left)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The ledger, oldest first: day, kind, quantity.
fn ledger(shop: &Shop, customer: i64) -> Vec<(String, String, i64)> {
    let view = benefits(shop, customer);
    let rows = view["entries"].as_array().expect("rows").iter().rev();
    rows.map(|row| (text(&row["on"]), text(&row["kind"]), row["quantity"].as_i64().expect("a number"))).collect()
}

fn row(on: &str, kind: &str, quantity: i64) -> (String, String, i64) {
    (on.to_owned(), kind.to_owned(), quantity)
}

/// S0-34: a use costs what the benefit costs on its day; the shop sees the sum, and of how many uses it knows nothing.
#[test]
fn a_used_benefit_writes_down_what_it_costs_on_its_day() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let mut cup = mug();
    cup["cost_minor"] = json!(1_200);
    silver_with(&shop, &json!([rush(), cup]));
    shop.sale(customer, 100_000);
    for key in ["rush", "mug"] {
        use_one(&shop, customer, key, key);
    }
    let mut costly = rush();
    costly["cost_minor"] = json!(800);
    let mut steps = steps(&shop);
    steps[1]["benefits"] = json!([costly, mug()]);
    shop.call("ladder_change", json!({ "steps": steps }));
    use_one(&shop, customer, "rush", "again");
    let uses: Vec<_> = benefits(&shop, customer)["entries"]
        .as_array()
        .expect("rows")
        .iter()
        .rev()
        .filter(|row| row["kind"] == "use")
        .map(|row| row["cost_minor"].clone())
        .collect();
    assert_eq!(uses, [Value::Null, json!(1_200), json!(800)], "as it was on the day, whatever the ladder says later");
    let grants = benefits(&shop, customer)["entries"].clone();
    let grants = grants.as_array().expect("rows").iter().filter(|row| row["kind"] == "grant");
    assert!(
        grants.clone().count() > 0 && grants.into_iter().all(|row| row["cost_minor"].is_null()),
        "only a use costs"
    );
    let overview = shop.call("benefit_overview", json!({}));
    assert_eq!((&overview["cost_minor"], &overview["uncosted"]), (&json!(2_000), &json!(1)));
    let silver = overview["tiers"][1]["benefits"].clone();
    let told = |n: usize| (silver[n]["used"].clone(), silver[n]["cost_minor"].clone(), silver[n]["uncosted"].clone());
    assert_eq!([told(0), told(1)], [(json!(2), json!(800), json!(1)), (json!(1), json!(1_200), json!(0))]);
    steps[1]["benefits"][0]["cost_minor"] = json!(-1);
    let refused = shop.refused("ladder_change", json!({ "steps": steps }));
    assert_eq!(fields(&refused), ["steps.1.benefits.0.cost_minor"]);
}

fn use_one(shop: &Shop, customer: i64, benefit: &str, key: &str) {
    shop.call("benefit_use", json!({ "client_key": key, "customer_id": customer, "benefit": benefit }));
}

fn refused_use(shop: &Shop, customer: i64, benefit: &str) -> String {
    let refusal = shop.refused("benefit_use", json!({ "customer_id": customer, "benefit": benefit }));
    assert_eq!(fields(&refusal), ["benefit"]);
    text(&refusal["fields"][0]["problem"])
}

fn tier(shop: &Shop, customer: i64) -> String {
    text(&shop.profile(customer)["standing"]["tier"]["name"])
}

#[test]
fn a_service_is_granted_with_its_first_use_and_never_used_beyond_its_quantity() {
    let shop = Shop::open();
    silver_with(&shop, &json!([rush()]));
    let wang = shop.customer("王芳");
    assert_eq!(refused_use(&shop, wang, "rush"), "benefit.not_of_tier");
    shop.sale(wang, 100_000);
    assert_eq!(today(&shop, wang), [left("rush", 2)]);
    assert_eq!(ledger(&shop, wang), [], "a month that nobody uses leaves no row");
    use_one(&shop, wang, "rush", "first");
    use_one(&shop, wang, "rush", "first");
    assert_eq!(today(&shop, wang), [left("rush", 1)], "the same key twice is one use");
    use_one(&shop, wang, "rush", "second");
    assert_eq!(today(&shop, wang), []);
    assert_eq!(refused_use(&shop, wang, "rush"), "benefit.used_up");
    let rows = [row("2026-03-02", "grant", 2), row("2026-03-02", "use", 1), row("2026-03-02", "use", 1)];
    assert_eq!(ledger(&shop, wang), rows);
}

#[test]
fn what_a_month_leaves_ends_with_it_whenever_the_program_looks() {
    let mut shop = Shop::open();
    silver_with(&shop, &json!([rush()]));
    let wang = shop.customer("王芳");
    shop.sale(wang, 100_000);
    use_one(&shop, wang, "rush", "march");
    shop.set_clock("2026-06-20T10:00:00+08:00");
    assert_eq!(today(&shop, wang), [left("rush", 2)], "a new month begins anew without any job");
    shop.restart();
    shop.restart();
    let rows = [row("2026-03-02", "grant", 2), row("2026-03-02", "use", 1), row("2026-04-01", "expire", 1)];
    assert_eq!(ledger(&shop, wang), rows, "after three months off, once, on the day after");
    let sum: i64 = ledger(&shop, wang).iter().map(|(_, kind, n)| if kind == "grant" { *n } else { -n }).sum();
    assert_eq!(sum, 0, "granted is used and ended");
}

#[test]
fn two_tills_cannot_use_the_last_one_twice() {
    let shop = Shop::open();
    silver_with(&shop, &json!([rush()]));
    let wang = shop.customer("王芳");
    shop.sale(wang, 100_000);
    let done = std::thread::scope(|scope| {
        let tills: Vec<_> = (0..8)
            .map(|_| {
                let app = &shop.app;
                let input = json!({ "customer_id": wang, "benefit": "rush" }).to_string();
                scope.spawn(move || shukebu_backend::commands::call(app, "benefit_use", &input).is_ok())
            })
            .collect();
        tills.into_iter().filter_map(|till| till.join().ok()).filter(|done| *done).count()
    });
    assert_eq!(done, 2, "the quota is looked at in the transaction that uses it");
    assert_eq!(today(&shop, wang), []);
}

#[test]
fn a_welcome_gift_is_given_with_the_promotion_and_once_in_a_life() {
    let shop = Shop::open();
    silver_with(&shop, &json!([mug()]));
    let wang = shop.customer("王芳");
    let receipt = shop.call("sale_create", json!({ "customer_id": wang, "amount_minor": 100_000 }));
    assert_eq!(receipt["promotion"]["to"]["name"], "银卡", "{}", receipt["promotion"]);
    assert_eq!(today(&shop, wang), [left("mug", 1)]);
    use_one(&shop, wang, "mug", "first");
    assert_eq!(refused_use(&shop, wang, "mug"), "benefit.used_up");
    let sale = receipt["sale"]["row"]["id"].clone();
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "打错了" }));
    assert_eq!(tier(&shop, wang), "普通");
    shop.sale(wang, 100_000);
    assert_eq!(tier(&shop, wang), "银卡");
    assert_eq!(today(&shop, wang), [], "the tier is reached again, the gift is not");
    assert_eq!(
        ledger(&shop, wang),
        [row("2026-03-02", "grant", 1), row("2026-03-02", "use", 1)],
        "and is not clawed back"
    );
}

#[test]
fn passing_two_tiers_at_once_brings_the_gifts_of_both() {
    let shop = Shop::open();
    let mut steps = steps(&shop);
    steps[1]["benefits"] = json!([mug()]);
    steps[2]["benefits"] = json!([{ "key": "box", "words": "礼盒", "kind": "gift", "quantity": 2 }]);
    shop.call("ladder_change", json!({ "steps": steps }));
    let wang = shop.customer("王芳");
    shop.sale(wang, 500_000);
    assert_eq!(tier(&shop, wang), "金卡");
    let granted = ledger(&shop, wang);
    assert_eq!(granted, [row("2026-03-02", "grant", 1), row("2026-03-02", "grant", 2)]);
}

#[test]
fn a_birthday_treat_is_there_in_the_month_of_either_calendar_once_a_year() {
    let shop = Shop::open();
    silver_with(&shop, &json!([treat()]));
    let born = |name: &str, calendar: &str, month: u32| {
        let birthday = json!({ "calendar": calendar, "month": month, "day": 15, "leap": false });
        let made = shop.call("customer_create", json!({ "name": name, "birthday": birthday }));
        let id = made["id"].as_i64().expect("an id");
        shop.sale(id, 100_000);
        id
    };
    // 2 March 2026 is 正月十四: the first lunar month runs from 17 February to 18 March.
    let (solar, lunar, other, none) =
        (born("阳历三月", "solar", 3), born("农历正月", "lunar", 1), born("阳历四月", "solar", 4), {
            let id = shop.customer("不知生日");
            shop.sale(id, 100_000);
            id
        });
    assert_eq!(today(&shop, solar), [left("treat", 1)]);
    assert_eq!(today(&shop, lunar), [left("treat", 1)]);
    assert_eq!((today(&shop, other), today(&shop, none)), (vec![], vec![]));
    assert_eq!(refused_use(&shop, none, "treat"), "benefit.not_today");
    use_one(&shop, lunar, "treat", "lunar");
    assert_eq!(today(&shop, lunar), [], "once a year");
    shop.set_clock("2026-03-19T10:00:00+08:00");
    assert_eq!(today(&shop, solar), [left("treat", 1)], "the solar month goes on");
    assert_eq!(refused_use(&shop, lunar, "treat"), "benefit.not_today");
    // In 2027 the first lunar month runs from 6 February to 7 March.
    shop.sale(lunar, 100_000);
    shop.set_clock("2027-02-06T10:00:00+08:00");
    shop.sale(lunar, 100_000);
    assert_eq!(today(&shop, lunar), [left("treat", 1)], "and again in the next year");
}

#[test]
fn a_tier_by_hand_is_a_floor_or_a_pin_and_ends_after_its_last_day() {
    let shop = Shop::open();
    let give = |customer: i64, mode: &str, until: Option<&str>| json!({ "customer_id": customer, "mode": mode, "tier": "银卡", "until_on": until, "reason": "老板的朋友" });
    let (floor, pin) = (shop.customer("保底"), shop.customer("固定"));
    let nothing = json!({ "customer_id": floor, "mode": "floor", "tier": "银卡", "reason": " " });
    assert_eq!(fields(&shop.refused("ladder_by_hand", nothing)), ["reason"]);
    let unknown = json!({ "customer_id": floor, "mode": "floor", "tier": "铂金", "reason": "x" });
    assert_eq!(fields(&shop.refused("ladder_by_hand", unknown)), ["tier"]);
    assert_eq!(fields(&shop.refused("ladder_by_hand", give(floor, "floor", Some("2026-03-01")))), ["until_on"]);
    shop.call("ladder_by_hand", give(floor, "floor", Some("2026-03-31")));
    shop.call("ladder_by_hand", give(pin, "pin", Some("2026-03-31")));
    assert_eq!((tier(&shop, floor), tier(&shop, pin)), ("银卡".into(), "银卡".into()));
    let by_hand = &shop.call("ladder_standing", json!({ "id": pin }))["by_hand"][0];
    assert_eq!((&by_hand["reason"], &by_hand["until_on"]), (&json!("老板的朋友"), &json!("2026-03-31")));
    assert_ne!(by_hand["staff"], "", "it names who gave it");
    for customer in [floor, pin] {
        shop.sale(customer, 500_000);
    }
    assert_eq!(tier(&shop, floor), "金卡", "a floor may be exceeded");
    assert_eq!(tier(&shop, pin), "银卡", "a pin holds");
    shop.set_clock("2026-03-31T20:00:00+08:00");
    assert_eq!(tier(&shop, pin), "银卡", "through its last day");
    shop.set_clock("2026-04-01T10:00:00+08:00");
    assert_eq!(tier(&shop, pin), "金卡", "and then what was earned");
}

#[test]
fn editing_a_profile_never_sets_a_tier() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    let refusal = shop.refused("customer_change", json!({ "id": wang, "tier": "钻石" }));
    assert_eq!(refusal["code"], "invalid");
    assert_eq!(tier(&shop, wang), "普通");
}

#[test]
fn a_tier_by_hand_that_is_taken_back_leaves_what_was_earned() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    let clear = json!({ "customer_id": wang, "mode": "clear", "reason": "不再合作" });
    assert_eq!(shop.refused("ladder_by_hand", clear.clone())["key"], "tier.nothing_by_hand");
    shop.call("ladder_by_hand", json!({ "customer_id": wang, "mode": "pin", "tier": "钻石", "reason": "赞助商" }));
    assert_eq!(tier(&shop, wang), "钻石");
    shop.call("ladder_by_hand", clear);
    assert_eq!(tier(&shop, wang), "普通");
}

#[test]
fn the_review_does_what_its_preview_said() {
    let mut shop = Shop::at("2025-03-10T10:00:00+08:00");
    let people: Vec<i64> = (0..12).map(|n| shop.customer(&format!("客人{n}"))).collect();
    for (n, customer) in people.iter().enumerate() {
        shop.sale(*customer, 100_000 + i64::try_from(n).expect("a number") * 40_000);
    }
    // Some go on buying, some a little, some not at all.
    shop.set_clock("2026-01-15T10:00:00+08:00");
    for customer in people.iter().step_by(3) {
        shop.sale(*customer, 70_000);
    }
    for customer in people.iter().skip(1).step_by(3) {
        shop.sale(*customer, 30_000);
    }
    let mut seen_falls = 0;
    for month in ["2026-03-20", "2026-04-20", "2026-05-20"] {
        shop.set_clock(&format!("{month}T10:00:00+08:00"));
        shop.restart();
        let before: Vec<String> = people.iter().map(|id| tier(&shop, *id)).collect();
        let preview = shop.call("ladder_review_preview", json!({}));
        let next = text(&preview["next_on"]);
        let mut expected = before.clone();
        for case in preview["cases"].as_array().expect("cases") {
            let place = people.iter().position(|id| case["customer_id"] == *id).expect("one of them");
            if let Some(to) = case["to"]["name"].as_str() {
                expected[place] = to.to_owned();
                seen_falls += 1;
            }
        }
        assert_eq!(before, people.iter().map(|id| tier(&shop, *id)).collect::<Vec<_>>(), "a look changes nothing");
        shop.set_clock(&format!("{next}T00:30:00+08:00"));
        shop.call("ladder_review_run", json!({}));
        let after: Vec<String> = people.iter().map(|id| text(&shop.profile(*id)["row"]["tier"]["name"])).collect();
        assert_eq!(after, expected, "on {next}");
    }
    assert!(seen_falls > 3, "the case is no case without people who fall: {seen_falls}");
}

#[test]
fn the_cost_of_a_change_is_what_the_new_benefits_take_from_a_year() {
    let shop = Shop::open();
    let (small, large) = (shop.customer("小"), shop.customer("大"));
    shop.sale(small, 80_000);
    shop.sale(large, 200_000);
    let preview = |steps: &[Value]| shop.call("ladder_preview", json!({ "steps": steps }));
    let mut changed = steps(&shop);
    assert_eq!(preview(&changed)["cost_minor"], 0, "nothing changes, nothing costs");
    changed[1]["benefits"] = json!([{ "key": "d", "words": "九五折", "kind": "discount", "rate_bp": 500 }]);
    let with_discount = preview(&changed);
    assert_eq!(with_discount["cost_minor"], 10_000, "five percent of what the one on silver bought in a year");
    assert_eq!((&with_discount["up"], &with_discount["down"]), (&json!(0), &json!(0)));
    changed[1]["enter_spend_minor"] = json!(80_000);
    changed[1]["keep_spend_minor"] = json!(40_000);
    let lower = preview(&changed);
    assert_eq!((&lower["up"], &lower["cost_minor"]), (&json!(1), &json!(14_000)), "and of whoever comes up");
    assert_eq!(lower["movers"][0]["name"], "小");
    let mut points = steps(&shop);
    points[1]["benefits"] = json!([{ "key": "m", "words": "双倍积分", "kind": "multiplier", "rate_bp": 20_000 }]);
    assert_eq!(preview(&points)["cost_minor"], 2_000, "a second point for each yuan, a hundred of them worth one");
    assert_eq!(tier(&shop, small), "普通", "a preview saves nothing");
}

#[test]
fn saving_a_higher_threshold_demotes_nobody_before_a_review() {
    let shop = Shop::open();
    let wang = shop.customer("王芳");
    shop.sale(wang, 100_000);
    // Rules of one day are one version, so the change comes on another day than the book's first.
    shop.set_clock("2026-03-03T10:00:00+08:00");
    let mut harder = steps(&shop);
    harder[1]["enter_spend_minor"] = json!(200_000);
    harder[1]["keep_spend_minor"] = json!(150_000);
    assert_eq!(shop.call("ladder_preview", json!({ "steps": harder }))["down"], 1);
    shop.call("ladder_change", json!({ "steps": harder }));
    assert_eq!(tier(&shop, wang), "银卡");
    shop.set_clock("2026-04-02T10:00:00+08:00");
    assert_eq!(tier(&shop, wang), "银卡", "the first review begins the grace");
    shop.set_clock("2026-05-01T10:00:00+08:00");
    assert_eq!(tier(&shop, wang), "普通", "the next one takes it");
}

#[test]
fn a_record_that_was_merged_away_answers_for_the_one_who_stays() {
    let shop = Shop::open();
    silver_with(&shop, &json!([rush()]));
    let (stays, goes) = (shop.customer("王芳"), shop.customer("王芳芳"));
    shop.sale(stays, 60_000);
    shop.sale(goes, 60_000);
    assert_eq!((tier(&shop, stays), today(&shop, goes).len()), ("普通".to_owned(), 0));
    shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    for command in ["ladder_standing", "benefit_get", "service_card"] {
        let of = |id: i64| shop.call(command, json!({ "id": id }));
        assert_eq!(of(goes), of(stays), "{command}");
    }
    assert_eq!(shop.call("ladder_standing", json!({ "id": goes }))["standing"]["tier"]["name"], "银卡");
    use_one(&shop, goes, "rush", "k");
    assert_eq!(today(&shop, stays), [left("rush", 1)], "what one record used, the other has used");
}

/// The walk over everybody counts days as the history of one customer does: all sales of a day together, less what came back.
#[test]
fn whom_a_preview_moves_by_visits_is_whom_the_change_moves() {
    let shop = Shop::open();
    let [split, below, back, once] = ["分次", "不够", "退过", "一天"].map(|name| shop.customer(name));
    for day in ["2026-02-10", "2026-02-20"] {
        sale_on(&shop, split, 1_000, day);
        sale_on(&shop, split, 1_000, day);
        sale_on(&shop, below, 1_999, day);
        sale_on(&shop, once, 5_000, "2026-02-15");
    }
    sale_on(&shop, back, 3_000, "2026-02-10");
    let sale = sale_on(&shop, back, 3_000, "2026-02-20");
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 1_500, "reason": "退货" }));
    shop.set_clock("2026-03-03T10:00:00+08:00");
    let mut by_visits = steps(&shop);
    for (step, visits) in by_visits.iter_mut().skip(1).zip([2, 50, 99]) {
        for field in ["enter_spend_minor", "keep_spend_minor", "keep_visits"] {
            step[field] = Value::Null;
        }
        step["enter_visits"] = json!(visits);
    }
    let change = json!({ "steps": by_visits, "visit_minimum_minor": 2_000 });
    let preview = shop.call("ladder_preview", change.clone());
    assert_eq!((&preview["up"], &preview["movers"][0]["name"]), (&json!(1), &json!("分次")), "{preview}");
    shop.call("ladder_change", change);
    assert_eq!([split, below, back, once].map(|id| tier(&shop, id)), ["银卡", "普通", "普通", "普通"]);
}
