//! Complaints and their clocks as people see them. The backend judges; the page only ticks on from its instants.

mod announced;
pub mod corrections;
pub mod remedies;
mod urgency;

pub use announced::{Notice, TickView};
pub use urgency::{PromiseKind, SeverityInput};

use super::priority::InboxOrder;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{ComplaintId, CustomerId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Whether somebody complains or asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 投诉
    #[default]
    Complaint,
    /// 咨询
    Inquiry,
}

/// A complaint to be opened: a customer, one line, Enter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewComplaint {
    /// The form's key: the same key twice is one case.
    #[serde(default)]
    pub client_key: Option<String>,
    /// A complaint, or an inquiry with its own times.
    #[serde(default)]
    pub kind: CaseKind,
    /// Whose; left out for an unknown customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Who it is when not in the book.
    #[serde(default)]
    pub customer_text: Option<String>,
    /// What happened, one line.
    pub description: String,
    /// When it reached the shop; left out, now.
    #[serde(default)]
    pub received_at: Option<Timestamp>,
    /// How it came (phone, wechat, in_person …).
    #[serde(default)]
    pub channel: Option<String>,
    /// Category (quality, service, delivery, price, allergy …).
    #[serde(default)]
    pub category: Option<String>,
    /// Left out, normal.
    #[serde(default)]
    pub severity: Option<SeverityInput>,
    /// What the customer wants.
    #[serde(default)]
    pub remedy_sought: Option<String>,
    /// About which sale.
    #[serde(default)]
    pub sale_id: Option<SaleId>,
    /// Who sees to it; left out, the person on duty.
    #[serde(default)]
    pub owner_id: Option<StaffId>,
}

/// One case by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintRef {
    /// Which.
    pub id: ComplaintId,
}

/// A confirmed outbound contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintResponse {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// phone, in_person, wechat, sms, email.
    pub channel: String,
    /// What was said.
    #[serde(default)]
    pub text: Option<String>,
    /// When; left out, now.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// A step that needs only words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintStep {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// Why, or what.
    #[serde(default)]
    pub text: Option<String>,
}

/// A hand-over to another person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintHandOver {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// To whom.
    pub to: StaffId,
    /// Why.
    pub reason: String,
}

/// The three parts of a resolution; a part may be waived only with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintResolution {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// 共情: what was said.
    #[serde(default)]
    pub empathy: Option<String>,
    /// Why no empathy part.
    #[serde(default)]
    pub empathy_waived: Option<String>,
    /// 补偿: refund, replacement, repair, redo, coupon, gift, points, benefit, none.
    #[serde(default)]
    pub compensation_kind: Option<String>,
    /// Its cost to the shop; for a refund the amount given back.
    #[serde(default)]
    pub compensation_minor: Option<Money>,
    /// Details, or why none.
    #[serde(default)]
    pub compensation_note: Option<String>,
    /// What it moves in the shop's other books.
    #[serde(default)]
    pub compensation_goods: corrections::CompensationGoods,
    /// What was given beside it.
    #[serde(default)]
    pub compensation_also: Vec<corrections::NewCompensation>,
    /// 改进: root cause.
    #[serde(default)]
    pub root_cause: Option<String>,
    /// What will be done.
    #[serde(default)]
    pub improvement: Option<String>,
    /// Due day of it.
    #[serde(default)]
    pub improvement_due_on: Option<NaiveDate>,
    /// Why no improvement part.
    #[serde(default)]
    pub improvement_waived: Option<String>,
}

/// What the customer said at the follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FollowUpResultInput {
    /// 满意
    Satisfied,
    /// 一般
    Neutral,
    /// 仍不满
    Unhappy,
    /// 联系不上
    Unreachable,
}

/// The follow-up within 72 hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintFollowUp {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// phone, in_person, wechat, sms, email.
    pub channel: String,
    /// What came out.
    pub result: FollowUpResultInput,
    /// What was said.
    #[serde(default)]
    pub text: Option<String>,
}

/// Which cases to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintFilter {
    /// Closed ones instead of open ones.
    #[serde(default)]
    pub closed: bool,
    /// Only of this customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Only complaints, or only inquiries.
    #[serde(default)]
    pub kind: Option<CaseKind>,
    /// Only cases of this person.
    #[serde(default)]
    pub owner_id: Option<StaffId>,
    /// In which order open ones come.
    #[serde(default)]
    pub order: InboxOrder,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 100).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Open cases by time left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ComplaintInbox {
    /// Most urgent first.
    pub rows: Vec<ComplaintRow>,
    /// Rows in all.
    pub total: i64,
    /// Late now.
    pub late: i64,
    /// Open ones that nobody has answered yet.
    pub unanswered: i64,
    /// Who could see to one.
    pub people: Vec<corrections::CaseOwner>,
    /// What customers were promised for today, or before and not done.
    pub promised: Vec<remedies::RemedyView>,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ComplaintRow {
    /// Id.
    pub id: ComplaintId,
    /// TS-20260302-007
    pub case_no: String,
    /// A complaint or an inquiry.
    pub kind: CaseKind,
    /// Whose.
    pub customer_id: Option<CustomerId>,
    /// Their name, or what was typed.
    pub customer_name: Option<String>,
    /// What happened.
    pub description: String,
    /// How bad.
    pub severity: SeverityInput,
    /// Status key: received, responded, in_progress, waiting, resolved, followed_up, closed, reopened, withdrawn, duplicate.
    pub status: String,
    /// When it reached the shop.
    pub received_at: Timestamp,
    /// Who owns it.
    pub owner: String,
    /// Priority of the customer, where the list is ordered by it.
    pub priority: Option<u8>,
    /// The clock that matters now.
    pub clock: Option<ClockView>,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting.
    Running,
    /// Waiting for the customer.
    Paused,
    /// Kept.
    Met,
    /// Not kept, or not yet and already late.
    Breached,
    /// The case ended without it.
    Withdrawn,
}

/// One clock of one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClockView {
    /// Which promise.
    pub promise: PromiseKind,
    /// Cycle, 1 for the first.
    pub cycle: u32,
    /// How it stands.
    pub state: ClockState,
    /// When it started.
    pub started_at: Timestamp,
    /// When it is or was due.
    pub due_at: Option<Timestamp>,
    /// Promise in seconds.
    pub target_s: i64,
    /// Seconds used so far.
    pub elapsed_s: i64,
    /// Whether seconds are passing at this moment (the shop is open and nothing pauses).
    pub is_ticking: bool,
    /// When `is_ticking` changes next, if it does: closing or opening time.
    pub changes_at: Option<Timestamp>,
    /// What was true when.
    pub segments: Vec<ClockSegment>,
    /// One sentence: why this colour.
    pub why: String,
    /// What a later correction of the times says; the verdict stays as it is.
    pub corrected: Option<corrections::ClockCorrection>,
    /// The backend's now for this answer.
    pub as_of: Timestamp,
}

/// A stretch of a clock's line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClockSegment {
    /// From.
    pub from: Timestamp,
    /// To.
    pub to: Timestamp,
    /// `running`, `paused` or `closed`.
    pub kind: String,
    /// Of a pause: what the customer was waited for.
    pub reason: Option<String>,
}

/// The clock of the top bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UrgentClock {
    /// Which case.
    pub id: ComplaintId,
    /// TS-…
    pub case_no: String,
    /// The clock.
    pub clock: ClockView,
}

/// A step of the case's own timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ComplaintEventView {
    /// When it happened.
    pub at: Timestamp,
    /// When it was typed in.
    pub recorded_at: Timestamp,
    /// Kind key.
    pub kind: String,
    /// One sentence in the window's language.
    pub text: String,
    /// Who.
    pub staff: String,
    /// Whether the clock of the computer had gone back.
    pub is_flagged: bool,
}

/// A judged promise; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VerdictView {
    /// Which promise.
    pub promise: PromiseKind,
    /// Cycle.
    pub cycle: u32,
    /// Of an answer in between: when the customer wrote.
    pub asked_at: Option<Timestamp>,
    /// Whether it was kept.
    pub is_met: bool,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was met or broken.
    pub happened_at: Timestamp,
    /// When the program noticed.
    pub noticed_at: Timestamp,
    /// Seconds used.
    pub elapsed_s: i64,
}

/// The recorded parts of a resolution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ResolutionView {
    /// Cycle.
    pub cycle: u32,
    /// When.
    pub resolved_at: Timestamp,
    /// 共情
    pub empathy: Option<String>,
    /// Why none.
    pub empathy_waived: Option<String>,
    /// 补偿
    pub compensation_kind: String,
    /// Cost.
    pub compensation_minor: Money,
    /// Details.
    pub compensation_note: Option<String>,
    /// What was given beside it.
    pub compensation_also: Vec<corrections::CompensationItem>,
    /// What that moved in the shop's other books, a sentence each.
    pub posted: Vec<String>,
    /// What moved no other book, a sentence each.
    pub noted: Vec<String>,
    /// Of both, what can still be taken back.
    pub returnable: Vec<corrections::GivenThing>,
    /// 改进: cause.
    pub root_cause: Option<String>,
    /// 改进: action.
    pub improvement: Option<String>,
    /// Due day.
    pub improvement_due_on: Option<NaiveDate>,
    /// Why none.
    pub improvement_waived: Option<String>,
}

/// A case with everything on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ComplaintView {
    /// The row.
    pub row: ComplaintRow,
    /// How it came.
    pub channel: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// What the customer wants.
    pub remedy_sought: Option<String>,
    /// About which sale.
    pub sale: Option<super::sales::SaleRow>,
    /// Typed in at.
    pub recorded_at: Timestamp,
    /// The three promises.
    pub clocks: Vec<ClockView>,
    /// Total of pauses in open seconds.
    pub paused_s: i64,
    /// Steps, oldest first.
    pub events: Vec<ComplaintEventView>,
    /// Judged promises, oldest first.
    pub verdicts: Vec<VerdictView>,
    /// Recorded resolutions, oldest first.
    pub resolutions: Vec<ResolutionView>,
    /// What can be done now: respond, wait, resume, resolve, follow_up, reopen, close, withdraw, hand_over, note,
    /// duplicate, severity, correct_receipt, correct_act, promise, change_promise, drop_promise.
    pub allowed: Vec<String>,
    /// Earliest moment for the follow-up.
    pub follow_up_from: Option<Timestamp>,
    /// What the customer was promised with a date of its own.
    pub remedies: Vec<remedies::RemedyView>,
    /// Everything that the page offers beside the steps.
    pub desk: corrections::CaseDesk,
}
