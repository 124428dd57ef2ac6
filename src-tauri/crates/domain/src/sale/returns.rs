//! What a quantity of a sold line is worth when it comes back.
//!
//! A line bears its share of what was taken off the whole sale; [`paid_by_line`] shares it out so that the lines add up to
//! what was paid. Worth is counted from nothing to all of the line, and a return is the difference of two such sums, so
//! that any split of returns gives the same end to the last 分.

use crate::error::{FieldError, RuleError};
use crate::money::Money;
use crate::offer::share_out;

/// A sold line and what came back of it so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoldLine {
    /// Sold, in thousandths.
    pub quantity_milli: i64,
    /// What was paid for it.
    pub paid: Money,
    /// Came back so far, in thousandths.
    pub returned_milli: i64,
}

/// What was paid for each line of a sale: its amount less its share of everything that was taken off the whole. Goods that
/// were taken back within the sale bear no share.
pub fn paid_by_line(amounts: &[Money], net: Money) -> Vec<Money> {
    let gross: i64 = amounts.iter().map(|amount| amount.minor()).sum();
    let off = share_out(Money::from_minor((gross - net.minor()).max(0)), amounts);
    amounts.iter().zip(off).map(|(amount, off)| amount.checked_sub(off).unwrap_or(*amount)).collect()
}

/// The money for `quantity_milli` more of a line.
///
/// # Errors
/// `quantity.not_positive`; `refund.beyond_line` with the value `left` in thousandths; `amount.too_large`.
pub fn worth(line: &SoldLine, quantity_milli: i64) -> Result<Money, RuleError> {
    if quantity_milli <= 0 {
        return Err(RuleError::field("quantity", "quantity.not_positive"));
    }
    let left = (line.quantity_milli - line.returned_milli).max(0);
    if quantity_milli > left {
        return Err(FieldError::new("quantity", "refund.beyond_line").with("left", left).into());
    }
    let up_to = |quantity: i64| {
        let share = i128::from(line.paid.minor()).checked_mul(i128::from(quantity))?;
        Money::round_half_up(share, i128::from(line.quantity_milli))
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

    fn line(quantity_milli: i64, paid: i64, returned_milli: i64) -> SoldLine {
        SoldLine { quantity_milli, paid: Money::from_minor(paid), returned_milli }
    }

    #[test]
    fn a_line_bears_its_share_of_the_discount_on_the_whole() {
        let paid = paid_by_line(&[1000, 1000].map(Money::from_minor), Money::from_minor(1800));
        assert_eq!(paid, [900, 900].map(Money::from_minor));
        assert_eq!(worth(&line(2000, 900, 0), 1000).unwrap().minor(), 450);
    }

    #[test]
    fn what_was_paid_by_line_adds_up_to_the_sale() {
        let paid = paid_by_line(&[100, 100, 100].map(Money::from_minor), Money::from_minor(100));
        assert_eq!(paid.iter().map(|paid| paid.minor()).collect::<Vec<_>>(), [33, 33, 34]);
        let taken_back = paid_by_line(&[500, -200].map(Money::from_minor), Money::from_minor(250));
        assert_eq!(taken_back.iter().map(|paid| paid.minor()).collect::<Vec<_>>(), [450, -200]);
    }

    #[test]
    fn any_split_of_returns_gives_the_same_end() {
        let mut sum = 0;
        for piece in 0..7 {
            sum += worth(&line(7000, 997, piece * 1000), 1000).unwrap().minor();
        }
        assert_eq!(sum, worth(&line(7000, 997, 0), 7000).unwrap().minor());
        assert_eq!(sum, 997);
    }

    #[test]
    fn never_more_comes_back_than_was_sold() {
        assert!(worth(&line(1000, 100, 500), 501).is_err());
        assert!(worth(&line(1000, 100, 500), 0).is_err());
        assert!(worth(&line(-1000, -100, 0), 1000).is_err(), "what was taken back is not given back");
    }

    #[test]
    fn a_gift_comes_back_for_nothing() {
        assert_eq!(worth(&line(1000, 0, 0), 1000).unwrap(), Money::ZERO);
    }
}
