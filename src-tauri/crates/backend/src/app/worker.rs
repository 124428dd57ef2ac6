//! How a change reaches the book: right, transaction, operation id, audit row, commit, search, touched tables.
//!
//! A [`Worker`] is what a command hands to a thread of its own for long work: the book, the moment at which the
//! command came, and who gave it. The program itself writes through one, too, so that there is one way only.

use super::{Approval, Changed, Listener, Moment, Op, Saved, Session, Written, random_bytes};
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::open_book::Book;
use crate::search::Rank;
use crate::search_texts::{self, Line};
use crate::store;
use crate::store::approvals::ApprovalToStore;
use crate::store::audit::{self, Act};
use crate::store::thread::{Counter, Owned, Priority};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde_json::Value;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::rights::{self, Right};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Key of the refusal by which long work steps aside for the counter.
const COUNTER_FIRST: &str = "counter_first";
/// How often long work steps aside before it is carried through.
const ATTEMPTS: u32 = 8;
/// Steps of the book's engine between two looks at the counter: about a tenth of a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 2_000;

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
        self.write_unless(op, None, work)
    }

    /// Changes the book by long work that can be begun anew: while somebody at the counter waits it undoes what it has
    /// done, lets them go first, and begins again when the counter is quiet. After some tries it is carried through.
    /// `make` makes the work for one try; within it [`Aside::check`] may be asked.
    ///
    /// # Errors
    /// What the use case refuses; nothing is written then.
    pub(crate) fn write_patiently<W>(&self, op: &Op, mut make: impl FnMut(Aside) -> Result<W>) -> Result<Saved>
    where
        W: FnOnce(&Transaction, &Moment) -> Result<Written> + Send + 'static,
    {
        let counter = self.book.thread.counter();
        for attempt in 1..ATTEMPTS {
            let aside = Aside(Some(counter.clone()));
            match self.write_unless(op.clone(), Some(counter.clone()), make(aside)?) {
                Err(refusal) if refusal.key == COUNTER_FIRST => {
                    let quiet = Duration::from_millis(100) * attempt;
                    counter.wait_for_quiet(quiet, quiet * 10);
                }
                settled => return settled,
            }
        }
        self.write_unless(op.clone(), None, make(Aside(None))?)
    }

    fn write_unless(
        &self,
        op: Op,
        counter: Option<Counter>,
        work: impl FnOnce(&Transaction, &Moment) -> Result<Written> + Send + 'static,
    ) -> Result<Saved> {
        authorize(&self.moment.session, self.moment.approval.as_ref(), op.action)?;
        let (key, moment) = (self.book.key.clone(), self.moment.clone());
        let action = op.action;
        let (saved, tables, reindex) = self.book.thread.run(op.priority, move |owned| match counter {
            Some(counter) => aside(owned, counter, |owned| transact(owned, &key, &op, &moment, work)),
            None => transact(owned, &key, &op, &moment, work),
        })?;
        if saved.is_new {
            match reindex {
                Reindex::Nobody => {}
                Reindex::These(lines, ranks) => search_texts::reindex(&self.book, lines, ranks)?,
                Reindex::All => search_texts::reindex_all(&self.book)?,
            }
            if let Some(listener) = &self.listener {
                listener(&Changed { op: action.into(), tables });
            }
        }
        Ok(saved)
    }
}

/// By which long work asks whether it should step aside. Within the book's engine it is asked by itself.
#[derive(Clone)]
pub(crate) struct Aside(Option<Counter>);

impl Aside {
    /// A refusal that ends this try while somebody at the counter waits.
    pub(crate) fn check(&self) -> Result<()> {
        match &self.0 {
            Some(counter) if counter.waits() => Err(ApiError::not_now(COUNTER_FIRST)),
            _ => Ok(()),
        }
    }
}

/// Does work that the engine breaks off while somebody at the counter waits.
fn aside<T>(owned: &mut Owned, counter: Counter, work: impl FnOnce(&mut Owned) -> Result<T>) -> Result<T> {
    let is_broken_off = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&is_broken_off);
    let look = move || {
        let waits = counter.waits();
        if waits {
            noted.store(true, Ordering::Relaxed);
        }
        waits
    };
    owned.connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(look))?;
    let done = work(owned);
    owned.connection.progress_handler(0, None::<fn() -> bool>)?;
    match done {
        Err(_) if is_broken_off.load(Ordering::Relaxed) => Err(ApiError::not_now(COUNTER_FIRST)),
        done => done,
    }
}

/// Whether a person may do this, alone or, where the table says so, approved by somebody with the right.
pub(super) fn authorize(session: &Session, approval: Option<&Approval>, action: &'static str) -> Result<()> {
    let refuse = |key| ApiError::new(ErrorCode::NotPermitted, key).with("action", action);
    match rights::right(session.role, action) {
        Right::Yes => Ok(()),
        Right::Ask if approval.is_some_and(|approval| approval.covers(session.role, action)) => Ok(()),
        Right::Ask => Err(refuse("approval.needed").asking(action)),
        Right::No => Err(refuse("not_permitted")),
    }
}

enum Reindex {
    Nobody,
    These(Vec<Line>, Vec<(CustomerId, Rank)>),
    All,
}

fn transact(
    owned: &mut Owned,
    key: &BookKey,
    op: &Op,
    moment: &Moment,
    work: impl FnOnce(&Transaction, &Moment) -> Result<Written>,
) -> Result<(Saved, Vec<String>, Reindex)> {
    let op_id = op.key.clone().unwrap_or_else(|| {
        // The moment leads, so that the index of the log grows at its end.
        format!("{:012x}-{}", moment.now.millis(), crate::keys::to_hex(&random_bytes()))
    });
    let _ = owned.take_touched();
    let tx = owned.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // A number that was just drawn was never there.
    if op.key.is_some()
        && let Some(earlier) = audit::find(&tx, &op_id)?
    {
        if earlier.action != op.action {
            return Err(ApiError::new(ErrorCode::Conflict, "operation.key_reused"));
        }
        return Ok((Saved { id: earlier.entity_id, is_new: false }, vec![], Reindex::Nobody));
    }
    let mut written = work(&tx, moment)?;
    note_approval(&tx, moment, &op_id, &mut written)?;
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
    let reindex = match (written.reindex_all, written.reindex.is_empty() && written.rerank.is_empty()) {
        (true, _) => Reindex::All,
        (false, true) => Reindex::Nobody,
        (false, false) => Reindex::These(
            search_texts::lines_of(&owned.connection, written.reindex)?,
            search_texts::ranks_of(&owned.connection, written.rerank)?,
        ),
    };
    Ok((Saved { id: written.id, is_new: true }, owned.take_touched(), reindex))
}

/// Where a right was lent, the log names who lent it, and the reason lies beside it.
fn note_approval(tx: &Transaction, moment: &Moment, op_id: &str, written: &mut Written) -> Result<()> {
    let Some(approval) = &moment.approval else { return Ok(()) };
    let used = approval.used();
    if used.is_empty() {
        return Ok(());
    }
    for action in used {
        let kept = ApprovalToStore {
            op: op_id,
            at: moment.now,
            action,
            entity: written.entity,
            entity_id: written.id,
            asked_by: moment.session.staff,
            approved_by: approval.staff,
            reason: &approval.reason,
        };
        store::approvals::insert(tx, &kept)?;
    }
    match &mut written.detail {
        Value::Object(detail) => {
            detail.insert("approved_by".into(), approval.staff.0.into());
        }
        detail => *detail = serde_json::json!({ "approved_by": approval.staff.0 }),
    }
    Ok(())
}

/// An error from COMMIT means "unknown": reopen, look up the operation id, then say saved or not saved.
fn settle_unknown_commit(owned: &mut Owned, op_id: &str, error: rusqlite::Error) -> Result<()> {
    owned.reopen()?;
    match audit::find(&owned.connection, op_id)? {
        Some(_) => Ok(()),
        None => Err(error.into()),
    }
}
