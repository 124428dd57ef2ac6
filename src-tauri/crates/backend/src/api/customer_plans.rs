//! What is planned for a customer: words, a day, and who sees to it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, StaffId};

/// A plan to be made or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomerPlanSave {
    /// The one to change; left out for a new one.
    #[serde(default)]
    pub id: Option<i64>,
    /// For whom.
    pub customer_id: CustomerId,
    /// What is to be done.
    pub words: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Who sees to it; left out, the one who writes it.
    #[serde(default)]
    pub owner_id: Option<StaffId>,
    /// The form's key: the same twice is one act.
    #[serde(default)]
    pub client_key: Option<String>,
}

/// A plan that is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomerPlanDone {
    /// Which.
    pub id: i64,
    /// What came of it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A plan as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerPlanView {
    /// Which.
    pub id: i64,
    /// What is to be done.
    pub words: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Whether that day is over and the plan is not.
    pub is_late: bool,
    /// Who sees to it.
    pub owner_id: StaffId,
    /// Their name.
    pub owner: String,
    /// When it was over; `None` while it is open.
    pub done_on: Option<NaiveDate>,
    /// What came of it.
    pub note: Option<String>,
}
