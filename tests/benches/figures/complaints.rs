//! Ten thousand open complaints: list, badge and next look come from cached due times; when everything falls due at
//! once, all of it is judged in one go.

use super::figure::Figure;
use super::shop::{OpenShop, Shop, Size};
use super::stopwatch::{self, Laps, shown};
use serde_json::{Value, json};
use std::time::Duration;

/// List, top bar, a look with nothing due, and a look with everything due.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let cases = if shop.size == Size::Tiny { 20 } else { 10_000 };
    let opened_before = open_cases(&open);
    let mut opening = Laps::default();
    for (case, customer) in shop.some_customers(cases).into_iter().enumerate() {
        if case % 4 == 0 {
            open.clock.advance_seconds(1);
        }
        let new = json!({ "customer_id": customer, "description": "蛋糕里吃到硬物", "category": "quality", "channel": "phone" });
        opening.time(|| open.call("complaint_open", &new));
    }
    let rounds = shop.size.rounds(50);
    let (mut list, mut bar, mut idle) = (Laps::default(), Laps::default(), Laps::default());
    let (mut total, mut bytes) = (0, 0);
    open.call("complaint_tick", &json!({}));
    for _ in 0..rounds {
        let answer = list.time(|| open.call("complaint_inbox", &json!({ "limit": 30 })));
        bytes = answer.len();
        total = serde_json::from_str::<Value>(&answer).expect("answers are JSON")["total"].as_i64().unwrap_or(0);
        bar.time(|| open.call("frame_get", &json!({})));
        idle.time(|| open.call("complaint_tick", &json!({})));
    }
    let expected = opened_before + i64::try_from(cases).expect("BUG: a small number");
    // Two days later the first promise of every case is broken.
    open.clock.advance_seconds(2 * 24 * 3600);
    let mut all_due = Laps::default();
    all_due.time(|| open.call("complaint_tick", &json!({})));
    let late = open.read("complaint_inbox", &json!({ "limit": 1 }))["late"].as_i64().unwrap_or(0);
    let limit = Duration::from_micros(100);
    let figure = |key, laps: &Laps, what: String| {
        Figure::at_most(key, 1.0, "≤ 100 µs", stopwatch::ratio(laps.median(), limit))
            .measured(what, laps.text())
            .against(shown(limit))
    };
    let everything = Duration::from_millis(50);
    vec![
        figure("complaints.list", &list, format!("complaint_inbox, the first thirty of {total}, {bytes} B"))
            .checked(total == expected, format!("{total} of {expected} open")),
        figure("complaints.bar", &bar, "frame_get: the top bar with the most urgent clock".into()),
        figure("complaints.idle", &idle, "complaint_tick while nothing is due".into()),
        Figure::at_most("complaints.due", 1.0, "≤ 50 ms", stopwatch::ratio(all_due.median(), everything))
            .measured("complaint_tick when everything falls due at once: judged, told, kept", shown(all_due.median()))
            .against(format!("{}, a recompute without keeping it", shown(everything)))
            .checked(late >= i64::try_from(cases).expect("BUG: a small number"), format!("{late} late")),
        Figure::plain("complaints.open", "—", super::figure::Held::Untold)
            .measured("complaint_open, durable", opening.text())
            .against("—"),
    ]
}

fn open_cases(open: &OpenShop) -> i64 {
    open.read("complaint_inbox", &json!({ "limit": 1 }))["total"].as_i64().unwrap_or(0)
}
