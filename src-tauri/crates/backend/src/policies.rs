//! What the shop promises: versions that are only ever added, and what a version would mean before it is one. Clocks
//! that are still open are counted anew under new promises, and every move is written down; judged ones stay.

use crate::api::books::Nothing;
use crate::api::complaints::CaseKind;
use crate::api::complaints::{PromiseKind, SeverityInput};
use crate::api::policies::{
    ClassChoice, PolicyChange, PolicyDue, PolicyPreview, PolicyQuestion, PolicyVersionView, PolicyView,
};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::complaints::{self, CLERK_LIMIT, CLERK_LIMIT_MINOR, MANAGER_LIMIT, MANAGER_LIMIT_MINOR, Rulebook};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::calendar::PolicyVersion;
use crate::tiers;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::calendar::CompiledCalendar;
use shukebu_domain::complaint::{CaseTraits, Policy, Promise, Severity, promised_from};
use shukebu_domain::error::FieldError;
use shukebu_domain::money::Money;
use shukebu_domain::rights::{Right, right};
use shukebu_domain::time::Timestamp;

/// What is promised now, and how that came about.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<PolicyView> {
    app.read(|connection, moment| {
        let limit = |key, usual| Ok::<_, ApiError>(Money::from_minor(store::book::setting(connection, key, usual)?));
        let versions = store::calendar::policies_by_staff(connection)?;
        Ok(PolicyView {
            policy: versions.last().and_then(|(version, _)| version.policy.clone()),
            usual: Policy::default(),
            clerk_limit_minor: limit(CLERK_LIMIT, CLERK_LIMIT_MINOR)?,
            manager_limit_minor: limit(MANAGER_LIMIT, MANAGER_LIMIT_MINOR)?,
            versions: versions.into_iter().rev().map(version_view).collect(),
            tiers: tiers::tier_names(connection, moment)?,
            classes: classes::tags(connection, moment.language)?
                .into_iter()
                .map(|(key, tag)| ClassChoice { key, name: tag.name })
                .collect(),
            may_change: right(moment.session.role, "policy.change") == Right::Yes,
        })
    })
}

fn version_view((version, staff): (PolicyVersion, String)) -> PolicyVersionView {
    let policy = version.policy;
    PolicyVersionView {
        from: version.from,
        staff,
        response_minutes: policy.as_ref().map(|policy| policy.response_minutes.normal),
        resolution_minutes: policy.as_ref().map(|policy| policy.resolution_minutes.normal),
        exceptions: policy.map_or(0, |policy| u32::try_from(policy.shorter.len()).unwrap_or(u32::MAX)),
    }
}

/// New promises from now on.
///
/// # Errors
/// Everything that cannot be promised, each at its own field; a limit below nothing, a clerk who may give more than a
/// manager.
pub fn change(app: &App, input: PolicyChange) -> Result<PolicyView> {
    app.write(Op::new("policy.change").keyed(input.client_key), move |tx, moment| {
        let policy = input.policy;
        if let Some(policy) = &policy {
            policy.validate().map_err(|refusal| named_in_input(refusal.into()))?;
        }
        let limits = [
            ("clerk_limit_minor", CLERK_LIMIT, input.clerk_limit_minor),
            ("manager_limit_minor", MANAGER_LIMIT, input.manager_limit_minor),
        ];
        for (field, key, limit) in limits {
            let Some(limit) = limit else { continue };
            if limit.is_negative() {
                return Err(ApiError::field(field, "amount.negative"));
            }
            store::book::set_setting(tx, key, limit.minor(), moment.now)?;
        }
        let clerk = store::book::setting(tx, CLERK_LIMIT, CLERK_LIMIT_MINOR)?;
        if clerk > store::book::setting(tx, MANAGER_LIMIT, MANAGER_LIMIT_MINOR)? {
            return Err(ApiError::field("clerk_limit_minor", "policy.clerk_above_manager"));
        }
        let before = Rulebook::load(tx)?;
        if before.policy() == policy.as_ref() {
            return Ok(Written::many("policy"));
        }
        let version = PolicyVersion { from: moment.now.max(before.newest_from()), policy };
        store::calendar::insert_policy(tx, &version, moment.session.staff)?;
        let moved = complaints::after_new_terms(tx, moment, &before)?;
        Ok(Written::many("policy").detail(json!({ "moved_complaints": moved })))
    })?;
    get(app, Nothing {})
}

/// When a case received at some moment would be due, and what would become of the open ones.
///
/// # Errors
/// Promises that cannot be kept.
pub fn preview(app: &App, input: PolicyQuestion) -> Result<PolicyPreview> {
    if let Some(policy) = &input.policy {
        policy.validate().map_err(|refusal| named_in_input(refusal.into()))?;
    }
    app.read(move |connection, moment| {
        let rulebook = Rulebook::load(connection)?;
        let asked = input.policy.as_ref().or(rulebook.policy());
        let received_at = input.received_at.unwrap_or(moment.now);
        let traits = CaseTraits {
            category: input.category.clone(),
            class: input.class.clone(),
            tier: input.tier.clone(),
            business: false,
            inquiry: input.kind == CaseKind::Inquiry,
            service_response_minutes: match &input.class {
                Some(class) => crate::segmentation::complaint_target(connection, class)?,
                None => None,
            },
        };
        let mut rows = vec![];
        for severity in [Severity::Normal, Severity::High, Severity::Red] {
            if let Some(policy) = asked {
                rows.extend(due_times(policy, rulebook.calendar(), severity, &traits, received_at));
            }
        }
        let (moving, late_at_once) = match &input.policy {
            Some(policy) => would_move(connection, moment, &rulebook, policy)?,
            None => (0, 0),
        };
        Ok(PolicyPreview { received_at, rows, moving, late_at_once })
    })
}

fn would_move(
    connection: &Connection,
    moment: &Moment,
    rulebook: &Rulebook,
    policy: &Policy,
) -> Result<(usize, usize)> {
    let version = PolicyVersion { from: moment.now.max(rulebook.newest_from()), policy: Some(policy.clone()) };
    complaints::would_move(connection, moment, rulebook, &Rulebook::load_with(connection, version)?)
}

fn due_times(
    policy: &Policy,
    calendar: &CompiledCalendar,
    severity: Severity,
    traits: &CaseTraits,
    received_at: Timestamp,
) -> Vec<PolicyDue> {
    promised_from(policy, calendar, severity, traits, received_at)
        .into_iter()
        .map(|due| PolicyDue {
            severity: match severity {
                Severity::Red => SeverityInput::Red,
                Severity::High => SeverityInput::High,
                Severity::Normal => SeverityInput::Normal,
            },
            promise: match due.promise {
                Promise::Response => PromiseKind::Response,
                Promise::Update => PromiseKind::Update,
                Promise::Resolution => PromiseKind::Resolution,
                Promise::FollowUp => PromiseKind::FollowUp,
            },
            target_s: due.target_s,
            due_at: due.due_at,
            do_before: due.do_before,
        })
        .collect()
}

/// A fault of the policy at its place in the command's input.
fn named_in_input(mut refusal: ApiError) -> ApiError {
    for FieldError { field, .. } in &mut refusal.fields {
        field.insert_str(0, "policy.");
    }
    refusal
}
