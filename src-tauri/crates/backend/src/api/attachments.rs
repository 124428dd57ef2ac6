//! Files that are kept inside the book, with a customer or with a case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{AttachmentId, ComplaintId, CustomerId};
use shukebu_domain::time::Timestamp;

/// A file kept with a customer or a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AttachmentView {
    /// Which.
    pub id: AttachmentId,
    /// Name of the file.
    pub name: String,
    /// Size.
    pub bytes: i64,
    /// When it was added.
    pub added_at: Timestamp,
}

/// A file to be kept with a customer or with a case; exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// With whom; or a case.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// With which case; or a customer.
    #[serde(default)]
    pub complaint_id: Option<ComplaintId>,
    /// Handle of the file that a person chose.
    pub file: String,
}

/// A kept file to be written to a folder that a person chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct AttachmentCopy {
    /// Which.
    pub id: AttachmentId,
    /// Handle of the folder.
    pub folder: String,
}

/// A kept file to be removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct AttachmentRef {
    /// Which.
    pub id: AttachmentId,
}

/// Where something was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WrittenFile {
    /// The file.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}
