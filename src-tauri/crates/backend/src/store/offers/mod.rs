//! Coupons, packs, cashback and special terms as rows.

pub(crate) mod cashback;
pub(crate) mod coupons;
pub(crate) mod entry;
pub(crate) mod fitting;
pub(crate) mod giveaways;
pub(crate) mod packs;
pub(crate) mod plans;
pub(crate) mod quotes;
pub(crate) mod recall;
pub(crate) mod terms;
