//! Re-segmenting everybody by every ready-made scheme, previewing cut points and thresholds, the first look after
//! opening and the screens that show it all: against a plain loop over aggregates that lie ready in memory.

use super::figure::Figure;
use super::plain_book;
use super::shop::{OpenShop, Shop, Size, now, open as open_again};
use super::stopwatch::{self, Laps, shown};
use rusqlite::Connection;
use serde_json::{Value, json};
use shukebu_backend::commands;
use shukebu_backend::segmentation::run_if_due;
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
    let longest = Longest::in_a_shop_of(shop.size);
    let (schemes, previews) = schemes(&open, &ready, rounds, (everybody, longest));
    let mut figures = vec![first_look(shop, rounds, everybody), after_a_sale(&open, rounds, longest)];
    figures.extend(schemes);
    figures.extend(previews);
    figures.extend([
        Figure::at_most("segments.run", 2.0, "≤ 2×", stopwatch::ratio(run.median(), plain.median()))
            .measured("segment_run: measures, cut points, classes, moves, audit, durable", run.text())
            .against(format!("{}, R, F and M by quantile over ready aggregates", plain.text()))
            .checked(people == everybody, format!("{people} of {everybody} people in a class")),
        longest
            .figure("segments.preview", &preview)
            .measured("ladder_preview while a threshold is dragged", preview.text())
            .against(format!("{} (a loop over ready aggregates: {})", longest.words(), shown(ladder_loop.median())))
            .checked(moved == everybody, format!("{moved} of {everybody} people on a step")),
        Figure::at_most(
            "segments.screen",
            1.0,
            "≤ 20 ms",
            stopwatch::ratio(screen.median(), Duration::from_millis(20)),
        )
        .measured("segment_get: classes with people and the money of a year", screen.text())
        .against("20 ms, the longest that the counter may wait"),
    ]);
    figures
}

/// How long may pass while something is dragged.
#[derive(Clone, Copy)]
struct Longest {
    time: Duration,
    what: &'static str,
    target: &'static str,
}

impl Longest {
    /// A frame; in a shop larger than any, what still seems to follow the hand.
    fn in_a_shop_of(size: Size) -> Self {
        match size {
            Size::Tiny | Size::Typical | Size::Large => {
                Self { time: Duration::from_micros(16_667), what: "one frame", target: "one frame" }
            }
            Size::Million | Size::Extreme => {
                Self {
                    time: Duration::from_millis(100), what: "in which something has to happen", target: "≤ 100 ms"
                }
            }
        }
    }

    fn figure(self, key: &'static str, laps: &Laps) -> Figure {
        Figure::at_most(key, 1.0, self.target, stopwatch::ratio(laps.median(), self.time))
    }

    fn words(self) -> String {
        format!("{}, {}", shown(self.time), self.what)
    }
}

/// Keys of the figures of a scheme: a run, a preview.
const SCHEMES: [(&str, &str, &str); 11] = [
    ("simple_rfm", "segments.run.simple", "segments.drag.simple"),
    ("rfm_555", "segments.run.rfm", "segments.drag.rfm"),
    ("frequency_thirds", "segments.run.often", "segments.drag.often"),
    ("amount_thirds", "segments.run.amount", "segments.drag.amount"),
    ("value_grid", "segments.run.grid", "segments.drag.grid"),
    ("small_orders", "segments.run.small", "segments.drag.small"),
    ("old_new_large_small", "segments.run.old", "segments.drag.old"),
    ("pareto_20_60_20", "segments.run.pareto", "segments.drag.pareto"),
    ("contribution_potential", "segments.run.value", "segments.drag.value"),
    ("product_preference", "segments.run.likes", "segments.drag.likes"),
    ("custom", "segments.run.custom", "segments.drag.custom"),
];

/// Every ready-made scheme: run by hand, and previewed as while a cut point is dragged.
fn schemes(
    open: &OpenShop,
    ready: &[Ready],
    rounds: usize,
    (everybody, longest): (i64, Longest),
) -> (Vec<Figure>, Vec<Figure>) {
    let (mut runs, mut previews) = (vec![], vec![]);
    for (scheme, run_key, drag_key) in SCHEMES {
        let input = json!({ "scheme": scheme });
        // The first run writes everybody's class; what is measured is a run that moves nobody.
        open.call("segment_run", &input);
        let (run, plain) = stopwatch::by_turns(
            rounds,
            |_| std::hint::black_box(open.call("segment_run", &input)),
            |_| std::hint::black_box(scored(ready)),
        );
        let view = open.read("scheme_get", &json!({ "key": scheme }));
        let people = sum_of_people(&view);
        runs.push(
            Figure::at_most(run_key, 2.0, "≤ 2×", stopwatch::ratio(run.median(), plain.median()))
                .measured(format!("segment_run {scheme}"), run.text())
                .against(format!("{}, the plain loop", plain.text()))
                .checked(people == everybody, format!("{people} of {everybody} people in a class")),
        );
        let cuts =
            open.read("segment_preview", &json!({ "definition": view["definition"] }))["bands"][0]["cuts"].clone();
        let mut preview = Laps::default();
        let mut seen = 0;
        for round in 0..rounds {
            let definition = json!({ "definition": dragged(&view["definition"], &cuts, round) });
            let answer = preview.time(|| open.read("segment_preview", &definition));
            seen = sum_of_people(&answer);
        }
        previews.push(
            longest
                .figure(drag_key, &preview)
                .measured(format!("segment_preview {scheme}, a cut point elsewhere each time"), preview.text())
                .against(longest.words())
                .checked(seen == everybody, format!("{seen} of {everybody} people in a class")),
        );
    }
    (runs, previews)
}

/// The definition with the highest cut point of its first band in the hand. A scheme without one stays as it is.
fn dragged(definition: &Value, cuts: &Value, round: usize) -> Value {
    let mut dragged = definition.clone();
    let mut places: Vec<i64> = vec![];
    for at in cuts.as_array().into_iter().flatten().filter_map(|cut| cut["at"].as_i64()) {
        places.push(places.last().map_or(at, |before| at.max(before + 1)));
    }
    if let Some(last) = places.last_mut() {
        *last += i64::try_from(round).unwrap_or(0);
        dragged["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": places });
    }
    dragged
}

/// The first look after opening, by numbers that the book kept: customers are read, not sales.
fn first_look(shop: &Shop, rounds: usize, everybody: i64) -> Figure {
    let copy = shop.copied();
    let kept = copy.opened();
    run_if_due(&kept.app).expect("the day's work is done");
    let mut looks = Laps::default();
    let mut people = 0;
    let book = kept.book();
    kept.app.close_book();
    for _ in 0..rounds.min(7) {
        let (app, _) = open_again(&book, kept.folder());
        let answer = looks.time(|| commands::call(&app, "segment_insights", "{}").expect("an answer"));
        let view: Value = serde_json::from_str(&answer).expect("answers are JSON");
        people = view["buyers"].as_i64().unwrap_or(0);
        app.close_book();
    }
    Figure::at_most("segments.first", 1.0, "≤ 1 s", stopwatch::ratio(looks.median(), Duration::from_secs(1)))
        .measured("segment_insights as the first thing after opening", looks.text())
        .against("1 s, after which a person wonders")
        .checked(people > 0 && people <= everybody, format!("{people} buyers of a year"))
}

/// A look right after a sale: one customer is counted anew.
fn after_a_sale(open: &OpenShop, rounds: usize, longest: Longest) -> Figure {
    let mut looks = Laps::default();
    let mut counted = true;
    for round in 0..rounds {
        let customer = i64::try_from(round).unwrap_or(0) + 1;
        open.call("sale_create", &json!({ "customer_id": customer, "amount_minor": 3_600 }));
        let answer = looks.time(|| open.read("scheme_get", &json!({ "key": "simple_rfm" })));
        counted &= sum_of_people(&answer) > 0;
    }
    longest
        .figure("segments.sale", &looks)
        .measured("scheme_get right after a sale", looks.text())
        .against(longest.words())
        .checked(counted, "everybody in a class")
}

fn sum_of_people(view: &Value) -> i64 {
    view["classes"].as_array().map_or(0, |classes| classes.iter().filter_map(|class| class["people"].as_i64()).sum())
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
