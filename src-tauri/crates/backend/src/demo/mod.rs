//! The demo shop: six trades to choose from, the same shop every time, with what its regulars hold and complaints in
//! every state around "now". It lives apart from the real book and is made anew each time it is asked for.

mod calls;
mod complaints;
mod fill;
mod given;
mod loyalty;
mod offers;
mod random;
mod visits;
mod words;

use crate::api::books::{BookInfo, NewBook, NewDemo, Nothing, Trade};
use crate::api::jobs::JobView;
use crate::app::App;
use crate::clock::ManualClock;
use crate::error::{ApiError, Result};
use crate::jobs::Progress;
use crate::{books, jobs, store};
use chrono_tz::Tz;
use shukebu_domain::time::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DEFAULT_CUSTOMERS: u32 = 300;
const MOST_CUSTOMERS: u32 = 20_000;
/// The demo shop's history reaches back so many days.
pub(crate) const HISTORY_DAYS: i64 = 730;

/// Makes a demo shop as a job and opens it; answers what the book holds.
///
/// # Errors
/// More customers than a demo takes.
pub fn create(app: &App, input: NewDemo) -> Result<JobView> {
    let customers = input.customers.unwrap_or(DEFAULT_CUSTOMERS);
    if !(1..=MOST_CUSTOMERS).contains(&customers) {
        return Err(ApiError::from(
            shukebu_domain::error::FieldError::new("customers", "demo.customers").with("most", MOST_CUSTOMERS),
        ));
    }
    let shared = app.shared()?;
    jobs::start(app, "demo", move |progress| {
        let path = demo_path(&shared, input.trade)?;
        if shared.book().is_ok_and(|open| open.path == path) {
            shared.close_book();
        }
        build(
            &path,
            &Demo {
                trade: input.trade,
                customers,
                now: shared.now(),
                language: shared.language(),
                pace: 100,
                has_offers: true,
            },
            progress,
        )?;
        let key = crate::keys::read_key_beside(&path)?;
        shared.open_book(&path, key)?;
        shared.set_problem(None);
        // A shop that tries the demo comes back to its own book at the next start.
        books::remember(&shared, |memory| memory.last_book = memory.last_book.take().or(Some(path)))?;
        let info: BookInfo = books::info(&shared, Nothing {})?;
        Ok(info)
    })
}

/// What is to be made.
pub struct Demo {
    /// Whose shop.
    pub trade: Trade,
    /// How many customers.
    pub customers: u32,
    /// The moment around which everything happens.
    pub now: Timestamp,
    /// Language of the sentences that are stored.
    pub language: crate::messages::Language,
    /// How often people come, in per cent of what the trade is used to.
    pub pace: i64,
    /// Whether offers hold at the entry of a sale. A shop that is measured has none, so that its sales stay comparable.
    pub has_offers: bool,
}

/// Where every demo shop is.
const ZONE: Tz = Tz::Asia__Shanghai;

/// The shop's day so many days from a moment: early in the morning it is not yet that day elsewhere.
fn day_from(moment: Timestamp, days: i64) -> String {
    moment.plus_seconds(days * 24 * 3600).day_in(ZONE).to_string()
}

/// Makes a demo book at a path; a demo book that lies there is replaced, any other file is refused.
///
/// # Errors
/// A file that is no demo book, a folder that cannot be written, a cancelled job.
pub fn build(path: &Path, demo: &Demo, progress: &Progress) -> Result<()> {
    remove_old_demo(path)?;
    let start = demo.now.plus_seconds(-HISTORY_DAYS * 24 * 3600);
    let clock = Arc::new(ManualClock::at(start));
    let home = path.parent().map(Path::to_owned).unwrap_or_default();
    let inner = App::new(Arc::clone(&clock) as Arc<dyn crate::clock::Clock>, home);
    inner.set_language(demo.language);
    let words = words::of(demo.trade);
    let input = NewBook {
        name: Some(words.shop.into()),
        zone: Some(ZONE.name().into()),
        currency: Some("CNY".into()),
        trade: Some(demo.trade),
        folder: None,
    };
    let made = (|| {
        books::create_at(&inner, path, input, true)?;
        clock.set(demo.now);
        fill::everything(&inner, demo, words, progress)?;
        loyalty::around_now(&inner, &clock, demo)?;
        complaints::around_now(&inner, &clock, demo, words)
    })();
    inner.close_book();
    if made.is_err() {
        let _ = remove_files(path);
    }
    made
}

fn demo_path(app: &App, trade: Trade) -> Result<PathBuf> {
    Ok(app.home.join("demo").join(format!("demo-{}.shukebu", store::as_word(trade)?)))
}

/// Only a book that says of itself that it is a demo may be replaced.
fn remove_old_demo(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let key = crate::keys::read_key_beside(path)?;
    let is_demo = store::book::facts(&store::connection::open(path, &key)?)?.is_demo;
    if !is_demo {
        return Err(ApiError::new(crate::error::ErrorCode::Conflict, "book.exists").with("path", path.display()));
    }
    remove_files(path)
}

fn remove_files(path: &Path) -> Result<()> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    for file in [path.to_owned(), PathBuf::from(log), crate::keys::key_path(path), crate::files::beside(path, "slots")]
    {
        match std::fs::remove_file(file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
