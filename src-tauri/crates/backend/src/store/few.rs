//! What few customers have: a tier by hand, a debt, a price of their own. A sale asks for all of it and mostly finds
//! nothing, so whoever has any is kept in memory as long as they are few, and of everybody else no rows are looked for.

use super::changes::Group;
use super::remembered::remembered_while;
use crate::error::Result;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::rc::Rc;

/// What few customers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Few {
    /// Records that were merged into theirs.
    Merged,
    TierByHand,
    Debt,
    Pin,
    Term,
    AgreedPrice,
    Judgement,
    Erasure,
}

/// More rows than this are not kept: then many have what few should have.
const MOST: usize = 1_000;
/// So often it is asked in the book before all is read at once: an import writes customers and asks by turns.
const ASKED_BEFORE: u32 = 16;

impl Few {
    const ALL: [Self; 8] = [
        Self::Merged,
        Self::TierByHand,
        Self::Debt,
        Self::Pin,
        Self::Term,
        Self::AgreedPrice,
        Self::Judgement,
        Self::Erasure,
    ];

    /// Whose rows they are, with the customer that each was merged into.
    fn sql(self) -> String {
        let table = match self {
            Self::Merged => {
                let merged = "SELECT id AS customer_id, merged_into FROM customers WHERE merged_into IS NOT NULL";
                return format!("{merged} LIMIT {}", MOST + 1);
            }
            Self::TierByHand => "tier_by_hand",
            Self::Debt => "points_debts",
            Self::Pin => "segment_pins",
            Self::Term => "special_terms",
            Self::AgreedPrice => "agreed_prices",
            Self::Judgement => "customer_judgements",
            Self::Erasure => "erasures",
        };
        format!(
            "SELECT it.customer_id, customers.merged_into
             FROM (SELECT customer_id FROM {table} LIMIT {}) AS it
             JOIN customers ON customers.id = it.customer_id",
            MOST + 1
        )
    }

    /// Everybody who has any; `None` where they are many.
    fn holders(self, connection: &Connection) -> Result<Option<HashSet<i64>>> {
        let mut statement = connection.prepare_cached(&self.sql())?;
        let mut rows = statement.query([])?;
        let (mut found, mut count) = (HashSet::new(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            if count > MOST {
                return Ok(None);
            }
            found.insert(row.get("customer_id")?);
            found.extend(row.get::<_, Option<i64>>("merged_into")?);
        }
        Ok(Some(found))
    }
}

/// How often it was asked, and everybody who has any once they were read.
type Holder = (Cell<u32>, OnceCell<Option<HashSet<i64>>>);

/// Holders of each kind.
#[derive(Clone, Default)]
struct Holders(Rc<[Holder; Few::ALL.len()]>);

/// Whether a customer, or a record that was merged into it, may have any; `false` is certain.
pub(crate) fn may_have(connection: &Connection, what: Few, customer: CustomerId) -> Result<bool> {
    let Holders(all) = remembered_while(Group::Few, || Ok(Holders::default()))?;
    let Some((asked, holders)) = all.get(what as usize) else { return Ok(true) };
    if let Some(known) = holders.get() {
        return Ok(known.as_ref().is_none_or(|known| known.contains(&customer.0)));
    }
    asked.set(asked.get() + 1);
    if asked.get() > ASKED_BEFORE {
        let _ = holders.set(what.holders(connection)?);
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{changes, migrate};

    #[test]
    fn whoever_has_none_is_known_after_some_questions_and_until_somebody_is_given_one() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = OFF;
                 INSERT INTO customers (id, member_no, name, sort_key, joined_on, created_at, updated_at, merged_into)
                 VALUES (1, '1', '李雷', x'', '2026-01-01', 0, 0, NULL), (2, '2', '韩梅梅', x'', '2026-01-01', 0, 0, NULL),
                        (3, '3', '李雷雷', x'', '2026-01-01', 0, 0, 1);
                 INSERT INTO points_debts (customer_id, points) VALUES (3, 5);",
            )
            .unwrap();
        let ask = |what, id| may_have(&connection, what, CustomerId(id)).unwrap();
        assert!((0..99).all(|_| ask(Few::Debt, 2)), "elsewhere than on the book's thread every question is asked");
        changes::opened();
        for what in Few::ALL {
            assert!((0..=ASKED_BEFORE).all(|_| ask(what, 2)), "{what:?} is asked in the book at first");
            assert!(!ask(what, 2), "{what:?}");
        }
        assert!(ask(Few::Debt, 1) && ask(Few::Debt, 3), "what a merged record has is the person's");
        assert!(ask(Few::Merged, 1) && ask(Few::Merged, 3));
        changes::row_written("sales", 1);
        assert!(!ask(Few::Debt, 2), "a sale gives nobody a debt");
        connection.execute("INSERT INTO points_debts (customer_id, points) VALUES (2, 1)", []).unwrap();
        changes::row_written("points_debts", 2);
        assert!((0..99).all(|_| ask(Few::Debt, 2)));
    }

    #[test]
    fn what_many_have_is_asked_for_in_the_book() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = OFF;
                 WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1001)
                 INSERT INTO customers (id, member_no, name, sort_key, joined_on, created_at, updated_at)
                 SELECT n, n, '客人', x'', '2026-01-01', 0, 0 FROM numbers;
                 INSERT INTO points_debts (customer_id, points) SELECT id, 1 FROM customers;",
            )
            .unwrap();
        changes::opened();
        assert!((0..99).all(|_| may_have(&connection, Few::Debt, CustomerId(5_000)).unwrap()));
    }
}
