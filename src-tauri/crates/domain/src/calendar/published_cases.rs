//! Cases that published libraries for business time agree on, in the words of this program's rules.

use super::BusinessCalendar;
use crate::error::RuleError;
use crate::time::Timestamp;
use serde_json::{Value, json};

fn calendar(written: Value) -> super::CompiledCalendar {
    serde_json::from_value::<BusinessCalendar>(written).unwrap().compile().unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn week() -> super::CompiledCalendar {
    calendar(json!({"tz": "Etc/UTC", "weekly": {
        "mon": [["09:00", "17:00"]], "tue": [["10:00", "16:00"]], "wed": [["09:00", "17:00"]],
        "thu": [["10:00", "16:00"]], "fri": [["09:00", "17:00"]], "sat": [["11:00", "14:30"]]
    }}))
}

#[test]
fn a_budget_is_used_up_over_several_days() {
    let week = week();
    assert_eq!(week.add(at("2006-01-02T11:00:00Z"), 19 * 3600), Some(at("2006-01-04T16:00:00Z")));
    assert_eq!(week.subtract(at("2006-01-04T16:00:00Z"), 19 * 3600), Some(at("2006-01-02T11:00:00Z")));
}

#[test]
fn a_budget_that_is_used_up_at_closing_ends_at_closing() {
    assert_eq!(week().add(at("2006-01-04T15:30:00Z"), 90 * 60), Some(at("2006-01-04T17:00:00Z")));
    assert_eq!(
        week().subtract(at("2006-01-04T10:30:00Z"), 90 * 60),
        Some(at("2006-01-04T09:00:00Z")),
        "mirrored: at opening"
    );
}

#[test]
fn a_budget_of_nothing_is_the_next_open_instant_or_the_latest() {
    let week = week();
    assert_eq!(week.add(at("2006-01-03T00:00:00Z"), 0), Some(at("2006-01-03T10:00:00Z")));
    assert_eq!(week.subtract(at("2006-01-03T00:00:00Z"), 0), Some(at("2006-01-02T17:00:00Z")));
    assert_eq!(week.add(at("2006-01-02T13:00:00Z"), 0), Some(at("2006-01-02T13:00:00Z")));
    assert_eq!(week.add(at("2006-01-02T17:00:00Z"), 0), Some(at("2006-01-03T10:00:00Z")), "closing is not open");
    assert_eq!(week.subtract(at("2006-01-02T17:00:00Z"), 0), Some(at("2006-01-02T17:00:00Z")), "nothing to go back");
    assert_eq!(
        week.subtract(at("2006-01-03T10:00:00Z"), 0),
        Some(at("2006-01-02T17:00:00Z")),
        "add at closing gives the opening, so subtract at opening gives the closing"
    );
}

#[test]
fn end_before_start_is_nothing_and_never_negative() {
    assert_eq!(week().between(at("2006-01-04T16:00:00Z"), at("2006-01-02T16:00:00Z")), 0);
}

#[test]
fn a_day_may_last_until_midnight_and_touch_the_next() {
    let calendar = calendar(json!({"tz": "UTC", "weekly": {"mon": [["00:00", "24:00"]], "tue": [["08:00", "18:00"]]}}));
    assert_eq!(calendar.add(at("2014-04-07T23:59:30Z"), 60), Some(at("2014-04-08T08:00:30Z")));
    assert_eq!(calendar.subtract(at("2014-04-08T00:00:30Z"), 60), Some(at("2014-04-07T23:59:00Z")));
    let mondays = self::calendar(json!({"tz": "UTC", "weekly": {"mon": [["00:00", "24:00"]]}}));
    assert_eq!(mondays.between(at("2014-04-06T12:00:00Z"), at("2016-04-06T12:00:00Z")), 105 * 86_400);
}

#[test]
fn equal_start_and_end_is_the_whole_day() {
    let calendar = calendar(json!({"tz": "UTC", "weekly": {
        "mon": [["0:00", "0:00"]], "fri": [["0:00", "0:00"]], "sat": [["11:00", "15:00"]]
    }}));
    assert_eq!(calendar.add(at("2010-12-24T15:00:00Z"), 24 * 3600), Some(at("2010-12-27T11:00:00Z")));
    assert_eq!(calendar.between(at("2010-12-24T15:00:00Z"), at("2010-12-27T11:00:00Z")), 24 * 3600);
}

#[test]
fn touching_intervals_are_one_segment_also_over_midnight() {
    let calendar = calendar(json!({"tz": "UTC", "weekly": {
        "mon": [["09:00", "12:00"], ["12:00", "13:00"], ["20:00", "24:00"]], "tue": [["00:00", "02:00"]]
    }}));
    let found = calendar.next_segments(at("2026-03-02T10:00:00Z"), 2).unwrap();
    let texts: Vec<String> = found.iter().map(|segment| format!("{} {}", segment.from, segment.to)).collect();
    assert_eq!(
        texts,
        ["2026-03-02T10:00:00Z 2026-03-02T13:00:00Z", "2026-03-02T20:00:00Z 2026-03-03T02:00:00Z"],
        "the first is cut off at the start"
    );
}

#[test]
fn a_shop_that_never_closes_has_no_end_of_its_segment() {
    let week: serde_json::Map<String, Value> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .map(|day| (day.to_owned(), json!([["00:00", "24:00"]])))
        .into_iter()
        .collect();
    let calendar = calendar(json!({"tz": "UTC", "weekly": week}));
    assert_eq!(calendar.next_segments(at("2026-03-02T10:00:00Z"), 1), None);
    assert_eq!(calendar.segments_until(at("2026-03-02T10:00:00Z"), at("2027-03-02T10:00:00Z")).len(), 1);
}

#[test]
fn an_overnight_interval_belongs_to_the_day_it_began_on() {
    let calendar = calendar(json!({"tz": "UTC", "weekly": {"sat": [["22:00", "02:00"]], "sun": [["22:00", "02:00"]]},
        "holidays": ["2026-03-08"], "date_overrides": {"2026-03-15": []}}));
    assert!(calendar.is_open(at("2026-03-08T01:00:00Z")), "Saturday's night runs into the closed Sunday");
    assert!(!calendar.is_open(at("2026-03-08T23:00:00Z")));
    assert!(!calendar.is_open(at("2026-03-09T01:00:00Z")), "the closed Sunday's night is closed with it");
    assert!(calendar.is_open(at("2026-03-15T01:00:00Z")), "the hours of Sunday do not touch Saturday's night");
}

#[test]
fn closed_days_come_before_breaks_before_overrides_before_the_week() {
    let calendar = calendar(json!({"tz": "UTC", "weekly": {"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]]},
        "date_overrides": {"2026-03-02": [["10:00", "20:00"]], "2026-03-03": [["00:00", "24:00"]]},
        "breaks": {"2026-03-02": [["12:00", "13:00"]], "mon": [["15:00", "15:30"]]},
        "holidays": ["2026-03-03"]}));
    assert_eq!(calendar.between(at("2026-03-02T00:00:00Z"), at("2026-03-05T00:00:00Z")), 10 * 3600 - 5400);
    assert!(!calendar.is_open(at("2026-03-02T09:30:00Z")), "the date's own hours replace the weekly ones");
}

#[test]
fn an_interval_that_a_clock_change_swallows_vanishes() {
    let calendar = calendar(
        json!({"tz": "America/Los_Angeles", "weekly": {"sun": [["02:30", "03:15"]], "mon": [["09:00", "17:00"]]}}),
    );
    assert_eq!(
        calendar.add(at("2006-04-02T00:00:00-08:00"), 0),
        Some(at("2006-04-03T09:00:00-07:00")),
        "02:30 does not exist that day and becomes 03:30, after the end"
    );
}

#[test]
fn a_day_of_25_hours_counts_25_hours() {
    let calendar = calendar(json!({"tz": "Europe/Berlin", "weekly": {"sun": [["00:00", "24:00"]]}}));
    assert_eq!(calendar.between(at("2026-10-24T12:00:00Z"), at("2026-10-26T12:00:00Z")), 25 * 3600);
    assert_eq!(calendar.between(at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z")), 23 * 3600);
}

#[test]
fn midnight_that_does_not_exist_moves_forward() {
    let calendar = calendar(json!({"tz": "America/Sao_Paulo", "weekly": {"sat": [["20:00", "24:00"]]}}));
    assert_eq!(calendar.next_segments(at("2015-10-17T20:00:00-03:00"), 1).unwrap()[0].to, at("2015-10-18T03:00:00Z"));
}

#[test]
fn parts_of_a_second_do_not_add_up_to_one() {
    assert_eq!(week().between(at("2014-04-14T09:00:00.010Z"), at("2014-04-14T09:10:24.020Z")), 624);
}

#[test]
fn a_calendar_without_open_time_cannot_be_saved() {
    for written in [
        json!({"tz": "UTC"}),
        json!({"tz": "UTC", "weekly": {"mon": []}}),
        json!({"tz": "UTC", "weekly": {"mon": [["09:00", "12:00"]]}, "breaks": {"mon": [["08:00", "13:00"]]}}),
        json!({"tz": "UTC", "weekly": {"sun": [["23:00", "01:00"]]},
               "breaks": {"sun": [["22:00", "24:00"]], "mon": [["00:00", "02:00"]]}}),
        json!({"tz": "UTC", "date_overrides": {"2026-03-02": [["09:00", "12:00"]]}, "holidays": ["2026-03-02"]}),
    ] {
        let calendar: BusinessCalendar = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(calendar.validate(), Err(RuleError::field("weekly", "calendar.never_open")), "{written}");
    }
}

#[test]
fn a_search_that_can_find_nothing_ends() {
    let calendar = calendar(json!({"tz": "UTC", "date_overrides": {"2020-12-31": [["22:00", "02:00"]]}}));
    assert_eq!(calendar.add(at("2026-03-02T10:00:00Z"), 0), None, "the only opening is past");
    assert_eq!(calendar.add(at("2019-03-02T10:00:00Z"), 4 * 3600), Some(at("2021-01-01T02:00:00Z")));
    assert_eq!(calendar.add(at("2019-03-02T10:00:00Z"), 4 * 3600 + 1), None);
    assert_eq!(calendar.subtract(at("2026-03-02T10:00:00Z"), 0), Some(at("2021-01-01T02:00:00Z")));
    assert_eq!(calendar.subtract(at("2020-03-02T10:00:00Z"), 0), None);
    assert_eq!(week().add(at("2026-03-02T10:00:00Z"), i64::MAX), None);
    assert_eq!(week().add(at("2026-03-02T10:00:00Z"), 10_000_000_000), None, "not before 2200");
}
