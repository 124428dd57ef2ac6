//! How much a person may give for a complaint without asking.

use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::Connection;
use shukebu_domain::error::FieldError;
use shukebu_domain::money::Money;
use shukebu_domain::rights::Role;

/// What a person may give without asking, until the shop decides otherwise.
pub(crate) const CLERK_LIMIT_MINOR: i64 = 5_000;
/// What a manager may give without asking.
pub(crate) const MANAGER_LIMIT_MINOR: i64 = 100_000;
/// The setting of a clerk's limit.
pub(crate) const CLERK_LIMIT: &str = "compensation_limit_clerk_minor";
/// Giving more than one's own limit.
pub(super) const APPROVE: &str = "complaint.compensate";
/// The setting of a manager's limit.
pub(crate) const MANAGER_LIMIT: &str = "compensation_limit_manager_minor";

/// Refuses a cost that is above what a person may spend alone, or with whoever approves.
pub(super) fn within_limit(connection: &Connection, moment: &Moment, field: &str, cost: Money) -> Result<()> {
    let limit = limit_for(connection, moment, cost)?;
    if cost <= limit {
        return Ok(());
    }
    let problem = FieldError::new(field, "resolution.approval_missing");
    Err(ApiError::from(problem.with("limit", crate::wording::amount(moment, limit))).asking(APPROVE))
}

/// What may be given where something costs so much: by the person alone, or by whoever approves where that is not enough.
pub(super) fn limit_for(connection: &Connection, moment: &Moment, cost: Money) -> Result<Money> {
    let own = limit_of(connection, moment.session.role)?;
    match &moment.approval {
        Some(approval) if cost > own && moment.is_approved(APPROVE) => {
            Ok(own.max(limit_of(connection, approval.role)?))
        }
        _ => Ok(own),
    }
}

fn limit_of(connection: &Connection, role: Role) -> Result<Money> {
    let limit = |key, default| Ok(Money::from_minor(store::book::setting(connection, key, default)?));
    match role {
        Role::Clerk => limit(CLERK_LIMIT, CLERK_LIMIT_MINOR),
        Role::Manager => limit(MANAGER_LIMIT, MANAGER_LIMIT_MINOR),
        Role::Owner => Ok(Money::from_minor(i64::MAX)),
    }
}
