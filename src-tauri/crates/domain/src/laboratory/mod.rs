//! The rule laboratory: one JSON value in, one JSON value out, by the very functions that the product uses.
//! Each operation lives in its own room; this file only reads the `op` and hands the value on.

mod business_time;
mod cashback;
mod ladder;
mod points;
mod timeline;
mod written_time;

use crate::error::{FieldError, RuleError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_path_to_error::Segment;

/// Why a value cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// `invalid` or `not_allowed_now`.
    pub code: String,
    /// What is wrong, in English: the laboratory is read by programs.
    pub message: String,
    /// The fields at fault.
    pub fields: Vec<FieldError>,
}

impl Refusal {
    /// An input that cannot be read.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let mut problem = FieldError::new(field, "invalid");
        problem.message.clone_from(&message);
        Self { code: "invalid".into(), message, fields: vec![problem] }
    }
}

impl From<RuleError> for Refusal {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Invalid(mut fields) => {
                for field in &mut fields {
                    if field.message.is_empty() {
                        field.message = format!("{}: {}", field.field, field.problem);
                    }
                }
                let message = fields.iter().map(|field| field.message.clone()).collect::<Vec<_>>().join("; ");
                Self { code: "invalid".into(), message, fields }
            }
            RuleError::NotAllowedNow { key, values } => {
                let values: Vec<String> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
                Self {
                    code: "not_allowed_now".into(),
                    message: format!("{key} {}", values.join(" ")).trim().to_owned(),
                    fields: vec![],
                }
            }
        }
    }
}

/// Evaluates one question. A question that cannot be evaluated answers `{"error": …}` and never panics.
pub fn evaluate(question: Value) -> Value {
    match dispatch(question) {
        Ok(answer) => answer,
        Err(refusal) => json!({ "error": refusal }),
    }
}

fn dispatch(question: Value) -> Result<Value, Refusal> {
    let op = question.get("op").and_then(Value::as_str).map(str::to_owned);
    match op.as_deref() {
        Some("add" | "subtract" | "between" | "is_open" | "segments") => business_time::answer(question),
        Some("timeline") => timeline::answer(question),
        Some("ladder") => ladder::answer(question),
        Some("points") => points::answer(question),
        Some("cashback") => cashback::answer(question),
        Some(other) => Err(Refusal::invalid("op", format!("unknown operation `{other}`"))),
        None => Err(Refusal::invalid("op", "the value has no `op`")),
    }
}

/// The exact input and output types of every operation, as JSON Schema.
pub fn schema() -> Value {
    json!({
        "business_time": business_time::schema(),
        "timeline": timeline::schema(),
        "ladder": ladder::schema(),
        "points": points::schema(),
        "cashback": cashback::schema(),
    })
}

/// Reads a question into its type, with the path of what does not fit.
pub(crate) fn read<T: serde::de::DeserializeOwned>(question: Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(question).map_err(|error| {
        let mut path: Vec<String> = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                Segment::Seq { index } => Some(index.to_string()),
                Segment::Map { key } => Some(key.clone()),
                Segment::Enum { .. } | Segment::Unknown => None,
            })
            .collect();
        let message = error.inner().to_string();
        // A missing field is reported at its parent; the reader looks for it at its own place.
        let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        path.extend(missing.map(str::to_owned));
        let field = if path.is_empty() { "question".to_owned() } else { path.join(".") };
        Refusal::invalid(&field, message)
    })
}

/// Writes an answer.
pub(crate) fn write<T: Serialize>(answer: &T) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|error| Refusal::invalid("answer", error.to_string()))
}
