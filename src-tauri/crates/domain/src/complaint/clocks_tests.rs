//! The clocks of the product, one claim per test. Times are of Monday 2 March 2026, 9:00 to 18:00 on every day but
//! Sunday, unless a date is given.

use super::*;
use crate::calendar::BusinessCalendar;
use crate::complaint::{FollowUpResult, StretchKind, clock_line};
use serde_json::json;

fn at(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap_or(("2026-03-02", text));
    Timestamp::parse(&format!("{day}T{time}:00+08:00")).unwrap()
}

fn shop() -> CompiledCalendar {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat"].map(|day| (day.to_owned(), json!([["09:00", "18:00"]])));
    let weekly: serde_json::Map<_, _> = days.into_iter().collect();
    let calendar: BusinessCalendar = serde_json::from_value(json!({"tz": "Asia/Shanghai", "weekly": weekly})).unwrap();
    calendar.compile().unwrap()
}

fn entry(time: &str, what: EventKind) -> Event {
    Event { at: at(time), recorded_at: at(time), what }
}

fn received(time: &str) -> Event {
    entry(time, EventKind::Received { severity: Severity::Normal })
}

fn called(time: &str) -> Event {
    entry(time, EventKind::Responded { channel: Channel::Phone })
}

fn waits(time: &str) -> Event {
    entry(time, EventKind::Waiting { reason: "等照片".into() })
}

fn clocks_of(events: &[Event], now: &str) -> CaseClocks {
    let (policy, calendar) = (Policy::default(), shop());
    clocks(&[Terms::always(&policy, &calendar)], &CaseTraits::default(), events, at(now)).unwrap()
}

#[test]
fn severity_decides_how_long_it_may_take() {
    for (severity, response, resolution) in [
        (Severity::Red, "10:15", "14:00"),
        (Severity::High, "10:30", "18:00"),
        (Severity::Normal, "11:00", "2026-03-04 16:00"),
    ] {
        let state = preview(&Policy::default(), &shop(), severity, &CaseTraits::default(), at("10:00")).unwrap();
        assert_eq!(state.response.due_at, Some(at(response)));
        assert_eq!(state.resolution.due_at, Some(at(resolution)));
    }
}

#[test]
fn a_paused_complaint_does_not_run_late() {
    let events = [received("10:00"), called("10:30"), waits("11:00")];
    let state = clocks_of(&events, "2026-03-04 17:00");
    assert_eq!(state.status, Status::Waiting);
    assert_eq!((state.resolution.state, state.resolution.elapsed_s), (ClockStatus::Paused, 3600));
    assert_eq!(state.paused_s, (7 + 9 + 8) * 3600);
    assert_eq!(state.next_due, None);
}

#[test]
fn waiting_ends_by_itself_after_three_days() {
    let events = [received("10:00"), called("10:30"), waits("11:00")];
    let state = clocks_of(&events, "11:00");
    assert_eq!(state.pause_ends_at, Some(at("2026-03-05 11:00")));
    assert_eq!(state.resolution.due_at, Some(at("2026-03-07 16:00")), "so the due time is known");
    assert_eq!(state.next_wake, Some(at("2026-03-05 11:00")));
    let later = clocks_of(&events, "2026-03-06 11:00");
    assert_eq!((later.resolution.state, later.resolution.elapsed_s), (ClockStatus::Running, 10 * 3600));
    let again = [&events[..], &[entry("2026-03-06 11:00", EventKind::Started), waits("2026-03-06 12:00")]].concat();
    assert_eq!(clocks_of(&again, "2026-03-06 12:30").resolution.state, ClockStatus::Running, "the limit is used up");
}

#[test]
fn an_answer_of_the_customer_ends_the_waiting() {
    let events = [received("10:00"), called("10:30"), waits("11:00"), entry("15:00", EventKind::CustomerContact)];
    let state = clocks_of(&events, "16:00");
    assert_eq!(state.status, Status::InProgress);
    assert_eq!(state.resolution.elapsed_s, 2 * 3600);
}

#[test]
fn a_note_and_a_hand_over_answer_nobody() {
    let hand_over = EventKind::HandedOver { to: crate::ids::StaffId(2), reason: "换班".into() };
    let events = [received("10:00"), entry("10:10", EventKind::Noted), entry("10:20", hand_over)];
    assert_eq!(clocks_of(&events, "10:30").response.state, ClockStatus::Running);
}

#[test]
fn a_business_is_answered_by_phone_and_by_mail() {
    let (policy, calendar) = (Policy::default(), shop());
    let traits = CaseTraits { business: true, ..CaseTraits::default() };
    let mailed = entry("10:50", EventKind::Responded { channel: Channel::Mail });
    let state =
        |events: &[Event]| clocks(&[Terms::always(&policy, &calendar)], &traits, events, at("10:55")).unwrap().response;
    assert_eq!(state(&[received("10:00"), called("10:30")]).state, ClockStatus::Running);
    let both = state(&[received("10:00"), called("10:30"), mailed]);
    assert_eq!((both.state, both.elapsed_s), (ClockStatus::Met, 50 * 60));
}

#[test]
fn the_follow_up_is_due_three_days_after_the_resolution_and_not_before_four_hours() {
    let events = [received("10:00"), entry("2026-03-05 17:00", EventKind::Resolved)];
    let state = clocks_of(&events, "2026-03-05 17:30");
    let follow_up = state.follow_up.unwrap();
    assert_eq!(follow_up.due_at, Some(at("2026-03-08 17:00")), "72 elapsed hours, a Sunday");
    assert_eq!(state.follow_up_not_before, Some(at("2026-03-05 21:00")));
    assert_eq!(state.do_before, Some(at("2026-03-07 18:00")), "the last closing before it falls due");
    assert!(state.do_not_disturb);
    let before_closing = state.warnings.iter().find(|warning| warning.when == WarnWhen::BeforeClosing).unwrap();
    assert_eq!(before_closing.at, at("2026-03-07 17:30"));
    let asked = EventKind::FollowedUp { result: FollowUpResult::Satisfied };
    let done = clocks_of(&[&events[..], &[entry("2026-03-06 10:00", asked)]].concat(), "2026-03-06 10:00");
    assert_eq!((done.status, done.do_not_disturb, done.next_due), (Status::FollowedUp, false, None));
    assert_eq!(done.follow_up.unwrap().state, ClockStatus::Met);
}

#[test]
fn closing_without_a_follow_up_is_no_verdict() {
    let events = [
        received("10:00"),
        entry("11:00", EventKind::Resolved),
        entry("12:00", EventKind::Closed { without_follow_up: Some("客户不愿再接电话".into()) }),
    ];
    let state = clocks_of(&events, "2026-03-09 12:00");
    assert_eq!(state.follow_up.unwrap().state, ClockStatus::Withdrawn);
    assert_eq!((state.next_due, state.next_wake), (None, None));
}

#[test]
fn updates_are_owed_only_where_they_are_promised() {
    let calendar = shop();
    let events = [received("09:00"), called("09:10"), entry("10:00", EventKind::CustomerContact)];
    assert_eq!(clocks_of(&events, "11:00").update, None);
    let policy = Policy { update_minutes: Some(120), ..Policy::default() };
    let state = clocks(&[Terms::always(&policy, &calendar)], &CaseTraits::default(), &events, at("11:00")).unwrap();
    assert_eq!(state.update.unwrap().due_at, Some(at("12:00")));
    assert_eq!(state.next_promise, Some(Promise::Update));
}

#[test]
fn warnings_come_at_half_at_four_fifths_and_at_the_end() {
    let state = clocks_of(&[received("10:00")], "10:48");
    let response: Vec<(WarnWhen, Timestamp, bool)> = state
        .warnings
        .iter()
        .filter(|warning| warning.promise == Promise::Response)
        .map(|warning| (warning.when, warning.at, warning.fired))
        .collect();
    assert_eq!(
        response,
        [
            (WarnWhen::Percent(50), at("10:30"), true),
            (WarnWhen::Percent(80), at("10:48"), true),
            (WarnWhen::Percent(100), at("11:00"), false)
        ]
    );
    assert_eq!(state.next_wake, Some(at("11:00")));
    let due = clocks_of(&[received("10:00")], "11:00");
    assert_eq!(due.next_wake, Some(at("11:00").plus_seconds(1)), "the moment at which the promise breaks");
}

#[test]
fn nobody_is_told_while_the_shop_is_closed_unless_it_is_red() {
    let policy = Policy { response_measure: crate::complaint::Measure::Wall, ..Policy::default() };
    let calendar = shop();
    let told = |severity| {
        let events = [entry("17:55", EventKind::Received { severity })];
        let state = clocks(&[Terms::always(&policy, &calendar)], &CaseTraits::default(), &events, at("17:55")).unwrap();
        state.warnings.iter().find(|warning| warning.when == WarnWhen::Percent(100)).unwrap().tell_at
    };
    assert_eq!(told(Severity::Normal), at("2026-03-03 09:00"));
    assert_eq!(told(Severity::Red), at("18:10"));
    let lands_on_closing = clocks_of(&[received("17:00")], "17:00");
    let last = lands_on_closing.warnings.iter().find(|warning| warning.when == WarnWhen::Percent(100)).unwrap();
    assert_eq!(last.tell_at, at("18:00"), "somebody is still there at closing");
}

#[test]
fn reopening_starts_new_clocks_and_keeps_the_old_verdicts() {
    let events = [
        received("10:00"),
        entry("12:00", EventKind::Resolved),
        entry("2026-03-03 10:00", EventKind::Reopened { reason: "又漏了".into() }),
    ];
    let state = clocks_of(&events, "2026-03-03 10:30");
    assert_eq!((state.status, state.cycle), (Status::Reopened, 2));
    assert_eq!(state.response.due_at, Some(at("2026-03-03 11:00")));
    let verdicts: Vec<_> =
        state.verdicts.iter().map(|verdict| (verdict.promise, verdict.cycle, verdict.state)).collect();
    assert_eq!(
        verdicts,
        [(Promise::Response, 1, ClockStatus::Breached), (Promise::Resolution, 1, ClockStatus::Met)],
        "the follow-up that nobody made in time to be judged is gone with the resolution"
    );
}

#[test]
fn a_withdrawn_case_keeps_its_broken_promises_and_owes_nothing() {
    let events = [received("10:00"), entry("13:00", EventKind::Withdrawn { reason: "误会".into() })];
    let state = clocks_of(&events, "2026-03-09 13:00");
    assert_eq!(state.response.state, ClockStatus::Breached);
    assert_eq!(state.resolution.state, ClockStatus::Withdrawn);
    assert_eq!((state.next_due, state.do_not_disturb), (None, false));
}

#[test]
fn a_call_entered_after_the_breach_was_judged_is_reported_beside_it() {
    let late =
        Event { at: at("10:40"), recorded_at: at("14:00"), what: EventKind::Responded { channel: Channel::Phone } };
    let state = clocks_of(&[received("10:00"), late.clone()], "15:00");
    assert_eq!((state.response.state, state.response.ended_at), (ClockStatus::Breached, Some(at("14:00"))));
    let correction = state.response.correction.unwrap();
    assert_eq!((correction.happened_at, correction.elapsed_s, correction.met), (at("10:40"), 40 * 60, true));
    let in_time = Event { recorded_at: at("10:50"), ..late };
    let state = clocks_of(&[received("10:00"), in_time], "15:00");
    assert_eq!((state.response.state, state.response.correction), (ClockStatus::Met, None), "nothing was judged yet");
}

#[test]
fn a_correction_leaves_the_verdict_and_shows_both() {
    let corrected = EventKind::ActCorrected { promise: Promise::Response, happened_at: at("11:30") };
    let state = clocks_of(&[received("10:00"), called("10:30"), entry("12:00", corrected)], "13:00");
    assert_eq!(state.response.state, ClockStatus::Met);
    assert!(!state.response.correction.unwrap().met);
}

#[test]
fn a_receipt_moved_back_may_be_born_late() {
    let state = clocks_of(
        &[received("15:00"), entry("15:01", EventKind::ReceiptCorrected { received_at: at("10:00") })],
        "15:01",
    );
    assert_eq!((state.response.state, state.response.elapsed_s), (ClockStatus::Breached, 301 * 60));
}

#[test]
fn a_clock_set_back_three_days_takes_nothing_back() {
    let back = Event {
        at: at("2026-02-27 10:10"),
        recorded_at: at("2026-02-27 10:10"),
        what: EventKind::Responded { channel: Channel::Phone },
    };
    let events = [received("10:00"), entry("11:30", EventKind::Noted), back];
    let state = clocks_of(&events, "2026-02-27 10:11");
    assert_eq!((state.response.state, state.response.elapsed_s), (ClockStatus::Breached, 5400));
    assert_eq!(state.reordered, [2]);
    assert!(state.clock_went_back);
}

#[test]
fn an_entry_from_the_future_is_taken_for_now() {
    let ahead = Event { at: at("2026-03-09 10:00"), ..called("10:30") };
    let state = clocks_of(&[received("10:00"), ahead], "10:40");
    assert_eq!((state.response.elapsed_s, state.reordered), (1800, vec![1]));
}

#[test]
fn an_entry_that_its_status_does_not_allow_changes_nothing() {
    let state = clocks_of(&[received("10:00"), waits("10:10")], "10:40");
    assert_eq!((state.status, state.refused), (Status::Received, vec![1]));
    assert_eq!(state.resolution.state, ClockStatus::Running);
}

#[test]
fn a_new_policy_moves_open_clocks_and_a_deleted_one_withdraws_them() {
    let (old, calendar) = (Policy::default(), shop());
    let new = Policy {
        resolution_minutes: crate::complaint::MinutesBySeverity { red: 60, high: 60, normal: 240 },
        ..Policy::default()
    };
    let first = Terms::always(&old, &calendar);
    let at_noon = |policy| [first, Terms { from: at("12:00"), policy, calendar: &calendar }];
    let events = [received("10:00"), called("11:30")];
    let of = |terms: &[Terms<'_>], now| clocks(terms, &CaseTraits::default(), &events, at(now)).unwrap();
    let changed = of(&at_noon(Some(&new)), "13:00");
    assert_eq!(changed.response.state, ClockStatus::Breached, "judged under the old policy");
    assert_eq!(changed.resolution.due_at, Some(at("14:00")));
    let deleted = of(&at_noon(None), "13:00");
    assert_eq!(deleted.response.state, ClockStatus::Breached);
    assert_eq!((deleted.resolution.state, deleted.next_due), (ClockStatus::Withdrawn, None));
    assert_eq!(of(&at_noon(None), "11:45").resolution.state, ClockStatus::Running, "not before it was deleted");
}

#[test]
fn a_higher_severity_shortens_open_clocks() {
    let worse = EventKind::SeverityChanged { severity: Severity::Red, reason: "过敏".into() };
    let state = clocks_of(&[received("10:00"), called("10:10"), entry("10:20", worse)], "10:20");
    assert_eq!(state.resolution.due_at, Some(at("14:00")));
    assert_eq!(state.response.target_s, Some(3600), "the response was judged by what was known");
}

#[test]
fn nothing_is_known_without_a_receipt() {
    let (policy, calendar) = (Policy::default(), shop());
    let refused = clocks(&[Terms::always(&policy, &calendar)], &CaseTraits::default(), &[called("10:00")], at("10:00"));
    assert_eq!(refused, Err(RuleError::not_now("complaint.no_receipt")));
    assert_eq!(
        clocks(&[], &CaseTraits::default(), &[received("10:00")], at("10:00")),
        Err(RuleError::not_now("complaint.no_terms"))
    );
}

#[test]
fn the_line_of_a_clock_shows_what_ran_stood_and_did_not_count() {
    let (policy, calendar) = (Policy::default(), shop());
    let events = [received("16:00"), called("16:10"), waits("17:00"), entry("2026-03-03 10:00", EventKind::Started)];
    let terms = [Terms::always(&policy, &calendar)];
    let line =
        clock_line(&terms, &CaseTraits::default(), &events, at("2026-03-03 11:00"), Promise::Resolution).unwrap();
    let shown: Vec<_> = line.iter().take(4).map(|stretch| (stretch.from, stretch.to, stretch.kind)).collect();
    assert_eq!(
        shown,
        [
            (at("16:00"), at("17:00"), StretchKind::Running),
            (at("17:00"), at("2026-03-03 10:00"), StretchKind::Paused),
            (at("2026-03-03 10:00"), at("2026-03-03 18:00"), StretchKind::Running),
            (at("2026-03-03 18:00"), at("2026-03-04 09:00"), StretchKind::Closed)
        ]
    );
    assert_eq!(line.last().unwrap().to, at("2026-03-05 15:00"), "up to its due time");
}
