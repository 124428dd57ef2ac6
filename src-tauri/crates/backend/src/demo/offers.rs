//! The demo's offers at the entry of a sale: 满减, a bundle, a price by quantity, one of certain hours that ends in two days,
//! one that is over and one to come; with the sales that got them and a quote that was made by them.

use super::Demo;
use super::calls::{call, day, of};
use crate::api::books::Trade;
use crate::app::App;
use crate::clock::ManualClock;
use crate::error::Result;
use crate::offers::coupons::plans;
use serde_json::{Value, json};

/// What a trade offers. Products are named by their place among its words.
struct Offers {
    /// 满减: from, off in 分, rising.
    steps: [(i64, i64); 2],
    /// 组合: its name and its products, 20 % off.
    bundle: (&'static str, [usize; 2]),
    /// 批量价: its name, its product, and from how many pieces on how many basis points are taken off.
    breaks: (&'static str, usize, [(i64, i64); 2]),
    /// 限时: its name and its category.
    hours: (&'static str, &'static str),
}

fn of_trade(trade: Trade) -> Offers {
    match trade {
        Trade::Bakery => Offers {
            steps: [(10_000, 1_500), (20_000, 4_000)],
            bundle: ("咖啡配蛋糕", [12, 8]),
            breaks: ("蛋挞半打起", 9, [(6, 1_000), (12, 2_000)]),
            hours: ("午后饮品八五折", "饮品"),
        },
        Trade::Print => Offers {
            steps: [(50_000, 5_000), (100_000, 15_000)],
            bundle: ("开业套装", [0, 12]),
            breaks: ("彩印百张起", 2, [(100, 1_000), (500, 2_500)]),
            hours: ("午后装订八五折", "装订"),
        },
        Trade::Design => Offers {
            steps: [(1_000_000, 50_000), (2_000_000, 150_000)],
            bundle: ("品牌升级优惠包", [0, 1]),
            breaks: ("首图三张起", 5, [(3, 1_000), (10, 2_000)]),
            hours: ("午后咨询八五折", "服务"),
        },
        Trade::Beauty => Offers {
            steps: [(30_000, 3_000), (60_000, 8_000)],
            bundle: ("洁面配水", [0, 1]),
            breaks: ("面膜三盒起", 7, [(3, 1_000), (6, 2_000)]),
            hours: ("午后彩妆八五折", "彩妆"),
        },
        Trade::Yoga => Offers {
            steps: [(50_000, 3_000), (100_000, 8_000)],
            bundle: ("入门装备", [6, 7]),
            breaks: ("小班课五次起", 0, [(5, 1_000), (10, 1_500)]),
            hours: ("午后课程八五折", "课程"),
        },
        Trade::Trade => Offers {
            steps: [(500_000, 20_000), (1_000_000, 60_000)],
            bundle: ("节庆礼袋", [4, 8]),
            breaks: ("桌布五十条起", 1, [(50, 500), (200, 1_200)]),
            hours: ("样品八五折", "样品"),
        },
    }
}

/// Coupons by themselves: a monthly one for the upper tiers, which ran twice, and one before a birthday.
pub(super) fn coupon_plans(app: &App, clock: &ManualClock, demo: &Demo) -> Result<()> {
    let ladder = shukebu_domain::ladder::Ladder::default();
    let upper: Vec<&str> = ladder.tiers.iter().skip(2).map(|tier| tier.name.as_str()).collect();
    let plan = |name: &str, occasion: Value, value: i64, minimum: i64, tiers: Value| {
        json!({
            "name": name,
            "plan": {
                "occasion": occasion, "valid_days": 30, "tiers": tiers,
                "terms": { "worth": { "kind": "value", "value_minor": value }, "minimum_minor": minimum },
            },
        })
    };
    clock.set(demo.now.plus_seconds(-35 * 24 * 3600));
    let monthly = json!({ "kind": "regular", "months": 1, "day": 1 });
    call(app, "coupon_plan_save", &plan("每月会员券", monthly, 1_500, 8_000, json!(upper)))?;
    let birthday = json!({ "kind": "birthday", "days_before": 7 });
    call(app, "coupon_plan_save", &plan("生日券", birthday, 2_000, 0, json!([])))?;
    for days_ago in [29, 15, 0] {
        clock.set(demo.now.plus_seconds(-days_ago * 24 * 3600));
        plans::run_if_due(app)?;
    }
    let list = call(app, "coupon_plan_list", &json!({}))?;
    let monthly =
        list.pointer("/rows").and_then(Value::as_array).and_then(|rows| rows.last()).map(|row| of(row, "/id"));
    let filter = json!({ "plan_id": monthly, "only_unused": true, "limit": 6 });
    let issued = call(app, "coupon_list", &filter)?;
    for coupon in issued.pointer("/rows").and_then(Value::as_array).into_iter().flatten().step_by(2) {
        let sale = json!({
            "customer_id": of(coupon, "/customer_id"), "amount_minor": 9_600, "coupon_codes": [of(coupon, "/code")], "payment": "微信",
        });
        call(app, "sale_create", &sale)?;
    }
    Ok(())
}

/// The offers, who got them, and a quote.
pub(super) fn around_now(app: &App, clock: &ManualClock, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    let list = call(app, "product_list", &json!({ "limit": 200 }))?;
    let words = super::words::of(demo.trade);
    let rows = list.pointer("/rows").and_then(Value::as_array).cloned().unwrap_or_default();
    let product = |place: usize| {
        let name = words.products.get(place).map_or("", |product| product.0);
        rows.iter().find(|row| of(row, "/row/name") == name).map_or(Value::Null, |row| of(row, "/row/id"))
    };
    let offers = of_trade(demo.trade);
    let break_product = product(offers.breaks.1);
    let parts = offers.bundle.1.map(product);
    clock.set(demo.now.plus_seconds(-40 * 24 * 3600));
    for input in running(demo, &offers, &parts, &break_product) {
        call(app, "offer_save", &input)?;
    }
    clock.set(demo.now);
    call(app, "offer_save", &planned(demo))?;

    let bundle: Vec<Value> = parts.iter().map(|id| json!({ "product_id": id, "quantity": "1" })).collect();
    let (_, _, [(many, _), _]) = offers.breaks;
    let several = json!([{ "product_id": break_product, "quantity": many.to_string() }]);
    for (place, days_ago) in [(4, 33), (7, 26), (9, 12), (2, 5)] {
        let lines = if days_ago % 2 == 0 { json!(bundle) } else { several.clone() };
        let sale = json!({
            "customer_id": who(place), "lines": lines, "payment": "微信",
            "sold_on": day(demo, -days_ago), "backdate_note": "补录",
        });
        call(app, "sale_create", &sale)?;
    }
    for (place, days_ago, least) in [(1, 30, 0), (5, 18, 1), (8, 3, 0)] {
        let amount = offers.steps.get(least).map_or(0, |step| step.0) + 600;
        let sale = json!({
            "customer_id": who(place), "amount_minor": amount, "payment": "支付宝",
            "sold_on": day(demo, -days_ago), "backdate_note": "补录",
        });
        call(app, "sale_create", &sale)?;
    }
    let quote = json!({
        "customer_id": who(3), "valid_days": 14, "note": "含税，送货上门",
        "products": [{ "product_id": break_product, "quantity": (many * 2).to_string() }],
    });
    call(app, "price_quote_save", &quote).map(|_| ())
}

/// Made forty days ago; one of them was over a week later.
fn running(demo: &Demo, offers: &Offers, parts: &[Value], break_product: &Value) -> Vec<Value> {
    let offer = |name: &str, rule: Value, scope: Value, until: Option<i64>, audience: Value| {
        json!({
            "name": name,
            "offer": {
                "rule": rule, "scope": scope, "audience": audience,
                "when": { "from_on": day(demo, -40), "until_on": until.map(|days| day(demo, days)) },
            },
        })
    };
    let everybody = json!({ "kind": "everybody" });
    let percent = |share: i64| json!({ "kind": "percent", "percent_bp": share });
    let [(first, first_off), (second, second_off)] = offers.steps;
    let steps = json!({ "kind": "steps", "steps": [
        { "from_minor": first, "off_minor": first_off }, { "from_minor": second, "off_minor": second_off },
    ] });
    let pieces: Vec<Value> = parts.iter().map(|id| json!({ "product": id, "pieces": 1 })).collect();
    let bundle = json!({ "kind": "bundle", "parts": pieces, "less": percent(2_000) });
    let at = |(pieces, share): (i64, i64)| json!({ "from_thousandths": pieces * 1_000, "less": percent(share) });
    let breaks = json!({ "kind": "breaks", "breaks": offers.breaks.2.map(at) });
    let plain = |share: i64| json!({ "kind": "breaks", "breaks": [at((1, share))], "is_mixed": true });
    let products = json!({ "kind": "products", "products": [break_product] });
    let shop = json!({ "kind": "shop" });
    let mut limited = offer(
        offers.hours.0,
        plain(1_500),
        json!({ "kind": "category", "category": offers.hours.1 }),
        Some(2),
        json!({ "kind": "customers" }),
    );
    if let Some(when) = limited.pointer_mut("/offer/when").and_then(Value::as_object_mut) {
        when.insert("weekdays".into(), json!([1, 2, 3, 4, 5]));
        when.insert("hours".into(), json!({ "from_minute": 840, "until_minute": 1_020 }));
    }
    vec![
        offer("满额立减", steps, shop.clone(), Some(60), everybody.clone()),
        offer(offers.bundle.0, bundle, shop.clone(), None, everybody.clone()),
        offer(offers.breaks.0, breaks, products, None, everybody.clone()),
        limited,
        offer("开季酬宾", plain(300), shop, Some(-34), everybody),
    ]
}

/// For the two upper tiers, from next week on.
fn planned(demo: &Demo) -> Value {
    let ladder = shukebu_domain::ladder::Ladder::default();
    let tiers: Vec<&str> = ladder.tiers.iter().skip(2).map(|tier| tier.name.as_str()).collect();
    json!({
        "name": "会员周",
        "offer": {
            "rule": { "kind": "breaks", "is_mixed": true, "breaks": [
                { "from_thousandths": 1_000, "less": { "kind": "percent", "percent_bp": 800 } },
            ] },
            "scope": { "kind": "shop" }, "audience": { "kind": "tiers", "tiers": tiers },
            "when": { "from_on": day(demo, 7), "until_on": day(demo, 13) },
        },
    })
}
