//! Versions of opening hours and of what is promised for complaints.

use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::calendar::{BusinessCalendar, StatutoryDays};
use shukebu_domain::complaint::Policy;
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;

/// Opening hours as they were written down at some moment.
#[derive(Debug, Clone)]
pub(crate) struct CalendarVersion {
    pub from: Timestamp,
    pub calendar: BusinessCalendar,
    pub closes_on_statutory_days: bool,
    /// A newer list of statutory days that came with these hours; none where the shipped one holds.
    pub statutory: Option<StatutoryDays>,
}

/// Promises as they were written down at some moment; none where they were taken back.
#[derive(Debug, Clone)]
pub(crate) struct PolicyVersion {
    pub from: Timestamp,
    pub policy: Option<Policy>,
}

/// Adds a version of the opening hours.
pub(crate) fn insert_calendar(tx: &Transaction, version: &CalendarVersion, staff: StaffId) -> Result<()> {
    tx.execute(
        "INSERT INTO calendar_versions (definition, closes_on_statutory_days, statutory, created_at, staff_id)
         VALUES (:definition, :closes, :statutory, :at, :staff)",
        named_params! {
            ":definition": serde_json::to_string(&version.calendar)?, ":closes": version.closes_on_statutory_days,
            ":statutory": version.statutory.as_ref().map(serde_json::to_string).transpose()?,
            ":at": version.from.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// Adds a version of the promises.
pub(crate) fn insert_policy(tx: &Transaction, version: &PolicyVersion, staff: StaffId) -> Result<()> {
    tx.execute(
        "INSERT INTO policy_versions (definition, created_at, staff_id) VALUES (:definition, :at, :staff)",
        named_params! {
            ":definition": serde_json::to_string(&version.policy)?, ":at": version.from.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// All opening hours, oldest first.
pub(crate) fn calendars(connection: &Connection) -> Result<Vec<CalendarVersion>> {
    let mut statement = connection.prepare_cached(
        "SELECT definition, closes_on_statutory_days, statutory, created_at FROM calendar_versions ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut versions = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        let statutory: Option<String> = row.get("statutory")?;
        versions.push(CalendarVersion {
            from: store::instant(row, "created_at")?,
            calendar: serde_json::from_str(&definition)?,
            closes_on_statutory_days: row.get("closes_on_statutory_days")?,
            statutory: statutory.as_deref().map(serde_json::from_str).transpose()?,
        });
    }
    Ok(versions)
}

/// All promises with the names of who wrote them down, oldest first.
pub(crate) fn policies_by_staff(connection: &Connection) -> Result<Vec<(PolicyVersion, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT staff.name AS name
         FROM policy_versions
         JOIN staff ON staff.id = policy_versions.staff_id
         ORDER BY policy_versions.id",
    )?;
    let names = statement.query_map([], |row| row.get("name"))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(policies(connection)?.into_iter().zip(names).collect())
}

/// All promises, oldest first.
pub(crate) fn policies(connection: &Connection) -> Result<Vec<PolicyVersion>> {
    let mut statement = connection.prepare_cached("SELECT definition, created_at FROM policy_versions ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut versions = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        versions.push(PolicyVersion {
            from: store::instant(row, "created_at")?,
            policy: serde_json::from_str(&definition)?,
        });
    }
    Ok(versions)
}
