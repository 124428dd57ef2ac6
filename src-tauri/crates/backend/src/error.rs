//! What a command may answer instead of its result. A code exists only because the window acts on it; the sentence
//! is keyed and worded in the reader's language when it leaves the backend.

use serde::{Deserialize, Serialize};
use shukebu_domain::error::{FieldError, RuleError};
use std::collections::BTreeMap;

/// The answer of every use case.
pub type Result<T> = std::result::Result<T, ApiError>;

/// What the window does about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Fields are marked.
    Invalid,
    /// The thing is gone or never was; the list is refetched.
    NotFound,
    /// Somebody was faster, or it exists already.
    Conflict,
    /// The state forbids it; the screen refetches.
    NotAllowedNow,
    /// The signed-in person has no right to it.
    NotPermitted,
    /// No book is open, or its key is missing.
    Locked,
    /// The book is in use; try again.
    Busy,
    /// New writes stop, reading goes on.
    DiskFull,
    /// The recovery window opens.
    Damaged,
    /// A mistake of the program.
    Internal,
}

/// A refusal with a sentence that tells a shop owner what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ApiError {
    /// What the window does about it.
    pub code: ErrorCode,
    /// The sentence in the reader's language.
    #[serde(default)]
    pub message: String,
    /// Key of the sentence in the catalogue.
    pub key: String,
    /// Values that the sentence names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// The fields at fault, each with its own sentence.
    #[serde(default)]
    pub fields: Vec<FieldError>,
    /// The action that somebody with greater rights may approve there and then; the same input with an `approval`
    /// beside its fields is carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Box<str>>,
}

impl ApiError {
    /// A refusal with a keyed sentence.
    pub fn new(code: ErrorCode, key: impl Into<String>) -> Self {
        Self { code, message: String::new(), key: key.into(), values: BTreeMap::new(), fields: vec![], ask: None }
    }

    /// The thing named by `entity` does not exist.
    pub fn not_found(entity: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("not_found.{entity}"))
    }

    /// The state forbids it.
    pub fn not_now(key: &str) -> Self {
        Self::new(ErrorCode::NotAllowedNow, key)
    }

    /// One field is wrong.
    pub fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        RuleError::field(field, problem).into()
    }

    /// A mistake of the program; `what` goes into the sentence and must not hold a name or a phone.
    pub fn internal(what: impl ToString) -> Self {
        Self::new(ErrorCode::Internal, "internal").with("what", what)
    }

    /// Adds a value that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// Somebody with greater rights may approve this action there and then.
    #[must_use]
    pub fn asking(mut self, action: &str) -> Self {
        self.ask = Some(action.into());
        self
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.message.is_empty() {
            write!(f, "{:?} {} {:?}", self.code, self.key, self.fields)
        } else {
            f.write_str(&self.message)
        }
    }
}

impl std::error::Error for ApiError {}

impl From<RuleError> for ApiError {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Invalid(fields) => Self { fields, ..Self::new(ErrorCode::Invalid, "invalid") },
            RuleError::NotAllowedNow { key, values } => Self { values, ..Self::new(ErrorCode::NotAllowedNow, key) },
        }
    }
}

impl From<FieldError> for ApiError {
    fn from(problem: FieldError) -> Self {
        RuleError::from(problem).into()
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sqlite;
        match error.sqlite_error_code() {
            Some(Sqlite::DatabaseBusy | Sqlite::DatabaseLocked) => Self::new(ErrorCode::Busy, "book.in_use"),
            Some(Sqlite::DiskFull) => Self::new(ErrorCode::DiskFull, "disk.full"),
            Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => Self::new(ErrorCode::Damaged, "book.damaged"),
            Some(Sqlite::ReadOnly | Sqlite::CannotOpen | Sqlite::PermissionDenied) => {
                Self::new(ErrorCode::Locked, "book.not_writable")
            }
            Some(Sqlite::SystemIoFailure) => Self::new(ErrorCode::DiskFull, "disk.failing"),
            Some(Sqlite::OperationInterrupted) => Self::not_now("cancelled"),
            // The text of a constraint names tables and columns only, never the values.
            _ => Self::internal(error),
        }
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<std::io::Error> for ApiError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::new(ErrorCode::DiskFull, "disk.full"),
            std::io::ErrorKind::NotFound => Self::new(ErrorCode::NotFound, "file.not_found"),
            std::io::ErrorKind::PermissionDenied => Self::new(ErrorCode::Invalid, "file.not_allowed"),
            _ => Self::new(ErrorCode::Invalid, "file.unreadable").with("why", error.kind()),
        }
    }
}
