//! Words that the shop says again and again, filled in for one case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ComplaintId;

/// Scripts for one case, or the bare ones without a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ScriptQuestion {
    /// Which case.
    #[serde(default)]
    pub complaint_id: Option<ComplaintId>,
}

/// All scripts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScriptList {
    /// In the order in which a case usually goes.
    pub scripts: Vec<ScriptView>,
}

/// One script.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScriptView {
    /// `first_response`, `apology`, `progress`, `solution` or `follow_up`.
    pub name: String,
    /// With its variables, as the shop wrote it.
    pub template: String,
    /// Filled in for the case; the same as the template without one.
    pub text: String,
    /// Variables that the case cannot fill; they still stand in the text.
    pub missing: Vec<String>,
    /// Whether the shop wrote it itself.
    pub is_own: bool,
}

/// Other words from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ScriptChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which.
    pub name: String,
    /// The words; left out, the usual ones again.
    #[serde(default)]
    pub text: Option<String>,
}

/// A text that must not sell anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TextToCheck {
    /// The text.
    pub text: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SalesWords {
    /// Words that sell, in the order in which they appear.
    pub words: Vec<String>,
}
