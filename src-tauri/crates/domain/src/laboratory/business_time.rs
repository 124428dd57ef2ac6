//! Questions about open time: `add`, `subtract`, `between`, `is_open`, `segments`.

use super::written_time::{WrittenTime, whole_seconds};
use super::{Refusal, read, write};
use crate::calendar::{BusinessCalendar, CompiledCalendar};
use crate::error::RuleError;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// More segments than this are not handed out at once.
const MOST_SEGMENTS: usize = 10_000;

/// `add` and `subtract`.
#[derive(Debug, Deserialize, JsonSchema)]
struct Shift {
    calendar: BusinessCalendar,
    start: WrittenTime,
    /// Open seconds, 0 or more.
    #[serde(deserialize_with = "whole_seconds")]
    seconds: i64,
}

/// `between`.
#[derive(Debug, Deserialize, JsonSchema)]
struct Between {
    calendar: BusinessCalendar,
    start: WrittenTime,
    end: WrittenTime,
}

/// `is_open`.
#[derive(Debug, Deserialize, JsonSchema)]
struct IsOpen {
    calendar: BusinessCalendar,
    at: WrittenTime,
}

/// `segments`: the next `count` stretches, or those before `end`, or whichever is fewer.
#[derive(Debug, Deserialize, JsonSchema)]
struct Segments {
    calendar: BusinessCalendar,
    start: WrittenTime,
    #[serde(default)]
    count: Option<usize>,
    #[serde(default)]
    end: Option<WrittenTime>,
}

/// Every answer.
#[derive(Debug, Serialize, JsonSchema)]
struct Answer<T> {
    result: T,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    match question.get("op").and_then(Value::as_str) {
        Some("add") => shift(read(question)?, CompiledCalendar::add, "too_far"),
        Some("subtract") => shift(read(question)?, CompiledCalendar::subtract, "too_far_back"),
        Some("between") => {
            let question: Between = read(question)?;
            let calendar = compile("calendar", &question.calendar)?;
            write(&Answer { result: calendar.between(question.start.at, question.end.at) })
        }
        Some("is_open") => {
            let question: IsOpen = read(question)?;
            let calendar = compile("calendar", &question.calendar)?;
            write(&Answer { result: calendar.is_open(question.at.at) })
        }
        _ => segments(&read(question)?),
    }
}

fn shift(
    question: Shift,
    moved: fn(&CompiledCalendar, crate::time::Timestamp, i64) -> Option<crate::time::Timestamp>,
    problem: &str,
) -> Result<Value, Refusal> {
    if question.seconds < 0 {
        return Err(RuleError::field("seconds", "seconds.negative").into());
    }
    let calendar = compile("calendar", &question.calendar)?;
    let result = moved(&calendar, question.start.at, question.seconds)
        .ok_or_else(|| RuleError::field("seconds", format!("seconds.{problem}")))?;
    write(&Answer { result: question.start.spell(result) })
}

fn segments(question: &Segments) -> Result<Value, Refusal> {
    let calendar = compile("calendar", &question.calendar)?;
    let start = question.start.at;
    let count = question.count.unwrap_or(MOST_SEGMENTS);
    if count > MOST_SEGMENTS {
        return Err(RuleError::field("count", "segments.too_many").with("most", MOST_SEGMENTS).into());
    }
    let mut found = match (question.end, question.count) {
        (Some(end), _) => calendar.segments_until(start, end.at),
        (None, Some(count)) => {
            calendar.next_segments(start, count).ok_or_else(|| RuleError::field("count", "segments.never_closes"))?
        }
        (None, None) => return Err(RuleError::field("count", "segments.count_or_end").into()),
    };
    if question.count.is_none() && found.len() > MOST_SEGMENTS {
        return Err(RuleError::field("end", "segments.too_many").with("most", MOST_SEGMENTS).into());
    }
    found.truncate(count);
    let spelled: Vec<[String; 2]> =
        found.iter().map(|segment| [segment.from, segment.to].map(|at| question.start.spell(at))).collect();
    write(&Answer { result: spelled })
}

/// Compiles a calendar of a question; its problems carry the path from the question's root.
pub(super) fn compile(path: &str, calendar: &BusinessCalendar) -> Result<CompiledCalendar, Refusal> {
    calendar.compile().map_err(|error| match error {
        RuleError::Invalid(mut problems) => {
            for problem in &mut problems {
                problem.field = format!("{path}.{}", problem.field);
            }
            RuleError::Invalid(problems).into()
        }
        other @ RuleError::NotAllowedNow { .. } => other.into(),
    })
}

pub(super) fn schema() -> Value {
    json!({
        "add": { "input": schema_for!(Shift), "output": schema_for!(Answer<String>) },
        "subtract": { "input": schema_for!(Shift), "output": schema_for!(Answer<String>) },
        "between": { "input": schema_for!(Between), "output": schema_for!(Answer<i64>) },
        "is_open": { "input": schema_for!(IsOpen), "output": schema_for!(Answer<bool>) },
        "segments": { "input": schema_for!(Segments), "output": schema_for!(Answer<Vec<[String; 2]>>) },
    })
}

#[cfg(test)]
mod tests {
    use crate::laboratory::evaluate;
    use serde_json::{Value, json};

    fn shop() -> Value {
        json!({"tz": "Asia/Shanghai", "weekly": {"fri": [["09:00", "12:00"], ["13:00", "18:00"]]},
            "date_overrides": {"2026-02-14": [["09:00", "18:00"]]}, "breaks": {}, "holidays": ["2026-02-17"]})
    }

    fn ask(mut question: Value) -> Value {
        question["calendar"] = shop();
        evaluate(question)
    }

    #[test]
    fn the_published_example_holds() {
        let question = json!({"op": "add", "start": "2026-02-13T17:30:00+08:00", "seconds": 3600});
        assert_eq!(ask(question), json!({"result": "2026-02-14T09:30:00+08:00"}));
    }

    #[test]
    fn answers_carry_the_offset_of_the_question() {
        for (start, result) in [
            ("2026-02-13T09:30:00Z", "2026-02-14T01:30:00Z"),
            ("2026-02-13T09:30:00+00:00", "2026-02-14T01:30:00+00:00"),
            ("2026-02-13T04:30:00-05:00", "2026-02-13T20:30:00-05:00"),
        ] {
            assert_eq!(ask(json!({"op": "add", "start": start, "seconds": 3600.0})), json!({"result": result}));
        }
    }

    #[test]
    fn every_operation_answers() {
        let start = "2026-02-13T11:00:00+08:00";
        let end = "2026-02-14T10:00:00+08:00";
        assert_eq!(
            ask(json!({"op": "subtract", "start": end, "seconds": 2 * 3600})),
            json!({"result": "2026-02-13T17:00:00+08:00"})
        );
        assert_eq!(ask(json!({"op": "between", "start": start, "end": end})), json!({"result": 7 * 3600}));
        assert_eq!(ask(json!({"op": "between", "start": end, "end": start})), json!({"result": 0}));
        assert_eq!(ask(json!({"op": "is_open", "at": start})), json!({"result": true}));
        let segments = json!([
            ["2026-02-13T11:00:00+08:00", "2026-02-13T12:00:00+08:00"],
            ["2026-02-13T13:00:00+08:00", "2026-02-13T18:00:00+08:00"],
            ["2026-02-14T09:00:00+08:00", "2026-02-14T10:00:00+08:00"]
        ]);
        assert_eq!(ask(json!({"op": "segments", "start": start, "end": end})), json!({"result": segments}));
        assert_eq!(
            ask(json!({"op": "segments", "start": start, "count": 2})),
            json!({"result": [segments[0], segments[1]]})
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_at_its_field() {
        for (question, field) in [
            (json!({"op": "add", "start": "2026-02-13T17:30:00", "seconds": 1}), "start"),
            (json!({"op": "add", "start": "2026-02-13T17:30:00Z"}), "seconds"),
            (json!({"op": "add", "start": "2026-02-13T17:30:00Z", "seconds": -1}), "seconds"),
            (json!({"op": "add", "start": "2026-02-13T17:30:00Z", "seconds": 1.5}), "seconds"),
            (json!({"op": "add", "start": "2026-02-13T17:30:00Z", "seconds": 9_000_000_000_000_000_i64}), "seconds"),
            (json!({"op": "segments", "start": "2026-02-13T17:30:00Z"}), "count"),
            (json!({"op": "segments", "start": "2026-02-13T17:30:00Z", "count": 100_000}), "count"),
        ] {
            let answer = ask(question.clone());
            assert_eq!(answer["error"]["fields"][0]["field"], field, "{question} -> {answer}");
        }
        let bad = json!({"op": "is_open", "at": "2026-02-13T17:30:00Z",
            "calendar": {"tz": "UTC", "weekly": {"mon": [["09:00", "18:00"], ["19:00", "25:00"]]}}});
        assert_eq!(evaluate(bad)["error"]["fields"][0]["field"], "calendar.weekly.mon.1.1");
        let misshapen = json!({"op": "is_open", "at": "2026-02-13T17:30:00Z",
            "calendar": {"tz": "UTC", "weekly": {"mon": [["09:00"]]}}});
        assert_eq!(evaluate(misshapen)["error"]["fields"][0]["field"], "calendar.weekly.mon.0");
    }
}
