//! Backups: one encrypted file, verified before it counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::time::Timestamp;

/// A backup to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewBackup {
    /// Folder: a handle from a dialog, or the last one used when left out.
    #[serde(default)]
    pub folder: Option<String>,
}

/// A backup file to be looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BackupFile {
    /// A handle from a dialog.
    pub file: String,
}

/// A backup to be restored into a new place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BackupRestore {
    /// A handle of the backup file.
    pub file: String,
    /// A handle of the folder or file in which the restored book shall live.
    pub target: String,
}

/// A verified backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BackupView {
    /// Path of the file.
    pub path: String,
    /// Made at.
    pub made_at: Timestamp,
    /// Sequence of the book's backups.
    pub sequence: i64,
    /// Bytes.
    pub bytes: u64,
    /// Customers in it.
    pub customers: i64,
    /// Sales in it.
    pub sales: i64,
    /// Whether anybody can read it (the book is not armed).
    pub is_open: bool,
    /// The shop in it.
    pub shop_name: String,
}

/// How the shop stands with its backups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BackupStatus {
    /// Last verified backup.
    pub last: Option<BackupView>,
    /// Writes since then.
    pub operations_since: i64,
    /// Folder of the last one.
    pub folder: Option<String>,
    /// Path of the book.
    pub book_path: String,
}
