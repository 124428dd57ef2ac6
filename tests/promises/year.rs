//! A year of a busy shop: cases that overlap, wait, come back and are forgotten, things that are promised for a day,
//! while the program is sometimes off.
//! Every verdict of the book is held against a count by the minute that knows nothing of the program's own calendar.

use super::{get, open};
use crate::support::Shop;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DAY: usize = 24 * 60;
/// Days that are counted: the year, and what falls due after it.
const DAYS: usize = 450;
const STATUTORY: &str = include_str!("../../src-tauri/crates/domain/src/calendar/statutory_days.json");

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
}

/// A minute of the year as the shop's clock shows it.
fn written(minute: usize) -> String {
    let at = first_day().and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::try_from(minute).expect("small"));
    format!("{}+08:00", at.format("%Y-%m-%dT%H:%M:%S"))
}

fn minute_of(instant: &Value) -> usize {
    let at = DateTime::parse_from_rfc3339(instant.as_str().expect("an instant")).expect("RFC 3339").naive_utc();
    let local: NaiveDateTime = at + TimeDelta::hours(8);
    usize::try_from((local - first_day().and_time(chrono::NaiveTime::MIN)).num_minutes()).expect("in the year")
}

/// Whether the shop is open in each minute: Monday to Saturday 9–12 and 13–18, as the notices of the State Council say.
fn open_minutes() -> Vec<bool> {
    let list: Value = serde_json::from_str(STATUTORY).expect("JSON");
    let years = list["years"].as_object().expect("years");
    let days = |year: &Value, key: &str| -> Vec<NaiveDate> {
        let found = match &year[key] {
            Value::Object(festivals) => {
                festivals.values().flat_map(|days| days.as_array().cloned()).flatten().collect()
            }
            days => days.as_array().cloned().unwrap_or_default(),
        };
        found.iter().map(|day: &Value| day.as_str().expect("a day").parse().expect("a day")).collect()
    };
    let off: BTreeSet<NaiveDate> = years.values().flat_map(|year| days(year, "off")).collect();
    let work: BTreeSet<NaiveDate> = years.values().flat_map(|year| days(year, "work")).collect();
    let is_worked = |day: NaiveDate| work.contains(&day) || (day.weekday() != Weekday::Sun && !off.contains(&day));
    (0..DAYS * DAY)
        .map(|minute| {
            let day = first_day() + Days::new((minute / DAY) as u64);
            is_worked(day) && matches!(minute % DAY / 60, 9..=11 | 13..=17)
        })
        .collect()
}

/// Chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("a 64-bit machine") % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Open,
    Respond,
    Wait,
    Wrote,
    Resolve,
    FollowUp { is_unhappy: bool },
    Promise { day: usize },
    Keep,
    GiveUp,
    Reopen,
    Close,
}

/// What is to be done with a case and when, and what must be judged of it by then.
#[derive(Default)]
struct Plan {
    acts: Vec<(usize, Act)>,
    verdicts: Vec<(String, i64, bool, usize)>,
    promised: Option<Promised>,
}

/// Something promised for a day: when the shop closes on it, and what comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Promised {
    due: usize,
    is_kept: Option<bool>,
    is_done: bool,
}

struct Shopkeeper<'a> {
    open: &'a [bool],
    chance: Chance,
}

impl Shopkeeper<'_> {
    /// After how many open minutes, of which none lie between two others, a budget is used up: the end of its last one.
    fn due(&self, from: usize, budget: usize, pause: (usize, usize)) -> usize {
        let counts = |minute: &usize| self.open[*minute] && !(pause.0..pause.1).contains(minute);
        (from..self.open.len()).filter(counts).nth(budget - 1).expect("long enough") + 1
    }

    fn used(&self, from: usize, to: usize, pause: (usize, usize)) -> usize {
        (from..to).filter(|minute| self.open[*minute] && !(pause.0..pause.1).contains(minute)).count()
    }

    /// Some time later, when somebody is in the shop.
    fn later(&mut self, after: usize, within: usize) -> usize {
        let from = after + self.chance.below(within);
        (from..self.open.len()).find(|minute| self.open[*minute]).expect("the shop opens again")
    }

    /// Something is promised for one of the next days, and done in time, done late, or given up.
    fn promise(&mut self, plan: &mut Plan, resolved: usize) {
        let at = self.later(resolved + 1, 30);
        let day = self.later(at + DAY, 5 * DAY) / DAY;
        let due = (day * DAY..(day + 1) * DAY).rfind(|minute| self.open[*minute]).expect("an open day") + 1;
        let end = self.later(at + 1, 8 * DAY);
        let is_done = !self.chance.one_in(5);
        // What is given up before its day is over was neither kept nor broken.
        let is_kept = (is_done || end > due).then_some(end <= due);
        plan.acts.push((at, Act::Promise { day }));
        plan.acts.push((end, if is_done { Act::Keep } else { Act::GiveUp }));
        plan.promised = Some(Promised { due, is_kept, is_done });
    }

    fn plan(&mut self, received: usize) -> Plan {
        let mut plan = Plan { acts: vec![(received, Act::Open)], ..Plan::default() };
        let (mut cycle, mut start) = (1, received);
        loop {
            let mut at = start;
            let mut answered = None;
            if !self.chance.one_in(6) {
                let slow = [20, 70, 400][self.chance.below(3)];
                at = self.later(at + 1, slow);
                plan.acts.push((at, Act::Respond));
                answered = Some(at);
            }
            let mut pause = (0, 0);
            if answered.is_some() && self.chance.one_in(3) {
                let from = self.later(at + 1, 300);
                // Never the three days after which waiting ends by itself.
                pause = (from, from + 1 + self.chance.below(3 * DAY - 1));
                plan.acts.extend([(pause.0, Act::Wait), (pause.1, Act::Wrote)]);
                at = pause.1;
            }
            let slow = [300, 2 * DAY, 6 * DAY][self.chance.below(3)];
            let resolved = self.later(at + 1, slow);
            plan.acts.push((resolved, Act::Resolve));
            if cycle == 1 && self.chance.one_in(2) {
                self.promise(&mut plan, resolved);
            }
            let answered = answered.unwrap_or(resolved);
            let of = |promise: &str, is_met, due| (promise.to_owned(), cycle, is_met, due);
            plan.verdicts.push(of("response", self.used(start, answered, (0, 0)) <= 60, self.due(start, 60, (0, 0))));
            let kept = self.used(start, resolved, pause) <= DAY;
            plan.verdicts.push(of("resolution", kept, self.due(start, DAY, pause)));
            let called = self.later(resolved + 4 * 60, 4 * DAY);
            let due = resolved + 72 * 60;
            plan.verdicts.push(of("follow_up", called <= due, due));
            let is_unhappy = cycle < 3 && self.chance.one_in(5);
            plan.acts.push((called, Act::FollowUp { is_unhappy }));
            if !is_unhappy {
                plan.acts.push((called + 1, Act::Close));
                return plan;
            }
            (cycle, start) = (cycle + 1, called + 1 + self.chance.below(DAY));
            plan.acts.push((start, Act::Reopen));
        }
    }
}

fn act(shop: &Shop, id: i64, act: Act) {
    let promised = || get(shop, id)["remedies"][0]["id"].clone();
    let step = |text: &str| json!({ "id": id, "text": text });
    match act {
        Act::Open => unreachable!("a case is opened before it has a number"),
        Act::Respond => shop.call("complaint_respond", json!({ "id": id, "channel": "phone" })),
        Act::Wait => shop.call("complaint_wait", step("等照片")),
        Act::Wrote => shop.call("complaint_customer_wrote", step("发了")),
        Act::Resolve => shop.call(
            "complaint_resolve",
            json!({
                "id": id, "empathy": "真对不起", "compensation_kind": "none", "compensation_note": "只要道歉",
                "improvement_waived": "已经改过了",
            }),
        ),
        Act::FollowUp { is_unhappy } => {
            let result = if is_unhappy { "unhappy" } else { "satisfied" };
            shop.call("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": result }))
        }
        Act::Promise { day } => shop.call(
            "complaint_promise",
            json!({ "id": id, "kind": "redo", "text": "重做一个", "due_on": &written(day * DAY)[..10], "cost_minor": 2_000 }),
        ),
        Act::Keep => shop.call("complaint_finish_promise", json!({ "id": promised() })),
        Act::GiveUp => shop.call("complaint_drop_promise", json!({ "id": promised(), "reason": "客人不要了" })),
        Act::Reopen => shop.call("complaint_reopen", step("又坏了")),
        Act::Close => shop.call("complaint_close", json!({ "id": id })),
    };
}

#[test]
fn a_busy_year_is_judged_as_a_count_by_the_minute_judges_it() {
    let mut shop = Shop::at("2026-01-01T08:00:00+08:00");
    let mut calendar = shop.call("calendar_get", json!({}))["calendar"].clone();
    let hours = json!([["09:00", "12:00"], ["13:00", "18:00"]]);
    let week: Vec<&str> = vec!["mon", "tue", "wed", "thu", "fri", "sat"];
    calendar["weekly"] = week.into_iter().map(|day| (day.to_owned(), hours.clone())).collect();
    shop.call("calendar_change", json!({ "calendar": calendar, "closes_on_statutory_days": true }));

    let open_in = open_minutes();
    let mut keeper = Shopkeeper { open: &open_in, chance: Chance(0x9e37_79b9_7f4a_7c15) };
    let mut plans: Vec<Plan> = vec![];
    for day in 0..365 {
        // Most days bring one case, some none, some three; any hour of the day or night.
        for _ in 0..[0, 1, 1, 3][keeper.chance.below(4)].min(if day % 7 == 0 { 3 } else { 1 }) {
            let received = day * DAY + 7 * 60 + keeper.chance.below(16 * 60);
            plans.push(keeper.plan(received.max(9 * 60)));
        }
    }
    let mut acts: Vec<(usize, usize, Act)> = vec![];
    for (case, plan) in plans.iter().enumerate() {
        acts.extend(plan.acts.iter().map(|(at, act)| (*at, case, *act)));
    }
    acts.sort_unstable();
    let mut ids = vec![0; plans.len()];
    for (n, (at, case, what)) in acts.into_iter().enumerate() {
        shop.set_clock(&written(at));
        // The program looks now and then; for days it does not run at all.
        if at / DAY % 10 < 7 && n % 2 == 0 {
            shop.call("complaint_tick", json!({}));
        }
        if n % 400 == 399 {
            shop.restart();
        }
        match what {
            Act::Open => ids[case] = open(&shop, json!({ "description": "蛋糕塌了", "category": "quality" })),
            other => act(&shop, ids[case], other),
        }
    }
    let mut sums = std::collections::BTreeMap::<(String, bool), i64>::new();
    for (id, plan) in ids.iter().zip(&plans) {
        let view = get(&shop, *id);
        let mut judged: Vec<(String, i64, bool, usize)> = view["verdicts"]
            .as_array()
            .expect("verdicts")
            .iter()
            .map(|verdict| {
                let promise = verdict["promise"].as_str().expect("a promise").to_owned();
                let is_met = verdict["is_met"].as_bool().expect("a verdict");
                (promise, verdict["cycle"].as_i64().expect("a cycle"), is_met, minute_of(&verdict["due_at"]))
            })
            .collect();
        let mut expected = plan.verdicts.clone();
        judged.sort_unstable();
        expected.sort_unstable();
        assert_eq!(judged, expected, "case {id}: {:?}", plan.acts);
        let promised = view["remedies"].as_array().expect("a list").first().map(|it| Promised {
            due: minute_of(&it["due_at"]),
            is_kept: it["dates"][0]["is_kept"].as_bool(),
            is_done: it["state"] == "done",
        });
        assert_eq!(promised, plan.promised, "case {id}: {:?}", plan.acts);
        for (promise, _, is_met, _) in expected {
            *sums.entry((promise, is_met)).or_default() += 1;
        }
    }
    shop.set_clock(&written(440 * DAY));
    let report = shop.call("complaint_report", json!({ "from": "2026-01-01", "to": "2026-12-31" }));
    assert_eq!(report["totals"]["cases"], plans.len());
    for figures in report["totals"]["promises"].as_array().expect("promises") {
        let promise = figures["promise"].as_str().expect("a promise").to_owned();
        for (is_met, key) in [(true, "met"), (false, "broken")] {
            let sum = sums.get(&(promise.clone(), is_met)).copied().unwrap_or(0);
            assert!(sum > 20, "the year has too few {promise} {key}: {sum}");
            assert_eq!(figures[key], sum, "{promise} {key}");
        }
    }
    let promised: Vec<Promised> = plans.iter().filter_map(|plan| plan.promised).collect();
    let told = &report["remedies"][0];
    for (key, is_kept) in [("kept", Some(true)), ("broken", Some(false))] {
        let sum = promised.iter().filter(|it| it.is_kept == is_kept).count();
        assert!(sum > 10, "the year has too few that were {key}: {sum}");
        assert_eq!(told[key], sum, "{key}");
    }
    let done = promised.iter().filter(|it| it.is_done).count();
    assert_eq!((&told["given_up"], &told["open"]), (&json!(promised.len() - done), &json!(0)));
    assert_eq!(told["cost_minor"], done * 2_000, "what was given up has cost nothing");
    assert_eq!(shop.call("complaint_inbox", json!({}))["total"], 0);
}
