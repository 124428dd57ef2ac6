//! Whether what was seen of the book still holds. Numbers that are kept in memory are worth nothing after what they were
//! counted from was taken back, or when another connection was opened. The book's thread owns the connection, so the
//! notes belong to that thread as well and vanish with it.

use rusqlite::Connection;
use std::cell::Cell;

thread_local! {
    static OPENED: Cell<u64> = const { Cell::new(0) };
    /// Somebody looked inside the transaction that is still open.
    static LOOKED_INSIDE: Cell<bool> = const { Cell::new(false) };
    /// What somebody saw was taken back.
    static TAKEN_BACK: Cell<bool> = const { Cell::new(false) };
}

/// A connection was opened on this thread; it counts its rows from nothing.
pub(super) fn opened() {
    OPENED.set(OPENED.get() + 1);
}

/// How much was ever written: the same means that nothing happened at all.
pub(crate) fn written(connection: &Connection) -> (u64, u64) {
    (OPENED.get(), connection.total_changes())
}

/// The transaction was kept.
pub(super) fn committed() {
    LOOKED_INSIDE.set(false);
}

/// The transaction was taken back: what was seen inside it never happened.
pub(super) fn rolled_back() {
    if LOOKED_INSIDE.take() {
        TAKEN_BACK.set(true);
    }
}

/// Whether anything that was seen on this thread before was taken back. `inside` tells that a transaction is open.
pub(crate) fn were_taken_back(inside: bool) -> bool {
    if inside {
        LOOKED_INSIDE.set(true);
    }
    TAKEN_BACK.take()
}
