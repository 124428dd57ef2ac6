//! What something wrote into a book, row by row, and the same as one bare transaction.

use super::plain_book;
use rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use std::path::Path;

/// Statements that make one book into another, each with its values.
pub struct Writes(Vec<(String, Vec<Value>)>);

impl Writes {
    /// What differs between two states of a book, neither of which is open. Ids are kept.
    pub fn between(before: &Path, after: &Path) -> Self {
        let book = plain_book::open(after);
        let key =
            std::fs::read_to_string(shukebu_backend::keys::key_path(before)).expect("the key lies beside the book");
        book.execute("ATTACH ?1 AS was KEY ?2", (before.to_string_lossy(), format!("x'{}'", key.trim())))
            .expect("the state before can be read");
        let tables = "SELECT name FROM main.sqlite_schema
                      WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        let (mut gone, mut changed, mut new) = (vec![], vec![], vec![]);
        for table in texts(&book, tables) {
            let columns = texts(&book, &format!("SELECT name FROM pragma_table_info('{table}')"));
            each(
                &book,
                &format!("SELECT rowid FROM was.{table} WHERE rowid NOT IN (SELECT rowid FROM main.{table})"),
                |row| {
                    gone.push((format!("DELETE FROM {table} WHERE rowid = ?"), values(row, 0..1)));
                },
            );
            let differs: Vec<String> =
                columns.iter().map(|column| format!("now.{column} IS NOT was.{column}")).collect();
            let sql = format!(
                "SELECT was.rowid, now.rowid, now.*, was.* FROM main.{table} AS now LEFT JOIN was.{table} AS was ON was.rowid = now.rowid
                 WHERE was.rowid IS NULL OR {}",
                differs.join(" OR ")
            );
            let width = columns.len();
            each(&book, &sql, |row| {
                let id = values(row, 0..1);
                if id == [Value::Null] {
                    let holes = vec!["?"; width + 1].join(", ");
                    let sql = format!("INSERT INTO {table} (rowid, {}) VALUES ({holes})", columns.join(", "));
                    new.push((sql, values(row, 1..width + 2)));
                    return;
                }
                let (mut now, was) = (values(row, 2..width + 2), values(row, width + 2..2 * width + 2));
                let other: Vec<usize> = (0..width).filter(|&at| now[at] != was[at]).collect();
                let set: Vec<String> = other.iter().map(|&at| format!("{} = ?", columns[at])).collect();
                let mut kept: Vec<Value> =
                    other.iter().map(|&at| std::mem::replace(&mut now[at], Value::Null)).collect();
                kept.extend(id);
                changed.push((format!("UPDATE {table} SET {} WHERE rowid = ?", set.join(", ")), kept));
            });
        }
        Self([gone, changed, new].into_iter().flatten().collect())
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// Writes it in one transaction.
    pub fn make(&self, book: &mut Connection) {
        let tx = book.transaction().expect("a transaction");
        tx.pragma_update(None, "defer_foreign_keys", "ON").expect("a setting can be set");
        for (sql, values) in &self.0 {
            let mut statement = tx.prepare_cached(sql).expect("a statement");
            let count = statement.execute(params_from_iter(values)).expect("a row");
            assert_eq!(count, 1, "{sql}");
        }
        tx.commit().expect("a commit");
    }
}

/// A book in which nothing happens but what is written into it.
pub fn open(path: &Path) -> Connection {
    let book = plain_book::open(path);
    book.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, false).expect("a setting can be set");
    book
}

fn texts(book: &Connection, sql: &str) -> Vec<String> {
    let mut found = vec![];
    each(book, sql, |row| found.push(row.get(0).expect("a text")));
    found
}

fn each(book: &Connection, sql: &str, mut take: impl FnMut(&Row<'_>)) {
    let mut statement = book.prepare(sql).expect("a question");
    let mut rows = statement.query([]).expect("an answer");
    while let Some(row) = rows.next().expect("a row") {
        take(row);
    }
}

fn values(row: &Row<'_>, columns: std::ops::Range<usize>) -> Vec<Value> {
    columns.map(|at| row.get(at).expect("a value")).collect()
}
