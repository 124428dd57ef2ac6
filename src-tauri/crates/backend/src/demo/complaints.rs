//! Complaints in every state around "now", made by the same commands that a person would use, with the clock moved.

use super::Demo;
use super::calls::call;
use super::words::Words;
use crate::app::App;
use crate::clock::ManualClock;
use crate::error::{ApiError, Result};
use serde_json::{Value, json};
use shukebu_domain::time::Timestamp;

/// One case: who, how long ago it came, and what was done how many minutes later.
struct Story {
    customer: i64,
    minutes_ago: i64,
    severity: &'static str,
    steps: &'static [(i64, Step)],
}

#[derive(Clone, Copy)]
enum Step {
    Respond,
    Wait,
    Resolve,
    FollowUp,
    Reopen,
    Close,
}

const DAY: i64 = 24 * 60;

const STORIES: &[Story] = &[
    Story {
        customer: 3,
        minutes_ago: 20 * DAY,
        severity: "normal",
        steps: &[(25, Step::Respond), (300, Step::Resolve), (2 * DAY, Step::FollowUp), (2 * DAY + 5, Step::Close)],
    },
    Story {
        customer: 8,
        minutes_ago: 12 * DAY,
        severity: "high",
        steps: &[
            (400, Step::Respond),
            (3 * DAY, Step::Resolve),
            (4 * DAY, Step::Reopen),
            (4 * DAY + 30, Step::Respond),
        ],
    },
    Story {
        customer: 15,
        minutes_ago: 3 * DAY,
        severity: "normal",
        steps: &[(40, Step::Respond), (2 * DAY, Step::Resolve)],
    },
    Story { customer: 21, minutes_ago: 2 * DAY, severity: "normal", steps: &[(15, Step::Respond), (60, Step::Wait)] },
    Story { customer: 34, minutes_ago: DAY + 180, severity: "normal", steps: &[] },
    Story { customer: 40, minutes_ago: 300, severity: "high", steps: &[(20, Step::Respond)] },
    Story { customer: 55, minutes_ago: 37, severity: "normal", steps: &[] },
    Story { customer: 62, minutes_ago: 4, severity: "red", steps: &[] },
];

/// Tells all stories, oldest first, and leaves the clock at "now".
pub(super) fn around_now(app: &App, clock: &ManualClock, demo: &Demo, words: &Words) -> Result<()> {
    for (index, story) in STORIES.iter().enumerate() {
        let received = demo.now.plus_seconds(-story.minutes_ago * 60);
        clock.set(received);
        let (category, line) = words.troubles.get(index % words.troubles.len()).copied().unwrap_or(("other", ""));
        let customer = (story.customer - 1) % i64::from(demo.customers) + 1;
        let opened = call(
            app,
            "complaint_open",
            &json!({
                "customer_id": customer, "description": line, "category": category, "severity": story.severity, "channel": "wechat",
            }),
        )?;
        let id = opened.pointer("/row/id").cloned().ok_or_else(|| ApiError::internal("demo complaint"))?;
        for (minutes, step) in story.steps {
            clock.set(received.plus_seconds(minutes * 60).min(demo.now));
            take(app, &id, *step, clock_day(demo.now))?;
        }
    }
    clock.set(demo.now);
    call(app, "complaint_tick", &json!({}))?;
    Ok(())
}

fn take(app: &App, id: &Value, step: Step, due_on: String) -> Result<()> {
    let (command, input) = match step {
        Step::Respond => ("complaint_respond", json!({ "id": id, "channel": "phone", "text": "已致电道歉，正在核查" })),
        Step::Wait => ("complaint_wait", json!({ "id": id, "text": "等客人发照片" })),
        Step::Resolve => (
            "complaint_resolve",
            json!({
                "id": id, "empathy": "当面道歉，听客人说完", "compensation_kind": "redo", "compensation_minor": 3000,
                "compensation_note": "重做一份", "root_cause": "交接时没有复核", "improvement": "出货前两人复核",
                "improvement_due_on": due_on,
            }),
        ),
        Step::FollowUp => {
            ("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": "satisfied", "text": "客人满意" }))
        }
        Step::Reopen => ("complaint_reopen", json!({ "id": id, "text": "客人说问题还在" })),
        Step::Close => ("complaint_close", json!({ "id": id, "text": "已完成" })),
    };
    call(app, command, &input).map(|_| ())
}

fn clock_day(now: Timestamp) -> String {
    super::day_from(now, 14)
}
