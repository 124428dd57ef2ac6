//! What stands around every screen: whose shop it is, who is at the counter, and what is urgent.

use super::assessments::AssessmentDue;
use super::complaints::UrgentClock;
use super::complaints::remedies::PromisedDue;
use super::privacy::UnusualReveals;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::time::Timestamp;

/// What the frame of the window shows on every screen, in one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FrameView {
    /// The shop's name.
    pub shop_name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimals of the minor unit.
    pub currency_exponent: u32,
    /// IANA zone.
    pub zone: String,
    /// Whether it is a demo shop.
    pub is_demo: bool,
    /// Who is at the counter.
    pub operator: Operator,
    /// The backend's now, from which the page ticks on.
    pub now: Timestamp,
    /// The shop's business day.
    pub today: chrono::NaiveDate,
    /// The most urgent running clock.
    pub urgent: Option<UrgentClock>,
    /// Complaints that are open.
    pub open_complaints: i64,
    /// Complaints that are late.
    pub late_complaints: i64,
    /// Complaints and inquiries that nobody has answered yet.
    pub unanswered_complaints: i64,
    /// What customers were promised for today, or before and not done.
    pub promised_due: Option<PromisedDue>,
    /// An assessment of the service that is due; only who looks at the numbers is told.
    pub assessment_due: Option<AssessmentDue>,
    /// Last verified backup.
    pub last_backup_at: Option<Timestamp>,
    /// Writes since the last verified backup.
    pub operations_since_backup: i64,
    /// Who looked at more numbers than a counter needs; only the owner is told.
    pub unusual_reveals: Vec<UnusualReveals>,
    /// Whether the key lies beside the book (未上锁).
    pub is_unarmed: bool,
    /// A clock that went back since the last start, in seconds.
    pub clock_went_back_s: Option<i64>,
}

/// The person at the counter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Operator {
    /// Whose id.
    pub id: shukebu_domain::ids::StaffId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: shukebu_domain::rights::Role,
}
