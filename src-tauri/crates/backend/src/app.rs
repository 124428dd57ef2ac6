//! The program without its window: a clock, a language, perhaps an open book, and the one way to change it.
//!
//! `read` and `write` hand a use case its connection together with the moment: when it is, for whom, in which shop.
//! `write` is the only way to change a book: it checks the right, runs in one transaction with an operation id,
//! appends the audit row, commits, and tells the window which tables were touched.

mod approval;
mod worker;

pub use crate::store::staff::Session;
pub use approval::Approval;
pub(crate) use approval::can_approve;
pub(crate) use worker::Aside;
pub use worker::Worker;

use crate::clock::Clock;
use crate::error::{ApiError, ErrorCode, Result};
use crate::kept::Kept;
use crate::keys::KeyStore;
use crate::messages::Language;
use crate::open_book::Book;
use crate::store::thread::Priority;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, Transaction};
use serde_json::Value;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::rights::{Right, Role, right};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock, Weak};

/// When it is, for whom, in which shop: what every use case needs beside its input.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now, read once per use case.
    pub now: Timestamp,
    /// The shop's business day.
    pub today: NaiveDate,
    /// The shop's zone.
    pub zone: Tz,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimals of the minor unit.
    pub exponent: u32,
    /// Language of the answers.
    pub language: Language,
    /// Who acts.
    pub session: Session,
    /// What somebody with greater rights says to it.
    pub approval: Option<Approval>,
}

impl Moment {
    /// Whether the person at the counter sees numbers only in part.
    pub fn masks(&self) -> bool {
        self.session.role == Role::Clerk
    }

    /// Whether the person at the counter may do this without asking anybody.
    pub fn may_alone(&self, action: &str) -> bool {
        right(self.session.role, action) == Right::Yes
    }

    /// Whether somebody with greater rights than the person at the counter approves this; the log will say so.
    pub fn is_approved(&self, action: &'static str) -> bool {
        self.approval.as_ref().is_some_and(|approval| approval.covers(self.session.role, action))
    }

    /// Whether this may be done now, alone or approved.
    pub fn may(&self, action: &'static str) -> bool {
        self.may_alone(action) || self.is_approved(action)
    }
}

/// What is to be written: the action of the rights table and the key that a form gave.
#[derive(Debug, Clone)]
pub struct Op {
    action: &'static str,
    key: Option<String>,
    priority: Priority,
}

impl Op {
    /// An operation of this action.
    pub fn new(action: &'static str) -> Self {
        Self { action, key: None, priority: Priority::Counter }
    }

    /// With the key of the form: the same key twice is one operation.
    #[must_use]
    pub fn keyed(mut self, key: Option<String>) -> Self {
        self.key = key.filter(|key| !key.trim().is_empty());
        self
    }

    /// Behind everything that a customer waits for.
    #[must_use]
    pub fn in_background(mut self) -> Self {
        self.priority = Priority::Background;
        self
    }
}

/// What a write did: the row it is about, what the log says, whose search keys are stale.
pub struct Written {
    entity: &'static str,
    id: Option<i64>,
    detail: Value,
    reindex: Vec<CustomerId>,
    rerank: Vec<CustomerId>,
    reindex_all: bool,
}

impl Written {
    /// Something about one row.
    pub fn one(entity: &'static str, id: i64) -> Self {
        Self { entity, id: Some(id), detail: Value::Null, reindex: vec![], rerank: vec![], reindex_all: false }
    }

    /// Something about many rows, or none in particular.
    pub fn many(entity: &'static str) -> Self {
        Self { entity, id: None, detail: Value::Null, reindex: vec![], rerank: vec![], reindex_all: false }
    }

    /// What the log says beside action and row: ids and numbers, never names.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// The search must learn about this customer after the commit.
    #[must_use]
    pub fn reindex(mut self, customer: CustomerId) -> Self {
        self.reindex.push(customer);
        self
    }

    /// The search must learn where this customer stands among the hits; by what the customer is found did not change.
    #[must_use]
    pub fn rerank(mut self, customer: CustomerId) -> Self {
        self.rerank.push(customer);
        self
    }

    /// The search must learn about everybody after the commit.
    #[must_use]
    pub fn reindex_all(mut self) -> Self {
        self.reindex_all = true;
        self
    }
}

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The row that it is about.
    pub id: Option<i64>,
    /// False when the key had been seen before and nothing new was written.
    pub is_new: bool,
}

/// What changed, for whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// Action.
    pub op: String,
    /// Tables written.
    pub tables: Vec<String>,
}

type Listener = Arc<dyn Fn(&Changed) + Send + Sync>;

/// The program without its window.
pub struct App {
    clock: Arc<dyn Clock>,
    language: RwLock<Language>,
    book: RwLock<Option<Arc<Book>>>,
    session: RwLock<Option<Session>>,
    listener: RwLock<Option<Listener>>,
    handles: Mutex<BTreeMap<String, PathBuf>>,
    pasted: Mutex<Option<(String, String)>>,
    problem: RwLock<Option<(PathBuf, ApiError)>>,
    key_store: RwLock<Option<Arc<dyn KeyStore>>>,
    /// What use cases keep between two calls, whatever book is open.
    pub(crate) kept: Kept,
    /// Folder of the program's own notes (last book, demo books).
    pub home: PathBuf,
    takes_paths: AtomicBool,
    me: Weak<Self>,
}

impl App {
    /// A program without a book. `home` is the folder for its own notes.
    pub fn new(clock: Arc<dyn Clock>, home: PathBuf) -> Arc<Self> {
        Arc::new_cyclic(|me| Self {
            clock,
            language: RwLock::new(Language::default()),
            book: RwLock::new(None),
            session: RwLock::new(None),
            listener: RwLock::new(None),
            handles: Mutex::new(BTreeMap::new()),
            pasted: Mutex::new(None),
            problem: RwLock::new(None),
            key_store: RwLock::new(None),
            kept: Kept::default(),
            home,
            takes_paths: AtomicBool::new(false),
            me: me.clone(),
        })
    }

    /// The program itself for a worker that outlives the call.
    ///
    /// # Errors
    /// While the program is closing.
    pub fn shared(&self) -> Result<Arc<Self>> {
        self.me.upgrade().ok_or_else(|| ApiError::internal("the program is closing"))
    }

    /// Takes plain paths where the window gives handles: for the CLI, whose caller may read those files anyway.
    pub fn take_paths(&self) {
        self.takes_paths.store(true, Ordering::Relaxed);
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock itself, for workers.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Language of the answers.
    pub fn language(&self) -> Language {
        self.language.read().map(|language| *language).unwrap_or_default()
    }

    /// Answers in another language from now on.
    pub fn set_language(&self, language: Language) {
        if let Ok(mut current) = self.language.write() {
            *current = language;
        }
    }

    /// Whoever shows the book learns what changed.
    pub fn on_change(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) {
        if let Ok(mut current) = self.listener.write() {
            *current = Some(Arc::new(listener));
        }
    }

    /// Tells whoever shows the book.
    pub(crate) fn announce(&self, changed: &Changed) {
        let listener = self.listener.read().ok().and_then(|listener| listener.clone());
        if let Some(listener) = listener {
            listener(changed);
        }
    }

    /// A handle by which the page may name a file or folder that a person chose in a dialog.
    pub fn grant(&self, path: PathBuf) -> String {
        let handle = format!("file-{}", crate::keys::to_hex(&random_bytes()));
        if let Ok(mut handles) = self.handles.lock() {
            handles.insert(handle.clone(), path);
        }
        handle
    }

    /// Keeps pasted cells, instead of those before; they never touch the disk.
    pub(crate) fn keep_pasted(&self, text: String) -> String {
        let handle = format!("pasted-{}", crate::keys::to_hex(&random_bytes()));
        if let Ok(mut pasted) = self.pasted.lock() {
            *pasted = Some((handle.clone(), text));
        }
        handle
    }

    /// The pasted cells behind a handle.
    pub(crate) fn pasted(&self, handle: &str) -> Option<String> {
        let pasted = self.pasted.lock().ok()?;
        pasted.as_ref().filter(|(known, _)| known == handle).map(|(_, text)| text.clone())
    }

    /// The path behind a handle.
    ///
    /// # Errors
    /// A handle that was not granted.
    pub fn granted(&self, field: &str, handle: &str) -> Result<PathBuf> {
        let known = self.handles.lock().ok().and_then(|handles| handles.get(handle).cloned());
        match known {
            Some(path) => Ok(path),
            None if self.takes_paths.load(Ordering::Relaxed) => Ok(PathBuf::from(handle)),
            None => Err(ApiError::field(field, "file.not_chosen")),
        }
    }

    /// The open book.
    ///
    /// # Errors
    /// `Locked` while no book is open.
    pub fn book(&self) -> Result<Arc<Book>> {
        let book = self.book.read().ok().and_then(|book| book.clone());
        book.ok_or_else(|| ApiError::new(ErrorCode::Locked, "book.none_open"))
    }

    /// Puts an open book in place; whoever asks from now on asks it.
    pub(crate) fn install(&self, book: Arc<Book>, session: Session) -> Result<()> {
        *self.session.write().map_err(ApiError::internal)? = Some(session);
        *self.book.write().map_err(ApiError::internal)? = Some(book);
        Ok(())
    }

    /// Closes the book; waits for what is under way.
    pub fn close_book(&self) {
        let book = self.book.write().ok().and_then(|mut book| book.take());
        drop(book);
    }

    /// Keeps keys in the operating system's store as well from now on.
    pub fn use_key_store(&self, store: Arc<dyn KeyStore>) {
        if let Ok(mut current) = self.key_store.write() {
            *current = Some(store);
        }
    }

    /// The operating system's key store, where the host has given one.
    pub(crate) fn key_store(&self) -> Option<Arc<dyn KeyStore>> {
        self.key_store.read().ok().and_then(|store| store.clone())
    }

    /// Why the last book cannot be opened.
    pub(crate) fn problem(&self) -> Option<(PathBuf, ApiError)> {
        self.problem.read().ok().and_then(|problem| problem.clone())
    }

    /// Remembers or forgets why the last book cannot be opened.
    pub(crate) fn set_problem(&self, problem: Option<(PathBuf, ApiError)>) {
        if let Ok(mut current) = self.problem.write() {
            *current = problem;
        }
    }

    /// Acts as another person of the shop.
    ///
    /// # Errors
    /// Nobody of that name works here.
    pub fn act_as(&self, name: &str) -> Result<()> {
        let wanted = name.to_owned();
        let session = self.read(move |connection, _| crate::store::staff::session_of(connection, &wanted))?;
        *self.session.write().map_err(ApiError::internal)? = Some(session);
        Ok(())
    }

    /// The person at the counter.
    ///
    /// # Errors
    /// `Locked` while no book is open.
    pub fn session(&self) -> Result<Session> {
        let session = self.session.read().ok().and_then(|session| session.clone());
        session.ok_or_else(|| ApiError::new(ErrorCode::Locked, "book.none_open"))
    }

    /// Whether the person at the counter may do this, alone or approved; comes first in every command.
    ///
    /// # Errors
    /// `NotPermitted` with the action, and whether somebody may be asked.
    pub fn authorize(&self, action: &'static str) -> Result<()> {
        // Before a book is open there are no people whose rights could differ.
        let Ok(session) = self.session() else { return Ok(()) };
        worker::authorize(&session, approval::given().as_ref(), action)
    }

    /// When it is, for whom, in which shop.
    ///
    /// # Errors
    /// `Locked` while no book is open.
    pub fn moment(&self) -> Result<Moment> {
        let book = self.book()?;
        let facts = book.facts();
        let now = self.now();
        Ok(Moment {
            now,
            today: now.day_in(facts.zone),
            zone: facts.zone,
            exponent: shukebu_domain::money::currency_exponent(&facts.currency),
            currency: facts.currency,
            language: self.language(),
            session: self.session()?,
            approval: approval::given(),
        })
    }

    /// Reads the book.
    ///
    /// # Errors
    /// What the use case refuses; `Locked` while no book is open.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.read_with(Priority::Counter, work)
    }

    /// Reads the book behind everything that a customer waits for.
    ///
    /// # Errors
    /// What the use case refuses; `Locked` while no book is open.
    pub fn read_in_background<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.read_with(Priority::Background, work)
    }

    fn read_with<T: Send + 'static>(
        &self,
        priority: Priority,
        work: impl FnOnce(&Connection, &Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let moment = self.moment()?;
        self.book()?.thread.run(priority, move |owned| work(&owned.connection, &moment))
    }

    /// Walks the log of acts; answers the id of the first row that does not fit, if any.
    ///
    /// # Errors
    /// `Locked` while no book is open.
    pub fn first_broken_audit_row(&self) -> Result<Option<i64>> {
        let key = self.book()?.key.clone();
        self.read_in_background(move |connection, _| crate::store::audit::first_broken(connection, &key))
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
        self.worker()?.write(op, work)
    }

    /// The open book, this moment and this person, for work that outlives the call.
    ///
    /// # Errors
    /// `Locked` while no book is open.
    pub fn worker(&self) -> Result<Worker> {
        let listener = self.listener.read().ok().and_then(|listener| listener.clone());
        Ok(Worker::new(self.book()?, self.moment()?, listener))
    }
}

pub(crate) fn random_bytes() -> [u8; 16] {
    let mut bytes = [0_u8; 16];
    // Without randomness from the operating system no key could have been made and no book would be open.
    if getrandom::fill(&mut bytes).is_err() {
        log::error!("the operating system gives no randomness");
    }
    bytes
}
