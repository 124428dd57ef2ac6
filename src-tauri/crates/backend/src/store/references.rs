//! Whether every row is as its table asks: everything is there that it refers to, and it breaks no condition. The engine's own
//! `foreign_key_check` walks a table once for each of its references and looks every one up. Here a table is walked once for
//! all of them, and the ids that there are stand marked in memory: a bit for each.

use super::{checks, quoted};
use crate::error::Result;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, BTreeSet};

/// Ids of a stranger may lie anywhere; where more than so many bits would go to each, nothing is marked.
const SPREAD: i64 = 64;
/// Small tables may be as spread out as they like.
const FEW: i64 = 16_384;

/// Whether every reference of every row leads somewhere and no row breaks a condition. Tables are walked themselves, not an
/// index of them.
pub(crate) fn all_rows_hold(connection: &Connection) -> Result<bool> {
    let tables = tables(connection)?;
    let mut walk = Walk { connection, tables: &tables, known: BTreeMap::new(), begun: BTreeSet::new() };
    for table in tables.keys() {
        if !walk.through(table)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A column and the table whose id it holds; none where it holds something else.
type Column = (String, Option<String>);

/// What a table asks of its rows.
#[derive(Default)]
struct Asked {
    columns: Vec<Column>,
    /// No where a row breaks a condition; empty where there is none.
    conditions: String,
}

/// A walk through all tables. Those that others refer to come first, and their ids are marked as their own references are
/// looked at, so that no large table is walked twice.
struct Walk<'a> {
    connection: &'a Connection,
    tables: &'a BTreeMap<String, Asked>,
    /// Ids by table; none where they lie too far apart to be marked.
    known: BTreeMap<String, Option<Ids>>,
    begun: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    /// Walks a table, after those that it refers to; whether everything in them leads somewhere.
    fn through(&mut self, table: &'a str) -> Result<bool> {
        let Some(asked) = self.tables.get(table) else {
            return self.mark(table).map(|()| true);
        };
        if !self.begun.insert(table.to_owned()) {
            return Ok(true);
        }
        let parents = || asked.columns.iter().filter_map(|(_, parent)| parent.as_deref());
        for parent in parents() {
            if !self.through(parent)? {
                return Ok(false);
            }
        }
        // A table that refers to itself, straight or around some corners, is walked for its ids first.
        for parent in parents() {
            self.mark(parent)?;
        }
        self.rows_of(table, asked)
    }

    fn mark(&mut self, table: &str) -> Result<()> {
        if !self.known.contains_key(table) {
            self.known.insert(table.to_owned(), Ids::of(self.connection, table)?);
        }
        Ok(())
    }

    fn rows_of(&mut self, table: &str, asked: &Asked) -> Result<bool> {
        let marked: Option<Vec<&Ids>> = asked
            .columns
            .iter()
            .map(|(_, parent)| parent.as_ref().and_then(|parent| self.known.get(parent)?.as_ref()))
            .collect();
        let columns: &[Column] = if marked.is_some() { &asked.columns } else { &[] };
        if marked.is_none() && self.engine_finds_a_lost_reference(table)? {
            return Ok(false);
        }
        let marked = marked.unwrap_or_default();
        let names: String = columns.iter().map(|(column, _)| format!("{}, ", quoted(column))).collect();
        let conditions = if asked.conditions.is_empty() { "1" } else { &asked.conditions };
        let sql = format!("SELECT {names}rowid, {conditions} FROM {} NOT INDEXED", quoted(table));
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut own = Some(Ids::default());
        while let Some(row) = rows.next()? {
            for (at, ids) in marked.iter().enumerate() {
                match row.get_ref(at)? {
                    ValueRef::Null => {}
                    ValueRef::Integer(id) if ids.has(id) => {}
                    _ => return Ok(false),
                }
            }
            let holds: bool = row.get(columns.len() + 1)?;
            if !holds {
                return Ok(false);
            }
            let id = row.get(columns.len())?;
            own = own.and_then(|ids| ids.with(id));
        }
        self.known.entry(table.to_owned()).or_insert(own);
        Ok(true)
    }

    fn engine_finds_a_lost_reference(&self, table: &str) -> Result<bool> {
        Ok(self.connection.prepare("SELECT 1 FROM pragma_foreign_key_check(?1)")?.exists([table])?)
    }
}

/// The tables that ask anything of their rows.
fn tables(connection: &Connection) -> Result<BTreeMap<String, Asked>> {
    let mut tables: BTreeMap<String, Asked> = references(connection)?
        .into_iter()
        .map(|(table, columns)| (table, Asked { columns, ..Asked::default() }))
        .collect();
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, sql): (String, String) = (row.get("name")?, row.get("sql")?);
        let conditions = checks::of(&sql);
        if !conditions.is_empty() {
            // A condition holds unless it says no: it may have nothing to say.
            let conditions = format!("(1 AND {}) IS NOT 0", conditions.join(" AND "));
            tables.entry(name).or_default().conditions = conditions;
        }
    }
    Ok(tables)
}

/// The columns of each table that refer to something.
fn references(connection: &Connection) -> Result<BTreeMap<String, Vec<Column>>> {
    let mut statement = connection.prepare(
        "SELECT tables.name, refs.\"from\" AS from_column,
                iif((SELECT group_concat(name || ' ' || type) FROM pragma_table_info(refs.\"table\") WHERE pk > 0)
                      = refs.\"to\" || ' INTEGER', refs.\"table\", NULL) AS by_id
         FROM sqlite_schema AS tables
         JOIN pragma_foreign_key_list(tables.name) AS refs
         WHERE tables.type = 'table'
         ORDER BY tables.name, refs.id, refs.seq",
    )?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get("name")?).or_default().push((row.get("from_column")?, row.get("by_id")?));
    }
    Ok(found)
}

/// Which ids a table has, marked in the order in which they stand.
#[derive(Default)]
struct Ids {
    marks: Vec<u64>,
    count: i64,
}

impl Ids {
    fn of(connection: &Connection, table: &str) -> Result<Option<Self>> {
        let mut statement = connection.prepare(&format!("SELECT rowid FROM {} NOT INDEXED", quoted(table)))?;
        let mut rows = statement.query([])?;
        let mut ids = Self::default();
        while let Some(row) = rows.next()? {
            match ids.with(row.get(0)?) {
                Some(more) => ids = more,
                None => return Ok(None),
            }
        }
        Ok(Some(ids))
    }

    /// With one more; none where it lies too far off.
    fn with(mut self, id: i64) -> Option<Self> {
        let (word, bit) = place(id).filter(|_| id / SPREAD <= self.count + FEW)?;
        if word >= self.marks.len() {
            self.marks.resize(word + 1, 0);
        }
        *self.marks.get_mut(word)? |= bit;
        self.count += 1;
        Some(self)
    }

    fn has(&self, id: i64) -> bool {
        place(id).and_then(|(word, bit)| Some(self.marks.get(word)? & bit > 0)).unwrap_or(false)
    }
}

/// The word of an id and the bit in it.
fn place(id: i64) -> Option<(usize, u64)> {
    Some((usize::try_from(id / 64).ok().filter(|_| id >= 0)?, 1 << (id % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the engine says of the same rows.
    fn engine(connection: &Connection) -> bool {
        !connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap()
    }

    fn book(rows: &str) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = OFF;
                 CREATE TABLE customers (id INTEGER PRIMARY KEY, friend_id INTEGER REFERENCES customers (id)) STRICT;
                 CREATE TABLE schemes (key TEXT PRIMARY KEY) STRICT;
                 CREATE TABLE \"sales \"\" of\" (
                   id INTEGER PRIMARY KEY,
                   customer_id INTEGER REFERENCES customers (id),
                   friend_id INTEGER REFERENCES customers,
                   seller_id INTEGER NOT NULL REFERENCES customers (id)
                 ) STRICT;
                 CREATE TABLE places (scheme_key TEXT REFERENCES schemes (key), customer_id INTEGER REFERENCES customers (id));
                 INSERT INTO customers VALUES (1, NULL), (64, 1), (65, 64);
                 INSERT INTO schemes VALUES ('rfm');",
            )
            .unwrap();
        connection.execute_batch(rows).unwrap();
        connection
    }

    #[test]
    fn a_reference_is_held_to_be_whole_exactly_when_the_engine_holds_it_so() {
        let sales = "INSERT INTO \"sales \"\" of\" (customer_id, friend_id, seller_id) VALUES";
        for (rows, is_whole) in [
            (String::new(), true),
            (format!("{sales} (1, 64, 65), (NULL, NULL, 64);"), true),
            (format!("{sales} (2, 64, 65);"), false),
            (format!("{sales} (1, 3, 65);"), false),
            (format!("{sales} (1, 1, 1), (1, 1, 66);"), false),
            (format!("{sales} (1, 1, -64);"), false),
            ("INSERT INTO customers VALUES (9, 10);".into(), false),
            ("INSERT INTO places VALUES ('rfm', 1), (NULL, 64);".into(), true),
            ("INSERT INTO places VALUES ('rfm', 2);".into(), false),
            ("INSERT INTO places VALUES ('abc', 1);".into(), false),
            ("INSERT INTO customers VALUES (-7, 1); INSERT INTO places VALUES ('rfm', -7);".into(), true),
        ] {
            let book = book(&rows);
            assert_eq!(all_rows_hold(&book).unwrap(), is_whole, "{rows}");
            assert_eq!(engine(&book), is_whole, "{rows}");
        }
    }

    #[test]
    fn an_id_beyond_everything_takes_no_memory() {
        let book = book("INSERT INTO customers VALUES (9223372036854775807, 1), (5, 9223372036854775807);");
        assert!(Ids::of(&book, "customers").unwrap().is_none());
        assert!(all_rows_hold(&book).unwrap());
        book.execute_batch("INSERT INTO customers VALUES (6, 9223372036854775806)").unwrap();
        assert!(!all_rows_hold(&book).unwrap());
    }

    /// The engine looks for itself only where it may write.
    #[test]
    fn a_condition_is_held_to_be_broken_exactly_when_the_engine_holds_it_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book");
        let writing = Connection::open(&path).unwrap();
        writing
            .execute_batch(
                "PRAGMA ignore_check_constraints = ON;
                 CREATE TABLE sales (
                   id INTEGER PRIMARY KEY,
                   net INTEGER CHECK (net >= 0),
                   source TEXT CHECK (source IN ('counter', 'import')),
                   CHECK (net <> 7 OR source = 'import')
                 ) STRICT;",
            )
            .unwrap();
        let reading = Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let engine = || {
            // A connection that was told to ignore conditions does not look at them either.
            let other = Connection::open(&path).unwrap();
            other.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0)).unwrap() == "ok"
        };
        for (row, holds) in [
            ("1, 'counter'", true),
            ("NULL, NULL", true),
            ("-1, 'counter'", false),
            ("1, 'mine'", false),
            ("-1, NULL", false),
            ("7, 'import'", true),
            ("7, NULL", true),
            ("7, 'counter'", false),
        ] {
            writing
                .execute_batch(&format!("DELETE FROM sales; INSERT INTO sales (net, source) VALUES ({row})"))
                .unwrap();
            assert_eq!(engine(), holds, "{row}");
            assert_eq!(all_rows_hold(&reading).unwrap(), holds, "{row}");
            let seen: String = reading.query_row("PRAGMA quick_check", [], |row| row.get(0)).unwrap();
            assert_eq!(seen, "ok", "{row}: the engine sees it here too, and need not be helped any more");
        }
    }
}
