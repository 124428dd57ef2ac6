//! One thread owns the one connection. Requests wait in two queues; the counter is served first.

use super::{changes, connection};
use crate::error::{ApiError, ErrorCode, Result};
use rusqlite::Connection;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Who waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Priority {
    /// A customer stands at the counter.
    Counter,
    /// Reports, imports, backups.
    Background,
}

type Job = Box<dyn FnOnce(&mut Owned) + Send>;

/// After so many kept transactions the log is worth folding into the book.
const WORTH_FOLDING: u64 = 16;
/// When nobody has asked for anything for so long, nobody waits for the fold either.
const QUIET: Duration = Duration::from_secs(2);

/// What the counter wants of the thread, for work that can step aside.
#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<Asked>);

#[derive(Default)]
struct Asked {
    waiting: AtomicUsize,
    ever: AtomicU64,
}

impl Counter {
    /// Whether somebody at the counter waits at this moment.
    pub(crate) fn waits(&self) -> bool {
        self.0.waiting.load(Ordering::Relaxed) > 0
    }

    /// Waits until nobody at the counter has asked for anything for so long, but no longer than `most`.
    pub(crate) fn wait_for_quiet(&self, quiet: Duration, most: Duration) {
        let start = Instant::now();
        let mut last = (self.0.ever.load(Ordering::Relaxed), Instant::now());
        while start.elapsed() < most && (last.1.elapsed() < quiet || self.waits()) {
            std::thread::sleep(Duration::from_millis(10));
            let ever = self.0.ever.load(Ordering::Relaxed);
            if ever != last.0 {
                last = (ever, Instant::now());
            }
        }
    }

    fn came(&self) {
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        self.0.ever.fetch_add(1, Ordering::Relaxed);
    }

    fn is_served(&self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the thread owns.
pub(crate) struct Owned {
    pub connection: Connection,
    /// Tables written since the last time they were taken.
    touched: Arc<Mutex<BTreeSet<String>>>,
    reopen: Box<dyn Fn() -> Result<Connection> + Send>,
}

impl Owned {
    /// The tables written since the last call.
    pub(crate) fn take_touched(&self) -> Vec<String> {
        self.touched.lock().map(|mut tables| std::mem::take(&mut *tables).into_iter().collect()).unwrap_or_default()
    }

    /// Closes the connection and opens it anew, after a COMMIT whose outcome is unknown.
    pub(crate) fn reopen(&mut self) -> Result<()> {
        let placeholder = Connection::open_in_memory()?;
        drop(std::mem::replace(&mut self.connection, placeholder));
        self.connection = (self.reopen)()?;
        changes::opened();
        watch(&mut self.connection, &self.touched)
    }
}

#[derive(Default)]
struct Queues {
    counter: VecDeque<Job>,
    background: VecDeque<Job>,
    asked: Counter,
    is_closing: bool,
}

/// The handle to the thread. Dropping it finishes what waits, closes the book and ends the thread.
pub(crate) struct DbThread {
    queues: Arc<(Mutex<Queues>, Condvar)>,
    counter: Counter,
    thread: Option<JoinHandle<()>>,
}

impl DbThread {
    /// Starts the thread with an opened connection and the way to open it anew.
    pub(crate) fn start(
        mut connection: Connection,
        reopen: impl Fn() -> Result<Connection> + Send + 'static,
    ) -> Result<Self> {
        let touched = Arc::new(Mutex::new(BTreeSet::new()));
        watch(&mut connection, &touched)?;
        let owned = Owned { connection, touched, reopen: Box::new(reopen) };
        let counter = Counter::default();
        let queues = Queues { asked: counter.clone(), ..Queues::default() };
        let queues = Arc::new((Mutex::new(queues), Condvar::new()));
        let served = Arc::clone(&queues);
        let thread = std::thread::Builder::new().name("book".into()).spawn(move || serve(&served, owned))?;
        Ok(Self { queues, counter, thread: Some(thread) })
    }

    /// What the counter wants of the thread.
    pub(crate) fn counter(&self) -> Counter {
        self.counter.clone()
    }

    /// Runs a piece of work on the connection and waits for its answer.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        priority: Priority,
        work: impl FnOnce(&mut Owned) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |owned| {
            #[cfg(feature = "for-tests")]
            let answer = super::engine_time::counted(|| work(owned));
            #[cfg(not(feature = "for-tests"))]
            let answer = work(owned);
            let _ = sender.send(answer);
        });
        {
            let (queues, bell) = &*self.queues;
            let mut queues = queues.lock().map_err(|_| gone())?;
            match priority {
                Priority::Counter => {
                    queues.counter.push_back(job);
                    self.counter.came();
                }
                Priority::Background => queues.background.push_back(job),
            }
            bell.notify_one();
        }
        receiver.recv().map_err(|_| gone())?
    }
}

impl Drop for DbThread {
    fn drop(&mut self) {
        if let Ok(mut queues) = self.queues.0.lock() {
            queues.is_closing = true;
            self.queues.1.notify_one();
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn gone() -> ApiError {
    ApiError::new(ErrorCode::Internal, "internal").with("what", "the book's thread has ended")
}

fn serve(queues: &(Mutex<Queues>, Condvar), mut owned: Owned) {
    changes::opened();
    let mut folded = changes::commits();
    loop {
        let is_worth_folding = changes::commits() >= folded + WORTH_FOLDING;
        let job = match next(queues, is_worth_folding) {
            Next::Job(job) => job,
            // Without this a sale would pay for the fold of all before it, once in some hundred sales.
            Next::Quiet => {
                folded = changes::commits();
                if let Err(error) = connection::fold_quietly(&owned.connection) {
                    log::warn!("the log was not folded: {error}");
                }
                continue;
            }
            Next::End => break,
        };
        // A panic in one request must not take the book away from the others; its transaction rolls back.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(&mut owned)));
        if outcome.is_err() {
            // Work that steps aside for the counter has its watch set; the next request is no such work.
            let _ = owned.connection.progress_handler(0, None::<fn() -> bool>);
            if !owned.connection.is_autocommit() {
                let _ = owned.connection.execute_batch("ROLLBACK");
            }
        }
    }
    let _ = owned.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
}

/// What the thread does next.
enum Next {
    Job(Job),
    /// Nobody has asked for anything for a while.
    Quiet,
    End,
}

/// The next request; with something to do meanwhile, it is waited for only so long.
fn next(queues: &(Mutex<Queues>, Condvar), has_else_to_do: bool) -> Next {
    let (queues, bell) = queues;
    let Ok(mut queues) = queues.lock() else { return Next::End };
    loop {
        let next = queues.counter.pop_front();
        if next.is_some() {
            queues.asked.is_served();
        }
        if let Some(job) = next.or_else(|| queues.background.pop_front()) {
            return Next::Job(job);
        }
        if queues.is_closing {
            return Next::End;
        }
        if !has_else_to_do {
            let Ok(woken) = bell.wait(queues) else { return Next::End };
            queues = woken;
            continue;
        }
        let Ok((woken, waited)) = bell.wait_timeout(queues, QUIET) else { return Next::End };
        queues = woken;
        if waited.timed_out() && queues.counter.is_empty() && queues.background.is_empty() && !queues.is_closing {
            return Next::Quiet;
        }
    }
}

/// Notes every table that is written, and whether it was kept.
fn watch(connection: &mut Connection, touched: &Arc<Mutex<BTreeSet<String>>>) -> Result<()> {
    let touched = Arc::clone(touched);
    changes::watch_profiles(connection)?;
    connection.commit_hook(Some(|| {
        changes::committed();
        // Nothing here stops a commit.
        false
    }))?;
    connection.rollback_hook(Some(changes::rolled_back))?;
    connection.update_hook(Some(move |_, _: &str, table: &str, row: i64| {
        changes::row_written(table, row);
        if let Ok(mut tables) = touched.lock()
            && !tables.contains(table)
        {
            tables.insert(table.to_owned());
        }
    }))?;
    Ok(())
}
