//! What each kind of event means for the clocks, one claim per test; the reason stands where it could have gone
//! otherwise. Times are of Monday 2 March 2026, 9:00 to 18:00 with an hour of lunch at noon, unless a date is given.

use crate::laboratory::evaluate;
use serde_json::{Value, json};

fn at(text: &str) -> String {
    let (day, time) = text.split_once(' ').unwrap_or(("2026-03-02", text));
    format!("{day}T{time}:00+08:00")
}

fn calendar() -> Value {
    let hours = json!([["09:00", "12:00"], ["13:00", "18:00"]]);
    json!({"tz": "Asia/Shanghai", "weekly": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours}})
}

/// A question with targets of 1, 2 and 3 hours and events as (time, type).
struct Story(Value);

fn story(events: &[(&str, &str)]) -> Story {
    let events: Vec<Value> = events.iter().map(|(time, kind)| json!({"at": at(time), "type": kind})).collect();
    Story(json!({"op": "timeline", "calendar": calendar(), "events": events,
        "targets_seconds": {"first_response": 3600, "next_response": 7200, "resolution": 10800}}))
}

impl Story {
    fn with(mut self, key: &str, value: Value) -> Self {
        self.0[key] = value;
        self
    }

    fn event(mut self, time: &str, kind: &str, key: &str, value: Value) -> Self {
        let event = json!({"at": at(time), "type": kind, key: value});
        self.0["events"].as_array_mut().unwrap().push(event);
        self
    }

    fn then(self, time: &str, kind: &str) -> Self {
        self.event(time, kind, "note", Value::Null)
    }

    fn by(self, time: &str) -> Value {
        let answer = evaluate(self.with("as_of", json!(at(time))).0);
        assert!(answer.get("error").is_none(), "{answer}");
        answer
    }
}

fn state<'a>(answer: &'a Value, target: &str) -> (&'a str, i64, Option<String>) {
    let target = &answer["targets"][target];
    let due = target["due"].as_str().map(str::to_owned);
    (target["state"].as_str().unwrap(), target["elapsed_s"].as_i64().unwrap(), due)
}

#[test]
fn every_target_counts_open_time_from_the_opening() {
    let answer = story(&[("11:30", "opened")]).by("13:15");
    assert_eq!(state(&answer, "first_response"), ("running", 45 * 60, Some(at("13:30"))), "lunch does not count");
    assert_eq!(state(&answer, "resolution"), ("running", 45 * 60, Some(at("15:30"))));
    assert_eq!(answer["next_due"], at("13:30"));
    assert_eq!(answer["targets"]["first_response"]["slack_s"], 15 * 60);
    assert_eq!(answer["targets"]["first_response"]["cycle"], 1);
}

#[test]
fn a_target_is_met_while_elapsed_is_no_more_than_the_target() {
    let answer = story(&[("10:00", "opened"), ("11:00", "agent_reply")]).by("11:00");
    assert_eq!(state(&answer, "first_response"), ("met", 3600, Some(at("11:00"))));
    let answer = story(&[("10:00", "opened")]).by("11:00");
    assert_eq!(state(&answer, "first_response").0, "running", "at the due instant nothing is broken yet");
    let mut late = story(&[("10:00", "opened")]);
    late.0["as_of"] = json!("2026-03-02T11:00:01+08:00");
    assert_eq!(evaluate(late.0)["targets"]["first_response"]["state"], "breached");
}

#[test]
fn elapsed_of_a_met_target_is_the_time_until_the_act() {
    let answer = story(&[("10:00", "opened"), ("10:30", "agent_reply")]).by("17:00");
    assert_eq!(state(&answer, "first_response"), ("met", 1800, Some(at("11:00"))));
    assert_eq!(answer["targets"]["first_response"]["slack_s"], 1800);
}

#[test]
fn a_late_reply_stays_late_by_its_own_time() {
    let answer = story(&[("09:30", "opened"), ("15:00", "agent_reply")]).by("17:00");
    assert_eq!(state(&answer, "first_response"), ("breached", 270 * 60, Some(at("10:30"))));
    assert_eq!(answer["targets"]["first_response"]["slack_s"], -210 * 60);
    assert_eq!(answer["breach_events"]["first_response"], 1);
}

#[test]
fn a_due_time_that_lands_on_closing_is_the_closing_instant() {
    let answer = story(&[("17:00", "opened")]).by("20:00");
    assert_eq!(state(&answer, "first_response"), ("running", 3600, Some(at("18:00"))), "the night does not count");
    let night = story(&[("17:00", "opened"), ("22:00", "agent_reply")]).by("23:00");
    assert_eq!(state(&night, "first_response").0, "met");
    let morning = story(&[("17:00", "opened")]).by("2026-03-03 09:01");
    assert_eq!(state(&morning, "first_response"), ("breached", 3660, Some(at("18:00"))));
}

#[test]
fn a_reply_outside_hours_has_taken_no_time() {
    let answer = story(&[("20:00", "opened"), ("21:00", "agent_reply")]).by("21:00");
    assert_eq!(state(&answer, "first_response"), ("met", 0, Some(at("2026-03-03 10:00"))));
}

#[test]
fn an_internal_note_is_no_response() {
    let answer = story(&[("10:00", "opened"), ("10:10", "internal_note"), ("10:20", "evaluate")]).by("10:30");
    assert_eq!(state(&answer, "first_response").0, "running");
}

#[test]
fn resolving_counts_as_a_response_and_as_an_answer() {
    let answer = story(&[("10:00", "opened"), ("10:10", "customer_message"), ("10:30", "resolved")]).by("18:00");
    for target in ["first_response", "resolution"] {
        assert_eq!(state(&answer, target).0, "met");
        assert_eq!(state(&answer, target).1, 1800);
    }
    assert_eq!(state(&answer, "next_response"), ("met", 1200, None));
    assert_eq!(answer["next_due"], Value::Null, "nothing is owed any more");
}

#[test]
fn closing_without_resolving_ends_the_resolution_and_closing_later_changes_nothing() {
    let answer = story(&[("10:00", "opened"), ("11:00", "closed")]).by("18:00");
    assert_eq!(state(&answer, "resolution"), ("met", 3600, Some(at("14:00"))));
    let answer = story(&[("10:00", "opened"), ("10:30", "resolved"), ("17:00", "closed")]).by("18:00");
    assert_eq!(state(&answer, "resolution").1, 1800);
}

#[test]
fn a_pause_moves_the_resolution_and_not_the_response() {
    let answer = story(&[("09:00", "opened"), ("09:30", "pause"), ("11:00", "resume")]).by("11:00");
    assert_eq!(state(&answer, "resolution"), ("running", 1800, Some(at("14:30"))));
    assert_eq!(state(&answer, "first_response").0, "breached", "the response never pauses");
    assert_eq!(answer["paused_s"], 90 * 60);
}

#[test]
fn while_paused_nobody_knows_when_it_is_due() {
    let answer = story(&[("09:00", "opened"), ("09:10", "agent_reply"), ("11:30", "pause")]).by("2026-03-03 10:00");
    assert_eq!(state(&answer, "resolution"), ("paused", 150 * 60, None));
    assert_eq!(answer["next_due"], Value::Null);
    assert_eq!(answer["paused_s"], (30 + 5 * 60 + 60) * 60, "only open time of the pause");
}

#[test]
fn pauses_apply_to_the_targets_named() {
    let story = story(&[("09:00", "opened"), ("09:15", "customer_message"), ("09:30", "pause"), ("10:30", "resume")])
        .with("pause_applies_to", json!(["first_response", "next_response"]));
    let answer = story.by("10:30");
    assert_eq!(state(&answer, "first_response"), ("running", 1800, Some(at("11:00"))));
    assert_eq!(state(&answer, "next_response"), ("running", 900, Some(at("13:15"))));
    assert_eq!(state(&answer, "resolution"), ("running", 5400, Some(at("12:00"))));
}

#[test]
fn a_second_pause_and_a_resume_without_pause_change_nothing() {
    let events =
        [("09:00", "opened"), ("09:05", "resume"), ("09:30", "pause"), ("10:00", "pause"), ("10:30", "resume")];
    assert_eq!(story(&events).by("10:30")["paused_s"], 3600);
}

#[test]
fn resolving_ends_a_pause() {
    let answer = story(&[("09:00", "opened"), ("09:30", "pause"), ("11:00", "resolved")]).by("17:00");
    assert_eq!(state(&answer, "resolution").1, 1800);
    assert_eq!(answer["paused_s"], 90 * 60);
}

#[test]
fn a_late_target_that_pauses_is_still_late() {
    let answer = story(&[("09:00", "opened"), ("14:00", "pause")]).by("16:00");
    assert_eq!(state(&answer, "resolution"), ("breached", 4 * 3600, Some(at("12:00"))), "nothing un-breaches");
}

#[test]
fn the_next_response_is_owed_to_the_oldest_unanswered_message() {
    let events = [("09:00", "opened"), ("09:10", "customer_message"), ("10:00", "customer_message")];
    let answer = story(&events).by("10:30");
    assert_eq!(state(&answer, "next_response"), ("running", 80 * 60, Some(at("11:10"))));
}

#[test]
fn an_opening_alone_owes_no_next_response() {
    // The opening is watched by the first response; published programs start this clock with a message.
    let answer = story(&[("09:00", "opened")]).by("09:30");
    assert_eq!(state(&answer, "next_response"), ("met", 0, None));
    let answer = story(&[("09:00", "opened"), ("09:10", "agent_reply")]).by("09:30");
    assert_eq!(state(&answer, "next_response"), ("met", 0, None), "nor does a reply that nobody waited for");
}

#[test]
fn the_longest_exchange_is_kept_and_earlier_ones_are_history() {
    let events = [
        ("09:00", "opened"),
        ("09:00", "customer_message"),
        ("09:10", "agent_reply"),
        ("09:20", "customer_message"),
        ("09:25", "agent_reply"),
    ];
    let answer = story(&events).by("09:25");
    assert_eq!(state(&answer, "next_response"), ("met", 300, None));
    assert_eq!(answer["targets"]["next_response"]["worst_elapsed_s"], 600);
    assert_eq!(
        answer["history"],
        json!([{"target": "next_response", "cycle": 1, "due": at("11:00"), "elapsed_s": 600, "slack_s": 6600, "state": "met"}])
    );
}

#[test]
fn a_breach_is_recorded_once_however_often_the_program_looks() {
    let looks = [("09:00", "opened"), ("10:30", "evaluate"), ("10:31", "evaluate"), ("11:00", "agent_reply")];
    let looked = story(&looks).by("11:30");
    let slept = story(&[("09:00", "opened"), ("11:00", "agent_reply")]).by("11:30");
    assert_eq!(looked["breach_events"], json!({"first_response": 1, "next_response": 0, "resolution": 0}));
    assert_eq!(looked["targets"], slept["targets"], "whether or not the program was running");
}

#[test]
fn every_unanswered_exchange_can_be_late_once() {
    let events = [
        ("09:00", "opened"),
        ("09:05", "agent_reply"),
        ("09:10", "customer_message"),
        ("14:00", "agent_reply"),
        ("14:05", "customer_message"),
        ("14:30", "customer_message"),
    ];
    let answer = story(&events).by("17:00");
    assert_eq!(answer["breach_events"]["next_response"], 2, "later messages are the same wait");
    assert_eq!(answer["targets"]["next_response"]["worst_elapsed_s"], 230 * 60);
}

#[test]
fn reopening_is_a_new_cycle_and_the_old_verdicts_stay() {
    let events = [
        ("09:00", "opened"),
        ("11:00", "resolved"),
        ("2026-03-03 10:00", "reopened"),
        ("2026-03-03 10:20", "agent_reply"),
    ];
    let answer = story(&events).by("2026-03-03 11:00");
    assert_eq!(state(&answer, "first_response"), ("met", 1200, Some(at("2026-03-03 11:00"))));
    assert_eq!(state(&answer, "resolution"), ("running", 3600, Some(at("2026-03-03 14:00"))));
    assert_eq!(answer["targets"]["resolution"]["cycle"], 2);
    assert_eq!(
        answer["history"],
        json!([
            {"target": "first_response", "cycle": 1, "due": at("10:00"), "elapsed_s": 7200, "slack_s": -3600, "state": "breached"},
            {"target": "resolution", "cycle": 1, "due": at("12:00"), "elapsed_s": 7200, "slack_s": 3600, "state": "met"}
        ])
    );
    assert_eq!(answer["breach_events"]["first_response"], 1);
}

#[test]
fn a_message_after_the_end_is_owed_an_answer_from_the_reopening_on() {
    let events = [("09:00", "opened"), ("10:00", "resolved"), ("14:00", "customer_message"), ("15:00", "reopened")];
    let answer = story(&events).by("15:30");
    assert_eq!(state(&answer, "next_response"), ("running", 1800, Some(at("17:00"))), "no clock ran while resolved");
}

#[test]
fn a_message_after_the_end_that_was_answered_is_owed_nothing() {
    let events = [
        ("09:00", "opened"),
        ("10:00", "resolved"),
        ("14:00", "customer_message"),
        ("14:10", "agent_reply"),
        ("15:00", "reopened"),
    ];
    let answer = story(&events).by("15:30");
    assert_eq!(state(&answer, "next_response"), ("met", 0, None), "answered while the case was closed");
}

#[test]
fn a_reopening_of_an_open_case_changes_nothing() {
    let answer = story(&[("09:00", "opened"), ("09:30", "reopened")]).by("09:30");
    assert_eq!(answer["targets"]["resolution"]["cycle"], 1);
}

#[test]
fn another_opening_time_moves_open_clocks_and_leaves_verdicts() {
    let edited = story(&[("10:00", "opened"), ("10:30", "agent_reply")]).event(
        "11:00",
        "opened_at_edited",
        "new",
        json!(at("09:00")),
    );
    let answer = edited.by("11:00");
    assert_eq!(state(&answer, "first_response"), ("met", 1800, Some(at("11:00"))), "judged by what was known");
    assert_eq!(state(&answer, "resolution"), ("running", 7200, Some(at("12:00"))));
}

#[test]
fn a_case_may_be_born_late() {
    let edited = story(&[("15:00", "opened")]).event("15:01", "opened_at_edited", "new", json!(at("09:00")));
    let answer = edited.by("15:01");
    assert_eq!(state(&answer, "resolution"), ("breached", 301 * 60, Some(at("12:00"))));
}

#[test]
fn another_policy_recomputes_open_clocks_from_their_start() {
    let changed = story(&[("09:00", "opened"), ("09:30", "agent_reply")]).event(
        "10:00",
        "policy_changed",
        "targets_seconds",
        json!({"first_response": 600, "resolution": 14400}),
    );
    let answer = changed.by("10:00");
    assert_eq!(state(&answer, "first_response"), ("met", 1800, Some(at("10:00"))), "judged ones stay");
    assert_eq!(state(&answer, "resolution"), ("running", 3600, Some(at("14:00"))));
}

#[test]
fn a_longer_target_does_not_take_back_a_breach() {
    let changed = story(&[("09:00", "opened")]).event(
        "10:30",
        "policy_changed",
        "targets_seconds",
        json!({"first_response": 36000}),
    );
    let answer = changed.by("11:00");
    assert_eq!(state(&answer, "first_response"), ("breached", 7200, Some(at("10:00"))));
    assert_eq!(answer["targets"]["first_response"]["slack_s"], -3600, "against the target that was broken");
    assert_eq!(answer["targets"]["resolution"]["due"], at("12:00"), "targets left out stay");
}

#[test]
fn a_shorter_target_may_be_broken_at_once() {
    let changed = story(&[("09:00", "opened")]).event(
        "09:50",
        "policy_changed",
        "targets_seconds",
        json!({"first_response": 1800}),
    );
    assert_eq!(state(&changed.by("09:50"), "first_response"), ("breached", 3000, Some(at("09:30"))));
}

#[test]
fn without_a_policy_open_clocks_are_withdrawn_and_verdicts_stay() {
    let removed = || story(&[("09:00", "opened"), ("09:30", "agent_reply"), ("10:00", "policy_removed")]);
    let answer = removed().by("17:00");
    assert_eq!(state(&answer, "first_response").0, "met");
    assert_eq!((state(&answer, "resolution").0, state(&answer, "resolution").2), ("withdrawn", None));
    assert_eq!(answer["next_due"], Value::Null);
    assert_eq!(answer["breach_events"]["resolution"], 0);
    let again = removed().event("10:30", "policy_changed", "targets_seconds", json!({"resolution": 10800}));
    assert_eq!(
        state(&again.by("11:00"), "resolution"),
        ("running", 7200, Some(at("12:00"))),
        "a policy that comes back counts from the opening"
    );
}

#[test]
fn a_policy_given_later_counts_from_the_opening() {
    let given = story(&[("09:00", "opened")]).with("targets_seconds", json!({})).event(
        "10:00",
        "policy_changed",
        "targets_seconds",
        json!({"first_response": 14400}),
    );
    assert_eq!(state(&given.by("10:00"), "first_response"), ("running", 3600, Some(at("14:00"))));
}

#[test]
fn a_target_of_nothing_is_not_promised() {
    let answer =
        story(&[("09:00", "opened")]).with("targets_seconds", json!({"first_response": 0, "resolution": null}));
    assert_eq!(answer.by("17:00")["targets"], json!({}));
}

#[test]
fn another_calendar_recomputes_open_clocks_and_leaves_verdicts() {
    let mut without_lunch = calendar();
    without_lunch["weekly"]["mon"] = json!([["09:00", "18:00"]]);
    let changed = story(&[("09:00", "opened"), ("11:30", "customer_message"), ("14:00", "agent_reply")]).event(
        "15:00",
        "calendar_changed",
        "calendar",
        without_lunch,
    );
    let answer = changed.by("15:00");
    assert_eq!(state(&answer, "next_response").1, 90 * 60, "answered under the old calendar");
    assert_eq!(state(&answer, "resolution"), ("breached", 6 * 3600, Some(at("12:00"))), "late under the old calendar");
    let mut with_holiday = calendar();
    with_holiday["holidays"] = json!(["2026-03-03"]);
    let changed = story(&[("16:00", "opened")]).event("17:00", "calendar_changed", "calendar", with_holiday);
    assert_eq!(changed.by("17:00")["targets"]["resolution"]["due"], at("2026-03-04 10:00"));
}

#[test]
fn a_warning_fires_when_its_moment_comes_while_the_target_is_open() {
    let warned = |events: &[(&str, &str)], now: &str| {
        let answer = story(events).with("warn_before_seconds", json!([1800, 3600])).by(now);
        answer["targets"]["first_response"]["warnings"].clone()
    };
    let both =
        |half: bool, start: bool| json!([{"at": at("10:30"), "fired": half}, {"at": at("10:00"), "fired": start}]);
    assert_eq!(warned(&[("10:00", "opened")], "10:00"), both(false, true), "as long as the target: at the start");
    assert_eq!(warned(&[("10:00", "opened")], "10:29"), both(false, true));
    assert_eq!(warned(&[("10:00", "opened"), ("10:30", "evaluate")], "10:30"), both(true, true));
    assert_eq!(warned(&[("10:00", "opened"), ("10:20", "agent_reply")], "12:00"), both(false, true), "answered before");
    assert_eq!(warned(&[("10:00", "opened"), ("10:40", "agent_reply")], "12:00"), both(true, true));
}

#[test]
fn warnings_move_with_pauses_and_stay_fired_once_they_fired() {
    let warnings = |story: Story, now: &str| {
        story.with("warn_before_seconds", json!([3600])).by(now)["targets"]["resolution"]["warnings"][0].clone()
    };
    let paused = story(&[("09:00", "opened"), ("09:30", "pause"), ("10:00", "resume")]);
    assert_eq!(warnings(paused, "11:00"), json!({"at": at("11:30"), "fired": false}));
    let paused = story(&[("09:00", "opened"), ("09:30", "pause")]);
    assert_eq!(warnings(paused, "17:00"), json!({"at": null, "fired": false}), "no moment while it stands");
    let extended = story(&[("09:00", "opened"), ("11:10", "evaluate")]).event(
        "11:20",
        "policy_changed",
        "targets_seconds",
        json!({"resolution": 21600}),
    );
    assert_eq!(warnings(extended, "11:30"), json!({"at": at("11:00"), "fired": true}), "each only once");
}

#[test]
fn a_warning_may_lie_behind_the_target() {
    let answer = story(&[("09:00", "opened")]).with("warn_before_seconds", json!([-3600])).by("10:30");
    assert_eq!(answer["targets"]["first_response"]["warnings"], json!([{"at": at("11:00"), "fired": false}]));
}

#[test]
fn an_event_from_a_clock_that_went_back_follows_the_last_one_and_is_named() {
    let answer = story(&[("10:00", "opened"), ("11:30", "evaluate"), ("2026-02-27 10:10", "agent_reply")]).by("12:00");
    assert_eq!(state(&answer, "first_response"), ("breached", 5400, Some(at("11:00"))), "nothing un-breaches");
    assert_eq!(answer["clock_guard"], json!([{"event": 2, "said": at("2026-02-27 10:10"), "taken": at("11:30")}]));
}

#[test]
fn a_now_before_the_last_event_is_the_last_event() {
    let answer = story(&[("10:00", "opened"), ("11:30", "evaluate")]).by("2026-02-27 10:00");
    assert_eq!(state(&answer, "first_response").0, "breached");
    assert_eq!(answer["clock_guard"][0]["event"], Value::Null);
}

#[test]
fn without_as_of_the_last_event_is_now() {
    let answer = evaluate(story(&[("10:00", "opened"), ("10:20", "internal_note")]).0);
    assert_eq!(state(&answer, "first_response").1, 1200);
}

#[test]
fn next_due_is_the_earliest_due_that_is_still_owed_even_when_late() {
    // The most urgent thing does not become less urgent by being late (as in Zammad's `escalation_at`).
    assert_eq!(story(&[("09:00", "opened")]).by("11:00")["next_due"], at("10:00"));
    assert_eq!(story(&[("09:00", "opened")]).then("11:00", "agent_reply").by("11:00")["next_due"], at("12:00"));
}

#[test]
fn bad_questions_are_refused_at_their_field() {
    let refused = |story: Story| evaluate(story.0)["error"]["fields"][0]["field"].clone();
    assert_eq!(refused(story(&[])), "events");
    assert_eq!(refused(story(&[("09:00", "agent_reply")])), "events.0.type");
    assert_eq!(refused(story(&[("09:00", "opened"), ("09:00", "opened_at_edited")])), "events.1.new");
    assert_eq!(refused(story(&[("09:00", "opened"), ("09:00", "policy_changed")])), "events.1.targets_seconds");
    assert_eq!(refused(story(&[("09:00", "opened"), ("09:00", "shouted")])), "events.1.type");
    assert_eq!(refused(story(&[("09:00", "opened"), ("25:00", "resolved")])), "events.1.at");
    assert_eq!(
        refused(story(&[("09:00", "opened")]).with("targets_seconds", json!({"resolution": -1}))),
        "targets_seconds.resolution"
    );
    let never = json!({"tz": "UTC", "weekly": {}});
    assert_eq!(
        refused(story(&[("09:00", "opened")]).event("09:30", "calendar_changed", "calendar", never)),
        "events.1.calendar.weekly"
    );
}
