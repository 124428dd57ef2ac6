//! `{"op":"cashback"}`: the cashback of one customer and year.

use super::ladder::within;
use super::{Refusal, read, write};
use crate::cashback::{Cashback, CashbackRules, cashback};
use crate::money::Money;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is asked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Question {
    /// The rules.
    rules: CashbackRules,
    /// The year's sales, refunds as negatives, in minor units.
    sales_minor: Vec<Money>,
    /// The tier held at pay-out, where the rules name tiers.
    #[serde(default)]
    tier: Option<String>,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    let question: Question = read(question)?;
    question.rules.check().map_err(|refused| within("rules", refused))?;
    write(&cashback(&question.rules, question.sales_minor, question.tier.as_deref())?)
}

pub(super) fn schema() -> Value {
    json!({ "input": schemars::schema_for!(Question), "output": schemars::schema_for!(Cashback) })
}

#[cfg(test)]
mod tests {
    use super::super::evaluate;
    use super::*;

    #[test]
    fn the_published_example_is_one_floor_of_the_sum() {
        let answer = evaluate(json!({
            "op": "cashback",
            "rules": { "steps": [{ "from_minor": 0, "rate_bp": 200 }], "cap_minor": 100_000, "minimum_minor": 0 },
            "sales_minor": [99, 99, -30]
        }));
        assert_eq!(answer, json!({ "net_minor": 168, "cashback_minor": 3 }));
    }

    #[test]
    fn rules_are_refused_at_their_field() {
        let answer = evaluate(json!({
            "op": "cashback", "sales_minor": [],
            "rules": { "steps": [{ "from_minor": 10, "rate_bp": 200 }, { "from_minor": 10, "rate_bp": 300 }] }
        }));
        assert_eq!(answer["error"]["fields"][0]["field"], "rules.steps.1.from_minor");
    }
}
