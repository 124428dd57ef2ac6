//! What the demo's regulars hold: benefits on the ladder and points they brought along, written with everything else; then
//! coupons, packs, agreements, gifts and last year's cashback, done by the same commands that a person would use. Their number
//! does not grow with the shop.

use super::Demo;
use super::calls::{call, day, of};
use crate::api::books::Trade;
use crate::app::{App, Moment};
use crate::clock::ManualClock;
use crate::commands;
use crate::error::{ApiError, Result};
use crate::points;
use crate::store;
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::Transaction;
use serde_json::{Value, json};
use shukebu_domain::benefit::{Benefit, ByTier, Kind, Per};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{Ladder, LadderVersion};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;

const DAY_S: i64 = 24 * 3600;
/// So many of the best customers are told about.
const REGULARS: usize = 16;

/// The ladder's benefits from the first day on, so that whoever reaches a tier has them.
pub(super) fn benefits(tx: &Transaction, moment: &Moment, first_day: NaiveDate) -> Result<()> {
    let ladder = Ladder::default();
    let names: Vec<String> = ladder.tiers.iter().map(|tier| tier.name.clone()).collect();
    let benefit =
        |key: &str, words: &str, kind: Kind| Benefit { key: key.into(), words: words.into(), cost_minor: None, kind };
    let costing = |minor: i64, benefit: Benefit| Benefit { cost_minor: Some(Money::from_minor(minor)), ..benefit };
    let rush = costing(1_500, benefit("rush", "免费加急 2 次/月", Kind::Service { quantity: 2, per: Per::Month }));
    let treat = costing(800, benefit("treat", "生日月送一份小礼", Kind::Birthday));
    let off = |words, rate_bp| benefit("off", words, Kind::Discount { rate_bp });
    let faster = |words, rate_bp| benefit("points", words, Kind::Multiplier { rate_bp });
    let lists = [
        vec![],
        vec![treat.clone(), faster("积分 1.2 倍", 12_000)],
        vec![off("全场 97 折", 300), treat.clone(), faster("积分 1.5 倍", 15_000), rush.clone()],
        vec![
            off("全场 95 折", 500),
            treat,
            faster("积分 2 倍", 20_000),
            rush,
            benefit("first", "新品先知道", Kind::NewFirst),
        ],
    ];
    let all: ByTier = names.into_iter().zip(lists).collect();
    let version = LadderVersion { effective_on: first_day, ladder };
    store::ladder::insert_version(tx, &version, &all, moment.session.staff, moment.now)
}

/// Whoever stands above the lowest tier has brought points along: one for each yuan of the last twelve months.
pub(super) fn points_brought_along(tx: &Transaction, moment: &Moment, people: &[CustomerId]) -> Result<()> {
    let window = Some(moment.today - Days::new(365));
    let rows = store::ladder::window_figures(tx, window, Money::from_minor(1), &(i64::MIN..=i64::MAX))?;
    for row in rows.iter().filter(|row| row.rank > 0 && people.binary_search(&row.customer).is_ok()) {
        let back = u64::try_from(row.customer.0 % 300 + 1).unwrap_or(1);
        points::opening(tx, moment, row.customer, Points(row.spend.minor() / 100), moment.today - Days::new(back))?;
    }
    Ok(())
}

/// The pack of a trade: name, price, sessions.
fn pack_of(trade: Trade) -> (&'static str, i64, i64) {
    match trade {
        Trade::Bakery => ("咖啡 10 杯卡", 16_000, 10),
        Trade::Print => ("名片 10 盒卡", 28_000, 10),
        Trade::Design => ("海报设计 5 张卡", 240_000, 5),
        Trade::Beauty => ("面部护理 10 次卡", 128_000, 10),
        Trade::Yoga => ("私教课 10 次", 360_000, 10),
        Trade::Trade => ("样品检测 6 次卡", 90_000, 6),
    }
}

/// Coupons, packs, agreements, gifts and the year's cashback of the best customers.
pub(super) fn around_now(app: &App, clock: &ManualClock, demo: &Demo) -> Result<()> {
    let input = json!({ "sort": "net", "descending": true, "limit": REGULARS });
    let list = call(app, "customer_list", &input)?;
    let rows = list.pointer("/rows").and_then(Value::as_array).cloned().unwrap_or_default();
    let regulars: Vec<i64> = rows.iter().filter_map(|row| of(row, "/id").as_i64()).collect();
    if regulars.is_empty() {
        return Ok(());
    }
    let who = |place: usize| regulars.get(place % regulars.len()).copied().unwrap_or(1);
    packs(app, clock, demo, who)?;
    coupons(app, clock, demo, who)?;
    gifts(app, who)?;
    terms(app, demo, who)?;
    if demo.has_offers {
        super::offers::around_now(app, clock, demo, who)?;
        super::offers::coupon_plans(app, clock, demo)?;
        super::given::around_now(app, clock, demo, who)?;
    }
    cashback(app, demo)
}

/// A pack that was sold some days ago, and how it was used since.
struct PackStory {
    sold_days_ago: i64,
    used_days_ago: &'static [(i64, i64)],
    rests: bool,
}

const PACKS: &[PackStory] = &[
    PackStory { sold_days_ago: 60, used_days_ago: &[(50, 2), (41, 1), (20, 3), (6, 1)], rests: false },
    PackStory { sold_days_ago: 160, used_days_ago: &[(120, 1), (90, 1)], rests: false },
    PackStory { sold_days_ago: 30, used_days_ago: &[(21, 1)], rests: true },
    PackStory { sold_days_ago: 4, used_days_ago: &[], rests: false },
];
const PACK_DAYS: i64 = 180;

fn packs(app: &App, clock: &ManualClock, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    let (name, price, sessions) = pack_of(demo.trade);
    let product = json!({ "name": name, "price_minor": price, "sessions": sessions, "valid_days": PACK_DAYS });
    let product = of(&call(app, "pack_product", &product)?, "/products/0/product_id");
    for (place, story) in PACKS.iter().enumerate() {
        let customer = who(place + 1);
        call(
            app,
            "sale_create",
            &json!({
                "customer_id": customer, "lines": [{ "product_id": product, "quantity": "1" }], "payment": "微信",
                "sold_on": day(demo, -story.sold_days_ago), "backdate_note": "补录",
            }),
        )?;
        let packs = call(app, "pack_list", &json!({ "customer_id": customer }))?;
        let id =
            packs.pointer("/rows").and_then(Value::as_array).and_then(|rows| rows.last()).map(|row| of(row, "/id"));
        let id = id.ok_or_else(|| ApiError::internal("demo pack"))?;
        for (days_ago, times) in story.used_days_ago.iter().filter(|(_, times)| *times < sessions) {
            clock.set(demo.now.plus_seconds(-days_ago * DAY_S));
            // A pack of few sessions may be used up by the story of a larger one.
            if commands::call(app, "pack_use", &json!({ "id": id, "sessions": times }).to_string()).is_err() {
                break;
            }
        }
        if story.rests {
            clock.set(demo.now.plus_seconds(-5 * DAY_S));
            call(app, "pack_freeze", &json!({ "id": id }))?;
        }
        clock.set(demo.now);
    }
    Ok(())
}

fn coupons(app: &App, clock: &ManualClock, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    let named: Vec<i64> = (0..12).map(&who).collect();
    clock.set(demo.now.plus_seconds(-28 * DAY_S));
    let thanks = call(
        app,
        "coupon_issue",
        &json!({
            "name": "老客答谢券", "campaign": "周年庆", "valid_days": 30, "budget_minor": 30_000,
            "terms": { "worth": { "kind": "value", "value_minor": 2_000 }, "minimum_minor": 10_000 },
            "audience": { "kind": "named", "customer_ids": named },
        }),
    )?;
    clock.set(demo.now);
    call(
        app,
        "coupon_issue",
        &json!({
            "name": "新品体验券", "campaign": "店内传单", "valid_days": 60,
            "terms": { "worth": { "kind": "percent", "percent_bp": 2_000, "cap_minor": 5_000 } },
            "audience": { "kind": "anybody", "number": 30 },
        }),
    )?;
    let issued = call(app, "coupon_list", &json!({ "batch_id": of(&thanks, "/id"), "limit": 5 }))?;
    for coupon in issued.pointer("/rows").and_then(Value::as_array).into_iter().flatten().take(4) {
        let sale = json!({
            "customer_id": of(coupon, "/customer_id"), "amount_minor": 12_800, "coupon_codes": [of(coupon, "/code")], "payment": "支付宝",
        });
        call(app, "sale_create", &sale)?;
    }
    Ok(())
}

fn gifts(app: &App, who: impl Fn(usize) -> i64) -> Result<()> {
    let mut cheapest = Value::Null;
    for (name, takes, cost, stock) in
        [("帆布袋", 300, 600, 40), ("保温杯", 1_200, 2_800, 12), ("生日礼盒", 2_000, 5_200, 6)]
    {
        let gift = json!({ "name": name, "points": takes, "cost_minor": cost, "stock_delta": stock });
        cheapest = of(&call(app, "gift_save", &gift)?, "/gifts/0/id");
    }
    for place in 0..2 {
        // Whoever has too few points takes no gift.
        let taken = json!({ "customer_id": who(place), "gift_id": cheapest }).to_string();
        let _ = commands::call(app, "gift_redeem", &taken);
    }
    Ok(())
}

fn terms(app: &App, demo: &Demo, who: impl Fn(usize) -> i64) -> Result<()> {
    let terms = [
        json!({ "customer_id": who(0), "text": "全年九五折，免配送费", "discount_bp": 500, "agreed_by": "对方负责人 / 店主",
                "until_on": day(demo, 300), "cost_minor": 180_000 }),
        json!({ "customer_id": who(3), "text": "月结，每月 5 日前付清", "agreed_by": "店主", "until_on": day(demo, 20) }),
        json!({ "customer_id": who(6), "text": "试行：满三单送一次免费加急", "agreed_by": "店长", "until_on": day(demo, 90),
                "review_on": day(demo, 0), "criteria": "两个月内下单三次以上" }),
    ];
    terms.iter().try_for_each(|term| call(app, "term_agree", term).map(|_| ()))
}

/// Last year's cashback for the upper tiers, paid in cash; a shop without any pays nobody.
fn cashback(app: &App, demo: &Demo) -> Result<()> {
    let year = demo.now.utc().year() - 1;
    let question = json!({
        "year": year, "pays_as": "cash", "lowest_tier": Ladder::default().tiers.get(2).map(|tier| tier.name.clone()),
        "rules": { "steps": [{ "from_minor": 0, "rate_bp": 100 }, { "from_minor": 500_000, "rate_bp": 200 }], "cap_minor": 100_000 },
    });
    if of(&call(app, "cashback_preview", &question)?, "/rows").as_array().is_none_or(Vec::is_empty) {
        return Ok(());
    }
    let mut job = call(app, "cashback_approve", &question)?;
    while of(&job, "/state") == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = call(app, "job_get", &json!({ "job": of(&job, "/job") }))?;
    }
    if of(&job, "/state") == "done" { Ok(()) } else { Err(ApiError::internal("demo cashback")) }
}
