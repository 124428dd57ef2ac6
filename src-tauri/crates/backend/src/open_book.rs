//! A book that is open: its path, key, thread, the facts about the shop and the search over its customers.

use crate::error::{ApiError, ErrorCode, Result};
use crate::kept::Kept;
use crate::keys::BookKey;
use crate::search::SearchIndex;
use crate::store::book::BookFacts;
use crate::store::staff::Session;
use crate::store::thread::{DbThread, Priority};
use crate::store::{self, migrate};
use rusqlite::{Transaction, TransactionBehavior};
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::Role;
use shukebu_domain::time::Timestamp;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, RwLock};

/// A book that is open.
pub struct Book {
    /// The file.
    pub path: PathBuf,
    pub(crate) key: BookKey,
    pub(crate) thread: DbThread,
    pub(crate) search: RwLock<SearchIndex>,
    facts: RwLock<BookFacts>,
    /// One backup at a time.
    pub(crate) backing_up: Mutex<()>,
    /// A second handle to the file, for backups. It stays open as long as the book: on POSIX systems closing any
    /// handle of a file gives up every lock that the process holds on it.
    pub(crate) raw: File,
    /// How far the clock stood behind the last moment seen, when the book was opened.
    pub(crate) clock_went_back_s: Mutex<Option<i64>>,
    /// What use cases keep between two calls as long as the book is open.
    pub(crate) kept: Kept,
}

impl Book {
    /// Makes a new book with its key beside it; `seed` writes what a new book begins with.
    ///
    /// # Errors
    /// Where a file of that name exists, or the folder cannot be written.
    pub(crate) fn create(
        path: &Path,
        facts: BookFacts,
        owner: &str,
        at: Timestamp,
        seed: impl FnOnce(&Transaction, &BookFacts, StaffId) -> Result<()>,
    ) -> Result<(Self, Session)> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let key = BookKey::generate()?;
        let mut connection = store::connection::create(path, &key)?;
        let made = (|| {
            migrate::apply(&mut connection, &migrate::runner())?;
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            store::book::insert(&tx, &facts, at)?;
            let staff = store::staff::insert(&tx, owner, Role::Owner, at)?;
            seed(&tx, &facts, staff)?;
            tx.commit()?;
            crate::keys::write_key_beside(path, &key)?;
            store::staff::owner(&connection)
        })();
        match made {
            Ok(session) => Ok((Self::around(path, key, connection, facts)?, session)),
            Err(error) => {
                // A half-made book has nothing in it that could be lost.
                drop(connection);
                for leftover in [path.to_owned(), crate::keys::key_path(path)] {
                    let _ = std::fs::remove_file(leftover);
                }
                Err(error)
            }
        }
    }

    /// Opens an existing book, brought up to date.
    ///
    /// # Errors
    /// Every reason why a book cannot be opened.
    pub(crate) fn open(path: &Path, key: BookKey) -> Result<Self> {
        let connection = migrate::open_up_to_date(path, &key, &migrate::runner())?;
        let facts = store::book::facts(&connection)?;
        Self::around(path, key, connection, facts)
    }

    fn around(path: &Path, key: BookKey, connection: rusqlite::Connection, facts: BookFacts) -> Result<Self> {
        let raw = File::open(path)?;
        if crate::keys::read_slots(path).is_none() {
            crate::keys::write_slots_of(&raw, path, &key)?;
        }
        let (again_path, again_key) = (path.to_owned(), key.clone());
        let thread = DbThread::start(connection, move || store::connection::open(&again_path, &again_key))?;
        Ok(Self {
            path: path.to_owned(),
            key,
            thread,
            search: RwLock::new(SearchIndex::default()),
            facts: RwLock::new(facts),
            backing_up: Mutex::new(()),
            raw,
            clock_went_back_s: Mutex::new(None),
            kept: Kept::default(),
        })
    }

    /// What is fixed about the shop.
    pub fn facts(&self) -> BookFacts {
        match self.facts.read() {
            Ok(facts) => facts.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// After the settings changed.
    pub(crate) fn set_facts(&self, facts: BookFacts) {
        if let Ok(mut current) = self.facts.write() {
            *current = facts;
        }
    }

    /// Who acts as long as nobody signed in: the owner.
    pub(crate) fn default_session(&self) -> Result<Session> {
        self.thread.run(Priority::Counter, |owned| store::staff::owner(&owned.connection))
    }
}

/// Why a book cannot be opened, as the problem screen names it.
pub(crate) fn problem_kind(error: &ApiError) -> &'static str {
    match (error.code, error.key.as_str()) {
        (ErrorCode::Busy, _) => "in_use",
        (_, "book.missing") => "missing",
        (_, "book.newer") => "newer",
        (_, "book.not_ours") => "not_ours",
        (_, "book.wrong_key" | "book.wrong_key_or_not_ours") => "wrong_key",
        (_, "book.no_key" | "book.key_unreadable") => "no_key",
        (_, "book.not_writable") => "not_writable",
        (ErrorCode::DiskFull, _) => "disk_full",
        _ => "damaged",
    }
}
