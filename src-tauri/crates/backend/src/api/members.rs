//! 入会: who buys often and has not agreed to be a member, enrolling, and who is left out of what is told for sales.

use super::customers::CustomerRow;
use super::privacy::ConsentWay;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;

/// Why somebody is left out of a list that invites or sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LeftOutWhy {
    /// A complaint is open, or its follow-up is still to come.
    OpenComplaint,
    /// The customer does not want to be contacted.
    DoNotContact,
    /// The consent to marketing was refused or taken back.
    ConsentWithdrawn,
    /// The customer did not want to become a member.
    Declined,
}

/// How many were left out for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LeftOut {
    /// Why.
    pub why: LeftOutWhy,
    /// How many.
    pub people: i64,
}

/// Somebody who is left out of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LeftOutPerson {
    /// Who.
    pub customer_id: CustomerId,
    /// Name.
    pub name: String,
    /// Why.
    pub why: LeftOutWhy,
}

/// Where a customer stands with the membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Agreed to it, or stands on a higher tier, or has paid with points or brought some along.
    Member,
    /// Nobody has asked yet.
    NotYet,
    /// Was asked and did not want to, or took the consent back.
    Declined,
}

/// The membership of a customer as the counter shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MembershipView {
    /// Member or not.
    pub state: Membership,
    /// The day of the consent that says so.
    pub since: Option<NaiveDate>,
    /// Business days with a purchase in the last twelve months; of whoever is no member.
    pub visits: i64,
    /// Comes often enough to be asked now, and nothing speaks against it.
    pub is_to_ask: bool,
}

/// Who buys often and is no member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct InviteQuestion {
    /// Visits in the last twelve months from which somebody is asked; left out, as the shop has it.
    #[serde(default)]
    pub visits: Option<u32>,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 50).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Somebody who buys often and is no member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InviteRow {
    /// Who.
    pub customer: CustomerRow,
    /// Business days with a purchase in the last twelve months.
    pub visits: i64,
    /// Net spend of the last twelve months.
    pub net_minor: Money,
    /// The last of those days.
    pub last_on: NaiveDate,
}

/// A page of those who buy often and are no members, most visits first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InvitePage {
    /// Rows of the page.
    pub rows: Vec<InviteRow>,
    /// How many in all.
    pub total: i64,
    /// From how many visits.
    pub visits: u32,
    /// Who would stand here too but is left out.
    pub left_out: Vec<LeftOut>,
}

/// From how many visits somebody is asked to become a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct MemberRuleChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Business days with a purchase in twelve months, 1–366.
    pub visits: u32,
}

/// Customers who agreed to be members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Who.
    pub customer_ids: Vec<CustomerId>,
    /// How they agreed.
    pub way: ConsentWay,
    /// On which day; left out, today.
    #[serde(default)]
    pub given_on: Option<NaiveDate>,
}

/// What enrolling came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Enrolled {
    /// Members from now on.
    pub enrolled: i64,
    /// Had agreed before.
    pub already: i64,
    /// Under 14 without a guardian: nothing was written.
    pub needs_guardian: i64,
}
