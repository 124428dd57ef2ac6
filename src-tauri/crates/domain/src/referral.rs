//! Points for whoever brought a customer (介绍积分): once for each customer who was brought, for the first purchase that
//! stays.

use crate::ids::SaleId;
use crate::points::Points;

/// What a purchase of somebody who was brought gave to whoever brought them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The purchase.
    pub sale: SaleId,
    /// Points when it was made.
    pub points: Points,
    /// What of them stands now.
    pub standing: Points,
    /// Something of the purchase is left, and nobody brought themselves.
    pub stays: bool,
}

/// What has to be given or taken so that the first purchase that stays has given its points and no other has: after a
/// refund, and after two records became one or two again. `given` is in the order of the purchases.
pub fn changes(given: &[Given]) -> Vec<(SaleId, Points)> {
    let first = given.iter().position(|each| each.stays);
    let owed = given.iter().enumerate().map(|(at, each)| {
        let owed = if first == Some(at) { each.points } else { Points::ZERO };
        (each.sale, owed - each.standing)
    });
    owed.filter(|(_, difference)| *difference != Points::ZERO).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(sale: i64, standing: i64, stays: bool) -> Given {
        Given { sale: SaleId(sale), points: Points(100), standing: Points(standing), stays }
    }

    #[test]
    fn what_stands_stays_and_a_purchase_that_went_back_gives_nothing() {
        assert_eq!(changes(&[given(1, 100, true)]), []);
        assert_eq!(changes(&[given(1, 100, false)]), [(SaleId(1), Points(-100))]);
        assert_eq!(changes(&[given(1, 0, false), given(2, 100, true)]), []);
    }

    #[test]
    fn two_records_that_are_one_person_give_once_and_twice_again_when_they_part() {
        assert_eq!(changes(&[given(1, 100, true), given(2, 100, true)]), [(SaleId(2), Points(-100))]);
        assert_eq!(changes(&[given(2, 0, true)]), [(SaleId(2), Points(100))]);
    }
}
