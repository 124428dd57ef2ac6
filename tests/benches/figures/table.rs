//! The table of customers: its first page in every order and behind the usual conditions, and the page after it.

use super::figure::Figure;
use super::shop::{OpenShop, Shop};
use super::stopwatch::{self, Laps, shown};
use serde_json::{Value, json};
use std::time::Duration;

/// Every column by which a person may put everybody in order.
const ORDERS: [&str; 24] = [
    "name",
    "member_no",
    "joined_on",
    "tier",
    "segment",
    "priority",
    "last_on",
    "first_on",
    "orders",
    "net",
    "points",
    "open_complaints",
    "phone",
    "wechat",
    "email",
    "tags",
    "salutation",
    "mnemonic",
    "kind",
    "company",
    "gender",
    "birthday",
    "address",
    "completeness",
];

/// Conditions as shops ask them: a tier that was not here for long, big spenders, birthdays of a month, what lacks.
const CONDITIONS: [(&str, &str, &str); 6] = [
    ("tier", "at_least", "1"),
    ("last_on", "over_days", "90"),
    ("net_minor", "at_least", "100000"),
    ("birth_month", "is", "3"),
    ("phone", "empty", ""),
    ("completeness", "at_most", "60"),
];

/// The slowest order and the slowest condition after a change, the slowest of those that are new, and the page after it.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let open = shop.opened();
    let rounds = shop.size.rounds(3);
    let (mut order, mut condition, mut next) = (Slowest::default(), Slowest::default(), Laps::default());
    let mut new = Slowest::default();
    let mut is_right = true;
    for name in ORDERS {
        let filter = json!({ "sort": name });
        for descending in [true, false] {
            new.time(name, || page(&open, &json!({ "sort": name, "descending": descending }), 0));
        }
        for round in 0..rounds {
            write_something(&open, round);
            let first = order.time(name, || page(&open, &filter, 0));
            let second = next.time(|| page(&open, &filter, 50));
            is_right &= first["total"] == second["total"] && first["rows"] != second["rows"];
        }
    }
    for (field, op, value) in CONDITIONS {
        let one = json!({ "field": field, "op": op, "value": value });
        let filter = json!({ "conditions": { "any": false, "groups": [{ "any": false, "conditions": [one] }] } });
        new.time(field, || page(&open, &filter, 0));
        for round in 0..rounds {
            write_something(&open, round);
            let answer = condition.time(field, || page(&open, &filter, 0));
            is_right &= answer["total"].as_i64().is_some();
        }
    }
    let figure = |key, target, when, slowest: &Slowest, (most, why): (Duration, &str)| {
        Figure::at_most(key, 1.0, target, stopwatch::ratio(slowest.median, most))
            .measured(slowest.text(when), shown(slowest.median))
            .against(format!("{}, {why}", shown(most)))
    };
    let moment = (Duration::from_millis(100), "in which something has to happen");
    let long = (Duration::from_secs(1), "after which a person wonders");
    vec![
        figure("table.orders", "≤ 100 ms", "after a change", &order, moment)
            .checked(is_right, format!("{} orders, the next page is another one", ORDERS.len())),
        figure("table.conditions", "≤ 100 ms", "after a change", &condition, moment),
        // Everybody is read for it, in pieces between which the counter is served.
        figure("table.new", "≤ 1 s", "of what nobody asked for before", &new, long),
        Figure::at_most("table.next", 1.0, "≤ 10 ms", stopwatch::ratio(next.median(), Duration::from_millis(10)))
            .measured("the page after it, in any order", next.text())
            .against("10 ms, most of a frame"),
    ]
}

/// A note on somebody's profile: whatever hangs on profiles is made anew.
fn write_something(open: &OpenShop, round: usize) {
    open.call("customer_create", &json!({ "name": format!("新客{round}"), "phone": "13812345678" }));
}

fn page(open: &OpenShop, filter: &Value, offset: i64) -> Value {
    let mut filter = filter.clone();
    filter["offset"] = offset.into();
    filter["limit"] = 50.into();
    open.read("customer_table", &json!({ "filter": filter, "columns": ["name", "phone", "tier", "last_on", "net"] }))
}

/// The question whose median is the longest.
#[derive(Default)]
struct Slowest {
    name: &'static str,
    laps: Laps,
    /// Of the slowest question so far.
    median: Duration,
    of: &'static str,
}

impl Slowest {
    fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        if self.name != name {
            self.name = name;
            self.laps = Laps::default();
        }
        let answer = self.laps.time(work);
        // A first lap alone says little, but a later one of the same question takes its place.
        if self.of == name || self.laps.median() > self.median {
            self.median = self.laps.median();
            self.of = name;
        }
        answer
    }

    fn text(&self, when: &str) -> String {
        format!("customer_table, first page {when}, the slowest: {}", self.of)
    }
}
