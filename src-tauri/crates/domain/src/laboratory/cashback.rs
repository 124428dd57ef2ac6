//! `{"op":"cashback"}`: the cashback of one year.

use super::Refusal;
use serde_json::{Value, json};

pub(super) fn answer(_question: Value) -> Result<Value, Refusal> {
    Err(Refusal::invalid("op", "not yet"))
}

pub(super) fn schema() -> Value {
    json!({})
}
