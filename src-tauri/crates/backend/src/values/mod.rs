//! What a single cell means. Nothing is guessed: a cell that cannot be read gives the key of a reason, and the row
//! decides whether it can do without it.

mod birthday;
mod date;
mod number;
mod text;
mod words;

pub use birthday::{Birthday, Calendar, birthday, birthday_from_parts, check_birthday};
pub use date::{DayOrder, Moments, OrderEvidence, day};
pub use number::{amount, decimal, quantity, whole};
pub use text::{clean, code, name, note};
pub use words::{Gender, Severity, gender, severity, yes};

/// Key of the reason why a cell cannot be read.
pub type Problem = &'static str;
