//! Cases in sentences: what happened, why a clock has its colour, what is announced.

use super::case::{Case, promise_kind};
use super::entry::{Moved, Routed, Words};
use crate::api::complaints::PromiseKind;
use crate::app::Moment;
use crate::classes;
use crate::error::Result;
use crate::messages::{Language, say};
use crate::store;
use crate::wording;
use rusqlite::Connection;
use shukebu_domain::complaint::{
    Basis, CaseClocks, CaseTraits, Channel, ClockState, ClockStatus, EventKind, FollowUpResult, Severity, Status,
    Target,
};
use shukebu_domain::time::Timestamp;
use std::fmt::Display;

/// 响应, 解决, 回访.
pub(super) fn promise(language: Language, promise: PromiseKind) -> String {
    let key = match promise {
        PromiseKind::Response => "promise.response",
        PromiseKind::Update => "promise.update",
        PromiseKind::Resolution => "promise.resolution",
        PromiseKind::FollowUp => "promise.follow_up",
    };
    say(language, key, &[])
}

/// One sentence on an entry; `before` is the status that it met.
pub(super) fn event(
    connection: &Connection,
    moment: &Moment,
    before: Status,
    event: &EventKind,
    words: &Words,
) -> Result<String> {
    let language = moment.language;
    let with = |key: &str, values: &[(&str, &dyn Display)]| say(language, &format!("complaint.event.{key}"), values);
    let sentence = match event {
        EventKind::Received { .. } => match &words.routed {
            Some(routed) => self::routed(connection, language, routed)?,
            None => with("received", &[]),
        },
        EventKind::Responded { channel: by } => with("responded", &[("channel", &channel(language, *by))]),
        EventKind::Started if before == Status::Waiting => with("resumed", &[]),
        EventKind::Started => with("started", &[]),
        EventKind::Waiting { reason } => with("waiting", &[("reason", reason)]),
        EventKind::CustomerContact => with("customer_contact", &[]),
        EventKind::Noted => match (&words.moved, &words.text) {
            (Some(moved), _) => self::moved(moment, moved),
            (None, Some(text)) => return Ok(text.clone()),
            (None, None) => with("noted", &[]),
        },
        EventKind::Resolved => with("resolved", &[]),
        EventKind::FollowUpAttempted => with("follow_up_attempted", &[("channel", &by(language, words))]),
        EventKind::FollowedUp { result } => {
            with("followed_up", &[("channel", &by(language, words)), ("result", &found(language, *result))])
        }
        EventKind::Closed { without_follow_up: Some(reason) } => with("closed_without", &[("reason", reason)]),
        EventKind::Closed { without_follow_up: None } => with("closed", &[]),
        EventKind::Reopened { reason } => with("reopened", &[("reason", reason)]),
        EventKind::Withdrawn { reason } => with("withdrawn", &[("reason", reason)]),
        EventKind::Duplicate { of } => {
            with("duplicate", &[("case_no", &store::complaints::get(connection, *of)?.case_no)])
        }
        EventKind::SeverityChanged { severity, reason } => {
            with("severity_changed", &[("severity", &self::severity(language, *severity)), ("reason", reason)])
        }
        EventKind::HandedOver { to, reason } => {
            with("handed_over", &[("name", &store::staff::name_of(connection, *to)?), ("reason", reason)])
        }
        EventKind::ReceiptCorrected { received_at } => {
            with("receipt_corrected", &[("at", &wording::moment(moment, *received_at))])
        }
        EventKind::ActCorrected { happened_at, .. } => {
            with("act_corrected", &[("at", &wording::moment(moment, *happened_at))])
        }
    };
    Ok(match &words.text {
        Some(text) => format!("{sentence} · {text}"),
        None => sentence,
    })
}

/// That a case came in, and to whom it went by itself.
fn routed(connection: &Connection, language: Language, routed: &Routed) -> Result<String> {
    let name = store::staff::name_of(connection, routed.to)?;
    Ok(match routed.deputy_of {
        None => say(language, "complaint.event.received_by_contact", &[("name", &name)]),
        Some(away) => {
            let away = store::staff::name_of(connection, away)?;
            say(language, "complaint.event.received_by_deputy", &[("name", &name), ("away", &away)])
        }
    })
}

fn moved(moment: &Moment, moved: &Moved) -> String {
    let at = |due: Option<Timestamp>| due.map_or_else(|| "–".to_owned(), |due| wording::moment(moment, due));
    let promise = promise(moment.language, promise_kind(moved.promise));
    say(
        moment.language,
        "complaint.event.moved",
        &[("promise", &promise), ("from", &at(moved.from)), ("to", &at(moved.to))],
    )
}

fn by(language: Language, words: &Words) -> String {
    words.by.map(|by| channel(language, by)).unwrap_or_default()
}

fn channel(language: Language, channel: Channel) -> String {
    let key = match channel {
        Channel::InPerson => "channel.in_person",
        Channel::Phone => "channel.phone",
        Channel::Wechat => "channel.wechat",
        Channel::Message => "channel.message",
        Channel::Mail => "channel.mail",
    };
    say(language, key, &[])
}

fn found(language: Language, result: FollowUpResult) -> String {
    let key = match result {
        FollowUpResult::Satisfied => "follow_up.satisfied",
        FollowUpResult::Neutral => "follow_up.neutral",
        FollowUpResult::Dissatisfied => "follow_up.unhappy",
        FollowUpResult::Unreachable => "follow_up.unreachable",
    };
    say(language, key, &[])
}

fn severity(language: Language, severity: Severity) -> String {
    let key = match severity {
        Severity::Red => "severity.red",
        Severity::High => "severity.high",
        Severity::Normal => "severity.normal",
    };
    say(language, key, &[])
}

/// What a promise goes by, in one sentence: the severity, an exception with its conditions, the service of a class.
pub(super) fn basis(
    connection: &Connection,
    moment: &Moment,
    severity: Severity,
    traits: &CaseTraits,
    target: Target<'_>,
) -> Result<String> {
    let language = moment.language;
    let time = wording::span(language, i64::from(target.minutes) * 60);
    let class = |key: &Option<String>| -> Result<Option<String>> {
        let Some(key) = key else { return Ok(None) };
        let tag = classes::tags(connection, language)?.remove(key);
        Ok(Some(tag.map_or_else(|| key.clone(), |tag| tag.name)))
    };
    let with =
        |key: &str, by: &dyn Display| say(language, &format!("promise.basis.{key}"), &[("time", &time), ("by", by)]);
    Ok(match target.basis {
        Basis::Usual if traits.inquiry => with("inquiry", &""),
        Basis::Usual => with("severity", &self::severity(language, severity)),
        Basis::Service => with("service", &class(&traits.class)?.unwrap_or_default()),
        Basis::Exception(exception) => {
            let conditions: Vec<String> = [
                exception.severity.map(|severity| self::severity(language, severity)),
                exception.category.as_deref().map(|category| self::category(language, category)),
                class(&exception.class)?,
                exception.tier.clone(),
            ]
            .into_iter()
            .flatten()
            .collect();
            with("exception", &conditions.join(" · "))
        }
    })
}

/// A category by its name; one that an import brought along stays as it was written.
fn category(language: Language, category: &str) -> String {
    const KNOWN: [&str; 6] = ["quality", "service", "delivery", "price", "allergy", "other"];
    if KNOWN.contains(&category) {
        say(language, &format!("case_category.{category}"), &[])
    } else {
        category.to_owned()
    }
}

/// Why a clock has its colour, in one sentence without a number that would have to tick.
pub(super) fn why(
    moment: &Moment,
    case: &Case,
    clocks: &CaseClocks,
    (kind, clock): (PromiseKind, &ClockState),
    opens_at: Option<Timestamp>,
) -> String {
    let language = moment.language;
    let at = |instant: Option<Timestamp>| instant.map(|instant| wording::moment(moment, instant)).unwrap_or_default();
    let span = |seconds: i64| wording::span(language, seconds);
    let target = span(clock.target_s.unwrap_or(0));
    let due = at(clock.due_at);
    match (clock.state, clock.is_open()) {
        (ClockStatus::Withdrawn, _) => say(language, "clock.withdrawn", &[]),
        (ClockStatus::Met, _) => {
            say(language, "clock.met", &[("elapsed", &span(clock.elapsed_s)), ("target", &target)])
        }
        (ClockStatus::Breached, true) => say(language, "clock.late", &[("due", &due), ("target", &target)]),
        (ClockStatus::Breached, false) => {
            let late = span(clock.slack_s.unwrap_or(0).saturating_neg());
            say(language, "clock.broken", &[("elapsed", &span(clock.elapsed_s)), ("target", &target), ("late", &late)])
        }
        (ClockStatus::Paused, _) => match clocks.pause_ends_at {
            Some(end) => say(language, "clock.paused_until", &[("until", &wording::moment(moment, end))]),
            None => say(language, "clock.paused", &[]),
        },
        (ClockStatus::Running, _) => {
            let is_half_answered =
                kind == PromiseKind::Response && case.is_of_business() && clocks.status != Status::Received;
            let closing = clocks.do_before.filter(|closing| clock.due_at == clocks.next_due && *closing > moment.now);
            let not_before = clocks.follow_up_not_before.filter(|_| kind == PromiseKind::FollowUp);
            if is_half_answered && clocks.status != Status::Reopened {
                say(language, "clock.business", &[("due", &due)])
            } else if let Some(from) = not_before.filter(|from| *from > moment.now) {
                say(language, "clock.follow_up_from", &[("from", &wording::moment(moment, from)), ("due", &due)])
            } else if let Some(closing) = closing {
                say(language, "clock.do_before", &[("due", &due), ("closing", &wording::moment(moment, closing))])
            } else if let Some(opens) = opens_at {
                say(language, "clock.closed", &[("due", &due), ("opens", &wording::moment(moment, opens))])
            } else {
                say(language, "clock.running", &[("due", &due), ("target", &target)])
            }
        }
    }
}
