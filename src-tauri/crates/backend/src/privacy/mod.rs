//! Privacy: who may see a number, what was agreed to, one person's copy, erasing for good, and reviewing what is kept.

mod consents;
mod due;
mod erase;
mod erase_list;
mod review;
mod subject;

pub use consents::{consent, notice, reveal, reveals_seen};
pub use due::due;
pub use erase::{erase, preview};
pub use review::{incomplete, retention};
pub use subject::export;

pub(crate) use consents::{is_child_alone, unusual_reveals};
pub(crate) use erase::{keep_promises, travel_with};
pub(crate) use erase_list::carry_over;
