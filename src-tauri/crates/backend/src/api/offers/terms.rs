//! 附加政策: what was agreed with one customer.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomerId, TermId};
use shukebu_domain::money::Money;

/// Something to be agreed, or all of an existing agreement as it shall be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TermInput {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// With whom.
    pub customer_id: CustomerId,
    /// What.
    pub text: String,
    /// Discount in basis points, where there is one.
    #[serde(default)]
    pub discount_bp: Option<i64>,
    /// Who agreed it.
    pub agreed_by: String,
    /// First day; today when left out.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Last day.
    pub until_on: NaiveDate,
    /// What it is expected to cost.
    #[serde(default)]
    pub cost_minor: Option<Money>,
    /// Looked at on this day: the customer is on trial until then.
    #[serde(default)]
    pub review_on: Option<NaiveDate>,
    /// What has to be seen by then.
    #[serde(default)]
    pub criteria: Option<String>,
}

/// An agreement to be ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TermEnd {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: TermId,
}

/// Which agreements to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TermFilter {
    /// Only of this customer.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
}

/// Agreements that hold or will hold, those that end first at the front.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TermList {
    /// Rows.
    pub rows: Vec<TermView>,
    /// How many end within thirty days or are due for a look.
    pub due: usize,
}

/// One agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TermView {
    /// Id.
    pub id: TermId,
    /// With whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// What.
    pub text: String,
    /// Discount in basis points.
    pub discount_bp: Option<i64>,
    /// Who agreed it.
    pub agreed_by: String,
    /// Who approved it.
    pub approver: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// What it is expected to cost.
    pub cost_minor: Option<Money>,
    /// On trial until this day.
    pub review_on: Option<NaiveDate>,
    /// What has to be seen by then.
    pub criteria: Option<String>,
    /// It holds today.
    pub holds: bool,
    /// It ends within thirty days, or its trial is due for a look.
    pub is_due: bool,
}
