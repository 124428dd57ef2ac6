//! Whether what was seen of the book still holds. Numbers that are kept in memory are worth nothing after what they were
//! counted from was taken back, or when another connection was opened. The book's thread owns the connection, so the
//! notes belong to that thread as well and vanish with it.

use crate::error::Result;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
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
    static CUSTOMERS: RefCell<Customers> = const { RefCell::new(Customers { round: 0, ids: vec![], marked: 0 }) };
    /// Transactions that were kept.
    static COMMITTED: Cell<u64> = const { Cell::new(0) };
    /// Rows written to each group of tables, and transactions that were taken back.
    static GROUPS: [Cell<u64>; 4] = const { [const { Cell::new(0) }; 4] };
    /// Rows written to what lists of cases are made of, and transactions that were taken back.
    static CASES: Cell<u64> = const { Cell::new(0) };
}

/// Whose row, figures or profile changed, one after the other.
struct Customers {
    /// The notes were begun anew so many times.
    round: u64,
    ids: Vec<i64>,
    /// The last place that somebody holds; what stands before it was seen.
    marked: usize,
}

/// A place in the notes about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    round: u64,
    at: usize,
}

/// Tables whose rows belong to a customer and are part of what the table of customers shows. A hook is told of a row but not
/// whose it is; triggers of the connection are.
const OF_CUSTOMERS: [&str; 6] =
    ["contacts", "customer_tags", "custom_values", "consents", "contact_persons", "segment_assignments"];

/// What changes everybody's row at once.
const OF_EVERYBODY: &str = "
    CREATE TEMP TRIGGER changed_name_of_tag AFTER UPDATE OF name ON main.tags
    BEGIN SELECT note_change(NULL); END;
    CREATE TEMP TRIGGER changed_first_required AFTER INSERT ON main.settings WHEN NEW.key = 'required_fields'
    BEGIN SELECT note_change(NULL); END;
    CREATE TEMP TRIGGER changed_required AFTER UPDATE ON main.settings WHEN NEW.key = 'required_fields'
    BEGIN SELECT note_change(NULL); END;";

/// Tables of which something is kept in memory as long as none of them is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Group {
    /// Rules of the shop: they are asked for many times in a sale and change a few times a year.
    Rules,
    /// What few customers have, and who was merged into whom.
    Few,
    /// What lists show of a customer: a sale reads it a dozen times and writes it a few times.
    Figures,
    Products,
}

impl Group {
    const ALL: [Self; 4] = [Self::Rules, Self::Few, Self::Figures, Self::Products];

    fn of(table: &str) -> Option<Self> {
        match table {
            "customer_figures" => Some(Self::Figures),
            "products" => Some(Self::Products),
            _ if OF_FEW.contains(&table) => Some(Self::Few),
            _ => RULES_OF_THE_SHOP.contains(&table).then_some(Self::Rules),
        }
    }

    fn is_written(self) {
        GROUPS.with(|groups| {
            if let Some(count) = groups.get(self as usize) {
                count.set(count.get() + 1);
            }
        });
    }
}

/// Of these few customers have rows, and a sale asks for all of them.
const OF_FEW: [&str; 8] = [
    "customers",
    "erasures",
    "tier_by_hand",
    "points_debts",
    "segment_pins",
    "special_terms",
    "agreed_prices",
    "customer_judgements",
];

const RULES_OF_THE_SHOP: [&str; 8] = [
    "settings",
    "ladder_versions",
    "schemes",
    "segment_runs",
    "points_rules",
    "custom_fields",
    "offers",
    "pack_products",
];

/// Tables of which the lists of cases, what is promised and the next assessment are made. A sale writes to none of them.
const OF_CASES: [&str; 13] = [
    "complaints",
    "complaint_events",
    "complaint_verdicts",
    "remedies",
    "remedy_promises",
    "remedy_verdicts",
    "remedy_ends",
    "customers",
    "staff",
    "calendar_versions",
    "policy_versions",
    "assessments",
    "assessment_plans",
];

/// A row was written.
pub(super) fn row_written(table: &str, row: i64) {
    if OF_CASES.contains(&table) {
        CASES.set(CASES.get() + 1);
    }
    if let Some(group) = Group::of(table) {
        group.is_written();
    }
    if matches!(table, "customers" | "customer_figures") {
        customer_changed(row);
    }
}

fn customer_changed(row: i64) {
    CUSTOMERS.with_borrow_mut(|customers| {
        if customers.ids.len() >= NOTED {
            forget(customers);
        }
        // The same again needs no second note, unless somebody looked in between.
        if customers.ids.last() != Some(&row) || customers.ids.len() <= customers.marked {
            customers.ids.push(row);
        }
    });
}

/// Lets the connection tell whose profile was written.
pub(super) fn watch_profiles(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("note_change", 1, flags, |call| {
        match call.get::<Option<i64>>(0)? {
            Some(customer) => customer_changed(customer),
            None => CUSTOMERS.with_borrow_mut(forget),
        }
        Ok(None::<i64>)
    })?;
    let mut triggers = OF_EVERYBODY.to_owned();
    for table in OF_CUSTOMERS {
        for (event, rows) in [("INSERT", &["NEW"][..]), ("UPDATE", &["OLD", "NEW"]), ("DELETE", &["OLD"])] {
            let notes: String = rows.iter().map(|row| format!("SELECT note_change({row}.customer_id); ")).collect();
            triggers.push_str(&format!(
                "CREATE TEMP TRIGGER changed_{table}_{event} AFTER {event} ON main.{table} BEGIN {notes}END;"
            ));
        }
    }
    Ok(connection.execute_batch(&triggers)?)
}

fn forget(customers: &mut Customers) {
    customers.round += 1;
    customers.ids.clear();
    customers.marked = 0;
}

/// The present end of the notes about customers.
pub(crate) fn mark() -> Mark {
    CUSTOMERS.with_borrow_mut(|customers| {
        customers.marked = customers.ids.len();
        Mark { round: customers.round, at: customers.marked }
    })
}

/// Whose row, figures or profile changed since then, or whose change was taken back; `None` for too many to say.
pub(crate) fn customers_since(mark: Mark) -> Option<BTreeSet<CustomerId>> {
    CUSTOMERS.with_borrow(|customers| {
        let since = customers.ids.get(mark.at..).filter(|_| customers.round == mark.round)?;
        Some(since.iter().copied().map(CustomerId).collect())
    })
}

/// How much was ever written of what the lists of cases are made of: the same means that they are as they were.
pub(crate) fn cases_written() -> (u64, u64) {
    (OPENED.get(), CASES.get())
}

/// Nothing of what is kept in memory need be what was seen. Rows that go all at once are announced here, for nobody is
/// told of each.
pub(super) fn everything_changed() {
    Group::ALL.into_iter().for_each(Group::is_written);
}

/// How much was ever written to a group of tables; `None` on a thread that is not told of what is written.
pub(super) fn written_to(group: Group) -> Option<(u64, u64)> {
    let opened = OPENED.get();
    let written = GROUPS.with(|groups| groups.get(group as usize).map(Cell::get));
    written.filter(|_| opened > 0).map(|written| (opened, written))
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
    everything_changed();
    CASES.set(CASES.get() + 1);
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
