//! Opening hours and the arithmetic of open time (`rules.md` G 1–3).
//!
//! A [`BusinessCalendar`] is what a person writes down: weekly hours, days that differ, breaks and closed days, in the
//! shop's zone. A [`CompiledCalendar`] is the same, checked and turned into instants, and answers every question about
//! open time. A calendar that cannot be compiled cannot be saved, so no clock ever waits for an opening that never comes.

mod compiled;
mod hours;
mod statutory;
mod stretches;

#[cfg(test)]
mod brute_force;
#[cfg(test)]
mod published_cases;

pub use compiled::{CompiledCalendar, Segment};
pub use statutory::{StatutoryDays, StatutoryYear};

use crate::error::RuleError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A stretch of local time, `["09:00", "18:00"]`: from the first up to, not including, the second.
///
/// `24:00` is the next midnight. A second time that is not later than the first lies on the next day, and the whole
/// stretch still belongs to the day it began on.
pub type LocalInterval = [String; 2];

/// When the shop is open, as a person writes it down.
///
/// Where entries disagree: closed day, then break, then the hours of that date, then the weekly hours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BusinessCalendar {
    /// IANA name of the shop's zone, such as `Asia/Shanghai`.
    pub tz: String,
    /// Hours by weekday, `mon` to `sun`; a weekday left out is closed.
    #[serde(default)]
    pub weekly: BTreeMap<String, Vec<LocalInterval>>,
    /// Hours of single dates (`YYYY-MM-DD`) in place of the weekly ones; an empty list closes the date.
    #[serde(default)]
    pub date_overrides: BTreeMap<String, Vec<LocalInterval>>,
    /// Time taken out of the hours, by date or by weekday; both apply where both are given.
    #[serde(default)]
    pub breaks: BTreeMap<String, Vec<LocalInterval>>,
    /// Dates without any opening, whatever the other entries say.
    #[serde(default)]
    pub holidays: Vec<String>,
}

impl BusinessCalendar {
    /// Checks the calendar and prepares it for questions.
    ///
    /// # Errors
    /// Every fault at once, each with the path of its field: `calendar.unknown_zone`, `calendar.unknown_weekday`,
    /// `calendar.bad_time`, `calendar.bad_date`, `calendar.bad_day_or_date`; `calendar.never_open` at `weekly` when
    /// nothing is ever open.
    pub fn compile(&self) -> Result<CompiledCalendar, RuleError> {
        CompiledCalendar::new(hours::read(self)?)
    }

    /// The refusals of [`Self::compile`] without its result, for a form that is being filled in.
    ///
    /// # Errors
    /// As [`Self::compile`].
    pub fn validate(&self) -> Result<(), RuleError> {
        self.compile().map(|_| ())
    }
}
