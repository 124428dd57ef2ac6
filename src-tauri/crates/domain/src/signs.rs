//! What people read from a birthday: the animal of the lunar year (生肖) and the star sign (星座).
//!
//! The animal changes at the lunar New Year, not on 1 January, so a solar birthday in January needs its lunar year. A
//! lunar birthday without its year has neither: the solar day differs from year to year.

use crate::birthday::{Birthday, Calendar};
use chinese_lunisolar_calendar::LunisolarDate;
use chrono::{Datelike, NaiveDate};

/// The animals in their order; 2020 was a year of the rat.
const ANIMALS: [&str; 12] =
    ["rat", "ox", "tiger", "rabbit", "dragon", "snake", "horse", "goat", "monkey", "rooster", "dog", "pig"];

/// The last day of each sign and its name, from January on.
const STARS: [(u32, u32, &str); 13] = [
    (1, 19, "capricorn"),
    (2, 18, "aquarius"),
    (3, 20, "pisces"),
    (4, 19, "aries"),
    (5, 20, "taurus"),
    (6, 21, "gemini"),
    (7, 22, "cancer"),
    (8, 22, "leo"),
    (9, 22, "virgo"),
    (10, 23, "libra"),
    (11, 22, "scorpio"),
    (12, 21, "sagittarius"),
    (12, 31, "capricorn"),
];

/// The key of the animal; `None` without a year.
pub fn animal(birthday: &Birthday) -> Option<&'static str> {
    let year = match birthday.calendar {
        Calendar::Lunar => birthday.year?,
        Calendar::Solar => {
            let day = NaiveDate::from_ymd_opt(birthday.year?, birthday.month, birthday.day)?;
            let lunar = LunisolarDate::from_date(day).ok()?;
            i32::from(lunar.to_lunisolar_year().to_solar_year().to_u16())
        }
    };
    ANIMALS.get(usize::try_from((year - 4).rem_euclid(12)).ok()?).copied()
}

/// The key of the star sign; `None` for a lunar birthday without its year.
pub fn star(birthday: &Birthday) -> Option<&'static str> {
    let (month, day) = match birthday.calendar {
        Calendar::Solar => (birthday.month, birthday.day),
        Calendar::Lunar => {
            let born = born_on(birthday)?;
            (born.month(), born.day())
        }
    };
    STARS.iter().find(|(last_month, last_day, _)| (month, day) <= (*last_month, *last_day)).map(|(_, _, name)| *name)
}

/// Whole years on a day; `None` without a year of birth.
pub fn age(birthday: &Birthday, today: NaiveDate) -> Option<u32> {
    today.years_since(born_on(birthday)?)
}

fn born_on(birthday: &Birthday) -> Option<NaiveDate> {
    let year = birthday.year?;
    match birthday.calendar {
        Calendar::Solar => NaiveDate::from_ymd_opt(year, birthday.month, birthday.day),
        Calendar::Lunar => {
            let (year, month) = (u16::try_from(year).ok()?, u8::try_from(birthday.month).ok()?);
            let day = u8::try_from(birthday.day).ok()?;
            LunisolarDate::from_ymd(year, month, birthday.leap, day).ok().map(LunisolarDate::to_naive_date)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born(calendar: Calendar, year: Option<i32>, month: u32, day: u32) -> Birthday {
        Birthday { calendar, year, month, day, leap: false }
    }

    #[test]
    fn the_animal_changes_at_the_lunar_new_year() {
        // New Year 1990 fell on 27 January (Hong Kong Observatory, conversion tables).
        assert_eq!(animal(&born(Calendar::Solar, Some(1990), 1, 26)), Some("snake"));
        assert_eq!(animal(&born(Calendar::Solar, Some(1990), 1, 27)), Some("horse"));
        assert_eq!(animal(&born(Calendar::Lunar, Some(2020), 1, 1)), Some("rat"));
        assert_eq!(animal(&born(Calendar::Lunar, None, 1, 1)), None, "the year is not known");
    }

    #[test]
    fn the_star_sign_needs_the_solar_day() {
        assert_eq!(star(&born(Calendar::Solar, None, 3, 20)), Some("pisces"));
        assert_eq!(star(&born(Calendar::Solar, None, 3, 21)), Some("aries"));
        assert_eq!(star(&born(Calendar::Solar, None, 12, 22)), Some("capricorn"));
        assert_eq!(star(&born(Calendar::Lunar, Some(2025), 8, 15)), Some("libra"), "6 October 2025");
        assert_eq!(star(&born(Calendar::Lunar, None, 8, 15)), None);
    }

    #[test]
    fn a_person_is_under_fourteen_until_the_fourteenth_birthday() {
        let child = born(Calendar::Solar, Some(2012), 3, 3);
        let on = |text: &str| age(&child, text.parse().unwrap());
        assert_eq!(on("2026-03-02"), Some(13));
        assert_eq!(on("2026-03-03"), Some(14));
    }
}
