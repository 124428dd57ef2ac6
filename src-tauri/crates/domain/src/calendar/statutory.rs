//! China's statutory days off and make-up working days (调休), shipped as far as they are published, and how a shop's
//! calendar follows them. What the owner entered for a date himself always stands.

use super::{BusinessCalendar, LocalInterval};
use crate::error::{FieldError, RuleError, refuse_if_any};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A list of statutory days, as shipped or as imported from a newer file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StatutoryDays {
    /// Where the list comes from.
    #[serde(default)]
    pub source: String,
    /// The days of each published year.
    pub years: BTreeMap<i32, StatutoryYear>,
}

/// The statutory days of one year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StatutoryYear {
    /// Days off by the name of the festival.
    pub off: BTreeMap<String, Vec<NaiveDate>>,
    /// Weekend days that are working days.
    #[serde(default)]
    pub work: Vec<NaiveDate>,
}

impl StatutoryDays {
    /// The years that were published when this version was made: 2024 to 2026.
    pub fn shipped() -> Self {
        serde_json::from_str(include_str!("statutory_days.json")).expect("BUG: the shipped list is tested")
    }

    /// Reads an imported list.
    ///
    /// # Errors
    /// `statutory.unreadable` for text that is no such list; `statutory.other_year` at `years.YYYY` for a day that
    /// lies outside its year; `statutory.off_and_work` for a day that is said to be both.
    pub fn from_json(text: &str) -> Result<Self, RuleError> {
        let list: Self = serde_json::from_str(text)
            .map_err(|error| RuleError::field("file", "statutory.unreadable").with("reason", error))?;
        let mut problems = Vec::new();
        for (year, days) in &list.years {
            let field = format!("years.{year}");
            let off: BTreeSet<NaiveDate> = days.off.values().flatten().copied().collect();
            for day in off.iter().chain(&days.work).filter(|day| day.year() != *year) {
                problems.push(FieldError::new(&field, "statutory.other_year").with("day", day));
            }
            for day in days.work.iter().filter(|day| off.contains(day)) {
                problems.push(FieldError::new(&field, "statutory.off_and_work").with("day", day));
            }
        }
        refuse_if_any(problems)?;
        Ok(list)
    }

    /// Takes over the years of a newer list; years that only this one has stay.
    #[must_use]
    pub fn updated_with(mut self, newer: Self) -> Self {
        if !newer.source.is_empty() {
            self.source = newer.source;
        }
        self.years.extend(newer.years);
        self
    }

    /// The festival that makes a day off, if one does.
    pub fn day_off(&self, day: NaiveDate) -> Option<&str> {
        let year = self.years.get(&day.year())?;
        year.off.iter().find(|(_, days)| days.contains(&day)).map(|(name, _)| name.as_str())
    }

    /// Whether a weekend day is worked to make up for a festival.
    pub fn is_make_up_day(&self, day: NaiveDate) -> bool {
        self.years.get(&day.year()).is_some_and(|year| year.work.contains(&day))
    }

    /// The year whose days are still missing: this year at any time, the next one from December on.
    pub fn missing_year(&self, today: NaiveDate) -> Option<i32> {
        let this = today.year();
        let next = (today.month() == 12).then_some(this + 1);
        [Some(this), next].into_iter().flatten().find(|year| !self.years.contains_key(year))
    }

    /// The calendar of a shop that closes on statutory days off and opens on make-up days with the given hours.
    ///
    /// A date that has hours of its own in the calendar keeps them, whether the list says off or work: the owner knows
    /// better. A make-up day on which the shop is open by its weekly hours anyway keeps those.
    pub fn followed_by(&self, calendar: &BusinessCalendar, make_up_hours: &[LocalInterval]) -> BusinessCalendar {
        let mut following = calendar.clone();
        for year in self.years.values() {
            for day in year.off.values().flatten() {
                let key = day.to_string();
                if !calendar.date_overrides.contains_key(&key) && !following.holidays.contains(&key) {
                    following.holidays.push(key);
                }
            }
            for day in &year.work {
                let opens_anyway =
                    calendar.weekly.iter().any(|(name, hours)| name.parse() == Ok(day.weekday()) && !hours.is_empty());
                if !opens_anyway {
                    following.date_overrides.entry(day.to_string()).or_insert_with(|| make_up_hours.to_vec());
                }
            }
        }
        following
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn office() -> BusinessCalendar {
        let hours = || vec![["09:00".to_owned(), "18:00".to_owned()]];
        BusinessCalendar {
            tz: "Asia/Shanghai".into(),
            weekly: ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), hours())).into(),
            ..BusinessCalendar::default()
        }
    }

    #[test]
    fn the_shipped_list_is_readable_and_consistent() {
        let shipped = StatutoryDays::shipped();
        let again = StatutoryDays::from_json(&serde_json::to_string(&shipped).unwrap());
        assert_eq!(again.as_ref(), Ok(&shipped));
        assert_eq!(shipped.years.keys().copied().collect::<Vec<_>>(), [2024, 2025, 2026]);
        assert_eq!(shipped.day_off(day("2026-02-17")), Some("春节"));
        assert!(shipped.is_make_up_day(day("2026-02-14")));
        for year in shipped.years.values() {
            assert!(year.work.iter().all(|day| day.weekday().num_days_from_monday() >= 5), "only weekends are made up");
        }
    }

    #[test]
    fn a_missing_year_is_announced_from_december_on() {
        let shipped = StatutoryDays::shipped();
        assert_eq!(shipped.missing_year(day("2026-11-30")), None);
        assert_eq!(shipped.missing_year(day("2026-12-01")), Some(2027));
        assert_eq!(shipped.missing_year(day("2027-03-01")), Some(2027));
    }

    #[test]
    fn a_make_up_saturday_is_open_and_new_year_is_closed() {
        let hours = [["09:00".to_owned(), "18:00".to_owned()]];
        let calendar = StatutoryDays::shipped().followed_by(&office(), &hours).compile().unwrap();
        let at = |text: &str| calendar.is_open(Timestamp::parse(text).unwrap());
        assert!(at("2026-02-14T10:00:00+08:00"), "a Saturday that is worked for the festival");
        assert!(!at("2026-02-16T10:00:00+08:00"), "a Monday of the festival");
    }

    #[test]
    fn hours_that_the_owner_entered_for_a_festival_stand() {
        let mut calendar = office();
        calendar.date_overrides.insert("2026-02-16".into(), vec![["10:00".into(), "12:00".into()]]);
        let calendar = StatutoryDays::shipped().followed_by(&calendar, &[]).compile().unwrap();
        assert!(calendar.is_open(Timestamp::parse("2026-02-16T10:30:00+08:00").unwrap()));
    }

    #[test]
    fn an_imported_list_that_contradicts_itself_is_refused() {
        let text = r#"{"years":{"2027":{"off":{"元旦":["2027-01-01","2028-01-02"]},"work":["2027-01-01"]}}}"#;
        let Err(RuleError::Invalid(problems)) = StatutoryDays::from_json(text) else { panic!("must be refused") };
        let keys: Vec<&str> = problems.iter().map(|problem| problem.problem.as_str()).collect();
        assert_eq!(keys, ["statutory.other_year", "statutory.off_and_work"]);
    }
}
