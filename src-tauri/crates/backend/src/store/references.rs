//! Whether everything is there that rows refer to. The engine's own `foreign_key_check` walks a table once for each of
//! its references and looks every one up. Here a table is walked once for all of them, and the ids that there are stand
//! marked in memory: a bit for each.

use super::quoted;
use crate::error::Result;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;

/// Ids of a stranger may lie anywhere; where more than so many bits would go to each, nothing is marked.
const SPREAD: i64 = 64;
/// Small tables may be as spread out as they like.
const FEW: i64 = 16_384;

/// Whether every reference of every row leads somewhere. Tables are walked themselves, not an index of them.
pub(crate) fn all_lead_somewhere(connection: &Connection) -> Result<bool> {
    let mut ids = BTreeMap::new();
    for (table, columns) in references(connection)? {
        if !of_table_lead_somewhere(connection, &table, &columns, &mut ids)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A column and the table whose id it holds; none where it holds something else.
type Column = (String, Option<String>);

fn of_table_lead_somewhere(
    connection: &Connection,
    table: &str,
    columns: &[Column],
    known: &mut BTreeMap<String, Option<Ids>>,
) -> Result<bool> {
    for parent in columns.iter().filter_map(|(_, parent)| parent.as_ref()) {
        if !known.contains_key(parent) {
            known.insert(parent.clone(), Ids::of(connection, parent)?);
        }
    }
    let marked: Option<Vec<&Ids>> =
        columns.iter().map(|(_, parent)| parent.as_ref().and_then(|parent| known.get(parent)?.as_ref())).collect();
    let Some(marked) = marked else {
        let mut statement = connection.prepare("SELECT 1 FROM pragma_foreign_key_check(?1)")?;
        return Ok(!statement.exists([table])?);
    };
    let names: Vec<String> = columns.iter().map(|(column, _)| quoted(column)).collect();
    let mut statement =
        connection.prepare(&format!("SELECT {} FROM {} NOT INDEXED", names.join(", "), quoted(table)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (at, ids) in marked.iter().enumerate() {
            match row.get_ref(at)? {
                ValueRef::Null => {}
                ValueRef::Integer(id) if ids.has(id) => {}
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
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

/// Which ids a table has.
struct Ids(Vec<u64>);

impl Ids {
    fn of(connection: &Connection, table: &str) -> Result<Option<Self>> {
        let table = quoted(table);
        let (least, most, count): (i64, i64, i64) = connection.query_row(
            &format!(
                "SELECT (SELECT coalesce(min(rowid), 0) FROM {table}), (SELECT coalesce(max(rowid), 0) FROM {table}),
                        (SELECT count(*) FROM {table})"
            ),
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if least < 0 || most / SPREAD > count + FEW {
            return Ok(None);
        }
        let mut ids = Self(vec![0; usize::try_from(most / 64 + 1).unwrap_or_default()]);
        let mut statement = connection.prepare(&format!("SELECT rowid FROM {table} NOT INDEXED"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.mark(row.get(0)?);
        }
        Ok(Some(ids))
    }

    fn mark(&mut self, id: i64) {
        if let Some((word, bit)) = place(id)
            && let Some(word) = self.0.get_mut(word)
        {
            *word |= bit;
        }
    }

    fn has(&self, id: i64) -> bool {
        place(id).and_then(|(word, bit)| Some(self.0.get(word)? & bit > 0)).unwrap_or(false)
    }
}

/// The word of an id and its bit in there.
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
            assert_eq!(all_lead_somewhere(&book).unwrap(), is_whole, "{rows}");
            assert_eq!(engine(&book), is_whole, "{rows}");
        }
    }

    #[test]
    fn an_id_beyond_everything_takes_no_memory() {
        let book = book("INSERT INTO customers VALUES (9223372036854775807, 1), (5, 9223372036854775807);");
        assert!(Ids::of(&book, "customers").unwrap().is_none());
        assert!(all_lead_somewhere(&book).unwrap());
        book.execute_batch("INSERT INTO customers VALUES (6, 9223372036854775806)").unwrap();
        assert!(!all_lead_somewhere(&book).unwrap());
    }
}
