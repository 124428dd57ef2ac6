//! What holds for every story, however confused: nothing panics, looking changes nothing, and a breach stays.

use crate::laboratory::evaluate;
use crate::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [&str; 12] = [
    "customer_message",
    "agent_reply",
    "internal_note",
    "pause",
    "resume",
    "resolved",
    "closed",
    "reopened",
    "opened_at_edited",
    "policy_changed",
    "policy_removed",
    "calendar_changed",
];

fn time(minute: i64) -> Value {
    json!(Timestamp::from_millis(1_772_413_200_000).plus_seconds(minute * 60))
}

fn calendar(closing: u32) -> Value {
    let hours = json!([["09:00", "12:00"], ["13:00", format!("{closing:02}:00")]]);
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| (day.to_owned(), hours.clone()));
    let weekly: serde_json::Map<String, Value> = days.into_iter().collect();
    json!({"tz": "Asia/Shanghai", "weekly": weekly})
}

/// Minutes after the one before (now and then back), a kind, and a number for whatever the kind needs.
type Step = (i64, usize, i64);

fn event(minute: i64, (_, kind, number): Step) -> Value {
    let targets = json!({"first_response": number * 60, "next_response": number * 90, "resolution": number * 120});
    json!({"at": time(minute), "type": KINDS[kind], "new": time(number - 200), "targets_seconds": targets,
        "calendar": calendar(14 + u32::try_from(number).unwrap() % 10)})
}

fn story(steps: &[Step], look_every: Option<i64>) -> (Value, i64) {
    let mut latest = 0;
    let mut events = vec![json!({"at": time(0), "type": "opened"})];
    for step in steps {
        let minute = latest + step.0;
        if let Some(every) = look_every {
            let looks = (latest + 1..=minute).filter(|minute| minute % every == 0);
            events.extend(looks.map(|minute| json!({"at": time(minute), "type": "evaluate"})));
        }
        latest = latest.max(minute);
        events.push(event(minute, *step));
    }
    let question = json!({"op": "timeline", "calendar": calendar(18), "events": events,
        "targets_seconds": {"first_response": 3600, "next_response": 5400, "resolution": 14400},
        "pause_applies_to": ["next_response", "resolution"], "warn_before_seconds": [1800, 3600]});
    (question, latest)
}

fn ask(question: &Value, minute: i64) -> Value {
    let mut question = question.clone();
    question["as_of"] = time(minute);
    evaluate(question)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((-30..600_i64, 0..KINDS.len(), 1..400_i64), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn looking_changes_nothing(steps in steps(), after in 0..3000_i64) {
        let (quiet, latest) = story(&steps, None);
        let (watched, _) = story(&steps, Some(17));
        let (quiet, watched) = (ask(&quiet, latest + after), ask(&watched, latest + after));
        for part in ["targets", "next_due", "breach_events", "paused_s", "history"] {
            prop_assert_eq!(&quiet[part], &watched[part], "{}", part);
        }
    }

    #[test]
    fn a_breach_never_goes_away(steps in steps(), later in steps(), after in 0..3000_i64) {
        let (short, latest) = story(&steps, None);
        let before = ask(&short, latest + after);
        // The same story goes on after that moment.
        let gap = [(after, 2, 1)];
        let (long, latest) = story(&[&steps[..], &gap[..], &later[..]].concat(), None);
        let then = ask(&long, latest);
        for (target, count) in before["breach_events"].as_object().unwrap() {
            prop_assert!(then["breach_events"][target].as_u64() >= count.as_u64(), "{}", target);
        }
        let judged = before["history"].as_array().unwrap();
        prop_assert_eq!(&then["history"].as_array().unwrap()[..judged.len()], &judged[..], "verdicts do not change");
    }

    #[test]
    fn the_figures_of_a_clock_agree_with_each_other(steps in steps(), after in 0..3000_i64) {
        let (question, latest) = story(&steps, None);
        let answer = ask(&question, latest + after);
        for (target, clock) in answer["targets"].as_object().unwrap() {
            let (state, slack) = (clock["state"].as_str().unwrap(), clock["slack_s"].as_i64());
            let elapsed = clock["elapsed_s"].as_i64().unwrap();
            prop_assert!(elapsed >= 0, "{} {}", target, clock);
            match state {
                "running" | "paused" | "met" => prop_assert!(slack.unwrap() >= 0, "{} {}", target, clock),
                // A change of the calendar or of the opening may leave less elapsed than when it was judged.
                "breached" => {}
                _ => prop_assert!(slack.is_none(), "{} {}", target, clock),
            }
        }
    }
}

#[test]
fn numbers_at_the_ends_of_what_can_be_written_are_answered() {
    for seconds in [i64::MAX, i64::MAX / 1000, 0, -1, i64::MIN] {
        for at in ["0001-01-01T00:00:00Z", "1899-12-31T00:00:00Z", "2199-12-31T23:59:59Z", "9999-12-31T23:59:59Z"] {
            let answer = evaluate(json!({"op": "timeline", "calendar": calendar(18),
                "targets_seconds": {"first_response": seconds, "resolution": 60}, "warn_before_seconds": [seconds],
                "events": [{"at": at, "type": "opened"}, {"at": at, "type": "pause"}]}));
            assert_eq!(answer.get("error").is_some(), seconds < 0, "{answer}");
            for op in ["add", "subtract"] {
                let answer = evaluate(json!({"op": op, "calendar": calendar(18), "start": at, "seconds": seconds}));
                assert!(answer.is_object(), "{answer}");
            }
        }
    }
}
