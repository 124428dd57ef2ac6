//! The book itself: where it lives, whether it is open, what it holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A command without input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A command whose answer is only that it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Done {}

/// The six trades that have presets and a demo shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    /// 烘焙
    Bakery,
    /// 印刷
    Print,
    /// 设计
    Design,
    /// 美妆
    Beauty,
    /// 瑜伽
    Yoga,
    /// 外贸
    Trade,
}

/// A book to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewBook {
    /// The shop's name.
    #[serde(default)]
    pub name: Option<String>,
    /// IANA zone, default Asia/Shanghai.
    #[serde(default)]
    pub zone: Option<String>,
    /// ISO 4217 code, default CNY.
    #[serde(default)]
    pub currency: Option<String>,
    /// Presets to start from.
    #[serde(default)]
    pub trade: Option<Trade>,
    /// Folder in which the book shall live (a handle from a dialog, or a proposed place); default the first proposed place.
    #[serde(default)]
    pub folder: Option<String>,
}

/// A demo shop to be made, apart from the real book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewDemo {
    /// Whose shop it is.
    pub trade: Trade,
    /// How many customers, default 300.
    #[serde(default)]
    pub customers: Option<u32>,
}

/// An existing book to be opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct OpenBook {
    /// A handle from a dialog or a path that [`BookStatus`] proposed.
    pub path: String,
}

/// Whether a book is open, and what to offer if not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BookStatus {
    /// What the window shows.
    pub state: BookState,
    /// Path of the open or last book.
    pub path: Option<String>,
    /// Why the last book cannot be opened.
    pub problem: Option<BookProblem>,
    /// Where a new book could live, best first.
    pub proposed_folders: Vec<ProposedFolder>,
    /// Books found on this computer.
    pub found_books: Vec<String>,
    /// Language of the window: `zh-Hans`, `zh-Hant` or `en`.
    pub language: String,
    /// Version of the program.
    pub app: String,
}

/// What the window shows at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BookState {
    /// No book is known: first start.
    None,
    /// A book is open.
    Open,
    /// There was a book and it cannot be opened: problem screen, never an empty book.
    Problem,
}

/// Why a book cannot be opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BookProblem {
    /// `in_use`, `missing`, `damaged`, `newer`, `not_ours`, `wrong_key`, `no_key`, `not_writable`.
    pub kind: String,
    /// The sentence for the owner.
    pub message: String,
}

/// A place for a new book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProposedFolder {
    /// The path.
    pub path: String,
    /// `documents`, `data_drive`, `profile`, `chosen`.
    pub kind: String,
    /// Warning key when the place is a sync folder or a network drive.
    pub warning: Option<String>,
}

/// A folder that a person chose for a book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ChosenFolder {
    /// A handle of the folder from a dialog.
    pub folder: String,
}

/// What a book is and holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BookInfo {
    /// The shop's name.
    pub name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimals of the minor unit.
    pub currency_exponent: u32,
    /// IANA zone.
    pub zone: String,
    /// Presets it was made from.
    pub trade: Option<Trade>,
    /// Whether it is a demo shop.
    pub is_demo: bool,
    /// Version of the program.
    pub app: String,
    /// Version of the book's form.
    pub schema: i64,
    /// Path of the file.
    pub path: String,
    /// Where the key lies: `beside_book` (未上锁), `key_store`.
    pub key_place: String,
    /// Rows by kind.
    pub counts: BookCounts,
    /// Sums.
    pub totals: BookTotals,
    /// Last verified backup.
    pub last_backup_at: Option<Timestamp>,
}

/// Rows by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BookCounts {
    /// Customers.
    pub customers: i64,
    /// Sales.
    pub sales: i64,
    /// Lines of sales.
    pub sale_lines: i64,
    /// Products.
    pub products: i64,
    /// Complaints.
    pub complaints: i64,
}

/// Sums over the book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BookTotals {
    /// Net paid of all sales less refunds, in minor units.
    pub net_minor: Money,
}

/// The window's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct LanguageChoice {
    /// `zh-Hans`, `zh-Hant` or `en`.
    pub language: String,
}
