//! People of the shop, who stands in for whom, and who sees to one customer.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::rights::Role;
use shukebu_domain::time::Timestamp;

/// Everybody who works here or did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StaffList {
    /// Those who work here first, by name.
    pub people: Vec<StaffView>,
    /// Whether this person may add, rename and retire somebody.
    pub may_change: bool,
    /// Whether this person may say who is away.
    pub may_plan: bool,
}

/// A person of the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StaffView {
    /// Which.
    pub id: StaffId,
    /// Name.
    pub name: String,
    /// `clerk`, `manager`, `owner`.
    pub role: Role,
    /// Whether he works here now.
    pub is_active: bool,
    /// Whether it is the one who asks.
    pub is_self: bool,
    /// The last day away; none when here.
    pub away_until_on: Option<NaiveDate>,
    /// Who stands in.
    pub deputy_id: Option<StaffId>,
    /// Customers whom he sees to.
    pub customers: i64,
    /// Open cases of his.
    pub open_cases: i64,
}

/// Somebody new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Name, as nobody else has it.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// Another name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct StaffRename {
    /// Who.
    pub id: StaffId,
    /// The name.
    pub name: String,
}

/// Somebody leaves, or comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct StaffRetire {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who.
    pub id: StaffId,
    /// False to come back.
    pub leaves: bool,
    /// Who takes over open cases and customers; needed where there are any.
    #[serde(default)]
    pub successor_id: Option<StaffId>,
}

/// Somebody is away until a day, or back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct StaffAway {
    /// Who.
    pub id: StaffId,
    /// The last day away; none when here.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// Who stands in, now and whenever he is away.
    #[serde(default)]
    pub deputy_id: Option<StaffId>,
}

/// Who sees to a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DedicatedChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// Who sees to the customer; none for nobody in particular.
    #[serde(default)]
    pub contact_id: Option<StaffId>,
    /// Why it is somebody else now; needed where somebody was before.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Who sees to a customer, and who did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DedicatedView {
    /// Who does now.
    pub contact: Option<DedicatedContact>,
    /// Who stands in while that person is away.
    pub deputy: Option<DedicatedContact>,
    /// The last day away of the one who does.
    pub away_until_on: Option<NaiveDate>,
    /// Every change, newest first.
    pub history: Vec<DedicatedEntry>,
    /// Who could.
    pub people: Vec<DedicatedContact>,
    /// Whether this person may change it.
    pub may_change: bool,
}

/// A person by id and name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DedicatedContact {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
}

/// One change of who sees to a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DedicatedEntry {
    /// Since when.
    pub at: Timestamp,
    /// Who did from then on; none for nobody in particular.
    pub name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who said so.
    pub staff: String,
}
