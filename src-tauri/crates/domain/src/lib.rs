//! The rules of 熟客簿 as pure functions of plain data.
//!
//! Nothing in this crate reads a clock, a file or a database; time, calendars and histories come in as
//! arguments and answers go out as values. The counter, the reports, the previews and the rule laboratory
//! (`shukebu-cli eval`) all call these same functions.

pub mod assessment;
pub mod benefit;
pub mod birthday;
mod brand;
pub mod calendar;
pub mod cashback;
pub mod complaint;
pub mod coupon;
pub mod coupon_plan;
pub mod custom_field;
pub mod customer;
pub mod duplicate;
pub mod error;
pub mod habit;
pub mod ids;
pub mod intent;
pub mod laboratory;
pub mod ladder;
pub mod money;
pub mod offer;
pub mod pack;
pub mod phone;
pub mod points;
pub mod quantity;
pub mod reach;
pub mod referral;
pub mod required;
pub mod rights;
pub mod sale;
pub mod segmentation;
pub mod signs;
pub mod time;
