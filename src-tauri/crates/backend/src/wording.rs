//! Amounts and days as people read them, for the sentences that the backend words.

use crate::app::Moment;
use crate::messages::Language;
use chrono::{Datelike, NaiveDate};
use shukebu_domain::money::Money;

/// `¥1,234.50`; another currency stands with its own sign or its code.
pub(crate) fn amount(moment: &Moment, money: Money) -> String {
    amount_in(&moment.currency, moment.exponent, money)
}

fn amount_in(currency: &str, exponent: u32, money: Money) -> String {
    let plain = money.to_plain_text(exponent);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    format!("{sign}{}{grouped}{fraction}", symbol(currency))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_carry_their_sign() {
        assert_eq!(amount_in("CNY", 2, Money::from_minor(123_456_789)), "¥1,234,567.89");
        assert_eq!(amount_in("JPY", 0, Money::from_minor(-1_000)), "-¥1,000");
        assert_eq!(amount_in("CHF", 2, Money::from_minor(50)), "CHF 0.50");
    }
}
