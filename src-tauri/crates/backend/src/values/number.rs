//! Amounts and quantities. What a comma means is decided here: three digits behind it are thousands, one or two at
//! the end are a decimal comma, anything else is refused.

use super::Problem;
use shukebu_domain::money::{Decimal, Money};
use std::borrow::Cow;

/// An amount: in main units with the currency's decimals, or in minor units.
///
/// # Errors
/// `amount.unreadable`, `amount.too_large`; for minor units with a fraction `amount.not_whole`.
pub fn amount(cell: &str, is_minor: bool, exponent: u32) -> Result<Money, Problem> {
    let number = decimal(cell).ok_or("amount.unreadable")?;
    if is_minor {
        let whole = number.to_money(0).ok_or("amount.too_large")?;
        let is_whole = Decimal::whole(whole.minor()).to_thousandths() == number.to_thousandths();
        return if is_whole { Ok(whole) } else { Err("amount.not_whole") };
    }
    number.to_money(exponent).ok_or("amount.too_large")
}

/// A quantity, exact as it was written.
///
/// # Errors
/// `quantity.unreadable`, `quantity.too_fine` beyond three decimals.
pub fn quantity(cell: &str) -> Result<Decimal, Problem> {
    let number = decimal(cell).ok_or("quantity.unreadable")?;
    number.to_thousandths().map(|_| number).ok_or("quantity.too_fine")
}

/// A whole number of something, not negative: visits, points, a line number. `12 次` and `300分` are understood.
///
/// # Errors
/// `number.unreadable`.
pub fn whole(cell: &str) -> Result<i64, Problem> {
    let text = cell.trim().trim_end_matches(['次', '分', '点', '點', '个', '個', '单', '單']);
    let number = decimal(text).ok_or("number.unreadable")?;
    let thousandths = number.to_thousandths().ok_or("number.unreadable")?;
    if thousandths < 0 || thousandths % 1000 != 0 { Err("number.unreadable") } else { Ok(thousandths / 1000) }
}

/// A number exactly as it was written.
///
/// Plain digits are by far the commonest cell; everything else takes the long way.
pub fn decimal(cell: &str) -> Option<Decimal> {
    plain(cell.as_bytes()).or_else(|| Decimal::parse(&settle_commas(cell)?))
}

fn plain(bytes: &[u8]) -> Option<Decimal> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let mut mantissa = 0_i64;
    let mut scale = None;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale = scale.map(|digits: u32| digits + 1);
            }
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
    }
    // A lone point is no number, and a point at the end is left to the long way.
    if scale == Some(0) { None } else { Some(Decimal { mantissa: i128::from(mantissa), scale: scale.unwrap_or(0) }) }
}

fn settle_commas(cell: &str) -> Option<Cow<'_, str>> {
    if !cell.contains([',', '，']) {
        return Some(Cow::Borrowed(cell));
    }
    let text = cell.replace('，', ",");
    let groups: Vec<&str> = text.split(',').collect();
    let digits = |group: &str| group.chars().take_while(char::is_ascii_digit).count();
    let is_thousands = groups.iter().skip(1).all(|group| digits(group) == 3);
    if is_thousands {
        return Some(Cow::Owned(text.replace(',', "")));
    }
    match groups.as_slice() {
        [whole, fraction] if (1..=2).contains(&digits(fraction)) && !fraction.contains('.') => {
            // 1.234,56: the points before a decimal comma are thousands.
            let whole = whole.trim_start_matches(|ch: char| !ch.is_ascii_digit() && ch != '-');
            let parts: Vec<&str> = whole.split('.').collect();
            let is_grouped = parts.iter().skip(1).all(|part| part.len() == 3);
            is_grouped.then(|| Cow::Owned(format!("{}.{fraction}", parts.concat())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(cell: &str) -> Result<i64, Problem> {
        amount(cell, false, 2).map(Money::minor)
    }

    #[test]
    fn amounts_are_read_as_shops_write_them() {
        for (cell, expected) in [
            ("575", 57_500),
            ("¥1,158.00", 115_800),
            ("1,158.0元", 115_800),
            ("￥ 12.5", 1250),
            ("１２．５０", 1250),
            ("2.55", 255),
            ("-3", -300),
            ("(3.00)", -300),
            ("12,50", 1250),
            ("1.234,56", 123_456),
            ("1,234,567", 123_456_700),
            ("0", 0),
            ("0.005", 1),
            ("16.", 1600),
        ] {
            assert_eq!(minor(cell), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn an_amount_that_can_mean_two_things_is_refused() {
        for cell in ["1,2345", "1,23,4", "12a", "1.38E+10", "N/A", "", ".", "1.2.3"] {
            assert_eq!(minor(cell), Err("amount.unreadable"), "{cell}");
        }
    }

    #[test]
    fn minor_units_have_no_fraction() {
        assert_eq!(amount("97500", true, 2).map(Money::minor), Ok(97_500));
        assert_eq!(amount("97500.0", true, 2).map(Money::minor), Ok(97_500));
        assert_eq!(amount("975.5", true, 2), Err("amount.not_whole"));
    }

    #[test]
    fn quantities_stay_exact() {
        assert_eq!(quantity("1.5").map(|number| number.to_thousandths()), Ok(Some(1500)));
        assert_eq!(quantity("0.3333"), Err("quantity.too_fine"));
        assert_eq!(whole("12 次"), Ok(12));
        assert_eq!(whole("-1"), Err("number.unreadable"));
        assert_eq!(whole("1.5"), Err("number.unreadable"));
    }
}
