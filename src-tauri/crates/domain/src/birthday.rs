//! Birthdays, solar or lunar, and when they are kept (`rules.md` G 5).
//!
//! A birthday in a lunar leap month is kept in the ordinary month of the same number; a 30th in a month of 29 days on
//! the 29th; 29 February on the 28th. A leap month that a year does not have never silently becomes another one: where
//! a person claims to be born in it, it is refused.

use crate::error::FieldError;
use chinese_lunisolar_calendar::{LunarMonth, LunisolarDate, LunisolarYear, SolarYear};
use chrono::{Datelike, NaiveDate};

/// The lunar years whose months are known.
const LUNAR_YEARS: std::ops::RangeInclusive<i32> = 1901..=2100;
const MONTHS_SIMPLIFIED: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DIGITS: [&str; 10] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// By which calendar a birthday is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// 公历.
    Solar,
    /// 农历.
    Lunar,
}

/// A birthday as a customer tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthday {
    /// By which calendar.
    pub calendar: Calendar,
    /// The year of birth, of that calendar; many do not tell it.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
    /// Born in the leap month of that number; only lunar.
    pub leap: bool,
}

/// How a shop keeps birthdays that not every year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keeping {
    /// A leap-month birthday is kept in the leap month too, in years that have it.
    pub also_in_leap_month: bool,
    /// 29 February is kept on 1 March instead of 28 February.
    pub leap_day_on_march_1: bool,
}

impl Birthday {
    /// Refuses a day that never was.
    ///
    /// # Errors
    /// `birthday.not_existing` at `month`; `birthday.not_existing` at `day` for a day that the month (of that year, if
    /// told) does not have; `birthday.no_such_leap_month` at `leap` for a solar leap month or a lunar one that the year, or
    /// every year, is without; `date.out_of_range` at `year` outside 1901 to this year (solar: from 1900);
    /// `birthday.in_future` at `year`.
    pub fn check(&self, today: NaiveDate) -> Result<(), FieldError> {
        if !(1..=12).contains(&self.month) {
            return Err(FieldError::new("month", "birthday.not_existing").with("month", self.month));
        }
        let unknown_day = || FieldError::new("day", "birthday.not_existing").with("day", self.day);
        let born_on = match self.calendar {
            Calendar::Solar => {
                if self.leap {
                    return Err(FieldError::new("leap", "birthday.no_such_leap_month").with("month", self.month));
                }
                let year = self.year.unwrap_or(2000);
                self.check_year(1900..=today.year())?;
                NaiveDate::from_ymd_opt(year, self.month, self.day).ok_or_else(unknown_day)?
            }
            Calendar::Lunar => {
                // A person born in the last lunar months tells the lunar year, which is this year or the one before.
                self.check_year(*LUNAR_YEARS.start()..=today.year())?;
                let years = self.year.map_or(LUNAR_YEARS, |year| year..=year);
                let longest = years.clone().filter_map(|year| month_days(year, self.month, self.leap)).max();
                let Some(longest) = longest else {
                    return Err(FieldError::new("leap", "birthday.no_such_leap_month").with("month", self.month));
                };
                if self.day == 0 || self.day > longest {
                    return Err(unknown_day());
                }
                match self.year.and_then(|year| lunar_day(year, self.month, self.leap, self.day)) {
                    Some(born_on) => born_on,
                    None => return Ok(()),
                }
            }
        };
        if self.year.is_some() && born_on > today {
            return Err(FieldError::new("year", "birthday.in_future"));
        }
        Ok(())
    }

    fn check_year(&self, known: std::ops::RangeInclusive<i32>) -> Result<(), FieldError> {
        match self.year.filter(|year| !known.contains(year)) {
            Some(year) if year > *known.end() => Err(FieldError::new("year", "birthday.in_future")),
            Some(year) => Err(FieldError::new("year", "date.out_of_range").with("year", year)),
            None => Ok(()),
        }
    }

    /// The next day on which it is kept, `day` included. `None` past the known lunar years.
    pub fn next_on_or_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.next_kept(day, Keeping::default())
    }

    /// [`Self::next_on_or_after`] as the shop keeps it.
    pub fn next_kept(&self, day: NaiveDate, keeping: Keeping) -> Option<NaiveDate> {
        // A lunar year ends in the solar year after it, so the year before may hold the next one.
        (day.year() - 1..=day.year() + 1).flat_map(|year| self.kept_in(year, keeping)).filter(|kept| *kept >= day).min()
    }

    /// The birthday month that a day lies in, by its own calendar: first and last day. `None` outside of it. Who was born
    /// in a leap month has the ordinary month of that number.
    pub fn month_around(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self.calendar {
            Calendar::Solar if day.month() == self.month => {
                let first = day.with_day(1)?;
                Some((first, first.checked_add_months(chrono::Months::new(1))?.pred_opt()?))
            }
            Calendar::Solar => None,
            // The last lunar months of a year lie in the solar year after it.
            Calendar::Lunar => (day.year() - 1..=day.year()).find_map(|year| {
                let first = lunar_day(year, self.month, false, 1)?;
                let days = month_days(year, self.month, false)?;
                let last = first.checked_add_days(chrono::Days::new(u64::from(days).saturating_sub(1)))?;
                (first..=last).contains(&day).then_some((first, last))
            }),
        }
    }

    /// The days on which it is kept in a year of its own calendar: one, or two with the leap month.
    pub fn kept_in(&self, year: i32, keeping: Keeping) -> Vec<NaiveDate> {
        match self.calendar {
            Calendar::Solar => {
                let kept = NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(|| {
                    let (month, day) = if keeping.leap_day_on_march_1 { (3, 1) } else { (2, 28) };
                    // Only 29 February is a day that some years are without.
                    NaiveDate::from_ymd_opt(year, month, day).filter(|_| (self.month, self.day) == (2, 29))
                });
                kept.into_iter().collect()
            }
            Calendar::Lunar => {
                let also_leap = self.leap && keeping.also_in_leap_month;
                [false, true]
                    .into_iter()
                    .filter(|leap| !leap || also_leap)
                    .filter_map(|leap| {
                        let days = month_days(year, self.month, leap)?;
                        lunar_day(year, self.month, leap, self.day.min(days))
                    })
                    .collect()
            }
        }
    }

    /// `5 March 1990`, `3rd day of lunar month 8`, `3rd day of lunar leap month 8, 1995`.
    pub fn english(&self) -> String {
        let year = |before: &str| self.year.map_or_else(String::new, |year| format!("{before}{year}"));
        match self.calendar {
            Calendar::Solar => format!("{} {}{}", self.day, name(&MONTHS_ENGLISH, self.month), year(" ")),
            Calendar::Lunar => {
                let leap = if self.leap { "leap " } else { "" };
                format!("{} day of lunar {leap}month {}{}", ordinal(self.day), self.month, year(", "))
            }
        }
    }

    /// `1990年3月5日`, `农历八月初三`, `农历1995年闰八月初三`.
    pub fn simplified(&self) -> String {
        let year = self.year.map_or_else(String::new, |year| format!("{year}年"));
        match self.calendar {
            Calendar::Solar => format!("{year}{}月{}日", self.month, self.day),
            Calendar::Lunar => format!("农历{year}{}", lunar_words(self.month, self.leap, self.day)),
        }
    }

    /// `1990年3月5日`, `農曆八月初三`, `農曆1995年閏八月初三`.
    pub fn traditional(&self) -> String {
        traditional_words(&self.simplified())
    }
}

/// The lunar date of a day, `正月十七` or `闰四月初五`; `None` outside the known years.
pub fn lunar_date_simplified(day: NaiveDate) -> Option<String> {
    let lunar = LunisolarDate::from_date(day).ok()?;
    let month = lunar.to_lunar_month();
    Some(lunar_words(u32::from(month.to_u8()), month.is_leap_month(), u32::from(lunar.to_lunar_day().to_u8())))
}

/// [`lunar_date_simplified`] in traditional characters.
pub fn lunar_date_traditional(day: NaiveDate) -> Option<String> {
    lunar_date_simplified(day).map(|text| traditional_words(&text))
}

fn traditional_words(text: &str) -> String {
    text.replace("农历", "農曆").replace('闰', "閏").replace('腊', "臘")
}

fn lunar_words(month: u32, leap: bool, day: u32) -> String {
    let leap = if leap { "闰" } else { "" };
    format!("{leap}{}{}", name(&MONTHS_SIMPLIFIED, month), lunar_day_words(day))
}

fn lunar_day_words(day: u32) -> String {
    let tens = match day {
        20 => return "二十".to_owned(),
        30 => return "三十".to_owned(),
        0..=10 => "初",
        11..=19 => "十",
        _ => "廿",
    };
    format!("{tens}{}", DIGITS.get(day as usize % 10).copied().unwrap_or_default())
}

fn name<'a>(names: &[&'a str; 12], month: u32) -> &'a str {
    month.checked_sub(1).and_then(|index| names.get(index as usize)).copied().unwrap_or_default()
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// How many days a lunar month has; `None` for a leap month that the year is without.
fn month_days(year: i32, month: u32, leap: bool) -> Option<u32> {
    let year = LunisolarYear::from_solar_year(SolarYear::from_u16(u16::try_from(year).ok()?)).ok()?;
    let month = LunarMonth::from_u8_with_leap(u8::try_from(month).ok()?, leap).ok()?;
    year.get_total_days_in_a_month(month).map(u32::from)
}

fn lunar_day(year: i32, month: u32, leap: bool, day: u32) -> Option<NaiveDate> {
    let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    LunisolarDate::from_ymd(year, month, leap, day).ok().map(LunisolarDate::to_naive_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn solar(month: u32, day: u32) -> Birthday {
        Birthday { calendar: Calendar::Solar, year: None, month, day, leap: false }
    }

    fn lunar(month: u32, day: u32) -> Birthday {
        Birthday { calendar: Calendar::Lunar, ..solar(month, day) }
    }

    #[test]
    fn a_solar_birthday_comes_every_year() {
        assert_eq!(solar(3, 5).next_on_or_after(day("2026-03-05")), Some(day("2026-03-05")), "today counts");
        assert_eq!(solar(3, 5).next_on_or_after(day("2026-03-06")), Some(day("2027-03-05")));
    }

    #[test]
    fn the_29th_of_february_is_kept_on_the_28th_or_on_1_march() {
        let born = solar(2, 29);
        assert_eq!(born.next_on_or_after(day("2026-01-01")), Some(day("2026-02-28")));
        assert_eq!(born.next_on_or_after(day("2028-01-01")), Some(day("2028-02-29")));
        let keeping = Keeping { leap_day_on_march_1: true, ..Keeping::default() };
        assert_eq!(born.next_kept(day("2026-01-01"), keeping), Some(day("2026-03-01")));
    }

    #[test]
    fn a_lunar_birthday_moves_through_the_solar_year() {
        assert_eq!(lunar(8, 15).next_on_or_after(day("2025-01-01")), Some(day("2025-10-06")));
        assert_eq!(lunar(8, 15).next_on_or_after(day("2026-01-01")), Some(day("2026-09-25")));
        assert_eq!(lunar(1, 1).next_on_or_after(day("2026-01-01")), Some(day("2026-02-17")));
        assert_eq!(
            lunar(12, 8).next_on_or_after(day("2026-01-01")),
            Some(day("2026-01-26")),
            "the twelfth month of the lunar year before"
        );
    }

    #[test]
    fn a_30th_in_a_month_of_29_days_is_kept_on_the_29th() {
        assert_eq!(month_days(2025, 12, false), Some(29));
        assert_eq!(lunar(12, 30).next_on_or_after(day("2026-02-01")), Some(day("2026-02-16")));
        assert_eq!(month_days(2023, 12, false), Some(30));
        assert_eq!(lunar(12, 30).next_on_or_after(day("2024-01-01")), Some(day("2024-02-09")));
    }

    #[test]
    fn a_leap_month_birthday_is_kept_in_the_ordinary_month() {
        let born = Birthday { leap: true, ..lunar(6, 10) };
        assert_eq!(born.next_on_or_after(day("2025-07-01")), Some(day("2025-07-04")));
        assert_eq!(born.next_on_or_after(day("2025-07-05")), Some(day("2026-07-23")), "not in the leap month of 2025");
        let keeping = Keeping { also_in_leap_month: true, ..Keeping::default() };
        assert_eq!(born.next_kept(day("2025-07-05"), keeping), Some(day("2025-08-03")));
        assert_eq!(
            lunar(6, 10).next_kept(day("2025-07-05"), keeping),
            Some(day("2026-07-23")),
            "who was born in the ordinary month has one birthday"
        );
    }

    #[test]
    fn a_day_that_never_was_is_refused_at_its_field() {
        let today = day("2026-03-02");
        let refused = |birthday: Birthday| birthday.check(today).map_err(|problem| (problem.field, problem.problem));
        let at = |field: &str, key: &str| Err((field.to_owned(), key.to_owned()));
        assert_eq!(refused(solar(2, 29)), Ok(()));
        assert_eq!(refused(Birthday { year: Some(2025), ..solar(2, 29) }), at("day", "birthday.not_existing"));
        assert_eq!(refused(solar(13, 1)), at("month", "birthday.not_existing"));
        assert_eq!(refused(Birthday { leap: true, ..solar(6, 1) }), at("leap", "birthday.no_such_leap_month"));
        assert_eq!(refused(Birthday { year: Some(2025), leap: true, ..lunar(6, 29) }), Ok(()));
        assert_eq!(
            refused(Birthday { year: Some(2024), leap: true, ..lunar(6, 1) }),
            at("leap", "birthday.no_such_leap_month")
        );
        assert_eq!(refused(Birthday { year: Some(2025), ..lunar(12, 30) }), at("day", "birthday.not_existing"));
        assert_eq!(refused(lunar(12, 31)), at("day", "birthday.not_existing"));
        assert_eq!(refused(Birthday { year: Some(1850), ..lunar(1, 1) }), at("year", "date.out_of_range"));
        assert_eq!(refused(Birthday { year: Some(2026), ..solar(3, 3) }), at("year", "birthday.in_future"));
        assert_eq!(refused(Birthday { year: Some(2025), ..lunar(12, 29) }), Ok(()), "16 February 2026");
    }

    #[test]
    fn a_birthday_is_written_as_people_read_it() {
        let born = Birthday { year: Some(1990), ..solar(3, 5) };
        assert_eq!((born.simplified(), born.english()), ("1990年3月5日".into(), "5 March 1990".into()));
        assert_eq!(lunar(8, 3).simplified(), "农历八月初三");
        let leap = Birthday { year: Some(1995), leap: true, ..lunar(8, 23) };
        assert_eq!(leap.simplified(), "农历1995年闰八月廿三");
        assert_eq!(leap.traditional(), "農曆1995年閏八月廿三");
        assert_eq!(leap.english(), "23rd day of lunar leap month 8, 1995");
        assert_eq!(lunar(12, 11).english(), "11th day of lunar month 12");
        let days: Vec<String> = [1, 10, 11, 20, 21, 30].into_iter().map(lunar_day_words).collect();
        assert_eq!(days, ["初一", "初十", "十一", "二十", "廿一", "三十"]);
    }

    #[test]
    fn every_day_has_its_lunar_date() {
        assert_eq!(lunar_date_simplified(day("2026-03-05")).as_deref(), Some("正月十七"));
        assert_eq!(lunar_date_traditional(day("2025-08-03")).as_deref(), Some("閏六月初十"));
        assert_eq!(lunar_date_traditional(day("2026-02-16")).as_deref(), Some("臘月廿九"));
    }
}
