//! What somebody may not do alone, approved there and then by somebody who may.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::Role;
use shukebu_domain::time::Timestamp;

/// An approval as it travels beside the fields of any input, as `approval`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewApproval {
    /// Who approves.
    pub staff_id: StaffId,
    /// Why.
    pub reason: String,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ApprovalQuestion {
    /// The action that a refusal named.
    pub action: String,
}

/// Who may approve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Approvers {
    /// What they would approve, in words.
    pub what: String,
    /// People, those with the nearest rights first.
    pub rows: Vec<Approver>,
}

/// Somebody who may approve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Approver {
    /// Whose id.
    pub id: StaffId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// An approval that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ApprovalView {
    /// When.
    pub approved_at: Timestamp,
    /// What, in words.
    pub what: String,
    /// Who asked.
    pub asked_by: String,
    /// Who approved.
    pub approved_by: String,
    /// Why.
    pub reason: String,
}
