//! Why a file is refused as a whole. The key names a sentence of the message catalogue, which tells the owner what to
//! do about it; the values are what the sentence names.

use crate::error::ApiError;
use serde::{Deserialize, Serialize};
use shukebu_domain::error::FieldError;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A file, or an import of it, that is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Key of the sentence, such as `import.encrypted`.
    pub key: Cow<'static, str>,
    /// The input at fault (`file`, `map`, `encoding`, `sheet`), so that the window marks it.
    pub field: Cow<'static, str>,
    /// What the sentence names.
    pub values: BTreeMap<String, String>,
}

impl Refusal {
    /// The file itself cannot be used.
    pub fn file(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), field: Cow::Borrowed("file"), values: BTreeMap::new() }
    }

    /// Something said about the file does not fit it.
    pub fn field(field: &'static str, key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), field: Cow::Borrowed(field), values: BTreeMap::new() }
    }

    /// Adds a value that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// The file cannot be read from its disk.
    pub fn unreadable(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::file("import.not_found"),
            std::io::ErrorKind::PermissionDenied => Self::file("import.not_allowed"),
            // Our own readers report a limit or a damaged archive through the reading traits.
            std::io::ErrorKind::FileTooLarge => Self::file("import.too_large_inside"),
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput | std::io::ErrorKind::UnexpectedEof => {
                Self::file("import.damaged")
            }
            kind => Self::file("import.unreadable").with("why", kind),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}) {:?}", self.key, self.field, self.values)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let mut problem = FieldError::new(refusal.field, refusal.key);
        problem.values = refusal.values;
        problem.into()
    }
}
