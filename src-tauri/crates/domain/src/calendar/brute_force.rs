//! Business time against a model that goes through every minute: a table of the zone's local minutes, a flag per
//! minute, and counting. It shares no code with the calendar, not even the zone conversion.

use super::BusinessCalendar;
use crate::time::Timestamp;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

const DAYS: u64 = 9;
const MINUTES: usize = 14 * 1440;

/// A stretch of two weeks around something interesting in one zone; questions stay inside of it.
struct Window {
    zone: &'static str,
    first_day: NaiveDate,
    /// UTC minute of index 0.
    origin: i64,
    local: Vec<NaiveDateTime>,
    first_index_of: HashMap<NaiveDateTime, usize>,
}

impl Window {
    fn new(zone: &'static str, first_day: &str) -> Self {
        let tz: Tz = zone.parse().unwrap();
        let first_day: NaiveDate = first_day.parse().unwrap();
        let origin = first_day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / 60 - 2880;
        let local: Vec<NaiveDateTime> = (0..MINUTES as i64)
            .map(|minute| DateTime::from_timestamp((origin + minute) * 60, 0).unwrap().with_timezone(&tz).naive_local())
            .collect();
        let mut first_index_of = HashMap::new();
        for (index, minute) in local.iter().enumerate() {
            first_index_of.entry(*minute).or_insert(index);
        }
        Self { zone, first_day, origin, local, first_index_of }
    }

    /// The index of a local minute: its first occurrence, or as far behind the gap as it lies in it.
    fn index_of(&self, minute: NaiveDateTime) -> usize {
        if let Some(index) = self.first_index_of.get(&minute) {
            return *index;
        }
        let gap = self.local.windows(2).find(|pair| pair[0] < minute && minute < pair[1]).unwrap();
        let jump = gap[1] - gap[0] - TimeDelta::minutes(1);
        self.first_index_of[&(minute + jump)]
    }

    fn instant(&self, index: usize) -> Timestamp {
        Timestamp::from_millis((self.origin + index as i64) * 60_000)
    }
}

static WINDOWS: LazyLock<Vec<Window>> = LazyLock::new(|| {
    vec![
        Window::new("Europe/Berlin", "2026-03-25"),
        Window::new("Europe/Berlin", "2026-10-21"),
        Window::new("America/New_York", "2026-03-04"),
        Window::new("America/New_York", "2026-10-28"),
        Window::new("Australia/Lord_Howe", "2026-04-01"),
        Window::new("Australia/Lord_Howe", "2026-09-30"),
        Window::new("Asia/Shanghai", "2025-12-27"),
        Window::new("America/Sao_Paulo", "2015-10-14"),
    ]
});

/// Minutes of the day; `to` may be 1440, and not later than `from` means the next day.
type Interval = (u32, u32);

#[derive(Debug, Clone)]
struct Random {
    window: usize,
    weekly: Vec<Vec<Interval>>,
    weekly_breaks: Vec<Vec<Interval>>,
    overrides: BTreeMap<u64, Vec<Interval>>,
    breaks: BTreeMap<u64, Vec<Interval>>,
    closed: Vec<u64>,
}

fn interval() -> impl Strategy<Value = Interval> {
    // Coarse steps make touching, equal and nested intervals likely; fine ones meet the edges of clock changes.
    prop_oneof![(0..48_u32, 0..=48_u32).prop_map(|(from, to)| (from * 30, to * 30)), (0..1440_u32, 0..=1440_u32)]
}

fn random() -> impl Strategy<Value = Random> {
    let day = || prop::collection::vec(interval(), 0..3);
    let rare = || prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(interval(), 1..3)];
    (
        0..WINDOWS.len(),
        prop::collection::vec(day(), 7),
        prop::collection::vec(rare(), 7),
        prop::collection::btree_map(0..DAYS, day(), 0..3),
        prop::collection::btree_map(0..DAYS, day(), 0..3),
        prop::collection::vec(0..DAYS, 0..3),
    )
        .prop_map(|(window, weekly, weekly_breaks, overrides, breaks, closed)| Random {
            window,
            weekly,
            weekly_breaks,
            overrides,
            breaks,
            closed,
        })
}

fn written(random: &Random) -> BusinessCalendar {
    let window = &WINDOWS[random.window];
    let time = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let texts = |intervals: &Vec<Interval>| intervals.iter().map(|(from, to)| [time(*from), time(*to)]).collect();
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let date = |day: u64| (window.first_day + Days::new(day)).to_string();
    let weekday = |(index, hours): (usize, &Vec<Interval>)| (names[index].to_owned(), texts(hours));
    let mut breaks: BTreeMap<String, _> = random.weekly_breaks.iter().enumerate().map(weekday).collect();
    breaks.extend(random.breaks.iter().map(|(day, hours)| (date(*day), texts(hours))));
    BusinessCalendar {
        tz: window.zone.to_owned(),
        weekly: random.weekly.iter().enumerate().map(weekday).collect(),
        date_overrides: random.overrides.iter().map(|(day, hours)| (date(*day), texts(hours))).collect(),
        breaks,
        holidays: random.closed.iter().map(|day| date(*day)).collect(),
    }
}

/// A flag per minute of the window.
fn minutes(random: &Random) -> Vec<bool> {
    let window = &WINDOWS[random.window];
    let mut open = vec![false; MINUTES];
    let mut broken = vec![false; MINUTES];
    // From the day before, whose night may run into the window, to the day after.
    for offset in 0..DAYS + 1 {
        let day = window.first_day + Days::new(offset) - Days::new(1);
        let weekday = day.weekday().num_days_from_monday() as usize;
        let index = offset.checked_sub(1);
        let mark = |flags: &mut Vec<bool>, (from, to): Interval| {
            let midnight = day.and_time(chrono::NaiveTime::MIN);
            let to = if to <= from { to + 1440 } else { to };
            let from = window.index_of(midnight + TimeDelta::minutes(i64::from(from)));
            let to = window.index_of(midnight + TimeDelta::minutes(i64::from(to)));
            if from < to {
                flags[from..to].fill(true);
            }
        };
        if !index.is_some_and(|index| random.closed.contains(&index)) {
            let own = index.and_then(|index| random.overrides.get(&index));
            for interval in own.unwrap_or(&random.weekly[weekday]) {
                mark(&mut open, *interval);
            }
        }
        let of_date = index.and_then(|index| random.breaks.get(&index)).into_iter().flatten();
        for interval in of_date.chain(&random.weekly_breaks[weekday]) {
            mark(&mut broken, *interval);
        }
    }
    open.iter().zip(broken).map(|(open, broken)| *open && !broken).collect()
}

/// The part of a window where every day that could open was looked at.
fn settled(window: &Window) -> std::ops::Range<usize> {
    let midnight = |day: u64| (window.first_day + Days::new(day)).and_time(chrono::NaiveTime::MIN);
    window.index_of(midnight(0))..window.index_of(midnight(DAYS - 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn open_time_equals_a_count_of_every_minute(
        random in random(), picks in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 6)
    ) {
        let window = &WINDOWS[random.window];
        let open = minutes(&random);
        let range = settled(window);
        let Ok(calendar) = written(&random).compile() else {
            // Where a clock changes, a break may shift off its hours once a year; that is no opening to count on.
            let ordinary = window.zone == "Asia/Shanghai";
            prop_assert!(!ordinary || open[range].iter().all(|open| !open), "refused although it opens");
            return Ok(());
        };
        let pick = |share: f64| range.start + (share * (range.len() - 1) as f64) as usize;
        for (a, b) in picks {
            let (a, b) = (pick(a), pick(b));
            prop_assert_eq!(calendar.is_open(window.instant(a)), open[a], "is_open {}", window.instant(a));
            let counted = if a < b { open[a..b].iter().filter(|open| **open).count() } else { 0 };
            prop_assert_eq!(calendar.between(window.instant(a), window.instant(b)), counted as i64 * 60);
            if a >= b {
                continue;
            }
            // The earliest instant with the counted minutes behind it lies right after the last of them.
            let last = (a..b).rev().find(|index| open[*index]);
            let first = (a..b).find(|index| open[*index]);
            if let (Some(last), Some(first)) = (last, first) {
                let seconds = counted as i64 * 60;
                prop_assert_eq!(calendar.add(window.instant(a), seconds), Some(window.instant(last + 1)));
                prop_assert_eq!(calendar.subtract(window.instant(b), seconds), Some(window.instant(first)));
                prop_assert_eq!(calendar.add(window.instant(a), 0), Some(window.instant(first)));
                prop_assert_eq!(calendar.subtract(window.instant(b), 0), Some(window.instant(last + 1)));
                let half = calendar.add(window.instant(a), seconds - 30);
                prop_assert_eq!(half, Some(window.instant(last).plus_seconds(30)));
            }
            let mut stretches = Vec::new();
            for index in a..b {
                if open[index] && (index == a || !open[index - 1]) {
                    stretches.push((index, index));
                }
                if let Some(stretch) = stretches.last_mut().filter(|_| open[index]) {
                    stretch.1 = index + 1;
                }
            }
            let expected: Vec<_> =
                stretches.iter().map(|(from, to)| (window.instant(*from), window.instant(*to))).collect();
            let found: Vec<_> = calendar
                .segments_until(window.instant(a), window.instant(b))
                .iter()
                .map(|segment| (segment.from, segment.to))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
