//! How a change reaches the book: right, transaction, operation id, audit row, commit, search, touched tables.
//!
//! A [`Worker`] is what a command hands to a thread of its own for long work: the book, the moment at which the
//! command came, and who gave it. The program itself writes through one, too, so that there is one way only.

use super::{Changed, Listener, Moment, Op, Saved, Session, Written, random_bytes};
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::open_book::Book;
use crate::store::audit::{self, Act};
use crate::store::thread::{Owned, Priority};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::rights::{self, Right};
use std::sync::Arc;

/// The open book, a moment and a person, for work that outlives the call.
#[derive(Clone)]
pub struct Worker {
    book: Arc<Book>,
    moment: Moment,
    listener: Option<Listener>,
}

impl Worker {
    pub(super) fn new(book: Arc<Book>, moment: Moment, listener: Option<Listener>) -> Self {
        Self { book, moment, listener }
    }

    /// When the command came, for whom, in which shop.
    pub fn moment(&self) -> &Moment {
        &self.moment
    }

    /// Reads the book behind everything that a customer waits for.
    ///
    /// # Errors
    /// What the use case refuses.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let moment = self.moment.clone();
        self.book.thread.run(Priority::Background, move |owned| work(&owned.connection, &moment))
    }

    /// Changes the book: right, transaction, operation id, audit row, commit, touched tables.
    ///
    /// # Errors
    /// What the use case refuses; nothing is written then.
    pub fn write(
        &self,
        op: Op,
        work: impl FnOnce(&Transaction, &Moment) -> Result<Written> + Send + 'static,
    ) -> Result<Saved> {
        authorize(&self.moment.session, op.action)?;
        let (key, moment) = (self.book.key.clone(), self.moment.clone());
        let action = op.action;
        let (saved, tables, reindex) =
            self.book.thread.run(op.priority, move |owned| transact(owned, &key, &op, &moment, work))?;
        if saved.is_new {
            match reindex {
                Reindex::Nobody => {}
                Reindex::These(customers) => crate::customers::reindex(&self.book, customers)?,
                Reindex::All => crate::customers::reindex_all(&self.book)?,
            }
            if let Some(listener) = &self.listener {
                listener(&Changed { op: action.into(), tables });
            }
        }
        Ok(saved)
    }
}

/// Whether a person may do this.
pub(super) fn authorize(session: &Session, action: &str) -> Result<()> {
    match rights::right(session.role, action) {
        Right::Yes => Ok(()),
        Right::Ask | Right::No => Err(ApiError::new(ErrorCode::NotPermitted, "not_permitted").with("action", action)),
    }
}

enum Reindex {
    Nobody,
    These(Vec<CustomerId>),
    All,
}

fn transact(
    owned: &mut Owned,
    key: &BookKey,
    op: &Op,
    moment: &Moment,
    work: impl FnOnce(&Transaction, &Moment) -> Result<Written>,
) -> Result<(Saved, Vec<String>, Reindex)> {
    let op_id = op.key.clone().unwrap_or_else(|| crate::keys::to_hex(&random_bytes()));
    let _ = owned.take_touched();
    let tx = owned.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(earlier) = audit::find(&tx, &op_id)? {
        if earlier.action != op.action {
            return Err(ApiError::new(ErrorCode::Conflict, "operation.key_reused"));
        }
        return Ok((Saved { id: earlier.entity_id, is_new: false }, vec![], Reindex::Nobody));
    }
    let written = work(&tx, moment)?;
    let act = Act {
        op: &op_id,
        at: moment.now,
        staff: moment.session.staff,
        action: op.action,
        entity: Some(written.entity),
        entity_id: written.id,
        detail: &written.detail,
    };
    audit::append(&tx, key, &act)?;
    if let Err(error) = tx.commit() {
        settle_unknown_commit(owned, &op_id, error)?;
    }
    let reindex = match (written.reindex_all, written.reindex.is_empty()) {
        (true, _) => Reindex::All,
        (false, true) => Reindex::Nobody,
        (false, false) => Reindex::These(written.reindex),
    };
    Ok((Saved { id: written.id, is_new: true }, owned.take_touched(), reindex))
}

/// An error from COMMIT means "unknown": reopen, look up the operation id, then say saved or not saved.
fn settle_unknown_commit(owned: &mut Owned, op_id: &str, error: rusqlite::Error) -> Result<()> {
    owned.reopen()?;
    match audit::find(&owned.connection, op_id)? {
        Some(_) => Ok(()),
        None => Err(error.into()),
    }
}
