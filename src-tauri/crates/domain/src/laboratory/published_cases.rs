//! What programs of the field publish about themselves, written anew as questions to the laboratory, wherever the rules
//! do not decide otherwise. Where each case comes from stands in `docs/decisions/data.md`.

use super::evaluate;
use serde_json::{Value, json};

/// Monday to Friday with the same hours, in UTC.
fn weekdays(hours: &Value) -> Value {
    let days = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), hours.clone()));
    json!({"tz": "UTC", "weekly": serde_json::Map::from_iter(days)})
}

mod business_time {
    use super::*;

    fn moved(op: &str, calendar: &Value, start: &str, seconds: i64) -> Value {
        evaluate(json!({"op": op, "calendar": calendar, "start": start, "seconds": seconds}))["result"].clone()
    }

    /// working_hours
    #[test]
    fn seconds_are_carried_over_closing_and_back() {
        let week = weekdays(&json!([["09:00", "17:00"]]));
        for (op, start, seconds, result) in [
            ("add", "1991-11-15T14:00:42Z", 2 * 3600, "1991-11-15T16:00:42Z"),
            ("subtract", "1991-11-18T14:00:42Z", 7 * 3600, "1991-11-15T15:00:42Z"),
            ("add", "1991-11-15T16:30:42Z", 45 * 60, "1991-11-18T09:15:42Z"),
            ("add", "1991-11-15T16:59:42Z", 120, "1991-11-18T09:01:42Z"),
            ("add", "2014-04-07T17:00:00Z", 0, "2014-04-08T09:00:00Z"),
            ("subtract", "2014-04-08T09:00:00Z", 0, "2014-04-07T17:00:00Z"),
            ("subtract", "2014-06-01T12:00:00Z", 0, "2014-05-30T17:00:00Z"),
        ] {
            assert_eq!(moved(op, &week, start, seconds), result, "{op} {seconds} from {start}");
        }
        let mut tokyo = week;
        tokyo["tz"] = json!("Asia/Tokyo");
        assert_eq!(
            moved("add", &tokyo, "1991-11-15T07:00:00Z", 3 * 3600),
            "1991-11-18T02:00:00Z",
            "Friday 16:00 there"
        );
    }

    /// working_hours
    #[test]
    fn a_lunch_break_and_a_week_with_one_day() {
        let monday = json!({"tz": "UTC", "weekly": {"mon": [["07:00", "12:00"], ["13:00", "18:00"]]}});
        assert_eq!(moved("add", &monday, "1991-11-11T05:00:00Z", 6 * 3600), "1991-11-11T14:00:00Z");
        for (start, end, seconds) in [
            ("2014-04-07T11:59:00Z", "2014-04-07T13:01:00Z", 120),
            ("2014-04-07T11:00:00Z", "2014-04-14T13:00:00Z", 11 * 3600),
            ("2014-04-07T15:00:00Z", "2014-04-07T10:00:00Z", 0),
        ] {
            let question = json!({"op": "between", "calendar": monday, "start": start, "end": end});
            assert_eq!(evaluate(question)["result"], seconds, "{start} to {end}");
        }
        for (at, open) in [("11:59", true), ("12:00", false), ("12:59", false), ("13:00", true)] {
            let question = json!({"op": "is_open", "calendar": monday, "at": format!("2014-04-07T{at}:00Z")});
            assert_eq!(evaluate(question)["result"], open, "{at}");
        }
        let whole_day = json!({"tz": "UTC", "weekly": {"mon": [["00:00", "24:00"]]}});
        assert_eq!(
            moved("add", &whole_day, "2014-04-07T23:59:30Z", 60),
            "2014-04-14T00:00:30Z",
            "on to the next Monday"
        );
    }

    /// zendesk/biz
    #[test]
    fn segments_leave_out_holidays_and_begin_within_one() {
        let week = json!({"tz": "Etc/UTC", "holidays": ["2006-01-16", "2006-01-18"], "weekly": {
            "mon": [["09:00", "17:00"]], "tue": [["10:00", "16:00"]], "wed": [["09:00", "17:00"]],
            "thu": [["10:00", "16:00"]], "fri": [["09:00", "17:00"]], "sat": [["11:00", "14:30"]]}});
        let segments = |start: &str, count: usize| {
            evaluate(json!({"op": "segments", "calendar": week, "start": start, "count": count}))["result"].clone()
        };
        assert_eq!(
            segments("2006-01-14T00:00:00Z", 3),
            json!([
                ["2006-01-14T11:00:00Z", "2006-01-14T14:30:00Z"],
                ["2006-01-17T10:00:00Z", "2006-01-17T16:00:00Z"],
                ["2006-01-19T10:00:00Z", "2006-01-19T16:00:00Z"]
            ])
        );
        assert_eq!(segments("2006-01-02T12:00:00Z", 1), json!([["2006-01-02T12:00:00Z", "2006-01-02T17:00:00Z"]]));
    }

    /// business_time: an hour of business from Friday evening ends on Monday morning, a holiday on Monday on Tuesday.
    #[test]
    fn a_weekend_and_a_holiday_are_stepped_over() {
        let mut week = weekdays(&json!([["09:00", "17:00"]]));
        assert_eq!(moved("add", &week, "2010-04-16T16:50:00Z", 3600), "2010-04-19T09:50:00Z");
        assert_eq!(moved("add", &week, "2010-04-17T12:00:00Z", 3600), "2010-04-19T10:00:00Z", "from a Saturday");
        assert_eq!(moved("subtract", &week, "2010-04-19T09:10:00Z", 3600), "2010-04-16T16:10:00Z");
        week["holidays"] = json!(["2010-04-19"]);
        assert_eq!(moved("add", &week, "2010-04-16T16:50:00Z", 3600), "2010-04-20T09:50:00Z");
    }
}

mod complaint_clocks {
    use super::*;

    /// Targets in minutes, events as (time of 21 March 2013, type), asked at a time of that day.
    fn zammad(events: &[(&str, &str)], as_of: &str) -> Value {
        let at = |time: &str| format!("2013-03-21T{time}:00Z");
        let events: Vec<Value> = events.iter().map(|(time, kind)| json!({"at": at(time), "type": kind})).collect();
        evaluate(json!({"op": "timeline", "calendar": weekdays(&json!([["08:00", "18:00"]])),
            "targets_seconds": {"first_response": 3600, "next_response": 7200, "resolution": 10_800},
            "events": events, "as_of": at(as_of)}))
    }

    fn minutes(answer: &Value, target: &str) -> (i64, i64) {
        let minutes = |name: &str| answer["targets"][target][name].as_i64().unwrap() / 60;
        (minutes("elapsed_s"), minutes("slack_s"))
    }

    fn due<'a>(answer: &'a Value, target: &str) -> &'a str {
        answer["targets"][target]["due"].as_str().unwrap_or("none")
    }

    const MAIL: [(&str, &str); 2] = [("09:30", "opened"), ("09:30", "customer_message")];

    /// Zammad: 60, 120 and 180 minutes from a mail at 9:30; the mail itself is the customer's first message.
    #[test]
    fn a_mail_has_three_due_times_and_the_earliest_is_next() {
        let answer = zammad(&MAIL, "09:30");
        assert_eq!(due(&answer, "first_response"), "2013-03-21T10:30:00Z");
        assert_eq!(due(&answer, "next_response"), "2013-03-21T11:30:00Z");
        assert_eq!(due(&answer, "resolution"), "2013-03-21T12:30:00Z");
        assert_eq!(answer["next_due"], "2013-03-21T10:30:00Z");
    }

    /// Zammad
    #[test]
    fn a_first_response_in_time_and_one_that_is_late() {
        let in_time = zammad(&[MAIL[0], MAIL[1], ("10:00", "agent_reply")], "10:00");
        assert_eq!(minutes(&in_time, "first_response"), (30, 30));
        assert_eq!(in_time["next_due"], "2013-03-21T12:30:00Z", "what is left is the resolution");
        let late = zammad(&[MAIL[0], MAIL[1], ("14:00", "agent_reply")], "14:00");
        assert_eq!(minutes(&late, "first_response"), (270, -210));
        assert_eq!(late["targets"]["first_response"]["state"], "breached");
    }

    /// Zammad: the answer at 12:00 is 30 minutes late, another message at 12:05 is due at 14:05.
    #[test]
    fn another_message_has_its_own_time_and_the_late_one_is_remembered() {
        let late = zammad(&[MAIL[0], MAIL[1], ("12:00", "agent_reply")], "12:00");
        assert_eq!(minutes(&late, "next_response"), (150, -30));
        let again = zammad(&[MAIL[0], MAIL[1], ("12:00", "agent_reply"), ("12:05", "customer_message")], "12:10");
        assert_eq!(due(&again, "next_response"), "2013-03-21T14:05:00Z");
        assert_eq!(again["targets"]["next_response"]["worst_elapsed_s"], 150 * 60);
        assert_eq!(again["breach_events"]["next_response"], 1);
    }

    /// Zammad: closed after 120 minutes with 60 to spare, or after 210 minutes and 30 late; then nothing is due.
    #[test]
    fn closing_in_time_and_late() {
        for (time, figures, state) in [("11:30", (120, 60), "met"), ("13:00", (210, -30), "breached")] {
            let answer = zammad(&[MAIL[0], MAIL[1], ("10:00", "agent_reply"), (time, "closed")], "15:00");
            assert_eq!(minutes(&answer, "resolution"), figures);
            assert_eq!(answer["targets"]["resolution"]["state"], state);
            assert_eq!(answer["next_due"], Value::Null);
        }
    }

    /// GLPI: eight open hours from Monday 16:00 end on Tuesday at 15:00; two open hours of waiting move that to 17:00.
    #[test]
    fn waiting_moves_the_resolution_by_its_open_hours() {
        let question = |events: Value| {
            evaluate(json!({"op": "timeline", "calendar": weekdays(&json!([["09:00", "18:00"]])),
                "targets_seconds": {"resolution": 8 * 3600}, "events": events, "as_of": "2026-03-03T10:30:00Z"}))
        };
        let opened = json!({"at": "2026-03-02T16:00:00Z", "type": "opened"});
        let plain = question(json!([opened]));
        assert_eq!(due(&plain, "resolution"), "2026-03-03T15:00:00Z");
        let pause = json!({"at": "2026-03-02T17:00:00Z", "type": "pause"});
        let paused = question(json!([opened, pause]));
        assert_eq!(
            (due(&paused, "resolution"), paused["targets"]["resolution"]["state"].as_str()),
            ("none", Some("paused"))
        );
        let resumed = question(json!([opened, pause, {"at": "2026-03-03T10:00:00Z", "type": "resume"}]));
        assert_eq!(due(&resumed, "resolution"), "2026-03-03T17:00:00Z");
        assert_eq!(resumed["paused_s"], 2 * 3600, "one hour on Monday, one on Tuesday");
    }

    /// Frappe Helpdesk: a ticket that loses its policy has no due time; the start survives, so that a policy given later
    /// counts from there.
    #[test]
    fn a_policy_that_goes_takes_the_due_time_and_one_that_comes_counts_from_the_start() {
        let question = |more: Value| {
            let mut events = vec![json!({"at": "2026-03-02T12:00:00Z", "type": "opened"})];
            events.push(json!({"at": "2026-03-02T13:00:00Z", "type": "policy_removed"}));
            events.extend(more.as_array().cloned().unwrap_or_default());
            evaluate(json!({"op": "timeline", "calendar": weekdays(&json!([["10:00", "18:00"]])),
                "targets_seconds": {"first_response": 4 * 3600}, "events": events, "as_of": "2026-03-02T15:00:00Z"}))
        };
        let gone = question(json!([]));
        assert_eq!((due(&gone, "first_response"), &gone["next_due"]), ("none", &Value::Null));
        assert_eq!(gone["targets"]["first_response"]["state"], "withdrawn");
        let back = json!([{"at": "2026-03-02T14:00:00Z", "type": "policy_changed", "targets_seconds": {"first_response": 7 * 3600}}]);
        assert_eq!(
            due(&question(back), "first_response"),
            "2026-03-03T11:00:00Z",
            "six hours on Monday, one on Tuesday"
        );
    }

    /// Chatwoot: three measures, each hit or missed by itself.
    #[test]
    fn a_late_first_answer_leaves_the_other_promises_whole() {
        let events = [
            ("09:00", "opened"),
            ("10:30", "agent_reply"),
            ("11:00", "customer_message"),
            ("11:20", "agent_reply"),
            ("11:50", "resolved"),
        ];
        let answer = zammad(&events, "17:00");
        let state = |target: &str| answer["targets"][target]["state"].as_str().unwrap();
        assert_eq!(["first_response", "next_response", "resolution"].map(state), ["breached", "met", "met"]);
        assert_eq!(answer["breach_events"], json!({"first_response": 1, "next_response": 0, "resolution": 0}));
    }
}

mod programmes {
    use super::*;

    fn points(rules: &Value, events: &Value, as_of: &str) -> Value {
        evaluate(json!({"op": "points", "rules": rules, "events": events, "as_of": as_of}))
    }

    fn per(points: i64, per_minor: i64) -> Value {
        json!({"kind": "per_amount", "points": points, "per_minor": per_minor})
    }

    fn standing(ladder: &Value, events: &Value, as_of: &str) -> Value {
        evaluate(json!({"op": "ladder", "ladder": ladder, "events": events, "as_of": as_of}))
    }

    /// Square: one point for every 10.00; 105.00 are ten points. Of two rates the program adds up what matches, because
    /// the rules say so.
    #[test]
    fn a_point_for_every_ten_is_not_given_for_five() {
        let sale = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 10_500}]);
        assert_eq!(points(&json!({"earn": [per(1, 1_000)]}), &sale, "2026-01-05")["balance"], 10);
        let lines = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "lines": [
            {"item": "latte", "category": "coffee", "amount_minor": 450}, {"category": "cake", "amount_minor": 600}]}]);
        let coffee = json!({"earn": [{"kind": "bonus", "category": "coffee", "points": 2}, per(1, 1_000)]});
        assert_eq!(points(&coffee, &lines, "2026-01-05")["balance"], 3, "2 for the coffee, 1.05 for 10.50");
    }

    /// Square's promotions: five points three times are 15, four one and a half times are 6, of 7.5 the half is dropped;
    /// three points added to five are eight. 45.00 twice are nine here and eight there: the one floor is at the end.
    #[test]
    fn a_promotion_multiplies_or_adds_and_drops_what_is_no_whole_point() {
        let of = |amount: i64, multiplier_bp: i64| {
            let sale = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": amount}]);
            let rules = json!({"earn": [per(1, 1_000)], "multiplier_bp": multiplier_bp});
            points(&rules, &sale, "2026-01-05")["balance"].as_i64().unwrap()
        };
        assert_eq!([of(5_000, 30_000), of(4_000, 15_000), of(5_000, 15_000), of(4_500, 20_000)], [15, 6, 7, 9]);
        let lines = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "lines": [{"category": "tea", "amount_minor": 5_000}]}]);
        let added = json!({"earn": [per(1, 1_000), {"kind": "bonus", "category": "tea", "points": 3}]});
        assert_eq!(points(&added, &lines, "2026-01-05")["balance"], 8);
    }

    /// Square: rewards of 15 and of 30 points; each takes exactly its points, in whichever order, and what is left stays.
    #[test]
    fn rewards_of_two_sizes_take_their_points() {
        let after = |rewards: &[i64]| {
            let mut events = vec![json!({"on": "2026-01-05", "type": "earn", "id": "e", "points": 47})];
            events.extend(rewards.iter().map(|reward| json!({"on": "2026-01-06", "type": "redeem", "points": reward})));
            let answer = points(&json!({"earn": []}), &Value::Array(events), "2026-01-06");
            (answer["balance"].as_i64().unwrap(), answer["refused"].as_array().unwrap().len())
        };
        assert_eq!([after(&[15, 30]), after(&[30, 15]), after(&[30, 15, 15])], [(2, 0), (2, 0), (2, 1)]);
    }

    /// Square: of 21.90 and two points a refund of 1.00 takes none, of 10.00 one, of 20.00 both. A refund of 5.00 takes
    /// one here, because 16.90 earn one: what is left decides, not what came back.
    #[test]
    fn refunds_take_the_points_that_the_rest_no_longer_earns() {
        let after = |refund: i64| {
            let events = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 2_190},
                {"on": "2026-01-06", "type": "refund", "sale": "a", "amount_minor": refund}]);
            points(&json!({"earn": [per(1, 1_000)]}), &events, "2026-01-06")["balance"].as_i64().unwrap()
        };
        assert_eq!([100, 500, 1_000, 2_000].map(after), [2, 1, 1, 0]);
    }

    /// ERPNext: 1 point per 1,000. 10,000 earn ten; the next 10,000 are paid with these ten (worth 10) and earn nine
    /// because 9,990 are left; giving back one of two pieces of 10,000 leaves ten of twenty.
    #[test]
    fn what_points_pay_for_earns_nothing_and_a_return_takes_its_share() {
        let rules = json!({"earn": [per(1, 100_000)], "redeem": {"points": 1, "worth_minor": 100, "step": 1, "max_share_bp": 10_000}});
        let events = json!([
            {"on": "2026-01-05", "type": "sale", "id": "one", "amount_minor": 1_000_000},
            {"on": "2026-01-06", "type": "sale", "id": "two", "amount_minor": 1_000_000, "redeem_points": 10}]);
        let answer = points(&rules, &events, "2026-01-06");
        let rows: Vec<i64> =
            answer["ledger"].as_array().unwrap().iter().map(|row| row["points"].as_i64().unwrap()).collect();
        assert_eq!(rows, [10, -10, 9]);
        let half = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 2_000_000},
            {"on": "2026-01-06", "type": "refund", "sale": "a", "amount_minor": 1_000_000}]);
        assert_eq!(points(&rules, &half, "2026-01-06")["balance"], 10);
        let cancelled = json!([{"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 2_000_000},
            {"on": "2026-01-06", "type": "void", "sale": "a"}]);
        assert_eq!(points(&rules, &cancelled, "2026-01-06")["balance"], 0, "cancelling the bill cancels its points");
    }

    /// Odoo: a point for every unit of money, and a reward that points buy at the till; whoever has too few is told so.
    #[test]
    fn a_reward_needs_its_points_and_takes_exactly_them() {
        let rules = json!({"earn": [per(1, 100)], "redeem": {"points": 1, "worth_minor": 10, "step": 1, "max_share_bp": 10_000}});
        let events = json!([
            {"on": "2026-01-05", "type": "sale", "id": "a", "amount_minor": 10_000},
            {"on": "2026-01-06", "type": "sale", "id": "b", "amount_minor": 5_000, "redeem_points": 101},
            {"on": "2026-01-06", "type": "sale", "id": "b", "amount_minor": 5_000, "redeem_points": 100}]);
        let answer = points(&rules, &events, "2026-01-06");
        assert_eq!(answer["refused"], json!([{"event": 1, "code": "insufficient_points"}]));
        assert_eq!(answer["balance"], 40, "100 points pay 10.00 of 50.00, and 40.00 earn 40");
    }

    /// ERPNext: bronze from 0, silver from 10,000, gold from 20,000 of all that was ever spent, this bill with it.
    #[test]
    fn a_bill_counts_for_the_level_that_it_reaches() {
        let ladder = json!({"tiers": [{"name": "bronze"}, {"name": "silver", "enter": {"spend_minor": 1_000_000}},
            {"name": "gold", "enter": {"spend_minor": 2_000_000}}], "window": {"kind": "lifetime"}});
        let bought = |on: &str, amount: i64| json!({"on": on, "type": "sale", "id": on, "amount_minor": amount * 100});
        let level = |before: i64, now: i64| {
            let bills = [("2026-01-01", before), ("2026-01-02", now)];
            let events: Vec<Value> =
                bills.into_iter().filter(|(_, amount)| *amount > 0).map(|(on, amount)| bought(on, amount)).collect();
            standing(&ladder, &json!(events), "2026-01-02")["tier"].as_str().unwrap().to_owned()
        };
        let bills =
            [(0, 6_000), (0, 15_000), (0, 25_000), (4_000, 500), (8_000, 3_000), (18_000, 3_000), (22_000, 5_000)];
        let reached = ["bronze", "silver", "gold", "bronze", "silver", "gold", "gold"];
        assert_eq!(bills.map(|(before, now)| level(before, now)), reached);
    }

    /// Odoo's till: 150 of 200 points pay 10 of a bill of 100, whose 90 earn 70. Half of it back takes 35 and gives 75; all
    /// of it back leaves the 200 of before.
    #[test]
    fn what_comes_back_takes_its_share_of_what_was_earned_and_gives_its_share_of_what_was_spent() {
        let rules = json!({"earn": [per(70, 9_000)],
            "redeem": {"points": 150, "worth_minor": 1_000, "step": 150, "max_share_bp": 10_000}});
        let begun = json!({"on": "2026-01-01", "type": "adjust", "points": 200});
        let bill = json!({"on": "2026-01-02", "type": "sale", "id": "a", "amount_minor": 10_000, "redeem_points": 150});
        let after = |back: Option<Value>| {
            let events: Vec<Value> = [begun.clone(), bill.clone()].into_iter().chain(back).collect();
            points(&rules, &json!(events), "2026-01-03")["balance"].as_i64().unwrap()
        };
        let refund = |amount: i64| json!({"on": "2026-01-03", "type": "refund", "sale": "a", "amount_minor": amount});
        let void = json!({"on": "2026-01-03", "type": "void", "sale": "a"});
        assert_eq!([None, Some(refund(4_500)), Some(refund(9_000)), Some(void)].map(after), [120, 160, 200, 200]);
    }

    /// Odoo: of ten points with a reward for each three, nine are the most that can be used; ten are no whole number of
    /// rewards and twelve are not there.
    #[test]
    fn points_go_in_whole_rewards() {
        let rules = json!({"redeem": {"points": 3, "worth_minor": 450, "step": 3, "max_share_bp": 10_000}});
        let used = |redeemed: i64| {
            let events = json!([{"on": "2026-01-01", "type": "adjust", "points": 10},
                {"on": "2026-01-02", "type": "sale", "id": "a", "amount_minor": 10_000, "redeem_points": redeemed}]);
            points(&rules, &events, "2026-01-02")["refused"][0]["code"].clone()
        };
        let told = [9, 10, 12].map(used);
        assert_eq!(told, [json!(null), json!("not_multiple_of_step"), json!("insufficient_points")]);
    }

    /// Odoo: five points for each of money, 500 for a reward, gone after 90 days; those earned first are used first.
    #[test]
    fn points_earned_first_are_used_first_and_end_after_their_days() {
        let rules = json!({"expiry": {"kind": "days", "n": 90}});
        let events = json!([{"on": "2026-01-01", "type": "earn", "id": "a", "points": 575},
            {"on": "2026-01-01", "type": "redeem", "points": 500},
            {"on": "2026-01-01", "type": "earn", "id": "b", "points": 805},
            {"on": "2026-01-01", "type": "redeem", "points": 500}]);
        let left = |as_of: &str| -> Vec<i64> {
            let answer = points(&rules, &events, as_of);
            answer["lots"].as_array().unwrap().iter().map(|lot| lot["remaining"].as_i64().unwrap()).collect()
        };
        assert_eq!(left("2026-01-01"), [0, 380]);
        assert_eq!(left("2026-04-01"), [0, 380], "the ninetieth day is the last");
        assert_eq!(left("2026-04-02"), [0, 0]);
    }

    /// Open Loyalty: points are locked for some days and then live for some; locked ones cannot be spent.
    #[test]
    fn locked_points_wait_and_old_ones_end() {
        let rules = json!({"pending_days": 7, "expiry": {"kind": "days", "n": 30}});
        let earned = json!({"on": "2026-01-01", "type": "earn", "id": "e", "points": 100});
        let spent_on = |day: &str| {
            let events = json!([earned, {"on": day, "type": "redeem", "points": 100}]);
            let answer = points(&rules, &events, "2026-03-01");
            answer["refused"][0]["code"].as_str().unwrap_or("spent").to_owned()
        };
        // Locked through 7 January (1 + 7 = 8 is the first day), alive through 31 January (1 + 30).
        let days = ["2026-01-07", "2026-01-08", "2026-01-31", "2026-02-01"];
        assert_eq!(days.map(spent_on), ["insufficient_points", "spent", "spent", "insufficient_points"]);
    }

    /// Open Loyalty, "every x days": the level is looked at when so many days since the last change are over, by the
    /// points earned in them, and falls to what they are worth.
    #[test]
    fn a_level_is_looked_at_when_its_days_are_over() {
        let ladder = json!({"tiers": [{"name": "basic"}, {"name": "silver", "enter": {"points_earned": 100}},
            {"name": "gold", "enter": {"points_earned": 200}}],
            "window": {"kind": "since_promotion", "n": 365}, "demotion": {"review": "continuous", "grace_days": 0}});
        let gold = json!({"on": "2025-03-10", "type": "earn", "points": 200});
        let kept = json!({"on": "2025-09-01", "type": "earn", "points": 100});
        // The day of the promotion is the first of the 365: with it 200 are counted, so gold is kept once more.
        assert_eq!(standing(&ladder, &json!([gold]), "2026-03-10")["tier"], "gold");
        // A new year has begun on 10 March 2026 with nothing in it; it is over on 10 March 2027.
        assert_eq!(standing(&ladder, &json!([gold]), "2027-03-09")["tier"], "gold");
        assert_eq!(standing(&ladder, &json!([gold]), "2027-03-10")["tier"], "basic");
        let later = json!([gold, kept, {"on": "2026-10-01", "type": "earn", "points": 150}]);
        assert_eq!(standing(&ladder, &later, "2027-03-10")["tier"], "silver", "150 are worth silver");
    }

    /// A Chinese shop's levels over 400 days: 2,000, 5,000 and 10,000; who held gold and spent 3,000 falls to silver.
    #[test]
    fn a_level_of_four_hundred_days_falls_to_what_was_really_spent() {
        let ladder = json!({"tiers": [{"name": "普通"}, {"name": "白银", "enter": {"spend_minor": 200_000}},
            {"name": "黄金", "enter": {"spend_minor": 500_000}}, {"name": "钻石", "enter": {"spend_minor": 1_000_000}}],
            "window": {"kind": "rolling_days", "n": 400}, "demotion": {"review": "continuous", "grace_days": 0}});
        let events = json!([{"on": "2025-01-01", "type": "sale", "id": "a", "amount_minor": 500_000},
            {"on": "2025-12-01", "type": "sale", "id": "b", "amount_minor": 300_000}]);
        let answer = standing(&ladder, &events, "2026-02-05");
        // 2025-01-01 + 400 days = 2026-02-05: on that day the first purchase is out.
        assert_eq!(
            answer["history"],
            json!([
            {"on": "2025-01-01", "from": "普通", "to": "黄金", "why": "promotion"},
            {"on": "2026-02-05", "from": "黄金", "to": "白银", "why": "demotion"}])
        );
        assert_eq!(standing(&ladder, &events, "2026-02-04")["tier"], "黄金");
    }

    /// A Chinese shop's growth value: one for each yuan, 100 for joining; a return takes its share and with it the level.
    #[test]
    fn a_growth_value_that_a_return_takes_back_takes_the_level_too() {
        let ladder = json!({"tiers": [{"name": "普通"}, {"name": "银卡", "enter": {"points_earned": 500}},
            {"name": "金卡", "enter": {"points_earned": 2_000}}], "window": {"kind": "lifetime"}});
        let joined = json!({"on": "2026-01-01", "type": "earn", "points": 100});
        let bought = json!({"on": "2026-01-02", "type": "sale", "id": "a", "amount_minor": 40_000});
        let answer = standing(&ladder, &json!([joined, bought]), "2026-01-02");
        assert_eq!((&answer["tier"], &answer["missing"]["points_earned"]), (&json!("银卡"), &json!(1_500)));
        let back = json!({"on": "2026-01-09", "type": "refund", "sale": "a", "amount_minor": 100});
        let answer = standing(&ladder, &json!([joined, bought, back]), "2026-01-09");
        assert_eq!((&answer["tier"], &answer["missing"]["points_earned"]), (&json!("普通"), &json!(1)));
    }
}
