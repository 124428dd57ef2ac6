//! 介绍积分: whoever brought a customer is given points when that customer makes a first purchase, once, if the shop wants
//! that. A refund of the purchase takes them back; a merge does not double them. The reason names the sale and nobody, so
//! that nothing of the other person stands in somebody's statement.

use super::change::move_for;
use crate::app::Moment;
use crate::error::Result;
use crate::messages::say;
use crate::store;
use crate::store::points::referrals;
use rusqlite::Transaction;
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::referral::changes;

/// After a sale was stored: points for whoever brought the customer, where it is the first purchase.
pub(crate) fn after_sale(
    tx: &Transaction,
    moment: &Moment,
    (customer, sale, net): (CustomerId, SaleId, Money),
) -> Result<()> {
    let points = store::book::referral_points(tx)?;
    if points <= Points::ZERO || net <= Money::ZERO {
        return Ok(());
    }
    let referred = store::customers::get(tx, customer)?.id;
    let Some(referrer) = store::people::details(tx, referred)?.referrer else { return Ok(()) };
    let referrer = store::customers::get(tx, referrer)?.id;
    let stands = referrals::of_referred(tx, referred)?.iter().any(|(_, given)| given.standing > Points::ZERO);
    if referrer == referred || stands || referrals::bought_before(tx, referred, sale)? {
        return Ok(());
    }
    give(tx, moment, referrer, points, sale)
}

/// After money went back: the points for whoever brought the customer follow.
pub(super) fn after_refund(tx: &Transaction, moment: &Moment, customer: CustomerId, sale: SaleId) -> Result<()> {
    if referrals::has_given(tx, sale)? { follow(tx, moment, store::customers::get(tx, customer)?.id) } else { Ok(()) }
}

/// Gives or takes what the purchases of a customer give to whoever brought them, so that it is given once.
pub(crate) fn follow(tx: &Transaction, moment: &Moment, referred: CustomerId) -> Result<()> {
    let (to, given): (Vec<_>, Vec<_>) = referrals::of_referred(tx, referred)?.into_iter().unzip();
    for (sale, difference) in changes(&given) {
        let whose = to.iter().zip(&given).find(|(_, given)| given.sale == sale);
        if let Some((referrer, _)) = whose {
            give(tx, moment, *referrer, difference, sale)?;
        }
    }
    Ok(())
}

fn give(tx: &Transaction, moment: &Moment, to: CustomerId, points: Points, sale: SaleId) -> Result<()> {
    let sale_no = referrals::sale_no(tx, sale)?;
    let key = if points > Points::ZERO { "points.referral" } else { "points.referral_back" };
    let reason = say(moment.language, key, &[("sale_no", &sale_no)]);
    move_for(tx, moment, to, points, &reason, Some(sale))
}
