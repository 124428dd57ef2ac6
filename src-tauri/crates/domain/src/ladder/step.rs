//! The two steps of the ladder: up after a purchase, down on a review day. Both are pure and cost nothing that grows
//! with history; the counter, the monthly job and the replay of a history all take them.

use super::figures::{plus_days, reached, year_over};
use super::position::{Grace, Position};
use super::{DemotionStyle, Figures, Ladder, Review, Window, deserved_on_entry};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The figures that a step looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Seen {
    /// Of the window that ends today.
    pub current: Figures,
    /// With a calendar-year window: of the year before, because a tier is held to the end of the next year.
    pub last_year: Option<Figures>,
}

impl Seen {
    /// Whether the tier at a rank may be kept.
    pub fn keeps(&self, ladder: &Ladder, rank: usize) -> bool {
        let keep = ladder.keep(rank);
        reached(ladder.combine, keep, &self.current)
            || self.last_year.is_some_and(|year| reached(ladder.combine, keep, &year))
    }
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// Up, at once.
    Promoted,
    /// Down, after the grace.
    Demoted,
    /// Too little was found; the tier is held for the grace.
    GraceBegan,
    /// Enough again within the grace.
    GraceCancelled,
    /// A new year since promotion began with the tier kept.
    Renewed,
}

/// After a purchase (or earned points): up to the highest tier that the figures reach, several at once if need be;
/// within a grace, enough to keep the tier cancels it. Never down.
pub fn crossing(ladder: &Ladder, position: Position, seen: &Seen, day: NaiveDate) -> (Position, Option<Move>) {
    let to = deserved_on_entry(ladder, &seen.current);
    if to > position.tier {
        return (moved(ladder, to, day), Some(Move::Promoted));
    }
    if position.grace.is_some() && seen.keeps(ladder, position.tier) {
        return (kept(ladder, position, day), Some(Move::GraceCancelled));
    }
    (position, None)
}

/// On the morning of a review day: begins a grace when the tier is no longer deserved, and takes the tier when the
/// grace is over. With a grace of 0 days both are one.
pub fn review(ladder: &Ladder, position: Position, seen: &Seen, day: NaiveDate) -> (Position, Option<Move>) {
    if position.tier == 0 || ladder.demotion.style == DemotionStyle::Never || !is_due(ladder, &position, day) {
        return (position, None);
    }
    if seen.keeps(ladder, position.tier) {
        return match (position.grace, ladder.window) {
            (Some(_), _) => (kept(ladder, position, day), Some(Move::GraceCancelled)),
            (None, Window::SincePromotion { .. }) => (kept(ladder, position, day), Some(Move::Renewed)),
            (None, _) => (position, None),
        };
    }
    let fresh = Grace { found_on: day, until: plus_days(day, ladder.demotion.grace_days) };
    let grace = position.grace.unwrap_or(fresh);
    if day < grace.until {
        let began = position.grace.is_none().then_some(Move::GraceBegan);
        return (Position { grace: Some(grace), ..position }, began);
    }
    let to = match ladder.demotion.style {
        // Whoever held the upper tier held the lower ones too, so the lower one only has to be kept, not entered.
        DemotionStyle::Deserved => (0..position.tier).rev().find(|rank| seen.keeps(ladder, *rank)).unwrap_or(0),
        DemotionStyle::OneStep => position.tier - 1,
        DemotionStyle::Never => position.tier,
    };
    (moved(ladder, to, day), Some(Move::Demoted))
}

/// The first review day after `day` that can take the tier; none on the lowest tier and on a ladder without demotion.
pub fn next_review(ladder: &Ladder, position: &Position, day: NaiveDate) -> Option<NaiveDate> {
    if position.tier == 0 || ladder.demotion.style == DemotionStyle::Never {
        return None;
    }
    match ladder.demotion.review {
        Review::Continuous => day.succ_opt(),
        Review::Monthly if day.month() < 12 => NaiveDate::from_ymd_opt(day.year(), day.month() + 1, 1),
        Review::Monthly | Review::YearEnd => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
    }
}

/// With a window since promotion the tier is safe until its year is over.
fn is_due(ladder: &Ladder, position: &Position, day: NaiveDate) -> bool {
    match (ladder.window, position.counted_from.or(position.since)) {
        (Window::SincePromotion { n }, Some(from)) => position.grace.is_some() || day >= year_over(n, from),
        _ => true,
    }
}

fn moved(ladder: &Ladder, to: usize, day: NaiveDate) -> Position {
    Position { tier: to, since: Some(day), grace: None, counted_from: new_year(ladder, None, day) }
}

fn kept(ladder: &Ladder, position: Position, day: NaiveDate) -> Position {
    Position { grace: None, counted_from: new_year(ladder, position.counted_from, day), ..position }
}

fn new_year(ladder: &Ladder, old: Option<NaiveDate>, day: NaiveDate) -> Option<NaiveDate> {
    match ladder.window {
        Window::SincePromotion { .. } => Some(day),
        _ => old,
    }
}
