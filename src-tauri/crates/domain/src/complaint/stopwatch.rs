//! One clock: a start, the stretches during which it stands, an end. It knows how many seconds have passed and when a
//! number of seconds will have passed; it decides nothing.

use super::promise::{Allowance, ClockState, Correction, Measure, WarnWhen};
use crate::calendar::CompiledCalendar;
use crate::time::Timestamp;

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

    fn elapsed_millis(&self, hours: Hours<'_>, until: Timestamp) -> i64 {
        self.stretches(until).map(|(from, to)| hours.millis_between(from, to)).sum()
    }

    /// Seconds that have passed by an instant, rounded down once.
    pub(super) fn elapsed(&self, hours: Hours<'_>, until: Timestamp) -> i64 {
        self.elapsed_millis(hours, until).div_euclid(1000)
    }

    /// The earliest instant at which so many seconds have passed; none when the clock stands before that and nobody
    /// knows for how long.
    pub(super) fn instant_at(&self, hours: Hours<'_>, seconds: i64) -> Option<Timestamp> {
        let mut left = seconds.max(0).checked_mul(1000)?;
        for (from, to) in self.stretches(NEVER) {
            if to == NEVER {
                return hours.add_millis(from, left);
            }
            let runs = hours.millis_between(from, to);
            if left <= runs {
                return hours.add_millis(from, left);
            }
            left -= runs;
        }
        None
    }

    /// [`Self::instant_at`] for a moment that is still to come, without going through the past again.
    pub(super) fn instant_to_come(
        &self,
        hours: Hours<'_>,
        now: Timestamp,
        elapsed: Elapsed,
        seconds: i64,
    ) -> Option<Timestamp> {
        let left = seconds.checked_mul(1000)?.checked_sub(elapsed.millis)?;
        if left <= 0 {
            return self.instant_at(hours, seconds);
        }
        let resumes = self.pauses.last().map_or(now, |last| last.1.max(now)).max(self.start);
        if resumes == NEVER { None } else { hours.add_millis(resumes, left) }
    }

    /// What has passed by an instant, for [`Self::instant_to_come`].
    pub(super) fn elapsed_by(&self, hours: Hours<'_>, until: Timestamp) -> Elapsed {
        Elapsed { millis: self.elapsed_millis(hours, until) }
    }
}

/// Time that has passed on a clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elapsed {
    millis: i64,
}

impl Elapsed {
    pub(super) const fn seconds(self) -> i64 {
        self.millis.div_euclid(1000)
    }
}
