//! The review of the 1st seen beforehand, for everybody: how long it takes after something was written, and how long the
//! counter waits meanwhile.

use super::figure::Figure;
use super::shop::{OpenShop, Shop};
use super::stopwatch::{self, Laps, shown};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The preview after a change, again without one, and a look at the counter while it runs.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let rounds = shop.size.rounds(if shop.sales() > 500_000 { 3 } else { 7 });
    let open = shop.opened();
    let (mut first, mut again, mut counter) = (Laps::default(), Laps::default(), Laps::default());
    let mut answers = vec![];
    for round in 0..rounds {
        // Whatever is written makes the next look the first one.
        open.call("customer_create", &json!({ "name": format!("新客{round}") }));
        answers.push(first.time(|| open.read("ladder_review_preview", &json!({}))));
        answers.push(again.time(|| open.read("ladder_review_preview", &json!({}))));
        open.call("customer_create", &json!({ "name": format!("又一位{round}") }));
        answers.push(beside_the_counter(&open, &mut counter));
    }
    let (second, wait) = (Duration::from_secs(1), Duration::from_millis(100));
    let found = |answer: &Value| (answer["falls"].as_i64(), answer["begins"].as_i64());
    let is_same = answers.windows(2).all(|pair| matches!(pair, [a, b] if found(a) == found(b)));
    let (falls, begins) = answers.last().map(found).unwrap_or_default();
    vec![
        Figure::at_most("review.first", 1.0, "≤ 1 s", stopwatch::ratio(first.median(), second))
            .measured("ladder_review_preview after a change: a walk over everybody, in pieces", first.text())
            .against(format!("{}, after which a person wonders", shown(second)))
            .checked(is_same, format!("{} fall, {} begin a grace", falls.unwrap_or(0), begins.unwrap_or(0))),
        Figure::at_most("review.again", 1.0, "≤ 1 s", stopwatch::ratio(again.median(), second))
            .measured("the same again", again.text())
            .against(format!("{}, after which a person wonders", shown(second))),
        Figure::at_most("review.counter", 1.0, "≤ 100 ms", stopwatch::ratio(counter.longest(), wait))
            .measured("a read of the counter (sale_day) while the preview runs, the slowest of them", counter.text())
            .against(format!("{}, in which something has to happen", shown(wait))),
    ]
}

/// The preview on a thread of its own while the counter looks somebody up again and again.
fn beside_the_counter(open: &OpenShop, counter: &mut Laps) -> Value {
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let preview = scope.spawn(|| {
            let answer = open.read("ladder_review_preview", &json!({}));
            is_done.store(true, Ordering::Relaxed);
            answer
        });
        while !is_done.load(Ordering::Relaxed) {
            counter.time(|| open.call("sale_day", &json!({ "on": "2026-03-01" })));
        }
        counter.time(|| open.call("sale_day", &json!({ "on": "2026-03-01" })));
        preview.join().expect("the preview ends")
    })
}
