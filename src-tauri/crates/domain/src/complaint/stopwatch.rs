//! One clock: a start, the stretches during which it stands, an end. It knows how many seconds have passed and when a
//! number of seconds will have passed; it decides nothing.

use super::promise::{Allowance, ClockState, Correction, Measure, WarnWhen};
use crate::calendar::CompiledCalendar;
use crate::time::Timestamp;
use std::cmp::Ordering;

/// Later than every instant: the end of a pause that nobody has ended.
pub(super) const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// What a second is counted by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hours<'a> {
    Open(&'a CompiledCalendar),
    Wall,
}

impl<'a> Hours<'a> {
    pub(super) const fn of(measure: Measure, calendar: &'a CompiledCalendar) -> Self {
        match measure {
            Measure::Open => Self::Open(calendar),
            Measure::Wall => Self::Wall,
        }
    }

    fn millis_between(self, from: Timestamp, to: Timestamp) -> i64 {
        match self {
            Self::Open(calendar) => calendar.millis_between(from, to),
            Self::Wall => to.millis().saturating_sub(from.millis()).max(0),
        }
    }

    fn add_millis(self, from: Timestamp, millis: i64) -> Option<Timestamp> {
        match self {
            Self::Open(calendar) => calendar.add_millis(from, millis),
            Self::Wall => from.millis().checked_add(millis).map(Timestamp::from_millis),
        }
    }
}

/// A promise that was found broken: what it allowed then, and when that was used up. It never changes again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken {
    pub due: Option<Timestamp>,
    pub allowance: Allowance,
}

#[derive(Debug, Clone)]
pub(super) struct Stopwatch {
    pub cycle: u32,
    pub start: Timestamp,
    pub ended: Option<Timestamp>,
    pub allowance: Option<Allowance>,
    pub broken: Option<Broken>,
    pub correction: Option<Correction>,
    /// The verdict as it was under the policy and the calendar in force when the clock ended.
    pub judged: Option<Box<ClockState>>,
    /// Warnings whose moment came under an earlier policy or calendar.
    pub fired: Vec<(WarnWhen, Timestamp)>,
    /// In order and apart from each other.
    pauses: Vec<(Timestamp, Timestamp)>,
}

impl Stopwatch {
    pub(super) const fn new(cycle: u32, start: Timestamp, allowance: Option<Allowance>) -> Self {
        Self {
            cycle,
            start,
            ended: None,
            allowance,
            broken: None,
            correction: None,
            judged: None,
            fired: Vec::new(),
            pauses: Vec::new(),
        }
    }

    /// Stops the clock from `from` until [`Self::resume`], at the latest until `limit`.
    pub(super) fn pause(&mut self, from: Timestamp, limit: Timestamp) {
        let from = self.pauses.last().map_or(from, |last| from.max(last.1));
        if from < limit {
            self.pauses.push((from, limit));
        }
    }

    /// Lets the clock run again from `at` on.
    pub(super) fn resume(&mut self, at: Timestamp) {
        if let Some(last) = self.pauses.last_mut() {
            last.1 = last.1.min(at).max(last.0);
        }
    }

    pub(super) fn stands_at(&self, at: Timestamp) -> bool {
        self.pauses.last().is_some_and(|pause| pause.0 <= at && at < pause.1)
    }

    pub(super) fn pauses(&self) -> &[(Timestamp, Timestamp)] {
        &self.pauses
    }

    /// The stretches during which the clock runs, up to an instant.
    fn stretches(&self, until: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let mut from = self.start;
        self.pauses.iter().copied().chain(std::iter::once((NEVER, NEVER))).filter_map(move |pause| {
            let stretch = (from, pause.0.min(until));
            from = from.max(pause.1);
            (stretch.0 < stretch.1).then_some(stretch)
        })
    }

    /// Seconds that have passed by an instant, rounded down once.
    pub(super) fn elapsed(&self, hours: Hours<'_>, until: Timestamp) -> i64 {
        let millis: i64 = self.stretches(until).map(|(from, to)| hours.millis_between(from, to)).sum();
        millis.div_euclid(1000)
    }

    /// Seconds that have passed by an instant, and for every mark the earliest instant at which so many seconds have
    /// passed; none when the clock stands before that and nobody knows for how long. One walk answers all.
    pub(super) fn survey(&self, hours: Hours<'_>, until: Timestamp, marks: &mut [Mark]) -> i64 {
        let mut elapsed = 0;
        let mut ran = 0;
        for (from, to) in self.stretches(NEVER) {
            let endless = to == NEVER;
            let run = if endless { i64::MAX } else { hours.millis_between(from, to) };
            elapsed += match to.cmp(&until) {
                _ if from >= until => 0,
                Ordering::Less | Ordering::Equal => run,
                Ordering::Greater => hours.millis_between(from, until),
            };
            for mark in marks.iter_mut().filter(|mark| mark.at.is_none()) {
                let left = mark.seconds.max(0).saturating_mul(1000).saturating_sub(ran);
                if left <= run {
                    mark.at = hours.add_millis(from, left);
                }
            }
            ran = ran.saturating_add(run);
        }
        elapsed.div_euclid(1000)
    }
}

/// A number of seconds, and when it is reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub seconds: i64,
    pub at: Option<Timestamp>,
}

impl Mark {
    pub(super) const fn new(seconds: i64) -> Self {
        Self { seconds, at: None }
    }
}
