//! What the page of a case offers beside its steps: who could take over, the customer's other cases, how to reach him
//! and what is still missing for an answer, what is waited for.

use super::case::Case;
use super::rulebook::Rulebook;
use super::words;
use crate::api::complaints::PromiseKind;
use crate::api::complaints::corrections::{CaseDesk, CaseLink, CaseOwner, PromiseBasis};
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::complaints::StoredCase;
use rusqlite::Connection;
use shukebu_domain::complaint::{CaseClocks, Channel, EventKind, FollowUpResult, Status};

/// Attachments that the page of a case lists.
const FILES_SHOWN: i64 = 50;

pub(super) fn of(
    connection: &Connection,
    moment: &Moment,
    stored: &StoredCase,
    case: &Case,
    clocks: &CaseClocks,
    rulebook: &Rulebook,
) -> Result<CaseDesk> {
    let people = store::staff::active(connection)?;
    let duplicate_of = stored.duplicate_of.map(|id| link(connection, id)).transpose()?;
    let waiting_for = case.events.iter().rev().find_map(|event| match &event.what {
        EventKind::Waiting { reason } => Some(reason.clone()),
        _ => None,
    });
    let last_result = case.events.iter().rev().find_map(|event| match event.what {
        EventKind::FollowedUp { result } => Some(result),
        _ => None,
    });
    let since_resolution = case.events.iter().rev().take_while(|event| event.what != EventKind::Resolved);
    let attempts = since_resolution.filter(|event| event.what == EventKind::FollowUpAttempted).count();
    Ok(CaseDesk {
        do_not_disturb: clocks.do_not_disturb && stored.customer.is_some(),
        people: people
            .into_iter()
            .filter(|(id, _)| *id != stored.owner)
            .map(|(id, name)| CaseOwner { id, name })
            .collect(),
        siblings: match stored.customer {
            Some(customer) => store::complaints::others_of(connection, customer, stored.id)?,
            None => vec![],
        },
        duplicate_of,
        channels: Channel::suggested(case.is_of_business()).iter().map(|channel| word(*channel).to_owned()).collect(),
        channels_missing: missing(case, clocks),
        waits_until: clocks.pause_ends_at,
        waiting_for: waiting_for.filter(|_| clocks.status == Status::Waiting),
        still_unhappy: clocks.status == Status::FollowedUp && last_result.is_some_and(FollowUpResult::offers_reopening),
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        improvements: store::improvements::of_case(connection, stored.id)?,
        attachments: store::attachments::of_case(connection, stored.id, FILES_SHOWN)?,
        bases: bases(connection, moment, case, clocks, rulebook)?,
        approvals: crate::approvals::of(connection, moment, "complaint", stored.id.0)?,
    })
}

/// What response and resolution go by, as long as they are owed.
fn bases(
    connection: &Connection,
    moment: &Moment,
    case: &Case,
    clocks: &CaseClocks,
    rulebook: &Rulebook,
) -> Result<Vec<PromiseBasis>> {
    let Some(policy) = rulebook.policy() else { return Ok(vec![]) };
    let (severity, traits) = (clocks.severity, case.traits());
    let mut bases = vec![];
    if clocks.response.is_open() {
        let target = policy.response_target(severity, traits);
        let text = words::basis(connection, moment, severity, traits, target)?;
        bases.push(PromiseBasis { promise: PromiseKind::Response, text });
    }
    if clocks.resolution.is_open() {
        let target = policy.resolution_target(severity, traits);
        let text = words::basis(connection, moment, severity, traits, target)?;
        bases.push(PromiseBasis { promise: PromiseKind::Resolution, text });
    }
    Ok(bases)
}

pub(super) fn link(connection: &Connection, id: shukebu_domain::ids::ComplaintId) -> Result<CaseLink> {
    let case = store::complaints::get(connection, id)?;
    Ok(CaseLink { id, case_no: case.case_no, description: case.description })
}

/// A business has been answered when it was called and written to in this cycle.
fn missing(case: &Case, clocks: &CaseClocks) -> Vec<String> {
    if !case.is_of_business() || !clocks.status.is_open() || clocks.response.ended_at.is_some() {
        return vec![];
    }
    let of_this_cycle =
        || case.events.iter().rev().take_while(|event| !matches!(event.what, EventKind::Reopened { .. }));
    let has_gone = |wanted: Channel| {
        of_this_cycle().any(|event| matches!(event.what, EventKind::Responded { channel } if channel == wanted))
    };
    Channel::suggested(true)
        .iter()
        .filter(|channel| !has_gone(**channel))
        .map(|channel| word(*channel).to_owned())
        .collect()
}

/// A channel as the forms name it.
pub(super) const fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::InPerson => "in_person",
        Channel::Phone => "phone",
        Channel::Wechat => "wechat",
        Channel::Message => "sms",
        Channel::Mail => "email",
    }
}
