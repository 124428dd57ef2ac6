//! What stands behind the window for as long as the program runs: the backend, whether the last
//! book has been tried yet, and the way to wake the scheduler.

use crate::clock;
use shukebu_backend::app::App;
use shukebu_domain::time::Timestamp;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter, Manager, Wry};
use tokio::sync::watch;

/// The event after every write; its payload names the operation and the tables.
const CHANGE_EVENT: &str = "book-changed";

/// The page has what it asked for when it has asked nothing more for so long.
const AT_REST: Duration = Duration::from_millis(400);

/// A page that never comes, or never rests, is waited for no longer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The backend and what the shell keeps beside it.
pub struct Desk {
    /// The backend.
    pub backend: Arc<App>,
    tried: watch::Sender<bool>,
    bell: Sender<()>,
    sleeper: Mutex<Option<Receiver<()>>>,
    next_due: Mutex<Option<Timestamp>>,
    late: AtomicI64,
    answered: Mutex<Option<Instant>>,
}

impl Desk {
    /// A desk without a book.
    pub fn new(home: PathBuf) -> Self {
        let (bell, sleeper) = channel();
        Self {
            backend: App::new(clock::clock(), home),
            tried: watch::Sender::new(false),
            bell,
            sleeper: Mutex::new(Some(sleeper)),
            next_due: Mutex::new(None),
            answered: Mutex::new(None),
            late: AtomicI64::new(0),
        }
    }

    /// The scheduler looks again.
    pub fn wake(&self) {
        // It is gone only while the program ends.
        let _ = self.bell.send(());
    }

    /// When the scheduler will have something to say.
    pub fn next_due(&self) -> Option<Timestamp> {
        *self.next_due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes when the scheduler will have something to say.
    pub fn set_next_due(&self, due: Option<Timestamp>) {
        *self.next_due.lock().unwrap_or_else(PoisonError::into_inner) = due;
    }

    /// How many complaints are late.
    pub fn late(&self) -> i64 {
        self.late.load(Ordering::Relaxed)
    }

    /// Notes how many complaints are late; answers whether that is news.
    pub fn set_late(&self, late: i64) -> bool {
        self.late.swap(late, Ordering::Relaxed) != late
    }

    /// Where the scheduler listens; only the first caller gets it.
    pub fn take_sleeper(&self) -> Option<Receiver<()>> {
        self.sleeper.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits until the last book has been tried, so that the page never sees "no book" for a moment.
    pub async fn book_was_tried(&self) {
        // It cannot be closed: the sender is in `self`.
        let _ = self.tried.subscribe().wait_for(|tried| *tried).await;
    }

    /// Notes that the page got an answer.
    pub fn page_was_answered(&self) {
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Waits until the first screen has what it shows: after months without the program there is much to look at, and
    /// whoever stands at the counter goes first.
    pub fn wait_for_the_first_screen(&self) {
        let begin = Instant::now();
        while begin.elapsed() < LONGEST_WAIT {
            let answered = *self.answered.lock().unwrap_or_else(PoisonError::into_inner);
            if answered.is_some_and(|at| at.elapsed() >= AT_REST) {
                return;
            }
            std::thread::sleep(AT_REST / 4);
        }
    }

    /// Closes the book before the program ends. Nothing depends on it: a book that was not closed
    /// is whole, too.
    pub fn close(&self) {
        self.backend.close_book();
    }
}

/// Opens the last book on a thread of its own; `then` is done there when it has been tried.
pub fn open_last_book(app: &AppHandle<Wry>, then: fn(&AppHandle<Wry>)) {
    let desk = app.state::<Desk>();
    tell_the_window(app, &desk.backend);
    let app = app.clone();
    std::thread::spawn(move || {
        let desk = app.state::<Desk>();
        // Whatever happens while it is opened, the page must not wait for ever.
        let _released = Released(desk.tried.clone());
        shukebu_backend::books::open_last(&desk.backend);
        then(&app);
    });
}

/// Every write goes to the page as operation and tables, and lets the scheduler look again.
fn tell_the_window(app: &AppHandle<Wry>, backend: &App) {
    let app = app.clone();
    backend.on_change(move |changed| {
        if let Err(error) = app.emit(CHANGE_EVENT, changed) {
            log::warn!("the window could not be told of a change: {error}");
        }
        app.state::<Desk>().wake();
    });
}

/// Lets the waiting calls go when it is dropped.
struct Released(watch::Sender<bool>);

impl Drop for Released {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_screen_goes_before_what_is_due() {
        let desk = Desk::new(std::env::temp_dir().join("shukebu-desk-test"));
        desk.page_was_answered();
        let begin = Instant::now();
        desk.wait_for_the_first_screen();
        assert!(begin.elapsed() >= AT_REST && begin.elapsed() < LONGEST_WAIT);
    }

    #[test]
    fn a_book_that_cannot_be_opened_does_not_keep_the_page_waiting() {
        let desk = Desk::new(std::env::temp_dir().join("shukebu-desk-test"));
        drop(Released(desk.tried.clone()));
        tauri::async_runtime::block_on(desk.book_was_tried());
    }
}
