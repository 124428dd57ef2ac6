//! Ten thousand open cases, each with a year of entries, from nothing but what happened: what the caches spare the
//! program. No book is asked and nothing is kept. Judged by processor time.

use super::figure::Figure;
use super::shop::{Size, now};
use super::stopwatch::{self, Laps, shown};
use shukebu_domain::calendar::{BusinessCalendar, CompiledCalendar, StatutoryDays};
use shukebu_domain::complaint::{CaseTraits, Channel, Event, EventKind, Policy, Severity, Terms, clocks};
use shukebu_domain::time::Timestamp;
use std::time::Duration;

const DAY_S: i64 = 86_400;
const YEAR_DAYS: i64 = 365;
const WEEK_DAYS: i64 = 7;

/// The clocks of all of them counted anew.
pub fn figure(size: Size) -> Figure {
    let cases: i64 = if size == Size::Tiny { 20 } else { 10_000 };
    let calendar = hours();
    // A year of waiting now and then must not use up the limit of waiting: every clock stays to be counted.
    let policy = Policy { pause_limit_hours: 9_000, ..Policy::default() };
    let terms = [Terms::always(&policy, &calendar)];
    let histories: Vec<Vec<Event>> =
        (0..cases).map(|case| history(now().plus_seconds(-YEAR_DAYS * DAY_S + case))).collect();
    let entries: usize = histories.iter().map(Vec::len).sum();
    let traits = CaseTraits::default();
    let mut laps = Laps::default();
    let mut running = 0;
    for _ in 0..size.rounds(9) {
        running = laps.time(|| {
            let counted = histories.iter().filter_map(|events| clocks(&terms, &traits, events, now()).ok());
            counted.filter(|state| state.next_due.is_some()).count()
        });
    }
    let limit = Duration::from_millis(50);
    // One thread counts and waits for nothing: its processor time is what it takes where nobody else computes.
    let taken = laps.cpu().unwrap_or_else(|| laps.median());
    Figure::at_most("complaints.recompute", 1.0, "≤ 50 ms", stopwatch::ratio(taken, limit))
        .measured(format!("the clocks of {cases} open cases from {entries} entries of a year"), laps.text())
        .against(shown(limit))
        .checked(i64::try_from(running) == Ok(cases), format!("{running} still owe something"))
}

/// Six days a week with a lunch break, and the statutory days.
fn hours() -> CompiledCalendar {
    let open = || vec![["09:00".to_owned(), "12:00".to_owned()], ["13:00".to_owned(), "21:00".to_owned()]];
    let week = BusinessCalendar {
        tz: "Asia/Shanghai".into(),
        weekly: ["mon", "tue", "wed", "thu", "fri", "sat"].map(|day| (day.to_owned(), open())).into(),
        ..BusinessCalendar::default()
    };
    StatutoryDays::shipped().followed_by(&week, &open()).compile().expect("BUG: the hours are right")
}

/// A case that goes back and forth for a year: every week an answer, a wait, a message and a note in turn.
fn history(received_at: Timestamp) -> Vec<Event> {
    let entry = |seconds: i64, what: EventKind| {
        let at = received_at.plus_seconds(seconds);
        Event { at, recorded_at: at, what }
    };
    let mut events = vec![entry(0, EventKind::Received { severity: Severity::Normal })];
    for week in 0..=YEAR_DAYS / WEEK_DAYS {
        let what = match week % 4 {
            0 => EventKind::Responded { channel: Channel::Phone },
            1 => EventKind::Waiting { reason: "等客户寄回样品".into() },
            2 => EventKind::CustomerContact,
            _ => EventKind::Noted,
        };
        events.push(entry(week * WEEK_DAYS * DAY_S + 1_800, what));
    }
    events
}
