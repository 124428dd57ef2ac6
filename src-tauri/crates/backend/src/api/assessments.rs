//! 定期评估: the rhythm of assessments, what the next one talks about, and what came of the earlier ones.

use super::complaint_reports::ComplaintReport;
use super::complaints::corrections::CaseOwner;
use super::improvements::{ImprovementInput, ImprovementView};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::assessment::{AssessmentStanding, Rhythm};
use shukebu_domain::complaint::report::Totals;
use shukebu_domain::ids::{AssessmentId, StaffId};
use shukebu_domain::time::Timestamp;

/// Everything that the page of assessments shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AssessmentBoard {
    /// The rhythm that holds; none where nothing is planned.
    pub rhythm: Option<Rhythm>,
    /// The next one; none without a rhythm, or when own days are used up.
    pub next: Option<NextAssessment>,
    /// What one that is held today would talk about.
    pub agenda: AssessmentAgenda,
    /// Earlier ones, newest first.
    pub held: Vec<AssessmentView>,
    /// How many there are in all.
    pub held_in_all: i64,
    /// Who could have been there.
    pub people: Vec<CaseOwner>,
}

/// The next planned assessment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NextAssessment {
    /// The day of the rhythm.
    pub planned_on: NaiveDate,
    /// The day on which the shop is open: the planned one or the next after it.
    pub due_on: NaiveDate,
    /// How it stands.
    pub standing: AssessmentStanding,
    /// Days past its day, or days until then.
    pub days: i64,
    /// From this day on one that is held stands for it; an earlier one is held besides.
    pub counts_from: NaiveDate,
}

/// What the window says in its top bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AssessmentDue {
    /// Its day.
    pub due_on: NaiveDate,
    /// Days past it; 0 is today.
    pub days_late: i64,
}

/// What an assessment talks about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AssessmentAgenda {
    /// Since the last one, by the person who saw to the cases: numbers, causes, compensation.
    pub report: ComplaintReport,
    /// The numbers of the stretch of the same length before it.
    pub before: Totals,
    /// What was decided last time.
    pub decided: Vec<ImprovementView>,
    /// Other improvements that still need somebody, overdue first.
    pub open: Vec<ImprovementView>,
}

/// An assessment that was held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AssessmentView {
    /// Id.
    pub id: AssessmentId,
    /// The day of the rhythm that it stands for; none where it was held besides.
    pub due_on: Option<NaiveDate>,
    /// When people sat down.
    pub held_on: NaiveDate,
    /// Complaints received from this day
    pub from: NaiveDate,
    /// to this one.
    pub to: NaiveDate,
    /// The numbers as they were looked at.
    pub figures: Totals,
    /// Who was there.
    pub people: Vec<String>,
    /// Who was there and does not work here.
    pub others: Option<String>,
    /// What was said and decided.
    pub notes: Option<String>,
    /// Improvements that came of it, as they stand now.
    pub improvements: Vec<ImprovementView>,
    /// When it was written down
    pub recorded_at: Timestamp,
    /// and by whom.
    pub recorded_by: String,
}

/// Another rhythm from today on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct AssessmentPlan {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The rhythm; left out, none is planned any more.
    #[serde(default)]
    pub rhythm: Option<Rhythm>,
}

/// An assessment that was held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewAssessment {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// When people sat down; left out, today.
    #[serde(default)]
    pub held_on: Option<NaiveDate>,
    /// Who was there.
    pub people: Vec<StaffId>,
    /// Who was there and does not work here.
    #[serde(default)]
    pub others: Option<String>,
    /// What was said and decided.
    #[serde(default)]
    pub notes: Option<String>,
    /// Improvements that came of it.
    #[serde(default)]
    pub improvements: Vec<ImprovementInput>,
}
