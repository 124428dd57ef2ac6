//! What a rule refuses, and at which field. The words are chosen elsewhere: a refusal carries a key and values,
//! and the catalogue of the window's language makes a sentence of them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One field that cannot stay as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FieldError {
    /// Path of the field in the input, such as `amount_minor` or `lines.2.quantity`.
    pub field: String,
    /// Key of the sentence, such as `amount.not_positive`.
    pub problem: String,
    /// Values that the sentence names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// The sentence in the reader's language; empty until a catalogue has filled it in.
    #[serde(default)]
    pub message: String,
}

impl FieldError {
    /// A problem of one field without values.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into(), values: BTreeMap::new(), message: String::new() }
    }

    /// Adds a value that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Why a rule says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The input itself cannot be right.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<FieldError>),
    /// The input is fine, but not in this state.
    #[error("not allowed now: {key}")]
    NotAllowedNow {
        /// Key of the sentence.
        key: String,
        /// Values that the sentence names.
        values: BTreeMap<String, String>,
    },
}

impl RuleError {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, problem)])
    }

    /// The state forbids it.
    pub fn not_now(key: impl Into<String>) -> Self {
        Self::NotAllowedNow { key: key.into(), values: BTreeMap::new() }
    }

    /// Adds a value to the sentence of a state refusal, or to every field of an input refusal.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        match &mut self {
            Self::Invalid(fields) => {
                for field in fields {
                    field.values.insert(name.to_owned(), value.to_string());
                }
            }
            Self::NotAllowedNow { values, .. } => {
                values.insert(name.to_owned(), value.to_string());
            }
        }
        self
    }
}

/// `Err` when any problem was collected: all problems of a form are shown at once.
pub fn refuse_if_any(problems: Vec<FieldError>) -> Result<(), RuleError> {
    if problems.is_empty() { Ok(()) } else { Err(RuleError::Invalid(problems)) }
}

impl From<FieldError> for RuleError {
    fn from(problem: FieldError) -> Self {
        Self::Invalid(vec![problem])
    }
}
