//! Offers: coupons, packs, the annual cashback, and what was agreed with one customer. `till` is what a sale and a
//! refund call, so that all of it is settled in the same transaction.

pub mod cashback;
pub mod coupons;
pub mod entry;
pub mod fitting;
pub mod giveaways;
pub mod packs;
pub mod quotes;
pub mod terms;
pub(crate) mod till;
