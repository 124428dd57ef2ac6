//! Which rows were written since somebody last looked, so that numbers kept in memory know what went stale. The
//! book's thread owns the connection, so the notes belong to that thread as well and vanish with it.

use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// More rows of a table than that are no longer told apart.
const MOST_ROWS: usize = 5_000;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Row ids by table.
    pub rows: BTreeMap<String, BTreeSet<i64>>,
    /// So much was written, or taken back after it had been looked at, that nothing is certain.
    pub is_everything: bool,
}

#[derive(Default)]
struct Notes {
    changes: Changes,
    /// Somebody looked inside the transaction that is still open.
    looked_inside: bool,
}

thread_local! {
    static OPENED: Cell<u64> = const { Cell::new(0) };
    static NOTES: RefCell<Notes> = RefCell::default();
}

/// A connection was opened on this thread; it counts its rows from nothing.
pub(super) fn opened() {
    OPENED.set(OPENED.get() + 1);
}

/// How much was ever written: the same means that nothing happened at all.
pub(crate) fn written(connection: &Connection) -> (u64, u64) {
    (OPENED.get(), connection.total_changes())
}

/// Tables that numbers are made from.
const WATCHED: [&str; 5] = ["sales", "customers", "complaints", "customer_judgements", "products"];

/// A row was written.
pub(super) fn note(table: &str, row: i64) {
    if !WATCHED.contains(&table) {
        return;
    }
    NOTES.with_borrow_mut(|notes| {
        let changes = &mut notes.changes;
        if changes.is_everything {
            return;
        }
        let rows = match changes.rows.get_mut(table) {
            Some(rows) => rows,
            None => changes.rows.entry(table.to_owned()).or_default(),
        };
        rows.insert(row);
        if rows.len() > MOST_ROWS {
            *changes = Changes { is_everything: true, ..Changes::default() };
        }
    });
}

/// The transaction was kept.
pub(super) fn committed() {
    NOTES.with_borrow_mut(|notes| notes.looked_inside = false);
}

/// The transaction was taken back: what was seen inside it never happened.
pub(super) fn rolled_back() {
    NOTES.with_borrow_mut(|notes| {
        if std::mem::take(&mut notes.looked_inside) {
            notes.changes = Changes { is_everything: true, ..Changes::default() };
        }
    });
}

/// What was written since the last call on this thread. `inside` tells that a transaction is open.
pub(crate) fn take(inside: bool) -> Changes {
    NOTES.with_borrow_mut(|notes| {
        notes.looked_inside |= inside;
        std::mem::take(&mut notes.changes)
    })
}
