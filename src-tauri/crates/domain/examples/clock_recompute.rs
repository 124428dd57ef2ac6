//! How long one tick takes: the clocks of 10,000 open complaints, each with a year of history, recomputed from scratch.
//!
//! `cargo run --release -p shukebu-domain --example clock_recompute`

use shukebu_domain::calendar::{BusinessCalendar, StatutoryDays};
use shukebu_domain::complaint::{CaseTraits, Channel, Event, EventKind, Policy, Severity, Terms, clocks};
use shukebu_domain::time::Timestamp;
use std::time::Instant;

const CASES: i64 = 10_000;
const ROUNDS: usize = 9;
const DAY: i64 = 86_400;

/// A case that came in a year ago and has gone back and forth ever since: an answer, a wait, a contact and a note in
/// turn, so many days apart.
fn history(received_at: Timestamp, days_apart: i64) -> Vec<Event> {
    let entry = |seconds: i64, what: EventKind| {
        let at = received_at.plus_seconds(seconds);
        Event { at, recorded_at: at, what }
    };
    let mut events = vec![entry(0, EventKind::Received { severity: Severity::Normal })];
    for (turn, day) in (0..365).step_by(usize::try_from(days_apart).unwrap_or(1)).enumerate() {
        let what = match turn % 4 {
            0 => EventKind::Responded { channel: Channel::Phone },
            1 => EventKind::Waiting { reason: "等客户寄回样品".into() },
            2 => EventKind::CustomerContact,
            _ => EventKind::Noted,
        };
        events.push(entry(day * DAY + 1_800, what));
    }
    events
}

fn main() {
    let hours = || vec![["09:00".to_owned(), "12:00".to_owned()], ["13:00".to_owned(), "21:00".to_owned()]];
    let written = BusinessCalendar {
        tz: "Asia/Shanghai".into(),
        weekly: ["mon", "tue", "wed", "thu", "fri", "sat"].map(|day| (day.to_owned(), hours())).into(),
        ..BusinessCalendar::default()
    };
    let written = StatutoryDays::shipped().followed_by(&written, &hours());
    let Ok(calendar) = written.compile() else { return eprintln!("the calendar was refused") };
    let Some(now) = Timestamp::parse("2026-03-02T11:30:00+08:00") else { return };
    let plain = Policy { pause_limit_hours: 9_000, ..Policy::default() };
    let with_updates = Policy { update_minutes: Some(240), ..plain.clone() };
    for (name, policy, days_apart) in
        [("an entry a week", &plain, 7), ("with updates", &with_updates, 7), ("an entry every two days", &plain, 2)]
    {
        let cases: Vec<Vec<Event>> =
            (0..CASES).map(|index| history(now.plus_seconds(-365 * DAY + index), days_apart)).collect();
        let entries: usize = cases.iter().map(Vec::len).sum();
        let terms = [Terms::always(policy, &calendar)];
        let mut times: Vec<u128> = (0..ROUNDS).map(|_| recompute(&terms, &cases, now)).collect();
        times.sort_unstable();
        let at = |rank: usize| times.get(rank).copied().unwrap_or_default();
        println!("{name}: {entries} entries, {} µs (median of {ROUNDS}; {}–{})", at(ROUNDS / 2), at(0), at(ROUNDS - 1));
    }
}

/// Microseconds for one recomputation of all cases.
fn recompute(terms: &[Terms<'_>], cases: &[Vec<Event>], now: Timestamp) -> u128 {
    let traits = CaseTraits::default();
    let started = Instant::now();
    let due = cases
        .iter()
        .filter_map(|events| clocks(terms, &traits, events, now).ok())
        .filter(|state| state.next_due.is_some())
        .count();
    assert!(due > 0, "the work is not optimised away");
    started.elapsed().as_micros()
}
