//! Ten thousand open complaints: list, badge and next look come from cached due times; when everything falls due at
//! once, all of it is judged in one go. What the book's thread does stands beside the whole command, which also finds
//! its way to that thread and writes JSON.

use super::clocks;
use super::figure::{Figure, Held};
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
    let cases = i64::try_from(cases).expect("BUG: a small number");
    let mut figures = looks(&open, shop.size.rounds(50), opened_before + cases);
    // Two days later the first promise of every case is broken.
    open.clock.advance_seconds(2 * 24 * 3600);
    let mut all_due = Laps::default();
    all_due.time(|| open.call("complaint_tick", &json!({})));
    let late = open.read("complaint_inbox", &json!({ "limit": 1 }))["late"].as_i64().unwrap_or(0);
    let everything = Duration::from_millis(50);
    figures.extend([
        clocks::figure(shop.size),
        Figure::at_most("complaints.due", 1.0, "≤ 50 ms", stopwatch::ratio(all_due.median(), everything))
            .measured("complaint_tick when everything falls due at once: judged, told, kept", shown(all_due.median()))
            .against(format!("{}, a recompute without keeping it", shown(everything)))
            .checked(late >= cases, format!("{late} late")),
        Figure::plain("complaints.open", "—", Held::Untold)
            .measured("complaint_open, durable", opening.text())
            .against("—"),
    ]);
    figures
}

/// One command: what the book's thread did of it, and all of it.
#[derive(Default)]
struct Look {
    engine: Laps,
    whole: Laps,
}

impl Look {
    fn time(&mut self, open: &OpenShop, command: &str, input: &Value) -> String {
        let engine_time = || open.app.take_engine_time_for_tests().expect("the book is open");
        engine_time();
        let answer = self.whole.time(|| open.call(command, input));
        self.engine.note(engine_time());
        answer
    }

    /// Two rows: the engine against the limit, and the whole command, which has none.
    fn figures(&self, [engine, whole]: [&'static str; 2], what: &str) -> [Figure; 2] {
        let limit = Duration::from_micros(100);
        [
            Figure::at_most(engine, 1.0, "≤ 100 µs", stopwatch::ratio(self.engine.median(), limit))
                .measured(format!("{what}: the book's thread"), self.engine.text())
                .against(shown(limit)),
            Figure::plain(whole, "—", Held::Untold)
                .measured(format!("{what}: the whole command"), self.whole.text())
                .against("—"),
        ]
    }
}

fn looks(open: &OpenShop, rounds: usize, expected: i64) -> Vec<Figure> {
    let [mut list, mut sold, mut list_anew, mut bar, mut bar_anew, mut idle] = std::array::from_fn(|_| Look::default());
    let (mut total, mut bytes) = (0, 0);
    let first = json!({ "limit": 30 });
    open.call("complaint_tick", &json!({}));
    let case = open.read("complaint_inbox", &first)["rows"][0]["id"].clone();
    for round in 0..rounds {
        // A step of any case may change the list: it is read from the due times of all once more.
        open.call("complaint_note", &json!({ "id": case, "text": format!("已查看照片 {round}") }));
        let after_a_step = list_anew.time(open, "complaint_inbox", &first);
        bar_anew.time(open, "frame_get", &json!({}));
        open.call("sale_create", &json!({ "amount_minor": 1_200 }));
        let after_a_sale = sold.time(open, "complaint_inbox", &first);
        let answer = list.time(open, "complaint_inbox", &first);
        assert_eq!([&after_a_sale, &answer], [&after_a_step; 2], "a kept list says what a fresh one says");
        bytes = answer.len();
        total = serde_json::from_str::<Value>(&answer).expect("answers are JSON")["total"].as_i64().unwrap_or(0);
        bar.time(open, "frame_get", &json!({}));
        idle.time(open, "complaint_tick", &json!({}));
    }
    let told = format!("complaint_inbox, the first thirty of {total}, {bytes} B");
    let [engine, whole] = list.figures(["complaints.list", "complaints.list_whole"], &told);
    let mut figures = vec![engine.checked(total == expected, format!("{total} of {expected} open")), whole];
    figures.extend(sold.figures(["complaints.list_sold", "complaints.list_sold_whole"], "the list after a sale"));
    figures.extend(list_anew.figures(["complaints.list_step", "complaints.list_step_whole"], "the list after a step"));
    figures.extend(bar.figures(["complaints.bar", "complaints.bar_whole"], "frame_get: top bar and most urgent clock"));
    figures.extend(bar_anew.figures(["complaints.bar_step", "complaints.bar_step_whole"], "the top bar after a step"));
    figures.extend(idle.figures(["complaints.idle", "complaints.idle_whole"], "complaint_tick while nothing is due"));
    figures
}

fn open_cases(open: &OpenShop) -> i64 {
    open.read("complaint_inbox", &json!({ "limit": 1 }))["total"].as_i64().unwrap_or(0)
}
