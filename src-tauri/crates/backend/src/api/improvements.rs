//! 改进: what will be different, until its effect was looked at and the customer knows.

use super::complaints::corrections::{CaseLink, CaseOwner};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{ComplaintId, ImprovementId, StaffId};

/// Which improvements to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ImprovementFilter {
    /// Finished and checked ones instead of those that still need somebody.
    #[serde(default)]
    pub finished: bool,
}

/// Improvements, overdue first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImprovementList {
    /// Overdue first, then by due day.
    pub rows: Vec<ImprovementView>,
    /// How many are overdue.
    pub overdue: usize,
    /// Who could see to one.
    pub people: Vec<CaseOwner>,
}

/// How an improvement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ImprovementState {
    /// Its day is past and it is not done.
    Overdue,
    /// To be done.
    Open,
    /// Done; nobody looked whether it works.
    Unchecked,
    /// Done and checked.
    Checked,
}

/// One improvement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ImprovementView {
    /// Id.
    pub id: ImprovementId,
    /// What went wrong.
    pub problem: String,
    /// Why.
    pub cause: Option<String>,
    /// What is done about it.
    pub action: String,
    /// Who does it.
    pub owner: CaseOwner,
    /// By when.
    pub due_on: NaiveDate,
    /// Done on.
    pub done_on: Option<NaiveDate>,
    /// Its effect was looked at on.
    pub checked_on: Option<NaiveDate>,
    /// What was found then.
    pub effect: Option<String>,
    /// The customer was told on.
    pub customer_told_on: Option<NaiveDate>,
    /// How it stands.
    pub state: ImprovementState,
    /// Cases behind it.
    pub cases: Vec<CaseLink>,
}

/// A new improvement, or all of an existing one as it shall be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ImprovementInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which; left out for a new one.
    #[serde(default)]
    pub id: Option<ImprovementId>,
    /// What went wrong.
    pub problem: String,
    /// Why.
    #[serde(default)]
    pub cause: Option<String>,
    /// What is done about it.
    pub action: String,
    /// Who does it; left out, the person at the counter.
    #[serde(default)]
    pub owner_id: Option<StaffId>,
    /// By when.
    pub due_on: NaiveDate,
    /// Done on.
    #[serde(default)]
    pub done_on: Option<NaiveDate>,
    /// Its effect was looked at on.
    #[serde(default)]
    pub checked_on: Option<NaiveDate>,
    /// What was found then.
    #[serde(default)]
    pub effect: Option<String>,
    /// The customer was told on.
    #[serde(default)]
    pub customer_told_on: Option<NaiveDate>,
    /// Another case behind it.
    #[serde(default)]
    pub complaint_id: Option<ComplaintId>,
}
