//! Session packs (次卡, 课包): what is left, until when, and what is given back for the rest.
//!
//! A pack is its entries: used, taken back, frozen, unfrozen, closed. Nothing is edited; what is left and the last day are
//! functions of the entries. Always: sold = used − taken back + left.

use crate::error::RuleError;
use crate::money::Money;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A pack is on the reminder list from so many sessions left.
pub const FEW_LEFT: i64 = 3;
/// A pack is on the reminder list so many days before its last day.
pub const SOON_DAYS: i64 = 30;

/// What happened to a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PackEvent {
    /// Sessions were used.
    Used,
    /// A use was a mistake and is taken back.
    TakenBack,
    /// It rests: it cannot be used and its days do not run.
    Frozen,
    /// It goes on; its last day moves by the days that it rested.
    Unfrozen,
    /// Given back: the rest is gone.
    Closed,
}

/// One entry of a pack, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: PackEvent,
    /// On which day.
    pub on: NaiveDate,
    /// How many sessions, for used and taken back.
    pub sessions: i64,
}

/// What was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// Sessions.
    pub sessions: i64,
    /// Last day as it was sold; none for a pack without end.
    pub until_on: Option<NaiveDate>,
    /// What was paid.
    pub price: Money,
}

/// How a pack stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Standing {
    /// Used, less what was taken back.
    pub used: i64,
    /// Left.
    pub left: i64,
    /// Last day on which it can be used, with the days that it rested so far; none for a pack without end.
    pub until_on: Option<NaiveDate>,
    /// Resting since.
    pub frozen_on: Option<NaiveDate>,
    /// Given back.
    pub is_closed: bool,
    /// Its last day is over.
    pub is_expired: bool,
}

/// How a pack stands on `today`.
pub fn standing(sold: &Sold, entries: &[Entry], today: NaiveDate) -> Standing {
    let mut used = 0;
    let mut rested = 0;
    let mut frozen_on = None;
    let mut is_closed = false;
    for entry in entries {
        match entry.event {
            PackEvent::Used => used += entry.sessions,
            PackEvent::TakenBack => used -= entry.sessions,
            PackEvent::Frozen => frozen_on = Some(entry.on),
            PackEvent::Unfrozen => {
                rested += frozen_on.take().map_or(0, |from| (entry.on - from).num_days().max(0));
            }
            PackEvent::Closed => is_closed = true,
        }
    }
    let resting = frozen_on.map_or(0, |from| (today - from).num_days().max(0));
    let days = Days::new(u64::try_from(rested + resting).unwrap_or(0));
    let until_on = sold.until_on.map(|day| day.checked_add_days(days).unwrap_or(day));
    Standing {
        used,
        left: if is_closed { 0 } else { sold.sessions - used },
        until_on,
        frozen_on,
        is_closed,
        is_expired: until_on.is_some_and(|day| today > day),
    }
}

impl Standing {
    /// Whether this may happen now.
    ///
    /// # Errors
    /// `pack.closed`, `pack.frozen`, `pack.expired`, `pack.too_few` with what is left, `pack.not_frozen`,
    /// `pack.nothing_to_take_back`.
    pub fn check(&self, event: PackEvent, sessions: i64) -> Result<(), RuleError> {
        if self.is_closed {
            return Err(RuleError::not_now("pack.closed"));
        }
        match event {
            PackEvent::Used if sessions <= 0 => Err(RuleError::field("sessions", "quantity.zero")),
            PackEvent::Used if self.frozen_on.is_some() => Err(RuleError::not_now("pack.frozen")),
            PackEvent::Used if self.is_expired => Err(RuleError::not_now("pack.expired")),
            PackEvent::Used if sessions > self.left => {
                Err(RuleError::field("sessions", "pack.too_few").with("left", self.left))
            }
            PackEvent::Frozen if self.frozen_on.is_some() => Err(RuleError::not_now("pack.frozen")),
            PackEvent::Frozen if self.is_expired => Err(RuleError::not_now("pack.expired")),
            PackEvent::Unfrozen if self.frozen_on.is_none() => Err(RuleError::not_now("pack.not_frozen")),
            PackEvent::TakenBack if sessions <= 0 || sessions > self.used => {
                Err(RuleError::not_now("pack.nothing_to_take_back"))
            }
            _ => Ok(()),
        }
    }

    /// Why it is on the reminder list today, if it is: few sessions left, or its last day is near.
    pub fn is_to_remind(&self, today: NaiveDate) -> bool {
        let is_near = self.until_on.is_some_and(|day| (day - today).num_days() <= SOON_DAYS);
        !self.is_closed
            && !self.is_expired
            && self.frozen_on.is_none()
            && self.left > 0
            && (self.left <= FEW_LEFT || is_near)
    }

    /// What is given back for the rest: the unused share of what was paid, rounded down once. An expired pack has no
    /// rest; goodwill is the shop's own affair and a refund by hand.
    pub fn worth(&self, sold: &Sold) -> Money {
        if self.is_closed || self.is_expired || sold.sessions <= 0 {
            return Money::ZERO;
        }
        let exact = i128::from(sold.price.minor()) * i128::from(self.left) / i128::from(sold.sessions);
        Money::from_minor(i64::try_from(exact.max(0)).unwrap_or(0))
    }

    /// The same once money has gone back on its sale: `left` of it at most, less what was used up. Nothing means that the
    /// rest has been given back already.
    pub fn worth_within(&self, sold: &Sold, left: Money) -> Money {
        let worth = self.worth(sold);
        let used = sold.price.minor() - worth.minor();
        worth.min(Money::from_minor((left.minor() - used).max(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ten() -> Sold {
        Sold { sessions: 10, until_on: Some(day("2026-06-30")), price: Money::from_minor(100_000) }
    }

    fn entry(event: PackEvent, on: &str, sessions: i64) -> Entry {
        Entry { event, on: day(on), sessions }
    }

    proptest! {
        #[test]
        fn sold_is_used_and_left_whatever_happens(events in prop::collection::vec((0..5_u8, 1..4_i64, 0..200_u64), 0..60)) {
            let sold = Sold { sessions: 20, until_on: Some(day("2027-01-01")), price: Money::from_minor(19_999) };
            let (mut entries, mut used, mut back) = (vec![], 0, 0);
            let mut days: Vec<u64> = events.iter().map(|(_, _, on)| *on).collect();
            days.sort_unstable();
            for ((kind, sessions, _), on) in events.iter().zip(days) {
                let on = day("2026-01-01") + Days::new(on);
                let event = [PackEvent::Used, PackEvent::TakenBack, PackEvent::Frozen, PackEvent::Unfrozen, PackEvent::Used][usize::from(*kind)];
                if standing(&sold, &entries, on).check(event, *sessions).is_ok() {
                    match event {
                        PackEvent::Used => used += sessions,
                        PackEvent::TakenBack => back += sessions,
                        _ => {}
                    }
                    entries.push(Entry { event, on, sessions: *sessions });
                }
                let now = standing(&sold, &entries, on);
                prop_assert_eq!(sold.sessions, used - back + now.left);
                prop_assert!(now.left >= 0 && now.left <= sold.sessions);
                prop_assert!(now.worth(&sold) <= sold.price);
            }
        }
    }

    #[test]
    fn a_rest_moves_the_last_day_and_stops_the_use() {
        let frozen = [entry(PackEvent::Frozen, "2026-03-01", 0)];
        let resting = standing(&ten(), &frozen, day("2026-03-11"));
        assert_eq!(resting.until_on, Some(day("2026-07-10")));
        assert_eq!(resting.check(PackEvent::Used, 1).unwrap_err(), RuleError::not_now("pack.frozen"));
        let again = [frozen[0], entry(PackEvent::Unfrozen, "2026-03-31", 0)];
        let now = standing(&ten(), &again, day("2026-07-30"));
        assert_eq!((now.until_on, now.is_expired), (Some(day("2026-07-30")), false), "thirty days more");
        assert!(standing(&ten(), &again, day("2026-07-31")).is_expired);
    }

    #[test]
    fn the_rest_is_worth_its_share_and_nothing_after_the_end() {
        let used = [entry(PackEvent::Used, "2026-03-01", 3)];
        let sold = Sold { price: Money::from_minor(9_999), ..ten() };
        assert_eq!(standing(&sold, &used, day("2026-03-02")).worth(&sold).minor(), 6_999, "7/10 of 99.99 down");
        assert_eq!(standing(&sold, &used, day("2026-07-01")).worth(&sold).minor(), 0);
        let closed = [used[0], entry(PackEvent::Closed, "2026-03-03", 0)];
        let closed = standing(&sold, &closed, day("2026-03-04"));
        assert_eq!((closed.left, closed.worth(&sold).minor()), (0, 0));
        assert!(closed.check(PackEvent::TakenBack, 1).is_err());
    }

    #[test]
    fn people_are_reminded_at_three_left_and_thirty_days_before_the_end() {
        let left = |used| standing(&ten(), &[entry(PackEvent::Used, "2026-01-10", used)], day("2026-02-01"));
        assert!(!left(6).is_to_remind(day("2026-02-01")) && left(7).is_to_remind(day("2026-02-01")));
        assert!(!left(10).is_to_remind(day("2026-02-01")), "nothing is left to be reminded of");
        let on = |today: &str| standing(&ten(), &[], day(today)).is_to_remind(day(today));
        assert!(!on("2026-05-30") && on("2026-05-31") && on("2026-06-30") && !on("2026-07-01"));
    }
}
