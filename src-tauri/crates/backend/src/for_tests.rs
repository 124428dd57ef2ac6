//! What tests need of an open book and nobody else: ids that cannot be mixed up, a book of the future, a log that
//! somebody changed. Built only with the feature `for-tests`.

use crate::app::App;
use crate::error::Result;
use crate::store::thread::Priority;
use crate::store::{audit, engine_time, tampering};
use std::time::Duration;

/// A row of the log.
pub struct ActForTests {
    /// Name of who did it.
    pub staff: String,
    /// What.
    pub action: String,
    /// What the log says beside.
    pub detail: serde_json::Value,
}

impl App {
    /// The newest row of the log.
    ///
    /// # Errors
    /// While no book is open.
    pub fn newest_act_for_tests(&self) -> Result<ActForTests> {
        let (staff, action, detail) =
            self.book()?.thread.run(Priority::Counter, |owned| tampering::newest_act(&owned.connection))?;
        Ok(ActForTests { staff, action, detail: serde_json::from_str(&detail)? })
    }

    /// Customers start at 1001, products at 2001 and so on: an id passed for another entity's finds nothing.
    ///
    /// # Errors
    /// While no book is open.
    pub fn offset_ids_for_tests(&self) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, |owned| tampering::offset_ids(&owned.connection))
    }

    /// Somebody works here from now on.
    ///
    /// # Errors
    /// While no book is open.
    pub fn add_staff_for_tests(&self, name: &str, role: &'static str) -> Result<()> {
        let (name, now) = (name.to_owned(), self.now());
        self.book()?
            .thread
            .run(Priority::Counter, move |owned| tampering::add_staff(&owned.connection, &name, role, now.millis()))
    }

    /// The open book says of itself that a newer program wrote it.
    ///
    /// # Errors
    /// While no book is open.
    pub fn pretend_newer_for_tests(&self) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, |owned| tampering::pretend_newer(&owned.connection))
    }

    /// The book keeps no numbers of its customers any more: the next look counts everything from scratch.
    ///
    /// # Errors
    /// While no book is open.
    pub fn forget_numbers_for_tests(&self) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, |owned| tampering::forget_numbers(&owned.connection))
    }

    /// Two indexes of the customers say what is not so, while no row and no page is damaged.
    ///
    /// # Errors
    /// While no book is open.
    pub fn mix_up_indexes_for_tests(&self) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, |owned| tampering::mix_up_indexes(&owned.connection))
    }

    /// The search lines are of the first version, which knew nothing of groups.
    ///
    /// # Errors
    /// While no book is open.
    pub fn pretend_first_search_for_tests(&self) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, |owned| tampering::pretend_first_search(&owned.connection))
    }

    /// Changes the log by hand, walks it, and takes the change back; answers the first row that does not fit.
    ///
    /// # Errors
    /// While no book is open.
    pub fn with_tampering_for_tests(&self, sql: &'static str) -> Result<Option<i64>> {
        let book = self.book()?;
        let key = book.key.clone();
        book.thread.run(Priority::Counter, move |owned| {
            let tx = owned.connection.transaction()?;
            tampering::run(&tx, sql)?;
            audit::first_broken(&tx, &key)
        })
    }

    /// Somebody with a database program was at the open book.
    ///
    /// # Errors
    /// While no book is open.
    pub fn let_a_stranger_in_for_tests(&self, sql: &'static str) -> Result<()> {
        self.book()?.thread.run(Priority::Counter, move |owned| tampering::by_a_stranger(&owned.connection, sql))
    }

    /// How long the book's thread has worked since this was asked last.
    ///
    /// # Errors
    /// While no book is open.
    pub fn take_engine_time_for_tests(&self) -> Result<Duration> {
        self.book()?.thread.run(Priority::Counter, |_| Ok(engine_time::take()))
    }
}
