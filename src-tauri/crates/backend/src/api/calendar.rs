//! Opening hours as the settings show them.

use chrono::NaiveDate;
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
    /// The statutory days that are known, shipped and imported.
    pub statutory: Vec<StatutoryYearView>,
}

/// The statutory days of a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StatutoryYearView {
    /// Which year.
    pub year: i32,
    /// Whether it was imported or changed here.
    pub is_own: bool,
    /// Festivals in the order of their first day.
    pub festivals: Vec<FestivalView>,
    /// Weekend days that are working days.
    pub work: Vec<NaiveDate>,
}

/// A festival and its days off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FestivalView {
    /// Its name.
    pub name: String,
    /// Its days off.
    pub off: Vec<NaiveDate>,
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
    /// A newer list of statutory days as JSON, `{"years":{"2027":{"off":{"元旦":["2027-01-01"]},"work":[]}}}`; its years
    /// take the place of those that are known.
    #[serde(default)]
    pub statutory_json: Option<String>,
}
