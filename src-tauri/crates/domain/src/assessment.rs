//! Periodic assessments of the service (定期评估): the rhythm in which people sit down with the numbers, and which day is
//! the next one. A day that was missed stays due until somebody sat down; what lies between is not made up for.

use crate::calendar::CompiledCalendar;
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::time::day_start;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Own days are kept at most so many.
const MOST_DAYS: usize = 60;

/// How often the service is assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rhythm {
    /// On a day of every week.
    Weekly {
        /// 1 is Monday, 7 is Sunday.
        weekday: u32,
    },
    /// On a day of every month, or of the first month of every quarter.
    Regular {
        /// 1 or 3.
        months: u32,
        /// Day of the month, 1 to 28.
        day: u32,
    },
    /// On days that somebody chose.
    Days {
        /// In any order.
        days: Vec<NaiveDate>,
    },
}

impl Rhythm {
    /// Refuses what no day follows from.
    ///
    /// # Errors
    /// All problems at once: `assessment.weekday`, `assessment.months`, `assessment.day`, `assessment.days`.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        let mut wants = |is_fine: bool, field: &str, problem: &str| {
            if !is_fine {
                problems.push(FieldError::new(field, problem));
            }
        };
        match self {
            Self::Weekly { weekday } => wants((1..=7).contains(weekday), "rhythm.weekday", "assessment.weekday"),
            Self::Regular { months, day } => {
                wants([1, 3].contains(months), "rhythm.months", "assessment.months");
                wants((1..=28).contains(day), "rhythm.day", "assessment.day");
            }
            Self::Days { days } => wants((1..=MOST_DAYS).contains(&days.len()), "rhythm.days", "assessment.days"),
        }
        refuse_if_any(problems)
    }

    /// The first day of the rhythm after a day; none where own days are used up.
    pub fn next_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Weekly { weekday } => {
                let wanted = Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
                day.iter_days().skip(1).find(|each| each.weekday() == wanted)
            }
            Self::Regular { months, day: of_month } => {
                let months = (*months).max(1);
                let first = (day.month() - 1) / months * months + 1;
                let this = NaiveDate::from_ymd_opt(day.year(), first, *of_month)?;
                if this > day { Some(this) } else { this.checked_add_months(Months::new(months)) }
            }
            Self::Days { days } => days.iter().filter(|each| **each > day).min().copied(),
        }
    }

    /// From this day on an assessment counts as the one that is due on a day; an earlier one is held besides.
    pub fn counts_from(&self, due_on: NaiveDate) -> NaiveDate {
        let early = match self {
            Self::Weekly { .. } => 3,
            Self::Regular { months: 1, .. } | Self::Days { .. } => 10,
            Self::Regular { .. } => 21,
        };
        due_on.checked_sub_days(Days::new(early)).unwrap_or(due_on)
    }

    /// The first day that an assessment looks back at when there was none before it.
    pub fn looks_back_from(&self, held_on: NaiveDate) -> NaiveDate {
        let from = match self {
            Self::Weekly { .. } => held_on.checked_sub_days(Days::new(6)),
            Self::Regular { months, .. } => held_on.checked_sub_months(Months::new(*months)),
            Self::Days { .. } => held_on.checked_sub_months(Months::new(1)),
        };
        from.unwrap_or(held_on)
    }
}

/// A day on which the shop is open: the day itself, or the next one that has hours.
pub fn on_an_open_day(calendar: &CompiledCalendar, day: NaiveDate) -> NaiveDate {
    let zone = calendar.zone();
    calendar.add(day_start(zone, day), 0).map_or(day, |opening| opening.day_in(zone).max(day))
}

/// How the next assessment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AssessmentStanding {
    /// Its day is still to come.
    Coming,
    /// Today.
    Due,
    /// Its day is past.
    Late,
}

impl AssessmentStanding {
    /// As seen from today.
    pub fn of(due_on: NaiveDate, today: NaiveDate) -> Self {
        match due_on.cmp(&today) {
            std::cmp::Ordering::Greater => Self::Coming,
            std::cmp::Ordering::Equal => Self::Due,
            std::cmp::Ordering::Less => Self::Late,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::BusinessCalendar;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_goes_from_its_day_to_the_next_one() {
        let mondays = Rhythm::Weekly { weekday: 1 };
        // 2 March 2026 is a Monday.
        assert_eq!(mondays.next_after(day("2026-03-01")), Some(day("2026-03-02")));
        assert_eq!(mondays.next_after(day("2026-03-02")), Some(day("2026-03-09")));
        assert_eq!(Rhythm::Weekly { weekday: 7 }.next_after(day("2026-12-30")), Some(day("2027-01-03")));
        assert_eq!(Rhythm::Weekly { weekday: 8 }.next_after(day("2026-03-02")), None);
    }

    #[test]
    fn months_and_quarters_are_those_of_the_calendar() {
        let monthly = Rhythm::Regular { months: 1, day: 5 };
        assert_eq!(monthly.next_after(day("2026-03-04")), Some(day("2026-03-05")));
        assert_eq!(monthly.next_after(day("2026-03-05")), Some(day("2026-04-05")));
        assert_eq!(monthly.next_after(day("2026-12-31")), Some(day("2027-01-05")));
        let quarterly = Rhythm::Regular { months: 3, day: 10 };
        assert_eq!(quarterly.next_after(day("2026-02-28")), Some(day("2026-04-10")));
        assert_eq!(quarterly.next_after(day("2026-01-09")), Some(day("2026-01-10")));
        assert_eq!(quarterly.next_after(day("2026-11-30")), Some(day("2027-01-10")));
    }

    #[test]
    fn own_days_come_in_their_order_and_end() {
        let own = Rhythm::Days { days: vec![day("2026-09-01"), day("2026-03-20")] };
        assert_eq!(own.next_after(day("2026-03-01")), Some(day("2026-03-20")));
        assert_eq!(own.next_after(day("2026-03-20")), Some(day("2026-09-01")));
        assert_eq!(own.next_after(day("2026-09-01")), None);
    }

    #[test]
    fn every_next_day_lies_after_its_day_and_none_is_skipped() {
        for rhythm in [
            Rhythm::Weekly { weekday: 4 },
            Rhythm::Regular { months: 1, day: 28 },
            Rhythm::Regular { months: 3, day: 1 },
        ] {
            let mut last = day("2026-01-01");
            for today in day("2026-01-01").iter_days().take(800) {
                let next = rhythm.next_after(today).unwrap();
                assert!(next > today && next >= last, "{rhythm:?} after {today}: {next}");
                assert_eq!(rhythm.next_after(next.pred_opt().unwrap()), Some(next), "{rhythm:?}");
                last = next;
            }
        }
    }

    #[test]
    fn a_closed_day_gives_way_to_the_next_open_one() {
        let calendar = BusinessCalendar {
            tz: "Asia/Shanghai".into(),
            weekly: [("mon".to_owned(), vec![["09:00".to_owned(), "18:00".to_owned()]])].into(),
            holidays: vec!["2026-03-02".into()],
            ..BusinessCalendar::default()
        };
        let hours = calendar.compile().unwrap();
        assert_eq!(on_an_open_day(&hours, day("2026-03-09")), day("2026-03-09"));
        assert_eq!(on_an_open_day(&hours, day("2026-03-01")), day("2026-03-09"), "Sunday, then a closed Monday");
    }

    #[test]
    fn a_rhythm_that_no_day_follows_from_is_refused_at_its_field() {
        let fields = |rhythm: Rhythm| match rhythm.check() {
            Err(RuleError::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
            _ => Vec::new(),
        };
        assert_eq!(fields(Rhythm::Weekly { weekday: 0 }), ["rhythm.weekday"]);
        assert_eq!(fields(Rhythm::Regular { months: 2, day: 31 }), ["rhythm.months", "rhythm.day"]);
        assert_eq!(fields(Rhythm::Days { days: vec![] }), ["rhythm.days"]);
        assert_eq!(fields(Rhythm::Regular { months: 3, day: 28 }), Vec::<String>::new());
    }

    #[test]
    fn an_early_assessment_counts_as_the_planned_one_and_a_far_one_does_not() {
        let monthly = Rhythm::Regular { months: 1, day: 15 };
        assert_eq!(monthly.counts_from(day("2026-03-15")), day("2026-03-05"));
        assert_eq!(Rhythm::Weekly { weekday: 1 }.counts_from(day("2026-03-09")), day("2026-03-06"));
        assert_eq!(AssessmentStanding::of(day("2026-03-15"), day("2026-03-14")), AssessmentStanding::Coming);
        assert_eq!(AssessmentStanding::of(day("2026-03-15"), day("2026-03-15")), AssessmentStanding::Due);
        assert_eq!(AssessmentStanding::of(day("2026-03-15"), day("2026-03-16")), AssessmentStanding::Late);
    }
}
