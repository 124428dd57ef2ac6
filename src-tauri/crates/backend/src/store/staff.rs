//! People of the shop.

use crate::api::staff::StaffView;
use crate::error::{ApiError, ErrorCode, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::Role;
use shukebu_domain::time::Timestamp;

/// Who is at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose id.
    pub staff: StaffId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// The person of this name.
pub(crate) fn session_of(connection: &Connection, name: &str) -> Result<Session> {
    let found = connection
        .query_row(
            "SELECT id, name, role FROM staff WHERE name = :name AND is_active = 1",
            named_params! { ":name": name },
            read,
        )
        .optional()?;
    found.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "not_found.staff"))
}

/// A person who works here now.
pub(crate) fn by_id(connection: &Connection, id: StaffId) -> Result<Option<Session>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, role FROM staff WHERE id = :id AND is_active = 1")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, read).optional()?)
}

/// What somebody who works or worked here is called.
pub(crate) fn name(connection: &Connection, id: StaffId) -> Result<String> {
    let mut statement = connection.prepare_cached("SELECT name FROM staff WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("name"))?)
}

/// Everybody who works here now with their rights, by name.
pub(crate) fn people(connection: &Connection) -> Result<Vec<Session>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, role FROM staff WHERE is_active = 1 ORDER BY name, id")?;
    Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// The owner: who acts in a one-person shop.
pub(crate) fn owner(connection: &Connection) -> Result<Session> {
    let found = connection
        .query_row(
            "SELECT id, name, role FROM staff WHERE role = 'owner' AND is_active = 1 ORDER BY id LIMIT 1",
            [],
            read,
        )
        .optional()?;
    found.ok_or_else(|| ApiError::new(ErrorCode::Damaged, "book.damaged"))
}

/// Name of a person.
pub(crate) fn name_of(connection: &Connection, id: StaffId) -> Result<String> {
    let mut statement = connection.prepare_cached("SELECT name FROM staff WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| row.get("name"))?)
}

/// Whether a person works here or did.
pub(crate) fn is_known(connection: &Connection, id: StaffId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT id FROM staff WHERE id = :id")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

/// Whether a person works here now.
pub(crate) fn is_active(connection: &Connection, id: StaffId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT id FROM staff WHERE id = :id AND is_active = 1")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

/// Everybody who works here now, by name.
pub(crate) fn active(connection: &Connection) -> Result<Vec<(StaffId, String)>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name FROM staff WHERE is_active = 1 ORDER BY name, id")?;
    let rows = statement.query_map([], |row| Ok((StaffId(row.get("id")?), row.get("name")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A person as the rules of absence need it.
#[derive(Debug, Clone)]
pub(crate) struct StoredStaff {
    pub id: StaffId,
    pub name: String,
    pub role: Role,
    pub is_active: bool,
    pub away_until: Option<NaiveDate>,
    pub deputy: Option<StaffId>,
}

impl StoredStaff {
    /// The last day away of somebody who is away today.
    pub(crate) fn away_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.away_until.filter(|until| *until >= today)
    }

    /// Whether the person works here and is not away.
    pub(crate) fn is_here(&self, today: NaiveDate) -> bool {
        self.is_active && self.away_on(today).is_none()
    }
}

/// One person, working here or not.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: StaffId) -> Result<StoredStaff> {
    let mut statement = connection
        .prepare_cached("SELECT id, name, role, is_active, away_until_on, deputy_id FROM staff WHERE id = :id")?;
    let found = statement
        .query_row(named_params! { ":id": id.0 }, |row| {
            let Session { staff, name, role } = read(row)?;
            Ok(StoredStaff {
                id: staff,
                name,
                role,
                is_active: row.get("is_active")?,
                away_until: store::day_or_none(row, "away_until_on")?,
                deputy: row.get::<_, Option<i64>>("deputy_id")?.map(StaffId),
            })
        })
        .optional()?;
    found.ok_or_else(|| ApiError::not_found("staff"))
}

/// Everybody, those who work here first.
pub(crate) fn all(connection: &Connection, asking: StaffId) -> Result<Vec<StaffView>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, role, is_active, away_until_on, deputy_id,
                (SELECT count(*)
                 FROM dedicated_contacts AS said
                 WHERE said.contact_id = staff.id
                   AND said.id = (SELECT max(newest.id)
                                  FROM dedicated_contacts AS newest
                                  WHERE newest.customer_id = said.customer_id)) AS customers,
                (SELECT count(*)
                 FROM complaints
                 WHERE complaints.owner_id = staff.id AND complaints.is_open = 1) AS open_cases
         FROM staff
         ORDER BY is_active DESC, name, id",
    )?;
    let rows = statement.query_map([], |row| {
        let Session { staff, name, role } = read(row)?;
        Ok(StaffView {
            id: staff,
            name,
            role,
            is_active: row.get("is_active")?,
            is_self: staff == asking,
            away_until_on: store::day_or_none(row, "away_until_on")?,
            deputy_id: row.get::<_, Option<i64>>("deputy_id")?.map(StaffId),
            customers: row.get("customers")?,
            open_cases: row.get("open_cases")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether somebody has this name or had it.
pub(crate) fn has_name(connection: &Connection, name: &str, but: Option<StaffId>) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT id FROM staff WHERE name = :name AND id IS NOT :but")?;
    Ok(statement.exists(named_params! { ":name": name, ":but": but.map(|but| but.0) })?)
}

/// How many owners work here.
pub(crate) fn owners(connection: &Connection) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) AS n FROM staff WHERE role = 'owner' AND is_active = 1")?;
    Ok(statement.query_row([], |row| row.get("n"))?)
}

/// Gives a person another name.
pub(crate) fn rename(tx: &Transaction, id: StaffId, name: &str) -> Result<()> {
    tx.execute("UPDATE staff SET name = :name WHERE id = :id", named_params! { ":id": id.0, ":name": name })?;
    Ok(())
}

/// A person leaves or comes back.
pub(crate) fn set_active(tx: &Transaction, id: StaffId, is_active: bool) -> Result<()> {
    tx.execute(
        "UPDATE staff SET is_active = :active, away_until_on = NULL WHERE id = :id",
        named_params! { ":id": id.0, ":active": is_active },
    )?;
    Ok(())
}

/// A person is away until a day, and who stands in.
pub(crate) fn set_away(tx: &Transaction, id: StaffId, until: Option<NaiveDate>, deputy: Option<StaffId>) -> Result<()> {
    tx.execute(
        "UPDATE staff SET away_until_on = :until, deputy_id = :deputy WHERE id = :id",
        named_params! {
            ":id": id.0, ":until": until.map(|day| day.to_string()), ":deputy": deputy.map(|deputy| deputy.0),
        },
    )?;
    Ok(())
}

/// Adds a person.
pub(crate) fn insert(connection: &Connection, name: &str, role: Role, at: Timestamp) -> Result<StaffId> {
    connection.execute(
        "INSERT INTO staff (name, role, created_at) VALUES (:name, :role, :at)",
        named_params! { ":name": name, ":role": role.as_str(), ":at": at.millis() },
    )?;
    Ok(StaffId(connection.last_insert_rowid()))
}

fn read(row: &Row) -> rusqlite::Result<Session> {
    let role: String = row.get("role")?;
    Ok(Session {
        staff: StaffId(row.get("id")?),
        name: row.get("name")?,
        role: Role::parse(&role).unwrap_or(Role::Clerk),
    })
}
