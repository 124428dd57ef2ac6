//! Privacy: consents, a number shown on purpose, one person's copy, erasing, reviewing.

use super::customers::CustomerRow;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{ContactId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// What data may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 会员服务
    Service,
    /// 营销信息
    Marketing,
    /// 与合作方共享
    Sharing,
}

/// How it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConsentWay {
    /// Signed on paper.
    Paper,
    /// Said in the shop.
    Spoken,
    /// 微信
    Wechat,
    /// 短信 or mail.
    Message,
    /// On a form of a website.
    Online,
}

/// What was agreed to, or taken back, for one purpose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ConsentView {
    /// For what.
    pub purpose: Purpose,
    /// Agreed; false after it was taken back.
    pub is_given: bool,
    /// On which day.
    pub given_on: NaiveDate,
    /// How.
    pub way: ConsentWay,
    /// Who noted it.
    pub staff: String,
}

/// A consent that was given or taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ConsentChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// For what.
    pub purpose: Purpose,
    /// False takes it back.
    pub is_given: bool,
    /// On which day; left out, today.
    #[serde(default)]
    pub given_on: Option<NaiveDate>,
    /// How.
    pub way: ConsentWay,
}

/// The notice that a customer reads before agreeing, to be printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ConsentNotice {
    /// Title.
    pub title: String,
    /// Paragraphs in order.
    pub paragraphs: Vec<String>,
    /// One line to tick for each purpose.
    pub purposes: Vec<String>,
    /// The line for the signature.
    pub signature: String,
}

/// A handle to be shown whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RevealInput {
    /// Whose.
    pub customer_id: CustomerId,
    /// Which; left out, the first phone.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
}

/// A handle shown whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Revealed {
    /// As people read it.
    pub shown: String,
}

/// One person's copy, to a folder that was chosen or as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SubjectExport {
    /// Whose.
    pub customer_id: CustomerId,
    /// Handle of a folder; left out, the text comes in the answer.
    #[serde(default)]
    pub folder: Option<String>,
}

/// One person's copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SubjectCopy {
    /// The file, when a folder was named.
    pub path: Option<String>,
    /// The JSON, when none was.
    pub text: Option<String>,
    /// Rows in it.
    pub rows: i64,
}

/// Why somebody is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EraseReason {
    /// The person asked.
    Asked,
    /// Kept long enough.
    Retention,
    /// Erased before; an older copy had brought it back.
    Again,
}

/// Erase somebody for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct EraseInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whom.
    pub customer_id: CustomerId,
    /// Why.
    pub reason: EraseReason,
}

/// What erasing somebody means, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ErasePreview {
    /// Sales that stay, without a name.
    pub sales: i64,
    /// Complaints that stay, without a name and without their texts.
    pub complaints: i64,
    /// Rows about the person that go.
    pub rows: i64,
    /// Backups that still hold the person.
    pub backups: Vec<BackupHolding>,
}

/// A backup that still holds somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BackupHolding {
    /// The file.
    pub path: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it can be seen from here now.
    pub is_there: bool,
}

/// Who is to be reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RetentionInput {
    /// No purchase and no contact for so many months (default 36).
    #[serde(default)]
    pub months: Option<u32>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
}

/// Whose profile lacks what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct IncompleteInput {
    /// Only those who lack this: `phone`, `birthday`, `gender`, `address`, `source`, `salutation`, `habits`, `consent`.
    #[serde(default)]
    pub lacking: Option<String>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
}

/// A page of customers to be looked after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReviewPage {
    /// Rows of the page.
    pub rows: Vec<ReviewRow>,
    /// Rows in all.
    pub total: i64,
    /// Of the retention review: who was not seen for as long but has an open case, and so is not among the rows.
    pub left_out: i64,
}

/// A customer to be looked after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReviewRow {
    /// Who.
    pub customer: CustomerRow,
    /// What the profile lacks, as keys.
    pub missing: Vec<String>,
    /// Last purchase or contact.
    pub last_on: Option<NaiveDate>,
}

/// Somebody looked at more numbers than a counter needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UnusualReveals {
    /// Who.
    pub staff_id: StaffId,
    /// Name.
    pub staff: String,
    /// Most within an hour.
    pub in_hour: i64,
    /// When last.
    pub at: Timestamp,
}

/// A page of those who are due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DueInput {
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
}

/// Customers who should have come by their own rhythm and have not, those who became due last first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DuePage {
    /// Rows of the page.
    pub rows: Vec<DueRow>,
    /// Rows in all.
    pub total: i64,
    /// Left out because a complaint of theirs is open.
    pub spared: i64,
}

/// A customer who is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DueRow {
    /// Who.
    pub customer: CustomerRow,
    /// Days between purchases that count: the shorter one.
    pub interval_days: i64,
    /// Whether the shop was told so; else it is what the purchases show.
    pub is_declared: bool,
    /// The day on which they were to be expected.
    pub due_on: NaiveDate,
    /// Days since then.
    pub late_days: i64,
}
