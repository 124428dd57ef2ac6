//! Amounts and days as people read them, for the sentences that the backend words.

use crate::app::Moment;
use crate::messages::{Language, say};
use chrono::{Datelike, NaiveDate};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// `¥1,234.50`; another currency stands with its own sign or its code.
pub(crate) fn amount(moment: &Moment, money: Money) -> String {
    amount_in(&moment.currency, moment.exponent, money)
}

fn amount_in(currency: &str, exponent: u32, money: Money) -> String {
    let plain = money.to_plain_text(exponent);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    format!("{sign}{}{}{fraction}", symbol(currency), grouped(whole))
}

/// `8,616`: visits, points, people.
pub(crate) fn count(number: i64) -> String {
    format!("{}{}", if number < 0 { "-" } else { "" }, grouped(&number.unsigned_abs().to_string()))
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The sign of a currency, or its code and a space.
pub(crate) fn symbol(currency: &str) -> String {
    match currency {
        "CNY" | "JPY" => "¥".into(),
        "USD" => "$".into(),
        "HKD" => "HK$".into(),
        "TWD" => "NT$".into(),
        "EUR" => "€".into(),
        "GBP" => "£".into(),
        other => format!("{other} "),
    }
}

/// `2026年3月5日`, `5 Mar 2026`.
pub(crate) fn day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::English => day.format("%-d %b %Y").to_string(),
        Language::Simplified | Language::Traditional => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// A day of the month inside a sentence: `1st` in English, the number alone where the sentence brings its own word.
pub(crate) fn day_of_month(language: Language, day: u32) -> String {
    let ending = match (language, day % 100, day % 10) {
        (Language::Simplified | Language::Traditional, ..) => "",
        (Language::English, 11..=13, _) => "th",
        (Language::English, _, 1) => "st",
        (Language::English, _, 2) => "nd",
        (Language::English, _, 3) => "rd",
        (Language::English, ..) => "th",
    };
    format!("{day}{ending}")
}

/// A moment of the shop: the time alone on its own day, with the day otherwise, with the year when it is another one.
pub(crate) fn moment(moment: &Moment, at: Timestamp) -> String {
    let local = at.utc().with_timezone(&moment.zone);
    let (on, today) = (local.date_naive(), moment.today);
    let time = local.format("%H:%M");
    if on == today {
        return time.to_string();
    }
    let day = match (moment.language, on.year() == today.year()) {
        (language, false) => day(language, on),
        (Language::English, true) => on.format("%-d %b").to_string(),
        (Language::Simplified | Language::Traditional, true) => format!("{}月{}日", on.month(), on.day()),
    };
    format!("{day} {time}")
}

/// Seconds as hours and minutes, rounded down: open time has no days.
pub(crate) fn span(language: Language, seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => say(language, "span.under_a_minute", &[]),
        (0, minutes) => say(language, "span.minutes", &[("minutes", &minutes)]),
        (hours, 0) => say(language, "span.hours", &[("hours", &hours)]),
        (hours, minutes) => say(language, "span.hours_minutes", &[("hours", &hours), ("minutes", &minutes)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_rounded_down_to_the_minute() {
        let say = |seconds| span(Language::English, seconds);
        assert_eq!([say(59), say(3_599), say(7_200), say(90_061)], ["under a minute", "59 min", "2 h", "25 h 1 min"]);
    }

    #[test]
    fn english_counts_the_days_of_a_month_and_chinese_only_numbers_them() {
        let english: Vec<String> = (1..=31).map(|day| day_of_month(Language::English, day)).collect();
        let with = |ending: &str| {
            let days = english.iter().filter_map(|day| day.strip_suffix(ending)?.parse().ok());
            days.collect::<Vec<u32>>()
        };
        assert_eq!((with("st"), with("nd"), with("rd")), (vec![1, 21, 31], vec![2, 22], vec![3, 23]));
        assert_eq!(with("th").len(), 24, "all others, 11 to 13 among them: {english:?}");
        for language in [Language::Simplified, Language::Traditional] {
            assert_eq!(day_of_month(language, 21), "21");
        }
    }

    #[test]
    fn amounts_are_grouped_and_carry_their_sign() {
        assert_eq!(amount_in("CNY", 2, Money::from_minor(123_456_789)), "¥1,234,567.89");
        assert_eq!(amount_in("JPY", 0, Money::from_minor(-1_000)), "-¥1,000");
        assert_eq!(amount_in("CHF", 2, Money::from_minor(50)), "CHF 0.50");
    }
}
