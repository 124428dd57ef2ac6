//! All tables as rows of JSON and back. The form of the book itself says which tables and columns there are, so that a
//! table added later is part of it without a word here; what is left out stands in the two lists below.

use super::quoted;
use crate::error::{ApiError, ErrorCode, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
pub(crate) use rusqlite::types::Value as Sql;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, params_from_iter};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::Write;

/// Tables that belong to this file and not to the shop.
const LEFT_OUT: [&str; 9] = [
    // Chained to the key of this file; a backup carries it, another book begins its own.
    "audit",
    // Where copies of this file lie on this computer.
    "backups",
    // When this file was last open.
    "heartbeat",
    // Made from the customers.
    "customer_search",
    // How somebody left a table on this computer.
    "table_layouts",
    // Counted from the sales.
    "counted_numbers",
    "number_changes",
    // Walked again from the sales.
    "ladder_summaries",
    "refinery_schema_history",
];

/// Columns that are made from others, and the identity of the file.
const LEFT_OUT_COLUMNS: [(&str, &str); 3] = [("book", "uuid"), ("customers", "sort_key"), ("products", "search_text")];

/// Columns that the caller gives for every row of a table, because they are made from others.
pub(crate) type Derived = BTreeMap<&'static str, Sql>;

/// The tables, by name.
pub(crate) fn tables(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get::<_, String>("name"))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    Ok(names.into_iter().filter(|name| !LEFT_OUT.contains(&name.as_str())).collect())
}

/// The columns of a table in their order.
pub(crate) fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let names = statement.query_map([table], |row| row.get::<_, String>("name"))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    Ok(names
        .into_iter()
        .filter(|column| !LEFT_OUT_COLUMNS.iter().any(|(of, left_out)| *of == table && left_out == column))
        .collect())
}

/// The rows of a table in the order in which they came into the book, each as JSON text.
pub(crate) fn rows(connection: &Connection, table: &str, each: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let columns = columns(connection, table)?;
    let mut statement =
        connection.prepare(&format!("SELECT {} FROM {} ORDER BY rowid", list(&columns), quoted(table)))?;
    write_rows(table, &columns, statement.query([])?, each)
}

/// The rows of a table that fit a condition over one id (`?1`), each as JSON text.
pub(crate) fn rows_where(
    connection: &Connection,
    table: &str,
    condition: &str,
    id: i64,
    each: impl FnMut(&str) -> Result<()>,
) -> Result<()> {
    let columns = columns(connection, table)?;
    let sql = format!("SELECT {} FROM {} WHERE {condition} ORDER BY rowid", list(&columns), quoted(table));
    let mut statement = connection.prepare(&sql)?;
    write_rows(table, &columns, statement.query([id])?, each)
}

fn write_rows(
    table: &str,
    columns: &[String],
    mut rows: rusqlite::Rows,
    mut each: impl FnMut(&str) -> Result<()>,
) -> Result<()> {
    let mut text = Vec::new();
    while let Some(row) = rows.next()? {
        text.clear();
        for (position, column) in columns.iter().enumerate() {
            text.push(if position == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut text, column)?;
            text.push(b':');
            match row.get_ref(column.as_str())? {
                ValueRef::Null => text.extend_from_slice(b"null"),
                ValueRef::Integer(number) => serde_json::to_writer(&mut text, &number)?,
                ValueRef::Text(bytes) => {
                    let words = std::str::from_utf8(bytes).map_err(ApiError::internal)?;
                    serde_json::to_writer(&mut text, words)?;
                }
                // The content of kept files: an object, so that nobody takes it for a text.
                ValueRef::Blob(bytes) => write!(text, "{{\"base64\":\"{}\"}}", STANDARD.encode(bytes))?,
                // The form of the book has no such column.
                ValueRef::Real(_) => return Err(ApiError::internal(format!("{table}.{column}"))),
            }
        }
        text.push(b'}');
        each(std::str::from_utf8(&text).map_err(ApiError::internal)?)?;
    }
    Ok(())
}

/// Empties the tables, so that what a new book starts with makes room. References are looked at in the end.
pub(crate) fn empty(tx: &Transaction) -> Result<()> {
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    super::changes::everything_changed();
    for table in tables(tx)? {
        // The row of the book stays: it holds the identity of the file.
        if table != "book" {
            tx.execute(&format!("DELETE FROM {}", quoted(&table)), [])?;
        }
    }
    Ok(())
}

/// Puts rows into one table.
pub(crate) struct Filler {
    table: String,
    known: Vec<String>,
    sql: String,
    keys: Vec<String>,
}

impl Filler {
    /// For a table of the book.
    ///
    /// # Errors
    /// `everything.unknown_table`.
    pub(crate) fn new(tx: &Transaction, table: &str) -> Result<Self> {
        if !tables(tx)?.iter().any(|known| known == table) {
            return Err(refused("everything.unknown_table").with("table", table));
        }
        Ok(Self { table: table.to_owned(), known: columns(tx, table)?, sql: String::new(), keys: vec![] })
    }

    /// Adds a row; the one row of the book is changed instead.
    ///
    /// # Errors
    /// `everything.unknown_column`, `everything.row_refused`: what the form of the book does not take.
    pub(crate) fn add(&mut self, tx: &Transaction, row: Map<String, Value>, derived: Derived) -> Result<()> {
        if !row.keys().eq(self.keys.iter()) || self.sql.is_empty() {
            self.prepare(&row, &derived)?;
        }
        let values: Option<Vec<Sql>> = row.into_iter().map(|(_, value)| to_sql(value)).collect();
        let values = values.ok_or_else(|| self.row_refused())?;
        let all = values.into_iter().chain(derived.into_values());
        match tx.prepare_cached(&self.sql)?.execute(params_from_iter(all)) {
            Ok(_) => Ok(()),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                Err(self.row_refused())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn row_refused(&self) -> ApiError {
        refused("everything.row_refused").with("table", &self.table)
    }

    fn prepare(&mut self, row: &Map<String, Value>, derived: &Derived) -> Result<()> {
        self.keys = row.keys().cloned().collect();
        if let Some(unknown) = self.keys.iter().find(|key| !self.known.contains(key)) {
            return Err(refused("everything.unknown_column").with("table", &self.table).with("column", unknown));
        }
        let mut columns = self.keys.clone();
        columns.extend(derived.keys().map(|column| (*column).to_owned()));
        let holes = (1..=columns.len()).map(|place| format!("?{place}"));
        self.sql = if self.table == "book" {
            let sets: Vec<String> =
                columns.iter().zip(holes).map(|(it, hole)| format!("{} = {hole}", quoted(it))).collect();
            format!("UPDATE book SET {}", sets.join(", "))
        } else {
            let holes: Vec<String> = holes.collect();
            format!("INSERT INTO {} ({}) VALUES ({})", quoted(&self.table), list(&columns), holes.join(", "))
        };
        Ok(())
    }
}

/// Refuses when a row points at one that is not there.
pub(crate) fn check_references(tx: &Transaction) -> Result<()> {
    let broken: Option<String> = tx
        .prepare("SELECT \"table\" AS name FROM pragma_foreign_key_check LIMIT 1")?
        .query_map([], |row| row.get("name"))?
        .next()
        .transpose()?;
    broken.map_or(Ok(()), |table| Err(refused("everything.row_refused").with("table", table)))
}

/// Whether nobody has worked in the book yet.
pub(crate) fn is_new(connection: &Connection) -> Result<bool> {
    Ok(connection.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM customers) AND NOT EXISTS (SELECT 1 FROM sales)
                AND NOT EXISTS (SELECT 1 FROM products) AND NOT EXISTS (SELECT 1 FROM complaints) AS is_new",
        [],
        |row| row.get("is_new"),
    )?)
}

fn refused(key: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, key)
}

/// A value as SQL takes it: a whole number, a text or the content of a file; `None` for what no column holds.
pub(crate) fn to_sql(value: Value) -> Option<Sql> {
    match value {
        Value::Null => Some(Sql::Null),
        Value::Number(number) => number.as_i64().map(Sql::Integer),
        Value::String(text) => Some(Sql::Text(text)),
        Value::Object(mut only) if only.len() == 1 => match only.remove("base64") {
            Some(Value::String(text)) => STANDARD.decode(text).ok().map(Sql::Blob),
            _ => None,
        },
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}
