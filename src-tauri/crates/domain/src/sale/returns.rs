//! What a quantity of a sold line is worth when it comes back.
//!
//! A line bears its share of what was taken off the whole sale. Worth is counted from nothing to all of the line, and a
//! return is the difference of two such sums, so that any split of returns gives the same end to the last 分.

use crate::error::{FieldError, RuleError};
use crate::money::Money;

/// A sold line and what came back of it so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoldLine {
    /// Sold, in thousandths.
    pub quantity_milli: i64,
    /// The line's amount, after its own discount.
    pub amount: Money,
    /// Came back so far, in thousandths.
    pub returned_milli: i64,
}

/// The money for `quantity_milli` more of a line; `gross` and `net` are the sale's.
///
/// # Errors
/// `quantity.not_positive`; `refund.beyond_line` with the value `left` in thousandths; `amount.too_large`.
pub fn worth(line: &SoldLine, quantity_milli: i64, gross: Money, net: Money) -> Result<Money, RuleError> {
    if quantity_milli <= 0 {
        return Err(RuleError::field("quantity", "quantity.not_positive"));
    }
    let left = (line.quantity_milli - line.returned_milli).max(0);
    if quantity_milli > left {
        return Err(FieldError::new("quantity", "refund.beyond_line").with("left", left).into());
    }
    let up_to = |quantity: i64| {
        let denominator = i128::from(gross.minor()) * i128::from(line.quantity_milli);
        if denominator <= 0 {
            return Some(Money::ZERO);
        }
        let share = i128::from(line.amount.minor()).checked_mul(i128::from(net.minor()))?;
        Money::round_half_up(share.checked_mul(i128::from(quantity))?, denominator)
    };
    let after = up_to(line.returned_milli + quantity_milli);
    let before = up_to(line.returned_milli);
    after
        .zip(before)
        .and_then(|(after, before)| after.checked_sub(before))
        .ok_or_else(|| RuleError::field("quantity", "amount.too_large"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity_milli: i64, amount: i64, returned_milli: i64) -> SoldLine {
        SoldLine { quantity_milli, amount: Money::from_minor(amount), returned_milli }
    }

    #[test]
    fn a_line_bears_its_share_of_the_discount_on_the_whole() {
        let money = worth(&line(2000, 1000, 0), 1000, Money::from_minor(2000), Money::from_minor(1800)).unwrap();
        assert_eq!(money.minor(), 450);
    }

    #[test]
    fn any_split_of_returns_gives_the_same_end() {
        let (gross, net) = (Money::from_minor(1000), Money::from_minor(997));
        let mut sum = 0;
        for piece in 0..7 {
            sum += worth(&line(7000, 1000, piece * 1000), 1000, gross, net).unwrap().minor();
        }
        assert_eq!(sum, worth(&line(7000, 1000, 0), 7000, gross, net).unwrap().minor());
        assert_eq!(sum, 997);
    }

    #[test]
    fn never_more_comes_back_than_was_sold() {
        let (gross, net) = (Money::from_minor(100), Money::from_minor(100));
        assert!(worth(&line(1000, 100, 500), 501, gross, net).is_err());
        assert!(worth(&line(1000, 100, 500), 0, gross, net).is_err());
        assert!(worth(&line(-1000, -100, 0), 1000, gross, net).is_err(), "what was taken back is not given back");
    }

    #[test]
    fn a_gift_comes_back_for_nothing() {
        assert_eq!(worth(&line(1000, 0, 0), 1000, Money::ZERO, Money::ZERO).unwrap(), Money::ZERO);
    }
}
