//! Offers at the entry of a sale (优惠): steps of spend (满减), bundles (组合), price breaks by quantity (批量价), and what a
//! customer is owed anyway, the discount of the tier or of special terms.
//!
//! An offer is data; what it gives follows from the lines of the sale. Every amount that is taken off is shared out to the
//! lines to the last 分, so that a line that comes back brings its own part with it and the lines always add up to the
//! sale. Which offers meet in one sale is decided by [`best`]: whatever leaves the customer with the least to pay among all
//! combinations that are allowed, and the same one every time.

mod best;
mod desk;
mod hint;
mod model;
mod share;
mod when;

pub use best::{Outcome, SetAside, SetAsideWhy, best};
pub use desk::{Basket, Given, Line, Own, OwnKind, Source, Why};
pub use hint::{Hint, Need, hints};
pub use model::{Break, Less, MOST_BREAKS, MOST_PARTS, Offer, Part, Rule, Scope, Step};
pub use share::share_out;
pub use when::{Audience, Hours, When, Who};

#[cfg(test)]
mod tests;
