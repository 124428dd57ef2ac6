//! What was promised to a customer with a date of its own.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::complaint::remedy::{RemedyKind, RemedyState};
use shukebu_domain::ids::{ComplaintId, RemedyId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// Something that a customer is promised, until a day or until a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewRemedy {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// In which case.
    pub id: ComplaintId,
    /// What.
    pub kind: RemedyKind,
    /// What exactly.
    pub text: String,
    /// A day on which the shop is open; it ends at closing time.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// Or a moment.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// What it will probably cost the shop.
    #[serde(default)]
    pub cost_minor: Option<Money>,
}

/// Another date was agreed with the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RemedyMove {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: RemedyId,
    /// A day on which the shop is open.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// Or a moment.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Why.
    pub reason: String,
}

/// It was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RemedyDone {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: RemedyId,
    /// When; left out, now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What it came to; left out, as it was expected.
    #[serde(default)]
    pub cost_minor: Option<Money>,
    /// How it went.
    #[serde(default)]
    pub text: Option<String>,
}

/// The customer no longer wants it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct RemedyGivenUp {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: RemedyId,
    /// Why.
    pub reason: String,
}

/// Something that was promised, with every date that was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RemedyView {
    /// Id.
    pub id: RemedyId,
    /// In which case.
    pub complaint_id: ComplaintId,
    /// TS-…
    pub case_no: String,
    /// To whom.
    pub customer_name: Option<String>,
    /// Who sees to the case.
    pub owner: String,
    /// What.
    pub kind: RemedyKind,
    /// What exactly.
    pub text: String,
    /// What it cost, or will.
    pub cost_minor: Money,
    /// Whether the cost is counted with the resolution already.
    pub is_compensation: bool,
    /// How it stands.
    pub state: RemedyState,
    /// Until which day, where it was said as a day.
    pub due_on: Option<NaiveDate>,
    /// Until when.
    pub due_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it went, or why it is not wanted.
    pub ended_text: Option<String>,
    /// Every date, the one that holds last.
    pub dates: Vec<RemedyDateView>,
}

/// A date that was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RemedyDateView {
    /// The day, where it was said as a day.
    pub due_on: Option<NaiveDate>,
    /// Until when.
    pub due_at: Timestamp,
    /// When it was said.
    pub promised_at: Timestamp,
    /// Who said it.
    pub staff: String,
    /// Why another date.
    pub reason: Option<String>,
    /// Whether it was kept, once that was judged.
    pub is_kept: Option<bool>,
}

/// What customers were promised for today, or before and not done: for the top bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PromisedDue {
    /// How many things, late ones among them.
    pub due: i64,
    /// Late ones.
    pub late: i64,
    /// The case of the one that was due first.
    pub first: ComplaintId,
}
