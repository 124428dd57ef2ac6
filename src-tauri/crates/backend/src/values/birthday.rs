//! Birthdays: solar or lunar, with or without a year. `农历八月初三`, `农历7月3日`, `闰四月初五`, `4月18日` and every
//! form of a day. A lunar birthday is recognised by its words; nothing without such a word is taken for one, unless
//! the file says so in a column of its own.

use super::Problem;
use super::date::{DayOrder, century, day};
use super::text::{clean, half_width};
use chrono::{Datelike, NaiveDate};
use shukebu_domain::birthday::Birthday as KeptBirthday;

pub use crate::api::customers::{BirthdayCalendar as Calendar, BirthdayInput as Birthday};

/// A whole birthday in one cell.
///
/// # Errors
/// `birthday.unreadable`, `birthday.not_existing`, `birthday.in_future`, and what a day refuses.
pub fn birthday(cell: &str, order: DayOrder, today: NaiveDate) -> Result<Birthday, Problem> {
    let text: String = clean(cell).chars().map(half_width).filter(|ch| !"()[] ".contains(*ch)).collect();
    let (text, said) = without_calendar(&text);
    let is_lunar = match said {
        Some(calendar) => calendar == Calendar::Lunar,
        None => text.contains(['初', '廿', '卅', '闰', '閏', '正', '腊', '臘']) || text.contains("冬月"),
    };
    if is_lunar {
        return lunar(&text, today);
    }
    if let Some((month, day)) = month_and_day(&text) {
        return check_birthday(Birthday { calendar: Calendar::Solar, year: None, month, day, leap: false }, today);
    }
    // Blanks matter to a day with a time behind it.
    let whole = if said.is_some() { text } else { clean(cell).into_owned() };
    let found = day(&whole, order, today)?;
    let year = Some(found.year());
    check_birthday(
        Birthday { calendar: Calendar::Solar, year, month: found.month(), day: found.day(), leap: false },
        today,
    )
}

/// A birthday whose parts stand in columns of their own. Without month and day there is none.
///
/// # Errors
/// As [`birthday`].
pub fn birthday_from_parts(
    calendar: &str,
    (year, month, day): (&str, &str, &str),
    is_leap: bool,
    today: NaiveDate,
) -> Result<Option<Birthday>, Problem> {
    let (year, month, day) = (clean(year), clean(month), clean(day));
    if month.is_empty() && day.is_empty() {
        return Ok(None);
    }
    let calendar = match clean(calendar).to_lowercase().as_str() {
        "lunar" | "农历" | "農曆" | "阴历" | "陰曆" | "旧历" | "农" | "阴" | "l" | "2" => Calendar::Lunar,
        "" | "solar" | "公历" | "公曆" | "阳历" | "陽曆" | "新历" | "国历" | "公" | "阳" | "s" | "1" => {
            Calendar::Solar
        }
        _ => return Err("birthday.unreadable"),
    };
    let number = |text: &str| numeral(text.trim_end_matches(['年', '月', '日', '号']).trim_end_matches(".0"));
    let month = number(&month).ok_or("birthday.unreadable")?;
    let day = number(&day).ok_or("birthday.unreadable")?;
    let year = if year.is_empty() { None } else { Some(number(&year).ok_or("birthday.unreadable")?) };
    let year = year.filter(|year| *year > 0).map(|year| full_year(year, today));
    check_birthday(Birthday { calendar, year, month, day, leap: is_leap && calendar == Calendar::Lunar }, today)
        .map(Some)
}

/// Takes the name of a calendar off.
fn without_calendar(text: &str) -> (String, Option<Calendar>) {
    for (word, calendar) in [
        ("农历", Calendar::Lunar),
        ("農曆", Calendar::Lunar),
        ("阴历", Calendar::Lunar),
        ("陰曆", Calendar::Lunar),
        ("旧历", Calendar::Lunar),
        ("舊曆", Calendar::Lunar),
        ("公历", Calendar::Solar),
        ("公曆", Calendar::Solar),
        ("阳历", Calendar::Solar),
        ("陽曆", Calendar::Solar),
        ("新历", Calendar::Solar),
        ("新曆", Calendar::Solar),
        ("国历", Calendar::Solar),
        ("國曆", Calendar::Solar),
        ("农", Calendar::Lunar),
        ("農", Calendar::Lunar),
        ("阴", Calendar::Lunar),
        ("lunar", Calendar::Lunar),
    ] {
        if text.contains(word) {
            return (text.replace(word, "").replace([':', '：'], ""), Some(calendar));
        }
    }
    (text.to_owned(), None)
}

/// `4月18日`, `4-18`, `4/18`, `0418`; anything with a year is not one.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (month, day) = (text.get(..2)?.parse().ok()?, text.get(2..)?.parse().ok()?);
        return ((1..=12).contains(&month)).then_some((month, day));
    }
    if text.contains('年') {
        return None;
    }
    let parts: Vec<&str> =
        text.split(['月', '日', '号', '號', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [month, day] if month.chars().count() <= 3 => Some((numeral(month)?, numeral(day)?)),
        _ => None,
    }
}

/// A lunar day: `[1990年]闰八月初三`, `1990-8-3`, `8月3日`.
fn lunar(text: &str, today: NaiveDate) -> Result<Birthday, Problem> {
    let text = text.replace("leap", "闰");
    let leap = text.contains(['闰', '閏']);
    let text: String = text.chars().filter(|ch| !matches!(ch, '闰' | '閏')).collect();
    let parts: Vec<&str> = text.split(['年', '月', '-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let read_day = |part: &str| lunar_day(part.trim_end_matches(['日', '号', '號']));
    let (year, month, day) = match parts.as_slice() {
        [month, day] => (None, lunar_month(month), read_day(day)),
        [year, month, day] => (Some(numeral(year).ok_or("birthday.unreadable")?), lunar_month(month), read_day(day)),
        _ => return Err("birthday.unreadable"),
    };
    let (Some(month), Some(day)) = (month, day) else { return Err("birthday.unreadable") };
    let year = year.map(|year| full_year(year, today));
    check_birthday(Birthday { calendar: Calendar::Lunar, year, month, day, leap }, today)
}

fn full_year(year: u32, today: NaiveDate) -> i32 {
    if year < 100 { century(year, today) } else { i32::try_from(year).unwrap_or(0) }
}

fn lunar_month(text: &str) -> Option<u32> {
    match text {
        "正" | "元" => Some(1),
        "冬" => Some(11),
        "腊" | "臘" => Some(12),
        other => numeral(other),
    }
}

fn lunar_day(text: &str) -> Option<u32> {
    numeral(text.strip_prefix('初').unwrap_or(text))
}

/// `8`, `08`, `八`, `十一`, `廿三`, `三十`, `一九九〇`.
fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit =
        |ch: char| "〇一二三四五六七八九".chars().position(|known| known == ch || (ch == '零' && known == '〇'));
    let digits: Vec<char> = text.chars().collect();
    let one = |ch: char| digit(ch).and_then(|value| u32::try_from(value).ok());
    match digits.as_slice() {
        ['十'] => Some(10),
        ['廿'] => Some(20),
        ['卅'] => Some(30),
        ['十', last] => Some(10 + one(*last)?),
        ['廿', last] => Some(20 + one(*last)?),
        ['卅', last] => Some(30 + one(*last)?),
        [first, '十'] => Some(10 * one(*first)?),
        [first, '十', last] => Some(10 * one(*first)? + one(*last)?),
        all => all.iter().try_fold(0, |sum, ch| Some(sum * 10 + one(*ch)?)),
    }
}

/// Refuses days that no calendar has, leap months that the year did not have, and births in the future.
///
/// # Errors
/// `birthday.not_existing`, `birthday.no_leap_month`, `birthday.in_future`, `date.out_of_range`.
pub fn check_birthday(birthday: Birthday, today: NaiveDate) -> Result<Birthday, Problem> {
    let day = KeptBirthday {
        calendar: match birthday.calendar {
            Calendar::Solar => shukebu_domain::birthday::Calendar::Solar,
            Calendar::Lunar => shukebu_domain::birthday::Calendar::Lunar,
        },
        year: birthday.year,
        month: birthday.month,
        day: birthday.day,
        leap: birthday.leap,
    };
    match day.check(today) {
        Ok(()) => Ok(birthday),
        Err(refused) => Err(match refused.problem.as_str() {
            "birthday.no_such_leap_month" => "birthday.no_leap_month",
            "birthday.in_future" => "birthday.in_future",
            "date.out_of_range" => "date.out_of_range",
            _ => "birthday.not_existing",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    fn read(cell: &str) -> Result<(Calendar, Option<i32>, u32, u32, bool), Problem> {
        birthday(cell, DayOrder::Unknown, TODAY)
            .map(|found| (found.calendar, found.year, found.month, found.day, found.leap))
    }

    #[test]
    fn solar_birthdays_are_read_with_and_without_a_year() {
        for (cell, expected) in [
            ("1962-06-11", (Some(1962), 6, 11)),
            ("19730409", (Some(1973), 4, 9)),
            ("1964.8.19", (Some(1964), 8, 19)),
            ("1998年6月15日", (Some(1998), 6, 15)),
            ("公历1998年6月15日", (Some(1998), 6, 15)),
            ("90.1.2", (Some(1990), 1, 2)),
            ("32875", (Some(1990), 1, 2)),
            ("1990-01-02 00:00:00", (Some(1990), 1, 2)),
            ("4月18日", (None, 4, 18)),
            ("12/6", (None, 12, 6)),
            ("0418", (None, 4, 18)),
            ("2月29日", (None, 2, 29)),
            ("三月五日", (None, 3, 5)),
        ] {
            let (year, month, day) = expected;
            assert_eq!(read(cell), Ok((Calendar::Solar, year, month, day, false)), "{cell}");
        }
    }

    #[test]
    fn lunar_birthdays_are_known_by_their_words() {
        for (cell, expected) in [
            ("农历八月初三", (None, 8, 3, false)),
            ("农历7月3日", (None, 7, 3, false)),
            ("农历12月19日", (None, 12, 19, false)),
            ("農曆正月十五", (None, 1, 15, false)),
            ("腊月廿三", (None, 12, 23, false)),
            ("冬月三十", (None, 11, 30, false)),
            ("闰四月初五", (None, 4, 5, true)),
            ("农历1990年八月初三", (Some(1990), 8, 3, false)),
            ("1990年农历闰五月十一", (Some(1990), 5, 11, true)),
            ("8-3(农历)", (None, 8, 3, false)),
            ("阴历 二〇〇一年四月廿一", (Some(2001), 4, 21, false)),
        ] {
            let (year, month, day, leap) = expected;
            assert_eq!(read(cell), Ok((Calendar::Lunar, year, month, day, leap)), "{cell}");
        }
    }

    #[test]
    fn birthdays_that_no_calendar_has_are_refused() {
        for (cell, problem) in [
            ("2月30日", "birthday.not_existing"),
            ("2023-02-29", "date.not_existing"),
            ("农历8月31日", "birthday.not_existing"),
            ("农历十三月初一", "birthday.not_existing"),
            ("2030-01-01", "birthday.in_future"),
            ("属马", "date.unreadable"),
            ("1990", "date.unreadable"),
            ("农历初三", "birthday.unreadable"),
            ("农历1991年闰五月初一", "birthday.no_leap_month"),
        ] {
            assert_eq!(read(cell), Err(problem), "{cell}");
        }
    }

    #[test]
    fn parts_in_columns_of_their_own_make_a_birthday() {
        let parts = |calendar, year, month, day, leap| {
            birthday_from_parts(calendar, (year, month, day), leap, TODAY)
                .map(|found| found.map(|found| (found.calendar, found.year, found.month, found.day, found.leap)))
        };
        assert_eq!(parts("lunar", "2005", "6", "5", false), Ok(Some((Calendar::Lunar, Some(2005), 6, 5, false))));
        assert_eq!(parts("solar", "", "3", "25", true), Ok(Some((Calendar::Solar, None, 3, 25, false))));
        assert_eq!(parts("", "", "", "", false), Ok(None));
        assert_eq!(parts("maya", "", "3", "25", false), Err("birthday.unreadable"));
        assert_eq!(parts("solar", "1999", "2", "29", false), Err("birthday.not_existing"));
    }
}
