//! A problem of one row: an error leaves the row out, a warning leaves one cell empty.

use crate::imports::mapping::Field;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIssue {
    /// Row of the file (header = row 1).
    pub row: u64,
    /// The field at fault, by its name of `--map`.
    pub field: Option<Cow<'static, str>>,
    /// Key of the sentence.
    pub code: Cow<'static, str>,
    /// The cell as it stands in the file, cut to a readable length.
    pub text: String,
}

impl RowIssue {
    /// A problem of a field.
    pub fn of(row: u64, field: Field, code: impl Into<Cow<'static, str>>, cell: &str) -> Self {
        Self { row, field: Some(Cow::Borrowed(field.name())), code: code.into(), text: shortened(cell) }
    }

    /// A problem of the row as a whole.
    pub fn row(row: u64, code: &'static str) -> Self {
        Self { row, field: None, code: Cow::Borrowed(code), text: String::new() }
    }
}

fn shortened(cell: &str) -> String {
    let cleaned = crate::values::clean(cell);
    if cleaned.chars().count() <= 40 {
        return cleaned.into_owned();
    }
    cleaned.chars().take(39).chain(['…']).collect()
}
