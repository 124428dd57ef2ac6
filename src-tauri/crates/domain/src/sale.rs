//! What a sale amounts to and what may still be refunded of it.
//!
//! A line is quantity × unit price rounded half up once; a sale is the sum of its lines; its **net** is what is left
//! after discount, coupons and the money that points paid. Net is the figure that ladder, points and cashback look at.
//! Nothing here is ever edited: a refund is a new row, and many of them together never exceed the sale.

pub mod discount;
pub mod returns;

use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::ids::ProductId;
use crate::money::Money;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// One line as it is typed at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NewLine {
    /// The product of the list, or none for a line in words.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// What the line says; the product's name when empty.
    #[serde(default)]
    pub description: String,
    /// Category at the time of the sale.
    #[serde(default)]
    pub category: Option<String>,
    /// Quantity in thousandths: 1.5 kg is 1,500. Negative takes goods back within the same sale.
    #[serde(default = "one")]
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quantity_thousandths: i64,
    /// Price of one unit in minor units; zero for a gift.
    #[serde(default)]
    pub unit_price_minor: Money,
    /// The line's amount where the log knows it better than quantity × price.
    #[serde(default)]
    pub amount_minor: Option<Money>,
    /// Cost of one unit in minor units, where known.
    #[serde(default)]
    pub unit_cost_minor: Option<Money>,
    /// Taken off this line.
    #[serde(default)]
    pub discount_minor: Money,
}

fn one() -> i64 {
    1000
}

/// The money of a sale before it is stored: either lines or one amount.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NewAmounts {
    /// The lines; empty when the sale is one amount.
    #[serde(default)]
    pub lines: Vec<NewLine>,
    /// The one amount; empty when the sale has lines.
    #[serde(default)]
    pub amount_minor: Option<Money>,
    /// Discount off the whole sale.
    #[serde(default)]
    pub discount_minor: Money,
    /// What coupons take off.
    #[serde(default)]
    pub coupons_minor: Money,
    /// What redeemed points pay.
    #[serde(default)]
    pub points_money_minor: Money,
}

/// A sale added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaleTotals {
    /// The amount of each line, in order; one line for a sale of one amount.
    pub lines_minor: Vec<Money>,
    /// Σ lines.
    pub gross_minor: Money,
    /// gross − discount − coupons − points money: what the customer pays.
    pub net_minor: Money,
    /// Σ cost of the lines whose cost is known.
    pub cost_minor: Option<Money>,
}

/// The amount of one line in minor units, rounded half up once, less its own discount.
pub fn line_amount(line: &NewLine) -> Option<Money> {
    line_before_discount(line)?.checked_sub(line.discount_minor)
}

fn line_before_discount(line: &NewLine) -> Option<Money> {
    match line.amount_minor {
        Some(amount) => Some(amount),
        None => times(line.quantity_thousandths, line.unit_price_minor),
    }
}

/// Quantity × price, rounded half up once: what a line is by another price than its own.
pub fn times(quantity_thousandths: i64, price: Money) -> Option<Money> {
    Money::round_half_up(i128::from(quantity_thousandths) * i128::from(price.minor()), 1000)
}

/// Adds a sale up.
///
/// # Errors
/// All problems at once: `amount.missing` without lines and amount, `amount.with_lines` with both, `amount.negative`,
/// `amount.too_large`, `quantity.zero`, `discount.beyond_sale`, `coupons.beyond_sale`, `points_money.beyond_sale`.
pub fn add_up(sale: &NewAmounts) -> Result<SaleTotals, RuleError> {
    let mut problems = Vec::new();
    let lines_minor = line_amounts(sale, &mut problems);
    let gross = Money::checked_sum(lines_minor.iter().copied());
    if gross.is_none() {
        problems.push(FieldError::new("amount_minor", "amount.too_large"));
    }
    let gross = gross.unwrap_or(Money::ZERO);
    if gross.is_negative() {
        problems.push(FieldError::new("lines", "amount.negative"));
    }

    let mut rest = gross.max(Money::ZERO);
    for (field, problem, amount) in [
        ("discount_minor", "discount", sale.discount_minor),
        ("coupons_minor", "coupons", sale.coupons_minor),
        ("points_money_minor", "points_money", sale.points_money_minor),
    ] {
        if amount.is_negative() {
            problems.push(FieldError::new(field, "amount.negative"));
        } else if amount > rest {
            problems.push(FieldError::new(field, format!("{problem}.beyond_sale")).with("left", rest.minor()));
        } else {
            rest = rest.checked_sub(amount).unwrap_or(Money::ZERO);
        }
    }
    let cost = known_cost(&sale.lines);
    refuse_if_any(problems)?;
    Ok(SaleTotals { lines_minor, gross_minor: gross, net_minor: rest, cost_minor: cost })
}

/// The first year of which a shop can tell; `26-2-27` is the year 26 to a calendar.
const FIRST_YEAR: i32 = 1900;

/// A sale can be typed in later, never ahead.
///
/// # Errors
/// `date.in_future` when the business day lies after today, `date.out_of_range` when its year was cut short.
pub fn check_day(sold_on: NaiveDate, today: NaiveDate) -> Result<(), RuleError> {
    if sold_on > today {
        return Err(RuleError::field("sold_on", "date.in_future").with("today", today));
    }
    if sold_on.year() < FIRST_YEAR {
        return Err(RuleError::field("sold_on", "date.out_of_range"));
    }
    Ok(())
}

/// What is left of a sale's net after one more refund.
///
/// # Errors
/// `amount.not_positive`; `refund.beyond_sale` with the value `left` when it exceeds what has not been refunded yet.
pub fn refund(net: Money, refunded: Money, amount: Money) -> Result<Money, RuleError> {
    if amount <= Money::ZERO {
        return Err(RuleError::field("amount_minor", "amount.not_positive"));
    }
    let left = net.checked_sub(refunded).unwrap_or(Money::ZERO);
    if amount > left {
        return Err(RuleError::field("amount_minor", "refund.beyond_sale").with("left", left.minor()));
    }
    Ok(left.checked_sub(amount).unwrap_or(Money::ZERO))
}

/// Whether a business day counts as a visit: its net spend reaches the minimum and is above nothing.
///
/// A day whose sales were all refunded is no visit even with a minimum of 0: a void is never sold.
pub fn is_visit(day_net: Money, minimum: Money) -> bool {
    day_net > Money::ZERO && day_net >= minimum
}

fn line_amounts(sale: &NewAmounts, problems: &mut Vec<FieldError>) -> Vec<Money> {
    match (sale.lines.is_empty(), sale.amount_minor) {
        (true, None) => problems.push(FieldError::new("amount_minor", "amount.missing")),
        (false, Some(_)) => problems.push(FieldError::new("amount_minor", "amount.with_lines")),
        (true, Some(amount)) => {
            if amount.is_negative() {
                problems.push(FieldError::new("amount_minor", "amount.negative"));
            }
            return vec![amount];
        }
        (false, None) => {}
    }
    let mut amounts = Vec::with_capacity(sale.lines.len());
    for (index, line) in sale.lines.iter().enumerate() {
        if line.quantity_thousandths == 0 {
            problems.push(FieldError::new(format!("lines.{index}.quantity_thousandths"), "quantity.zero"));
        }
        if line.unit_price_minor.is_negative() {
            problems.push(FieldError::new(format!("lines.{index}.unit_price_minor"), "amount.negative"));
        }
        let before = line_before_discount(line);
        if line.discount_minor.is_negative() {
            problems.push(FieldError::new(format!("lines.{index}.discount_minor"), "amount.negative"));
        } else if before.is_some_and(|before| line.discount_minor > before.max(Money::ZERO)) {
            problems.push(FieldError::new(format!("lines.{index}.discount_minor"), "discount.beyond_line"));
        }
        match line_amount(line) {
            Some(amount) => amounts.push(amount),
            None => problems.push(FieldError::new(format!("lines.{index}.unit_price_minor"), "amount.too_large")),
        }
    }
    amounts
}

fn known_cost(lines: &[NewLine]) -> Option<Money> {
    let mut known = lines
        .iter()
        .filter_map(|line| line.unit_cost_minor.and_then(|cost| times(line.quantity_thousandths, cost)))
        .peekable();
    known.peek()?;
    Money::checked_sum(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity_thousandths: i64, price: i64) -> NewLine {
        NewLine {
            product: None,
            description: String::new(),
            category: None,
            quantity_thousandths,
            unit_price_minor: Money::from_minor(price),
            amount_minor: None,
            unit_cost_minor: None,
            discount_minor: Money::ZERO,
        }
    }

    fn problems(sale: &NewAmounts) -> Vec<String> {
        match add_up(sale) {
            Err(RuleError::Invalid(fields)) => {
                fields.into_iter().map(|field| format!("{} {}", field.field, field.problem)).collect()
            }
            other => panic!("expected refusals, got {other:?}"),
        }
    }

    #[test]
    fn net_is_lines_minus_discount_coupons_and_points() {
        let sale = NewAmounts {
            lines: vec![line(1500, 333), line(1000, 1000), line(1000, 0)],
            discount_minor: Money::from_minor(100),
            coupons_minor: Money::from_minor(200),
            points_money_minor: Money::from_minor(50),
            ..NewAmounts::default()
        };
        let totals = add_up(&sale).unwrap();
        assert_eq!(totals.lines_minor, [500, 1000, 0].map(Money::from_minor), "499.5 rounds half up; a gift is zero");
        assert_eq!(totals.gross_minor.minor(), 1500);
        assert_eq!(totals.net_minor.minor(), 1150);
    }

    #[test]
    fn a_sale_may_be_one_amount_but_not_both_and_not_nothing() {
        let one = NewAmounts { amount_minor: Some(Money::from_minor(880)), ..NewAmounts::default() };
        assert_eq!(add_up(&one).unwrap().net_minor.minor(), 880);
        assert_eq!(problems(&NewAmounts::default()), ["amount_minor amount.missing"]);
        let both = NewAmounts { lines: vec![line(1000, 1)], ..one };
        assert_eq!(problems(&both), ["amount_minor amount.with_lines"]);
    }

    #[test]
    fn every_problem_of_a_form_is_named_at_its_field() {
        let sale = NewAmounts {
            lines: vec![line(0, 100), line(1000, -5)],
            discount_minor: Money::from_minor(-1),
            ..NewAmounts::default()
        };
        assert_eq!(
            problems(&sale),
            [
                "lines.0.quantity_thousandths quantity.zero",
                "lines.1.unit_price_minor amount.negative",
                "lines amount.negative",
                "discount_minor amount.negative",
            ]
        );
    }

    #[test]
    fn deductions_never_make_a_sale_negative() {
        let sale = NewAmounts {
            amount_minor: Some(Money::from_minor(100)),
            discount_minor: Money::from_minor(60),
            coupons_minor: Money::from_minor(41),
            ..NewAmounts::default()
        };
        assert_eq!(problems(&sale), ["coupons_minor coupons.beyond_sale"]);
    }

    #[test]
    fn a_line_bears_its_own_discount_and_never_more_than_itself() {
        let mut cheaper = line(2000, 500);
        cheaper.discount_minor = Money::from_minor(150);
        let sale = NewAmounts { lines: vec![cheaper.clone()], ..NewAmounts::default() };
        assert_eq!(add_up(&sale).unwrap().gross_minor.minor(), 850);
        cheaper.discount_minor = Money::from_minor(1001);
        let beyond = NewAmounts { lines: vec![cheaper, line(1000, 500)], ..NewAmounts::default() };
        assert_eq!(problems(&beyond), ["lines.0.discount_minor discount.beyond_line"]);
    }

    #[test]
    fn goods_taken_back_within_a_sale_are_a_negative_line() {
        let sale = NewAmounts { lines: vec![line(1000, 500), line(-1000, 200)], ..NewAmounts::default() };
        assert_eq!(add_up(&sale).unwrap().net_minor.minor(), 300);
    }

    #[test]
    fn many_refunds_never_exceed_the_sale() {
        let net = Money::from_minor(100);
        let mut refunded = Money::ZERO;
        for _ in 0..100 {
            refund(net, refunded, Money::from_minor(1)).unwrap();
            refunded = refunded.checked_add(Money::from_minor(1)).unwrap();
        }
        assert!(refund(net, refunded, Money::from_minor(1)).is_err());
        assert!(refund(net, Money::ZERO, Money::ZERO).is_err(), "a refund of nothing is a slip of the finger");
        assert!(refund(net, Money::ZERO, Money::from_minor(-1)).is_err());
    }

    #[test]
    fn the_cost_of_a_sale_is_what_is_known_of_it() {
        let mut known = line(2000, 500);
        known.unit_cost_minor = Some(Money::from_minor(300));
        let sale = NewAmounts { lines: vec![known, line(1000, 100)], ..NewAmounts::default() };
        assert_eq!(add_up(&sale).unwrap().cost_minor, Some(Money::from_minor(600)));
        let unknown = NewAmounts { lines: vec![line(1000, 100)], ..NewAmounts::default() };
        assert_eq!(add_up(&unknown).unwrap().cost_minor, None);
    }

    #[test]
    fn a_day_whose_sales_came_back_is_no_visit() {
        assert!(!is_visit(Money::ZERO, Money::ZERO));
        assert!(is_visit(Money::from_minor(1), Money::from_minor(1)));
        assert!(!is_visit(Money::from_minor(99), Money::from_minor(100)));
    }

    #[test]
    fn a_sale_cannot_lie_in_the_future() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(check_day(day("2026-03-02"), day("2026-03-02")).is_ok());
        assert!(check_day(day("2026-03-03"), day("2026-03-02")).is_err());
        assert!(check_day(day("26-3-2"), day("2026-03-02")).is_err(), "a year that was cut short");
    }
}
