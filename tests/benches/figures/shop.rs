//! The shops that are measured: made once by the generator of the demo, the same every time, and copied for every
//! measurement that writes.

use super::{file, plain_book};
use serde_json::Value;
use shukebu_backend::api::books::Trade;
use shukebu_backend::app::App;
use shukebu_backend::clock::{Clock, ManualClock};
use shukebu_backend::demo::{self, Demo};
use shukebu_backend::jobs::Progress;
use shukebu_backend::messages::Language;
use shukebu_backend::{commands, keys};
use shukebu_domain::time::Timestamp;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// A Monday noon in an opening hour.
const NOW: &str = "2026-03-02T12:00:00+08:00";

/// How large a shop is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For the test that runs everything once.
    Tiny,
    /// A shop after some years.
    Typical,
    /// Thirty times as large.
    Large,
    /// A million customers who came seldom: everything that grows with people, in a book that is made while one waits.
    Million,
    /// Larger than any shop of this kind.
    Extreme,
}

impl Size {
    /// From small to large.
    pub const ALL: [Self; 5] = [Self::Tiny, Self::Typical, Self::Large, Self::Million, Self::Extreme];

    /// The size of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Typical => "typical",
            Self::Large => "large",
            Self::Million => "million",
            Self::Extreme => "extreme",
        }
    }

    /// How many customers.
    fn customers(self) -> u32 {
        match self {
            Self::Tiny => 60,
            Self::Typical => 3_000,
            Self::Large => 100_000,
            Self::Million | Self::Extreme => 1_000_000,
        }
    }

    /// How often they come, in per cent of what a bakery is used to: so that a typical shop has fifty thousand sales, a
    /// large one two million and one of a million customers as many.
    fn pace(self) -> i64 {
        match self {
            Self::Tiny => 100,
            Self::Typical => 182,
            Self::Million => 22,
            Self::Large | Self::Extreme => 218,
        }
    }

    /// `most` runs, or one where only the running itself is tested.
    pub fn rounds(self, most: usize) -> usize {
        if self == Self::Tiny { 1 } else { most }
    }
}

/// A shop of a size, closed.
pub struct Shop {
    /// Its size.
    pub size: Size,
    book: PathBuf,
    customers: i64,
    sales: i64,
    // A tiny shop goes away with the value.
    _folder: Option<tempfile::TempDir>,
}

impl Shop {
    /// Finds the shop of a size, or makes it.
    pub fn prepared(size: Size) -> Self {
        let temporary = (size == Size::Tiny).then(file::temporary_folder);
        let folder = temporary.as_ref().map_or_else(file::folder, |folder| folder.path().to_owned());
        let book = folder.join(format!("{}-{:016x}.shukebu", size.name(), generator()));
        if !book.exists() {
            forget_older(&folder, size);
            make(size, &folder, &book);
        }
        let connection = plain_book::open(&book);
        let count = |table: &str| plain_book::number(&connection, &format!("SELECT count(*) FROM {table}"));
        Self { size, customers: count("customers"), sales: count("sales"), book, _folder: temporary }
    }

    /// How many customers it has.
    pub fn customers(&self) -> i64 {
        self.customers
    }

    /// How many sales it has.
    pub fn sales(&self) -> i64 {
        self.sales
    }

    /// Its book, for reading only.
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// What it holds, and where it was measured, in a line.
    pub fn told(&self) -> String {
        let megabytes = std::fs::metadata(&self.book).map_or(0, |file| file.len() / 1_000_000);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        format!(
            "{} customers, {} sales, a book of {megabytes} MB; measured on {cores} cores, {}",
            self.customers,
            self.sales,
            std::env::consts::OS
        )
    }

    /// A copy that may be written.
    pub fn copied(&self) -> CopiedBook {
        CopiedBook::of(&self.book)
    }

    /// The program with a copy open.
    pub fn opened(&self) -> OpenShop {
        self.copied().opened()
    }

    /// Customers spread over the whole book, the same every time.
    pub fn some_customers(&self, count: usize) -> Vec<i64> {
        let mut numbers = Numbers::seeded(7);
        (0..count).map(|_| numbers.below(self.customers) + 1).collect()
    }
}

/// A copy of a book in a folder that goes away with the value.
pub struct CopiedBook {
    folder: tempfile::TempDir,
}

impl CopiedBook {
    /// A copy of a closed book.
    pub fn of(book: &Path) -> Self {
        let folder = file::temporary_folder();
        let copy = Self { folder };
        std::fs::copy(book, copy.book()).expect("the book can be copied");
        std::fs::copy(keys::key_path(book), keys::key_path(&copy.book())).expect("the key can be copied");
        copy
    }

    /// The book.
    pub fn book(&self) -> PathBuf {
        self.folder.path().join("shop.shukebu")
    }

    /// Opens it with the program.
    pub fn opened(self) -> OpenShop {
        let (app, clock) = open(&self.book(), self.folder.path());
        OpenShop { app, clock, copy: self }
    }
}

/// Opens a book with the program, at the moment around which the shop was made.
pub fn open(book: &Path, home: &Path) -> (Arc<App>, Arc<ManualClock>) {
    let (app, clock) = program(home);
    app.open_book(book, keys::read_key_beside(book).expect("the key lies beside the book")).expect("the book opens");
    (app, clock)
}

/// The program without a book.
pub fn program(home: &Path) -> (Arc<App>, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(now()));
    let app = App::new(Arc::clone(&clock) as Arc<dyn Clock>, home.to_owned());
    app.set_language(Language::Simplified);
    app.take_paths();
    (app, clock)
}

/// The program with a copy of a shop open.
pub struct OpenShop {
    /// The program.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    copy: CopiedBook,
}

impl OpenShop {
    /// Calls a command as the window does: JSON in, JSON out.
    pub fn call(&self, command: &str, input: &Value) -> String {
        match commands::call(&self.app, command, &input.to_string()) {
            Ok(answer) => answer,
            Err(refusal) => panic!("{command} {input} was refused: {refusal:?}"),
        }
    }

    /// Calls a command and reads the answer.
    pub fn read(&self, command: &str, input: &Value) -> Value {
        serde_json::from_str(&self.call(command, input)).expect("answers are JSON")
    }

    /// The copy.
    pub fn book(&self) -> PathBuf {
        self.copy.book()
    }

    /// A folder beside the copy.
    pub fn folder(&self) -> &Path {
        self.copy.folder.path()
    }
}

/// The moment around which every shop is made.
pub fn now() -> Timestamp {
    Timestamp::parse(NOW).expect("BUG: the moment is a time")
}

fn make(size: Size, folder: &Path, book: &Path) {
    let start = Instant::now();
    // Under another name first: a shop that is only half there is never measured.
    let making = folder.join("making.shukebu");
    for leftover in ["making.shukebu", "making.shukebu-wal", "making.shukebu.key", "making.shukebu.slots"] {
        let _ = std::fs::remove_file(folder.join(leftover));
    }
    let demo = Demo {
        trade: Trade::Bakery,
        customers: size.customers(),
        now: now(),
        language: Language::Simplified,
        pace: size.pace(),
        has_offers: false,
    };
    demo::build(&making, &demo, &Progress::default()).expect("the shop can be made");
    std::fs::rename(keys::key_path(&making), keys::key_path(book)).expect("the key can be moved");
    let _ = std::fs::remove_file(folder.join("making.shukebu.slots"));
    std::fs::rename(&making, book).expect("the book can be moved");
    println!("made the {} shop in {:.1} s", size.name(), start.elapsed().as_secs_f64());
}

/// What the generator and the form of the book are: a shop made by others is made anew.
fn generator() -> u64 {
    let backend = file::root().join("src-tauri/crates/backend");
    let mut hasher = DefaultHasher::new();
    for folder in ["migrations", "src/demo"] {
        let entries = std::fs::read_dir(backend.join(folder)).expect("the sources are there");
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            std::fs::read(path).expect("the sources can be read").hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn forget_older(folder: &Path, size: Size) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("{}-", size.name())) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The same numbers every time: SplitMix64 (Steele, Lea, Flood 2014).
pub struct Numbers(u64);

impl Numbers {
    /// A stream of numbers from a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A whole number from nought up to, not including, `end`.
    pub fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        i64::try_from(mixed % end.max(1).unsigned_abs()).expect("BUG: below a positive number")
    }
}
