//! What a sale and a refund call: coupons are taken off and used, packs that were bought come into being, and both go
//! back when the whole sale does.

use super::coupons::{self, Taken};
use super::packs::{self, SoldSale};
use crate::app::Moment;
use crate::error::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;

/// What the coupons of a sale take off.
#[derive(Default)]
pub(crate) struct Offers {
    taken: Vec<Taken>,
}

impl Offers {
    /// Whether there are any.
    pub(crate) fn has_coupons(&self) -> bool {
        !self.taken.is_empty()
    }

    /// All coupons together.
    pub(crate) fn coupons_minor(&self) -> Money {
        Money::checked_sum(self.taken.iter().map(|each| each.what.amount_minor)).unwrap_or(Money::ZERO)
    }
}

/// Judges the coupons of a sale of `basis` (lines minus discount) on its own day.
pub(crate) fn judge(
    connection: &Connection,
    moment: &Moment,
    customer: Option<CustomerId>,
    codes: &[String],
    basis: Money,
    on: NaiveDate,
) -> Result<Offers> {
    Ok(Offers { taken: coupons::take(connection, moment, customer, codes, basis, on)? })
}

/// After the sale is stored: its coupons are used, its packs exist.
pub(crate) fn after_sale(tx: &Transaction, moment: &Moment, sale: &SoldSale, offers: &Offers) -> Result<()> {
    coupons::store_uses(tx, moment, sale.id, &offers.taken)?;
    packs::sell(tx, sale)
}

/// After money went back: coupons wait until the whole sale is taken back; a pack is over when its rest has been given back.
pub(crate) fn after_refund(tx: &Transaction, moment: &Moment, sale: SaleId, is_whole: bool) -> Result<()> {
    if !is_whole {
        return packs::after_part_refund(tx, moment, sale);
    }
    coupons::give_back(tx, moment, sale)?;
    packs::close_of_sale(tx, moment, sale)
}
