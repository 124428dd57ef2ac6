//! The same book without the program: one encrypted connection, for peers that a person with a database library
//! would write.

use rusqlite::Connection;
use std::path::Path;

/// Opens a book that nobody has open, with its own key and as large a cache as the program gives it.
pub fn open(path: &Path) -> Connection {
    let key_path = shukebu_backend::keys::key_path(path);
    let key = std::fs::read_to_string(key_path).expect("the key lies beside the book");
    let connection = Connection::open(path).expect("the book opens");
    connection.pragma_update(None, "key", format!("x'{}'", key.trim())).expect("the key fits");
    for (name, value) in [("locking_mode", "EXCLUSIVE"), ("cache_size", "-16384"), ("temp_store", "MEMORY")] {
        connection.pragma_update(None, name, value).expect("a setting can be set");
    }
    connection.set_prepared_statement_cache_capacity(128);
    connection
}

/// One number.
pub fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).expect("a number")
}
