//! The state of a case's clocks as a pure function of what happened: the one engine behind the product's cases and the
//! rule laboratory.
//!
//! Acts are handed in one after the other; nothing is judged until it is asked for, except where a judgement could be
//! lost: before a policy, a calendar or a start changes, and before an act is entered that took place earlier than it
//! was recorded. A promise found broken stays broken.

use super::promise::{Allowance, ClockState, ClockStatus, Correction, Measure, PerPromise, Promise, WarnWhen, Warning};
use super::stopwatch::{Broken, Hours, Mark, NEVER, Stopwatch};
use crate::calendar::CompiledCalendar;
use crate::time::Timestamp;

/// What is promised and how it is watched.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Time allowed per promise; none where nothing is promised.
    pub allowances: PerPromise<Option<Allowance>>,
    /// Which clocks stand while the case waits for the customer.
    pub pausing: PerPromise<bool>,
    /// Wall-clock seconds that one cycle may stand in all.
    pub pause_limit_s: Option<i64>,
    /// The warnings of every clock.
    pub warnings: Vec<WarnWhen>,
    /// How long before closing a promise is warned of that falls due while closed.
    pub before_closing_s: i64,
}

/// When something took place and when the program learnt of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub at: Timestamp,
    pub recorded_at: Timestamp,
}

impl Moment {
    /// Something that is recorded as it takes place.
    pub(crate) const fn now(at: Timestamp) -> Self {
        Self { at, recorded_at: at }
    }
}

/// A clock as it stands.
#[derive(Debug)]
pub(crate) struct Reading {
    pub state: ClockState,
    /// The first instant at which a running promise is broken if nothing happens.
    pub breaks_at: Option<Timestamp>,
}

/// The clocks of one case.
#[derive(Debug)]
pub(crate) struct Engine<'a> {
    calendar: &'a CompiledCalendar,
    rules: Rules,
    cycle: u32,
    /// Whether the case is being worked on: received or reopened, and not ended since.
    open: bool,
    waiting: bool,
    /// All waiting of the case.
    pauses: Vec<(Timestamp, Timestamp)>,
    /// Seconds of the limit that this cycle has used, up to the last finished wait.
    limit_used_ms: i64,
    /// The customer wrote after the case had ended.
    unanswered_after_end: bool,
    watches: PerPromise<Option<Stopwatch>>,
    /// Clocks of earlier cycles and exchanges.
    filed: Vec<(Promise, Stopwatch)>,
}

impl<'a> Engine<'a> {
    /// A case that has come in: its clocks start.
    pub(crate) fn receive(calendar: &'a CompiledCalendar, rules: Rules, at: Timestamp) -> Self {
        let mut engine = Self {
            calendar,
            rules,
            cycle: 1,
            open: true,
            waiting: false,
            pauses: Vec::new(),
            limit_used_ms: 0,
            unanswered_after_end: false,
            watches: PerPromise::default(),
            filed: Vec::new(),
        };
        engine.start(Promise::Response, at);
        engine.start(Promise::Resolution, at);
        engine
    }

    /// A person answered: the response and the update are given.
    pub(crate) fn respond(&mut self, moment: Moment) {
        if self.open {
            self.end(Promise::Response, moment);
            self.end(Promise::Update, moment);
        } else {
            self.unanswered_after_end = false;
        }
    }

    /// A person answered, but not yet in the way that counts as the first response.
    pub(crate) fn answer_contact(&mut self, moment: Moment) {
        if self.open {
            self.end(Promise::Update, moment);
        } else {
            self.unanswered_after_end = false;
        }
    }

    /// The customer wrote or called. The oldest unanswered contact counts; later ones do not push it out.
    pub(crate) fn customer_contact(&mut self, at: Timestamp) {
        if !self.open {
            self.unanswered_after_end = true;
        } else if self.watches.update.as_ref().is_none_or(|watch| watch.ended.is_some()) {
            self.start(Promise::Update, at);
        }
    }

    /// The case waits for the customer: the clocks that may stand, stand.
    pub(crate) fn pause(&mut self, moment: Moment) {
        self.judge_before_backdating(moment);
        if !self.open || self.waiting {
            return;
        }
        self.waiting = true;
        let from = self.pauses.last().map_or(moment.at, |last| moment.at.max(last.1));
        let limit = self.rules.pause_limit_s.map_or(NEVER, |seconds| {
            let left = seconds.saturating_mul(1000).saturating_sub(self.limit_used_ms).max(0);
            Timestamp::from_millis(from.millis().saturating_add(left))
        });
        if from < limit {
            self.pauses.push((from, limit));
        }
        for promise in Promise::ALL {
            self.pause_watch(promise, from, limit);
        }
    }

    /// The waiting is over.
    pub(crate) fn resume(&mut self, at: Timestamp) {
        if !self.waiting {
            return;
        }
        self.waiting = false;
        if let Some(last) = self.pauses.last_mut() {
            last.1 = last.1.min(at).max(last.0);
            self.limit_used_ms += last.1.millis() - last.0.millis();
        }
        for promise in Promise::ALL {
            if let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_none()) {
                watch.resume(at);
            }
        }
    }

    /// The case is resolved. That counts as a response and as an answer, and the follow-up begins.
    pub(crate) fn resolve(&mut self, moment: Moment) {
        if !self.open {
            return;
        }
        self.judge_before_backdating(moment);
        for promise in [Promise::Response, Promise::Update, Promise::Resolution] {
            self.end(promise, moment);
        }
        self.resume(moment.at);
        self.open = false;
        self.start(Promise::FollowUp, moment.at);
    }

    /// The follow-up took place.
    pub(crate) fn follow_up(&mut self, moment: Moment) {
        self.end(Promise::FollowUp, moment);
    }

    /// Nothing more is owed: the customer withdrew, or the case is another one twice. Clocks that have not been judged
    /// stop without a verdict; broken promises stay broken.
    pub(crate) fn withdraw(&mut self, moment: Moment) {
        self.judge(moment.recorded_at);
        self.resume(moment.at);
        self.open = false;
        for promise in Promise::ALL {
            if let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_none()) {
                watch.allowance = None;
                watch.ended = Some(moment.at);
            }
        }
    }

    /// The follow-up is given up for a stated reason.
    pub(crate) fn withdraw_follow_up(&mut self, moment: Moment) {
        self.judge(moment.recorded_at);
        if let Some(watch) = self.watches.follow_up.as_mut().filter(|watch| watch.ended.is_none()) {
            watch.allowance = None;
            watch.ended = Some(moment.at);
        }
    }

    /// The case comes back: a new cycle with its own clocks; the verdicts of the old one move to the history.
    pub(crate) fn reopen(&mut self, moment: Moment) {
        if self.open {
            return;
        }
        self.withdraw_follow_up(moment);
        for promise in Promise::ALL {
            self.file(promise);
        }
        self.cycle += 1;
        self.open = true;
        self.limit_used_ms = 0;
        self.start(Promise::Response, moment.at);
        self.start(Promise::Resolution, moment.at);
        if std::mem::take(&mut self.unanswered_after_end) {
            self.start(Promise::Update, moment.at);
        }
    }

    /// Other promises or another calendar from now on: open clocks are counted anew from their start, judged ones stay.
    pub(crate) fn change_terms(&mut self, at: Timestamp, calendar: &'a CompiledCalendar, rules: Rules) {
        self.judge(at);
        self.calendar = calendar;
        self.rules = rules;
        for promise in Promise::ALL {
            let allowance = *self.rules.allowances.get(promise);
            if let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_none()) {
                watch.allowance = allowance;
            }
        }
    }

    /// The first receipt was at another time. Clocks of the first cycle that nobody has judged count from there.
    pub(crate) fn correct_receipt(&mut self, at: Timestamp, received_at: Timestamp) {
        self.judge(at);
        if self.cycle > 1 {
            return;
        }
        for promise in [Promise::Response, Promise::Resolution] {
            let watch = self.watches.get_mut(promise).as_mut();
            if let Some(watch) = watch.filter(|watch| watch.ended.is_none() && watch.broken.is_none()) {
                watch.start = received_at;
            }
        }
    }

    /// A judged act took place at another time. The verdict stays; what the times say now stands beside it.
    pub(crate) fn correct_act(&mut self, promise: Promise, happened_at: Timestamp) {
        let calendar = self.calendar;
        if let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_some()) {
            watch.correction = corrected(watch, calendar, happened_at);
        }
    }

    /// The clocks as they stand; none for an update that nobody waits for.
    pub(crate) fn clocks(&self, now: Timestamp) -> PerPromise<Option<Reading>> {
        let mut readings = PerPromise::default();
        for promise in Promise::ALL {
            let watch = self.watches.get(promise).as_ref();
            *readings.get_mut(promise) = watch.map(|watch| self.read(promise, watch, now, &self.rules.warnings));
        }
        readings
    }

    /// Verdicts of earlier cycles and earlier exchanges, oldest first, without their warnings.
    pub(crate) fn history(&self) -> Vec<ClockState> {
        self.filed
            .iter()
            // Where nothing was promised there is nothing to judge.
            .filter(|(_, watch)| watch.allowance.is_some() || watch.broken.is_some())
            .map(|(promise, watch)| self.read(*promise, watch, watch.start, &[]).state)
            .collect()
    }

    /// Which cycle the case is in, from 1.
    pub(crate) const fn cycle(&self) -> u32 {
        self.cycle
    }

    /// Open seconds that the case has waited for the customer in all its cycles.
    pub(crate) fn paused_s(&self, now: Timestamp) -> i64 {
        let millis: i64 =
            self.pauses.iter().map(|(from, to)| self.calendar.millis_between(*from, (*to).min(now))).sum();
        millis.div_euclid(1000)
    }

    /// When the clocks run again although the case still waits, because waiting has a limit.
    pub(crate) fn pause_ends_at(&self) -> Option<Timestamp> {
        if self.waiting { self.pauses.last().map(|last| last.1).filter(|end| *end != NEVER) } else { None }
    }

    /// Whether a clock counts day and night.
    pub(crate) fn counts_always(&self, promise: Promise) -> bool {
        let watch = self.watches.get(promise).as_ref();
        watch.and_then(|watch| watch.allowance).is_some_and(|allowance| allowance.measure == Measure::Wall)
    }

    /// The stretches during which a clock stood; the last one may be without end.
    pub(crate) fn pauses_of(&self, promise: Promise) -> &[(Timestamp, Timestamp)] {
        self.watches.get(promise).as_ref().map_or(&[], Stopwatch::pauses)
    }

    fn start(&mut self, promise: Promise, at: Timestamp) {
        self.file(promise);
        let watch = Stopwatch::new(self.cycle, at, *self.rules.allowances.get(promise));
        *self.watches.get_mut(promise) = Some(watch);
        if self.waiting {
            let limit = self.pauses.last().map_or(at, |last| last.1);
            self.pause_watch(promise, at, limit);
        }
    }

    fn pause_watch(&mut self, promise: Promise, from: Timestamp, limit: Timestamp) {
        if *self.rules.pausing.get(promise)
            && let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_none())
        {
            watch.pause(from, limit);
        }
    }

    fn end(&mut self, promise: Promise, moment: Moment) {
        self.judge_before_backdating(moment);
        let calendar = self.calendar;
        let Some(watch) = self.watches.get_mut(promise).as_mut().filter(|watch| watch.ended.is_none()) else { return };
        // What was judged late before anybody said that it had been done stays late until that was said; what the
        // times say stands beside it.
        let said_too_late = watch.broken.is_some() && moment.at < moment.recorded_at;
        let ended = if said_too_late { moment.recorded_at } else { moment.at };
        watch.correction = if said_too_late { corrected(watch, calendar, moment.at) } else { None };
        watch.resume(ended);
        watch.ended = Some(ended);
    }

    /// Moves an ended clock to the history.
    fn file(&mut self, promise: Promise) {
        if let Some(watch) = self.watches.get_mut(promise).take().filter(|watch| watch.ended.is_some()) {
            self.filed.push((promise, watch));
        }
    }

    fn judge_before_backdating(&mut self, moment: Moment) {
        if moment.at < moment.recorded_at {
            self.judge(moment.recorded_at);
        }
    }

    /// Writes down what cannot be taken back: verdicts, broken promises and fired warnings.
    fn judge(&mut self, now: Timestamp) {
        for index in 0..self.filed.len() {
            if let Some((promise, watch)) = self.filed.get(index).filter(|(_, watch)| watch.judged.is_none()) {
                let judged = Box::new(self.read(*promise, watch, now, &[]).state);
                if let Some((_, watch)) = self.filed.get_mut(index) {
                    watch.judged = Some(judged);
                }
            }
        }
        for promise in Promise::ALL {
            let Some(watch) = self.watches.get(promise).as_ref() else { continue };
            let state = self.read(promise, watch, now, &self.rules.warnings).state;
            let Some(watch) = self.watches.get_mut(promise).as_mut() else { continue };
            if watch.ended.is_some() {
                watch.judged = Some(Box::new(state));
                continue;
            }
            watch.fired = state
                .warnings
                .iter()
                .filter(|warning| warning.fired)
                .filter_map(|warning| Some((warning.when, warning.at?)))
                .collect();
            if let (ClockStatus::Breached, None, Some(allowance)) = (state.state, watch.broken, watch.allowance) {
                watch.broken = Some(Broken { due: state.due_at, allowance });
            }
        }
    }

    fn read(&self, promise: Promise, watch: &Stopwatch, now: Timestamp, warnings: &[WarnWhen]) -> Reading {
        if let Some(judged) = &watch.judged {
            let state = ClockState { correction: watch.correction, ..(**judged).clone() };
            return Reading { state, breaks_at: None };
        }
        let until = watch.ended.unwrap_or(now).max(watch.start);
        let allowance = watch.broken.map(|broken| broken.allowance).or(watch.allowance);
        let hours = Hours::of(allowance.map_or(Measure::Open, |allowance| allowance.measure), self.calendar);
        let mut marks = allowance.map_or_else(Vec::new, |allowance| marks(allowance, warnings));
        let elapsed_s = watch.survey(hours, until, &mut marks);
        let mut reached = marks.iter().map(|mark| mark.at);
        let (used_up, breaks_at) = (reached.next().flatten(), reached.next().flatten());
        let late = allowance.is_some_and(|allowance| elapsed_s > allowance.seconds);
        let state = match (allowance, watch.ended) {
            (None, _) => ClockStatus::Withdrawn,
            (Some(_), _) if late || watch.broken.is_some() => ClockStatus::Breached,
            (Some(_), Some(_)) => ClockStatus::Met,
            (Some(_), None) if watch.stands_at(now) => ClockStatus::Paused,
            (Some(_), None) => ClockStatus::Running,
        };
        let due_at = watch.broken.map_or(used_up, |broken| broken.due);
        let warning = |when: &WarnWhen| {
            let at = match when {
                WarnWhen::Percent(_) | WarnWhen::SecondsLeft(_) => reached.next().flatten(),
                WarnWhen::BeforeClosing => self.before_closing(due_at),
            };
            match watch.fired.iter().find(|(fired, _)| fired == when) {
                Some((_, at)) => Warning { when: *when, at: Some(*at), fired: true },
                None => Warning { when: *when, at, fired: at.is_some_and(|at| at <= until) },
            }
        };
        let state = ClockState {
            promise,
            cycle: watch.cycle,
            state,
            started_at: watch.start,
            due_at,
            ended_at: watch.ended,
            elapsed_s,
            target_s: allowance.map(|allowance| allowance.seconds),
            slack_s: allowance.map(|allowance| allowance.seconds - elapsed_s),
            warnings: warnings.iter().map(warning).collect(),
            correction: watch.correction,
        };
        Reading { breaks_at: breaks_at.filter(|_| state.state == ClockStatus::Running), state }
    }

    /// The warning before the closing that comes before a due time, when that lies in a closed stretch.
    fn before_closing(&self, due_at: Option<Timestamp>) -> Option<Timestamp> {
        let closing = self.do_before(due_at?)?;
        self.calendar.subtract(closing, self.rules.before_closing_s)
    }

    /// The last closing before something falls due while the shop is closed.
    pub(crate) fn do_before(&self, due_at: Timestamp) -> Option<Timestamp> {
        let closing = self.calendar.subtract(due_at, 0)?;
        (closing < due_at).then_some(closing)
    }
}

/// When the time is used up, when the promise is broken, and the warnings that are counted in seconds.
fn marks(allowance: Allowance, warnings: &[WarnWhen]) -> Vec<Mark> {
    let target = allowance.seconds;
    let mut marks = Vec::with_capacity(2 + warnings.len());
    // Kept while elapsed is no more than allowed, in whole seconds.
    marks.extend([Mark::new(target), Mark::new(target.saturating_add(1))]);
    marks.extend(warnings.iter().filter_map(|when| match when {
        WarnWhen::Percent(percent) => Some(Mark::new(target.saturating_mul(i64::from(*percent)) / 100)),
        WarnWhen::SecondsLeft(left) => Some(Mark::new(target.saturating_sub(*left))),
        WarnWhen::BeforeClosing => None,
    }));
    marks
}

fn corrected(watch: &Stopwatch, calendar: &CompiledCalendar, happened_at: Timestamp) -> Option<Correction> {
    let allowance = watch.broken.map(|broken| broken.allowance).or(watch.allowance)?;
    let elapsed_s = watch.elapsed(Hours::of(allowance.measure, calendar), happened_at);
    Some(Correction { happened_at, elapsed_s, met: elapsed_s <= allowance.seconds })
}
