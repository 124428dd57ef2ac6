//! `{"op":"points"}`: the points of one customer under one set of rules.

use super::ladder::{check_days, within};
use super::{Refusal, read, write};
use crate::points::{Event, History, Rules, RulesVersion, replay};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is asked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Question {
    /// The rules; whatever is left out has the product's default.
    #[serde(default)]
    rules: Rules,
    /// What happened, in any order of days; events of one day count in the order given.
    #[serde(default)]
    events: Vec<Event>,
    /// The day asked about; the day of the last event when left out.
    #[serde(default)]
    as_of: Option<NaiveDate>,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    check_amounts(&question)?;
    let question: Question = read(question)?;
    check_days(question.events.iter().map(Event::on), question.as_of)?;
    let last = question.events.iter().map(Event::on).max();
    let as_of = question
        .as_of
        .or(last)
        .ok_or_else(|| Refusal::invalid("as_of", "Without events the day asked about is needed."))?;
    question.rules.check().map_err(|refused| within("rules", refused))?;
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: question.rules }];
    write(&replay(&versions, &question.events, as_of)?)
}

/// A sale of nothing is a sale, but one that leaves out what it was is a slip.
fn check_amounts(question: &Value) -> Result<(), Refusal> {
    let events = question.get("events").and_then(Value::as_array);
    for (index, event) in events.into_iter().flatten().enumerate() {
        let is_given = |name: &str| event.get(name).is_some_and(|value| !value.is_null());
        if event.get("type").is_some_and(|kind| kind == "sale") && !is_given("lines") && !is_given("amount_minor") {
            let field = format!("events.{index}.lines");
            return Err(Refusal::invalid(&field, format!("`events.{index}` needs `lines` or `amount_minor`.")));
        }
    }
    Ok(())
}

pub(super) fn schema() -> Value {
    json!({ "input": schemars::schema_for!(Question), "output": schemars::schema_for!(History) })
}

#[cfg(test)]
mod tests {
    use super::super::evaluate;
    use super::*;

    #[test]
    fn the_published_example_has_the_published_shape() {
        let answer = evaluate(json!({
            "op": "points",
            "rules": {
                "earn": [
                    { "kind": "per_amount", "points": 1, "per_minor": 100, "category": null, "item": null },
                    { "kind": "bonus", "item": "X", "points": 5 }
                ],
                "multiplier_bp": 10_000, "pending_days": 0,
                "expiry": { "kind": "end_of_year", "n": 90 },
                "redeem": { "points": 100, "worth_minor": 100, "step": 100, "max_share_bp": 5_000 },
                "revive_days": 30
            },
            "events": [
                { "on": "2026-01-05", "type": "sale", "id": "a",
                  "lines": [{ "item": "X", "category": "c", "amount_minor": 1_200 }], "redeem_points": 0 },
                { "on": "2026-01-06", "type": "refund", "sale": "a", "amount_minor": 300 },
                { "on": "2026-01-07", "type": "earn", "id": "e1", "points": 575 },
                { "on": "2026-01-08", "type": "redeem", "points": 500 },
                { "on": "2026-01-09", "type": "adjust", "points": -10 },
                { "on": "2026-01-09", "type": "redeem", "points": 500 }
            ],
            "as_of": "2026-06-01"
        }));
        assert_eq!(
            answer,
            json!({
                "balance": 79, "debt": 0,
                "lots": [
                    { "earned_on": "2026-01-05", "expires_on": "2026-12-31", "points": 14, "remaining": 0, "source": "a" },
                    { "earned_on": "2026-01-07", "expires_on": "2026-12-31", "points": 575, "remaining": 79, "source": "e1" }
                ],
                "ledger": [
                    { "on": "2026-01-05", "kind": "earn", "points": 17, "lot": 0 },
                    { "on": "2026-01-06", "kind": "refund", "points": -3, "lot": 0 },
                    { "on": "2026-01-07", "kind": "earn", "points": 575, "lot": 1 },
                    { "on": "2026-01-08", "kind": "redeem", "points": -14, "lot": 0 },
                    { "on": "2026-01-08", "kind": "redeem", "points": -486, "lot": 1 },
                    { "on": "2026-01-09", "kind": "adjust", "points": -10, "lot": 1 }
                ],
                "refused": [{ "event": 5, "code": "insufficient_points" }]
            })
        );
    }

    #[test]
    fn bad_rules_are_refused_at_their_field() {
        let answer = evaluate(json!({
            "op": "points", "as_of": "2026-06-01",
            "rules": { "earn": [{ "kind": "per_amount", "points": 1, "per_minor": 0 }] }
        }));
        assert_eq!(answer["error"]["fields"][0]["field"], "rules.earn.0.per_minor");
    }

    #[test]
    fn numbers_at_the_ends_of_what_can_be_written_are_answered() {
        let (most, least) = (i64::MAX, i64::MIN);
        for amount in [most, least, -1, 0, 9_000_000_000_000_000] {
            let answer = evaluate(json!({
                "op": "points", "as_of": "2199-12-31",
                "rules": { "expiry": { "kind": "days", "n": 36_600 }, "pending_days": 36_600 },
                "events": [
                    { "on": "2026-01-01", "type": "sale", "id": "a", "redeem_points": amount,
                      "lines": [{ "amount_minor": amount }, { "amount_minor": amount }] },
                    { "on": "2026-01-01", "type": "sale", "id": "b", "amount_minor": amount, "discount_minor": amount },
                    { "on": "2026-01-01", "type": "sale", "id": "c", "amount_minor": 100 },
                    { "on": "2026-01-01", "type": "refund", "sale": "c", "amount_minor": amount,
                      "lines": [{ "line": 0, "amount_minor": amount }] },
                    { "on": "2026-01-01", "type": "earn", "points": amount },
                    { "on": "2026-01-01", "type": "redeem", "points": amount },
                    { "on": "2026-01-01", "type": "adjust", "points": amount },
                    { "on": "2026-01-02", "type": "adjust", "points": amount }
                ]
            }));
            assert!(answer.get("balance").is_some(), "{amount}: {answer}");
        }
    }
}
