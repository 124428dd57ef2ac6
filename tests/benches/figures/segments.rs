//! Re-segmenting everybody, previewing new thresholds and opening the screens that show them: against a plain loop
//! over aggregates that lie ready in memory.

use super::figure::Figure;
use super::plain_book;
use super::shop::{Shop, now};
use super::stopwatch::{self, Laps, shown};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::time::Duration;

/// Ready aggregates of one customer.
struct Ready {
    recency_days: i64,
    orders: i64,
    net: i64,
}

/// Run, preview and screen.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let ready = ready(&plain_book::open(shop.book()));
    let open = shop.opened();
    let rounds = shop.size.rounds(if shop.sales() > 500_000 { 7 } else { 15 });
    let mut people = 0;
    let (run, plain) = stopwatch::by_turns(
        rounds,
        |_| {
            let answer = open.read("segment_run", &json!({}));
            people = answer["after"]["customers"].as_i64().unwrap_or(0);
        },
        |_| std::hint::black_box(scored(&ready)),
    );
    let change = json!({ "steps": steps(&open.read("ladder_get", &json!({}))) });
    let mut moved = 0;
    let (preview, ladder_loop) = stopwatch::by_turns(
        rounds,
        |_| {
            let answer = open.read("ladder_preview", &change);
            moved = answer["people"].as_array().map_or(0, |tiers| tiers.iter().filter_map(Value::as_i64).sum());
        },
        |_| std::hint::black_box(placed(&ready)),
    );
    let mut screen = Laps::default();
    for _ in 0..rounds {
        screen.time(|| open.call("segment_get", &json!({})));
    }
    let everybody = shop.customers();
    let frame = Duration::from_micros(16_667);
    vec![
        Figure::at_most("segments.run", 2.0, "≤ 2×", stopwatch::ratio(run.median(), plain.median()))
            .measured("segment_run: measures, cut points, classes, moves, audit, durable", run.text())
            .against(format!("{}, R, F and M by quantile over ready aggregates", plain.text()))
            .checked(people == everybody, format!("{people} of {everybody} people in a class")),
        Figure::at_most("segments.preview", 1.0, "one frame", stopwatch::ratio(preview.median(), frame))
            .measured("ladder_preview while a threshold is dragged", preview.text())
            .against(format!(
                "{}, one frame (a loop over ready aggregates: {})",
                shown(frame),
                shown(ladder_loop.median())
            ))
            .checked(moved == everybody, format!("{moved} of {everybody} people on a step")),
        Figure::at_most(
            "segments.screen",
            1.0,
            "≤ 20 ms",
            stopwatch::ratio(screen.median(), Duration::from_millis(20)),
        )
        .measured("segment_get: classes with people and the money of a year", screen.text())
        .against("20 ms, the longest that the counter may wait"),
    ]
}

fn ready(book: &Connection) -> Vec<Ready> {
    let today = now().utc().date_naive();
    let mut statement = book
        .prepare("SELECT last_on, orders, net_minor FROM customer_figures WHERE last_on IS NOT NULL")
        .expect("the book has figures");
    let rows = statement.query_map([], |row| {
        let last: String = row.get("last_on")?;
        let last: chrono::NaiveDate = last.parse().expect("a day");
        Ok(Ready { recency_days: (today - last).num_days(), orders: row.get("orders")?, net: row.get("net_minor")? })
    });
    rows.expect("figures can be read").map(|row| row.expect("figures")).collect()
}

/// Five equal parts of each measure, and how many people stand in each of the 125 cells.
fn scored(ready: &[Ready]) -> Vec<u32> {
    let cuts = |value: fn(&Ready) -> i64| {
        let mut values: Vec<i64> = ready.iter().map(value).collect();
        [1, 2, 3, 4].map(|fifth| {
            let at = values.len() * fifth / 5;
            if values.is_empty() { 0 } else { *values.select_nth_unstable(at).1 }
        })
    };
    let score = |cuts: &[i64; 4], value: i64| cuts.iter().filter(|cut| **cut < value).count();
    let (r, f, m) = (cuts(|row| row.recency_days), cuts(|row| row.orders), cuts(|row| row.net));
    let mut cells = vec![0; 125];
    for row in ready {
        cells[score(&r, row.recency_days) * 25 + score(&f, row.orders) * 5 + score(&m, row.net)] += 1;
    }
    cells
}

/// How many people would stand on each of four steps.
fn placed(ready: &[Ready]) -> [u32; 4] {
    let mut steps = [0; 4];
    for row in ready {
        steps[[100_000, 300_000, 800_000].iter().filter(|enter| **enter <= row.net).count()] += 1;
    }
    steps
}

/// The steps of the ladder with the highest threshold raised by a tenth.
fn steps(ladder: &Value) -> Vec<Value> {
    let steps = ladder["steps"].as_array().cloned().unwrap_or_default();
    let last = steps.len() - 1;
    let raised = |(place, step): (usize, &Value)| {
        let spend = step["enter_spend_minor"].as_i64().map(|spend| if place == last { spend * 11 / 10 } else { spend });
        json!({ "name": step["tier"]["name"], "enter_spend_minor": spend, "enter_visits": step["enter_visits"] })
    };
    steps.iter().enumerate().map(raised).collect()
}
