//! Opening hours as the settings show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::calendar::BusinessCalendar;
use shukebu_domain::time::Timestamp;

/// The shop's opening hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CalendarView {
    /// The rules.
    pub calendar: BusinessCalendar,
    /// Whether statutory days close the shop.
    pub closes_on_statutory_days: bool,
    /// Whether it is open now.
    pub is_open: bool,
    /// When that changes next.
    pub changes_at: Option<Timestamp>,
    /// A year whose statutory days are not known and should be (from December on).
    pub missing_year: Option<i32>,
}

/// New opening hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The rules.
    pub calendar: BusinessCalendar,
    /// Whether statutory days close the shop.
    pub closes_on_statutory_days: bool,
}
