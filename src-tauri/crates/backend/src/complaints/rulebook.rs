//! What was promised and when the shop was open, through all versions of both.

use crate::error::{ApiError, ErrorCode, Result};
use crate::store::calendar::PolicyVersion;
use crate::{opening_hours, store};
use rusqlite::Connection;
use shukebu_domain::calendar::CompiledCalendar;
use shukebu_domain::complaint::{Policy, Terms};
use shukebu_domain::time::Timestamp;
use std::sync::Arc;

/// Every version of promises and hours, in the order in which they came into force.
pub(crate) struct Rulebook(Vec<Held>);

struct Held {
    from: Timestamp,
    policy: Option<Policy>,
    calendar: Arc<CompiledCalendar>,
}

impl Rulebook {
    /// Reads every version.
    pub(crate) fn load(connection: &Connection) -> Result<Self> {
        Self::of(connection, store::calendar::policies(connection)?)
    }

    /// Every version and one that is only being considered.
    pub(crate) fn load_with(connection: &Connection, considered: PolicyVersion) -> Result<Self> {
        let mut policies = store::calendar::policies(connection)?;
        policies.push(considered);
        Self::of(connection, policies)
    }

    fn of(connection: &Connection, policies: Vec<PolicyVersion>) -> Result<Self> {
        let calendars = store::calendar::calendars(connection)?
            .iter()
            .map(|version| Ok((version.from, opening_hours::compiled(version)?)))
            .collect::<Result<Vec<_>>>()?;
        let (Some(first_policy), Some((_, first_calendar))) = (policies.first(), calendars.first()) else {
            return Err(ApiError::new(ErrorCode::Damaged, "book.damaged"));
        };
        let mut changes: Vec<Timestamp> =
            policies.iter().map(|version| version.from).chain(calendars.iter().map(|(from, _)| *from)).collect();
        changes.sort_unstable();
        changes.dedup();
        let held = changes.into_iter().map(|from| Held {
            from,
            policy: policies.iter().rfind(|version| version.from <= from).unwrap_or(first_policy).policy.clone(),
            calendar: Arc::clone(
                calendars.iter().rfind(|(since, _)| *since <= from).map_or(first_calendar, |(_, calendar)| calendar),
            ),
        });
        Ok(Self(held.collect()))
    }

    /// As the domain asks for them.
    pub(super) fn terms(&self) -> Vec<Terms<'_>> {
        self.0
            .iter()
            .map(|held| Terms { from: held.from, policy: held.policy.as_ref(), calendar: &held.calendar })
            .collect()
    }

    /// The hours that hold now.
    pub(crate) fn calendar(&self) -> &CompiledCalendar {
        &self.last().calendar
    }

    /// The promises that hold now.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.last().policy.as_ref()
    }

    /// Since when the newest version holds; a later one never begins before it, even when the computer's clock went
    /// back.
    pub(crate) fn newest_from(&self) -> Timestamp {
        self.last().from
    }

    fn last(&self) -> &Held {
        self.0.last().expect("BUG: a rulebook without a version is not loaded")
    }
}
