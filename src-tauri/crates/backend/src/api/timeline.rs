//! What happened around a customer, newest first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// A sale.
    Sale,
    /// A refund.
    Refund,
    /// A tier change.
    Tier,
    /// A change of class.
    Segment,
    /// A step of a complaint.
    Complaint,
    /// A note.
    Note,
    /// A contact of any kind.
    Interaction,
    /// A file was added.
    Attachment,
    /// The customer was created.
    Joined,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: TimelineKind,
    /// One sentence in the window's language.
    pub text: String,
    /// Amount, if money moved.
    pub amount_minor: Option<Money>,
    /// Row to open.
    pub subject_id: Option<i64>,
}

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TimelineInput {
    /// Whose.
    pub id: CustomerId,
    /// Entries to leave out at the new end.
    #[serde(default)]
    pub offset: usize,
}

/// A page of a timeline, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TimelinePage {
    /// Newest first.
    pub entries: Vec<TimelineEntry>,
    /// Whether there are older ones.
    pub has_more: bool,
}
