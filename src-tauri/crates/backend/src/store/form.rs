//! Of what form a book is: everything in a file that the engine acts upon and that is no row of the shop. Two books of one
//! version have the same, to the last letter.

use super::migrate;
use crate::error::Result;
use rusqlite::Connection;

/// What the engine counted of a book to choose its ways by. A fresh book has none of it.
const STATISTICS: [(&str, &str); 2] = [
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
];

/// The form of a book.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Type, name, table and text of whatever the schema holds, the engine's own tables and indexes too: in a file of a
    /// stranger a trigger may have a name that only the engine gives.
    schema: Vec<[Option<String>; 4]>,
    /// Number, name and checksum of each migration.
    migrations: Vec<(i64, String, String)>,
    /// Encoding of texts, how pages become free, and the number that is anybody's to set.
    settings: (String, i64, i64),
}

impl Form {
    /// The form of an open book. Its statistics do not count, if they are what they say.
    pub(crate) fn of(connection: &Connection) -> Result<Self> {
        let mut statement =
            connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")?;
        let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
        let mut schema: Vec<[Option<String>; 4]> = rows.collect::<rusqlite::Result<_>>()?;
        schema.retain(|entry| !STATISTICS.iter().any(|(name, sql)| *entry == statistics(name, sql)));
        let migrations = if migrate::version(connection)? > 0 { migrations(connection)? } else { vec![] };
        let encoding = connection.pragma_query_value(None, "encoding", |row| row.get(0))?;
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        Ok(Self { schema, migrations, settings: (encoding, number("auto_vacuum")?, number("user_version")?) })
    }

    /// The form that our own migrations give a book of a version.
    pub(crate) fn of_version(version: i64) -> Result<Self> {
        let mut fresh = Connection::open_in_memory()?;
        migrate::apply_up_to(&mut fresh, version)?;
        Self::of(&fresh)
    }
}

fn migrations(connection: &Connection) -> Result<Vec<(i64, String, String)>> {
    let mut statement =
        connection.prepare("SELECT version, name, checksum FROM refinery_schema_history ORDER BY version")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the engine counted anything of a book.
pub(crate) fn has_statistics(connection: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name IN ('sqlite_stat1', 'sqlite_stat4'))";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Takes that out of a book: what a stranger put there could lead every question astray.
pub(crate) fn forget_statistics(connection: &Connection) -> Result<()> {
    for (name, _) in STATISTICS {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {name}"))?;
    }
    Ok(())
}

fn statistics(name: &str, sql: &str) -> [Option<String>; 4] {
    ["table", name, name, sql].map(|text| Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        connection
    }

    fn ours() -> Form {
        Form::of_version(migrate::newest(&migrate::runner())).unwrap()
    }

    #[test]
    fn what_the_engine_counts_of_a_book_is_no_part_of_its_form_and_can_be_forgotten() {
        let book = fresh();
        assert_eq!(Form::of(&book).unwrap(), ours());
        assert!(!has_statistics(&book).unwrap());
        book.execute_batch("ANALYZE").unwrap();
        assert!(has_statistics(&book).unwrap());
        assert_eq!(Form::of(&book).unwrap(), ours());
        forget_statistics(&book).unwrap();
        assert!(!has_statistics(&book).unwrap());
        assert_eq!(Form::of(&book).unwrap(), ours());
    }

    #[test]
    fn a_book_without_a_form_of_ours_has_another() {
        let empty = Connection::open_in_memory().unwrap();
        assert_ne!(Form::of(&empty).unwrap(), ours());
        let book = fresh();
        book.execute_batch("PRAGMA user_version = 1").unwrap();
        assert_ne!(Form::of(&book).unwrap(), ours());
    }

    #[test]
    fn an_older_version_has_a_form_of_its_own() {
        let mut older = Connection::open_in_memory().unwrap();
        migrate::apply_up_to(&mut older, 1).unwrap();
        assert_eq!(Form::of(&older).unwrap(), Form::of_version(1).unwrap());
        assert_ne!(Form::of(&older).unwrap(), ours());
    }
}
