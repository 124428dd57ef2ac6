//! `{"op":"points"}`: the points of one customer under one set of rules.

use super::ladder::{check_days, check_rise, within};
use super::{Refusal, read, write};
use crate::points::{Event, History, Rules, RulesVersion, replay};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is asked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Question {
    /// The rules; whatever is left out has the product's default. With `versions` they hold until the first of them.
    #[serde(default)]
    rules: Option<Rules>,
    /// The rules as they were changed: each holds from its day on, the days rise. Without `rules` the first ones hold
    /// before their day too.
    #[serde(default)]
    versions: Vec<RulesVersion>,
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
    write(&replay(&versions(question.rules, question.versions)?, &question.events, as_of)?)
}

/// The rules and what became of them, oldest first.
fn versions(rules: Option<Rules>, later: Vec<RulesVersion>) -> Result<Vec<RulesVersion>, Refusal> {
    let rules = rules.or_else(|| later.is_empty().then(Rules::default));
    if let Some(rules) = &rules {
        rules.check().map_err(|refused| within("rules", refused))?;
    }
    for (index, version) in later.iter().enumerate() {
        version.rules.check().map_err(|refused| within(&format!("versions.{index}.rules"), refused))?;
    }
    check_rise(later.iter().map(|version| version.effective_on))?;
    let first = rules.map(|rules| RulesVersion { effective_on: NaiveDate::MIN, rules });
    Ok(first.into_iter().chain(later).collect())
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
    fn a_sale_that_leaves_out_what_it_was_is_refused() {
        for given in [json!({}), json!({ "lines": null }), json!({ "redeem_points": 100, "discount_minor": 5 })] {
            let mut sale = json!({ "on": "2026-01-05", "type": "sale", "id": "a" });
            sale.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
            let answer = evaluate(json!({
                "op": "points", "events": [{ "on": "2026-01-04", "type": "earn", "points": 5 }, sale], "as_of": "2026-06-01"
            }));
            assert_eq!(answer["error"]["code"], "invalid", "{answer}");
            assert_eq!(answer["error"]["fields"][0]["field"], "events.1.lines", "{answer}");
        }
        for given in ["lines", "amount_minor"] {
            let nothing = if given == "lines" { json!([]) } else { json!(0) };
            let sale = json!({ "on": "2026-01-05", "type": "sale", given: nothing });
            let answer = evaluate(json!({ "op": "points", "events": [sale], "as_of": "2026-06-01" }));
            assert_eq!(answer["balance"], 0, "a sale of nothing is a sale: {answer}");
        }
    }

    #[test]
    fn rules_that_were_changed_touch_new_lots_only() {
        let rules = |points: i64, kind: &str| json!({ "earn": [{ "kind": "per_amount", "points": points, "per_minor": 100 }], "expiry": { "kind": kind } });
        let sale = |on: &str| json!({ "on": on, "type": "sale", "id": on, "amount_minor": 1_000 });
        let mut question = json!({
            "op": "points", "rules": rules(1, "end_of_year"),
            "versions": [{ "effective_on": "2026-03-01", "rules": rules(3, "never") }],
            "events": [sale("2026-02-28"), sale("2026-03-01"), { "on": "2026-04-01", "type": "refund", "sale": "2026-02-28", "amount_minor": 500 }],
            "as_of": "2027-01-01"
        });
        let answer = evaluate(question.clone());
        let lots: Vec<_> =
            answer["lots"].as_array().unwrap().iter().map(|lot| (&lot["points"], &lot["expires_on"])).collect();
        assert_eq!(lots, [(&json!(5), &json!("2026-12-31")), (&json!(30), &Value::Null)]);
        assert_eq!(answer["balance"], 30, "the old ones have ended");
        question.as_object_mut().unwrap().remove("rules");
        assert_eq!(evaluate(question.clone())["balance"], 45, "the first version holds before its day");
        question["versions"][0]["rules"]["earn"][0]["per_minor"] = json!(0);
        assert_eq!(evaluate(question)["error"]["fields"][0]["field"], "versions.0.rules.earn.0.per_minor");
    }

    /// A walk that grows with the square of the history takes longer here than all the other tests together.
    #[test]
    fn a_long_history_is_walked_in_one_go() {
        let first: NaiveDate = "2020-01-01".parse().unwrap();
        let mut events = vec![];
        for index in 0..20_000_u64 {
            let on = first + chrono::Days::new(index / 12);
            events.push(json!({ "on": on, "type": "sale", "id": format!("s{index}"), "amount_minor": 900 + index }));
            if index % 5 == 4 {
                events.push(json!({ "on": on, "type": "redeem", "points": 30 }));
            }
            if index % 7 == 6 {
                let sale = format!("s{}", index - 3);
                events.push(json!({ "on": on, "type": "refund", "sale": sale, "amount_minor": 100 }));
            }
        }
        let answer = evaluate(json!({ "op": "points", "events": events, "as_of": "2025-12-31" }));
        assert!(answer["refused"].as_array().unwrap().is_empty());
        let rows: i64 = answer["ledger"].as_array().unwrap().iter().map(|row| row["points"].as_i64().unwrap()).sum();
        assert_eq!(answer["balance"], rows);
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
