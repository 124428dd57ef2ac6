//! Money in minor units (分, cents) with checked arithmetic. The currency and its exponent matter only where text
//! becomes money or money becomes text, so they are arguments there and absent everywhere else.

use crate::brand::branded;
use crate::error::FieldError;
use serde::{Deserialize, Serialize};

/// The largest amount a book takes: JSON numbers stay exact below 2^53.
pub const MAX_MINOR: i64 = 9_000_000_000_000_000;

/// An amount in minor units of the book's one currency.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Money(i64);

branded!(Money, "number", "Minor");

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of so many minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// The sum, or `None` past the largest amount.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).filter(|sum| sum.unsigned_abs() <= MAX_MINOR.unsigned_abs()).map(Self)
    }

    /// The difference, or `None` past the largest amount.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).filter(|rest| rest.unsigned_abs() <= MAX_MINOR.unsigned_abs()).map(Self)
    }

    /// The sum of many, or `None` past the largest amount.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Plain text with the exponent's decimals, such as `-12.50`; no grouping and no sign of currency.
    pub fn to_plain_text(self, exponent: u32) -> String {
        let base = 10_i64.saturating_pow(exponent);
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.unsigned_abs() / base.unsigned_abs();
        let rest = self.0.unsigned_abs() % base.unsigned_abs();
        if exponent == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{rest:0width$}", width = exponent as usize)
        }
    }

    /// Half-up division of an exact fraction `numerator / denominator` (denominator above zero) to whole minor units.
    ///
    /// Half up means towards plus infinity at exactly one half, for negative amounts too.
    pub fn round_half_up(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let doubled = numerator.checked_mul(2)?.checked_add(denominator)?;
        let rounded = doubled.div_euclid(denominator.checked_mul(2)?);
        i64::try_from(rounded).ok().filter(|minor| minor.unsigned_abs() <= MAX_MINOR.unsigned_abs()).map(Self)
    }
}

/// A decimal number as it was written: `mantissa / 10^scale`. Quantities and unit prices of a log stay exact in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as one integer.
    pub mantissa: i128,
    /// How many of them stand behind the point.
    pub scale: u32,
}

impl Decimal {
    /// Reads `1234.5`, `1,234.50`, `¥12`, `12元`, `-3`, full-width digits and `(12.50)` as a negative.
    ///
    /// Refused: an empty cell, letters, two points, scientific notation (a spreadsheet has already lost its digits).
    pub fn parse(text: &str) -> Option<Self> {
        let mut cleaned = String::with_capacity(text.len());
        let mut bracketed = false;
        for raw in text.trim().chars() {
            let ch = match raw {
                '０'..='９' => char::from_u32(u32::from(raw) - u32::from('０') + u32::from('0'))?,
                '．' => '.',
                '，' => ',',
                '－' | '−' | '–' => '-',
                '＋' => '+',
                '（' => '(',
                '）' => ')',
                other => other,
            };
            match ch {
                '0'..='9' | '.' | '-' | '+' => cleaned.push(ch),
                ',' | '¥' | '￥' | '$' | '£' | '€' | '元' | ' ' | '\u{a0}' | '\u{3000}' => {}
                '(' if cleaned.is_empty() => bracketed = true,
                ')' if bracketed => {}
                _ => return None,
            }
        }
        let (negative, digits) = match cleaned.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, cleaned.strip_prefix('+').unwrap_or(&cleaned)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) || digits.len() > 30
        {
            return None;
        }
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        let mantissa = if negative || bracketed { -mantissa } else { mantissa };
        Some(Self { mantissa, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { mantissa: number as i128, scale: 0 }
    }

    /// The amount that this number of main units is, rounded half up to minor units.
    pub fn to_money(self, exponent: u32) -> Option<Money> {
        Money::round_half_up(
            self.mantissa.checked_mul(10_i128.checked_pow(exponent)?)?,
            10_i128.checked_pow(self.scale)?,
        )
    }

    /// quantity × unit price in main units, rounded half up once to minor units ("Exact results").
    pub fn times(self, unit_price: Self, exponent: u32) -> Option<Money> {
        let numerator = self.mantissa.checked_mul(unit_price.mantissa)?.checked_mul(10_i128.checked_pow(exponent)?)?;
        Money::round_half_up(numerator, 10_i128.checked_pow(self.scale.checked_add(unit_price.scale)?)?)
    }

    /// The number in thousandths, exact, or `None` when it has more than three decimals.
    pub fn to_thousandths(self) -> Option<i64> {
        let scaled = self.mantissa.checked_mul(1000)?;
        let base = 10_i128.checked_pow(self.scale)?;
        if scaled % base == 0 { i64::try_from(scaled / base).ok() } else { None }
    }
}

/// Reads an amount in main units from a form field.
///
/// # Errors
/// `amount.missing` for an empty field, `amount.unreadable` for text that is no number, `amount.too_large`.
pub fn parse_amount(field: &str, text: &str, exponent: u32) -> Result<Money, FieldError> {
    if text.trim().is_empty() {
        return Err(FieldError::new(field, "amount.missing"));
    }
    let number = Decimal::parse(text).ok_or_else(|| FieldError::new(field, "amount.unreadable").with("text", text))?;
    number.to_money(exponent).ok_or_else(|| FieldError::new(field, "amount.too_large"))
}

/// How many decimals the minor unit of a currency has (ISO 4217).
pub fn currency_exponent(code: &str) -> u32 {
    match code {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "UGX" | "XAF" | "XOF" | "PYG" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_may_type_an_amount_in_every_usual_way() {
        for (text, minor) in [
            ("12.5", 1250),
            ("12.50", 1250),
            ("12", 1200),
            ("¥1,234.50", 123_450),
            ("１２．５", 1250),
            ("(3)", -300),
            ("-0.5", -50),
        ] {
            assert_eq!(
                Decimal::parse(text).and_then(|number| number.to_money(2)),
                Some(Money::from_minor(minor)),
                "{text}"
            );
        }
    }

    #[test]
    fn text_that_lost_its_digits_is_refused() {
        for text in ["", "1.38E+10", "1.2.3", "十二", "--1", "."] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_is_rounded_half_up_once() {
        let times = |quantity: &str, price: &str| {
            Decimal::parse(quantity).zip(Decimal::parse(price)).and_then(|(q, p)| q.times(p, 2)).map(Money::minor)
        };
        assert_eq!(times("3", "0.335"), Some(101), "1.005 rounds up");
        assert_eq!(times("6", "2.55"), Some(1530));
        assert_eq!(times("-1", "0.005"), Some(0), "half goes towards plus infinity");
    }

    #[test]
    fn sums_stop_before_they_lose_digits_in_json() {
        assert_eq!(Money::from_minor(MAX_MINOR).checked_add(Money::from_minor(1)), None);
    }

    #[test]
    fn money_becomes_text_with_the_decimals_of_its_currency() {
        assert_eq!(Money::from_minor(-5).to_plain_text(2), "-0.05");
        assert_eq!(Money::from_minor(1234).to_plain_text(0), "1234");
    }
}
