//! More of what programs of the field publish about business time and waiting, written anew as questions to the laboratory.
//! Where the rules of this program decide otherwise, the test says what the other program answers and why this one does not.
//! Where each case comes from stands in `docs/decisions/data.md`.

use super::evaluate;
use serde_json::{Value, json};

/// A week in a zone, a line of days and their hours each.
fn week(tz: &str, lines: &[(&[&str], &[[&str; 2]])]) -> Value {
    let hours = lines.iter().flat_map(|(days, hours)| days.iter().map(move |day| ((*day).to_owned(), json!(hours))));
    json!({"tz": tz, "weekly": serde_json::Map::from_iter(hours)})
}

const WORKDAYS: [&str; 5] = ["mon", "tue", "wed", "thu", "fri"];
const ALL_DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn moved(op: &str, calendar: &Value, start: &str, seconds: i64) -> Value {
    evaluate(json!({"op": op, "calendar": calendar, "start": start, "seconds": seconds}))["result"].clone()
}

fn between(calendar: &Value, start: &str, end: &str) -> Value {
    evaluate(json!({"op": "between", "calendar": calendar, "start": start, "end": end}))["result"].clone()
}

mod business_time {
    use super::*;

    /// business_time: Friday 15:00 to Monday 11:00 are nine hours when Saturday is worked, 68 when nobody ever closes.
    #[test]
    fn a_worked_saturday_counts_and_a_shop_that_never_closes_counts_every_hour() {
        let saturdays = week("UTC", &[(&["mon", "fri"], &[["09:00", "17:00"]]), (&["sat"], &[["10:00", "15:00"]])]);
        assert_eq!(between(&saturdays, "2010-12-24T15:00:00Z", "2010-12-27T11:00:00Z"), 9 * 3600);
        let always = week("UTC", &[(&ALL_DAYS, &[["00:00", "00:00"]])]);
        assert_eq!(between(&always, "2010-12-24T15:00:00Z", "2010-12-27T11:00:00Z"), 68 * 3600);
    }

    /// business_time: questions in another offset than the shop's zone; the shop's hours are meant in its own.
    #[test]
    fn offsets_of_the_question_are_not_the_hours_of_the_shop() {
        let early = week("UTC", &[(&["mon", "tue", "wed"], &[["09:00", "18:00"]])]);
        assert_eq!(between(&early, "2012-05-28T11:04:26+03:00", "2012-05-29T17:56:45+03:00"), 53_805);
    }

    /// business_time: from ten to nine in the evening to ten past eight in the morning are ten minutes.
    #[test]
    fn a_night_between_two_days_counts_nothing() {
        let days = week("UTC", &[(&["mon", "tue"], &[["08:00", "20:00"]])]);
        assert_eq!(between(&days, "2014-05-12T20:50:00Z", "2014-05-13T08:10:00Z"), 600);
    }

    /// GLPI: seven working days of twelve hours, forwards and back over two weekends, and the same with days of 24 hours.
    #[test]
    fn seven_working_days_end_at_the_same_time_of_day() {
        for (hours, seconds) in [(["08:00", "20:00"], 7 * 12 * 3600), (["00:00", "24:00"], 7 * 24 * 3600)] {
            let workdays = week("UTC", &[(&WORKDAYS, &[hours])]);
            assert_eq!(moved("add", &workdays, "2018-11-19T10:00:00Z", seconds), "2018-11-28T10:00:00Z");
            assert_eq!(moved("subtract", &workdays, "2018-11-19T10:00:00Z", seconds), "2018-11-08T10:00:00Z");
        }
    }

    /// GLPI: an hour before opening counts nothing, a week has sixty hours, and the other way round there is nothing.
    #[test]
    fn a_week_of_twelve_hours_a_day_has_sixty() {
        let workdays = week("UTC", &[(&WORKDAYS, &[["08:00", "20:00"]])]);
        for (start, end, seconds) in [
            ("2019-01-01T07:00:00Z", "2019-01-01T09:00:00Z", 3600),
            ("2019-01-01T06:00:00Z", "2019-01-01T07:00:00Z", 0),
            ("2019-01-01T00:00:00Z", "2019-01-08T00:00:00Z", 60 * 3600),
            ("2019-01-08T00:00:00Z", "2019-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(between(&workdays, start, end), seconds, "{start} to {end}");
        }
        let open = [
            ("2019-01-01T00:00:00Z", false),
            ("2019-01-02T08:30:00Z", true),
            ("2019-01-03T18:10:00Z", true),
            ("2019-01-04T21:00:00Z", false),
            ("2019-01-05T08:30:00Z", false),
        ];
        for (at, is_open) in open {
            assert_eq!(evaluate(json!({"op": "is_open", "calendar": workdays, "at": at}))["result"], is_open, "{at}");
        }
    }

    /// working_hours: back to the latest open instant, out of a break, a night, a holiday and another offset.
    #[test]
    fn the_latest_open_instant_is_the_closing_before_it() {
        let mut plain = week("UTC", &[(&WORKDAYS, &[["09:00", "17:00"]])]);
        plain["holidays"] = json!(["2014-05-01"]);
        let broken = week("UTC", &[(&["mon"], &[["07:00", "12:00"], ["13:00", "18:00"]])]);
        for (calendar, at, latest) in [
            (&plain, "2014-05-01T12:00:00Z", "2014-04-30T17:00:00Z"),
            (&plain, "2014-04-07T09:01:00Z", "2014-04-07T09:01:00Z"),
            (&plain, "2014-04-07T17:01:00Z", "2014-04-07T17:00:00Z"),
            (&broken, "2014-04-07T13:01:00Z", "2014-04-07T13:01:00Z"),
            (&broken, "2014-04-07T13:00:00Z", "2014-04-07T12:00:00Z"),
            (&broken, "2014-04-07T12:01:00Z", "2014-04-07T12:00:00Z"),
            (&broken, "2014-04-07T12:00:00Z", "2014-04-07T12:00:00Z"),
        ] {
            assert_eq!(moved("subtract", calendar, at, 0), latest, "{at}");
        }
        assert_eq!(moved("subtract", &plain, "2014-04-07T22:00:00+02:00", 0), "2014-04-07T19:00:00+02:00");
        assert_eq!(moved("add", &plain, "2014-04-07T22:00:00+02:00", 0), "2014-04-08T11:00:00+02:00");
    }

    /// working_hours: the closing that comes next and the opening after it are the ends of segments; midnight is the
    /// closing of a day of 24 hours, as an instant and not a microsecond before it.
    #[test]
    fn the_next_closing_and_the_opening_after_it_are_ends_of_segments() {
        let mut lines = week("UTC", &[(&WORKDAYS, &[["09:00", "17:00"]])]);
        lines["weekly"]["mon"] = json!([["07:00", "12:00"], ["13:00", "18:00"]]);
        let next = |calendar: &Value, start: &str| {
            let question = json!({"op": "segments", "calendar": calendar, "start": start, "count": 2});
            let found = evaluate(question)["result"].clone();
            (found[0][1].clone(), found[1][0].clone())
        };
        for (start, closing, opening) in [
            ("2014-04-07T10:00:00Z", "2014-04-07T12:00:00Z", "2014-04-07T13:00:00Z"),
            ("2014-04-07T12:00:00Z", "2014-04-07T18:00:00Z", "2014-04-08T09:00:00Z"),
            ("2014-04-07T18:00:00Z", "2014-04-08T17:00:00Z", "2014-04-09T09:00:00Z"),
        ] {
            assert_eq!(next(&lines, start), (json!(closing), json!(opening)), "{start}");
        }
        let midnight = week("UTC", &[(&["mon"], &[["00:00", "24:00"]]), (&["tue"], &[["09:00", "17:00"]])]);
        assert_eq!(
            next(&midnight, "2014-04-06T17:00:00Z"),
            (json!("2014-04-08T00:00:00Z"), json!("2014-04-08T09:00:00Z"))
        );
    }
}

mod waiting {
    use super::*;

    /// A day of 4 June 2013, 9–18 in Berlin (7–16 UTC), where a pause stops everything, as waiting does in Zammad.
    fn zammad(targets_minutes: &Value, events: &[(&str, &str)]) -> Value {
        let seconds = targets_minutes.as_object().unwrap().iter();
        let seconds = seconds.map(|(name, minutes)| (name.clone(), json!(minutes.as_i64().unwrap() * 60)));
        let at = |time: &str| format!("2013-06-04T{time}:00Z");
        let events: Vec<Value> = events.iter().map(|(time, kind)| json!({"at": at(time), "type": kind})).collect();
        evaluate(json!({"op": "timeline", "calendar": week("Europe/Berlin", &[(&ALL_DAYS, &[["09:00", "18:00"]])]),
            "targets_seconds": serde_json::Map::from_iter(seconds),
            "pause_applies_to": ["first_response", "next_response", "resolution"], "events": events}))
    }

    fn minutes(answer: &Value, target: &str) -> [i64; 2] {
        ["elapsed_s", "slack_s"].map(|name| answer["targets"][target][name].as_i64().unwrap() / 60)
    }

    /// Zammad: answered after 75 minutes and closed after 150, because half an hour was waited in between.
    #[test]
    fn what_was_waited_counts_for_neither_the_answer_nor_the_end() {
        let events = [
            ("09:00", "opened"),
            ("10:00", "pause"),
            ("10:30", "resume"),
            ("10:45", "agent_reply"),
            ("12:00", "closed"),
        ];
        let answer = zammad(&json!({"first_response": 120, "resolution": 250}), &events);
        assert_eq!(minutes(&answer, "first_response"), [75, 45]);
        assert_eq!(minutes(&answer, "resolution"), [150, 100]);
        assert_eq!(answer["next_due"], Value::Null);
    }

    /// Zammad: a case that waits from its first minute has used only what lies between the waits, and may end waiting.
    #[test]
    fn a_case_that_is_closed_while_it_waits_has_used_what_lay_between() {
        let used = |between: &[(&str, &str)]| {
            let events = [&[("09:00", "opened"), ("09:00", "pause")], between, &[("12:00", "closed")]].concat();
            minutes(&zammad(&json!({"resolution": 240}), &events), "resolution")
        };
        assert_eq!(used(&[]), [0, 240]);
        assert_eq!(used(&[("10:30", "resume"), ("11:00", "pause")]), [30, 210]);
        assert_eq!(used(&[("10:30", "resume"), ("11:00", "pause"), ("11:30", "resume")]), [60, 180]);
    }

    /// Zammad says the next opening (5 June 7:00 UTC) where two hours are used up exactly at closing; `rules.md` F 5 shows
    /// the closing instant, because whoever answers until then is in time.
    #[test]
    fn a_wait_that_leaves_exactly_the_time_until_closing_is_due_at_closing() {
        let events = [("09:00", "opened"), ("10:00", "pause"), ("15:00", "resume")];
        let answer = zammad(&json!({"first_response": 120}), &events);
        assert_eq!(answer["targets"]["first_response"]["due"], "2013-06-04T16:00:00Z");
    }

    /// Zammad lets the first clock go on after a reopening and leaves out the time between (due at 11:45); `rules.md` F 7
    /// begins a new cycle with its own clocks, so there are two hours from 10:30 on, and the old answer stays judged.
    #[test]
    fn a_reopened_case_has_new_clocks_and_not_the_rest_of_the_old_ones() {
        let events =
            [("09:00", "opened"), ("09:30", "pause"), ("09:45", "resume"), ("10:00", "closed"), ("10:30", "reopened")];
        let answer = zammad(&json!({"first_response": 120}), &events);
        let clock = &answer["targets"]["first_response"];
        assert_eq!((&clock["due"], &clock["cycle"]), (&json!("2013-06-04T12:30:00Z"), &json!(2)));
    }

    /// Zammad: a holiday counts nothing for the answer, for the next one and for a wait; a second message while the first
    /// is unanswered pushes nothing out. Zammad cuts the seconds off (9:26:00), this program keeps them.
    #[test]
    fn an_answer_on_a_holiday_takes_no_time_and_a_second_message_pushes_nothing_out() {
        let mut calendar = week("Europe/Berlin", &[(&WORKDAYS, &[["08:00", "20:00"]])]);
        calendar["holidays"] = json!(["2016-11-01"]);
        let asked = |events: &[(&str, &str)]| {
            let events: Vec<Value> =
                events.iter().map(|(at, kind)| json!({"at": format!("2016-11-{at}Z"), "type": kind})).collect();
            evaluate(json!({"op": "timeline", "calendar": calendar, "events": events,
                "targets_seconds": {"first_response": 7_200, "next_response": 72_000},
                "pause_applies_to": ["first_response", "next_response"]}))
        };
        let due = |answer: &Value, target: &str| answer["targets"][target]["due"].clone();
        let mut events = vec![("01T13:56:21", "opened"), ("01T13:56:21", "customer_message")];
        let written = asked(&events);
        assert_eq!(due(&written, "first_response"), "2016-11-02T09:00:00Z");
        assert_eq!(due(&written, "next_response"), "2016-11-03T15:00:00Z");
        events.extend([("01T15:25:40", "agent_reply"), ("01T15:59:14", "customer_message")]);
        let again = asked(&events);
        assert_eq!(again["targets"]["first_response"]["elapsed_s"], 0, "the answer came on the holiday");
        assert_eq!(due(&again, "next_response"), "2016-11-03T15:00:00Z");
        events.push(("01T15:59:58", "pause"));
        assert_eq!(asked(&events)["next_due"], Value::Null, "while it waits nobody knows when it is due");
        events.extend([("07T13:26:36", "resume"), ("07T13:26:36", "customer_message")]);
        assert_eq!(due(&asked(&events), "next_response"), "2016-11-09T09:26:36Z");
        events.push(("07T14:26:36", "customer_message"));
        assert_eq!(due(&asked(&events), "next_response"), "2016-11-09T09:26:36Z");
    }

    /// Zammad: a case to which no policy applies any more owes nothing, also where it had two due times.
    #[test]
    fn a_case_without_a_policy_owes_nothing() {
        let targets = json!({"first_response": 60, "resolution": 240});
        let before = zammad(&targets, &[("09:30", "opened")]);
        assert_eq!(before["next_due"], "2013-06-04T10:30:00Z");
        let after = zammad(&targets, &[("09:30", "opened"), ("09:31", "policy_removed")]);
        assert_eq!(after["next_due"], Value::Null);
        assert_eq!(after["targets"]["resolution"]["due"], Value::Null);
    }

    /// Chatwoot: an answer to the first message is the first response; the next message is owed an answer of its own, and
    /// one that is missed is missed although the case is solved in time.
    #[test]
    fn a_missed_next_answer_does_not_miss_the_resolution() {
        let events = [
            ("09:00", "opened"),
            ("09:10", "agent_reply"),
            ("09:20", "customer_message"),
            ("10:30", "agent_reply"),
            ("11:00", "resolved"),
        ];
        let answer = zammad(&json!({"first_response": 60, "next_response": 60, "resolution": 240}), &events);
        let state = |target: &str| answer["targets"][target]["state"].as_str().unwrap();
        assert_eq!(["first_response", "next_response", "resolution"].map(state), ["met", "breached", "met"]);
    }
}
