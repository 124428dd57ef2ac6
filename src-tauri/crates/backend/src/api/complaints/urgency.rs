//! How serious a case is, and what the shop promises about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SeverityInput {
    /// Safety, health, allergy, legal.
    Red,
    /// 紧急
    High,
    /// 一般
    Normal,
}

/// Which promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// Within the hour.
    Response,
    /// An answer to what the customer wrote in between.
    Update,
    /// Within the open hours of a day.
    Resolution,
    /// Within 72 hours of the resolution.
    FollowUp,
}
