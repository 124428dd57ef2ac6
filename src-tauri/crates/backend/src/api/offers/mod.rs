//! Coupons, packs, the annual cashback and special terms.

pub mod cashback;
pub mod coupons;
pub mod entry;
pub mod fitting;
pub mod giveaways;
pub mod packs;
pub mod plans;
pub mod quotes;
pub mod recall;
pub mod terms;
