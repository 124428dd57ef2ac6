//! Walks a history day by day of importance: reviews, ends of tiers given by hand, new versions of the ladder, and
//! the events themselves. On one day the morning comes first: a hand-given tier ends, new rules begin, the review is
//! held, then the day's events count in their order.

use super::figures::{DayBook, minus_days, still_missing, year_start};
use super::timeline::Fact;
use super::{
    Figures, Grace, Ladder, LadderVersion, ManualMode, Missing, Move, Position, Seen, Window, crossing, missing,
    next_review, review, window_start,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Where a customer stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Standing {
    /// The tier shown and used.
    pub tier: String,
    /// The day from which it holds without a break; for somebody who never moved, the day of the first event.
    pub since: Option<NaiveDate>,
    /// The last day of the tier if nothing is bought any more; none when it does not end by itself. A grace that has
    /// not begun is not promised, so it is left out; within a grace it is the last day of it.
    pub until: Option<NaiveDate>,
    /// While a review has found too little: the day from which the next review takes the tier.
    pub grace_until: Option<NaiveDate>,
    /// The figures in the window.
    pub qualifying: Figures,
    /// What is missing for the tier above; nothing at the top.
    pub missing: Option<Missing>,
    /// Within a grace: what is missing to keep the tier.
    pub to_keep: Option<Missing>,
    /// Every change of the tier shown, oldest first.
    pub history: Vec<Change>,
    /// Why this tier.
    pub why: Why,
}

/// Why a customer has the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Everybody starts here.
    Lowest,
    /// Earned.
    Earned,
    /// Earned once, held for the time of grace.
    Grace,
    /// Given by hand as the least.
    Floor,
    /// Given by hand.
    Pin,
}

/// One change of the tier shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Change {
    /// The first day of the new tier.
    pub on: NaiveDate,
    /// The tier before.
    pub from: String,
    /// The tier from now on.
    pub to: String,
    /// What changed it.
    pub why: Cause,
}

/// What changed a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A purchase reached the threshold.
    Promotion,
    /// A review after the grace.
    Demotion,
    /// A floor was given.
    Floor,
    /// A pin was given.
    Pin,
    /// The tier given by hand was cleared.
    Clear,
    /// The tier given by hand came to its end.
    ManualEnded,
    /// The ladder itself changed.
    NewRules,
}

/// The walk: where it is and what it has seen.
pub(super) struct Walk<'a> {
    pub(super) versions: &'a [LadderVersion],
    pub(super) version: usize,
    pub(super) ladder: &'a Ladder,
    pub(super) days: DayBook,
    pub(super) position: Position,
    pub(super) manual: Option<Manual>,
    /// The day up to which everything is done.
    pub(super) today: NaiveDate,
    pub(super) first_day: NaiveDate,
    pub(super) shown: String,
    pub(super) history: Vec<Change>,
}

/// A tier given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manual {
    mode: ManualMode,
    tier: String,
    until: Option<NaiveDate>,
}

impl<'a> Walk<'a> {
    /// Begins on the day of the first fact. `None` without any version.
    pub(super) fn begin(versions: &'a [LadderVersion], first_day: NaiveDate) -> Option<Self> {
        let version = versions.iter().rposition(|version| version.effective_on <= first_day).unwrap_or(0);
        let ladder = &versions.get(version)?.ladder;
        Some(Self {
            versions,
            version,
            ladder,
            days: DayBook::new(ladder.visit_minimum_minor),
            position: Position::default(),
            manual: None,
            today: first_day,
            first_day,
            shown: ladder.name_of(0).to_owned(),
            history: Vec::new(),
        })
    }

    /// Does what the mornings up to and including `day` bring.
    pub(super) fn advance_to(&mut self, day: NaiveDate) {
        while let Some(next) = self.next_moment().filter(|next| *next <= day) {
            self.morning(next);
        }
        self.today = self.today.max(day);
    }

    /// Lets one fact of today count.
    pub(super) fn take(&mut self, fact: &Fact) {
        let cause = match fact {
            Fact::Counts { net, points } => {
                self.days.add(self.today, *net, *points);
                Cause::Promotion
            }
            Fact::Opening(figures) => {
                self.days.open(self.today, *figures);
                Cause::Promotion
            }
            Fact::Manual { mode, tier, until } => {
                self.manual = tier.clone().filter(|_| *mode != ManualMode::Clear).map(|tier| Manual {
                    mode: *mode,
                    tier,
                    until: *until,
                });
                match mode {
                    ManualMode::Floor => Cause::Floor,
                    ManualMode::Pin => Cause::Pin,
                    ManualMode::Clear => Cause::Clear,
                }
            }
        };
        if cause == Cause::Promotion {
            let seen = self.seen();
            self.position = crossing(self.ladder, self.position, &seen, self.today).0;
        }
        self.note(cause);
    }

    /// The ladder that holds today.
    pub(super) fn ladder(&self) -> &'a Ladder {
        self.ladder
    }

    /// Where the customer stands by what was earned, and the figures behind it.
    pub(super) fn position(&self) -> (Position, Seen) {
        (self.position, self.seen())
    }

    /// The answer for today. Ends the walk, because it looks for the day on which the tier would end.
    pub(super) fn standing(mut self, has_events: bool) -> Standing {
        let seen = self.seen();
        let rank = self.effective_rank();
        let grace = self.grace();
        let standing = Standing {
            tier: self.shown.clone(),
            since: self.history.last().map(|change| change.on).or(has_events.then_some(self.first_day)),
            until: None,
            grace_until: grace.map(|grace| grace.until),
            qualifying: seen.current,
            missing: missing(self.ladder, rank, &seen.current),
            to_keep: grace.map(|_| still_missing(&self.shown, self.ladder.keep(rank), &seen.current)),
            history: self.history.clone(),
            why: self.why(rank, grace.is_some()),
        };
        Standing { until: self.last_day(), ..standing }
    }

    fn why(&self, rank: usize, in_grace: bool) -> Why {
        match &self.manual {
            Some(manual) if manual.mode == ManualMode::Pin => Why::Pin,
            Some(_) if rank > self.position.tier => Why::Floor,
            Some(_) if self.position.grace.is_some() && !in_grace => Why::Floor,
            _ if rank == 0 => Why::Lowest,
            _ if in_grace => Why::Grace,
            _ => Why::Earned,
        }
    }

    /// The grace that matters for the tier shown: a tier that a floor or a pin holds longer is not in danger.
    fn grace(&self) -> Option<Grace> {
        let earned = self.effective_rank() == self.position.tier && !self.is_pinned();
        self.position.grace.filter(|grace| earned && !self.floor_outlasts(*grace))
    }

    /// Whether a floor still holds the tier at the review that would take it.
    fn floor_outlasts(&self, grace: Grace) -> bool {
        let Some(manual) = &self.manual else { return false };
        let day_before = grace.until.pred_opt().unwrap_or(grace.until).max(self.today);
        let loss = next_review(self.ladder, &self.position, day_before);
        let holds = self.ladder.rank_of(&manual.tier).is_some_and(|rank| rank >= self.position.tier);
        holds && manual.until.is_none_or(|until| loss.is_none_or(|loss| until >= loss))
    }

    /// The day before the tier shown would change, or its grace begin, if nothing happened any more.
    fn last_day(&mut self) -> Option<NaiveDate> {
        let changes = self.history.len();
        let in_grace = self.grace().is_some();
        let limit = self.horizon();
        while let Some(next) = self.next_moment().filter(|next| *next <= limit) {
            self.morning(next);
            if self.history.len() > changes || (!in_grace && self.grace().is_some()) {
                return next.pred_opt();
            }
        }
        None
    }

    /// By this day everything that counts today has left every window and every grace is over.
    fn horizon(&self) -> NaiveDate {
        let window = match self.ladder.window {
            Window::Lifetime => 0,
            Window::RollingDays { n } => u64::from(n),
            Window::RollingMonths { n } => u64::from(n) * 31,
            Window::CalendarYear => 731,
            Window::SincePromotion { n } => u64::from(n.unwrap_or(366)) * 2,
        };
        let later = |day: NaiveDate, days: u64| day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
        let known = [
            Some(self.today),
            self.manual.as_ref().and_then(|manual| manual.until),
            self.versions.last().map(|version| version.effective_on),
        ];
        let last = known.into_iter().flatten().max().unwrap_or(self.today);
        later(last, window + u64::from(self.ladder.demotion.grace_days) + 800)
    }

    /// The next day after today whose morning brings something.
    fn next_moment(&self) -> Option<NaiveDate> {
        let manual_end = self.manual.as_ref().and_then(|manual| manual.until).and_then(|until| until.succ_opt());
        let version = self.versions.get(self.version + 1).map(|version| version.effective_on);
        let review = next_review(self.ladder, &self.position, self.today);
        // A tier given by hand for days that were over when it was given ends on the next morning.
        let next_day = self.today.succ_opt()?;
        [manual_end, version, review].into_iter().flatten().min().map(|day| day.max(next_day))
    }

    fn morning(&mut self, day: NaiveDate) {
        self.today = day;
        if self.manual.as_ref().is_some_and(|manual| manual.until.is_some_and(|until| until < day)) {
            self.manual = None;
            self.note(Cause::ManualEnded);
        }
        while let Some(next) = self.versions.get(self.version + 1).filter(|next| next.effective_on <= day) {
            self.change_rules(&next.ladder);
        }
        // Asked anew, because rules that begin today may hold their reviews on other days; they hold none of their own.
        if next_review(self.ladder, &self.position, minus_days(day, 1)) == Some(day) {
            let (position, step) = review(self.ladder, self.position, &self.seen(), day);
            self.position = position;
            self.note(if step == Some(Move::Demoted) { Cause::Demotion } else { Cause::Promotion });
        }
    }

    /// New rules promote at once and demote nobody: who has too little under them meets the next review.
    fn change_rules(&mut self, ladder: &'a Ladder) {
        let old = self.ladder.name_of(self.position.tier);
        let highest = ladder.tiers.len().saturating_sub(1);
        self.position.tier = ladder.rank_of(old).unwrap_or(self.position.tier.min(highest));
        self.version += 1;
        self.ladder = ladder;
        self.days.set_minimum(ladder.visit_minimum_minor);
        self.position = crossing(ladder, self.position, &self.seen(), self.today).0;
        self.note(Cause::NewRules);
    }

    fn seen(&self) -> Seen {
        let current = self.days.between(window_start(self.ladder.window, &self.position, self.today), self.today);
        let last_year = (self.ladder.window == Window::CalendarYear).then(|| {
            let new_year_eve = minus_days(year_start(self.today), 1);
            self.days.between(Some(minus_days(year_start(new_year_eve), 1)), new_year_eve)
        });
        Seen { current, last_year }
    }

    fn is_pinned(&self) -> bool {
        self.manual.as_ref().is_some_and(|manual| manual.mode == ManualMode::Pin)
    }

    fn effective_rank(&self) -> usize {
        let earned = self.position.tier;
        // A tier that a later version of the ladder no longer has lets the earned one through.
        let by_hand = self.manual.as_ref().and_then(|manual| Some((manual.mode, self.ladder.rank_of(&manual.tier)?)));
        match by_hand {
            Some((ManualMode::Pin, rank)) => rank,
            Some((ManualMode::Floor, rank)) => rank.max(earned),
            Some((ManualMode::Clear, _)) | None => earned,
        }
    }

    fn note(&mut self, why: Cause) {
        let now = self.ladder.name_of(self.effective_rank());
        if now != self.shown {
            let from = std::mem::replace(&mut self.shown, now.to_owned());
            self.history.push(Change { on: self.today, from, to: now.to_owned(), why });
        }
    }
}
