//! What can happen to a case, and which status follows (`rules.md` F 2). One exhaustive match; whatever is not allowed
//! has a named refusal.

use super::follow_up::FollowUpResult;
use super::policy::Severity;
use super::promise::Promise;
use crate::error::RuleError;
use crate::ids::{ComplaintId, StaffId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 已受理: it came in; nobody has answered.
    Received,
    /// 已响应: a person has answered.
    Responded,
    /// 处理中: it is being worked on.
    InProgress,
    /// 等待客户: it cannot go on without the customer.
    Waiting,
    /// 已解决: resolved; the follow-up is owed.
    Resolved,
    /// 已回访: the customer was asked.
    FollowedUp,
    /// 关闭: done.
    Closed,
    /// 重开: it came back; nobody has answered.
    Reopened,
    /// 撤回: the customer took it back.
    Withdrawn,
    /// 重复: the same as another case.
    Duplicate,
}

impl Status {
    /// Whether the case is being worked on.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Received | Self::Responded | Self::InProgress | Self::Waiting | Self::Reopened => true,
            Self::Resolved | Self::FollowedUp | Self::Closed | Self::Withdrawn | Self::Duplicate => false,
        }
    }
}

/// How a customer is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 当面.
    InPerson,
    /// 电话.
    Phone,
    /// 微信.
    Wechat,
    /// 短信.
    Message,
    /// 邮件.
    Mail,
}

impl Channel {
    /// What to suggest first, by kind of customer: a business is called and written to, a person is called or reached
    /// where he writes himself.
    pub const fn suggested(business: bool) -> &'static [Self] {
        if business { &[Self::Phone, Self::Mail] } else { &[Self::Phone, Self::Wechat] }
    }
}

/// One entry of a case's history. Entries are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Event {
    /// When it took place.
    pub at: Timestamp,
    /// When it was entered; never before it took place.
    pub recorded_at: Timestamp,
    /// What it was.
    pub what: EventKind,
}

/// What can happen to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// The first entry: the complaint came in.
    Received {
        /// How much is at stake.
        severity: Severity,
    },
    /// A person reached the customer and confirms it. A note, a draft or an opened template is none of these.
    Responded {
        /// How.
        channel: Channel,
    },
    /// Work on it began, or goes on after waiting.
    Started,
    /// It waits for the customer.
    Waiting {
        /// For what.
        reason: String,
    },
    /// The customer wrote or called; whatever waited for him goes on.
    CustomerContact,
    /// A note; it moves no clock.
    Noted,
    /// It is resolved.
    Resolved,
    /// Nobody answered when the customer was called.
    FollowUpAttempted,
    /// The customer was asked, or counts as unreachable.
    FollowedUp {
        /// What came of it.
        result: FollowUpResult,
    },
    /// Nothing more will happen.
    Closed {
        /// Why nobody called, when nobody did.
        #[serde(default)]
        without_follow_up: Option<String>,
    },
    /// It came back.
    Reopened {
        /// Why.
        reason: String,
    },
    /// The customer took it back.
    Withdrawn {
        /// In his words.
        reason: String,
    },
    /// It is the same as another case.
    Duplicate {
        /// That case.
        of: ComplaintId,
    },
    /// More or less is at stake than it seemed.
    SeverityChanged {
        /// What is at stake now.
        severity: Severity,
        /// Why.
        reason: String,
    },
    /// Somebody else takes over; no clock changes.
    HandedOver {
        /// Who.
        to: StaffId,
        /// Why.
        reason: String,
    },
    /// It came in at another time than was entered.
    ReceiptCorrected {
        /// The true time.
        received_at: Timestamp,
    },
    /// What ended a clock took place at another time than was entered. The verdict stays; both are reported.
    ActCorrected {
        /// Whose clock.
        promise: Promise,
        /// The true time.
        happened_at: Timestamp,
    },
}

/// The status after an entry.
///
/// # Errors
/// `NotAllowedNow` with one of `complaint.already_received`, `complaint.respond_first`, `complaint.already_started`,
/// `complaint.already_waiting`, `complaint.already_resolved`, `complaint.not_resolved`, `complaint.follow_up_missing`,
/// `complaint.still_open`, `complaint.ended`; `Invalid` at `reason` with `complaint.reason_missing`.
pub fn advance(status: Status, event: &EventKind) -> Result<Status, RuleError> {
    use Status::{
        Closed, Duplicate, FollowedUp, InProgress, Received, Reopened, Resolved, Responded, Waiting, Withdrawn,
    };
    let not_now = |key: &str| Err(RuleError::not_now(format!("complaint.{key}")));
    match event {
        EventKind::Received { .. } => not_now("already_received"),
        EventKind::Responded { .. } => match status {
            Received | Reopened => Ok(Responded),
            Responded | InProgress | Waiting | Resolved | FollowedUp => Ok(status),
            Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::Started => match status {
            Received | Responded | Waiting | Reopened => Ok(InProgress),
            InProgress => not_now("already_started"),
            Resolved | FollowedUp => not_now("already_resolved"),
            Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::Waiting { reason } => match status {
            // Nobody waits for a customer who has not heard from us.
            Received | Reopened => not_now("respond_first"),
            Responded | InProgress => given(reason).map(|()| Waiting),
            Waiting => not_now("already_waiting"),
            Resolved | FollowedUp => not_now("already_resolved"),
            Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::CustomerContact => match status {
            Waiting => Ok(InProgress),
            Received | Responded | InProgress | Resolved | FollowedUp | Closed | Reopened | Withdrawn | Duplicate => {
                Ok(status)
            }
        },
        EventKind::Noted | EventKind::ReceiptCorrected { .. } | EventKind::ActCorrected { .. } => Ok(status),
        EventKind::Resolved => match status {
            Received | Responded | InProgress | Waiting | Reopened => Ok(Resolved),
            Resolved | FollowedUp => not_now("already_resolved"),
            Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::FollowUpAttempted => follow_up(status, status),
        EventKind::FollowedUp { .. } => follow_up(status, FollowedUp),
        EventKind::Closed { without_follow_up } => match (status, without_follow_up) {
            (FollowedUp, _) => Ok(Closed),
            (Resolved, Some(reason)) => given(reason).map(|()| Closed),
            (Resolved, None) => not_now("follow_up_missing"),
            (Received | Responded | InProgress | Waiting | Reopened, _) => not_now("not_resolved"),
            (Closed | Withdrawn | Duplicate, _) => not_now("ended"),
        },
        EventKind::Reopened { reason } => match status {
            Resolved | FollowedUp | Closed | Withdrawn | Duplicate => given(reason).map(|()| Reopened),
            Received | Responded | InProgress | Waiting | Reopened => not_now("still_open"),
        },
        EventKind::Withdrawn { reason } => match status {
            Received | Responded | InProgress | Waiting | Reopened | Resolved => given(reason).map(|()| Withdrawn),
            FollowedUp | Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::Duplicate { .. } => match status {
            Received | Responded | InProgress | Waiting | Reopened | Resolved => Ok(Duplicate),
            FollowedUp | Closed | Withdrawn | Duplicate => not_now("ended"),
        },
        EventKind::SeverityChanged { reason, .. } | EventKind::HandedOver { reason, .. } => match status {
            Received | Responded | InProgress | Waiting | Reopened | Resolved => given(reason).map(|()| status),
            FollowedUp | Closed | Withdrawn | Duplicate => not_now("ended"),
        },
    }
}

fn follow_up(status: Status, then: Status) -> Result<Status, RuleError> {
    match status {
        Status::Resolved | Status::FollowedUp => Ok(then),
        Status::Received | Status::Responded | Status::InProgress | Status::Waiting | Status::Reopened => {
            Err(RuleError::not_now("complaint.not_resolved"))
        }
        Status::Closed | Status::Withdrawn | Status::Duplicate => Err(RuleError::not_now("complaint.ended")),
    }
}

fn given(reason: &str) -> Result<(), RuleError> {
    if reason.trim().is_empty() { Err(RuleError::field("reason", "complaint.reason_missing")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(events: &[EventKind]) -> Result<Status, RuleError> {
        events.iter().try_fold(Status::Received, advance)
    }

    fn waiting(reason: &str) -> EventKind {
        EventKind::Waiting { reason: reason.into() }
    }

    const CALLED: EventKind = EventKind::Responded { channel: Channel::Phone };

    #[test]
    fn a_case_goes_from_receipt_to_closing() {
        let whole = [
            CALLED,
            EventKind::Started,
            waiting("等照片"),
            EventKind::CustomerContact,
            EventKind::Resolved,
            EventKind::FollowedUp { result: FollowUpResult::Satisfied },
            EventKind::Closed { without_follow_up: None },
        ];
        let statuses: Vec<Status> = (1..=whole.len()).map(|count| after(&whole[..count]).unwrap()).collect();
        assert_eq!(
            statuses,
            [
                Status::Responded,
                Status::InProgress,
                Status::Waiting,
                Status::InProgress,
                Status::Resolved,
                Status::FollowedUp,
                Status::Closed
            ]
        );
    }

    #[test]
    fn what_is_not_allowed_has_a_name() {
        let refusal = |events: &[EventKind]| match after(events) {
            Err(RuleError::NotAllowedNow { key, .. }) => key,
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal(&[waiting("等照片")]), "complaint.respond_first");
        assert_eq!(refusal(&[EventKind::Closed { without_follow_up: None }]), "complaint.not_resolved");
        assert_eq!(
            refusal(&[EventKind::Resolved, EventKind::Closed { without_follow_up: None }]),
            "complaint.follow_up_missing"
        );
        assert_eq!(refusal(&[EventKind::Reopened { reason: "又坏了".into() }]), "complaint.still_open");
        assert_eq!(
            refusal(&[EventKind::Withdrawn { reason: "误会".into() }, CALLED]),
            "complaint.ended",
            "nothing happens to a case that was taken back, except that it comes back"
        );
    }

    #[test]
    fn waiting_and_reopening_need_a_reason() {
        let missing = Err(RuleError::field("reason", "complaint.reason_missing"));
        assert_eq!(after(&[CALLED, waiting(" ")]), missing);
        assert_eq!(after(&[EventKind::Resolved, EventKind::Reopened { reason: String::new() }]), missing);
    }
}
