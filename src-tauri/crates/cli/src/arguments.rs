//! The command line as it is typed. Names are fixed; scripts depend on them.

use clap::{Args, Parser, Subcommand};
use shukebu_backend::exports::Kind;
use shukebu_backend::messages::Language;
use std::path::PathBuf;

/// 熟客簿 from a terminal: the shop's own book of regulars.
#[derive(Debug, Parser)]
#[command(name = "shukebu-cli", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// The book.
    #[arg(long, global = true, value_name = "FILE")]
    pub book: Option<PathBuf>,
    /// The clock stands still at this moment for the whole call.
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<String>,
    /// Act as this person of the shop.
    #[arg(long = "as", global = true, value_name = "STAFF")]
    pub acting: Option<String>,
    /// File with that person's PIN.
    #[arg(long, global = true, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Language of sentences: zh-Hans, zh-Hant, en.
    #[arg(long, global = true, value_name = "LANG", default_value = "en")]
    pub lang: String,
    /// The book's key, when it does not lie beside it.
    #[arg(long, global = true, value_name = "FILE", conflicts_with_all = ["password_file", "recovery_key_file"])]
    pub key_file: Option<PathBuf>,
    /// The owner's password.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "recovery_key_file")]
    pub password_file: Option<PathBuf>,
    /// The printed recovery key.
    #[arg(long, global = true, value_name = "FILE")]
    pub recovery_key_file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

impl Arguments {
    /// Language of sentences; English where the tag is unknown (the verb refuses it before).
    pub fn language(&self) -> Language {
        Language::parse(&self.lang).unwrap_or(Language::English)
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a book, or say what one is and holds.
    Book {
        /// Create or info.
        #[command(subcommand)]
        verb: BookVerb,
    },
    /// Every command with input type, output type and action.
    Commands {
        /// As JSON, with the schemas of inputs and outputs.
        #[arg(long)]
        json: bool,
    },
    /// Call one command; prints its answer as JSON.
    Call {
        /// Name as in `commands`.
        command: String,
        /// JSON text, `-` for standard input, or `@FILE`.
        input: Option<String>,
    },
    /// `backup DIR` makes a verified backup in a folder; `backup verify FILE` looks through one.
    Backup {
        /// DIR, or `verify FILE`.
        #[arg(num_args = 1..=2, required = true, value_name = "DIR | verify FILE")]
        words: Vec<PathBuf>,
    },
    /// Restore a backup into a new book.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Where the restored book shall live; nothing may be there.
        new_book: PathBuf,
    },
    /// Bring a file into the book.
    Import(ImportArguments),
    /// Export lists, or everything.
    Export(ExportArguments),
    /// Exercises for tests and scripts that need no book of a shop.
    Drill {
        /// Which.
        #[command(subcommand)]
        verb: DrillVerb,
    },
    /// Evaluate pure rules: a stream of JSON values in, one line of JSON for each out.
    Eval {
        /// Print the exact input and output types.
        #[arg(long)]
        schema: bool,
    },
}

/// What to export and how.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// Which list; everything is all of them, vcard the contacts for a phone.
    #[arg(value_parser = export_kind)]
    pub kind: Kind,
    /// Where to; left out, standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Form; left out, what the file's name says, else csv, and json for everything. As csv everything is a zip.
    #[arg(long, value_parser = ["json", "csv", "xlsx"])]
    pub format: Option<String>,
    /// As of which day; left out, today.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Which days count: lifetime, 12m, 90d, year.
    #[arg(long, value_name = "WINDOW")]
    pub window: Option<String>,
}

/// Exercises.
#[derive(Debug, Subcommand)]
pub enum DrillVerb {
    /// What the reader of strangers' files says about one: its kind, rows and columns, or why it is refused.
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// Verbs about the book itself.
#[derive(Debug, Subcommand)]
pub enum BookVerb {
    /// Make a new, empty book at --book.
    Create(NewBookArguments),
    /// What the book is and holds.
    Info,
}

/// A new book.
#[derive(Debug, Args)]
pub struct NewBookArguments {
    /// The shop's name.
    #[arg(long, value_name = "店名")]
    pub name: Option<String>,
    /// IANA zone.
    #[arg(long, default_value = "Asia/Shanghai")]
    pub zone: String,
    /// ISO 4217 code.
    #[arg(long, default_value = "CNY")]
    pub currency: String,
    /// Presets: bakery, print, design, beauty, yoga, trade.
    #[arg(long, value_parser = ["bakery", "print", "design", "beauty", "yoga", "trade"])]
    pub trade: Option<String>,
    /// Fill it as a demo shop of that trade, with complaints in every state around now.
    #[arg(long, requires = "trade")]
    pub demo: bool,
    /// How many customers a demo shop has.
    #[arg(long, requires = "demo", default_value_t = 300)]
    pub customers: u32,
}

/// A file to be imported.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What the file holds: customers, products, sales, sale_lines, refunds, complaints, vcard, everything.
    #[arg(value_parser = ["customers", "products", "sales", "sale_lines", "refunds", "complaints", "vcard", "everything"])]
    pub kind: String,
    /// CSV, XLSX, XLS, ODS or vCard, plain or gzip.
    pub file: PathBuf,
    /// Columns that the guess from their headings gets wrong: FIELD=COLUMN, several with commas.
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Option<String>,
    /// Encoding of a text, when it is not recognised.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook; the first one where left out.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// What happens to rows that the book has already.
    #[arg(long, default_value = "skip", value_parser = ["skip", "update"])]
    pub policy: String,
    /// One bad row refuses everything.
    #[arg(long)]
    pub strict: bool,
    /// Imported sales earn points.
    #[arg(long)]
    pub earn_points: bool,
    /// Try only; nothing stays.
    #[arg(long)]
    pub dry_run: bool,
    /// Draw a bar on standard error.
    #[arg(long)]
    pub progress: bool,
}

fn export_kind(word: &str) -> Result<Kind, String> {
    Kind::parse(word).ok_or_else(|| format!("one of {}", Kind::words().collect::<Vec<_>>().join(", ")))
}
