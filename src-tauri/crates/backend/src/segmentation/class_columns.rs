//! What the table of customers shows beside its own columns: the priority, and the classes of schemes beside the primary
//! one. Each is one pass over the numbers that are ready, kept until something is written or the day is over.

use super::placed::Placed;
use super::{priority, ready};
use crate::api::columns::TableColumn;
use crate::app::Moment;
use crate::classes;
use crate::error::Result;
use crate::store;
use crate::store::priority::Priorities;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Where everybody stood when they were last asked for, by scheme.
struct Known {
    written: (u64, u64),
    today: NaiveDate,
    by_scheme: BTreeMap<&'static str, Priorities>,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// By what everybody stands in a column that follows the numbers: the priority, or the place of the class in its scheme.
/// `None` for every other column, and for the column of a scheme that the shop gave up.
pub(crate) fn ranks(connection: &Connection, moment: &Moment, column: TableColumn) -> Result<Option<Priorities>> {
    if column == TableColumn::Priority {
        return priority::priorities(connection, moment).map(Some);
    }
    let Some(key) = column.scheme() else { return Ok(None) };
    let Ok(scheme) = classes::scheme(connection, key) else { return Ok(None) };
    let (written, today) = (store::changes::written(connection), moment.today);
    let holds = |known: &&mut Known| known.written == written && known.today == today;
    // What is seen inside a transaction may never have been.
    let may_keep = connection.is_autocommit();
    let kept = KNOWN.with_borrow_mut(|known| {
        known.as_mut().filter(holds).filter(|_| may_keep).and_then(|known| known.by_scheme.get(key).cloned())
    });
    if kept.is_some() {
        return Ok(kept);
    }
    let found: Priorities = ready::with(connection, moment, &scheme.needs(), |ready| {
        let placed = Placed::of(connection, moment, scheme, &ready.table)?;
        Ok(ready.table.customers().iter().copied().zip(placed.run.classes).collect())
    })?;
    if may_keep {
        KNOWN.with_borrow_mut(|known| {
            if !known.as_mut().is_some_and(|known| holds(&known)) {
                *known = Some(Known { written, today, by_scheme: BTreeMap::new() });
            }
            if let Some(known) = known {
                known.by_scheme.insert(key, found.clone());
            }
        });
    }
    Ok(Some(found))
}

/// What the classes of a scheme are called, in the order of their places; none where the shop gave the scheme up.
pub(crate) fn class_names(connection: &Connection, moment: &Moment, key: &str) -> Result<Vec<String>> {
    let Ok(scheme) = classes::scheme(connection, key) else { return Ok(vec![]) };
    scheme.faces().map(|face| Ok(classes::tag(face, moment.language)?.name)).collect()
}
