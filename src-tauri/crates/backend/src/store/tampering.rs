//! Changes that no use case makes, for the tests that must notice them.

use crate::error::Result;
use rusqlite::Connection;

/// Lets each entity's ids begin at a thousand of its own.
pub(crate) fn offset_ids(connection: &Connection) -> Result<()> {
    let tables = ["customers", "products", "sales", "refunds", "complaints", "complaint_events", "contacts"];
    for (table, thousand) in tables.iter().zip(1_i64..) {
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [table])?;
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", (table, thousand * 1000))?;
    }
    Ok(())
}

/// A person of the shop.
pub(crate) fn add_staff(connection: &Connection, name: &str, role: &str, at: i64) -> Result<()> {
    connection.execute("INSERT INTO staff (name, role, created_at) VALUES (?1, ?2, ?3)", (name, role, at))?;
    Ok(())
}

/// A version from the future.
pub(crate) fn pretend_newer(connection: &Connection) -> Result<()> {
    connection.execute(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (9999, 'future', '', '0')",
        [],
    )?;
    Ok(())
}

/// Nothing is kept of what was counted.
pub(crate) fn forget_numbers(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM counted_numbers", [])?;
    Ok(())
}

/// The lines of those who stand below somebody are as good as none, and the book says that its lines are of the first
/// version.
pub(crate) fn pretend_first_search(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "UPDATE customer_search
         SET text = ''
         WHERE customer_id IN (SELECT customer_id FROM customer_details WHERE parent_id IS NOT NULL);
         UPDATE settings SET value = '1' WHERE key = 'search_text_version';",
    )?;
    Ok(())
}

/// The newest row of the log: who, what, and what it says beside.
pub(crate) fn newest_act(connection: &Connection) -> Result<(String, String, String)> {
    let act = connection.query_row(
        "SELECT staff.name AS staff, audit.action, audit.detail
         FROM audit
         JOIN staff ON staff.id = audit.staff_id
         ORDER BY audit.id DESC
         LIMIT 1",
        [],
        |row| Ok((row.get("staff")?, row.get("action")?, row.get("detail")?)),
    )?;
    Ok(act)
}

/// Two indexes of the customers take each other's place: every page is sealed and every tree sound, and both say what is
/// not so.
pub(crate) fn mix_up_indexes(connection: &Connection) -> Result<()> {
    by_a_stranger(
        connection,
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema
         SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema
                         WHERE name IN ('customers_by_name', 'customers_by_joined')) - rootpage
         WHERE name IN ('customers_by_name', 'customers_by_joined');
         PRAGMA writable_schema = RESET;",
    )
}

/// What no statement of the program could do.
pub(crate) fn by_a_stranger(connection: &Connection, sql: &str) -> Result<()> {
    use rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE;
    connection.set_db_config(SQLITE_DBCONFIG_DEFENSIVE, false)?;
    connection.execute_batch(sql)?;
    connection.set_db_config(SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

/// Any statement.
pub(crate) fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.execute_batch(sql)?;
    Ok(())
}
