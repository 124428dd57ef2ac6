//! The rule laboratory: one JSON value in, one JSON value out, by the very functions that the product uses.
//! Each operation lives in its own room; this file only reads the `op` and hands the value on.

mod business_time;
#[cfg(test)]
mod by_hand;
mod cashback;
mod classify;
mod ladder;
mod points;
#[cfg(test)]
mod published_cases;
#[cfg(test)]
mod published_clocks;
mod shape;
mod timeline;
mod written_time;

use crate::error::{FieldError, RuleError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use serde_path_to_error::Segment;
use std::sync::OnceLock;

/// Every operation by its name.
const OPERATIONS: [&str; 10] =
    ["add", "subtract", "between", "is_open", "segments", "timeline", "ladder", "points", "cashback", "classify"];

/// Why a value cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
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

    /// Fields at fault, each with its sentence.
    fn of(fields: Vec<FieldError>) -> Self {
        let message = fields.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" ");
        Self { code: "invalid".into(), message, fields }
    }
}

impl From<RuleError> for Refusal {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Invalid(mut fields) => {
                for field in &mut fields {
                    if field.message.is_empty() {
                        field.message = format!("{}: {}.", field.field, field.problem);
                    }
                }
                Self::of(fields)
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

/// An answer instead of a result.
#[derive(Serialize, schemars::JsonSchema)]
struct Refused {
    /// What is wrong.
    error: Refusal,
}

/// Evaluates one question. A question that cannot be evaluated answers `{"error": …}` and never panics. Fields that
/// the operation does not know are named in `ignored`.
pub fn evaluate(question: Value) -> Value {
    dispatch(question).unwrap_or_else(|refusal| json!(Refused { error: refusal }))
}

fn dispatch(mut question: Value) -> Result<Value, Refusal> {
    let op = question.get("op").and_then(Value::as_str).map(str::to_owned);
    let op = op.ok_or_else(|| Refusal::invalid("op", "The value has no `op`."))?;
    let known = published().get(&op).and_then(|published| published.get("input"));
    let ignored = match known.filter(|_| OPERATIONS.contains(&op.as_str())) {
        Some(schema) => shape::fit(schema, &mut question)?,
        None => {
            let message = format!("Unknown operation `{op}`; known are {}.", OPERATIONS.join(", "));
            return Err(Refusal::invalid("op", message));
        }
    };
    let mut answer = match op.as_str() {
        "timeline" => timeline::answer(question),
        "ladder" => ladder::answer(question),
        "points" => points::answer(question),
        "cashback" => cashback::answer(question),
        "classify" => classify::answer(question),
        _ => business_time::answer(question),
    }?;
    if let Some(answer) = answer.as_object_mut().filter(|_| !ignored.is_empty()) {
        answer.insert("ignored".into(), json!(ignored));
    }
    Ok(answer)
}

/// The exact input and output types of every operation, and of a refusal, as JSON Schema.
pub fn schema() -> Value {
    Value::Object(published().clone())
}

fn published() -> &'static Map<String, Value> {
    static PUBLISHED: OnceLock<Map<String, Value>> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let rooms = json!({
            "timeline": timeline::schema(),
            "ladder": ladder::schema(),
            "points": points::schema(),
            "cashback": cashback::schema(),
            "classify": classify::schema(),
            "error": schemars::schema_for!(Refused),
        });
        let maps = [business_time::schema(), rooms].into_iter().filter_map(|room| match room {
            Value::Object(map) => Some(map),
            _ => None,
        });
        let mut all: Map<String, Value> = maps.flatten().collect();
        for op in OPERATIONS {
            let Some(types) = all.get_mut(op) else { continue };
            if let Some(Value::Object(input)) = types.get_mut("input") {
                let required = input.entry("required").or_insert_with(|| json!([]));
                required.as_array_mut().into_iter().for_each(|names| names.insert(0, json!("op")));
                add_property(input, "op", json!({ "const": op }));
            }
            if let Some(Value::Object(output)) = types.get_mut("output") {
                let ignored = json!({
                    "description": "Fields of the question that the operation does not know; only where there are any.",
                    "type": "array", "items": { "type": "string" }
                });
                add_property(output, "ignored", ignored);
            }
        }
        all
    })
}

fn add_property(schema: &mut Map<String, Value>, name: &str, property: Value) {
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    properties.as_object_mut().into_iter().for_each(|properties| {
        properties.insert(name.to_owned(), property.clone());
    });
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
