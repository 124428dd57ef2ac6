//! `{"op":"ladder"}`: the standing of one customer under one ladder.

use super::{Refusal, read, write};
use crate::error::RuleError;
use crate::ladder::{
    Change, Event, Ladder, LadderVersion, Missing, Standing, Why, standing_with_versions, without_sales_before_opening,
};
use crate::money::Money;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is asked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Question {
    /// The ladder; everything but the tiers has the product's default. With `versions` it holds until the first of them.
    #[serde(default)]
    ladder: Option<Ladder>,
    /// The ladder as it was changed: each holds from its day on, the days rise. Without `ladder` the first one holds
    /// before its day too.
    #[serde(default)]
    versions: Vec<LadderVersion>,
    /// What happened, in any order of days; events of one day count in the order given.
    #[serde(default)]
    events: Vec<Event>,
    /// The day asked about; the day of the last event when left out.
    #[serde(default)]
    as_of: Option<NaiveDate>,
}

/// The answer.
#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Answer {
    tier: String,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    grace_until: Option<NaiveDate>,
    qualifying: Qualifying,
    missing: Option<Missing>,
    /// Within a grace: what is missing to keep the tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_keep: Option<Missing>,
    history: Vec<Change>,
    why: Why,
}

/// The figures in the window; points only where the ladder asks for them.
#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Qualifying {
    spend_minor: Money,
    visits: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    points_earned: Option<i64>,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    let question: Question = read(question)?;
    check_days(question.events.iter().map(Event::on), question.as_of)?;
    let last = question.events.iter().map(Event::on).max();
    let as_of = question
        .as_of
        .or(last)
        .ok_or_else(|| Refusal::invalid("as_of", "Without events the day asked about is needed."))?;
    let versions = versions(question.ladder, question.versions)?;
    let events = without_sales_before_opening(question.events);
    let standing = standing_with_versions(&versions, &events, as_of)?;
    let holds = versions.iter().rev().find(|version| version.effective_on <= as_of).or(versions.first());
    let uses_points = holds.is_some_and(|version| version.ladder.uses_points());
    write(&shaped(uses_points, standing))
}

/// The ladder and what became of it, oldest first.
fn versions(ladder: Option<Ladder>, later: Vec<LadderVersion>) -> Result<Vec<LadderVersion>, Refusal> {
    if let Some(ladder) = &ladder {
        ladder.check().map_err(|refused| within("ladder", refused))?;
    } else if later.is_empty() {
        return Err(Refusal::invalid("ladder", "Either `ladder` or `versions` is needed."));
    }
    for (index, version) in later.iter().enumerate() {
        version.ladder.check().map_err(|refused| within(&format!("versions.{index}.ladder"), refused))?;
    }
    check_rise(later.iter().map(|version| version.effective_on))?;
    let first = ladder.map(|ladder| LadderVersion { effective_on: NaiveDate::MIN, ladder });
    Ok(first.into_iter().chain(later).collect())
}

/// The days of versions are sane and rise.
pub(super) fn check_rise(days: impl Iterator<Item = NaiveDate>) -> Result<(), Refusal> {
    let mut before: Option<NaiveDate> = None;
    for (index, day) in days.enumerate() {
        let field = format!("versions.{index}.effective_on");
        if !is_sane(day) {
            return Err(Refusal::invalid(&field, format!("{day} is not between 1900 and 2199.")));
        }
        if before.is_some_and(|before| day <= before) {
            return Err(Refusal::invalid(&field, format!("{day} does not come after the version before.")));
        }
        before = Some(day);
    }
    Ok(())
}

fn is_sane(day: NaiveDate) -> bool {
    (1900..=2199).contains(&day.year())
}

pub(super) fn schema() -> Value {
    json!({ "input": schemars::schema_for!(Question), "output": schemars::schema_for!(Answer) })
}

/// Puts the name of the part in front of the fields of a refusal.
pub(super) fn within(part: &str, refused: RuleError) -> Refusal {
    let refused = match refused {
        RuleError::Invalid(mut fields) => {
            for field in &mut fields {
                field.field = format!("{part}.{}", field.field);
            }
            RuleError::Invalid(fields)
        }
        other => other,
    };
    Refusal::from(refused)
}

/// Days far outside of any shop's life are slips, and walking to them takes long.
pub(super) fn check_days(days: impl Iterator<Item = NaiveDate>, as_of: Option<NaiveDate>) -> Result<(), Refusal> {
    for (index, day) in days.enumerate() {
        if !is_sane(day) {
            return Err(Refusal::invalid(
                &format!("events.{index}.on"),
                format!("{day} is not between 1900 and 2199."),
            ));
        }
    }
    match as_of {
        Some(day) if !is_sane(day) => Err(Refusal::invalid("as_of", format!("{day} is not between 1900 and 2199."))),
        _ => Ok(()),
    }
}

fn shaped(uses_points: bool, standing: Standing) -> Answer {
    let figures = standing.qualifying;
    Answer {
        tier: standing.tier,
        since: standing.since,
        until: standing.until,
        grace_until: standing.grace_until,
        qualifying: Qualifying {
            spend_minor: figures.spend_minor,
            visits: figures.visits,
            points_earned: uses_points.then_some(figures.points_earned),
        },
        missing: standing.missing,
        to_keep: standing.to_keep,
        history: standing.history,
        why: standing.why,
    }
}

#[cfg(test)]
mod tests {
    use super::super::evaluate;
    use super::*;
    use crate::ladder::Cause;

    #[test]
    fn the_published_example_has_the_published_shape() {
        let answer = evaluate(json!({
            "op": "ladder",
            "ladder": {
                "tiers": [
                    { "name": "普通" },
                    { "name": "银卡", "enter": { "spend_minor": 100_000, "visits": 12 }, "keep": { "spend_minor": 60_000 } }
                ],
                "combine": "any", "window": { "kind": "rolling_days", "n": 365 }, "visit_minimum_minor": 1,
                "demotion": { "review": "monthly", "style": "deserved", "grace_days": 30 }
            },
            "events": [
                { "on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 60_000 },
                { "on": "2026-02-01", "type": "refund", "sale": "a", "amount_minor": 100 },
                { "on": "2026-02-02", "type": "manual", "tier": "银卡", "mode": "floor", "until": "2026-12-31" }
            ],
            "as_of": "2026-06-01"
        }));
        assert_eq!(
            answer,
            json!({
                "tier": "银卡", "since": "2026-02-02", "until": "2026-12-31", "grace_until": null,
                "qualifying": { "spend_minor": 59_900, "visits": 1 },
                "missing": null,
                "history": [{ "on": "2026-02-02", "from": "普通", "to": "银卡", "why": "floor" }],
                "why": "floor"
            })
        );
    }

    #[test]
    fn a_bad_ladder_is_refused_at_its_field() {
        let answer = evaluate(json!({
            "op": "ladder", "as_of": "2026-06-01",
            "ladder": { "tiers": [
                { "name": "a" }, { "name": "b", "enter": { "spend_minor": 9 } }, { "name": "c", "enter": { "spend_minor": 5 } }
            ] }
        }));
        assert_eq!(answer["error"]["fields"][0]["field"], "ladder.tiers.2.enter.spend_minor");
        assert_eq!(answer["error"]["code"], "invalid");
    }

    fn two_versions(second_on: &str) -> Value {
        let ladder = |silver: i64| {
            json!({ "tiers": [{ "name": "普通" }, { "name": "银卡", "enter": { "spend_minor": silver } }],
            "demotion": { "grace_days": 30 } })
        };
        json!({
            "op": "ladder", "ladder": ladder(100_000), "versions": [{ "effective_on": second_on, "ladder": ladder(50_000) }],
            "events": [{ "on": "2026-01-05", "type": "sale", "amount_minor": 60_000 }], "as_of": "2026-06-01"
        })
    }

    #[test]
    fn a_ladder_that_was_changed_promotes_from_its_day_on() {
        let answer = evaluate(two_versions("2026-03-01"));
        assert_eq!((&answer["tier"], &answer["since"]), (&json!("银卡"), &json!("2026-03-01")));
        assert_eq!(
            answer["history"],
            json!([{ "on": "2026-03-01", "from": "普通", "to": "银卡", "why": "new_rules" }])
        );
        assert_eq!(evaluate(two_versions("2026-07-01"))["tier"], "普通", "not yet");
        let mut alone = two_versions("2026-07-01");
        alone.as_object_mut().unwrap().remove("ladder");
        assert_eq!(evaluate(alone)["since"], "2026-01-05", "the first version holds before its day");
    }

    #[test]
    fn versions_that_cannot_be_are_refused_at_their_place() {
        let field = |question: Value| evaluate(question)["error"]["fields"][0]["field"].clone();
        let mut twice = two_versions("2026-03-01");
        let again = twice["versions"][0].clone();
        twice["versions"].as_array_mut().unwrap().push(again);
        assert_eq!(field(twice), "versions.1.effective_on");
        let mut falls = two_versions("2026-03-01");
        falls["versions"][0]["ladder"]["tiers"][1]["enter"]["spend_minor"] = json!(-1);
        assert_eq!(field(falls), "versions.0.ladder.tiers.1.enter.spend_minor");
        assert_eq!(field(two_versions("1800-01-01")), "versions.0.effective_on");
        assert_eq!(field(json!({ "op": "ladder", "as_of": "2026-06-01" })), "ladder");
    }

    #[test]
    fn a_refund_after_the_void_of_its_sale_is_refused_in_whatever_order_they_are_told() {
        let refund = json!({ "on": "2026-01-08", "type": "refund", "sale": "a", "amount_minor": 100 });
        let void = json!({ "on": "2026-01-07", "type": "void", "sale": "a" });
        for back in [[refund.clone(), void.clone()], [void, refund]] {
            let mut events = vec![json!({ "on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 60_000 })];
            let place = 1 + back.iter().position(|event| event["type"] == "refund").unwrap();
            events.extend(back);
            let answer = evaluate(json!({
                "op": "ladder", "ladder": { "tiers": [{ "name": "普通" }] }, "events": events, "as_of": "2026-06-01"
            }));
            assert_eq!(answer["error"]["fields"][0]["field"], format!("events.{place}.amount_minor"));
        }
    }

    #[test]
    fn windows_take_an_n_that_they_do_not_need() {
        for kind in ["lifetime", "calendar_year", "since_promotion", "rolling_days", "rolling_months"] {
            let answer = evaluate(json!({
                "op": "ladder", "as_of": "2026-06-01",
                "ladder": { "tiers": [{ "name": "a" }], "window": { "kind": kind, "n": 365 } }
            }));
            assert_eq!(answer["tier"], "a", "{kind}");
        }
    }

    #[test]
    fn every_cause_is_a_plain_word() {
        assert_eq!(serde_json::to_value(Cause::ManualEnded).unwrap(), "manual_ended");
    }

    #[test]
    fn numbers_at_the_ends_of_what_can_be_written_are_answered() {
        for amount in [i64::MAX, 9_000_000_000_000_000, 0, -1, i64::MIN] {
            for window in ["lifetime", "rolling_days", "rolling_months", "calendar_year", "since_promotion"] {
                let answer = evaluate(json!({
                    "op": "ladder", "as_of": "2199-12-31",
                    "ladder": {
                        "tiers": [{ "name": "a" }, { "name": "b", "enter": { "spend_minor": 1, "points_earned": 1 } }],
                        "window": { "kind": window, "n": 36_600 },
                        "demotion": { "review": "continuous", "style": "one_step", "grace_days": 36_600 }
                    },
                    "events": [
                        { "on": "1900-01-01", "type": "sale", "id": "s", "amount_minor": amount, "points_earned": 5 },
                        { "on": "1900-01-01", "type": "sale", "amount_minor": amount },
                        { "on": "1900-01-02", "type": "opening", "spend_minor": amount, "visits": 1, "points_earned": 1 },
                        { "on": "1900-01-03", "type": "manual", "tier": "b", "mode": "floor" }
                    ]
                }));
                let answered = answer.get("tier").is_some() == (0..i64::MAX).contains(&amount);
                assert!(answered, "{amount} {window}: {answer}");
            }
        }
    }
}
