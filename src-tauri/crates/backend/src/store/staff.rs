//! People of the shop.

use crate::app::Session;
use crate::error::{ApiError, ErrorCode, Result};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::Role;
use shukebu_domain::time::Timestamp;

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
