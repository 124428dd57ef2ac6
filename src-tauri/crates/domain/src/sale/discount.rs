//! How much a sale gives away by hand, and whether it still earns something.
//!
//! What is given away is measured against the list: a price typed lower than the product's own, a line's discount and a
//! discount on the whole are one and the same, so that nobody gets around the limit by choosing another field. A price
//! that was agreed with the customer takes the place of the list price, for somebody with the right to it has approved it.

use crate::money::Money;

/// A line as its prices are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedLine {
    /// What the line would be by list or by agreement; the same as quantity × price for a line in words.
    pub list: Money,
    /// What it is, after its own discount.
    pub amount: Money,
    /// What the goods cost the shop, where known.
    pub cost: Option<Money>,
    /// Whether the price is the agreed one.
    pub is_agreed: bool,
}

/// How large a discount is against the limit of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Nothing is given away.
    None,
    /// Up to the limit: anybody at the counter may.
    Small,
    /// Above it: needs the right.
    Large,
}

/// The size of everything that a sale gives away; `whole` is the discount on the sum, `limit_bp` basis points of the list.
pub fn size(lines: &[PricedLine], whole: Money, limit_bp: i64) -> Size {
    let mut list = 0_i128;
    let mut given = i128::from(whole.minor());
    for line in lines {
        // Goods taken back within a sale, and prices above the list, give nothing away.
        let by_list = i128::from(line.list.max(line.amount).max(Money::ZERO).minor());
        list += by_list;
        given += (by_list - i128::from(line.amount.max(Money::ZERO).minor())).max(0);
    }
    if given <= 0 {
        Size::None
    } else if given * 10_000 <= i128::from(limit_bp) * list {
        Size::Small
    } else {
        Size::Large
    }
}

/// Whether the lines with a known cost leave less than the minimum margin after their share of the discount on the whole.
///
/// Margin = (revenue − cost) / revenue. Gifts (lines at nothing), goods taken back and agreed prices are left out: each
/// of them was decided elsewhere.
pub fn is_below_margin(lines: &[PricedLine], whole: Money, minimum_bp: i64) -> bool {
    let gross: i128 = lines.iter().map(|line| i128::from(line.amount.max(Money::ZERO).minor())).sum();
    let (mut revenue, mut cost) = (0_i128, 0_i128);
    for line in lines.iter().filter(|line| line.amount > Money::ZERO && !line.is_agreed) {
        if let Some(known) = line.cost {
            revenue += i128::from(line.amount.minor());
            cost += i128::from(known.minor());
        }
    }
    if revenue == 0 || gross == 0 {
        return false;
    }
    // All over `gross`, so that the share of the discount stays exact.
    let earned = revenue * gross - i128::from(whole.minor()) * revenue;
    (earned - cost * gross) * 10_000 < i128::from(minimum_bp) * earned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(list: i64, amount: i64, cost: Option<i64>) -> PricedLine {
        PricedLine {
            list: Money::from_minor(list),
            amount: Money::from_minor(amount),
            cost: cost.map(Money::from_minor),
            is_agreed: false,
        }
    }

    #[test]
    fn five_per_cent_is_small_and_a_cent_more_is_large() {
        let lines = [line(10_000, 10_000, None)];
        assert_eq!(size(&lines, Money::ZERO, 500), Size::None);
        assert_eq!(size(&lines, Money::from_minor(500), 500), Size::Small);
        assert_eq!(size(&lines, Money::from_minor(501), 500), Size::Large);
    }

    #[test]
    fn a_lower_price_a_line_discount_and_a_discount_on_the_whole_count_together() {
        let lines = [line(5000, 4800, None), line(5000, 4900, None)];
        assert_eq!(size(&lines, Money::from_minor(200), 500), Size::Small);
        assert_eq!(size(&lines, Money::from_minor(201), 500), Size::Large);
    }

    #[test]
    fn a_price_above_the_list_does_not_hide_a_discount_elsewhere() {
        assert_eq!(size(&[line(1000, 2000, None), line(1000, 500, None)], Money::ZERO, 500), Size::Large);
    }

    #[test]
    fn a_gift_gives_its_whole_price_away() {
        assert_eq!(size(&[line(1000, 0, Some(300))], Money::ZERO, 500), Size::Large);
    }

    #[test]
    fn goods_taken_back_are_no_discount() {
        assert_eq!(size(&[line(1000, 1000, None), line(-500, -500, None)], Money::ZERO, 500), Size::None);
    }

    #[test]
    fn a_sale_below_its_cost_is_noticed_with_the_discount_on_the_whole_shared_out() {
        let lines = [line(1000, 1000, Some(900)), line(1000, 1000, None)];
        assert!(!is_below_margin(&lines, Money::from_minor(200), 0), "100 of 200 fall on the known line: 900 for 900");
        assert!(is_below_margin(&lines, Money::from_minor(201), 0));
    }

    #[test]
    fn a_minimum_margin_is_a_share_of_what_is_paid() {
        assert!(!is_below_margin(&[line(1000, 1000, Some(700))], Money::ZERO, 3000));
        assert!(is_below_margin(&[line(1000, 999, Some(700))], Money::ZERO, 3000));
    }

    #[test]
    fn gifts_and_agreed_prices_are_not_judged_again() {
        let mut agreed = line(500, 500, Some(900));
        agreed.is_agreed = true;
        assert!(!is_below_margin(&[agreed, line(1000, 0, Some(400))], Money::ZERO, 0));
    }
}
