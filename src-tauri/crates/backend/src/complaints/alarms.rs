//! What a person is to be told about the clocks of a case, each thing once, and when.

use super::case::{asked_at, promise_kind, promised};
use super::rulebook::Rulebook;
use crate::store::complaints::events::NoticeKey;
use shukebu_domain::complaint::{CaseClocks, ClockState, ClockStatus, Severity, WarnWhen};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeSet;

/// The kind of an announcement that a promise is broken.
pub(super) const BROKEN: &str = "100";
/// The kind of an announcement that it must be done before the shop closes.
pub(super) const BEFORE_CLOSING: &str = "before_closing";

/// Something that nobody has been told yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alarm {
    pub key: NoticeKey,
    /// Its moment.
    pub at: Timestamp,
}

/// Everything whose moment has come and that nobody was told, not even with something else. Of a promise that was kept or given up, nothing.
pub(super) fn untold(clocks: &CaseClocks, told: &BTreeSet<NoticeKey>) -> Vec<Alarm> {
    let mut alarms = vec![];
    for (promise, clock) in promised(clocks).filter(|(_, clock)| clock.is_open()) {
        let key = |kind: String| (promise, clock.cycle, of_exchange(kind, clock));
        if clock.state == ClockStatus::Breached {
            alarms.push(Alarm { key: key(BROKEN.into()), at: clock.due_at.unwrap_or(clock.started_at) });
        }
        for warning in clocks.warnings.iter().filter(|warning| promise_kind(warning.promise) == promise) {
            let kind = match warning.when {
                // That the time is up is told when the promise is broken, a second later.
                WarnWhen::Percent(percent) if percent < 100 => percent.to_string(),
                WarnWhen::BeforeClosing => BEFORE_CLOSING.into(),
                WarnWhen::Percent(_) | WarnWhen::SecondsLeft(_) => continue,
            };
            if warning.fired {
                alarms.push(Alarm { key: key(kind), at: warning.at });
            }
        }
    }
    alarms.retain(|alarm| !told.iter().any(|known| *known == alarm.key || says_too(known, &alarm.key)));
    alarms
}

/// Whether an announcement says another one too: that a promise is broken says everything about it, a higher share
/// says the lower ones. What is said by another is not written down by itself.
pub(super) fn says_too(known: &NoticeKey, other: &NoticeKey) -> bool {
    let exchange = |kind: &str| kind.split_once('@').map(|(_, exchange)| exchange.to_owned());
    (known.0, known.1) == (other.0, other.1)
        && exchange(&known.2) == exchange(&other.2)
        && match (word(&known.2), word(&other.2)) {
            (BROKEN, other) => other != BROKEN,
            (BEFORE_CLOSING, _) | (_, BEFORE_CLOSING) => false,
            _ => weight(&known.2) > weight(&other.2),
        }
}

/// A customer may write several times in a cycle; every unanswered exchange is told about by itself.
fn of_exchange(kind: String, clock: &ClockState) -> String {
    match asked_at(clock) {
        Some(asked_at) => format!("{kind}@{}", asked_at.millis()),
        None => kind,
    }
}

/// The kind of an announcement without its exchange.
pub(super) fn word(kind: &str) -> &str {
    kind.split_once('@').map_or(kind, |(word, _)| word)
}

/// From when on a person may be told: at once while the shop is open or when lives and law are at stake, otherwise at
/// the next opening.
pub(super) fn tell_from(severity: Severity, rulebook: &Rulebook, now: Timestamp) -> Timestamp {
    let calendar = rulebook.calendar();
    if severity == Severity::Red || calendar.is_open(now) { now } else { calendar.add(now, 0).unwrap_or(now) }
}

/// The most pressing of several announcements about one promise: broken, then closing time, then the higher share.
pub(super) fn weight(kind: &str) -> u32 {
    match word(kind) {
        BROKEN => 1_000,
        BEFORE_CLOSING => 500,
        percent => percent.parse().unwrap_or(0),
    }
}
