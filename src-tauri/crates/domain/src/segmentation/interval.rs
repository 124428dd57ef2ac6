//! How far apart two contacts, a trial and its look back, may lie.

use crate::error::FieldError;

/// A year and a day: a longer interval is no plan.
const MOST_DAYS: u32 = 366;

/// What is wrong with an interval in `field`, if anything is.
pub(super) fn problem(field: &str, days: u32) -> Option<FieldError> {
    let is_plan = (1..=MOST_DAYS).contains(&days);
    (!is_plan).then(|| FieldError::new(field, "interval.out_of_range").with("most", MOST_DAYS))
}
