//! Coupons, packs, the annual cashback and special terms.

pub mod cashback;
pub mod coupons;
pub mod packs;
pub mod terms;
