//! Whether what was seen of the book still holds. Numbers that are kept in memory are worth nothing after what they were
//! counted from was taken back, or when another connection was opened. The book's thread owns the connection, so the
//! notes belong to that thread as well and vanish with it.

use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Changes of customers that are noted one by one; beyond, it is quicker to look at everybody.
const NOTED: usize = 1024;

thread_local! {
    static OPENED: Cell<u64> = const { Cell::new(0) };
    /// Somebody looked inside the transaction that is still open.
    static LOOKED_INSIDE: Cell<bool> = const { Cell::new(false) };
    /// What somebody saw was taken back.
    static TAKEN_BACK: Cell<bool> = const { Cell::new(false) };
    static CUSTOMERS: RefCell<Customers> = const { RefCell::new(Customers { round: 0, ids: vec![] }) };
    /// Transactions that were kept.
    static COMMITTED: Cell<u64> = const { Cell::new(0) };
    /// Rows written to what the shop's rules are made of, and transactions that were taken back.
    static RULES: Cell<u64> = const { Cell::new(0) };
    /// Rows written to what a profile is made of.
    static PROFILES: Cell<u64> = const { Cell::new(0) };
}

/// Whose own row or figures changed, one after the other.
struct Customers {
    /// The notes were begun anew so many times.
    round: u64,
    ids: Vec<i64>,
}

/// A place in the notes about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    round: u64,
    at: usize,
}

/// Tables that say who a customer is. A sale writes to none of them.
const PROFILE: [&str; 10] = [
    "customers",
    "customer_details",
    "contacts",
    "customer_tags",
    "tags",
    "custom_values",
    "custom_fields",
    "consents",
    "contact_persons",
    "settings",
];

/// Tables of rules: they are asked for many times in a sale and change a few times a year.
const RULES_OF_THE_SHOP: [&str; 4] = ["ladder_versions", "schemes", "points_rules", "custom_fields"];

/// A row was written.
pub(super) fn row_written(table: &str, row: i64) {
    if PROFILE.contains(&table) {
        PROFILES.set(PROFILES.get() + 1);
    }
    if RULES_OF_THE_SHOP.contains(&table) {
        rules_changed();
    }
    if !matches!(table, "customers" | "customer_figures") {
        return;
    }
    CUSTOMERS.with_borrow_mut(|customers| {
        if customers.ids.len() >= NOTED {
            forget(customers);
        }
        if customers.ids.last() != Some(&row) {
            customers.ids.push(row);
        }
    });
}

fn forget(customers: &mut Customers) {
    customers.round += 1;
    customers.ids.clear();
}

/// The present end of the notes about customers.
pub(crate) fn mark() -> Mark {
    CUSTOMERS.with_borrow(|customers| Mark { round: customers.round, at: customers.ids.len() })
}

/// Whose own row or figures changed since then, or whose change was taken back; `None` for too many to say.
pub(crate) fn customers_since(mark: Mark) -> Option<BTreeSet<CustomerId>> {
    CUSTOMERS.with_borrow(|customers| {
        let since = customers.ids.get(mark.at..).filter(|_| customers.round == mark.round)?;
        Some(since.iter().copied().map(CustomerId).collect())
    })
}

/// How much was ever written of what profiles are made of: the same means that every profile is as it was, whatever was sold.
pub(crate) fn profiles_written() -> (u64, u64) {
    (OPENED.get(), PROFILES.get())
}

/// Something about the rules is no longer what was seen. Rows that go all at once are announced here, for nobody is told
/// of each.
pub(super) fn rules_changed() {
    RULES.set(RULES.get() + 1);
}

/// How much was ever written of rules; `None` on a thread that is not told of what is written.
pub(super) fn rules_written() -> Option<(u64, u64)> {
    let opened = OPENED.get();
    (opened > 0).then(|| (opened, RULES.get()))
}

/// A connection was opened on this thread; it counts its rows from nothing.
pub(super) fn opened() {
    OPENED.set(OPENED.get() + 1);
    CUSTOMERS.with_borrow_mut(forget);
}

/// How much was ever written: the same means that nothing happened at all.
pub(crate) fn written(connection: &Connection) -> (u64, u64) {
    (OPENED.get(), connection.total_changes())
}

/// The transaction was kept.
pub(super) fn committed() {
    LOOKED_INSIDE.set(false);
    COMMITTED.set(COMMITTED.get() + 1);
}

/// How many transactions were kept on this thread.
pub(super) fn commits() -> u64 {
    COMMITTED.get()
}

/// The transaction was taken back: what was seen inside it never happened.
pub(super) fn rolled_back() {
    rules_changed();
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
