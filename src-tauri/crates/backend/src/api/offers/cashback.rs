//! The annual cashback: looked at first, then approved, taken back where it was a mistake.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::cashback::CashbackRules;
use shukebu_domain::ids::{CashbackRunId, CustomerId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// How it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaysAs {
    /// A coupon of the amount.
    Voucher,
    /// Cash by a printed list.
    Cash,
}

/// A year to look at or to approve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CashbackQuestion {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Calendar year.
    pub year: i32,
    /// Rules.
    pub rules: CashbackRules,
    /// Who stands below this tier today is not paid; left out, everybody is.
    #[serde(default)]
    pub lowest_tier: Option<String>,
    /// How it is paid.
    pub pays_as: PaysAs,
    /// Last day of the vouchers; a year from today when left out.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
}

/// What approving would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackPreview {
    /// The year.
    pub year: i32,
    /// Customers with a sale in the year.
    pub buyers: usize,
    /// Who would be paid.
    pub people: usize,
    /// All of it.
    pub paid_minor: Money,
    /// What earlier debts take off it.
    pub settled_minor: Money,
    /// Who would have something, but stands below the lowest tier.
    pub not_members: usize,
    /// Who has this year approved already.
    pub already: usize,
    /// Who owes something since refunds came after a pay-out, and how much all of them together.
    pub debtors: usize,
    /// What they owe before this year is settled with it.
    pub owed_minor: Money,
    /// The year is not over.
    pub is_running: bool,
    /// Those who get the most, and those whose year goes into a debt; at most 200.
    pub rows: Vec<CashbackRow>,
}

/// One customer's year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackRow {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// Member number.
    pub member_no: String,
    /// Tier at pay-out.
    pub tier: Option<String>,
    /// Net of the year.
    pub net_minor: Money,
    /// What the year gives.
    pub granted_minor: Money,
    /// Carried over from earlier years, zero or negative.
    pub carried_minor: Money,
    /// Paid.
    pub paid_minor: Money,
    /// Code of the voucher.
    pub code: Option<String>,
}

/// Runs that were approved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackRuns {
    /// Newest first.
    pub rows: Vec<CashbackRunView>,
    /// Names of the tiers, lowest first.
    pub tiers: Vec<String>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackRunView {
    /// Id.
    pub id: CashbackRunId,
    /// Year.
    pub year: i32,
    /// Rules.
    pub rules: CashbackRules,
    /// Lowest tier that was paid.
    pub lowest_tier: Option<String>,
    /// How it was paid.
    pub pays_as: PaysAs,
    /// When.
    pub approved_at: Timestamp,
    /// By whom.
    pub staff: String,
    /// People paid.
    pub people: i64,
    /// All of it.
    pub paid_minor: Money,
    /// Taken back at.
    pub reversed_at: Option<Timestamp>,
    /// Why.
    pub reversed_why: Option<String>,
}

/// Whom of a run to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CashbackListFilter {
    /// Which run.
    pub id: CashbackRunId,
    /// From which row.
    #[serde(default)]
    pub offset: i64,
    /// How many at most; all of them when left out.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// The people of a run, for the screen and for the printed list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CashbackList {
    /// The run.
    pub run: CashbackRunView,
    /// Who was paid, by member number.
    pub rows: Vec<CashbackRow>,
}

/// A run to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CashbackReversal {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub id: CashbackRunId,
    /// Why.
    pub reason: String,
}
