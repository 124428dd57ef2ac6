//! Many rows of one table in few statements: when everything falls due at once, what a statement costs by itself is
//! shared by many rows.

use crate::error::Result;
use rusqlite::{Statement, ToSql, Transaction};

/// So many rows go into one statement.
const AT_ONCE: usize = 64;

/// An insert without its rows.
pub(super) struct Many {
    /// Table and columns.
    pub insert: &'static str,
    /// What happens to a row that is there already.
    pub unless: &'static str,
    /// How many columns there are.
    pub columns: usize,
}

/// The row whose values are being bound.
pub(super) struct Row<'a, 'c> {
    statement: &'a mut Statement<'c>,
    at: usize,
}

impl Row<'_, '_> {
    /// The next value of the row.
    pub(super) fn next(&mut self, value: impl ToSql) -> Result<()> {
        self.at += 1;
        Ok(self.statement.raw_bind_parameter(self.at, value)?)
    }
}

impl Many {
    /// Inserts rows; `bind` gives the values of one in the order of the columns.
    pub(super) fn insert<T>(
        &self,
        tx: &Transaction,
        rows: &[T],
        bind: impl Fn(&mut Row, &T) -> Result<()>,
    ) -> Result<()> {
        for rows in rows.chunks(AT_ONCE) {
            // Full chunks share one statement; the rest is one more.
            let mut statement = tx.prepare_cached(&self.sql(rows.len()))?;
            let mut row = Row { statement: &mut statement, at: 0 };
            for values in rows {
                bind(&mut row, values)?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }

    fn sql(&self, rows: usize) -> String {
        let one = format!("({})", vec!["?"; self.columns].join(", "));
        format!("{} VALUES {} {}", self.insert, vec![one; rows].join(", "), self.unless)
    }
}
