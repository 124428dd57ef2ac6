//! A long history folded up, so that one more sale costs the days that can still count and not everything that ever
//! happened. It is the walk itself, left off in the evening of a day: going on from it gives what walking all of it gives.

use super::figures::{DayBook, minus_days, year_start};
use super::replay::{Manual, Walk};
use super::standing::walk;
use super::timeline::Fact;
use super::{Change, Event, Figures, LadderVersion, Position, Standing, Window, window_start};
use crate::error::RuleError;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A history through a day, folded up. It holds for the versions of the ladder that it was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Everything through this day is in it.
    pub(super) through: NaiveDate,
    pub(super) first_day: NaiveDate,
    pub(super) position: Position,
    pub(super) manual: Option<Manual>,
    pub(super) shown: String,
    pub(super) history: Vec<Change>,
    /// Days up to this one have left every window but that of a lifetime and are only a sum.
    pub(super) folded: NaiveDate,
    pub(super) before: Figures,
}

/// Where a customer stands on a day, and the history folded up where it can be: not while a new version of the ladder
/// waits, while points count, or while an opening balance lies among the days that still count.
///
/// # Errors
/// As [`super::standing_with_versions`].
pub fn summarized(
    versions: &[LadderVersion],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<(Standing, Option<Summary>), RuleError> {
    let (walk, timeline) = walk(versions, events, as_of)?;
    let has_events = !timeline.facts.is_empty();
    let summary = if has_events { walk.folded() } else { None };
    Ok((walk.standing(has_events), summary))
}

impl Summary {
    /// The days after this one have to be given to go on.
    pub fn days_after(&self) -> NaiveDate {
        self.folded
    }

    /// Goes on to `today`, with a sale of today or without one. `days` are the business days after [`Self::days_after`]
    /// with the net of their sales, that new sale left out, in order. `None` when the history has changed otherwise, so that all of it
    /// has to be walked.
    pub fn go_on(
        &self,
        versions: &[LadderVersion],
        days: &[(NaiveDate, Money)],
        sale: Option<Money>,
        today: NaiveDate,
    ) -> Option<(Standing, Option<Self>)> {
        let is_known = days.last().is_none_or(|(last, _)| *last <= self.through);
        if !is_known || today < self.through {
            return None;
        }
        let mut walk = Walk::resume(versions, self, days)?;
        walk.advance_to(today);
        if let Some(net) = sale {
            walk.take(&Fact::Counts { net, points: 0 });
        }
        let summary = walk.folded();
        Some((walk.standing(true), summary))
    }
}

impl<'a> Walk<'a> {
    /// The walk folded up in the evening of the day that it has come to.
    fn folded(&self) -> Option<Summary> {
        let waits = self.version + 1 < self.versions.len();
        if waits || self.ladder.uses_points() {
            return None;
        }
        let folded = self.oldest_that_counts();
        Some(Summary {
            through: self.today,
            first_day: self.first_day,
            position: self.position,
            manual: self.manual.clone(),
            shown: self.shown.clone(),
            history: self.history.clone(),
            folded,
            before: self.days.folded(folded)?,
        })
    }

    fn resume(versions: &'a [LadderVersion], summary: &Summary, days: &[(NaiveDate, Money)]) -> Option<Self> {
        let version = versions.len().checked_sub(1)?;
        let ladder = &versions.get(version)?.ladder;
        if ladder.rank_of(&summary.shown).is_none() || ladder.uses_points() {
            return None;
        }
        Some(Self {
            versions,
            version,
            ladder,
            days: DayBook::resumed(ladder.visit_minimum_minor, summary.before, days),
            position: summary.position,
            manual: summary.manual.clone(),
            today: summary.through,
            first_day: summary.first_day,
            shown: summary.shown.clone(),
            history: summary.history.clone(),
        })
    }

    /// The last day of which nothing but the sum will ever be asked. Windows only move on, so it does, too; today
    /// itself may get another sale, which is the same visit.
    fn oldest_that_counts(&self) -> NaiveDate {
        let yesterday = minus_days(self.today, 1);
        let start = match self.ladder.window {
            // The year before counts beside the one that runs.
            Window::CalendarYear => {
                let new_year_eve = minus_days(year_start(self.today), 1);
                Some(minus_days(year_start(new_year_eve), 1))
            }
            window => window_start(window, &self.position, self.today),
        };
        start.map_or(yesterday, |start| start.min(yesterday))
    }
}
