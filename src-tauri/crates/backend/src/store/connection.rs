//! How the one connection of a book is opened: key first, then how it locks and writes, every setting read back.
//! A book that cannot be opened is told apart by why: in use, missing, damaged, newer, not ours, wrong key.

use crate::error::{ApiError, ErrorCode, Result};
use crate::files::file_head;
use crate::keys::BookKey;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::fmt::Write;
use std::path::Path;

/// `application_id` of a book: "SKB1".
pub(crate) const APPLICATION_ID: i64 = 0x534B_4231;

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 1024;

/// The settings that every connection to a book has, each read back after it was set.
const PRAGMAS: &[(&str, &str, &str)] = &[
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
    ("secure_delete", "ON", "1"),
    ("recursive_triggers", "OFF", "0"),
    ("wal_autocheckpoint", "8192", "8192"),
    ("cache_size", "-16384", "-16384"),
];

/// How a file is written that is thrown away unless it comes out whole: once and not into a log first.
const UNFLUSHED: &[(&str, &str, &str)] = &[("journal_mode", "MEMORY", "memory"), ("synchronous", "OFF", "0")];

/// Makes a new, empty, encrypted file. Refused where a file exists.
pub(crate) fn create(path: &Path, key: &BookKey) -> Result<Connection> {
    create_with(path, key, &[])
}

/// The same for a file that nobody opens before it is whole: nothing in it is durable, and whoever made it flushes it
/// after the connection was closed.
pub(crate) fn create_unflushed(path: &Path, key: &BookKey) -> Result<Connection> {
    create_with(path, key, UNFLUSHED)
}

fn create_with(path: &Path, key: &BookKey, instead: &[(&str, &str, &str)]) -> Result<Connection> {
    if path.exists() {
        return Err(ApiError::new(ErrorCode::Conflict, "book.exists").with("path", path.display()));
    }
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    unlock(&connection, key)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    settle(&connection, instead)?;
    Ok(connection)
}

/// Opens an existing book for reading and writing.
pub(crate) fn open(path: &Path, key: &BookKey) -> Result<Connection> {
    open_with(path, key, &[])
}

/// The same for one that nobody opens before it is whole, as [`create_unflushed`] makes it.
pub(crate) fn open_unflushed(path: &Path, key: &BookKey) -> Result<Connection> {
    open_with(path, key, UNFLUSHED)
}

fn open_with(path: &Path, key: &BookKey, instead: &[(&str, &str, &str)]) -> Result<Connection> {
    refuse_what_is_no_book(path)?;
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Err(ApiError::new(ErrorCode::Locked, "book.not_writable"));
    }
    unlock(&connection, key)?;
    first_read(&connection, path, key)?;
    settle(&connection, instead)?;
    let application_id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application_id != APPLICATION_ID {
        return Err(ApiError::new(ErrorCode::Damaged, "book.not_ours"));
    }
    Ok(connection)
}

/// Opens an encrypted file that nobody writes meanwhile, for reading only; nothing in it may run. No lock is taken and no
/// log is looked for, so that the file of a book may be read that is open itself, while it is held still.
pub(crate) fn open_standing_still(path: &Path, key: &BookKey) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(address_standing_still(path), flags)?;
    unlock(&connection, key)?;
    for (name, value) in
        [("trusted_schema", "OFF"), ("cell_size_check", "ON"), ("query_only", "ON"), ("temp_store", "MEMORY")]
    {
        connection.pragma_update(None, name, value)?;
    }
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let application_id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application_id != APPLICATION_ID {
        return Err(ApiError::new(ErrorCode::Damaged, "book.not_ours"));
    }
    Ok(connection)
}

/// A path as the engine reads it with a word behind it.
fn address_standing_still(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut address = String::from(match bytes {
        _ if !path.is_absolute() => "file:",
        [_, b':', ..] => "file:///",
        _ => "file://",
    });
    for &byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'/' | b':' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                address.push(char::from(byte))
            }
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address + "?immutable=1"
}

/// Folds the log into the file and lets everything new go to the log until [`move_again`]: meanwhile the file itself
/// does not change and can be copied.
pub(crate) fn hold_still(connection: &Connection) -> Result<()> {
    fold_log(connection)?;
    connection.pragma_update(None, "wal_autocheckpoint", "0").or_else(without_rows)?;
    Ok(())
}

/// Ends [`hold_still`].
pub(crate) fn move_again(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "wal_autocheckpoint", "8192").or_else(without_rows)?;
    Ok(())
}

/// Folds the log into the file as far as nothing stands in the way; while the book is held still, not at all.
pub(super) fn fold_quietly(connection: &Connection) -> Result<()> {
    let after: i64 = connection.pragma_query_value(None, "wal_autocheckpoint", |row| row.get(0))?;
    if after > 0 {
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    }
    Ok(())
}

/// Folds the whole log into the file.
pub(crate) fn fold_log(connection: &Connection) -> Result<()> {
    let is_blocked: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if is_blocked { Err(ApiError::new(ErrorCode::Busy, "book.in_use")) } else { Ok(()) }
}

/// Some settings answer a row, which an update does not expect.
fn without_rows(error: rusqlite::Error) -> std::result::Result<(), rusqlite::Error> {
    if matches!(error, rusqlite::Error::ExecuteReturnedResults) { Ok(()) } else { Err(error) }
}

/// Gives the raw key; the file name and the key never stand in an error text.
pub(crate) fn unlock(connection: &Connection, key: &BookKey) -> Result<()> {
    // A refusal is told once, as an answer; the library's own lines would stand before it on standard error.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.pragma_update(None, "key", format!("x'{}'", key.to_hex()))?;
    let version: String = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
    if version.is_empty() {
        return Err(ApiError::internal("the program was built without encryption"));
    }
    Ok(())
}

/// The first read tells a wrong key and a foreign file from a book in use.
fn first_read(connection: &Connection, path: &Path, key: &BookKey) -> Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let read = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match read {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            let slots = crate::keys::read_slots(path);
            let salt = file_head(path).unwrap_or_default();
            Err(match slots {
                Some(slots) if !slots.fits(key) => ApiError::new(ErrorCode::Locked, "book.wrong_key"),
                Some(slots) if slots.is_for(&salt) => ApiError::new(ErrorCode::Damaged, "book.damaged"),
                Some(_) => ApiError::new(ErrorCode::Damaged, "book.not_ours"),
                None => ApiError::new(ErrorCode::Locked, "book.wrong_key_or_not_ours"),
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// Sets how the connection locks, writes and trusts, some of it as `instead` says; a setting that does not hold refuses
/// the book.
fn settle(connection: &Connection, instead: &[(&str, &str, &str)]) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_millis(250))?;
    for usual in PRAGMAS {
        let (name, value, held) = instead.iter().find(|other| other.0 == usual.0).unwrap_or(usual);
        connection.pragma_update(None, name, value)?;
        let read_back: rusqlite::types::Value = connection.pragma_query_value(None, name, |row| row.get(0))?;
        let text = match &read_back {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        if text != *held {
            return Err(ApiError::internal(format!("setting {name} does not hold: {text}")));
        }
    }
    if cfg!(target_os = "macos") {
        connection.pragma_update(None, "fullfsync", "ON")?;
    }
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without it every statement with a bound LIMIT is planned anew each time that it is run.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 2)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 256 * 1024)?;
    connection.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, 200)?;
    // More than the program has: a statement thrown out is parsed again at the next sale.
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // The lock is taken now, so that a second program learns at once that the book is in use.
    connection.execute_batch("BEGIN IMMEDIATE; COMMIT;")?;
    Ok(())
}

/// A missing, empty or unencrypted file is refused before SQLite touches it.
fn refuse_what_is_no_book(path: &Path) -> Result<()> {
    let length = match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(_) => return Err(ApiError::new(ErrorCode::Damaged, "book.not_ours")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ApiError::new(ErrorCode::NotFound, "book.missing").with("path", path.display()));
        }
        Err(_) => return Err(ApiError::new(ErrorCode::Locked, "book.not_writable")),
    };
    if length == 0 {
        return Err(ApiError::new(ErrorCode::Damaged, "book.damaged"));
    }
    let head = file_head(path).unwrap_or_default();
    if head.starts_with(b"SQLite format 3") || length < 4096 {
        return Err(ApiError::new(ErrorCode::Damaged, "book.not_ours"));
    }
    if head.iter().all(|byte| *byte == 0) {
        return Err(ApiError::new(ErrorCode::Damaged, "book.damaged"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{create, fold_quietly, hold_still, move_again, open, open_standing_still};
    use crate::keys::BookKey;

    #[test]
    fn a_book_that_is_open_is_read_beside_it_under_any_name_and_stays_locked() {
        let folder = tempfile::tempdir().unwrap();
        let key = BookKey::generate().unwrap();
        // Windows has no file with a question mark in its name.
        let odd = if cfg!(windows) { "老店 50%#&=.shukebu" } else { "老店 50%?#&=.shukebu" };
        for name in ["shop.shukebu", odd, "a%20b.shukebu"] {
            let path = folder.path().join(name);
            let book = create(&path, &key).unwrap();
            book.execute_batch("CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('旧');")
                .unwrap();
            hold_still(&book).unwrap();
            book.execute("INSERT INTO notes VALUES ('新')", []).unwrap();
            let beside = open_standing_still(&path, &key).unwrap();
            let text: String = beside.query_row("SELECT group_concat(text) FROM notes", [], |row| row.get(0)).unwrap();
            assert_eq!(text, "旧", "what is in the log is not in the file");
            drop(beside);
            assert!(open(&path, &key).is_err(), "the lock did not go with the second handle");
            move_again(&book).unwrap();
            book.execute("INSERT INTO notes VALUES ('又')", []).unwrap();
        }
    }

    #[test]
    fn a_book_that_is_held_still_for_a_copy_is_not_folded_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.shukebu");
        let connection = create(&path, &BookKey::generate().unwrap()).unwrap();
        connection.execute_batch("CREATE TABLE notes (text TEXT NOT NULL) STRICT;").unwrap();
        hold_still(&connection).unwrap();
        let copied = std::fs::read(&path).unwrap();
        connection.execute("INSERT INTO notes (text) VALUES ('新的')", []).unwrap();
        fold_quietly(&connection).unwrap();
        assert!(std::fs::read(&path).unwrap() == copied, "the file stands still");
        move_again(&connection).unwrap();
        fold_quietly(&connection).unwrap();
        assert!(std::fs::read(&path).unwrap() != copied, "the log went into the file");
    }
}
