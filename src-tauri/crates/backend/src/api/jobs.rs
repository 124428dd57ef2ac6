//! Long work: progress, cancel, result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One job by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct JobRef {
    /// Which.
    pub job: u64,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Working.
    Running,
    /// Done; the result is there.
    Done,
    /// Refused; the error is there.
    Failed,
    /// Stopped by a person; nothing was changed.
    Cancelled,
}

/// A job with its progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct JobView {
    /// Which.
    pub job: u64,
    /// `import`, `export`, `cashback`, `demo`.
    pub kind: String,
    /// How it stands.
    pub state: JobState,
    /// Work done.
    pub done: u64,
    /// Work in all; 0 while unknown.
    pub total: u64,
    /// Per second.
    pub rate: u64,
    /// Seconds left, while known.
    pub left_s: Option<u64>,
    /// The result of a done job: an import report, a backup.
    #[cfg_attr(feature = "bindings", ts(type = "unknown"))]
    pub result: Option<serde_json::Value>,
    /// Why it failed.
    pub error: Option<crate::error::ApiError>,
}
