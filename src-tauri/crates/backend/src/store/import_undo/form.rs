//! The form of the book as the book itself tells it, so that a table added later needs no word here.

use crate::error::Result;
use crate::store::quoted;
use rusqlite::{Connection, OptionalExtension, named_params};

/// A table of the book.
pub(super) struct Table {
    pub name: String,
    /// Its ids are given once and never again.
    pub is_numbered: bool,
    pub has_rowid: bool,
}

/// A column that points at rows of another table.
pub(super) struct Pointer {
    pub table: String,
    pub column: String,
    pub at: String,
    /// The column is the row's own key: the row is a part of what it points at.
    pub is_own_key: bool,
}

/// All tables and what points where.
pub(super) struct Form {
    pub tables: Vec<Table>,
    pub pointers: Vec<Pointer>,
}

impl Form {
    /// Reads the form.
    pub(super) fn of(connection: &Connection) -> Result<Self> {
        let mut statement = connection.prepare(
            "SELECT list.name, list.wr AS has_no_rowid, master.sql LIKE '%AUTOINCREMENT%' AS is_numbered
             FROM pragma_table_list AS list
             JOIN sqlite_schema AS master ON master.name = list.name AND master.type = 'table'
             WHERE list.schema = 'main' AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY list.name",
        )?;
        let tables = statement.query_map([], |row| {
            Ok(Table {
                name: row.get("name")?,
                is_numbered: row.get("is_numbered")?,
                has_rowid: !row.get::<_, bool>("has_no_rowid")?,
            })
        })?;
        let tables: Vec<Table> = tables.collect::<rusqlite::Result<_>>()?;
        let mut pointers = Vec::new();
        for table in &tables {
            pointers.extend(pointers_of(connection, &table.name)?);
        }
        Ok(Self { tables, pointers })
    }

    /// The last id that a table has given.
    pub(super) fn last_id(&self, connection: &Connection, table: &Table) -> Result<Option<i64>> {
        if !table.is_numbered {
            return Ok(None);
        }
        Ok(connection
            .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = :name")?
            .query_row(named_params! { ":name": table.name }, |row| row.get(0))
            .optional()?)
    }
}

fn pointers_of(connection: &Connection, table: &str) -> Result<Vec<Pointer>> {
    let mut statement = connection.prepare_cached(
        "SELECT keys.\"from\" AS name, keys.\"table\" AS target,
                (SELECT count(*) FROM pragma_table_info(:table) WHERE pk > 0) = 1
                AND EXISTS (SELECT 1 FROM pragma_table_info(:table) WHERE pk > 0 AND name = keys.\"from\") AS is_own_key
         FROM pragma_foreign_key_list(:table) AS keys
         ORDER BY keys.id, keys.seq",
    )?;
    let rows = statement.query_map(named_params! { ":table": table }, |row| {
        Ok(Pointer {
            table: table.to_owned(),
            column: row.get("name")?,
            at: row.get("target")?,
            is_own_key: row.get("is_own_key")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What differs between a row before and after as JSON, and the columns of `keys` in any case.
pub(super) fn changed_json(row: &str, columns: &[String], keys: &[&str]) -> String {
    let cells: Vec<String> = columns
        .iter()
        .map(|column| {
            let (text, name) = (column.replace('\'', "''"), quoted(column));
            let is_key = keys.contains(&column.as_str());
            let only = if is_key { String::new() } else { format!(" WHERE OLD.{name} IS NOT NEW.{name}") };
            format!("SELECT '{text}' AS name, {row}.{name} AS value{only}")
        })
        .collect();
    format!("(SELECT json_group_object(name, value) FROM ({}))", cells.join(" UNION ALL "))
}

/// A row as JSON, column to value.
pub(super) fn columns_json(row: &str, columns: &[String]) -> String {
    let pairs: Vec<String> =
        columns.iter().map(|column| format!("'{}', {row}.{}", column.replace('\'', "''"), quoted(column))).collect();
    format!("json_object({})", pairs.join(", "))
}
