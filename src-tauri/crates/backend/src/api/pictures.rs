//! Pictures that the window drew.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A picture to be kept as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewPicture {
    /// A handle from a dialog.
    pub file: String,
    /// The PNG in base64.
    pub png: String,
}
