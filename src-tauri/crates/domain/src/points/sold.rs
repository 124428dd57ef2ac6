//! A sale with what has come back of it: how small it is now, and how many of the points that paid for it return.

use super::{Basis, Line, Points, RefusalCode, ReturnedLine};
use crate::money::Money;
use chrono::NaiveDate;

/// A sale with what has come back of it so far.
#[derive(Debug, Clone)]
pub(super) struct Sold {
    pub event: i64,
    /// Its place among the facts.
    pub fact: usize,
    pub on: NaiveDate,
    pub name: String,
    pub lines: Vec<Line>,
    pub returned: Vec<Money>,
    /// What the customer paid.
    pub net: Money,
    pub refunded: Money,
    pub redeemed: Points,
    pub put_back: Points,
    pub multiplier_bp: u32,
}

impl Sold {
    /// What the sale's points are computed from now.
    pub(super) fn basis(&self) -> Basis<'_> {
        let net = self.net.checked_sub(self.refunded).unwrap_or(Money::ZERO);
        Basis { lines: &self.lines, returned: &self.returned, net, multiplier_bp: self.multiplier_bp }
    }

    /// The sale after a refund of an amount, or without one after a void.
    pub(super) fn with_back(&self, amount: Option<Money>, lines: &[ReturnedLine]) -> Result<Self, RefusalCode> {
        let refunded = match amount {
            Some(amount) if amount <= Money::ZERO => return Err(RefusalCode::NotPositive),
            Some(amount) => {
                crate::sale::refund(self.net, self.refunded, amount).map_err(|_| RefusalCode::BeyondSale)?;
                self.refunded.checked_add(amount).ok_or(RefusalCode::TooLarge)?
            }
            None => self.net,
        };
        let mut smaller = Self { refunded, returned: with_returned(self, lines)?, ..self.clone() };
        let due = if amount.is_none() { self.redeemed } else { points_to_put_back(&smaller) };
        smaller.put_back = due.max(self.put_back);
        Ok(smaller)
    }
}

/// The points of a redemption that a refund gives back: the refunded share of what was paid, rounded down; all of
/// them once everything has come back.
fn points_to_put_back(sale: &Sold) -> Points {
    if sale.refunded >= sale.net {
        return sale.redeemed;
    }
    let share = i128::from(sale.redeemed.0) * i128::from(sale.refunded.minor()) / i128::from(sale.net.minor().max(1));
    Points(i64::try_from(share).unwrap_or(0))
}

fn with_returned(sale: &Sold, lines: &[ReturnedLine]) -> Result<Vec<Money>, RefusalCode> {
    let mut returned = sale.returned.clone();
    returned.resize(sale.lines.len(), Money::ZERO);
    for line in lines {
        let bought = sale.lines.get(line.line).ok_or(RefusalCode::UnknownLine)?.amount_minor;
        let slot = returned.get_mut(line.line).ok_or(RefusalCode::UnknownLine)?;
        let total = slot.checked_add(line.amount_minor).ok_or(RefusalCode::TooLarge)?;
        if line.amount_minor <= Money::ZERO || total > bought {
            return Err(RefusalCode::UnknownLine);
        }
        *slot = total;
    }
    Ok(returned)
}
