//! What is put right on a case, and what its page offers beside the steps.

use super::urgency::{PromiseKind, SeverityInput};
use crate::api::approvals::ApprovalView;
use crate::api::attachments::AttachmentView;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{ComplaintId, GiftId, ImprovementId, ProductId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::time::Timestamp;

/// The same as another case: its clocks stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintDuplicate {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case is the second one.
    pub id: ComplaintId,
    /// Number of the case that goes on.
    pub of_case_no: String,
}

/// More or less is at stake than it seemed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ComplaintSeverityChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// What is at stake.
    pub severity: SeverityInput,
    /// Why.
    pub reason: String,
}

/// It came in at another time than was entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ReceiptCorrection {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// The true time.
    pub received_at: Timestamp,
    /// Why.
    pub reason: String,
}

/// An answer, a resolution or a call took place at another time than was entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ActCorrection {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// Which promise was kept or broken by it: `response`, `resolution`, `follow_up`.
    pub promise: PromiseKind,
    /// The true time.
    pub happened_at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What the times say after a correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClockCorrection {
    /// When it really took place.
    pub happened_at: Timestamp,
    /// Seconds that had been used by then.
    pub elapsed_s: i64,
    /// Whether that was in time.
    pub is_met: bool,
}

/// What a compensation moves in the shop's other books. What the kind does not ask for is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CompensationGoods {
    /// Of points: how many.
    #[serde(default)]
    pub points: Option<Points>,
    /// Of a benefit: what it is called.
    #[serde(default)]
    pub benefit: Option<String>,
    /// Of a benefit: how many times; left out, once.
    #[serde(default)]
    pub times: Option<u32>,
    /// Of a benefit or coupon: the last day; left out, a benefit has no end and a coupon is good for ninety days.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Of a replacement, something done again, a repair or a gift: what leaves the stock.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// Of a gift: one of the catalogue instead of a product.
    #[serde(default)]
    pub gift_id: Option<GiftId>,
    /// How much of it; left out, one.
    #[serde(default)]
    pub quantity: Option<String>,
    /// Of a refund, a replacement, something done again or a repair: the day until which it was promised.
    #[serde(default)]
    pub promised_on: Option<NaiveDate>,
}

/// Something to be given beside the first compensation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewCompensation {
    /// refund, replacement, repair, redo, coupon, gift, points, benefit.
    pub kind: String,
    /// Its cost to the shop; for a refund the amount given back. Left out for points and goods, the book knows it.
    #[serde(default)]
    pub cost_minor: Option<Money>,
    /// What exactly.
    #[serde(default)]
    pub note: Option<String>,
    /// What it moves.
    #[serde(default)]
    pub goods: CompensationGoods,
}

/// Something that was given beside the first compensation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CompensationItem {
    /// refund, replacement, repair, redo, coupon, gift, points, benefit.
    pub kind: String,
    /// Its cost to the shop; for a refund the amount given back.
    pub cost_minor: Money,
    /// What exactly.
    pub note: String,
}

/// Something that a customer was given and that can be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GivenThing {
    /// What was moved; none where it was only written down.
    pub posting_id: Option<i64>,
    /// In which resolution.
    pub resolution_id: i64,
    /// Its place there.
    pub position: i64,
    /// What, in a sentence.
    pub text: String,
}

/// What was given is taken back: the customer did not want it, or it was given by mistake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CompensationReturn {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which case.
    pub id: ComplaintId,
    /// What was moved and is taken back.
    #[serde(default)]
    pub posting_id: Option<i64>,
    /// Of what was only written down: in which resolution.
    #[serde(default)]
    pub resolution_id: Option<i64>,
    /// And its place there.
    #[serde(default)]
    pub position: Option<i64>,
    /// Why.
    pub reason: String,
}

/// A person who may see to a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseOwner {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
}

/// Another case, to point at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseLink {
    /// Id.
    pub id: ComplaintId,
    /// TS-…
    pub case_no: String,
    /// What happened.
    pub description: String,
}

/// An improvement that came of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseImprovement {
    /// Id.
    pub id: ImprovementId,
    /// What is done.
    pub action: String,
    /// Whether it is done.
    pub is_done: bool,
    /// Whether the customer knows.
    pub customer_told: bool,
}

/// What a promise goes by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PromiseBasis {
    /// Which promise.
    pub promise: PromiseKind,
    /// One sentence: the severity, an exception with its conditions, or the service of a class.
    pub text: String,
}

/// What the page of a case offers beside the steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseDesk {
    /// Whether nobody may sell anything to the customer until this is over.
    pub do_not_disturb: bool,
    /// Who could take over.
    pub people: Vec<CaseOwner>,
    /// Other cases of the same customer.
    pub siblings: Vec<CaseLink>,
    /// The case that this one repeats.
    pub duplicate_of: Option<CaseLink>,
    /// How to reach this customer, the best way first.
    pub channels: Vec<String>,
    /// Ways that must still be gone before it counts as answered (a business: phone and mail).
    pub channels_missing: Vec<String>,
    /// Until when the resolution stands at most while it waits.
    pub waits_until: Option<Timestamp>,
    /// What the customer is waited for.
    pub waiting_for: Option<String>,
    /// Whether the follow-up said that the customer is still unhappy, so that reopening is offered.
    pub still_unhappy: bool,
    /// Calls that nobody answered since the resolution.
    pub attempts: u32,
    /// What came of it.
    pub improvements: Vec<CaseImprovement>,
    /// Files kept with the case.
    pub attachments: Vec<AttachmentView>,
    /// Why response and resolution have the time that they have, while they are owed.
    pub bases: Vec<PromiseBasis>,
    /// What somebody with greater rights approved on it, oldest first.
    pub approvals: Vec<ApprovalView>,
}
