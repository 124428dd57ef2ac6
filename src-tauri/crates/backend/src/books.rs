//! Making, finding and opening books; what a book is and holds.

mod folders;

use crate::api::books::{
    BookInfo, BookProblem, BookState, BookStatus, BookTotals, ChosenFolder, NewBook, Nothing, OpenBook, ProposedFolder,
};
use crate::app::{App, Changed, Session};
use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::open_book::{Book, problem_kind};
use crate::search_texts;
use crate::store;
use crate::store::book::BookFacts;
use crate::store::thread::Priority;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the program remembers between two starts, outside of any book.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Remembered {
    /// Path of the last book.
    #[serde(default)]
    pub last_book: Option<PathBuf>,
    /// Language that a person chose.
    #[serde(default)]
    pub language: Option<String>,
}

/// What the program remembers; nothing on the very first start.
pub fn remembered(app: &App) -> Remembered {
    let text = std::fs::read_to_string(app.home.join("remembered.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers for the next start.
pub(crate) fn remember(app: &App, change: impl FnOnce(&mut Remembered)) -> Result<()> {
    let mut memory = remembered(app);
    change(&mut memory);
    std::fs::create_dir_all(&app.home)?;
    crate::files::write_durably(&app.home.join("remembered.json"), serde_json::to_string_pretty(&memory)?.as_bytes())
}

/// Opens the last book at the start of the window, if there was one. A book that cannot be opened leads to the
/// problem screen through [`status`], never to an empty book.
pub fn open_last(app: &App) {
    let memory = remembered(app);
    if let Some(language) = memory.language.as_deref().and_then(crate::messages::Language::parse) {
        app.set_language(language);
    }
    if let Some(path) = memory.last_book
        && let Err(error) = open_beside(app, &path)
    {
        log::warn!("the last book cannot be opened: {:?} {}", error.code, error.key);
        app.set_problem(Some((path, error)));
    }
}

fn open_beside(app: &App, path: &Path) -> Result<()> {
    if !path.exists() {
        return Err(ApiError::new(ErrorCode::NotFound, "book.missing").with("path", path.display()));
    }
    app.open_book(path, crate::keys::find(path, app.key_store().as_deref())?)
}

/// Whether a book is open, and what to offer if not.
///
/// # Errors
/// None in practice.
pub fn status(app: &App, _: Nothing) -> Result<BookStatus> {
    let language = app.language();
    let open = app.book().ok();
    let problem = app.problem().filter(|_| open.is_none());
    let state = match (&open, &problem) {
        (Some(_), _) => BookState::Open,
        (None, Some(_)) => BookState::Problem,
        (None, None) => BookState::None,
    };
    let path = open.as_ref().map(|book| book.path.clone()).or_else(|| problem.as_ref().map(|(path, _)| path.clone()));
    Ok(BookStatus {
        state,
        path: path.map(|path| path.display().to_string()),
        problem: problem.map(|(_, error)| BookProblem {
            kind: problem_kind(&error).into(),
            message: crate::messages::worded(error, language).message,
        }),
        proposed_folders: proposed_folders(app),
        found_books: found_books(app),
        language: language.tag().into(),
        app: env!("CARGO_PKG_VERSION").into(),
    })
}

/// Makes a new book in a folder and opens it.
///
/// # Errors
/// An unknown zone or currency, a book of that name in that folder, a folder that cannot be written.
pub fn create(app: &App, input: NewBook) -> Result<BookInfo> {
    let folder = match &input.folder {
        Some(folder) => known_folder(app, folder)?,
        None => {
            proposed_folders(app).first().map(|place| PathBuf::from(&place.path)).unwrap_or_else(|| app.home.clone())
        }
    };
    let name = shop_name(input.name.as_deref(), app);
    let path = free_path(&folder, &file_stem(&name));
    create_at(app, &path, input, false)?;
    remember(app, |memory| memory.last_book = Some(path))?;
    info(app, Nothing {})
}

/// Makes a new book at a path and opens it, without remembering it for the next start.
///
/// # Errors
/// As [`create`].
pub fn create_at(app: &App, path: &Path, input: NewBook, is_demo: bool) -> Result<()> {
    let mut problems = vec![];
    let zone = input.zone.as_deref().unwrap_or("Asia/Shanghai").parse();
    if zone.is_err() {
        problems.push(FieldError::new("zone", "zone.unknown").with("zone", input.zone.as_deref().unwrap_or_default()));
    }
    let currency = input.currency.as_deref().unwrap_or("CNY").to_ascii_uppercase();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        problems.push(FieldError::new("currency", "currency.unknown").with("currency", &currency));
    }
    let name = shop_name(input.name.as_deref(), app);
    if name.chars().count() > 60 {
        problems.push(FieldError::new("name", "text.too_long").with("most", 60));
    }
    refuse_if_any(problems)?;
    let facts = BookFacts {
        uuid: crate::keys::to_hex(&BookKey::generate()?.mac("uuid", &[])[..16]),
        name,
        zone: zone.unwrap_or(chrono_tz::Asia::Shanghai),
        currency,
        trade: input.trade,
        is_demo,
    };
    app.close_book();
    let owner = crate::messages::say(app.language(), "staff.owner", &[]);
    let now = app.now();
    let (book, session) = Book::create(path, facts, &owner, now, |tx, facts, staff| seed(tx, facts, staff, now))?;
    app.set_problem(None);
    put_in_place(app, book, session)
}

impl App {
    /// Opens a book with its key; the one that was open is closed first.
    ///
    /// # Errors
    /// Every reason why a book cannot be opened.
    pub fn open_book(&self, path: &Path, key: BookKey) -> Result<()> {
        self.close_book();
        let book = Book::open(path, key)?;
        let session = book.default_session()?;
        put_in_place(self, book, session)
    }
}

/// Puts a book in place and does what fell due while it was closed.
fn put_in_place(app: &App, book: Book, session: Session) -> Result<()> {
    let book = Arc::new(book);
    app.install(Arc::clone(&book), session)?;
    after_open(app, &book)?;
    if let Some(store) = app.key_store() {
        crate::keys::keep(crate::keys::head_of(&book.raw)?, book.key.clone(), store);
    }
    app.announce(&Changed { op: "book.open".into(), tables: vec!["book".into()] });
    Ok(())
}

/// What an opened book does before it answers: the clock guard, then the search.
fn after_open(app: &App, book: &Book) -> Result<()> {
    let now = app.now();
    let back = book.thread.run(Priority::Counter, move |owned| {
        let last = store::book::last_seen(&owned.connection)?;
        store::book::see(&owned.connection, now)?;
        search_texts::renew_outdated(&owned.connection, now)?;
        Ok(Some(last.seconds_since(now)).filter(|seconds| *seconds > 0))
    })?;
    *book.clock_went_back_s.lock().map_err(ApiError::internal)? = back;
    search_texts::reindex_all(book)?;
    crate::privacy::keep_promises(app, book)?;
    crate::ladder::review(app)?;
    crate::points::run_if_due(app)?;
    crate::ladder::benefits::expire_due(app)?;
    crate::offers::coupons::plans::run_if_due(app)?;
    Ok(())
}

/// Opens an existing book whose key lies beside it.
///
/// # Errors
/// Every reason why a book cannot be opened.
pub fn open(app: &App, input: OpenBook) -> Result<BookInfo> {
    let proposed = found_books(app).into_iter().find(|found| *found == input.path).map(PathBuf::from);
    let remembered = remembered(app).last_book.filter(|last| last.display().to_string() == input.path);
    let path = match proposed.or(remembered) {
        Some(path) => path,
        None => app.granted("path", &input.path)?,
    };
    match open_beside(app, &path) {
        Ok(()) => {
            app.set_problem(None);
            remember(app, |memory| memory.last_book = Some(path))?;
            info(app, Nothing {})
        }
        Err(error) => {
            app.set_problem(Some((path, error.clone())));
            Err(error)
        }
    }
}

/// What a book is and holds.
///
/// # Errors
/// `Locked` while no book is open.
pub fn info(app: &App, _: Nothing) -> Result<BookInfo> {
    let book = app.book()?;
    let facts = book.facts();
    let path = book.path.display().to_string();
    app.read(move |connection, moment| {
        Ok(BookInfo {
            name: facts.name,
            currency: facts.currency,
            currency_exponent: moment.exponent,
            zone: facts.zone.name().into(),
            trade: facts.trade,
            is_demo: facts.is_demo,
            app: env!("CARGO_PKG_VERSION").into(),
            schema: store::migrate::version(connection)?,
            path,
            key_place: "beside_book".into(),
            counts: store::book::counts(connection)?,
            totals: BookTotals { net_minor: store::book::net_total(connection)? },
            last_backup_at: store::book::last_backup(connection)?.map(|(at, _)| at),
        })
    })
}

/// What every new book starts with: the ready-made scheme, ladder, opening hours and complaint promises.
pub(crate) fn seed(tx: &Transaction, facts: &BookFacts, staff: StaffId, at: Timestamp) -> Result<()> {
    crate::segmentation::seed(tx, at)?;
    crate::ladder::seed(tx, facts, staff, at)?;
    if let Some(trade) = facts.trade {
        crate::custom_fields::add_preset(tx, trade, at)?;
    }
    crate::complaints::seed(tx, facts, staff, at)
}

fn shop_name(given: Option<&str>, app: &App) -> String {
    let given = given.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    given.unwrap_or_else(|| crate::messages::say(app.language(), "book.default_name", &[]))
}

/// The name of a shop as that of a file, without an ending.
fn file_stem(name: &str) -> String {
    crate::files::plain_name(&name.replace('.', ""), 40).unwrap_or_else(|| "shukebu".into())
}

/// A path in a folder where nothing lies yet.
pub(crate) fn free_path(folder: &Path, stem: &str) -> PathBuf {
    crate::files::free_name(folder, stem, "shukebu")
}

fn known_folder(app: &App, folder: &str) -> Result<PathBuf> {
    let proposed =
        proposed_folders(app).into_iter().find(|place| place.path == folder).map(|place| PathBuf::from(place.path));
    proposed.map_or_else(|| app.granted("folder", folder), Ok)
}

/// Where a new book could live: a drive that survives a reinstall first, then the documents, then the profile.
fn proposed_folders(app: &App) -> Vec<ProposedFolder> {
    let mut places = vec![];
    for drive in data_drives() {
        places.push(proposed(&drive.join("Shukebu"), "data_drive"));
    }
    // A drive of another computer has a letter too, and does not come first because of it.
    places.sort_by_key(|place| place.warning.is_some());
    if let Some(documents) = documents_folder(app) {
        places.push(proposed(&documents.join("Shukebu"), "documents"));
    }
    let own = app.home.join("books");
    places.push(ProposedFolder { path: own.display().to_string(), kind: "profile".into(), warning: None });
    places
}

fn proposed(path: &Path, kind: &str) -> ProposedFolder {
    ProposedFolder { path: path.display().to_string(), kind: kind.into(), warning: folders::warning_of(path) }
}

/// A folder that a person chose, with a warning while there is no book in it yet.
///
/// # Errors
/// A folder that nobody chose.
pub fn look_at_folder(app: &App, input: ChosenFolder) -> Result<ProposedFolder> {
    Ok(proposed(&known_folder(app, &input.folder)?, "chosen"))
}

/// Windows drives other than the system's: they survive a reinstall.
fn data_drives() -> Vec<PathBuf> {
    if !cfg!(windows) {
        return vec![];
    }
    ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).filter(|drive| drive.is_dir()).collect()
}

fn documents_folder(app: &App) -> Option<PathBuf> {
    let user = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from)?;
    // A profile folder given from outside (a portable start, a test) keeps everything inside of it.
    if !app.home.starts_with(&user) {
        return None;
    }
    ["Documents", "文档"].iter().map(|name| user.join(name)).find(|path| path.is_dir())
}

/// Books that lie in one of the proposed places.
fn found_books(app: &App) -> Vec<String> {
    let mut found: Vec<String> = proposed_folders(app)
        .iter()
        .filter_map(|place| std::fs::read_dir(&place.path).ok())
        .flat_map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())))
        .filter(|path| path.extension().is_some_and(|extension| extension == "shukebu"))
        .map(|path| path.display().to_string())
        .collect();
    found.sort();
    found
}
